"""`alert`, and alerts wherever commands show them: in front, in codes, until somebody saw them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.command import say
from tests.cli.test_documents import hold
from tests.jobs import corpus
from tests.jobs.corpus import put
from tests.jobs.office import make_office

YESTERDAY = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
TOLD = {"CORRESPONDENCE_ALERTS__TO": '["on-call@harrowmere.example"]'}
RUN = ("run", "--once", "--workers", "0", "--json")


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with a hazard received first and an ordinary complaint after it."""
    office = make_office(tmp_path_factory.mktemp("alerts") / "office")
    mail = corpus.other(0, YESTERDAY), corpus.complaint(1, YESTERDAY), corpus.other(1, YESTERDAY)
    for number, raw in enumerate(mail):
        at = YESTERDAY + timedelta(minutes=number)
        put(office / "inbox" / f"{number}.eml", raw, at)
    assert say(office, *RUN).status == 0  # nobody is named to be alerted
    return office


@pytest.fixture
def own(tmp_path: Path, worked: Path) -> Path:
    """A copy of it, to change."""
    return make_office(tmp_path / "own", worked)


def test_run_tells_the_alerts_nobody_has_seen_and_ends_with_one_where_it_is_to_tell(
    own: Path,
) -> None:
    said = say(own, *RUN, **TOLD)
    assert said.status == 1
    (alert,) = said.json["alerts"]
    assert alert["what"][0] == "hazard"
    assert [clock["duty"] for clock in alert["clocks"]] == ["make_safe", "investigate"]
    assert all(clock["due"] and clock["because"] for clock in alert["clocks"])
    assert f"ALERT {alert['case']}" in said.err
    assert "asthma" not in said.out + said.err
    assert say(own, "alert", "seen", str(alert["message"]), **TOLD).status == 0
    again = say(own, *RUN, **TOLD)
    assert (again.status, again.json["alerts"]) == (0, [])


def test_cases_show_their_alerts_and_who_saw_them(own: Path) -> None:
    (case,) = [one for one in say(own, "case", "list", "--json").json if one["alerts"]]
    (alert,) = case["alerts"]
    assert (alert["case"], alert["seen_by"]) == (case["reference"], None)
    say(own, "alert", "seen", str(alert["message"]))
    (seen,) = say(own, "case", "show", case["reference"], "--json").json["alerts"]
    assert seen["seen_by"] == "rowan"
    assert "ALERT of message" in say(own, "case", "show", case["reference"]).err


def test_messages_with_an_alert_nobody_has_seen_are_listed_first(own: Path) -> None:
    listed = say(own, "message", "list", "--json").json
    assert [bool(one["alert"]) for one in listed] == [True, False, False]
    say(own, "alert", "seen", str(listed[0]["id"]))
    assert [bool(one["alert"]) for one in say(own, "message", "list", "--json").json] == [
        False,
        True,
        False,
    ]


def test_alerts_are_listed_until_they_are_seen(own: Path) -> None:
    (alert,) = say(own, "alert", "list", "--json").json
    said = say(own, "alert", "seen", str(alert["message"]), "--json")
    assert (said.status, said.json["seen_by"]) == (0, "rowan")
    assert say(own, "alert", "list", "--json").json == []
    (kept,) = say(own, "alert", "list", "--all", "--json").json
    assert kept == said.json
    for number, because in ((alert["message"], "already"), (999, "raised no alert")):
        refused = say(own, "alert", "seen", str(number))
        assert refused.status == 2
        assert because in refused.err


def test_what_is_printed_keeps_to_its_schema(own: Path) -> None:
    hold(say(own, *RUN).json, "run")
    for one in say(own, "case", "list", "--json").json:
        hold(one, "case")


def test_doctor_asks_whom_to_alert(own: Path) -> None:
    assert "[alerts] to is not filled in" in say(own, "doctor").out
    assert "[alerts] to is not filled in" not in say(own, "doctor", **TOLD).out
