"""What an issuer says of somebody, verified: OpenID Connect Core 3.1.3.7, RFC 8725. Pure.

The algorithm is ours to choose and never the token's: only signatures by the issuer's private key
count, so that neither ``none`` nor a secret that others hold can make a token.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from correspondence.errors import NotAllowed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

ALGORITHMS: Final = (
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
)  # fmt: skip
"""Signatures that only the issuer can make (RFC 7518 3.3 to 3.5)."""

LEEWAY: Final = 120
"""Seconds by which two clocks may differ."""

OLDEST: Final = 900
"""Seconds since a token was made for somebody who is only now coming back."""

LONGEST: Final = 20_000
"""Characters of a token."""

LONGEST_NAME: Final = 255
"""Characters of a name of the issuer's giving, as of a subject (OpenID Connect Core 2)."""


class TokenRefused(NotAllowed):
    """An issuer's token that does not prove what it says; `because` is for the administrator."""

    def __init__(self, because: str) -> None:
        self.because = because
        super().__init__(f"The sign-in could not be verified: {because}.")


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token must say: who made it, for which application, for which journey."""

    issuer: str
    client_id: str
    nonce: str
    tenant: str = ""  # of Microsoft Entra ID


def key_named(token: str) -> str:
    """Which key a token says it is signed with; empty where it says none, or is no token."""
    try:
        return str(jws.extract_compact(token.encode()).headers().get("kid", ""))
    except (JoseError, ValueError, TypeError, RecursionError):
        return ""


def verified(
    token: str,
    keys: Mapping[str, Any],
    expected: Expected,
    *,
    access_token: str = "",
    now: datetime,
) -> dict[str, Any]:
    """The claims of a token that an issuer made for us, for this journey, just now.

    `keys` is the issuer's set of public keys (RFC 7517). Raises TokenRefused.
    """
    if len(token) > LONGEST:
        raise TokenRefused("the token is too long to be one")
    try:
        decoded = jwt.decode(token, signing_keys(keys), algorithms=list(ALGORITHMS))
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            options={
                "iss": {"essential": True, "value": expected.issuer},
                "sub": {"essential": True},
                "aud": {"essential": True},
                "exp": {"essential": True},
                "iat": {"essential": True},
            },
            params={
                "nonce": expected.nonce,
                "client_id": expected.client_id,
                "access_token": access_token,
            },
        )
        claims.validate(now=int(now.timestamp()), leeway=LEEWAY)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as refused:
        raise TokenRefused(_why(refused)) from None
    _for_us_alone(claims, expected)
    made_just_now(claims, now)
    return dict(claims)


def signing_keys(keys: Mapping[str, Any]) -> KeySet:
    """The issuer's keys for signatures; a shared secret among them would be no secret.

    Raises TokenRefused where there is none.
    """
    listed = keys.get("keys")
    usable = [
        one
        for one in (listed if isinstance(listed, list) else [])
        if isinstance(one, dict) and one.get("kty") in {"RSA", "EC"} and one.get("use") != "enc"
    ]
    if not usable:
        raise TokenRefused("the issuer names no key that signs")
    public = [
        {
            name: value
            for name, value in one.items()
            if name not in {"d", "p", "q", "dp", "dq", "qi"}
        }
        for one in usable
    ]
    return KeySet.import_key_set(json.loads(json.dumps({"keys": public})))


def _for_us_alone(claims: Mapping[str, Any], expected: Expected) -> None:
    audience = claims["aud"]
    named = audience if isinstance(audience, list) else [audience]
    if named != [expected.client_id]:
        raise TokenRefused("it was made for another application")
    if claims.get("nonce") != expected.nonce:
        raise TokenRefused("it was made for another journey")
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_NAME:
        raise TokenRefused("it names nobody")
    if expected.tenant and claims.get("tid") != expected.tenant:
        raise TokenRefused("it was made in another tenant")


def made_just_now(claims: Mapping[str, Any], now: datetime) -> None:
    """Whether a token says when it ends, and that it was made just now. Raises TokenRefused."""
    for name in ("exp", "iat"):
        said = claims.get(name)
        if isinstance(said, bool) or not isinstance(said, int | float):
            raise TokenRefused(f"its {name} is no time")
    made, seconds = claims["iat"], now.timestamp()
    if not seconds - OLDEST <= made <= seconds + LEEWAY:
        raise TokenRefused("it was not made just now; set the clock of this machine")


def _why(refused: Exception) -> str:
    """What was wrong, without anything the token says."""
    name = getattr(refused, "claim", "") or getattr(refused, "error", "")
    said = {
        "iss": "another issuer made it",
        "exp": "it has expired",
        "expired_token": "it has expired",
        "nonce": "it was made for another journey",
        "aud": "it was made for another application",
        "azp": "it was made for another application",
        "at_hash": "it belongs to another sign-in",
    }
    return said.get(str(name), f"{type(refused).__name__}")
