"""The JSON that commands print, as models: what `schemas/` publishes and others build on.

Names here are never changed or dropped; fields may be added.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from correspondence.cases.adjustments import Adjustments
from correspondence.cases.people import Resident
from correspondence.intake.message import ReceivedBasis
from correspondence.intake.reading import Flag, Reading, ServiceArea
from correspondence.letters.kinds import LetterKind


class _Printed(BaseModel):
    model_config = ConfigDict(extra="forbid")


class LeftInInbox(_Printed):
    """A file that was not taken, and why."""

    name: str
    because: str


class AlertClockDocument(_Printed):
    """A clock of Awaab's Law; `due` is null beyond the known calendar."""

    duty: Literal["make_safe", "investigate"]
    due: datetime | date | None
    because: str


class AlertDocument(_Printed):
    """A message or a call that tells of danger, in codes; no word of it is in it."""

    message: int | None = Field(description="None where a colleague took it down.")
    case: str | None
    what: list[str] = Field(description="emergency, safeguarding, hazard, and which hazards.")
    because: list[str]
    clocks: list[AlertClockDocument] = Field(description="Counted from when it arrived.")
    received_at: datetime
    seen_by: str | None = Field(description="Who recorded having seen it.")
    seen_at: datetime | None
    mail: Literal["ready", "sending", "handed_over"] = Field(
        description="Whether the e-mail that tells of it still waits, or has gone."
    )


class FloodDocument(_Printed):
    """More left within an hour than the profile allows: what comes after is held."""

    began_at: datetime
    counted: int
    most: int
    because: str
    released_by: str | None
    released_at: datetime | None


class RunDocument(_Printed):
    """`run --once --json`. `received` is opened + joined + recorded + duplicates + failed."""

    received: int
    duplicates: int
    opened: int = Field(description="Complaints and escalations that became a case.")
    joined: int = Field(description="Put with a case we have.")
    recorded: int = Field(description="Kept in the register.")
    failed: int = Field(description="Could not even be kept; must be 0.")
    letters_drafted: int
    needs_person: int = Field(description="Overlaps the others.")
    seconds: float
    left_in_inbox: list[LeftInInbox]
    problems: list[str]
    alerts: list[AlertDocument] = Field(description="Those that nobody has seen yet.")
    held: FloodDocument | None = Field(
        description="Why acknowledgements and e-mails of alerts are held, until a person lets go."
    )
    notices: int = Field(
        default=0, description="Given of what is due soon, due today or overdue; each once."
    )


class PartyDocument(_Printed):
    """A name and an address."""

    name: str
    address: str


class AttachmentDocument(_Printed):
    """An attachment, and the text that could be read out of it."""

    name: str
    content_type: str
    size: int = Field(description="Bytes.")
    sha256: str
    text: str
    unread_because: str


class MessageDocument(_Printed):
    """A message as it was parsed."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    message_id: str
    sender: PartyDocument = Field(alias="from")
    to: list[PartyDocument]
    cc: list[PartyDocument]
    subject: str
    sent_at: datetime | None
    text: str = Field(description="All of the visible text.")
    new_text: str = Field(description="Without quoted history and signature.")
    received_at: datetime
    received_basis: ReceivedBasis
    received_because: str
    received_to_confirm: bool
    received_by_staff_on: date | None
    attachments: list[AttachmentDocument]
    defects: list[str]


class ReadingDocument(_Printed):
    """One line of `read --json`, and what is stored with each message."""

    file: str
    sha256: str
    message: MessageDocument
    reading: Reading


class NextDocument(_Printed):
    """What is owed next on a case; `due` is null beyond the known calendar."""

    duty: str
    due: date | None
    because: str
    clause: str
    overdue: bool


class CaseLetterDocument(_Printed):
    """A letter of a case and where it stands."""

    id: str
    kind: LetterKind
    stage: int
    status: str


class ActionDocument(_Printed):
    """Something a letter promised, as `action list --json` and a case show it."""

    id: str
    reference: str = Field(default="", description="Its case; left out where that is shown around.")
    letter: str = Field(description="The letter that promised it.")
    what: str
    owner: str = Field(description="Who does it.")
    due: date = Field(description="When it is to be done now.")
    promised_for: date = Field(description="When the resident was first told it would be done.")
    pence: int | None = Field(description="The sum, where it is money.")
    status: Literal["open", "done"]
    done_on: date | None
    overdue: bool


class CaseDocument(_Printed):
    """One case of `case list --json`."""

    reference: str
    kind: str
    stage: int
    status: str
    service_area: ServiceArea
    flags: list[Flag]
    needs_person: bool
    resident: Resident
    adjustments: Adjustments
    received: date
    acknowledged: date | None
    next: NextDocument | None
    messages: int
    letters: list[CaseLetterDocument]
    actions: list[ActionDocument]
    alerts: list[AlertDocument]
    handler: str | None = Field(default=None, description="Who looks after it, by user name.")
    matter: str = Field(default="", description="What it is about, in a few words.")
    merged_into: str | None = Field(default=None, description="The case it is part of now.")
