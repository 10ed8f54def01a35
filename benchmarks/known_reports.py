# ruff: noqa: E501  reports are shown as mail servers word them
"""Delivery reports as mail servers write them, and mail that only looks like one.

Twelve makers, four tongues, five causes, with the machine-readable part and without. What is right
was written with the report: whether it is one, whose address failed, and whether for good.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Report:
    """A message, and what is right about it: `permanent` is None where it is no report."""

    name: str
    raw: bytes
    is_report: bool
    recipient: str = ""
    permanent: bool | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a letter did not arrive: its status, the server's own line, and in four tongues."""

    name: str
    status: str
    line: str
    permanent: bool
    said: dict[str, str]


WHO: Final = "morwenna@example.net"
CAUSES: Final = (
    Cause("unknown", "5.1.1", f"550 5.1.1 <{WHO}>: Recipient address rejected: User unknown in virtual mailbox table", True, {
        "en": "The email address you entered couldn't be found.",
        "de": "Die eingegebene E-Mail-Adresse konnte nicht gefunden werden.",
        "fr": "L'adresse de courriel que vous avez saisie est introuvable.",
        "cy": "Nid oedd modd dod o hyd i'r cyfeiriad e-bost.",
    }),
    Cause("full", "5.2.2", "552 5.2.2 Mailbox full, quota exceeded", True, {
        "en": "The recipient's mailbox is full and can't accept messages now.",
        "de": "Das Postfach des Empfängers ist voll und kann derzeit keine Nachrichten annehmen.",
        "fr": "La boîte aux lettres du destinataire est pleine.",
        "cy": "Mae blwch post y derbynnydd yn llawn.",
    }),
    Cause("refused", "5.7.1", "550 5.7.1 Service unavailable; client host blocked by policy", True, {
        "en": "Your message wasn't delivered because the recipient's email provider rejected it.",
        "de": "Ihre Nachricht wurde vom E-Mail-Anbieter des Empfängers abgelehnt.",
        "fr": "Votre message a été rejeté par le fournisseur du destinataire.",
        "cy": "Gwrthodwyd eich neges gan ddarparwr e-bost y derbynnydd.",
    }),
    Cause("expired", "4.4.7", "421 4.4.7 Delivery time expired", True, {
        "en": "The server has tried to deliver this message, without success, and has stopped trying.",
        "de": "Der Server hat die Zustellung wiederholt versucht und endgültig aufgegeben.",
        "fr": "Le serveur a tenté en vain de remettre ce message et a abandonné.",
        "cy": "Ceisiodd y gweinydd ddanfon y neges hon heb lwyddiant, ac mae wedi rhoi'r gorau iddi.",
    }),
    Cause("delayed", "4.4.1", "451 4.4.1 Connection timed out", False, {
        "en": "Delivery to this recipient has been delayed. The server will keep trying.",
        "de": "Die Zustellung an diesen Empfänger verzögert sich. Der Server versucht es weiter.",
        "fr": "La remise à ce destinataire est retardée. Le serveur continuera ses tentatives.",
        "cy": "Mae oedi wrth ddanfon i'r derbynnydd hwn. Bydd y gweinydd yn dal i geisio.",
    }),
)  # fmt: skip

_FAILED: Final = {
    "en": ("Undeliverable: Your complaint", "Your message couldn't be delivered to the following recipients:"),
    "de": ("Unzustellbar: Your complaint", "Ihre Nachricht konnte an die folgenden Empfänger nicht zugestellt werden:"),
    "fr": ("Non remis : Your complaint", "Votre message n'a pas pu être remis aux destinataires suivants :"),
    "cy": ("Methu â danfon: Your complaint", "Nid oedd modd danfon eich neges i'r derbynwyr canlynol:"),
}  # fmt: skip
_DELAYED: Final = {
    "en": ("Delivery delayed: Your complaint", "Delivery to the following recipients has been delayed:"),
    "de": ("Zustellung verzögert: Your complaint", "Die Zustellung an die folgenden Empfänger verzögert sich:"),
    "fr": ("Remise retardée : Your complaint", "La remise aux destinataires suivants est retardée :"),
    "cy": ("Oedi wrth ddanfon: Your complaint", "Mae oedi wrth ddanfon i'r derbynwyr canlynol:"),
}  # fmt: skip

# Maker: who it comes from, and whether it words its report in the tongue of its user.
MAKERS: Final = {
    "Postfix": ("MAILER-DAEMON@mx.landlord.example (Mail Delivery System)", False),
    "Exim": ("Mail Delivery System <Mailer-Daemon@mx.landlord.example>", False),
    "qmail": ("MAILER-DAEMON@mx.landlord.example", False),
    "sendmail": ("Mail Delivery Subsystem <MAILER-DAEMON@mx.landlord.example>", False),
    "Exchange": ("Microsoft Outlook <postmaster@landlord.example>", True),
    "Exchange Online": ("postmaster@landlord.onmicrosoft.example", True),
    "Gmail": ("Mail Delivery Subsystem <mailer-daemon@googlemail.example>", True),
    "Lotus Domino": ("Postmaster@landlord.example", True),
    "Mimecast": ("Mimecast Postmaster <postmaster@eu.mimecast.example>", False),
    "Barracuda": ("Barracuda Email Gateway <postmaster@barracuda.landlord.example>", False),
    "Amazon SES": ("MAILER-DAEMON@eu-west-2.amazonses.example", False),
    "Zimbra": ("Mail Delivery System <MAILER-DAEMON@zimbra.landlord.example>", True),
}  # fmt: skip


def known_reports() -> Iterator[Report]:
    """The reports, then what is none."""
    for maker, (sender, speaks) in MAKERS.items():
        for tongue in _FAILED if speaks else ("en",):
            for cause in CAUSES:
                for standard in (True, False):
                    if not standard and maker == "Amazon SES":
                        continue  # it always writes the standard part
                    yield _report(maker, sender, tongue, cause, standard=standard)
                    if maker in {"Postfix", "Exchange Online", "Gmail"}:
                        yield _report(maker, sender, tongue, cause, standard=standard, coded=True)
    yield from _none()


def _report(
    maker: str, sender: str, tongue: str, cause: Cause, *, standard: bool, coded: bool = False
) -> Report:
    subject, words = _words(maker, tongue, cause)
    text = _part(words, coded=coded)
    returned = (
        b"Content-Type: text/rfc822-headers\r\n\r\nFrom: complaints@landlord.example\r\n"
        b"To: "
        + WHO.encode()
        + b"\r\nSubject: Your complaint\r\nMessage-ID: <ours@landlord.example>\r\n"
    )
    head = _head(sender, subject)
    if standard:
        action = "failed" if cause.permanent else "delayed"
        status = (
            "Content-Type: message/delivery-status\r\n\r\n"
            "Reporting-MTA: dns; mx.landlord.example\r\nArrival-Date: Tue, 3 Mar 2026 09:15:00 +0000\r\n\r\n"
            f"Final-Recipient: rfc822; {WHO}\r\nAction: {action}\r\nStatus: {cause.status}\r\n"
            f"Diagnostic-Code: smtp; {cause.line}\r\n"
        ).encode()
        raw = (
            head
            + b'Content-Type: multipart/report; report-type=delivery-status; boundary="r"\r\n\r\n'
        )
        raw += (
            b"".join(b"--r\r\n" + each + b"\r\n" for each in (text, status, returned))
            + b"--r--\r\n"
        )
    else:
        raw = head + text
    name = f"{maker}, {tongue}, {cause.name}, {'standard' if standard else 'words'}{', base64' if coded else ''}"
    return Report(name, raw, is_report=True, recipient=WHO, permanent=cause.permanent)


def _words(maker: str, tongue: str, cause: Cause) -> tuple[str, str]:
    """The subject and text, as this maker words them."""
    copied = "Message-ID: <ours@landlord.example>\nFrom: complaints@landlord.example\nSubject: Your complaint\n"
    gone = cause.permanent
    match maker:
        case "Postfix":
            why = (
                "could not\nbe delivered to one or more recipients. It's attached below."
                if gone
                else "could\nnot be delivered for more than 4 hour(s).\nIt will be retried until it is 5 day(s) old."
            )
            subject = (
                "Undelivered Mail Returned to Sender"
                if gone
                else "Delayed Mail (still being retried)"
            )
            return (
                subject,
                f"This is the mail system at host mx.landlord.example.\n\nI'm sorry to have to inform you that your message {why}\n\n<{WHO}>: host mx.example.net[192.0.2.1] said:\n    {cause.line} (in reply to RCPT TO command)\n",
            )
        case "Exim" if gone:
            return (
                "Mail delivery failed: returning message to sender",
                f"This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  {WHO}\n    host mx.example.net [192.0.2.1]\n    SMTP error from remote mail server after RCPT TO:<{WHO}>:\n    {cause.line}\n\n------ This is a copy of the message, including all the headers. ------\n\n{copied}",
            )
        case "Exim":
            return (
                "Warning: message 1tXyZ0-0001aB delayed 24 hours",
                f"This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours on the queue on mx.landlord.example.\n\nThe address to which the message has not yet been delivered is:\n\n  {WHO}\n    Delay reason: {cause.line}\n\nNo action is required on your part. Delivery attempts will continue for\nsome time.\n",
            )
        case "qmail" if gone:
            return (
                "failure notice",
                f"Hi. This is the qmail-send program at mx.landlord.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<{WHO}>:\n192.0.2.1 failed after I sent the message.\nRemote host said: {cause.line}\n\n--- Below this line is a copy of the message.\n\n{copied}",
            )
        case "qmail":
            return (
                "warning: message delayed",
                f"Hi. This is the qmail-send program at mx.landlord.example.\nThis is just a warning: your message has not yet been delivered to the following addresses. I will keep trying.\n\n<{WHO}>:\n{cause.line}\n",
            )
        case "sendmail" if gone:
            return (
                "Returned mail: see transcript for details",
                f"The original message was received at Tue, 3 Mar 2026 09:15:00 GMT\nfrom localhost [127.0.0.1]\n\n   ----- The following addresses had permanent fatal errors -----\n<{WHO}>\n    (reason: {cause.line})\n\n   ----- Transcript of session follows -----\n... while talking to mx.example.net.:\n>>> RCPT To:<{WHO}>\n<<< {cause.line}\n\n   ----- Original message follows -----\n\n{copied}",
            )
        case "sendmail":
            return (
                "Warning: could not send message for past 4 hours",
                f"    **********************************************\n    **      THIS IS A WARNING MESSAGE ONLY      **\n    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n    **********************************************\n\nThe original message was received at Tue, 3 Mar 2026 09:15:00 GMT\n\n   ----- The following addresses had transient non-fatal errors -----\n<{WHO}>\n\n   ----- Transcript of session follows -----\n<{WHO}>... Deferred: {cause.line}\nWarning: message still undelivered after 4 hours\nWill keep trying until message is 5 days old\n",
            )
        case "Mimecast":
            subject = (
                "[Postmaster] Email Delivery Failure"
                if gone
                else "[Postmaster] Email Delivery Delayed"
            )
            why = (
                "could not be delivered and has been returned"
                if gone
                else "has been delayed. Delivery attempts will continue"
            )
            return (
                subject,
                f'Your email to the recipient below {why}.\n\nThe email with subject "Your complaint"\nwas sent to: {WHO}\n\nThe recipient\'s server said:\n{cause.line}\n',
            )
        case "Barracuda":
            subject = (
                "**Message you sent could not be delivered**"
                if gone
                else "**Message you sent is delayed**"
            )
            why = (
                "could not be delivered"
                if gone
                else "has not yet been delivered, and delivery will be retried"
            )
            return (
                subject,
                f"A message you sent to the following recipient {why}:\n\n<{WHO}>: {cause.line}\n\nReporting-MTA: barracuda.landlord.example\n",
            )
        case "Amazon SES":
            subject = (
                "Delivery Status Notification (Failure)"
                if gone
                else "Delivery Status Notification (Delay)"
            )
            why = (
                "An error occurred while trying to deliver the mail to the following recipients:"
                if gone
                else "Delivery of your mail to the following recipients is delayed:"
            )
            return subject, f"{why}\n{WHO}\n"
        case "Gmail":
            heads = _FAILED if gone else _DELAYED
            return (
                f"Delivery Status Notification ({'Failure' if gone else 'Delay'})",
                f"{heads[tongue][1]}\n\n    {WHO}\n\n{cause.said[tongue]}\n\nThe response from the remote server was:\n{cause.line}\n",
            )
        case "Lotus Domino":
            subject = f"{'DELIVERY FAILURE' if gone else 'DELIVERY DELAY'}: {cause.line[:40]}"
            own = (_FAILED if gone else _DELAYED)[tongue][1]
            return (
                subject,
                f"Your message\n\n  Subject: Your complaint\n\n{own}\n\n  {WHO}\n\n{cause.said[tongue]}\n{cause.line}\n",
            )
        case _:
            subject, own = (_FAILED if gone else _DELAYED)[tongue]
            return (
                subject,
                f"{own}\n\n{WHO}\n{cause.said[tongue]}\n\nDiagnostic information for administrators:\n\nGenerating server: MAIL01.landlord.example\n\n{WHO}\nRemote Server returned '{cause.line}'\n\nOriginal message headers:\n\n{copied}",
            )


def _head(sender: str, subject: str) -> bytes:
    word = "=?utf-8?B?" + base64.b64encode(subject.encode()).decode() + "?="
    shown = subject if subject.isascii() else word
    return (
        f"From: {sender}\r\nTo: complaints@landlord.example\r\nSubject: {shown}\r\n"
        "Date: Tue, 3 Mar 2026 09:20:00 +0000\r\nMessage-ID: <report@mx.landlord.example>\r\n"
        "MIME-Version: 1.0\r\n"
    ).encode()


def _part(words: str, *, coded: bool = False) -> bytes:
    content = words.replace("\n", "\r\n").encode()
    encoding = "base64" if coded else "8bit"
    content = base64.encodebytes(content) if coded else content
    return (
        f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode()
        + content
    )


_RESIDENTS: Final = {
    "en": "Hello, my email to the repairs team keeps coming back. It says the message could not be delivered and the mailbox is full. Please can you tell me the right address? Kind regards, Morwenna",
    "de": "Guten Tag, meine E-Mail an das Reparaturteam kommt immer zurück, sie sei unzustellbar. Wie lautet die richtige Adresse? Viele Grüße, Morwenna",
    "fr": "Bonjour, mon message à l'équipe des réparations revient toujours : non remis. Quelle est la bonne adresse ? Cordialement, Morwenna",
    "cy": "Helo, mae fy e-bost at y tîm atgyweirio yn dod yn ôl o hyd: methu â danfon. Beth yw'r cyfeiriad cywir? Cofion, Morwenna",
}  # fmt: skip
_AWAY: Final = {
    "en": ("Automatic reply: Your complaint", "I am out of the office until Monday and will answer then."),
    "de": ("Automatische Antwort: Your complaint", "Ich bin bis Montag nicht im Büro."),
    "fr": ("Réponse automatique : Your complaint", "Je suis absente jusqu'à lundi."),
    "cy": ("Ateb awtomatig: Your complaint", "Nid wyf yn y swyddfa tan ddydd Llun."),
}  # fmt: skip


def _none() -> Iterator[Report]:
    """Residents who write of bounces or pass one on, and people who are away."""
    resident = f"Morwenna Carrick <{WHO}>"
    for tongue, words in _RESIDENTS.items():
        for subject in (
            "My email came back",
            "Undeliverable",
            "Re: Your complaint",
            _FAILED[tongue][0],
        ):
            raw = _head(
                resident, f"Re: {subject}" if subject == _FAILED[tongue][0] else subject
            ) + _part(words)
            yield Report(f"a resident of a bounce, {tongue}, {subject}", raw, is_report=False)
        subject, away = _AWAY[tongue]
        head = _head(resident, subject) + b"Auto-Submitted: auto-replied\r\n"
        yield Report(f"away, {tongue}", head + _part(away), is_report=False)
    for maker, tongue in (("Postfix", "en"), ("qmail", "en"), ("Exchange", "de"), ("Gmail", "fr")):
        subject, words = _words(maker, tongue, CAUSES[0])
        quoted = (
            "Dear team, this is what I got when I wrote to you. Please help.\n\n> "
            + words.replace("\n", "\n> ")
        )
        yield Report(
            f"a resident quotes {maker}",
            _head(resident, f"Fwd: {subject}") + _part(quoted),
            is_report=False,
        )
    receipt = (
        b'Content-Type: multipart/report; report-type=disposition-notification; boundary="r"\r\n\r\n--r\r\n'
        + _part("Your message was read on 3 March.")
        + b"\r\n--r\r\nContent-Type: message/disposition-notification\r\n\r\nFinal-Recipient: rfc822; "
        + WHO.encode()
        + b"\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n\r\n--r--\r\n"
    )
    yield Report(
        "a read receipt", _head(resident, "Read: Your complaint") + receipt, is_report=False
    )
