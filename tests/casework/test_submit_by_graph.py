"""A letter sent by Exchange Online goes once, and Sent Items settles what an answer did not."""

from __future__ import annotations

import subprocess
from datetime import timedelta
from email import message_from_bytes
from typing import TYPE_CHECKING

import pytest

from correspondence.settings import PROFILE_NAME
from tests.casework.bureau import LETTER, Bureau, at_work
from tests.casework.test_alert import ON_CALL, mould
from tests.cli.command import ENVIRONMENT, TOP, program
from tests.jobs.corpus import person
from tests.jobs.office import make_office, rows
from tests.postroom.certificates import NO_OPENSSL, openssl_is_there
from tests.postroom.graph_stand_in import StandIn, graph_stand_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from correspondence.casework.dispatch import HandedOver
    from correspondence.letters.pool import LetterPress

VARIABLE = "CORRESPONDENCE_PASSWORD_COMPLAINTS"


@pytest.fixture(scope="module")
def running() -> Iterator[StandIn]:
    if not openssl_is_there():
        pytest.skip(NO_OPENSSL)
    with graph_stand_in() as made:
        yield made


@pytest.fixture
def graph(running: StandIn, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    running.wish("begin-anew")
    monkeypatch.setenv(VARIABLE, running.directory.secret)
    return running


@pytest.fixture
def folder(tmp_path: Path, prepared: dict[str, Path], graph: StandIn) -> Path:
    """An office with one letter approved, whose letters go by that mailbox."""
    made = tmp_path / "office"
    make_office(made, prepared["approved"])
    profile = made / PROFILE_NAME
    sending = 'way = "graph"\nmailbox = "complaints"'
    text = profile.read_text().replace('# way = "outbox"', sending, 1)
    profile.write_text(f"{text}\n{graph.profile()}")
    return made


@pytest.fixture
def desk(folder: Path, press: LetterPress) -> Iterator[Bureau]:
    with at_work(folder, press) as made:
        yield made


def state(handed: HandedOver) -> str:
    assert handed.submission is not None
    return handed.submission.state


def test_a_letter_goes_from_the_mailbox_as_it_was_made_and_is_recorded_as_sent(
    desk: Bureau, graph: StandIn
) -> None:
    assert state(desk.send(LETTER)) == "sent"
    (raw,) = graph.held("sentitems")
    assert message_from_bytes(raw)["Message-ID"] == f"<{desk.letter(LETTER).message_id}>"
    ((_, recipients),) = graph.wish("sent")
    assert recipients == [person(0).address]
    assert desk.letter(LETTER).status == "sent"
    assert desk.send(LETTER).again
    assert len(graph.wish("sent")) == 1


def test_a_busy_service_is_tried_again_by_the_run_and_the_letter_goes_once(
    desk: Bureau, graph: StandIn
) -> None:
    graph.fault("answer", status=503, retry_after="30", on="^sendMail$")
    assert state(desk.send(LETTER)) == "waiting"
    graph.mend()
    desk.now += timedelta(minutes=2)
    assert desk.run().problems == []
    assert (desk.letter(LETTER).status, len(graph.wish("sent"))) == ("sent", 1)


def test_a_letter_of_which_nobody_knew_is_settled_once_it_shows_among_the_sent_mail(
    desk: Bureau, graph: StandIn
) -> None:
    graph.fault("drop", on="^sendMail$")
    graph.fault("answer", status=403, on="^search$", skip=1, times=50)
    assert state(desk.send(LETTER)) == "uncertain"
    graph.mend()
    desk.now += timedelta(days=3)
    assert desk.run().problems == []
    row = desk.letter(LETTER)
    assert (row.status, row.sent_on) == ("sent", (desk.now - timedelta(days=3)).date())
    assert len(graph.wish("sent")) == 1


def test_an_alert_goes_that_way_too(folder: Path, press: LetterPress, graph: StandIn) -> None:
    profile = folder / PROFILE_NAME
    profile.write_text(
        profile.read_text().replace("[alerts]\n", f'[alerts]\nto = ["{ON_CALL}"]\n', 1)
    )
    with at_work(folder, press) as desk:
        desk.drop("mould.eml", mould(desk))
        assert desk.run().problems == []
    assert [recipients for _, recipients in graph.wish("sent")] == [[ON_CALL]]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_killed_at_any_call_a_letter_goes_at_most_once_and_exactly_once_if_it_is_called_sent(
    tmp_path: Path, folder: Path, graph: StandIn
) -> None:
    """After each call; killed before the next one leaves the same behind at the service."""
    kept = {**ENVIRONMENT, VARIABLE: graph.directory.secret}
    for call in range(1, 12):
        office = tmp_path / f"office-{call}"
        make_office(office, folder)
        graph.wish("begin-anew")
        sending = subprocess.Popen(
            program(office, "letter", "send", LETTER, "--as", "rowan"),
            cwd=TOP,
            env=kept,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        graph.break_at(call, "after", kill=sending.pid)
        status = sending.wait()
        done = len(graph.calls) < call
        graph.mend()
        subprocess.run(
            program(office, "run", "--once", "--workers", "0", "--json"),
            cwd=TOP,
            env=kept,
            check=False,
            capture_output=True,
        )
        (row,) = rows(office, "SELECT status FROM letters WHERE id = ?", LETTER)
        times = len(graph.wish("sent"))
        assert times <= 1
        assert row["status"] in ("sending", "sent", "approved")
        if row["status"] == "sent":
            assert times == 1
        elif times:
            assert row["status"] == "sending"  # on record as under way, and a person is asked
        if done:
            assert (status, row["status"]) == (0, "sent")
            return
        assert status < 0
    raise AssertionError("more calls than sending one letter takes")
