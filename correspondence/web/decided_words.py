"""The words around the fields of a letter's form: labels, hints, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from correspondence.web.spoken import plainly

if TYPE_CHECKING:
    from collections.abc import Iterable

_LABELS: Final = {
    "outcome": "Outcome",
    "on": "The day",
    "origin": "What it was drawn from",
    "outline": "The case in a few words",
    "root_causes": "Why it came to the complaint",
    "procedure_change": "What was changed",
    "others_affected": "Who else is affected",
    "systemic": "May others meet with the same?",
    "publishable_summary": "Summary for publication",
    "improvements": "What is to be improved",
    "findings": "What was found, issue by issue",
    "orders": "Orders and recommendations",
    "ombudsman_reference": "Their reference",
    "asked_for": "What they asked for",
    "hold_for": "What it is for",
    "due": "By when",
    "finding": "What we found",
    "reasons": "Reasons",
    "relied_on": "What we measured it by",
    "summary": "The answer in a sentence or two",
    "apology": "Apology",
    "no_remedy_because": "Why nothing is offered",
    "learning": "What we have changed",
    "contributors": "Who helped with the answer",
    "pence": "Sum in pounds",
    "owner": "Who does it",
    "by": "By when",
    "kind": "Kind of remedy",
    "answers": "The answer, point by point",
    "remedies": "Putting it right",
    "actions": "Still to be done",
}
_WITHIN: Final = {
    ("remedies", "what"): "What is offered",
    ("remedies", "because"): "How it fits what this meant for them",
    ("actions", "what"): "What will be done",
    ("orders", "what"): "What is to be done",
    ("orders", "kind"): "Does it bind?",
    ("findings", "category"): "What the issue is about",
    ("findings", "finding"): "Their finding",
    ("improvements", "what"): "What is made better",
    ("answers", "reasons"): "Why that leads to this outcome",
}
_HINTS: Final = {
    "outcome": "",
    "reasons": "",
    "what": "",
    "kind": "One of the ways that Code 7.1 names.",
    "summary": "It stands at the head of the letter.",
    "finding": "What happened, with dates.",
    "relied_on": "The policy, law or good practice (Code 6.7).",
    "owner": "A person, a team or a contractor.",
    "by": "",
    "themes": "In a few words each, such as missed appointments. A case may have several.",
    "theme": "In a few words, such as missed appointments.",
    "provision": "The provision of the Code it answers to, such as 6.4.",
    "contributors": "",
    "no_remedy_because": "Only where nothing is.",
    "pence": "For a payment only, such as 150 or 82.50.",
    "remedies": "What is offered, each in its own row (Code 7.1). What has a day is followed until "
    "it is done, from the day the letter goes.",
    "actions": "What will be done after the letter has gone: what, who, by when (Code 6.6, 7.3).",
    "answers": "Every point of the complaint is answered (Code 6.7).",
}
_ROWS: Final = {
    "answers": "Point",
    "remedies": "Remedy",
    "actions": "Action",
    "improvements": "Improvement",
    "findings": "Issue",
    "orders": "Order or recommendation",
}


def label_of(name: str, before: str = "") -> str:
    """What a field is called; `before` is what its name begins with on the page."""
    within = before.partition("-")[0]
    return _WITHIN.get((within, name)) or _LABELS.get(name) or plainly(name)


def hint_of(name: str, description: str) -> str:
    """What stands under the label."""
    return _HINTS.get(name, description)


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """The fields as a page asks for them: a sum beside the kind of remedy that needs one."""
    known = list(names)
    if "kind" in known and "pence" in known:
        known.remove("pence")
        known.insert(known.index("kind") + 1, "pence")
    return tuple(known)


def row_called(name: str) -> str:
    """What one row of that name is called."""
    return _ROWS.get(name, plainly(name))


def said(kind: str, message: str) -> str:
    """What is wrong, after the name of the field and a colon."""
    if kind in {"missing", "string_too_short"}:
        return "it has to be filled in"
    if kind == "too_short":
        return "give at least one"
    if kind == "string_pattern_mismatch":
        return "write it as in the example"
    if kind.startswith("date"):
        return "enter a real date, such as 27 11 2026"
    if kind == "enum" or kind.startswith("literal"):
        return "choose one of them"
    if kind.startswith("int"):
        return "enter a number, for a sum of money pounds and pence, such as 150 or 82.50"
    if kind in {"greater_than", "less_than_equal"}:
        return "that sum cannot be; enter pounds and pence, up to 100,000"
    return message.removeprefix("Value error, ").replace("in pence", "in pounds and pence")
