"""The labelled messages keep their figures: a change that reads them worse is seen."""

from __future__ import annotations

from functools import cache

from benchmarks.labelled_messages import labelled_messages
from benchmarks.score_reading import Score
from correspondence.intake.understanding import understand


@cache
def score() -> Score:
    figures = Score()
    for entry in labelled_messages():
        figures.add(entry, understand(entry.message, entry.landlord))
    return figures


def share(name: str) -> float:
    return score().right[name] / score().of[name]


def test_kinds_are_mostly_right() -> None:
    assert share("kind") >= 0.89


def test_complaints_are_hardly_ever_missed() -> None:
    assert share("not missed") >= 0.96


def test_machines_are_never_acknowledged() -> None:
    assert score().right["machines acknowledged"] == 0


def test_little_is_acknowledged_for_nothing() -> None:
    assert share("drafted for nothing") <= 0.05


def test_services_and_wishes_are_mostly_right() -> None:
    assert share("service area") >= 0.79
    assert share("outcome") >= 0.8


def test_people_are_not_asked_about_everything() -> None:
    assert share("asks a person") <= 0.15


def test_people_and_their_details_are_found() -> None:
    assert share("name") >= 0.95
    assert share("postcode") >= 0.98
    assert share("phone") >= 0.98
    assert share("reference") >= 0.98


def test_every_label_quotes_its_message() -> None:
    for entry in labelled_messages():
        parts = [entry.message.text, *(part.text for part in entry.message.attachments)]
        written = " ".join(" ".join(parts).split()).replace("’", "'").lower()
        wanted = [*entry.labels["points"], entry.labels["outcome_sought"]]
        for words in wanted:
            assert " ".join(words.split()).replace("’", "'").lower() in written, entry.id
