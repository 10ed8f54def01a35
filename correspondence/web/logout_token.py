"""What an issuer says has ended, verified (OpenID Connect Back-Channel Logout 1.0, 2.4-2.6). Pure.

Anybody can send such a token. Whatever can be seen to be wrong without the issuer's keys is refused
before they are asked for, so that rubbish costs a few microseconds and no question to the issuer.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from joserfc import jws, jwt
from joserfc.errors import JoseError

from correspondence.store.sign_in import WorkAccount
from correspondence.web.id_token import (
    ALGORITHMS,
    LEEWAY,
    LONGEST,
    LONGEST_NAME,
    TokenRefused,
    made_just_now,
    signing_keys,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

EVENT: Final = "http://schemas.openid.net/event/backchannel-logout"
"""What a token must say has happened (2.4)."""

TYPES: Final = frozenset({"logout+jwt", "application/logout+jwt", "jwt"})
"""What a token may call itself, where it says; what calls itself an access token is none."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What has ended: a session of an account's, or all of them. `token_id` is the token's own."""

    account: WorkAccount
    token_id: str


def ended(
    token: str,
    keys: Callable[[], Mapping[str, Any]],
    *,
    issuer: str,
    client_id: str,
    now: datetime,
) -> Ended:
    """What a token proves to have ended at that issuer. Raises TokenRefused.

    `keys` fetches the issuer's set of public keys (RFC 7517), and is asked last.
    """
    if len(token) > LONGEST:
        raise TokenRefused("the token is too long to be one")
    try:
        unproved = jws.extract_compact(token.encode())
        header, claims = unproved.headers(), json.loads(unproved.payload)
    except (JoseError, ValueError, TypeError, RecursionError):
        raise TokenRefused("it is no token") from None
    _held_to(header, claims, issuer, client_id, now)
    found = keys()
    try:
        proved = jwt.decode(token, signing_keys(found), algorithms=list(ALGORITHMS))
    except (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as refused:
        raise TokenRefused(f"its signature does not hold ({type(refused).__name__})") from None
    return _held_to(proved.header, proved.claims, issuer, client_id, now)


def _held_to(
    header: Mapping[str, Any], claims: object, issuer: str, client_id: str, now: datetime
) -> Ended:
    """What the claims say, where they are those of a logout token made for us just now."""
    if header.get("alg") not in ALGORITHMS:
        raise TokenRefused("it is not signed by a key that only the issuer has")
    if str(header.get("typ", "jwt")).lower() not in TYPES:
        raise TokenRefused("it is a token of another kind")
    if not isinstance(claims, dict):
        raise TokenRefused("it is no token")
    if claims.get("iss") != issuer:
        raise TokenRefused("another issuer made it")
    if claims.get("aud") not in (client_id, [client_id]):
        raise TokenRefused("it was made for another application")
    made_just_now(claims, now)
    if not claims["exp"] > now.timestamp() - LEEWAY:
        raise TokenRefused("it has expired")
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(EVENT), dict):
        raise TokenRefused("it does not say that anything ended")
    if "nonce" in claims:
        raise TokenRefused("it was made to sign in with")
    account = WorkAccount(issuer, _name(claims, "sub"), _name(claims, "sid"))
    if not account.subject and not account.session:
        raise TokenRefused("it names neither an account nor a session")
    token_id = _name(claims, "jti")
    if not token_id:
        raise TokenRefused("it has no name of its own (jti)")
    return Ended(account, token_id)


def _name(claims: Mapping[str, Any], key: str) -> str:
    """A name of the issuer's giving; empty where the token has none."""
    name = claims.get(key, "")
    if not isinstance(name, str) or len(name) > LONGEST_NAME or (not name and key in claims):
        raise TokenRefused(f"its {key} is no name")
    return name
