"""Learn to read from labelled messages: kinds, service areas, points and wishes, all at once.

python -m benchmarks.learn_reading       learn from all labelled messages and write the weights
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import correspondence.intake
from benchmarks.labelled_messages import Labelled, labelled_messages
from correspondence.intake.judges.area_features import area_features
from correspondence.intake.judges.kind_features import features
from correspondence.intake.judges.learning import Opinion, learn
from correspondence.intake.judges.opinions import Opinions
from correspondence.intake.judges.order import rules
from correspondence.intake.judges.subject import ACKNOWLEDGED, Subject
from correspondence.intake.matter import matter_of
from correspondence.intake.service_areas import WITHOUT_AREA, named_area
from correspondence.intake.signals import signals
from correspondence.intake.wording.findings import Findings
from correspondence.intake.wording.pieces import pieces

if TYPE_CHECKING:
    from collections.abc import Iterable

LEARNED = Path(correspondence.intake.__file__).parent / "judges" / "learned"
_POINTS, _OUTCOMES = 0.002, 0.0005  # how strongly these weights are held towards nothing

Example = tuple[dict[str, float], str]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one labelled message teaches on each question."""

    author: str
    kind: Example
    area: Example | None
    points: tuple[Example, ...]
    wishes: tuple[Example, ...]


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
    if kind not in WITHOUT_AREA:
        by_words = named_area(kind, found, ())
        area = (area_features(found, kind, by_words), labels["service_area"])
    told, wished = [], []
    for piece in pieces(found, signs.writer):
        is_point = any(answers(label, piece.quote) for label in labels["points"])
        wish = labels["outcome_sought"]
        is_wish = bool(wish) and answers(wish, piece.quote)
        if labels["points"] and kind in ACKNOWLEDGED:
            told.append((piece.signs, "yes" if is_point else "no"))
        wished.append((piece.signs, "yes" if is_wish else "no"))
    return Lesson(
        entry.author, (features(it, rules(it).kind), kind), area, tuple(told), tuple(wished)
    )


def learned(lessons: Iterable[Lesson]) -> Opinions:
    """The opinions that these lessons give."""
    lessons = tuple(lessons)
    return Opinions(
        kinds=learn([one.kind for one in lessons]),
        areas=learn([one.area for one in lessons if one.area is not None]),
        points=learn([pair for one in lessons for pair in one.points], _POINTS),
        outcomes=learn([pair for one in lessons for pair in one.wishes], _OUTCOMES),
    )


def main() -> None:
    """Learn from every labelled message, and write the weights that are shipped."""
    lessons = [lesson(entry) for entry in labelled_messages()]
    opinions = learned(lessons)
    kept: dict[str, Opinion] = {
        name: getattr(opinions, name) for name in ("kinds", "areas", "points", "outcomes")
    }
    for name, opinion in kept.items():
        (LEARNED / f"{name}.json").write_text(opinion.as_json(), encoding="utf-8")
        sys.stdout.write(f"{name}: {len(opinion.weights)} weights from {len(lessons)} messages\n")


if __name__ == "__main__":
    main()
