"""The Ombudsmen's details are those in force on the day of the letter."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.handling_code.contacts import (
    HOUSING_OMBUDSMAN,
    LOCAL_GOVERNMENT_OMBUDSMAN,
    SUPERSEDED,
    NoContactKnown,
    OmbudsmanContact,
    housing_ombudsman,
    local_government_ombudsman,
)


def test_a_letter_of_today_gives_phone_post_and_web_form() -> None:
    contact = housing_ombudsman(date(2026, 11, 21))
    assert contact.phone == "0300 111 3000"
    assert contact.post_line == "PO Box 1484, Unit D, Preston, PR2 0ET"
    assert contact.web_form.endswith("/make-a-complaint")


def test_no_new_case_goes_by_email_from_13_january_2026() -> None:
    assert housing_ombudsman(date(2026, 1, 12)).email_for_new_cases
    assert not housing_ombudsman(date(2026, 1, 13)).email_for_new_cases


def test_the_other_ombudsman_has_details_of_its_own() -> None:
    contact = local_government_ombudsman(date(2026, 11, 21))
    assert (contact.phone, contact.post_line) == (
        "0300 061 0614",
        "PO Box 4771, Coventry, CV4 0EH",
    )


@pytest.mark.parametrize("versions", [HOUSING_OMBUDSMAN, LOCAL_GOVERNMENT_OMBUDSMAN])
def test_the_versions_follow_one_another_without_gap_or_overlap(
    versions: tuple[OmbudsmanContact, ...],
) -> None:
    for earlier, later in itertools.pairwise(versions):
        assert earlier.valid_until is not None
        assert later.valid_from == earlier.valid_until + timedelta(days=1)
    assert versions[-1].valid_until is None


@given(st.dates(min_value=date(2024, 4, 1)))
def test_every_day_of_the_statutory_code_has_exactly_one_version(on: date) -> None:
    assert [c for c in HOUSING_OMBUDSMAN if c.in_force(on)] == [housing_ombudsman(on)]


def test_a_day_before_the_statutory_code_is_refused_with_what_to_check() -> None:
    with pytest.raises(NoContactKnown, match="Sunday 31 March 2024"):
        housing_ombudsman(date(2024, 3, 31))


def test_what_is_out_of_date_is_never_in_the_details_in_force() -> None:
    today = date(2026, 11, 21)
    for contact in (housing_ombudsman(today), local_government_ombudsman(today)):
        printed = " ".join(
            (contact.name, contact.phone, contact.post_line, contact.web, contact.web_form)
        ).lower()
        for old in SUPERSEDED:
            assert old.since <= today
            assert not any(mark in printed for mark in old.marks)
            assert all(mark == mark.lower() for mark in old.marks)
