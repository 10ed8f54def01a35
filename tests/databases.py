"""Where tests keep their records: files of SQLite, or databases of one throwaway PostgreSQL server.

The server is our own, started when first asked for, one for each process of the test run, and
removed when the run ends. Offices of tests keep their records on it where the run was asked
to (``pytest --database postgresql``); a test that names its database gets that one in any run.
"""

from __future__ import annotations

import ctypes
import functools
import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from correspondence.store.database import migrate, open_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Kind = Literal["sqlite", "postgresql"]
KINDS: tuple[Kind, ...] = get_args(Kind)

NO_SERVER = (
    "NOT TESTED ON POSTGRESQL: no initdb and postgres on the PATH or in /usr/lib/postgresql; "
    "install the package postgresql"
)
NO_DRIVER = "NOT TESTED ON POSTGRESQL: install the extra correspondence[postgresql]"

_PR_SET_PDEATHSIG = 1

# Sorted as a dictionary is (PostgreSQL 15 on): the server's own language must not matter.
_IN_ENGLISH = ("--locale-provider=icu", "--icu-locale=en-GB")

RECORD = "CORRESPONDENCE_DATABASE__URL"
"""The setting that says where an office's record is, by its name in the environment."""

MIGRATED = "migrated"
"""The server's database of the current version, from which others are made."""


class NotHere(Exception):
    """This machine cannot run a PostgreSQL server; says what it wants."""


class Chosen:
    """Where this run keeps the records of offices."""

    kind: Kind = "sqlite"


class PostgresServer:
    """A running server that listens on a socket in its own folder and nowhere else."""

    def __init__(self, folder: Path, restart: Callable[[signal.Signals], None]) -> None:
        self._folder = folder
        self._restart = restart
        self._numbers = itertools.count(1)
        self._made: list[str] = []

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://correspondence@/{name}?host={self._folder}"

    def create(self, template: str = MIGRATED) -> str:
        """A new database made from another one; returns its URL."""
        name = f"test_{next(self._numbers)}"
        # Copied file by file: with nothing to bring safely to disk, that is the quicker way.
        self.sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        self._made.append(self.url(name))
        return self.url(name)

    def copy(self, url: str) -> str:
        """A new database with all that stands in that one; returns its URL."""
        # Nobody may be connected to what is copied, and an open office keeps idle connections.
        self.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            f"WHERE datname = '{_name(url)}' AND state = 'idle'"
        )
        return self.create(_name(url))

    def drop(self, url: str) -> None:
        self.sql(f'DROP DATABASE IF EXISTS "{_name(url)}" WITH (FORCE)')

    @contextmanager
    def dropping(self) -> Iterator[None]:
        """Whatever is made inside is dropped at the end."""
        kept = len(self._made)
        try:
            yield
        finally:
            while len(self._made) > kept:
                self.drop(self._made.pop())

    def restart(self, how: Literal["fast", "immediate"]) -> None:
        """As ``pg_ctl restart -m`` does: by ending connections, or by dying and recovering."""
        self._restart(signal.SIGINT if how == "fast" else signal.SIGQUIT)

    def answers(self) -> bool:
        """Whether the server takes connections by now."""
        import psycopg

        try:
            self.sql("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def sql(self, statement: str) -> None:
        import psycopg

        where = f"host={self._folder} user=correspondence dbname=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(statement.encode())


def _name(url: str) -> str:
    return url.partition("@/")[2].partition("?")[0]


@functools.cache
def postgresql() -> PostgresServer:
    """This process's server, with the database MIGRATED. Raises NotHere."""
    server = _RUNNING.enter_context(_server(find_programs()))
    server.sql(f"CREATE DATABASE {MIGRATED}")
    template = open_database(server.url(MIGRATED))
    migrate(template)
    template.close()
    return server


@contextmanager
def server_of_its_own() -> Iterator[PostgresServer]:
    """A server to be restarted, which keeps what was committed as one in use does."""
    with _server(find_programs(), durable=True) as server:
        yield server


_RUNNING = ExitStack()


def stop() -> None:
    """Stop this process's server, if it was started, and remove all of it."""
    _RUNNING.close()
    postgresql.cache_clear()


@contextmanager
def _server(programs: Path, *, durable: bool = False) -> Iterator[PostgresServer]:
    # A short path of its own: a socket's path may have no more than 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="correspondence-pg-", dir="/tmp"))
    account = _account()
    if account:
        # Ours to enter still, as the group: a test may give up root's right to enter anywhere.
        os.chown(folder, account.pw_uid, os.getegid())
        folder.chmod(0o710)

    def start(program: str, *arguments: str | Path) -> subprocess.Popen[bytes]:
        with (folder / f"{program}.log").open("wb") as log:
            return subprocess.Popen(
                [programs / program, "-D", folder / "data", *arguments],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": str(folder)},
                user=account.pw_uid if account else None,
                group=account.pw_gid if account else None,
                extra_groups=[] if account else None,
                process_group=0,  # Ctrl-C is for the tests; they then stop the server
                preexec_fn=_end_with_the_tests,  # noqa: PLW1509 - calls prctl and nothing else
            )

    try:
        made = start(
            "initdb", "-U", "correspondence", "-A", "trust", "-E", "UTF8", "--no-sync", *_IN_ENGLISH
        )
        if made.wait():
            raise RuntimeError((folder / "initdb.log").read_text())
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": folder,
            "max_connections": 200,
            "shared_buffers": "32MB",
            "fsync": "on" if durable else "off",
            "full_page_writes": "on" if durable else "off",
            "timezone": "Pacific/Auckland",  # the server's own zone must not matter
        }

        def begin() -> subprocess.Popen[bytes]:
            begun = start("postgres", *(f"--{name}={value}" for name, value in settings.items()))
            while not server.answers():
                if begun.poll() is not None:
                    raise RuntimeError((folder / "postgres.log").read_text())
                time.sleep(0.05)
            return begun

        server = PostgresServer(folder, lambda how: restart(how))  # noqa: PLW0108 - bound below
        running = begin()

        def restart(how: signal.Signals) -> None:
            nonlocal running
            running.send_signal(how)
            running.wait()
            running = begin()

        try:
            yield server
        finally:
            running.send_signal(signal.SIGQUIT)  # stop at once; nothing of it is wanted any more
            running.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _end_with_the_tests() -> None:
    """Have the server stop where the tests are killed (Linux prctl(2))."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT, 0, 0, 0)


def _account() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: the account to run it as then, else None."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("running as root, and neither postgres nor nobody is an account here")


def find_programs() -> Path:
    """The folder of the newest server's programs. Raises NotHere."""
    if importlib.util.find_spec("psycopg") is None:
        raise NotHere(NO_DRIVER)
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: [int(part) for part in path.parts[4].split(".") if part.isdigit()],
    )
    on_path = shutil.which("initdb")
    candidates = [*reversed(installed), *([Path(on_path)] if on_path else [])]
    for path in candidates:
        if (path.parent / "postgres").exists():
            return path.parent
    raise NotHere(NO_SERVER)
