"""Tokens held against what they must say: of one tenant, by the issuer's own key, just now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import RSAKey

from correspondence.settings import Pages, tenant_of
from correspondence.web.id_token import Expected, TokenRefused, key_named, verified

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TENANT = "11111111-2222-4333-8444-555555555555"
ISSUER = f"https://login.microsoftonline.com/{TENANT}/v2.0"
KEY = RSAKey.generate_key(2048, {"kid": "one"})
KEYS = {"keys": [KEY.as_dict(private=False)]}
EXPECTED = Expected(ISSUER, "the-office", "nonce", tenant_of(ISSUER))


def token(**claims: Any) -> str:
    said = {
        "iss": ISSUER,
        "sub": "subject",
        "aud": "the-office",
        "nonce": "nonce",
        "tid": TENANT,
        "iat": int(NOW.timestamp()),
        "exp": int((NOW + timedelta(hours=1)).timestamp()),
    }
    return jwt.encode({"alg": "RS256", "kid": "one"}, said | claims, KEY)


def test_a_token_of_the_landlords_own_tenant_is_taken() -> None:
    assert verified(token(), KEYS, EXPECTED, now=NOW)["sub"] == "subject"


@pytest.mark.parametrize("tid", ["99999999-2222-4333-8444-555555555555", "", None, [TENANT]])
def test_a_token_of_another_tenant_is_not(tid: object) -> None:
    with pytest.raises(TokenRefused, match="another tenant"):
        verified(token(tid=tid), KEYS, EXPECTED, now=NOW)


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"keys": []},
        {"keys": "all"},
        {"keys": [{"kty": "oct", "k": "c2VjcmV0", "kid": "one"}]},
        {"keys": [{**KEY.as_dict(private=False), "use": "enc"}]},
        {"keys": [{"kty": "RSA"}]},
        {"keys": [None, 1, "x"]},
    ],
)
def test_an_issuer_without_a_key_that_signs_proves_nothing(keys: dict[str, Any]) -> None:
    with pytest.raises(TokenRefused):
        verified(token(), keys, EXPECTED, now=NOW)


@pytest.mark.parametrize(
    "claims",
    [
        {"iat": True},
        {"iat": "now"},
        {"exp": "never"},
        {"exp": [1]},
        {"aud": []},
        {"sub": "x" * 256},
    ],
)
def test_claims_of_another_shape_are_refused(claims: dict[str, Any]) -> None:
    with pytest.raises(TokenRefused):
        verified(token(**claims), KEYS, EXPECTED, now=NOW)


@given(st.one_of(st.text(max_size=200), st.binary(max_size=200).map(lambda raw: raw.hex())))
def test_anything_else_is_no_token(text: str) -> None:
    with pytest.raises(TokenRefused):
        verified(text, KEYS, EXPECTED, now=NOW)
    assert isinstance(key_named(text), str)


@pytest.mark.parametrize(
    "issuer",
    [
        "https://login.microsoftonline.com/common/v2.0",
        "https://login.microsoftonline.com/organizations/v2.0",
        "https://login.microsoftonline.com/consumers/v2.0",
        "https://login.microsoftonline.com/{tenantid}/v2.0",
        f"https://login.microsoftonline.com/{TENANT}/v2.0/",
        f"https://login.microsoftonline.com/{TENANT}",
    ],
)
def test_every_tenant_at_once_cannot_be_named(issuer: str) -> None:
    with pytest.raises(ValueError, match="your own tenant"):
        Pages(issuer=issuer, client_id="x", address="https://pages.example")


@pytest.mark.parametrize(
    ("pages", "says"),
    [
        ({"issuer": "http://login.example", "client_id": "x"}, "https://"),
        ({"issuer": "https://a@login.example", "client_id": "x"}, "issuer's address"),
        ({"issuer": "https://login.example"}, "client_id"),
        ({"issuer": "https://login.example", "client_id": "x"}, "address"),
        ({"local_accounts": False}, "would let nobody in"),
        ({"first_sign_in": "role"}, "needs roles"),
    ],
)
def test_a_profile_that_opens_the_door_too_wide_or_to_nobody_is_refused(
    pages: dict[str, Any], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        Pages.model_validate(pages)


def test_the_landlords_own_tenant_is_known_by_its_address() -> None:
    pages = Pages(issuer=ISSUER, client_id="x", address="https://pages.example/")
    assert tenant_of(pages.issuer) == TENANT
    assert pages.address == "https://pages.example"
    assert tenant_of("https://login.example") == ""
