"""A provider that fails over one letter after another is left alone, and tried again by and by."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from correspondence.casework.doctor.traffic import sending
from correspondence.casework.sending import pause
from correspondence.casework.sending.leave import leave
from correspondence.casework.sending.submit import IN_FLIGHT
from tests.casework.bureau import Bureau, at_work
from tests.jobs import corpus
from tests.jobs.corpus import person
from tests.jobs.office import change_profile, make_office
from tests.postroom.submission import Submission

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from correspondence.letters.pool import LetterPress

pytestmark = pytest.mark.slow

LETTERS = pause.AFTER + 3
DOWN = {"MAIL": "421 4.3.2 shutting down"}


@pytest.fixture(scope="module")
def approved(
    tmp_path_factory: pytest.TempPathFactory, prepared: dict[str, Path], press: LetterPress
) -> Path:
    """An office with several letters that are to leave by themselves."""
    made = tmp_path_factory.mktemp("pause") / "office"
    make_office(made, prepared["new"])
    with at_work(made, press) as desk:
        mail = [corpus.complaint(one, desk.now - timedelta(days=1)) for one in range(LETTERS)]
        for row in desk.receive(*mail, read_as="complaint"):
            assert row.case_reference is not None
            letter = desk.define(row.case_reference)
            desk.approve(letter)
            leave(desk.house, letter, now=desk.now, actor=desk.rowan)
    return made


@pytest.fixture
def desk(
    tmp_path: Path, approved: Path, server: Submission, press: LetterPress
) -> Iterator[Bureau]:
    folder = tmp_path / "office"
    make_office(folder, approved)
    change_profile(folder, '# way = "outbox"', server.delivery)
    with at_work(folder, press) as made:
        made.now += timedelta(minutes=10)
        yield made


def statuses(desk: Bureau) -> list[str]:
    return sorted({row.status for row in desk.letters()})


def test_after_a_few_failures_nothing_more_is_given_and_every_letter_stays_ready(
    desk: Bureau, server: Submission
) -> None:
    server.answers = dict(DOWN)
    problems = desk.run().problems
    assert server.logins == pause.AFTER
    assert sum("the mail server" in one for one in problems) == 1
    assert statuses(desk) == ["approved"]
    desk.now += timedelta(seconds=30)
    again = desk.run().problems
    assert server.logins == pause.AFTER  # nobody was asked again
    assert sum("the mail server" in one for one in again) == 1
    (finding,) = sending(desk.house.office, desk.now)
    assert finding.state == "warn"
    assert "421" in finding.says


def test_one_letter_tries_whether_it_works_each_time_after_a_longer_while(
    desk: Bureau, server: Submission
) -> None:
    server.answers = dict(DOWN)
    desk.run()
    pauses = []
    for turn in range(1, 5):
        (row,) = pause.all_standing(desk.house, now=desk.now)
        assert row.resumes_at is not None
        pauses.append(row.resumes_at - desk.now)
        desk.now = row.resumes_at
        desk.run()
        assert server.logins == pause.AFTER + turn
    assert timedelta(minutes=1) <= pauses[0] <= timedelta(minutes=2)
    assert timedelta(minutes=8) <= pauses[3] <= timedelta(minutes=16)
    server.answers = {}
    desk.now += timedelta(hours=2)
    assert desk.run().problems == []
    assert (len(server.taken), statuses(desk)) == (LETTERS, ["sent"])
    assert pause.all_standing(desk.house, now=desk.now) == ()


def test_what_is_wrong_with_one_letter_holds_up_no_other(desk: Bureau, server: Submission) -> None:
    at_fault = [person(one).address for one in range(LETTERS - 1)]
    server.answers = {f"RCPT {one}": "451 4.2.0 greylisted, later please" for one in at_fault}
    desk.run()
    assert (len(server.taken), server.logins) == (1, LETTERS)
    assert pause.all_standing(desk.house, now=desk.now) == ()


def test_a_person_who_sends_a_letter_is_let_try_and_ends_the_pause(
    desk: Bureau, server: Submission
) -> None:
    server.answers = dict(DOWN)
    desk.run()
    server.answers = {}
    assert pause.all_standing(desk.house, now=desk.now)
    first = desk.letters()[0].id
    desk.send(first)
    assert desk.letter(first).status == "sent"
    assert pause.all_standing(desk.house, now=desk.now) == ()
    desk.now += timedelta(hours=2)
    assert desk.run().problems == []
    assert len(server.taken) == LETTERS


def test_a_refused_login_is_a_failure_of_the_provider_s(
    desk: Bureau, server: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORRESPONDENCE_PASSWORD_DELIVERY", "not-it")
    desk.run()
    (row,) = pause.all_standing(desk.house, now=desk.now)
    assert row.failures == pause.AFTER
    assert "not-it" not in row.because
    assert statuses(desk) == ["approved"]
    assert desk.now + IN_FLIGHT > (row.resumes_at or desk.now)
