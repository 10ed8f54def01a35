"""A print house sees whole batches, each once, and what it confirms is read or left where it is."""

from __future__ import annotations

import csv
import hashlib
from datetime import date
from typing import TYPE_CHECKING

import pytest

from correspondence.errors import StoreUnavailable
from correspondence.postroom.print_house import (
    COLUMNS,
    CONFIRMATIONS,
    MANIFEST,
    Confirmed,
    Printed,
    PrintHouse,
)

if TYPE_CHECKING:
    from pathlib import Path

LETTERS = (Printed("CMP-1-L1-aa", b"%PDF one", 3), Printed("CMP-2-L1-bb", b"%PDF two", 2))
BATCH = "2026-11-20-1430"


@pytest.fixture
def house(tmp_path: Path) -> PrintHouse:
    return PrintHouse(tmp_path / "house", paper="A4, white", postage="second")


def seen(house: PrintHouse) -> list[str]:
    """What whoever collects the folder sees."""
    return sorted(one.name for one in house.folder.iterdir() if not one.name.startswith("."))


def confirm(house: PrintHouse, text: str | bytes, name: str = "one.csv") -> Path:
    place = house.folder / CONFIRMATIONS
    place.mkdir(parents=True, exist_ok=True)
    raw = text.encode() if isinstance(text, str) else text
    (place / name).write_bytes(raw)
    return place / name


def test_a_batch_is_not_seen_before_it_is_whole(house: PrintHouse) -> None:
    house.lay_out(BATCH, LETTERS)
    assert seen(house) == []
    house.put(BATCH)
    assert seen(house) == [BATCH]
    assert not any((house.folder / ".laying-out").iterdir())


def test_the_manifest_has_a_line_for_each_letter(house: PrintHouse) -> None:
    house.lay_out(BATCH, LETTERS)
    house.put(BATCH)
    with (house.folder / BATCH / MANIFEST).open(newline="") as file:
        head, *rows = list(csv.reader(file))
    assert tuple(head) == COLUMNS
    assert rows == [
        ["CMP-1-L1-aa", "CMP-1-L1-aa.pdf", "3", "2", "A4, white", "second",
         hashlib.sha256(b"%PDF one").hexdigest()],
        ["CMP-2-L1-bb", "CMP-2-L1-bb.pdf", "2", "1", "A4, white", "second",
         hashlib.sha256(b"%PDF two").hexdigest()],
    ]  # fmt: skip
    for row in rows:
        raw = (house.folder / BATCH / row[1]).read_bytes()
        assert hashlib.sha256(raw).hexdigest() == row[-1]


def test_one_sided_paper_takes_a_sheet_for_each_page(tmp_path: Path) -> None:
    house = PrintHouse(tmp_path, paper="A4", postage="first", both_sides=False)
    house.lay_out(BATCH, LETTERS)
    house.put(BATCH)
    assert ",3,3,A4,first," in (tmp_path / BATCH / MANIFEST).read_text()


def test_a_batch_that_the_house_took_away_is_not_put_again(house: PrintHouse) -> None:
    house.lay_out(BATCH, LETTERS)
    house.put(BATCH)
    (house.folder / BATCH).rename(house.folder.parent / "taken")
    house.put(BATCH)
    assert seen(house) == []


def test_a_batch_laid_out_half_is_laid_out_anew(house: PrintHouse) -> None:
    half = house.folder / ".laying-out" / BATCH
    half.mkdir(parents=True)
    (half / "CMP-1-L1-aa.pdf").write_bytes(b"%PD")
    house.lay_out(BATCH, LETTERS)
    house.put(BATCH)
    assert (house.folder / BATCH / "CMP-1-L1-aa.pdf").read_bytes() == b"%PDF one"


def test_what_nothing_names_is_cleared_and_what_is_named_stays(house: PrintHouse) -> None:
    house.lay_out(BATCH, LETTERS)
    house.lay_out("2026-11-20-1530", LETTERS)
    house.clear(keeping=[BATCH])
    house.put(BATCH)
    house.put("2026-11-20-1530")
    assert seen(house) == [BATCH]


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    house = PrintHouse(tmp_path / "file", paper="A4", postage="second")
    with pytest.raises(StoreUnavailable, match="Its letters wait"):
        house.lay_out(BATCH, LETTERS)


def test_confirmations_are_read_and_set_aside_under_a_name_of_their_own(
    house: PrintHouse,
) -> None:
    text = "\ufeffreference,status,date,by\r\nCMP-1-L1-aa,Posted,2026-11-23,us\r\n"
    for _ in range(2):
        confirm(house, text)
        (read,) = house.confirmations()
        assert read.lines == (Confirmed(2, "CMP-1-L1-aa", "posted", date(2026, 11, 23)),)
        assert read.faults == ()
        house.settle(read)
    assert list(house.confirmations()) == []
    kept = {one.name for one in (house.folder / CONFIRMATIONS / "processed").iterdir()}
    assert kept == {"one.csv", "one-2.csv"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (",posted,2026-11-23", "names no letter"),
        ("A,delivered,2026-11-23", "a status that is none of posted, returned, not_printed"),
        ("A,posted,23/11/2026", "no date as year-month-day"),
        ("A", "a status that is none of"),
    ],
)
def test_a_line_that_cannot_be_understood_is_named_by_its_number(
    house: PrintHouse, line: str, expected: str
) -> None:
    confirm(house, f"reference,status,date\nB,posted,2026-11-23\n{line}\n")
    (read,) = house.confirmations()
    assert [one.reference for one in read.lines] == ["B"]
    (fault,) = read.faults
    assert fault.startswith("Line 3 of one.csv")
    assert expected in fault


@pytest.mark.parametrize(
    "raw", [b"\xff\xfe\x00", b"a,b\n1,2\n", b"reference,status\nA,posted\n", b"\0" * 100]
)
def test_what_is_no_list_of_confirmations_is_refused_in_a_sentence(
    house: PrintHouse, raw: bytes
) -> None:
    confirm(house, raw)
    (read,) = house.confirmations()
    assert read.lines == ()
    assert all(fault.endswith(".") for fault in read.faults)
