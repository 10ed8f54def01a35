"""From the bytes of a message to what it is about. Stores nothing; cannot fail on any message."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from correspondence.intake.content import content_digest
from correspondence.intake.document import reading_document
from correspondence.intake.message import Message, Receipt
from correspondence.intake.parsing import parse
from correspondence.intake.reading import Evidence, Reading
from correspondence.intake.received import received
from correspondence.intake.understanding import understand

if TYPE_CHECKING:
    from datetime import datetime

    from correspondence.intake.corrections import Correction
    from correspondence.intake.judges.opinions import Opinions
    from correspondence.intake.landlord_signs import LandlordSigns


@dataclass(frozen=True, slots=True)
class Understood:
    """A message, when it counts as received, and what it is about."""

    file: str
    sha256: str
    message: Message
    receipt: Receipt
    reading: Reading

    @property
    def content_digest(self) -> str:
        """The same for the same content by several routes."""
        return content_digest(self.message)

    def document(self, *also: Evidence, needs_person: bool = False) -> dict[str, Any]:
        """The reading document, with what became known only when it was put with a case."""
        reading = self.reading.model_copy(
            update={
                "because": (*self.reading.because, *also),
                "needs_person": self.reading.needs_person or needs_person,
            }
        )
        return reading_document(self.file, self.sha256, self.message, self.receipt, reading)


def understand_message(
    raw: bytes,
    *,
    file: str,
    file_time: datetime,
    now: datetime,
    landlord: LandlordSigns,
    opinions: Opinions | None = None,
    correction: Correction | None = None,
    server_time: datetime | None = None,
) -> Understood:
    """Parse and read one message. Whatever fails inside, a person gets the message.

    `file_time` is when the file came to be, `server_time` when the mail server had it, where there
    was one, `now` the present; all UTC. The shipped opinions speak where an office has none; a
    person's `correction` stands over them.
    """
    message = _parsed(raw, file)
    receipt = received(
        message,
        file_time=file_time,
        now=now,
        staff_domains=frozenset(landlord.domains),
        server_time=server_time,
    )
    try:
        reading = understand(message, landlord, opinions, correction)
    except Exception as fault:  # noqa: BLE001 - a fault of ours must not lose somebody's complaint
        reading = _unreadable(f"our reading of it failed ({type(fault).__name__})")
    return Understood(file, hashlib.sha256(raw).hexdigest(), message, receipt, reading)


def _parsed(raw: bytes, file: str) -> Message:
    try:
        return parse(raw, file)
    except Exception as fault:  # noqa: BLE001 - see above
        return replace(Message(), unreadable=f"parsing it failed ({type(fault).__name__})")


def _unreadable(because: str) -> Reading:
    return Reading(
        kind="unreadable",
        confidence=0.0,
        needs_person=True,
        because=(Evidence(says=f"A person must read it: {because}."),),
    )
