"""All 73 provisions are there, each in our own words, and none can be asked for by mistake."""

import re
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from correspondence.handling_code.provisions import (
    HOUSING_OMBUDSMAN_CODE_2024,
    Force,
    UnknownProvision,
    provision,
    words,
)


def test_the_code_has_73_provisions_in_nine_sections() -> None:
    per_section = [len(HOUSING_OMBUDSMAN_CODE_2024.section(n)) for n in range(1, 10)]
    assert per_section == [6, 5, 7, 3, 15, 20, 4, 5, 8]
    assert len(HOUSING_OMBUDSMAN_CODE_2024) == 73
    assert len(HOUSING_OMBUDSMAN_CODE_2024.sections) == 9


def test_the_numbers_run_through_each_section_without_a_gap() -> None:
    for section in range(1, 10):
        numbers = [p.number for p in HOUSING_OMBUDSMAN_CODE_2024.section(section)]
        assert numbers == [f"{section}.{n}" for n in range(1, len(numbers) + 1)]


def test_every_provision_says_what_it_asks_of_whom_and_since_when() -> None:
    for each in HOUSING_OMBUDSMAN_CODE_2024:
        assert each.requirement.endswith(".")
        assert each.binds
        assert each.in_force_from == date(2024, 4, 1)
        assert all(part.requirement.endswith(".") for part in each.parts)


def test_only_the_introduction_and_what_the_ombudsman_may_ask_do_not_bind_outright() -> None:
    assert {p.number for p in HOUSING_OMBUDSMAN_CODE_2024 if p.force is not Force.MUST} == {
        "1.1",
        "8.4",
    }


@pytest.mark.parametrize(
    ("number", "letters"),
    [("2.2", "abc"), ("5.8", "abcd"), ("6.9", "abcdefg"), ("6.19", "abcdefg"),
     ("7.1", "abcdefgh"), ("8.1", "abcdef"), ("9.7", "abcd"), ("9.8", "abc")],
)  # fmt: skip
def test_a_provision_with_parts_has_all_of_them(number: str, letters: str) -> None:
    assert "".join(part.letter for part in provision(number).parts) == letters


def test_a_lettered_part_is_found_however_it_is_written() -> None:
    for written in ("6.9g", "6.9 (g)", " 6.9G ", "6.9(g)"):
        assert words(written) == "How to escalate to stage 2 if the resident is not satisfied."
        assert provision(written).number == "6.9"


def test_the_two_stages_differ_in_where_the_resident_can_go_next() -> None:
    assert words("6.9f") == words("6.19f")
    assert "Ombudsman" in words("6.19g")


def test_a_provision_applies_from_april_2024() -> None:
    assert not provision("6.4").in_force(date(2024, 3, 31))
    assert provision("6.4").in_force(date(2026, 11, 21))


@pytest.mark.parametrize(
    "number", ["6.21", "10.1", "0.1", "6", "", "6.9h", "6.4a", "6.1.1", "vi.4"]
)
def test_a_number_the_code_does_not_have_is_refused(number: str) -> None:
    with pytest.raises(UnknownProvision, match=r"1\.1 to 9\.8"):
        provision(number)


@given(st.text(max_size=200))
def test_what_is_no_clause_is_refused_in_one_short_sentence(text: str) -> None:
    assume(not re.match(r"\s*[0-9]{1,2}\.[0-9]", text))
    with pytest.raises(UnknownProvision) as refused:
        provision(text)
    assert len(str(refused.value)) < 250
