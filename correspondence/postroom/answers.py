"""What answers mean, of any service by HTTP: refused, not there, busy, or lost on the way."""

from __future__ import annotations

import time
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

import requests
from requests.exceptions import ConnectTimeout

from correspondence.errors import ConnectionLost, MailServerUnavailable
from correspondence.postroom.https import tls_fault
from correspondence.postroom.tls import NotTrusted, certificate_fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PORTION: Final = 256 * 1024  # bytes taken from the line at once


class Busy(ConnectionLost):
    """The service asks to be left alone for `after` seconds; it did nothing."""

    def __init__(self, sentence: str, after: float) -> None:
        self.after = after
        super().__init__(sentence)


class Unreached(ConnectionLost):
    """Nothing was said to the service, since it was not reached."""


class AnswerLost(ConnectionLost):
    """The request may have been heard, and may have been obeyed."""


class TooLarge(MailServerUnavailable):
    """An answer is larger than it may be; reading it was broken off."""


class Refused(MailServerUnavailable):
    """The service refuses what is asked; `code` is its own word for it, `status` HTTP's.

    The status is 0 where the service did not refuse by it.
    """

    def __init__(self, sentence: str, code: str, status: int = 0) -> None:
        self.code, self.status = code, status
        super().__init__(sentence)


class Missing(Refused):
    """What is asked for is not there, or not any more."""


class Expired(Refused):
    """The service no longer knows up to where we had looked."""


def in_bounds(parts: Iterable[bytes], largest: int, *, within: float = 600.0) -> Iterator[bytes]:
    """The parts of an answer that is not larger than `largest` bytes, and does not trickle.

    `within` is in seconds, for all of it. Raises TooLarge, requests.Timeout.
    """
    until = time.monotonic() + within
    seen = 0
    for part in parts:
        seen += len(part)
        if seen > largest:
            raise TooLarge(f"It is larger than {largest // 1024 // 1024} MB.")
        if time.monotonic() > until:
            raise requests.Timeout("the answer trickles")
        yield part


def content_of(answer: requests.Response, largest: int, *, within: float = 600.0) -> bytes:
    """The whole of an answer, where it stays `in_bounds`."""
    return b"".join(in_bounds(answer.iter_content(_PORTION), largest, within=within))


def lost_by(lost: requests.RequestException, host: str) -> MailServerUnavailable:
    """What it means that no whole answer came."""
    if fault := tls_fault(lost):
        return NotTrusted(certificate_fault(fault, host))
    never = isinstance(lost, ConnectTimeout) or "NewConnectionError" in repr(lost)
    if never or isinstance(lost, requests.exceptions.ProxyError):
        return Unreached(f"{host} was not reached: have the firewall or the proxy let it through.")
    return AnswerLost(f"{host} broke off, or gave no answer in time.")


def seconds(said: str) -> float:
    """Retry-After, in seconds or as a date (RFC 9110 10.2.3); ten where it says nothing."""
    try:
        return max(0.0, float(said))
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(said)
        return max(0.0, (until - datetime.now(until.tzinfo)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return 10.0
