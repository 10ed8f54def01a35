from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.intake.mail.addresses import MOST_ADDRESSES, addresses
from correspondence.intake.message import Address


@pytest.mark.parametrize(
    ("value", "name", "address"),
    [
        ("jo@example.net", "", "jo@example.net"),
        ("<Jo@Example.NET>", "", "jo@example.net"),
        ("Jo Tenant <jo@example.net>", "Jo Tenant", "jo@example.net"),
        ('"Tenant, Jo" <jo@example.net>', "Tenant, Jo", "jo@example.net"),
        ("Tenant, Jo <jo@example.net>", "Tenant, Jo", "jo@example.net"),
        ("jo@example.net (Jo Tenant)", "Jo Tenant", "jo@example.net"),
        ("=?utf-8?q?Si=C3=A2n?= <sian@example.net>", "Siân", "sian@example.net"),
        ('"=?utf-8?q?Si=C3=A2n?=" <sian@example.net>', "Siân", "sian@example.net"),
        ("=?utf-8?q?Tenant=2C_Jo?= <jo@example.net>", "Tenant, Jo", "jo@example.net"),
        ('"Jo \\"JT\\" Tenant" <jo@example.net>', 'Jo "JT" Tenant', "jo@example.net"),
        ("Jo <mailto:jo@example.net>", "Jo", "jo@example.net"),
        ("<@relay.example:jo@example.net>", "", "jo@example.net"),
        ("Jo Tenant <jo@example.net", "Jo Tenant", "jo@example.net"),
        ('"office@bank.example" <thief@example.org>', "office@bank.example", "thief@example.org"),
        ("Jo jo@example.net", "Jo", "jo@example.net"),
        ('"jo tenant"@example.net', "", '"jo tenant"@example.net'),
        ("Jo Tenant", "Jo Tenant", ""),
    ],
)
def test_one_person_is_read_however_written(value: str, name: str, address: str) -> None:
    assert addresses(value) == (Address(name, address),)


def test_several_people_are_read_in_order() -> None:
    value = 'A <a@example.net>, "B, C" <b@example.net>; d@example.net'
    assert [item.address for item in addresses(value)] == [
        "a@example.net",
        "b@example.net",
        "d@example.net",
    ]


def test_a_group_gives_its_members_without_its_name() -> None:
    assert addresses("undisclosed-recipients:;") == ()
    value = "Residents: a@example.net, B <b@example.net>;, c@example.net"
    assert [item.address for item in addresses(value)] == [
        "a@example.net",
        "b@example.net",
        "c@example.net",
    ]


@pytest.mark.parametrize("char", ['"', "(", ")", "<", "\\", ",", ":", ";", "@", "=?", '\\"'])
def test_twenty_thousand_of_one_character_do_no_harm(char: str) -> None:
    assert len(addresses(char * 20_000)) <= MOST_ADDRESSES


def test_twenty_thousand_addresses_are_read_up_to_the_limit() -> None:
    value = ", ".join(f"a{i}@example.net" for i in range(20_000))
    assert len(addresses(value)) == MOST_ADDRESSES


@given(st.text(alphabet='ab@.<>(),;:"\\ =?\n', max_size=80))
def test_any_text_gives_addresses_without_line_breaks(value: str) -> None:
    for item in addresses(value):
        assert "\n" not in item.name + item.address
        assert item.address == item.address.lower()
