"""Answers of one form that cannot both be so: a Yes that stands on what another row denies."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.policy.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from correspondence.handling_code.self_assessment.rows import Row

_STANDS_ON: Final = MappingProxyType(
    {
        "4.2": ("4.1", "there is nobody yet to have access and authority"),
        "8.2": ("8.1", "there is no report yet to be published and responded to"),
        "9.6": ("9.5", "there is no member yet to bring these reports"),
        "9.7": ("9.5", "there is no member yet to receive these reports"),
    }
)
"""Provisions that cannot be met while the one they stand on is not, and why."""


def inconsistent(rows: Iterable[Row]) -> Iterator[Finding]:
    """Each row whose Yes another row's answer takes away.

    Rows without an answer say nothing here: they are found for themselves.
    """
    answers = {row.clause: row.answer for row in rows}
    for clause, (base, why) in _STANDS_ON.items():
        if answers.get(clause) == "yes" and answers.get(base) == "no":
            yield Finding(
                clause=clause,
                verdict="warn",
                why=f"{clause} is answered Yes and {base} No, but {why}.",
                instead=f"Answer {clause} as {base} is answered, or say how it is met without it.",
            )
