"""The general judgement: a sentence or a section that says what the item asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.letters.checking.judging import (
    UnderCheck,
    Verdict,
    is_said,
    met,
    missing,
    own_words,
)
from correspondence.letters.cues import occurs

if TYPE_CHECKING:
    from correspondence.letters.checking.anatomy import Sentence
    from correspondence.letters.checklists import Item


def said(check: UnderCheck, item: Item) -> Verdict:
    """A sentence says it in the item's cues, or a section headed for it does so in fewer words."""
    how = item.satisfied
    headed = [
        s for s in check.under(how.headings) if is_said(s) and not occurs(how.hollow, s.context)
    ]
    for s in headed:
        enough = occurs(how.under_heading, s.context) if how.under_heading else True
        if enough and _is_about_this(s, item):
            return met(s)
    for s in check.saying(item):
        if _is_about_this(s, item):
            return met(s)
    # A heading that only promises the item is no evidence; where none is asked for, it may say it.
    for heading in check.letter.headings if not how.headings else ():
        if occurs(how.cues, heading.folded) and not occurs(how.hollow, heading.folded):
            return met(heading)
    return missing(check.seeming(item))


def _is_about_this(sentence: Sentence, item: Item) -> bool:
    """Whether the sentence has words of its own, or speaks of all the points together."""
    how = item.satisfied
    return len(own_words([sentence])) >= how.specifics or occurs(how.accounted_for, sentence.folded)
