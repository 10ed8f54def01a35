"""What a profile names as a server is one, and only this machine is spoken to in the clear."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from correspondence.settings.pages import Site
from correspondence.settings.server_addresses import (
    ApiAddress,
    ProxyAddress,
    ServicesAddress,
    StoreAddress,
    TokenAddress,
    overheard,
)

BEHIND = {
    ServicesAddress: "/EWS/Exchange.asmx",
    StoreAddress: "",
    TokenAddress: "/oauth2/token",
    ApiAddress: "",
}


def taken(kind: Any, address: str) -> str:
    return str(TypeAdapter(kind).validate_python(address))


@pytest.mark.parametrize("kind", BEHIND)
@pytest.mark.parametrize(
    "server",
    [
        "https://mail.landlord.example",
        "https://192.0.2.7:8443",
        "https://[2001:db8::7]:8443",
        "http://localhost:8080",
        "http://127.0.0.1",
        "http://[::1]:9",
    ],
)
def test_a_server_and_what_is_behind_it_is_taken_as_written(kind: Any, server: str) -> None:
    assert taken(kind, f" {server}{BEHIND[kind]}\n") == server + BEHIND[kind]


@pytest.mark.parametrize("kind", BEHIND)
@pytest.mark.parametrize(
    ("server", "why"),
    [
        ("http://mail.landlord.example", "it must begin with https://"),
        ("http://localhost.landlord.example", "it must begin with https://"),
        ("http://127.0.0.2", "it must begin with https://"),
        ("https://mail.landlord.example:0", "it must name a server, and a port"),
        ("https://mail.landlord.example:65536", "it must name a server, and a port"),
        ("https://[landlord", "it must name a server, and a port"),
        ("https://[landlord]", "it must name a server, and a port"),
        ("https://:443", "it must name a server, and a port"),
        ("https://me:secret@mail.landlord.example", "such as https://|the address of the API"),
        ("ftp://mail.landlord.example", "such as https://|the address of the API"),
        ("mail.landlord.example", "such as https://|the address of the API"),
    ],
)
def test_what_is_no_server_or_could_be_overheard_is_refused(
    kind: Any, server: str, why: str
) -> None:
    with pytest.raises(ValidationError, match=why):
        taken(kind, server + BEHIND[kind])


@pytest.mark.parametrize("kind", [ProxyAddress, ServicesAddress, StoreAddress, TokenAddress])
def test_where_none_is_needed_none_may_be_named(kind: Any) -> None:
    assert taken(kind, " ") == ""


def test_a_proxy_is_spoken_to_in_the_clear_and_what_goes_through_it_is_not() -> None:
    assert taken(ProxyAddress, "http://proxy.landlord.example:8080/")
    for wrong in ("http://proxy:65536", "http://[proxy", "http://proxy/path", "http://a:b@proxy"):
        with pytest.raises(ValidationError):
            taken(ProxyAddress, wrong)


@pytest.mark.parametrize("address", ["https://[pages", "http://pages:65536", "https://:443"])
def test_a_site_that_names_no_host_is_refused(address: str) -> None:
    with pytest.raises(ValidationError, match="the address of the pages"):
        taken(Site, address)


def test_only_what_goes_elsewhere_in_the_clear_is_overheard() -> None:
    assert overheard("http://pages.landlord.example")
    assert not overheard("https://pages.landlord.example")
    assert not overheard("http://localhost:8750")
