"""A mailbox in Exchange Online takes all in once, moves what is kept, and touches nothing else."""

from __future__ import annotations

import base64
import logging
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from correspondence.errors import ConnectionLost, LoginRefused, MailServerUnavailable
from correspondence.postroom.answers import Busy
from correspondence.postroom.base import Arrival, HeldBack, LeftAlone, by_server
from correspondence.postroom.graph.server import Proof
from correspondence.postroom.pace import Pace
from correspondence.postroom.refused_logins import RefusedLogins
from correspondence.postroom.rules import Rules
from tests.jobs import corpus
from tests.postroom.certificates import NO_OPENSSL, certificate, openssl_is_there
from tests.postroom.graph_stand_in import StandIn, graph_stand_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from correspondence.postroom.graph.mailbox import GraphMailbox
    from tests.postroom.faulty_line import When

pytestmark = pytest.mark.slow

NOW = datetime.now(UTC)
A_FEW = 3


def post(number: int, first: int = 0) -> list[bytes]:
    return [corpus.other(one, NOW) for one in range(first, first + number)]


@pytest.fixture(scope="module")
def running() -> Iterator[StandIn]:
    if not openssl_is_there():
        pytest.skip(NO_OPENSSL)
    with graph_stand_in() as made:
        yield made


@pytest.fixture
def graph(running: StandIn) -> StandIn:
    running.wish("begin-anew")
    return running


@pytest.fixture
def mailbox(graph: StandIn) -> Iterator[GraphMailbox]:
    made = graph.mailbox()
    yield made
    made.close()


def looked(mailbox: GraphMailbox, *, patient: bool = True) -> tuple[list[Arrival], list[LeftAlone]]:
    found = list(mailbox.arrivals(patient=patient))
    return (
        [one for one in found if isinstance(one, Arrival)],
        [one for one in found if isinstance(one, LeftAlone)],
    )


def taken_in(mailbox: GraphMailbox, kept: dict[str, bytes]) -> None:
    """Keep what comes, each delivery once, then tell the source: what every run does."""
    arrivals, _ = looked(mailbox)
    kept |= {one.source_key: one.raw for one in arrivals}
    mailbox.settle_all(arrivals)


def test_one_look_at_an_idle_mailbox_costs_one_request(
    graph: StandIn, mailbox: GraphMailbox
) -> None:
    graph.deliver(*post(3))
    assert mailbox.settle_all(looked(mailbox)[0]) == {}
    looked(mailbox)
    graph.mend()
    for _ in range(5):
        assert looked(mailbox) == ([], [])
    assert graph.calls == ["delta"] * 5


def test_a_mailbox_with_something_that_stays_costs_no_more(
    graph: StandIn, mailbox: GraphMailbox
) -> None:
    mailbox.rules = replace(mailbox.rules, largest=100)
    graph.deliver(*post(2))
    _, left = looked(mailbox)
    assert len(left) == 2
    graph.mend()
    assert sorted(looked(mailbox)[1], key=str) == sorted(left, key=str)
    assert graph.calls == ["delta"]


@pytest.mark.parametrize("when", ["before", "after"])
def test_whatever_call_fails_every_message_is_taken_in_once(graph: StandIn, when: When) -> None:
    mail: list[bytes] = []
    kept: dict[str, bytes] = {}
    for call in range(1, 60):
        fresh = post(A_FEW, len(mail))
        mail += fresh
        graph.deliver(*fresh)
        graph.break_at(call, when)
        mailbox = graph.mailbox()
        taken_in(mailbox, kept)
        mailbox.close()
        done = len(graph.calls) < call
        graph.mend()
        again = graph.mailbox()
        taken_in(again, kept)
        again.close()
        assert sorted(kept.values()) == sorted(mail), f"call {call} {when}"
        assert graph.held("inbox") == []
        assert sorted(graph.held("Processed")) == sorted(mail)
        if done:
            assert call > 2 * A_FEW
            return
    raise AssertionError("more than 60 calls for a few messages")


@pytest.mark.parametrize(
    "fault",
    [
        {"deed": "reset"},
        {"deed": "drop"},
        {"deed": "cut"},
        {"deed": "answer", "status": 429, "retry_after": "3"},
        {"deed": "answer", "status": 503, "retry_after": "3"},
        {"deed": "answer", "status": 503},
        {"deed": "answer", "status": 504},
        {"deed": "answer", "status": 401},
    ],
    ids=lambda fault: f"{fault['deed']} {fault.get('status', '')}",
)
def test_every_call_failing_once_in_its_turn_loses_and_doubles_nothing(
    graph: StandIn, mailbox: GraphMailbox, fault: dict[str, object]
) -> None:
    mail = post(8)
    graph.deliver(*mail)
    graph.fault(**fault, on="delta|value|move|folder", each=True)  # type: ignore[arg-type]
    kept: dict[str, bytes] = {}
    taken_in(mailbox, kept)
    assert sorted(kept.values()) == sorted(mail)
    assert graph.held("inbox") == []
    assert sorted(graph.held("Processed")) == sorted(mail)
    assert graph.wish("calls")["most_at_once"] <= 4


def test_a_cursor_that_has_expired_leads_to_a_look_at_everything(
    graph: StandIn, mailbox: GraphMailbox
) -> None:
    mail = post(4)
    graph.deliver(*mail[:2])
    kept: dict[str, bytes] = {}
    taken_in(mailbox, kept)
    graph.deliver(*mail[2:])
    graph.wish("forget")
    graph.mend()
    taken_in(mailbox, kept)
    assert sorted(kept.values()) == sorted(mail)
    assert graph.calls[:2] == ["delta", "delta"]


def test_a_cursor_that_never_holds_is_a_sentence(graph: StandIn, mailbox: GraphMailbox) -> None:
    graph.fault("answer", status=410, code="SyncStateNotFound", on="delta", times=100)
    with pytest.raises(MailServerUnavailable, match="410"):
        looked(mailbox)


def test_many_messages_come_page_by_page_and_a_lost_page_begins_them_anew(
    graph: StandIn, mailbox: GraphMailbox
) -> None:
    graph.deliver(*post(450))
    graph.mend()
    graph.fault("answer", status=410, on="delta", times=1)
    listed = mailbox._look()
    assert len(listed) == 450
    assert len({one.identity for one in listed}) == 450


def test_what_a_colleague_moved_elsewhere_stays_where_they_put_it(
    graph: StandIn, mailbox: GraphMailbox
) -> None:
    mail = post(3)
    graph.deliver(*mail)
    arrivals, _ = looked(mailbox)
    graph.wish("take-away", raw=base64.b64encode(mail[1]).decode(), to="Leasehold")
    assert mailbox.settle_all(arrivals) == {}
    assert graph.held("Leasehold") == [mail[1]]
    assert graph.held("Processed") == [mail[0], mail[2]]


def test_what_a_colleague_deletes_meanwhile_stops_nothing(
    graph: StandIn, mailbox: GraphMailbox
) -> None:
    mail = post(3)
    graph.deliver(*mail)
    listed = mailbox.arrivals()
    graph.wish("take-away", raw=base64.b64encode(mail[2]).decode())
    assert len([one for one in listed if isinstance(one, Arrival)]) == 2


def test_what_was_read_by_a_colleague_is_taken_in_all_the_same_and_once(
    graph: StandIn, mailbox: GraphMailbox
) -> None:
    graph.deliver(*post(3))
    graph.wish("meddle")
    arrivals, _ = looked(mailbox)
    graph.wish("meddle")
    again, _ = looked(mailbox)
    assert [one.source_key for one in again] == [one.source_key for one in arrivals]
    assert len(arrivals) == 3


def test_a_message_moved_back_comes_under_the_same_name(
    graph: StandIn, mailbox: GraphMailbox
) -> None:
    graph.deliver(*post(1))
    arrivals, _ = looked(mailbox)
    mailbox.settle_all(arrivals)
    identity = arrivals[0].source_key
    graph.wish("put-back")
    (again,), _ = looked(mailbox)
    assert again.source_key == identity
    assert mailbox.settle_all([again]) == {}
    assert (graph.held("inbox"), graph.held("Processed")) == ([], post(1))


def test_the_service_s_own_time_is_when_a_message_was_received(
    graph: StandIn, mailbox: GraphMailbox
) -> None:
    at = datetime(2026, 11, 20, 23, 18, 5, tzinfo=UTC)
    graph.deliver(*post(1), at=at.isoformat())
    (arrival,), _ = looked(mailbox)
    assert arrival.server_received_at == arrival.file_time == at
    assert by_server(arrival.source_key)


def test_the_oldest_comes_first(graph: StandIn, mailbox: GraphMailbox) -> None:
    mail = post(3)
    for days, raw in zip((1, 3, 2), mail, strict=True):
        graph.deliver(raw, at=(NOW - timedelta(days=days)).isoformat())
    assert [one.raw for one in looked(mailbox)[0]] == [mail[1], mail[2], mail[0]]


def test_mail_from_before_the_day_it_is_read_from_stays_and_is_counted(
    graph: StandIn, mailbox: GraphMailbox
) -> None:
    mailbox.rules = replace(mailbox.rules, received_since=date(2026, 11, 21))
    mail = post(2)
    graph.deliver(mail[0], at="2026-11-20T23:30:00+00:00")
    graph.deliver(mail[1], at="2026-11-21T00:30:00+00:00")
    arrivals, (left,) = looked(mailbox)
    assert [one.raw for one in arrivals] == [mail[1]]
    assert "1 messages came before" in left.because


def test_a_folder_may_lie_in_another_and_have_any_name(graph: StandIn) -> None:
    name = "Gwaith/Wedi'i drafod – môr & mynydd"
    mailbox = graph.mailbox(Rules(processed=name))
    for number in range(2):
        graph.deliver(*post(1, number))
        assert mailbox.settle_all(looked(mailbox)[0]) == {}
    mailbox.close()
    assert graph.held("Wedi'i drafod – môr & mynydd") == post(2)


def test_a_processed_folder_that_vanished_is_made_anew(
    graph: StandIn, mailbox: GraphMailbox
) -> None:
    mail = post(4)
    graph.deliver(mail[0])
    mailbox.settle_all(looked(mailbox)[0])
    graph.wish("remove-folder", name="Processed")
    graph.deliver(*mail[1:])
    assert mailbox.settle_all(looked(mailbox)[0]) == {}
    assert sorted(graph.held("Processed")) == sorted(mail[1:])


def test_a_folder_that_is_not_there_is_told_of(graph: StandIn) -> None:
    with pytest.raises(MailServerUnavailable, match="no folder Post"):
        looked(graph.mailbox(Rules(folder="Post")))


def test_a_message_that_is_too_large_is_named_and_not_fetched(
    graph: StandIn, mailbox: GraphMailbox
) -> None:
    graph.deliver(*post(1), kept_size=60 * 1024 * 1024)
    arrivals, (left,) = looked(mailbox)
    assert arrivals == []
    assert "larger than 50 MB (60 MB)" in left.because
    assert "value" not in graph.calls


def test_a_message_larger_than_it_was_said_to_be_is_broken_off(
    graph: StandIn, mailbox: GraphMailbox
) -> None:
    mailbox.rules = replace(mailbox.rules, largest=500_000)
    good = post(1)
    graph.deliver(b"Subject: Large\r\n\r\n" + b"x" * 3_000_000, kept_size=100)
    graph.deliver(*good)
    arrivals, (left,) = looked(mailbox)
    assert [one.raw for one in arrivals] == good
    assert "larger than" in left.because
    assert len(graph.held("inbox")) == 2


def test_a_service_that_tells_no_sizes_is_read_all_the_same(
    graph: StandIn, mailbox: GraphMailbox
) -> None:
    graph.fault("answer", status=400, code="RequestBroker--ParseUri", on="^delta$")
    graph.deliver(*post(2), kept_size=60 * 1024 * 1024)
    assert len(looked(mailbox)[0]) == 2
    graph.mend()
    assert len(looked(mailbox)[0]) == 2
    assert graph.calls == ["delta", "value", "value"]


@pytest.mark.parametrize(
    "fault",
    [
        {"deed": "answer", "status": 500},
        {"deed": "answer", "status": 400},
        {"deed": "answer", "status": 404},
        {"deed": "reset"},
    ],
    ids=["500", "400", "404", "reset"],
)
def test_messages_that_cannot_be_fetched_are_named_and_hold_up_no_other(
    graph: StandIn, mailbox: GraphMailbox, fault: dict[str, object]
) -> None:
    mail = post(6)
    for bad in graph.deliver(*mail)[1:4]:
        graph.fault(**fault, on="value", path=bad[:40], times=1000)  # type: ignore[arg-type]
    good = sorted([mail[0], *mail[4:]])
    for _ in range(3):
        arrivals, left = looked(mailbox, patient=False)
        assert sorted(one.raw for one in arrivals) == good
        assert len(left) == 3
        mailbox._next_look = 0.0
    graph.mend()
    fresh = graph.mailbox()
    assert len(looked(fresh)[0]) == 6
    fresh.close()


def test_attachments_that_are_being_scanned_are_waited_for(
    graph: StandIn, mailbox: GraphMailbox
) -> None:
    whole = corpus.other(1, NOW).replace(b"MIME-Version: 1.0\r\n", b"")
    graph.deliver(whole, scanning=True)
    arrivals, (left,) = looked(mailbox)
    assert (arrivals, left.may_settle) == ([], True)
    assert "being scanned" in left.because
    graph.wish("scanned")
    assert [one.raw for one in looked(mailbox)[0]] == [whole]


def test_a_scan_that_never_ends_is_waited_for_an_hour_by_the_service_s_clock(
    graph: StandIn, mailbox: GraphMailbox
) -> None:
    graph.deliver(*post(1), scanning=True)
    assert looked(mailbox)[0] == []
    graph.wish("set", clock_ahead=3700)
    (late,), _ = looked(mailbox)
    assert b"Scan In Progress" in late.raw


def test_a_service_is_asked_so_often_a_minute_and_the_rest_is_taken_later(
    graph: StandIn, mailbox: GraphMailbox
) -> None:
    clock = [1000.0]
    mailbox.since = lambda: clock[0]
    mailbox.session.pace = Pace(30, lambda: clock[0])
    mail = post(40)
    graph.deliver(*mail)
    graph.mend()
    minutes = 0
    while graph.held("inbox"):
        found = list(mailbox.arrivals(patient=False))
        mailbox.settle_all([one for one in found if isinstance(one, Arrival)])
        (held,) = [one for one in found if isinstance(one, HeldBack)] or [HeldBack("", "", 1)]
        assert held.after > 0
        asked = [one for one in graph.calls if one not in ("discovery", "token")]
        assert len(asked) <= 30 * (minutes + 1) + 1  # settling catches up once
        if held.mailbox:
            assert "30 times a minute" in held.because
            assert list(mailbox.arrivals(patient=False)) == []
        clock[0] += 60
        minutes += 1
        assert minutes < 9
    assert minutes > 2
    assert graph.held("Processed") == mail


def test_a_patient_sweep_keeps_to_that_by_waiting(graph: StandIn, mailbox: GraphMailbox) -> None:
    clock = [1000.0]

    def wait(seconds: float) -> None:
        clock[0] += seconds

    mailbox.session.pace = Pace(20, lambda: clock[0])
    mailbox.session.patient.wait = wait
    graph.deliver(*post(25))
    arrivals, _ = looked(mailbox)
    assert len(arrivals) == 25
    assert clock[0] > 1060


def test_a_server_that_asks_for_patience_is_given_it(graph: StandIn, mailbox: GraphMailbox) -> None:
    waits: list[float] = []
    mailbox.session.patient.wait = waits.append
    graph.deliver(*post(1))
    graph.fault("answer", status=429, retry_after="17", on="delta")
    assert len(looked(mailbox)[0]) == 1
    assert waits == [17.0]


def test_a_server_that_asks_for_too_much_is_left_alone_for_as_long(
    graph: StandIn, mailbox: GraphMailbox
) -> None:
    waits: list[float] = []
    mailbox.session.patient.wait = waits.append
    clock = [0.0]
    mailbox.since = lambda: clock[0]
    graph.fault("answer", status=503, retry_after="900", on="delta")
    with pytest.raises(Busy):
        looked(mailbox)
    assert waits == []
    graph.mend()
    clock[0] = 890.0
    assert looked(mailbox, patient=False) == ([], [])
    assert graph.calls == []
    clock[0] = 910.0
    looked(mailbox, patient=False)
    assert graph.calls[-1] == "delta"


def test_a_look_that_is_not_patient_comes_back_soon(graph: StandIn, mailbox: GraphMailbox) -> None:
    graph.fault("reset", on="delta", times=5)
    with pytest.raises(ConnectionLost):
        looked(mailbox, patient=False)
    assert graph.calls.count("delta") == 1


def test_a_stalled_answer_is_given_up_and_asked_for_again(graph: StandIn) -> None:
    graph.deliver(*post(1))
    graph.fault("stall", on="value", seconds=1.0)
    mailbox = graph.mailbox(server=replace(graph.server, timeout=0.3))
    assert len(looked(mailbox)[0]) == 1
    assert graph.calls.count("value") == 2


def test_a_token_that_no_longer_holds_is_replaced_once(
    graph: StandIn, mailbox: GraphMailbox
) -> None:
    looked(mailbox)
    graph.wish("forget-tokens")
    graph.mend()
    looked(mailbox)
    assert graph.calls == ["delta", "discovery", "token", "delta"]
    graph.fault("answer", status=401, on="delta", times=100)
    with pytest.raises(MailServerUnavailable, match="401"):
        looked(mailbox)
    assert graph.calls.count("token") == 2


def test_what_is_not_allowed_is_a_sentence(graph: StandIn, mailbox: GraphMailbox) -> None:
    graph.wish("set", may_read=False)
    with pytest.raises(MailServerUnavailable, match="403 ErrorAccessDenied"):
        looked(mailbox)


def test_a_wrong_secret_is_offered_once_also_after_a_restart_and_never_shown(
    graph: StandIn, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    refusals = RefusedLogins(tmp_path / "refused.json")
    for _ in range(2):
        mailbox = graph.mailbox(proof=Proof("secret", SecretStr("open sesame")))
        mailbox.session.tokens._refusals = refusals
        for _ in range(2):
            with pytest.raises(LoginRefused, match="Value of the secret") as refused:
                looked(mailbox)
            assert "sesame" not in str(refused.value)
    assert graph.calls.count("token") == 1
    assert "sesame" not in caplog.text + refusals.file.read_text()
    graph.wish("set", secret="open sesame")  # put right on the other side, and somebody tried it
    refusals.forget("complaints")
    assert looked(mailbox) == ([], [])


def test_words_of_messages_and_tokens_do_not_reach_the_log(
    graph: StandIn, mailbox: GraphMailbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    graph.deliver(*post(1))
    looked(mailbox)
    assert "tap" not in caplog.text
    assert mailbox.session.tokens.token().get_secret_value() not in caplog.text


@pytest.mark.parametrize("kind", ["secret", "certificate", "managed_identity"])
def test_an_application_proves_itself_by_whatever_it_has(
    graph: StandIn, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IDENTITY_ENDPOINT", f"http://127.0.0.1:{graph.plain_port}/msi/token")
    monkeypatch.setenv("IDENTITY_HEADER", "a header of this machine")
    graph.deliver(*post(1))
    proof = graph.proof(kind)  # type: ignore[arg-type]
    assert len(looked(graph.mailbox(proof=proof))[0]) == 1
    assert ("machine" in graph.calls) == (kind == "managed_identity")


def test_clocks_that_differ_are_told_of_and_it_is_tried_again(graph: StandIn) -> None:
    graph.wish("set", clock_ahead=7200)
    mailbox = graph.mailbox(proof=graph.proof("certificate"))
    with pytest.raises(MailServerUnavailable, match="set the clock"):
        looked(mailbox)
    graph.wish("set", clock_ahead=0)
    assert looked(mailbox) == ([], [])


def test_a_key_that_is_no_rsa_key_is_a_sentence(graph: StandIn) -> None:
    tls = graph.certificate
    other = Proof("certificate", SecretStr(tls.key.read_text() + tls.file.read_text()))
    with pytest.raises(LoginRefused, match="must be an RSA key"):
        looked(graph.mailbox(proof=other))


def test_a_link_to_another_server_is_not_followed(graph: StandIn, mailbox: GraphMailbox) -> None:
    for link in ("https://elsewhere.example/v1.0/x", "https://localhost:1/x", "https://[oops/x"):
        with pytest.raises(MailServerUnavailable, match="another server"):
            mailbox.session.get(link)
    assert graph.calls == []


def test_a_certificate_of_an_unknown_authority_is_not_accepted_whatever_the_environment_says(
    graph: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.setenv(name, str(graph.certificate.authority))
    monkeypatch.setenv("PYTHONHTTPSVERIFY", "0")
    for authority in (None, certificate(tmp_path).authority):
        with pytest.raises(MailServerUnavailable, match="is not accepted"):
            looked(graph.mailbox(server=replace(graph.server, ca_file=authority)))
    assert graph.calls == []


def test_the_environment_sends_nothing_by_another_way(
    graph: StandIn, mailbox: GraphMailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate(tmp_path).authority))
    graph.deliver(*post(1))
    assert len(looked(mailbox)[0]) == 1


def test_a_proxy_of_the_profile_is_used(graph: StandIn) -> None:
    through = replace(graph.server, proxy="http://127.0.0.1:9")
    with pytest.raises(ConnectionLost):
        looked(graph.mailbox(server=through))
    assert graph.calls == []


OTHER_CALLS = ("folder", "discovery", "token")
BAD_SIZE = '{"id": "Integer 0xe08", "value": "-9e999"}'
LINK = '"@odata.deltaLink": "https://elsewhere.example/x"'


@pytest.mark.parametrize(
    "body",
    [
        "", "null", "[]", "5", "<html>Sign in to the network</html>", "[" * 100_000, "{" * 9,
        "{}", '{"value": 5}', '{"value": [5, null, {}]}', '{"value": []}',
        f'{{"value": 5, {LINK}}}', f'{{"value": [5, null, {{}}, {{"id": null}}], {LINK}}}',
        f'{{"value": [{{"id": "../x", "receivedDateTime": "99999-13-45"}}], {LINK}}}',
        f'{{"value": [{{"id": "?a#b", "singleValueExtendedProperties": 7}}], {LINK}}}',
        f'{{"value": [{{"id": "x", "receivedDateTime": "0001-01-01T00:00:00+23:59"}}], {LINK}}}',
        f'{{"value": [{{"id": "x", "singleValueExtendedProperties": [{BAD_SIZE}]}}], {LINK}}}',
        '{"value": [], "@odata.nextLink": "https://elsewhere.example/x"}',
        '{"error": {"code": {}, "message": []}}', '{"error": 5}',
        '{"access_token": 5, "expires_in": "soon"}', '{"access_token": "x", "expires_in": 9e999}',
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "call", ["delta", *(pytest.param(one, marks=pytest.mark.slow) for one in OTHER_CALLS)]
)
def test_whatever_is_answered_is_a_sentence_or_nothing(
    graph: StandIn, mailbox: GraphMailbox, body: str, call: str
) -> None:
    graph.fault("answer", status=200, on=f"^{call}$", body=body, times=9)
    said = "None."
    arrivals: list[Arrival] = []
    try:
        arrivals, _ = looked(mailbox)
    except MailServerUnavailable as told:
        said = str(told)
    assert said.endswith((".", "?"))
    assert (len(said) < 500, arrivals) == (True, [])


@pytest.mark.parametrize("said", ["nan", "inf", "-5", "soon", "1e999", "Mon, 99 Foo 2026"])
def test_whatever_is_said_of_when_to_come_back_is_borne(
    graph: StandIn, mailbox: GraphMailbox, said: str
) -> None:
    waits: list[float] = []
    mailbox.session.patient.wait = waits.append
    graph.fault("answer", status=429, retry_after=said, on="^delta$")
    try:
        looked(mailbox)
    except Busy:
        assert said in ("inf", "1e999")
    else:
        assert all(0 <= wait <= 120 for wait in waits)


def test_a_cursor_that_cannot_be_used_is_dropped(graph: StandIn, mailbox: GraphMailbox) -> None:
    graph.fault("answer", status=200, on="^delta$", body=f'{{"value": [], {LINK}}}')
    assert looked(mailbox) == ([], [])
    graph.deliver(*post(1))
    with pytest.raises(MailServerUnavailable, match="another server"):
        looked(mailbox)
    assert len(looked(mailbox)[0]) == 1


def test_no_such_tenant_and_no_such_application_are_told_apart(graph: StandIn) -> None:
    with pytest.raises(LoginRefused, match="There is no tenant nowhere"):
        looked(graph.mailbox(server=replace(graph.server, tenant="nowhere")))
    with pytest.raises(LoginRefused, match="knows no application nobody"):
        looked(graph.mailbox(server=replace(graph.server, application="nobody")))


@pytest.mark.parametrize("call", ["discovery", "token"])
@pytest.mark.parametrize(
    "fault",
    [
        {"deed": "reset"},
        {"deed": "drop"},
        {"deed": "answer", "status": 503},
        {"deed": "answer", "status": 429, "retry_after": "1"},
    ],
    ids=["reset", "drop", "503", "429"],
)
def test_a_sign_in_that_breaks_off_is_tried_again(
    graph: StandIn, mailbox: GraphMailbox, call: str, fault: dict[str, object]
) -> None:
    graph.deliver(*post(1))
    graph.fault(**fault, on=call)  # type: ignore[arg-type]
    assert len(looked(mailbox)[0]) == 1
