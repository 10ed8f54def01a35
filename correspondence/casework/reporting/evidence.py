"""Everything of one case in one file, for an Ombudsman who asked for it (Code 4.1, 5.12).

Every message, letter and document in the order of their days, with an index, a chronology of what
is on record, and checksums. The same record gives the same bytes, so that what was sent can be
shown to be what was held.
"""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal

from correspondence.cases.event import Event
from correspondence.cases.events import ActionDone
from correspondence.errors import CorrespondenceError, NotAllowed
from correspondence.handling_code.london import day_in_london
from correspondence.handling_code.long_date import long_date
from correspondence.intake.parsing import parse
from correspondence.letters.readback import read_back
from correspondence.reports.dossier import rendering
from correspondence.reports.dossier.archive import archive, safe_name
from correspondence.reports.dossier.record import Line, chronology
from correspondence.reports.dossier.redaction import Redaction, holds_any, redacted
from correspondence.reports.register_file.formulae import marked
from correspondence.store import audit, case_files, letters, messages, postings, users

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    import sqlalchemy as sa

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.intake.message import Attachment
    from correspondence.store.case_files import RecordedEvent
    from correspondence.store.messages import MessageRow


class EvidencePacked(Event):
    """An evidence pack of a case was made; `sha256` is the file's."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    kind: Literal["evidence_packed"] = "evidence_packed"
    reference: str
    sha256: str
    items: int
    redactions: int


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in the pack. `content` is None where it is withheld, and `note` says why."""

    day: date
    what: str
    between: str
    name: str
    content: bytes | None
    text: str = ""  # what it says, for looking the words of redactions up
    searched: bool = True  # whether `text` is all that it can hold
    note: str = ""


@dataclass(frozen=True, slots=True)
class EvidencePack:
    """The pack: its bytes, what is in it, and what was taken out or withheld."""

    content: bytes
    sha256: str
    items: int
    withheld: tuple[str, ...]
    applied: tuple[int, ...] = field(default=())  # how often each redaction applied, in its order


def evidence_pack(
    house: OpenOffice,
    reference: str,
    *,
    redactions: Sequence[Redaction] = (),
    now: datetime,
    actor: Actor,
) -> EvidencePack:
    """The pack of a case, put on record as made. Raises NotKnown, RecordBroken, NotAllowed."""
    if not actor.is_person:
        raise NotAllowed("An evidence pack is made by a named person; say who with --as.")
    with house.database.reading() as conn:
        history = case_files.history(conn, reference)
        items = sorted(_items(conn, house, reference, history), key=lambda one: one.day)
        names = {one.name: one.display_name for one in users.listing(conn)}
    packed = _Packing(reference, tuple(redactions))
    for item in items:
        packed.add(item)
    content = archive(packed.files(chronology(history, names)))
    pack = EvidencePack(
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        items=len(items),
        withheld=tuple(packed.withheld),
        applied=tuple(packed.applied),
    )
    with house.database.writing() as conn:
        event = EvidencePacked(
            reference=reference, sha256=pack.sha256, items=pack.items, redactions=len(redactions)
        )
        audit.append(conn, audit.OFFICE, event, by=actor.name, os_account=actor.os_account, now=now)
    return pack


class _Packing:
    """The files of a pack while they are put together."""

    def __init__(self, reference: str, redactions: tuple[Redaction, ...]) -> None:
        self._reference = reference
        self._redactions = redactions
        self._files: dict[str, bytes] = {}
        self._index: list[tuple[str, ...]] = []
        self.withheld: list[str] = []
        self.applied = [0] * len(redactions)

    def add(self, item: Item) -> None:
        """One more thing, as it is, with words taken out, or withheld."""
        number = len(self._index) + 1
        stem = f"{number:04d}-{item.day.isoformat()}"
        what, between = self._clean(item.what), self._clean(item.between)
        name, content, note = self._given(item, stem)
        if content is not None:
            self._files[f"items/{name}"] = content
        else:
            self.withheld.append(f"{number}: {what} ({note})")
        digest = hashlib.sha256(content).hexdigest() if content is not None else ""
        self._index.append(
            (
                str(number),
                item.day.isoformat(),
                what,
                between,
                f"items/{name}" if content is not None else "withheld",
                digest,
                note,
            )
        )

    def _given(self, item: Item, stem: str) -> tuple[str, bytes | None, str]:
        """The name, the bytes and what is to be said of them."""
        name = f"{stem}-{item.name}"
        if not self._redactions or item.content is None:
            return name, item.content, item.note
        plain = name if not holds_any(item.name, self._redactions) else f"{stem}-file"
        if not item.text and not item.searched:
            why = "it cannot be looked through for the words taken out; put it in by hand"
            return plain, None, f"{item.note} {why}".strip()
        if item.searched and not holds_any(item.text, self._redactions):
            return plain, item.content, item.note
        words = rendering.words(self._clean(item.text))
        page = rendering.page(f"{self._reference}, {item.day.isoformat()}", words)
        said = "Words were taken out; the original is not in here."
        if not item.searched:
            said = (
                "Its words, those taken out left out; the original may hold more, and is withheld."
            )
        return f"{stem}-redacted.html", page, said

    def _clean(self, text: str) -> str:
        made = redacted(text, self._redactions)
        for place, times in made.applied.items():
            self.applied[place] += times
        return made.text

    def files(self, lines: Sequence[Line]) -> dict[str, bytes]:
        """All of them, the index in front."""
        clean = [
            Line(
                one.number, one.day, one.time, one.by, one.said,
                tuple(self._clean(detail) for detail in one.detail),
            )
            for one in lines
        ]  # fmt: skip
        columns = ("Number", "Day", "What", "Between", "File", "SHA-256", "Note")
        made = {
            "index.html": rendering.page(
                f"Evidence in {self._reference}",
                rendering.paragraph(
                    f"{len(self._index)} messages, letters and documents in the order of their "
                    "days. SHA256SUMS holds the checksum of every file."
                ),
                rendering.table(columns, self._index),
                *self._what_was_taken_out(),
            ),
            "index.csv": _csv(columns, self._index),
            "chronology.html": rendering.page(
                f"Chronology of {self._reference}", rendering.chronology_table(clean)
            ),
            "chronology.csv": _csv(
                ("Number", "Day", "Time", "What", "Detail", "By"),
                [
                    (str(one.number), one.day.isoformat(), one.time, one.said,
                     "\n".join(one.detail), one.by)
                    for one in clean
                ],
            ),
        }  # fmt: skip
        return {**made, **self._files}

    def _what_was_taken_out(self) -> Iterator[str]:
        """Why words were taken out and how often; never the words."""
        if self._redactions:
            yield "<h2>What was taken out</h2>"
            yield rendering.table(
                ("", "Why", "Times"),
                [
                    (str(place), self._clean(one.because), str(self.applied[place - 1]))
                    for place, one in enumerate(self._redactions, 1)
                ],
            )


def _items(
    conn: sa.Connection, house: OpenOffice, reference: str, history: Sequence[RecordedEvent]
) -> Iterator[Item]:
    for row in messages.of_case(conn, reference):
        yield from _message(house, messages.load(conn, row.id))
    for letter in letters.listing(conn, references=[reference], statuses=["sent", "handed_over"]):
        yield from _letter(conn, house, letter)
    for one in history:
        if isinstance(one.event, ActionDone) and one.event.evidence_sha256:
            content = _fetched(house, one.event.evidence_sha256)
            yield Item(
                day=one.event.done_on,
                what=f"What shows that {one.event.action} was done",
                between="",
                name=f"{one.event.action}-evidence{_ending(content)}",
                content=content,
                searched=False,
                note="" if content is not None else _GONE,
            )


_GONE = "It is no longer kept."


def _message(house: OpenOffice, row: MessageRow) -> Iterator[Item]:
    """A message as it came, a page to read it by, and each of its attachments."""
    day = day_in_london(row.received_at or row.kept_at)
    document = row.reading or {}
    head = rendering.message_head(document)
    between = head.partition("\n")[0].removeprefix("From: ")
    kind = row.kind.replace("_", " ") or "message"
    raw = _fetched(house, row.sha256)
    text = f"{head}\n\n{rendering.message_text(document)}"
    if raw is None:
        yield Item(day, f"Message: {kind}", between, "message.eml", None, note=_GONE)
        return
    yield Item(
        day=day,
        what=f"Message: {kind}",
        between=between,
        name="message.msg" if row.source_name.lower().endswith(".msg") else "message.eml",
        content=raw,
        searched=False,  # it has headers and attachments that nobody sees
        note="As it came, attachments and all.",
    )
    page = rendering.page(f"Message of {long_date(day)}", rendering.words(text))
    yield Item(day, f"The same message, to be read: {kind}", between, "message.html", page, text)
    for place, attached in enumerate(_attachments(raw, row.source_name), 1):
        yield Item(
            day=day,
            what=f"Attachment {place} to that message",
            between=between,
            name=safe_name(attached.name, f"attachment-{place}"),
            content=attached.content,
            text=attached.text,
            searched=attached.content_type == "text/plain",
        )


def _attachments(raw: bytes, name: str) -> tuple[Attachment, ...]:
    try:
        return parse(raw, name).attachments
    except Exception:  # noqa: BLE001 - what cannot be taken apart is in the pack whole
        return ()


def _letter(conn: sa.Connection, house: OpenOffice, row: letters.LetterRow) -> Iterator[Item]:
    """A letter as it left, and what went with it."""
    revision = letters.revision(conn, row.id)
    left = row.sent_on or (day_in_london(row.handed_over_at) if row.handed_over_at else None)
    day = left or day_in_london(row.drafted_at)
    pdf = _fetched(house, revision.pdf_sha256) if revision.pdf_sha256 else None
    kind = row.kind.replace("_", " ")
    yield Item(
        day=day,
        what=f"Letter {row.id}: {kind}",
        between="to the resident",
        name=f"{row.id}-{row.kind}.pdf",
        content=pdf,
        text=_read(pdf),
        note=(
            _GONE if pdf is None else "" if row.sent_on else "Handed over; the day is not recorded."
        ),
    )
    posting = postings.of_letter(conn, row.id)
    if posting is not None and posting.printed_sha256:
        printed = _fetched(house, posting.printed_sha256)
        yield Item(
            day=day,
            what=f"Letter {row.id} as it was printed",
            between="to the resident",
            name=f"{row.id}-{row.kind}-printed.pdf",
            content=printed,
            text=_read(printed),
            note="" if printed is not None else _GONE,
        )
    for place, enclosed in enumerate(letters.enclosures(conn, row.id), 1):
        content = _fetched(house, enclosed.sha256)
        yield Item(
            day=day,
            what=f"Enclosure {place} to {row.id}",
            between="to the resident",
            name=safe_name(enclosed.name, f"enclosure-{place}"),
            content=content,
            text=_read(content),
            searched=False,
            note="" if content is not None else _GONE,
        )


def _read(pdf: bytes | None) -> str:
    if pdf is None or not pdf.startswith(b"%PDF"):
        return ""
    try:
        return read_back(pdf).text
    except CorrespondenceError:
        return ""


def _fetched(house: OpenOffice, sha256: str) -> bytes | None:
    """The document, None where it was erased or lost. Raises StoreUnavailable."""
    return house.documents.fetch(sha256) if house.documents.has(sha256) else None


def _ending(content: bytes | None) -> str:
    signs = ((b"%PDF", ".pdf"), (b"\xff\xd8\xff", ".jpg"), (b"\x89PNG", ".png"), (b"PK", ".docx"))
    return next((ending for sign, ending in signs if (content or b"").startswith(sign)), ".bin")


def _csv(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([marked(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")
