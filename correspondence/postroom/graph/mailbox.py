"""A mailbox in Exchange Online: looked through, copied out, and each kept message moved aside.

A message keeps its immutable id wherever it is moved, so before kept ones are moved the folder is
caught up with: what a colleague has moved elsewhere stays where they put it.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from correspondence.errors import ConnectionLost, MailServerUnavailable
from correspondence.postroom.answers import Missing, Refused, TooLarge
from correspondence.postroom.base import BY_GRAPH, Arrival, LeftAlone
from correspondence.postroom.graph import folder as graph_folder
from correspondence.postroom.graph.aside import Aside
from correspondence.postroom.graph.folder import GraphFolder
from correspondence.postroom.graph.scan_placeholder import is_being_scanned
from correspondence.postroom.graph.session import AT_ONCE, GraphSession, name_of
from correspondence.postroom.rules import MEGABYTE
from correspondence.postroom.watched_mailbox import WatchedMailbox

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from correspondence.postroom.watched_folder import Listed

_CREW: Final = AT_ONCE - 1  # messages fetched or moved at once; one request is left for a letter
_ENCODED: Final = 2  # a message as MIME is larger than it is kept, by a third and some
_SCAN_HOLD: Final = timedelta(hours=1)
"""How long after its receipt a message whose attachments are being scanned is waited for."""


@dataclass(slots=True)
class GraphMailbox(WatchedMailbox[GraphFolder]):
    """One mailbox's folder as a source of messages."""

    session: GraphSession
    _aside: Aside = field(init=False)

    SCHEME: ClassVar[str] = BY_GRAPH
    TOGETHER: ClassVar[int] = 24
    EACH: ClassVar[int] = 2

    def __post_init__(self) -> None:
        self._aside = Aside(self.session, self.rules.processed)

    def _moved_aside(self, ids: Sequence[str]) -> Mapping[str, str]:
        try:
            watched = self._folder()
            self._catch_up(watched)
            self._aside.asked.intersection_update(watched.there)
            self._aside.make_ready()
            going = [identity for identity in ids if identity in watched.there]
            with ThreadPoolExecutor(_CREW) as crew:
                moved = list(crew.map(partial(self._set_aside, watched), going))
        except MailServerUnavailable as why:
            return dict.fromkeys(ids, self._stays(why))
        return {identity: why for identity, why in zip(going, moved, strict=True) if why}

    def _opened(self) -> GraphFolder:
        return GraphFolder.named(self.session, self.rules.folder)

    def _named_in(self, folder: str) -> Iterator[tuple[str, str]]:
        identity = graph_folder.find(self.session, folder)
        if identity:
            yield from graph_folder.named_in(self.session, identity)

    def _answers(self) -> None:
        self.session.get(f"mailFolders/{name_of(self._folder().identity)}", {"$select": "id"})

    def _source(self, identity: str) -> str:
        return f"{self.SCHEME}{self.session.server.user}/{name_of(identity)}"

    def _fetched(self, some: Sequence[Listed]) -> Iterator[Arrival | LeftAlone]:
        with ThreadPoolExecutor(_CREW) as crew:
            fetched = list(crew.map(self._fetch, some))
        for one, found in zip(some, fetched, strict=True):
            if isinstance(found, ConnectionLost):
                yield self._odd(one, found)
            elif found is not None:
                yield found

    def _fetch(self, one: Listed) -> Arrival | LeftAlone | ConnectionLost | None:
        """One message with its bytes; None where a colleague took it away meanwhile."""
        largest = _ENCODED * self.rules.largest + MEGABYTE
        try:
            raw = self.session.content(f"messages/{name_of(one.identity)}/$value", largest)
        except Missing as missing:
            if self._is_there(one.identity):
                return self._leave(one.identity, str(missing))
            self._gone(one.identity)
            return None
        except ConnectionLost as lost:
            return lost
        except TooLarge:
            return self._leave(one.identity, self.rules.too_large(largest))
        except Refused as refused:
            if refused.status in (401, 403):  # it is not this message that is refused
                raise
            return self._leave(one.identity, str(refused))
        if is_being_scanned(raw, has_attachments=one.has_attachments) and not self._waited(one):
            return LeftAlone(self._name(one.identity), "its attachments are being scanned", True)
        return self._arrival(one, raw)

    def _is_there(self, identity: str) -> bool:
        watched = self._folder()
        return watched.place_of(identity) == watched.identity

    def _waited(self, one: Listed) -> bool:
        """Whether it has been waited for long enough, by the service's own clock."""
        now = self.session.server_time or datetime.now(UTC)
        return one.received_at is None or now - one.received_at >= _SCAN_HOLD

    def _set_aside(self, watched: GraphFolder, identity: str) -> str:
        """Move one message; empty where it is in its place, or not there any more; else why not."""
        try:
            self.session.patient.trying(partial(self._aside.move, watched, identity))
        except ConnectionLost as why:
            return self._stays(why)
        except MailServerUnavailable as why:
            # Looked at again only when all is.
            self._leave(identity, "it is kept, but could not be moved")
            return self._stays(why)
        self._gone(identity)
        return ""
