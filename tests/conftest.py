"""Databases for the tests of every room: on SQLite, on PostgreSQL, or on each in turn.

A test that asks for a database, or for `either_desk`, runs on both. An office is kept on SQLite;
``pytest --database postgresql`` keeps every office of the run on PostgreSQL instead, and leaves
out what is about SQLite's file alone.
"""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from correspondence.store.database import Database, migrate, open_database
from tests import databases
from tests.databases import KINDS, MIGRATED, RECORD, Chosen, NotHere, PostgresServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# No test asserts on seconds: how long an example takes says more about the machine.
settings.register_profile("correspondence", deadline=None)
settings.load_profile("correspondence")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=KINDS,
        default="sqlite",
        help="where offices of tests keep their records",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "sqlite(why): about SQLite alone; left out with --database postgresql"
    )
    Chosen.kind = config.getoption("--database")
    if Chosen.kind == "postgresql":
        try:
            databases.find_programs()
        except NotHere as missing:
            raise pytest.UsageError(str(missing)) from None


def pytest_unconfigure() -> None:
    databases.stop()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about SQLite alone where every record is kept on PostgreSQL."""
    if Chosen.kind == "sqlite":
        return
    left_out = [item for item in items if item.get_closest_marker("sqlite")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(autouse=True)
def _own_databases() -> Iterator[None]:
    """What a test makes on the server is dropped with it; what more of them share stays."""
    if Chosen.kind == "sqlite":
        yield
        return
    with databases.postgresql().dropping():
        yield


@pytest.fixture
def record_by_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The office that a test makes itself has its record where this run keeps records."""
    if Chosen.kind == "postgresql":
        monkeypatch.setenv(RECORD, databases.postgresql().create())


@pytest.fixture(scope="session")
def postgresql_server() -> PostgresServer:
    """The server of this run."""
    try:
        return databases.postgresql()
    except NotHere as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file at the current version, from which others are copied."""
    path = tmp_path_factory.mktemp("migrated") / "office.db"
    template = open_database(f"sqlite:///{path}")
    migrate(template)
    template.close()
    return path


@pytest.fixture(
    params=[
        pytest.param("sqlite", marks=pytest.mark.sqlite("the other database has its own turn")),
        pytest.param("postgresql", marks=pytest.mark.postgresql),
    ]
)
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
    with server.dropping():
        yield lambda migrated: server.create(MIGRATED if migrated else "template0")


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
