"""The e-mail a letter goes out with, ready to be opened and sent by anybody's mail program."""

from __future__ import annotations

import hashlib
import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from typing import TYPE_CHECKING, Final

from correspondence.letters.text import cleaned

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from correspondence.letters.enclosures import Enclosure
    from correspondence.letters.facts import LetterFacts

_MESSAGE_ID: Final = re.compile(r"<[!-;=?A-~]{1,400}@[!-;=?A-~]{1,400}>")
_ADDRESS: Final = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"
)
_MOST_REFERENCES: Final = 20
_NO_ANSWERS = "DR, RN, NRN, OOF, AutoReply"  # all but NDR: that it never arrived must be told
_LONGEST_SUBJECT: Final = 200


class _MailPolicy(EmailPolicy):
    """Message-IDs folded between one another and never inside.

    The standard library encodes a long one as if it were words, and no thread is found by it.
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() in _IDENTIFYING:
            folded = "\r\n ".join(value.split())
            return f"{name}: {folded}\r\n".encode("ascii")
        return super().fold_binary(name, value)


_IDENTIFYING: Final = frozenset(("message-id", "in-reply-to", "references"))
_POLICY: Final = _MailPolicy(linesep="\r\n")


def ready_mail(
    *,
    facts: LetterFacts,
    subject: str,
    email_text: str,
    pdf: bytes,
    pdf_name: str,
    message_id: str,
    from_: str,
    to: str | None,
    in_reply_to: str = "",
    references: Sequence[str] = (),
    date: datetime,
    acknowledgement: bool = False,
    email_html: str = "",
    enclosures: Sequence[Enclosure] = (),
) -> bytes:
    """The message as bytes (.eml): text, the PDF attached, our own Message-ID; the same every time.

    With `email_html` (`formats.email_page`) the text comes twice, plain and as a page, and the
    reader's program shows the one it can (RFC 2046 5.1.4). `enclosures` are attached after the
    letter, each a file of its own, as `enclosures.checked` gives them.

    `from_` and `to` are addresses, with or without a name ('Housing <homes@example.org>'); where
    `to` has none, the recipient's stands. `to` is None where the recipient's address may not be
    written to: the message then has no To, and an officer has to decide. `acknowledgement` marks
    it as an automatic reply, which no machine answers (RFC 3834); `X-Unsent` opens it as a draft.
    `date` carries its time zone. Message-IDs of the thread that are malformed are left out, as
    strangers write them. Raises ValueError for an address or a Message-ID of ours that no mail
    may carry.
    """
    if date.tzinfo is None:
        raise ValueError("The date of an e-mail needs its time zone; this one has none.")
    if not _MESSAGE_ID.fullmatch(message_id):
        raise ValueError("Our Message-ID is not of the form <left@right>, without spaces.")
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = _address(from_, "")
    if to is not None:
        mail["To"] = _address(to, facts.recipient.name)
    mail["Subject"] = _one_line(subject)[:_LONGEST_SUBJECT]
    mail["Date"] = format_datetime(date)
    mail["Message-ID"] = message_id
    _join_thread(mail, in_reply_to, references)
    mail["X-Unsent"] = "1"
    if acknowledgement:
        mail["Auto-Submitted"] = "auto-replied"
        mail["X-Auto-Response-Suppress"] = _NO_ANSWERS
    mail.set_content(cleaned(email_text).rstrip() + "\n", cte="quoted-printable")
    if email_html:
        mail.add_alternative(email_html, subtype="html", cte="quoted-printable")
    attached = {_file_name(pdf_name): pdf} | {one.file_name: one.pdf for one in enclosures}
    if len(attached) <= len(enclosures):
        raise ValueError("Two files of one letter have the same name; give one of them another.")
    for name, content in attached.items():
        mail.add_attachment(
            content, maintype="application", subtype="pdf", filename=name, cte="base64"
        )
    _set_boundaries(mail, message_id)
    return mail.as_bytes()


def notice_mail(
    *,
    from_: str,
    to: Sequence[str],
    subject: str,
    text: str,
    message_id: str,
    date: datetime,
    follows: str = "",
) -> bytes:
    """A notice to colleagues as bytes (.eml): plain text, no letter; the same every time.

    It is marked as written by a machine, which no machine answers (RFC 3834 5). `follows` is the
    Message-ID of the one that it reminds of. Raises ValueError for an address or a Message-ID that
    no mail may carry.
    """
    if not _MESSAGE_ID.fullmatch(message_id):
        raise ValueError("Our Message-ID is not of the form <left@right>, without spaces.")
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = _address(from_, "")
    mail["To"] = tuple(_address(one, "") for one in to)
    mail["Subject"] = _one_line(subject)[:_LONGEST_SUBJECT]
    mail["Date"] = format_datetime(date)
    mail["Message-ID"] = message_id
    _join_thread(mail, follows, ())
    mail["Importance"] = "high"
    mail["X-Unsent"] = "1"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = _NO_ANSWERS
    mail.set_content(cleaned(text).rstrip() + "\n", cte="quoted-printable")
    return mail.as_bytes()


def can_be_addressed(address: str) -> bool:
    """Whether a mail can carry this as the address it goes to."""
    return bool(_ADDRESS.fullmatch(address))


def _join_thread(mail: EmailMessage, in_reply_to: str, references: Sequence[str]) -> None:
    """The thread the message belongs to (RFC 5322 3.6.4): the first, then the latest references."""
    answered = _MESSAGE_ID.search(in_reply_to)
    thread = [found[0] for reference in references if (found := _MESSAGE_ID.search(reference))]
    if answered:
        mail["In-Reply-To"] = answered[0]
        thread.append(answered[0])
    thread = list(dict.fromkeys(thread))
    if len(thread) > _MOST_REFERENCES:
        thread = [thread[0], *thread[1 - _MOST_REFERENCES :]]
    if thread:
        mail["References"] = " ".join(thread)


def _address(written: str, name: str) -> Address:
    own_name, spec = parseaddr(written) if "<" in written else ("", written.strip())
    if not _ADDRESS.fullmatch(spec):
        raise ValueError(
            "An e-mail address is not of the form name@example.org; correct it in the register of "
            "people or in the landlord's profile."
        )
    return Address(display_name=_one_line(own_name or name), addr_spec=spec)


def _one_line(words: str) -> str:
    return " ".join(cleaned(words).split())


def _file_name(name: str) -> str:
    """A file name that every mail program and disk can take; it ends in .pdf."""
    plain = re.sub(r"[^A-Za-z0-9._ -]+", "-", name).strip(" .-") or "letter"
    stem = plain[:-4] if plain.lower().endswith(".pdf") else plain
    return f"{stem[:100]}.pdf"


def _set_boundaries(mail: EmailMessage, message_id: str) -> None:
    """What parts the message, from its content: the same each time, and nowhere inside a part."""
    digest = hashlib.sha256(message_id.encode())
    several = []
    for part in mail.walk():
        if part.is_multipart():
            several.append(part)
        else:
            digest.update(part.get_payload(decode=True) or b"")  # type: ignore[arg-type]
    for number, part in enumerate(several):
        part.set_boundary(f"=_{digest.hexdigest()[:40]}_{number}")
