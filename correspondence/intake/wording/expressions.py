"""Regular expressions that are compiled when first used, so that importing a room costs nothing.

They are tried only where a word they need stands in the text (`needles`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from correspondence.intake.wording.needles import folded, needles

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Expression:
    """A regular expression by its source; it is used as a compiled one is."""

    source: str
    flags: int = 0

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression, compiled once."""
        return re.compile(self.source, self.flags)

    @cached_property
    def needles(self) -> tuple[str, ...]:
        """Words of which every match holds one; empty where there are none such."""
        return needles(self.source, self.flags)

    @cached_property
    def ignores_case(self) -> bool:
        """Whether capitals do not matter."""
        return bool(self.flags & re.IGNORECASE)

    def may_stand_in(self, text: str) -> bool:
        """Whether a text holds what a match would need."""
        wanted = self.needles
        if not wanted:
            return True
        if self.ignores_case:
            text = folded(text)
        for needle in wanted:  # noqa: SIM110 this runs for every expression on every text
            if needle in text:
                return True
        return False

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first place it is found."""
        if not self.may_stand_in(text):
            return None
        return self.compiled.search(text, start, len(text) if end is None else end)

    def match(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Whether it is found at the start."""
        return self.compiled.match(text, start, len(text) if end is None else end)

    def finditer(
        self, text: str, start: int = 0, end: int | None = None
    ) -> Iterator[re.Match[str]]:
        """Every place it is found."""
        if not self.may_stand_in(text):
            return iter(())
        return self.compiled.finditer(text, start, len(text) if end is None else end)

    def findall(self, text: str) -> list[str]:
        """The words found at every place."""
        if not self.compiled.groups:
            return self.compiled.findall(text)
        return [match.group() for match in self.compiled.finditer(text)]
