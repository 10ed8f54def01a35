# ruff: noqa: E501  reports are shown as they come
"""Delivery reports of many servers, each in words of its own; and mail that only sounds like one."""

from __future__ import annotations

import pytest

from correspondence.intake.parsing import parse
from tests.intake.written_mail import eml, multipart, part

WHO = "jo@example.net"
COPY = b"Content-Type: message/rfc822\r\n\r\n" + eml(
    "Our letter", headers={"Message-ID": "<ours@landlord.example>", "To": WHO}
)


def report(sender: str, subject: str, text: str, *returned: bytes, **headers: str) -> bytes:
    head = {"From": sender, "Subject": subject, "To": "complaints@landlord.example"}
    head |= {name.replace("_", "-"): value for name, value in headers.items()}
    if returned:
        return multipart(part(text), *returned, headers=head)
    return eml(text, headers=head)


FAILED = {
    "an old Exchange": report("System Administrator <postmaster@example.net>", "Undeliverable: Your complaint", f"Your message\r\n\r\n  To:      {WHO}\r\n  Subject: Your complaint\r\n  Sent:    Tue, 3 Mar 2026\r\n\r\ndid not reach the following recipient(s):\r\n\r\n{WHO} on Tue, 3 Mar 2026 09:15:00 -0000\r\n    The recipient name is not recognized\r\n    MSEXCH:IMS:Example:MAIN 0 (000C05A6) Unknown Recipient\r\n", COPY),
    "Exchange of today in English": report("Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.net>", "Undeliverable: Your complaint", f"Your message to {WHO} couldn't be delivered.\r\n\r\njo wasn't found at example.net.\r\n\r\nStatus code: 550 5.1.1\r\n", Auto_Submitted="auto-replied"),
    "a list of failed recipients": report("e500_smtp_mail_service@example.org", "Returned Mail - Error During Delivery", f"------ Failed Recipients ------\r\n\r\n<{WHO}>: Requested action not taken: mailbox unavailable. [SMTP Error Code 550]\r\n-------- Returned Mail --------\r\n\r\nMessage-ID: <ours@landlord.example>\r\n"),
    "IMail": report("Postmaster <postmaster@mail.example.org>", "Undeliverable Mail", f"Unknown user: {WHO}\r\n\r\nRCPT TO generated following response:\r\n553 5.3.0 <{WHO}>... Addressee unknown\r\n\r\nOriginal message follows.\r\n\r\nFrom: x\r\n"),
    "a full mailbox": report("Postmaster <postmaster@example.org>", "Undeliverable Mail", f"User mailbox exceeds allowed size: {WHO}\r\n\r\nOriginal message follows.\r\n", Return_Path="<>"),
    "hMailServer": report("mailer-daemon@mail.example.org", "Message undeliverable", f"Your message did not reach some or all of the intended recipients.\r\n\r\nThe following recipient(s) could not be reached:\r\n\r\n{WHO}\r\n   Error Type: SMTP\r\n   Remote server replied: 550 5.1.1 User unknown\r\n"),
    "qmail, shortened": report("MAILER-DAEMON@mx.example.org", "failure notice", f"<{WHO}>:\r\nSorry, no mailbox here by that name. (#5.1.1)\r\n\r\n--- Below this line is a copy of the message.\r\n\r\nMessage-ID: <ours@landlord.example>\r\n"),
    "an antivirus gateway": report("Symantec_AntiVirus_for_SMTP_Gateways@example.org", "Delivery failure notification", f"Your message with Subject: Your complaint\r\ncould not be delivered to the following recipients:\r\n\r\n{WHO}\r\n\r\nReason: the mailbox does not exist.\r\n"),
    "LSMTP": report("LSMTP for Windows <postmaster@example.org>", "Undelivered mail", f"An error was detected while processing the enclosed message.\r\n\r\n--> Error description:\r\nError-for:  {WHO}\r\nError-Code: 0\r\nError-Text: 554 no such user\r\n\r\n-------- Original message --------\r\n"),
    "a polite campus": report("Campus Mailserver <MAILER-DAEMON@example.org>", "Your message could not be delivered.", f"Hello,\r\n\r\nthis is the email server.\r\n\r\nYour message to {WHO} has reached an address that is no longer valid.\r\nYour message has NOT been delivered.\r\n\r\nBest regards.\r\n\r\nA summary of the message you sent follows:\r\n---\r\n"),
    "Exim, forwarded within": report("Mail Delivery System <Mailer-Daemon@mx.example.org>", "Mail delivery failed: returning message to sender", f"A message that you sent could not be delivered to one or more of its\r\nrecipients. This is a permanent error. The following address(es) failed:\r\n\r\n  new@other.example\r\n    (generated from {WHO})\r\n    550 No such user here\r\n\r\n------ This is a copy of the message, including all the headers. ------\r\n"),
    "AOL, by name alone": report("Mail Delivery Subsystem <MAILER-DAEMON@example.net>", "Mail Delivery Problem", "Your mail to the following recipients could not be delivered because they are not accepting mail from complaints@landlord.example:\r\n\tjo\r\n"),
    "Postfix in French": report("MAILER-DAEMON@mx.example.org", "Message non remis", f"Le message n'a pas pu être délivré à\r\n\r\n<{WHO}>\r\n\r\n550 5.1.1 Utilisateur inconnu\r\n"),
    "a report within a report": multipart(part("Disclaimer of the firm."), b"Content-Type: message/rfc822\r\n\r\n" + multipart(part("Delivery to the following recipients failed."), part(f"Reporting-MTA: dns;x\r\n\r\nFinal-Recipient: rfc822;{WHO}\r\nAction: failed\r\nStatus: 5.1.1", "message/delivery-status"), kind="report", boundary="inner"), parameters="; report-type=delivery-status", headers={"From": "postmaster@example.org", "Subject": "Delivery Status Notification (Failure)"}),
    "a status in words": multipart(part(f"Your message was not delivered to\r\n\r\n    {WHO}"), part(f"Reporting-MTA: dns;x\r\n\r\nFinal-Recipient: rfc822;{WHO}\r\nAction: failure\r\nStatus: 553 Exceeded maximum message size", "message/delivery-status"), kind="report", headers={"From": "postmaster@example.org"}),
}  # fmt: skip

DELAYED = {
    "Exim": report("Mail Delivery System <mailer-daemon@mx.example.org>", "Warning: message delayed 2 days", f"A message that you sent has not yet been delivered to one or more of\r\nits recipients after 2 days.\r\n\r\n  <{WHO}>\r\n\r\nDelivery attempts will continue for some time.\r\n", Return_Path="<>"),
    "a gateway that goes on trying": report("smtp_gateway@example.org", "Delivery failure notification", f"Your message could not be delivered to the following recipients:\r\n\r\n{WHO}\r\n\r\nPlease do not resend your original message.\r\n\r\nDelivery attempts will continue to be made for 5 day(s).\r\n"),
    "a full mailbox for now": report("postmaster@example.org", "Mail Delivery Warning", f'Delivery of email to this address\r\n\r\n"{WHO}"\r\n\r\nhas been postponed due to a full mailbox.\r\n\r\nWe will continue to try to deliver your message over the next few days.\r\n'),
}  # fmt: skip

NO_REPORTS = {
    "a resident whose mail bounced": eml(f"Hello, I sent my complaint to {WHO} and it was returned: 550 5.1.1 user unknown. The message could not be delivered. Please help.", headers={"Subject": "Undeliverable mail"}),
    "a resident who forwards a report": eml(f"See what I got.\r\n\r\nDelivery to the following recipients failed.\r\n\r\n{WHO}", headers={"Subject": "FW: Delivery Status Notification (Failure)"}),
    "a resident called Postmaster": eml("My parcel was not delivered and the boiler is broken.", headers={"From": "Pat Postmaster <pat@example.net>", "Subject": "Boiler"}),
    "a resident of a firm's post room": eml("Dear Sir, the repair was not done. Kind regards, Jo", headers={"From": "mailroom@example.net", "Subject": "Returned again and again"}),
    "a receipt for a delivery": eml("Your parcel has been delivered to your neighbour.", headers={"From": "noreply@parcels.example", "Subject": "Delivery notification"}),
    "an office's own system": eml("Your message has been received and will be answered within 10 days.", headers={"From": "system@council.example", "Subject": "Automatic reply", "Auto-Submitted": "auto-replied"}),
    "a vacation notice with a null sender": eml("I am away until Monday.", headers={"Subject": "Out of office"}, raw_headers=b"Return-Path: <>\r\n"),
    "a request to confirm": eml("Your message is waiting. This account is protected: please click to be added to the list of allowed senders.", headers={"From": "jo@example.net", "Subject": "RE: Your complaint"}),
}  # fmt: skip


@pytest.mark.parametrize("kind", FAILED)
def test_a_letter_that_did_not_arrive_is_known_whoever_says_so(kind: str) -> None:
    found = parse(FAILED[kind]).delivery_report
    assert found is not None
    assert (found.recipient, found.permanent) == (WHO, True)


@pytest.mark.parametrize("kind", DELAYED)
def test_a_server_that_still_tries_is_not_taken_for_one_that_gave_up(kind: str) -> None:
    found = parse(DELAYED[kind]).delivery_report
    assert found is not None
    assert (found.recipient, found.permanent) == (WHO, False)


@pytest.mark.parametrize("kind", NO_REPORTS)
def test_mail_that_only_sounds_like_a_report_is_none(kind: str) -> None:
    assert parse(NO_REPORTS[kind]).delivery_report is None


@pytest.mark.parametrize("kind", ["an old Exchange"])
def test_our_letter_is_known_by_the_copy_that_came_back(kind: str) -> None:
    found = parse(FAILED[kind]).delivery_report
    assert found is not None
    assert found.original_message_id == "ours@landlord.example"
