# ruff: noqa: E501  mail is shown as it comes, long lines and all
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.intake.message import DeliveryReport
from correspondence.intake.parsing import parse
from tests.intake.written_mail import eml, multipart, part

STATUS = """Reporting-MTA: dns; mx.landlord.example
Arrival-Date: Tue, 3 Mar 2026 09:15:00 +0000

Final-Recipient: rfc822; jo@example.net
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <jo@example.net>: Recipient address
 rejected: User unknown
"""


def standard(action: str = "failed", status: str = "5.1.1", *extra: bytes) -> bytes:
    return multipart(
        part("This is the mail system at host mx."),
        part(STATUS.format(action=action, status=status), "message/delivery-status"),
        *extra,
        kind="report",
        parameters="; report-type=delivery-status",
        headers={"From": "MAILER-DAEMON@mx.landlord.example", "Subject": "Undelivered Mail"},
    )


def test_a_standard_report_is_read() -> None:
    returned = b"Content-Type: message/rfc822\r\n\r\n" + eml(
        "Our letter", headers={"Message-ID": "<ours@landlord.example>"}
    )
    message = parse(standard("failed", "5.1.1", returned))
    assert message.delivery_report == DeliveryReport(
        original_message_id="ours@landlord.example",
        recipient="jo@example.net",
        status="5.1.1",
        permanent=True,
        reason="550 5.1.1 <jo@example.net>: Recipient address rejected: User unknown",
    )


def test_our_letter_that_comes_back_is_a_file_and_no_new_matter() -> None:
    returned = b"Content-Type: message/rfc822\r\n\r\n" + eml("Our letter")
    message = parse(standard("failed", "5.1.1", returned))
    assert message.forwarded == ()
    assert "Our letter" not in message.text
    (kept,) = [a for a in message.attachments if a.name == "returned message.eml"]
    assert kept.text == "Our letter"
    assert parse(kept.content).text == "Our letter"


def test_returned_headers_alone_name_our_letter() -> None:
    returned = part(
        "From: complaints@landlord.example\r\nMessage-ID: <ours@landlord.example>\r\n",
        "text/rfc822-headers",
    )
    report = parse(standard("failed", "5.1.1", returned)).delivery_report
    assert report is not None
    assert report.original_message_id == "ours@landlord.example"


@pytest.mark.parametrize(
    ("action", "status", "permanent"),
    [("failed", "5.1.1", True), ("failed", "4.4.7", True), ("delayed", "4.4.1", False),
     ("delivered", "2.0.0", None), ("relayed", "2.1.5", None), ("unheard-of", "5.0.0", True)],
)  # fmt: skip
def test_a_server_that_has_given_up_is_told_from_one_that_still_tries(
    action: str, status: str, permanent: bool | None
) -> None:
    report = parse(standard(action, status)).delivery_report
    assert report is not None
    assert (report.permanent, report.status) == (permanent, status)


def test_of_several_recipients_the_failed_one_is_named() -> None:
    status = (
        STATUS.format(action="delivered", status="2.0.0").replace("jo@", "al@")
        + "\nFinal-Recipient: rfc822; jo@example.net\nAction: failed\nStatus: 5.2.2\n"
    )
    report = parse(
        multipart(part(status, "message/delivery-status"), kind="report")
    ).delivery_report
    assert report is not None
    assert (report.recipient, report.status) == ("jo@example.net", "5.2.2")


IN_WORDS = {
    "postfix": ("Undelivered Mail Returned to Sender", "I'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients. It's attached below.\n\n<jo@example.net>: host mx.example.net[192.0.2.1] said: 550 5.1.1\n    <jo@example.net>: Recipient address rejected: User unknown (in reply to RCPT TO command)\n", "5.1.1", True),
    "exim": ("Mail delivery failed: returning message to sender", "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  jo@example.net\n    host mx.example.net [192.0.2.1]\n    SMTP error from remote mail server after RCPT TO:<jo@example.net>:\n    550 No such user here\n\n------ This is a copy of the message, including all the headers. ------\n\nMessage-ID: <ours@landlord.example>\nFrom: other@landlord.example\n", "5.0.0", True),
    "qmail": ("failure notice", "Hi. This is the qmail-send program at mx.example.org.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<jo@example.net>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 User unknown\nGiving up on 192.0.2.1.\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <ours@landlord.example>\n", "5.1.1", True),
    "exchange": ("Undeliverable: Your complaint", "Delivery has failed to these recipients or groups:\n\nJo Tenant (jo@example.net)\nThe email address you entered couldn't be found. Please check the address.\n\nDiagnostic information for administrators:\nGenerating server: x.example\njo@example.net\n#550 5.1.10 RESOLVER.ADR.RecipientNotFound ##\n\nOriginal message headers:\nMessage-ID: <ours@landlord.example>\n", "5.1.10", True),
    "gmail": ("Delivery Status Notification (Failure)", "** Address not found **\n\nYour message wasn't delivered to jo@example.net because the address couldn't be found, or is unable to receive mail.\n\nThe response from the remote server was:\n550 5.1.1 The email account that you tried to reach does not exist.\n", "5.1.1", True),
    "sendmail warning": ("Warning: could not send message for past 4 hours", "    **********************************************\n    **      THIS IS A WARNING MESSAGE ONLY      **\n    **********************************************\n\nThe original message was received at Tue, 3 Mar 2026\n\n   ----- Transcript of session follows -----\n<jo@example.net>... Deferred: Connection timed out\nMessage could not be delivered for 4 hours\nMessage will be retried for 5 days\n", "", False),
    "exim delay": ("Warning: message 1abc delayed 24 hours", "A message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours on the queue.\n\nThe address to which the message has not yet been delivered is:\n\n  jo@example.net\n\nDelivery attempts will continue to be made. The message was delayed.\n", "", False),
}  # fmt: skip


@pytest.mark.parametrize("kind", IN_WORDS)
def test_a_report_in_words_is_read_where_a_machine_speaks(kind: str) -> None:
    subject, text, status, permanent = IN_WORDS[kind]
    headers = {
        "From": "Mail Delivery System <MAILER-DAEMON@mx.example.org>",
        "Subject": subject,
        "In-Reply-To": "<ours@landlord.example>",
    }
    report = parse(eml(text, headers=headers)).delivery_report
    assert report is not None
    assert report.recipient == "jo@example.net"
    assert (report.status, report.permanent) == (status, permanent)
    assert report.original_message_id == "ours@landlord.example"


@pytest.mark.parametrize("kind", IN_WORDS)
def test_the_same_words_from_a_resident_are_no_report(kind: str) -> None:
    subject, text, _, _ = IN_WORDS[kind]
    message = parse(
        eml(f"I got this back from you:\n\n{text}", headers={"Subject": f"Fw: {subject}"})
    )
    assert message.delivery_report is None


@pytest.mark.parametrize(
    "raw",
    [
        eml("I am out of the office.", headers={"From": "postmaster@example.net", "Subject": "Automatic reply"}),
        eml("My mail to you could not be delivered!", headers={"Subject": "Undeliverable"}),
        multipart(part("Read"), part("Reporting-UA: x\r\nFinal-Recipient: rfc822; a@b.example\r\nDisposition: manual-action; displayed", "message/disposition-notification"), kind="report"),
        eml("Newsletter", headers={"Subject": "News"}, raw_headers=b"Return-Path: <>\r\n"),
    ],
    ids=["out of office", "a person", "read receipt", "empty return path"],
)  # fmt: skip
def test_other_machines_and_people_are_no_delivery_reports(raw: bytes) -> None:
    assert parse(raw).delivery_report is None


@given(st.binary(max_size=400))
def test_any_bytes_in_a_status_part_are_read_without_failing(content: bytes) -> None:
    parse(multipart(part(content, "message/delivery-status"), kind="report"))
