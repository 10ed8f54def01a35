"""The line to an Exchange server, as exchangelib is given it: ours in all that matters.

The library finds servers by itself, tries a wrong password again for an hour, keeps connections of
one account for another, hears the environment, and reads answers by single bytes. Here it has one
server, one connection, one try, and answers in large pieces. What is tried again, and when, is
decided above.

https://learn.microsoft.com/en-us/exchange/client-developer/exchange-web-services/ews-throttling-in-exchange
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import requests
from exchangelib.configuration import Configuration  # type: ignore[import-untyped]
from exchangelib.protocol import BaseProtocol, FailFast  # type: ignore[import-untyped]
from exchangelib.transport import DEFAULT_HEADERS, NOAUTH  # type: ignore[import-untyped]
from exchangelib.version import EXCHANGE_2013_SP1, Version  # type: ignore[import-untyped]
from requests.auth import AuthBase, HTTPBasicAuth
from requests_ntlm import HttpNtlmAuth

from correspondence.errors import MailServerUnavailable
from correspondence.postroom.answers import in_bounds
from correspondence.postroom.exchange.answers import NotLetIn, answer_refused
from correspondence.postroom.https import Https, Verified
from correspondence.settings.server_addresses import overheard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pydantic import SecretStr

    from correspondence.postroom.exchange.server import ExchangeServer

logging.getLogger("exchangelib").setLevel(logging.CRITICAL + 1)  # it logs whole messages

_RECEIVED: Final = 256 * 1024  # bytes of an answer taken from the line at once
_PARSED: Final = 32 * 1024  # and given to the XML parser: as many as it asks for
_LARGEST: Final = 32 * 1024 * 1024  # bytes of an answer without messages in it
_FAULT: Final = b"Fault"


class Line(BaseProtocol):  # type: ignore[misc]
    """One connection to one server, which the library's operations speak over."""

    def __init__(self, server: ExchangeServer, auth: AuthBase) -> None:
        """Nothing is said to anybody yet. Raises MailServerUnavailable."""
        self._server, self._auth = server, auth
        self._session: _Session | None = None
        self._largest = _LARGEST
        self.TIMEOUT = server.timeout
        super().__init__(
            Configuration(
                service_endpoint=server.url,
                auth_type=NOAUTH,  # the session has what it needs; the library keeps no password
                # What every server since 2013 understands, so that none has to be guessed.
                version=Version(build=EXCHANGE_2013_SP1),
                retry_policy=_OneTry(server.host),
                max_connections=1,
            )
        )
        self._session = _Session(server, auth)

    @property
    def version(self) -> Any:
        """Of the services that are asked for."""
        return self.config.version

    def allow(self, largest: int = _LARGEST) -> None:
        """An answer may have so many bytes."""
        self._largest = largest

    def get_session(self) -> _Session:
        """The one there is; a new one where it was given up."""
        if self._session is None:
            self._session = _Session(self._server, self._auth)
        self._session.answers.largest = self._largest
        return self._session

    def release_session(self, session: _Session) -> None:
        """It is kept for the next request."""

    def retire_session(self, session: _Session) -> None:  # noqa: ARG002
        """It failed: the next request has another."""
        self.close()

    def renew_session(self, session: _Session) -> _Session:  # noqa: ARG002
        """Another in its place."""
        self.close()
        return self.get_session()

    def close(self) -> None:
        """Let go of the connection."""
        held = getattr(self, "_session", None)
        if held is not None:
            held.close()
            self._session = None


def auth_of(
    server: ExchangeServer, secret: SecretStr, token: Callable[[], SecretStr] | None
) -> AuthBase:
    """What makes each request ours."""
    if token is not None:
        return _Bearer(token)
    password = secret.get_secret_value()
    if server.sign_in == "basic":
        return HTTPBasicAuth(server.user.encode(), password.encode())
    return HttpNtlmAuth(server.user, password)


class _Bearer(AuthBase):
    """A token that is asked for anew with each request, and is the same as long as it holds."""

    def __init__(self, token: Callable[[], SecretStr]) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token().get_secret_value()}"
        return request


class _Answer(requests.Response):
    """An answer that is read in large pieces, and not beyond its measure."""

    largest = _LARGEST

    def iter_content(
        self, chunk_size: int | None = 1, decode_unicode: bool = False
    ) -> Iterator[Any]:
        """The library asks for single bytes; nobody is better off for having them."""
        least = _PARSED if isinstance(self._content, bytes) else _RECEIVED
        parts = super().iter_content(max(chunk_size or 1, least), decode_unicode)
        yield from in_bounds(parts, self.largest)


class _Adapter(Verified):
    """Gives answers of our kind."""

    largest = _LARGEST

    def build_response(self, req: requests.PreparedRequest, resp: Any) -> requests.Response:
        """As the library's, but read as above."""
        answer = _Answer()
        answer.__dict__.update(super().build_response(req, resp).__dict__)
        answer.largest = self.largest
        return answer


class _Session(Https):
    """As every session of ours: no redirection, nothing from the environment."""

    def __init__(self, server: ExchangeServer, auth: AuthBase) -> None:
        if overheard(server.url):
            raise MailServerUnavailable(
                f"Nothing is said to {server.host} in the clear: begin url with https://."
            )
        super().__init__(
            ca_file=server.ca_file,
            timeout=server.timeout,
            plain=server.is_plain,
            https=not server.is_plain,
            adapter=_Adapter,
        )
        self.answers: Any = self.get_adapter(server.url)
        self.headers.update({**DEFAULT_HEADERS, "User-Agent": "Correspondence"})
        self.auth = auth
        self.session_id = self.usage_count = 0  # which the library counts


class _OneTry(FailFast):  # type: ignore[misc]
    """Whatever is no answer of the services is ours to judge, and is never tried again here."""

    def __init__(self, host: str) -> None:
        self._host = host

    def raise_response_errors(self, response: requests.Response) -> None:
        """Raises NotLetIn, Busy, AnswerLost or MailServerUnavailable.

        A refused login comes first, whatever else is said with it: it must never look like a server
        that is only busy.
        """
        status = response.status_code
        if status == HTTPStatus.OK:
            return
        if status == HTTPStatus.UNAUTHORIZED:
            raise NotLetIn(response.headers.get("WWW-Authenticate", ""))
        if status == HTTPStatus.INTERNAL_SERVER_ERROR and _FAULT in response.content:
            return  # an answer of the services all the same (SOAP 1.1, 6.2)
        raise answer_refused(status, response.headers, self._host)
