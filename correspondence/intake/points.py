"""Each separate matter of a message, and the outcome sought, in the message's own words.

Every piece is weighed by its signs; `benchmarks/learn_reading.py` makes the weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from correspondence.intake.judges.opinions import Opinions
from correspondence.intake.wording.passages import Span
from correspondence.intake.wording.pieces import pieces, with_kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.intake.judges.learning import Opinion
    from correspondence.intake.reading import Kind
    from correspondence.intake.wording.findings import Findings
    from correspondence.intake.wording.pieces import Piece

MOST_POINTS, MOST_LISTED = 4, 12
_TELLS, _BESIDE = 0.3, 0.45  # how likely a point must be, alone and beside the likeliest
_TOGETHER, _JOINED_WORDS = 3, 20  # pieces, and different words, that may be told as one point
_LONGEST = 28  # words of such a point, however often they are said
_BETWEEN = 12  # characters: a word that joins two clauses is all that may stand between them
_HARDLY = 0.05  # what is less likely a point is no part of one either
_FITS_JOINED = 0.9  # how often what is told in two breaths is one matter that reads as one
_WISHED = 0.08  # how likely a piece must be to say what is wanted
_BOILERPLATE = "wish boilerplate"
_LONGEST_WISH = 40  # words
_WITHOUT_POINTS: frozenset[str] = frozenset({"automatic", "spam", "unreadable"})


@dataclass(frozen=True, slots=True)
class Points:
    """The separate matters, and what is wanted; empty where the message does not say."""

    points: tuple[str, ...] = ()
    outcome: str = ""


def points(kind: Kind, found: Findings, writer: str, opinions: Opinions | None = None) -> Points:
    """The matters of a message, in its own order, and the outcome sought."""
    if kind in _WITHOUT_POINTS:
        return Points()
    told = pieces(found, writer)
    opinions = opinions or Opinions()
    outcome = _outcome(found, told, kind, opinions.outcomes)
    return Points(
        _matters(told, outcome, kind, opinions.points),
        _whole_wish(outcome, told) if outcome else _wish_field(found),
    )


def _wish_field(found: Findings) -> str:
    """What a form's own field for the outcome says."""
    form = found.matter.form
    return form.all_of("outcome")[0].value if form and form.all_of("outcome") else ""


def _outcome(found: Findings, told: list[Piece], kind: Kind, opinion: Opinion) -> Piece | None:
    """The piece that says what is wanted; None where a form has a field for it, or nobody says."""
    if _wish_field(found):
        return None
    likely = [
        (opinion.probabilities(with_kind(piece.signs, kind))["yes"], piece)
        for piece in told
        if _BOILERPLATE not in piece.signs
    ]
    chance, best = max(likely, key=lambda pair: pair[0], default=(0.0, None))
    return best if chance >= _WISHED else None


def _whole_wish(best: Piece, told: list[Piece]) -> str:
    """The wish with the rest of its sentence, where the sentence goes on wishing."""
    passage = best.passage
    sentence = passage.sentence_at(best.span.start)
    whole = passage.quote(sentence)
    beside = [
        piece
        for piece in told
        if piece is not best
        and piece.passage is passage
        and sentence.start <= piece.span.start < sentence.end
    ]
    wishes = any(name.startswith("wish ") for piece in beside for name in piece.signs)
    if wishes and best.span.end <= sentence.end and len(whole.split()) <= _LONGEST_WISH:
        return whole
    return best.quote


def _matters(
    told: list[Piece], outcome: Piece | None, kind: str, opinion: Opinion
) -> tuple[str, ...]:
    """What the writer listed as separate, or else the stretches that tell most, in their order."""
    listed = [piece.quote for piece in told if "listed" in piece.signs]
    if 2 <= len(listed) <= MOST_LISTED:
        return tuple(dict.fromkeys(listed))
    able = [
        piece
        for piece in told
        if "in wish field" not in piece.signs and _BOILERPLATE not in piece.signs
    ]
    if len(able) > 1:
        able = [piece for piece in able if piece is not outcome]
    chances = [opinion.probabilities(piece.signs)["yes"] for piece in able]
    if not chances:
        return ()
    chosen = _stretches(able, chances)
    if not chosen and kind in ("complaint", "escalation"):
        best = max(range(len(able)), key=chances.__getitem__)
        chosen = [Stretch(best, best + 1, chances[best])]
    chosen = sorted(chosen, key=lambda stretch: -stretch.chance)[:MOST_POINTS]
    quotes = (_quote(able[one.first : one.end]) for one in sorted(chosen, key=lambda s: s.first))
    return tuple(dict.fromkeys(quotes))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pieces that follow one another, from `first` to before `end`, and how likely a point."""

    first: int
    end: int
    chance: float


def _stretches(able: list[Piece], chances: list[float]) -> list[Stretch]:
    """The stretches that together hold most points for their number; none touches another.

    Each one named costs as much as it must be likely, so that two halves of one matter are told
    together ('I rang on Monday. Nobody came.') and two likely points apart.
    """
    cost = max(_TELLS, _BESIDE * max(chances))
    worth = [0.0]
    last: list[Stretch | None] = [None]  # with which stretch the best choice so far ends, if any
    for end in range(1, len(able) + 1):
        most, chosen = worth[-1], None
        for stretch in _ending_at(end, able, chances):
            with_it = worth[stretch.first] + stretch.chance - cost
            if with_it > most:
                most, chosen = with_it, stretch
        worth.append(most)
        last.append(chosen)
    found: list[Stretch] = []
    end = len(able)
    while end:
        taken = last[end]
        if taken is not None:
            found.append(taken)
        end = end - 1 if taken is None else taken.first
    return found


def _ending_at(end: int, able: list[Piece], chances: list[float]) -> Iterator[Stretch]:
    """Every stretch that ends before this place, the shortest first."""
    first = end - 1
    missed, words = 1 - chances[first], list[str]()
    yield Stretch(first, end, chances[first])
    while first and end - first < _TOGETHER and min(chances[first - 1 : first + 1]) >= _HARDLY:
        before, piece = able[first - 1], able[first]
        between = piece.passage.folded[before.span.end : piece.span.start]
        if before.passage is not piece.passage or "\n" in between:
            return
        words += before.folded.split() if words else [*before.folded.split(), *piece.folded.split()]
        if len(set(words)) > _JOINED_WORDS or len(words) > _LONGEST or len(between) > _BETWEEN:
            return
        first -= 1
        missed *= 1 - chances[first]
        yield Stretch(first, end, _FITS_JOINED * (1 - missed))


def _quote(told: list[Piece]) -> str:
    """The words from the first of these pieces to the last, as they were written."""
    first, last = told[0], told[-1]
    return first.passage.quote(Span(first.span.start, last.span.end))
