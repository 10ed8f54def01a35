"""Each separate matter of a message, and the outcome sought, in the message's own words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from correspondence.intake.hazards import HAZARDS
from correspondence.intake.passages import Span, clauses
from correspondence.intake.vocabulary.areas import AREAS

if TYPE_CHECKING:
    from correspondence.intake.findings import Findings
    from correspondence.intake.passages import Passage
    from correspondence.intake.reading import Kind

MOST_POINTS = 4
_LONGEST = 22  # words; a longer sentence is cut to its clauses
_SHORTEST = 3
_TELLING: dict[str, float] = {
    "failure": 2.0,
    "dissatisfied": 1.0,
    "rejects_answer": 1.5,
    "staff_conduct": 1.5,
    "discrimination": 1.5,
    "complaint_wish": 0.5,
    "first_report": 0.5,
    "safeguarding": 0.5,
    **dict.fromkeys(HAZARDS, 1.0),
    **{entry.name: 0.4 for entry in AREAS},
}
_WISHING = re.compile(
    r"\b(?:(?:i|we|he|she|they) (?:would|'d|should|just|only|now|simply|also|really|do|therefore)*"
    r"(?: (?:would|should|just|only|now|simply|also|really|do|therefore))* ?"
    r"(?:want|wants|like|need|expect|seek|ask|request|insist|demand|require|be grateful|be obliged"
    r"|appreciate|wish|hope)\b|please\b|pls\b|can (?:you|someone|somebody|anyone|i|we)\b"
    r"|could (?:you|someone|somebody|anyone|i|we|he|she|it|the|mr|ms|mrs)\b|would (?:you|someone)\b"
    r"|will (?:you|someone|somebody)\b|any chance|you are required to|what (?:i|we) want"
    r"|i'd (?:like|be|appreciate|rather)|let (?:me|us) know|all (?:i|we) (?:want|ask)"
    r"|(?:grateful|appreciate) (?:if|for|your|it)|looking for|to resolve this|to put (?:this|it) right"
    r"|as a resolution|outcome)"
)
_STRONG_WISH = re.compile(
    r"\b(?:(?:i|we|he|she|they)(?: would|'d| should)?(?: just| only| now| simply| also| really)* "
    r"(?:want|wants|like|seek|ask|expect|demand|request)|what (?:i|we) want|all (?:i|we) (?:want|ask)"
    r"|please (?!find|see|note|excuse|forgive|ignore|bear|be aware|feel|contact me if|do not hesitate)"
    r"|could (?:you|someone|somebody)|can (?:you|someone|somebody)|would you|you are required to"
    r"|to resolve this|to put (?:this|it) right|grateful (?:if|for))"
)
_NOT_A_WISH = re.compile(
    r"\b(?:please find|please see|please note|please excuse|do not hesitate|like to thank|want to thank"
    r"|like to say thank|want to complain|like to complain|wish to complain|make a complaint"
    r"|want to make|wanted to|would like to report|treat this as|log this|raise a|i would like to make"
    r"|can you believe|would you believe|can you imagine|please do not reply)"
)
_NEVER_POINT = re.compile(
    r"^(?:dear|hi\b|hello|good (?:morning|afternoon|evening)|yours|kind regards|regards|many thanks"
    r"|thanks|thank you|best wishes|sent from|tel\b|phone|mobile|from:|to:|subject:|date:|ref)"
)


@dataclass(frozen=True, slots=True)
class Points:
    """The separate matters, and what is wanted; empty where the message does not say."""

    points: tuple[str, ...] = ()
    outcome: str = ""


def points(kind: Kind, found: Findings) -> Points:
    """The matters of a message, in its own order, and the outcome sought."""
    if kind in ("automatic", "spam", "unreadable"):
        return Points()
    outcome, outcome_span = _outcome(found)
    return Points(_matters(found, outcome_span), outcome)


def _outcome(found: Findings) -> tuple[str, tuple[int, Span] | None]:
    """The sentence in which the resident says what they want."""
    form = found.matter.form
    if form is not None:
        wishes = form.all_of("outcome")
        if wishes:
            return wishes[0].value, None
    best: tuple[float, str, tuple[int, Span]] | None = None
    for passage in found.matter.spoken:
        count = max(1, len(passage.sentences))
        for index, sentence in enumerate(passage.sentences):
            words = passage.folded[sentence.start : sentence.end]
            if not _WISHING.search(words) or len(words.split()) < 3:
                continue
            if _NEVER_POINT.match(words) and "please" not in words:
                continue
            score = (
                1.0 + 2.0 * bool(_STRONG_WISH.search(words)) - 2.5 * bool(_NOT_A_WISH.search(words))
            )
            score += index / count
            if best is None or score > best[0]:
                best = (score, passage.quote(sentence), (id(passage), sentence))
    if best is None or best[0] < 1.0:
        return "", None
    return best[1], best[2]


def _matters(found: Findings, outcome: tuple[int, Span] | None) -> tuple[str, ...]:
    """The clauses that tell most, a few at most, in the order they stand."""
    ranked: list[tuple[float, int, int, Span, Passage]] = []
    for order, passage in enumerate(found.matter.spoken):
        if passage.place.startswith("form:") and len(found.matter.spoken) > 1 and order > 0:
            continue
        tells = _telling(found, passage)
        for sentence in passage.sentences:
            if outcome == (id(passage), sentence):
                continue
            for piece in _pieces(passage, sentence):
                words = passage.folded[piece.start : piece.end]
                if len(words.split()) < _SHORTEST or _NEVER_POINT.match(words):
                    continue
                score = sum(weight for start, weight in tells if piece.start <= start < piece.end)
                if score > 0:
                    ranked.append((score, order, piece.start, piece, passage))
    ranked.sort(key=lambda entry: -entry[0])
    chosen = ranked[:MOST_POINTS]
    if chosen:
        least = chosen[0][0] * 0.6
        chosen = [entry for entry in chosen if entry[0] >= least][:3]
    chosen.sort(key=lambda entry: (entry[1], entry[2]))
    return tuple(dict.fromkeys(entry[4].quote(entry[3]) for entry in chosen))


def _telling(found: Findings, passage: Passage) -> list[tuple[int, float]]:
    return [
        (entry.hit.start, weight)
        for family, weight in _TELLING.items()
        for entry in found.of(family, (passage,))
    ]


def _pieces(passage: Passage, sentence: Span) -> list[Span]:
    """A sentence, or its clauses where it is long, neighbours joined up to a readable length."""
    if len(passage.folded[sentence.start : sentence.end].split()) <= _LONGEST:
        return [sentence]
    pieces: list[Span] = []
    for clause in clauses(passage, sentence):
        if pieces:
            joined = passage.folded[pieces[-1].start : clause.end]
            if len(joined.split()) <= 14:
                pieces[-1] = Span(pieces[-1].start, clause.end)
                continue
        pieces.append(clause)
    return pieces
