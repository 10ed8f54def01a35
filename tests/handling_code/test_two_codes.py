"""The second Code stands beside the first and is never mistaken for it."""

from datetime import date

import pytest

from correspondence.handling_code.provisions import (
    HOUSING_OMBUDSMAN_CODE_2024,
    LOCAL_GOVERNMENT_CODE_2024,
    Force,
    UnknownProvision,
)
from correspondence.handling_code.self_assessment.local_government_form import (
    LOCAL_GOVERNMENT_FORM,
)
from correspondence.handling_code.two_codes import DIFFERENCES


def test_the_housing_ombudsmans_code_binds_by_law_and_the_other_is_guidance() -> None:
    assert HOUSING_OMBUDSMAN_CODE_2024.statutory
    assert not LOCAL_GOVERNMENT_CODE_2024.statutory


def test_the_other_code_says_must_only_where_the_equality_act_does() -> None:
    musts = [p for p in LOCAL_GOVERNMENT_CODE_2024 if p.force is Force.MUST]
    assert [p.number for p in musts] == ["3.1", "5.6"]
    assert all("Equality Act" in p.requirement for p in musts)


def test_the_other_code_is_used_in_investigations_from_april_2026() -> None:
    assert {p.in_force_from for p in LOCAL_GOVERNMENT_CODE_2024} == {date(2026, 4, 1)}
    acknowledge = LOCAL_GOVERNMENT_CODE_2024.provision("6.2")
    assert not acknowledge.in_force(date(2026, 3, 31))
    assert acknowledge.in_force(date(2026, 4, 1))


def test_the_other_code_has_nine_sections_numbered_without_a_gap() -> None:
    assert len(LOCAL_GOVERNMENT_CODE_2024.sections) == 9
    sizes = [len(LOCAL_GOVERNMENT_CODE_2024.section(n)) for n in range(1, 10)]
    assert sizes == [8, 5, 8, 3, 11, 20, 5, 3, 7]
    for section, size in enumerate(sizes, 1):
        numbers = [p.number for p in LOCAL_GOVERNMENT_CODE_2024.section(section)]
        assert numbers == [f"{section}.{n}" for n in range(1, size + 1)]


def test_every_provision_says_what_it_asks_and_of_whom() -> None:
    for each in LOCAL_GOVERNMENT_CODE_2024:
        assert each.requirement.endswith(".")
        assert each.binds
        assert all(part.requirement.endswith(".") for part in each.parts)


def test_the_same_number_need_not_ask_the_same() -> None:
    for number in ("1.5", "2.3", "5.3", "5.6", "7.4"):
        ours, theirs = HOUSING_OMBUDSMAN_CODE_2024, LOCAL_GOVERNMENT_CODE_2024
        assert ours.words(number) != theirs.words(number)


def test_what_was_not_read_in_the_other_code_itself_says_so() -> None:
    unverified = {p.number for p in LOCAL_GOVERNMENT_CODE_2024.unverified}
    assert "6.15" in unverified
    assert unverified.isdisjoint({"6.2", "6.3", "6.4", "6.5", "2.2", "5.5", "8.1", "9.7"})
    assert HOUSING_OMBUDSMAN_CODE_2024.unverified == ()


@pytest.mark.parametrize("number", ["3.9", "6.21", "8.4", "9.9", "10.1"])
def test_a_number_the_other_code_does_not_have_is_refused_not_guessed(number: str) -> None:
    with pytest.raises(UnknownProvision, match="Local Government"):
        LOCAL_GOVERNMENT_CODE_2024.provision(number)


def test_a_difference_not_yet_verified_says_so() -> None:
    unverified = {d.what for d in DIFFERENCES if not d.verified}
    assert "Timescales at stage 2" in unverified
    assert "Submitting the self-assessment every year" in unverified
    assert "Timescales at stage 1" not in unverified


def test_every_difference_names_provisions_that_there_are() -> None:
    for difference in DIFFERENCES:
        for clause in difference.housing_clauses:
            assert HOUSING_OMBUDSMAN_CODE_2024.provision(clause)
        for clause in difference.local_clauses:
            assert LOCAL_GOVERNMENT_CODE_2024.provision(clause)


def test_a_difference_on_an_unverified_provision_is_itself_unverified() -> None:
    for difference in DIFFERENCES:
        if difference.verified:
            read = [LOCAL_GOVERNMENT_CODE_2024.provision(c) for c in difference.local_clauses]
            assert all(provision.verified for provision in read), difference.what


def test_the_other_form_has_a_row_for_every_section_and_two_for_the_stages() -> None:
    assert [(row.section, row.stage) for row in LOCAL_GOVERNMENT_FORM] == [
        (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 1), (6, 2), (7, 0), (8, 0), (9, 0),
    ]  # fmt: skip
    rows = [number for row in LOCAL_GOVERNMENT_FORM for number in row.provisions]
    assert rows == [p.number for p in LOCAL_GOVERNMENT_CODE_2024]
