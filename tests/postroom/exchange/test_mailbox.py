"""A mailbox on an Exchange server takes all in once, moves what is kept, and deletes nothing."""

from __future__ import annotations

import base64
import logging
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from correspondence.errors import LoginRefused, MailServerUnavailable
from correspondence.postroom.base import Arrival
from correspondence.postroom.exchange import session as exchange_session
from correspondence.postroom.graph.tokens import GraphTokens
from correspondence.postroom.refused_logins import RefusedLogins
from correspondence.postroom.rules import Rules
from tests.postroom.certificates import NO_OPENSSL, certificate, openssl_is_there
from tests.postroom.exchange_stand_in import PASSWORD, StandIn, exchange_stand_in
from tests.postroom.graph_stand_in import graph_stand_in
from tests.postroom.looking import looked, post, taken_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from correspondence.postroom.exchange.mailbox import ExchangeMailbox


@pytest.fixture
def mailbox(exchange: StandIn) -> Iterator[ExchangeMailbox]:
    made = exchange.mailbox()
    yield made
    made.close()


def test_messages_are_fetched_and_moved_many_by_one_request(
    exchange: StandIn, mailbox: ExchangeMailbox
) -> None:
    mail = post(40)
    exchange.deliver(*mail)
    arrivals, _ = looked(mailbox)
    assert mailbox.settle_all(arrivals) == {}
    assert [one.raw for one in arrivals] == mail
    assert exchange.calls.count("GetItem") == exchange.calls.count("MoveItem") == 2
    assert (exchange.held("inbox"), exchange.held("Processed")) == ([], mail)


def test_many_messages_are_listed_part_by_part_and_a_lost_part_begins_them_anew(
    exchange: StandIn, mailbox: ExchangeMailbox
) -> None:
    exchange.deliver(*post(1100))
    exchange.fault("answer", code="ErrorInvalidSyncStateData", on="^Sync", skip=1)
    listed = mailbox._look()
    assert len({one.identity for one in listed}) == len(listed) == 1100
    assert exchange.calls == ["SyncFolderItems"] * 5


def test_what_it_holds_is_listed_by_message_id_part_by_part_and_left_as_it_is(
    exchange: StandIn, mailbox: ExchangeMailbox
) -> None:
    exchange.deliver(*post(3))
    mailbox.settle_all(looked(mailbox)[0])
    exchange.deliver(*post(600, first=10))
    exchange.mend()
    exchange.fault("reset", on="^Sync", skip=1)
    held = list(mailbox.held())
    assert (len(held), sum(one.waiting for one in held)) == (603, 600)
    assert len({one.message_id for one in held}) == 603
    assert all(one.message_id.startswith("<") for one in held)
    assert set(exchange.calls) == {"SyncFolderItems", "FindFolder"}
    exchange.fault("answer", code="ErrorAccessDenied")
    with pytest.raises(MailServerUnavailable, match="ErrorAccessDenied"):
        list(mailbox.held())


@pytest.mark.parametrize(
    "fault",
    [
        {"deed": "drop"},
        {"deed": "partial"},
        {"deed": "answer", "code": "ErrorServerBusy", "seconds": 3.0},
        *(
            pytest.param(fault, marks=pytest.mark.slow)
            for fault in (
                {"deed": "reset"},
                {"deed": "cut"},
                {"deed": "answer", "status": 503, "retry_after": "3"},
                {"deed": "answer", "status": 500},
                {"deed": "answer", "status": 504},
                {"deed": "answer", "code": "ErrorTimeoutExpired"},
                {"deed": "answer", "code": "ErrorMailboxStoreUnavailable"},
            )
        ),
    ],
    ids=lambda fault: f"{fault['deed']} {fault.get('status', fault.get('code', ''))}",
)
def test_every_call_failing_once_in_its_turn_loses_and_doubles_nothing(
    exchange: StandIn, mailbox: ExchangeMailbox, fault: dict[str, object]
) -> None:
    mail = post(40)
    exchange.deliver(*mail)
    exchange.fault(**fault, each=True)  # type: ignore[arg-type]
    kept: dict[str, bytes] = {}
    for _ in range(3):  # what an answer left out comes with the next look
        taken_in(mailbox, kept)
    assert sorted(kept.values()) == sorted(mail)
    assert (exchange.held("inbox"), sorted(exchange.held("Processed"))) == ([], sorted(mail))


def test_a_server_that_goes_away_while_messages_are_moved_is_not_waited_for_with_each_portion(
    exchange: StandIn, mailbox: ExchangeMailbox
) -> None:
    exchange.deliver(*post(100))
    arrivals, _ = looked(mailbox)
    exchange.mend()
    exchange.fault("reset", on="Folder|Move", times=1000)
    refused = mailbox.settle_all(arrivals)
    assert len(refused) == 100
    assert len(exchange.calls) <= 16
    exchange.mend()
    assert mailbox.settle_all(arrivals) == {}
    assert exchange.held("inbox") == []


def test_a_sync_state_that_never_holds_is_a_sentence(
    exchange: StandIn, mailbox: ExchangeMailbox
) -> None:
    exchange.fault("answer", code="ErrorInvalidSyncStateData", on="Sync", times=100)
    with pytest.raises(MailServerUnavailable, match="ErrorInvalidSyncStateData"):
        looked(mailbox)


def test_a_meeting_request_is_mail_like_any_other(
    exchange: StandIn, mailbox: ExchangeMailbox
) -> None:
    raw = b"From: a@example.org\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\n"
    exchange.deliver(raw)
    assert [one.raw for one in looked(mailbox)[0]] == [raw]


@pytest.mark.parametrize("raw", [b"", b"\0\0", b"\xff\xfe", b"Subject: \xa3\n\n" + b"\r" * 9])
def test_bytes_come_as_they_are(exchange: StandIn, mailbox: ExchangeMailbox, raw: bytes) -> None:
    exchange.deliver(raw)
    assert [one.raw for one in looked(mailbox)[0]] == [raw]


def test_two_that_make_the_folder_at_once_have_one(exchange: StandIn) -> None:
    exchange.deliver(*post(2))
    exchange.fault("drop", on="CreateFolder")
    mailbox = exchange.mailbox()
    assert mailbox.settle_all(looked(mailbox)[0]) == {}
    assert exchange.wish("folders").count("Processed") == 1


def test_a_folder_that_was_made_anew_is_found_again(exchange: StandIn) -> None:
    exchange.deliver(*post(1))
    first = exchange.mailbox(Rules(processed="Complaints"))
    first.settle_all(looked(first)[0])
    mailbox = exchange.mailbox(Rules(folder="Complaints"))
    assert len(looked(mailbox)[0]) == 1
    exchange.wish("remove-folder", name="Complaints")
    with pytest.raises(MailServerUnavailable, match="Is the folder Complaints there"):
        looked(mailbox)
    exchange.deliver(*post(1, 1))
    first.settle_all(looked(first)[0])
    assert [one.raw for one in looked(mailbox)[0]] == post(1, 1)


@pytest.mark.parametrize(
    "fault", ["ErrorMimeContentConversionFailed", "ErrorInternalServerError", "ErrorCorruptData"]
)
def test_messages_that_cannot_be_fetched_are_named_and_hold_up_no_other(
    exchange: StandIn, mailbox: ExchangeMailbox, fault: str
) -> None:
    mail = post(6)
    exchange.deliver(*mail[1:4], fault=fault)
    exchange.deliver(mail[0], *mail[4:])
    for _ in range(5):
        arrivals, left = looked(mailbox, patient=False)
        assert sorted(one.raw for one in arrivals) == sorted([mail[0], *mail[4:]])
        assert len(left) == 3
        mailbox._next_look = 0.0


def test_a_server_that_asks_for_patience_is_given_it(
    exchange: StandIn, mailbox: ExchangeMailbox
) -> None:
    waits: list[float] = []
    mailbox.session.patient.wait = waits.append
    exchange.deliver(*post(1))
    exchange.fault("answer", code="ErrorServerBusy", seconds=17.0, on="^Sync")
    exchange.fault("answer", status=503, retry_after="5", on="^Get")
    assert len(looked(mailbox)[0]) == 1
    assert waits == [17.0, 5.0]


@pytest.mark.parametrize("sign_in", [pytest.param("basic", marks=pytest.mark.slow), "ntlm"])
def test_a_wrong_password_is_offered_once_also_after_a_restart_and_never_shown(
    exchange: StandIn, tmp_path: Path, caplog: pytest.LogCaptureFixture, sign_in: str
) -> None:
    caplog.set_level(logging.DEBUG)
    refusals = RefusedLogins(tmp_path / "refused.json")
    for _ in range(2):
        mailbox = exchange.mailbox(password="open sesame", sign_in=sign_in, refusals=refusals)
        for _ in range(3):
            with pytest.raises(LoginRefused, match="not tried again by itself") as refused:
                looked(mailbox)
            assert "sesame" not in str(refused.value)
    assert exchange.wish("logins-refused") == 1
    assert "sesame" not in caplog.text + refusals.file.read_text()
    assert looked(exchange.mailbox(sign_in=sign_in, refusals=refusals)) == ([], [])


@pytest.mark.parametrize("also", [{}, {"retry_after": "5"}, {"body": "The service is busy"}])
def test_a_refused_login_is_never_taken_for_a_busy_server(
    exchange: StandIn, mailbox: ExchangeMailbox, also: dict[str, object]
) -> None:
    exchange.fault("answer", status=401, times=100, **also)
    with pytest.raises(LoginRefused):
        looked(mailbox)
    assert exchange.calls == ["SyncFolderItems"]


def test_a_password_that_was_just_let_in_is_offered_once_more_and_not_a_third_time(
    exchange: StandIn, mailbox: ExchangeMailbox
) -> None:
    exchange.deliver(*post(2))
    looked(mailbox)
    exchange.fault("answer", status=401, on="^Sync")
    assert len(looked(mailbox)[0]) == 2
    exchange.mend()
    exchange.wish("set", password="changed on the other side")
    with pytest.raises(LoginRefused):
        looked(mailbox)
    with pytest.raises(LoginRefused):
        looked(mailbox)
    assert exchange.wish("logins-refused") == 2


def test_a_server_that_lets_in_another_way_says_which(exchange: StandIn) -> None:
    exchange.wish("set", offers=["Basic"])
    with pytest.raises(MailServerUnavailable, match="nobody in by ntlm; it offers Basic"):
        looked(exchange.mailbox(sign_in="ntlm"))


@pytest.mark.parametrize("sign_in", ["basic", "ntlm"])
def test_the_mailbox_is_opened_as_its_delegate_or_in_its_own_name(
    exchange: StandIn, sign_in: str
) -> None:
    exchange.deliver(*post(2))
    exchange.wish("set", is_delegate=False, may_impersonate=True)
    with pytest.raises(MailServerUnavailable, match="ErrorAccessDenied"):
        looked(exchange.mailbox(sign_in=sign_in))
    acting = exchange.mailbox(sign_in=sign_in, access="impersonation")
    assert acting.settle_all(looked(acting)[0]) == {}
    assert exchange.held("Processed") == post(2)
    exchange.wish("set", is_delegate=True, may_impersonate=False)
    assert looked(exchange.mailbox(sign_in=sign_in)) == ([], [])
    with pytest.raises(MailServerUnavailable, match="ErrorImpersonateUserDenied"):
        looked(exchange.mailbox(sign_in=sign_in, access="impersonation"))


@pytest.mark.slow
def test_an_application_is_let_in_by_its_token_which_is_renewed_once(exchange: StandIn) -> None:
    if not openssl_is_there():
        pytest.skip(NO_OPENSSL)
    with graph_stand_in() as entra:
        tokens = GraphTokens("complaints", entra.server, entra.proof)
        known = tokens.token().get_secret_value()
        exchange.wish("set", offers=["Bearer"], tokens=[known], may_impersonate=True)
        exchange.deliver(*post(2))
        mailbox = exchange.mailbox(tokens=tokens, sign_in="oauth", access="impersonation", user="")
        assert len(looked(mailbox)[0]) == 2
        exchange.wish("set", tokens=[])
        with pytest.raises(MailServerUnavailable, match="does not accept the token"):
            looked(mailbox)
        assert entra.calls.count("token") == 2


def test_words_of_messages_and_passwords_do_not_reach_the_log(
    exchange: StandIn, mailbox: ExchangeMailbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    exchange.deliver(*post(1))
    exchange.fault("cut", on="GetItem")
    mailbox.settle_all(looked(mailbox)[0])
    for secret in (PASSWORD, base64.b64encode(PASSWORD.encode()).decode()[:20], "MimeContent"):
        assert secret not in caplog.text
    assert "tap" not in caplog.text


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    if not openssl_is_there():
        pytest.skip(NO_OPENSSL)
    with exchange_stand_in(certificate(tmp_path_factory.mktemp("tls"))) as made:
        made.deliver(*post(1))
        yield made


def test_a_certificate_of_an_unknown_authority_is_not_accepted_whatever_the_environment_says(
    secured: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert secured.certificate is not None
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.setenv(name, str(secured.certificate.authority))
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    url = f"https://localhost:{secured.tls_port}/EWS/Exchange.asmx"
    for authority in (None, certificate(tmp_path).authority):
        with pytest.raises(MailServerUnavailable, match="is not accepted"):
            looked(secured.mailbox(url=url, ca_file=authority))
    assert secured.calls == []
    for sign_in in ("basic", "ntlm"):
        known: dict[str, Any] = {"ca_file": secured.certificate.authority, "sign_in": sign_in}
        assert len(looked(secured.mailbox(url=url, **known))[0]) == 1


def test_nothing_is_said_in_the_clear_but_to_this_machine(exchange: StandIn) -> None:
    url = "http://mail.harrowmere.example/EWS/Exchange.asmx"
    with pytest.raises(MailServerUnavailable, match="in the clear"):
        looked(exchange.mailbox(url=url))


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://127.0.0.1:{port}/owa", "has no Exchange Web Services at that address"),
        ("http://127.0.0.1:9/EWS/Exchange.asmx", "was not reached"),
    ],
)
def test_an_address_that_is_not_right_is_a_sentence(exchange: StandIn, url: str, said: str) -> None:
    with pytest.raises(MailServerUnavailable, match=said):
        looked(exchange.mailbox(url=url.format(port=exchange.port)))


def test_a_server_that_points_elsewhere_is_not_followed(
    exchange: StandIn, mailbox: ExchangeMailbox
) -> None:
    exchange.fault("answer", status=302)
    with pytest.raises(MailServerUnavailable, match="points to another address"):
        looked(mailbox)


ENVELOPE = '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>{}</s:Body></s:Envelope>'
MESSAGES = "http://schemas.microsoft.com/exchange/services/2006/messages"
SYNC = (
    f'<m:SyncFolderItemsResponse xmlns:m="{MESSAGES}" '
    'xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><m:ResponseMessages>'
    '<m:SyncFolderItemsResponseMessage ResponseClass="Success"><m:ResponseCode>NoError'
    "</m:ResponseCode>{}</m:SyncFolderItemsResponseMessage></m:ResponseMessages>"
    "</m:SyncFolderItemsResponse>"
)
ENDLESS = (
    "<m:SyncState>x</m:SyncState><m:IncludesLastItemInRange>false</m:IncludesLastItemInRange>"
    "<m:Changes/>"
)
ODD = (
    "<m:SyncState>x</m:SyncState><m:IncludesLastItemInRange>true</m:IncludesLastItemInRange>"
    "<m:Changes><t:Create/><t:Create><t:Thing/></t:Create><t:Delete/><t:Odd/>"
    "<t:Create><t:Message><t:ItemId Id=''/></t:Message></t:Create>"
    "<t:Create><t:Item><t:ItemId Id='no'/><t:Size>-9e9</t:Size>"
    "<t:DateTimeReceived>99999-13-45</t:DateTimeReceived></t:Item></t:Create></m:Changes>"
)
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {n} "{f"&{p};" * 10}">' for p, n in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><x>&i;</x>"
)


@pytest.mark.parametrize(
    "body",
    [
        "", "null", "<html>Sign in to the network</html>", "<" * 10_000, "<a>" * 2_000, BOMB,
        ENVELOPE.format(""), ENVELOPE.format("<x/>"), ENVELOPE.format("<s:Fault/>"),
        ENVELOPE.format(SYNC.format("")), ENVELOPE.format(SYNC.format("<m:SyncState/>")),
        ENVELOPE.format(SYNC.format(ENDLESS)), ENVELOPE.format(SYNC.format(ODD)),
        ENVELOPE.format(f'<m:SyncFolderItemsResponse xmlns:m="{MESSAGES}"/>'),
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
    ],
)  # fmt: skip
@pytest.mark.parametrize("status", [200, pytest.param(500, marks=pytest.mark.slow)])
def test_whatever_is_answered_is_a_sentence_or_nothing(
    exchange: StandIn, mailbox: ExchangeMailbox, body: str, status: int
) -> None:
    exchange.fault("answer", status=status, on="^Sync", body=body, times=99)
    said = "None."
    arrivals: list[Arrival] = []
    try:
        arrivals, _ = looked(mailbox)
    except MailServerUnavailable as told:
        said = str(told)
    assert said.endswith((".", "?"))
    assert (len(said) < 500, arrivals, "root:" in said) == (True, [], False)


def test_an_office_without_the_package_is_told_which_to_install(
    exchange: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange_session, "_PACKAGES", ("no_such_package",))
    with pytest.raises(MailServerUnavailable, match=r"correspondence\[exchange\]"):
        looked(exchange.mailbox())


@pytest.mark.slow
def test_an_office_without_such_a_mailbox_never_loads_the_package() -> None:
    program = (
        "import correspondence.postroom.probe, correspondence.postroom.mailboxes, sys;"
        "sys.exit('exchangelib' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
