"""Whether a response decides the complaint, explains it, and answers all of it (Code 6.7, 6.9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from correspondence.letters.checking.anatomy import each_passage
from correspondence.letters.checking.judging import (
    UnderCheck,
    Verdict,
    clauses,
    is_said,
    met,
    missing,
    own_words,
)
from correspondence.letters.cues import occurs

if TYPE_CHECKING:
    from correspondence.letters.checking.anatomy import Sentence
    from correspondence.letters.checklists import Item

_APOLOGY: Final = ("<we> (apologise|apologises|regret|regrets)", "sorry")


def decision(check: UnderCheck, item: Item) -> Verdict:
    """The letter says what was decided: upheld, partly, not, or as much in plain words."""
    how = item.satisfied
    headed = check.under(how.headings)
    for sentence in check.letter.spoken:
        if not is_said(sentence) or occurs(how.hollow, sentence.context):
            continue
        if occurs(how.cues, sentence.folded) or (
            sentence in headed and occurs(how.under_heading, sentence.folded)
        ):
            return met(sentence)
    for heading in check.letter.headings:
        if occurs(how.cues, heading.folded) and not occurs(how.hollow, heading.folded):
            return met(heading)
    return missing(next((s for s in headed), None))


def reasons(check: UnderCheck, item: Item) -> Verdict:
    """The letter explains the decision by what was found out, not by how carefully it was made."""
    how = item.satisfied
    headed = check.under(how.headings)
    told = [
        s
        for passage in each_passage(check.letter.body)
        for s in _before_apology(passage)
        if is_said(s)
        and not occurs(how.hollow, s.folded)
        and (s in headed or not occurs(how.refuted_by, s.context))
        and not any(occurs(how.not_under, head) for head in s.heads)
    ]
    explained = [s for s in told if s in headed or occurs(how.cues, s.folded)]
    if len(own_words(explained)) >= how.specifics:
        return met(max(explained, key=lambda s: len(own_words([s]))))
    return missing(headed[0] if headed else None)


def _before_apology(passage: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """The sentences up to an apology: what follows it tells what was suffered, not why."""
    for number, sentence in enumerate(passage):
        if occurs(_APOLOGY, sentence.folded):
            return passage[:number]
    return passage


_WENT_WRONG: Final = (
    "(failed|failing|neglected|omitted|forgot) to",
    "(did not|didn t|was not|were not) ... (as|which) [the] ... (require*|should|agreed)",
    "(by|in|an|a|through) (error|mistake|oversight)",
    "contrary to",
)
_CLEARED: Final = (
    "(not|<nt>|neither|nor|no|cannot|unable) ... (uphold|upheld|fault|failing*|wrong)",
    "(dismiss*|reject*|unfounded|unjustified)",
)


def put_right(check: UnderCheck, item: Item) -> Verdict:
    """Where fault is found the letter owns it; where none is found nothing is asked."""
    how = item.satisfied
    answers = [s for s in check.letter.spoken if is_said(s)]
    upheld = next((s for s in answers if _finds_fault(s, item)), None)
    cleared = any(occurs(_CLEARED, s.folded) for s in answers)
    told = next((s for s in answers if not cleared and occurs(_WENT_WRONG, s.folded)), None)
    fault = upheld or told
    if fault is None:
        return met()
    seeming = how.hollow + how.refuted_by
    for s in answers:
        for clause in clauses(s):
            if occurs(how.under_heading, clause) and not occurs(seeming, clause):
                return met(s)
    denial = next((s for s in answers if occurs(how.refuted_by, s.folded)), None)
    return missing(denial or fault)


def _finds_fault(sentence: Sentence, item: Item) -> bool:
    return occurs(item.satisfied.cues, sentence.folded) and not occurs(
        item.satisfied.headings, sentence.folded
    )
