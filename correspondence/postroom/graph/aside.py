"""The folder for what is kept, and moving a message there: once, and only from where it was taken.

Moving by an immutable id finds a message wherever it is. A second asking, after an answer that was
lost, might move what a colleague has put elsewhere, or double what lies in its place already:
https://github.com/microsoftgraph/msgraph-sdk-python/issues/1042
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from correspondence.postroom.answers import Missing
from correspondence.postroom.graph.folder import ready
from correspondence.postroom.graph.session import name_of

if TYPE_CHECKING:
    from correspondence.postroom.graph.folder import GraphFolder
    from correspondence.postroom.graph.session import GraphSession


@dataclass(slots=True)
class Aside:
    """The folder called `name`; `asked` are the messages whose move was asked for of late."""

    session: GraphSession
    name: str
    asked: set[str] = field(default_factory=set)
    _identity: str = ""
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def make_ready(self, *, anew: bool = False) -> None:
        """Find the folder, or make it; `anew` where the one that was known is gone."""
        with self._one_at_a_time:
            if anew or not self._identity:
                self._identity = ready(self.session, self.name)

    def move(self, watched: GraphFolder, message: str) -> None:
        """Move a message out of the watched folder; nothing where it is not there any more.

        May be called again after any failure. Raises MailServerUnavailable.
        """
        if message in self.asked and watched.place_of(message) != watched.identity:
            return
        self.asked.add(message)
        try:
            self._ask(message)
        except Missing:
            if watched.place_of(message) != watched.identity:
                return
            self.make_ready(anew=True)  # it is still there, so a colleague removed the other folder
            self._ask(message)

    def _ask(self, message: str) -> None:
        self.session.post(f"messages/{name_of(message)}/move", {"destinationId": self._identity})
