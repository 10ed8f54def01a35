"""Learn to read from the corrections an office has kept, beside the lessons the product ships."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from correspondence.casework.learned import drop_weights, keep_weights
from correspondence.errors import FileUnusable
from correspondence.intake.corrections import as_labelled
from correspondence.intake.judges.learning import shipped
from correspondence.intake.labelled import labelled
from correspondence.intake.lessons import lesson, relearned
from correspondence.store import corrections

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.intake.lessons import Figures, Lesson


@dataclass(frozen=True, slots=True)
class LearningResult:
    """What learning came to: the old figures and the new, on messages held back from both."""

    corrections: int
    left_out: int  # lessons kept in a form that this version does not read
    before: Figures | None
    after: Figures | None
    worse: tuple[str, ...]
    kept: bool


def learn_from_corrections(
    house: OpenOffice, shipped_lessons: Path, files: Iterable[Path] = ()
) -> LearningResult:
    """Learn from the office's corrections (and from `files` of them), and keep what reads better.

    Where nothing is left to learn from, the office's weights are removed and the shipped ones
    speak again. Raises FileUnusable, StoreUnavailable.
    """
    folder = house.office.data / "learned"
    own, left_out = _own_lessons(house)
    own += [one for file in files for one in lessons_of(file)]
    if not own:
        drop_weights(folder)
        return LearningResult(0, left_out, None, None, (), kept=False)
    known = [one for file in _shipped_files(shipped_lessons) for one in lessons_of(file)]
    result = relearned(known, own)
    unknown = [
        f"what is known of {answer.replace('_', ' ')}"
        for name, opinion in (("kinds", result.kinds), ("areas", result.areas))
        for answer in shipped(name).answers
        if answer not in opinion.answers
    ]
    worse = (*result.worse, *unknown)
    if not worse:
        keep_weights(folder, result.kinds, result.areas)
    return LearningResult(len(own), left_out, result.before, result.after, worse, kept=not worse)


def forget(
    house: OpenOffice, messages: Iterable[int], *, because: str, now: datetime, actor: Actor
) -> int:
    """Erase the lessons kept of these messages; the weights know of them until learned anew."""
    with house.database.writing() as conn:
        return corrections.forget_lessons(
            conn, messages, because=because, now=now, by=actor.name, os_account=actor.os_account
        )


def lessons_of(file: Path) -> list[Lesson]:
    """The lessons of a file of labelled messages (JSONL). Raises FileUnusable."""
    try:
        return [lesson(one) for one in labelled(file.read_text(encoding="utf-8"), file.stem)]
    except (OSError, ValueError) as error:
        raise FileUnusable(f"{file} cannot be learned from: {error}") from error


def _own_lessons(house: OpenOffice) -> tuple[list[Lesson], int]:
    """The lessons the office has kept, and how many are of another form."""
    with house.database.reading() as conn:
        kept = corrections.lessons(conn)
    learned, left_out = [], 0
    for one in kept:
        try:
            learned.append(lesson(as_labelled(str(one.message), one.document, house.signs)))
        except (ValueError, KeyError, TypeError):
            left_out += 1
    return learned, left_out


def _shipped_files(folder: Path) -> list[Path]:
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise FileUnusable(
            f"{folder} holds no labelled messages (.jsonl); name their folder with --labelled."
        )
    return files
