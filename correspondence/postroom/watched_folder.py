"""A folder whose server says what changed in it: what is known to lie there, by the messages' ids.

How far we had looked is a cursor of the server's. It is a hint and never the truth: it is kept in
memory alone, and where the server no longer takes it, everything is asked for anew.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from correspondence.errors import ConnectionLost, MailServerUnavailable
from correspondence.postroom.answers import Expired

if TYPE_CHECKING:
    from datetime import datetime

    from correspondence.postroom.pace import Pace
    from correspondence.postroom.patience import Patient

MOST_PARTS: Final = 10_000
"""An answer that has no end is no answer."""


class Server(Protocol):
    """Where a mailbox is."""

    @property
    def host(self) -> str:
        """The server's name."""
        ...


class Session(Protocol):
    """Requests for one mailbox."""

    patient: Patient
    pace: Pace

    @property
    def server(self) -> Server:
        """Whom they are made to."""
        ...

    def close(self) -> None:
        """Let go of the connection. Safe to call twice."""
        ...


@dataclass(frozen=True, slots=True)
class Listed:
    """A message as it is listed, before any of its words are fetched.

    `size` is in bytes as the mailbox keeps it, 0 where that is not said; `message_id` its
    Message-ID with its brackets, where names were asked for.
    """

    identity: str
    size: int
    received_at: datetime | None
    has_attachments: bool = False
    message_id: str = ""


@dataclass(slots=True)
class WatchedFolder(ABC):
    """A folder, and what is `there` as far as is known, by id."""

    session: Session
    there: dict[str, Listed] = field(default_factory=dict, kw_only=True)
    _cursor: str = field(default="", kw_only=True)

    def catch_up(self, *, whole: bool = False) -> bool:
        """Bring `there` up to date, from the beginning with `whole`; true where it was that.

        Nothing is changed where the server breaks off. Raises MailServerUnavailable.
        """
        if self._cursor and not whole:
            try:
                self._go_on(dict(self.there), self._cursor)
            except Expired:
                self._cursor = ""
            except ConnectionLost:
                raise
            except MailServerUnavailable:
                self._cursor = ""  # it may be that which is at fault
                raise
            else:
                return False
        try:
            self._go_on({}, "")
        except Expired:  # between one part and the next, perhaps
            self._go_on({}, "")
        return True

    @abstractmethod
    def _part(self, there: dict[str, Listed], cursor: str) -> tuple[str, bool]:
        """Ask for one part of what changed since the cursor, and change `there` by it.

        An empty cursor is the beginning. Returns how far it came, and whether that is all.
        """

    def _go_on(self, there: dict[str, Listed], cursor: str) -> None:
        for _ in range(MOST_PARTS):
            cursor, whole = self._part(there, cursor)
            if whole:
                self.there, self._cursor = there, cursor
                return
            if not cursor:
                break
        raise MailServerUnavailable(
            f"{self.session.server.host} lists the messages without coming to an end."
        )
