"""Requests to an Exchange server for one mailbox, one at a time; a refused login ends them.

A password that the server refuses is offered once, and never again until it is another one or
somebody runs `mailbox test`. Exchange answers 401 also where it merely wants to be asked less, so a
password it has just let in is offered once more, on a new connection, and not a third time.
"""

from __future__ import annotations

import hashlib
import importlib.util
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

from pydantic import SecretStr

from correspondence.errors import CorrespondenceError, LoginRefused, MailServerUnavailable
from correspondence.postroom.exchange.answers import NotLetIn, meaning_of
from correspondence.postroom.pace import Pace
from correspondence.postroom.patience import Patient

if TYPE_CHECKING:
    from collections.abc import Callable

    from correspondence.postroom.exchange.server import ExchangeServer
    from correspondence.postroom.exchange.services import Exchange
    from correspondence.postroom.graph.tokens import GraphTokens
    from correspondence.postroom.refused_logins import RefusedLogins

_T = TypeVar("_T")

_PACKAGES: Final = ("exchangelib", "requests_ntlm")
_EXTRA: Final = "pip install 'correspondence[exchange]'"
_OFFERS: Final = {"basic": ("Basic",), "ntlm": ("NTLM", "Negotiate"), "oauth": ("Bearer",)}


@dataclass(slots=True)
class ExchangeSession:
    """Requests for one mailbox; `name` is what the profile calls it.

    `password` gives the password as it is now, `tokens` are instead of one, and `refusals`
    remembers, across restarts and for all mailboxes that one account opens, a password that was
    refused.
    """

    name: str
    server: ExchangeServer
    password: Callable[[], SecretStr]
    tokens: GraphTokens | None = None
    refusals: RefusedLogins | None = None
    patient: Patient = field(default_factory=Patient)
    pace: Pace = field(default_factory=Pace)
    _exchange: Exchange | None = None
    _secret: SecretStr = field(default_factory=lambda: SecretStr(""))
    _let_in: bool = False  # the server took this password, or this token, a moment ago
    _refused: tuple[str, LoginRefused] | None = None  # a digest of the password, and the refusal
    _one_at_a_time: threading.RLock = field(default_factory=threading.RLock)

    def ask(self, step: Callable[[Exchange], _T]) -> _T:
        """Ask, patiently. Raises Missing, Expired, Refused, Busy, LoginRefused and such."""
        return self.patient.trying(lambda: self.ask_once(step))

    def ask_once(self, step: Callable[[Exchange], _T]) -> _T:
        """Ask for something that must not be asked for twice."""
        with self._one_at_a_time:
            for again in (self._let_in or self.tokens is not None, False):
                exchange = self._connected()
                self.pace.note()
                try:
                    done = step(exchange)
                except NotLetIn as out:
                    self._doubt()
                    if not again:
                        raise self._turned_away(out) from None
                except Exception as fault:  # noqa: BLE001 - whatever the library makes of it
                    raise meaning_of(fault, self.server.host, self._secret) from None
                else:
                    self._was_let_in()
                    return done
            raise AssertionError("unreachable")

    def check(self) -> None:
        """Look at what would be offered, asking nobody. Raises NoCredential, LoginRefused."""
        if self.tokens is not None:
            self.tokens.check()
        elif self.refusals is not None:
            self.refusals.check(self.server.login, self.password())

    @property
    def shown(self) -> SecretStr:
        """What was shown to the server, so that it is left out of whatever the server says."""
        return self._secret

    def close(self) -> None:
        """Let go of the connection. Safe to call twice."""
        with self._one_at_a_time:
            if self._exchange is not None:
                self._exchange.line.close()
                self._exchange = None

    def _connected(self) -> Exchange:
        """The line there is, or a new one; a password that was refused is not offered again."""
        if self._exchange is not None:
            return self._exchange
        if self.tokens is None:
            secret = self.password()
            if secret != self._secret:
                self._secret, self._let_in = secret, False
            if self._refused and self._refused[0] == _digest(self._secret):
                raise self._refused[1]
            if self.refusals is not None and not self._let_in:
                self.refusals.check(self.server.login, self._secret)
        self._exchange = self._opened()
        return self._exchange

    def _opened(self) -> Exchange:
        if fault := package_fault(self.name):
            raise MailServerUnavailable(fault)
        from correspondence.postroom.exchange.line import Line, auth_of  # large, so only here
        from correspondence.postroom.exchange.services import Exchange

        token = self.tokens.token if self.tokens is not None else None
        try:
            line = Line(self.server, auth_of(self.server, self._secret, token))
        except CorrespondenceError:
            raise
        except Exception as odd:  # noqa: BLE001 - whatever the libraries make of a name or address
            raise meaning_of(odd, self.server.host, self._secret) from None
        return Exchange(self.server, line)

    def _was_let_in(self) -> None:
        if not self._let_in and self.tokens is None and self.refusals is not None:
            self.refusals.forget(self.server.login)
        self._let_in, self._refused = True, None

    def _doubt(self) -> None:
        """What was shown did not open the door this time."""
        if self.tokens is not None and self._exchange is not None:
            self.tokens.forget(self.tokens.token())
        self._let_in = False
        self.close()

    def _turned_away(self, out: NotLetIn) -> MailServerUnavailable:
        server = self.server
        if out.offered and not set(_OFFERS[server.sign_in]) & set(out.offered):
            return MailServerUnavailable(
                f"{server.host} lets nobody in by {server.sign_in}; it offers "
                f"{', '.join(out.offered)}: correct sign_in, or have it switched on for the "
                "server's EWS directory."
            )
        if self.tokens is not None:
            return MailServerUnavailable(
                f"{server.host} does not accept the token of the application: have it set up for "
                "hybrid modern authentication, with this host among the application's audiences."
            )
        refused = LoginRefused(
            f"{server.host} refuses the login of {server.user}. It is not tried again by itself, "
            "which could lock the account: put name and password right, then run "
            "`correspondence mailbox test`."
        )
        self._refused = (_digest(self._secret), refused)
        if self.refusals is not None:
            self.refusals.note(self.server.login, self._secret, refused)
        return refused


def package_fault(name: str) -> str:
    """What is to be installed for a mailbox of that name; empty where nothing is missing."""
    if all(importlib.util.find_spec(package) for package in _PACKAGES):
        return ""
    return (
        f"{name} is on an Exchange server, for which the package {_PACKAGES[0]} is needed and not "
        f"installed: {_EXTRA}"
    )


def _digest(secret: SecretStr) -> str:
    return hashlib.sha256(secret.get_secret_value().encode()).hexdigest()
