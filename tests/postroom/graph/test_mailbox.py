"""A mailbox in Exchange Online takes all in once, moves what is kept, and touches nothing else."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from correspondence.errors import ConnectionLost, LoginRefused, MailServerUnavailable
from correspondence.postroom.answers import Busy
from correspondence.postroom.base import Arrival, HeldBack
from correspondence.postroom.graph.server import Proof
from correspondence.postroom.pace import Pace
from correspondence.postroom.refused_logins import RefusedLogins
from tests.jobs import corpus
from tests.postroom.certificates import certificate
from tests.postroom.graph_stand_in import StandIn
from tests.postroom.looking import NOW, looked, post, taken_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from correspondence.postroom.graph.mailbox import GraphMailbox

pytestmark = pytest.mark.slow


@pytest.fixture
def mailbox(graph: StandIn) -> Iterator[GraphMailbox]:
    made = graph.mailbox()
    yield made
    made.close()


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
    assert graph.wish("most-at-once") <= 4


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
