"""A mailbox on an IMAP server: looked through, copied out, and each kept message moved aside.

A message is named by account, folder, UIDVALIDITY and UID (the form of RFC 5092) with the SHA-256
of its bytes, and is never told by whether somebody has read it. A server that has renumbered its
folder says so by another UIDVALIDITY: nothing is then moved by an old number, since it may by now
belong to a message that nobody has kept. Nothing is ever deleted.
"""

from __future__ import annotations

import hashlib
import re
import threading
import time
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Final, TypeVar

from correspondence.errors import ConnectionLost, LoginRefused, MailServerUnavailable
from correspondence.portions import in_portions
from correspondence.postroom.base import BY_IMAP, Arrival, Held, HeldBack, LeftAlone
from correspondence.postroom.imap.session import ImapServer, ImapSession, Listed, Selected
from correspondence.postroom.pace import Pace
from correspondence.postroom.patience import Patience
from correspondence.postroom.refused_logins import RefusedLogins
from correspondence.postroom.rules import MEGABYTE, Rules, enough, too_often

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pydantic import SecretStr

_T = TypeVar("_T")

_TRIES: Final = 4  # of one step of a patient sweep, before the rest is left to the next
_TOGETHER: Final = 32  # messages fetched by one request
_TOGETHER_BYTES: Final = 8 * MEGABYTE
_BESIDE: Final = 5  # requests for a portion: opening, fetching, and moving in up to three steps
_NUMBERS: Final = re.compile(r";UIDVALIDITY=(\d+)/;UID=(\d+)#[0-9a-f]{64}")


@dataclass(slots=True)
class ImapMailbox:
    """One account's folder as a source of messages.

    `password` gives the password as it is now, `refusals` remembers across restarts one that was
    refused. `wait`, `since` (a clock that only goes forward)
    and `chance` are how it waits between tries.
    """

    mailbox: str
    server: ImapServer
    password: Callable[[], SecretStr]
    rules: Rules = field(default_factory=Rules)
    pace: Pace = field(default_factory=Pace)
    patience: Patience = field(default_factory=Patience)
    wait: Callable[[float], None] = time.sleep
    since: Callable[[], float] = time.monotonic
    chance: Random = field(default_factory=Random)
    stirred: threading.Event = field(default_factory=threading.Event)
    refusals: RefusedLogins | None = None
    _session: ImapSession | None = None
    _refused: tuple[str, LoginRefused] | None = None  # a digest of the password, and the refusal
    _seen: Selected | None = None  # what the folder looked like when all in it was dealt with
    _open: set[int] = field(default_factory=set)  # listed, and not yet set aside
    _left: dict[int, LeftAlone] = field(default_factory=dict)
    _too_early: int = 0
    _failures: int = 0
    _next_look: float = 0.0
    _next_whole_look: float = 0.0

    def arrivals(self, *, patient: bool = True) -> Iterator[Arrival | LeftAlone | HeldBack]:
        """What is there and not yet set aside, oldest first.

        A sweep that is not patient looks only when a look is due, and costs one request where
        nothing is new. Raises MailServerUnavailable.
        """
        if not patient and not self._is_due():
            return
        self.stirred.clear()
        self._next_look = self.since() + self.rules.poll_seconds
        listed, validity = self._trying(self._look, patient=patient)
        yield from self._left_alone()
        taken = 0
        for some in in_portions(
            listed, lambda one: one.size, most=_TOGETHER, most_bytes=_TOGETHER_BYTES
        ):
            pause = self.pace.pause(_BESIDE)
            if patient:
                if pause:
                    self.wait(pause)
            elif held := (
                too_often(self.mailbox, self.pace, pause)
                or enough(self.mailbox, taken, self.rules.most_per_look)
            ):
                self._next_look = self.since() + held.after
                yield held
                return
            for found in self._trying(partial(self._fetch, some, validity), patient=patient):
                taken += isinstance(found, Arrival)
                yield found

    def settle_all(self, arrivals: Sequence[Arrival]) -> Mapping[str, str]:
        """Move what was kept to the folder for it; those that could not be, and why."""
        numbers = {one.source_key: _numbers(one.source_key) for one in arrivals}
        refused: dict[str, str] = {}
        for validity in sorted({validity for validity, _ in numbers.values()}):
            uids = sorted(uid for other, uid in numbers.values() if other == validity)
            try:
                self._trying(partial(self._set_aside, uids, validity), patient=True)
                self._open.difference_update(uids)
            except MailServerUnavailable as why:
                said = f"{why} The message is safely kept and stays in {self.rules.folder}."
                refused |= {key: said for key, (v, _) in numbers.items() if v == validity}
                if not isinstance(why, ConnectionLost):
                    for uid in uids:  # looked at again only when all is
                        self._leave(uid, "it is kept, but could not be moved")
        return refused

    def held(self) -> Iterator[Held]:
        """What lies in the folder that is read, and in that for what was kept."""
        for folder, waiting in ((self.rules.folder, True), (self.rules.processed, False)):
            for uid, message_id in self._trying(partial(self._named_in, folder), patient=True):
                yield Held(f"{self.mailbox}: {folder} {uid}", waiting, message_id)

    def _named_in(self, folder: str) -> list[tuple[int, str]]:
        """On a connection of its own, so that the open folder of the other stays what it is."""
        self._connected()  # with a login that is known to be good
        session = ImapSession(self.server, self.password(), self.pace)
        try:
            name = session.whole_name(folder)
            if not session.has_folder(name):
                return []
            session.select(name)
            return sorted(session.message_ids().items())
        finally:
            session.close()

    @property
    def is_connected(self) -> bool:
        """Whether it is logged in."""
        return self._session is not None

    def close(self) -> None:
        """Log out."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def _is_due(self) -> bool:
        due = self.stirred.is_set() or self.since() >= self._next_look
        return due and not self.pace.pause()

    def _look(self) -> tuple[list[Listed], int]:
        """What is new since all was dealt with; one request where that is nothing."""
        session = self._connected()
        found = session.select(session.whole_name(self.rules.folder))
        seen, now = self._seen, self.since()
        whole = seen is None or seen.uid_validity != found.uid_validity
        if whole:
            self._open.clear()
        if whole or now >= self._next_whole_look:
            first = 1
            self._left.clear()
            self._too_early = 0
            self._next_whole_look = now + self.rules.look_through_all
        else:
            first = min(self._open, default=(seen.uid_next if seen else None) or 1)
            if not self._open and found.uid_next is not None and found.uid_next == first:
                return [], found.uid_validity
        listed = session.listed(first) if found.exists else []
        self._seen = found
        taken = [one for one in listed if one.uid not in self._left and self._is_ours(one)]
        self._open = {one.uid for one in taken}
        oldest = datetime.min.replace(tzinfo=UTC)
        taken.sort(key=lambda one: (one.received_at or oldest, one.uid))
        return taken, found.uid_validity

    def _is_ours(self, one: Listed) -> bool:
        """Whether a message is to be taken; one that is too large is remembered, and named."""
        if self.rules.is_too_early(one.received_at):
            self._too_early += 1
            return False
        if one.size > self.rules.largest:
            self._leave(one.uid, self.rules.too_large(one.size))
            return False
        return True

    def _left_alone(self) -> Iterator[LeftAlone]:
        yield from self._left.values()
        if self._too_early:
            yield self.rules.early(self.mailbox, self._too_early)

    def _fetch(self, some: Sequence[Listed], validity: int) -> list[Arrival | LeftAlone]:
        """The bytes of some messages; what colleagues took away meanwhile is not among them."""
        session = self._connected()
        if not self._is_same_numbering(session, validity):
            return []  # renumbered while we were at it: the next look begins anew
        try:
            bodies = session.bodies([one.uid for one in some])
        except ConnectionLost:
            raise
        except MailServerUnavailable as refused:
            if len(some) == 1:
                return [self._leave(some[0].uid, f"{refused}")]
            return [found for one in some for found in self._fetch([one], validity)]
        self._open.difference_update({one.uid for one in some} - bodies.keys())
        return [self._arrival(one, bodies[one.uid], validity) for one in some if one.uid in bodies]

    def _leave(self, uid: int, because: str) -> LeftAlone:
        self._left[uid] = LeftAlone(self._name(uid), because)
        self._open.discard(uid)
        return self._left[uid]

    def _arrival(self, one: Listed, raw: bytes, validity: int) -> Arrival:
        account = f"{self.server.user}@{self.server.host}/{self.rules.folder}"
        return Arrival.from_server(
            f"{BY_IMAP}{account};UIDVALIDITY={validity}/;UID={one.uid}",
            raw,
            mailbox=self.mailbox,
            name=self._name(one.uid),
            received_at=one.received_at,
        )

    def _name(self, uid: int) -> str:
        return f"{self.mailbox}: {self.rules.folder} {uid}"

    def _set_aside(self, uids: Sequence[int], validity: int) -> None:
        session = self._connected()
        if not self._is_same_numbering(session, validity):
            raise MailServerUnavailable(
                f"{self.server.host} has renumbered {self.rules.folder} meanwhile, so nothing is "
                "moved by its old number."
            )
        target = session.ready_folder(self.rules.processed)
        try:
            session.move(uids, target)
        except ConnectionLost:
            raise
        except MailServerUnavailable:
            if session.has_folder(target):
                raise
            session.make_folder(target)  # a colleague removed it a moment ago
            session.move(uids, target)

    def _is_same_numbering(self, session: ImapSession, validity: int) -> bool:
        folder = session.whole_name(self.rules.folder)
        return (session.selected or session.select(folder)).uid_validity == validity

    def _connected(self) -> ImapSession:
        """The session there is, or a new one; a password that was refused is not tried twice."""
        if self._session is not None:
            return self._session
        password = self.password()
        digest = hashlib.sha256(password.get_secret_value().encode()).hexdigest()
        if self.refusals is None and self._refused and self._refused[0] == digest:
            raise self._refused[1]
        try:
            with self.refusals.minding(self.mailbox, password) if self.refusals else nullcontext():
                session = ImapSession(self.server, password, self.pace)
        except LoginRefused as refused:
            self._refused = (digest, refused)
            raise
        self._refused = None
        self._session = session
        return session

    def _trying(self, step: Callable[[], _T], *, patient: bool) -> _T:
        """Do it, on a new connection where one was lost; patiently: again, after a while."""
        tries = _TRIES if patient else 1
        while True:
            try:
                done = step()
            except ConnectionLost:
                self.close()
                tries -= 1
                self._failures += 1
                pause = self.patience.pause(self._failures, self.chance)
                if not tries:
                    self._next_look = self.since() + pause
                    raise
                self.wait(pause)
            except MailServerUnavailable:
                self.close()
                raise
            else:
                self._failures = 0
                return done


def _numbers(source_key: str) -> tuple[int, int]:
    """UIDVALIDITY and UID of a source key of ours. Raises ValueError for another's."""
    found = _NUMBERS.search(source_key)
    if found is None:
        raise ValueError("this message did not come from a mailbox by IMAP")
    return int(found[1]), int(found[2])
