"""A letter by post is printed once, is sent once it is posted, and owed again if brought back."""

from __future__ import annotations

import subprocess
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from correspondence.cases.events import LetterPosting
from correspondence.casework.doctor import examine
from correspondence.casework.handling.adjust import adjust
from correspondence.casework.handling.log import Closing, close
from correspondence.casework.keeping.retention import erase
from correspondence.casework.sending import pause
from correspondence.casework.sending.dispatch import record_sent
from correspondence.casework.sending.leave import leave
from correspondence.casework.sending.posted import ASK_EVERY
from correspondence.casework.sending.submit import IN_FLIGHT, done_of, not_sent
from correspondence.casework.taking_in.came_back import brought_back
from correspondence.errors import CorrespondenceError, NoCredential
from correspondence.store import case_files, postings
from tests.casework.bureau import LETTER, Bureau, at_work, bureau, state
from tests.cli.command import ENVIRONMENT, TOP, program
from tests.jobs.corpus import complaint
from tests.jobs.office import change_profile, make_office, rows
from tests.postroom.notify_stand_in import VARIABLE, NotifyStandIn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from correspondence.letters.pool import LetterPress
    from tests.postroom.faulty_line import When

pytestmark = pytest.mark.slow

CASE = "CMP-2026-000001"


@pytest.fixture(scope="module")
def by_post(
    tmp_path_factory: pytest.TempPathFactory, prepared: dict[str, Path], press: LetterPress
) -> Path:
    """An office with one acknowledgement approved that goes by post."""
    folder = tmp_path_factory.mktemp("by-post") / "office"
    make_office(folder, prepared["approved"])
    with at_work(folder, press) as desk:
        adjust(desk.house, desk.press, CASE, {"by": "post"}, now=desk.now, actor=desk.rowan)
        desk.approve(LETTER)
    return folder


@pytest.fixture
def folder(tmp_path: Path, by_post: Path, notify: NotifyStandIn) -> Path:
    """The same, whose letters are posted by Notify."""
    made = tmp_path / "office"
    make_office(made, by_post)
    posted_by(made, "notify")
    change_profile(
        made, '# url = "https://api.notifications.service.gov.uk"', f'url = "{notify.url}"'
    )
    return made


def posted_by(office: Path, way: str) -> None:
    change_profile(office, '# post = "outbox"', f'post = "{way}"')


@pytest.fixture
def desk(folder: Path, press: LetterPress) -> Iterator[Bureau]:
    with at_work(folder, press) as made:
        yield made


def later(desk: Bureau, by: timedelta = ASK_EVERY) -> list[str]:
    """A run after that time; what a person has to know."""
    desk.now += by
    return desk.run().problems


def test_a_letter_by_post_is_sent_once_notify_says_that_it_was_posted_and_not_before(
    desk: Bureau, notify: NotifyStandIn
) -> None:
    handed = desk.send(LETTER)
    assert handed.submission is not None
    assert "sent once it is known to be posted" in done_of(LETTER, handed.submission)
    assert desk.outbox_files() == {}
    (letter,) = notify.letters
    assert letter["pdf"] == desk.house.documents.fetch(desk.revision(LETTER).print_sha256 or "")
    assert (desk.letter(LETTER).status, desk.letter(LETTER).sent_on) == ("handed_over", None)
    for status in ("created", "sending"):
        notify.wish("become", status=status)
        assert later(desk) == []
        assert desk.letter(LETTER).status == "handed_over"
        assert desk.case(CASE).now_at.acknowledged_on is None
    notify.wish("become", status="delivered", at="2026-11-23T17:30:00+00:00")
    desk.days_pass(4)
    assert desk.run().problems == []
    assert (desk.letter(LETTER).status, desk.letter(LETTER).sent_on) == ("sent", date(2026, 11, 23))
    assert desk.case(CASE).now_at.acknowledged_on == date(2026, 11, 23)
    assert [one for one in desk.events(CASE) if one.startswith("letter_")][-4:] == [
        "letter_posting",
        "letter_handed_over",
        "letter_printed",
        "letter_sent",
    ]
    assert "delivered" not in "".join(desk.events(CASE))


def test_its_reference_names_nobody_and_no_other_office_has_it(
    desk: Bureau, notify: NotifyStandIn
) -> None:
    desk.send(LETTER)
    (letter,) = notify.letters
    assert letter["reference"].startswith(f"{LETTER}-")
    assert len(letter["reference"]) == len(LETTER) + 13
    with desk.house.database.reading() as conn:
        (begun,) = [
            one.event
            for one in case_files.history(conn, CASE)
            if isinstance(one.event, LetterPosting)
        ]
    assert begun.posted_as == letter["reference"]


def test_what_was_printed_is_kept_with_the_case_once(desk: Bureau, notify: NotifyStandIn) -> None:
    desk.send(LETTER)
    notify.wish("become", status="created")
    later(desk)
    later(desk)
    with desk.house.database.reading() as conn:
        (kept,) = [
            one.event.printed_sha256
            for one in case_files.history(conn, CASE)
            if one.event.kind == "letter_printed"
        ]
    assert desk.house.documents.fetch(kept).endswith(b"as it was printed\n")
    assert notify.calls.count("pdf") == 1


def test_what_was_printed_is_erased_with_its_case(desk: Bureau, notify: NotifyStandIn) -> None:
    desk.send(LETTER)
    notify.wish("become", status="delivered")
    later(desk)
    with desk.house.database.reading() as conn:
        posting = postings.of_letter(conn, LETTER)
    assert posting is not None
    kept = posting.printed_sha256 or ""
    assert desk.house.documents.has(kept)
    closing = Closing(reason="withdrawn", on=desk.now.date(), because="The resident rang.")
    close(desk.house, CASE, closing, now=desk.now, actor=desk.rowan)
    erase(desk.house, CASE, because="request", now=desk.now, actor=desk.rowan, dry_run=False)
    assert not desk.house.documents.has(kept)
    with desk.house.database.reading() as conn:
        assert postings.of_letter(conn, LETTER) is None
    assert later(desk) == []


def test_letters_are_not_asked_for_more_often_than_every_quarter_of_an_hour(
    desk: Bureau, notify: NotifyStandIn
) -> None:
    desk.send(LETTER)
    desk.run()
    before = len(notify.calls)
    for _ in range(5):
        later(desk, timedelta(minutes=2))
    assert len(notify.calls) == before


def test_after_a_few_failures_in_a_row_only_a_person_is_let_try(
    desk: Bureau, notify: NotifyStandIn
) -> None:
    leave(desk.house, LETTER, now=desk.now, actor=desk.rowan)
    notify.fault("answer", status=503, on=".", times=99)
    while not (off := pause.all_standing(desk.house, now=desk.now)):
        assert "tried again" in "".join(later(desk, timedelta(hours=3)))
    assert off[0].provider == "notify"
    asked = notify.calls.count("list")
    assert asked
    problems = later(desk, timedelta(seconds=30))
    assert any("Letters are not given to GOV.UK Notify until" in one for one in problems)
    assert notify.calls.count("list") == asked
    assert desk.letter(LETTER).status == "approved"
    notify.mend()
    assert state(desk.send(LETTER)) == "given"
    assert pause.all_standing(desk.house, now=desk.now) == ()


def test_sending_again_gives_nothing_away_again(desk: Bureau, notify: NotifyStandIn) -> None:
    desk.send(LETTER)
    assert desk.send(LETTER).again
    notify.wish("become", status="delivered")
    later(desk)
    assert desk.send(LETTER).again
    assert len(notify.letters) == 1


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("validation-failed", "address or margins"),
        ("virus-scan-failed", "a virus"),
        ("permanent-failure", "cannot print it"),
        ("cancelled", "somebody cancelled it"),
    ],
)
def test_a_letter_that_is_not_printed_is_approved_as_before_and_may_go_again(
    desk: Bureau, notify: NotifyStandIn, status: str, expected: str
) -> None:
    desk.send(LETTER)
    notify.wish("become", status=status)
    (problem,) = later(desk)
    assert expected in problem
    assert desk.letter(LETTER).status == "approved"
    assert desk.case(CASE).letters[0].status == "approved"
    assert desk.case(CASE).now_at.acknowledged_on is None
    assert later(desk) == []
    assert state(desk.send(LETTER)) == "given"
    assert len(notify.letters) == 2


def test_a_technical_failure_is_never_sent_again_unless_a_person_says_so(
    desk: Bureau, notify: NotifyStandIn
) -> None:
    desk.send(LETTER)
    notify.wish("become", status="technical-failure")
    later(desk)
    for _ in range(2):
        (problem,) = later(desk, timedelta(hours=1))
        assert f"Nobody knows whether {LETTER} went" in problem
    assert desk.letter(LETTER).status == "sending"
    assert len(notify.letters) == 1
    not_sent(desk.house, LETTER, because="support says so", now=desk.now, actor=desk.rowan)
    assert state(desk.send(LETTER)) == "given"
    first, second = notify.letters
    assert second["reference"] == f"{first['reference']}-2"


def test_a_letter_of_which_nobody_knew_is_taken_up_where_notify_puts_it_right(
    desk: Bureau, notify: NotifyStandIn
) -> None:
    desk.send(LETTER)
    notify.wish("become", status="technical-failure")
    later(desk)
    notify.wish("put-right")
    later(desk)
    assert desk.letter(LETTER).status == "handed_over"
    notify.wish("become", status="delivered")
    later(desk)
    assert desk.letter(LETTER).status == "sent"
    assert len(notify.letters) == 1


def test_a_person_may_record_that_a_letter_went_of_which_nobody_knows(
    desk: Bureau, notify: NotifyStandIn
) -> None:
    desk.send(LETTER)
    notify.wish("become", status="technical-failure")
    later(desk)
    record_sent(desk.house, LETTER, on=desk.now.date(), now=desk.now, actor=desk.rowan)
    assert desk.letter(LETTER).status == "sent"
    assert later(desk) == []


@pytest.mark.slow
def test_a_test_key_sends_nothing_and_says_so(desk: Bureau, notify: NotifyStandIn) -> None:
    notify.wish("set", key_kind="test")
    desk.send(LETTER)
    notify.wish("become", status="created")
    (problem,) = later(desk)
    assert "test key" in problem
    assert desk.letter(LETTER).status == "approved"
    assert desk.case(CASE).now_at.acknowledged_on is None
    found = examine(desk.house.office.folder, now=desk.now)
    assert "nothing is printed" in " ".join(one.says for one in found if one.check == "post")
    notify.wish("set", key_kind="normal")
    assert state(desk.send(LETTER)) == "given"
    assert [one["key_kind"] for one in notify.letters] == ["test", "normal"]


def test_beyond_the_daily_limit_a_letter_goes_tomorrow_and_that_is_said(
    desk: Bureau, notify: NotifyStandIn
) -> None:
    notify.wish("set", daily_limit=0)
    handed = desk.send(LETTER)
    assert state(handed) == "waiting"
    assert handed.submission is not None
    assert "They go tomorrow" in handed.submission.because
    assert handed.submission.again_at is not None
    assert handed.submission.again_at.date() == desk.now.date() + timedelta(days=1)
    asked = notify.calls.count("post")
    later(desk, timedelta(hours=3))
    assert notify.calls.count("post") == asked
    notify.wish("set", daily_limit=10)
    desk.now = handed.submission.again_at
    assert desk.run().problems == []
    assert desk.letter(LETTER).status == "handed_over"


def test_beyond_the_limit_of_a_minute_a_letter_goes_soon(
    desk: Bureau, notify: NotifyStandIn
) -> None:
    notify.wish("set", busy_for=1)
    assert state(desk.send(LETTER)) == "waiting"
    assert later(desk, timedelta(minutes=2)) == []
    assert (desk.letter(LETTER).status, len(notify.letters)) == ("handed_over", 1)


def test_a_revoked_key_is_said_and_letters_go_once_there_is_another(
    desk: Bureau, notify: NotifyStandIn
) -> None:
    notify.wish("set", revoked=True)
    handed = desk.send(LETTER)
    assert handed.submission is not None
    assert (state(handed), "was revoked" in handed.submission.because) == ("waiting", True)
    notify.wish("set", revoked=False)
    later(desk, timedelta(minutes=2))
    assert desk.letter(LETTER).status == "handed_over"


def test_without_a_key_nothing_is_begun(
    desk: Bureau, notify: NotifyStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for given, expected in (("", "no password for notify"), ("not-a-key", "is none")):
        monkeypatch.setenv(VARIABLE, given)
        with pytest.raises(NoCredential, match=expected):
            desk.send(LETTER)
    assert desk.letter(LETTER).status == "approved"
    assert notify.letters == []


@pytest.mark.slow
def test_a_letter_broken_off_before_it_was_given_goes_once_that_is_certain(
    desk: Bureau, notify: NotifyStandIn
) -> None:
    notify.fault("reset", on="^post$")
    assert state(desk.send(LETTER)) == "uncertain"
    notify.mend()
    later(desk, timedelta(minutes=6))
    assert notify.letters == []
    later(desk, IN_FLIGHT)
    later(desk, timedelta(minutes=2))
    assert (desk.letter(LETTER).status, len(notify.letters)) == ("handed_over", 1)


@pytest.mark.slow
def test_a_letter_given_to_another_service_is_not_given_to_this_one(
    desk: Bureau, notify: NotifyStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    notify.fault("drop", on="^post$")
    notify.fault("reset", on="^list$", skip=1, times=50)
    assert state(desk.send(LETTER)) == "uncertain"
    notify.mend()
    other = "99999999-8888-4777-8666-555555555555"
    monkeypatch.setenv(VARIABLE, f"other-{other}-{other}")
    (problem,) = [one for one in later(desk, timedelta(hours=2)) if LETTER in one]
    assert "another service" in problem
    monkeypatch.setenv(VARIABLE, notify.service.key)
    later(desk, timedelta(hours=1))
    assert (desk.letter(LETTER).status, len(notify.letters)) == ("handed_over", 1)


def test_a_letter_that_the_post_brings_back_is_owed_again_by_its_old_day(
    desk: Bureau, notify: NotifyStandIn
) -> None:
    desk.send(LETTER)
    notify.wish("become", status="delivered")
    later(desk)
    assert desk.letter(LETTER).status == "sent"
    notify.wish("bring-back", on="2026-12-10")
    desk.days_pass(20)
    problems = " ".join(desk.run().problems)
    assert f"{LETTER}, the stage 1 acknowledgement, did not reach its resident" in problems
    assert "--by email" in problems
    assert desk.letter(LETTER).status == "failed"
    case = desk.case(CASE)
    assert (case.status, case.now_at.acknowledged_on) == ("to_acknowledge", None)
    assert case.unreachable_at == ""
    (anew,) = [one for one in desk.letters(CASE) if one.id != LETTER]
    assert "brought back by the post" in " ".join(desk.revision(anew.id).findings["tasks"])
    desk.days_pass(2)
    desk.run()
    assert desk.events(CASE).count("letter_failed") == 1


def test_what_is_brought_back_twice_is_on_record_once(desk: Bureau, notify: NotifyStandIn) -> None:
    desk.send(LETTER)
    told = [
        brought_back(desk.house, LETTER, because="x", now=desk.now, actor=desk.rowan)
        for _ in range(2)
    ]
    assert bool(told[0])
    assert told[1] == ""


def test_a_letter_recorded_as_sent_that_was_never_printed_is_named(
    desk: Bureau, notify: NotifyStandIn
) -> None:
    desk.send(LETTER)
    desk.sent(LETTER)
    notify.wish("become", status="validation-failed")
    (problem,) = later(desk)
    assert "Notify did not print it" in problem
    assert desk.letter(LETTER).status == "sent"


def test_a_letter_that_was_not_printed_may_go_by_the_outbox_and_by_nothing_else(
    folder: Path, press: LetterPress, notify: NotifyStandIn, tmp_path: Path
) -> None:
    with at_work(folder, press) as desk:
        desk.send(LETTER)
        notify.wish("become", status="cancelled")
        later(desk)
    change_profile(folder, 'post = "notify"', 'post = "outbox"')
    change_profile(folder, '# folder = "/srv/print-house"', f'folder = "{tmp_path / "house"}"')
    with at_work(folder, press) as desk:
        assert desk.send(LETTER).printed in desk.outbox_files()
        assert later(desk, timedelta(days=1)) == []
        assert desk.letter(LETTER).status == "handed_over"
    assert not (tmp_path / "house").exists()
    assert len(notify.letters) == 1


def test_a_letter_that_waits_too_long_at_notify_is_named(
    desk: Bureau, notify: NotifyStandIn
) -> None:
    desk.send(LETTER)
    notify.wish("become", status="created")
    (problem,) = later(desk, timedelta(days=6))
    assert "still not said to be posted" in problem
    notify.wish("forget")
    (problem,) = later(desk)
    assert "no longer knows" in problem


@pytest.mark.slow
def test_where_notify_cannot_be_asked_the_run_says_so_once_and_goes_on(
    desk: Bureau, notify: NotifyStandIn
) -> None:
    desk.send(LETTER)
    notify.fault("answer", status=503, on=".", times=99)
    problems = later(desk)
    assert any("could not be asked" in one for one in problems)
    notify.mend()
    notify.wish("become", status="delivered")
    assert later(desk, timedelta(days=1)) == []
    assert desk.letter(LETTER).status == "sent"


def test_large_print_does_not_fit_the_window_and_stays_with_a_person(
    desk: Bureau, notify: NotifyStandIn
) -> None:
    adjust(desk.house, desk.press, CASE, {"large_print": True}, now=desk.now, actor=desk.rowan)
    desk.approve(LETTER)
    handed = desk.send(LETTER)
    assert handed.submission is None
    assert handed.printed in desk.outbox_files()
    assert notify.letters == []


def test_what_a_print_house_would_send_back_is_not_given_away(
    desk: Bureau, notify: NotifyStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    from correspondence.casework.sending import posting
    from correspondence.letters.post.precheck import PostalFinding

    found = (PostalFinding("letter-too-long", "It is too long."),)
    monkeypatch.setattr(posting, "precheck", lambda _pdf: found)
    with pytest.raises(CorrespondenceError, match="too long"):
        desk.send(LETTER)
    assert (desk.letter(LETTER).status, notify.letters) == ("approved", [])


def test_an_office_restored_from_a_backup_prints_nothing_twice(
    folder: Path, tmp_path: Path, press: LetterPress, notify: NotifyStandIn
) -> None:
    backup = tmp_path / "backup"
    make_office(backup, folder)
    with at_work(folder, press) as desk:
        desk.send(LETTER)
    with at_work(backup, press) as desk:
        assert state(desk.send(LETTER)) == "given"
        assert desk.letter(LETTER).status == "handed_over"
    assert len(notify.letters) == 1


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_any_call_a_letter_is_printed_at_most_once_and_exactly_once_in_the_end(
    tmp_path: Path, folder: Path, notify: NotifyStandIn, press: LetterPress, when: When
) -> None:
    kept = {**ENVIRONMENT, VARIABLE: notify.service.key}
    for call in range(1, 12):
        office = tmp_path / f"office-{call}"
        make_office(office, folder)
        notify.wish("begin-anew")
        sending = subprocess.Popen(
            program(office, "letter", "send", LETTER, "--as", "rowan"),
            cwd=TOP,
            env=kept,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        notify.break_at(call, when, kill=sending.pid)
        status = sending.wait()
        done = len(notify.calls) < call
        notify.mend()
        (row,) = rows(office, "SELECT status FROM letters WHERE id = ?", LETTER)
        assert len(notify.letters) <= 1
        assert row["status"] in ("approved", "sending", "handed_over")
        with at_work(office, press) as desk:
            desk.now = datetime.now(UTC)
            for _ in range(2):  # found not to have gone, then sent
                desk.now += IN_FLIGHT
                desk.run()
            assert (desk.letter(LETTER).status, len(notify.letters)) == ("handed_over", 1)
        if done:
            assert status == 0
            return
        assert status < 0
    raise AssertionError("more calls than giving one letter away takes")


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("deed", ["reset", "drop", "cut", "answer"])
def test_with_every_call_failing_in_turn_a_letter_is_printed_once_and_known_to_be_posted(
    tmp_path: Path, folder: Path, notify: NotifyStandIn, press: LetterPress, deed: str
) -> None:
    for call in range(20):
        office = tmp_path / f"{deed}-{call}"
        make_office(office, folder)
        notify.wish("begin-anew")
        notify.fault(deed, on=".", skip=call, times=1)
        with at_work(office, press) as desk:
            desk.send(LETTER)
            assert len(notify.letters) <= 1
            for _ in range(4):
                later(desk, IN_FLIGHT + timedelta(minutes=2))
            assert len(notify.letters) == 1
            notify.wish("become", status="delivered")
            for _ in range(3):
                later(desk)
            assert desk.letter(LETTER).status == "sent"
            assert desk.events(CASE).count("letter_sent") == 1
            assert desk.events(CASE).count("letter_printed") == 1
        assert notify.printed == 1
        if len(notify.calls) <= call:
            return
    raise AssertionError("more calls than posting one letter takes")


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_run_killed_at_any_call_records_once_that_a_letter_was_posted_and_what_was_printed(
    tmp_path: Path, folder: Path, notify: NotifyStandIn, press: LetterPress, when: When
) -> None:
    with at_work(folder, press) as desk:
        desk.send(LETTER)
    notify.wish("become", status="delivered")
    notify.wish("bring-back", on=datetime.now(UTC).date().isoformat())
    kept = {**ENVIRONMENT, VARIABLE: notify.service.key}
    for call in range(1, 12):
        office = tmp_path / f"office-{call}"
        make_office(office, folder)
        running = subprocess.Popen(
            program(office, "run", "--once", "--workers", "0", "--json"),
            cwd=TOP,
            env=kept,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        notify.break_at(call, when, kill=running.pid)
        status = running.wait()
        done = len(notify.calls) < call
        notify.mend()
        with at_work(office, press) as desk:
            desk.now = datetime.now(UTC)
            for _ in range(2):
                later(desk)
            happened = desk.events(CASE)
            once = ("letter_handed_over", "letter_printed", "letter_sent", "letter_failed")
            assert [happened.count(one) for one in once] == [1, 1, 1, 1]
            assert desk.letter(LETTER).status == "failed"
        assert len(notify.letters) == 1
        if done:
            assert status == 1  # a letter that came back asks for a person
            return
        assert status < 0
    raise AssertionError("more calls than a run takes")


@pytest.mark.slow
def test_on_either_database_letters_by_post_are_followed_to_their_end(
    tmp_path: Path, press: LetterPress, database_url: str, notify: NotifyStandIn
) -> None:
    folder = tmp_path / "office"
    with bureau(folder, press, database_url):
        posted_by(folder, "notify")
        change_profile(
            folder, '# url = "https://api.notifications.service.gov.uk"', f'url = "{notify.url}"'
        )
    with at_work(folder, press) as desk:
        (row,) = desk.receive(complaint(0, desk.now - timedelta(days=1)), read_as="complaint")
        assert row.case_reference is not None
        letter = desk.define(row.case_reference)
        adjust(desk.house, press, row.case_reference, {"by": "post"}, now=desk.now,
               actor=desk.rowan)  # fmt: skip
        desk.approve(letter)
        notify.wish("set", busy_for=1)
        assert state(desk.send(letter)) == "waiting"
        later(desk, timedelta(minutes=2))
        notify.wish("become", status="technical-failure")
        later(desk)
        notify.wish("put-right")
        later(desk)
        notify.wish("become", status="delivered")
        later(desk)
        assert desk.letter(letter).status == "sent"
        notify.wish("bring-back", on=desk.now.date().isoformat())
        later(desk, timedelta(days=2))
        assert desk.letter(letter).status == "failed"
        posted_by_house = tmp_path / "house"
    change_profile(folder, 'post = "notify"', 'post = "print_house"')
    change_profile(folder, '# folder = "/srv/print-house"', f'folder = "{posted_by_house}"')
    with at_work(folder, press) as desk:
        desk.now += timedelta(days=3)
        (anew,) = [one for one in desk.letters() if one.status == "draft"]
        desk.approve(anew.id)
        assert state(desk.send(anew.id)) == "gathered"
        later(desk, timedelta(hours=1))
        assert desk.letter(anew.id).status == "handed_over"
        (batch,) = [one for one in posted_by_house.iterdir() if not one.name.startswith(".")]
        assert len(list(batch.glob("*.pdf"))) == 1
    assert len(notify.letters) == 1
