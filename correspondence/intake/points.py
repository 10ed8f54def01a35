"""Each separate matter of a message, and the outcome sought, in the message's own words.

Every piece is weighed by its signs; `benchmarks/learn_reading.py` makes the weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from correspondence.intake.judges.opinions import Opinions
from correspondence.intake.wording.pieces import pieces

if TYPE_CHECKING:
    from correspondence.intake.judges.learning import Opinion
    from correspondence.intake.reading import Kind
    from correspondence.intake.wording.findings import Findings
    from correspondence.intake.wording.pieces import Piece

MOST_POINTS, MOST_LISTED = 4, 12
_TELLS, _BESIDE = 0.25, 0.5  # how likely a point must be, alone and beside the likeliest
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
    outcome = _outcome(found, told, opinions.outcomes)
    return Points(
        _matters(told, outcome, kind, opinions.points),
        _whole_wish(outcome, told) if outcome else _wish_field(found),
    )


def _wish_field(found: Findings) -> str:
    """What a form's own field for the outcome says."""
    form = found.matter.form
    return form.all_of("outcome")[0].value if form and form.all_of("outcome") else ""


def _outcome(found: Findings, told: list[Piece], opinion: Opinion) -> Piece | None:
    """The piece that says what is wanted; None where a form has a field for it, or nobody says."""
    if _wish_field(found):
        return None
    likely = [
        (opinion.probabilities(piece.signs)["yes"], piece)
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
    """What the writer listed as separate, or else the pieces that tell most, in their order."""
    likely = [
        (opinion.probabilities(piece.signs)["yes"], place)
        for place, piece in enumerate(told)
        if "in wish field" not in piece.signs and _BOILERPLATE not in piece.signs
    ]
    if len(likely) > 1 and outcome is not None:
        likely = [pair for pair in likely if told[pair[1]] is not outcome]
    listed = [place for place, piece in enumerate(told) if "listed" in piece.signs]
    if 2 <= len(listed) <= MOST_LISTED:
        return tuple(dict.fromkeys(told[place].quote for place in listed))
    likely.sort(key=lambda pair: -pair[0])
    if not likely:
        return ()
    least = max(_TELLS, likely[0][0] * _BESIDE)
    chosen = [place for chance, place in likely[:MOST_POINTS] if chance >= least]
    if not chosen and kind in ("complaint", "escalation"):
        chosen = [likely[0][1]]
    return tuple(dict.fromkeys(told[place].quote for place in sorted(chosen)))
