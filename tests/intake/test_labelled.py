"""Messages by an author from whom nothing was learned keep their figures: worse reading is seen."""

from __future__ import annotations

from functools import cache

import pytest

from benchmarks.labelled_messages import LABELLED, labelled_messages
from benchmarks.score_reading import Score
from correspondence.intake.lessons import learned, lesson
from correspondence.intake.understanding import understand

pytestmark = pytest.mark.timeout(1200)  # whichever comes first learns from all the others

HELD_BACK = "round_d"


@cache
def score() -> Score:
    figures = Score()
    others = [file for file in sorted(LABELLED.glob("*.jsonl")) if file.stem != HELD_BACK]
    lessons = [lesson(entry) for file in others for entry in labelled_messages(file)]
    opinions = learned(lessons)
    for entry in labelled_messages(LABELLED / f"{HELD_BACK}.jsonl"):
        figures.add(entry, understand(entry.message, entry.landlord, opinions))
    return figures


def share(name: str) -> float:
    return score().right[name] / score().of[name]


@pytest.mark.slow
def test_kinds_are_mostly_right() -> None:
    assert share("kind") >= 0.8


@pytest.mark.slow
def test_complaints_are_hardly_ever_missed() -> None:
    assert share("recall") >= 0.94


@pytest.mark.slow
def test_machines_are_never_acknowledged() -> None:
    assert score().machines == 0


@pytest.mark.slow
def test_little_is_acknowledged_for_nothing() -> None:
    assert share("false_ack") <= 0.17


@pytest.mark.slow
def test_services_and_wishes_are_mostly_right() -> None:
    assert share("service_area") >= 0.68
    assert share("outcome") >= 0.8


@pytest.mark.slow
def test_people_are_not_asked_about_everything() -> None:
    assert share("asks") <= 0.2


@pytest.mark.slow
def test_people_and_their_details_are_found() -> None:
    assert share("name") >= 0.92
    assert share("postcode") >= 0.98
    assert share("phone") >= 0.98
    assert share("reference") >= 0.98


@pytest.mark.slow
def test_every_label_quotes_its_message() -> None:
    for entry in labelled_messages():
        parts = [entry.message.text, *(part.text for part in entry.message.attachments)]
        written = " ".join(" ".join(parts).split()).replace("’", "'").lower()
        wanted = [*entry.labels["points"], entry.labels["outcome_sought"]]
        for words in wanted:
            assert " ".join(words.split()).replace("’", "'").lower() in written, entry.id
