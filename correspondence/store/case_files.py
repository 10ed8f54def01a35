"""Case files: the events of each case, and the rows that lists and lookups are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from correspondence.store.audit import append as append

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    import sqlalchemy as sa

    from correspondence.cases.case import Case
    from correspondence.cases.events import CaseEvent


class NextStep(Protocol):
    """What is owed next, by when, and why."""

    @property
    def duty(self) -> str: ...
    @property
    def due(self) -> date | None: ...
    @property
    def because(self) -> str: ...


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as lists show it."""

    reference: str
    kind: str
    stage: int
    status: str
    service_area: str
    flags: tuple[str, ...]
    needs_person: bool
    resident_name: str
    received_on: date
    acknowledged_on: date | None
    next_duty: str | None
    next_due: date | None
    next_because: str | None
    message_count: int
    version: int  # the number of events it was made from
    opened_at: datetime
    changed_at: datetime
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """One event of a case's history; `erased` where its personal detail was erased."""

    id: int
    sequence: int
    at: datetime
    by: str
    os_account: str
    event: CaseEvent
    erased: bool


def next_reference(conn: sa.Connection, year: int, series: str = "CMP") -> str:
    """The next case reference, such as ``CMP-2026-000001``; never given twice."""
    raise NotImplementedError


def history(conn: sa.Connection, reference: str) -> tuple[RecordedEvent, ...]:
    """Everything that happened to the case, in order, held against the chain.

    Raises NotKnown where there is no such case, RecordBroken where an event was changed.
    """
    raise NotImplementedError


def load(conn: sa.Connection, reference: str) -> Case:
    """The case as it follows from its events. Raises NotKnown, RecordBroken."""
    raise NotImplementedError


def project(conn: sa.Connection, case: Case, next_step: NextStep | None, now: datetime) -> int:
    """Write the case's row and known addresses as they follow from its events; return its version.

    Raises NotAllowed where the row was already written from later events.
    """
    raise NotImplementedError


def listing(
    conn: sa.Connection,
    *,
    status: str | None = None,
    needs_person: bool | None = None,
    due_by: date | None = None,
    limit: int | None = None,
) -> tuple[CaseRow, ...]:
    """The cases, those due first in front, those with nothing due last."""
    raise NotImplementedError


def row(conn: sa.Connection, reference: str) -> CaseRow:
    """One case's row. Raises NotKnown."""
    raise NotImplementedError


def by_references(conn: sa.Connection, references: Collection[str]) -> tuple[CaseRow, ...]:
    """Those of the references that are cases of ours."""
    raise NotImplementedError


def by_addresses(conn: sa.Connection, addresses: Collection[str]) -> tuple[CaseRow, ...]:
    """The cases in which any of these addresses is a known party, the newest first."""
    raise NotImplementedError


def known_addresses(conn: sa.Connection, reference: str) -> frozenset[str]:
    """The addresses known to belong to parties of the case."""
    raise NotImplementedError
