"""Does a message belong to a case we have? Strongest sign first; a stranger's guess asks a person.

A reference alone proves nothing: references can be guessed, and are printed on letters that other
people in a home open. It counts only with somebody who is known on that case.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from correspondence.intake.reading import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from correspondence.intake.message import Message
    from correspondence.intake.reading import Reading


@dataclass(frozen=True, slots=True)
class Keys:
    """What a message offers to be matched by."""

    answers: frozenset[str]  # Message-IDs it replies to or refers to
    references: frozenset[str]  # our case references, in upper case
    addresses: frozenset[str]  # who writes
    kind: str = ""  # what the message was read as
    reports_delivery: bool = False  # a mail server reports on a letter of ours

    @property
    def speaks_of_a_case(self) -> bool:
        """Whether it is about a case its writer must have, whichever that is."""
        return self.kind in {"case_update", "escalation"}

    @property
    def speaks_of_a_closed_case(self) -> bool:
        """Whether that may be closed: a closed case can still be escalated."""
        return self.kind == "escalation"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case the message may belong to, as far as matching needs to know it."""

    reference: str
    open: bool
    stage: int
    addresses: frozenset[str]  # everybody known on the case
    our_message_ids: frozenset[str] = field(default_factory=frozenset)
    their_message_ids: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Match:
    """The case a message belongs to, if any; where `certain` is false a person decides."""

    reference: str = ""
    certain: bool = False
    because: Evidence | None = None


NO_MATCH = Match()


def keys(message: Message, reading: Reading) -> Keys:
    """What the message offers to be matched by.

    A delivery report answers the letter it reports on. A form's no-reply address is nobody.
    """
    answers = {*message.in_reply_to, *message.references}
    if message.delivery_report and message.delivery_report.original_message_id:
        answers.add(message.delivery_report.original_message_id)
    writers = {message.sender.address, reading.resident.email}
    if reading.representative:
        writers.add(reading.representative.email)
    return Keys(
        answers=frozenset(answers),
        references=frozenset(filter(None, [reading.resident.reference.upper()])),
        addresses=frozenset(address.lower() for address in writers if address),
        kind=reading.kind,
        reports_delivery=message.delivery_report is not None,
    )


def match(offered: Keys, candidates: Sequence[Candidate]) -> Match:
    """The one case the message belongs to, or the best guess for a person to decide on."""
    for find in _STRONGEST_FIRST:
        found = find(offered, candidates)
        if len(found) == 1:
            return found[0]
        if len(found) > 1:
            return _for_a_person(found[0].reference, "it fits more than one case")
    for one in candidates:
        if one.reference in offered.references:
            return _for_a_person(
                one.reference,
                "it quotes a case reference but comes from an address not known there",
            )
        if one.our_message_ids & offered.answers:
            return _for_a_person(
                one.reference,
                "it answers a letter of ours but comes from an address not known there",
            )
    return NO_MATCH


def _answers_our_letter(offered: Keys, candidates: Sequence[Candidate]) -> list[Match]:
    """Our own Message-IDs are random, so that only somebody who had the letter can name one.

    The letter may have been forwarded; a writer unknown on the case is left to a person.
    """
    return [
        _certain(one.reference, "it answers a letter of ours")
        for one in candidates
        if one.our_message_ids & offered.answers
        and (offered.reports_delivery or one.addresses & offered.addresses)
    ]


def _known_party_quotes(offered: Keys, candidates: Sequence[Candidate]) -> list[Match]:
    return [
        _certain(one.reference, "somebody known on the case quotes its reference")
        for one in candidates
        if one.reference in offered.references and one.addresses & offered.addresses
    ]


def _continues_own_thread(offered: Keys, candidates: Sequence[Candidate]) -> list[Match]:
    """A reply to a message that is already on the case, by somebody known on it."""
    return [
        _certain(one.reference, "it continues a conversation that is already on the case")
        for one in candidates
        if one.their_message_ids & offered.answers and one.addresses & offered.addresses
    ]


def _known_party_speaks_of_a_case(offered: Keys, candidates: Sequence[Candidate]) -> list[Match]:
    """A known address writes about 'my complaint', and there is only one it can mean."""
    if not offered.speaks_of_a_case:
        return []
    return [
        _certain(one.reference, "the writer is known on this case and on no other")
        for one in candidates
        if (one.open or offered.speaks_of_a_closed_case) and one.addresses & offered.addresses
    ]


_STRONGEST_FIRST = (
    _answers_our_letter,
    _known_party_quotes,
    _continues_own_thread,
    _known_party_speaks_of_a_case,
)


def _certain(reference: str, says: str) -> Match:
    return Match(reference, certain=True, because=Evidence(says=says, quote=reference))


def _for_a_person(reference: str, says: str) -> Match:
    return Match(reference, certain=False, because=Evidence(says=says, quote=reference))
