"""Whether a letter names the day on which something was done, or will be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from correspondence.letters.checking.dates import dates_in
from correspondence.letters.checking.judging import (
    UnderCheck,
    Verdict,
    clauses,
    is_said,
    met,
    missing,
    says,
)
from correspondence.letters.cues import occurs

if TYPE_CHECKING:
    from datetime import date

    from correspondence.letters.checking.anatomy import Sentence
    from correspondence.letters.checklists import Item

_AHEAD: Final = (
    (
        "(will|shall|ll|going to|by|until|before|next|every|each|expect*|plan*|intend*|due|booked"
        "|arranged|starts|begins|comes|coming|ends)"
    ),
)
_LONGEST_DATE_LINE: Final = 40


def dated(check: UnderCheck, item: Item) -> Verdict:
    """A sentence that says it, or stands under its heading, names the day.

    What the item accepts in place of a date, such as a regular interval, it lists in
    `accounted_for`. Where the letter is dated and the item has a `tense`, the day must lie before
    or after the letter's own.
    """
    how = item.satisfied
    headed = check.under(how.headings)
    written = _written_on(check)
    vague: Sentence | None = None
    for s in (*headed, *check.letter.spoken):
        if s.zone == "before" or not is_said(s):
            continue
        under = s in headed and not occurs(how.hollow, s.context)
        if not (under or says(s, item)):
            continue
        if _names_the_day(check, s, item, written):
            return met(s)
        vague = vague or s
    return missing(vague or check.seeming(item))


def _names_the_day(check: UnderCheck, s: Sentence, item: Item, written: date | None) -> bool:
    how = item.satisfied
    told = [clause for clause in clauses(s) if not occurs(how.hollow, clause)] or [s.folded]
    if any(occurs(how.accounted_for, clause) for clause in told):
        return how.tense != "ahead" or occurs(_AHEAD, s.context) or not written
    for named in (named for clause in told for named in dates_in(clause) if named.has_month):
        day = named.on(check.near)
        if not how.tense:
            return True
        if written is None or day is None:
            return (how.tense == "ahead") == occurs(_AHEAD, s.context)
        if (day >= written) if how.tense == "ahead" else (day <= written):
            return True
    return False


def _written_on(check: UnderCheck) -> date | None:
    """The letter's own date: above the salutation, or alone on a line anywhere else."""
    if check.written_on:
        return check.written_on
    for s in check.letter.sentences:
        named = check.dates(s)
        if named and len(s.folded) <= _LONGEST_DATE_LINE and s.folded[named[0].end :].strip() == "":
            before = s.folded[: named[0].start].strip(" ,:")
            if not before or occurs(("^(date|dated|<weekday>)",), before):
                return named[0].on(check.near)
    return None
