"""Letters: their revisions, what was confirmed in them, and each step on their way out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    import sqlalchemy as sa


@dataclass(frozen=True, slots=True)
class LetterRow:
    """Where a letter stands. `digest` is that of the revision approved, None until then."""

    id: str
    reference: str
    number: int
    kind: str
    stage: int
    status: str
    revision: int  # the newest; 0 while there is none
    digest: str | None
    message_id: str
    drafted_for: int | None
    drafted_at: datetime
    approved_by: str | None
    approved_at: datetime | None
    sending_at: datetime | None
    handed_over_at: datetime | None
    sent_on: date | None
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision of a letter. `text` is its LetterText, `findings` what the checks said."""

    letter: str
    number: int
    digest: str
    text: dict[str, Any]
    content: dict[str, Any]
    docx_sha256: str | None
    pdf_sha256: str | None
    findings: Any
    subject: str
    email_text: str
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class NewRevision:
    """A revision about to be added; the store gives it its number."""

    digest: str
    text: dict[str, Any]
    content: dict[str, Any]
    findings: Any
    subject: str
    email_text: str
    docx_sha256: str | None = None
    pdf_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The passage of one revision that a person marked as meeting an item."""

    letter: str
    digest: str
    item: str
    passage: str
    because: str
    by: str
    at: datetime


def new_letter(
    conn: sa.Connection,
    *,
    reference: str,
    kind: str,
    stage: int,
    message_id: str,
    now: datetime,
    drafted_for: int | None = None,
) -> str:
    """A letter without any revision yet; returns its id, such as ``CMP-2026-000001-L1``.

    Raises NotAllowed where this stage of the case already has an acknowledgement that is
    drafted, approved or on its way.
    """
    raise NotImplementedError


def live_acknowledgement(conn: sa.Connection, reference: str, stage: int) -> LetterRow | None:
    """The acknowledgement of this stage that is drafted, approved or on its way."""
    raise NotImplementedError


def add_revision(
    conn: sa.Connection, letter: str, revision: NewRevision, *, by: str, now: datetime
) -> int:
    """Add the next revision to a draft and return its number. Raises NotAllowed, NotKnown."""
    raise NotImplementedError


def record_files(
    conn: sa.Connection,
    letter: str,
    number: int,
    *,
    docx_sha256: str | None = None,
    pdf_sha256: str | None = None,
) -> None:
    """Which files were made of a revision, where they are made after it."""
    raise NotImplementedError


def load(conn: sa.Connection, letter: str) -> LetterRow:
    """One letter. Raises NotKnown."""
    raise NotImplementedError


def revision(conn: sa.Connection, letter: str, number: int | None = None) -> Revision:
    """One revision of a letter, the newest where no number is given. Raises NotKnown."""
    raise NotImplementedError


def confirm(conn: sa.Connection, confirmation: Confirmation) -> None:
    """Record the passage confirmed; a later confirmation of the same item replaces it."""
    raise NotImplementedError


def confirmations(conn: sa.Connection, letter: str, digest: str) -> tuple[Confirmation, ...]:
    """What was confirmed in one revision."""
    raise NotImplementedError


def approve(conn: sa.Connection, letter: str, *, digest: str, by: str, now: datetime) -> bool:
    """draft → approved, if `digest` is that of the newest revision; whether it moved."""
    raise NotImplementedError


def back_to_draft(conn: sa.Connection, letter: str) -> bool:
    """approved → draft, the approval being void; whether it moved."""
    raise NotImplementedError


def begin_sending(conn: sa.Connection, letter: str, *, digest: str, now: datetime) -> bool:
    """approved → sending, if `digest` is what was approved; whether it moved."""
    raise NotImplementedError


def not_sent(conn: sa.Connection, letter: str) -> bool:
    """sending → approved, where it is certain that nothing went out; whether it moved."""
    raise NotImplementedError


def hand_over(conn: sa.Connection, letter: str, *, now: datetime) -> bool:
    """sending → handed_over: it lies in the outbox; whether it moved."""
    raise NotImplementedError


def mark_sent(conn: sa.Connection, letter: str, *, on: date) -> bool:
    """sending or handed_over → sent on that day; whether it moved."""
    raise NotImplementedError


def withdraw(conn: sa.Connection, letter: str, *, now: datetime) -> bool:
    """draft or approved → withdrawn; whether it moved."""
    raise NotImplementedError


def listing(
    conn: sa.Connection,
    *,
    references: Collection[str] | None = None,
    statuses: Sequence[str] | None = None,
) -> tuple[LetterRow, ...]:
    """The letters, by case and number."""
    raise NotImplementedError


def by_message_id(conn: sa.Connection, message_ids: Collection[str]) -> tuple[LetterRow, ...]:
    """The letters that went, or will go, out under any of these Message-IDs of ours."""
    raise NotImplementedError
