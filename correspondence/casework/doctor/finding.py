"""What one look at an office found: how it stands, and the way out where it stands badly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about one thing. `fail` stops the work or endangers it; `warn` will one day.

    `remedy` says what to do; it may be empty where the state is ok.
    """

    check: str
    state: State
    says: str
    remedy: str = ""


def ok(check: str, says: str, remedy: str = "") -> Finding:
    """All is well."""
    return Finding(check, "ok", says, remedy)


def warn(check: str, says: str, remedy: str) -> Finding:
    """It works today."""
    return Finding(check, "warn", says, remedy)


def fail(check: str, says: str, remedy: str) -> Finding:
    """It does not work, or what is kept is in danger."""
    return Finding(check, "fail", says, remedy)


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: ``1 letter``, ``3 letters``."""
    return f"{number} {one if number == 1 else many}"
