"""What labelled messages teach of reading, and whether more of them make it better.

Officers correct how messages were read. Learning from the corrections is tried on messages held
back before it is believed: an office is never given weights that miss more complaints.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from correspondence.intake.flags import LEARNED, WITHOUT_FLAGS, by_rules
from correspondence.intake.judges.area_features import area_features
from correspondence.intake.judges.flag_features import flag_features
from correspondence.intake.judges.kind_features import features
from correspondence.intake.judges.learning import Opinion, learn, learn_each
from correspondence.intake.judges.opinions import Opinions
from correspondence.intake.judges.order import rules
from correspondence.intake.judges.subject import ACKNOWLEDGED, Subject
from correspondence.intake.matter import matter_of
from correspondence.intake.people.representatives import representative
from correspondence.intake.service_areas import WITHOUT_AREA, named_area
from correspondence.intake.signals import signals
from correspondence.intake.wording.findings import Findings
from correspondence.intake.wording.pieces import pieces, with_kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from correspondence.intake.labelled import Labelled

# How strongly these weights are held towards nothing.
_KINDS, _POINTS, _OUTCOMES = 0.0002, 0.0005, 0.0005

Example = tuple[dict[str, float], str]
Question = Literal["kinds", "areas", "points", "outcomes", "flags"]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one labelled message teaches on each question."""

    author: str
    kind: Example
    area: Example | None
    points: tuple[Example, ...]
    wishes: tuple[Example, ...]
    flags: tuple[dict[str, float], frozenset[str]] | None = None


def words(text: str) -> set[str]:
    """The words of a text, for comparing two stretches of it."""
    return set(re.findall(r"[a-z0-9']+", text.lower().replace("’", "'")))


def answers(label: str, given: str) -> bool:
    """Whether a piece holds most of what a label holds, without swallowing the message."""
    wanted, held = words(label), words(given)
    return len(wanted & held) >= 0.6 * len(wanted) and len(held) <= max(12, 2.5 * len(wanted))


def lesson(entry: Labelled) -> Lesson:
    """What a labelled message teaches."""
    signs = signals(entry.message, entry.landlord)
    matter = matter_of(
        entry.message, by_colleague=signs.writer == "staff", by_machine=signs.machine == "notice"
    )
    found = Findings(matter)
    it = Subject(entry.message, matter, signs, found, entry.landlord)
    labels = entry.labels
    kind, area = labels["kind"], None
    if kind not in WITHOUT_AREA and "service_area" in labels.keys() - entry.unsaid:
        by_words = named_area(kind, found, ())
        area = (area_features(found, kind, by_words), labels["service_area"])
    told, wished = [], []
    for piece in pieces(found, signs.writer):
        is_point = any(answers(label, piece.quote) for label in labels["points"])
        wish = labels["outcome_sought"]
        is_wish = bool(wish) and answers(wish, piece.quote)
        if labels["points"] and kind in ACKNOWLEDGED:
            told.append((piece.signs, "yes" if is_point else "no"))
        if "outcome_sought" not in entry.unsaid:
            wished.append((with_kind(piece.signs, kind), "yes" if is_wish else "no"))
    flagged = None
    if kind not in WITHOUT_FLAGS and "flags" in labels.keys() - entry.unsaid:
        helper = representative(kind, entry.message, matter, signs)
        raised, _ = by_rules(kind, it, represented=helper is not None)
        flagged = (flag_features(it, kind, raised), frozenset(labels["flags"]))
    return Lesson(
        author=entry.author,
        kind=(features(it, rules(it).kind), kind),
        area=area,
        points=tuple(told),
        wishes=tuple(wished),
        flags=flagged,
    )


def learned(lessons: Iterable[Lesson]) -> Opinions:
    """The opinions that these lessons give."""
    lessons = tuple(lessons)
    return Opinions(**{question: opinion_on(question, lessons) for question in QUESTIONS})


QUESTIONS: tuple[Question, ...] = get_args(Question)


def opinion_on(question: Question, lessons: Sequence[Lesson]) -> Opinion:
    """The opinion on one question that these lessons give."""
    if question == "kinds":
        return learn([one.kind for one in lessons], _KINDS)
    if question == "areas":
        return learn([one.area for one in lessons if one.area is not None])
    if question == "points":
        return learn([pair for one in lessons for pair in one.points], _POINTS)
    if question == "outcomes":
        return learn([pair for one in lessons for pair in one.wishes], _OUTCOMES)
    told = [one.flags for one in lessons if one.flags is not None]
    return learn_each(told, tuple(LEARNED))


FOLDS = 3
_CHANCE = 0.005  # a difference in shares no greater than this is chance
_DUE = 0.45  # how likely a complaint or escalation must be to count as found


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of messages held back that were read rightly."""

    kind: float
    found: float  # complaints and escalations taken for either
    area: float


@dataclass(frozen=True, slots=True)
class Relearned:
    """Weights learned with the corrections, and how they read messages held back."""

    kinds: Opinion
    areas: Opinion
    before: Figures
    after: Figures

    @property
    def worse(self) -> tuple[str, ...]:
        """What the new weights read worse than the old, in words; empty where nothing is."""
        pairs = (
            ("complaints and escalations found", self.before.found, self.after.found),
            ("kinds", self.before.kind, self.after.kind),
            ("service areas", self.before.area, self.after.area),
        )
        return tuple(name for name, old, new in pairs if new < old - _CHANCE)


def relearned(known: Sequence[Lesson], corrections: Sequence[Lesson]) -> Relearned:
    """Learn from both, and try old and new on every third part held back from both."""
    before: list[tuple[bool, bool | None, bool | None]] = []
    after: list[tuple[bool, bool | None, bool | None]] = []
    for fold in range(FOLDS):
        old = [one for number, one in enumerate(known) if number % FOLDS != fold]
        new = [one for number, one in enumerate(corrections) if number % FOLDS != fold]
        tried = [*known[fold::FOLDS], *corrections[fold::FOLDS]]
        for marks, lessons in ((before, old), (after, [*old, *new])):
            kinds, areas = _kinds_and_areas(lessons)
            marks += [_marked(one, kinds, areas) for one in tried]
    kinds, areas = _kinds_and_areas([*known, *corrections])
    return Relearned(kinds, areas, _figures(before), _figures(after))


def _kinds_and_areas(lessons: Sequence[Lesson]) -> tuple[Opinion, Opinion]:
    return opinion_on("kinds", lessons), opinion_on("areas", lessons)


def _marked(one: Lesson, kinds: Opinion, areas: Opinion) -> tuple[bool, bool | None, bool | None]:
    """Whether its kind is right; whether, being a complaint, it is found; whether its area is."""
    found, kind = one.kind
    likely = kinds.probabilities(found)
    right = max(likely, key=lambda name: likely[name]) == kind
    due = sum(likely.get(name, 0.0) for name in ACKNOWLEDGED)
    is_found = due >= _DUE if kind in ACKNOWLEDGED else None
    if one.area is None:
        return right, is_found, None
    places = areas.probabilities(one.area[0])
    return right, is_found, max(places, key=lambda name: places[name]) == one.area[1]


def _figures(marks: list[tuple[bool, bool | None, bool | None]]) -> Figures:
    def share(column: int) -> float:
        told = [mark[column] for mark in marks if mark[column] is not None]
        return sum(map(bool, told)) / max(1, len(told))

    return Figures(kind=share(0), found=share(1), area=share(2))
