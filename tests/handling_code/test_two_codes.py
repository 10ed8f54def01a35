"""The second Code stands beside the first and is never mistaken for it."""

from datetime import date

import pytest

from correspondence.handling_code.provisions import (
    HOUSING_OMBUDSMAN_CODE_2024,
    LOCAL_GOVERNMENT_CODE_2024,
    Force,
    UnknownProvision,
)
from correspondence.handling_code.two_codes import DIFFERENCES


def test_the_housing_ombudsmans_code_binds_by_law_and_the_other_is_guidance() -> None:
    assert HOUSING_OMBUDSMAN_CODE_2024.statutory
    assert not LOCAL_GOVERNMENT_CODE_2024.statutory
    assert all(p.force is not Force.MUST for p in LOCAL_GOVERNMENT_CODE_2024)


def test_the_other_code_is_used_in_investigations_from_april_2026() -> None:
    acknowledge = LOCAL_GOVERNMENT_CODE_2024.provision("6.2")
    assert not acknowledge.in_force(date(2026, 3, 31))
    assert acknowledge.in_force(date(2026, 4, 1))


def test_the_same_number_need_not_ask_the_same() -> None:
    assert HOUSING_OMBUDSMAN_CODE_2024.words("1.5") != LOCAL_GOVERNMENT_CODE_2024.words("1.5")


def test_what_is_not_taken_up_of_the_other_code_is_refused_not_guessed() -> None:
    assert not LOCAL_GOVERNMENT_CODE_2024.complete
    with pytest.raises(UnknownProvision):
        LOCAL_GOVERNMENT_CODE_2024.provision("6.15")


def test_a_difference_not_yet_verified_says_so() -> None:
    assert {d.what for d in DIFFERENCES if not d.verified} == {
        "Extension at stage 2",
        "Submitting the self-assessment every year",
    }
