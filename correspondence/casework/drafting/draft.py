"""Draft a letter: from the case, in the landlord's words, checked before anybody sees it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from correspondence.cases.events import LetterDrafted
from correspondence.casework.drafting import (
    adjusted,
    carry_over,
    checks,
    considered,
    decided,
    extend,
)
from correspondence.casework.drafting.letter_facts import EXTENSIONS
from correspondence.casework.record import file_events
from correspondence.casework.stationery import letterheads, templates
from correspondence.errors import NotAllowed
from correspondence.handling_code.london import day_in_london
from correspondence.handling_code.stages import Part
from correspondence.letters.kinds import LetterKind
from correspondence.store import case_files, letters, messages
from correspondence.store.letters import MadeOf, NewRevision

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from concurrent.futures import Future
    from datetime import datetime

    import sqlalchemy as sa

    from correspondence.cases.case import Case
    from correspondence.casework.acting import Actor
    from correspondence.casework.drafting.checks import Findings
    from correspondence.casework.open_office import OpenOffice
    from correspondence.letters.contents import LetterContent
    from correspondence.letters.facts import FactValue
    from correspondence.letters.pool import LetterPress, MadeLetter
    from correspondence.store.case_files import CaseRow
    from correspondence.store.letters import LetterRow

ACKNOWLEDGEMENTS = {1: LetterKind.STAGE1_ACKNOWLEDGEMENT, 2: LetterKind.STAGE2_ACKNOWLEDGEMENT}


class AlreadyDrafted(NotAllowed):
    """Somebody drafted the letter while another was being made; theirs stands."""


@dataclass(frozen=True, slots=True)
class Drafting:
    """A letter on the press: what it is for, and the letter to come.

    `made_of` are the template it is drafted from and the letterhead it is printed on. `decided_by`
    is the user who decided what it tells; empty where that was not said.
    """

    case: Case
    kind: LetterKind
    stage: int
    made: Future[MadeLetter]
    made_of: MadeOf
    content: LetterContent | None = None
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A letter that was drafted: its id, its revision, and whether the checks found it whole.

    `missing` keeps it from being approved; `tasks` are for an officer to see to all the same.
    """

    letter: str
    reference: str
    kind: LetterKind
    revision: int
    ok: bool
    missing: tuple[str, ...]
    tasks: tuple[str, ...] = ()


def owed_acknowledgements(conn: sa.Connection, by_hand: Collection[str] = ()) -> tuple[str, ...]:
    """The cases whose stage has no acknowledgement, or only one that came back: each is owed one.

    One that was withdrawn counts as there: whoever withdrew it decides what follows. Left out are
    those that came to one of the mailboxes `by_hand`.
    """
    return _owed(conn, case_files.listing(conn, status="to_acknowledge"), by_hand)


def is_owed(conn: sa.Connection, reference: str, by_hand: Collection[str] = ()) -> bool:
    """Whether this case is one of those. Raises NotKnown."""
    return bool(_owed(conn, [case_files.row(conn, reference)], by_hand))


def written_by_hand(house: OpenOffice) -> tuple[str, ...]:
    """The mailboxes for which officers write every acknowledgement themselves."""
    return tuple(one.name for one in house.settings.mailboxes if not one.acknowledge)


def _owed(
    conn: sa.Connection, cases: Sequence[CaseRow], by_hand: Collection[str]
) -> tuple[str, ...]:
    waiting = [case for case in cases if case.status == "to_acknowledge"]
    had = {
        (letter.reference, letter.stage, letter.kind)
        for letter in letters.listing(conn, references=[case.reference for case in waiting])
        if letter.status != "failed"
    }
    owed = [
        case.reference
        for case in waiting
        if (case.reference, case.stage, ACKNOWLEDGEMENTS[case.stage].value) not in had
    ]
    left_to_officers = messages.came_by(conn, owed, by_hand)
    return tuple(one for one in owed if one not in left_to_officers)


def start_draft(
    house: OpenOffice,
    press: LetterPress,
    reference: str,
    kind: LetterKind,
    *,
    now: datetime,
    content: LetterContent | None = None,
    decided_by: str = "",
    awaited: bool = True,
    proposed: Mapping[str, FactValue] | None = None,
) -> Drafting:
    """Put a letter of this kind on the press, behind all others where it is not `awaited`.

    `content` is what was decided for it, `decided_by` that user; without it, a draft is made anew
    from what was decided before. What was agreed with the resident in an earlier case holds for it
    too. `proposed` are the fields of a letter of extension that nobody has decided; it is never
    whole. Raises NotKnown, TemplateRefused, and NotAllowed, also where somebody who considered
    stage 1 is said to have decided stage 2 (Code 6.13).
    """
    with house.database.reading() as conn:
        case = case_files.load(conn, reference)
        stage = _stage_of(kind, case)
        if decided_by:
            considered.must_be_new_to_it(conn, reference, kind.value, decided_by, Part.DECIDE)
        content = content or decided.decided_before(conn, case, kind, stage)
    case = carry_over.carried_over(house, case, now=now)
    today = day_in_london(now)
    facts = decided.facts_of(house, case, stage, content, letter_date=today)
    if kind is EXTENSIONS[stage]:
        told = proposed or extend.told_in_letter(case, stage, letter_date=today)
        facts = replace(facts, extra=told)
    template = templates.template_for(house.office, kind, adjusted.language_of(case, kind))
    head = letterheads.in_use(house.office)
    number = templates.number_of(house.office, template)
    made = press.make(template, facts, head.head, awaited=awaited)
    made_of = MadeOf(template.version, number, head.digest, head.version)
    return Drafting(case, kind, stage, made, made_of, content, decided_by)


def finish_draft(
    house: OpenOffice, drafting: Drafting, *, now: datetime, actor: Actor, if_owed: bool = False
) -> Drafted:
    """Keep the drafted letter with what the checks found; a live draft gets a new revision.

    `if_owed`: only an acknowledgement that is still owed is kept, so that a machine that stood
    still meanwhile cannot lay its draft over somebody's words. Raises TemplateRefused,
    DocumentRefused where the letter could not be made, and NotAllowed where the letter of this
    stage is already approved or on its way (AlreadyDrafted where it is no longer owed).
    """
    made = drafting.made.result()
    findings = checks.findings(
        house,
        drafting.case,
        drafting.kind,
        drafting.stage,
        made.draft.text,
        made,
        now=now,
        content=drafting.content,
        thorough=False,
    )
    revision = NewRevision(
        digest=made.draft.text.digest(),
        text=made.draft.text.model_dump(mode="json"),
        content=(drafting.content or drafting.case.stages[drafting.stage].definition).model_dump(
            mode="json"
        ),
        findings=findings.document(),
        subject=made.draft.subject,
        email_text=made.draft.email_text,
        docx_sha256=house.documents.keep(made.draft.docx),
        pdf_sha256=house.documents.keep(made.pdf),
        made_of=drafting.made_of,
    )
    with house.database.writing() as conn:
        if if_owed and not is_owed(conn, drafting.case.reference):
            raise AlreadyDrafted(f"{drafting.case.reference} has its {drafting.kind.plainly} now.")
        row = letters.load(conn, _live_letter(conn, house, drafting, now=now))
        return file_revision(
            conn,
            house,
            row,
            revision,
            findings,
            now=now,
            actor=actor,
            edited=False,
            decided_by=drafting.decided_by,
        )


def file_revision(
    conn: sa.Connection,
    house: OpenOffice,
    row: LetterRow,
    revision: NewRevision,
    findings: Findings,
    *,
    now: datetime,
    actor: Actor,
    edited: bool,
    decided_by: str = "",
) -> Drafted:
    """Add a revision to a draft, and its event to the case. Needs a writing unit.

    Of one that was `edited` the event names no template: its words are a person's.
    """
    number = letters.add_revision(conn, row.id, revision, by=actor.name, now=now)
    made_of = revision.made_of
    event = LetterDrafted(
        letter=row.id,
        letter_kind=row.kind,
        stage=row.stage,
        revision=number,
        digest=revision.digest,
        ok=findings.ok,
        template=made_of.template if made_of and not edited else "",
        template_version=made_of.template_version if made_of and not edited else 0,
        letterhead=made_of.letterhead if made_of else "",
        letterhead_version=made_of.letterhead_version if made_of else 0,
        decided_by=decided_by,
    )
    file_events(conn, house, row.reference, [event], now=now, actor=actor)
    kind = LetterKind(row.kind)
    missing = findings.missing()
    return Drafted(row.id, row.reference, kind, number, findings.ok, missing, findings.tasks)


def draft(
    house: OpenOffice,
    press: LetterPress,
    reference: str,
    kind: LetterKind,
    *,
    now: datetime,
    actor: Actor,
    content: LetterContent | None = None,
    decided_by: str = "",
    proposed: Mapping[str, FactValue] | None = None,
) -> Drafted:
    """Draft one letter and wait for it."""
    started = start_draft(
        house,
        press,
        reference,
        kind,
        now=now,
        content=content,
        decided_by=decided_by,
        proposed=proposed,
    )
    return finish_draft(house, started, now=now, actor=actor)


def _stage_of(kind: LetterKind, case: Case) -> int:
    """The stage the letter belongs to; a letter of a stage the case never reached is refused."""
    stage = {"stage1": 1, "stage2": 2}.get(kind.value.partition("_")[0], case.stage)
    if stage not in case.stages:
        raise NotAllowed(
            f"{case.reference} has no stage {stage}, so it cannot have a {kind.plainly}."
        )
    return stage


def _live_letter(
    conn: sa.Connection, house: OpenOffice, drafting: Drafting, *, now: datetime
) -> str:
    """The draft that this becomes the next revision of, or a new letter."""
    live = [
        row
        for row in letters.listing(conn, references=[drafting.case.reference])
        if row.kind == drafting.kind.value and row.stage == drafting.stage and row.status == "draft"
    ]
    if live:
        return live[-1].id
    return letters.new_letter(
        conn,
        reference=drafting.case.reference,
        kind=drafting.kind.value,
        stage=drafting.stage,
        message_id=new_message_id(house),
        now=now,
        drafted_for=drafting.case.messages[-1] if drafting.case.messages else None,
    )


def new_message_id(house: OpenOffice) -> str:
    """A Message-ID of ours, without its angle brackets.

    Its 128 random bits are nobody's guess, so that a reply to it proves that the letter was had.
    """
    _, _, domain = house.settings.landlord.email.rpartition("@")
    return f"{secrets.token_hex(16)}@{domain or 'correspondence.invalid'}"
