"""Whether a refusal says why, considers this resident, and names the way on (Code 2.1 to 2.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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

_WORDS_OF_A_LIFE: Final = 6
"""How much a passage must tell of the resident where it names no circumstance known as such."""

_ABOUT_YOU: Final = ("(you|your|yourself|yours)",)


def refusal_reasons(check: UnderCheck, item: Item) -> Verdict:
    """The letter names the ground it relies on and ties it to the facts of this matter."""
    how = item.satisfied
    headed = check.under(how.headings)
    weighed: set[tuple[int, int]] = set()
    for s in check.letter.body:
        if (s.passage, s.section) in weighed or not is_said(s) or occurs(how.hollow, s.folded):
            continue
        if occurs(how.cues, s.folded):
            weighed.add((s.passage, s.section))
            around = (*check.letter.passage(s), *check.letter.section(s))
            real = [t for t in around if not occurs(how.hollow, t.folded)]
            # A date is a fact of this matter like any other.
            dated = sum(len(check.dates(t)) for t in real)
            if len(own_words(real)) + dated >= how.specifics:
                return met(s)
    return missing(headed[0] if headed else check.seeming(item))


def individual_circumstances(check: UnderCheck, item: Item) -> Verdict:
    """The letter weighs facts of this resident's own; saying that it does so is not enough."""
    how = item.satisfied
    headed = [s for s in check.under(how.headings) if s.zone == "body"]
    # A heading that promises them decides; otherwise they may be told anywhere.
    told = headed or [s for s in check.letter.body if occurs(how.cues, s.context)]
    seeming: Sentence | None = None
    weighed: set[int] = set()
    for s in told:
        if s.passage in weighed:
            continue
        if not is_said(s) or occurs(how.hollow, s.folded):
            seeming = seeming or s
            continue
        weighed.add(s.passage)
        facts = [
            t
            for t in check.letter.passage(s)
            if occurs(_ABOUT_YOU, t.folded) and not occurs(how.hollow, t.folded)
        ]
        lived = any(occurs(how.under_heading, t.folded) for t in facts)
        if len(own_words(facts)) >= (how.specifics if lived else _WORDS_OF_A_LIFE):
            return met(s)
        seeming = seeming or s
    return missing(seeming)


def discretion(check: UnderCheck, item: Item) -> Verdict:
    """Where the ground is lateness, the letter says whether discretion was considered."""
    how = item.satisfied
    late = next(
        (s for s in check.letter.body if occurs(how.headings, s.folded)),
        None,
    )
    if late is None:
        return met(None)
    refused = next((s for s in check.letter.body if occurs(how.refuted_by, s.folded)), None)
    for s in check.letter.sentences:
        if occurs(how.cues, s.folded) and not occurs(how.hollow + how.refuted_by, s.folded):
            return met(s)
    return missing(refused or late)
