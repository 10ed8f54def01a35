"""What is owed on a case follows from its events, the calendar and the landlord's timescales."""

from __future__ import annotations

from datetime import date

import pytest

from correspondence.cases.adjustments import Adjustments
from correspondence.cases.case import Case, fold
from correspondence.cases.events import (
    AdjustmentsAgreed,
    AdjustmentsReviewed,
    CaseEvent,
    CaseOpened,
    ContactRestricted,
    EscalationRequested,
    EvidenceRequested,
    EvidenceSent,
    LearningRecorded,
    LetterSent,
    OrderComplied,
    OrderMade,
    RestrictionLifted,
    TakenToOmbudsman,
)
from correspondence.cases.next_steps import next_steps
from correspondence.handling_code.timescales import CODE, Timescales
from correspondence.handling_code.working_days import ENGLAND_AND_WALES

RECEIVED = date(2026, 11, 21)  # a Saturday


def case_after(*events: CaseEvent) -> Case:
    opened = CaseOpened(
        reference="CMP-2026-000001",
        opened_as="complaint",
        message=1,
        received_on=RECEIVED,
        received_basis="received_header",
    )
    return fold([opened, *events])


def owed(
    case: Case, today: date = RECEIVED, times: Timescales = CODE
) -> dict[str, tuple[date | None, bool]]:
    steps = next_steps(case, today, times, ENGLAND_AND_WALES)
    return {step.duty: (step.due, step.overdue) for step in steps}


def sent(kind: str, stage: int, on: date) -> LetterSent:
    return LetterSent(letter="L1", letter_kind=kind, stage=stage, sent_on=on)


def test_a_new_complaint_is_owed_an_acknowledgement_and_a_response() -> None:
    assert owed(case_after()) == {
        "acknowledge": (date(2026, 11, 27), False),
        "respond": (date(2026, 12, 11), False),
    }


def test_the_most_urgent_stands_first() -> None:
    steps = next_steps(case_after(), RECEIVED, CODE, ENGLAND_AND_WALES)
    assert [step.duty for step in steps] == ["acknowledge", "respond"]


def test_every_step_carries_its_clause_and_its_reason() -> None:
    for step in next_steps(case_after(), RECEIVED, CODE, ENGLAND_AND_WALES):
        assert step.clause in step.because


def test_the_day_it_is_due_is_not_yet_overdue_and_the_next_is() -> None:
    assert owed(case_after(), date(2026, 11, 27))["acknowledge"] == (date(2026, 11, 27), False)
    assert owed(case_after(), date(2026, 11, 28))["acknowledge"] == (date(2026, 11, 27), True)


def test_once_acknowledged_the_response_counts_from_that_day() -> None:
    case = case_after(sent("stage1_acknowledgement", 1, date(2026, 11, 23)))
    assert owed(case) == {"respond": (date(2026, 12, 7), False)}


def test_a_landlords_stricter_time_binds() -> None:
    stricter = Timescales(acknowledge=2, stage1=5, counted_from="receipt")
    assert owed(case_after(), times=stricter)["acknowledge"] == (date(2026, 11, 24), False)


def test_once_the_stage_is_answered_only_what_was_learned_is_asked_for() -> None:
    answered = sent("stage1_response", 1, date(2026, 12, 1))
    assert owed(case_after(answered)) == {"learning": (date(2026, 12, 15), False)}
    learned = LearningRecorded(origin="stage1", on=date(2026, 12, 3), themes=("gutters",))
    assert owed(case_after(answered, learned)) == {}


def test_after_an_escalation_learning_is_asked_for_once_stage_2_is_answered() -> None:
    escalated = EscalationRequested(
        message=2, received_on=date(2026, 12, 3), received_basis="file_time"
    )
    asked = case_after(sent("stage1_response", 1, date(2026, 12, 1)), escalated)
    assert "learning" not in owed(asked)


def test_what_an_ombudsman_asks_for_or_orders_is_owed_until_it_is_done() -> None:
    answered = sent("stage1_response", 1, date(2026, 12, 1))
    learned = LearningRecorded(origin="stage1", on=date(2026, 12, 3))
    taken = TakenToOmbudsman(matter=1, ombudsman="housing", on=date(2027, 1, 4))
    asked = EvidenceRequested(matter=1, request=1, on=date(2027, 1, 4), due=date(2027, 1, 18))
    given = EvidenceSent(matter=1, request=1, on=date(2027, 1, 15))
    order = OrderMade(
        matter=1,
        order="CMP-2026-000001-O1",
        order_kind="order",
        on=date(2027, 3, 1),
        due=date(2027, 3, 29),
    )
    complied = OrderComplied(order="CMP-2026-000001-O1", on=date(2027, 3, 20))
    before: list[CaseEvent] = [answered, learned, taken, asked]
    assert owed(case_after(*before)) == {"ombudsman_evidence": (date(2027, 1, 18), False)}
    assert owed(case_after(*before, given)) == {}
    ordered = case_after(*before, given, order)
    assert owed(ordered) == {"ombudsman_order": (date(2027, 3, 29), False)}
    assert owed(case_after(*before, given, order, complied)) == {}


def test_adjustments_and_restrictions_come_up_for_review() -> None:
    agreed = AdjustmentsAgreed(
        adjustments=Adjustments(large_print=True), review_by=date(2027, 11, 20)
    )
    restricted = ContactRestricted(
        restriction=1, on=date(2026, 11, 20), review_by=date(2027, 2, 20), what="One call a week."
    )
    steps = owed(case_after(agreed, restricted))
    assert steps["review_adjustments"] == (date(2027, 11, 20), False)
    assert steps["review_restriction"] == (date(2027, 2, 20), False)
    reviewed = AdjustmentsReviewed(on=date(2026, 11, 21), review_by=date(2028, 1, 1))
    lifted = RestrictionLifted(restriction=1, on=date(2026, 12, 1))
    steps = owed(case_after(agreed, restricted, reviewed, lifted))
    assert steps["review_adjustments"] == (date(2028, 1, 1), False)
    assert "review_restriction" not in steps


def test_where_nothing_was_agreed_nothing_is_reviewed() -> None:
    agreed = AdjustmentsAgreed(adjustments=Adjustments(), review_by=date(2027, 11, 20))
    assert "review_adjustments" not in owed(case_after(agreed))


def test_stage_2_is_owed_its_own_acknowledgement_and_response() -> None:
    case = case_after(
        EscalationRequested(message=2, received_on=date(2026, 12, 14), received_basis="file_time")
    )
    assert owed(case) == {
        "acknowledge": (date(2026, 12, 21), False),
        "respond": (date(2027, 1, 21), False),
    }


@pytest.mark.parametrize("today", [RECEIVED, date(2030, 1, 1)])
def test_a_date_beyond_the_known_holidays_is_none_with_its_reason(today: date) -> None:
    opened = CaseOpened(
        reference="CMP-2029-000001",
        opened_as="complaint",
        message=1,
        received_on=date(2029, 6, 1),
        received_basis="received_header",
    )
    for step in next_steps(fold([opened]), today, CODE, ENGLAND_AND_WALES):
        assert (step.due, step.overdue) == (None, False)
        assert len(step.because) > 20
