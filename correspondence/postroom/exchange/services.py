"""One mailbox on an Exchange server: what can be asked of it, and what it answers.

https://learn.microsoft.com/en-us/exchange/client-developer/exchange-web-services/ews-identifiers-in-exchange
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from exchangelib.account import Identity  # type: ignore[import-untyped]
from exchangelib.properties import DistinguishedFolderId, FolderId  # type: ignore[import-untyped]
from exchangelib.properties import Mailbox as Owner

from correspondence.postroom.exchange.operations import (
    MOST_FOLDERS,
    Bodies,
    Find,
    Folders,
    Look,
    Make,
    Move,
    Send,
    Sync,
    required,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from correspondence.postroom.exchange.line import Line
    from correspondence.postroom.exchange.operations import Changes
    from correspondence.postroom.exchange.server import ExchangeServer, Place


@dataclass
class _Asker:
    """What the library's operations want to know of an account."""

    protocol: Line
    primary_smtp_address: str
    access_type: str
    version: Any
    identity: Any
    default_timezone: None = None
    affinity_cookie: None = None


@dataclass(slots=True)
class Exchange:
    """One mailbox on one server, asked over one line. Raises the library's errors, and ours."""

    server: ExchangeServer
    line: Line
    _asker: _Asker = field(init=False)

    def __post_init__(self) -> None:
        address = self.server.address
        self._asker = _Asker(
            self.line,
            address,
            self.server.access,
            self.line.version,
            Identity(primary_smtp_address=address),
        )

    def changes(self, folder: Place, state: str, *, named: bool = False) -> Changes:
        """What came and went in a folder since `state`; from the beginning where that is empty.

        With `named` each message is told with its Message-ID.
        """
        return Sync(account=self._asker).since(self._id_of(folder), state, named=named)

    def bodies(self, ids: Sequence[str], largest: int) -> dict[str, bytes | Exception]:
        """The messages as MIME; what the server says against one of them in its place.

        What is answered neither way is left out. Raises TooLarge beyond so many bytes in all.
        """
        self.line.allow(largest)
        try:
            found = list(Bodies(account=self._asker).of(ids))
        finally:
            self.line.allow()
        bodies = {one[0]: one[1] for one in found if isinstance(one, tuple)}
        faults: dict[str, bytes | Exception] = {}
        if len(found) == len(ids):  # answers stand in the order of the questions
            pairs = zip(ids, found, strict=True)
            faults = {asked: one for asked, one in pairs if isinstance(one, Exception)}
        return {one: (bodies | faults)[one] for one in ids if one in bodies or one in faults}

    def move(self, ids: Sequence[str], target: Place) -> dict[str, Exception | None]:
        """Move messages; None for each that was, else why not. Left out: what nobody answered."""
        found = list(Move(account=self._asker).to(ids, self._id_of(target)))
        if len(found) != len(ids):
            return {}
        return dict(zip(ids, found, strict=True))

    def count(self, folder: Place) -> int:
        """How many messages a folder holds."""
        (found,) = required(list(Look(account=self._asker).at(self._id_of(folder))))
        return int(found)

    def folders(self, parent: Place) -> list[tuple[str, str]]:
        """Id and name of each folder within another."""
        found = islice(Folders(account=self._asker).within(self._id_of(parent)), MOST_FOLDERS)
        return list(required(list(found)))

    def make_folder(self, parent: Place, name: str) -> str:
        """The id of a new folder."""
        made = required(list(Make(account=self._asker).folder(self._id_of(parent), name)))
        return str(made[0])

    def find(self, folder: Place, message_id: str) -> bool:
        """Whether a folder holds a message of that Message-ID, given with its brackets."""
        found = Find(account=self._asker).by_message_id(self._id_of(folder), message_id)
        return bool(required(list(islice(found, 1))))

    def send(self, raw: bytes, *, saved_in: Place) -> None:
        """Send a message as it is, and have it saved."""
        required(list(Send(account=self._asker).message(raw, self._id_of(saved_in))))

    def _id_of(self, place: Place) -> Any:
        if place.well_known:
            owner = Owner(email_address=self.server.address)
            return DistinguishedFolderId(id=place.identity, mailbox=owner)
        return FolderId(id=place.identity)
