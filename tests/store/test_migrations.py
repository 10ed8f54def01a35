"""A database of any version becomes one of this version, and nothing else touches it."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from correspondence.errors import StoreUnavailable
from correspondence.store.database import (
    REVISIONS,
    Database,
    is_current,
    migrate,
    open_database,
)
from correspondence.store.search_words import is_ours
from correspondence.store.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Callable


def _scripts() -> Config:
    config = Config()
    config.set_main_option("script_location", "correspondence.store:migrations")
    return config


def _shape(conn: sa.Connection) -> dict[str, Any]:
    """Everything the database says of its tables, in an order of its own."""
    inspector = sa.inspect(conn)
    shape: dict[str, Any] = {}
    for table in inspector.get_table_names():
        if table in {"alembic_version", "sqlite_sequence"}:
            continue
        shape[table] = {
            "columns": sorted(
                (c["name"], str(c["type"]), c["nullable"], str(c["default"]))
                for c in inspector.get_columns(table)
            ),
            "key": inspector.get_pk_constraint(table),
            "foreign": sorted(map(str, inspector.get_foreign_keys(table))),
            "unique": sorted(map(str, inspector.get_unique_constraints(table))),
            "checks": sorted(map(str, inspector.get_check_constraints(table))),
            "indexes": sorted(
                f"{i['name']} {i['column_names']} {i['unique']} "
                f"{ ({k: str(v) for k, v in i.get('dialect_options', {}).items()}) }"
                for i in inspector.get_indexes(table)
            ),
        }
    return shape


def _in_the_metadata(name: str | None, what: str, _parents: object) -> bool:
    """All but the table of words, which each database makes in its own manner."""
    return what != "table" or not is_ours(name or "")


def test_the_versions_known_are_the_migrations_there_are() -> None:
    scripts = ScriptDirectory.from_config(_scripts())
    chain = [script.revision for script in scripts.walk_revisions()]
    assert tuple(reversed(chain)) == REVISIONS
    assert len(scripts.get_heads()) == 1


def _upgrade(database: Database, version: str) -> None:
    with database.migrating() as conn:
        config = _scripts()
        config.attributes["connection"] = conn
        command.upgrade(config, version)


def _must_be_current(database: Database, shape: dict[str, Any]) -> None:
    assert is_current(database)
    with database.reading() as conn:
        assert _shape(conn) == shape
        known = {"compare_type": True, "include_name": _in_the_metadata}
        context = MigrationContext.configure(conn, opts=known)
        assert compare_metadata(context, metadata) == []


@pytest.fixture
def wanted(make_database: Callable[[bool], str]) -> dict[str, Any]:
    """The shape that the tables say the database has."""
    database = open_database(make_database(False))
    with database.migrating() as conn:
        metadata.create_all(conn)
        shape = _shape(conn)
    database.close()
    assert shape["letters"]["indexes"]
    return shape


def test_migrating_from_empty_makes_what_the_tables_say(
    empty_database_url: str, wanted: dict[str, Any]
) -> None:
    database = open_database(empty_database_url)
    migrate(database)
    _must_be_current(database, wanted)
    database.close()


@pytest.mark.slow
def test_every_version_goes_on_to_the_next_with_all_its_rows(
    empty_database_url: str, wanted: dict[str, Any]
) -> None:
    database = open_database(empty_database_url)
    kept: dict[str, dict[str, Any]] = {}
    for version in REVISIONS:
        _upgrade(database, version)
        assert is_current(database) == (version == REVISIONS[-1])
        with database.writing() as conn:
            kept |= _fill(conn)
    _must_be_current(database, wanted)
    with database.reading() as conn:
        there = _reflected(conn)
        for name, row in kept.items():
            table = there.tables[name]
            columns = [table.c[column] for column in row if column in table.c]
            (found,) = conn.execute(sa.select(*columns)).mappings()
            assert dict(found) == {column.name: row[column.name] for column in columns}, name
    assert len(kept) > 40
    database.close()


@pytest.mark.slow
@pytest.mark.parametrize("version", REVISIONS)
def test_migrating_from_any_older_version_makes_what_the_tables_say(
    version: str, empty_database_url: str, wanted: dict[str, Any]
) -> None:
    database = open_database(empty_database_url)
    _upgrade(database, version)
    migrate(database)
    _must_be_current(database, wanted)
    database.close()


def _reflected(conn: sa.Connection) -> sa.MetaData:
    """The tables as the database itself knows them: at most versions they are not ours."""
    there = sa.MetaData()
    there.reflect(conn, only=lambda name, _: name != "alembic_version" and not is_ours(name))
    return there


def _fill(conn: sa.Connection) -> dict[str, dict[str, Any]]:
    """Put a row with a value in every column into each table that has none; the rows."""
    made: dict[str, dict[str, Any]] = {}
    for table in _reflected(conn).sorted_tables:
        if conn.execute(sa.select(sa.literal(1)).select_from(table)).first():
            continue
        allowed = _allowed(conn, table.name)
        row = {
            column.name: _pointing(conn, column)
            if column.foreign_keys
            else allowed.get(column.name, _value(column))
            for column in table.columns
        }
        conn.execute(sa.insert(table).values(row))
        (made[table.name],) = (dict(one) for one in conn.execute(sa.select(table)).mappings())
    return made


def _allowed(conn: sa.Connection, table: str) -> dict[str, Any]:
    """For each column with a check, the first value that it takes."""
    found: dict[str, Any] = {}
    for check in sa.inspect(conn).get_check_constraints(table):
        column, rest = re.match(r"\W*(\w+)(.*)", check["sqltext"], re.DOTALL).groups()  # type: ignore[union-attr]
        text = re.search(r"'(.*?)'", rest)
        found[column] = text[1] if text else 1
    return found


def _pointing(conn: sa.Connection, column: sa.Column[Any]) -> object:
    """The value of the column that this one points at."""
    (key,) = column.foreign_keys
    return conn.execute(sa.select(key.column)).scalar()


def _value(column: sa.Column[Any]) -> object:
    """Something for a column to hold."""
    kind = column.type
    if isinstance(kind, sa.Boolean):
        return True
    if isinstance(kind, sa.Integer):
        return 1
    if isinstance(kind, sa.DateTime):
        return datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    if isinstance(kind, sa.Date):
        return date(2026, 3, 29)
    if isinstance(kind, sa.JSON):
        return {"said": ["Zoë’s", None, 1.5, True]}
    if isinstance(kind, sa.String):
        return f"Zoë’s {column.name}"[: kind.length]
    raise TypeError(f"{column} is of a type this test knows no value for: {kind!r}")


def test_migrating_again_changes_nothing(database: Database) -> None:
    with database.reading() as conn:
        before = _shape(conn)
    migrate(database)
    with database.reading() as conn:
        assert _shape(conn) == before


def test_a_database_of_a_newer_program_is_refused_and_left_alone(database: Database) -> None:
    with database.writing() as conn:
        conn.execute(sa.text("UPDATE alembic_version SET version_num = 'r9999'"))
    for refused in (is_current, migrate):
        with pytest.raises(StoreUnavailable, match=r"r9999.*newer version"):
            refused(database)
    with database.reading() as conn:
        found = conn.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    assert found == "r9999"


def test_a_migration_that_fails_leaves_the_database_as_it_was(empty_database_url: str) -> None:
    database = open_database(empty_database_url)
    with database.migrating() as conn:
        conn.execute(sa.text("CREATE TABLE letters (somebody_elses INTEGER)"))
    with pytest.raises(StoreUnavailable, match=r"from version none to .*left as it was"):
        migrate(database)
    with database.reading() as conn:
        assert sa.inspect(conn).get_table_names() == ["letters"]
    assert not is_current(database)
    database.close()


def test_asking_for_the_version_of_a_file_that_is_not_there_makes_none(tmp_path: Any) -> None:
    path = tmp_path / "no" / "office.db"
    database = open_database(f"sqlite:///{path}")
    assert not is_current(database)
    assert not path.parent.exists()


def test_a_new_file_is_for_its_account_alone(tmp_path: Any) -> None:
    path = tmp_path / "data" / "office.db"
    database = open_database(f"sqlite:///{path}")
    migrate(database)
    with database.writing():
        modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    assert set(modes) >= {"office.db", "office.db-wal"}
    assert set(modes.values()) == {0o600}
    assert path.parent.stat().st_mode & 0o777 == 0o700
    database.close()


MIGRATES = """
import sys
from correspondence.store.database import is_current, migrate, open_database
database = open_database(sys.argv[1])
sys.stdin.readline()
migrate(database)
assert is_current(database)
"""


@pytest.mark.slow
def test_many_who_migrate_at_once_all_find_it_done(empty_database_url: str) -> None:
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", MIGRATES, empty_database_url],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for program in programs:
        assert program.stdin
        program.stdin.write("go\n")
        program.stdin.flush()
    said = [program.communicate()[1] for program in programs]
    assert [program.returncode for program in programs] == [0] * 3, said
    database = open_database(empty_database_url)
    assert is_current(database)
    database.close()


PAYS = """
import sys
import correspondence.store
assert "sqlalchemy" not in sys.modules
from correspondence.store import documents
assert "sqlalchemy" not in sys.modules
from correspondence.store.database import is_current, open_database
database = open_database(sys.argv[1])
assert is_current(database)
assert "alembic" not in sys.modules
"""


def test_only_migrating_pays_for_alembic_and_only_databases_for_sqlalchemy(
    database_url: str,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PAYS, database_url], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
