from __future__ import annotations

import pytest

from correspondence.intake.message import Address
from correspondence.intake.people.contact_details import address, phone, postcode
from correspondence.intake.people.names import plausible_name
from tests.intake.messages import a_message, read

CASE = "CMP-2026-000321"


def test_a_resident_is_known_by_their_own_mail() -> None:
    reading = read("The tap drips.\n\nOrla Fenwick\n4 Rye Court, LS1 1AA\n07700 900555")
    resident = reading.resident
    assert resident.name == "Orla Fenwick"
    assert resident.postcode == "LS1 1AA"
    assert resident.phone == "07700 900555"
    assert resident.email == "orla.fenwick@example.com"
    assert resident.address.startswith("4 Rye Court")


def test_initials_are_made_whole_from_the_signature() -> None:
    sender = Address("R K", "rk@example.com")
    reading = read("The lock is broken.\nRuta Kalnina, flat 6 Rye House", sender=sender)
    assert reading.resident.name == "Ruta Kalnina"


def test_a_representative_is_not_the_resident() -> None:
    reading = read(
        "I am writing on behalf of my mother, Mrs Ada Fenwick of 9 Hay Lane, LS2 2AA, who has had "
        "no heating for a month. She has given me power of attorney."
    )
    assert reading.resident.name == "Ada Fenwick"
    assert reading.resident.postcode == "LS2 2AA"
    assert reading.representative is not None
    assert reading.representative.name == "Orla Fenwick"
    assert reading.representative.role == "son or daughter"


def test_a_machines_address_is_nobodys() -> None:
    reading = read(
        "New form submission\nName: Una Marsh\nPhone: 07700 900555\nDetails: No light on stairs",
        sender=Address("Forms", "noreply@forms.larkhill.example"),
        headers={"Auto-Submitted": "auto-generated"},
    )
    assert reading.resident.name == "Una Marsh"
    assert reading.resident.email == ""


def test_a_resident_who_forwards_our_letter_stays_the_resident() -> None:
    inner = a_message("Our answer.", sender=Address("Jo Barnes", "jo@larkhill.example"))
    reading = read(f"I do not accept this, {CASE}.", forwarded=(inner,))
    assert reading.resident.name == "Orla Fenwick"


@pytest.mark.parametrize("given", [CASE, CASE.lower(), "ABC/HSG/4471"])
def test_our_reference_is_found_as_it_is_written(given: str) -> None:
    assert read(f"Any news on {given}?").resident.reference == given


def test_a_tenancy_number_is_no_reference() -> None:
    assert read("My tenancy is 12345678, can I have a fob?").resident.reference == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [("at ls11aa today", "LS1 1AA"), ("SW1A 2AA", "SW1A 2AA"), ("job 12345", ""), ("A1", "")],
)
def test_postcodes_are_found_however_they_are_spaced(text: str, expected: str) -> None:
    assert postcode(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ring 07700 900123 please", "07700 900123"),
        ("+44 7700 900123", "+44 7700 900123"),
        ("01632960120", "01632960120"),
        ("(01632) 960120", "01632) 960120"),
        ("order 0012345678901234", ""),
    ],
)
def test_telephone_numbers_are_found(text: str, expected: str) -> None:
    assert phone(text) == expected


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("I live at 9 Rope Walk, Harrowmere HX0 1TB.", "9 Rope Walk, Harrowmere"),
        ("9 Rope Walk, HX0 1TB", "9 Rope Walk"),
        ("9 Rope Walk, Harrowmere", "9 Rope Walk, Harrowmere"),
    ],
)
def test_an_address_holds_no_half_of_a_postcode(said: str, place: str) -> None:
    assert address(said) == place


def test_a_date_is_no_address() -> None:
    assert address("On 3 March I rang from 12 Hay Lane about it.") == "12 Hay Lane"
    assert address("POST ROOM\n17 NOV 2026 8 Chantry Row") == "8 Chantry Row"
    assert address("Received 4 Sept. 3 Hay Lane") == "3 Hay Lane"


@pytest.mark.parametrize(
    "place", ["17 Marlpit Lane", "5 May Road", "4 Junction Terrace", "9 Sunny Bank"]
)
def test_a_street_may_begin_as_a_month_does(place: str) -> None:
    assert address(f"I live at {place}, thank you.").startswith(place)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Mrs Ada Fenwick (tenant)", "Ada Fenwick"),
        ("Inês de Souza", "Inês de Souza"),
        ("Siân O'Rourke", "Siân O'Rourke"),
        ("Kind regards", ""),
        ("sent from my phone", ""),
    ],
)
def test_names_are_told_from_other_lines(line: str, expected: str) -> None:
    assert plausible_name(line) == expected


@pytest.mark.parametrize(
    ("subject", "body", "expected"),
    [
        ("Our client: Mr J Wick - Letter of Claim", "We are instructed in this.", "J Wick"),
        ("RX/8811 Mr Wick, 7 Hay Lane", "Miss Quayle tells me he has no roof.", "Mr Wick"),
        ("Ref 5512 - Mr and Mrs Wick", "They have mould in two rooms.", "Mr and Mrs Wick"),
        ("Complaint - Ada Wick, Alder House", "Ada asked me to write this down.", "Ada Wick"),
        ("Exit interview - A. Wick", "Completed with: Ada Wick, who was cold.", "Ada Wick"),
        ("Flat 4, Larch Court - damp", "Larch Court again. Mr Ben Wick rang.", "Ben Wick"),
    ],
)
def test_whom_an_office_names_in_its_subject_line_is_the_resident(
    subject: str, body: str, expected: str
) -> None:
    sender = Address("Casework Office", "office@advice.example")
    assert read(body, subject=subject, sender=sender).resident.name == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Exit fee. Mum (Mrs Ada Wick, 3 Rye Court, LS1 1AA) died in May.", "Ada Wick"),
        ("He had a bruise. I want to know who was on. (Ben Wick's sister)", "Ben Wick"),
    ],
)
def test_somebody_whose_relative_writes_is_the_resident(said: str, expected: str) -> None:
    assert read(f"I am writing for my family. {said}").resident.name == expected


def test_a_name_written_with_a_stop_between_its_parts_is_read() -> None:
    sender = Address("ada.wick", "ada@example.com")
    assert "wick" in read("The tap drips.\n\nAda", sender=sender).resident.name.lower()
