"""Databases for the tests of every room: each test that asks for one runs on SQLite and PostgreSQL.

PostgreSQL is a throwaway server of our own, started when first asked for, one for each process of
the test run, and removed at its end.
"""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from correspondence.store.database import Database, migrate, open_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# No test asserts on seconds: how long an example takes says more about the machine.
settings.register_profile("correspondence", deadline=None)
settings.load_profile("correspondence")

NO_SERVER = (
    "NOT TESTED ON POSTGRESQL: no initdb and postgres on the PATH or in /usr/lib/postgresql; "
    "install the package postgresql"
)
NO_DRIVER = "NOT TESTED ON POSTGRESQL: install the extra correspondence[postgresql]"


class PostgresServer:
    """A running server that listens on a socket in its own folder and nowhere else."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://correspondence@/{name}?host={self._folder}"

    def create(self, template: str) -> str:
        """A new database made from another one; returns its URL."""
        name = f"test_{next(self._numbers)}"
        self.sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def drop(self, url: str) -> None:
        name = url.partition("@/")[2].partition("?")[0]
        self.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

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


@contextmanager
def _server(programs: Path) -> Iterator[PostgresServer]:
    # A short path of its own: a socket's path may have no more than 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="correspondence-pg-", dir="/tmp"))
    account = _account()
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)

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
            )

    try:
        made = start("initdb", "-U", "correspondence", "-A", "trust", "-E", "UTF8", "--no-sync")
        if made.wait():
            raise RuntimeError((folder / "initdb.log").read_text())
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": folder,
            "max_connections": 200,
            "shared_buffers": "32MB",
            "fsync": "off",
            "full_page_writes": "off",
            "timezone": "Pacific/Auckland",  # the server's own zone must not matter
        }
        running = start("postgres", *(f"--{name}={value}" for name, value in settings.items()))
        try:
            server = PostgresServer(folder)
            while not server.answers():
                if running.poll() is not None:
                    raise RuntimeError((folder / "postgres.log").read_text())
                time.sleep(0.05)
            yield server
        finally:
            running.send_signal(signal.SIGQUIT)  # stop at once; nothing of it is wanted any more
            running.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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


def _programs() -> Path | None:
    """The folder of the newest server's programs."""
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: [int(part) for part in path.parts[4].split(".") if part.isdigit()],
    )
    on_path = shutil.which("initdb")
    candidates = [*reversed(installed), *([Path(on_path)] if on_path else [])]
    return next((path.parent for path in candidates if (path.parent / "postgres").exists()), None)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresServer]:
    """A server with the database ``migrated``, from which others are made."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        pytest.skip(NO_DRIVER)
    programs = _programs()
    if programs is None:
        pytest.skip(NO_SERVER)
    with _server(programs) as server:
        server.sql("CREATE DATABASE migrated")
        template = open_database(server.url("migrated"))
        migrate(template)
        template.close()
        yield server


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file at the current version, from which others are copied."""
    path = tmp_path_factory.mktemp("migrated") / "office.db"
    template = open_database(f"sqlite:///{path}")
    migrate(template)
    template.close()
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_kind(request: pytest.FixtureRequest) -> str:
    """``sqlite``, then ``postgresql``."""
    kind: str = request.param
    return kind


@pytest.fixture
def make_database(
    database_kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[[bool], str]]:
    """Makes databases of one kind, migrated or empty, and returns their URLs."""
    if database_kind == "sqlite":
        numbers = itertools.count(1)

        def file(migrated: bool) -> str:
            path = tmp_path / f"office-{next(numbers)}.db"
            if migrated:
                shutil.copy(request.getfixturevalue("migrated_file"), path)
            return f"sqlite:///{path}"

        yield file
        return
    server: PostgresServer = request.getfixturevalue("postgresql_server")
    made: list[str] = []

    def on_server(migrated: bool) -> str:
        made.append(server.create("migrated" if migrated else "template0"))
        return made[-1]

    yield on_server
    for url in made:
        server.drop(url)


@pytest.fixture
def database_url(make_database: Callable[[bool], str]) -> str:
    """A fresh database of the current version, for tests that open it themselves."""
    return make_database(True)


@pytest.fixture
def empty_database_url(make_database: Callable[[bool], str]) -> str:
    """A fresh database without any table."""
    return make_database(False)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh database of the current version, open."""
    opened = open_database(database_url)
    yield opened
    opened.close()
