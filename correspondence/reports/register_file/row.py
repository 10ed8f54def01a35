"""One line of a register file: every cell held against what its column takes, then its dates."""

from __future__ import annotations

import re
from datetime import date, datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final, get_args

from correspondence.handling_code.london import day_in_london
from correspondence.handling_code.long_date import long_date
from correspondence.intake.reading import Kind
from correspondence.reports.register_file.formulae import unmarked
from correspondence.reports.register_file.heading import folded
from correspondence.store.register_entry import (
    DATES,
    KINDS_OF_CASE,
    OUTCOMES,
    REQUIRED,
    TENURES,
    RegisterEntry,
    findings_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from correspondence.reports.register_file.heading import Heading

LONGEST_REFERENCE: Final = 100
LONGEST_TEXT: Final = 20_000
FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100

_CHOICES: Final = {
    "kind": get_args(Kind),
    "tenure": TENURES,
    "stage1_outcome": OUTCOMES,
    "stage2_outcome": OUTCOMES,
}
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?"
)
_STAGE2: Final = (
    "stage2_acknowledged",
    "stage2_due",
    "stage2_extended_to",
    "stage2_extension_notified",
    "stage2_responded",
)


def entry_in(cells: Sequence[str], heading: Heading) -> RegisterEntry | list[str]:
    """The entry of one line, or what is wrong with it, a clause each, to follow 'line 7: '."""
    if len(cells) != heading.width:
        fault = (
            f"it has {len(cells)} cells and the first line has {heading.width}; look for a comma "
            "or a quotation mark that is missing or too many"
        )
        return [fault]
    faults = [
        f"there is something in column {place + 1}, which has no name; name it or empty it"
        for place in heading.nameless
        if cells[place].strip()
    ]
    values: dict[str, Any] = {}
    for column, place in heading.ours.items():
        text = unmarked(cells[place].strip())
        try:
            values[column] = _value(column, text)
        except ValueError as fault:
            faults.append(f"{column} {fault}")
    other = tuple((name, unmarked(cells[place].strip())) for name, place in heading.others)
    faults += [
        f"column {place + 1} holds {len(text):,} characters, and {LONGEST_TEXT:,} is the most"
        for (_, text), (_, place) in zip(other, heading.others, strict=True)
        if len(text) > LONGEST_TEXT
    ]
    if faults:
        return faults
    # By name, so that an entry is the same whatever the order of the columns it came in.
    entry = RegisterEntry(**values, other=tuple(sorted(pair for pair in other if pair[1])))
    return list(_at_odds(entry)) or entry


def _value(column: str, text: str) -> Any:
    """What a cell says. Raises ValueError, whose words follow the column's name."""
    if not text:
        if column in REQUIRED:
            raise ValueError("is empty; every line needs one")
        return _nothing(column)
    if column in DATES:
        return _day(text)
    if column in _CHOICES:
        return _choice(text, _CHOICES[column])
    if column == "reference" and len(text) > LONGEST_REFERENCE:
        raise ValueError(f"has {len(text)} characters, and {LONGEST_REFERENCE} is the most")
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"has {len(text):,} characters, and {LONGEST_TEXT:,} is the most")
    if column == "reference" and not text.isprintable():
        raise ValueError("must stand on one line")
    return findings_in(text) if column == "ombudsman_finding" else text


def _nothing(column: str) -> Any:
    if column in DATES:
        return None
    return () if column == "ombudsman_finding" else ""


def _day(text: str) -> date:
    try:
        day = _london_day(text)
    except (ValueError, OverflowError):
        day = None
    if day is None:
        raise ValueError(
            f"{_shown(text)} is not a date by ISO 8601; write year-month-day, as in 2026-03-31"
        )
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"{_shown(text)} lies outside {FIRST_YEAR} to {LAST_YEAR}; check the year")
    return day


def _london_day(text: str) -> date | None:
    if _DAY.fullmatch(text):
        return date.fromisoformat(text)
    if _MOMENT.fullmatch(text):
        return day_in_london(datetime.fromisoformat(text.replace(",", ".")))
    return None


def _choice(text: str, choices: tuple[str, ...]) -> str:
    code = folded(text)
    if code in choices:
        return code
    close = get_close_matches(code, choices, n=1)
    meant = f"; did you mean {close[0]}?" if close else ""
    raise ValueError(f"{_shown(text)} is none of {', '.join(choices)}{meant}")


def _shown(text: str) -> str:
    """A wrong value as a sentence repeats it, cut short."""
    line = "".join(sign if sign.isprintable() else "?" for sign in text)
    return repr(line if len(line) <= 40 else line[:39] + "…")


def _at_odds(entry: RegisterEntry) -> Iterator[str]:
    """Dates that cannot all be true, and facts that lack what they rest on."""
    yield from _before(entry, "received", [name for name in DATES if name != "received"])
    if entry.stage2_requested is not None:
        yield from _before(entry, "stage2_requested", _STAGE2)
    elif entry.kind != "escalation" and (
        entry.stage2_outcome or any(getattr(entry, name) for name in _STAGE2)
    ):
        yield (
            "it says what happened at stage 2 and not when that was asked for; fill "
            "stage2_requested"
        )
    for stage in ("stage1", "stage2"):
        if getattr(entry, f"{stage}_extension_notified") and not getattr(
            entry, f"{stage}_extended_to"
        ):
            yield (
                f"{stage}_extension_notified says when an extension was notified, and "
                f"{stage}_extended_to not to which day; fill both or neither"
            )
    if entry.ombudsman_finding and entry.kind not in KINDS_OF_CASE:
        yield f"it has an Ombudsman's finding and is a {entry.kind}, not a complaint"


def _before(entry: RegisterEntry, first: str, others: Sequence[str]) -> Iterator[str]:
    begun: date = getattr(entry, first)
    for name in others:
        day: date | None = getattr(entry, name)
        if day is not None and day < begun:
            yield (
                f"{name} ({long_date(day)}) comes before {first} ({long_date(begun)}); "
                "check both dates"
            )
