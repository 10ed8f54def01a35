"""Whether the dates a letter states and promises are those of the record.

The day the complaint came in (Code 6.2, 6.11), the day the response is promised for (6.3, 6.14),
and the new day of an extension (6.4, 6.15).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.long_date import long_date
from correspondence.letters.checking.record.calendar_days import is_worked
from correspondence.letters.checking.record.finding import Finding, Held
from correspondence.letters.kinds import LetterKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from correspondence.letters.checking.record.finding import Sentence

_COMPLAINT: Final = (
    r"(?:complaint|escalation|(?:request|letter|e-?mail|call) (?:for|to|about) \w+ ?(?:2|two)"
    r"|request to escalate|review request)"
)
_RECEIVED: Final = re.compile(
    rf"\breceiv(?:ed|ing) your (?P<other>(?:[\w'-]+ ){{0,4}}?){_COMPLAINT}\b"
    rf"|\byour (?P<other2>(?:[\w'-]+ ){{0,3}}?){_COMPLAINT}\b[^.;?]{{0,60}}?"
    r"\b(?:received|reached us|arrived|came in|came to us)\b"
    rf"|\breceipt of your (?P<other3>(?:[\w'-]+ ){{0,4}}?){_COMPLAINT}\b"
    rf"|\b{_COMPLAINT} (?:was |is )?(?:received|logged|made)\b"
    r"|\b(?:date|day) (?:(?:the )?complaint )?(?:was )?received\b"
)
_ANOTHER: Final = re.compile(
    r"\b(?:further|additional|second|new|other|another|earlier|previous|last|first|next|separate)\b"
)
_SOON: Final = 60
"""Characters within which the day follows the words that announce it."""

_ANSWER: Final = r"(?:respon\w+|reply|replies|answer\w*|decision|outcome)"
_PROMISE: Final = re.compile(
    rf"\b(?:will|shall|ll|aims? to|expects? to|plans? to|intends? to|hopes? to|should|can expect"
    rf"|may expect)\b[^.;?]{{0,70}}?\b{_ANSWER}\b[^.;?]{{0,70}}?"
    r"\b(?:by|on|before|until|no later than|not later than|at the latest)\b"
    rf"|\b{_ANSWER} (?:is |are |will be |to you )*(?:now )?(?:due|expected|ready|sent)"
    r"[^.;?]{0,25}?\b(?:by|on|before)\b"
    rf"|\b(?:deadline|date|day) (?:for|of) (?:our|the|my) [\w ]{{0,20}}?{_ANSWER}\b"
    r"(?: is| will be|:)"
)
_NOT_OURS: Final = re.compile(
    r"\b(?:if you|please|you (?:can|may|could|need|must|should|will need|have to)|were|was|had"
    r"|would|originally|updates?|appointments?|visits?|ombudsman|should you|within 12 months)\b"
)
_PROMISING: Final = frozenset(
    {
        LetterKind.STAGE1_ACKNOWLEDGEMENT,
        LetterKind.STAGE2_ACKNOWLEDGEMENT,
        LetterKind.STAGE1_EXTENSION,
        LetterKind.STAGE2_EXTENSION,
        LetterKind.PROGRESS_UPDATE,
        LetterKind.CLARIFICATION_REQUEST,
        LetterKind.CONSENT_REQUEST,
    }
)
"""Letters that come before the response, and may promise it."""

_EXTENSIONS: Final = frozenset({LetterKind.STAGE1_EXTENSION, LetterKind.STAGE2_EXTENSION})


def received(held: Held) -> Iterator[Finding]:
    """Another day of receipt than the record's."""
    record = held.record
    right = {record.received, *record.also_received}
    for sentence in held.letter.sentences:
        for announced in _RECEIVED.finditer(sentence.folded):
            day = _first_day_after(held, sentence, announced)
            if day is None or day in right:
                continue
            doubtful = _ANOTHER.search(announced[0]) is not None
            yield Finding(
                "case_received",
                sentence.text,
                f"The letter says {long_date(day)}; by our record it was received on "
                f"{long_date(record.received)}.",
                "See whether another matter is meant; if not, put the day right."
                if doubtful
                else "Put the day right in the letter, or correct it on the record first.",
                stops=not doubtful,
                clause=held.clauses["received"],
            )


def promised(held: Held) -> Iterator[Finding]:
    """A response promised later than it is due, too early to be, or for a day nobody works."""
    if held.kind not in _PROMISING:
        return
    for sentence in held.letter.sentences:
        if sentence.zone != "body":
            continue
        for promise in _PROMISE.finditer(sentence.folded):
            clause = sentence.folded[max(0, promise.start() - 40) : promise.end()]
            day = None if _NOT_OURS.search(clause) else _first_day_after(held, sentence, promise)
            if day is not None:
                yield from _held_against_deadline(held, sentence, day)


def _held_against_deadline(held: Held, sentence: Sentence, day: date) -> Iterator[Finding]:
    extends = held.kind in _EXTENSIONS
    fault = _too_far(held, day) if extends else _too_late(held, day)
    if fault is None and day < held.written_on and not extends:
        fault = _Fault(f"{long_date(day)} is past on the day of the letter.", sure=True)
    if fault is None and not is_worked(day, held):
        fault = _Fault(f"{long_date(day)} is no working day.", sure=False)
    if fault is None:
        return
    yield Finding(
        "case_new_date" if extends else "case_response_date",
        sentence.text,
        fault.reason,
        "Put in the day that was decided, or decide anew."
        if extends
        else "Promise a day by which the response is due, or decide on an extension first.",
        stops=fault.sure,
        clause=held.clauses["extend" if extends else "respond"],
    )


@dataclass(frozen=True, slots=True)
class _Fault:
    reason: str
    sure: bool


def _too_late(held: Held, day: date) -> _Fault | None:
    due, target = held.record.respond_by, held.record.respond_target
    said = f"The letter promises the response by {long_date(day)}"
    if due and day > due:
        return _Fault(f"{said}; it is due by {long_date(due)}.", sure=True)
    if target and day > target:
        return _Fault(f"{said}; our own day for it is {long_date(target)}.", sure=False)
    return None


def _too_far(held: Held, day: date) -> _Fault | None:
    """An extension letter may still name the day it was due before, so earlier days are left."""
    record = held.record
    decided, limit = record.extension_to, record.extension_limit
    if record.original_due and day <= record.original_due:
        return None
    if decided and day > decided:
        reason = f"The letter gives {long_date(day)}; what was decided is {long_date(decided)}."
        return _Fault(reason, sure=True)
    if limit and day > limit:
        reason = (
            f"{long_date(day)} is beyond {long_date(limit)}, how far an extension reaches without "
            "good reason."
        )
        return _Fault(reason, sure=not record.beyond_limit)
    return None


def new_date(held: Held) -> Iterator[Finding]:
    """An extension letter that nowhere names the day that was decided."""
    decided = held.record.extension_to
    if held.kind not in _EXTENSIONS or decided is None:
        return
    named = (held.on(one) for s in held.letter.sentences for one in held.dates(s))
    if decided not in set(named):
        yield Finding(
            "case_new_date",
            "",
            f"The letter does not name {long_date(decided)}, the day that was decided.",
            "Put it in, or decide anew.",
            stops=True,
            clause=held.clauses["extend"],
        )


def _first_day_after(held: Held, sentence: Sentence, words: re.Match[str]) -> date | None:
    """The day that follows some words closely, in the same clause; None where none does."""
    for named in held.dates(sentence):
        between = sentence.folded[words.end() : named.start]
        if named.start >= words.end() and len(between) <= _SOON:
            return None if re.search(r"[.;?]", between) else held.on(named)
    return None
