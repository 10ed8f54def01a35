"""A case is what follows from its events."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from correspondence.cases.case import Case, fold
from correspondence.cases.definition import ComplaintDefinition, DefinitionPoint, propose
from correspondence.cases.events import (
    CaseClosed,
    CaseEvent,
    CaseOpened,
    ComplaintDefined,
    EscalationRequested,
    LetterApproved,
    LetterDrafted,
    LetterHandedOver,
    LetterSent,
    MessageJoined,
    NoteLogged,
    ReceivedCorrected,
    revive,
)
from correspondence.cases.people import Representative, Resident

OPENED = CaseOpened(
    reference="CMP-2026-000001",
    opened_as="complaint",
    message=7,
    received_on=date(2026, 11, 2),
    received_basis="received_header",
    service_area="repairs",
    flags=("dissatisfaction",),
    resident=Resident(name="Marian Test", email="Marian@example.net"),
    writes_from="m.test@example.org",
    points=("the gutter leaks",),
    outcome_sought="mend it",
)


def case_after(*events: CaseEvent) -> Case:
    return fold([OPENED, *events])


def sent(kind: str, stage: int, on: date) -> LetterSent:
    return LetterSent(letter=f"L-{kind}", letter_kind=kind, stage=stage, sent_on=on)


def test_a_complaint_opens_at_stage_1_and_waits_to_be_acknowledged() -> None:
    case = case_after()
    assert (case.stage, case.status) == (1, "to_acknowledge")


def test_an_escalation_we_have_no_stage_1_for_opens_at_stage_2() -> None:
    case = fold([OPENED.model_copy(update={"opened_as": "escalation"})])
    assert (case.stage, case.kind, list(case.stages)) == (2, "escalation", [2])


def test_everybody_who_wrote_is_known_on_the_case_whatever_the_case_of_letters() -> None:
    representative = Representative(name="Asha Test", email="ASHA@example.com")
    case = fold([OPENED.model_copy(update={"representative": representative})])
    assert case.known_addresses == {"marian@example.net", "m.test@example.org", "asha@example.com"}


def test_only_a_sent_acknowledgement_acknowledges() -> None:
    letter = {"letter": "L1", "letter_kind": "stage1_acknowledgement", "stage": 1}
    bound = {"revision": 1, "digest": "d"}
    drafted = LetterDrafted(**letter, **bound, ok=True)
    approved = LetterApproved(**letter, **bound, pdf_sha256="p")
    handed = LetterHandedOver(letter="L1", digest="d", pdf_sha256="p")
    waiting = case_after(drafted, approved, handed)
    assert (waiting.now_at.acknowledged_on, waiting.letters[0].status) == (None, "handed_over")
    case = case_after(drafted, approved, handed, LetterSent(**letter, sent_on=date(2026, 11, 4)))
    assert (case.now_at.acknowledged_on, case.status) == (date(2026, 11, 4), "investigating")


def test_a_second_acknowledgement_does_not_move_the_day_of_the_first() -> None:
    first, second = (sent("stage1_acknowledgement", 1, date(2026, 11, day)) for day in (4, 9))
    assert case_after(first, second).now_at.acknowledged_on == date(2026, 11, 4)


def test_a_sent_response_answers_its_stage() -> None:
    case = case_after(sent("stage1_response", 1, date(2026, 11, 16)))
    assert (case.status, case.now_at.responded_on) == ("responded", date(2026, 11, 16))


def escalated(on: date) -> EscalationRequested:
    return EscalationRequested(message=9, received_on=on, received_basis="received_header")


def test_an_escalation_moves_the_case_to_stage_2_with_a_clock_of_its_own() -> None:
    case = case_after(sent("stage1_response", 1, date(2026, 11, 16)), escalated(date(2026, 12, 1)))
    assert (case.stage, case.status) == (2, "to_acknowledge")
    assert case.now_at.received_on == date(2026, 12, 1)
    assert case.stages[1].responded_on == date(2026, 11, 16)


def test_asking_twice_for_stage_2_does_not_restart_its_clock() -> None:
    case = case_after(escalated(date(2026, 12, 1)), escalated(date(2026, 12, 9)))
    assert case.now_at.received_on == date(2026, 12, 1)
    assert case.messages == (7, 9, 9)


def test_an_escalation_opens_a_closed_case_again() -> None:
    closed = CaseClosed(reason="responded", on=date(2026, 11, 20))
    assert case_after(closed).status == "closed"
    assert case_after(closed, escalated(date(2026, 12, 1))).status == "to_acknowledge"


def test_a_message_that_joins_brings_its_flags() -> None:
    joined = MessageJoined(
        message=8, message_kind="case_update", received_on=date(2026, 11, 3), flags=("hazard",)
    )
    assert case_after(joined).flags == ("dissatisfaction", "hazard")


def test_a_corrected_date_of_receipt_keeps_its_reason() -> None:
    corrected = ReceivedCorrected(
        stage=1, received_on=date(2026, 10, 30), because="the front desk had it on Friday"
    )
    record = case_after(corrected).now_at
    assert (record.received_on, record.received_basis) == (date(2026, 10, 30), "corrected")
    assert record.received_because == "the front desk had it on Friday"


def test_a_note_changes_nothing_but_the_record() -> None:
    noted = case_after(NoteLogged(on=date(2026, 11, 3), text="rang back"))
    assert noted.notes == ("rang back",)
    assert replace(noted, notes=()) == case_after()


def test_a_case_begins_with_being_opened() -> None:
    with pytest.raises(TypeError, match="begins with being opened"):
        fold([CaseClosed(reason="responded", on=date(2026, 11, 3))])


def test_what_is_chained_holds_no_personal_detail() -> None:
    definition = ComplaintDefinition(points=(DefinitionPoint(text="the gutter leaks"),))
    events = [
        OPENED,
        ComplaintDefined(stage=1, definition=definition),
        NoteLogged(on=date(2026, 11, 3), text="rang Marian"),
    ]
    for event in events:
        for personal in ("Marian", "gutter", "example.", "mend it"):
            assert personal not in str(event.chained())


@pytest.mark.parametrize("event", [OPENED, NoteLogged(on=date(2026, 11, 3), text="rang")])
def test_an_event_comes_back_from_its_two_halves(event: CaseEvent) -> None:
    assert revive(event.chained(), event.personal()) == event


def test_a_case_whose_personal_detail_was_erased_can_still_be_read() -> None:
    case = fold([revive(OPENED.chained(), None)])
    assert (case.resident, case.status) == (Resident(), "to_acknowledge")


def test_a_proposed_definition_asks_for_the_outcome_where_none_was_given() -> None:
    proposed = propose(["the gutter leaks"], "", ours=True)
    assert proposed.outcomes == ()
    assert proposed.question
    assert proposed.lacks() == ()


@pytest.mark.parametrize(
    ("definition", "clause"),
    [
        (ComplaintDefinition(outcomes=("mend it",)), "5.6"),
        (ComplaintDefinition(points=(DefinitionPoint(text="a", responsible=True),)), "5.6"),
        (propose(["the gutter leaks"], "mend it", ours=None), "5.7"),
    ],
)
def test_a_definition_says_which_clause_asks_for_what_it_lacks(
    definition: ComplaintDefinition, clause: str
) -> None:
    assert [clause in sentence for sentence in definition.lacks()] == [True]


def test_a_signpost_stands_only_where_we_are_not_responsible() -> None:
    ours = propose(["the bins"], "", ours=True, signpost="the waste team")
    theirs = propose(["the bins"], "", ours=False, signpost="the waste team")
    assert (ours.points[0].signpost, theirs.points[0].signpost) == ("", "the waste team")
