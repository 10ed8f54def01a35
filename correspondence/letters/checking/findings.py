"""Whether a response decides the complaint, explains it, and answers all of it (Code 6.7, 6.9)."""

from __future__ import annotations

import re
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
    without_dates,
)
from correspondence.letters.checking.points import Point, names_point, points_of
from correspondence.letters.checking.substance import stems
from correspondence.letters.cues import occurs

if TYPE_CHECKING:
    from correspondence.letters.checking.anatomy import Sentence
    from correspondence.letters.checklists import Item

_ELSEWHERE: Final = (
    "<ombudsman>",
    "(if|should|were|where) you",
    "you (can|may) (ask|request|escalate|contact)",
)


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


def all_points(check: UnderCheck, item: Item) -> Verdict:
    """Every point of the complaint as the letter defines it is answered somewhere after."""
    how = item.satisfied
    points = points_of(check, how.headings)
    if check.facts.points and not points:
        points = [Point(None, point.text.lower()) for point in check.facts.points]
    answers = [s for s in _answers(check, points) if not occurs(_ELSEWHERE, s.folded)]
    if decides := next((s for s in answers if occurs(how.cues, s.folded)), None):
        return met(decides)
    if put_off := next((s for s in answers if occurs(how.refuted_by, s.context)), None):
        return missing(put_off)
    decided = [s for s in answers if occurs(how.accounted_for, s.folded)]
    if points and len(decided) >= len(points) + points[0].skipped:
        return met(decided[0])
    open_points = [p for p in points if not _answered(p, points, answers)]
    if open_points:
        return missing(open_points[0].sentence, "This point is not answered.")
    return met()


def _answers(check: UnderCheck, points: list[Point]) -> list[Sentence]:
    told = {id(p.sentence) for p in points}
    last = max((p.sentence.end for p in points if p.sentence), default=0)
    spoken = [s for s in check.letter.sentences if s.zone == "body"]
    body = [s for s in spoken if id(s) not in told]
    after = [s for s in body if s.start >= last]
    return after or body


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


def _answered(point: Point, points: list[Point], answers: list[Sentence]) -> bool:
    """Whether the answers take up what only this point is about, or its number."""
    if names_point(point, points, answers):
        return True
    if _passed_over(point, points, answers):
        return False
    if point.skipped and not any(re.search(_ORDINAL, s.folded) for s in answers):
        # Points strung together in prose are answered in prose, in words that may all differ.
        return True
    others = frozenset().union(*(p.stems for p in points if p is not point))
    own = point.stems - others or point.stems
    if not own:
        return True
    said = frozenset().union(*(stems(without_dates(s.folded)) for s in answers))
    return bool(own & said)


def _passed_over(point: Point, points: list[Point], answers: list[Sentence]) -> bool:
    """Whether the answers take other points by their letter and leave this one's out."""
    taken = {s.mark for s in answers} & {p.mark for p in points}
    return point.mark.isalpha() and len(taken) > 1 and point.mark not in taken


_ORDINAL: Final = (
    r"\b(?:first|second|third|fourth)(?:ly)?(?:,|\s(?:point|part|head|matter|issue|complaint|of|and"
    r"|is|was|i|we|you)\b)|\((?:[abc123]|i+)\)"
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
