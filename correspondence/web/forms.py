"""What comes back from a form, and what is wrong with it, as the page says it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


_EARLIEST: Final = 1900  # a year of two digits is a slip


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to be put right: in which field, and what to do about it."""

    field: str
    says: str


@dataclass(slots=True)
class Problems:
    """Everything to be put right on a page, in the order of its fields."""

    found: list[Problem] = field(default_factory=list)

    def add(self, name: str, says: str) -> None:
        """One more."""
        self.found.append(Problem(name, says))

    def __bool__(self) -> bool:
        return bool(self.found)

    @property
    def summary(self) -> list[dict[str, str]]:
        """What the error summary at the top of the page lists, each a link to its field."""
        return [{"text": one.says, "href": f"#{one.field}"} for one in self.found]

    def at(self, name: str) -> dict[str, str] | None:
        """What stands beside a field; None where nothing is wrong with it."""
        says = [one.says for one in self.found if one.field == name]
        return {"text": ". ".join(says)} if says else None


def words(form: Mapping[str, str], name: str) -> str:
    """What was written into a field, with the line ends of our own and no spaces around."""
    return form.get(name, "").replace("\r\n", "\n").replace("\r", "\n").strip()


def number_given(given: str) -> int:
    """A small number that one of our own pages sent back; 0 where it is none."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def day_given(form: Mapping[str, str], name: str, problems: Problems, *, what: str) -> date | None:
    """The date from three fields; None where it is none, which then stands among the problems.

    `what` is how the page calls it: The day it was done.
    """
    day, month, year = (words(form, f"{name}-{part}") for part in ("day", "month", "year"))
    if not (day or month or year):
        problems.add(f"{name}-day", f"Enter {what}")
        return None
    try:
        given = date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        given = None
    if given is None or given.year < _EARLIEST:
        problems.add(f"{name}-day", f"Enter {what} as a real date, such as 27 11 2026")
        return None
    return given


def time_given(form: Mapping[str, str], name: str, problems: Problems, *, what: str) -> time | None:
    """The time of day from one field, such as 09:00 or 9.30; None where it is none."""
    hour, _, minute = words(form, name).replace(".", ":").partition(":")
    try:
        return time(int(hour), int(minute or 0))
    except ValueError:
        problems.add(name, f"Enter {what} as a time of day, such as 09:00 or 14:30")
        return None


def day_fields(
    form: Mapping[str, str], name: str, default: date | None = None
) -> list[dict[str, str]]:
    """The three fields of a date with what was written into them, or else the default."""
    known = (
        {"day": str(default.day), "month": str(default.month), "year": str(default.year)}
        if default
        else {}
    )
    widths = {"day": 2, "month": 2, "year": 4}
    return [
        {
            "name": part,
            "classes": f"govuk-input--width-{width}",
            "value": form.get(f"{name}-{part}", known.get(part, "")),
        }
        for part, width in widths.items()
    ]
