"""What kind of message it is: the rules where signs settle it, the learned opinion elsewhere.

Headers settle what machines send of themselves, and an Ombudsman's address is an Ombudsman's.
Everywhere else the words speak, and a small model trained on labelled messages weighs them with
all the signs, the rules' own answer among them. `benchmarks/learn_reading.py` makes its weights.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.intake.hazards import hazards
from correspondence.intake.judges.kind_features import features
from correspondence.intake.judges.learning import shipped
from correspondence.intake.judges.members import ENQUIRIES
from correspondence.intake.judges.offices import (
    denies_a_claim,
    speaks_for_somebody,
    writes_from_work,
)
from correspondence.intake.judges.order import rules
from correspondence.intake.judges.subject import ACKNOWLEDGED, SURE, Judgement
from correspondence.intake.reading import KINDS, Evidence
from correspondence.intake.wording.expressions import Expression
from correspondence.intake.wording.vocabulary.areas import AREAS, naming

if TYPE_CHECKING:
    from collections.abc import Mapping

    from correspondence.intake.judges.learning import Opinion
    from correspondence.intake.judges.subject import Subject
    from correspondence.intake.reading import Kind

# All were chosen on messages whose authors the weights had not learned from.
_DUE = 0.45  # from here on it is taken for a complaint or an escalation
_SURELY_DUE = 0.55  # below this nothing is acknowledged before a person has looked
_SURELY_THOUGH_UNDECIDED = 0.9  # the same, of who says they have not decided to go further
_MAY_BE_DUE = 0.15  # from here on a person is asked, where it is taken for something milder
_FEW_WORDS = 15
_MACHINES_OWN: frozenset[str] = frozenset({"bounce", "receipt", "own", "auto_reply"})
_ASKED_OUTRIGHT = Expression(
    r"(?:take|move|bring|put|send|escalate|refer|pass)\b[^.?!]{0,60}\bto (?:your )?"
    r"(?:stage (?:2|two)|the (?:next|second) stage)"
    r"|(?:please|want|like|wish|asking) (?:you )?(?:to )?escalate (?:my|this|our|the) complaint"
)
# Nobody is there to read an answer: what the rules take for one of these is looked at first.
_NEVER_ANSWERED: frozenset[str] = frozenset({"spam", "automatic"})
_FROM_THE_ELECTED: frozenset[str] = frozenset({*ACKNOWLEDGED, "compliment", "comment"})


def classify(it: Subject, opinion: Opinion | None = None) -> Judgement:
    """The kind of a message, and whether it could as well be one that must be acknowledged."""
    rule = rules(it)
    if rule.kind == "ombudsman_contact" or (
        rule.kind == "automatic" and it.signs.machine in _MACHINES_OWN
    ):
        return rule
    if it.office and rule.kind in ACKNOWLEDGED:
        return rule  # a member asks in so many words that it be logged, or taken further
    if rule.kind == "escalation" and _ASKED_OUTRIGHT.search(it.folded):
        return rule  # whoever asks for stage 2 in so many words gets it (Code 6.10, 6.12)
    return _weighed(it, rule, likelihoods(it, rule, opinion))


def likelihoods(it: Subject, rule: Judgement, opinion: Opinion | None = None) -> dict[Kind, float]:
    """How likely each kind is that something allows, together 1; `rule` is what the rules say."""
    learned = (opinion or shipped("kinds")).probabilities(features(it, rule.kind))
    return _possible(it, learned)


def speaks_for(it: Subject, kind: Kind) -> tuple[Evidence, ...]:
    """The words of a message that speak for its being of that kind; empty where none do."""
    families = _SPEAKS_FOR.get(kind, ())
    return it.evidence(*families) if families else ()


def _possible(it: Subject, learned: Mapping[str, float]) -> dict[Kind, float]:
    """The likelihoods without the kinds that nothing allows, the rest together 1 again."""
    enquiry = ENQUIRIES.get(it.office)
    allowed: dict[Kind, float] = {
        kind: learned.get(str(kind), 0.0)
        for kind in KINDS
        if (kind in _FROM_THE_ELECTED or kind == enquiry if enquiry else _allowed(it, kind))
    }
    total = sum(allowed.values()) or 1.0
    return {kind: chance / total for kind, chance in allowed.items()}


def _allowed(it: Subject, kind: Kind) -> bool:
    """Whether signs allow a kind of a writer who holds no elected office."""
    if kind in ("ombudsman_contact", "unreadable", *ENQUIRIES.values()):
        return False
    if kind == "automatic":
        return it.matter.has_words and not it.matter.scanned
    if kind == "case_update":
        return it.speaks_of_a_case
    if kind == "third_party":
        return writes_from_work(it) and not speaks_for_somebody(it)
    if kind == "other_service":
        return not _names_ours_in_few_words(it)
    if kind == "comment":
        # Whoever tells of a danger in the home tells it to be put right, however shortly.
        return not hazards(it.found)
    return kind != "legal_claim" or not denies_a_claim(it)


def _names_ours_in_few_words(it: Subject) -> bool:
    """Whether a message of a few words names a service of a landlord's, and nobody else's.

    In so few words the small ones weigh too much to put a matter down as another body's.
    """
    if len(it.folded.split()) >= _FEW_WORDS or it.weight_with_subject("other_service"):
        return False
    return any(it.found.weight(naming(area), it.matter.all) for area in AREAS)


def _weighed(it: Subject, rule: Judgement, likely: dict[Kind, float]) -> Judgement:
    """The likeliest kind: among those to be acknowledged where these are likely enough."""
    due = sum(chance for kind, chance in likely.items() if kind in ACKNOWLEDGED)
    is_due = due >= _DUE
    kind = max(
        (kind for kind in likely if (kind in ACKNOWLEDGED) == is_due),
        key=lambda name: likely[name],
        default=rule.kind,
    )
    because = rule.because
    if kind != rule.kind:
        because = it.evidence(*_SPEAKS_FOR.get(kind, ())) or because
    # 'I do not want to complain' leaves the choice to the resident (Code 1.3).
    denied = kind in ACKNOWLEDGED and rule.needs_person and it.weight("complaint_denied") > 0
    least = _SURELY_THOUGH_UNDECIDED if it.weight("undecided") >= 1 else _SURELY_DUE
    withheld = is_due and (due < least or rule.kind in _NEVER_ANSWERED)
    unsure = denied or withheld or (not is_due and due >= _MAY_BE_DUE)
    if unsure:
        because = (*because, Evidence(says="could be read otherwise, so a person is asked"))
    confidence = due if is_due else likely.get(kind, SURE)
    return Judgement(kind, min(1.0, confidence), because, unsure, withheld)


_SPEAKS_FOR: dict[str, tuple[str, ...]] = {
    "complaint": ("complaint_wish", "dissatisfied", "failure", "staff_conduct"),
    "escalation": ("stage_two", "rejects_answer", "our_answer"),
    "service_request": ("request", "first_report"),
    "case_update": ("supplies", "progress", "accepts", "adds", "open_case"),
    "information_request": ("information_by_name", "information"),
    "legal_claim": ("legal_claim",),
    "survey_feedback": ("survey",),
    "compliment": ("thanks", "praise"),
    "comment": ("suggestion",),
    "third_party": ("investigation",),
    "other_service": ("other_service",),
    "spam": ("selling",),
}
