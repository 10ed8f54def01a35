"""Whether a complaint may be about somebody who is asked about it (Code 5.8). Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from correspondence.cases.case import Case

_NAME = re.compile(r"[^\W\d_][\w'’-]+")


def may_be_about(case: Case, name: str) -> str:
    """Why the complaint may be about whoever has this name; empty where nothing says so.

    It is a reason to ask, no finding: a name in the complaint may be another person's, and a
    complaint of somebody's conduct need not name them.
    """
    if names(name, _words(case)):
        return f"the complaint names {name.strip()}"
    if "staff_conduct" in case.flags:
        return "the complaint is of somebody's conduct"
    return ""


def names(name: str, words: Iterable[str]) -> bool:
    """Whether any of these words hold the name, or the family name alone."""
    parts = _NAME.findall(name)
    if not parts:
        return False
    sought = [r"\s+".join(map(re.escape, parts))]
    if len(parts) > 1 and parts[-1][:1].isupper():
        sought.append(f"(?-i:{re.escape(parts[-1])})")
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(sought)})(?!\w)", re.IGNORECASE)
    return any(pattern.search(one) for one in words)


def _words(case: Case) -> Iterator[str]:
    yield case.subject
    for stage in case.stages.values():
        yield from stage.points
        yield from (point.text for point in stage.definition.points)
