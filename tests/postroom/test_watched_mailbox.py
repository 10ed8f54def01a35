"""What Graph's mailboxes and those on Exchange servers do alike, against a stand-in of each.

Only what differs between the two is tried in `graph/` and `exchange/`.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from correspondence.errors import ConnectionLost, MailServerUnavailable
from correspondence.postroom.answers import Busy
from correspondence.postroom.base import Arrival, by_server
from correspondence.postroom.rules import Rules
from tests.postroom.certificates import NO_OPENSSL, openssl_is_there
from tests.postroom.exchange_stand_in import StandIn as ExchangeStandIn
from tests.postroom.exchange_stand_in import exchange_stand_in
from tests.postroom.graph_stand_in import StandIn as GraphStandIn
from tests.postroom.graph_stand_in import graph_stand_in
from tests.postroom.looking import NOW, looked, post, taken_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.postroom.watched_mailbox import WatchedMailbox
    from tests.postroom.faulty_line import When
    from tests.postroom.stand_in import Faulty

A_FEW = 3
MOST_CALLS = 60


@dataclass(frozen=True, slots=True)
class Service:
    """A stand-in, and what its requests are called that list messages and fetch one."""

    stand_in: GraphStandIn | ExchangeStandIn
    lists: str
    fetches: str

    def mailbox(self, rules: Rules | None = None) -> WatchedMailbox[Any]:
        return self.stand_in.mailbox(rules)

    def impatient(self, seconds: float) -> WatchedMailbox[Any]:
        """A mailbox that waits for an answer no longer than that."""
        if isinstance(self.stand_in, ExchangeStandIn):
            return self.stand_in.mailbox(timeout=seconds)
        return self.stand_in.mailbox(server=replace(self.stand_in.server, timeout=seconds))

    def is_busy(self, seconds: int) -> None:
        """The next look is asked to come back after so many seconds."""
        self.stand_in.fault("answer", status=503, retry_after=str(seconds), on=self.lists)


@pytest.fixture(scope="module", params=["exchange", pytest.param("graph", marks=pytest.mark.slow)])
def running(request: pytest.FixtureRequest) -> Iterator[Service]:
    if request.param == "exchange":
        with exchange_stand_in() as exchange:
            yield Service(exchange, "SyncFolderItems", "GetItem")
        return
    if not openssl_is_there():
        pytest.skip(NO_OPENSSL)
    with graph_stand_in() as graph:
        yield Service(graph, "delta", "value")


@pytest.fixture
def service(running: Service) -> Service:
    running.stand_in.wish("begin-anew")
    return running


@pytest.fixture
def there(service: Service) -> Faulty:
    """What somebody else sees of the mailbox."""
    return service.stand_in


@pytest.fixture
def mailbox(service: Service) -> Iterator[WatchedMailbox[Any]]:
    made = service.mailbox()
    yield made
    made.close()


def test_one_look_at_an_idle_mailbox_costs_one_request(
    service: Service, mailbox: WatchedMailbox[Any], there: Faulty
) -> None:
    there.deliver(*post(3))
    assert mailbox.settle_all(looked(mailbox)[0]) == {}
    looked(mailbox)
    there.mend()
    for _ in range(5):
        assert looked(mailbox) == ([], [])
    assert there.calls == [service.lists] * 5


def test_a_mailbox_with_something_that_stays_costs_no_more(
    service: Service, mailbox: WatchedMailbox[Any], there: Faulty
) -> None:
    mailbox.rules = replace(mailbox.rules, largest=100)
    there.deliver(*post(2))
    _, left = looked(mailbox)
    assert len(left) == 2
    there.mend()
    assert sorted(looked(mailbox)[1], key=str) == sorted(left, key=str)
    assert there.calls == [service.lists]


@pytest.mark.parametrize("when", [pytest.param("before", marks=pytest.mark.slow), "after"])
def test_whatever_call_fails_every_message_is_taken_in_once(
    service: Service, there: Faulty, when: When
) -> None:
    mail: list[bytes] = []
    kept: dict[str, bytes] = {}
    for call in range(1, MOST_CALLS):
        fresh = post(A_FEW, len(mail))
        mail += fresh
        there.deliver(*fresh)
        there.break_at(call, when)
        mailbox = service.mailbox()
        taken_in(mailbox, kept)
        mailbox.close()
        done = len(there.calls) < call
        there.mend()
        again = service.mailbox()
        taken_in(again, kept)
        again.close()
        assert sorted(kept.values()) == sorted(mail), f"call {call} {when}"
        assert there.held("inbox") == []
        assert sorted(there.held("Processed")) == sorted(mail)
        if done:
            assert call > A_FEW
            return
    raise AssertionError(f"more than {MOST_CALLS} calls for a few messages")


def test_a_cursor_that_has_expired_leads_to_a_look_at_everything(
    service: Service, mailbox: WatchedMailbox[Any], there: Faulty
) -> None:
    mail = post(4)
    there.deliver(*mail[:2])
    kept: dict[str, bytes] = {}
    taken_in(mailbox, kept)
    there.deliver(*mail[2:])
    there.wish("forget")
    there.mend()
    taken_in(mailbox, kept)
    assert sorted(kept.values()) == sorted(mail)
    assert there.calls[:2] == [service.lists] * 2


def test_everything_is_looked_at_again_from_time_to_time(
    mailbox: WatchedMailbox[Any], there: Faulty
) -> None:
    clock = [0.0]
    mailbox.since = lambda: clock[0]
    there.deliver(*post(2))
    assert len(looked(mailbox)[0]) == 2
    assert mailbox._watched is not None
    mailbox._watched.there.clear()  # whatever the cursor had us believe
    assert looked(mailbox)[0] == []
    clock[0] = mailbox.rules.look_through_all + 1
    assert len(looked(mailbox)[0]) == 2


def test_what_a_colleague_moved_elsewhere_stays_where_they_put_it(
    mailbox: WatchedMailbox[Any], there: Faulty
) -> None:
    mail = post(3)
    there.deliver(*mail)
    arrivals, _ = looked(mailbox)
    there.wish("take-away", raw=base64.b64encode(mail[1]).decode(), to="Leasehold")
    assert mailbox.settle_all(arrivals) == {}
    assert there.held("Leasehold") == [mail[1]]
    assert there.held("Processed") == [mail[0], mail[2]]


def test_what_a_colleague_takes_away_between_list_and_fetch_stops_nothing(
    mailbox: WatchedMailbox[Any], there: Faulty
) -> None:
    mail = post(3)
    there.deliver(*mail)
    listed = mailbox._look()
    there.wish("take-away", raw=base64.b64encode(mail[2]).decode())
    assert [one.raw for one in mailbox._fetched(listed) if isinstance(one, Arrival)] == mail[:2]


def test_what_was_read_by_a_colleague_is_taken_in_all_the_same_and_once(
    mailbox: WatchedMailbox[Any], there: Faulty
) -> None:
    there.deliver(*post(3))
    there.wish("meddle")
    arrivals, _ = looked(mailbox)
    there.wish("meddle")
    again, _ = looked(mailbox)
    assert [one.source_key for one in again] == [one.source_key for one in arrivals]
    assert len(arrivals) == 3


def test_a_message_moved_back_comes_again_and_goes_again(
    mailbox: WatchedMailbox[Any], there: Faulty
) -> None:
    there.deliver(*post(1))
    mailbox.settle_all(looked(mailbox)[0])
    there.wish("put-back")
    (again,), _ = looked(mailbox)
    assert mailbox.settle_all([again]) == {}
    assert (there.held("inbox"), there.held("Processed")) == ([], post(1))


def test_the_server_s_own_time_is_when_a_message_was_received(
    mailbox: WatchedMailbox[Any], there: Faulty
) -> None:
    at = datetime(2026, 11, 20, 23, 18, 5, tzinfo=UTC)
    there.deliver(*post(1), at=at.isoformat())
    (arrival,), _ = looked(mailbox)
    assert arrival.server_received_at == arrival.file_time == at
    assert by_server(arrival.source_key)


def test_the_oldest_comes_first(mailbox: WatchedMailbox[Any], there: Faulty) -> None:
    mail = post(3)
    for days, raw in zip((1, 3, 2), mail, strict=True):
        there.deliver(raw, at=(NOW - timedelta(days=days)).isoformat())
    assert [one.raw for one in looked(mailbox)[0]] == [mail[1], mail[2], mail[0]]


def test_mail_from_before_the_day_it_is_read_from_stays_and_is_counted(
    mailbox: WatchedMailbox[Any], there: Faulty
) -> None:
    mailbox.rules = replace(mailbox.rules, received_since=date(2026, 11, 21))
    mail = post(2)
    there.deliver(mail[0], at="2026-11-20T23:30:00+00:00")
    there.deliver(mail[1], at="2026-11-21T00:30:00+00:00")
    arrivals, (left,) = looked(mailbox)
    assert [one.raw for one in arrivals] == [mail[1]]
    assert "1 messages came before" in left.because


@pytest.mark.parametrize(
    "name", ["Complaints & <claims>/Kept “2026”", "Gwaith/Wedi'i drafod – môr & mynydd"]
)
def test_a_folder_may_lie_in_another_and_have_any_name(
    service: Service, there: Faulty, name: str
) -> None:
    mailbox = service.mailbox(Rules(processed=name))
    for number in range(2):
        there.deliver(*post(1, number))
        assert mailbox.settle_all(looked(mailbox)[0]) == {}
    mailbox.close()
    assert there.held(name.partition("/")[2]) == post(2)
    again = service.mailbox(Rules(folder=name.upper()))
    assert len(looked(again)[0]) == 2
    again.close()


def test_a_processed_folder_that_vanished_is_made_anew(
    mailbox: WatchedMailbox[Any], there: Faulty
) -> None:
    mail = post(4)
    there.deliver(mail[0])
    mailbox.settle_all(looked(mailbox)[0])
    there.wish("remove-folder", name="Processed")
    there.deliver(*mail[1:])
    assert mailbox.settle_all(looked(mailbox)[0]) == {}
    assert sorted(there.held("Processed")) == sorted(mail[1:])


def test_a_folder_that_is_not_there_is_told_of(service: Service) -> None:
    mailbox = service.mailbox(Rules(folder="Post"))
    with pytest.raises(MailServerUnavailable, match="no folder Post"):
        looked(mailbox)
    mailbox.close()


def test_a_message_that_is_too_large_is_named_and_not_fetched(
    service: Service, mailbox: WatchedMailbox[Any], there: Faulty
) -> None:
    there.deliver(*post(1), kept_size=60 * 1024 * 1024)
    arrivals, (left,) = looked(mailbox)
    assert arrivals == []
    assert "larger than 50 MB (60 MB)" in left.because
    assert service.fetches not in there.calls


def test_a_message_larger_than_it_was_said_to_be_is_broken_off(
    mailbox: WatchedMailbox[Any], there: Faulty
) -> None:
    mailbox.rules = replace(mailbox.rules, largest=500_000)
    good = post(1)
    there.deliver(b"Subject: Large\r\n\r\n" + b"x" * 5_000_000, kept_size=100)
    there.deliver(*good)
    arrivals, (left,) = looked(mailbox)
    assert [one.raw for one in arrivals] == good
    assert "larger than" in left.because
    assert len(there.held("inbox")) == 2


def test_a_server_that_asks_for_patience_is_given_it(
    service: Service, mailbox: WatchedMailbox[Any], there: Faulty
) -> None:
    waits: list[float] = []
    mailbox.session.patient.wait = waits.append
    there.deliver(*post(1))
    service.is_busy(17)
    assert len(looked(mailbox)[0]) == 1
    assert waits == [17.0]


def test_a_server_that_asks_for_too_much_is_left_alone_for_as_long(
    service: Service, mailbox: WatchedMailbox[Any], there: Faulty
) -> None:
    waits: list[float] = []
    mailbox.session.patient.wait = waits.append
    clock = [0.0]
    mailbox.since = lambda: clock[0]
    service.is_busy(900)
    with pytest.raises(Busy):
        looked(mailbox)
    assert waits == []
    there.mend()
    clock[0] = 890.0
    assert looked(mailbox, patient=False) == ([], [])
    assert there.calls == []
    clock[0] = 910.0
    looked(mailbox, patient=False)
    assert there.calls[-1] == service.lists


def test_a_look_that_is_not_patient_comes_back_soon(
    service: Service, mailbox: WatchedMailbox[Any], there: Faulty
) -> None:
    there.fault("reset", on=service.lists, times=5)
    with pytest.raises(ConnectionLost):
        looked(mailbox, patient=False)
    assert there.calls.count(service.lists) == 1


def test_a_stalled_answer_is_given_up_and_asked_for_again(service: Service, there: Faulty) -> None:
    there.deliver(*post(1))
    there.fault("stall", on=service.fetches, seconds=1.0)
    mailbox = service.impatient(0.3)
    assert len(looked(mailbox)[0]) == 1
    assert there.calls.count(service.fetches) == 2
    mailbox.close()
