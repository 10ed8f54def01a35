"""The learned second opinion on a message's kind, and how it is weighed against the rules.

The rules settle what signs settle: machines, Ombudsmen, members. Where only the words speak, a
small model trained on labelled messages weighs all the signs together, the rules' own answer among
them. `benchmarks/learn_kinds.py` makes its weights.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, cast

from correspondence.intake.classify import ACKNOWLEDGED, SURE, Judgement, rules
from correspondence.intake.kind_features import features
from correspondence.intake.learning import Opinion
from correspondence.intake.reading import KINDS, Evidence

if TYPE_CHECKING:
    from correspondence.intake.classify import Subject
    from correspondence.intake.reading import Kind

_SETTLED: frozenset[str] = frozenset({"automatic", "ombudsman_contact"})
_DUE = 0.5  # from here on it is taken for a complaint or an escalation
_MAY_BE_DUE = 0.25  # from here on a person is asked, where it is taken for something milder
_UNLIKELY = 0.4  # a kind less likely than this is a guess


@cache
def shipped_opinion() -> Opinion:
    """The weights that ship with the product."""
    source = files("correspondence.intake").joinpath("learned", "kinds.json")
    weights: dict[str, dict[str, float]] = json.loads(source.read_text(encoding="utf-8"))
    return Opinion(weights)


def classify(it: Subject, opinion: Opinion | None = None) -> Judgement:
    """The kind of a message: the rules where they are sure, otherwise both opinions together."""
    rule = rules(it)
    if rule.kind in _SETTLED or rule.confidence >= SURE or it.signs.writer in ("mp", "councillor"):
        return rule
    likely = (opinion or shipped_opinion()).probabilities(features(it, rule.kind))
    return _weighed(it, rule, likely)


def _weighed(it: Subject, rule: Judgement, likely: dict[str, float]) -> Judgement:
    due = sum(likely.get(kind, 0.0) for kind in ACKNOWLEDGED)
    open_to = {
        kind: chance
        for kind, chance in likely.items()
        if kind in KINDS and (kind in ACKNOWLEDGED) == (due >= _DUE) and kind not in _SETTLED
    }
    kind = max(open_to, key=lambda name: open_to[name], default=rule.kind)
    chance = open_to.get(kind, 0.0)
    unsure = chance < _UNLIKELY or (due < _DUE and due >= _MAY_BE_DUE)
    because = rule.because
    if kind != rule.kind:
        because = it.evidence(*_SPEAKS_FOR.get(kind, ())) or because
    if unsure:
        because = (*because, Evidence(says="could be read otherwise, so a person is asked"))
    return Judgement(
        cast("Kind", kind),
        max(chance, due) if due >= _DUE else chance,
        because,
        rule.also,
        needs_person=unsure or rule.needs_person,
    )


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
