"""Erase the personal detail of a case or a message: what goes, what stays, and the proof of it.

Rows keep their ids, codes and days, so that lists and figures go on; every word goes. Files go
after the transaction that says so, and one that a crash left is removed by the next run.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal

import sqlalchemy as sa

from correspondence.cases.event import Event
from correspondence.store import audit, search
from correspondence.store.messages import stream_of
from correspondence.store.tables import (
    actions,
    case_addresses,
    cases,
    confirmations,
    counted,
    erasures,
    event_details,
    events,
    letter_enclosures,
    letter_revisions,
    letters,
    messages,
    notices,
    portions,
    postings,
    questions,
    words_in_hand,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date, datetime

_SHA256: Final = re.compile(r"\b[0-9a-f]{64}\b")
_WITH_FILES: Final = (
    "action_done",
    "letter_submitted",
    "letter_approved",
    "enclosures_changed",
    "document_added",
    "letter_printed",
)
_REVISION_FILES: Final = (
    letter_revisions.c.docx_sha256,
    letter_revisions.c.pdf_sha256,
    letter_revisions.c.print_sha256,
)

GONE: Final[dict[str, Any]] = {
    "blocks": [{"type": "paragraph", "runs": [{"text": "The words of this letter were erased."}]}],
    "language": "en-GB",
}
"""What stands in place of a letter's words."""


class SubjectErased(Event):
    """The personal detail of a case or message was erased: how much, and which files.

    The digests prove what was destroyed to whoever has a copy, and tell nothing to anybody else.
    """

    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    kind: Literal["subject_erased"] = "subject_erased"
    subject: str
    because: str
    events: int
    messages: int
    letters: int
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Erasable:
    """What erasing a case or a message comes to. `documents` are those nothing else needs."""

    subject: str
    messages: tuple[int, ...]
    letters: tuple[str, ...]
    events: tuple[int, ...]
    documents: tuple[str, ...]
    source_names: tuple[str, ...]  # under which the messages came, to find their copies


@dataclass(frozen=True, slots=True)
class ErasureRow:
    """An erasure; `documents` are files still to be removed while `finished_at` is None."""

    id: int
    subject: str
    because: str
    by: str
    at: datetime
    documents: tuple[str, ...]
    finished_at: datetime | None


def of_case(conn: sa.Connection, reference: str) -> Erasable:
    """What there is to erase of a case, with the messages that belong to it."""
    numbers = tuple(
        conn.execute(
            sa.select(messages.c.id)
            .where(messages.c.case_reference == reference)
            .order_by(messages.c.id)
        ).scalars()
    )
    names = tuple(
        conn.execute(
            sa.select(letters.c.id).where(letters.c.reference == reference).order_by(letters.c.id)
        ).scalars()
    )
    streams = [reference, *(stream_of(number) for number in numbers)]
    return _erasable(conn, reference, numbers, names, streams)


def of_message(conn: sa.Connection, number: int) -> Erasable:
    """What there is to erase of a message that belongs to no case."""
    stream = stream_of(number)
    return _erasable(conn, stream, (number,), (), [stream])


def erase(
    conn: sa.Connection,
    this: Erasable,
    *,
    because: str,
    by: str,
    os_account: str,
    now: datetime,
) -> None:
    """Erase it, and record that. Needs a writing unit; the files are removed after it.

    Whatever reports still count must be on record before. `because` is a code, never personal.
    """
    audit.erase(conn, this.events, by=by, os_account=os_account, because=because, now=now)
    _blank_messages(conn, this.messages)
    _blank_letters(conn, this.letters, now)
    if not this.subject.startswith("message:"):
        _blank_case(conn, this.subject)
    for number in this.messages:
        search.forget(conn, message=number)
    conn.execute(sa.delete(erasures).where(erasures.c.subject == this.subject))
    conn.execute(
        sa.insert(erasures).values(
            subject=this.subject,
            because=because,
            by=by,
            at=now,
            documents=list(this.documents),
            finished_at=None,
        )
    )
    event = SubjectErased(
        subject=this.subject,
        because=because,
        events=len(this.events),
        messages=len(this.messages),
        letters=len(this.letters),
        documents=this.documents,
    )
    audit.append(conn, audit.OFFICE, event, by=by, os_account=os_account, now=now)


def unfinished(conn: sa.Connection) -> tuple[ErasureRow, ...]:
    """Erasures whose files are still to be removed."""
    query = sa.select(erasures).where(erasures.c.finished_at.is_(None)).order_by(erasures.c.id)
    return tuple(_row(row) for row in conn.execute(query).mappings())


def finished(conn: sa.Connection, number: int, now: datetime) -> None:
    """The files of an erasure are gone."""
    this = erasures.c.id == number
    conn.execute(sa.update(erasures).where(this).values(finished_at=now, documents=[]))


def erased_subjects(conn: sa.Connection) -> frozenset[str]:
    """Cases and messages that were erased."""
    return frozenset(conn.execute(sa.select(erasures.c.subject)).scalars())


def listing(conn: sa.Connection) -> tuple[ErasureRow, ...]:
    """Every erasure, oldest first."""
    return tuple(
        _row(row) for row in conn.execute(sa.select(erasures).order_by(erasures.c.id)).mappings()
    )


def closed_by(conn: sa.Connection, day: date) -> tuple[str, ...]:
    """Cases closed on that day or before and not erased, the longest closed in front."""
    erased = sa.exists().where(erasures.c.subject == cases.c.reference)
    query = (
        sa.select(cases.c.reference)
        .where(cases.c.closed_on.is_not(None), cases.c.closed_on <= day, ~erased)
        .order_by(cases.c.closed_on, cases.c.reference)
    )
    return tuple(conn.execute(query).scalars())


def last_event_at(conn: sa.Connection, stream: str) -> datetime | None:
    """When the last thing happened to a case."""
    query = (
        sa.select(events.c.at)
        .where(events.c.stream == stream)
        .order_by(events.c.sequence.desc())
        .limit(1)
    )
    return conn.execute(query).scalar()


def contacts_before(
    conn: sa.Connection, moment: datetime, kinds: Collection[str], *, but: bool = False
) -> tuple[tuple[int, str, datetime], ...]:
    """Messages of these kinds (or `but` these) of no case, kept before then and not erased."""
    erased = sa.exists().where(
        erasures.c.subject == sa.literal("message:") + sa.cast(messages.c.id, sa.String(20))
    )
    of_kind = messages.c.kind.in_(sorted(kinds))
    query = (
        sa.select(messages.c.id, messages.c.kind, messages.c.kept_at)
        .where(
            messages.c.case_reference.is_(None),
            messages.c.state == "read",
            messages.c.kept_at < moment,
            ~of_kind if but else of_kind,
            ~erased,
        )
        .order_by(messages.c.id)
    )
    return tuple((row.id, row.kind, row.kept_at) for row in conn.execute(query))


def _erasable(
    conn: sa.Connection,
    subject: str,
    numbers: tuple[int, ...],
    names: tuple[str, ...],
    streams: Collection[str],
) -> Erasable:
    with_detail: list[int] = []
    for some in portions(streams):
        with_detail += conn.execute(
            sa.select(events.c.id)
            .join(event_details, event_details.c.event_id == events.c.id)
            .where(events.c.stream.in_(some))
        ).scalars()
    mine = set(_documents_of(conn, numbers, names, streams))
    needed = set(_needed_elsewhere(conn, mine, numbers, names, streams))
    sources: list[str] = []
    for some_numbers in portions(numbers):
        sources += conn.execute(
            sa.select(messages.c.source_name).where(messages.c.id.in_(some_numbers))
        ).scalars()
    return Erasable(
        subject,
        numbers,
        names,
        tuple(sorted(with_detail)),
        tuple(sorted(mine - needed)),
        tuple(sorted(filter(None, set(sources)))),
    )


def _documents_of(
    conn: sa.Connection,
    numbers: Collection[int],
    names: Collection[str],
    streams: Collection[str],
) -> Iterator[str]:
    """Every digest that a row or an event of these names; some are of templates, and no files."""
    for some in portions(numbers):
        yield from conn.execute(
            sa.select(messages.c.sha256).where(messages.c.id.in_(some))
        ).scalars()
    for some_names in portions(names):
        of_these = letter_revisions.c.letter.in_(some_names)
        for row in conn.execute(sa.select(*_REVISION_FILES).where(of_these)):
            yield from filter(None, row)
        yield from conn.execute(
            sa.select(letter_enclosures.c.sha256).where(letter_enclosures.c.letter.in_(some_names))
        ).scalars()
    for some_streams in portions(streams):
        query = sa.select(events.c.body).where(
            events.c.stream.in_(some_streams), events.c.kind.in_(_WITH_FILES)
        )
        for body in conn.execute(query).scalars():
            yield from _files_in(json.loads(body)["facts"])


def _files_in(facts: dict[str, Any]) -> Iterator[str]:
    for name, value in facts.items():
        if name.endswith("sha256") or name == "enclosures":
            yield from _SHA256.findall(json.dumps(value))


def _needed_elsewhere(
    conn: sa.Connection,
    mine: set[str],
    numbers: Collection[int],
    names: Collection[str],
    streams: Collection[str],
) -> Iterator[str]:
    """Those of the documents that something else refers to as well."""
    own_numbers, own_names, own_streams = set(numbers), set(names), set(streams)
    for some in portions(mine):
        for number, sha256 in conn.execute(
            sa.select(messages.c.id, messages.c.sha256).where(messages.c.sha256.in_(some))
        ):
            if number not in own_numbers:
                yield sha256
        for column in (*_REVISION_FILES, letter_enclosures.c.sha256):
            letter = column.table.c.letter
            for name, sha256 in conn.execute(sa.select(letter, column).where(column.in_(some))):
                if name not in own_names:
                    yield sha256
    rows = conn.execute(
        sa.select(events.c.stream, events.c.body).where(
            events.c.kind.in_(("action_done", "letter_submitted", "document_added"))
        )
    )
    for stream, body in rows:
        if stream not in own_streams:
            yield from mine.intersection(_SHA256.findall(body))


def _blank_messages(conn: sa.Connection, numbers: Collection[int]) -> None:
    for some in portions(numbers):
        of_these = messages.c.id.in_(some)
        rows = conn.execute(sa.select(messages.c.id, messages.c.reading).where(of_these)).all()
        conn.execute(
            sa.update(messages)
            .where(of_these)
            .values(
                source_name="",
                message_id="",
                content_digest="",
                sender_address="",
                received_because="",
            )
        )
        for number, reading in rows:
            if reading is not None:
                blank = without_words(reading)
                conn.execute(
                    sa.update(messages).where(messages.c.id == number).values(reading=blank)
                )


_CODES: Final = frozenset(
    {"kind", "confidence", "service_area", "flags", "needs_person", "also", "offer_complaint",
     "acknowledge", "received_at", "received_basis", "sent_at", "sha256"}
)  # fmt: skip


def without_words(document: Any) -> Any:
    """A reading document of the same shape, with codes and days and nobody's words."""
    if isinstance(document, dict):
        return {
            name: value if name in _CODES else without_words(value)
            for name, value in document.items()
        }
    if isinstance(document, list):
        return []
    return "" if isinstance(document, str) else document


_FOUND: Final = frozenset({"id", "clause", "basis", "required", "met", "kind", "reading_age"})


def findings_without_words(findings: Any) -> Any:
    """What the checks of a letter found, by their ids and clauses; no word of the letter.

    The self-assessment counts them by provision, so they outlive the letter (Code 8.1a).
    """
    if not isinstance(findings, dict):
        return findings
    kept: dict[str, Any] = {}
    for name, value in findings.items():
        if name in _FOUND or isinstance(value, bool):
            kept[name] = value
        elif name == "items" and isinstance(value, list):
            kept[name] = [findings_without_words(one) for one in value]
        elif isinstance(value, dict):
            kept[name] = findings_without_words(value)
        else:
            kept[name] = [] if isinstance(value, list) else ""
    return kept


def _blank_letters(conn: sa.Connection, names: Collection[str], now: datetime) -> None:
    """Without its words no letter can leave any more: those that have not are withdrawn."""
    for some in portions(names):
        conn.execute(sa.delete(postings).where(postings.c.letter.in_(some)))
        unsent = sa.and_(letters.c.id.in_(some), letters.c.status.in_(("draft", "approved")))
        conn.execute(sa.update(letters).where(unsent).values(status="withdrawn", withdrawn_at=now))
        of_these = letter_revisions.c.letter.in_(some)
        rows = conn.execute(
            sa.select(letter_revisions.c.letter, letter_revisions.c.number,
                      letter_revisions.c.findings).where(of_these)
        ).all()  # fmt: skip
        for name, number, findings in rows:
            this = sa.and_(letter_revisions.c.letter == name, letter_revisions.c.number == number)
            blank = findings_without_words(findings)
            conn.execute(sa.update(letter_revisions).where(this).values(findings=blank))
        conn.execute(
            sa.update(letter_revisions)
            .where(of_these)
            .values(
                text=GONE,
                content={},
                subject="",
                email_text="",
                docx_sha256=None,
                pdf_sha256=None,
                print_sha256=None,
            )
        )
        conn.execute(
            sa.update(confirmations)
            .where(confirmations.c.letter.in_(some))
            .values(passage="", because="")
        )
        conn.execute(sa.delete(letter_enclosures).where(letter_enclosures.c.letter.in_(some)))
        conn.execute(sa.delete(words_in_hand).where(words_in_hand.c.place.in_(some)))


def _blank_case(conn: sa.Connection, reference: str) -> None:
    of_case_ = cases.c.reference == reference
    blank = {"resident_name": "", "matter": "", "surname": "", "postcode": "", "people": None}
    conn.execute(sa.update(cases).where(of_case_).values(**blank))
    conn.execute(sa.delete(case_addresses).where(case_addresses.c.reference == reference))
    conn.execute(sa.delete(counted).where(counted.c.reference == reference))
    conn.execute(
        sa.update(actions).where(actions.c.reference == reference).values(what="", owner="")
    )
    whom = {"asked_of": "", "email": ""}
    conn.execute(sa.update(questions).where(questions.c.reference == reference).values(**whom))
    in_hand = words_in_hand.c.place.startswith(f"{reference}/", autoescape=True)
    conn.execute(sa.delete(words_in_hand).where(in_hand))
    search.forget(conn, reference=reference)


def _row(row: Any) -> ErasureRow:
    return ErasureRow(
        id=row["id"],
        subject=row["subject"],
        because=row["because"],
        by=row["by"],
        at=row["at"],
        documents=tuple(row["documents"]),
        finished_at=row["finished_at"],
    )


def subjects_noticed(conn: sa.Connection, subjects: Iterable[str]) -> frozenset[str]:
    """Those of the subjects for which a notice of retention was given."""
    found: set[str] = set()
    for some in portions(subjects):
        query = sa.select(notices.c.subject).where(
            notices.c.duty == "retention", notices.c.subject.in_(some)
        )
        found.update(conn.execute(query).scalars())
    return frozenset(found)
