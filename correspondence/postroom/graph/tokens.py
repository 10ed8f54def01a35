"""Who we are to Microsoft 365: an application of the landlord's own, and the token it is given.

The application signs in for itself (OAuth 2.0 client credentials, RFC 6749 4.4) with a certificate,
a secret, or as the managed identity of the machine it runs on. A token is kept in memory alone.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

import msal  # type: ignore[import-untyped]
import requests
from pydantic import SecretStr

from correspondence.errors import ConnectionLost, LoginRefused, MailServerUnavailable
from correspondence.postroom.answers import Busy, seconds
from correspondence.postroom.credentials import without
from correspondence.postroom.graph.refusals import (
    NO_TENANT,
    THEN,
    no_identity,
    no_tenant,
    not_as_microsoft,
    refusal,
)
from correspondence.postroom.graph.server import GraphServer, Proof
from correspondence.postroom.https import Https, tls_fault
from correspondence.postroom.tls import NotTrusted, certificate_fault
from correspondence.postroom.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from correspondence.postroom.refused_logins import RefusedLogins

_KEY: Final = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [A-Z ]*PRIVATE KEY-----", re.DOTALL
)
_CERTIFICATES: Final = re.compile(
    r"-----BEGIN CERTIFICATE-----.*-----END CERTIFICATE-----", re.DOTALL
)
_STATUS: Final = re.compile(r"HTTP status: (\d+)")


class GraphTokens(Tokens[Proof]):
    """The application's token for one server."""

    def __init__(
        self,
        name: str,
        server: GraphServer,
        proof: Callable[[], Proof],
        refusals: RefusedLogins | None = None,
    ) -> None:
        """`name` is what the profile calls the mailbox; `proof` gives the proof as it is now."""
        super().__init__(name, proof, refusals)
        self.server = server

    def _rests_on(self, offer: Proof) -> tuple[str, ...]:
        if offer.kind == "managed_identity":
            return ()
        return self.server.authority, self.server.application, offer.secret.get_secret_value()

    def _ask(self, offer: Proof) -> dict[str, Any]:
        host = self.server.login_host
        try:
            with Https(
                ca_file=self.server.ca_file,
                proxy=self.server.proxy if offer.kind != "managed_identity" else "",
                timeout=self.server.timeout,
                plain=offer.kind == "managed_identity",
            ) as http:
                said = self._asked(offer, http)
                if "access_token" not in said and (http.answered == 429 or http.answered >= 500):
                    raise Busy(
                        f"{host} cannot give a token just now ({http.answered}).",
                        seconds(http.retry_after),
                    )
        except requests.RequestException as lost:
            if fault := tls_fault(lost):
                raise NotTrusted(certificate_fault(fault, host)) from None
            raise ConnectionLost(
                f"{host} was not reached or broke off while giving a token "
                f"({_status(lost) or 'no answer'})."
            ) from None
        if "access_token" in said:
            return said
        raise refusal(said, self.server, offer)

    def _asked(self, proof: Proof, http: Https) -> dict[str, Any]:
        """What the library was given: a token, or what was said against it."""
        server = self.server
        try:
            if proof.kind == "managed_identity":
                identity = (
                    msal.UserAssignedManagedIdentity(client_id=server.application)
                    if server.application
                    else msal.SystemAssignedManagedIdentity()
                )
                machine = msal.ManagedIdentityClient(identity, http_client=http)
                return dict(machine.acquire_token_for_client(resource=server.audience))
            application = msal.ConfidentialClientApplication(
                server.application,
                client_credential=_credential(proof),
                authority=server.authority,
                # The profile names the authority, so nobody else is asked whether there is one.
                instance_discovery=False,
                http_client=http,
            )
            return dict(application.acquire_token_for_client([f"{server.audience}/.default"]))
        except requests.RequestException:
            raise
        except msal.exceptions.MsalServiceError as busy:
            raise ConnectionLost(
                f"{server.login_host} cannot give a token just now ({_short(busy)})."
            ) from None
        except Exception as odd:  # noqa: BLE001 - whatever the libraries make of a bad key
            raise self._odd(odd, proof) from None

    def _odd(self, odd: Exception, proof: Proof) -> MailServerUnavailable:
        """What the library could make nothing of: the tenant, the answer, or what we sign with."""
        server = self.server
        if proof.kind == "managed_identity":
            return no_identity(_short(odd))
        if "authority configuration" not in str(odd) and not isinstance(odd, json.JSONDecodeError):
            return LoginRefused(
                f"The {proof.kind.replace('_', ' ')} of {self._name} cannot be used "
                f"({type(odd).__name__}); a certificate's key must be an RSA key. {THEN}"
            )
        said = str(odd.__context__)
        status = _STATUS.search(said)
        if "invalid_tenant" in said or any(f"AADSTS{code}" in said for code in NO_TENANT):
            return LoginRefused(no_tenant(server))
        if status and status[1] == "429":
            return ConnectionLost(f"{server.login_host} cannot give a token just now (429).")
        return MailServerUnavailable(not_as_microsoft(server, status[1] if status else ""))


def _credential(proof: Proof) -> str | dict[str, str]:
    """As the library takes it. Raises ValueError where a PEM file is not what it should be."""
    secret = proof.secret.get_secret_value()
    if proof.kind == "secret":
        return secret
    key, certificates = _KEY.search(secret), _CERTIFICATES.search(secret)
    if key is None or certificates is None:
        raise ValueError("no private key, or no certificate")
    return {"private_key": key[0], "public_certificate": certificates[0]}


def _status(lost: requests.RequestException) -> str:
    return str(lost.response.status_code) if lost.response is not None else ""


def _short(fault: Exception) -> str:
    return without(str(fault), SecretStr(""))
