"""Enquiries that were kept are contacts of the register, alike on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.reports.own_cases import own_contacts
from tests.jobs import corpus

if TYPE_CHECKING:
    from tests.casework.bureau import Bureau


def test_an_enquiry_counts_as_a_contact_about_the_service_it_was_read_to_be_about(
    either_desk: Bureau,
) -> None:
    about_rent, about_nothing = (
        corpus.mail(
            text,
            sender="Avens Kettlewick <avens@example.net>",
            subject=subject,
            message_id=f"{subject}@mail.example.net",
            received=either_desk.now,
        )
        for subject, text in (
            ("Rent", "Could you tell me how my rent for April was worked out? My rent account."),
            ("Hello", "Thank you."),
        )
    )
    rows = either_desk.receive(about_rent, about_nothing, read_as="mp_enquiry")
    with either_desk.house.database.reading() as conn:
        contacts = own_contacts(conn)
    assert [one.reference for one in contacts] == [f"message-{row.id}" for row in rows]
    assert [one.kind for one in contacts] == ["mp_enquiry", "mp_enquiry"]
    areas = [(row.reading or {})["reading"]["service_area"] for row in rows]
    assert [one.service_area for one in contacts] == areas
    assert areas[0]
