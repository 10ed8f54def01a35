"""Whether a letter that asks for more time says until when, why, and what happens meanwhile.

Code 6.4, 6.5 and 5.9 at stage 1; 6.15, 6.16 and 5.9 at stage 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.errors import CalendarRunsOut
from correspondence.handling_code.long_date import long_date
from correspondence.handling_code.working_days import (
    ENGLAND_AND_WALES,
    add_working_days,
    working_days_between,
)
from correspondence.letters.checking.amounts import days_named
from correspondence.letters.checking.anatomy import each_passage
from correspondence.letters.checking.dates import dates_in
from correspondence.letters.checking.judging import (
    UnderCheck,
    Verdict,
    is_said,
    met,
    missing,
    own_words,
    says,
    unsure,
)
from correspondence.letters.cues import occurs

if TYPE_CHECKING:
    from datetime import date

    from correspondence.letters.checking.anatomy import Sentence
    from correspondence.letters.checklists import Item

_ORIGINAL: Final = (
    "(was|were|is|fell|been) due",
    "original*",
    "(should|ought to) (have|be)",
    "(told|said|promised|undertook|undertaken|wrote|advised|agreed|confirmed|aimed|hoped|expected)",
    "(expires|expired|ends|ended|runs out|ran out)",
    "until now",
    "we said",
)
_ANSWERED: Final = (
    "(answer|response|reply|decision|findings) ... (by|before|than|until|for|now|due) ... <date>",
    "you (shall|will|ll|should) [now] (have|receive|get) ... <date>",
    "it will (reach|be with|come to) you ... <date>",
    "(new|revised|now due|later date) ... <date>",
    "when (will|can|should|shall) (you|we|i|it) ... <date>",
    "how much longer ... <date>",
    "<date> ... (days|day|week|weeks) (later|on from|after)",
)
_MEANWHILE: Final = (
    "(updat*|visit*|inspect*|survey*|appointment|works|repair*|fitted|engineer|meet*|meanwhile)",
)
_INSTEAD: Final = (
    "(now|instead|new|revised|later|extend*|put back|rather than|postpone*|further)",
)
_CONTACT: Final = (
    (
        "(updat*|progress|bulletin*|ring|rung|call|calls|calling|telephone|telephoned|phone|text|email"
        "|e-mail|write|written|note|contact*|speak|visit|message|messages|in touch|let you know"
        "|tell you|report|inform*|news|newsletter|posted|hear from|keep you|catch up|check in|drop)"
    ),
)
_AHEAD: Final = (
    "(will|shall|ll|propose|going to|plan to|intend to|am to|are to|aim to|can expect)",
)


@dataclass(frozen=True, slots=True)
class NewDate:
    """The day by which the letter now promises the response, and where it says so."""

    sentence: Sentence
    day: date | None


def promised_date(check: UnderCheck, item: Item) -> NewDate | None:
    """The new date of the response; None where the letter names none.

    Not the date it was due before, nor that of a survey or a progress call.
    """
    how = item.satisfied
    headed = check.under(how.headings)
    for said in (*headed, *check.letter.spoken):
        if (said.zone == "before" and said not in headed) or not is_said(said):
            continue
        if not says(said, item) and (said not in headed or occurs(how.hollow, said.context)):
            continue
        if day := _later_date(check, said):
            return NewDate(said, day[0])
    for heading in check.letter.headings:
        if occurs(how.cues, heading.folded) and (day := _later_date(check, heading)):
            return NewDate(heading, day[0])
    return _moved_to(check) if check.facts.due else None


def _moved_to(check: UnderCheck) -> NewDate | None:
    """A day after the known original one on which the letter, in whatever words, will be there."""
    for said in check.letter.spoken:
        over = " ".join((*said.heads[-1:], said.folded))
        if not is_said(said) or not occurs(_ANSWERED, over) or occurs(_MEANWHILE, said.folded):
            continue
        if (day := _later_date(check, said)) and day[0]:
            return NewDate(said, day[0])
    return None


def _later_date(check: UnderCheck, sentence: Sentence) -> tuple[date | None] | None:
    """The last date in a sentence that lies after the original one."""
    dates = check.dates(sentence)
    known = [day for named in dates if (day := named.on(check.near))]
    if check.facts.due:
        later = [day for day in known if day > check.facts.due]
        return (max(later),) if later else None
    said = " ".join((*sentence.heads[-1:], sentence.folded))
    if not dates or (occurs(_ORIGINAL, said) and not occurs(_INSTEAD, said)):
        return None
    return (max(known) if known else None,)


def new_date(check: UnderCheck, item: Item) -> Verdict:
    """The letter names the full date by which the resident will have the response."""
    found = promised_date(check, item)
    return met(found.sentence) if found else missing(_promise(check, item))


def _promise(check: UnderCheck, item: Item) -> Sentence | None:
    said = (s for s in check.letter.body if occurs(item.satisfied.hollow, s.context))
    return next(said, None)


def within_limit(check: UnderCheck, item: Item) -> Verdict:
    """The new date is not more than the limit of working days after the original date.

    Without a date, the letter's own promise not to take longer than the limit is enough.
    """
    found = promised_date(check, item)
    limit = item.satisfied.limit_working_days
    if found is None:
        return _capped(check, item)
    original = check.facts.due or _original_date(check)
    if original is None or found.day is None:
        capped = _capped(check, item)
        if capped.met == "met":
            return capped
        return unsure(
            found.sentence,
            "The original date is not known, so the length of the extension cannot be counted.",
        )
    try:
        latest = add_working_days(original, limit, ENGLAND_AND_WALES)
        taken = working_days_between(original, found.day, ENGLAND_AND_WALES)
    except CalendarRunsOut as error:
        return unsure(found.sentence, str(error))
    if found.day <= latest:
        return met(found.sentence)
    return missing(
        found.sentence,
        f"{long_date(found.day)} is {taken} working days after {long_date(original)}; "
        f"the limit of {limit} ends on {long_date(latest)}.",
    )


def _original_date(check: UnderCheck) -> date | None:
    for sentence in check.letter.spoken:
        if sentence.zone == "body" and occurs(_ORIGINAL, sentence.folded):
            for named in check.dates(sentence):
                return named.on(check.near)
    return None


def _capped(check: UnderCheck, item: Item) -> Verdict:
    how = item.satisfied
    for sentence in check.letter.body:
        if occurs(how.under_heading, sentence.context) and not occurs(
            how.refuted_by, sentence.context
        ):
            lengths = days_named(sentence.folded)
            if lengths and max(lengths) <= how.limit_working_days:
                return met(sentence)
    return missing()


def extension_reasons(check: UnderCheck, item: Item) -> Verdict:
    """The letter explains the delay by what happened in this case, not by workload or complexity.

    A paragraph that gives a reason is weighed as a whole by how much of it is about this case.
    """
    how = item.satisfied
    headed = check.under(how.headings)
    told: list[Sentence] = []
    for passage in each_passage(check.letter.body):
        gives = any(s in headed or occurs(how.cues, s.context) for s in passage)
        if gives:
            told.extend(s for s in passage if is_said(s) and not occurs(how.refuted_by, s.context))
    real = [s for s in told if not occurs(how.hollow, s.folded) or len(own_words([s])) > 3]
    if len(own_words(real)) >= how.specifics:
        return met(max(real, key=lambda s: len(own_words([s]))))
    return missing(told[0] if told else None)


def update_interval(check: UnderCheck, item: Item) -> Verdict:
    """The letter says how often, or on which days, the resident will be told how things stand."""
    how = item.satisfied
    headed = check.under(how.headings)
    for sentence in check.letter.spoken:
        if not is_said(sentence) or sentence.zone == "before":
            continue
        if occurs(how.refuted_by, sentence.context):
            continue
        about = sentence in headed or occurs(_CONTACT, sentence.folded)
        ahead = sentence in headed or occurs(_AHEAD, sentence.folded)
        if (about or ahead) and occurs(how.cues, sentence.folded):
            return met(sentence)
        if not about:
            continue
        named = dates_in(sentence.folded) or occurs(("(on|by) <weekday>",), sentence.folded)
        if ahead and named and not occurs(how.hollow, sentence.folded):
            return met(sentence)
    return missing(_vague_update(check, item))


def _vague_update(check: UnderCheck, item: Item) -> Sentence | None:
    vague = ("(update*|informed|posted|in touch|progress|developments)",)
    under = [*check.under(item.satisfied.headings), *check.letter.body]
    return next((s for s in under if occurs(vague, s.folded)), None)
