"""Fill the yearly self-assessment from the office: profile, policy and cases (Code 8.1a)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from correspondence.cases.next_steps import clock_facts
from correspondence.errors import WrongUse
from correspondence.handling_code.long_date import long_date
from correspondence.handling_code.measures import reporting_year
from correspondence.handling_code.self_assessment import (
    FilledForm,
    Period,
    PolicyDocument,
    Practice,
    SentLetter,
    StageFacts,
    fill,
)
from correspondence.store import case_files, letters

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import sqlalchemy as sa

    from correspondence.cases.case import Case
    from correspondence.casework.open_office import OpenOffice
    from correspondence.handling_code.self_assessment.practice import Ended
    from correspondence.store.letters import LetterRow

_CLAUSE: Final = re.compile(r"\d{1,2}\.\d{1,2}")
_ALWAYS_ASKED: Final = "3.7"
"""Asked of every letter that has an item for it, though no letter is held up for want of it."""


def assess(
    house: OpenOffice,
    *,
    today: date,
    policy: PolicyDocument | None = None,
    first: date | None = None,
    last: date | None = None,
) -> FilledForm:
    """The form filled from this office, over the reporting year so far where no days are given.

    Raises WrongUse for a period that ends before it begins, RecordBroken where a case was changed.
    """
    period = period_of(today, first, last)
    return fill(
        today=today,
        policy=policy,
        settings=house.settings,
        practice=practice(house, period, today=today),
    )


def period_of(today: date, first: date | None, last: date | None) -> Period:
    """The days asked for; by default from the start of the reporting year to today."""
    end = last or today
    begin = first or reporting_year(end).first
    if end < begin:
        raise WrongUse(
            f"{long_date(end)} comes before {long_date(begin)}; give the days of a period in order."
        )
    return Period(begin, end)


def practice(house: OpenOffice, period: Period, *, today: date) -> Practice:
    """What this office's cases and letters show, without anybody's name. Raises RecordBroken."""
    stages: list[StageFacts] = []
    with house.database.reading() as conn:
        for row in case_files.listing(conn):
            stages.extend(_stages(case_files.load(conn, row.reference)))
        sent = [_sent_letter(conn, row) for row in letters.listing(conn, statuses=["sent"])]
    return Practice(
        period=period,
        stages=tuple(stages),
        letters=tuple(letter for letter in sent if letter is not None),
        today=today,
        calendar=house.calendar,
    )


def _stages(case: Case) -> Iterator[StageFacts]:
    for stage, record in case.stages.items():
        yield StageFacts(
            clock=clock_facts(record, stage),
            responded=record.responded_on,
            ended=_ENDED.get(case.closed_because, "") if stage == case.stage else "",
        )


_ENDED: Final[dict[str, Ended]] = {"withdrawn": "withdrawn", "refused": "refused"}


def _sent_letter(conn: sa.Connection, row: LetterRow) -> SentLetter | None:
    """What the checks found in a letter when it was approved, by provision."""
    if row.sent_on is None or not row.revision:
        return None
    revision = letters.revision(conn, row.id)
    confirmed = {each.item for each in letters.confirmations(conn, row.id, revision.digest)}
    met: set[str] = set()
    unmet: set[str] = set()
    for item in _items(revision.findings):
        holds = item["met"] == "met" or item["id"] in confirmed
        for clause in _CLAUSE.findall(item["clause"]):
            if item["required"] or clause == _ALWAYS_ASKED:
                (met if holds else unmet).add(clause)
    return SentLetter(row.kind, row.sent_on, frozenset(met - unmet), frozenset(unmet))


def _items(findings: dict[str, Any]) -> list[dict[str, Any]]:
    """The items as the words of the letter were checked; none where no checks were kept."""
    words = findings.get("words") or {}
    return list(words.get("items") or ())
