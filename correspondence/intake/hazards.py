"""Possible hazards in the home, and danger now: wide on purpose (Awaab's Law).

A landlord is aware of a hazard from the moment a message about it arrives, whatever the message
is otherwise (Hazards in Social Housing (Prescribed Requirements) (England) Regulations 2025).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.intake.wording.vocabulary.hazards import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from correspondence.intake.reading import Evidence
    from correspondence.intake.wording.findings import Findings

HAZARDS = tuple(entry.name for entry in FAMILIES)


def hazards(found: Findings) -> list[Evidence]:
    """Every kind of hazard the message tells of, each with its words."""
    parts = (found.matter.subject, *found.matter.spoken, *found.matter.supporting)
    return found.evidence(*HAZARDS, passages=parts)


def kinds_told(because: Iterable[Evidence]) -> tuple[str, ...]:
    """The kinds of hazard that a reading's evidence tells of, by their codes: ``damp_mould``."""
    said = {one.says for one in because}
    return tuple(entry.name.removeprefix("hazard_") for entry in FAMILIES if entry.says in said)
