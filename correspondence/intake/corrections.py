"""What an officer says a message is, and the lesson that is kept of it.

A lesson holds the message masked (`masking`) and the labels as they should be, so that it can be
learned from by this version and by later ones that look at other features.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from correspondence.intake.labelled import Labelled
from correspondence.intake.masking import masked
from correspondence.intake.message import Address, Attachment, DeliveryReport, Message
from correspondence.intake.reading import Flag, Kind, ServiceArea

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from correspondence.intake.landlord_signs import LandlordSigns
    from correspondence.intake.reading import Reading

FORMAT = 1
"""The form of a kept lesson; one of another form is not learned from."""


class Correction(BaseModel):
    """How a message should have been read. What is None was not looked at, and teaches nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind = Field(description="What kind of message it is.")
    service_area: ServiceArea | None = Field(default=None, description="Which service it is about.")
    flags: tuple[Flag, ...] | None = Field(
        default=None, description="Everything that must not be overlooked, in place of what was."
    )


def lesson_document(
    message: Message, reading: Reading, correction: Correction, landlord: LandlordSigns
) -> dict[str, Any]:
    """The lesson as it is kept: nobody's name, address or number is in it."""
    return {
        "format": FORMAT,
        "message": _document(masked(message, landlord, _people(reading))),
        "labels": correction.model_dump(mode="json", exclude_none=True),
    }


def over_earlier(correction: Correction, lesson: Mapping[str, Any]) -> Correction:
    """The correction with what an earlier `lesson` said of the fields that it does not name.

    A lesson of another form says nothing, and neither does a code that is no longer one.
    """
    if lesson.get("format") != FORMAT:
        return correction
    said = correction
    for field, value in lesson["labels"].items():
        if field in Correction.model_fields and getattr(correction, field) is None:
            with suppress(ValidationError):
                said = Correction.model_validate(
                    said.model_dump(exclude_none=True) | {field: value}
                )
    return said


def as_labelled(name: str, document: Mapping[str, Any], landlord: LandlordSigns) -> Labelled:
    """The lesson as what `lessons` learns from. ValueError where it is of another form."""
    if document.get("format") != FORMAT:
        raise ValueError(f"The lesson has the form {document.get('format')!r}, not {FORMAT}.")
    labels = {"points": [], "outcome_sought": "", "flags": [], **document["labels"]}
    return Labelled(name, _message(document["message"]), landlord, labels, "corrections")


def _people(reading: Reading) -> Iterator[str]:
    resident, helper = reading.resident, reading.representative
    yield from (resident.name, resident.address, resident.email.partition("@")[0])
    if helper is not None:
        yield from (helper.name, helper.address, helper.email.partition("@")[0])


_TEXTS = ("subject", "text", "new_text", "quoted_text", "signature", "unreadable")


def _document(message: Message) -> dict[str, Any]:
    """A masked message as JSON, what is empty left out."""
    report = message.delivery_report
    whole: dict[str, Any] = {
        **{name: getattr(message, name) for name in _TEXTS},
        "sender": [message.sender.name, message.sender.address],
        "in_reply_to": list(message.in_reply_to),
        "references": list(message.references),
        "headers": {name: list(values) for name, values in message.headers.items()},
        "forwarded": [_document(inner) for inner in message.forwarded],
        "attachments": [
            {
                "name": one.name,
                "content_type": one.content_type,
                "text": one.text,
                "unread_because": one.unread_because,
                "from_picture": one.from_picture,
            }
            for one in message.attachments
        ],
        "delivery_report": [report.status, report.permanent] if report else [],
    }
    return {name: value for name, value in whole.items() if value}


def _message(document: Mapping[str, Any]) -> Message:
    name, address = document["sender"]
    report = document.get("delivery_report")
    texts: dict[str, Any] = {each: str(document.get(each, "")) for each in _TEXTS}
    return Message(
        **texts,
        sender=Address(name, address),
        in_reply_to=tuple(document.get("in_reply_to", ())),
        references=tuple(document.get("references", ())),
        headers={name: tuple(values) for name, values in document.get("headers", {}).items()},
        forwarded=tuple(_message(inner) for inner in document.get("forwarded", ())),
        attachments=tuple(
            Attachment(content=b"", sha256="", **one) for one in document.get("attachments", ())
        ),
        delivery_report=DeliveryReport(status=report[0], permanent=report[1]) if report else None,
    )
