"""A letter held against what the Code requires of its kind. Pure: words in, judgements out."""

from correspondence.letters.checking.check import check
from correspondence.letters.checking.result import (
    AccessibilityFinding,
    CheckedItem,
    CheckFacts,
    CheckResult,
    WordingFinding,
)

__all__ = [
    "AccessibilityFinding",
    "CheckFacts",
    "CheckResult",
    "CheckedItem",
    "WordingFinding",
    "check",
]
