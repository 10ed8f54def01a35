"""A letter goes by Exchange Online at most once, and what became of it is never guessed."""

from __future__ import annotations

import base64
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

import pytest

from correspondence.errors import MailServerUnavailable
from correspondence.postroom.graph.sending import GraphDelivery
from correspondence.postroom.graph.server import Proof
from correspondence.postroom.smtp import Submitted
from tests.postroom.graph_stand_in import USER, StandIn

if TYPE_CHECKING:
    from tests.postroom.faulty_line import When

RESIDENT = "hale.oakenshaw@example.net"
LARGE = 3_400_000


def letter(number: int = 0, enclosure: int = 0, **headers: str) -> bytes:
    """Letter of that number, with an enclosure of so many bytes where it has one."""
    mail = EmailMessage()
    mail["From"], mail["To"] = USER, RESIDENT
    mail["Subject"] = "Your complaint – môr"
    mail["Message-ID"] = f"<{number:016x}@harrowmere.example>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content("Dear resident,\n\nWe have your complaint.\n")
    mail.add_alternative("<p>Dear resident,</p><p>We have your complaint.</p>", subtype="html")
    mail.add_attachment(b"%PDF small", maintype="application", subtype="pdf", filename="a.pdf")
    if enclosure:
        raw = bytes(number % 256 for number in range(251)) * (enclosure // 251)
        mail.add_attachment(raw, maintype="application", subtype="pdf", filename="survey.pdf")
    return mail.as_bytes()


def sent(graph: StandIn, raw: bytes, to: str = RESIDENT, **said: Any) -> Submitted:
    return GraphDelivery(graph.session(**said)).send(raw, to=to, automatic=False)


def went(graph: StandIn) -> list[list[Any]]:
    """Message-ID and recipients of all that went."""
    found: list[list[Any]] = graph.wish("sent")
    return found


def test_a_letter_goes_byte_for_byte(graph: StandIn) -> None:
    raw = letter()
    assert sent(graph, raw) == Submitted("sent")
    assert graph.held("sentitems") == [raw]
    assert went(graph) == [["<0000000000000000@harrowmere.example>", [RESIDENT]]]


def test_a_letter_that_has_gone_already_is_not_sent_again(graph: StandIn) -> None:
    assert [sent(graph, letter()).state for _ in range(2)] == ["sent", "sent"]
    assert len(went(graph)) == 1


def test_what_has_gone_is_found_by_its_message_id(graph: StandIn) -> None:
    delivery = GraphDelivery(graph.session())
    assert not delivery.has_gone("0000000000000001@harrowmere.example")
    sent(graph, letter(1))
    assert delivery.has_gone("0000000000000001@harrowmere.example")
    assert not delivery.has_gone("o'neill@harrowmere.example")


@pytest.mark.parametrize(
    "enclosure",
    [pytest.param(0, id="whole"), pytest.param(LARGE, id="by draft", marks=pytest.mark.slow)],
)
@pytest.mark.parametrize("when", ["before", "after"])
def test_whatever_call_fails_a_letter_goes_once_or_is_said_to_be_uncertain(
    graph: StandIn, when: When, enclosure: int
) -> None:
    for call in range(1, 30):
        raw = letter(call, enclosure)
        graph.break_at(call, when)
        came_to = sent(graph, raw)
        done = len(graph.calls) < call
        graph.mend()
        times = sum(one == f"<{call:016x}@harrowmere.example>" for one, _ in went(graph))
        if came_to.state == "sent":
            assert times == 1
        elif came_to.state == "not_sent":
            assert (times, came_to.passing) == (0, True), f"call {call} {when}"
            assert sent(graph, raw).state == "sent"
        else:
            assert times <= 1
        if came_to.state != "uncertain":
            left = [one["document"] for one in graph.wish("drafts", folder="drafts")]
            assert f"<{call:016x}@harrowmere.example>" not in str(left)
        if done:
            assert call > 3
            return
    raise AssertionError("more than 30 calls for one letter")


def test_an_answer_that_was_lost_is_settled_by_looking_at_what_was_sent(graph: StandIn) -> None:
    graph.fault("drop", on="^sendMail$")
    came_to = sent(graph, letter())
    assert (came_to.state, len(went(graph))) == ("sent", 1)
    assert "among the sent mail" in came_to.because


def test_what_neither_answer_nor_sent_mail_settles_is_uncertain(graph: StandIn) -> None:
    for deed, more in (("reset", {}), ("answer", {"status": 504}), ("answer", {"status": 200})):
        graph.mend()
        graph.fault(deed, on="^sendMail$", **more)
        came_to = sent(graph, letter())
        assert came_to.state == "uncertain", deed
        assert went(graph) == []


def test_sent_mail_that_cannot_be_looked_through_leaves_it_uncertain(graph: StandIn) -> None:
    graph.fault("drop", on="^sendMail$")
    graph.fault("answer", status=403, on="^search$", path="sentitems", skip=1, times=9)
    assert sent(graph, letter()).state == "uncertain"
    assert len(went(graph)) == 1


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_service_is_tried_again_later_and_has_sent_nothing(
    graph: StandIn, status: int
) -> None:
    graph.fault("answer", status=status, retry_after="30", on="^sendMail$")
    came_to = sent(graph, letter())
    assert (came_to.state, came_to.passing) == ("not_sent", True)
    assert (went(graph), graph.calls.count("sendMail")) == ([], 1)


def test_a_service_that_is_not_reached_has_sent_nothing(graph: StandIn) -> None:
    from dataclasses import replace

    from tests.postroom.dovecot import free_port

    came_to = sent(graph, letter(), server=replace(graph.server, port=free_port()))
    assert (came_to.state, came_to.passing) == ("not_sent", True)


def test_what_is_not_allowed_is_left_to_a_person(graph: StandIn) -> None:
    graph.wish("set", may_send=False)
    for raw in (letter(), letter(1, LARGE)):
        came_to = sent(graph, raw)
        assert (came_to.state, came_to.passing) == ("not_sent", False)
        assert "403" in came_to.because
    assert graph.wish("drafts", folder="drafts") == []


def test_a_wrong_secret_sends_nothing_and_is_not_shown(graph: StandIn) -> None:
    from pydantic import SecretStr

    came_to = sent(graph, letter(), proof=Proof("secret", SecretStr("open sesame")))
    assert (came_to.state, came_to.passing) == ("not_sent", False)
    assert "sesame" not in came_to.because


def test_a_large_letter_goes_as_a_draft_with_all_its_enclosures(graph: StandIn) -> None:
    raw = letter(7, LARGE, Auto_Submitted="auto-replied", Reply_To="replies@harrowmere.example")
    assert sent(graph, raw) == Submitted("sent")
    (draft,) = graph.wish("drafts", folder="sentitems")
    assert draft["document"]["internetMessageId"] == "<0000000000000007@harrowmere.example>"
    assert draft["document"]["subject"] == "Your complaint – môr"
    assert "<p>We have your complaint.</p>" in draft["document"]["body"]["content"]
    assert draft["document"]["replyTo"][0]["emailAddress"]["address"] == (
        "replies@harrowmere.example"
    )
    assert draft["document"]["singleValueExtendedProperties"][0]["value"] == "60"
    (small, large) = draft["files"]
    assert (small[0], base64.b64decode(small[1])) == ("a.pdf", b"%PDF small")
    assert (large[0], len(base64.b64decode(large[1]))) == ("survey.pdf", LARGE // 251 * 251)
    assert graph.calls.count("upload") == 2
    assert went(graph)[0][1] == [RESIDENT]


def test_a_draft_that_a_crash_left_behind_is_withdrawn_before_another_is_made(
    graph: StandIn,
) -> None:
    graph.fault("reset", on="^send$")
    graph.fault("reset", on="^delete$")
    assert sent(graph, letter(1, LARGE)).state == "uncertain"
    assert len(graph.wish("drafts", folder="drafts")) == 1
    graph.mend()
    assert sent(graph, letter(1, LARGE)).state == "sent"
    assert graph.wish("drafts", folder="drafts") == []
    assert len(went(graph)) == 1


@pytest.mark.parametrize(
    ("raw", "to"),
    [
        (letter(), "somebody.else@example.net"),
        (letter(0, 0, Cc="somebody.else@example.net"), RESIDENT),
        (letter(0, 0, Bcc="somebody.else@example.net"), RESIDENT),
        (letter().replace(b"Message-ID", b"X-ID"), RESIDENT),
        (b"", RESIDENT),
    ],
)
def test_a_letter_whose_own_header_says_something_else_goes_to_nobody(
    graph: StandIn, raw: bytes, to: str
) -> None:
    came_to = sent(graph, raw, to)
    assert (came_to.state, came_to.passing) == ("not_sent", False)
    assert graph.calls == []


def test_a_notice_goes_to_all_it_names_and_to_nobody_else(graph: StandIn) -> None:
    delivery = GraphDelivery(graph.session())
    both = [RESIDENT, "on-call@example.net"]
    raw = letter().replace(f"To: {RESIDENT}".encode(), f"To: {', '.join(both)}".encode())
    assert delivery.send_notice(raw, to=both[:1]).state == "not_sent"
    assert delivery.send_notice(raw, to=both).state == "sent"
    assert went(graph)[0][1] == both


def test_trying_out_sends_nothing_and_says_what_is_refused(graph: StandIn) -> None:
    GraphDelivery(graph.session()).try_out()
    graph.wish("set", may_send=False)
    with pytest.raises(MailServerUnavailable, match="403"):
        GraphDelivery(graph.session()).try_out()
    assert went(graph) == []
    assert graph.held("sentitems") == []
