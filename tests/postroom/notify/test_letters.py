"""A letter given to GOV.UK Notify is given once; driven by its own client against a stand-in."""

from __future__ import annotations

import logging
import time
from datetime import date
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from correspondence.errors import LoginRefused
from correspondence.postroom.notify.answers import Notified, tomorrow
from correspondence.postroom.notify.key import NotifyKey
from tests.postroom.notify_stand_in import NotifyStandIn

if TYPE_CHECKING:
    from correspondence.postroom.notify.letters import Given

PDF = b"%PDF-1.7\n% a letter to nobody\n"
NAME = "CMP-2026-000001-L1-0123456789ab"


def given(notify: NotifyStandIn, begun: float | None = None) -> Given:
    return notify.post().give(PDF, NAME, begun=time.time() if begun is None else begun)


def test_a_letter_is_given_whole_under_its_reference_with_its_postage(
    notify: NotifyStandIn,
) -> None:
    post = notify.post()
    post.postage = "first"
    came_to = post.give(PDF, NAME, begun=time.time())
    assert (came_to.state, came_to.because) == ("given", "")
    (letter,) = notify.letters
    assert (letter["reference"], letter["pdf"], letter["postage"]) == (NAME, PDF, "first")


def test_a_letter_that_is_there_is_not_given_again(notify: NotifyStandIn) -> None:
    first, second = given(notify), given(notify)
    assert (second.state, second.because) == ("given", "it was there already")
    assert second.known is not None
    assert first.known is not None
    assert second.known.id == first.known.id
    assert len(notify.letters) == 1


@pytest.mark.parametrize("status", ["validation-failed", "virus-scan-failed", "cancelled",
                                    "permanent-failure"])  # fmt: skip
def test_one_that_is_never_printed_does_not_stand_in_the_way(
    notify: NotifyStandIn, status: str
) -> None:
    given(notify)
    notify.wish("become", status=status)
    assert given(notify).because == ""
    assert [one["status"] for one in notify.letters] == [status, "pending-virus-check"]


@pytest.mark.parametrize("status", ["created", "sending", "delivered", "technical-failure"])
def test_one_that_is_printed_or_may_be_is_never_given_again(
    notify: NotifyStandIn, status: str
) -> None:
    given(notify)
    notify.wish("become", status=status)
    assert given(notify).state == "given"
    assert len(notify.letters) == 1


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"deed": "reset", "on": "^post$"}, "uncertain"),
        ({"deed": "drop", "on": "^post$"}, "given"),
        ({"deed": "cut", "on": "^post$"}, "given"),
        ({"deed": "answer", "status": 500, "on": "^post$"}, "uncertain"),
        ({"deed": "answer", "status": 504, "on": "^post$"}, "uncertain"),
        ({"deed": "answer", "status": 201, "body": "<html>", "on": "^post$"}, "uncertain"),
        ({"deed": "answer", "status": 302, "on": "^post$"}, "not_given"),
        ({"deed": "reset", "on": "^list$", "times": 9}, "not_given"),
        ({"deed": "answer", "status": 503, "on": "^list$", "times": 9}, "not_given"),
        ({"deed": "answer", "status": 200, "body": "{}", "on": "^list$", "times": 9}, "not_given"),
        ({"deed": "reset", "on": "^list$"}, "given"),
    ],
)
def test_whatever_becomes_of_an_answer_a_letter_is_given_at_most_once(
    notify: NotifyStandIn, fault: dict[str, object], expected: str
) -> None:
    notify.wish("fault", **fault)
    came_to = given(notify)
    assert came_to.state == expected
    assert len(notify.letters) == (expected == "given")


def test_where_an_answer_is_lost_and_nobody_can_look_nobody_knows(notify: NotifyStandIn) -> None:
    notify.fault("drop", on="^post$")
    notify.fault("reset", on="^list$", skip=1, times=50)
    assert given(notify).state == "uncertain"
    assert len(notify.letters) == 1


def test_a_daily_limit_waits_for_tomorrow_and_a_busy_minute_does_not(
    notify: NotifyStandIn,
) -> None:
    notify.wish("set", busy_for=1)
    busy = given(notify)
    assert (busy.state, busy.passing, busy.tomorrow) == ("not_given", True, False)
    notify.wish("set", daily_limit=0)
    full = given(notify)
    assert (full.state, full.passing, full.tomorrow) == ("not_given", True, True)
    assert "They go tomorrow" in full.because
    assert notify.letters == []


def test_what_was_begun_too_long_ago_is_not_given_away(notify: NotifyStandIn) -> None:
    late = given(notify, begun=time.time() - 3600)
    assert (late.state, late.passing) == ("not_given", True)
    assert notify.letters == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"revoked": True}, "was revoked"),
        ({"clock_ahead": 120.0}, "put this machine's clock right"),
        ({"clock_ahead": -120.0}, "put this machine's clock right"),
        ({"key_kind": "team"}, "is a team key"),
        ({"trial": True}, "is in trial mode"),
        ({"may_send_letters": False}, "may not send letters"),
    ],
)
def test_a_key_that_does_not_do_is_said_in_plain_words(
    notify: NotifyStandIn, said: dict[str, object], expected: str
) -> None:
    notify.wish("set", **said)
    came_to = given(notify)
    assert came_to.state == "not_given"
    assert expected in came_to.because
    assert notify.letters == []


def test_an_unknown_key_is_refused_and_never_repeated(notify: NotifyStandIn) -> None:
    wrong = "11111111-2222-3333-4444-555555555555"
    for service in (notify.service.id, wrong):
        key = NotifyKey("other", service, SecretStr(f"other-{service}-{wrong}"))
        with pytest.raises(LoginRefused, match="does not know the API key") as refused:
            notify.post(key=lambda key=key: key).found(NAME)
        assert wrong not in str(refused.value)


def test_the_kinds_of_keys_are_told_apart_without_a_letter(notify: NotifyStandIn) -> None:
    assert (notify.post().key_kind(), notify.post().try_out()) == ("live", "")
    notify.wish("set", key_kind="test")
    assert (notify.post().key_kind(), notify.post().try_out()) == ("not_live", "")
    notify.wish("set", key_kind="team")
    assert "team key" in notify.post().try_out()
    notify.wish("set", key_kind="normal", trial=True)
    assert "trial mode" in notify.post().try_out()
    notify.wish("set", knows_returned=False)
    assert notify.post().key_kind() == "unknown"
    assert notify.letters == []


def test_what_is_printed_is_fetched_once_there_is_such_a_file(notify: NotifyStandIn) -> None:
    known = given(notify).known
    assert known is not None
    assert notify.post().printed(known.id) is None
    notify.wish("become", status="created")
    found = notify.post().printed(known.id)
    assert found is not None
    assert found.startswith(PDF)
    assert found != PDF


def test_a_letter_that_notify_no_longer_knows_is_none(notify: NotifyStandIn) -> None:
    known = given(notify).known
    assert known is not None
    notify.wish("forget")
    assert notify.post().look(known.id) is None
    assert notify.post().printed(known.id) is None


def test_letters_that_came_back_are_told_by_their_references(notify: NotifyStandIn) -> None:
    assert list(notify.post().returned(date(2026, 11, 1))) == []
    given(notify)
    notify.wish("become", status="delivered")
    notify.wish("bring-back", on="2026-11-30")
    (one,) = notify.post().returned(date(2026, 11, 1))
    assert (one.reference, one.reported_on) == (NAME, date(2026, 11, 30))
    assert list(notify.post().returned(date(2026, 12, 1))) == []


@pytest.mark.parametrize(
    ("status", "sent", "standing"),
    [
        ("pending-virus-check", False, "accepted"),
        ("accepted", True, "accepted"),
        ("received", True, "dispatched"),
        ("received", False, "simulated"),
        ("validation-failed", False, "refused"),
        ("technical-failure", True, "in_doubt"),
        ("something-new", True, "in_doubt"),
    ],
)
def test_what_a_status_means(status: str, *, sent: bool, standing: str) -> None:
    from datetime import UTC, datetime

    at = datetime(2026, 11, 20, 17, 30, tzinfo=UTC) if sent else None
    assert Notified("id", NAME, status, sent_at=at).standing == standing


def test_a_line_that_stalls_is_not_waited_for(notify: NotifyStandIn) -> None:
    notify.fault("stall", on="^post$", seconds=3.0)
    came_to = notify.post(timeout=1.0).give(PDF, NAME, begun=time.time())
    assert came_to.state in ("given", "uncertain")


def test_nothing_is_heard_of_the_environment_and_nothing_is_logged(
    notify: NotifyStandIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    notify.wish("set", trial=True)
    with caplog.at_level(logging.INFO):
        assert "trial" in given(notify).because
    assert caplog.text == ""


def test_tomorrow_is_after_midnight_and_never_at_once() -> None:
    from datetime import UTC, datetime

    afternoon = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
    small_hours = datetime(2026, 11, 20, 0, 10, tzinfo=UTC)
    assert tomorrow(afternoon) == datetime(2026, 11, 21, 0, 5, tzinfo=UTC)
    assert tomorrow(small_hours) == datetime(2026, 11, 20, 6, 10, tzinfo=UTC)
