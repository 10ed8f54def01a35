"""Every letter names the Ombudsman who can take the case, and says why."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.handling_code.ombudsmen import (
    Ombudsman,
    Subject,
    subjects_of,
    which_ombudsman,
)

HOUSING = (Ombudsman.HOUSING,)
OTHER = (Ombudsman.LOCAL_GOVERNMENT,)
BOTH = (Ombudsman.HOUSING, Ombudsman.LOCAL_GOVERNMENT)


@pytest.mark.parametrize(
    ("subjects", "ombudsmen"),
    [
        ([Subject.REPAIRS], HOUSING),
        ([Subject.ANTI_SOCIAL_BEHAVIOUR], HOUSING),
        ([Subject.LEASEHOLD, Subject.RENT_AND_SERVICE_CHARGES], HOUSING),
        ([Subject.MANAGEMENT_TRANSFER], HOUSING),
        ([Subject.ALLOCATION_SCHEME], OTHER),
        ([Subject.HOMELESSNESS], OTHER),
        ([Subject.HOUSING_BENEFIT, Subject.PRIVATE_HOUSING], OTHER),
        ([Subject.REPAIRS, Subject.HOMELESSNESS], BOTH),
        ([Subject.CONDITION, Subject.PRIORITY_TRANSFER], BOTH),
    ],
)
def test_a_councils_complaint_goes_to_the_ombudsman_of_its_subject(
    subjects: list[Subject], ombudsmen: tuple[Ombudsman, ...]
) -> None:
    route = which_ombudsman(subjects, council=True)
    assert route.ombudsmen == ombudsmen
    assert route.because.endswith(".")
    assert not route.ask


@given(st.sets(st.sampled_from(Subject)))
def test_a_landlord_that_is_no_council_answers_to_the_housing_ombudsman_alone(
    subjects: set[Subject],
) -> None:
    assert which_ombudsman(subjects, council=False).ombudsmen == HOUSING


@given(st.sets(st.sampled_from(Subject)))
def test_somebody_is_always_named_with_details_in_force(subjects: set[Subject]) -> None:
    for council in (True, False):
        route = which_ombudsman(subjects, council=council)
        contacts = route.contacts(date(2026, 11, 21))
        assert len(contacts) == len(route.ombudsmen) >= 1
        assert all(contact.phone for contact in contacts)


def test_where_there_is_doubt_the_housing_ombudsman_is_named_and_a_person_asked() -> None:
    for subjects in ([], [Subject.UNCLEAR], [Subject.UNCLEAR, Subject.HOMELESSNESS]):
        route = which_ombudsman(subjects, council=True)
        assert Ombudsman.HOUSING in route.ombudsmen
        assert route.ask


def test_homelessness_at_a_housing_association_asks_a_person() -> None:
    assert which_ombudsman([Subject.HOMELESSNESS], council=False).ask


def test_allocations_may_be_either_ombudsmans() -> None:
    assert which_ombudsman(subjects_of("allocations"), council=True).ombudsmen == BOTH


@pytest.mark.parametrize("area", ["", "other", "a landlord's own name"])
def test_an_area_not_known_is_unclear(area: str) -> None:
    assert subjects_of(area) == {Subject.UNCLEAR}
