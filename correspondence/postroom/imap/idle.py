"""Has an IMAP server say when something arrives, by a connection of its own. It decides nothing.

Servers forget to say so, and connections die unnoticed, so a notice only shortens the wait; the
look that comes anyway finds whatever was missed (RFC 2177).
"""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Final

from correspondence.errors import ConnectionLost, MailServerUnavailable
from correspondence.postroom.imap.mailbox import ImapMailbox
from correspondence.postroom.imap.session import ImapSession
from correspondence.postroom.patience import Patience

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from correspondence.postroom.base import Mailbox
    from correspondence.settings import Mailbox as Named

_ANEW: Final = 540.0  # seconds; firewalls forget connections that are silent for longer
_A_MOMENT: Final = 1.0  # seconds in which it notices that it is to stop


@dataclass(slots=True)
class ImapIdle:
    """Marks `of` as stirred when its folder changes, and calls `tell`; until stopped.

    It starts only once `of` has logged in, and ends by itself where a login is refused: a wrong
    password is tried by nobody twice.
    """

    of: ImapMailbox
    tell: Callable[[], None]
    patience: Patience = field(default_factory=lambda: Patience(first=5.0, longest=600.0))
    chance: Random = field(default_factory=Random)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to listen, in a thread that ends with the program."""
        self._thread = threading.Thread(
            target=self._listen, name=f"idle {self.of.mailbox}", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """End, within a moment or two."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout=3 * _A_MOMENT)

    def _listen(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            if not self.of.is_connected:  # it has not logged in yet, or is having trouble itself
                self._stopping.wait(_A_MOMENT)
                continue
            try:
                if not self._listen_once():
                    return
                failures = 0
            except ConnectionLost:
                failures += 1
            except MailServerUnavailable:
                return  # refused; the mailbox itself says so, at its next look
            self._stopping.wait(self.patience.pause(failures, self.chance) if failures else 0)

    def _listen_once(self) -> bool:
        """Listen on one connection until it breaks off; false where its server offers no IDLE."""
        session = ImapSession(self.of.server, self.of.password())
        try:
            if b"IDLE" not in session.abilities:
                return False
            session.select(session.whole_name(self.of.rules.folder))
            while not self._stopping.is_set():
                if session.stirs(_ANEW, until=self._stopping.is_set, every=_A_MOMENT):
                    self.of.stirred.set()
                    self.tell()
            return True
        finally:
            session.close()


@contextlib.contextmanager
def listening(
    mailboxes: Sequence[Mailbox], named: Sequence[Named], tell: Callable[[], None]
) -> Iterator[None]:
    """Listen, while the block runs, to every mailbox whose profile asks for it."""
    wanted = {one.name for one in named if one.idle}
    listeners = [
        ImapIdle(one, tell)
        for one in mailboxes
        if isinstance(one, ImapMailbox) and one.mailbox in wanted
    ]
    try:
        for one in listeners:
            one.start()
        yield
    finally:
        for one in listeners:
            one.stop()
