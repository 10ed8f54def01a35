"""The token by which an application opens mailboxes and sends, instead of a password.

It is kept in memory alone. What was offered for one and refused is not offered again: whoever tries
a wrong secret too often may find the application locked.
"""

from __future__ import annotations

import contextlib
import threading
import time
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from pydantic import SecretStr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from correspondence.postroom.refused_logins import RefusedLogins

_Offer = TypeVar("_Offer")

_RENEWED_BEFORE: Final = 300.0  # seconds before it ends
_A_DAY: Final = 86_400.0  # seconds; no token is trusted to hold for longer


class Tokens(ABC, Generic[_Offer]):
    """An application's token, got when it is needed and renewed in time."""

    def __init__(
        self, name: str, offer: Callable[[], _Offer], refusals: RefusedLogins | None = None
    ) -> None:
        """`name` is what the profile calls the mailbox; `offer` gives what proves us, as now."""
        self._name = name
        self._offer = offer
        self._refusals = refusals
        self._token = SecretStr("")
        self._until = 0.0
        self._one_at_a_time = threading.Lock()

    def token(self) -> SecretStr:
        """A token that holds for a while. Raises LoginRefused, ConnectionLost or such."""
        with self._one_at_a_time:
            if time.monotonic() >= self._until:
                self._renew()
            return self._token

    def check(self) -> None:
        """Look at what would be offered, asking nobody. Raises NoCredential, LoginRefused."""
        rests_on = self._rests_on(self._offer())
        if self._refusals is not None and rests_on:
            self._refusals.check(self._name, _as_one(rests_on))

    def forget(self, token: SecretStr) -> None:
        """That token was not accepted: the next one is a new one."""
        with self._one_at_a_time:
            if token.get_secret_value() == self._token.get_secret_value():
                self._until = 0.0

    @abstractmethod
    def _rests_on(self, offer: _Offer) -> tuple[str, ...]:
        """All that a sign-in rests on: whichever is put right, it is tried again.

        Nothing, where it does no harm to offer again what was refused.
        """

    @abstractmethod
    def _ask(self, offer: _Offer) -> Mapping[str, Any]:
        """Ask for a token once: what was given, with `access_token` and `expires_in` in it."""

    def _renew(self) -> None:
        offer = self._offer()
        rests_on = self._rests_on(offer)
        if self._refusals is None or not rests_on:
            minding: contextlib.AbstractContextManager[None] = contextlib.nullcontext()
        else:
            minding = self._refusals.minding(self._name, _as_one(rests_on))
        with minding:
            given = self._ask(offer)
        lasts = _lifetime(given.get("expires_in"))
        self._token = SecretStr(str(given["access_token"]))
        self._until = time.monotonic() + max(lasts - _RENEWED_BEFORE, lasts / 2)


def _as_one(parts: tuple[str, ...]) -> SecretStr:
    return SecretStr("\0".join(parts))


def _lifetime(said: object) -> float:
    """For how many seconds a token holds; none where that is not said."""
    try:
        return min(max(0.0, float(str(said))), _A_DAY)
    except ValueError:
        return 0.0
