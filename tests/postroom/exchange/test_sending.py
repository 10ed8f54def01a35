"""A letter by an Exchange server goes once, as it was made, or is said to be uncertain."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING, Any

import pytest

from correspondence.postroom.smtp import Submitted
from tests.postroom.exchange_stand_in import ADDRESS, StandIn

if TYPE_CHECKING:
    from tests.postroom.faulty_line import When

RESIDENT = "resident@example.org"


def letter(number: int = 0, to: str = RESIDENT, enclosure: int = 0) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = ADDRESS, to, "Your complaint — £50"
    mail["Message-ID"] = f"<{number:016x}@harrowmere.example>"
    mail.set_content("We have your complaint.\n")
    if enclosure:
        mail.add_attachment(b"\0" * enclosure, maintype="application", subtype="pdf")
    return mail.as_bytes()


def sent(exchange: StandIn, raw: bytes, to: str = RESIDENT, **more: Any) -> Submitted:
    return exchange.delivery(**more).send(raw, to=to, automatic=False)


def went(exchange: StandIn) -> list[list[Any]]:
    """Message-ID and recipients of all that went."""
    found: list[list[Any]] = exchange.wish("sent")
    return found


@pytest.mark.parametrize("sign_in", ["basic", "ntlm"])
def test_a_letter_goes_byte_for_byte_as_the_shared_mailbox(exchange: StandIn, sign_in: str) -> None:
    raw = letter(enclosure=2_000_000)
    assert sent(exchange, raw, sign_in=sign_in) == Submitted("sent")
    assert exchange.held("sentitems") == [raw]
    assert went(exchange) == [["<0000000000000000@harrowmere.example>", [RESIDENT]]]


def test_a_letter_that_has_gone_already_is_not_sent_again(exchange: StandIn) -> None:
    assert [sent(exchange, letter()).state for _ in range(2)] == ["sent", "sent"]
    assert len(went(exchange)) == 1


def test_what_has_gone_is_found_by_its_message_id(exchange: StandIn) -> None:
    delivery = exchange.delivery()
    assert not delivery.has_gone("0000000000000001@harrowmere.example")
    sent(exchange, letter(1))
    assert delivery.has_gone("0000000000000001@harrowmere.example")
    assert not delivery.has_gone("\"><x>o'neill&amp;@harrowmere.example")


@pytest.mark.parametrize("when", ["before", "after"])
def test_whatever_call_fails_a_letter_goes_once_or_is_said_to_be_uncertain(
    exchange: StandIn, when: When
) -> None:
    for call in range(1, 20):
        raw = letter(call)
        exchange.break_at(call, when)
        came_to = sent(exchange, raw)
        done = len(exchange.calls) < call
        exchange.mend()
        times = sum(one == f"<{call:016x}@harrowmere.example>" for one, _ in went(exchange))
        if came_to.state == "sent":
            assert times == 1
        elif came_to.state == "not_sent":
            assert (times, came_to.passing) == (0, True), f"call {call} {when}"
            assert sent(exchange, raw).state == "sent"
        else:
            assert times <= 1
        if done:
            assert call > 2
            return
    raise AssertionError("more than 20 calls for one letter")


@pytest.mark.parametrize(
    "fault",
    [
        {"deed": "drop"},
        {"deed": "cut"},
        {"deed": "partial"},
    ],
    ids=lambda fault: str(fault["deed"]),
)
def test_an_answer_that_was_lost_is_settled_by_looking_at_what_was_sent(
    exchange: StandIn, fault: dict[str, Any]
) -> None:
    exchange.fault(**fault, on="^CreateItem$")
    came_to = sent(exchange, letter())
    assert (came_to.state, len(went(exchange))) == ("sent", 1)


@pytest.mark.parametrize(
    "fault",
    [
        {"deed": "reset"},
        {"deed": "answer", "status": 504},
        {"deed": "answer", "status": 200, "body": "<html>Signed out</html>"},
        {"deed": "answer", "code": "ErrorTimeoutExpired"},
        {"deed": "answer", "code": "ErrorInternalServerError"},
    ],
    ids=lambda fault: str(fault.get("code", fault.get("status", "reset"))),
)
def test_what_neither_answer_nor_sent_mail_settles_is_uncertain(
    exchange: StandIn, fault: dict[str, Any]
) -> None:
    exchange.fault(**fault, on="^CreateItem$")
    came_to = sent(exchange, letter())
    assert (came_to.state, went(exchange)) == ("uncertain", [])
    assert "not among the sent mail" in came_to.because


def test_sent_mail_that_cannot_be_looked_through_leaves_it_uncertain(exchange: StandIn) -> None:
    exchange.fault("drop", on="^CreateItem$")
    exchange.fault("answer", status=503, on="^FindItem$", skip=1, times=99)
    assert sent(exchange, letter()).state == "uncertain"


@pytest.mark.parametrize(
    "fault",
    [
        {"deed": "answer", "code": "ErrorServerBusy", "seconds": 60.0},
        {"deed": "answer", "status": 503, "retry_after": "60"},
    ],
    ids=["busy", "503"],
)
def test_a_busy_server_is_tried_again_later_and_has_sent_nothing(
    exchange: StandIn, fault: dict[str, Any]
) -> None:
    exchange.fault(**fault, on="^CreateItem$")
    came_to = sent(exchange, letter())
    assert (came_to.state, came_to.passing, went(exchange)) == ("not_sent", True, [])
    assert sent(exchange, letter()).state == "sent"


def test_a_server_that_is_not_reached_has_sent_nothing(exchange: StandIn) -> None:
    came_to = sent(exchange, letter(), url="http://127.0.0.1:9/EWS/Exchange.asmx")
    assert (came_to.state, came_to.passing) == ("not_sent", True)


def test_what_is_not_allowed_is_left_to_a_person(exchange: StandIn) -> None:
    exchange.wish("set", may_send=False)
    came_to = sent(exchange, letter())
    assert (came_to.state, came_to.passing) == ("not_sent", False)
    assert "ErrorSendAsDenied" in came_to.because


def test_a_wrong_password_sends_nothing_is_offered_once_and_not_shown(exchange: StandIn) -> None:
    delivery = exchange.delivery(password="open sesame")
    for _ in range(2):
        came_to = delivery.send(letter(), to=RESIDENT, automatic=False)
        assert (came_to.state, came_to.passing) == ("not_sent", False)
        assert "sesame" not in came_to.because
    assert exchange.wish("logins-refused") == 1


def test_a_letter_whose_own_header_says_something_else_goes_to_nobody(exchange: StandIn) -> None:
    for raw, to in (
        (letter(), "another@example.org"),
        (letter(to=f"{RESIDENT}, another@example.org"), RESIDENT),
        (letter().replace(b"Message-ID", b"X-Message"), RESIDENT),
    ):
        assert sent(exchange, raw, to).state == "not_sent"
    assert (went(exchange), exchange.calls) == ([], [])


def test_a_notice_goes_to_all_it_names_and_to_nobody_else(exchange: StandIn) -> None:
    both = ["one@example.org", "two@example.org"]
    raw = letter(to=", ".join(both))
    assert exchange.delivery().send_notice(raw, to=both).state == "sent"
    assert went(exchange)[0][1] == both


def test_trying_out_sends_nothing_and_says_what_is_refused(exchange: StandIn) -> None:
    exchange.delivery().try_out()
    assert (went(exchange), exchange.held("sentitems")) == ([], [])
