"""Every figure follows from the register, its parts make it up, and its query gives it again."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.errors import WrongUse
from correspondence.handling_code.clock_facts import ClockFacts
from correspondence.handling_code.measures import MeasureRules, ReportingYear, Switches
from correspondence.handling_code.timeliness import timeliness
from correspondence.handling_code.working_days import ENGLAND_AND_WALES, is_working_day
from correspondence.reports.figures import Asked, annual_figures, judged
from correspondence.reports.figures.annual import is_against_us
from correspondence.reports.figures.clock import CodeClock
from correspondence.reports.figures.document import AnnualFigures, StageFigures
from correspondence.reports.figures.reconciliation import TABLE_COLUMNS, case_table
from correspondence.store.register_entry import DATES, IssueFinding, RegisterEntry
from tests.reports.registers import FIRST, LAST, registers

pytestmark = pytest.mark.slow

YEAR = ReportingYear(FIRST, LAST)
ASKED = Asked(YEAR, today=date(2026, 6, 1), homes=1_000, homes_lcho=200)
CLOCK = CodeClock(ENGLAND_AND_WALES)
WEEK = timedelta(days=7)


def figures(*entries: RegisterEntry, **asked: object) -> AnnualFigures:
    return annual_figures(entries, replace(ASKED, **asked))  # type: ignore[arg-type]


def complaint(reference: str = "A1", **told: object) -> RegisterEntry:
    """A complaint of a tenant, answered in time unless told otherwise."""
    plain = RegisterEntry(
        reference,
        "complaint",
        date(2025, 5, 1),
        tenure="lcra",
        service_area="repairs",
        stage1_acknowledged=date(2025, 5, 2),
        stage1_responded=date(2025, 5, 16),
        stage1_outcome="upheld",
    )
    return plain._replace(**told)  # type: ignore[arg-type]


def parts(stage: StageFigures) -> int:
    return (
        stage.in_time
        + stage.in_time_extended
        + stage.late
        + stage.undated
        + stage.withdrawn
        + stage.refused
        + stage.open
    )


@given(registers())
def test_totals_equal_their_parts(register: tuple[RegisterEntry, ...]) -> None:
    counted = annual_figures(register, ASKED)
    for stage in (counted.stage1, counted.stage2):
        assert parts(stage) == stage.received
        assert sum(stage.by_service_area.values()) == stage.received
        assert sum(stage.outcomes.values()) == stage.received
        assert stage.in_time + stage.in_time_extended + stage.late <= stage.responded
        assert stage.responded <= stage.received
        assert stage.overdue <= stage.open
    assert counted.contacts.get("complaint", 0) == counted.stage1.received
    assert sum(counted.contacts.values()) == sum(YEAR.holds(entry.received) for entry in register)
    for kind, areas in counted.contacts_by_service_area.items():
        assert sum(areas.values()) == counted.contacts[kind]
    cases = counted.contacts.get("complaint", 0) + counted.contacts.get("escalation", 0)
    assert sum(counted.channels.values()) == cases
    refused = counted.refused
    assert refused.total == refused.stage1 + refused.stage2 == sum(refused.by_reason.values())
    assert (refused.stage1, refused.stage2) == (counted.stage1.refused, counted.stage2.refused)


@given(registers(), st.booleans(), st.booleans(), st.booleans())
def test_every_figure_is_what_its_query_gives(
    register: tuple[RegisterEntry, ...], withdrawn: bool, refused: bool, open_late: bool
) -> None:
    rules = MeasureRules("test", FIRST, "a test", Switches(withdrawn, refused, open_late))
    counted = annual_figures(register, replace(ASKED, rules=rules))
    with sqlite3.connect(":memory:") as database:
        database.execute(f"CREATE TABLE cases ({', '.join(TABLE_COLUMNS)})")
        marks = ", ".join("?" * len(TABLE_COLUMNS))
        database.executemany(
            f"INSERT INTO cases VALUES ({marks})", case_table(judged(register, CLOCK))
        )
        for line in counted.reconciliation:
            (value,) = database.execute(line.query).fetchone()
            if line.value is not None:
                assert value == pytest.approx(line.value, abs=0.0500001), line.figure


@given(registers())
def test_no_order_of_the_register_changes_a_figure(register: tuple[RegisterEntry, ...]) -> None:
    forwards = annual_figures(register, ASKED)
    backwards = annual_figures(register[::-1], ASKED)
    for name in ("contacts", "stage1", "stage2", "refused", "measures", "measures_lcho", "trend"):
        assert getattr(forwards, name) == getattr(backwards, name)


@given(registers(most=6), registers(most=6))
def test_two_registers_together_count_what_each_counts(
    one: tuple[RegisterEntry, ...], other: tuple[RegisterEntry, ...]
) -> None:
    renamed = tuple(entry._replace(reference=f"other-{entry.reference}") for entry in other)
    together = annual_figures((*one, *renamed), ASKED)
    apart = [annual_figures(register, ASKED) for register in (one, renamed)]
    for name in ("received", "in_time", "in_time_extended", "late", "responded", "refused"):
        for stage in ("stage1", "stage2"):
            assert getattr(getattr(together, stage), name) == sum(
                getattr(getattr(counted, stage), name) for counted in apart
            )


# From 2 June to 24 August 2025 no bank holiday lies in England and Wales.
_QUIET = st.integers(0, 40).map(lambda days: date(2025, 6, 2) + timedelta(days=days))


@given(
    received=_QUIET,
    acknowledged=st.none() | st.integers(0, 9),
    responded=st.none() | st.integers(0, 30),
    extended=st.none() | st.integers(0, 30),
    notified=st.none() | st.integers(0, 20),
)
def test_shifting_every_date_by_a_week_without_holidays_changes_no_timeliness(
    received: date,
    acknowledged: int | None,
    responded: int | None,
    extended: int | None,
    notified: int | None,
) -> None:
    def day(count: int | None) -> date | None:
        return None if count is None else received + timedelta(days=count)

    entry = complaint(
        received=received,
        stage1_acknowledged=day(acknowledged),
        stage1_responded=day(responded),
        stage1_extended_to=day(extended),
        stage1_extension_notified=None if extended is None else day(notified),
    )
    days = {name: getattr(entry, name) for name in DATES}
    later = entry._replace(**{name: on + WEEK for name, on in days.items() if on})
    assert figures(entry).stage1 == figures(later).stage1


_DAYS = st.integers(0, 900).map(lambda days: date(2024, 4, 1) + timedelta(days=days))


@given(
    stage=st.sampled_from([1, 2]),
    received=_DAYS,
    acknowledged=st.none() | st.integers(0, 40),
    responded=st.none() | st.integers(0, 120),
    extended=st.none() | st.integers(0, 120),
    notified=st.none() | st.integers(0, 90),
)
def test_the_quick_clock_says_what_the_room_of_the_code_says(
    stage: int,
    received: date,
    acknowledged: int | None,
    responded: int | None,
    extended: int | None,
    notified: int | None,
) -> None:
    def day(count: int | None) -> date | None:
        return None if count is None else received + timedelta(days=count)

    told_on = None if extended is None else day(notified)
    facts = ClockFacts(received, stage, day(acknowledged), day(extended), told_on)
    due = CLOCK.answer_due(stage, received, day(acknowledged))
    quick = CLOCK.verdict(stage, due, day(responded), day(extended), told_on)
    assert quick == timeliness(facts, day(responded)).verdict


@given(st.integers(-3, 3), st.integers(1, 40))
def test_the_quick_clock_knows_where_the_calendar_ends(offset: int, count: int) -> None:
    last = ENGLAND_AND_WALES.known_until
    after = CLOCK.after(last + timedelta(days=offset), count)
    assert after is None or is_working_day(after, ENGLAND_AND_WALES)
    assert CLOCK.after(ENGLAND_AND_WALES.known_from - timedelta(days=2), 1) is None


def test_the_three_kinds_of_timeliness_exclude_one_another() -> None:
    due = date(2025, 5, 19)
    extended = {"stage1_extended_to": date(2025, 6, 2), "stage1_responded": date(2025, 5, 30)}
    counted = figures(
        complaint("A1", stage1_responded=due),
        complaint("A2", stage1_responded=due + timedelta(days=1)),
        complaint("A3", **extended, stage1_extension_notified=due),
        complaint("A4", **extended, stage1_extension_notified=due + timedelta(days=1)),
    ).stage1
    assert (counted.in_time, counted.in_time_extended, counted.late) == (1, 1, 2)
    assert counted.responded == 4


def test_an_extension_counts_no_further_than_the_code_lets_it_reach() -> None:
    told = {"stage1_extended_to": date(2025, 8, 1), "stage1_extension_notified": date(2025, 5, 16)}
    limit = date(2025, 6, 3)  # ten working days after 19 May, with the holiday of 26 May
    counted = figures(
        complaint("A1", **told, stage1_responded=limit),
        complaint("A2", **told, stage1_responded=limit + timedelta(days=1)),
    ).stage1
    assert (counted.in_time_extended, counted.late) == (1, 1)


def test_the_codes_own_date_counts_and_a_different_one_in_the_register_is_said() -> None:
    counted = figures(complaint(stage1_due=date(2025, 6, 1), stage1_responded=date(2025, 5, 30)))
    assert counted.stage1.late == 1
    assert "due_later_than_the_code" in {warned.id for warned in counted.warnings}


def test_the_registers_date_counts_where_no_acknowledgement_is_on_record() -> None:
    counted = figures(complaint(stage1_acknowledged=None, stage1_due=date(2025, 5, 9)))
    assert counted.stage1.late == 1


def test_an_escalation_counts_at_stage_two_in_the_year_it_was_asked_for() -> None:
    counted = figures(
        complaint(received=date(2025, 3, 3), stage1_acknowledged=None, stage2_requested=FIRST),
        RegisterEntry("A2", "escalation", date(2025, 7, 1)),
    )
    assert counted.stage1.received == 0
    assert counted.stage2.received == 2
    assert counted.contacts == {"escalation": 1}


def test_refused_complaints_were_received_and_are_in_no_measure() -> None:
    refused = complaint(
        "A2", refused_reason="over_twelve_months", stage1_outcome="", stage1_responded=None
    )
    counted = figures(complaint("A1"), refused)
    assert counted.stage1.received == 2
    assert counted.stage1.outcomes["refused"] == 1
    assert counted.refused.by_reason == {"over_twelve_months": 1}
    assert counted.measures.CH01_1 == 1.0
    assert counted.measures.CH02_1 == 100.0


def test_measures_are_of_tenants_of_one_kind_of_home_only() -> None:
    tenures = ("lcra", "lcra", "lcho", "leaseholder", "applicant", "other", "")
    counted = figures(*(complaint(f"A{n}", tenure=tenure) for n, tenure in enumerate(tenures)))
    assert counted.stage1.received == 7
    assert counted.measures.CH01_1 == 2.0
    assert counted.measures_lcho.CH01_1 == 5.0
    assert [w.cases for w in counted.warnings if w.id == "no_tenure"] == [["A6"]]


def test_without_homes_ch01_is_not_formed_and_that_is_said() -> None:
    counted = figures(complaint(), homes=None)
    assert counted.measures.CH01_1 is None
    assert counted.measures.CH02_1 == 100.0
    assert "homes_not_known" in {warned.id for warned in counted.warnings}


def test_the_ombudsmans_findings_are_by_issue_in_the_year_of_determination() -> None:
    findings = (
        IssueFinding("property condition", "No maladministration"),
        IssueFinding("complaint handling", "service failure"),
    )
    before = complaint(
        "A1",
        received=date(2023, 6, 1),
        ombudsman_determined=date(2025, 9, 1),
        ombudsman_finding=findings,
    )
    after = before._replace(reference="A2", ombudsman_determined=date(2026, 4, 1))
    undated = before._replace(reference="A3", ombudsman_determined=None)
    counted = figures(before, after, undated)
    assert [(issue.reference, issue.against_us) for issue in counted.ombudsman] == [
        ("A1", False),
        ("A1", True),
    ]
    assert [w.cases for w in counted.warnings if w.id == "finding_without_day"] == [["A3"]]


@pytest.mark.parametrize(
    ("finding", "against"),
    [
        ("maladministration", True),
        ("Severe maladministration", True),
        ("partial_maladministration", True),
        ("Service failure", True),
        ("no maladministration", False),
        ("No Maladministration", False),
        ("redress", False),
        ("outside jurisdiction", False),
    ],
)
def test_service_failure_is_maladministration_and_none_is_none(finding: str, against: bool) -> None:
    assert is_against_us(finding) is against


def test_what_a_complaint_had_been_before_is_counted_by_kind() -> None:
    counted = figures(
        RegisterEntry("E1", "mp_enquiry", FIRST),
        complaint("A1", escalated_from="E1"),
        complaint("A2", escalated_from="service_request"),
    )
    assert counted.escalated_from == {"mp_enquiry": 1, "service_request": 1}


def test_an_open_answer_is_overdue_by_the_day_it_is_asked() -> None:
    open_one = complaint(stage1_responded=None, stage1_outcome="")
    assert figures(open_one, today=date(2025, 5, 19)).stage1.overdue == 0
    assert figures(open_one, today=date(2025, 5, 20)).stage1.overdue == 1


def test_an_answer_without_its_day_keeps_ch02_from_being_formed() -> None:
    counted = figures(complaint(stage1_responded=None))
    assert counted.stage1.undated == 1
    assert counted.measures.CH02_1 is None


def test_an_empty_register_gives_figures_of_nothing_and_says_so() -> None:
    counted = figures()
    assert counted.stage1.received == 0
    assert counted.measures.CH02_1 is None
    assert "nothing_received" in {warned.id for warned in counted.warnings}


def test_years_before_are_told_where_anything_is_known_of_them() -> None:
    counted = figures(complaint(), complaint("A2", received=date(2024, 4, 1)))
    (before,) = counted.trend
    assert (before.first, before.last) == (date(2024, 4, 1), date(2025, 3, 31))
    assert (before.stage1, before.stage2) == (1, 0)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(WrongUse, match="in order"):
        Asked(ReportingYear(LAST, FIRST), today=LAST)
