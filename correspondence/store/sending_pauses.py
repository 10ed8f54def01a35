"""Who takes letters and failed over the last ones, and until when nothing is given to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from correspondence.store.tables import sending_pauses

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class PauseRow:
    """A provider that failed `failures` times in a row, last at `failed_at`, both in UTC.

    Nothing is given to it until `resumes_at`; None where it has not failed often enough for that.
    """

    provider: str
    failures: int
    failed_at: datetime
    resumes_at: datetime | None
    because: str


def of_provider(conn: sa.Connection, provider: str) -> PauseRow | None:
    """How a provider stands; None where its last answer was a good one."""
    query = sa.select(sending_pauses).where(sending_pauses.c.provider == provider)
    found = conn.execute(query).mappings().first()
    return PauseRow(**found) if found else None


def all_of_them(conn: sa.Connection) -> tuple[PauseRow, ...]:
    """Every provider whose last answer was none, or a bad one."""
    rows = conn.execute(sa.select(sending_pauses).order_by(sending_pauses.c.provider)).mappings()
    return tuple(PauseRow(**row) for row in rows)


def note(conn: sa.Connection, row: PauseRow) -> None:
    """It failed once more. Needs a writing unit."""
    forget(conn, row.provider)
    conn.execute(
        sa.insert(sending_pauses).values(
            provider=row.provider,
            failures=row.failures,
            failed_at=row.failed_at,
            resumes_at=row.resumes_at,
            because=row.because,
        )
    )


def forget(conn: sa.Connection, provider: str) -> None:
    """It works. Needs a writing unit."""
    conn.execute(sa.delete(sending_pauses).where(sending_pauses.c.provider == provider))
