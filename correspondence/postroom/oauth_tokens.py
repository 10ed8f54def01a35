"""The tokens by which an application opens mailboxes and sends, instead of a password.

They come from Microsoft Entra, or from any issuer that gives one for an application's name and
secret (OAuth 2.0 client credentials, RFC 6749 4.4). A token is kept in memory alone.
"""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Protocol
from urllib.parse import urlsplit

import requests
from pydantic import SecretStr

from correspondence.errors import ConnectionLost, LoginRefused, MailServerUnavailable
from correspondence.postroom.accounts import account_of, refused_logins
from correspondence.postroom.credentials import key_of, password_of, without
from correspondence.postroom.graph.server import GraphServer, Proof
from correspondence.postroom.https import Https, tls_fault
from correspondence.postroom.tls import certificate_fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from correspondence.postroom.refused_logins import RefusedLogins
    from correspondence.settings import Mailbox as Named
    from correspondence.settings import Office

OUTLOOK: Final = "outlook.office365.com"
"""Whom Microsoft's tokens for mail are for: the scope is https://outlook.office365.com/.default."""

_RENEWED_BEFORE: Final = 300.0  # seconds before it ends
_LARGEST: Final = 100_000  # bytes of an answer


class Tokens(Protocol):
    """Gives an application's token, got when it is needed and renewed in time."""

    def token(self) -> SecretStr:
        """A token that holds for a while. Raises LoginRefused, ConnectionLost or such."""
        ...

    def check(self) -> None:
        """Look at what would be offered, asking nobody. Raises NoCredential, LoginRefused."""
        ...


def tokens_of(office: Office, named: Named) -> Tokens:
    """The tokens by which a mailbox of kind imap is opened, and by which it sends."""
    from correspondence.postroom.graph.tokens import GraphTokens  # its library is slow to load

    account = account_of(office, named)
    refusals = refused_logins(office)
    ca_file = office.folder / named.ca_file if named.ca_file else None
    if named.token_url:
        secret = partial(password_of, account)
        return IssuerTokens(
            named.name,
            Issuer(named.token_url, named.application, named.scope, ca_file, named.proxy),
            secret,
            refusals,
        )
    server = GraphServer(
        user=named.user,
        tenant=named.tenant,
        application=named.application,
        host=OUTLOOK,
        login_host=named.login_host or "login.microsoftonline.com",
        proxy=named.proxy,
    )
    return GraphTokens(named.name, server, partial(_proof, office, named), refusals)


def _proof(office: Office, named: Named) -> Proof:
    account = account_of(office, named)
    if named.certificate_file:
        return Proof("certificate", key_of(account))
    return Proof("secret", password_of(account))


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who gives tokens at `url`, and which application asks, for what. `timeout` is in seconds."""

    url: str
    application: str
    scope: str = ""
    ca_file: Path | None = None
    proxy: str = ""
    timeout: float = 60.0


@dataclass(slots=True)
class IssuerTokens:
    """The application's token of one issuer; a secret that was refused is not offered again."""

    name: str
    issuer: Issuer
    secret: Callable[[], SecretStr]
    refusals: RefusedLogins | None = None
    _token: SecretStr = field(default_factory=lambda: SecretStr(""))
    _until: float = 0.0
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def token(self) -> SecretStr:
        """A token that holds for a while."""
        with self._one_at_a_time:
            if time.monotonic() >= self._until:
                self._renew()
            return self._token

    def check(self) -> None:
        """Look at the secret, asking nobody."""
        secret = self.secret()
        if self.refusals is not None:
            self.refusals.check(self.name, self._identity(secret))

    def _identity(self, secret: SecretStr) -> SecretStr:
        parts = (self.issuer.url, self.issuer.application, secret.get_secret_value())
        return SecretStr("\0".join(parts))

    def _renew(self) -> None:
        secret = self.secret()
        if self.refusals is None:
            given = self._ask(secret)
        else:
            with self.refusals.minding(self.name, self._identity(secret)):
                given = self._ask(secret)
        try:
            lasts = min(max(0.0, float(str(given.get("expires_in")))), 86_400.0)
        except ValueError:
            lasts = 0.0
        self._token = SecretStr(str(given["access_token"]))
        self._until = time.monotonic() + max(lasts - _RENEWED_BEFORE, lasts / 2)

    def _ask(self, secret: SecretStr) -> dict[str, Any]:
        issuer = self.issuer
        parts = urlsplit(issuer.url)
        asked = {
            "grant_type": "client_credentials",
            "client_id": issuer.application,
            "client_secret": secret.get_secret_value(),
        }
        if issuer.scope:
            asked["scope"] = issuer.scope
        secured = parts.scheme == "https"
        try:
            with Https(
                ca_file=issuer.ca_file,
                proxy=issuer.proxy,
                timeout=issuer.timeout,
                plain=not secured,
                https=secured,
            ) as http:
                answer = http.post(issuer.url, data=asked)
        except requests.RequestException as lost:
            if fault := tls_fault(lost):
                raise MailServerUnavailable(
                    certificate_fault(fault, parts.hostname or "")
                ) from None
            raise ConnectionLost(
                f"{parts.hostname} was not reached or broke off while giving a token."
            ) from None
        return _token_in(answer, issuer, secret)


def _token_in(answer: requests.Response, issuer: Issuer, secret: SecretStr) -> dict[str, Any]:
    host = urlsplit(issuer.url).hostname
    try:
        said = json.loads(answer.content) if len(answer.content) <= _LARGEST else None
    except ValueError:
        said = None
    if not isinstance(said, dict):
        said = {}
    if answer.status_code == 200 and said.get("access_token"):
        return said
    if answer.status_code == 429 or answer.status_code >= 500:
        raise ConnectionLost(f"{host} cannot give a token just now ({answer.status_code}).")
    if not isinstance(said.get("error"), str):
        raise MailServerUnavailable(
            f"{host} answers, but not as an issuer of tokens does ({answer.status_code}): correct "
            "token_url."
        )
    why = without(f"{said['error']} {said.get('error_description') or ''}".strip(), secret)
    raise LoginRefused(
        f"{host} gives the application {issuer.application} no token ({why}): correct application, "
        "its secret, or scope. Then run `correspondence mailbox test`."
    )
