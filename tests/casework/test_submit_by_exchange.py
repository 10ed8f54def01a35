"""A letter sent by an Exchange server goes once, and Sent Items settles what an answer did not."""

from __future__ import annotations

import subprocess
from datetime import timedelta
from email import message_from_bytes
from typing import TYPE_CHECKING

import pytest

from correspondence.settings import PROFILE_NAME
from tests.casework.bureau import LETTER, Bureau, at_work
from tests.cli.command import ENVIRONMENT, TOP, program
from tests.jobs.corpus import person
from tests.jobs.office import make_office, rows
from tests.postroom.exchange_stand_in import PASSWORD, StandIn, exchange_stand_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from correspondence.casework.dispatch import HandedOver
    from correspondence.letters.pool import LetterPress

VARIABLE = "CORRESPONDENCE_PASSWORD_COMPLAINTS"


@pytest.fixture(scope="module")
def running() -> Iterator[StandIn]:
    with exchange_stand_in() as made:
        yield made


@pytest.fixture
def exchange(running: StandIn, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    running.wish("begin-anew")
    monkeypatch.setenv(VARIABLE, PASSWORD)
    return running


@pytest.fixture
def folder(tmp_path: Path, prepared: dict[str, Path], exchange: StandIn) -> Path:
    """An office with one letter approved, whose letters go by that mailbox."""
    made = tmp_path / "office"
    make_office(made, prepared["approved"])
    profile = made / PROFILE_NAME
    sending = 'way = "exchange"\nmailbox = "complaints"'
    text = profile.read_text().replace('# way = "outbox"', sending, 1)
    profile.write_text(f"{text}\n{exchange.profile()}")
    return made


@pytest.fixture
def desk(folder: Path, press: LetterPress) -> Iterator[Bureau]:
    with at_work(folder, press) as made:
        yield made


def state(handed: HandedOver) -> str:
    assert handed.submission is not None
    return handed.submission.state


def test_a_letter_goes_from_the_mailbox_as_it_was_made_and_is_recorded_as_sent(
    desk: Bureau, exchange: StandIn
) -> None:
    assert state(desk.send(LETTER)) == "sent"
    (raw,) = exchange.held("sentitems")
    assert message_from_bytes(raw)["Message-ID"] == f"<{desk.letter(LETTER).message_id}>"
    ((_, recipients),) = exchange.wish("sent")
    assert recipients == [person(0).address]
    assert desk.letter(LETTER).status == "sent"
    assert desk.send(LETTER).again
    assert len(exchange.wish("sent")) == 1


def test_a_letter_of_which_nobody_knew_is_settled_once_it_shows_among_the_sent_mail(
    desk: Bureau, exchange: StandIn
) -> None:
    exchange.fault("drop", on="^CreateItem$")
    exchange.fault("answer", status=403, on="^FindItem$", skip=1, times=50)
    assert state(desk.send(LETTER)) == "uncertain"
    exchange.mend()
    desk.now += timedelta(days=3)
    assert desk.run().problems == []
    row = desk.letter(LETTER)
    assert (row.status, row.sent_on) == ("sent", (desk.now - timedelta(days=3)).date())
    assert len(exchange.wish("sent")) == 1


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_killed_at_any_call_a_letter_goes_at_most_once_and_exactly_once_if_it_is_called_sent(
    tmp_path: Path, folder: Path, exchange: StandIn
) -> None:
    """After each call; killed before the next one leaves the same behind at the server."""
    kept = {**ENVIRONMENT, VARIABLE: PASSWORD}
    for call in range(1, 12):
        office = tmp_path / f"office-{call}"
        make_office(office, folder)
        exchange.wish("begin-anew")
        sending = subprocess.Popen(
            program(office, "letter", "send", LETTER, "--as", "rowan"),
            cwd=TOP,
            env=kept,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        exchange.break_at(call, "after", kill=sending.pid)
        status = sending.wait()
        done = len(exchange.calls) < call
        exchange.mend()
        subprocess.run(
            program(office, "run", "--once", "--workers", "0", "--json"),
            cwd=TOP,
            env=kept,
            check=False,
            capture_output=True,
        )
        (row,) = rows(office, "SELECT status FROM letters WHERE id = ?", LETTER)
        times = len(exchange.wish("sent"))
        assert times <= 1
        assert row["status"] in ("sending", "sent", "approved")
        if row["status"] == "sent":
            assert times == 1
        elif times:
            assert row["status"] == "sending"  # on record as under way, and a person is asked
        if done:
            assert (status, row["status"]) == (0, "sent")
            assert call > 2
            return
        assert status < 0
    raise AssertionError("more calls than sending one letter takes")
