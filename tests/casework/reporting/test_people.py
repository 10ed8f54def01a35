"""People are taken in whole or not at all, and cases count by whose home they are about."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.cases.people import Resident
from correspondence.casework.acting import ourselves
from correspondence.casework.handling.log import ComplaintTaken, open_case
from correspondence.casework.reporting.annual_report import annual_report, asked_of
from correspondence.casework.reporting.people import import_people, match_cases
from correspondence.casework.reporting.people_file import COLUMNS, as_postcode, read_people
from correspondence.errors import FileUnusable
from correspondence.reports.register_file.reading import RowsRefused
from correspondence.store import people
from tests.casework.handling.test_ombudsman import logged

if TYPE_CHECKING:
    from correspondence.casework.reporting.people import ImportedPeople
    from tests.casework.bureau import Bureau

HEAD = ",".join(COLUMNS)
WENNA = (
    "T-1,Wenna Garsdale,9 Alder Row,100023336956,AB1 2CD,lcra,"
    "wenna@example.net;w.garsdale@example.org,01632 960 111;07700 900 222,large print"
)
ORRIN = "T-2,Orrin Vale,2 Alder Row,,AB1 2CD,shared_ownership,orrin@example.net,,"


def file(*lines: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *lines, ""]).encode()


def taken_in(desk: Bureau, raw: bytes, *, whole: bool = False) -> ImportedPeople:
    return import_people(desk.house, raw, "people.csv", whole=whole, now=desk.now, actor=desk.rowan)


def complained(desk: Bureau, **resident: str) -> str:
    taken = ComplaintTaken(
        received_on=desk.now.date(), channel="telephone", resident=Resident(**resident)
    )
    return open_case(desk.house, taken, now=desk.now, actor=desk.rowan).reference


def known(desk: Bureau) -> dict[str, people.Person]:
    with desk.house.database.reading() as conn:
        found = [people.by_reference(conn, one) for one in ("T-1", "T-2")]
    return {one.tenancy_reference: one for one in found if one}


def test_every_line_is_kept_and_a_second_time_changes_nothing(either_desk: Bureau) -> None:
    first = taken_in(either_desk, file(WENNA, ORRIN))
    assert (first.rows, first.added, first.changed) == (2, 2, 0)
    wenna = known(either_desk)["T-1"]
    assert wenna.emails == ("w.garsdale@example.org", "wenna@example.net")
    assert wenna.phones == ("01632 960 111", "07700 900 222")
    assert (wenna.tenure, wenna.postcode) == ("lcra", "AB1 2CD")
    assert known(either_desk)["T-2"].tenure == "lcho"
    again = taken_in(either_desk, file(WENNA, ORRIN))
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)


def test_a_whole_file_removes_those_it_does_not_name(desk: Bureau) -> None:
    taken_in(desk, file(WENNA, ORRIN))
    assert taken_in(desk, file(WENNA)).removed == 0
    assert taken_in(desk, file(WENNA), whole=True).removed == 1
    assert set(known(desk)) == {"T-1"}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (",Wenna,,,,lcra,,,", "no tenancy reference"),
        ("T-3,,,,,lcra,,,", "no name"),
        ("T-3,Wenna,,,,castle,,,", "no tenure known here"),
        ("T-3,Wenna,,12345678901234,,lcra,,,", "UPRN"),
        ("T-3,Wenna,,,NOWHERE,lcra,,,", "postcode"),
        ("T-3,Wenna,,,,lcra,not an address,,", "mail addresses"),
        (WENNA, "stands on line 2 already"),
        ("T-3,Wenna,,,,lcra,,,,one too many", "10 cells"),
        (f"T-3,{'x' * 600},,,,lcra,,,", "longer than 500"),
    ],
)
def test_a_bad_line_is_refused_by_its_number_and_nothing_is_kept(
    desk: Bureau, line: str, why: str
) -> None:
    with pytest.raises(RowsRefused, match=rf"line 4: .*{why}") as refused:
        taken_in(desk, file(WENNA, ORRIN, line))
    assert "Garsdale" not in str(refused.value), "no line is repeated"
    assert known(desk) == {}


def test_a_file_without_its_columns_is_refused() -> None:
    with pytest.raises(FileUnusable, match="no column tenancy_reference"):
        read_people(b"name,address\nWenna,9 Alder Row\n", "people.csv")
    with pytest.raises(FileUnusable, match="twice"):
        read_people(b"tenancy_reference,name,name\nT-1,Wenna,Wenna\n", "people.csv")


def test_other_encodings_delimiters_and_columns_are_read() -> None:
    text = "tenancy_reference;name;gas meter\nT-1;Zoë Müller;12\n"
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
        read = read_people(text.encode(encoding), "people.csv")
        assert read.people[0].name == "Zoë Müller"
        assert read.unknown_columns == ("gas meter",)


@given(st.binary(max_size=200))
def test_no_bytes_make_reading_fail_otherwise_than_by_saying_so(raw: bytes) -> None:
    with contextlib.suppress(FileUnusable):
        read_people(raw, "people.csv")


@pytest.mark.parametrize(
    ("written", "is_"), [("ab12cd", "AB1 2CD"), (" w1a  1aa ", "W1A 1AA"), ("12", ""), ("", "")]
)
def test_a_postcode_is_written_one_way(written: str, is_: str) -> None:
    assert as_postcode(written) == is_


def test_a_known_address_says_whose_home_it_is_and_the_case_counts_in_the_measures(
    desk: Bureau,
) -> None:
    reference = complained(desk, name="W. Garsdale", email="wenna@example.net")
    assert taken_in(desk, file(WENNA, ORRIN)).matched == 1
    case = desk.case(reference)
    assert (case.tenure, case.tenancy_reference) == ("lcra", "T-1")
    today = desk.now.date()
    asked = asked_of(today=today, first=today, last=today, homes=1_000, homes_lcho=100)
    figures, _ = annual_report(desk.house, asked)
    assert (figures.measures.CH01_1, figures.measures_lcho.CH01_1) == (1.0, 0.0)


def test_name_and_postcode_together_say_it_too(desk: Bureau) -> None:
    reference = complained(desk, name="Orrin Vale", postcode="ab1 2cd")
    taken_in(desk, file(WENNA, ORRIN))
    assert desk.case(reference).tenure == "lcho"


def test_a_stranger_and_a_doubt_are_left_to_a_person(desk: Bureau) -> None:
    stranger = complained(desk, name="Pell Arden", email="pell@example.net")
    shared = complained(desk, name="Somebody Else", email="office@agent.example")
    agent = [
        "T-5,Ada Brook,,,,lcra,office@agent.example,,",
        "T-6,Bee Crane,,,,leaseholder,office@agent.example,,",
    ]
    assert taken_in(desk, file(*agent)).matched == 0
    assert desk.case(stranger).tenure == desk.case(shared).tenure == ""
    logged(desk, "tenure", shared, tenure="leaseholder", on=None)
    assert desk.case(shared).tenure == "leaseholder"


def test_a_later_import_leaves_what_a_case_counts_as(desk: Bureau) -> None:
    reference = complained(desk, name="Wenna", email="wenna@example.net")
    taken_in(desk, file(WENNA))
    taken_in(desk, file(WENNA.replace(",lcra,", ",leaseholder,")))
    assert desk.case(reference).tenure == "lcra"


def test_new_cases_are_matched_by_the_main_job(desk: Bureau) -> None:
    taken_in(desk, file(WENNA))
    reference = complained(desk, name="Wenna Garsdale", email="wenna@example.net")
    assert desk.case(reference).tenure == ""
    assert match_cases(desk.house, now=desk.now, actor=ourselves(), only_new=True) == 1
    assert match_cases(desk.house, now=desk.now, actor=ourselves(), only_new=True) == 0
