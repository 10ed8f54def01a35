"""The issuer of work accounts: found by its address, asked for a sign-in, its answer verified.

OpenID Connect Discovery 1.0 and Core 1.0, code flow with PKCE (RFC 7636) and the issuer's name in
what comes back where it offers that (RFC 9207). Nothing is followed that the issuer redirects to.
"""

from __future__ import annotations

import json
import os
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urlsplit

import requests
from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]
from authlib.integrations.requests_client import OAuth2Session  # type: ignore[import-untyped]
from requests.utils import get_environ_proxies

from correspondence.casework.signing_in.work_account import Vouched
from correspondence.errors import CorrespondenceError, NoCredential
from correspondence.postroom.credentials import Account, password_of
from correspondence.settings import tenant_of
from correspondence.web.id_token import (
    LONGEST_NAME,
    Expected,
    TokenRefused,
    key_named,
    verified,
)
from correspondence.web.logout_token import ended

if TYPE_CHECKING:
    from datetime import datetime

    from correspondence.casework.signing_in.work_account import SetOut
    from correspondence.settings import Office
    from correspondence.store.work_accounts import Journey
    from correspondence.web.logout_token import Ended

ACCOUNT: Final = "work-accounts"
"""The name under which the application's secret is found."""

_SCOPE: Final = "openid profile email"
_TIMES: Final = (5.0, 15.0)  # seconds to connect, and to answer
_LARGEST: Final = 500_000  # bytes of what an issuer says of itself
_KNOWN_FOR: Final = 3600.0
_KEYS_AGAIN: Final = 60.0  # seconds until keys are asked for again on account of an unknown one
_LEFT_ALONE: Final = 15.0  # seconds after which an issuer that did not answer is asked again
_WAITING: Final = 2  # answers to logout tokens that may wait for the issuer at once
_WAITS: Final = 0.2  # seconds for which another waits to be one of them
_NEEDED: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class IssuerUnusable(CorrespondenceError):
    """The issuer of work accounts cannot be asked, or answers what no issuer may."""


@dataclass(slots=True)
class Issuer:
    """One issuer and this office's application there; what it says of itself is kept an hour."""

    office: Office
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _said: dict[str, tuple[float, dict[str, Any]]] = field(default_factory=dict)
    _silent: dict[str, tuple[float, str]] = field(default_factory=dict)
    _waiting: threading.BoundedSemaphore = field(
        default_factory=lambda: threading.BoundedSemaphore(_WAITING)
    )

    @property
    def address(self) -> str:
        """Its own name, exactly as it must say it."""
        return self.office.settings.pages.issuer

    def way_there(self, out: SetOut, back: str) -> str:
        """Where somebody is sent to sign in. Raises IssuerUnusable."""
        with self._session(back) as session:
            url, _ = session.create_authorization_url(
                self._metadata()["authorization_endpoint"],
                state=out.state,
                code_verifier=out.verifier,
                nonce=out.nonce,
                response_type="code",
            )
        return str(url)

    def way_out(self, back: str) -> str:
        """Where somebody signs out of their work account; empty where the issuer has no such."""
        try:
            ends = self._metadata().get("end_session_endpoint", "")
        except IssuerUnusable:
            return ""
        if not ends:
            return ""
        client = self.office.settings.pages.client_id
        return f"{ends}?{urlencode({'client_id': client, 'post_logout_redirect_uri': back})}"

    def vouches_for(
        self, journey: Journey, code: str, said_issuer: str | None, back: str, *, now: datetime
    ) -> Vouched:
        """Whom the issuer vouches for with that code. Raises IssuerUnusable, TokenRefused."""
        known = self._metadata()
        if said_issuer is None and known.get("authorization_response_iss_parameter_supported"):
            raise TokenRefused("the answer does not say which issuer it comes from")
        if said_issuer is not None and said_issuer != self.address:
            raise TokenRefused("the answer comes from another issuer")
        token, access = self._exchanged(code, journey.verifier, back)
        pages = self.office.settings.pages
        expected = Expected(self.address, pages.client_id, journey.nonce, tenant_of(self.address))
        claims = verified(token, self._keys_for(token), expected, access_token=access, now=now)
        given = claims.get(pages.roles_claim, [])
        listed = given if isinstance(given, list) else [given]
        return Vouched(
            issuer=self.address,
            subject=claims["sub"],
            login=_words(claims.get("preferred_username") or claims.get("email")),
            name=_words(claims.get("name")),
            email=_words(claims.get("email")),
            roles=frozenset(one for one in listed if isinstance(one, str)),
            session=_session_named(claims.get("sid")),
        )

    def ended(self, token: str, *, now: datetime) -> Ended:
        """What a logout token proves to have ended. Raises IssuerUnusable, TokenRefused."""
        client = self.office.settings.pages.client_id
        return ended(
            token,
            lambda: self._keys_unless_crowded(token),
            issuer=self.address,
            client_id=client,
            now=now,
        )

    def _keys_unless_crowded(self, token: str) -> dict[str, Any]:
        """The issuer's keys. Strangers who send tokens cannot have every answer wait for them."""
        if not self._waiting.acquire(timeout=_WAITS):
            raise IssuerUnusable(f"{self.address} is being asked for its keys. Try again.")
        try:
            return self._keys_for(token)
        finally:
            self._waiting.release()

    def _exchanged(self, code: str, verifier: str, back: str) -> tuple[str, str]:
        """The token for a code, asked for on a line of our own, and the access token with it."""
        try:
            with self._session(back) as session:
                given = session.fetch_token(
                    self._metadata()["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=verifier,
                    timeout=_TIMES,
                    allow_redirects=False,
                )
        except AuthlibBaseError as refused:
            raise TokenRefused(
                "the issuer does not take the code" + _its_word(getattr(refused, "error", ""))
            ) from None
        except (requests.RequestException, ValueError) as failed:
            raise self._unusable(failed) from None
        token = given.get("id_token")
        if not isinstance(token, str) or not token:
            raise TokenRefused("the issuer gives no token; the application needs the scope openid")
        return token, str(given.get("access_token", ""))

    def _session(self, back: str) -> Any:
        pages = self.office.settings.pages
        account = Account(
            name=ACCOUNT,
            user=pages.client_id,
            host=urlsplit(self.address).hostname or "",
            office=self.office.folder,
            password_file=self.office.folder / pages.client_secret_file
            if pages.client_secret_file
            else None,
        )
        try:
            secret: str | None = password_of(account).get_secret_value()
        except NoCredential:
            if pages.client_secret_file:
                raise
            secret = None  # an application without a secret proves itself by PKCE alone
        session = OAuth2Session(
            client_id=pages.client_id,
            client_secret=secret,
            token_endpoint_auth_method=self._authenticates(secret),
            scope=_SCOPE,
            redirect_uri=back,
            code_challenge_method="S256",
        )
        _apart(session, self.address)
        return session

    def _authenticates(self, secret: str | None) -> str:
        if secret is None:
            return "none"
        known = self._metadata().get("token_endpoint_auth_methods_supported", [])
        basic = "client_secret_basic"  # what holds where nothing is said (Discovery 3)
        return "client_secret_post" if known and basic not in known else basic

    def _metadata(self) -> dict[str, Any]:
        """What the issuer says of itself, held against its own address."""
        known = self._fetched(f"{self.address.rstrip('/')}/.well-known/openid-configuration")
        if known.get("issuer") != self.address:
            raise IssuerUnusable(
                f"{self.address} calls itself by another name; correct [pages] issuer. For "
                "Microsoft Entra ID it holds your own tenant's id."
            )
        for name in (*_NEEDED, "end_session_endpoint"):
            if name in known or name in _NEEDED:
                self._secured(known.get(name), name)
        methods = known.get("code_challenge_methods_supported", ["S256"])
        if "S256" not in methods:
            raise IssuerUnusable(f"{self.address} does not take proof of the code (PKCE, S256).")
        return known

    def _secured(self, url: object, name: str) -> None:
        secured = isinstance(url, str) and (
            url.startswith("https://")
            or (self.address.startswith("http://") and url.startswith("http://"))
        )
        if not secured:
            raise IssuerUnusable(f"The {name} of {self.address} is not reached by HTTPS.")

    def _keys_for(self, token: str) -> dict[str, Any]:
        """The issuer's keys; asked for again where a token is signed with one not known yet."""
        url = self._metadata()["jwks_uri"]
        keys, named = self._fetched(url), key_named(token)
        known = {one.get("kid") for one in keys.get("keys", []) if isinstance(one, dict)}
        if named and named not in known:
            keys = self._fetched(url, at_most=_KEYS_AGAIN)
        return keys

    def _fetched(self, url: str, *, at_most: float = _KNOWN_FOR) -> dict[str, Any]:
        """A JSON document of the issuer's, not older than so many seconds."""
        if known := self._known(url, at_most):
            return known
        with self._lock:
            if known := self._known(url, at_most):
                return known  # another has asked meanwhile
            since, why = self._silent.get(url, (0.0, ""))
            if why and time.monotonic() - since < _LEFT_ALONE:
                raise IssuerUnusable(why)
            try:
                document = self._asked_for(url)
            except IssuerUnusable as unusable:
                self._silent[url] = (time.monotonic(), str(unusable))
                raise
            self._said[url] = (time.monotonic(), document)
            return document

    def _known(self, url: str, at_most: float) -> dict[str, Any] | None:
        at, known = self._said.get(url, (0.0, None))
        return known if known is not None and time.monotonic() - at < at_most else None

    def _asked_for(self, url: str) -> dict[str, Any]:
        try:
            with requests.Session() as session:
                _apart(session, url)
                with session.get(url, timeout=_TIMES, allow_redirects=False, stream=True) as answer:
                    raw = answer.raw.read(_LARGEST + 1, decode_content=True)
            whole = answer.status_code == 200 and len(raw) <= _LARGEST
            document = json.loads(raw) if whole else None
        except (requests.RequestException, OSError, ValueError, RecursionError) as failed:
            raise self._unusable(failed) from None
        if not isinstance(document, dict):
            raise self._unusable(ValueError("no document"))
        return document

    def _unusable(self, failed: Exception) -> IssuerUnusable:
        return IssuerUnusable(
            f"{self.address} cannot be asked ({type(failed).__name__}). Try again; if it stays so, "
            "tell your administrator. [pages] issuer says where it is."
        )


def _apart(session: requests.Session, url: str) -> None:
    """Take of the environment the proxies and certificates alone: no passwords of other files."""
    session.trust_env = False
    session.proxies.update(get_environ_proxies(url, no_proxy=None))
    session.verify = os.environ.get("REQUESTS_CA_BUNDLE") or True


def _session_named(said: object) -> str:
    """The issuer's name for its session; one of another shape names none."""
    return said if isinstance(said, str) and len(said) <= LONGEST_NAME else ""


def _words(said: object) -> str:
    return said[:300] if isinstance(said, str) else ""


def _its_word(error: object) -> str:
    """One of the words that RFC 6749 5.2 has for it; nothing else an issuer says is repeated."""
    known = {"invalid_client", "invalid_grant", "unauthorized_client", "invalid_request"}
    return f" ({error})" if error in known else ""
