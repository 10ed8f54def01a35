"""The register is kept alike by both databases."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings

from correspondence.store import register
from correspondence.store.audit import verify
from correspondence.store.database import Database
from correspondence.store.register_entry import RegisterEntry
from tests.reports.registers import registers

NOW = datetime(2026, 4, 1, tzinfo=UTC)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(first=registers(), second=registers())
def test_what_is_kept_is_what_was_given_and_the_later_import_wins(
    database: Database,
    first: tuple[RegisterEntry, ...],
    second: tuple[RegisterEntry, ...],
) -> None:
    with database.writing() as conn:
        part = conn.begin_nested()
        for entries in (first, second):
            register.keep(conn, entries, sha256="0" * 64, now=NOW, by="rowan", os_account="rowan")
        wanted = {entry.reference: entry for entry in (*first, *second)}
        assert {entry.reference: entry for entry in register.listing(conn)} == wanted
        again = register.keep(
            conn, second, sha256="0" * 64, now=NOW, by="rowan", os_account="rowan"
        )
        assert again.unchanged == len(second)
        assert verify(conn).intact
        part.rollback()
