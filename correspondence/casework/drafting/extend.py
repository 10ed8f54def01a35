"""Extend the time for a response: decided by one person, told in writing, and only then counted.

    decide ──► (second) ──► letter approved and sent ──► the clock moves
                            or: written by other means, recorded with the day it was

The Code asks for a new date, reasons and word in writing before the day the response is due (6.4,
6.5, 6.15, 6.16), and to agree how often the resident will hear from us meanwhile (5.9). Beyond the
limit a good reason is stated, and a second person stands behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from correspondence.cases.events import ExtensionDecided, ExtensionNotified, ExtensionSeconded
from correspondence.cases.next_steps import clock
from correspondence.casework.drafting.letter_facts import EXTENSIONS
from correspondence.casework.record import file_events
from correspondence.errors import NotAllowed
from correspondence.handling_code.extensions import Reach, may_extend, reach, remarks
from correspondence.handling_code.london import day_in_london
from correspondence.handling_code.long_date import long_date
from correspondence.letters.contents.content import Occasion, Words
from correspondence.letters.contents.extension import ExtensionContent
from correspondence.store import case_files, letters

if TYPE_CHECKING:
    from datetime import datetime

    import sqlalchemy as sa

    from correspondence.cases.case import Case
    from correspondence.cases.extension import ExtensionRecord
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.letters.facts import FactValue
    from correspondence.store.letters import LetterRow


class ExtensionForm(BaseModel):
    """A longer time for a response, as `case extend` takes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    new_date: date = Field(description="The day by which the resident will have the response.")
    reasons: tuple[Words, ...] = Field(
        min_length=1, description="Why it takes longer, in particulars of this complaint (6.4)."
    )
    update_interval: int | None = Field(
        default=None,
        ge=1,
        le=28,
        description="Calendar days between updates, as agreed with the resident (5.9).",
    )
    good_reason: Words | None = Field(
        default=None,
        description="What makes it good to go beyond the Code's limit, where it does.",
    )
    notified_on: date | None = Field(
        default=None,
        description="Only where the resident was told in writing already, by other means than a "
        "letter drafted here: the day that went.",
    )


@dataclass(frozen=True, slots=True)
class Extended:
    """An extension as it now stands on the record, and what somebody should look at.

    `notified_on` is None until the resident was told: the clock has not moved yet. `wants_second`
    means that a second person must still stand behind its reason.
    """

    reference: str
    stage: int
    number: int
    original_due: date
    new_date: date
    limit: date | None
    beyond_limit: bool
    wants_second: bool
    update_interval: int | None
    notified_on: date | None
    remarks: tuple[str, ...]


def decide(
    house: OpenOffice, reference: str, form: ExtensionForm, *, now: datetime, actor: Actor
) -> Extended:
    """Decide on an extension of the stage the case is at, or record one that was written already.

    A decision of which the resident was not told yet is replaced, and the approval of its letter
    with it. Raises NotKnown, and NotAllowed where nothing can be extended.
    """
    if not actor.is_person:
        raise NotAllowed("An extension is decided by a named person; say who with --as.")
    today = day_in_london(now)
    with house.database.writing() as conn:
        case = case_files.load(conn, reference)
        _has_an_answer_to_come(case)
        _take_back_its_letter(conn, case)
        told_on = form.notified_on or today
        of = reach(case.stage, clock(case, house.timescales, house.calendar), form.new_date)
        _was_told_then(case, told_on, today)
        ruling = may_extend(of, told_on, good_reason=form.good_reason is not None)
        if not ruling:
            raise NotAllowed(
                f"{reference} cannot be extended so (Code {ruling.clause}): {ruling.because}"
            )
        decided = _decision(case, of, form, actor)
        case = file_events(conn, house, reference, [decided], now=now, actor=actor)
        if form.notified_on is not None and (pending := case.now_at.pending_extension):
            told = _notice(pending, case.stage, form.notified_on, letter="")
            case = file_events(conn, house, reference, [told], now=now, actor=actor)
    return _as_it_stands(house, case, of, told_on, decided.number)


def second(house: OpenOffice, reference: str, *, now: datetime, actor: Actor) -> Extended:
    """Stand behind an extension beyond the limit, as somebody else than whoever decided it.

    Raises NotKnown, and NotAllowed where none waits for that, or the same person asks.
    """
    if not actor.is_person:
        raise NotAllowed("A named person stands behind an extension; say who with --as.")
    with house.database.writing() as conn:
        case = case_files.load(conn, reference)
        waiting = [one for one in case.now_at.extensions if one.wants_second]
        if not waiting:
            raise NotAllowed(f"No extension of {reference} waits for a second person.")
        this = waiting[-1]
        if this.decided_by == actor.name:
            raise NotAllowed(
                f"{actor.name} decided this extension; somebody else must find its reason good."
            )
        event = ExtensionSeconded(stage=case.stage, number=this.number, by=actor.name)
        case = file_events(conn, house, reference, [event], now=now, actor=actor)
    dates = clock(case, house.timescales, house.calendar)
    of = Reach(
        case.stage, this.original_due, this.due or dates.respond_by, this.limit, this.new_date
    )
    return _as_it_stands(house, case, of, this.notified_on or day_in_london(now), this.number)


def notice_of(case: Case, row: LetterRow, *, on: date) -> tuple[ExtensionNotified, ...]:
    """The notice that a sent extension letter gives: the facts that were decided, on that day.

    Empty for any other letter, and where nothing was decided of which the resident was not told.
    """
    if row.kind not in EXTENSIONS.values() or row.stage not in case.stages:
        return ()
    pending = case.stages[row.stage].pending_extension
    return (_notice(pending, row.stage, on, letter=row.id),) if pending else ()


def content_of(case: Case, stage: int) -> ExtensionContent:
    """What the letter tells of the extension that was decided.

    Raises NotAllowed where none waits to be told, or it lacks what the letter must say.
    """
    if gaps := _undecided(case, stage):
        raise NotAllowed(" ".join(gaps))
    record = case.stages[stage]
    pending = record.pending_extension
    every = pending and (pending.update_interval or record.update_interval)
    if pending is None or not every:
        raise AssertionError("an extension lacks nothing that is not decided")
    good_reason = (pending.good_reason,) if pending.beyond_limit and pending.good_reason else ()
    return ExtensionContent(
        original_date=pending.due or pending.original_due,
        new_date=pending.new_date,
        reasons=(*pending.reasons, *good_reason),
        update_interval=every,
    )


def told_in_letter(case: Case, stage: int, *, letter_date: date) -> dict[str, FactValue]:
    """The fields of an extension letter of that date, by the name its template uses.

    Raises NotAllowed where the extension was not decided.
    """
    content = content_of(case, stage)
    definition = case.stages[stage].definition
    return content.fields(Occasion(definition, letter_date, stage))


def lacks(case: Case, stage: int) -> tuple[str, ...]:
    """What an extension letter of that stage may not go out without, whatever its words say."""
    pending = case.stages[stage].pending_extension
    gaps = _undecided(case, stage)
    if pending is None or not pending.wants_second:
        return gaps
    unseconded = (
        f"It goes beyond the limit without good reason{_until(pending)}: a second person must find "
        f"its reason good first (Code {_clause(stage)})."
    )
    return (*gaps, unseconded)


def _undecided(case: Case, stage: int) -> tuple[str, ...]:
    """What keeps such a letter from even being drafted."""
    record = case.stages[stage]
    pending = record.pending_extension
    if pending is None or not pending.reasons:
        nothing_decided = (
            "No extension is on record that the resident has yet to be told of: decide it first, "
            f"with its new date and its reasons (Code {_clause(stage)})."
        )
        return (nothing_decided,)
    if pending.update_interval is None and record.update_interval is None:
        no_interval = (
            "It is not decided how often the resident will hear from us meanwhile: agree on it, "
            "and decide the extension anew with it (Code 5.9)."
        )
        return (no_interval,)
    return ()


def _clause(stage: int) -> str:
    return "6.4" if stage == 1 else "6.15"


def _until(pending: ExtensionRecord) -> str:
    return f" ({long_date(pending.limit)})" if pending.limit else ""


def _has_an_answer_to_come(case: Case) -> None:
    if case.closed_on:
        raise NotAllowed(f"{case.reference} is closed; there is nothing to extend.")
    if case.now_at.responded_on:
        raise NotAllowed(
            f"Stage {case.stage} of {case.reference} was answered on "
            f"{long_date(case.now_at.responded_on)}; there is nothing to extend."
        )


def _was_told_then(case: Case, told_on: date, today: date) -> None:
    if not case.now_at.received_on <= told_on <= today:
        raise NotAllowed(
            f"The resident cannot have been told on {long_date(told_on)}: it was received on "
            f"{long_date(case.now_at.received_on)} and today is {long_date(today)}."
        )


def _take_back_its_letter(conn: sa.Connection, case: Case) -> None:
    """The letter of a decision that is about to be replaced must say the new one."""
    if case.now_at.pending_extension is None:
        return
    for row in letters.listing(conn, references=[case.reference]):
        if row.kind != EXTENSIONS[case.stage].value or row.stage != case.stage:
            continue
        if row.status in {"sending", "handed_over"}:
            raise NotAllowed(
                f"{row.id} tells the resident of the extension decided before and is on its way. "
                f"Record it first: correspondence letter sent {row.id} --on DATE"
            )
        if row.status == "approved":
            letters.back_to_draft(conn, row.id)


def _decision(case: Case, of: Reach, form: ExtensionForm, actor: Actor) -> ExtensionDecided:
    if of.original is None or of.due is None or of.limit is None:
        raise AssertionError("an extension was allowed whose dates are not known")
    return ExtensionDecided(
        stage=case.stage,
        number=len(case.now_at.told_of) + 1,
        original_due=of.original,
        due=of.due,
        limit=of.limit,
        new_date=form.new_date,
        update_interval=form.update_interval,
        beyond_limit=of.beyond_limit,
        by=actor.name,
        reasons=form.reasons,
        good_reason=form.good_reason or "",
    )


def _notice(pending: ExtensionRecord, stage: int, on: date, *, letter: str) -> ExtensionNotified:
    return ExtensionNotified(
        stage=stage,
        number=pending.number,
        original_due=pending.original_due,
        new_date=pending.new_date,
        notified_on=on,
        update_interval=pending.update_interval,
        beyond_limit=pending.beyond_limit,
        letter=letter,
    )


def _as_it_stands(house: OpenOffice, case: Case, of: Reach, told_on: date, number: int) -> Extended:
    record = case.now_at
    this = next(one for one in record.extensions if one.number == number)
    return Extended(
        reference=case.reference,
        stage=case.stage,
        number=this.number,
        original_due=this.original_due,
        new_date=this.new_date,
        limit=this.limit,
        beyond_limit=this.beyond_limit,
        wants_second=this.wants_second,
        update_interval=this.update_interval,
        notified_on=this.notified_on,
        remarks=remarks(
            of,
            told_on,
            house.calendar,
            number=this.number,
            update_interval=this.update_interval or record.update_interval,
            acknowledged=record.acknowledged_on is not None,
        ),
    )
