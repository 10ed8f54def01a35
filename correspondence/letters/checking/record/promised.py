"""Whether the dates a letter states and promises are those of the record.

The day the complaint came in (Code 6.2, 6.11), the day the response is promised for (6.3, 6.14),
and the new day of an extension (6.4, 6.15).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.long_date import long_date
from correspondence.letters.checking.dates import dates_in
from correspondence.letters.checking.record.calendar_days import is_worked
from correspondence.letters.checking.record.finding import Finding, Held
from correspondence.letters.kinds import LetterKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from correspondence.letters.checking.record.finding import Sentence

_RECEIPT: Final = re.compile(
    r"\b(?:received?|receipt|reached (?:us|me|the|this|our)|arriv(?:ed|es)|date-stamped"
    r"|came (?:through |in )?(?:to (?:us|me|hand)|in)|came through)\b"
)
_NOT_RECEIPT: Final = re.compile(
    r"\b(?:not|never|once|when|until|after|if|you(?: have| had)?) (?:we |i |it |been |have )*$"
)
_SOMETHING_ELSE: Final = re.compile(r"^ (?:the|a|an|his|her|their|its|from|no|any|further|these) ")
_COMPLAINT: Final = re.compile(
    r"\b(?:complaint|complain|escalat\w+|stage (?:2|two)|review|look(?:ed)? again"
    r"|take (?:it|this|your \w+) further)\b"
)
_LABEL: Final = re.compile(
    r"^(?:(?:date|day|complaint|escalation|request|stage [12]) ){0,3}received\b"
)
_WRITTEN: Final = re.compile(
    r"\byour? (?:\w+ ){0,3}?(?:letter|e-?mail|form|message|call|note|request|online|web)\b"
)
_ANOTHER: Final = re.compile(
    r"\b(?:further|additional|second|new|other|another|earlier|previous|next|separate|report)\b"
)
_NEAR: Final = 60
"""Characters between the words that announce a day and the day."""

_ANSWER: Final = r"(?:respon[sd]\w*|repl(?:y|ies)|answer\w*|decision|outcome|findings)"
_BY: Final = r"(?:by|on|before|until|no later than|not later than|on or before)"
_PROMISE: Final = re.compile(
    r"\b(?:will|shall|ll|aims? to|expects? to|plans? to|intends? to|hopes? to|can expect"
    rf"|may expect|should (?:receive|have|get)|look for|expect)\b[^.;?]{{0,70}}?\b{_ANSWER}\b"
    rf"[^.;?]{{0,70}}?\b{_BY}\b"
    rf"|\b{_ANSWER} (?:(?:is|are|will be|will|to|with|you|reach|come|now|final|full) ){{0,4}}?"
    r"(?:(?:due|expected|ready|sent|given) (?:by|on|before)|by|no later than|not later than"
    r"|on or before)\b"
    rf"|\b(?:deadline|date|day) (?:for|of) (?:our|the|my) [\w ]{{0,20}}?{_ANSWER}\b"
    r"(?: is| will be|:)"
)
_WORD: Final = re.compile(
    r"\b(?:will|shall|ll)\b[^.;?]{0,30}?\b(?:write (?:again )?to you|hear from \w+|let you know)\b"
    rf"[^.;?]{{0,40}}?\b{_BY}\b"
)
_ANSWER_HEAD: Final = re.compile(rf"\b{_ANSWER}\b.*\b(?:due|by|date|expect\w*)\b|^by when\b")
_MOVED_TO: Final = re.compile(
    rf"\b(?:will|shall|ll|now|expect|extend\w*|need until|mov(?:e|ed|ing)|put (?:it |that )?back)\b"
    rf"[^.;?]{{0,90}}?\b(?:{_BY}|to)\b"
)
_THE_ANSWER: Final = re.compile(
    rf"\b(?:{_ANSWER}|extend\w*|extension|put (?:it |that )?back|now (?:have|get|receive|send|write"
    r"|be sent)|postpone\w*|need until|moving)\b"
)
_NOT_OURS: Final = re.compile(
    r"\b(?:if you|please|you (?:can|may|could|need|must|will need|have to) (?!expect|look)|were|was"
    r"|had|would|originally|updates?|appointments?|visits?|ombudsman|should you|within 12 months"
    r"|arrange|progress|telephone|ring|call)\b"
)
_SOON: Final = 30
"""Characters within which the day follows the words that promise it."""

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

EXTENSIONS: Final = frozenset({LetterKind.STAGE1_EXTENSION, LetterKind.STAGE2_EXTENSION})
"""Letters that move the day of the response."""


def received(held: Held) -> Iterator[Finding]:
    """Another day of receipt than the record's."""
    record = held.record
    right = {record.received, *record.also_received}
    for sentence in held.letter.sentences:
        announced = _receipt_in(sentence)
        told = _beside(held, sentence, announced) if announced else []
        if announced is None or not told or right & set(told):
            continue
        labelled = not _WRITTEN.search(sentence.folded) and not _COMPLAINT.search(sentence.folded)
        sure = bool(labelled or _COMPLAINT.search(sentence.context)) and not _ANOTHER.search(
            sentence.folded
        )
        yield Finding(
            "case_received",
            sentence.text,
            f"The letter says {long_date(told[0])}; by our record it was received on "
            f"{long_date(record.received)}.",
            "Put the day right in the letter, or correct it on the record first."
            if sure
            else "See whether the complaint is meant; if it is, put the day right.",
            stops=sure,
            clause=held.clauses["received"],
        )


def _receipt_in(sentence: Sentence) -> re.Match[str] | None:
    """Where a sentence, or the label it stands under, says that the complaint was received."""
    if sentence.zone != "after" and sentence.kind == "cell" and sentence.heads:
        label = sentence.heads[-1]
        if len(sentence.folded) < _NEAR and re.search(r"\breceived\b", label):
            return re.match("", sentence.folded)
    for found in _RECEIPT.finditer(sentence.folded):
        if _NOT_RECEIPT.search(sentence.folded[: found.start()]):
            continue
        rest = sentence.folded[found.end() :]
        labelled = _LABEL.match(sentence.folded) is not None
        about = _WRITTEN.search(sentence.folded) or _COMPLAINT.search(sentence.folded)
        if (about or labelled) and not _SOMETHING_ELSE.match(rest):
            return found
    return None


def _beside(held: Held, sentence: Sentence, words: re.Match[str]) -> list[date]:
    """The days named closely before or after some words."""
    return [
        day
        for named in dates_in(sentence.folded)
        if named.start - words.end() <= _NEAR and words.start() - named.end <= _NEAR
        if (day := held.on(named))
    ]


def promised(held: Held) -> Iterator[Finding]:
    """A response promised later than it is due, too early to be, or for a day nobody works."""
    if held.kind not in _PROMISING:
        return
    for sentence in held.letter.sentences:
        if sentence.zone != "body" or sentence.kind == "heading":
            continue
        if held.kind in EXTENSIONS:
            yield from _moved(held, sentence)
            continue
        for pattern, sure in ((_PROMISE, True), (_WORD, False)):
            days = list(_promised_in(held, sentence, pattern))
            yield from (
                f for day in days for f in _held_against_deadline(held, sentence, day, sure)
            )
            if days:
                break


def _promised_in(held: Held, sentence: Sentence, pattern: re.Pattern[str]) -> Iterator[date]:
    labelled = bool(sentence.heads and _ANSWER_HEAD.search(sentence.heads[-1]))
    if labelled and sentence.kind == "cell" and len(held.dates(sentence)) == 1:
        if day := held.on(held.dates(sentence)[0]):
            yield day
        return
    for promise in pattern.finditer(sentence.folded):
        clause = sentence.folded[max(0, promise.start() - 40) : promise.end()]
        day = None if _NOT_OURS.search(clause) else _first_day_after(held, sentence, promise)
        if day is not None:
            yield day


def _moved(held: Held, sentence: Sentence) -> Iterator[Finding]:
    """In a letter of extension, the day to which the response moves."""
    for moved in _MOVED_TO.finditer(sentence.folded):
        day = _first_day_after(held, sentence, moved)
        if day is not None:
            sure = _THE_ANSWER.search(moved[0]) is not None
            yield from _held_against_deadline(held, sentence, day, sure)


def _held_against_deadline(
    held: Held, sentence: Sentence, day: date, sure: bool
) -> Iterator[Finding]:
    """`sure` is whether it is surely the response that is promised for that day."""
    extends = held.kind in EXTENSIONS
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
        stops=fault.sure and sure,
        clause=held.clauses["extend" if extends else "respond"],
    )


@dataclass(frozen=True, slots=True)
class _Fault:
    reason: str
    sure: bool


def _too_late(held: Held, day: date) -> _Fault | None:
    """Once the response is overdue every promise is late, and one must be made all the same."""
    due, target = held.record.respond_by, held.record.respond_target
    said = f"The letter promises the response by {long_date(day)}"
    if due and day > due:
        tense = "was" if due < held.written_on else "is"
        return _Fault(f"{said}; it {tense} due by {long_date(due)}.", sure=tense == "is")
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
    if held.kind not in EXTENSIONS or decided is None:
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
