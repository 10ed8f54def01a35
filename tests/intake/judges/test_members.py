"""Enquiries of members who do not write themselves."""

from __future__ import annotations

import pytest

from correspondence.intake.message import Address
from tests.intake.messages import read

CLERK = Address("Members' Services", "members@larkhill.example")
BODY = "Mrs Wick asks why the drying area is locked. Please reply through the members' system."


@pytest.mark.parametrize(
    "body",
    [
        f"Member: Cllr Ada Quince\nConstituent: Mrs Wick, 4 Rye Court\nEnquiry: {BODY}",
        f"Elected member | Councillor Quince\nWard | Moss\nDetails | {BODY}",
        f"I am writing for Cllr Quince, who is in hospital. {BODY}",
    ],
)
def test_a_record_or_an_office_that_names_a_councillor_is_their_enquiry(body: str) -> None:
    reading = read(body, subject="ME 26/0093 - drying area", sender=CLERK)
    assert reading.kind == "councillor_enquiry"
    assert "representative" in reading.flags
    assert not reading.acknowledge


def test_a_subject_line_that_names_a_members_enquiry_is_one() -> None:
    sender = Address("Casework", "casework@brackwater.example")
    assert read(BODY, subject="Member enquiry ME/2026/388", sender=sender).kind == (
        "councillor_enquiry"
    )


def test_an_office_that_writes_for_a_member_of_parliament_is_their_enquiry() -> None:
    body = f"I write on behalf of Ada Quince MP about her constituent. {BODY}"
    sender = Address("Casework", "casework@example.org")
    assert read(body, subject="Mrs Wick", sender=sender).kind == "mp_enquiry"


def test_a_resident_who_only_copies_a_councillor_is_no_member() -> None:
    body = (
        "I have told Cllr Quince and my MP as well. Nobody has come about the leak since March "
        "and I have rung five times. This is a complaint."
    )
    assert read(body, subject="Leak").kind == "complaint"
