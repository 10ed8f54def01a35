"""What every provider of mail promises, whoever it is: each message is taken in exactly once.

The promises are written against the base alone. A provider is added in `providers.py`.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import tempfile
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from correspondence.casework.acting import ourselves
from correspondence.casework.open_office import open_office
from correspondence.jobs.in_process import InProcess, Worked
from correspondence.letters.pool import LetterPress
from correspondence.postroom.base import Arrival, HeldBack, LeftAlone
from correspondence.postroom.folder import DropFolder
from correspondence.postroom.imap.mailbox import ImapMailbox
from correspondence.postroom.watched_mailbox import WatchedMailbox
from correspondence.settings import PROFILE_NAME
from tests.cli.command import ENVIRONMENT, TOP, program
from tests.jobs import corpus
from tests.jobs.office import make_office, rows
from tests.postroom.providers import StandInProvider

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from correspondence.postroom.base import Mailbox
    from tests.postroom.faulty_line import When
    from tests.postroom.providers import Provider

pytestmark = pytest.mark.slow

NOW = datetime.now(UTC)
FEW, MANY = 40, 500
MOST_CALLS = 120


def post(first: int, number: int) -> list[bytes]:
    """Different messages that no letter answers."""
    return [corpus.other(one, NOW - timedelta(hours=1)) for one in range(first, first + number)]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_office(tmp_path_factory.mktemp("template") / "office")


@pytest.fixture
def office(template: Path) -> Iterator[Path]:
    """In memory where the machine has a disk there: these tests are about calls, not disks."""
    memory = Path("/dev/shm")
    place = tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None)
    with place as folder:
        yield make_office(Path(folder) / "office", template)


@contextmanager
def at_work(office: Path, mailbox: Mailbox) -> Iterator[Callable[[], Worked]]:
    """One look after another by one program at that mailbox."""
    with open_office(office) as house, LetterPress(0) as press:
        job = InProcess(house, [mailbox], press, lambda: datetime.now(UTC), ourselves())

        def look() -> Worked:
            worked = Worked()
            job.take_in(worked)
            return worked

        try:
            yield look
        finally:
            mailbox.close()


def taken_in(office: Path, provider: Provider, looks: int = 1) -> Worked:
    """A program starts, looks, and ends."""
    with at_work(office, provider.mailbox()) as look:
        worked = [look() for _ in range(looks)]
    return worked[-1]


def kept(office: Path) -> Counter[str]:
    """How many rows there are of each message's bytes."""
    return Counter(row["sha256"] for row in rows(office, "SELECT sha256 FROM messages"))


def digests(mail: list[bytes]) -> Counter[str]:
    return Counter(hashlib.sha256(raw).hexdigest() for raw in mail)


def assert_each_once(office: Path, provider: Provider, mail: list[bytes]) -> None:
    assert kept(office) == digests(mail)
    assert provider.waiting() == []
    assert set(provider.set_aside()) == set(mail)


def test_every_message_is_taken_in_once_and_set_aside(office: Path, provider: Provider) -> None:
    mail = post(0, FEW)
    provider.deliver(*mail)
    assert taken_in(office, provider, looks=3).problems == []
    assert_each_once(office, provider, mail)
    assert Counter(provider.set_aside()) == Counter(mail)


def test_what_lies_in_its_folders_can_be_listed_and_is_left_as_it_is(
    office: Path, provider: Provider
) -> None:
    first, later = post(0, 12), post(12, 3)
    provider.deliver(*first)
    taken_in(office, provider, looks=2)
    provider.deliver(*later)
    mailbox = provider.mailbox()
    for _ in range(2):
        found = list(mailbox.held())
        assert (sum(one.waiting for one in found), len(found)) == (3, 15)
        names = {one.message_id or one.sha256 for one in found}
        assert len(names) == 15
        assert "" not in names
    mailbox.close()
    assert (len(provider.waiting()), len(provider.set_aside())) == (3, 12)


def test_a_flooded_mailbox_hands_over_so_many_at_a_look_and_loses_none(
    office: Path, provider: Provider
) -> None:
    mail = post(0, FEW)
    provider.deliver(*mail)
    mailbox = provider.mailbox()
    if isinstance(mailbox, DropFolder):
        mailbox.most_per_look = 3
        assert list(mailbox.arrivals(patient=False))  # a first look, before they have settled
    else:
        assert isinstance(mailbox, WatchedMailbox | ImapMailbox)
        mailbox.rules = replace(mailbox.rules, most_per_look=3)
    sizes = []
    for _ in range(FEW):
        handed = list(mailbox.arrivals(patient=False))
        arrivals = [one for one in handed if isinstance(one, Arrival)]
        assert mailbox.settle_all(arrivals) == {}
        sizes.append(len(arrivals))
        held = [one for one in handed if isinstance(one, HeldBack)]
        assert bool(held) == (sum(sizes) < FEW)
        if not held:
            break
        assert (held[0].after, held[0].mailbox) == (0.0, mailbox.mailbox)
    mailbox.close()
    # Fetched together, they are handed over together: Exchange and IMAP fetch 32 at once.
    assert max(sizes) <= 32
    assert len(sizes) > 1
    assert Counter(provider.set_aside()) == Counter(mail)
    assert taken_in(office, provider).held_back == []


def test_a_message_is_handed_over_again_until_its_source_was_told(provider: Provider) -> None:
    provider.deliver(*post(0, 3))
    keys = []
    for _ in range(2):
        mailbox = provider.mailbox()
        found = [one for one in mailbox.arrivals() if isinstance(one, Arrival)]
        keys.append([one.source_key for one in found])
        mailbox.close()
    assert keys[0] == keys[1]
    assert len(set(keys[0])) == 3


def test_telling_a_source_twice_is_harmless(provider: Provider) -> None:
    mail = post(0, 3)
    provider.deliver(*mail)
    mailbox = provider.mailbox()
    found = [one for one in mailbox.arrivals() if isinstance(one, Arrival)]
    provider.deliver(*post(50, 1))
    assert [mailbox.settle_all(found), mailbox.settle_all(found)] == [{}, {}]
    mailbox.close()
    assert provider.waiting() == post(50, 1)
    assert Counter(provider.set_aside()) == Counter(mail)


def test_the_same_bytes_delivered_twice_are_two_deliveries(
    office: Path, provider: Provider
) -> None:
    (raw,) = post(0, 1)
    provider.deliver(raw)
    taken_in(office, provider)
    provider.deliver(raw)
    taken_in(office, provider)
    assert kept(office) == {hashlib.sha256(raw).hexdigest(): 2}
    assert len(provider.set_aside()) == 2


def test_what_no_mail_program_should_send_is_taken_in_byte_for_byte(
    office: Path, provider: Provider
) -> None:
    mail = [raw for raw in corpus.broken().values() if provider.can_hold(raw)]
    assert len(mail) > 8
    provider.deliver(*mail)
    waiting = provider.waiting()
    assert len(waiting) == len(mail)
    assert taken_in(office, provider).problems == []
    assert kept(office) == digests(waiting)
    assert provider.waiting() == []


def test_what_colleagues_read_flag_or_mark_is_taken_in_all_the_same(
    office: Path, provider: Provider
) -> None:
    mail = post(0, FEW)
    provider.deliver(*mail)
    provider.meddle()
    assert taken_in(office, provider).problems == []
    assert_each_once(office, provider, mail)


def test_what_a_colleague_takes_away_meanwhile_stops_nothing(
    office: Path, provider: Provider
) -> None:
    mail = post(0, FEW)
    provider.deliver(*mail)
    mailbox = provider.mailbox()
    with at_work(
        office, _Meddled(mailbox, after=5, deed=lambda: provider.take_away(mail[-1]))
    ) as look:
        assert look().problems == []
    assert set(digests(mail[:-1])) <= set(kept(office))
    assert max(kept(office).values()) == 1
    assert provider.waiting() == []


def test_a_provider_that_renumbers_its_messages_loses_none(
    office: Path, provider: Provider
) -> None:
    mail = post(0, FEW)
    provider.deliver(*mail)
    mailbox = provider.mailbox()
    with at_work(office, _Meddled(mailbox, after=5, deed=provider.renumber)) as look:
        look()
    taken_in(office, provider, looks=2)
    assert set(kept(office)) == set(digests(mail))
    assert provider.waiting() == []


def test_a_provider_that_restarts_between_looks_is_looked_at_again(
    office: Path, provider: Provider
) -> None:
    mail = post(0, 4)
    with at_work(office, provider.mailbox()) as look:
        provider.deliver(*mail[:2])
        assert look().problems == []
        provider.restart()
        provider.deliver(*mail[2:])
        assert look().problems == []
    assert_each_once(office, provider, mail)


@pytest.mark.parametrize("provider", ["exchange", "graph"], indirect=True)
@pytest.mark.parametrize("when", ["before", "after"])
def test_whatever_request_fails_every_message_is_taken_in_once(
    office: Path, provider: Provider, when: When
) -> None:
    _whatever_call_fails(office, provider, when, 8)


BOTH = {
    "reset": {"deed": "reset"},
    "drop": {"deed": "drop"},
    "503": {"deed": "answer", "status": 503},
    "cut": {"deed": "cut"},
}
GRAPH_FAULTS = BOTH | {"429": {"deed": "answer", "status": 429, "retry_after": "1"}}
EXCHANGE_FAULTS = BOTH | {
    "busy": {"deed": "answer", "code": "ErrorServerBusy", "seconds": 2.5},
    "failed": {"deed": "answer", "code": "ErrorInternalServerError"},
    "partial": {"deed": "partial"},
    "unauthorised": {"deed": "answer", "status": 401},
}


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("provider", "fault"),
    [
        *[pytest.param("graph", fault, id=f"graph-{name}") for name, fault in GRAPH_FAULTS.items()],
        *[
            pytest.param("exchange", fault, id=f"exchange-{name}")
            for name, fault in EXCHANGE_FAULTS.items()
        ],
    ],
    indirect=["provider"],
)
def test_every_request_for_many_messages_failing_once_loses_and_doubles_none(
    office: Path, provider: Provider, fault: dict[str, object]
) -> None:
    assert isinstance(provider, StandInProvider)
    mail = post(0, MANY)
    provider.deliver(*mail)
    if fault.get("status") == 401:  # where nobody was let in before, that ends it, as it should
        fault = {**fault, "on": "^(Get|Move|Create|Find)"}
    # Each request of its own: the listing, messages' bytes, and their moves.
    provider.server.fault(**({"on": "."} | fault), each=True)  # type: ignore[arg-type]
    assert taken_in(office, provider).problems == []
    assert provider.calls() > 4 * MANY // provider.together
    provider.mend()
    if fault["deed"] == "partial":  # what an answer left out is asked for at the next look
        assert taken_in(office, provider).problems == []
    assert_each_once(office, provider, mail)
    assert Counter(provider.set_aside()) == Counter(mail)


@pytest.mark.parametrize("provider", ["exchange", "graph"], indirect=True)
def test_colleagues_at_work_all_the_while_lose_and_double_nothing(
    office: Path, provider: Provider
) -> None:
    """They read, move away, delete, and the service forgets, after each third message."""
    assert isinstance(provider, StandInProvider)
    mail = post(0, FEW)
    provider.deliver(*mail)
    deeds: Iterator[Callable[[], object]] = cycle(
        [
            provider.meddle,
            lambda: provider.move_away(mail.pop()),
            lambda: provider.take_away(mail.pop()),
            lambda: provider.server.wish("forget"),
        ]
    )

    def meddle() -> None:
        next(deeds)()

    mailbox = _Meddled(provider.mailbox(), after=3, deed=meddle, again=True)
    with at_work(office, mailbox) as look:
        assert look().problems == []
        assert look().problems == []
    assert set(digests(mail)) <= set(kept(office))
    assert max(kept(office).values()) == 1
    assert provider.waiting() == []
    assert provider.moved_away()
    assert not set(provider.moved_away()) & set(provider.set_aside())


def _whatever_call_fails(
    office: Path, provider: Provider, when: When, number: int, stride: int = 1
) -> None:
    """Deliver and take in once for each call that can fail, or for one of `stride` of them."""
    mail: list[bytes] = []
    for call in range(1, MOST_CALLS, stride):
        fresh = post(len(mail), number)
        mail += fresh
        provider.deliver(*fresh)
        provider.break_at(call, when)
        taken_in(office, provider)
        broke = provider.broke()
        provider.mend()
        taken_in(office, provider)
        assert kept(office) == digests(mail), f"call {call} {when}"
        assert provider.waiting() == []
        assert set(provider.set_aside()) == set(mail)
        if not broke:
            return
    raise AssertionError(f"more than {MOST_CALLS} calls for {number} messages")


@pytest.mark.parametrize("provider", ["imap"], indirect=True)
@pytest.mark.parametrize("when", ["before", "after"])
def test_whatever_call_fails_every_message_is_taken_in_once(
    office: Path, provider: Provider, when: When
) -> None:
    _whatever_call_fails(office, provider, when, FEW)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("provider", "when"),
    [("imap", "after"), ("imap-without-move", "before")],
    indirect=["provider"],
)
def test_whatever_call_fails_of_many_every_message_is_taken_in_once(
    office: Path, provider: Provider, when: When
) -> None:
    _whatever_call_fails(office, provider, when, MANY, stride=11)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    # Killed after one call and killed before the next leave the same behind at the server.
    ("provider", "when", "number"),
    [
        ("imap", "before", FEW),
        ("imap-without-move", "after", FEW),
        ("graph", "after", 2),
        ("exchange", "after", FEW),
    ],
    indirect=["provider"],
)
def test_killed_at_any_call_every_message_is_taken_in_once(
    office: Path, provider: Provider, when: When, number: int
) -> None:
    with (office / PROFILE_NAME).open("a") as profile:
        profile.write(provider.profile())
    mail: list[bytes] = []
    kills = 0
    for call in range(1, MOST_CALLS):
        fresh = post(len(mail), number)
        mail += fresh
        provider.deliver(*fresh)
        running = subprocess.Popen(
            program(office, "run", "--once", "--workers", "0", "--json"),
            cwd=TOP,
            env=ENVIRONMENT | {"CORRESPONDENCE_PASSWORD_COMPLAINTS": provider.password},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        provider.break_at(call, when, kill=running.pid)
        status = running.wait()
        broke = provider.broke()
        provider.mend()
        if not broke:
            assert status in (0, 1)
            break
        kills += 1
        assert status < 0
    taken_in(office, provider)
    assert_each_once(office, provider, mail)
    assert kills > 5


class _Meddled:
    """A mailbox in which somebody does something once so many were handed over, or each time."""

    def __init__(
        self, mailbox: Mailbox, after: int, deed: Callable[[], None], *, again: bool = False
    ) -> None:
        self._again = again
        self._inner = mailbox
        self._after = after
        self._deed = deed
        self.mailbox = mailbox.mailbox
        self.settle_all = mailbox.settle_all
        self.held = mailbox.held
        self.close = mailbox.close

    def arrivals(self, *, patient: bool = True) -> Iterator[Arrival | LeftAlone | HeldBack]:
        for number, one in enumerate(self._inner.arrivals(patient=patient), 1):
            yield one
            if number == self._after or (self._again and number % self._after == 0):
                self._deed()
