"""An extension moves the clock once the resident was told of it, and only as far as it may."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from correspondence.cases.case import Case, fold
from correspondence.cases.events import (
    CaseEvent,
    CaseOpened,
    EscalationRequested,
    ExtensionDecided,
    ExtensionNotified,
    ExtensionSeconded,
    LetterSent,
    NoteLogged,
    ReceivedCorrected,
    revive,
)
from correspondence.cases.next_steps import clock, next_steps
from correspondence.handling_code.timescales import CODE
from correspondence.handling_code.working_days import ENGLAND_AND_WALES

ORIGINAL, LIMIT = date(2026, 11, 23), date(2026, 12, 7)
TOLD = date(2026, 11, 20)


def case_after(*events: CaseEvent) -> Case:
    """Received on 2 November and acknowledged a week later, so due on 23 November."""
    opened = CaseOpened(
        reference="CMP-2026-000001",
        opened_as="complaint",
        message=1,
        received_on=date(2026, 11, 2),
        received_basis="received_header",
    )
    return fold([opened, sent("stage1_acknowledgement", date(2026, 11, 9)), *events])


def sent(kind: str, on: date, stage: int = 1) -> LetterSent:
    return LetterSent(letter=f"L-{kind}", letter_kind=kind, stage=stage, sent_on=on)


def decided(new: date, number: int = 1, **more: Any) -> ExtensionDecided:
    given: dict[str, Any] = {
        "stage": 1,
        "original_due": ORIGINAL,
        "due": ORIGINAL,
        "limit": LIMIT,
        "beyond_limit": new > LIMIT,
        "by": "rowan",
        "reasons": ("The roof survey comes on 1 December.",),
    }
    return ExtensionDecided(number=number, new_date=new, **(given | more))


def notified(new: date, on: date = TOLD, number: int = 1, **more: Any) -> ExtensionNotified:
    given: dict[str, Any] = {"stage": 1, "original_due": ORIGINAL, "beyond_limit": new > LIMIT}
    return ExtensionNotified(number=number, new_date=new, notified_on=on, **(given | more))


def respond_by(case: Case) -> date | None:
    return clock(case, CODE, ENGLAND_AND_WALES).respond_by


def test_deciding_moves_nothing_until_the_resident_is_told() -> None:
    case = case_after(decided(date(2026, 12, 4)))
    assert respond_by(case) == ORIGINAL
    assert case.now_at.pending_extension is not None
    told = case_after(decided(date(2026, 12, 4)), notified(date(2026, 12, 4)))
    assert respond_by(told) == date(2026, 12, 4)
    assert told.now_at.pending_extension is None
    (one,) = told.now_at.extensions
    assert (one.decided_by, one.notified_on, one.reasons) == (
        "rowan",
        TOLD,
        ("The roof survey comes on 1 December.",),
    )


def test_told_a_day_late_the_response_stays_due_when_it_was() -> None:
    case = case_after(decided(date(2026, 12, 4)), notified(date(2026, 12, 4), date(2026, 11, 24)))
    assert respond_by(case) == ORIGINAL
    (step, *_) = next_steps(case, date(2026, 11, 25), CODE, ENGLAND_AND_WALES)
    assert (step.duty, step.overdue) == ("respond", True)
    assert "buys no time" in step.because


def test_beyond_the_limit_counts_once_a_second_person_found_the_reason_good() -> None:
    far = date(2027, 1, 15)
    alone = case_after(decided(far), notified(far))
    assert respond_by(alone) == LIMIT
    assert alone.now_at.extensions[0].wants_second
    seconded = ExtensionSeconded(stage=1, number=1, by="teasel")
    assert respond_by(case_after(decided(far), seconded, notified(far))) == far
    assert respond_by(case_after(decided(far), notified(far), seconded)) == far


def test_a_second_persons_word_is_for_the_extension_it_was_given_to() -> None:
    far = date(2027, 1, 15)
    seconded = ExtensionSeconded(stage=1, number=1, by="teasel")
    assert respond_by(case_after(decided(far), seconded, decided(far), notified(far))) == LIMIT


def test_deciding_anew_before_the_resident_is_told_replaces_the_decision() -> None:
    case = case_after(decided(date(2026, 12, 1)), decided(date(2026, 12, 4)))
    (one,) = case.now_at.extensions
    assert one.new_date == date(2026, 12, 4)


def test_a_second_extension_leaves_the_first_on_record() -> None:
    first = (decided(date(2026, 12, 1)), notified(date(2026, 12, 1)))
    second = (
        decided(date(2026, 12, 4), number=2),
        notified(date(2026, 12, 4), date(2026, 12, 1), number=2),
    )
    case = case_after(*first, *second)
    assert respond_by(case) == date(2026, 12, 4)
    assert [one.new_date for one in case.now_at.extensions] == [
        date(2026, 12, 1),
        date(2026, 12, 4),
    ]
    assert case.now_at.extended_to == date(2026, 12, 4)


def test_a_notice_without_a_decision_on_record_still_counts() -> None:
    assert respond_by(case_after(notified(date(2026, 12, 4)))) == date(2026, 12, 4)


def test_stage_2_begins_without_the_extensions_of_stage_1() -> None:
    case = case_after(
        notified(date(2026, 12, 4)),
        EscalationRequested(message=2, received_on=date(2026, 12, 14), received_basis="file_time"),
    )
    assert (case.now_at.extensions, case.now_at.extended_to) == ((), None)
    assert case.stages[1].extended_to == date(2026, 12, 4)


def test_an_event_about_a_stage_the_case_never_reached_changes_nothing() -> None:
    for event in (decided(LIMIT, stage=2), notified(LIMIT, stage=2)):
        assert case_after(event) == case_after()


def test_a_corrected_day_of_receipt_does_not_bring_the_clock_to_a_stop() -> None:
    later = ReceivedCorrected(stage=1, received_on=date(2026, 11, 9), because="post room")
    case = case_after(notified(date(2026, 12, 4), date(2026, 11, 6)), later)
    assert respond_by(case) == ORIGINAL


# Keeping the resident informed (Code 5.9)


def update_due(case: Case, today: date = TOLD) -> date | None:
    steps = next_steps(case, today, CODE, ENGLAND_AND_WALES)
    (step,) = [step for step in steps if step.duty == "update"]
    assert step.clause == "5.9"
    return step.due


def test_nobody_is_owed_updates_while_nothing_was_extended() -> None:
    steps = next_steps(case_after(), TOLD, CODE, ENGLAND_AND_WALES)
    assert [step.duty for step in steps] == ["respond"]


def test_the_first_update_is_due_an_interval_after_the_notice() -> None:
    case = case_after(notified(date(2026, 12, 4), update_interval=5))
    assert update_due(case) == date(2026, 11, 25)


def test_an_extension_without_an_interval_asks_for_one() -> None:
    assert update_due(case_after(notified(date(2026, 12, 4)))) is None


@pytest.mark.parametrize(
    "update",
    [
        sent("progress_update", date(2026, 11, 25)),
        NoteLogged(channel="telephone", on=date(2026, 11, 25), updates_resident=True),
    ],
    ids=["letter", "telephone"],
)
def test_each_update_starts_the_interval_anew(update: CaseEvent) -> None:
    case = case_after(notified(date(2026, 12, 4), update_interval=5), update)
    assert update_due(case) == date(2026, 11, 30)


def test_a_note_that_updates_nobody_starts_nothing_anew() -> None:
    note = NoteLogged(channel="visit", on=date(2026, 11, 25))
    case = case_after(notified(date(2026, 12, 4), update_interval=5), note)
    assert update_due(case) == date(2026, 11, 25)


def test_an_interval_agreed_later_holds_from_then_on() -> None:
    note = NoteLogged(channel="telephone", on=date(2026, 11, 25), update_interval=2)
    assert update_due(case_after(notified(date(2026, 12, 4)), note)) == date(2026, 11, 27)


def test_an_older_note_recorded_late_does_not_turn_the_clock_back() -> None:
    late = NoteLogged(channel="telephone", on=date(2026, 11, 18), updates_resident=True)
    case = case_after(notified(date(2026, 12, 4), update_interval=5), late)
    assert update_due(case) == date(2026, 11, 25)


def test_an_overdue_update_stands_before_a_response_still_to_come() -> None:
    case = case_after(notified(date(2026, 12, 4), update_interval=5))
    (first, *_) = next_steps(case, date(2026, 11, 26), CODE, ENGLAND_AND_WALES)
    assert (first.duty, first.overdue) == ("update", True)


# The record


@pytest.mark.parametrize(
    "event",
    [
        decided(date(2027, 1, 15), good_reason="The roof.", update_interval=7),
        ExtensionSeconded(stage=1, number=1, by="teasel"),
        notified(date(2026, 12, 4), letter="CMP-2026-000001-L2", update_interval=7),
        NoteLogged(on=TOLD, text="She rang.", updates_resident=True, update_interval=7),
    ],
    ids=lambda event: event.kind,
)
def test_an_event_lives_on_from_its_two_halves_and_without_the_erasable_one(
    event: CaseEvent,
) -> None:
    assert revive(event.chained(), event.personal()) == event
    erased = revive(event.chained(), None)
    assert erased.chained() == event.chained()
    assert not {"reasons", "good_reason", "text"} & set(event.chained())
    assert case_after(erased).reference == "CMP-2026-000001"


def test_a_note_as_it_was_written_before_updates_were_recorded_is_still_read() -> None:
    old = {"kind": "note_logged", "channel": "telephone", "on": "2026-11-12"}
    note = revive(old, {"text": "She rang."})
    assert note == NoteLogged(channel="telephone", on=date(2026, 11, 12), text="She rang.")
    assert case_after(note).now_at.updated_on is None


def test_an_extension_letter_sent_before_its_facts_were_recorded_is_still_read() -> None:
    case = case_after(sent("stage1_extension", TOLD))
    assert (respond_by(case), case.now_at.extensions) == (ORIGINAL, ())
