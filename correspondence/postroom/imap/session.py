"""One secured connection to an IMAP server: the few commands that taking in mail needs.

What is read here is looked at and never changed by it (BODY.PEEK). What is set aside is moved by
its UID and by nothing wider: a plain EXPUNGE, or a CLOSE, would remove what colleagues only marked.
Capabilities are asked for after the login, since servers offer more then (RFC 3501 6.2).
"""

from __future__ import annotations

import contextlib
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Literal

from imapclient import IMAPClient  # type: ignore[import-untyped]
from imapclient.exceptions import (  # type: ignore[import-untyped]
    IMAPClientAbortError,
    IMAPClientError,
    LoginError,
    ProtocolError,
)
from imapclient.response_parser import parse_fetch_response  # type: ignore[import-untyped]

from correspondence.errors import (
    ConnectionLost,
    CorrespondenceError,
    LoginRefused,
    MailServerUnavailable,
)
from correspondence.postroom import oauth
from correspondence.postroom.credentials import without
from correspondence.postroom.pace import Pace
from correspondence.postroom.tls import certificate_fault, verified

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pydantic import SecretStr

PORTS: Final = {"tls": 993, "starttls": 143}

_HEADERS_TOGETHER: Final = 500

_PASSING: Final = ("[UNAVAILABLE]", "[INUSE]", "[SERVERBUG]", "[LIMIT]")  # RFC 5530


@dataclass(frozen=True, slots=True)
class ImapServer:
    """An account on a server. `timeout` is in seconds, for connecting and for each answer.

    With `oauth` what is given as its password is an application's token.
    """

    host: str
    user: str
    port: int = 993
    security: Literal["tls", "starttls"] = "tls"
    ca_file: Path | None = None
    timeout: float = 60.0
    oauth: bool = False


@dataclass(frozen=True, slots=True)
class Selected:
    """What a server says of a folder on opening it (RFC 3501 6.3.1)."""

    uid_validity: int
    uid_next: int | None
    exists: int
    writable: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A message as it is listed, before any of its words are fetched. `size` is in bytes."""

    uid: int
    size: int
    received_at: datetime | None


class ImapSession:
    """A connection that is logged in, with at most one folder open."""

    def __init__(self, server: ImapServer, password: SecretStr, pace: Pace | None = None) -> None:
        """Connect and log in, once; what is asked is counted by `pace`.

        Raises ConnectionLost, LoginRefused, MailServerUnavailable.
        """
        self.server = server
        self._pace = pace or Pace()
        self.selected: Selected | None = None
        self._password = password
        self._named: tuple[str, str] | None = None
        self._ready: set[str] = set()
        with self._answering("connecting"):
            self._client = _connected(server)
        try:
            self._log_in()
            with self._answering("asking what it can do"):
                self.abilities = frozenset(self._client.capabilities())
        except CorrespondenceError:
            self.close()
            raise

    @property
    def can_move(self) -> bool:
        """Whether messages can be set aside without touching any other (RFC 6851, RFC 4315)."""
        return b"MOVE" in self.abilities or b"UIDPLUS" in self.abilities

    def select(self, folder: str) -> Selected:
        """Open a folder, anew where it is open; the one request that tells all that changed."""
        try:
            with self._answering(f"opening {folder}"):
                said = self._client.select_folder(folder)
        except MailServerUnavailable as refused:
            if self.server.oauth and "not connected" in str(refused):  # as Exchange Online says it
                raise MailServerUnavailable(
                    oauth.not_granted(self.server.host, self.server.user, "it lets us in only")
                ) from None
            raise
        if b"UIDVALIDITY" not in said:
            raise MailServerUnavailable(
                f"{self.server.host} gives the messages of {folder} no lasting numbers, without "
                "which none can be told from another (RFC 3501 2.3.1.1)."
            )
        self.selected = Selected(
            int(said[b"UIDVALIDITY"]),
            int(said[b"UIDNEXT"]) if b"UIDNEXT" in said else None,
            int(said.get(b"EXISTS", 0)),
            b"READ-ONLY" not in said,
        )
        return self.selected

    def listed(self, first: int) -> list[Listed]:
        """The messages of the open folder from that UID on: their sizes and times only."""
        with self._answering("listing the messages"):
            wanted = (f"{first}:*", "(RFC822.SIZE INTERNALDATE)")
            typ, lines = self._client._imap.uid("FETCH", *wanted)
            if typ != "OK":
                raise IMAPClientError("it does not list them")
            found = parse_fetch_response(lines, normalise_times=False)
        return [
            Listed(int(uid), int(said[b"RFC822.SIZE"]), _utc(said.get(b"INTERNALDATE")))
            for uid, said in found.items()
            # "9:*" names the last message even where that is 7, and servers add news of others.
            if int(uid) >= first and b"RFC822.SIZE" in said
        ]

    def bodies(self, uids: Sequence[int]) -> dict[int, bytes]:
        """The messages by UID, unchanged by being fetched; those that are gone are left out."""
        with self._answering("fetching messages"):
            found: dict[int, dict[bytes, Any]] = self._client.fetch(uids, ["BODY.PEEK[]"])
        return {
            uid: bytes(said[b"BODY[]"] or b"")  # of an empty message there may be nothing (NIL)
            for uid, said in found.items()
            if b"BODY[]" in said
        }

    def message_ids(self) -> dict[int, str]:
        """The Message-ID header of every message of the open folder, by UID; empty for none."""
        with self._answering("listing the messages"):
            uids: list[int] = self._client.search()
        found: dict[int, str] = {}
        for start in range(0, len(uids), _HEADERS_TOGETHER):  # a command is no longer than a line
            with self._answering("fetching headers"):
                some: dict[int, dict[bytes, Any]] = self._client.fetch(
                    uids[start : start + _HEADERS_TOGETHER],
                    ["BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"],
                )
            for uid, said in some.items():
                raw = next((raw for key, raw in said.items() if key.startswith(b"BODY[")), b"")
                _, _, value = bytes(raw or b"").decode("utf-8", "replace").partition(":")
                found[uid] = " ".join(value.split())
        return found

    def move(self, uids: Sequence[int], folder: str) -> None:
        """Move messages of the open folder; those that are gone already are no error."""
        if b"MOVE" in self.abilities:
            with self._answering(f"moving messages to {folder}"):
                self._client.move(uids, folder)
            return
        if not self.can_move:
            raise MailServerUnavailable(
                f"{self.server.host} can neither move messages nor remove single ones (it offers "
                "neither MOVE nor UIDPLUS), so kept messages stay where they are."
            )
        with self._answering(f"copying messages to {folder}"):
            self._client.copy(uids, folder)
            self._client.add_flags(uids, [b"\\Deleted"], silent=True)
            self._client.uid_expunge(uids)

    def whole_name(self, folder: str) -> str:
        """The folder as this server names it: its own sign between levels, its own prefix."""
        if folder.upper() == "INBOX":
            return "INBOX"
        prefix, between = self._naming()
        name = folder.replace("/", between)
        return name if name.startswith(prefix) else prefix + name

    def ready_folder(self, folder: str) -> str:
        """The whole name of a folder, which is made where it is missing; looked at once."""
        name = self.whole_name(folder)
        if name not in self._ready:
            self.make_folder(name)
            self._ready.add(name)
        return name

    def has_folder(self, name: str) -> bool:
        """Whether a folder of that whole name is there."""
        with self._answering(f"looking for {name}"):
            return bool(self._client.folder_exists(name))

    def make_folder(self, name: str) -> None:
        """Make a folder where it is missing, and show it to colleagues' mail programs."""
        if self.has_folder(name):
            return
        with self._answering(f"making the folder {name}"):
            self._client.create_folder(name)
        with contextlib.suppress(MailServerUnavailable), self._answering(f"showing {name}"):
            self._client.subscribe_folder(name)

    def rights(self, name: str) -> str | None:
        """This account's rights in a folder (RFC 4314 4); None where the server does not say."""
        if b"ACL" not in self.abilities:
            return None
        with self._answering(f"asking for the rights in {name}"):
            typ, lines = self._client._imap.myrights(self._client._normalise_folder(name))
        said = lines[0].decode("ascii", "replace").split() if typ == "OK" and lines[0] else []
        return said[-1] if said else None

    def holds(self, folder: str, message_id: str) -> bool:
        """Whether a message with that Message-ID lies in the folder."""
        self.select(folder)
        with self._answering(f"searching {folder}"):
            return bool(self._client.search(["HEADER", "Message-ID", message_id]))

    def add(self, folder: str, raw: bytes) -> None:
        """Put a message into a folder, as read already (RFC 3501 6.3.11)."""
        with self._answering(f"filing a copy in {folder}"):
            self._client.append(folder, raw, flags=[b"\\Seen"])

    def stirs(self, seconds: float, *, until: Callable[[], bool], every: float) -> bool:
        """Wait until the server says that the open folder changed (RFC 2177), or `until` is true.

        At most so many seconds; `until` is asked `every` few of them.
        """
        told: list[Any] = []
        with self._answering("waiting for news"):
            self._client.idle()
            while not told and seconds > 0 and not until():
                told = self._client.idle_check(timeout=min(every, seconds))
                seconds -= every
            told += self._client.idle_done()[1]
        return bool(told)

    def close(self) -> None:
        """Log out and let go. The open folder is left as it is, and nothing in it is removed."""
        with contextlib.suppress(OSError, IMAPClientError):
            self._client.logout()
        with contextlib.suppress(OSError, IMAPClientError):
            self._client.shutdown()

    def _naming(self) -> tuple[str, str]:
        """What this account's folders begin with, and the sign between levels (RFC 2342)."""
        if self._named is None:
            self._named = ("", "/")
            if b"NAMESPACE" in self.abilities:
                with self._answering("asking how folders are named"):
                    personal = self._client.namespace()[0]
                if personal:
                    self._named = (personal[0][0] or "", personal[0][1] or "/")
        return self._named

    def _by_token(self) -> None:
        """Offer the token in one of the two ways. Raises LoginError with all that was said."""
        server, told = self.server, ""
        words = oauth.xoauth2(server.user, self._password)
        mechanism = "XOAUTH2"
        if not self._client.has_capability("AUTH=XOAUTH2"):
            if not self._client.has_capability("AUTH=OAUTHBEARER"):
                raise MailServerUnavailable(
                    f"{server.host} offers no login by token (XOAUTH2 or OAUTHBEARER): have it "
                    "switched on, or give a password."
                )
            words = oauth.oauthbearer(server.user, server.host, server.port, self._password)
            mechanism = "OAUTHBEARER"
        turns = 0

        def answer(challenge: bytes) -> bytes:
            nonlocal turns, told
            turns += 1
            if turns == 1:
                return words.encode()
            told = without(challenge.decode("utf-8", "replace"), self._password)
            return b"\1" if mechanism == "OAUTHBEARER" else b""  # RFC 7628 3.2.3

        try:
            self._client._command_and_check("authenticate", mechanism, answer)
        except IMAPClientAbortError:
            raise
        except IMAPClientError as refused:
            raise LoginError(f"{refused} {told}".strip()) from None

    def _log_in(self) -> None:
        """By AUTHENTICATE PLAIN where offered, which takes passwords that are no ASCII."""
        secret = self._password.get_secret_value()
        try:
            with self._answering("asking what it can do"):
                plain = self._client.has_capability("AUTH=PLAIN")
            with self._answering("logging in", refusals=False):
                if self.server.oauth:
                    self._by_token()
                elif plain:
                    self._client.plain_login(self.server.user, secret)
                else:
                    self._client.login(self.server.user, secret)
        except (LoginError, UnicodeError) as refused:
            if isinstance(refused.__context__, IMAPClientAbortError):
                # Nobody refused anything: the library calls a broken line that as well.
                raise ConnectionLost(f"{self.server.host} broke off while logging in.") from None
            said = without(str(refused), self._password)
            if any(sign in said.upper() for sign in _PASSING):
                raise ConnectionLost(
                    f"{self.server.host} cannot log anybody in just now ({said})."
                ) from None
            if self.server.oauth:
                raise oauth.refusal(
                    self.server.host, self.server.user, self._password, "imap", said
                ) from None
            raise LoginRefused(
                f"{self.server.host} refuses the login of {self.server.user} ({said}). It is not "
                "tried again by itself, which could lock the account: put name and password right, "
                "then run `correspondence mailbox test`."
            ) from None

    @contextlib.contextmanager
    def _answering(self, doing: str, *, refusals: bool = True) -> Iterator[None]:
        """Turn whatever goes wrong into a sentence; `refusals` of the server too."""
        host = self.server.host
        self._pace.note()
        try:
            yield
        except ssl.SSLError as fault:
            raise MailServerUnavailable(certificate_fault(fault, host)) from None
        except (OSError, IMAPClientAbortError) as fault:
            # What the library says of a line cut short would repeat the line.
            why = getattr(fault, "strerror", None) or "no answer"
            raise ConnectionLost(
                f"{host} was not reached or broke off while {doing} ({why})."
            ) from None
        except (ProtocolError, ValueError, IndexError, KeyError, TypeError) as odd:
            raise MailServerUnavailable(
                f"{host} answered {doing} with something that is no IMAP ({type(odd).__name__})."
            ) from None
        except IMAPClientError as refused:
            if isinstance(refused, LoginError) and not refusals:
                raise
            raise MailServerUnavailable(
                f"{host} refuses {doing} ({without(str(refused), self._password)})."
            ) from None


def _connected(server: ImapServer) -> Any:
    """A connection under TLS, to a server whose certificate is good; not yet logged in."""
    context = verified(server.ca_file)
    implicit = server.security == "tls"
    client = IMAPClient(
        server.host,
        server.port,
        ssl=implicit,
        ssl_context=context if implicit else None,
        timeout=server.timeout,
    )
    client._imap.debug = 0  # its log would repeat every word of every message
    client.normalise_times = False
    if not implicit:
        try:
            client.starttls(context)
        except BaseException:
            client.shutdown()
            raise
    return client


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment and moment.tzinfo else None
