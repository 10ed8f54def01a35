"""What a letter may say of a case: the case and the profile as the facts a template asks for."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from correspondence.cases.next_steps import clock
from correspondence.casework import landlord
from correspondence.handling_code.contacts import housing_ombudsman
from correspondence.handling_code.long_date import long_date
from correspondence.letters.checking import CheckFacts
from correspondence.letters.facts import LetterFacts, Recipient
from correspondence.letters.kinds import LetterKind

if TYPE_CHECKING:
    from datetime import date

    from correspondence.cases.case import Case, StageRecord
    from correspondence.casework.open_office import OpenOffice
    from correspondence.handling_code.deadlines import Deadline, Deadlines

EXTENSIONS = {1: LetterKind.STAGE1_EXTENSION, 2: LetterKind.STAGE2_EXTENSION}
"""The letter that tells a resident of more time, by stage."""

_CLAUSE = re.compile(r"^Code [\d.]+(?: and [\d.]+)?: ")


def stage_of(kind: LetterKind) -> int | None:
    """The stage that letters of a kind belong to; None where they belong to either."""
    return {"stage1": 1, "stage2": 2}.get(kind.value.partition("_")[0])


def letter_facts(house: OpenOffice, case: Case, *, stage: int, letter_date: date) -> LetterFacts:
    """The facts of a letter at that stage, dated `letter_date` (a day in London)."""
    record = case.stages[stage]
    response = response_promise(house, case, stage=stage, letter_date=letter_date)
    return LetterFacts(
        landlord=landlord.letterhead_name(house.settings),
        reference=case.reference,
        letter_date=letter_date,
        recipient=recipient_of(case),
        stage=stage,
        received_on=record.received_on,
        ombudsman=housing_ombudsman(letter_date),
        definition=record.definition,
        own_words=not record.defined_by_person,
        respond_by=response.due if response else None,
        respond_because=_for_residents(response, letter_date),
        handler=landlord.handler_of(house.settings, stage),
        large_print=case.adjustments.large_print,
        hazard=bool({"hazard", "emergency"} & set(case.flags)),
    )


def check_facts(
    house: OpenOffice, case: Case, kind: LetterKind, *, stage: int, letter_date: date
) -> CheckFacts:
    """What a letter of that kind may be held against; for an extension, the date it extends."""
    record = case.stages[stage]
    response = response_promise(house, case, stage=stage, letter_date=letter_date)
    if kind is EXTENSIONS.get(stage):
        response = clock_at(house, case, stage=stage, letter_date=letter_date).of("extend_by")
    return CheckFacts(
        received=record.received_on,
        acknowledged=_acknowledged(record, letter_date),
        due=response.due if response else None,
        today=letter_date,
        points=record.definition.points,
    )


def response_promise(
    house: OpenOffice, case: Case, *, stage: int, letter_date: date
) -> Deadline | None:
    """By when the letter promises the response, were the case acknowledged with this letter.

    Our own target, which a late acknowledgement does not move (Code 6.3, 6.14).
    """
    return clock_at(house, case, stage=stage, letter_date=letter_date).of("respond_target")


def clock_at(house: OpenOffice, case: Case, *, stage: int, letter_date: date) -> Deadlines:
    """Every date of a stage, were it acknowledged with a letter of that date where it is not."""
    record = case.stages[stage]
    as_acknowledged = replace(record, acknowledged_on=_acknowledged(record, letter_date))
    at_stage = replace(case, stage=stage, stages={**case.stages, stage: as_acknowledged})
    return clock(at_stage, house.timescales, house.calendar)


def _acknowledged(record: StageRecord, letter_date: date) -> date:
    return record.acknowledged_on or max(letter_date, record.received_on)


def recipient_of(case: Case) -> Recipient:
    """The resident. A representative gets the letter only once consent is on record (Code 3.6).

    The address is the one agreed for letters, where that is not the home.
    """
    elsewhere = case.adjustments.address
    address = elsewhere or case.resident.address
    lines = [line.strip() for line in re.split(r"[\n,]", address) if line.strip()]
    postcode = "" if elsewhere else case.resident.postcode
    if postcode and not any(postcode.replace(" ", "") in x.replace(" ", "") for x in lines):
        lines.append(postcode)
    name = case.resident.name or "Resident"
    return Recipient(name=name, address_lines=tuple(lines))


def _for_residents(response: Deadline | None, letter_date: date) -> str:
    """How the date was counted, without what only concerns us: the clause, and our lateness."""
    if response is None or response.due is None:
        return ""
    counted, _, _ = _CLAUSE.sub("", response.because).partition(";")
    today = f"{long_date(letter_date)}, when it was acknowledged"
    return f"That is {counted.replace(today, 'the date of this letter')}."
