"""Whether a letter that asks for something asks it plainly, and stops nothing meanwhile.

Code 5.6 asks for a question where the complaint is unclear; nothing in the Code stops a clock for
the answer, or for a consent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.letters.checking.judging import (
    UnderCheck,
    Verdict,
    clauses,
    is_said,
    met,
    missing,
    own_words,
    says,
    unsure,
)
from correspondence.letters.cues import occurs

if TYPE_CHECKING:
    from correspondence.letters.checking.anatomy import Sentence
    from correspondence.letters.checklists import Item


def question(check: UnderCheck, item: Item) -> Verdict:
    """The letter asks about something of its own, with or without a question mark."""
    how = item.satisfied
    for s in check.letter.body:
        asks = "?" in s.text or occurs(how.cues, s.context)
        if not asks or not is_said(s) or occurs(how.hollow, s.context):
            continue
        if len(own_words([s])) >= how.specifics or _asks_more(check, s, item):
            return met(s)
    return missing(check.seeming(item))


def _asks_more(check: UnderCheck, s: Sentence, item: Item) -> bool:
    """Whether what is asked about stands in the rest of the paragraph or in the list it opens."""
    listed = [t for t in check.letter.after(s, 4) if t.lead and t.lead in s.folded]
    more = [
        t
        for t in (*check.letter.passage(s), *listed)
        if not occurs(item.satisfied.hollow, t.folded)
    ]
    return len(own_words(more)) >= item.satisfied.specifics + 1


def goes_on(check: UnderCheck, item: Item) -> Verdict:
    """The letter says that the complaint goes on, and nowhere that it waits or may be closed."""
    how = item.satisfied
    for s in check.letter.body:
        for clause in clauses(s):
            if occurs(how.refuted_by, clause) and not occurs(how.unless, clause):
                return missing(s, "This stops the complaint, which the Code does not allow.")
    for s in check.letter.body:
        if is_said(s) and says(s, item):
            return met(s)
    return missing(check.seeming(item))


def consent_needed(check: UnderCheck, item: Item) -> Verdict:
    """Consent is not asked of a resident who went to a councillor or an MP; a person must say."""
    for s in check.letter.body:
        if occurs(item.satisfied.cues, s.folded):
            return unsure(s)
    return met()
