"""Messages for the tests of judgement, built as the parser would hand them on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from correspondence.intake.landlord_signs import LandlordSigns
from correspondence.intake.message import Address, Attachment, Message
from correspondence.intake.understanding import understand

if TYPE_CHECKING:
    from correspondence.intake.reading import Reading

LANDLORD = LandlordSigns(
    name="Larkhill Homes",
    own_addresses=("complaints@larkhill.example",),
    staff_domains=("larkhill.example",),
)
RESIDENT = Address("Orla Fenwick", "orla.fenwick@example.com")


def a_message(
    text: str = "",
    *,
    subject: str = "",
    sender: Address = RESIDENT,
    headers: dict[str, str] | None = None,
    attachments: tuple[Attachment, ...] = (),
    forwarded: tuple[Message, ...] = (),
    quoted: str = "",
    signature: str = "",
    in_reply_to: tuple[str, ...] = (),
) -> Message:
    """A message from a resident, unless another sender is named."""
    return Message(
        message_id="one@example.com",
        sender=sender,
        to=(Address("", "complaints@larkhill.example"),),
        subject=subject,
        sent_at=datetime(2026, 9, 1, 9, 0, tzinfo=UTC),
        text=text + quoted,
        new_text=text,
        quoted_text=quoted,
        signature=signature,
        in_reply_to=in_reply_to,
        attachments=attachments,
        forwarded=forwarded,
        headers={name.lower(): (value,) for name, value in (headers or {}).items()},
    )


def a_letter(text: str, name: str = "letter.pdf") -> Attachment:
    """A PDF that holds this text."""
    return Attachment(name, "application/pdf", b"", "0" * 64, text)


def read(text: str = "", **given: object) -> Reading:
    """The reading of a message."""
    return understand(a_message(text, **given), LANDLORD)  # type: ignore[arg-type]
