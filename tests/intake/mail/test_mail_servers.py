# ruff: noqa: E501  reports are shown as mail servers word them
"""A letter that did not arrive is known, whichever server says so, in whatever dress."""

from __future__ import annotations

import pytest

from correspondence.intake.parsing import parse
from tests.intake.mail.mail_servers import LETTER, OTHER, OURS, WHO, Wrapped, all_reports

REPORTS = {one.name: one for one in all_reports()}


def test_the_zoo_is_large() -> None:
    assert len(REPORTS) >= 150


@pytest.mark.parametrize("one", REPORTS.values(), ids=REPORTS)
def test_it_is_known_for_whom_and_whether_for_good(one: Wrapped) -> None:
    report = parse(one.raw).delivery_report
    assert report is not None
    assert (report.recipient, report.permanent) == (one.who, one.lasting)


@pytest.mark.parametrize(
    "one", [one for name, one in REPORTS.items() if "letter" in name or "gaps" in name]
)
def test_our_letter_is_named_where_it_came_back(one: Wrapped) -> None:
    report = parse(one.raw).delivery_report
    assert report is not None
    assert report.original_message_id == "letter.41@harrowmere.example"


def status(*recipients: str) -> bytes:
    """A report with a machine's part that says so of each recipient."""
    said = "\r\n\r\n".join(("Reporting-MTA: dns; mx.harrowmere.example", *recipients))
    return (
        f"Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.harrowmere.example\r\nTo: {OURS}\r\n"
        "Subject: Delivery report\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSee the report.\r\n"
        f"--b\r\nContent-Type: message/delivery-status\r\n\r\n{said}\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\n{LETTER}\r\n--b--\r\n"
    ).encode()


FAILED = f"Final-Recipient: rfc822; {WHO}\r\nAction: failed\r\nStatus: 5.1.1"
DELAYED = f"Final-Recipient: rfc822; {OTHER}\r\nAction: delayed\r\nStatus: 4.4.1"
HAD = f"Final-Recipient: rfc822; {OTHER}\r\nAction: delivered\r\nStatus: 2.0.0"
RELAYED = f"Final-Recipient: rfc822; {OTHER}\r\nAction: relayed\r\nStatus: 2.0.0"


@pytest.mark.parametrize(
    "recipients",
    [(FAILED,), (FAILED, DELAYED), (DELAYED, FAILED), (HAD, FAILED), (RELAYED, DELAYED, FAILED)],
)
def test_of_different_fates_the_worst_is_told(recipients: tuple[str, ...]) -> None:
    report = parse(status(*recipients)).delivery_report
    assert report is not None
    assert (report.recipient, report.permanent) == (WHO, True)


@pytest.mark.parametrize("recipients", [(DELAYED,), (HAD, DELAYED), (DELAYED, HAD)])
def test_one_that_is_still_on_its_way_is_told_before_one_that_arrived(
    recipients: tuple[str, ...],
) -> None:
    report = parse(status(*recipients)).delivery_report
    assert report is not None
    assert (report.recipient, report.permanent) == (OTHER, False)


@pytest.mark.parametrize(
    ("fields", "who", "lasting"),
    [
        (f"Final-Recipient: {WHO}\r\nAction: failed", WHO, True),
        (f"Final-Recipient: rfc822;<{WHO}>\r\nStatus: 5.0.0", WHO, True),
        (f"Final-Recipient: RFC822; {WHO.upper()}\r\nAction: Failed (permanent)", WHO, True),
        (f"Original-Recipient: rfc822; {WHO}\r\nFinal-Recipient: x400; c=gb;s=larch\r\nAction: failed", WHO, True),
        (f"Original-Recipient: rfc822; {WHO}\r\nFinal-Recipient: rfc822; private@example.com\r\nAction: failed\r\nStatus: 5.2.2", WHO, True),
        (f"Final-Recipient: rfc822; {WHO}\r\nAction: failed\r\nStatus: 4.4.7", WHO, True),
        (f"Final-Recipient: rfc822; {WHO}\r\nDiagnostic-Code: smtp; 452 4.2.2 mailbox full\r\nAction: delayed", WHO, False),
        (f"Final-Recipient: rfc822; {WHO}\r\nDiagnostic-Code: smtp;550 5.1.1\r\n user\r\n\tunknown", WHO, True),
        (f"Final-Recipient: utf-8; {WHO}\r\nAction: failed\r\nStatus: 5.1.1 (bad address)", WHO, True),
    ],
)  # fmt: skip
def test_fields_that_are_missing_or_odd_hide_nothing(fields: str, who: str, lasting: bool) -> None:
    report = parse(status(fields)).delivery_report
    assert report is not None
    assert (report.recipient, report.permanent) == (who, lasting)


def from_daemon(words: str, sender: str = "postmaster@example.net") -> bytes:
    return (
        f"Return-Path: <>\r\nFrom: {sender}\r\nTo: {OURS}\r\nSubject: Re: Your complaint\r\n"
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n"
    ).encode()


def test_in_a_tongue_nobody_reads_a_status_and_an_address_say_it() -> None:
    report = parse(from_daemon(f"Viesti ei mennyt perille:\n\n{WHO}\n\n#5.1.1\n")).delivery_report
    assert report is not None
    assert (report.recipient, report.permanent) == (WHO, True)


@pytest.mark.parametrize(
    ("words", "sender"),
    [
        ("I am away until Monday. Please write to my colleague instead:\n\ncol.ash@example.org\n450 High Road", "wren@example.net"),
        ("We moved. Write to us here:\n\ncol.ash@example.org\n\nVersion 4.2.1 of our form is online.", "wren@example.net"),
        ("Thank you for your message, it has been passed on.\n\ncol.ash@example.org\n", "postmaster@example.net"),
    ],
)  # fmt: skip
def test_a_machine_that_is_only_away_is_no_report(words: str, sender: str) -> None:
    assert parse(from_daemon(words, sender)).delivery_report is None
