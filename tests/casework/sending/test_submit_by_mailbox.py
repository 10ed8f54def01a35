"""A letter sent by a mailbox in Exchange goes once; Sent Items settles what no answer did."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes
from typing import TYPE_CHECKING

import pytest

from correspondence.settings import PROFILE_NAME
from tests.casework.bureau import LETTER, Bureau, at_work, state
from tests.casework.following.test_alert import ON_CALL, mould
from tests.cli.command import ENVIRONMENT, TOP, program
from tests.jobs.corpus import person
from tests.jobs.office import make_office, rows
from tests.postroom import exchange_stand_in as by_exchange
from tests.postroom import graph_stand_in as by_graph
from tests.postroom.certificates import NO_OPENSSL, openssl_is_there

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from correspondence.letters.pool import LetterPress

VARIABLE = "CORRESPONDENCE_PASSWORD_COMPLAINTS"


@dataclass(frozen=True, slots=True)
class Provider:
    """A stand-in, and what its requests are called. `busy` is how it asks for patience."""

    kind: str
    server: by_exchange.StandIn | by_graph.StandIn
    secret: str
    hand_over: str
    search: str
    busy: dict[str, object]

    def sent(self) -> list[tuple[str, list[str]]]:
        """Message-ID and recipients of each letter that went."""
        found: list[tuple[str, list[str]]] = self.server.wish("sent")
        return found


@pytest.fixture(scope="module", params=["exchange", "graph"])
def running(request: pytest.FixtureRequest) -> Iterator[Provider]:
    if request.param == "exchange":
        busy: dict[str, object] = {"code": "ErrorServerBusy", "seconds": 30}
        with by_exchange.exchange_stand_in() as exchange:
            yield Provider(
                "exchange", exchange, by_exchange.PASSWORD, "^CreateItem$", "^FindItem$", busy
            )
        return
    if not openssl_is_there():
        pytest.skip(NO_OPENSSL)
    busy = {"status": 503, "retry_after": "30"}
    with by_graph.graph_stand_in() as graph:
        yield Provider("graph", graph, graph.directory.secret, "^sendMail$", "^search$", busy)


@pytest.fixture
def provider(running: Provider, monkeypatch: pytest.MonkeyPatch) -> Provider:
    running.server.wish("begin-anew")
    monkeypatch.setenv(VARIABLE, running.secret)
    return running


@pytest.fixture
def folder(tmp_path: Path, prepared: dict[str, Path], provider: Provider) -> Path:
    """An office with one letter approved, whose letters go by that mailbox."""
    made = tmp_path / "office"
    make_office(made, prepared["approved"])
    profile = made / PROFILE_NAME
    sending = f'way = "{provider.kind}"\nmailbox = "complaints"'
    text = profile.read_text().replace('# way = "outbox"', sending, 1)
    profile.write_text(f"{text}\n{provider.server.profile()}")
    return made


@pytest.fixture
def desk(folder: Path, press: LetterPress) -> Iterator[Bureau]:
    with at_work(folder, press) as made:
        yield made


def test_a_letter_goes_from_the_mailbox_as_it_was_made_and_is_recorded_as_sent(
    desk: Bureau, provider: Provider
) -> None:
    assert state(desk.send(LETTER)) == "sent"
    (raw,) = provider.server.held("sentitems")
    assert message_from_bytes(raw)["Message-ID"] == f"<{desk.letter(LETTER).message_id}>"
    ((_, recipients),) = provider.sent()
    assert recipients == [person(0).address]
    assert desk.letter(LETTER).status == "sent"
    assert desk.send(LETTER).again
    assert len(provider.sent()) == 1


def test_a_busy_service_is_tried_again_by_the_run_and_the_letter_goes_once(
    desk: Bureau, provider: Provider
) -> None:
    provider.server.fault("answer", on=provider.hand_over, **provider.busy)
    assert state(desk.send(LETTER)) == "waiting"
    provider.server.mend()
    desk.now += timedelta(minutes=2)
    assert desk.run().problems == []
    assert (desk.letter(LETTER).status, len(provider.sent())) == ("sent", 1)


def test_a_letter_of_which_nobody_knew_is_settled_once_it_shows_among_the_sent_mail(
    desk: Bureau, provider: Provider
) -> None:
    provider.server.fault("drop", on=provider.hand_over)
    provider.server.fault("answer", status=403, on=provider.search, skip=1, times=50)
    assert state(desk.send(LETTER)) == "uncertain"
    provider.server.mend()
    desk.now += timedelta(days=3)
    assert desk.run().problems == []
    row = desk.letter(LETTER)
    assert (row.status, row.sent_on) == ("sent", (desk.now - timedelta(days=3)).date())
    assert len(provider.sent()) == 1


def test_an_alert_goes_that_way_too(folder: Path, press: LetterPress, provider: Provider) -> None:
    profile = folder / PROFILE_NAME
    profile.write_text(
        profile.read_text().replace("[alerts]\n", f'[alerts]\nto = ["{ON_CALL}"]\n', 1)
    )
    with at_work(folder, press) as desk:
        desk.drop("mould.eml", mould(desk))
        assert desk.run().problems == []
    assert [recipients for _, recipients in provider.sent()] == [[ON_CALL]]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_killed_at_any_call_a_letter_goes_at_most_once_and_exactly_once_if_it_is_called_sent(
    tmp_path: Path, folder: Path, provider: Provider
) -> None:
    """After each call; killed before the next one leaves the same behind at the server."""
    kept = {**ENVIRONMENT, VARIABLE: provider.secret}
    for call in range(1, 12):
        office = tmp_path / f"office-{call}"
        make_office(office, folder)
        provider.server.wish("begin-anew")
        sending = subprocess.Popen(
            program(office, "letter", "send", LETTER, "--as", "rowan"),
            cwd=TOP,
            env=kept,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        provider.server.break_at(call, "after", kill=sending.pid)
        status = sending.wait()
        done = len(provider.server.calls) < call
        provider.server.mend()
        subprocess.run(
            program(office, "run", "--once", "--workers", "0", "--json"),
            cwd=TOP,
            env=kept,
            check=False,
            capture_output=True,
        )
        (row,) = rows(office, "SELECT status FROM letters WHERE id = ?", LETTER)
        times = len(provider.sent())
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
