"""The quarterly pack: every total the sum of its parts, every quarter beside those before it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from correspondence.casework.reporting.quarterly_report import quarter_asked
from correspondence.handling_code.measures import ReportingYear
from correspondence.handling_code.working_days import ENGLAND_AND_WALES
from correspondence.reports.case_detail import (
    CaseDetail,
    EvidenceCounted,
    LessonCounted,
    MatterCounted,
    OrderCounted,
    PromiseCounted,
)
from correspondence.reports.document.page import page
from correspondence.reports.figures.clock import CodeClock
from correspondence.reports.figures.judged import judged
from correspondence.reports.figures.quarterly import (
    QuarterAsked,
    quarter_before,
    quarter_of,
    quarterly_figures,
)
from correspondence.reports.figures.quarterly_document import ImprovementLine, QuarterlyFigures
from correspondence.reports.quarterly_report.sections import quarterly_document
from correspondence.store.register_entry import DATES, RegisterEntry
from tests.reports.registers import registers

QUARTER = ReportingYear(date(2025, 7, 1), date(2025, 9, 30))
TODAY = date(2026, 1, 5)


def figures(
    entries: tuple[RegisterEntry, ...],
    details: dict[str, CaseDetail] | None = None,
    *,
    period: ReportingYear = QUARTER,
    today: date = TODAY,
) -> QuarterlyFigures:
    cases = judged(entries, CodeClock(ENGLAND_AND_WALES))
    improved = [ImprovementLine(what="Visits are passed on", state="agreed")]
    return quarterly_figures(cases, details or {}, improved, QuarterAsked(period, today))


@settings(max_examples=20)
@given(registers(most=10), st.dates(date(2025, 7, 1), date(2026, 3, 1)))
def test_totals_equal_their_parts(register: tuple[RegisterEntry, ...], today: date) -> None:
    made = figures(register, today=today)
    for stage, acknowledged, aged in (
        (made.stage1, made.acknowledged1, made.aged1),
        (made.stage2, made.acknowledged2, made.aged2),
    ):
        assert acknowledged.received == stage.received
        assert acknowledged.received == (
            acknowledged.in_time + acknowledged.late + acknowledged.missing + acknowledged.not_due
        )
        assert sum(aged.by_age.values()) == aged.open >= aged.overdue
    assert sum(one.now for one in made.areas) == made.stage1.received
    this = made.trend[-1]
    assert (this.stage1, this.stage2) == (made.stage1.received, made.stage2.received)
    assert this.refused == made.refused.total
    assert made.escalation.stage2 == made.stage2.received


@settings(max_examples=15)
@given(registers(most=8))
def test_the_quarters_of_a_year_come_to_the_year(register: tuple[RegisterEntry, ...]) -> None:
    quarters = [quarter_of(date(2025, month, 15)) for month in (4, 7, 10)]
    quarters.append(quarter_of(date(2026, 1, 15)))
    apart = [figures(register, period=one, today=date(2027, 1, 1)) for one in quarters]
    last = apart[-1].trend
    year = sum(one.stage1 for one in last[-4:])
    assert year == sum(one.stage1.received for one in apart)


@settings(max_examples=15)
@given(registers(most=8))
def test_moving_every_day_by_a_quiet_week_changes_no_timeliness(
    register: tuple[RegisterEntry, ...],
) -> None:
    """Between 2 June and 24 August 2025 lies no bank holiday."""
    first, last = date(2025, 6, 2), date(2025, 8, 10)
    quiet = tuple(
        entry
        for entry in register
        if all(first <= day <= last for day in (getattr(entry, name) for name in DATES) if day)
    )
    week = timedelta(days=7)
    moved = tuple(
        entry._replace(
            **{name: day + week for name in DATES if (day := getattr(entry, name)) is not None},
        )
        for entry in quiet
    )
    period = ReportingYear(date(2025, 6, 1), date(2025, 8, 31))
    before, after = figures(quiet, period=period), figures(moved, period=period)
    assert before.stage1 == after.stage1
    assert before.acknowledged1 == after.acknowledged1
    assert before.acknowledged2 == after.acknowledged2


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 1, 5), date(2025, 10, 1), date(2025, 12, 31)),
        (date(2026, 4, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 6, 30), date(2026, 1, 1), date(2026, 3, 31)),
    ],
)
def test_a_report_is_of_the_last_quarter_that_is_over(today: date, first: date, last: date) -> None:
    assert quarter_asked(today, None, None) == ReportingYear(first, last)
    assert quarter_asked(today, date(2025, 8, 9), None) == QUARTER


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_every_day_lies_in_one_quarter_that_follows_the_one_before(day: date) -> None:
    quarter = quarter_of(day)
    assert quarter.holds(day)
    before = quarter_before(quarter.first)
    assert before.last + timedelta(days=1) == quarter.first
    assert quarter_of(before.first) == before


def complaint(reference: str = "A1", **told: object) -> RegisterEntry:
    plain = RegisterEntry(reference, "complaint", date(2025, 8, 1), tenure="lcra")
    return plain._replace(**told)  # type: ignore[arg-type]


def test_what_is_open_is_counted_as_it_was_at_the_end_of_the_quarter() -> None:
    since_answered = complaint(
        stage1_acknowledged=date(2025, 8, 4), stage1_responded=date(2025, 10, 20)
    )
    still_open = complaint("A2", received=date(2025, 9, 29))
    made = figures((since_answered, still_open))
    assert (made.as_at, made.aged1.open, made.aged1.overdue) == (QUARTER.last, 2, 1)
    assert made.aged1.by_age["up to 10"] == 1
    assert made.aged1.by_age["41 to 60"] == 1


def test_an_acknowledgement_counts_by_five_working_days() -> None:
    made = figures(
        (
            complaint(stage1_acknowledged=date(2025, 8, 8)),
            complaint("A2", stage1_acknowledged=date(2025, 8, 11)),
            complaint("A3"),
            complaint("A4", withdrawn_on=date(2025, 8, 5), stage1_outcome="withdrawn"),
        )
    )
    counted = made.acknowledged1
    assert (counted.in_time, counted.late, counted.missing, counted.not_due) == (1, 1, 1, 1)


DETAIL = CaseDetail(
    lessons=(
        LessonCounted(
            origin="stage1",
            on=date(2025, 9, 1),
            root_causes=("delay", "contractor"),
            themes=("gutters",),
            systemic=True,
        ),
    ),
    matters=(
        MatterCounted(
            ombudsman="housing",
            reference="202500001",
            taken_on=date(2025, 7, 2),
            determined_on=date(2025, 9, 10),
            findings=(("property condition", "severe maladministration"),),
            requests=(
                EvidenceCounted(
                    on=date(2025, 7, 2), due=date(2025, 7, 16), sent_on=date(2025, 7, 10)
                ),
                EvidenceCounted(on=date(2025, 8, 1), due=date(2025, 8, 8)),
            ),
            orders=(
                OrderCounted(order="A1-O1", kind="order", on=date(2025, 9, 10),
                             due=date(2025, 9, 24)),
                OrderCounted(order="A1-O2", kind="recommendation", on=date(2025, 9, 10)),
            ),
        ),
        MatterCounted(ombudsman="local_government", taken_on=date(2025, 9, 20)),
    ),
    promises=(
        PromiseCounted(promised_for=date(2025, 8, 20), due=date(2025, 8, 20),
                       done_on=date(2025, 8, 19)),
        PromiseCounted(promised_for=date(2025, 9, 1), due=date(2025, 9, 1)),
    ),
)  # fmt: skip


def test_the_ombudsmen_orders_learning_and_promises_are_counted() -> None:
    made = figures((complaint(),), {"A1": DETAIL})
    with_them = made.ombudsman
    assert (with_them.taken, with_them.open) == (2, 1)
    assert (with_them.evidence_asked, with_them.evidence_in_time) == (2, 1)
    assert with_them.evidence_overdue == 1
    assert [(one.order, one.standing, one.severe) for one in with_them.orders] == [
        ("A1-O1", "overdue", True),
        ("A1-O2", "open", True),
    ]
    assert made.learned.root_causes == {"contractor": 1, "delay": 1}
    assert (made.learned.cases, made.learned.systemic) == (1, 1)
    promised = made.promised
    assert (promised.done, promised.done_in_time) == (1, 1)
    assert (promised.open, promised.overdue) == (1, 1)


def test_the_pack_says_what_the_code_asks_for_and_asks_for_what_people_write() -> None:
    made = figures((complaint(),), {"A1": DETAIL})
    document = quarterly_document(made, "Harrowmere Homes")
    titles = [section.title for section in document.sections]
    for wanted in (
        "The quarters beside one another",
        "What complaints were about",
        "Complaints at stage 1",
        "Acknowledgements",
        "Complaints we did not accept",
        "Issues, trends and learning",
        "Orders and recommendations of the Ombudsmen",
        "Service improvements",
    ):
        assert wanted in titles
    assert any("9.7b" in one for one in document.to_complete)
    html = page(document)
    assert "Visits are passed on" in html
    assert "severe" in html
    told = quarterly_document(made, "Harrowmere Homes", {"issues": "<b>Gutters</b> came up."})
    assert told.to_complete == ()
    assert "&lt;b&gt;Gutters" in page(told)


def test_an_empty_quarter_says_none() -> None:
    document = quarterly_document(figures(()), "Harrowmere Homes")
    empty = [s.title for s in document.sections if [one.text for one in s.sentences] == ["None."]]
    assert "Complaints at stage 1" in empty
    assert "Orders and recommendations of the Ombudsmen" in empty
