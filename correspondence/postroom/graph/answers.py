"""What Microsoft Graph's answers mean: done, not there, busy, refused, or lost on the way."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from correspondence.errors import MailServerUnavailable
from correspondence.postroom.answers import AnswerLost, Busy, Expired, Missing, Refused, seconds
from correspondence.postroom.credentials import without

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import SecretStr

_BUSY: Final = (429, 503)
_BROKEN: Final = (500, 502, 504)
_EXPIRED: Final = frozenset({"syncstatenotfound", "syncstateinvalid", "resyncrequired"})


def refusal_of(
    status: int,
    said: bytes,
    headers: Mapping[str, str],
    host: str,
    token: SecretStr | None,
) -> MailServerUnavailable:
    """What an answer other than yes means.

    https://learn.microsoft.com/en-us/graph/errors
    """
    code, message = _error(said)
    if token is not None:
        message = without(message, token)
    told = f"{host} says {status} {code}".strip()
    if status in _BUSY:
        return Busy(f"{told}: it asks for patience.", seconds(headers.get("Retry-After", "")))
    if status in _BROKEN:
        return AnswerLost(f"{told}: it failed over this.")
    sentence = f"{told}{f' ({message})' if message else ''}."
    if status == 410 or code.casefold() in _EXPIRED:
        return Expired(sentence, code, status)
    if status == 404:
        return Missing(sentence, code, status)
    return Refused(sentence, code, status)


def _error(said: bytes) -> tuple[str, str]:
    """Code and message of an error as Graph writes it; nothing where it is written otherwise."""
    try:
        error = json.loads(said)["error"]
        code, message = str(error["code"]), str(error.get("message", ""))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return "", ""
    return "".join(sign for sign in code if sign.isalnum() or sign in "._-")[:60], message


def object_of(said: bytes, host: str) -> dict[str, Any]:
    """The JSON object that was answered. Raises MailServerUnavailable for anything else."""
    try:
        found = json.loads(said)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise MailServerUnavailable(
            f"{host} answers, but not as Microsoft Graph does: correct host, or have the "
            "proxy let this machine through."
        )
    return found
