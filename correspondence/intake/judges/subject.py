"""What a judge may look at, and what it answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from correspondence.intake.judges.kind_features import worded
from correspondence.intake.judges.members import Office, office_in
from correspondence.intake.wording.expressions import Expression
from correspondence.intake.wording.narrative import shapes

if TYPE_CHECKING:
    from correspondence.intake.landlord_signs import LandlordSigns
    from correspondence.intake.matter import Matter
    from correspondence.intake.message import Message
    from correspondence.intake.reading import Evidence, Kind
    from correspondence.intake.signals import Signals
    from correspondence.intake.wording.findings import Findings

ACKNOWLEDGED: frozenset[str] = frozenset({"complaint", "escalation"})
SURE, LIKELY, FAIRLY, DOUBTFUL = 0.95, 0.8, 0.65, 0.5

_ANSWER_SUBJECT = Expression(
    r"stage (?:1|one) (?:response|reply|decision|outcome|answer|letter|report)"
    r"|(?:response|reply|decision|outcome|answer) (?:to|on|of) (?:your |my |the )?complaint"
    r"|our (?:stage 1 |complaint )?(?:response|decision|answer)"
    r"|complaint (?:response|decision|outcome)",
    re.IGNORECASE,
)
_ANSWER_QUOTED = Expression(
    r"not upheld|(?:partially|partly) upheld|have upheld|is upheld|our decision is|our findings"
    r"|stage (?:1|one) response|response at stage (?:1|one)"
    r"|ask us to (?:review|look at) (?:it|this|your complaint)|escalate (?:your|the) complaint"
    r"|if you (?:are|remain) (?:not satisfied|dissatisfied|unhappy) with (?:this|our) "
    r"(?:response|decision)",
    re.IGNORECASE,
)
_OURS_IN_HAND = Expression(
    r"\byou(?:r (?:\w+ ){0,2}(?:letter|e-?mail|message|question|request|call|offer|investigation)"
    r"| (?:wrote|asked|offered|proposed|requested|wanted to know))\b|\bas (?:you )?requested\b"
    r"|\b(?:extension|extra (?:\w+ ){0,2}days)\b|\binvestigat(?:ion|or|ing officer)\b"
)
_FORM_KINDS: tuple[tuple[str, str], ...] = (
    (r"stage (?:2|two)|review (?:a|your|my|of|our)|escalat|appeal a complaint", "escalation"),
    (r"complain|what went wrong|unhappy with", "complaint"),
    (r"compliment|praise|thank", "compliment"),
    (r"suggestion|have your say|comment", "comment"),
    (r"report (?:a|an) |repair|request|apply|application|book", "service_request"),
    (r"subject access|freedom of information|foi", "information_request"),
    (r"survey|how did we do|feedback", "survey_feedback"),
)
_STORY = {
    "lapse": 4.0,
    "told_us": 3.0,
    "told_by_us": 4.0,
    "repeats": 3.0,
    "denials": 1.5,
    "dates": 2.0,
    "dates_listed": 6.0,
    "quoted_words": 3.0,
    "your_people": 1.5,
    "recent": -5.0,
    "asking": -1.5,
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """A kind, how sure (0 to 1), and why; `withheld` where a person looks before any answer."""

    kind: Kind
    confidence: float
    because: tuple[Evidence, ...] = ()
    needs_person: bool = False
    withheld: bool = False


@dataclass(frozen=True)
class Subject:
    """A message with everything found in it."""

    message: Message
    matter: Matter
    signs: Signals
    found: Findings
    landlord: LandlordSigns

    def weight(self, *families: str) -> float:
        """How strongly these families speak in what is said."""
        return sum(self.found.weight(family) for family in families)

    def weight_with_subject(self, family: str) -> float:
        """The same, a phrase in the subject line counting too."""
        return self.found.weight(family) + self.found.weight(family, (self.matter.subject,))

    def evidence(self, *families: str) -> tuple[Evidence, ...]:
        """The first words of each family."""
        return tuple(self.found.evidence(*families))

    @cached_property
    def office(self) -> Office:
        """Which elected office writes, itself or through an office or a record; or empty."""
        writer = self.signs.writer
        return writer if writer in ("mp", "councillor") else office_in(self.matter)

    @cached_property
    def folded(self) -> str:
        """All that is said, folded."""
        return "\n".join(part.folded for part in self.matter.spoken)

    @cached_property
    def discontent(self) -> float:
        """Dissatisfaction voiced and failures told, together."""
        subject = (self.matter.subject,)
        return self.weight("dissatisfied", "failure") + sum(
            self.found.weight(family, subject) for family in ("dissatisfied", "failure")
        )

    @cached_property
    def shapes(self) -> dict[str, float]:
        """How what is said is told, each shape from 0 to 1."""
        return shapes(self.matter.spoken)

    @cached_property
    def worded(self) -> dict[str, float]:
        """Its words and pairs of words, as what was learned weighs them."""
        return worded(self)

    @cached_property
    def story(self) -> float:
        """How much is told of waiting, repeating and being told, over and above the phrases."""
        return sum(self.shapes.get(name, 0.0) * weight for name, weight in _STORY.items())

    @cached_property
    def has_reference(self) -> bool:
        """Whether one of our references stands in the subject or in what is said."""
        parts = (self.matter.subject, self.matter.cover, *self.matter.spoken)
        form = self.matter.form
        return (
            any(self.landlord.reference.search(part.text) for part in parts)
            or any(self.landlord.short_reference.search(part.text) for part in parts)
            or bool(form is not None and form.value("reference"))
        )

    @cached_property
    def answers_us(self) -> bool:
        """Whether it replies to a message of ours about a case."""
        thread = " ".join((*self.message.in_reply_to, *self.message.references))
        ours = any(domain in thread.lower() for domain in self.landlord.domains)
        quoted = self.landlord.reference.search(self.matter.quoted.text)
        return bool(ours or quoted or self.landlord.reference.search(thread))

    @cached_property
    def was_answered(self) -> bool:
        """Whether we have answered the complaint at stage 1, as far as the message shows."""
        return bool(
            _ANSWER_SUBJECT.search(self.message.subject)
            or _ANSWER_QUOTED.search(self.matter.quoted.text)
            or self.weight("our_answer") >= 1
        )

    @property
    def answers_our_answer(self) -> bool:
        """Whether it replies, by its subject, to our answer at stage 1."""
        return self.answers_us and bool(_ANSWER_SUBJECT.search(self.message.subject))

    @property
    def open_case(self) -> bool:
        """Whether it is about a case we already have."""
        return self.has_reference or self.answers_us

    @cached_property
    def speaks_of_a_case(self) -> bool:
        """Whether anything shows that we have a case: without it nothing can be news of one.

        A reference, a thread, 'my complaint', a letter, question or offer of ours, or history.
        """
        if self.open_case or self.message.quoted_text.strip():
            return True
        return self.weight(
            "open_case", "our_answer", "stage_two_underway", "withdraws", "adds", "declines"
        ) >= 1 or bool(_OURS_IN_HAND.search(self.folded))

    @cached_property
    def form_kind(self) -> str:
        """The kind a form was made for, by the choice made in it or by its title; or empty."""
        form = self.matter.form
        if form is None:
            return ""
        for title in (form.value("subject"), self.message.subject, self.message.text[:120]):
            fitting = {kind for words, kind in _FORM_KINDS if re.search(words, title.lower())}
            if "escalation" in fitting:
                return "escalation"
            if len(fitting) == 1:
                return fitting.pop()
        return ""
