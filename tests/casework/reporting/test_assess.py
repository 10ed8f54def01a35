"""The self-assessment filled from an office's own cases, letters and profile."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from correspondence.casework.reporting.assess import assess, period_of, practice
from correspondence.errors import WrongUse
from correspondence.handling_code.self_assessment import Period, PolicyDocument
from tests.jobs import corpus

if TYPE_CHECKING:
    from tests.casework.bureau import Bureau

YEAR = Period(date(2026, 4, 1), date(2026, 12, 31))


def test_an_acknowledgement_sent_in_time_is_evidence_of_it(desk: Bureau) -> None:
    desk.acknowledged(corpus.complaint(0, desk.now - timedelta(days=1)))
    form = assess(desk.house, today=desk.now.date())
    row = form.row("6.2")
    assert row.comply == "Yes"
    assert "1 of 1 acknowledged within 5 working days" in row.evidence[0]
    assert form.row("5.6").comply == "Yes"
    assert form.row("6.3").comply == ""


def test_a_complaint_left_lying_is_counted_against_us(desk: Bureau) -> None:
    desk.receive(corpus.complaint(0, desk.now - timedelta(days=1)), read_as="complaint")
    desk.days_pass(60)
    today = desk.now.date()
    shown = practice(desk.house, YEAR, today=today)
    assert (shown.acknowledged(1).kept, shown.acknowledged(1).of) == (0, 1)
    assert assess(desk.house, today=today, last=date(2026, 12, 31)).row("6.2").comply == "No"


def test_a_letter_only_drafted_is_no_evidence(desk: Bureau) -> None:
    (row,) = desk.receive(corpus.complaint(0, desk.now - timedelta(days=1)), read_as="complaint")
    assert row.case_reference is not None
    desk.define(row.case_reference)
    assert practice(desk.house, YEAR, today=desk.now.date()).letters == ()


def test_no_resident_is_named_in_the_form(desk: Bureau) -> None:
    reference = desk.acknowledged(corpus.complaint(0, desk.now - timedelta(days=1)))
    case = desk.case(reference)
    printed = assess(desk.house, today=desk.now.date()).model_dump_json()
    assert case.reference not in printed
    assert case.resident.name
    assert case.resident.name not in printed


def test_policy_profile_and_cases_come_together(desk: Bureau) -> None:
    policy = PolicyDocument("Policy", "Complaints are acknowledged within 7 working days.")
    form = assess(desk.house, today=desk.now.date(), policy=policy)
    assert form.landlord == desk.house.settings.landlord.name
    assert form.policy == "Policy"
    assert form.row("6.2").comply == "No"


def test_the_reporting_year_so_far_is_looked_at_unless_days_are_given() -> None:
    today = date(2026, 11, 20)
    assert period_of(today, None, None) == Period(date(2026, 4, 1), today)
    assert period_of(today, date(2025, 4, 1), date(2026, 3, 31)).first == date(2025, 4, 1)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(WrongUse, match="1 May 2026 comes before Saturday 2 May"):
        period_of(date(2026, 11, 20), date(2026, 5, 2), date(2026, 5, 1))
