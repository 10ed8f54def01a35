"""More time is decided by one person, told to the resident in writing, and only then counted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from correspondence.cases.next_steps import clock, next_steps
from correspondence.casework.acting import ourselves
from correspondence.casework.drafting.approve import check_letter
from correspondence.casework.drafting.draft import draft
from correspondence.casework.drafting.extend import (
    Extended,
    ExtensionForm,
    content_of,
    decide,
    lacks,
    second,
)
from correspondence.casework.handling.log import Closing, Note, close, log_note
from correspondence.casework.sending.dispatch import record_sent, send
from correspondence.errors import LetterIncomplete, NotAllowed, NotKnown
from correspondence.letters.contents import CONTENTS
from correspondence.letters.kinds import LetterKind
from correspondence.letters.text import LetterText, Paragraph, Run
from correspondence.store import case_files, letters
from correspondence.store.letters import NewRevision
from tests.jobs import corpus

if TYPE_CHECKING:
    from correspondence.cases.case import StageRecord
    from correspondence.casework.acting import Actor
    from tests.casework.bureau import Bureau

pytestmark = pytest.mark.slow

CASE = "CMP-2026-000001"
DUE, LIMIT = date(2026, 12, 4), date(2026, 12, 18)
"""Acknowledged on Friday 20 November 2026."""
REASONS = ("The roof can only be opened once the scaffold stands on 1 December.",)


@pytest.fixture
def desk(drafted_desk: Bureau) -> Bureau:
    """An office whose one complaint was acknowledged today."""
    letter = f"{CASE}-L1"
    drafted_desk.approve(letter)
    drafted_desk.send(letter)
    drafted_desk.sent(letter)
    return drafted_desk


def extend(desk: Bureau, new: date, actor: Actor | None = None, **more: Any) -> Extended:
    form = ExtensionForm(new_date=new, **({"reasons": REASONS, "update_interval": 7} | more))
    return decide(desk.house, CASE, form, now=desk.now, actor=actor or desk.rowan)


def record(desk: Bureau) -> StageRecord:
    return desk.case(CASE).now_at


def respond_by(desk: Bureau) -> date | None:
    house = desk.house
    return clock(desk.case(CASE), house.timescales, house.calendar).respond_by


def letter_of(desk: Bureau, kind: str = "stage1_extension", status: str = "handed_over") -> str:
    """A letter of that kind on its way, whatever its template says."""
    text = LetterText(blocks=(Paragraph(runs=(Run(text="We need more time."),)),))
    with desk.house.database.writing() as conn:
        letter = letters.new_letter(
            conn, reference=CASE, kind=kind, stage=1, message_id=f"{kind}@x", now=desk.now
        )
        revision = NewRevision(text.digest(), text.model_dump(mode="json"), {}, {}, "More", "More")
        letters.add_revision(conn, letter, revision, by="rowan", now=desk.now)
        if status != "draft":
            letters.approve(conn, letter, digest=text.digest(), by="rowan", now=desk.now)
        if status == "handed_over":
            letters.begin_sending(conn, letter, digest=text.digest(), now=desk.now)
            letters.hand_over(conn, letter, now=desk.now)
    return letter


# Deciding


def test_an_extension_is_on_record_and_moves_nothing_until_the_resident_is_told(
    either_desk: Bureau,
) -> None:
    assert either_desk.acknowledged(corpus.complaint(0, either_desk.now)) == CASE
    said = extend(either_desk, date(2026, 12, 11))
    assert (said.original_due, said.limit, said.number) == (DUE, LIMIT, 1)
    assert (said.notified_on, said.wants_second, said.remarks) == (None, False, ())
    assert respond_by(either_desk) == DUE
    pending = record(either_desk).pending_extension
    assert pending is not None
    assert (pending.decided_by, pending.reasons) == ("rowan", REASONS)
    assert either_desk.events(CASE)[-1] == "extension_decided"


def test_the_letter_that_is_sent_moves_the_clock_with_what_was_decided(desk: Bureau) -> None:
    extend(desk, date(2026, 12, 11))
    letter = letter_of(desk)
    desk.days_pass(3)
    record_sent(desk.house, letter, on=desk.now.date(), now=desk.now, actor=desk.rowan)
    assert desk.events(CASE)[-2:] == ["letter_sent", "extension_notified"]
    (one,) = record(desk).extensions
    assert (one.notified_on, one.letter) == (desk.now.date(), letter)
    assert respond_by(desk) == date(2026, 12, 11)
    with desk.house.database.reading() as conn:
        assert case_files.row(conn, CASE).next_due == desk.now.date() + timedelta(days=7)


def test_a_letter_that_goes_after_the_day_moves_nothing(desk: Bureau) -> None:
    extend(desk, date(2026, 12, 11))
    letter = letter_of(desk)
    desk.days_pass(17)
    record_sent(desk.house, letter, on=date(2026, 12, 7), now=desk.now, actor=desk.rowan)
    assert respond_by(desk) == DUE


def test_another_letter_that_is_sent_tells_of_no_extension(desk: Bureau) -> None:
    extend(desk, date(2026, 12, 11))
    letter = letter_of(desk, "progress_update")
    record_sent(desk.house, letter, on=desk.now.date(), now=desk.now, actor=desk.rowan)
    assert record(desk).pending_extension is not None
    assert record(desk).updated_on == desk.now.date()


def test_one_that_was_written_by_other_means_is_recorded_with_its_day(desk: Bureau) -> None:
    desk.days_pass(5)
    said = extend(desk, date(2026, 12, 11), notified_on=date(2026, 11, 23))
    assert said.notified_on == date(2026, 11, 23)
    assert respond_by(desk) == date(2026, 12, 11)
    assert desk.events(CASE)[-2:] == ["extension_decided", "extension_notified"]


def test_a_notice_recorded_as_given_too_late_is_flagged_and_buys_no_time(desk: Bureau) -> None:
    desk.days_pass(20)
    said = extend(desk, date(2026, 12, 18), notified_on=date(2026, 12, 7))
    assert any("buys no time" in remark for remark in said.remarks)
    assert respond_by(desk) == DUE


@pytest.mark.parametrize(
    ("new", "more", "why"),
    [
        (DUE, {}, "extends nothing"),
        (LIMIT + timedelta(days=3), {}, "good reason"),
        (date(2026, 11, 19), {}, "still to come"),
        (date(2026, 12, 11), {"notified_on": date(2026, 11, 21)}, "cannot have been told"),
        (date(2026, 12, 11), {"notified_on": date(2026, 11, 1)}, "cannot have been told"),
    ],
)
def test_what_cannot_be_extended_is_refused_with_its_reason(
    desk: Bureau, new: date, more: dict[str, Any], why: str
) -> None:
    before = desk.events(CASE)
    with pytest.raises(NotAllowed, match=why):
        extend(desk, new, **more)
    assert desk.events(CASE) == before


def test_a_closed_case_and_one_that_is_not_there_are_not_extended(desk: Bureau) -> None:
    closing = Closing(reason="withdrawn", on=desk.now.date())
    close(desk.house, CASE, closing, now=desk.now, actor=desk.rowan)
    with pytest.raises(NotAllowed, match="closed"):
        extend(desk, date(2026, 12, 11))
    form = ExtensionForm(new_date=DUE, reasons=REASONS)
    with pytest.raises(NotKnown):
        decide(desk.house, "CMP-2026-000009", form, now=desk.now, actor=desk.rowan)


def test_an_answered_stage_is_not_extended(desk: Bureau) -> None:
    letter = letter_of(desk, "stage1_response")
    record_sent(desk.house, letter, on=desk.now.date(), now=desk.now, actor=desk.rowan)
    with pytest.raises(NotAllowed, match="answered"):
        extend(desk, date(2026, 12, 11))


def test_the_machine_never_extends_anything(desk: Bureau) -> None:
    with pytest.raises(NotAllowed, match="named person"):
        extend(desk, date(2026, 12, 11), ourselves())
    with pytest.raises(NotAllowed, match="named person"):
        second(desk.house, CASE, now=desk.now, actor=ourselves())


@pytest.mark.parametrize("reasons", [(), ("",), ("  ",), ("[insert reason]",), ("TBC",)])
def test_an_extension_without_its_reason_cannot_even_be_written_down(
    reasons: tuple[str, ...],
) -> None:
    with pytest.raises(ValueError, match="reasons"):
        ExtensionForm(new_date=DUE, reasons=reasons)


# Beyond the limit

FAR = date(2027, 1, 15)


def far(desk: Bureau) -> Extended:
    return extend(desk, FAR, good_reason="The scaffold was blown down on 18 November.")


def test_beyond_the_limit_a_second_person_stands_behind_the_good_reason(desk: Bureau) -> None:
    said = far(desk)
    assert said.wants_second
    assert any("second person" in remark for remark in said.remarks)
    assert "(Code 6.4)" in " ".join(lacks(desk.case(CASE), 1))
    assert not second(desk.house, CASE, now=desk.now, actor=desk.teasel).wants_second
    assert lacks(desk.case(CASE), 1) == ()
    letter = letter_of(desk)
    record_sent(desk.house, letter, on=desk.now.date(), now=desk.now, actor=desk.rowan)
    assert respond_by(desk) == FAR


def test_nobody_is_their_own_second(desk: Bureau) -> None:
    far(desk)
    with pytest.raises(NotAllowed, match="somebody else"):
        second(desk.house, CASE, now=desk.now, actor=desk.rowan)
    assert record(desk).extensions[0].wants_second


def test_where_nothing_waits_there_is_nothing_to_stand_behind(desk: Bureau) -> None:
    for _ in range(2):
        with pytest.raises(NotAllowed, match="waits for a second"):
            second(desk.house, CASE, now=desk.now, actor=desk.teasel)
        extend(desk, date(2026, 12, 11))


def test_a_resident_told_before_a_second_person_agreed_counts_to_the_limit_until_then(
    desk: Bureau,
) -> None:
    today = desk.now.date()
    extend(desk, FAR, good_reason="The scaffold was blown down.", notified_on=today)
    assert respond_by(desk) == LIMIT
    second(desk.house, CASE, now=desk.now, actor=desk.teasel)
    assert respond_by(desk) == FAR


# Deciding anew, and again


def test_deciding_anew_replaces_what_the_resident_was_not_told_and_voids_its_letter(
    desk: Bureau,
) -> None:
    extend(desk, date(2026, 12, 11))
    letter = letter_of(desk, status="approved")
    extend(desk, date(2026, 12, 16))
    assert desk.letter(letter).status == "draft"
    (one,) = record(desk).extensions
    assert one.new_date == date(2026, 12, 16)
    with pytest.raises(NotAllowed):
        send(desk.house, letter, now=desk.now, actor=desk.rowan)


def test_while_its_letter_is_on_its_way_nothing_else_is_decided(desk: Bureau) -> None:
    extend(desk, date(2026, 12, 11))
    letter = letter_of(desk)
    with pytest.raises(NotAllowed, match=f"letter sent {letter}"):
        extend(desk, date(2026, 12, 16))
    assert respond_by(desk) == DUE


def test_a_second_extension_is_flagged_and_held_to_the_same_limit(desk: Bureau) -> None:
    extend(desk, date(2026, 12, 11), notified_on=desk.now.date())
    desk.days_pass(18)
    said = extend(desk, date(2026, 12, 16), notified_on=desk.now.date())
    assert (said.number, said.original_due, said.limit) == (2, DUE, LIMIT)
    assert any("extension 2" in remark for remark in said.remarks)
    assert respond_by(desk) == date(2026, 12, 16)
    with pytest.raises(NotAllowed, match="good reason"):
        extend(desk, LIMIT + timedelta(days=3))


# Its letter


def test_an_extension_letter_lacks_whatever_was_not_decided(desk: Bureau) -> None:
    assert "decide it first" in " ".join(lacks(desk.case(CASE), 1))


def test_the_letter_tells_what_was_decided(desk: Bureau) -> None:
    with pytest.raises(NotAllowed, match="decide it first"):
        content_of(desk.case(CASE), 1)
    extend(desk, date(2026, 12, 11), update_interval=None)
    with pytest.raises(NotAllowed, match=r"5\.9"):
        content_of(desk.case(CASE), 1)
    extend(desk, date(2026, 12, 11), update_interval=14)
    content = content_of(desk.case(CASE), 1)
    assert content == CONTENTS[LetterKind.STAGE1_EXTENSION].model_validate(
        {
            "original_date": DUE,
            "new_date": date(2026, 12, 11),
            "reasons": REASONS,
            "update_interval": 14,
        }
    )


def test_an_extension_is_drafted_approved_and_sent_and_moves_the_clock(desk: Bureau) -> None:
    kind = LetterKind.STAGE1_EXTENSION
    house, press = desk.house, desk.press
    with pytest.raises(NotAllowed, match="decide it first"):
        draft(house, press, CASE, kind, now=desk.now, actor=desk.rowan)
    extend(desk, date(2026, 12, 11))
    drafted = draft(house, press, CASE, kind, now=desk.now, actor=desk.rowan)
    assert drafted.missing == ()
    said = str(desk.revision(drafted.letter).text)
    assert REASONS[0] in said
    assert "Friday 11 December 2026" in said
    desk.approve(drafted.letter, desk.teasel)
    desk.send(drafted.letter)
    desk.sent(drafted.letter)
    assert respond_by(desk) == date(2026, 12, 11)


def test_deciding_anew_after_drafting_leaves_the_old_letter_unapproved(desk: Bureau) -> None:
    extend(desk, date(2026, 12, 11))
    kind = LetterKind.STAGE1_EXTENSION
    drafted = draft(desk.house, desk.press, CASE, kind, now=desk.now, actor=desk.rowan)
    extend(desk, date(2026, 12, 16))
    with pytest.raises(LetterIncomplete, match="16 December"):
        desk.approve(drafted.letter)
    again = draft(desk.house, desk.press, CASE, kind, now=desk.now, actor=desk.rowan)
    assert again.letter == drafted.letter
    assert desk.approve(again.letter).approved_by == "rowan"


def test_a_letter_beyond_the_limit_waits_for_the_second_person(desk: Bureau) -> None:
    kind = LetterKind.STAGE1_EXTENSION
    house, press = desk.house, desk.press
    far(desk)
    drafted = draft(house, press, CASE, kind, now=desk.now, actor=desk.rowan)
    assert "second person" in " ".join(drafted.missing)
    with pytest.raises(LetterIncomplete, match="second person"):
        desk.approve(drafted.letter)
    second(house, CASE, now=desk.now, actor=desk.teasel)
    assert "blown down" in str(desk.revision(drafted.letter).text)
    assert desk.approve(drafted.letter).approved_by == "rowan"
    findings = check_letter(house, press, drafted.letter, now=desk.now).findings
    (limit,) = [item for item in findings.words.items if item.id == "within_limit"]
    assert (limit.met, limit.required) == ("unsure", False)
    desk.send(drafted.letter)
    desk.sent(drafted.letter)
    assert respond_by(desk) == FAR


# Keeping the resident informed (Code 5.9)


def test_an_update_by_telephone_starts_the_interval_anew(desk: Bureau) -> None:
    extend(desk, date(2026, 12, 11), notified_on=desk.now.date(), update_interval=5)
    desk.days_pass(4)
    note = Note(on=desk.now.date(), channel="telephone", text="Told how it goes.",
                updates_resident=True)  # fmt: skip
    log_note(desk.house, CASE, note, now=desk.now, actor=desk.rowan)
    steps = next_steps(desk.case(CASE), desk.now.date(), desk.house.timescales, desk.house.calendar)
    assert [(step.duty, step.due) for step in steps] == [
        ("update", desk.now.date() + timedelta(days=5)),
        ("respond", date(2026, 12, 11)),
    ]
