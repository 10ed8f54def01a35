"""Requests to Microsoft Graph for one mailbox: who asks, how often, and what an answer means.

Ids are immutable ones in every request (`Prefer: IdType="ImmutableId"`), so that a message keeps
its name when it is moved. At most four requests are under way at once, which is what the service
allows an application in one mailbox. A server that asks for patience is given it (Retry-After).

https://learn.microsoft.com/en-us/graph/outlook-immutable-id
https://learn.microsoft.com/en-us/graph/throttling-limits#outlook-service-limits
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlsplit

import requests

from correspondence.errors import MailServerUnavailable
from correspondence.postroom.answers import Refused, content_of, lost_by
from correspondence.postroom.graph.answers import object_of, refusal_of
from correspondence.postroom.https import Https
from correspondence.postroom.pace import Pace
from correspondence.postroom.patience import Patient

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import SecretStr

    from correspondence.postroom.graph.server import GraphServer
    from correspondence.postroom.graph.tokens import GraphTokens

AT_ONCE: Final = 4
"""Requests under way at the same time for one mailbox."""

_LARGEST_ANSWER: Final = 32 * 1024 * 1024  # bytes of JSON
_IDS: Final = 'IdType="ImmutableId"'


@dataclass(slots=True)
class GraphSession:
    """Requests for one mailbox. `server_time` is the service's own clock at its last answer, UTC.

    Raises, of every request: Missing, Expired, Refused, Busy, Unreached, AnswerLost, LoginRefused,
    MailServerUnavailable.
    """

    server: GraphServer
    tokens: GraphTokens
    patient: Patient = field(default_factory=Patient)
    pace: Pace = field(default_factory=Pace)
    server_time: datetime | None = None
    _http: Https | None = None
    _gate: threading.BoundedSemaphore = field(
        default_factory=lambda: threading.BoundedSemaphore(AT_ONCE)
    )
    _opening: threading.Lock = field(default_factory=threading.Lock)

    def close(self) -> None:
        """Let go of the connections."""
        with self._opening:
            if self._http is not None:
                self._http.close()
                self._http = None

    def get(
        self, path: str, query: Mapping[str, str] | None = None, *, page: int = 0
    ) -> dict[str, Any]:
        """What lies at a path below the mailbox, or at a link the service gave; tried patiently."""
        url = self._url(path, query)
        prefer = f"{_IDS}, odata.maxpagesize={page}" if page else _IDS
        return self.patient.trying(lambda: self._json("GET", url, {"Prefer": prefer}))

    def content(self, path: str, largest: int) -> bytes:
        """The bytes at a path, whole. Raises TooLarge beyond `largest` bytes."""
        url = self._url(path, None)
        return self.patient.trying(lambda: self._body("GET", url, {}, None, largest)[1])

    def post(
        self, path: str, body: Mapping[str, Any] | bytes, *, kind: str = "application/json"
    ) -> tuple[int, dict[str, Any]]:
        """Ask for something to be done, once; the status and what was answered."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        status, said = self._body(
            "POST", self._url(path, None), {"Content-Type": kind}, raw, _LARGEST_ANSWER
        )
        return status, object_of(said, self.server.host) if said.strip() else {}

    def delete(self, path: str) -> None:
        """Remove what lies at a path; for drafts of our own alone."""
        self._body("DELETE", self._url(path, None), {}, None, _LARGEST_ANSWER)

    def put_part(self, link: str, part: bytes, first: int, whole: int) -> None:
        """Bytes `first` onwards of a file of `whole` bytes, to the upload session at `link`.

        Once, since a second asking after a lost answer would be refused. The link itself is the
        right to write, so no token goes with it.
        https://learn.microsoft.com/en-us/graph/outlook-large-attachments
        """
        place = f"bytes {first}-{first + len(part) - 1}/{whole}"
        told = {"Content-Range": place, "Content-Type": "application/octet-stream"}
        self._answered("PUT", link, told, part, _LARGEST_ANSWER, token=None)

    def _url(self, path: str, query: Mapping[str, str] | None) -> str:
        if path.startswith("https://"):
            if not _is_there(path, self.server.address):
                raise MailServerUnavailable(
                    f"{self.server.host} points to another server for the rest of its answer; "
                    "nothing is asked there."
                )
            return path
        asked = "&".join(f"{name}={quote(value, safe='')}" for name, value in (query or {}).items())
        user = quote(self.server.user, safe="@")
        return f"{self.server.address}/users/{user}/{path}{'?' + asked if asked else ''}"

    def _json(self, method: str, url: str, headers: Mapping[str, str]) -> dict[str, Any]:
        said = self._body(method, url, headers, None, _LARGEST_ANSWER)[1]
        return object_of(said, self.server.host)

    def _body(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, largest: int
    ) -> tuple[int, bytes]:
        """One request under our token; where that was not accepted, once more under a new one."""
        headers = {"Prefer": _IDS, **headers}
        token = self.tokens.token()
        try:
            return self._answered(method, url, headers, body, largest, token=token)
        except Refused as refused:
            if refused.status != 401:
                raise
            self.tokens.forget(token)
        return self._answered(method, url, headers, body, largest, token=self.tokens.token())

    def _answered(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | None,
        largest: int,
        *,
        token: SecretStr | None,
    ) -> tuple[int, bytes]:
        host = self.server.host
        told = dict(headers)
        if token is not None:
            told["Authorization"] = f"Bearer {token.get_secret_value()}"
        self.pace.note()
        try:
            with (
                self._gate,
                self._open().request(method, url, headers=told, data=body, stream=True) as answer,
            ):
                self._note_time(answer.headers.get("Date", ""))
                good = 200 <= answer.status_code < 300
                said = content_of(answer, largest if good else 1024 * 1024)
        except requests.RequestException as lost:
            raise lost_by(lost, host) from None
        if good:
            return answer.status_code, said
        raise refusal_of(answer.status_code, said, answer.headers, host, token)

    def _open(self) -> Https:
        with self._opening:
            if self._http is None:
                self._http = Https(
                    ca_file=self.server.ca_file,
                    proxy=self.server.proxy,
                    timeout=self.server.timeout,
                )
            return self._http

    def _note_time(self, said: str) -> None:
        try:
            self.server_time = parsedate_to_datetime(said).astimezone(UTC)
        except (ValueError, TypeError, OverflowError):
            self.server_time = self.server_time or datetime.now(UTC)


def name_of(identity: str) -> str:
    """An id as it stands in a path."""
    return quote(identity, safe="")


def _is_there(link: str, address: str) -> bool:
    """Whether a link leads to the server at that address."""
    try:
        ours, theirs = ((one.hostname, one.port or 443) for one in map(urlsplit, (address, link)))
    except ValueError:
        return False
    return ours == theirs
