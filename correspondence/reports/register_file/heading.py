"""The first line of a register file: which of its columns are ours, and which are not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from correspondence.errors import FileUnusable
from correspondence.reports.register_file.formulae import unmarked
from correspondence.store.register_entry import COLUMNS, REQUIRED

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_COLUMNS: Final = 1_000
DELIMITERS: Final = (",", ";", "\t")
_LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class Heading:
    """Where each column stands. `ours` by name; `others` as written, in their order."""

    width: int
    ours: dict[str, int]
    others: tuple[tuple[str, int], ...]
    nameless: tuple[int, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Columns of ours that the file does not have; they stay empty."""
        return tuple(column for column in COLUMNS if column not in self.ours)

    @property
    def almost(self) -> tuple[tuple[str, str], ...]:
        """Columns that are not ours but nearly named so, each with ours."""
        return tuple(
            (name, close[0])
            for name, _ in self.others
            if (close := get_close_matches(folded(name), self.missing, n=1, cutoff=0.8))
        )


def heading(cells: Sequence[str], file: str) -> Heading:
    """The columns of the first line. Raises FileUnusable, naming what is wrong with it."""
    if len(cells) > MOST_COLUMNS:
        raise FileUnusable(
            f"{file} has {len(cells):,} columns; a register can have {MOST_COLUMNS:,} at most. "
            "Leave out those that nobody needs here."
        )
    ours: dict[str, int] = {}
    others: list[tuple[str, int]] = []
    nameless = []
    for place, cell in enumerate(cells):
        name = unmarked(cell.strip())
        if not name:
            nameless.append(place)
        elif folded(name) in COLUMNS:
            _once(folded(name), ours, file)
            ours[folded(name)] = place
        else:
            _once(name, dict(others), file)
            others.append((name, place))
    _refuse_without_what_is_needed(ours, others, file)
    return Heading(len(cells), ours, tuple(others), tuple(nameless))


def folded(text: str) -> str:
    """A name or a code as we write it: small letters, with one underscore between words."""
    return re.sub(r"[\s_\-]+", "_", text.strip().casefold())


def _once(name: str, known: dict[str, int], file: str) -> None:
    if name in known:
        raise FileUnusable(
            f"{file} has the column {name[:_LONGEST_NAME]!r} twice (line 1), so which of them "
            "holds is not clear. Take one out or rename it."
        )


def _refuse_without_what_is_needed(
    ours: dict[str, int], others: list[tuple[str, int]], file: str
) -> None:
    lacking = [column for column in REQUIRED if column not in ours]
    if not lacking:
        return
    names = ", ".join(name[:40] for name, _ in others[:6]) or "no names at all"
    raise FileUnusable(
        f"{file} has no column {' and no column '.join(lacking)} on its first line "
        f"(beside ours it has {names}). A register begins with the names of its columns: "
        f"{', '.join(COLUMNS)}."
    )
