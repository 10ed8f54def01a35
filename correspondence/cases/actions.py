"""What was promised to a resident, followed until it is done (Code 6.6, 6.17, 7.3)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from correspondence.cases.events import (
    ActionDone,
    ActionPromised,
    ActionRevised,
    CompletionConfirmed,
    PaymentApproved,
)

if TYPE_CHECKING:
    from datetime import date

ActionEvent = ActionPromised | ActionRevised | PaymentApproved | ActionDone | CompletionConfirmed


@dataclass(frozen=True, slots=True)
class ActionRecord:
    """One promise of a letter that was sent. Days are days in Europe/London.

    `due` is when it is to be done now, `promised_for` what the resident was told first. `letter`
    made the promise, at `stage`; `pence` is the sum, where it is money. An erased case keeps the
    days and loses the words.
    """

    id: str
    letter: str
    stage: int
    what: str
    owner: str
    due: date
    promised_for: date
    pence: int | None = None
    moved: int = 0  # how often its day was moved
    done_on: date | None = None
    evidence: str = ""
    told_due: date | None = None  # the day the resident was told last
    why_moved: str = ""
    payment_approved_on: date | None = None
    confirmed_on: date | None = None  # the day the resident agreed that it is done

    @property
    def is_untold(self) -> bool:
        """Whether its day has moved and the resident has not been told (Code 6.6, 6.17)."""
        return self.is_open and self.told_due is not None and self.told_due != self.due

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_on is None

    def overdue(self, today: date) -> bool:
        """Whether it should have been done before today."""
        return self.is_open and self.due < today


def tracked(known: tuple[ActionRecord, ...], event: ActionEvent) -> tuple[ActionRecord, ...]:
    """The actions of a case after one more thing happened to them, in the order promised."""
    if isinstance(event, ActionPromised):
        promised = ActionRecord(
            id=event.action,
            letter=event.letter,
            stage=event.stage,
            what=event.what,
            owner=event.owner,
            due=event.due,
            promised_for=event.due,
            pence=event.pence,
            told_due=event.due,
        )
        return (*known, promised)
    return tuple(_after(one, event) if one.id == event.action else one for one in known)


def _after(
    action: ActionRecord, event: ActionRevised | PaymentApproved | ActionDone | CompletionConfirmed
) -> ActionRecord:
    if isinstance(event, PaymentApproved):
        return replace(action, payment_approved_on=event.on)
    if isinstance(event, CompletionConfirmed):
        return replace(action, confirmed_on=event.on)
    if isinstance(event, ActionDone):
        return replace(action, done_on=event.done_on, evidence=event.evidence)
    moved = action.moved + (event.due != action.due)
    return replace(
        action,
        due=event.due,
        owner=event.owner or action.owner,
        moved=moved,
        told_due=event.due if event.letter else action.told_due,
        why_moved=event.because,
    )
