"""A register is read whole or not at all, and what is written reads back the same."""

from __future__ import annotations

import codecs
import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.errors import FileUnusable
from correspondence.reports.register_file import read_register, register_file
from correspondence.reports.register_file.reading import RowsRefused
from correspondence.store.register_entry import COLUMNS, IssueFinding, RegisterEntry
from tests.reports.registers import registers, written

pytestmark = pytest.mark.slow

GOOD = {"reference": "A1", "kind": "complaint", "received": "2025-05-01"}


def only(raw: bytes) -> RegisterEntry:
    ((_, entry),) = read_register(raw, "past.csv").entries
    return entry


def refused(raw: bytes) -> str:
    with pytest.raises(FileUnusable) as caught:
        read_register(raw, "past.csv")
    return str(caught.value)


@given(registers())
def test_what_is_written_reads_back_the_same(register: tuple[RegisterEntry, ...]) -> None:
    text = register_file(register)
    read = read_register(text.encode("utf-8-sig"), "past.csv")
    assert tuple(entry for _, entry in read.entries) == register
    assert register_file(entry for _, entry in read.entries) == text


@given(registers())
def test_nothing_written_is_taken_for_a_formula(register: tuple[RegisterEntry, ...]) -> None:
    for row in csv.reader(io.StringIO(register_file(register), newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


def complaint_of(raw: bytes) -> str:
    """What is said of a file that cannot be taken; empty where it can."""
    try:
        read_register(raw, "past.csv")
    except FileUnusable as said:
        return str(said)
    return ""


@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
def test_any_bytes_are_read_or_refused_in_a_sentence(raw: bytes) -> None:
    for file in (raw, written([GOOD]) + raw):
        said = complaint_of(file)
        assert not said or ("past.csv" in said and said.endswith("."))


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8-sig", b""),
        ("cp1252", b""),
        ("utf-16", b""),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
    ],
)
def test_the_encodings_that_housing_systems_write_are_read(encoding: str, mark: bytes) -> None:
    text = written([GOOD | {"learning": "Café – £40"}]).decode()
    assert only(mark + text.encode(encoding)).learning == "Café – £40"


def test_a_semicolon_or_a_tab_may_part_the_cells() -> None:
    for delimiter in (";", "\t"):
        text = delimiter.join(GOOD) + "\n" + delimiter.join(GOOD.values())
        assert only(text.encode()).received == date(2025, 5, 1)


def test_columns_unknown_to_us_are_kept_and_named_and_lacking_ones_stay_empty() -> None:
    columns = ("Ward", *GOOD)
    read = read_register(written([GOOD | {"Ward": "North"}], columns), "past.csv")
    assert read.entries[0][1].other == (("Ward", "North"),)
    assert read.unknown_columns == ("Ward",)
    assert set(read.missing_columns) == set(COLUMNS) - set(GOOD)


def test_two_hundred_columns_are_kept_and_two_thousand_are_refused() -> None:
    many = tuple(f"x{number}" for number in range(200))
    row = GOOD | {name: name for name in many}
    assert len(only(written([row], (*GOOD, *many))).other) == 200
    assert "1,000 at most" in refused(",".join(["reference"] * 2000).encode())


def test_a_column_almost_named_as_ours_is_pointed_out() -> None:
    columns = (*GOOD, "stage1_respond")
    read = read_register(written([GOOD], columns), "past.csv")
    assert "stage1_responded" in read.notes[0]


def test_a_cell_like_a_formula_is_kept_as_text_and_said() -> None:
    read = read_register(written([GOOD | {"learning": "=HYPERLINK(1)"}]), "past.csv")
    assert read.entries[0][1].learning == "=HYPERLINK(1)"
    assert "formula" in read.notes[0]


def test_codes_may_be_written_as_people_write_them() -> None:
    entry = only(
        written([GOOD | {"kind": "Complaint", "tenure": "LCRA", "stage1_outcome": "Not upheld"}])
    )
    assert (entry.kind, entry.tenure, entry.stage1_outcome) == ("complaint", "lcra", "not_upheld")


def test_a_moment_counts_as_its_day_in_london() -> None:
    entry = only(written([GOOD | {"received": "2025-05-01T23:30:00Z"}]))
    assert entry.received == date(2025, 5, 2)


def test_findings_are_by_issue() -> None:
    entry = only(
        written([GOOD | {"ombudsman_finding": "repairs: service failure; handling: redress"}])
    )
    assert entry.ombudsman_finding == (
        IssueFinding("repairs", "service failure"),
        IssueFinding("handling", "redress"),
    )


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"received": ""}, "received is empty"),
        ({"reference": " "}, "reference is empty"),
        ({"received": "01/05/2025"}, "'01/05/2025' is not a date"),
        ({"received": "20250501"}, "'20250501' is not a date"),
        ({"received": "2025-02-30"}, "'2025-02-30' is not a date"),
        ({"received": "0025-05-01"}, "check the year"),
        ({"received": "=TODAY()"}, "is not a date"),
        ({"kind": "complain"}, "did you mean complaint?"),
        ({"kind": ""}, "kind is empty"),
        ({"tenure": "rented"}, "'rented' is none of lcra"),
        ({"stage1_outcome": "partly"}, "stage1_outcome 'partly' is none of upheld"),
        ({"stage1_responded": "2025-04-30"}, "comes before received"),
        ({"stage2_responded": "2025-06-30"}, "fill stage2_requested"),
        ({"stage1_extension_notified": "2025-05-09"}, "fill both or neither"),
        ({"ombudsman_finding": "maladministration"}, "without its category"),
        ({"kind": "mp_enquiry", "ombudsman_finding": "a: redress"}, "not a complaint"),
        ({"reference": "x" * 101}, "101 characters"),
        ({"reference": "a\nb"}, "on one line"),
    ],
)
def test_a_bad_line_is_refused_by_its_number_with_a_sentence(
    cells: dict[str, str], said: str
) -> None:
    row = {"reference": "A2", "kind": "complaint", "received": "2025-05-01"} | cells
    sentence = refused(written([GOOD, row]))
    assert "line 3: " in sentence
    assert said in sentence
    assert "nothing of it was kept" in sentence


def test_a_line_is_counted_where_it_begins_though_cells_run_over_several() -> None:
    long = GOOD | {"learning": "one\ntwo\nthree"}
    assert "line 5: " in refused(written([long, GOOD | {"reference": "A2", "kind": "?"}]))


def test_the_same_reference_twice_is_refused_with_both_lines() -> None:
    sentence = refused(written([GOOD, GOOD]))
    assert "line 3: " in sentence
    assert "line 2 already" in sentence


def test_every_bad_line_is_found_and_the_first_twenty_are_named() -> None:
    bad = [GOOD | {"reference": f"B{n}", "kind": "?"} for n in range(30)]
    with pytest.raises(RowsRefused) as caught:
        read_register(written([GOOD, *bad]), "past.csv")
    assert len(caught.value.lines) == 30
    assert "and 10 more" in str(caught.value)


def test_what_a_person_wrote_is_never_repeated_in_a_refusal() -> None:
    row = GOOD | {"learning": "Aneta's baby was ill", "received": "soon"}
    assert "Aneta" not in refused(written([row]))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n\n",
        b"\x00\x01\x02\x03",
        b"PK\x03\x04rest of a workbook",
        b"reference,kind,received,kind\n",
        b"reference,received\n",
        b'reference,kind,received\n"A1,complaint,2025-05-01',
        b'reference,kind,received\nA1,"complaint"x,2025-05-01',
        b"reference,kind,received\nA1,complaint",
        b"reference,kind,received\nA1,complaint,2025-05-01,more",
        b"reference,kind,received,\nA1,complaint,2025-05-01,nameless",
        codecs.BOM_UTF16_LE + b"a",
    ],
)
def test_a_file_that_is_no_register_is_refused(raw: bytes) -> None:
    assert "past.csv" in refused(raw)


def test_blank_lines_are_passed_over() -> None:
    assert only(written([GOOD]) + b"\r\n,,\r\n".replace(b",,", b"," * 25)).reference == "A1"
