"""Every phrase found in a message, by family, with its place."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from correspondence.intake.reading import Evidence
from correspondence.intake.wording.phrasebook import Hit, Phrasebook

if TYPE_CHECKING:
    from collections.abc import Iterable

    from correspondence.intake.matter import Matter
    from correspondence.intake.wording.passages import Passage

_COUNTED = 6  # a family counts no more often than this; long letters are not worse for length
_QUOTE_LENGTH = 240


@cache
def phrasebook() -> Phrasebook:
    """All vocabularies together, built on first use."""
    from correspondence.intake.wording.vocabulary import (
        areas,
        cases,
        circumstances,
        hazards,
        other_services,
        reservations,
        senders,
        voices,
    )

    books = (
        voices, cases, senders, other_services, circumstances, hazards, reservations, areas
    )  # fmt: skip
    return Phrasebook(tuple(entry for book in books for entry in book.FAMILIES))


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase and the passage it stands in."""

    passage: Passage
    hit: Hit

    @property
    def quote(self) -> str:
        """The sentence around the phrase, or the phrase alone where the sentence is long."""
        sentence = self.passage.sentence_at(self.hit.start)
        whole = self.passage.quote(sentence)
        if whole and len(whole) <= _QUOTE_LENGTH and sentence.end >= self.hit.end:
            return whole
        return self.passage.text[self.hit.start : self.hit.end]


class Findings:
    """What was found in the passages of a matter."""

    def __init__(self, matter: Matter) -> None:
        self._found: dict[int, dict[str, list[Found]]] = {}
        self.matter = matter
        for passage in (*matter.all, matter.cover, matter.frame):
            if id(passage) not in self._found:
                self._found[id(passage)] = self._search(passage)
        self._anywhere = frozenset(name for one in self._found.values() for name in one)

    def quoted_area(self) -> str:
        """The service area named most in the quoted history, or empty."""
        from correspondence.intake.wording.vocabulary.areas import AREAS, naming

        found = self._search(self.matter.quoted)
        named = [(len(found.get(naming(area), ())), area) for area in AREAS]
        count, area = max(pair for pair in named if pair[1] != "complaint_handling")
        return area if count else ""

    @staticmethod
    def _search(passage: Passage) -> dict[str, list[Found]]:
        found: dict[str, list[Found]] = defaultdict(list)
        for hit in phrasebook().find(passage.folded):
            found[hit.family].append(Found(passage, hit))
        return found

    @cached_property
    def families(self) -> list[str]:
        """The families found anywhere, in a fixed order."""
        parts = {id(part) for part in self.matter.all}
        return sorted({name for part in parts for name in self._found.get(part, ())})

    def of(self, family: str, passages: Iterable[Passage] | None = None) -> list[Found]:
        """Every phrase of a family in these passages; in all that is said where none are named."""
        if family not in self._anywhere:
            return []
        parts = self.matter.spoken if passages is None else passages
        return [entry for part in parts for entry in self._found.get(id(part), {}).get(family, ())]

    def weight(self, family: str, passages: Iterable[Passage] | None = None) -> float:
        """How strongly a family speaks; different phrases count, the same one only once."""
        if family not in self._anywhere:
            return 0
        words = {
            entry.passage.folded[entry.hit.start : entry.hit.end]: entry.hit.weight
            for entry in self.of(family, passages)
        }
        return sum(sorted(words.values(), reverse=True)[:_COUNTED])

    def evidence(self, *families: str, passages: Iterable[Passage] | None = None) -> list[Evidence]:
        """For each family its first phrase, as evidence."""
        parts = None if passages is None else tuple(passages)
        shown = []
        for family in families:
            entry = next(iter(self.of(family, parts)), None)
            if entry is not None:
                says = phrasebook().families[family].says
                shown.append(Evidence(says=says, quote=entry.quote))
        return shown
