"""What kind of message it is: the rules and the learned second opinion, weighed together.

The rules settle what signs settle: machines, Ombudsmen, members. Where only the words speak, a
small model trained on labelled messages weighs all the signs together, the rules' own answer among
them. `benchmarks/learn_kinds.py` makes its weights.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.intake.judges.kind_features import features
from correspondence.intake.judges.learning import shipped
from correspondence.intake.judges.offices import (
    denies_a_claim,
    speaks_for_somebody,
    writes_from_work,
)
from correspondence.intake.judges.order import rules
from correspondence.intake.judges.subject import ACKNOWLEDGED, SURE, Judgement
from correspondence.intake.reading import KINDS, Evidence

if TYPE_CHECKING:
    from correspondence.intake.judges.learning import Opinion
    from correspondence.intake.judges.subject import Subject
    from correspondence.intake.reading import Kind

_SETTLED: frozenset[str] = frozenset({"automatic", "ombudsman_contact"})
_RULES_COUNT = 0.3  # the rules' share; the rest is the learned opinion's, which knows them too
_DUE = 0.4  # from here on it is taken for a complaint or an escalation
_MAY_BE_DUE = 0.17  # from here on a person is asked, where it is taken for something milder
_UNLIKELY = 0.3  # a kind less likely than this is a guess
# Where dissatisfaction is voiced, a complaint need only be thinkable for a person to be asked.
_VOICED, _REMOTE = 2.5, 0.06
_PASSED_BY: frozenset[str] = frozenset(
    {"service_request", "case_update", "comment", "compliment", "other_service"}
)


def classify(it: Subject, opinion: Opinion | None = None) -> Judgement:
    """The kind of a message: the rules where they are sure, otherwise both opinions together."""
    rule = rules(it)
    if rule.kind in _SETTLED or rule.confidence >= SURE or it.signs.writer in ("mp", "councillor"):
        return rule
    learned = (opinion or shipped("kinds")).probabilities(features(it, rule.kind))
    learned = _possible(it, learned)
    likely = {kind: chance * (1 - _RULES_COUNT) for kind, chance in learned.items()}
    likely[rule.kind] = likely.get(rule.kind, 0.0) + _RULES_COUNT * rule.confidence
    return _weighed(it, rule, likely)


def _possible(it: Subject, learned: dict[str, float]) -> dict[str, float]:
    """The likelihoods without the kinds that nothing allows, the rest together 1 again."""
    impossible = set()
    if not it.speaks_of_a_case:
        impossible.add("case_update")
    if not writes_from_work(it) or speaks_for_somebody(it):
        impossible.add("third_party")
    if denies_a_claim(it):
        impossible.add("legal_claim")
    left = sum(chance for kind, chance in learned.items() if kind not in impossible) or 1.0
    return {kind: 0.0 if kind in impossible else chance / left for kind, chance in learned.items()}


def _weighed(it: Subject, rule: Judgement, likely: dict[str, float]) -> Judgement:
    """The likeliest kind: among those to be acknowledged where these are likely enough."""
    due = sum(likely.get(kind, 0.0) for kind in ACKNOWLEDGED)
    open_to = {
        kind: likely.get(kind, 0.0)
        for kind in KINDS
        if (kind in ACKNOWLEDGED) == (due >= _DUE) and kind not in _SETTLED
    }
    kind: Kind = max(open_to, key=lambda name: open_to[name])
    chance = open_to[kind]
    mixed = kind in ("compliment", "comment") and it.weight("failure") >= 2
    voiced = it.discontent + 0.5 * max(0.0, it.story) >= _VOICED and due >= _REMOTE
    doubted = due < _DUE and (due >= _MAY_BE_DUE or (voiced and kind in _PASSED_BY))
    unsure = mixed or chance < _UNLIKELY or doubted
    because = rule.because
    if kind != rule.kind:
        because = it.evidence(*_SPEAKS_FOR.get(kind, ())) or because
    if unsure:
        because = (*because, Evidence(says="could be read otherwise, so a person is asked"))
    confidence = max(chance, due) if due >= _DUE else chance
    return Judgement(kind, min(1.0, confidence), because, unsure or rule.needs_person)


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
