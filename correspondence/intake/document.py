"""The reading document: a message and its reading as the JSON that others build on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from correspondence.intake.message import Address, Message, Receipt
    from correspondence.intake.reading import Reading


def reading_document(
    file: str, sha256: str, message: Message, receipt: Receipt, reading: Reading
) -> dict[str, Any]:
    """One message as ``read --json`` prints it and the register keeps it."""
    return {
        "file": file,
        "sha256": sha256,
        "message": {
            "message_id": message.message_id,
            "from": _party(message.sender),
            "to": [_party(one) for one in message.to],
            "cc": [_party(one) for one in message.cc],
            "subject": message.subject,
            "sent_at": _moment(message.sent_at),
            "text": message.text,
            "new_text": message.new_text,
            "received_at": _moment(receipt.at),
            "received_basis": receipt.basis,
            "received_because": receipt.because,
            "received_to_confirm": receipt.ask_person,
            "received_by_staff_on": (
                receipt.by_staff_on.isoformat() if receipt.by_staff_on else None
            ),
            "attachments": [
                {
                    "name": one.name,
                    "content_type": one.content_type,
                    "size": one.size,
                    "sha256": one.sha256,
                    "text": one.text or one.opened_text,
                    "unread_because": one.unread_because,
                }
                for one in message.attachments
            ],
            "defects": [*filter(None, [message.unreadable]), *message.defects],
        },
        "reading": reading.model_dump(mode="json"),
    }


def _party(address: Address) -> dict[str, str]:
    return {"name": address.name, "address": address.address}


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
