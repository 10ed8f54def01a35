"""Giving tokens: client credentials by secret or signed assertion, and managed identities.

https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-client-creds-grant-flow
https://learn.microsoft.com/en-us/entra/identity-platform/certificate-credentials
https://learn.microsoft.com/en-us/azure/app-service/overview-managed-identity#rest-endpoint-reference
"""

from __future__ import annotations

import base64
import json
import secrets
from typing import TYPE_CHECKING, Any

import jwt
from cryptography.x509 import load_pem_x509_certificate

if TYPE_CHECKING:
    from tests.postroom.stand_ins.graph.state import Directory

LIFETIME = 3599


class Refusal(Exception):
    """A sign-in that is refused, with Microsoft's code for why."""

    def __init__(self, code: int, error: str = "invalid_client", status: int = 401) -> None:
        self.status = status
        self.document = {
            "error": error,
            "error_description": f"AADSTS{code}: the stand-in says so. Trace ID: 0 Timestamp: 0",
            "error_codes": [code],
        }
        super().__init__(error)


def discovery(directory: Directory, tenant: str, host: str) -> dict[str, Any]:
    """https://learn.microsoft.com/en-us/entra/identity-platform/v2-protocols-oidc"""
    if tenant != directory.tenant:
        raise Refusal(90002, "invalid_tenant", 400)
    place = f"https://{host}/{tenant}"
    return {
        "issuer": f"{place}/v2.0",
        "token_endpoint": f"{place}/oauth2/v2.0/token",
        "authorization_endpoint": f"{place}/oauth2/v2.0/authorize",
    }


def token(directory: Directory, asked: dict[str, str], endpoint: str) -> dict[str, Any]:
    if asked.get("client_id") != directory.application:
        raise Refusal(700016, "unauthorized_client", 400)
    if asked.get("grant_type") != "client_credentials" or not asked["scope"].endswith("/.default"):
        raise Refusal(70011, "invalid_scope", 400)
    if "client_assertion" in asked:
        _signed(directory, asked["client_assertion"], endpoint)
    elif asked.get("client_secret") != directory.secret:
        raise Refusal(7000215)
    elif directory.secret_expired:
        raise Refusal(7000222)
    return {"token_type": "Bearer", "expires_in": LIFETIME, "access_token": given(directory)}


def of_the_machine(directory: Directory) -> dict[str, Any]:
    until = int(directory.now().timestamp()) + LIFETIME
    return {"access_token": given(directory), "expires_on": str(until), "token_type": "Bearer"}


def given(directory: Directory) -> str:
    """A token that looks as Microsoft's do, and holds until it is forgotten."""
    parts: tuple[dict[str, Any], ...] = (
        {"alg": "none"},
        {"roles": directory.roles, "jti": secrets.token_hex(8)},
        {},
    )
    made = ".".join(_coded(json.dumps(one)) for one in parts)
    directory.tokens.add(made)
    return made


def _signed(directory: Directory, assertion: str, endpoint: str) -> None:
    key = load_pem_x509_certificate(directory.certificate.encode()).public_key()
    try:
        said = jwt.decode(
            assertion,
            key,  # type: ignore[arg-type]
            algorithms=["PS256", "RS256"],
            audience=endpoint,
            options={"verify_exp": False, "verify_nbf": False},
        )
    except (jwt.PyJWTError, TypeError):
        raise Refusal(700027) from None
    now = directory.now().timestamp()
    if not said.get("nbf", now) - 300 <= now <= said["exp"] + 300:
        raise Refusal(700024)


def _coded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
