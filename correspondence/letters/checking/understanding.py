"""Whether the letter shows that the complaint was understood (Code 5.6, 5.7, 6.2, 6.11).

Its stage, the day it was received, what it is about and what the resident wants.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.long_date import long_date
from correspondence.letters.checking.anatomy import folded
from correspondence.letters.checking.dates import dates_in
from correspondence.letters.checking.judging import (
    UnderCheck,
    Verdict,
    certainly_met,
    is_said,
    met,
    missing,
    own_words,
    unsure,
    without_dates,
)
from correspondence.letters.checking.substance import matters
from correspondence.letters.cues import cue, occurs

if TYPE_CHECKING:
    from datetime import date

    from correspondence.letters.checking.anatomy import Sentence
    from correspondence.letters.checklists import Item

_LETTER: Final = (
    "(letter|email|e-mail|call|telephone call|message|form|online form|web form|note|visit|text"
    "|complaint|request|escalation|webchat)"
)
_BY_YOU: Final = (
    "(wrote|rang|called|phoned|telephoned|emailed|e-mailed|contacted|spoke|came|visited|completed"
    "|submitted|sent|made|complained|asked|handed|left|messaged|filled|requested|got in touch"
    "|escalated|texted|filed)"
)
_THANKS: Final = (
    "(thank*|thanks) ... (ring*|call*|phon*|telephon*|writ*|e-mail*|email*|contact*|com*|speak*"
    "|complain*|visit*|get*|tell*|letting|sending|submitting|filling)"
)
_CONTACT: Final = (
    (
        "(receiv*|receipt|had (it|your|this)|have (it|your)|reached|arriv*|came|landed|got|logged"
        "|lodged|handed|submitted|delivered)"
    ),
    f"your [first] {_LETTER}",
    f"you {_BY_YOU}",
    "you (told|said|raised|let us know|first|used)",
    "(complaint|request|escalation) ... (made|sent|dated|of)",
    "(complaint|request|escalat*|stage) ... on",
    _THANKS,
)
_OPENING: Final = 8
"""Sentences in which a letter says what it answers."""

_SOMETHING_ELSE: Final = (
    "(writing|reported|report|reporting|visited|inspected|attended|appointment|happened|failed)",
)
"""What else may have been done on the day it was received."""

_TWO_STAGES: Final = "two (stages|steps|levels|rounds|parts|tiers)"
_OF_TWO_STAGES: Final = MappingProxyType(
    {
        1: (
            f"{_TWO_STAGES} ... ... (the|its|our) [end of the|of the] first",
            "(end|outcome|result) of the first",
            "stage of [our|the|this] (procedure|process|policy) (one|1|first)",
        ),
        2: (
            f"(second|last|final) [and (last|final|second)] of [the|our|its] ... {_TWO_STAGES}",
            f"{_TWO_STAGES} ... ... (the|its|our) [end of the] (second|last)",
            "stage of [our|the|this] (procedure|process|policy) (two|2|second)",
        ),
    }
)
_RECEIPT: Final = (
    "(receiv*|receipt|had (it|your|this)|reached (us|me|the)|arriv*)",
    "(came|landed|turned up) [through] (in|with us|on our|to (us|the|hand))",
    "<date> you (used|rang|wrote|came|asked|told|called|sent|filled|e-mailed|emailed|phoned)",
    "got your",
    f"you {_BY_YOU}",
    f"your {_LETTER} (of|on|dated|from)",
    "(complaint|request) ... (made|sent|submitted) on",
    _THANKS,
)

_STATED: Final = 0.8
"""How much of a point's own words a sentence must hold to set it out."""

_SHIFTING: Final = frozenset(("you", "your", "our", "the", "mine", "yours", "his", "her", "their"))
"""Words that change with who speaks."""

_SHORT: Final = 8
"""Words of the longest value of a label that names the stage."""


def stage(check: UnderCheck, item: Item) -> Verdict:
    """The letter names the stage it belongs to, in these or in plain words."""
    family = cue(f"<stage{item.satisfied.stage}>")
    for sentence in check.letter.sentences:
        # The label or heading names the stage, and what stands beside or under it says which.
        short = len(sentence.folded.split()) <= _SHORT
        cell = sentence.kind != "heading" and short and sentence.heads
        beside = f"{sentence.heads[-1]} {sentence.folded}" if cell else ""
        said = family.search(sentence.folded) or (beside and family.search(beside))
        counted = occurs(_OF_TWO_STAGES.get(item.satisfied.stage, ()), sentence.context)
        if (said or counted) and not occurs(item.satisfied.hollow, sentence.folded):
            return met(sentence)
    return missing()


def received_date(check: UnderCheck, item: Item) -> Verdict:
    """The letter names the day the complaint, or the request for stage 2, was received.

    Where the day is known, naming it in the body is enough, in whatever words it came.
    """
    how = item.satisfied
    headed = check.under(how.headings)
    candidates = [s for s in check.letter.sentences if is_said(s)]
    wrong: Sentence | None = None
    for sentence in candidates:
        told = sentence in headed or occurs(_CONTACT, sentence.context)
        strongly = sentence in headed or occurs(_RECEIPT, sentence.context)
        if not told or (sentence.zone == "before" and not strongly):
            continue
        dates = check.dates(sentence)
        if check.facts.received:
            named = dates_in(sentence.folded)
            if any(d.is_day(check.facts.received, check.near) for d in named):
                return met(sentence)
            if named and strongly and occurs(how.cues, sentence.context):
                wrong = wrong or sentence
        elif dates and strongly and (sentence in headed or occurs(how.cues, sentence.context)):
            return met(sentence)
    if check.facts.received and (named_day := _named(check, check.facts.received)):
        return met(named_day)
    if wrong and check.facts.received:
        return missing(
            wrong,
            f"By our record it was received on {long_date(check.facts.received)}; "
            "this letter does not name that day.",
        )
    return missing(check.seeming(item))


def _named(check: UnderCheck, day: date) -> Sentence | None:
    """The sentence of the letter's opening that names a day with its month."""
    if day == check.written_on:
        return None
    for sentence in check.letter.body[:_OPENING]:
        if occurs(_SOMETHING_ELSE, sentence.folded):
            continue
        if any(named.is_day(day, check.near) for named in check.dates(sentence)):
            return sentence
    return None


def definition(check: UnderCheck, item: Item) -> Verdict:
    """The letter sets out what the complaint is, in words of its own.

    Where no heading and no turn of phrase announces it, whatever the letter tells of this case
    and no other item accounts for is taken for it. Points of the case that stand in the letter
    leave nothing to judge.
    """
    how = item.satisfied
    if stated := _points_stated(check):
        return certainly_met(stated)
    told = complaint_sentences(check, item)
    headed = bool(check.under(how.headings))
    announced = any(occurs(how.under_heading, s.context) for s in told)
    enough = how.specifics - (1 if headed else 0) - (2 if announced else 0)
    if told and len(told_of(told)) >= enough:
        return met(told[0])
    rest = _unaccounted(check, item) if how.residue else []
    if how.residue and len(own_words(rest)) >= how.residue:
        return met(max(rest, key=lambda s: len(own_words([s]))))
    return missing(told[0] if told else check.seeming(item))


def _points_stated(check: UnderCheck) -> Sentence | None:
    """The sentence that sets out the first point of the case, where the letter sets out each."""
    first: Sentence | None = None
    for point in check.facts.points:
        own = told_in(folded(point.text))
        stated = next(
            (
                s
                for s in check.letter.body
                if own and len(own & told_in(s.folded)) >= _STATED * len(own)
            ),
            None,
        )
        if stated is None:
            return None
        first = first or stated
    return first


def told_in(text: str) -> frozenset[str]:
    """Every word of folded text that is longer than two letters, or a number; not who speaks."""
    return frozenset(re.findall(r"\d+|[a-z]{3,}", text)) - _SHIFTING


def _unaccounted(check: UnderCheck, item: Item) -> list[Sentence]:
    how = item.satisfied
    rest = []
    for s in check.letter.body:
        if occurs(how.refuted_by, s.folded):
            break
        elsewhere = any(occurs(how.not_under, head) for head in s.heads)
        if is_said(s) and not elsewhere and not occurs(how.hollow + how.accounted_for, s.context):
            rest.append(s)
    return rest


def told_of(sentences: list[Sentence]) -> frozenset[str]:
    """What some sentences are about, dates left out."""
    return frozenset().union(*(matters(without_dates(s.folded)) for s in sentences))


def complaint_sentences(check: UnderCheck, item: Item) -> list[Sentence]:
    """The sentences in which the letter tells the complaint, under a heading or in its prose.

    In prose it is told before anything is decided about it, or in the same breath.
    """
    how = item.satisfied
    headed = check.under(how.headings)
    told = []
    decided = False
    for s in check.letter.body:
        over = (head for head in s.heads if not s.folded.startswith(head))
        elsewhere = decided or any(occurs(how.not_under, head) for head in over)
        real = is_said(s) and not occurs(how.hollow, s.context)
        if real and (s in headed or (not elsewhere and occurs(how.cues, s.context))):
            told.append(s)
        decided = decided or occurs(how.refuted_by, s.folded)
    return told


def outcomes_sought(check: UnderCheck, item: Item) -> Verdict:
    """The letter says what the resident wants, or says that it is not known and asks.

    A heading that promises the outcomes decides: what stands under it must name one.
    """
    how = item.satisfied
    headed = [s for s in check.under(how.headings) if s.zone == "body"]
    if headed:
        real = [s for s in headed if is_said(s) and not occurs(how.hollow, s.context)]
        named = [s for s in real if own_words([s]) or occurs(how.under_heading, s.folded)]
        if named:
            return met(named[0])
        if any(occurs(how.refuted_by, s.folded) for s in headed):
            return _asked(check, item, headed)
        return missing(headed[0])
    for s in check.saying(item, check.letter.body):
        if own_words([s]) or occurs(how.under_heading, s.folded):
            return met(s)
    return _asked(check, item, list(check.letter.body))


def _asked(check: UnderCheck, item: Item, sentences: list[Sentence]) -> Verdict:
    """Where the resident has not said what they want, the letter must say so and ask (5.6)."""
    for s in sentences:
        if occurs(item.satisfied.refuted_by, s.folded):
            around = (s, *check.letter.after(s, 2))
            if any("?" in t.text or occurs(_ASKING, t.folded) for t in around):
                return met(s, "The outcome is not known yet; the letter asks for it.")
            return unsure(s, "The letter says the outcome is not known, and does not ask for it.")
    return missing(check.seeming(item))


_ASKING: Final = (
    "please (tell|let|say|contact|call|ring|write|reply)",
    "(tell|let) (me|us) (know)",
)
