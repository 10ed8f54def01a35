"""Who may speak to the stand-in: by password in the clear, by NTLM, or with a token."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import TYPE_CHECKING, Any

import spnego
from spnego.channel_bindings import GssChannelBindings

if TYPE_CHECKING:
    from tests.postroom.stand_ins.exchange.state import Mailbox


class Door:
    """The door of one connection, which stays open once NTLM has opened it ([MS-NTHT])."""

    def __init__(self, mailbox: Mailbox, certificate: bytes = b"") -> None:
        """Over TLS, NTLM must name our certificate: Extended Protection, RFC 5929 4."""
        self._mailbox = mailbox
        self._bound: Any = None
        if certificate:
            named = b"tls-server-end-point:" + hashlib.sha256(certificate).digest()
            self._bound = GssChannelBindings(application_data=named)
        self._is_open = False
        self._exchange: Any = None

    def knock(self, shown: str) -> list[str] | None:
        """None where it opens; else what is offered, or challenged."""
        if self._is_open and not shown:
            return None
        way, _, said = shown.partition(" ")
        if way not in self._mailbox.offers:
            return list(self._mailbox.offers)
        if way == "Bearer" and said in self._mailbox.tokens:
            return None
        if way == "Basic" and _decoded(said) == self._known():
            return None
        if way in ("NTLM", "Negotiate"):
            return self._by_ntlm(way, said)
        self._mailbox.logins_refused += 1
        return list(self._mailbox.offers)

    def _known(self) -> bytes:
        return f"{self._mailbox.user}:{self._mailbox.password}".encode()

    def _by_ntlm(self, way: str, said: str) -> list[str] | None:
        if self._exchange is None:
            options = spnego.NegotiateOptions.use_ntlm
            self._exchange = spnego.server(
                protocol="ntlm", options=options, channel_bindings=self._bound
            )
        try:
            challenge = self._exchange.step(_decoded(said))
            self._is_open = bool(self._exchange.complete)
        except Exception:  # noqa: BLE001 - whatever the library says of a wrong password
            self._mailbox.logins_refused += 1
            self._exchange = None
            return list(self._mailbox.offers)
        if self._is_open:
            return None
        return [f"{way} {base64.b64encode(challenge).decode()}"]


def _decoded(said: str) -> bytes:
    try:
        return base64.b64decode(said)
    except binascii.Error:
        return b""
