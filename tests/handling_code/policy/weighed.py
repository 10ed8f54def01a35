"""What the checker finds in a few words of policy."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from correspondence.handling_code.policy import check_policy

if TYPE_CHECKING:
    from correspondence.handling_code.policy import Finding

TODAY = date(2026, 11, 21)


def faults(words: str, clause: str) -> list[Finding]:
    """The fails and warnings under a clause that quote the words."""
    found = check_policy(words, today=TODAY).findings
    return [f for f in found if f.clause == clause and f.verdict in ("fail", "warn") and f.quote]


def verdict(words: str, clause: str) -> str:
    """The worst verdict under a clause, silence left out; empty where there is none."""
    found = check_policy(words, today=TODAY).findings
    given = {f.verdict for f in found if f.clause == clause and (f.quote or f.verdict == "ok")}
    return next((v for v in ("fail", "warn", "stricter", "ok") if v in given), "")


def silent(words: str, clause: str) -> bool:
    """Whether the checker says that nothing is said of a clause."""
    found = check_policy(words, today=TODAY).findings
    return any(f.clause == clause and not f.quote and f.verdict in ("fail", "warn") for f in found)
