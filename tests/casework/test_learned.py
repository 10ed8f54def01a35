"""The weights an office learned are used only where they are whole and of this version's form."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from correspondence.casework.doctor import reading
from correspondence.casework.learned import FORMAT, MANIFEST, keep_weights, learned_weights
from correspondence.intake.judges.learning import Opinion, shipped
from tests.casework.bureau import Bureau
from tests.jobs import corpus


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Weights that are whole, and unlike the shipped ones."""
    kinds, areas = (
        Opinion(
            opinion.answers,
            {"bias": tuple(range(len(opinion.answers))), "w lift": [0.5] * len(opinion.answers)},
        )
        for opinion in (shipped("kinds"), shipped("areas"))
    )
    keep_weights(tmp_path / "learned", kinds, areas)
    return tmp_path / "learned"


def test_whole_weights_are_read_as_they_were_kept(folder: Path) -> None:
    learned = learned_weights(folder)
    assert learned.own
    assert learned.problem == ""
    assert set(learned.opinions.kinds.weights) == {"bias", "w lift"}
    assert learned.opinions.points == shipped("points")


def test_an_office_without_weights_reads_with_the_shipped_ones(tmp_path: Path) -> None:
    learned = learned_weights(tmp_path / "learned")
    assert (learned.own, learned.problem) == (False, "")
    assert learned.opinions.kinds is shipped("kinds")


def another_form(folder: Path) -> None:
    told = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps(told | {"format": FORMAT - 1}))


def one_answer_fewer(folder: Path) -> None:
    kinds = Opinion(("complaint",), {"bias": (1.0,)})
    keep_weights(folder, kinds, shipped("areas"))


def an_answer_that_is_none(folder: Path) -> None:
    given = shipped("kinds")
    keep_weights(folder, Opinion((*given.answers[:-1], "grudge"), given.weights), shipped("areas"))


DAMAGE: dict[str, Callable[[Path], object]] = {
    "cut off": lambda folder: (folder / "kinds.json").write_bytes(
        (folder / "kinds.json").read_bytes()[:-20]
    ),
    "a figure changed": lambda folder: (folder / "areas.json").write_text(
        (folder / "areas.json").read_text().replace("0.5", "0.6", 1)
    ),
    "a file gone": lambda folder: (folder / "kinds.json").unlink(),
    "no manifest, as before it was written": lambda folder: (folder / MANIFEST).unlink(),
    "a manifest that is no JSON": lambda folder: (folder / MANIFEST).write_bytes(b"\xff{"),
    "a manifest that is a list": lambda folder: (folder / MANIFEST).write_text("[]"),
    "a manifest without digests": lambda folder: (folder / MANIFEST).write_text(
        json.dumps({"format": FORMAT, "sha256": 4})
    ),
    "an older form": another_form,
    "one answer fewer": one_answer_fewer,
    "an answer that is none": an_answer_that_is_none,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_damaged_weights_are_named_and_the_shipped_ones_used(
    folder: Path, damage: Callable[[Path], object]
) -> None:
    damage(folder)
    learned = learned_weights(folder)
    assert not learned.own
    assert learned.opinions.kinds is shipped("kinds")
    assert str(folder) in learned.problem
    assert "correspondence learn" in learned.problem


def test_doctor_names_weights_that_are_not_used(desk: Bureau) -> None:
    folder = desk.house.office.data / "learned"

    def told() -> list[tuple[str, str]]:
        found = reading.weights(desk.house.office, desk.now)
        return [(one.state, one.says) for one in found]

    assert told()[0][0] == "ok"
    folder.mkdir()
    (folder / "kinds.json").write_text("{}")
    ((state, says),) = told()
    assert state == "warn"
    assert MANIFEST in says


def test_a_run_with_damaged_weights_reads_all_the_same_and_says_so(desk: Bureau) -> None:
    folder = desk.house.office.data / "learned"
    folder.mkdir()
    (folder / MANIFEST).write_text("{}")
    desk.drop("one.eml", corpus.complaint(1, desk.now - timedelta(days=1)))
    worked = desk.run()
    assert (worked.opened, worked.failed) == (1, 0)
    assert any(str(folder) in problem for problem in worked.problems)
