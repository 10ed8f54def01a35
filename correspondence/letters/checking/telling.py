"""Whether a letter tells its matter, or only says that there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.letters.checking.judging import (
    UnderCheck,
    Verdict,
    is_said,
    met,
    missing,
    own_words,
    says,
)
from correspondence.letters.cues import occurs

if TYPE_CHECKING:
    from correspondence.letters.checking.anatomy import Sentence
    from correspondence.letters.checklists import Item


def told(check: UnderCheck, item: Item) -> Verdict:
    """The sentences that say it, or stand under its heading, hold enough words of their own.

    Where the item has a `residue`, it is also told by whatever no other item accounts for: an
    answer may be put in any words at all.
    """
    how = item.satisfied
    headed = check.under(how.headings)
    telling = [
        s
        for s in check.letter.body
        if is_said(s)
        and not any(occurs(how.not_under, head) for head in s.heads)
        and (says(s, item) or (s in headed and not occurs(how.hollow, s.context)))
    ]
    if telling and len(own_words(telling)) >= how.specifics:
        return met(_fullest(telling))
    rest = _unaccounted(check, item) if how.residue else []
    if rest and len(own_words(rest)) >= how.residue:
        return met(_fullest(rest))
    return missing(telling[0] if telling else check.seeming(item))


def reason_for_change(check: UnderCheck, item: Item) -> Verdict:
    """The letter says why the date has moved, or that it has not."""
    for s in check.letter.body:
        if is_said(s) and occurs(item.satisfied.accounted_for, s.folded):
            return met(s)
    return told(check, item)


def way_to(check: UnderCheck, item: Item) -> Verdict:
    """The letter names the thing and, beside it, a way to reach it: a number, a form, a person.

    The way may stand in the same sentence, or in the rest of its paragraph or section.
    """
    how = item.satisfied
    spoken = check.letter.sentences
    ways = {s.place for s in spoken if is_said(s) and occurs(how.under_heading, s.context)}
    seeming: Sentence | None = None
    for s in check.letter.spoken:
        if s.zone == "before" or not is_said(s) or not (says(s, item) or _is_headed(s, item)):
            continue
        seeming = seeming or s
        around = (s, *check.letter.passage(s), *check.letter.section(s), *check.letter.after(s, 1))
        if any(t.place in ways for t in around):
            return met(s)
    return missing(seeming or check.seeming(item))


def _is_headed(sentence: Sentence, item: Item) -> bool:
    how = item.satisfied
    return any(occurs(how.cues, head) and not occurs(how.hollow, head) for head in sentence.heads)


def _unaccounted(check: UnderCheck, item: Item) -> list[Sentence]:
    how = item.satisfied
    return [
        s
        for s in check.letter.body
        if is_said(s)
        and not occurs(how.hollow + how.accounted_for, s.context)
        and not any(occurs(how.not_under, head) for head in s.heads)
    ]


def _fullest(sentences: list[Sentence]) -> Sentence:
    return max(sentences, key=lambda s: len(own_words([s])))
