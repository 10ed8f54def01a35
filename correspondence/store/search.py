"""Searching: the words of cases, messages and letters, kept by the transaction that writes them.

One interface before FTS5 and tsvector. What stands here is a copy; erasing takes it out.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from correspondence.store.search_terms import Passage, asked_for, folded, passage, terms
from correspondence.store.tables import (
    cases,
    letter_revisions,
    letters,
    messages,
    portions,
    search_entries,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from correspondence.cases.case import Case
    from correspondence.store.search_terms import Phrase

MOST_LOOKED_AT: Final = 2_000
"""Texts with the words asked for that are narrowed down further; the newest are taken."""

_POSTCODE: Final = re.compile(r"\s*([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\s*", re.IGNORECASE)
_REFERENCE: Final = re.compile(r"\s*([A-Za-z][A-Za-z0-9]*-\d{4}-\d{1,9})(?:-[A-Z]\d+)?\s*")


@dataclass(frozen=True, slots=True)
class Sought:
    """What is asked for; whatever is empty leaves that question open.

    `kind` is ``case``, ``message`` or ``letter``; `status` is a case's, or ``open``. `since` and
    `until` are days on which cases were first received.
    """

    words: str = ""
    kind: str = ""
    stage: int | None = None
    area: str = ""
    status: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def narrows_cases(self) -> bool:
        """Whether anything is asked of the case that something belongs to."""
        return any((self.stage, self.area, self.status, self.since, self.until))


@dataclass(frozen=True, slots=True)
class Hit:
    """One text that was found, and the case it belongs to, if any.

    `source` is a reference, the number of a message, or a letter's id. `passage` shows the words
    where they stand, None where they stand in what is not shown.
    """

    kind: str
    source: str
    at: datetime
    reference: str | None
    resident: str
    matter: str
    stage: int | None
    status: str
    passage: Passage | None


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found: one page of it, the newest first.

    `more`: there is another page. `cut`: there were more texts than are looked at.
    """

    found: tuple[Hit, ...]
    more: bool = False
    cut: bool = False


def keep_case(conn: sa.Connection, case: Case, now: datetime | None) -> None:
    """The words of a case as it stands."""
    keep(conn, "case", case.reference, case.reference, _words_of_case(case), now)


def keep_message(
    conn: sa.Connection,
    message: int,
    document: dict[str, Any] | None,
    reference: str | None,
    now: datetime | None,
) -> None:
    """The words of a message as it was read."""
    keep(conn, "message", str(message), reference, _words_of_message(document or {}), now)


def keep_letter(
    conn: sa.Connection, letter: str, subject: str, text: dict[str, Any], now: datetime | None
) -> None:
    """The words of a letter as they stand."""
    reference = letter.rpartition("-")[0]
    keep(conn, "letter", letter, reference, (letter, subject, *_strings(text)), now)


def keep(
    conn: sa.Connection,
    kind: str,
    source: str,
    reference: str | None,
    texts: Iterable[str],
    now: datetime | None,
) -> None:
    """Have these be the words of something; nothing is written where they were."""
    words = " ".join(terms("\n".join(filter(None, texts))))
    digest = hashlib.sha256(f"{reference}\n{words}".encode()).hexdigest()
    known = conn.execute(_KNOWN, {"of_kind": kind, "of_source": source}).first()
    if known is None:
        entry: int = conn.execute(
            _NEW,
            {
                "kind": kind,
                "source": source,
                "reference": reference,
                "at": now or datetime.now(UTC),
                "digest": digest,
            },
        ).scalar_one()
    elif known.digest == digest:
        return
    else:
        entry = known.id
        conn.execute(_CHANGED, {"of_id": entry, "belongs_to": reference, "says": digest})
        conn.execute(_NO_WORDS, {"entry": entry})
    conn.execute(_words(conn), {"entry": entry, "words": _stored(conn, words)})


def forget(conn: sa.Connection, *, reference: str | None = None, message: int | None = None) -> int:
    """Take out all words of a case with its messages and letters, or of one message; how many."""
    asked = (
        search_entries.c.reference == reference
        if message is None
        else sa.and_(search_entries.c.kind == "message", search_entries.c.source == str(message))
    )
    return _take_out(conn, conn.execute(sa.select(search_entries.c.id).where(asked)).scalars())


def forget_streams(conn: sa.Connection, streams: Iterable[str]) -> int:
    """Take out the words of cases and messages of which something was erased; how many texts."""
    gone: list[int] = []
    for stream in streams:
        kind, _, number = stream.rpartition(":")
        asked = sa.and_(
            search_entries.c.kind == (kind or "case"), search_entries.c.source == number
        )
        gone += conn.execute(sa.select(search_entries.c.id).where(asked)).scalars()
    return _take_out(conn, gone)


def _take_out(conn: sa.Connection, entries: Iterable[int]) -> int:
    gone = list(entries)
    for some in portions(gone):
        conn.execute(sa.delete(search_entries).where(search_entries.c.id.in_(some)))
        conn.execute(sa.delete(_WORDS).where(_WORDS.c.rowid.in_(some)))
    if gone and conn.dialect.name == "sqlite":
        # Until its parts are merged, FTS5 keeps the words of what was taken out.
        conn.exec_driver_sql("INSERT INTO search_words (search_words) VALUES ('optimize')")
    return len(gone)


def ends_as_its_words(conn: sa.Connection) -> bool:
    """Whether the last text that can be found is the last whose words are kept; quick, no proof.

    It is not where a file was put together of copies from different moments.
    """
    last = sa.select(sa.func.max(search_entries.c.id)).scalar_subquery()
    words = sa.select(_WORDS.c.rowid).order_by(_WORDS.c.rowid.desc()).limit(1).scalar_subquery()
    entry, kept = conn.execute(sa.select(last, words)).one()
    return bool(entry == kept)


def empty(conn: sa.Connection) -> None:
    """Take out everything, to be kept anew."""
    conn.execute(sa.delete(search_entries))
    conn.execute(sa.delete(_WORDS))


def moved(conn: sa.Connection, numbers: Iterable[int], reference: str | None) -> None:
    """These messages belong to another case now."""
    for some in portions(numbers):
        conn.execute(
            sa.update(search_entries)
            .where(
                search_entries.c.kind == "message",
                search_entries.c.source.in_([str(number) for number in some]),
            )
            .values(reference=reference, digest="")
        )


def find(conn: sa.Connection, sought: Sought, *, first: int = 0, most: int = 25) -> Hits:
    """What was found, from number `first` on. No words, whatever they are, make it fail."""
    phrases = asked_for(sought.words)
    if not phrases:
        return Hits(()) if sought.words.strip() else _cases(conn, sought, first, most)
    numbers = list(conn.execute(_matching(conn), _asked(conn, phrases)).scalars())
    cut = len(numbers) == MOST_LOOKED_AT
    if not sought.kind and not sought.narrows_cases:
        rows = _rows(conn, numbers[first : first + most + 1], sought)
    else:
        rows = _rows(conn, numbers, sought)[first : first + most + 1]
    hits = tuple(_hits(conn, rows[:most], phrases))
    return Hits(hits, more=len(rows) > most, cut=cut)


def exactly(conn: sa.Connection, words: str, most: int = 25) -> tuple[str, ...]:
    """The cases that words name: by a reference, a postcode, or a resident's surname alone."""
    if named := _REFERENCE.fullmatch(words):
        asked = cases.c.reference == named[1].upper()
    elif code := _POSTCODE.fullmatch(words):
        asked = cases.c.postcode == f"{code[1]}{code[2]}".upper()
    elif surname := re.sub(r"\W", "", folded(words)) if len(words.split()) == 1 else "":
        asked = cases.c.surname == surname
    else:
        return ()
    query = sa.select(cases.c.reference).where(asked).order_by(cases.c.reference.desc())
    return tuple(conn.execute(query.limit(most)).scalars())


_WORDS = sa.table("search_words", sa.column("rowid"), sa.column("words"))
_KNOWN = sa.select(search_entries.c.id, search_entries.c.digest).where(
    search_entries.c.kind == sa.bindparam("of_kind"),
    search_entries.c.source == sa.bindparam("of_source"),
)
_NEW = sa.insert(search_entries).returning(search_entries.c.id)
_CHANGED = (
    sa.update(search_entries)
    .where(search_entries.c.id == sa.bindparam("of_id"))
    .values(reference=sa.bindparam("belongs_to"), digest=sa.bindparam("says"))
)
_NO_WORDS = sa.delete(_WORDS).where(_WORDS.c.rowid == sa.bindparam("entry"))
_NEW_WORDS = {
    "sqlite": sa.text("INSERT INTO search_words (rowid, words) VALUES (:entry, :words)"),
    "postgresql": sa.text(
        "INSERT INTO search_words (rowid, words) VALUES (:entry, CAST(:words AS tsvector))"
    ),
}
_MATCHING = {
    "sqlite": sa.text(
        "SELECT rowid FROM search_words WHERE search_words MATCH :asked "
        "ORDER BY rowid DESC LIMIT :most"
    ),
    "postgresql": sa.text(
        "SELECT rowid FROM search_words WHERE words @@ CAST(:asked AS tsquery) "
        "ORDER BY rowid DESC LIMIT :most"
    ),
}
_ENTRY: sa.Select[Any] = (
    sa.select(
        search_entries.c.id,
        search_entries.c.kind,
        search_entries.c.source,
        search_entries.c.at,
        search_entries.c.reference,
        cases.c.resident_name,
        cases.c.matter,
        cases.c.stage,
        cases.c.status,
    )
    .outerjoin(cases, cases.c.reference == search_entries.c.reference)
    .order_by(search_entries.c.id.desc())
)


def _words(conn: sa.Connection) -> sa.TextClause:
    return _NEW_WORDS[conn.dialect.name]


def _matching(conn: sa.Connection) -> sa.TextClause:
    return _MATCHING[conn.dialect.name]


def _stored(conn: sa.Connection, words: str) -> str:
    """The terms as the database is given them; terms hold letters and digits alone."""
    if conn.dialect.name == "sqlite":
        return words
    places: dict[str, list[str]] = {}
    for place, term in enumerate(words.split(), 1):
        places.setdefault(term, []).append(str(min(place, 16_383)))
    return " ".join(f"'{term}':{','.join(at[:255])}" for term, at in places.items())


def _asked(conn: sa.Connection, phrases: Sequence[Phrase]) -> dict[str, Any]:
    if conn.dialect.name == "sqlite":
        said = " ".join(f'"{" ".join(one.terms)}"{" *" if one.begins else ""}' for one in phrases)
    else:
        said = " & ".join(f"({_phrase(one)})" for one in phrases)
    return {"asked": said, "most": MOST_LOOKED_AT}


def _phrase(one: Phrase) -> str:
    last = len(one.terms) - 1
    return " <-> ".join(
        f"'{term}'{':*' if one.begins and place == last else ''}"
        for place, term in enumerate(one.terms)
    )


def _rows(conn: sa.Connection, numbers: Sequence[int], sought: Sought) -> list[sa.Row[Any]]:
    query = _ENTRY
    if sought.kind:
        query = query.where(search_entries.c.kind == sought.kind)
    query = _narrowed(query, sought)
    rows: list[sa.Row[Any]] = [
        row
        for some in portions(numbers)
        for row in conn.execute(query.where(search_entries.c.id.in_(some)))
    ]
    return sorted(rows, key=lambda row: row.id, reverse=True)


def _narrowed(query: sa.Select[Any], sought: Sought) -> sa.Select[Any]:
    if sought.narrows_cases:
        query = query.where(cases.c.reference.is_not(None))
    if sought.stage is not None:
        query = query.where(cases.c.stage == sought.stage)
    if sought.area:
        query = query.where(cases.c.service_area == sought.area)
    if sought.status == "open":
        query = query.where(cases.c.closed_on.is_(None))
    elif sought.status:
        query = query.where(cases.c.status == sought.status)
    if sought.since:
        query = query.where(cases.c.began_on >= sought.since)
    if sought.until:
        query = query.where(cases.c.began_on <= sought.until)
    return query


def _cases(conn: sa.Connection, sought: Sought, first: int, most: int) -> Hits:
    """Without any word: the cases that fit, the newest first."""
    if sought.kind not in {"", "case"}:
        return Hits(())
    query = _narrowed(
        sa.select(
            cases.c.reference,
            cases.c.opened_at,
            cases.c.resident_name,
            cases.c.matter,
            cases.c.stage,
            cases.c.status,
        ).order_by(cases.c.reference.desc()),
        sought,
    )
    rows = conn.execute(query.offset(first).limit(most + 1)).all()
    return Hits(
        tuple(
            Hit("case", ref, at, ref, resident, matter, stage, status, None)
            for ref, at, resident, matter, stage, status in rows[:most]
        ),
        more=len(rows) > most,
    )


def _hits(
    conn: sa.Connection, rows: Sequence[sa.Row[Any]], phrases: Sequence[Phrase]
) -> Iterator[Hit]:
    texts = _texts(conn, rows)
    for row in rows:
        yield Hit(
            kind=row.kind,
            source=row.source,
            at=row.at,
            reference=row.reference,
            resident=row.resident_name or "",
            matter=row.matter or "",
            stage=row.stage,
            status=row.status or "",
            passage=passage(texts.get((row.kind, row.source), row.matter or ""), phrases),
        )


def _texts(conn: sa.Connection, rows: Sequence[sa.Row[Any]]) -> dict[tuple[str, str], str]:
    """What the words are shown in: of each message and letter on the page, its own text."""
    found: dict[tuple[str, str], str] = {}
    numbers = [int(row.source) for row in rows if row.kind == "message"]
    for some in portions(numbers):
        query = sa.select(messages.c.id, messages.c.reading).where(messages.c.id.in_(some))
        for number, document in conn.execute(query):
            found["message", str(number)] = "\n".join(_words_of_message(document or {}))
    for some in portions(row.source for row in rows if row.kind == "letter"):
        newest = sa.select(letter_revisions.c.letter, letter_revisions.c.text).join(
            letters,
            sa.and_(
                letters.c.id == letter_revisions.c.letter,
                letters.c.revision == letter_revisions.c.number,
            ),
        )
        for letter, text in conn.execute(newest.where(letters.c.id.in_(some))):
            found["letter", letter] = "\n".join(_strings(text))
    return found


def _words_of_case(case: Case) -> Iterator[str]:
    resident = case.resident
    yield from (case.reference, resident.name, case.subject, resident.address, resident.postcode)
    yield from (resident.phone, resident.email, case.writes_from)
    if case.representative:
        yield from (case.representative.name, case.representative.email)
    for record in case.stages.values():
        yield from record.points
        yield record.outcome_sought
        yield from (point.text for point in record.definition.points)
        yield from record.definition.outcomes
        yield record.definition.question
    yield from case.notes
    for question in case.inquiry.questions:
        yield from (question.asked_of, question.text, question.answer)
    for linked in case.inquiry.service_requests:
        yield from (linked.number, linked.says)
    yield from (document.name for document in case.inquiry.documents)
    yield from case.merged_from


def _words_of_message(document: dict[str, Any]) -> tuple[str, ...]:
    said = document.get("message") or {}
    sender = said.get("from") or {}
    files = said.get("attachments") or ()
    return (
        str(said.get("subject") or ""),
        str(sender.get("name") or ""),
        str(sender.get("address") or ""),
        str(said.get("new_text") or said.get("text") or ""),
        *(str(one.get("name") or "") for one in files if isinstance(one, dict)),
    )


def _strings(value: Any) -> Iterator[str]:
    """Every text of a letter, in its order."""
    match value:
        case dict():
            for name, inner in value.items():
                if isinstance(inner, str):
                    if name == "text":
                        yield inner
                else:
                    yield from _strings(inner)
        case list() | tuple():
            for inner in value:
                yield from _strings(inner)
