"""A message that was read, in the words of the case file: the events it may give rise to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from correspondence.cases.definition import propose
from correspondence.cases.events import (
    CaseOpened,
    ComplaintDefined,
    EscalationRequested,
    MessageJoined,
)
from correspondence.casework.drafting.answerable import answerable_address
from correspondence.casework.landlord import responsibility_for
from correspondence.handling_code.london import day_in_london

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from correspondence.cases.case import Case
    from correspondence.casework.open_office import OpenOffice
    from correspondence.casework.understand import Understood
    from correspondence.intake.reading import Evidence


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message, by its row, as it was understood."""

    house: OpenOffice
    message: int
    understood: Understood

    @property
    def received_on(self) -> date:
        """The day in London on which it counts as received."""
        return day_in_london(self.understood.receipt.at)

    def opens(
        self, reference: str, opened_as: Literal["complaint", "escalation"]
    ) -> tuple[CaseOpened, ComplaintDefined]:
        """It opens a case, with the definition that the resident's own words suggest."""
        reading, receipt = self.understood.reading, self.understood.receipt
        opened = CaseOpened(
            reference=reference,
            opened_as=opened_as,
            message=self.message,
            received_on=self.received_on,
            received_basis=receipt.basis,
            received_because=receipt.because,
            service_area=reading.service_area,
            flags=reading.flags,
            needs_person=reading.needs_person,
            resident=reading.resident,
            representative=reading.representative,
            writes_from=self._writes_from(),
            subject=self.understood.message.subject,
            points=reading.points,
            outcome_sought=reading.outcome_sought,
        )
        stage = 2 if opened_as == "escalation" else 1
        return opened, self._proposes(stage, reading.service_area)

    def escalates(self, case: Case) -> tuple[EscalationRequested, ComplaintDefined]:
        """It asks for stage 2 of a case.

        A request need give no reasons (Code 6.12): where it says no more, all that was defined at
        stage 1 is taken to be unresolved.
        """
        reading, receipt = self.understood.reading, self.understood.receipt
        request = EscalationRequested(
            message=self.message,
            received_on=self.received_on,
            received_basis=receipt.basis,
            received_because=receipt.because,
            points=reading.points,
            outcome_sought=reading.outcome_sought,
        )
        if self._matters(2):
            return request, self._proposes(2, reading.service_area or case.service_area)
        unresolved = case.stages[1].definition
        return request, ComplaintDefined(stage=2, proposed=True, definition=unresolved)

    def joins(self, because: Sequence[Evidence]) -> tuple[MessageJoined]:
        """It is put with a case."""
        joined = MessageJoined(
            message=self.message,
            message_kind=self.understood.reading.kind,
            because="; ".join(one.says for one in because),
            received_on=self.received_on,
            flags=self.understood.reading.flags,
        )
        return (joined,)

    def _proposes(self, stage: int, service_area: str) -> ComplaintDefined:
        reading = self.understood.reading
        ours, signpost = responsibility_for(self.house.settings, service_area)
        points = self._matters(stage)
        outcome = reading.outcome_sought if points else ""
        definition = propose(points, outcome, ours=ours, signpost=signpost)
        return ComplaintDefined(stage=stage, proposed=True, definition=definition)

    def _matters(self, stage: int) -> tuple[str, ...]:
        """The matters of the message; the bare request for stage 2 is none of them."""
        reading = self.understood.reading
        if stage == 1:
            return reading.points
        return tuple(point for point in reading.points if point != reading.outcome_sought)

    def _writes_from(self) -> str:
        return answerable_address(
            self.understood.message,
            self.understood.reading,
            self.house.signs,
            self.house.settings.reading.form_senders,
        )
