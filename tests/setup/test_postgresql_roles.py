"""The accounts of a landlord's database have what they need and no more, as the SQL makes them."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import errors

from tests.cli.command import say
from tests.jobs import corpus
from tests.setup.declared import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.databases import PostgresServer

pytestmark = [pytest.mark.postgresql, pytest.mark.slow]

AT = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
SCRIPT = ROOT / "deploy" / "postgresql" / "office.sql"
NAMES = ("harrowmere", "brackenfold")


def host(server: PostgresServer) -> str:
    return server.url("postgres").partition("host=")[2]


def run_script(server: PostgresServer, name: str) -> None:
    done = subprocess.run(
        ["psql", "-X", "-q", "-h", host(server), "-U", "correspondence", "-v", f"office={name}",
         "-f", str(SCRIPT), "postgres"],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "ERROR" not in done.stderr


def url(server: PostgresServer, account: str, database: str) -> str:
    return f"postgresql+psycopg://{account}@/{database}?host={host(server)}"


@pytest.fixture(scope="module")
def offices(
    postgresql_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Path]]:
    """Two landlords' offices, as the runbook makes them."""
    made = {}
    for name in NAMES:
        run_script(postgresql_server, name)
        office = tmp_path_factory.mktemp(name) / "office"
        owner = {"CORRESPONDENCE_DATABASE__URL": url(postgresql_server, f"{name}_owner", name)}
        said = say(None, "init", str(office), "--user", "rowan", **owner)
        assert said.status == 0, said.err
        assert say(office, "database", "workers", **owner).status == 0
        assert say(office, "database", "upgrade", **owner).status == 0
        run_script(postgresql_server, name)  # and again, as after every upgrade
        made[name] = office
    yield made
    for name in NAMES:
        postgresql_server.sql(f'DROP DATABASE "{name}" WITH (FORCE)')
        for role in (name, f"{name}_owner", f"{name}_reader"):
            postgresql_server.sql(f'DROP ROLE "{role}"')


def refused(server: PostgresServer, account: str, database: str, *statements: str) -> list[str]:
    """The statements that the account may not do there."""
    found = []
    for statement in statements:
        try:
            with psycopg.connect(
                f"host={host(server)} user={account} dbname={database}"
            ) as connection:
                connection.execute(statement.encode())
                connection.rollback()
        except (errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction):
            found.append(statement)
    return found


def test_the_office_does_all_its_work_with_the_rights_it_has(
    offices: dict[str, Path], postgresql_server: PostgresServer, tmp_path: Path
) -> None:
    office = offices["harrowmere"]
    works = {"CORRESPONDENCE_DATABASE__URL": url(postgresql_server, "harrowmere", "harrowmere")}
    corpus.put(office / "inbox" / "a.eml", corpus.complaint(1, AT), AT)
    corpus.put(office / "inbox" / "b.eml", corpus.other(2, AT), AT)
    worked = say(office, "run", "--once", "--workers", "0", "--json", **works)
    assert worked.status == 0, worked.err
    assert (worked.json["opened"], worked.json["letters_drafted"]) == (1, 1)
    assert worked.json["problems"] == []
    erased = say(
        office, "retention", "erase", "message:2", "--because", "request", "--as", "rowan", "--yes",
        **works,
    )  # fmt: skip
    assert erased.status == 0, erased.err
    assert say(office, "audit", "verify", **works).status == 0
    assert say(office, "doctor", **works).status in (0, 1)
    reads = {
        "CORRESPONDENCE_DATABASE__URL": url(postgresql_server, "harrowmere_reader", "harrowmere")
    }
    taken = say(office, "backup", str(tmp_path / "backup"), "--json", **reads)
    assert taken.status == 0, taken.err
    assert taken.json["findings"] == []


def test_the_office_can_neither_rewrite_its_record_nor_change_a_table(
    offices: dict[str, Path], postgresql_server: PostgresServer
) -> None:
    never = (
        "UPDATE events SET body = ''",
        "DELETE FROM events",
        "TRUNCATE events",
        "DROP TABLE events",
        "ALTER TABLE cases ADD COLUMN more text",
        "CREATE TABLE more (id int)",
        "CREATE SCHEMA more",
        "CREATE FUNCTION more() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "UPDATE alembic_version SET version_num = 'r9999'",
        "COPY events TO PROGRAM 'cat'",
        "CREATE ROLE more",
        "ALTER ROLE harrowmere SUPERUSER",
        "SET ROLE harrowmere_owner",
    )
    assert refused(postgresql_server, "harrowmere", "harrowmere", *never) == list(never)
    assert refused(postgresql_server, "harrowmere", "harrowmere", "SELECT 1 FROM events") == []


def test_the_reader_changes_nothing(
    offices: dict[str, Path], postgresql_server: PostgresServer
) -> None:
    never = (
        "INSERT INTO alembic_version VALUES ('r9999')",
        "UPDATE cases SET reference = reference",
        "DELETE FROM messages",
        "SET default_transaction_read_only = off; DELETE FROM messages",
    )
    assert refused(postgresql_server, "harrowmere_reader", "harrowmere", *never) == list(never)


@pytest.mark.parametrize("account", ["harrowmere", "harrowmere_owner", "harrowmere_reader"])
def test_no_account_of_one_landlord_reaches_anothers_database(
    offices: dict[str, Path], postgresql_server: PostgresServer, account: str
) -> None:
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(f"host={host(postgresql_server)} user={account} dbname=brackenfold")


def test_a_database_of_an_older_version_is_told_whose_task_it_is(
    offices: dict[str, Path], postgresql_server: PostgresServer
) -> None:
    office = offices["brackenfold"]
    works = {"CORRESPONDENCE_DATABASE__URL": url(postgresql_server, "brackenfold", "brackenfold")}
    with psycopg.connect(
        f"host={host(postgresql_server)} user=brackenfold_owner dbname=brackenfold"
    ) as connection:
        (version,) = connection.execute("SELECT version_num FROM alembic_version").fetchone() or (
            "",
        )
        connection.execute("UPDATE alembic_version SET version_num = 'r0001'")
    try:
        said = say(office, "run", "--once", "--workers", "0", **works)
    finally:
        with psycopg.connect(
            f"host={host(postgresql_server)} user=brackenfold_owner dbname=brackenfold"
        ) as connection:
            connection.execute("UPDATE alembic_version SET version_num = %s", (version,))
    assert said.status == 2
    assert "correspondence database upgrade" in said.err
    assert "Traceback" not in said.err
