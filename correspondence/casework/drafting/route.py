"""How a letter reaches its resident: by e-mail, by post, or as an officer decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from correspondence.casework.drafting.letter_facts import recipient_of
from correspondence.letters.kinds import LetterKind
from correspondence.letters.mail import can_be_addressed
from correspondence.letters.post.address import PostalAddress

if TYPE_CHECKING:
    from correspondence.cases.case import Case


@dataclass(frozen=True, slots=True)
class Route:
    """The ways a letter is made ready for.

    `to` is the mail address it goes to; empty where no e-mail goes, or an officer has to decide
    who may have it. `faults` say why no letter can be posted to the address on record.
    """

    by_email: bool
    by_post: bool
    to: str = ""
    faults: tuple[str, ...] = ()

    @property
    def undecided(self) -> bool:
        """Whether an e-mail is made ready of which nobody knows yet where it goes."""
        return self.by_email and not self.to


def route_of(case: Case, kind: LetterKind) -> Route:
    """The way agreed with the resident; else by e-mail to whoever wrote, else by post.

    A letter to a representative waits for the resident's consent (Code 3.6), so its mail address is
    left to the officer, and so is that of a reply to a councillor or an MP. Where no mail address
    is known, the letter is made ready for the post too, if it can be posted to the address.
    """
    if kind is LetterKind.ENQUIRY_REPLY:
        return Route(by_email=True, by_post=False)
    faults = postal_address(case).faults()
    to = _mail_address(case)
    match case.adjustments.by:
        case "post":
            return Route(by_email=False, by_post=True, faults=faults)
        case "email":
            return Route(by_email=True, by_post=False, to=to)
    return Route(by_email=True, by_post=not to and not faults, to=to, faults=() if to else faults)


def postal_address(case: Case) -> PostalAddress:
    """Where letters of the case are posted, the name first."""
    recipient = recipient_of(case)
    return PostalAddress.of((recipient.name, *recipient.address_lines))


def _mail_address(case: Case) -> str:
    """That of the resident who wrote, and of nobody else unasked."""
    addressed = case.representative is None and can_be_addressed(case.writes_from)
    return case.writes_from if addressed else ""
