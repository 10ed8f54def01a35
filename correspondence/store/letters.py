"""Letters: their revisions, what was confirmed in them, and each step on their way out."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from correspondence.errors import NotAllowed, NotKnown
from correspondence.store import in_hand, search
from correspondence.store.tables import (
    Key,
    case_addresses,
    letter_enclosures,
    letter_revisions,
    letters,
    portions,
    postings,
)
from correspondence.store.tables import confirmations as confirmed

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

ACKNOWLEDGEMENTS = ("stage1_acknowledgement", "stage2_acknowledgement")
LIVE = ("draft", "approved", "sending", "handed_over")


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
    second_because: str | None = None  # why a second person must approve it; None where none must
    second_by: str | None = None
    second_at: datetime | None = None
    leaves_at: datetime | None = None  # approved and let go: until then it can be called back
    leaves_by: str | None = None
    released_by: str | None = None  # who let it go although it was held
    released_at: datetime | None = None


_COLUMNS = tuple(one.name for one in fields(LetterRow))


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
    print_sha256: str | None  # the copy to be printed, where it was approved to go by post
    template: str | None
    template_version: int | None
    letterhead: str | None
    letterhead_version: int | None
    findings: Any
    subject: str
    email_text: str
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class RevisionHead:
    """Which revision, who made it, when."""

    number: int
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
    made_of: MadeOf | None = None


@dataclass(frozen=True, slots=True)
class MadeOf:
    """The template and the letterhead of a letter: SHA-256, and the number it was published under.

    0 stands for what was not published.
    """

    template: str
    template_version: int
    letterhead: str
    letterhead_version: int


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


@dataclass(frozen=True, slots=True)
class EnclosureRow:
    """A file that goes with a letter: its name as the resident sees it, and its document."""

    name: str
    sha256: str


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

    `message_id` is the Message-ID it will go out under, chosen by us. Raises NotAllowed where this
    stage of the case already has an acknowledgement that is drafted, approved or on its way.
    """
    if kind in ACKNOWLEDGEMENTS and (live := live_acknowledgement(conn, reference, stage)):
        raise NotAllowed(
            f"Stage {stage} of {reference} already has an acknowledgement, {live.id} "
            f"({live.status.replace('_', ' ')}). Edit or withdraw that one."
        )
    number: int = (
        1
        + conn.execute(
            sa.select(sa.func.coalesce(sa.func.max(letters.c.number), 0)).where(
                letters.c.reference == reference
            )
        ).scalar_one()
    )
    letter = f"{reference}-L{number}"
    conn.execute(
        sa.insert(letters).values(
            id=letter,
            reference=reference,
            number=number,
            kind=kind,
            stage=stage,
            status="draft",
            revision=0,
            message_id=message_id,
            drafted_for=drafted_for,
            drafted_at=now,
        )
    )
    return letter


def live_acknowledgement(conn: sa.Connection, reference: str, stage: int) -> LetterRow | None:
    """The acknowledgement of this stage that is drafted, approved or on its way."""
    found = rows_of(
        conn,
        sa.select(letters).where(
            letters.c.reference == reference,
            letters.c.stage == stage,
            letters.c.kind.in_(ACKNOWLEDGEMENTS),
            letters.c.status.in_(LIVE),
        ),
    )
    return found[0] if found else None


def add_revision(
    conn: sa.Connection, letter: str, revision: NewRevision, *, by: str, now: datetime
) -> int:
    """Add the next revision to a draft and return its number. Raises NotAllowed, NotKnown."""
    number: int | None = conn.execute(
        sa.update(letters)
        .where(letters.c.id == letter, letters.c.status == "draft")
        .values(revision=letters.c.revision + 1)
        .returning(letters.c.revision)
    ).scalar()
    if number is None:
        status = load(conn, letter).status.replace("_", " ")
        raise NotAllowed(
            f"Letter {letter} is {status}, and only a draft can be changed. "
            "Take back the approval first, or draft another letter."
        )
    conn.execute(
        sa.insert(letter_revisions).values(
            letter=letter,
            number=number,
            digest=revision.digest,
            text=revision.text,
            content=revision.content,
            docx_sha256=revision.docx_sha256,
            pdf_sha256=revision.pdf_sha256,
            findings=revision.findings,
            subject=revision.subject,
            email_text=revision.email_text,
            **(asdict(revision.made_of) if revision.made_of else {}),
            made_by=by,
            made_at=now,
        )
    )
    search.keep_letter(conn, letter, revision.subject, revision.text, now)
    return number


def record_files(
    conn: sa.Connection,
    letter: str,
    number: int,
    *,
    docx_sha256: str | None = None,
    pdf_sha256: str | None = None,
) -> None:
    """Which files were made of a revision, where they are made after it. Raises NotKnown."""
    given = {"docx_sha256": docx_sha256, "pdf_sha256": pdf_sha256}
    files = {column: sha256 for column, sha256 in given.items() if sha256 is not None}
    this = sa.and_(letter_revisions.c.letter == letter, letter_revisions.c.number == number)
    if files and not conn.execute(sa.update(letter_revisions).where(this).values(**files)).rowcount:
        raise NotKnown(f"Letter {letter} has no revision {number}.")


def record_letterhead(
    conn: sa.Connection, letter: str, number: int, digest: str, version: int
) -> None:
    """On which letterhead a revision was printed last."""
    this = sa.and_(letter_revisions.c.letter == letter, letter_revisions.c.number == number)
    printed_on = {"letterhead": digest, "letterhead_version": version}
    conn.execute(sa.update(letter_revisions).where(this).values(**printed_on))


def record_print_copy(conn: sa.Connection, letter: str, number: int, sha256: str | None) -> None:
    """Which file is printed of a revision; None where it does not go by post."""
    this = sa.and_(letter_revisions.c.letter == letter, letter_revisions.c.number == number)
    conn.execute(sa.update(letter_revisions).where(this).values(print_sha256=sha256))


def enclosures(conn: sa.Connection, letter: str) -> tuple[EnclosureRow, ...]:
    """What goes with a letter, in its order."""
    rows = conn.execute(
        sa.select(letter_enclosures.c.name, letter_enclosures.c.sha256)
        .where(letter_enclosures.c.letter == letter)
        .order_by(letter_enclosures.c.number)
    )
    return tuple(EnclosureRow(row.name, row.sha256) for row in rows)


def set_enclosures(conn: sa.Connection, letter: str, kept: Sequence[EnclosureRow]) -> None:
    """Have these, in this order, go with a letter instead of whatever did before."""
    conn.execute(sa.delete(letter_enclosures).where(letter_enclosures.c.letter == letter))
    if kept:
        conn.execute(
            sa.insert(letter_enclosures),
            [
                {"letter": letter, "number": number, "name": one.name, "sha256": one.sha256}
                for number, one in enumerate(kept, 1)
            ],
        )


def load(conn: sa.Connection, letter: str) -> LetterRow:
    """One letter. Raises NotKnown."""
    found = rows_of(conn, sa.select(letters).where(letters.c.id == letter))
    if not found:
        raise NotKnown(f"There is no letter {letter} in this office.")
    return found[0]


def revision(conn: sa.Connection, letter: str, number: int | None = None) -> Revision:
    """One revision of a letter, the newest where no number is given. Raises NotKnown."""
    wanted = load(conn, letter).revision if number is None else number
    found = conn.execute(
        sa.select(letter_revisions).where(
            letter_revisions.c.letter == letter, letter_revisions.c.number == wanted
        )
    ).mappings()
    row = found.first()
    if row is None:
        raise NotKnown(f"Letter {letter} has no revision {wanted}.")
    return Revision(**row)


def revision_heads(conn: sa.Connection, letter: str) -> tuple[RevisionHead, ...]:
    """Every revision of a letter, the first in front."""
    made = letter_revisions.c
    query = sa.select(made.number, made.made_by, made.made_at).where(made.letter == letter)
    return tuple(RevisionHead(*row) for row in conn.execute(query.order_by(made.number)))


def confirm(conn: sa.Connection, confirmation: Confirmation) -> None:
    """Record the passage confirmed; a later confirmation of the same item replaces it."""
    values = asdict(confirmation)
    same = sa.and_(
        confirmed.c.letter == confirmation.letter,
        confirmed.c.digest == confirmation.digest,
        confirmed.c.item == confirmation.item,
    )
    if not conn.execute(sa.update(confirmed).where(same).values(**values)).rowcount:
        conn.execute(sa.insert(confirmed).values(**values))


def confirmations(conn: sa.Connection, letter: str, digest: str) -> tuple[Confirmation, ...]:
    """What was confirmed in one revision, by item."""
    rows = conn.execute(
        sa.select(confirmed)
        .where(confirmed.c.letter == letter, confirmed.c.digest == digest)
        .order_by(confirmed.c.item)
    ).mappings()
    return tuple(Confirmation(**row) for row in rows)


def approve(
    conn: sa.Connection,
    letter: str,
    *,
    digest: str,
    by: str,
    now: datetime,
    second_because: str | None = None,
) -> bool:
    """draft → approved, if `digest` is that of the newest revision; whether it moved.

    `second_because` says why a second person must approve it too, where one must.
    """
    newest = (
        sa.select(letter_revisions.c.digest)
        .where(
            letter_revisions.c.letter == letters.c.id,
            letter_revisions.c.number == letters.c.revision,
        )
        .scalar_subquery()
    )
    return move(
        conn,
        letter,
        ("draft",),
        sa.literal(digest) == newest,
        status="approved",
        digest=digest,
        approved_by=by,
        approved_at=now,
        second_because=second_because,
    )


def back_to_draft(conn: sa.Connection, letter: str) -> bool:
    """approved → draft, the approval being void; whether it moved."""
    return move(
        conn,
        letter,
        ("approved",),
        status="draft",
        digest=None,
        approved_by=None,
        approved_at=None,
        second_because=None,
        second_by=None,
        second_at=None,
        leaves_at=None,
        leaves_by=None,
    )


def begin_sending(
    conn: sa.Connection,
    letter: str,
    *,
    digest: str,
    now: datetime,
    leaves_at: datetime | None = None,
) -> bool:
    """approved → sending, if `digest` is what was approved; whether it moved.

    `leaves_at` is when it was to leave when it was looked at: it does not move where it was called
    back since, or let go at another time, nor without the second approval that it needs.
    """
    approved = letters.c.digest == digest
    as_seen = letters.c.leaves_at.is_not_distinct_from(leaves_at)
    agreed = sa.or_(letters.c.second_because.is_(None), letters.c.second_by.is_not(None))
    return move(
        conn,
        letter,
        ("approved",),
        approved,
        as_seen,
        agreed,
        status="sending",
        sending_at=now,
        leaves_at=None,
    )


def not_sent(conn: sa.Connection, letter: str, *, begun_at: datetime | None = None) -> bool:
    """sending → approved, where it is certain that nothing went out; whether it moved.

    With `begun_at`, only if it is still the sending that was begun then. Nobody is to print it any
    more, until it is given away anew.
    """
    same = [] if begun_at is None else [letters.c.sending_at == begun_at]
    moved = move(conn, letter, ("sending",), *same, status="approved", sending_at=None)
    if moved:
        conn.execute(sa.delete(postings).where(postings.c.letter == letter))
    return moved


def hand_over(conn: sa.Connection, letter: str, *, now: datetime) -> bool:
    """sending → handed_over: it lies in the outbox; whether it moved.

    What anybody was still writing in it has nowhere to go now.
    """
    in_hand.put_away(conn, letter)
    return move(conn, letter, ("sending",), status="handed_over", handed_over_at=now)


def mark_sent(conn: sa.Connection, letter: str, *, on: date) -> bool:
    """sending or handed_over → sent on that day; whether it moved."""
    return move(conn, letter, ("sending", "handed_over"), status="sent", sent_on=on)


def mark_failed(conn: sa.Connection, letter: str) -> bool:
    """sending, handed_over or sent → failed: it came back; whether it moved."""
    in_hand.put_away(conn, letter)
    return move(conn, letter, ("sending", "handed_over", "sent"), status="failed")


def mark_arrived(conn: sa.Connection, letter: str, *, on: date) -> bool:
    """failed → sent: it did reach its resident; whether it moved."""
    return move(conn, letter, ("failed",), status="sent", sent_on=on)


def release(conn: sa.Connection, letter: str, *, by: str, now: datetime) -> bool:
    """A person lets it go although it was held; whether it had still to go."""
    return move(conn, letter, ("draft", "approved"), released_by=by, released_at=now)


def acknowledgements_beside(
    conn: sa.Connection, ids: Collection[str]
) -> dict[str, list[tuple[LetterRow, str]]]:
    """For each letter, the acknowledgements of other cases that share an address with its own.

    Each with that address, in the order they were drafted. Withdrawn ones are left out.
    """
    other, ours, theirs = letters.alias("other"), case_addresses.alias(), case_addresses.alias()
    found: dict[str, list[tuple[LetterRow, str]]] = {}
    for some in portions(ids):
        query = (
            sa.select(letters.c.id.label("of"), ours.c.address, other)
            .join(ours, ours.c.reference == letters.c.reference)
            .join(theirs, theirs.c.address == ours.c.address)
            .join(other, other.c.reference == theirs.c.reference)
            .where(
                letters.c.id.in_(some),
                other.c.reference != letters.c.reference,
                other.c.kind.in_(ACKNOWLEDGEMENTS),
                other.c.status != "withdrawn",
            )
            .order_by(other.c.drafted_at, other.c.id)
        )
        for row in conn.execute(query).mappings():
            values = {name: row[name] for name in _COLUMNS}
            found.setdefault(row["of"], []).append((LetterRow(**values), row["address"]))
    return found


def reinstate(conn: sa.Connection, letter: str) -> bool:
    """withdrawn → draft, where its withdrawing was taken back; whether it moved."""
    return move(conn, letter, ("withdrawn",), status="draft", withdrawn_at=None)


def withdraw(conn: sa.Connection, letter: str, *, now: datetime) -> bool:
    """draft or approved → withdrawn; whether it moved."""
    return move(
        conn,
        letter,
        ("draft", "approved"),
        status="withdrawn",
        withdrawn_at=now,
        leaves_at=None,
    )


def move(
    conn: sa.Connection,
    letter: str,
    expected: tuple[str, ...],
    *conditions: sa.ColumnElement[bool],
    **values: object,
) -> bool:
    """Move a letter on from where it is expected to stand; whether it did.

    Compare and set: of two who try the same step, one succeeds.
    """
    return bool(
        conn.execute(
            sa.update(letters)
            .where(letters.c.id == letter, letters.c.status.in_(expected), *conditions)
            .values(**values)
        ).rowcount
    )


def listing(
    conn: sa.Connection,
    *,
    references: Collection[str] | None = None,
    statuses: Sequence[str] | None = None,
) -> tuple[LetterRow, ...]:
    """The letters, by case and number; of some cases or in some statuses where these are given."""
    query = sa.select(letters).order_by(letters.c.reference, letters.c.number)
    if statuses is not None:
        query = query.where(letters.c.status.in_(statuses))
    if references is None:
        return rows_of(conn, query)
    return tuple(
        row
        for some in portions(references)
        for row in rows_of(conn, query.where(letters.c.reference.in_(some)))
    )


def by_message_id(conn: sa.Connection, message_ids: Collection[str]) -> tuple[LetterRow, ...]:
    """The letters that went, or will go, out under any of these Message-IDs of ours."""
    return tuple(
        row
        for some in portions(Key.shortened(message_id) for message_id in message_ids)
        for row in rows_of(conn, sa.select(letters).where(letters.c.message_id.in_(some)))
    )


def rows_of(conn: sa.Connection, query: sa.Select[Any]) -> tuple[LetterRow, ...]:
    """The letters that a query of theirs finds, in its order."""
    return tuple(LetterRow(**row) for row in conn.execute(query).mappings())
