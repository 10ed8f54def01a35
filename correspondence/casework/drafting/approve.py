"""Approve a letter: a named person binds one revision, and the PDF that will go out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from correspondence.cases.events import LetterApproved, PassageConfirmed
from correspondence.casework.drafting import (
    checks,
    considered,
    decided,
    enclose,
    on_paper,
    second_approve,
)
from correspondence.casework.drafting.route import route_of
from correspondence.casework.record import file_events
from correspondence.casework.stationery import letterheads
from correspondence.errors import LetterIncomplete, NotAllowed
from correspondence.handling_code.london import day_in_london
from correspondence.handling_code.stages import Part
from correspondence.letters.kinds import LetterKind
from correspondence.letters.text import LetterText
from correspondence.store import case_files, letters
from correspondence.store.letters import Confirmation

if TYPE_CHECKING:
    from datetime import datetime

    import sqlalchemy as sa

    from correspondence.cases.adjustments import Adjustments
    from correspondence.casework.acting import Actor
    from correspondence.casework.drafting.checks import Findings
    from correspondence.casework.drafting.on_paper import OnPaper
    from correspondence.casework.drafting.route import Route
    from correspondence.casework.open_office import OpenOffice
    from correspondence.casework.stationery.letterheads import LetterheadInUse
    from correspondence.letters.pool import LetterPress
    from correspondence.store.letters import EnclosureRow, LetterRow, Revision


@dataclass(frozen=True, slots=True)
class Approved:
    """An approved letter: which revision, by whom, and the SHA-256 of the PDF that will go out.

    `print_sha256` is that of the copy to be printed; empty where the letter does not go by post.
    `second_because` says why a second person must approve it too; empty where nobody must.
    """

    letter: str
    reference: str
    revision: int
    digest: str
    pdf_sha256: str
    approved_by: str
    by_email: bool
    by_post: bool
    print_sha256: str
    second_because: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A letter held against the Code today: the findings, and the files as they would go out.

    `paper` is the letter as it would be printed; None where it does not go by post. `adjustments`
    and `enclosures` are those it was held with. `second_because` is as in Approved.
    """

    row: LetterRow
    revision: Revision
    findings: Findings
    pdf: bytes
    head: LetterheadInUse
    route: Route
    paper: OnPaper | None
    adjustments: Adjustments
    enclosures: tuple[EnclosureRow, ...]
    second_because: str = ""


def check_letter(house: OpenOffice, press: LetterPress, letter: str, *, now: datetime) -> Checked:
    """Print the newest revision of a letter, dated today, and check its words and its PDF."""
    with house.database.reading() as conn:
        row = letters.load(conn, letter)
        revision = letters.revision(conn, letter)
        enclosed = letters.enclosures(conn, letter)
        case = case_files.load(conn, row.reference)
    text = LetterText.model_validate(revision.text)
    kind, today = LetterKind(row.kind), day_in_london(now)
    content = decided.kept(kind, revision.content)
    facts = decided.facts_of(house, case, row.stage, content, letter_date=today)
    head = letterheads.in_use(house.office)
    printed = press.print(text, facts, head.head).result()
    route = route_of(case, kind)
    paper = (
        on_paper.printed_together(press, printed.pdf, enclose.files(house, enclosed), case)
        if route.by_post
        else None
    )
    found = checks.findings(
        house,
        case,
        kind,
        row.stage,
        text,
        printed,
        now=now,
        content=content,
        locked=revision.findings.get("locked", ()),
        post=paper.objections if paper else None,
    )
    return Checked(
        row,
        revision,
        found,
        printed.pdf,
        head,
        route,
        paper,
        case.adjustments,
        enclosed,
        second_approve.wanted(house.settings, kind, content, text),
    )


def approve(
    house: OpenOffice, press: LetterPress, letter: str, *, now: datetime, actor: Actor
) -> Approved:
    """Approve the newest revision of a letter.

    The PDF is made anew with today's date, checked, and bound by its hash: it is what goes out.
    So is the copy to be printed, where the letter goes by post.
    Raises LetterIncomplete, naming each missing item and its clause, and NotAllowed where the
    letter is not a draft, was changed meanwhile, or answers at stage 2 and this person considered
    stage 1 (Code 6.13).
    """
    if not actor.is_person:
        raise NotAllowed("A letter is approved by a named person; say who with --as.")
    checked = check_letter(house, press, letter, now=now)
    row, revision = checked.row, checked.revision
    if row.status != "draft":
        raise NotAllowed(f"{letter} is {_plainly(row.status)}; only a draft can be approved.")
    with house.database.reading() as conn:
        confirmed = letters.confirmations(conn, letter, revision.digest)
        considered.must_be_new_to_it(conn, row.reference, row.kind, actor.name, Part.SIGN)
    by_another = {one.item for one in confirmed if one.by != actor.name}
    if missing := checked.findings.missing(by_another):
        raise LetterIncomplete(missing)
    pdf_sha256 = house.documents.keep(checked.pdf)
    to_print = checked.paper.pdf if checked.paper else None
    print_sha256 = house.documents.keep(to_print) if to_print is not None else None
    with house.database.writing() as conn:
        _as_it_was_checked(conn, checked)
        moved = letters.approve(
            conn,
            letter,
            digest=revision.digest,
            by=actor.name,
            now=now,
            second_because=checked.second_because or None,
        )
        if not moved:
            raise NotAllowed(f"{letter} was changed while it was being approved; look at it again.")
        letters.record_files(conn, letter, revision.number, pdf_sha256=pdf_sha256)
        letters.record_print_copy(conn, letter, revision.number, print_sha256)
        head = checked.head
        letters.record_letterhead(conn, letter, revision.number, head.digest, head.version)
        event = LetterApproved(
            letter=letter,
            letter_kind=row.kind,
            stage=row.stage,
            revision=revision.number,
            digest=revision.digest,
            pdf_sha256=pdf_sha256,
            by_email=checked.route.by_email,
            by_post=checked.route.by_post,
            print_sha256=print_sha256 or "",
            enclosures=tuple(one.sha256 for one in checked.enclosures),
            template=revision.template or "",
            template_version=revision.template_version or 0,
            letterhead=head.digest,
            letterhead_version=head.version,
        )
        file_events(conn, house, row.reference, [event], now=now, actor=actor)
    return Approved(
        letter,
        row.reference,
        revision.number,
        revision.digest,
        pdf_sha256,
        actor.name,
        checked.route.by_email,
        checked.route.by_post,
        print_sha256 or "",
        checked.second_because,
    )


def _as_it_was_checked(conn: sa.Connection, checked: Checked) -> None:
    """Raise NotAllowed where what goes with it, or how it goes, was changed meanwhile."""
    row = checked.row
    same = letters.enclosures(conn, row.id) == checked.enclosures
    if not same or case_files.load(conn, row.reference).adjustments != checked.adjustments:
        raise NotAllowed(f"{row.id} was changed while it was being approved; look at it again.")


def confirm_passage(
    house: OpenOffice,
    letter: str,
    *,
    item: str,
    passage: str,
    because: str,
    now: datetime,
    actor: Actor,
) -> Confirmation:
    """Record that these very words of the letter meet an item that the checks were unsure of.

    Whoever approves the letter must be somebody else. Raises NotAllowed where the words do not
    stand in the letter, the item is none that can be confirmed, or the letter is no longer a draft.
    """
    if not passage.strip() or not because.strip():
        raise NotAllowed("Quote the words of the letter that meet the item, and say why they do.")
    with house.database.writing() as conn:
        row = letters.load(conn, letter)
        revision = letters.revision(conn, letter)
        if row.status != "draft":
            raise NotAllowed(f"{letter} is {_plainly(row.status)}; only a draft is confirmed.")
        _may_be_confirmed(revision, item)
        if _folded(passage) not in _folded(LetterText.model_validate(revision.text).plain()):
            raise NotAllowed(f"Those words do not stand in {letter}; quote them from the letter.")
        if revision.made_by == actor.name:
            raise NotAllowed(
                f"{actor.name} wrote this revision; the words must be confirmed by somebody else."
            )
        one = Confirmation(letter, revision.digest, item, passage, because, actor.name, now)
        letters.confirm(conn, one)
        event = PassageConfirmed(
            letter=letter, digest=revision.digest, item=item, passage=passage, because=because
        )
        file_events(conn, house, row.reference, [event], now=now, actor=actor)
    return one


def _may_be_confirmed(revision: Revision, item: str) -> None:
    """By what the checks found when the revision was made. Raises NotAllowed."""
    found = {
        one["id"]: one["met"]
        for part in ("pdf", "words")
        for one in revision.findings[part]["items"]
    }
    if item not in found:
        raise NotAllowed(f"{item!r} is no item of this letter; it has {', '.join(found)}.")
    if found[item] == "missing" and item in revision.findings["facts_of_record"]:
        raise NotAllowed(
            f"{item} is a fact that the letter must state; nobody can confirm it in the letter's "
            "stead. Put it into the letter."
        )


def _plainly(status: str) -> str:
    return {
        "approved": "approved already",
        "sending": "on its way to the outbox",
        "handed_over": "in the outbox already",
        "sent": "sent already",
        "failed": "sent already, and came back",
        "withdrawn": "withdrawn",
    }.get(status, status)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
