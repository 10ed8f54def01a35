"""What is due is said once, the words it asks for are drafted once, whatever came between."""

from __future__ import annotations

import json
from datetime import date, timedelta
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

import pytest

from correspondence.cases.events import LetterWithdrawn
from correspondence.casework.acting import ourselves
from correspondence.casework.drafting import words_owed
from correspondence.casework.drafting.draft import draft
from correspondence.casework.drafting.extend import ExtensionForm, decide
from correspondence.casework.following.deadlines import KeptDeadlines, keep_deadlines
from correspondence.casework.following.follow_up import complete, revise
from correspondence.casework.handling.log import Note, log_note
from correspondence.errors import LetterIncomplete
from correspondence.letters.contents import CONTENTS
from correspondence.letters.kinds import LetterKind
from correspondence.settings import PROFILE_NAME
from correspondence.store import case_files, letters, notices
from correspondence.store.letters import NewRevision
from tests.casework.bureau import Bureau, at_work
from tests.casework.drafting.test_decided import RESPONSE
from tests.casework.following.test_follow_up import CASE, GUTTER, opened, sent
from tests.jobs import corpus

if TYPE_CHECKING:
    from pathlib import Path

    from correspondence.letters.pool import LetterPress
    from correspondence.store.notices import NoticeRow


def sweep(desk: Bureau) -> KeptDeadlines:
    kept = keep_deadlines(desk.house, desk.press, now=desk.now, actor=ourselves())
    assert kept.problems == []
    return kept


def given(desk: Bureau) -> list[tuple[str, str]]:
    return [(one.duty, one.standing) for one in sweep(desk).given]


def standing(desk: Bureau) -> list[NoticeRow]:
    with desk.house.database.reading() as conn:
        return list(notices.standing(conn))


def drafts(desk: Bureau, kind: LetterKind) -> list[str]:
    return [row.id for row in desk.letters(CASE) if row.kind == kind and row.status == "draft"]


def content(desk: Bureau, letter: str) -> dict[str, Any]:
    with desk.house.database.reading() as conn:
        return letters.revision(conn, letter).content


def test_each_deadline_is_said_once_for_each_way_it_stands(either_desk: Bureau) -> None:
    desk = either_desk
    opened(desk)  # Friday 20 November; acknowledge by 27 November, respond by 11 December
    assert given(desk) == []
    desk.days_pass(5)
    assert given(desk) == [("acknowledge", "soon")]
    assert given(desk) == []
    desk.days_pass(2)
    assert given(desk) == [("acknowledge", "due")]
    desk.days_pass(1)
    assert given(desk) == [("acknowledge", "overdue")]
    assert given(desk) == []
    assert [(one.duty, one.standing) for one in standing(desk)] == [("acknowledge", "overdue")]
    assert standing(desk)[0].clause == "6.2"


def test_after_a_week_away_what_became_overdue_is_said_once_as_overdue(desk: Bureau) -> None:
    opened(desk)
    desk.days_pass(14)
    assert given(desk) == [("acknowledge", "overdue")]
    desk.days_pass(30)
    assert given(desk) == [("respond", "overdue")]


def test_what_is_done_no_longer_stands(desk: Bureau) -> None:
    reference = opened(desk)
    desk.days_pass(5)
    sweep(desk)
    sent(desk, reference, LetterKind.STAGE1_RESPONSE, RESPONSE)
    sweep(desk)
    assert [one.duty for one in standing(desk)] == []


def test_a_day_that_moves_and_moves_back_is_not_said_twice(either_desk: Bureau) -> None:
    desk = either_desk
    sent(desk, opened(desk), LetterKind.STAGE1_RESPONSE, RESPONSE)
    desk.days_pass(13)  # the gutter is due tomorrow
    assert ("action", "soon") in given(desk)
    house, rowan = desk.house, desk.rowan
    revise(house, GUTTER, to=date(2026, 12, 24), because="Rain", now=desk.now, actor=rowan)
    sweep(desk)
    assert not [one for one in standing(desk) if one.about == GUTTER and one.duty == "action"]
    revise(house, GUTTER, to=date(2026, 12, 4), because="Dry again", now=desk.now, actor=rowan)
    assert ("action", "soon") not in given(desk)
    assert [one.about for one in standing(desk) if one.duty == "action"] == [GUTTER]


def test_nothing_is_looked_at_twice_while_nothing_changes(desk: Bureau) -> None:
    opened(desk)
    desk.days_pass(5)
    assert sweep(desk).looked_at == 1
    assert sweep(desk).looked_at == 0
    desk.days_pass(1)
    assert sweep(desk).looked_at == 1


def test_what_can_still_be_extended_is_said_while_it_can(desk: Bureau) -> None:
    opened(desk)
    desk.days_pass(19)  # Wednesday 9 December; the response is due on the 11th
    assert ("extend_by", "soon") in given(desk)
    desk.days_pass(3)
    assert "extend_by" not in [duty for duty, _ in given(desk)]


def kept_informed(desk: Bureau) -> None:
    """A complaint whose answer is late, with word agreed for every seven days."""
    reference = opened(desk)
    note = Note(on=desk.now.date(), text="Agreed on the telephone.", update_interval=7)
    log_note(desk.house, reference, note, now=desk.now, actor=desk.rowan)
    desk.days_pass(42)


def test_an_update_that_is_due_is_drafted_once_from_what_is_on_record(desk: Bureau) -> None:
    kept_informed(desk)
    (made,) = sweep(desk).drafted
    assert made.kind is LetterKind.PROGRESS_UPDATE
    said = content(desk, made.letter)
    assert said["apology"]
    assert date.fromisoformat(said["next_update_on"]) > desk.now.date()
    assert sweep(desk).drafted == []
    desk.days_pass(1)
    assert sweep(desk).drafted == []
    assert drafts(desk, LetterKind.PROGRESS_UPDATE) == [made.letter]


def test_a_draft_that_somebody_put_away_is_not_drafted_again(desk: Bureau) -> None:
    kept_informed(desk)
    (made,) = sweep(desk).drafted
    with desk.house.database.writing() as conn:
        letters.withdraw(conn, made.letter, now=desk.now)
    desk.days_pass(1)
    assert sweep(desk).drafted == []


def test_an_extension_that_was_decided_is_drafted_before_its_day(drafted_desk: Bureau) -> None:
    desk = drafted_desk
    letter = f"{CASE}-L1"
    desk.approve(letter)
    desk.send(letter)
    desk.sent(letter)
    form = ExtensionForm(
        new_date=date(2026, 12, 18),
        reasons=("The roof can only be opened once the scaffold stands.",),
        update_interval=7,
    )
    decide(desk.house, CASE, form, now=desk.now, actor=desk.rowan)
    (made,) = sweep(desk).drafted
    assert made.kind is LetterKind.STAGE1_EXTENSION
    assert sweep(desk).drafted == []


def test_an_extension_is_proposed_before_the_day_and_goes_only_once_it_is_decided(
    desk: Bureau,
) -> None:
    desk.acknowledged(corpus.complaint(0, desk.now))
    desk.days_pass(12)  # Wednesday 2 December; the response is due on the 4th
    (proposed,) = sweep(desk).drafted
    assert (proposed.kind, proposed.ok) == (LetterKind.STAGE1_EXTENSION, False)
    text = json.dumps(desk.revision(proposed.letter).text)
    assert "4 December 2026" in text
    assert "Housing Ombudsman" in text
    assert "to be decided" in text
    with pytest.raises(LetterIncomplete, match="decide it first"):
        desk.approve(proposed.letter)
    assert sweep(desk).drafted == []
    form = ExtensionForm(
        new_date=date(2026, 12, 18), reasons=("The scaffold stands late.",), update_interval=7
    )
    decide(desk.house, CASE, form, now=desk.now, actor=desk.rowan)
    (decided,) = sweep(desk).drafted
    assert (decided.letter, decided.revision, decided.ok) == (proposed.letter, 2, True)
    assert "to be decided" not in json.dumps(desk.revision(decided.letter).text)
    desk.approve(decided.letter)


def test_words_that_somebody_put_into_a_proposed_letter_are_not_written_over(desk: Bureau) -> None:
    desk.acknowledged(corpus.complaint(0, desk.now))
    desk.days_pass(12)
    (proposed,) = sweep(desk).drafted
    written = desk.revision(proposed.letter)
    with desk.house.database.writing() as conn:
        again = NewRevision(
            written.digest, written.text, {}, written.findings, "More time", "More time"
        )
        letters.add_revision(conn, proposed.letter, again, by="rowan", now=desk.now)
    form = ExtensionForm(
        new_date=date(2026, 12, 18), reasons=("The scaffold stands late.",), update_interval=7
    )
    decide(desk.house, CASE, form, now=desk.now, actor=desk.rowan)
    assert sweep(desk).drafted == []


def test_a_proposed_extension_is_withdrawn_once_the_response_went_and_never_before(
    desk: Bureau,
) -> None:
    reference = desk.acknowledged(corpus.complaint(0, desk.now))
    desk.days_pass(12)
    (proposed,) = sweep(desk).drafted
    made = draft(
        desk.house, desk.press, reference, LetterKind.STAGE1_RESPONSE,
        now=desk.now, actor=desk.rowan,
        content=CONTENTS[LetterKind.STAGE1_RESPONSE].model_validate(RESPONSE),
    )  # fmt: skip
    for step in (desk.approve, desk.send):
        step(made.letter)
        sweep(desk)
        assert desk.letter(proposed.letter).status == "draft"
    desk.sent(made.letter)
    sweep(desk)
    assert desk.letter(proposed.letter).status == "withdrawn"
    assert [one.duty for one in standing(desk) if one.letter == proposed.letter] == []
    with desk.house.database.reading() as conn:
        said = [one.event for one in case_files.history(conn, reference)]
    (withdrawn,) = [one for one in said if isinstance(one, LetterWithdrawn)]
    assert withdrawn.letter == proposed.letter
    assert withdrawn.because == (
        "The response at stage 1 went on Wednesday 2 December 2026, so there is nothing left to "
        "extend."
    )
    sweep(desk)
    assert desk.events(reference).count("letter_withdrawn") == 1


def test_no_extension_is_proposed_where_the_answer_is_ready_or_its_day_is_far(desk: Bureau) -> None:
    reference = desk.acknowledged(corpus.complaint(0, desk.now))
    desk.days_pass(5)
    assert sweep(desk).drafted == []
    made = draft(
        desk.house, desk.press, reference, LetterKind.STAGE1_RESPONSE,
        now=desk.now, actor=desk.rowan,
        content=CONTENTS[LetterKind.STAGE1_RESPONSE].model_validate(RESPONSE),
    )  # fmt: skip
    desk.approve(made.letter)
    desk.days_pass(7)
    assert sweep(desk).drafted == []


def test_the_resident_is_told_of_a_moved_day_and_of_what_is_done(desk: Bureau) -> None:
    sent(desk, opened(desk), LetterKind.STAGE1_RESPONSE, RESPONSE)
    desk.days_pass(4)
    new = date(2026, 12, 18)
    revise(
        desk.house, GUTTER, to=new, because="The scaffold is late", now=desk.now, actor=desk.rowan
    )
    (update,) = sweep(desk).drafted
    said = content(desk, update.letter)
    assert (said["promised_for"], said["new_date"]) == ("2026-12-04", "2026-12-18")
    assert said["why_moved"] == "The scaffold is late"
    complete(
        desk.house, f"{CASE}-A2", on=desk.now.date(), evidence="The bank's list.",
        now=desk.now, actor=desk.rowan,
    )  # fmt: skip
    (done,) = sweep(desk).drafted
    assert done.kind is LetterKind.ACTION_COMPLETION
    assert content(desk, done.letter)["finished_on"] == desk.now.date().isoformat()
    assert sweep(desk).drafted == []


def test_what_was_done_long_ago_is_not_written_about(desk: Bureau) -> None:
    sent(desk, opened(desk), LetterKind.STAGE1_RESPONSE, RESPONSE)
    complete(
        desk.house, GUTTER, on=desk.now.date(), evidence="Seen.", now=desk.now, actor=desk.rowan
    )
    desk.days_pass(60)
    assert LetterKind.ACTION_COMPLETION not in [one.kind for one in sweep(desk).drafted]


def chasing(desk: Bureau) -> Path:
    """The office's profile with an owner to be written to."""
    profile = desk.house.office.folder / PROFILE_NAME
    text = profile.read_text("utf-8")
    shown = '# owners = { "Our roofing contractor" = "jobs@roofing.example" }'
    assert shown in text, "the sample profile shows how owners are named"
    profile.write_text(
        text.replace(shown, 'owners = { "our  ROOFER" = "jobs@roofing.example" }'), "utf-8"
    )
    return desk.house.office.folder


def test_whoever_does_an_action_is_chased_once_and_told_nobodys_name(
    desk: Bureau, press: LetterPress
) -> None:
    folder = chasing(desk)
    with at_work(folder, press) as again:
        sent(again, opened(again), LetterKind.STAGE1_RESPONSE, RESPONSE)
        again.collect()
        again.days_pass(15)
        assert sweep(again).chased == 1
        (name,) = [one for one in again.outbox_files() if "chaser" in one]
        mail = message_from_bytes(again.outbox_files()[name], policy=policy.default)
        assert mail["To"] == "jobs@roofing.example"
        assert mail["Auto-Submitted"] == "auto-generated"
        text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
        assert "overdue" in text
        assert "The gutter will be replaced." in text
        assert "Wenna" not in mail.as_string()
        again.collect()
        assert sweep(again).chased == 0
        again.days_pass(1)
        assert sweep(again).chased == 0
        assert [one for one in again.outbox_files() if "chaser" in one] == []


def test_the_clocks_of_a_danger_stand_until_somebody_has_seen_the_alert(desk: Bureau) -> None:
    raw = corpus.mail(
        "I want to make a complaint. There is a strong smell of gas in my kitchen.",
        sender="Ede Ferrant <ede@example.net>",
        subject="Formal complaint",
        message_id="gas.1@mail.example.net",
        sent=desk.now,
        received=desk.now,
    )
    desk.receive(raw)
    desk.now += timedelta(hours=21)
    assert ("make_safe", "soon") in given(desk)
    desk.now += timedelta(hours=4)
    assert ("make_safe", "overdue") in given(desk)
    assert ("make_safe", "overdue") not in given(desk)


def test_a_case_that_cannot_be_read_holds_no_other_up(desk: Bureau) -> None:
    first, second = opened(desk), opened(desk)
    with desk.house.database.writing() as conn:
        conn.exec_driver_sql(
            "UPDATE events SET body = replace(body, 'telephone', 'letter') "
            f"WHERE stream = '{first}'"
        )
    desk.days_pass(7)
    kept = keep_deadlines(desk.house, desk.press, now=desk.now, actor=ourselves())
    assert [one.subject for one in kept.given] == [second]
    assert first in kept.problems[0]


def test_the_main_job_keeps_deadlines(desk: Bureau) -> None:
    opened(desk)
    desk.days_pass(7)
    worked = desk.run()
    assert worked.notices == 1
    assert worked.document()["notices"] == 1
    assert desk.run().notices == 0


@pytest.mark.slow
@pytest.mark.parametrize("change", [date(2026, 10, 25), date(2027, 3, 28)])
def test_every_notice_comes_once_whatever_the_clocks_do(desk: Bureau, change: date) -> None:
    desk.now = desk.now.replace(year=change.year, month=change.month, day=change.day, hour=22)
    desk.now -= timedelta(days=8)
    opened(desk)
    said: list[tuple[str, str]] = []
    for _ in range(24 * 2):  # every half day over the change
        desk.now += timedelta(hours=12)
        said += [(one.duty, one.standing) for one in sweep(desk).given]
    assert len(said) == len(set(said))
    assert {("acknowledge", "soon"), ("acknowledge", "due"), ("acknowledge", "overdue")} <= set(
        said
    )


def test_a_notice_of_a_draft_stands_until_the_letter_has_gone(desk: Bureau) -> None:
    kept_informed(desk)
    (made,) = sweep(desk).drafted
    (held,) = [one for one in standing(desk) if one.duty in words_owed.DUTIES]
    assert held.letter == made.letter
    with desk.house.database.reading() as conn:
        assert case_files.load(conn, CASE).letters[-1].letter == made.letter
