"""What answers mean, of any service by HTTP: refused, not there, busy, or lost on the way."""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime

import requests
from requests.exceptions import ConnectTimeout

from correspondence.errors import ConnectionLost, MailServerUnavailable
from correspondence.postroom.https import tls_fault
from correspondence.postroom.tls import NotTrusted, certificate_fault


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
