"""Where a mailbox on an Exchange server of the landlord's own is, and as whom it is opened."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

SignIn = Literal["ntlm", "basic", "oauth"]
"""How we say who we are: by password in one of two ways, or with a token from Microsoft Entra."""

Access = Literal["delegate", "impersonation"]
"""By which right another's mailbox is opened: as its delegate, or in its own name."""


@dataclass(frozen=True, slots=True)
class ExchangeServer:
    """A mailbox by Exchange Web Services. `timeout` is in seconds, for each part of an answer.

    `url` is where the services are (/EWS/Exchange.asmx), `user` who logs in, `address` the
    mailbox's own address, which is the user's where nothing is shared.
    """

    url: str
    user: str
    address: str
    sign_in: SignIn = "ntlm"
    access: Access = "delegate"
    ca_file: Path | None = None
    timeout: float = 60.0

    @property
    def host(self) -> str:
        """The server's name."""
        return urlsplit(self.url).hostname or ""

    @property
    def port(self) -> int:
        """Where it answers."""
        parts = urlsplit(self.url)
        return parts.port or (443 if parts.scheme == "https" else 80)

    @property
    def login(self) -> str:
        """Whose password is offered where: several mailboxes may be opened by one account."""
        return f"{self.user.casefold()}@{self.host}"

    @property
    def is_plain(self) -> bool:
        """Whether it is spoken with in the clear, as with this very machine alone."""
        return urlsplit(self.url).scheme != "https"


@dataclass(frozen=True, slots=True)
class Place:
    """A folder: by an id that the server gave, or by a name that every mailbox knows."""

    identity: str
    well_known: bool = False


INBOX: Final = Place("inbox", well_known=True)
SENT: Final = Place("sentitems", well_known=True)
TOP: Final = Place("msgfolderroot", well_known=True)
"""Where the folders are that people see."""
