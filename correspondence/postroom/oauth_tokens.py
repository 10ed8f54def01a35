"""The tokens by which an application opens mailboxes and sends, instead of a password.

They come from Microsoft Entra, or from any issuer that gives one for an application's name and
secret (OAuth 2.0 client credentials, RFC 6749 4.4). A token is kept in memory alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import requests
from pydantic import SecretStr

from correspondence.errors import ConnectionLost, LoginRefused, MailServerUnavailable
from correspondence.postroom.accounts import account_of, refused_logins
from correspondence.postroom.answers import TooLarge, content_of
from correspondence.postroom.credentials import password_of, without
from correspondence.postroom.graph.application import tokens_elsewhere
from correspondence.postroom.https import Https, tls_fault
from correspondence.postroom.tls import certificate_fault
from correspondence.postroom.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from correspondence.postroom.refused_logins import RefusedLogins
    from correspondence.settings import Mailbox as Named
    from correspondence.settings import Office

OUTLOOK: Final = "outlook.office365.com"
"""Whom Microsoft's tokens for mail are for: the scope is https://outlook.office365.com/.default."""

_LARGEST: Final = 100_000  # bytes of an answer


def tokens_of(office: Office, named: Named) -> Tokens[Any]:
    """The tokens by which a mailbox of kind imap is opened, and by which it sends."""
    if not named.token_url:
        return tokens_elsewhere(office, named, OUTLOOK)
    ca_file = office.folder / named.ca_file if named.ca_file else None
    return IssuerTokens(
        named.name,
        Issuer(named.token_url, named.application, named.scope, ca_file, named.proxy),
        partial(password_of, account_of(office, named)),
        refused_logins(office),
    )


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who gives tokens at `url`, and which application asks, for what. `timeout` is in seconds."""

    url: str
    application: str
    scope: str = ""
    ca_file: Path | None = None
    proxy: str = ""
    timeout: float = 60.0


class IssuerTokens(Tokens[SecretStr]):
    """The application's token of one issuer, for its secret."""

    def __init__(
        self,
        name: str,
        issuer: Issuer,
        secret: Callable[[], SecretStr],
        refusals: RefusedLogins | None = None,
    ) -> None:
        super().__init__(name, secret, refusals)
        self.issuer = issuer

    def _rests_on(self, offer: SecretStr) -> tuple[str, ...]:
        return self.issuer.url, self.issuer.application, offer.get_secret_value()

    def _ask(self, offer: SecretStr) -> dict[str, Any]:
        issuer = self.issuer
        parts = urlsplit(issuer.url)
        asked = {
            "grant_type": "client_credentials",
            "client_id": issuer.application,
            "client_secret": offer.get_secret_value(),
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
                answer = http.post(issuer.url, data=asked, stream=True)
                said = _read(answer)
        except requests.RequestException as lost:
            if fault := tls_fault(lost):
                raise MailServerUnavailable(
                    certificate_fault(fault, parts.hostname or "")
                ) from None
            raise ConnectionLost(
                f"{parts.hostname} was not reached or broke off while giving a token."
            ) from None
        return _token_in(answer.status_code, said, issuer, offer)


def _read(answer: requests.Response) -> dict[str, Any]:
    """What an issuer said; nothing, where it is nothing that an issuer says."""
    try:
        said = json.loads(content_of(answer, _LARGEST))
    except (TooLarge, ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _token_in(
    status: int, said: dict[str, Any], issuer: Issuer, secret: SecretStr
) -> dict[str, Any]:
    host = urlsplit(issuer.url).hostname
    if status == 200 and said.get("access_token"):
        return said
    if status == 429 or status >= 500:
        raise ConnectionLost(f"{host} cannot give a token just now ({status}).")
    if not isinstance(said.get("error"), str):
        raise MailServerUnavailable(
            f"{host} answers, but not as an issuer of tokens does ({status}): correct token_url."
        )
    why = without(f"{said['error']} {said.get('error_description') or ''}".strip(), secret)
    raise LoginRefused(
        f"{host} gives the application {issuer.application} no token ({why}): correct application, "
        "its secret, or scope. Then run `correspondence mailbox test`."
    )
