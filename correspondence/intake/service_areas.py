"""Which of the landlord's services a message is mainly about."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from correspondence.intake.hazards import HAZARDS
from correspondence.intake.judges.area_features import area_features
from correspondence.intake.judges.learning import shipped
from correspondence.intake.wording.vocabulary.areas import AREAS, hinting, naming

if TYPE_CHECKING:
    from collections.abc import Iterable

    from correspondence.intake.judges.learning import Opinion
    from correspondence.intake.reading import Evidence, Kind, ServiceArea
    from correspondence.intake.wording.findings import Findings, Found
    from correspondence.intake.wording.passages import Passage

WITHOUT_AREA: frozenset[str] = frozenset({"spam", "automatic", "other_service", "unreadable"})
_SUBJECT, _OPENING, _POINT, _REST, _SUPPORT, _QUOTED = 2.0, 1.5, 1.5, 1.0, 0.6, 0.5
_UNSHOWN = 0.5  # how likely it must be that a message shows no matter for none to be named
_OPENS_WITHIN = 160  # characters: the main matter usually stands at the beginning
_ABOUT_A_CASE: frozenset[str] = frozenset({"escalation", "case_update", "ombudsman_contact"})
_SPECIFIC: dict[str, float] = {
    # How much a word of this area counts beside one of another: whoever mentions mould among
    # repairs writes about mould, and a message on any matter may mention repairs or a reply.
    "repairs": 0.8,
    "damp_and_mould": 1.7,
    "heating_and_gas": 1.3,
    "leasehold": 1.9,
    "planned_works": 1.2,
    "allocations": 1.2,
    "complaint_handling": 0.8,
}


def service_area(
    kind: Kind, found: Findings, points: tuple[str, ...], opinion: Opinion | None = None
) -> tuple[ServiceArea, list[Evidence]]:
    """The main service, and the words that say so; empty where the message does not show it.

    The vocabulary gives its answer, and the learned opinion weighs it with all the other words.
    """
    if kind in WITHOUT_AREA:
        return "", []
    by_words = named_area(kind, found, points)
    likely = (opinion or shipped("areas")).probabilities(area_features(found, kind, by_words))
    if likely.get("", 0.0) < _UNSHOWN:
        likely.pop("", None)
    named = max(likely, key=lambda area: likely[area], default=by_words)
    shown = found.evidence(naming(named), hinting(named), passages=found.matter.all)[:1]
    return cast("ServiceArea", named), shown if named else []


def named_area(kind: Kind, found: Findings, points: tuple[str, ...]) -> ServiceArea:
    """The area that the vocabulary names most; empty where it names none."""
    named_by = _Named(found)
    scores = {area: _score(area, named_by, points) for area in AREAS}
    titled = found.of(naming("complaint_handling"), (found.matter.subject,))
    if kind not in _ABOUT_A_CASE and not titled:
        scores["complaint_handling"] *= 0.7
    named = max(scores, key=lambda area: scores[area])
    least = 3.0 if kind == "information_request" else 1.0
    if scores[named] < least:
        named = _quoted(found) or _by_kind(kind, found)
    return cast("ServiceArea", named)


def _score(area: str, named: _Named, points: tuple[str, ...]) -> float:
    found = named.found
    matter = found.matter
    score = 0.0
    for part in matter.spoken:
        score += _weigh(named.entries(area, (part,)), points)
    score += _SUBJECT * _weigh(named.entries(area, (matter.subject,)), ())
    score += _SUPPORT * _weigh(named.entries(area, matter.supporting), ())
    if area == "damp_and_mould" and found.weight(HAZARDS[0]) and not score:
        score = 1.0
    return score * _SPECIFIC.get(area, 1.0)


class _Named:
    """The words that name or point to an area, a longer name standing over a shorter within it.

    A heating charge is a matter of rents and a landing light one of the block, though 'heating'
    and 'light' alone would be others.
    """

    def __init__(self, found: Findings) -> None:
        self.found = found
        self._within: set[tuple[int, int, int, str]] = set()
        for part in found.matter.all:
            self._mark(part)

    def _mark(self, part: Passage) -> None:
        hits = [
            (entry.hit.start, -entry.hit.end, family == naming(area), area)
            for area in AREAS
            for family in (naming(area), hinting(area))
            for entry in self.found.of(family, (part,))
        ]
        around_end, around_start, around_area = -1, -1, ""
        for start, minus_end, names, area in sorted(hits):
            end = -minus_end
            inside = end <= around_end and end - start < around_end - around_start
            if inside and area != around_area:
                self._within.add((id(part), start, end, area))
            elif names and end > around_end:
                around_end, around_start, around_area = end, start, area

    def entries(self, area: str, parts: Iterable[Passage]) -> list[Found]:
        """What names or points to an area in these passages."""
        parts = tuple(parts)
        # A complaint speaks of replies and stages in passing; only a failing of ours is its matter.
        hints = [] if area == "complaint_handling" else self.found.of(hinting(area), parts)
        return [
            entry
            for entry in (*self.found.of(naming(area), parts), *hints)
            if (id(entry.passage), entry.hit.start, entry.hit.end, area) not in self._within
        ]


def _weigh(entries: list[Found], points: tuple[str, ...]) -> float:
    """The words of an area, each word once, more at the beginning and in the points."""
    weights: dict[str, float] = {}
    for entry in entries:
        words = entry.passage.folded[entry.hit.start : entry.hit.end]
        written = entry.passage.text[entry.hit.start : entry.hit.end]
        weight = entry.hit.weight * _REST
        if entry.hit.start < _OPENS_WITHIN:
            weight *= _OPENING
        if any(written in point for point in points):
            weight *= _POINT
        weights[words] = max(weights.get(words, 0.0), weight)
    return sum(sorted(weights.values(), reverse=True)[:5])


def _quoted(found: Findings) -> str:
    """What the message answered is about, where the answer itself does not show it."""
    return found.quoted_area()


def _by_kind(kind: Kind, found: Findings) -> str:
    """What is left: a case asked after is about its handling, a file about neither."""
    if kind in _ABOUT_A_CASE:
        return "complaint_handling"
    if kind == "information_request" and found.weight("information_by_name"):
        return "other"
    return ""
