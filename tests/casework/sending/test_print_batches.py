"""Letters for a print house go in batches, each letter in exactly one, and are confirmed by it."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from correspondence.casework.handling.adjust import adjust
from correspondence.casework.sending import print_batches
from correspondence.casework.sending.submit import done_of
from correspondence.postroom.print_house import CONFIRMATIONS, MANIFEST, PrintHouse
from correspondence.store import postings
from tests.casework.bureau import LETTER, Bureau, at_work, state
from tests.casework.sending.test_posting import CASE, later, posted_by
from tests.jobs.corpus import complaint
from tests.jobs.office import change_profile, make_office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from correspondence.letters.pool import LetterPress

AN_HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def gathering(
    tmp_path_factory: pytest.TempPathFactory, prepared: dict[str, Path], press: LetterPress
) -> Path:
    """An office with two acknowledgements approved that go by post, by a print house."""
    folder = tmp_path_factory.mktemp("gathering") / "office"
    make_office(folder, prepared["approved"])
    with at_work(folder, press) as desk:
        (row,) = desk.receive(complaint(1, desk.now - timedelta(days=1)), read_as="complaint")
        assert row.case_reference is not None
        second = desk.define(row.case_reference)
        for reference, letter in ((CASE, LETTER), (row.case_reference, second)):
            adjust(desk.house, press, reference, {"by": "post"}, now=desk.now, actor=desk.rowan)
            desk.approve(letter)
    posted_by(folder, "print_house")
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "house"


@pytest.fixture
def folder(tmp_path: Path, gathering: Path, place: Path) -> Path:
    made = tmp_path / "office"
    make_office(made, gathering)
    change_profile(made, '# folder = "/srv/print-house"', f'folder = "{place}"')
    return made


@pytest.fixture
def desk(folder: Path, press: LetterPress) -> Iterator[Bureau]:
    with at_work(folder, press) as made:
        yield made


def batches(place: Path) -> dict[str, list[str]]:
    """The batches the house sees, each with the letters of its manifest."""
    found = {}
    for one in sorted(place.iterdir()) if place.is_dir() else []:
        if one.name.startswith(".") or one.name == CONFIRMATIONS:
            continue
        with (one / MANIFEST).open(newline="") as file:
            found[one.name] = [row["reference"] for row in csv.DictReader(file)]
        assert sorted(found[one.name]) == sorted(x.stem for x in one.glob("*.pdf"))
    return found


def confirm(place: Path, *lines: str, name: str = "confirmed.csv") -> Path:
    (place / CONFIRMATIONS).mkdir(exist_ok=True)
    path = place / CONFIRMATIONS / name
    path.write_text("\n".join(["reference,status,date", *lines, ""]))
    return path


def both(desk: Bureau) -> list[str]:
    """Both letters sent; their ids."""
    names = [row.id for row in desk.letters()]
    assert len(names) == 2
    assert [state(desk.send(one)) for one in names] == ["gathered", "gathered"]
    return names


def test_letters_are_gathered_and_put_into_one_batch(desk: Bureau, place: Path) -> None:
    first, second = both(desk)
    handed = desk.send(first)
    assert handed.submission is not None
    assert "next batch" in done_of(first, handed.submission)
    assert later(desk, timedelta(minutes=30)) == []
    assert batches(place) == {}
    assert later(desk, AN_HOUR) == []
    ((name, letters),) = batches(place).items()
    assert name == "2026-11-20-1030"
    assert [one.rpartition("-")[0] for one in letters] == [first, second]
    assert {desk.letter(one).status for one in (first, second)} == {"handed_over"}
    later(desk, AN_HOUR)
    assert len(batches(place)) == 1
    assert desk.outbox_files() == {}


def test_what_is_put_is_what_was_approved(desk: Bureau, place: Path) -> None:
    first, _ = both(desk)
    later(desk, AN_HOUR)
    ((name, letters),) = batches(place).items()
    raw = (place / name / f"{letters[0]}.pdf").read_bytes()
    assert raw == desk.house.documents.fetch(desk.revision(first).print_sha256 or "")


def test_a_letter_is_sent_once_the_house_confirms_that_it_was_posted(
    desk: Bureau, place: Path
) -> None:
    first, second = both(desk)
    later(desk, AN_HOUR)
    ((_, letters),) = batches(place).items()
    confirm(place, f"{letters[0]},posted,2026-11-23")
    desk.days_pass(4)
    assert desk.run().problems == []
    assert (desk.letter(first).status, desk.letter(first).sent_on) == ("sent", date(2026, 11, 23))
    assert desk.case(CASE).now_at.acknowledged_on == date(2026, 11, 23)
    assert desk.letter(second).status == "handed_over"
    assert not (place / CONFIRMATIONS / "confirmed.csv").exists()


def test_without_confirmations_a_person_records_that_it_went(desk: Bureau, place: Path) -> None:
    first, _ = both(desk)
    later(desk, AN_HOUR)
    desk.sent(first)
    assert desk.letter(first).status == "sent"
    assert batches(place)


def test_a_letter_brought_back_is_owed_again_and_one_not_printed_may_go_again(
    desk: Bureau, place: Path
) -> None:
    first, second = both(desk)
    later(desk, AN_HOUR)
    ((_, letters),) = batches(place).items()
    confirm(place, f"{letters[0]},posted,2026-11-20", f"{letters[1]},not printed,2026-11-20")
    (problem,) = later(desk)
    assert f"{second} was not printed" in problem
    assert desk.letter(second).status == "approved"
    confirm(place, f"{letters[0]},returned,2026-11-20")
    (problem,) = later(desk)
    assert "is owed again" in problem
    assert desk.letter(first).status == "failed"
    assert state(desk.send(second)) == "gathered"
    later(desk, AN_HOUR)
    assert list(batches(place).values())[1] == [letters[1]]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("CMP-2026-999999-L1-000000000000,posted,2026-11-20", "no letter was given to the house"),
        ("{0},posted,2027-01-01", "lies in the future"),
        ("{0},delivered,2026-11-20", "a status that is none of"),
    ],
)
def test_a_line_that_cannot_be_stays_and_is_named_until_it_is_put_right(
    desk: Bureau, place: Path, line: str, expected: str
) -> None:
    first, second = both(desk)
    later(desk, AN_HOUR)
    ((_, letters),) = batches(place).items()
    path = confirm(place, f"{letters[1]},posted,2026-11-20", line.format(letters[0]))
    for _ in range(2):
        (problem,) = later(desk)
        assert expected in problem
    assert (desk.letter(first).status, desk.letter(second).status) == ("handed_over", "sent")
    path.write_text(path.read_text().replace(line.format(letters[0]), ""))
    assert later(desk) == []
    assert not path.exists()


class _Killed(BaseException):
    """As if the process had ended there."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("whose", "step", "after"),
    [
        (PrintHouse, "lay_out", False),
        (PrintHouse, "lay_out", True),
        (postings, "put_in_batch", False),
        (postings, "put_in_batch", True),
        (PrintHouse, "put", False),
        (PrintHouse, "put", True),
        (print_batches, "_hand_over", False),
        (print_batches, "_hand_over", True),
    ],
)
def test_broken_off_at_any_step_each_letter_is_in_exactly_one_batch(
    folder: Path,
    place: Path,
    press: LetterPress,
    monkeypatch: pytest.MonkeyPatch,
    whose: object,
    step: str,
    *,
    after: bool,
) -> None:
    done = getattr(whose, step)

    def breaks_off(*arguments: object, **named: object) -> None:
        if after:
            done(*arguments, **named)
        raise _Killed

    with at_work(folder, press) as desk:
        both(desk)
        monkeypatch.setattr(whose, step, breaks_off)
        with pytest.raises(_Killed):
            later(desk, AN_HOUR)
        monkeypatch.setattr(whose, step, done)
    taken = dict(batches(place))
    for name in taken:  # the house collects at once
        (place / name).rename(place.parent / name)
    with at_work(folder, press) as desk:
        desk.now += 3 * AN_HOUR
        assert desk.run().problems == []
        letters = [one for batch in {**taken, **batches(place)}.values() for one in batch]
        assert len(letters) == len(set(letters)) == 2
        assert len(batches(place)) + len(taken) == 1
        assert {row.status for row in desk.letters()} == {"handed_over"}


def test_a_letter_whose_copy_is_lost_holds_no_other_up(desk: Bureau, place: Path) -> None:
    first, second = both(desk)
    desk.house.documents.remove(desk.revision(first).print_sha256 or "")
    (problem,) = [one for one in later(desk, AN_HOUR) if "batch" in one]
    assert problem.startswith(f"{first} is in no batch")
    ((_, letters),) = batches(place).items()
    assert [one.rpartition("-")[0] for one in letters] == [second]


def test_letters_whose_print_house_is_no_longer_named_are_told_of(
    folder: Path, place: Path, press: LetterPress
) -> None:
    with at_work(folder, press) as desk:
        both(desk)
    change_profile(folder, 'post = "print_house"', 'post = "outbox"')
    change_profile(folder, f'folder = "{place}"', '# folder = ""')
    with at_work(folder, press) as desk:
        assert "names no folder" in " ".join(later(desk, AN_HOUR))


def test_a_full_or_missing_folder_keeps_letters_waiting_and_says_so(
    desk: Bureau, place: Path
) -> None:
    both(desk)
    place.write_text("a file where the folder should be")
    problems = later(desk, AN_HOUR)
    assert any("Its letters wait" in one for one in problems)
    place.unlink()
    assert later(desk) == []
    assert len(batches(place)) == 1
