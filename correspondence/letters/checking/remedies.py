"""Whether a response says what is offered, what is still to be done, and where to go next.

Code 6.9 e to g, 6.19 e to g, 7.1 to 7.3.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from correspondence.letters.checking.amounts import days_named
from correspondence.letters.checking.dates import dates_in
from correspondence.letters.checking.judging import (
    UnderCheck,
    Verdict,
    certainly_met,
    clauses,
    is_said,
    met,
    missing,
    own_words,
)
from correspondence.letters.checking.ombudsman import route_to_ombudsman
from correspondence.letters.cues import occurs

if TYPE_CHECKING:
    from correspondence.letters.checking.anatomy import Sentence
    from correspondence.letters.checklists import Item

_AHEAD: Final = (
    "(will|shall|ll|going to|coming|comes|calling|attends|booked|due|arranged|scheduled)",
    "(programmed|starts|begins|to be|remains|remain|being|next|until)",
)
_WHEN: Final = (
    "(by|before|within|in|at|from) [the] (end|middle|start|beginning) of",
    "(on|by|from|this|next|every|each) <weekday>",
    "(by|in|during|of) <month>",
    "(today|tomorrow|this week|next week|overnight)",
)
_PAYMENT: Final = ("(pay|paid|payment|credit*|refund*|reimburs*|sum|money|£*|bank|cheque)",)
_FURTHER: Final = (
    "<ombudsman>",
    "<stage2>",
    "(if|should|were|where) you (are|remain|feel|disagree|wish|want|would|do not|don t|still)",
    "(if|should|were|where) you have",
    "(request|requests|ask|escalat*) ... (stage|review|received|considered)",
)


_REPORTED: Final = (
    "you [also|have|had] (asked|told|said|say|want|wanted|complain*|wrote|were told)",
)
_AND: Final = re.compile(r"[;:]\s+|,?\s+(?:and|but)\s+")


def remedy(check: UnderCheck, item: Item) -> Verdict:
    """The letter offers something to put things right, or says that nothing is due and why."""
    how = item.satisfied
    headed = [s for s in check.under(how.headings) if s.zone == "body"]
    for s in headed:
        real = is_said(s) and not occurs(how.hollow, s.context)
        if real and (len(own_words([s])) > 1 or occurs(how.cues + how.under_heading, s.folded)):
            return met(s)
    for s in check.letter.body:
        if not is_said(s) or occurs(how.hollow, s.context) or _is_further(s):
            continue
        if any(occurs(how.not_under, head) for head in s.heads) and not occurs(_PAYMENT, s.folded):
            continue
        if occurs(how.cues, s.folded):
            return met(s)
    return missing(headed[0] if headed else check.seeming(item))


def outstanding_actions(check: UnderCheck, item: Item) -> Verdict:
    """The letter says what is still to be done and by when, or that nothing is.

    A heading that promises it decides. A sum to be paid is no action that is outstanding unless
    it is said to be.
    """
    how = item.satisfied
    under = [s for s in check.under(how.headings) if s.zone == "body"]
    elsewhere = {s.passage for s in under if _is_further(s)}
    headed = [s for s in under if s.passage not in elsewhere]
    for s in headed or check.letter.body:
        if is_said(s) and any(
            occurs(how.cues, clause) and not occurs(how.hollow, clause) for clause in clauses(s)
        ):
            return _done_by_then(check, s, headed)
    if headed:
        if any(occurs(how.under_heading, s.folded) for s in headed):
            return met(headed[0])
        dated = next((s for s in headed if is_said(s) and _says_when(s.context)), None)
        return _done_by_then(check, dated, headed) if dated else missing(headed[0])
    if put_off := next((s for s in check.letter.body if occurs(how.refuted_by, s.folded)), None):
        return missing(put_off)
    for s in check.letter.body:
        stated = occurs(how.accounted_for, s.folded)
        if is_said(s) and not stated and not _is_further(s) and _is_work_ahead(check, s):
            return _done_by_then(check, s, headed)
    return missing(check.seeming(item))


def _done_by_then(check: UnderCheck, sentence: Sentence, headed: list[Sentence]) -> Verdict:
    """What is to be done on a day that is named, where nothing beside it is left without one."""
    undated = any(
        occurs(_AHEAD, s.folded)
        and not any(_says_when(near.context) for near in check.letter.passage(s))
        for s in headed or check.letter.body
        if not _is_further(s) and not s.folded.startswith("if ")
    )
    return certainly_met(sentence) if check.dates(sentence) and not undated else met(sentence)


def next_stage(check: UnderCheck, item: Item) -> Verdict:
    """The letter says how to go on: to stage 2, or after it to the Housing Ombudsman."""
    if item.satisfied.stage == 2:
        return _to_the_ombudsman(check)
    how = item.satisfied
    seeming: Sentence | None = None
    for s in check.letter.spoken:
        named = occurs(how.cues, s.context) or any(occurs(how.cues, head) for head in s.heads)
        if s.zone == "before" or not named or not is_said(s):
            continue
        seeming = seeming or s
        around = [*check.letter.passage(s), *check.letter.section(s), *check.letter.after(s, 2)]
        ways = [t for t in around if not occurs(how.hollow, t.folded)]
        if any(occurs(how.under_heading, t.folded) or "@" in t.folded for t in ways):
            return met(s)
    return missing(seeming)


def _to_the_ombudsman(check: UnderCheck) -> Verdict:
    route = route_to_ombudsman(check)
    if route is None:
        return missing()
    return met(route.sentence) if route.works else missing(route.sentence, route.fault)


def _is_further(sentence: Sentence) -> bool:
    return occurs(_FURTHER, sentence.context)


def _says_when(text: str) -> bool:
    return bool(dates_in(text) or days_named(text) or occurs(_WHEN, text))


def _is_work_ahead(check: UnderCheck, sentence: Sentence) -> bool:
    """Whether the sentence promises, for a day to come, something other than money."""
    if occurs(_REPORTED, sentence.context):
        return False
    # A date without its year may lie behind; then only the verb tells.
    dated = check.written_on and any(named.year for named in dates_in(sentence.folded))
    if not _has_date_ahead(check, sentence) or not (dated or occurs(_AHEAD, sentence.folded)):
        return False
    return any(
        _says_when(clause) and not occurs(_PAYMENT, clause)
        for clause in _AND.split(sentence.folded)
    )


def _has_date_ahead(check: UnderCheck, sentence: Sentence) -> bool:
    written = check.written_on
    named = dates_in(sentence.folded)
    if named:
        days = [day for each in named if (day := each.on(check.near))]
        return not (written and days) or any(day > written for day in days)
    return occurs(("(will|shall|ll|booked)",), sentence.folded) and _says_when(sentence.context)
