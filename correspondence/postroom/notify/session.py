"""Requests to GOV.UK Notify by its own client, over a connection of ours.

The client makes the requests and their tokens, takes the answers apart, and is not safe for
threads. As it comes it hears the environment's proxies and certificates, reads for ever from a line
that trickles, follows whoever redirects it, and logs what was refused. Here it is given a session
that does none of that. Every token of its making is good for 30 seconds, and no longer: what Notify
has not taken by then it never takes.

https://docs.notifications.service.gov.uk/rest-api.html#authorisation-header
"""

from __future__ import annotations

import io
import logging
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import requests

from correspondence.errors import ConnectionLost, MailServerUnavailable
from correspondence.postroom.answers import (
    AnswerLost,
    TooLarge,
    Unreached,
    content_of,
    lost_by,
    seconds,
)
from correspondence.postroom.https import Https
from correspondence.postroom.notify.answers import refusal_of
from correspondence.postroom.patience import Patient

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeVar

    from notifications_python_client.errors import APIError
    from notifications_python_client.notifications import NotificationsAPIClient

    from correspondence.postroom.notify.key import NotifyKey

    _T = TypeVar("_T")

_TRICKLE: Final = 120.0  # seconds one answer may take in all
_LARGEST: Final = 32 * 1024 * 1024  # bytes of an answer
_GIVE_UP: Final = 300.0  # seconds after which nothing that was begun is given away any more


@dataclass(frozen=True, slots=True)
class NotifyServer:
    """Where the API is. `url` without a path; `timeout` in seconds, for each part of an answer."""

    url: str
    proxy: str = ""
    ca_file: Path | None = None
    timeout: float = 30.0

    @property
    def host(self) -> str:
        """The server's name, and its port where one is said."""
        return self.url.partition("://")[2]


@dataclass(slots=True)
class NotifySession:
    """Requests of one service; for one thread. `key` reads the key anew each time.

    Raises, of every request: Refused, DailyLimit, Busy, Unreached, AnswerLost, LoginRefused,
    NoCredential, MailServerUnavailable.
    """

    server: NotifyServer
    key: Callable[[], NotifyKey]
    patient: Patient = field(default_factory=Patient)
    _client: NotificationsAPIClient | None = None
    _line: _Line | None = None
    _known: NotifyKey | None = None

    def ask(self, what: Callable[[Any], _T]) -> _T:
        """Ask for something that changes nothing, patiently."""
        return self.patient.trying(lambda: self._said(what))

    def do(self, what: Callable[[Any], _T], *, begun: float) -> _T:
        """Have something done, once, unless too long ago (`begun`, of time.time()).

        Raises AnswerLost also where Notify failed in the middle of it: it may have been done.
        """
        client = self._opened()
        if self._line is not None:
            self._line.until = begun + _GIVE_UP
        try:
            return self._said(what, client)
        except (AnswerLost, Unreached):
            raise
        except TooLarge as read:
            raise AnswerLost(str(read)) from None
        except ConnectionLost as failed:
            if getattr(failed, "after", None) is not None:
                raise  # it was too busy to begin
            raise AnswerLost(str(failed)) from None
        finally:
            if self._line is not None:
                self._line.until = None

    @property
    def service(self) -> str:
        """The service that the key is of. Raises NoCredential."""
        self._opened()
        return self._known.service if self._known else ""

    def close(self) -> None:
        """Let go of the connections, and of the key."""
        if self._line is not None:
            self._line.close()
        self._client = self._line = self._known = None

    def _opened(self) -> NotificationsAPIClient:
        if self._client is None:
            notify = package()
            self._known = key = self.key()
            self._client = notify(
                key.whole.get_secret_value(), self.server.url, timeout=int(self.server.timeout)
            )
            self._line = _Line(self.server)
            self._client.request_session = self._line
        return self._client

    def _said(
        self,
        what: Callable[[Any], _T],
        client: Any = None,
    ) -> _T:
        from notifications_python_client.errors import APIError

        client = client or self._opened()
        try:
            return what(client)
        except APIError as fault:
            raise self._meaning(fault) from None
        except requests.RequestException as lost:
            raise lost_by(lost, self.server.host) from None

    def _meaning(self, fault: APIError) -> Exception:
        lost, answer = fault.__cause__, fault.response
        if isinstance(lost, _TooLate):
            return Unreached("It was begun too long ago, and is not given to GOV.UK Notify now.")
        if answer is None:
            whole = lost if isinstance(lost, requests.RequestException) else None
            return lost_by(whole or requests.ConnectionError(), self.server.host)
        status = answer.status_code
        if status < 400:
            if status < 300:
                return AnswerLost(f"{self.server.host} gave an answer that nobody can read.")
            return MailServerUnavailable(
                f"{self.server.host} points elsewhere ({status}), where nothing is asked: correct "
                "[notify] url, or have the proxy let this machine through."
            )
        if status == 408:
            return AnswerLost(f"{self.server.host} gave up waiting ({status}).")
        waits = seconds(answer.headers.get("Retry-After", ""))
        key = self._known.whole if self._known else self.key().whole
        return refusal_of(status, fault.message, key, waits)


def package() -> type[NotificationsAPIClient]:
    """Notify's own client. Raises MailServerUnavailable where it is not installed."""
    try:
        from notifications_python_client.notifications import NotificationsAPIClient
    except ImportError:
        raise MailServerUnavailable(
            "The package notifications-python-client is needed to post by GOV.UK Notify: "
            "pip install 'correspondence[notify]'"
        ) from None
    logging.getLogger("notifications_python_client").setLevel(logging.CRITICAL + 1)
    return NotificationsAPIClient


class _TooLate(requests.RequestException):
    """What was begun is not to be said any more."""


class _Line(Https):
    """The connection; answers come whole, in time and in bounds. Nothing is posted after `until`.

    That is looked at when the token has been made already, so that a process which stood still at
    any moment cannot give away what another has given up waiting for.
    """

    def __init__(self, server: NotifyServer) -> None:
        here = server.url.startswith("http://")
        super().__init__(
            ca_file=server.ca_file,
            proxy=server.proxy,
            timeout=server.timeout,
            plain=here,
            https=not here,
        )
        self.until: float | None = None

    def request(self, method: str, url: str, **kwargs: Any) -> requests.Response:  # type: ignore[override]
        if self.until is not None and time.time() > self.until:
            raise _TooLate
        with super().request(method, url, **{**kwargs, "stream": True}) as answer:
            body = content_of(answer, _LARGEST, within=_TRICKLE)
        whole = requests.Response()
        whole.status_code, whole.reason, whole.url = answer.status_code, answer.reason, answer.url
        whole.headers, whole.raw, whole.request = answer.headers, io.BytesIO(body), answer.request
        return whole
