"""Which of the landlord's services a message is mainly about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.intake.vocabulary.areas import AREAS

if TYPE_CHECKING:
    from correspondence.intake.findings import Findings
    from correspondence.intake.passages import Passage
    from correspondence.intake.reading import Evidence, Kind, ServiceArea

WITHOUT_AREA: frozenset[str] = frozenset({"spam", "automatic", "other_service", "unreadable"})
_SUBJECT, _OPENING, _POINTS, _REST = 2.5, 1.5, 1.5, 1.0


def service_area(
    kind: Kind, found: Findings, points: tuple[str, ...]
) -> tuple[ServiceArea, list[Evidence]]:
    """The main service, and the words that say so; empty where the message does not show it."""
    if kind in WITHOUT_AREA:
        return "", []
    matter = found.matter
    scores: dict[str, float] = {}
    for family in AREAS:
        score = _SUBJECT * min(found.weight(family.name, (matter.subject,)), family.weight * 2)
        score += _REST * found.weight(family.name)
        score += 0.5 * found.weight(family.name, matter.supporting)
        score += _in_points(found, family.name, points)
        if score:
            scores[family.name] = score
    if not scores:
        return "", []
    best = max(scores, key=lambda name: scores[name])
    return best, found.evidence(best, passages=matter.all)  # type: ignore[return-value]


def _in_points(found: Findings, area: str, points: tuple[str, ...]) -> float:
    score = 0.0
    for entry in found.of(area):
        words = entry.passage.text[entry.hit.start : entry.hit.end]
        if any(words in point for point in points):
            score += _POINTS * entry.hit.weight
    return score


def opening(passage: Passage) -> str:
    """The first sentence of a passage, where the main matter usually stands."""
    first = next(iter(passage.sentences), None)
    return passage.quote(first) if first else ""
