"""A throw-away Dovecot: TLS on a loopback port, mail folders and an authority of its own.

It runs under one account without any right, from a folder that is removed at its end.
"""

from __future__ import annotations

import contextlib
import grp
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imapclient import IMAPClient  # type: ignore[import-untyped]

from tests.postroom.certificates import Certificate, certificate

if TYPE_CHECKING:
    from collections.abc import Iterator

NO_DOVECOT = (
    "NOT TESTED BY IMAP: no dovecot on the PATH or in /usr/sbin; install the package dovecot-imapd"
)
PASSWORD = "corrèct horse"  # no ASCII: the login has to carry it all the same
USERS = ("complaints", "repairs", "no-move")

_CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {account}
default_internal_group = {group}
default_login_user = {account}
ssl = required
ssl_cert = <{certificate}
ssl_key = <{key}
disable_plaintext_auth = yes
auth_mechanisms = {mechanisms}
auth_failure_delay = 0
mail_location = maildir:{folder}/mail/%u
mail_fsync = never
first_valid_uid = 1
{passdb_of_tokens}
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {starttls_port}
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
protocol imap {{
  imap_capability = {capability}
}}
"""

_OF_TOKENS = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth2.conf
}}
"""
_INTROSPECTION = """
introspection_url = {introspection_url}
introspection_mode = post
active_attribute = active
active_value = true
username_attribute = username
"""


def program() -> str | None:
    found = shutil.which("dovecot")
    return found or next((str(p) for p in (Path("/usr/sbin/dovecot"),) if p.exists()), None)


@dataclass(slots=True)
class Dovecot:
    """A running server. `capability` replaces what it says it can do; empty says the truth.

    With `introspection_url` it takes tokens too, of `mechanisms`, and asks there about them.
    """

    folder: Path
    certificate: Certificate
    account: pwd.struct_passwd
    port: int = 0
    starttls_port: int = 0
    capability: str = ""
    introspection_url: str = ""
    mechanisms: str = "plain"
    _running: subprocess.Popen[bytes] | None = field(default=None)

    def start(self) -> None:
        """Start, on the same ports as before where it ran already."""
        self.port = self.port or free_port()
        self.starttls_port = self.starttls_port or free_port()
        if self.introspection_url:
            (self.folder / "oauth2.conf").write_text(
                _INTROSPECTION.format(introspection_url=self.introspection_url)
            )
        of_tokens = _OF_TOKENS.format(folder=self.folder) if self.introspection_url else ""
        (self.folder / "dovecot.conf").write_text(
            _CONFIGURATION.format(
                mechanisms=self.mechanisms,
                passdb_of_tokens=of_tokens,
                folder=self.folder,
                account=self.account.pw_name,
                group=grp.getgrgid(self.account.pw_gid).gr_name,
                uid=self.account.pw_uid,
                gid=self.account.pw_gid,
                certificate=self.certificate.file,
                key=self.certificate.key,
                port=self.port,
                starttls_port=self.starttls_port,
                capability=self.capability,
            )
        )
        as_root = os.geteuid() == 0
        self._running = subprocess.Popen(
            [str(program()), "-F", "-c", self.folder / "dovecot.conf"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=self.account.pw_uid if as_root else None,
            group=self.account.pw_gid if as_root else None,
            extra_groups=[] if as_root else None,
            process_group=0,
        )
        while not answers(self.port):
            if self._running.poll() is not None:
                raise RuntimeError((self.folder / "log").read_text())
            time.sleep(0.02)

    def stop(self) -> None:
        if self._running is not None:
            self._running.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._running.wait(0.5)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._running.pid, signal.SIGKILL)
            self._running.wait()
            self._running = None

    def restart(self) -> None:
        self.stop()
        self.start()

    @contextmanager
    def colleague(self, user: str = "complaints", folder: str = "INBOX") -> Iterator[Any]:
        """A colleague's mail program, logged in, with that folder open."""
        context = ssl.create_default_context(cafile=self.certificate.authority)
        with IMAPClient("localhost", self.port, ssl_context=context, timeout=30) as client:
            client.plain_login(user, PASSWORD)
            client.select_folder(folder)
            yield client

    def messages(self, folder: str = "INBOX", user: str = "complaints") -> list[bytes]:
        """The bytes of all messages in a folder; none where it is not there."""
        with self.colleague(user) as client:
            if not client.folder_exists(folder):
                return []
            client.select_folder(folder, readonly=True)
            uids = client.search()
            found: dict[int, dict[bytes, bytes]] = {}
            for start in range(0, len(uids), 500):  # a command may not be longer than a line
                found |= client.fetch(uids[start : start + 500], ["BODY.PEEK[]"])
        return [found[uid][b"BODY[]"] for uid in sorted(found)]

    def deliver(self, *mail: bytes, user: str = "complaints", folder: str = "INBOX") -> None:
        """Messages arrive."""
        with self.colleague(user) as client:
            for raw in mail:
                client.append(folder, raw)

    def empty(self, user: str = "complaints") -> None:
        """Everything of a user is gone."""
        shutil.rmtree(self.folder / "mail" / user, ignore_errors=True)

    def renumber(self, user: str = "complaints") -> None:
        """The INBOX gets another UIDVALIDITY and numbers anew, as after a restored backup."""
        time.sleep(1.1)  # Dovecot's UIDVALIDITY is a time in whole seconds
        place = self.folder / "mail" / user
        for name in [*place.glob("dovecot*"), *place.glob("maildirfolder")]:
            name.unlink()


@contextmanager
def dovecot(
    capability: str = "", *, introspection_url: str = "", mechanisms: str = "plain"
) -> Iterator[Dovecot]:
    """A server while the block runs."""
    folder = Path(tempfile.mkdtemp(prefix="correspondence-imap-", dir="/tmp"))
    account = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    made = certificate(folder / "tls")
    for name in ("run", "state", "mail"):
        (folder / name).mkdir()
    (folder / "users").write_text("".join(f"{user}:{{PLAIN}}{PASSWORD}::::::\n" for user in USERS))
    server = Dovecot(
        folder,
        made,
        account,
        capability=capability,
        introspection_url=introspection_url,
        mechanisms=mechanisms,
    )
    try:
        if os.geteuid() == 0:
            for path in [folder, *folder.rglob("*")]:
                os.chown(path, account.pw_uid, account.pw_gid)
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False
