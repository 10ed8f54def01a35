"""A message as it was parsed: what its headers, body and attachments say. No judgement yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

ReceivedBasis = Literal[
    "server",  # the mail server's own receipt time
    "received_header",  # the newest plausible Received header
    "date_header",  # the sender's Date header, no Received header being there
    "file_time",  # the file's own time, nothing better being there: a person is asked
    "staff",  # the day the first colleague had it (Code 3.2): to be confirmed
]


@dataclass(frozen=True, slots=True)
class Address:
    """A name and a mail address; either may be empty. The address is lower-cased."""

    name: str = ""
    address: str = ""

    @property
    def domain(self) -> str:
        """The part after the last @, or empty."""
        return self.address.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attachment: its safe name, its bytes, and what text could be read out of it.

    Text that is `from_picture` was read by machine (OCR) and deserves less trust than the rest. A
    file that is itself a message has no `text` but `opened_text`: it is opened in `forwarded`.
    """

    name: str
    content_type: str
    content: bytes
    sha256: str
    text: str = ""
    unread_because: str = ""  # why no text could be read, where some was to be expected
    from_picture: bool = False
    opened_text: str = ""
    content_id: str = ""  # by which the message's HTML may refer to it, without angle brackets

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content)


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What a delivery report says of a message of ours (RFC 3464, and its many imitations)."""

    original_message_id: str = ""
    recipient: str = ""
    status: str = ""  # such as 5.1.1
    permanent: bool | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One parsed message.

    `text` is all of the visible text; `new_text` leaves out quoted history and signature.
    `headers` maps lower-cased names to every decoded value in order. `unreadable` says why the
    message could not be parsed; it is empty for every message that could. `defects` lists what
    was odd or had to be repaired, each as a short sentence without personal detail.
    """

    message_id: str = ""  # normalised, without angle brackets
    sender: Address = Address()
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""
    sent_at: datetime | None = None  # UTC, from the Date header
    server_received_at: datetime | None = None  # UTC, the newest plausible Received header
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    text: str = ""
    new_text: str = ""
    quoted_text: str = ""  # the quoted history that new_text leaves out
    signature: str = ""  # what was cut as the sender's signature; names and numbers live there
    html: str = ""  # the HTML part as sent, never shown without cleaning
    # Messages forwarded inline or attached: they are matter, not history.
    forwarded: tuple[Message, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    delivery_report: DeliveryReport | None = None
    unreadable: str = ""
    defects: tuple[str, ...] = ()

    def header(self, name: str) -> str:
        """The first value of a header, or empty."""
        return next(iter(self.headers.get(name.lower(), ())), "")


@dataclass(frozen=True, slots=True)
class Receipt:
    """When a message counts as received, on what that rests, and whether to ask a person."""

    at: datetime  # UTC
    basis: ReceivedBasis
    because: str
    by_staff_on: date | None = None  # a colleague had it first (Code 3.2)
    ask_person: bool = False
