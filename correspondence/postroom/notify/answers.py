"""What the answers of GOV.UK Notify mean: how a letter stands, and why something was refused.

https://docs.notifications.service.gov.uk/rest-api.html#errors-precompiled-letter
https://docs.notifications.service.gov.uk/rest-api.html#precompiled-letter-status-descriptions
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal

from correspondence.errors import ConnectionLost, LoginRefused, MailServerUnavailable
from correspondence.postroom.answers import Busy
from correspondence.postroom.credentials import without

if TYPE_CHECKING:
    from pydantic import SecretStr

Standing = Literal["accepted", "dispatched", "refused", "in_doubt", "simulated"]
"""How a letter stands: it will be printed as far as is known; it was printed and handed to the
postal service, which is not delivered; it never will be; nobody can tell; it was a test key's."""

_IDENTITY: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_LONGEST: Final = 40  # characters of a status
_STANDING: Final[dict[str, Standing]] = {
    "pending-virus-check": "accepted",
    "created": "accepted",
    "sending": "accepted",
    "accepted": "accepted",
    "received": "dispatched",
    "delivered": "dispatched",
    "returned-letter": "dispatched",
    "validation-failed": "refused",
    "virus-scan-failed": "refused",
    "permanent-failure": "refused",
    "cancelled": "refused",
    "technical-failure": "in_doubt",
}
_SAYS: Final = {
    "validation-failed": "its address or margins are not as Notify takes them, though ours found "
    "nothing against it; look at the letter in Notify, where the fault is marked",
    "virus-scan-failed": "Notify says that the file holds a virus; look at its enclosures",
    "permanent-failure": "the printer cannot print it",
    "cancelled": "somebody cancelled it in Notify before it was printed",
    "technical-failure": "Notify had a fault of its own while it gave the letter to the printer, "
    "and may put that right by itself; ask its support before anything is sent again",
}


class Refused(MailServerUnavailable):
    """Notify answered, and does not do it. `said` are its own words, on one line."""

    def __init__(self, sentence: str, status: int, said: str) -> None:
        self.status = status
        self.said = said
        super().__init__(sentence)


class DailyLimit(Busy):
    """As many letters as Notify takes in a day were sent: the next go tomorrow."""


@dataclass(frozen=True, slots=True)
class Notified:
    """A letter as Notify knows it. `sent_at` is when the printer had it; times are UTC."""

    id: str
    reference: str
    status: str
    created_at: datetime | None = None
    sent_at: datetime | None = None
    completed_at: datetime | None = None

    @property
    def standing(self) -> Standing:
        """What its status means; a status nobody knows leaves it in doubt.

        Done without ever having been with a printer: that is how a test key's letters end.
        """
        standing = _STANDING.get(self.status, "in_doubt")
        if standing == "dispatched" and self.sent_at is None:
            return "simulated"
        return standing

    @property
    def because(self) -> str:
        """Why it is not printed, or nobody knows."""
        if self.standing == "simulated":
            return "the API key is a test key, with which Notify prints nothing"
        known = _SAYS.get(self.status)
        return f"{known} ({self.status})" if known else f"Notify calls it {self.status!r}"


def notified(said: Any) -> Notified:
    """A letter from its JSON. Raises MailServerUnavailable where that is none."""
    identity = identity_in(said)
    if not identity:
        raise MailServerUnavailable("GOV.UK Notify answered something that is no letter.")
    return Notified(
        id=identity,
        reference=_text(said.get("reference")),
        status=_text(said.get("status"))[:_LONGEST],
        created_at=_moment(said.get("created_at")),
        sent_at=_moment(said.get("sent_at")),
        completed_at=_moment(said.get("completed_at")),
    )


def identity_in(said: Any) -> str:
    """Notify's own name for the letter an answer is about; empty where it names none."""
    identity = _text(said.get("id")) if isinstance(said, dict) else ""
    return identity if _IDENTITY.fullmatch(identity) else ""


def refusal_of(status: int, errors: Any, key: SecretStr, retry_after: float) -> Exception:
    """What it means that Notify refused something: by its status and its own words."""
    kind, said = _first(errors)
    said = without(said, key)
    if status == 429:
        if kind == "TooManyRequestsError":
            return DailyLimit(
                f"GOV.UK Notify takes no more letters today ({said}). They go tomorrow; a higher "
                "limit is asked for under Settings there.",
                after=0.0,
            )
        return Busy(f"GOV.UK Notify asks to be asked less ({said}).", after=retry_after)
    if status >= 500:
        return ConnectionLost(f"GOV.UK Notify cannot answer just now ({status}).")
    if status in (401, 403) and (sentence := _who_asks(said)):
        return LoginRefused(sentence)
    return Refused(_sentence(status, said), status, said)


def _who_asks(said: str) -> str:
    """What is wrong with the key, or empty."""
    words = said.casefold()
    if "clock" in words or "token has expired" in words or "in the future" in words:
        return (
            "The clocks of GOV.UK Notify and this machine differ by more than 30 seconds "
            f"({said}): put this machine's clock right."
        )
    if "revoked" in words:
        return f"The API key was revoked ({said}): make a new one in Notify, under API integration."
    if "invalid token" in words or "authentication token" in words or "api key not found" in words:
        return (
            f"GOV.UK Notify does not know the API key ({said}): copy all of it again, or make a "
            "new one under API integration."
        )
    return ""


def _sentence(status: int, said: str) -> str:
    words = said.casefold()
    if "team api key" in words:
        return (
            "The API key is a team key, with which Notify sends no letters: make a live key under "
            "API integration."
        )
    if "trial mode" in words:
        return (
            "The service is in trial mode, in which Notify prints nothing: ask there for it to go "
            "live, under Settings."
        )
    if "not allowed to send letters" in words:
        return "The service may not send letters: switch letters on in Notify, under Settings."
    if status == 413 or ("file" in words and "2mb" in words.replace(" ", "")):
        return f"The letter is too large for GOV.UK Notify ({said})."
    return f"GOV.UK Notify refuses that ({status}: {said})."


def tomorrow(now: datetime) -> datetime:
    """When a daily limit may have ended: after midnight UTC, or six hours on in the small hours.

    Notify says that it counts anew at midnight; where it refuses shortly after, it counts from
    elsewhere.
    """
    if now.hour < 6:
        return now + timedelta(hours=6)
    return (now + timedelta(days=1)).replace(hour=0, minute=5, second=0, microsecond=0)


def _first(errors: Any) -> tuple[str, str]:
    """The kind and the words of the first error; both empty where there is none."""
    if isinstance(errors, list) and errors and isinstance(errors[0], dict):
        return _text(errors[0].get("error")), _text(errors[0].get("message"))
    if isinstance(errors, dict):  # older answers: {"token": ["..."]}
        inner = next(iter(errors.values()), "")
        return "", _text(inner[0] if isinstance(inner, list) and inner else inner)
    return "", _text(errors)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _moment(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(_text(value))
    except ValueError:
        return None
    return moment if moment.tzinfo else None
