"""The judges in their order: machine signs, then who writes, then the case, then what is said.

The first answer stands. A complaint missed is the worst error and an acknowledgement to a machine
the second; so doubt between a complaint and anything milder asks a person, and doubt about a
machine never answers one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.intake.judges.cases import case, escalation
from correspondence.intake.judges.content import (
    by_form,
    content,
    information,
    other_service,
    survey,
)
from correspondence.intake.judges.machines import machine, selling
from correspondence.intake.judges.offices import colleagues, elected, legal, ombudsman

if TYPE_CHECKING:
    from collections.abc import Callable

    from correspondence.intake.judges.subject import Judgement, Subject
    from correspondence.intake.reading import Kind

_JUDGES: tuple[Callable[[Subject], Judgement | None], ...] = (
    machine,
    ombudsman,
    survey,
    elected,
    legal,
    selling,
    colleagues,
    information,
    escalation,
    other_service,
    by_form,
    case,
)


def rules(it: Subject) -> Judgement:
    """What the rules make of a message that could be read."""
    for judge in _JUDGES:
        judgement = judge(it)
        if judgement is not None:
            return judgement
    return content(it)


def also(it: Subject, kind: str) -> tuple[Kind, ...]:
    """Other duties in the same message, each with a clock of its own."""
    if kind in ("information_request", "automatic", "spam", "unreadable"):
        return ()
    found: list[Kind] = []
    if it.weight("information_by_name") >= 2:
        found.append("information_request")
    if kind != "legal_claim" and it.weight("legal_claim") >= 3:
        found.append("legal_claim")
    return tuple(found)
