"""An office of an earlier release is opened by this one with work in flight, and ends as it should.

What the earlier release had is what this one has without what came since: the tables and columns of
its version, with the rows of an office in the midst of its work.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from correspondence.casework.sending import dispatch
from correspondence.postroom.outbox import Outbox
from correspondence.settings import open_office
from correspondence.store.database import REVISIONS, is_current, open_database
from tests.cli.command import say
from tests.databases import postgresql
from tests.jobs.busy import LETTERS, Busy, make_busy
from tests.jobs.chaos import WHOLE
from tests.jobs.office import keep_on, rows

if TYPE_CHECKING:
    from pathlib import Path

    from correspondence.store.database import Database

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

RUN = ("run", "--once", "--workers", "0", "--json")
EARLIER = REVISIONS[:-1] if WHOLE else (REVISIONS[6], REVISIONS[9])
"""Before r0008 no letter was let go, so there were none about to leave."""


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)],
)
def busy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Busy:
    """An office in the midst of its work: letters approved, to leave, and one on its way."""
    if request.param == "postgresql":
        request.getfixturevalue("postgresql_server")
    made = make_busy(tmp_path_factory.mktemp("busy") / "office", request.param)
    _leave_one_on_its_way(made)
    return made


def _leave_one_on_its_way(busy: Busy) -> None:
    """As a crash between two renames leaves it: laid out, said to be on its way, not yet put."""

    def dies(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    cases = rows(busy.folder, "SELECT reference FROM cases ORDER BY reference")
    letter = f"{cases[LETTERS - 1]['reference']}-L1"  # approved, and not let go
    with pytest.MonkeyPatch.context() as patch, busy.desk(datetime.now(UTC)) as desk:
        patch.setattr(Outbox, "put", dies)
        with pytest.raises(KeyboardInterrupt):
            dispatch.send(desk.house, letter, now=desk.now, actor=desk.rowan, at_once=True)
    assert rows(busy.folder, "SELECT id FROM letters WHERE status = 'sending'") == [{"id": letter}]


def earlier(busy: Busy, folder: Path, version: str) -> Busy:
    """The office as a release of that version would have it."""
    shutil.copytree(busy.folder, folder)
    office = open_office(busy.folder)
    if office.database_file is None:
        shutil.rmtree(folder)
        shutil.copytree(busy.folder, folder, ignore=shutil.ignore_patterns("correspondence.toml"))
        keep_on(folder, postgresql().create("template0"))
    else:
        for file in (folder / "data").glob("correspondence.db*"):
            file.unlink()
    new = open_database(office.database_url)
    old = open_database(open_office(folder).database_url)
    with old.migrating() as conn:
        config = Config()
        config.set_main_option("script_location", "correspondence.store:migrations")
        config.attributes["connection"] = conn
        command.upgrade(config, version)
    _copy(new, old)
    old.close()
    new.close()
    return Busy(folder)


def _copy(new: Database, old: Database) -> None:
    """Every row, as far as the earlier version has a place for it."""
    with new.reading() as source, old.migrating() as target:
        known = sa.MetaData()
        known.reflect(bind=target)
        there = sa.MetaData()
        there.reflect(bind=source)
        for table in known.sorted_tables:
            if table.name == "alembic_version" or table.name not in there.tables:
                continue
            if table.name.startswith("search_words"):
                continue  # made of the entries by the database itself
            wanted = [column.name for column in table.columns if _kept(there, table, column)]
            columns = [there.tables[table.name].c[name] for name in wanted]
            held = [dict(row) for row in source.execute(sa.select(*columns)).mappings()]
            if held:
                target.execute(sa.insert(table), held)
            _go_on_numbering(target, table)


def _kept(there: sa.MetaData, table: sa.Table, column: sa.Column[Any]) -> bool:
    return column.name in there.tables[table.name].c and column.computed is None


def _go_on_numbering(target: sa.Connection, table: sa.Table) -> None:
    """PostgreSQL's counters stand where they would."""
    if target.dialect.name != "postgresql" or "id" not in table.c:
        return
    counter = target.execute(
        sa.text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": f'"{table.name}"'}
    ).scalar()
    if counter:
        target.execute(
            sa.text(f"SELECT setval('{counter}', max(id)) FROM \"{table.name}\" HAVING max(id) > 0")
        )


@pytest.mark.parametrize("version", EARLIER)
def test_an_office_of_an_earlier_version_goes_on_where_it_stood_and_ends_as_it_should(
    busy: Busy, tmp_path: Path, version: str
) -> None:
    ended = busy.copy(tmp_path / "now")
    assert say(ended.folder, *RUN).status == 0
    ended.collect()
    before = earlier(busy, tmp_path / "before", version)
    said = say(before.folder, *RUN)
    assert said.status == 0, said.err
    before.collect()
    old = open_database(open_office(before.folder).database_url)
    assert is_current(old)
    old.close()
    let_go = REVISIONS.index(version) >= REVISIONS.index("r0008")
    if let_go:
        assert before.collected == ended.collected
    assert set(before.collected.values()) == {1}
    assert before.faults() == []
    assert rows(before.folder, "SELECT id FROM letters WHERE status = 'sending'") == []
    for question in (
        "SELECT outcome, state, case_reference, sha256 FROM messages ORDER BY id",
        "SELECT reference, kind, stage, status FROM cases ORDER BY reference",
        "SELECT id, kind, revision FROM letters ORDER BY id",
    ):
        assert rows(before.folder, question) == rows(ended.folder, question), question
    assert say(before.folder, "audit", "verify").status == 0
