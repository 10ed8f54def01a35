"""Who we are to Microsoft 365: an application of the landlord's own, and the token it is given.

The application signs in for itself (OAuth 2.0 client credentials, RFC 6749 4.4) with a certificate,
a secret, or as the managed identity of the machine it runs on. A token is kept in memory alone.
"""

from __future__ import annotations

import json
import re
import threading
import time
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

import msal  # type: ignore[import-untyped]
import requests
from pydantic import SecretStr

from correspondence.errors import ConnectionLost, LoginRefused, MailServerUnavailable
from correspondence.postroom.credentials import without
from correspondence.postroom.https import Https, tls_fault
from correspondence.postroom.tls import certificate_fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from correspondence.postroom.refused_logins import RefusedLogins

_RENEWED_BEFORE: Final = 300.0  # seconds before it ends
_KEY: Final = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [A-Z ]*PRIVATE KEY-----", re.DOTALL
)
_CERTIFICATES: Final = re.compile(
    r"-----BEGIN CERTIFICATE-----.*-----END CERTIFICATE-----", re.DOTALL
)
_STATUS: Final = re.compile(r"HTTP status: (\d+)")
_CODE: Final = re.compile(r"AADSTS(\d+)")


@dataclass(frozen=True, slots=True)
class GraphServer:
    """A mailbox in Exchange Online, and how it is reached. `timeout` is in seconds.

    `host` answers for mail, `login_host` gives tokens; those of a sovereign cloud are named
    otherwise. `user` is the mailbox's address, `tenant` the directory, `application` the client id.
    """

    user: str
    tenant: str
    application: str
    host: str = "graph.microsoft.com"
    login_host: str = "login.microsoftonline.com"
    port: int = 443
    ca_file: Path | None = None
    proxy: str = ""
    timeout: float = 60.0

    @property
    def address(self) -> str:
        """What every request to it begins with."""
        return f"https://{self._at(self.host)}/v1.0"

    @property
    def authority(self) -> str:
        """Where tokens of the directory are given."""
        return f"https://{self._at(self.login_host)}/{self.tenant}"

    @property
    def audience(self) -> str:
        """What the token is for."""
        return f"https://{self.host}"

    def _at(self, host: str) -> str:
        return host if self.port == 443 else f"{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Proof:
    """What an application proves itself by. `secret` is empty for a managed identity."""

    kind: Literal["secret", "certificate", "managed_identity"]
    secret: SecretStr = field(default_factory=lambda: SecretStr(""))


class GraphTokens:
    """The application's token for one server, got when it is needed and renewed in time."""

    def __init__(
        self,
        name: str,
        server: GraphServer,
        proof: Callable[[], Proof],
        refusals: RefusedLogins | None = None,
    ) -> None:
        """`name` is what the profile calls the mailbox; `proof` gives the proof as it is now."""
        self.server = server
        self._name = name
        self._proof = proof
        self._refusals = refusals
        self._refused: tuple[str, LoginRefused] | None = None
        self._token = SecretStr("")
        self._until = 0.0
        self._one_at_a_time = threading.Lock()

    def token(self) -> SecretStr:
        """A token that holds for some minutes yet. Raises LoginRefused, ConnectionLost or such."""
        with self._one_at_a_time:
            if time.monotonic() >= self._until:
                self._renew()
            return self._token

    def check(self) -> None:
        """Look at what would be offered, asking nobody. Raises NoCredential, LoginRefused."""
        proof = self._proof()
        if self._refusals is not None and proof.kind != "managed_identity":
            self._refusals.check(self._name, self._identity(proof))

    def forget(self, token: SecretStr) -> None:
        """That token was not accepted: the next one is a new one."""
        with self._one_at_a_time:
            if token.get_secret_value() == self._token.get_secret_value():
                self._until = 0.0

    def _renew(self) -> None:
        proof = self._proof()
        known = self._identity(proof)
        if self._refused and self._refused[0] == known.get_secret_value():
            raise self._refused[1]
        minded = self._refusals is not None and proof.kind != "managed_identity"
        try:
            with (
                self._refusals.minding(self._name, known)
                if minded and self._refusals
                else nullcontext()
            ):
                given = self._ask(proof)
        except LoginRefused as refused:
            self._refused = (known.get_secret_value(), refused)
            raise
        self._refused = None
        lasts = float(given.get("expires_in") or 0)
        self._token = SecretStr(str(given["access_token"]))
        self._until = time.monotonic() + max(lasts - _RENEWED_BEFORE, lasts / 2)

    def _identity(self, proof: Proof) -> SecretStr:
        """Everything a sign-in rests on: whichever is put right, it is tried again."""
        parts = (self.server.authority, self.server.application, proof.secret.get_secret_value())
        return SecretStr("\0".join(parts))

    def _ask(self, proof: Proof) -> dict[str, Any]:
        host = self.server.login_host
        try:
            with Https(
                ca_file=self.server.ca_file,
                proxy=self.server.proxy if proof.kind != "managed_identity" else "",
                timeout=self.server.timeout,
                plain=proof.kind == "managed_identity",
            ) as http:
                said = self._asked(proof, http)
        except requests.RequestException as lost:
            if fault := tls_fault(lost):
                raise MailServerUnavailable(certificate_fault(fault, host)) from None
            raise ConnectionLost(
                f"{host} was not reached or broke off while giving a token "
                f"({_status(lost) or 'no answer'})."
            ) from None
        if "access_token" in said:
            return said
        raise refusal(said, self.server, proof)

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
            return _no_identity(_short(odd))
        if "authority configuration" not in str(odd) and not isinstance(odd, json.JSONDecodeError):
            return LoginRefused(
                f"The {proof.kind.replace('_', ' ')} of {self._name} cannot be used "
                f"({type(odd).__name__}); a certificate's key must be an RSA key. {_THEN}"
            )
        said = str(odd.__context__)
        status = _STATUS.search(said)
        if "invalid_tenant" in said or any(f"AADSTS{code}" in said for code in _NO_TENANT):
            return LoginRefused(_no_tenant(server))
        if status and status[1] == "429":
            return ConnectionLost(f"{server.login_host} cannot give a token just now (429).")
        return MailServerUnavailable(
            f"{server.login_host} answers, but not as Microsoft's sign-in does"
            f"{f' ({status[1]})' if status else ''}: correct login_host, or have the proxy let "
            "this machine through."
        )


def refusal(said: dict[str, Any], server: GraphServer, proof: Proof) -> MailServerUnavailable:
    """What a refused sign-in means, in plain words, by Microsoft's published error codes.

    https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes
    """
    told = str(said.get("error_description") or said.get("error") or "no reason given")
    found = _CODE.search(told)
    code = int(found[1]) if found else 0
    short = without(told.split("Trace ID", 1)[0], proof.secret)
    if proof.kind == "managed_identity":
        return _no_identity(short)
    if code in _PASSING or said.get("error") in ("temporarily_unavailable", "server_error"):
        return ConnectionLost(f"{server.login_host} cannot give a token just now ({short}).")
    if code in _NO_TENANT:
        return LoginRefused(_no_tenant(server))
    if code == _CLOCKS:
        return MailServerUnavailable(
            "The clock of this machine and Microsoft's differ by more than some minutes, so what "
            "is signed with the certificate counts as out of date: set the clock (NTP)."
        )
    what = _MEANS.get(code)
    if what is None:
        return LoginRefused(
            f"{server.login_host} refuses the application {server.application} ({short}). It is "
            f"not tried again by itself: {_THEN}"
        )
    return LoginRefused(f"{what.format(application=server.application)} {_THEN}")


_PASSING: Final = frozenset({90033, 90055, 50196, 1002016})
_NO_TENANT: Final = frozenset({90002, 900021, 900023, 90013})
_CLOCKS: Final = 700024
_THEN: Final = "Then run `correspondence mailbox test`."
_MEANS: Final = {
    700016: "The tenant knows no application {application}: correct application (the Application "
    "(client) ID on the app registration's overview), or tenant.",
    7000215: "The secret of the application {application} is not the right one: give the Value of "
    "the secret, not its Secret ID.",
    7000222: "The secret of the application {application} has expired: have a new one made (Entra "
    "admin centre, App registrations, Certificates & secrets), or better a certificate.",
    700027: "The certificate of the application {application} is not the one registered, or it has "
    "expired: upload its public part under Certificates & secrets.",
    7000112: "The application {application} is switched off in the tenant: have it enabled.",
    7000229: "The application {application} has no enterprise application (service principal) in "
    "the tenant: have one made by giving consent, or by New-MgServicePrincipal.",
    53003: "A Conditional Access policy keeps the application {application} out: have it allowed "
    "from this machine's address.",
}


def _no_tenant(server: GraphServer) -> str:
    return (
        f"There is no tenant {server.tenant} at {server.login_host}: correct tenant (the Directory "
        f"(tenant) ID on the app registration's overview). {_THEN}"
    )


def _no_identity(said: str) -> MailServerUnavailable:
    return MailServerUnavailable(
        f"This machine's managed identity was given no token ({said}): see that it has one in "
        "Azure, and where it has several, name the client ID of one as application."
    )


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
