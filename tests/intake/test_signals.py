from __future__ import annotations

import pytest

from correspondence.intake.landlord_signs import LandlordSigns, belongs
from correspondence.intake.message import Address
from correspondence.intake.signals import signals
from tests.intake.messages import LANDLORD, a_message


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("parliament.uk", True),
        ("mail.parliament.uk", True),
        ("notparliament.uk", False),
        ("parliament.uk.evil.example", False),
        ("", False),
    ],
)
def test_a_domain_counts_with_its_subdomains_and_no_look_alike(domain: str, expected: bool) -> None:
    assert belongs(domain, ("parliament.uk",)) is expected


@pytest.mark.parametrize(
    ("headers", "subject", "machine"),
    [
        ({"Auto-Submitted": "auto-replied"}, "", "auto_reply"),
        ({"Auto-Submitted": "no"}, "", ""),
        ({"Auto-Submitted": "auto-generated"}, "", "notice"),
        ({"Precedence": "bulk"}, "", "list"),
        ({"List-Id": "<a.example>"}, "", "list"),
        ({}, "Automatic reply: your letter", "auto_reply"),
        ({}, "Undeliverable: your letter", "bounce"),
        ({}, "Read: your letter", "receipt"),
        ({}, "Reading my meter", ""),
        ({"X-Auto-Response-Suppress": "All"}, "", ""),
    ],
)
def test_machines_are_known_by_their_headers(
    headers: dict[str, str], subject: str, machine: str
) -> None:
    assert signals(a_message(subject=subject, headers=headers), LANDLORD).machine == machine


def test_our_own_mail_come_back_is_known() -> None:
    message = a_message(sender=Address("", "complaints@larkhill.example"))
    assert signals(message, LANDLORD).machine == "own"


def test_headers_that_ask_for_silence_are_noted_though_a_person_writes() -> None:
    message = a_message(headers={"X-Auto-Response-Suppress": "All"})
    found = signals(message, LANDLORD)
    assert found.quiet
    assert found.machine == ""


def test_staff_are_known_by_our_own_addresses_where_no_domain_is_named() -> None:
    landlord = LandlordSigns(own_addresses=("complaints@larkhill.example",))
    message = a_message(sender=Address("Jo", "jo@mail.larkhill.example"))
    assert signals(message, landlord).writer == "staff"


def test_a_private_mail_provider_is_no_organisation() -> None:
    assert not signals(a_message(sender=Address("", "a@gmail.com")), LANDLORD).organisation
    assert signals(a_message(sender=Address("", "a@wickroofing.example")), LANDLORD).organisation


def test_every_sign_shows_the_line_it_rests_on() -> None:
    found = signals(a_message(headers={"Auto-Submitted": "auto-replied; x=y"}), LANDLORD)
    assert found.because[0].quote == "auto-replied; x=y"
