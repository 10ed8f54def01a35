"""Record what was learned from a case, and propose what is to be improved (Code 9.1, 9.2)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from correspondence.cases.learning import LearningRecorded, Origin, RootCause, Theme
from correspondence.casework.following import improve
from correspondence.casework.log_form import LogForm, by_a_person, not_after_today
from correspondence.casework.record import file_events
from correspondence.errors import NotAllowed
from correspondence.handling_code.london import day_in_london
from correspondence.store import case_files, improvements

if TYPE_CHECKING:
    from datetime import datetime

    from correspondence.cases.case import Case
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice

_LONGEST = 8_000


class ImprovementProposed(LogForm):
    """Something to be made better because of the case."""

    what: str = Field(min_length=1, max_length=2_000, description="What is made better.")
    owner: str = Field(default="", max_length=200, description="Who sees to it.")
    due: date | None = Field(default=None, description="The day by which it is done.")
    theme: Theme | Literal[""] = Field(default="", description="A theme, by its code.")
    provision: str = Field(
        default="",
        pattern=r"^([1-9]\.\d{1,2})?$",
        description="The provision of the Code it answers to.",
    )


class LearningForm(LogForm):
    """What was learned from a case, as `case log` takes it once a stage was answered."""

    form: Literal["learning"] = Field(description="Which form this is.")
    on: date = Field(description="The day it was recorded.")
    origin: Origin = Field(description="What it was drawn from.")
    outline: str = Field(min_length=1, max_length=_LONGEST, description="The case in a few words.")
    root_causes: tuple[RootCause, ...] = Field(
        min_length=1, description="Why it came to the complaint; none_found where nothing was."
    )
    themes: tuple[Theme, ...] = Field(
        default=(), description="Themes by the landlord's own codes; a case may have several."
    )
    went_wrong: str = Field(default="", max_length=_LONGEST, description="What went wrong.")
    put_right: str = Field(default="", max_length=_LONGEST, description="What was done at once.")
    procedure_change: str = Field(
        default="", max_length=_LONGEST, description="Which policy or procedure was changed."
    )
    training: str = Field(default="", max_length=_LONGEST, description="Who was trained in what.")
    systemic: bool = Field(default=False, description="Whether others may meet with the same.")
    others_affected: str = Field(
        default="", max_length=_LONGEST, description="Which other residents, and what is done."
    )
    publishable_summary: str = Field(
        default="",
        max_length=2_000,
        description="For the yearly report: what was learned and done, naming nobody.",
    )
    improvements: tuple[ImprovementProposed, ...] = Field(
        default=(), max_length=20, description="What is to be improved because of it."
    )


def record_learning(
    house: OpenOffice, reference: str, form: LearningForm, *, now: datetime, actor: Actor
) -> Case:
    """Record what was learned; an earlier record of the same origin is replaced.

    The improvements it proposes are recorded with it. Raises NotKnown, and NotAllowed where the
    stage is not answered yet.
    """
    by_a_person(actor, "Learning is recorded")
    not_after_today(form.on, now)
    event = LearningRecorded(
        origin=form.origin,
        on=form.on,
        root_causes=form.root_causes,
        themes=tuple(dict.fromkeys(form.themes)),
        systemic=form.systemic,
        procedure_changed=bool(form.procedure_change),
        training_given=bool(form.training),
        outline=form.outline,
        went_wrong=form.went_wrong,
        put_right=form.put_right,
        procedure_change=form.procedure_change,
        training=form.training,
        others_affected=form.others_affected,
        publishable_summary=form.publishable_summary,
    )
    with house.database.writing() as conn:
        case = case_files.load(conn, reference)
        _has_ended(case, form.origin)
        case = file_events(conn, house, reference, [event], now=now, actor=actor)
        for one in form.improvements:
            row = improvements.add(
                conn,
                what=one.what,
                opened_on=day_in_london(now),
                theme=one.theme,
                service_area=case.service_area,
                provision=one.provision,
                reference=reference,
                owner=one.owner,
                due=one.due,
            )
            improve.record(conn, row, now=now, actor=actor)
    return case


def _has_ended(case: Case, origin: Origin) -> None:
    if origin == "ombudsman":
        if not any(one.determined_on for one in case.matters):
            raise NotAllowed(
                f"No Ombudsman has determined {case.reference}; record that first, or draw the "
                "lesson from a stage."
            )
        return
    stage = int(origin[-1])
    record = case.stages.get(stage)
    if record is None or record.responded_on is None:
        raise NotAllowed(
            f"Stage {stage} of {case.reference} is not answered yet; what was learned is recorded "
            "after the answer."
        )
