"""By which way a letter goes: always by one that can reach the resident, and never by another."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from correspondence.cases.adjustments import Adjustments
from correspondence.cases.case import Case, fold
from correspondence.cases.events import AdjustmentsAgreed, CaseOpened
from correspondence.cases.people import Representative, Resident
from correspondence.casework.drafting.route import postal_address, route_of
from correspondence.letters.kinds import LetterKind
from correspondence.letters.mail import can_be_addressed

HOMES = ("", "12 Rope Walk", "12 Rope Walk, Harrowmere, YO99 9ZZ", "No fixed abode, YO99 9ZZ")
MAIL = ("", "wenna@example.net", "not an address", "a@b\r\nBcc: c@example.net")


def _case(home: str, mail: str, by: str, elsewhere: str, represented: bool) -> Case:
    opened = CaseOpened(
        reference="CMP-2026-000001",
        opened_as="complaint",
        message=None,
        received_on=date(2026, 11, 20),
        received_basis="staff",
        resident=Resident(name="Wenna Garsdale", address=home),
        representative=Representative(name="Perran Garsdale") if represented else None,
        writes_from=mail,
    )
    agreed = Adjustments.model_validate({"by": by, "address": elsewhere})
    return fold([opened, AdjustmentsAgreed(adjustments=agreed)])


CASES = st.builds(
    _case,
    st.sampled_from(HOMES),
    st.sampled_from(MAIL),
    st.sampled_from(["", "post", "email"]),
    st.sampled_from(HOMES),
    st.booleans(),
)


@given(CASES, st.sampled_from(LetterKind))
def test_every_letter_has_a_way_and_only_the_one_that_was_agreed(
    case: Case, kind: LetterKind
) -> None:
    route = route_of(case, kind)
    assert route.by_email or route.by_post
    if kind is LetterKind.ENQUIRY_REPLY:
        assert (route.by_post, route.to) == (False, "")
    elif case.adjustments.by:
        assert route.by_post is (case.adjustments.by == "post")
        assert route.by_email is (case.adjustments.by == "email")


@given(CASES, st.sampled_from(LetterKind))
def test_an_e_mail_is_addressed_to_nobody_but_the_resident_who_wrote(
    case: Case, kind: LetterKind
) -> None:
    to = route_of(case, kind).to
    if to:
        assert to == case.writes_from
        assert can_be_addressed(to)
        assert case.representative is None
        assert kind is not LetterKind.ENQUIRY_REPLY


@given(CASES, st.sampled_from(LetterKind))
def test_unasked_nothing_is_printed_for_an_address_that_cannot_be_posted_to(
    case: Case, kind: LetterKind
) -> None:
    route = route_of(case, kind)
    if route.by_post and case.adjustments.by != "post":
        assert postal_address(case).faults() == ()
        assert route.to == ""


@given(CASES)
def test_the_address_agreed_for_letters_goes_before_the_home(case: Case) -> None:
    if case.adjustments.address:
        lines = " ".join(postal_address(case).lines)
        assert "12 Rope Walk" in lines or "fixed abode" in lines
        assert case.adjustments.address.partition(",")[0] in lines
