"""What the answers of an Exchange server mean: done, not there, busy, refused, or lost on the way.

exchangelib names its errors after Exchange's own response codes, so they are known by their names:
https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/responsecode
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import requests

from correspondence.errors import ConnectionLost, MailServerUnavailable
from correspondence.postroom.answers import (
    AnswerLost,
    Busy,
    Expired,
    Missing,
    Refused,
    lost_by,
    seconds,
)
from correspondence.postroom.credentials import without

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import SecretStr

_BUSY: Final = (429, 503)
_BROKEN: Final = (500, 502, 504)
_USUAL_PAUSE: Final = 10.0  # seconds, where a busy server does not say how long

_MISSING: Final = frozenset({"ErrorItemNotFound", "ErrorFolderNotFound", "ErrorSyncFolderNotFound"})
_EXPIRED: Final = frozenset({"ErrorInvalidSyncStateData"})
_HELD_OFF: Final = frozenset({"ErrorServerBusy", "ErrorExceededConnectionCount",
                              "ErrorTooManyObjectsOpened"})  # fmt: skip
_UNSETTLED: Final = frozenset(
    {
        "ErrorTimeoutExpired",
        "ErrorInternalServerError",
        "ErrorInternalServerTransientError",
        "ErrorMailboxStoreUnavailable",
        "ErrorMailboxMoveInProgress",
        "ErrorConnectionFailed",
        "ErrorBatchProcessingStopped",
        "ErrorADUnavailable",
        "ErrorADOperation",
    }
)
"""After these nobody knows whether it was done; the server may do it another time."""

_ADDRESS: Final = re.compile(r"\S+@\S+")
_OF_TRANSPORT: Final = frozenset({"SOAPError", "MalformedResponseError", "TransportError"})


class NotLetIn(Exception):
    """The server answers 401; `offered` is how it would be signed in to (RFC 9110 11.6.1)."""

    def __init__(self, offered: str) -> None:
        ways = (one.strip().split(" ")[0].rstrip(",") for one in offered.split(","))
        self.offered = tuple(
            dict.fromkeys(
                one for one in ways if one.isalnum() and len(one) <= 20 and "=" not in one
            )
        )
        super().__init__("401")


class NoExchange(ConnectionLost):
    """What answers is no Exchange Web Services, or answers in part: it says nothing."""


def answer_refused(status: int, headers: Mapping[str, str], host: str) -> MailServerUnavailable:
    """What an answer means that the services themselves did not give."""
    if status in _BUSY:
        after = seconds(headers.get("Retry-After", ""))
        return Busy(f"{host} says {status}: it asks for patience.", after)
    if status in _BROKEN:
        return AnswerLost(f"{host} says {status}: it failed over this.")
    if 300 <= status < 400:
        return MailServerUnavailable(
            f"{host} points to another address ({status}), and nothing is asked there: correct url."
        )
    if status == 404:
        return MailServerUnavailable(
            f"{host} has no Exchange Web Services at that address (404): correct url, which mostly "
            "ends in /EWS/Exchange.asmx."
        )
    if status == 413:
        return Refused(f"{host} takes no request as large as this one (413).", "", status)
    return Refused(f"{host} refuses the request ({status}).", "", status)


def meaning_of(fault: Exception, host: str, secret: SecretStr) -> MailServerUnavailable:
    """What went wrong, as a sentence of ours that repeats no message and no password."""
    if isinstance(fault, MailServerUnavailable):
        return fault
    lost = _lost(fault)
    if lost is not None:
        return lost_by(lost, host)
    code = type(fault).__name__
    if not code.startswith("Error"):
        return _no_exchange(fault, host, code)
    if code in _HELD_OFF:
        after = float(getattr(fault, "back_off", None) or _USUAL_PAUSE)
        return Busy(f"{host} says {code}: it asks for patience.", after)
    if code in _UNSETTLED:
        return AnswerLost(f"{host} says {code}: it failed over this.")
    said = without(_ADDRESS.sub("…", str(fault)), secret)
    sentence = f"{host} says {code}{f' ({said})' if said and said != code else ''}."
    kind = Missing if code in _MISSING else Expired if code in _EXPIRED else Refused
    return kind(sentence, code)


def _no_exchange(fault: Exception, host: str, code: str) -> MailServerUnavailable:
    if code in _OF_TRANSPORT and str(fault).startswith("SOAP error"):
        return NoExchange(f"{host} refuses the request as one it does not understand.")
    if isinstance(fault, OSError):
        return ConnectionLost(f"{host} was not reached or broke off ({fault.strerror or code}).")
    return NoExchange(
        f"{host} answers, but not as Exchange Web Services do ({code}): correct url, or have the "
        "proxy let this machine through."
    )


def _lost(fault: BaseException | None) -> requests.RequestException | None:
    """The broken line behind an error of the library, which wraps it twice at most."""
    for _ in range(3):
        if fault is None or isinstance(fault, requests.RequestException):
            return fault
        fault = fault.__cause__ or fault.__context__
    return None
