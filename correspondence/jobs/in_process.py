"""The embedded default: one process sweeps the mailboxes and works off every row that waits.

Nothing is queued but in the rows themselves, so a run that was killed is taken up by the next: what
was kept is read, what was read is drafted, what was on its way out is finished.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from correspondence.casework.drafting.draft import (
    ACKNOWLEDGEMENTS,
    AlreadyDrafted,
    Drafting,
    finish_draft,
    owed_acknowledgements,
    start_draft,
    written_by_hand,
)
from correspondence.casework.following import flood
from correspondence.casework.following.alarm import tell
from correspondence.casework.following.alert import Alert, standing
from correspondence.casework.following.deadlines import keep_deadlines
from correspondence.casework.following.notify_staff import notify_staff
from correspondence.casework.keeping import retention
from correspondence.casework.lately import Lately
from correspondence.casework.operating import digest, room
from correspondence.casework.reporting.people import match_cases
from correspondence.casework.reporting.register import count_ahead
from correspondence.casework.sending import pause, posted
from correspondence.casework.sending.dispatch import clear_outbox, interrupted, send
from correspondence.casework.sending.hold import HeldForPerson
from correspondence.casework.sending.leave import due
from correspondence.casework.sending.print_batches import make_batches, take_in_confirmations
from correspondence.casework.sending.submit import problem_of, waiting
from correspondence.casework.taking_in.receive import accept_all
from correspondence.errors import (
    CorrespondenceError,
    MailServerUnavailable,
    StoreUnavailable,
)
from correspondence.jobs.reading import Reading
from correspondence.portions import in_portions, in_turns
from correspondence.postroom.base import HeldBack, LeftAlone
from correspondence.store import case_files, signs

if TYPE_CHECKING:
    from datetime import datetime

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.casework.taking_in.triage import Decision
    from correspondence.letters.pool import LetterPress
    from correspondence.postroom.base import Arrival, Mailbox
    from correspondence.store.floods import FloodRow

Progress = Callable[[str, int], None]
"""Told what is being worked on, and how many there are to do."""

_ON_THE_PRESS = 32  # letters put on the press ahead, so that its processes never wait
_ASK_AGAIN = timedelta(minutes=5)  # until a letter nobody knows about is looked for again
_EVERY_MINUTE = timedelta(seconds=55)
_TOGETHER = 32  # messages kept by one transaction
_TOGETHER_BYTES = 16 * 1024 * 1024


@dataclass(slots=True)
class Worked:
    """What a run did. `received` is the sum of opened, joined, recorded, duplicates and failed."""

    duplicates: int = 0
    opened: int = 0
    joined: int = 0
    recorded: int = 0
    failed: int = 0
    letters_drafted: int = 0
    needs_person: int = 0
    seconds: float = 0.0
    left_alone: list[LeftAlone] = field(default_factory=list)
    held_back: list[HeldBack] = field(default_factory=list)  # for other mailboxes, or later
    problems: list[str] = field(default_factory=list)
    alerts: tuple[Alert, ...] = ()  # those that no person has seen
    alarmed: bool = False  # the office asked to be told of them
    flood: FloodRow | None = None  # because of which everything is held
    notices: int = 0  # given of what is due soon, due or overdue

    @property
    def received(self) -> int:
        """Messages worked off, whatever they came to."""
        return self.opened + self.joined + self.recorded + self.duplicates + self.failed

    def count(self, decision: Decision) -> None:
        """Count a message that was read."""
        self.needs_person += decision.needs_person
        match decision.outcome:
            case "opened":
                self.opened += 1
            case "joined":
                self.joined += 1
            case "recorded":
                self.recorded += 1
            case "duplicate":
                self.duplicates += 1

    def document(self) -> dict[str, Any]:
        """The run as ``run --once --json`` prints it."""
        return {
            "received": self.received,
            "duplicates": self.duplicates,
            "opened": self.opened,
            "joined": self.joined,
            "recorded": self.recorded,
            "failed": self.failed,
            "letters_drafted": self.letters_drafted,
            "needs_person": self.needs_person,
            "seconds": round(self.seconds, 3),
            "left_in_inbox": [
                {"name": one.name, "because": one.because} for one in self.left_alone
            ],
            "problems": self.problems,
            "alerts": [one.document() for one in self.alerts],
            "held": flood.document(self.flood) if self.flood else None,
            "notices": self.notices,
        }

    @property
    def more_after(self) -> float | None:
        """Seconds until more may be taken in; None where no more waits, or something went wrong."""
        if self.problems or not self.held_back:
            return None
        return min(one.after for one in self.held_back)

    @property
    def has_findings(self) -> bool:
        """Whether something is left that a person should look into.

        An alert that nobody has seen is that where the profile says whom to alert, and so is a
        flood that nobody has released.
        """
        unseen = self.alarmed and self.alerts
        return bool(self.problems or self.failed or unseen or self.flood)


@dataclass(slots=True)
class InProcess:
    """Works one office off, in this process.

    `clock` gives the present, aware and in UTC. Letters that could not be drafted are not tried
    again by the same run, so that one bad template does not keep it busy.
    """

    house: OpenOffice
    mailboxes: Sequence[Mailbox]
    press: LetterPress
    clock: Callable[[], datetime]
    actor: Actor
    progress: Progress = lambda _what, _count: None
    my_turn: Callable[[], None] = lambda: None  # waited for before what was read is acted upon
    lately: Lately = field(default_factory=Lately)  # the cases that messages were put with
    let_go_every: float = 1.0  # seconds between two looks, amidst other work, at what is to leave
    _undraftable: set[str] = field(default_factory=set)
    _asked: dict[str, tuple[datetime, str]] = field(default_factory=dict)
    _paused: set[str] = field(default_factory=set)  # letters whose provider is left alone
    _deadlines_at: datetime | None = None  # when they were looked at last
    _let_go_at: float | None = None  # when letters were last let go amidst other work, if at all
    _short: bool = False  # of room, which this look into the mailboxes has said

    def work_off(self, *, patient: bool = True) -> Worked:
        """Everything that is there now: take in, read, draft.

        All mail is taken in before any is read, and read in the order it was received, so that
        replies find what they reply to, and a run that was broken off ends where an unbroken one
        does. `patient` waits for files that are still settling.
        """
        began = self._let_go_at = time.monotonic()
        worked = Worked()
        with _store_permitting(worked, "What a crash left is taken up later"):
            self.carry_on(worked)
        with _store_permitting(worked, "Mail waits where it is"):
            self.take_in(worked, patient=patient)
        with _store_permitting(worked, "What is kept is read later"):
            self.read(worked)
        with _store_permitting(worked, "Letters that are owed are drafted later"):
            self._draft(worked)
        with _store_permitting(worked, "Deadlines are looked at later"):
            self.keep_deadlines(worked, to_the_end=patient)
        with _store_permitting(worked, "Colleagues are told later"):
            self.notify(worked)
        with _store_permitting(worked, "What alerts stand was not looked up"):
            worked.alerts = standing(self.house)
            worked.alarmed = bool(self.house.settings.alerts.to)
            worked.flood = flood.standing(self.house)
            worked.needs_person += worked.flood is not None
        worked.seconds = time.monotonic() - began
        return worked

    def notify(self, worked: Worked) -> None:
        """Tell colleagues what waits for them, each once. Raises StoreUnavailable."""
        told = notify_staff(self.house, now=self.clock())
        worked.problems += [one for one in told if one not in worked.problems]

    def keep_deadlines(self, worked: Worked, *, to_the_end: bool) -> None:
        """Once a minute: whose home new cases are about, what is due, and the words it asks for."""
        now = self.clock()
        looked_at = self._deadlines_at
        if looked_at is not None and abs(now - looked_at) < _EVERY_MINUTE:
            return  # of the difference alone: a clock that was set back holds nothing up
        match_cases(self.house, now=now, actor=self.actor, only_new=True)
        worked.problems += retention.finish(self.house, now=now)
        while True:
            kept = keep_deadlines(
                self.house,
                self.press,
                now=now,
                actor=self.actor,
                meanwhile=lambda: self._meanwhile(worked),
            )
            worked.notices += len(kept.given)
            worked.letters_drafted += len(kept.drafted)
            worked.problems += [one for one in kept.problems if one not in worked.problems]
            if not (to_the_end and kept.left):
                break
        count_ahead(self.house)
        worked.problems += digest.send_daily(self.house, now=now)
        self._give_signs({signs.DEADLINES: True})
        self._deadlines_at = None if kept.left else now

    def carry_on(self, worked: Worked) -> None:
        """Send what is due, finish what a crash left on its way, clear away what it left."""
        self.tell(worked)
        self.house.documents.sweep()
        now = self.clock()
        self.send(worked, [*interrupted(self.house), *waiting(self.house, now=now)])
        self.send(worked, [row.id for row in due(self.house, now=now)])
        clear_outbox(self.house)
        self.follow_post(worked)

    def follow_post(self, worked: Worked) -> None:
        """What becomes of letters that others print, and batches of them. Raises StoreUnavailable.

        Where nothing goes by post, that is found without asking anybody.
        """
        now = self.clock()
        wait = "Letters for the print house wait"
        with _store_permitting(worked, wait), _noting(worked, wait):
            worked.problems += make_batches(self.house, now=now, actor=self.actor)
            worked.problems += take_in_confirmations(self.house, now=now, actor=self.actor)
        worked.problems += posted.follow(self.house, now=now, actor=self.actor)
        worked.problems += posted.take_in_returned(self.house, now=now, actor=self.actor)

    def send(self, worked: Worked, letters: Collection[str]) -> None:
        """Have these letters leave that are due, or were on their way. Raises StoreUnavailable."""
        now = self.clock()
        leaving = {row.id: row.leaves_at for row in due(self.house, now=now)}
        if not pause.all_standing(self.house, now=now):
            self._paused.clear()
        for letter in letters:
            if letter in self._paused:
                continue
            asked_at, problem = self._asked.get(letter, (now - _ASK_AGAIN, ""))
            if problem and abs(now - asked_at) < _ASK_AGAIN:
                worked.problems.append(problem)  # nobody has settled it yet
                continue
            try:
                # By the clock as it is now, since others go by when a sending was begun.
                handed = send(
                    self.house,
                    letter,
                    now=self.clock(),
                    actor=self.actor,
                    due_at=leaving.get(letter),
                )
            except HeldForPerson:
                continue  # said of the letter where it is looked at, and once of a flood
            except CorrespondenceError as error:
                worked.problems.append(f"{letter} is still on its way to the outbox: {error}")
                continue
            if problem := problem_of(letter, handed.submission):
                if handed.submission and handed.submission.state == "paused":
                    self._paused.add(letter)  # said once, of all of them
                    continue
                worked.problems.append(problem)
                if handed.submission and handed.submission.state == "uncertain":
                    self._asked[letter] = (now, problem)
        told = map(pause.sentence, pause.all_standing(self.house, now=self.clock()))
        worked.problems += [one for one in told if one not in worked.problems]

    def tell(self, worked: Worked) -> None:
        """Tell of danger before anything else is done; one that fails holds nothing up."""
        with _store_permitting(worked, "Alerts go out later"):
            told = tell(self.house, now=self.clock(), actor=self.actor)
            worked.problems += [one for one in told if one not in worked.problems]

    def take_in(self, worked: Worked, *, patient: bool = True) -> None:
        """Keep all that is in the mailboxes; one that fails keeps no other from being read.

        Raises StoreUnavailable.
        """
        self.progress("Taking in", 0)
        self._short = False
        looked_at: dict[str, bool] = {}
        for name, well in in_turns(
            [self._take_in_from(mailbox, worked, patient=patient) for mailbox in self.mailboxes]
        ):
            sign = signs.of_mailbox(name)
            looked_at[sign] = looked_at.get(sign, True) and well
        looked_at |= {signs.of_limit(one.mailbox): True for one in worked.held_back}
        now = self.clock()
        if problem := room.tell(self.house, room.lacking(self.house.office), now=now):
            worked.problems.append(problem)
        self._give_signs(looked_at)

    def _take_in_from(
        self, mailbox: Mailbox, worked: Worked, *, patient: bool
    ) -> Iterator[tuple[str, bool]]:
        """Keep what is in one mailbox, a portion a turn; its name, and whether all is well."""
        before = len(worked.problems)
        for arrivals in in_portions(
            self._arrivals(mailbox, worked, patient=patient),
            lambda arrival: len(arrival.raw),
            most=_TOGETHER,
            most_bytes=_TOGETHER_BYTES,
        ):
            if self._lacks_room(worked):
                break  # what was handed over and not kept is handed over again
            results = accept_all(self.house, mailbox, arrivals, now=self.clock(), actor=self.actor)
            for kept in results:
                if isinstance(kept, StoreUnavailable):
                    worked.failed += 1
                    worked.problems.append(f"A message was left in {mailbox.mailbox}: {kept}")
                elif kept.not_settled:
                    worked.problems.append(f"Message {kept.message}: {kept.not_settled}")
            self.progress("Taking in", len(arrivals))
            self._meanwhile(worked)
            yield mailbox.mailbox, len(worked.problems) == before
            before = len(worked.problems)
        yield mailbox.mailbox, not self._short and len(worked.problems) == before

    def _lacks_room(self, worked: Worked) -> bool:
        lack = room.lacking(self.house.office)
        if lack and not self._short:
            worked.problems.append(lack)
        self._short = bool(lack)
        return self._short

    def _give_signs(self, seen: dict[str, bool]) -> None:
        """Say when these were looked at; that must hold nothing up."""
        now = self.clock()
        with contextlib.suppress(StoreUnavailable):
            with self.house.database.reading() as conn:
                known = signs.known(conn)
            if any(signs.is_news(known.get(one), well=well, now=now) for one, well in seen.items()):
                with self.house.database.writing() as conn:
                    signs.give(conn, seen, now)

    def _arrivals(self, mailbox: Mailbox, worked: Worked, *, patient: bool) -> Iterator[Arrival]:
        """What a mailbox hands over while there is room, noting what it leaves and its faults."""
        if self._lacks_room(worked):
            return
        try:
            for one in mailbox.arrivals(patient=patient):
                if isinstance(one, LeftAlone):
                    worked.left_alone.append(one)
                elif isinstance(one, HeldBack):
                    worked.held_back.append(one)
                else:
                    yield one
        except (StoreUnavailable, MailServerUnavailable) as closed:
            worked.problems.append(f"Mail waits in {mailbox.mailbox}: {closed}")

    def read(self, worked: Worked, among: Collection[int] | None = None) -> None:
        """Read what is kept, all or `among` some, and open, join or record.

        Raises StoreUnavailable.
        """
        Reading(
            self.house,
            self.clock,
            self.actor,
            self.progress,
            self.my_turn,
            meanwhile=lambda: self._meanwhile(worked),
            tell=lambda: self.tell(worked),
            lately=self.lately,
        ).read(worked, among)

    def _meanwhile(self, worked: Worked) -> None:
        """What people wait for stands behind no flood: letters whose time has come leave."""
        if self._let_go_at is None:
            return
        if time.monotonic() - self._let_go_at < self.let_go_every:
            return
        self._let_go_at = time.monotonic()
        letting_go = Worked()
        self.send(letting_go, [row.id for row in due(self.house, now=self.clock())])
        worked.problems += [one for one in letting_go.problems if one not in worked.problems]

    def _draft(self, worked: Worked) -> None:
        with self.house.database.reading() as conn:
            owed = owed_acknowledgements(conn, written_by_hand(self.house))
        owed = tuple(one for one in owed if one not in self._undraftable)
        self.draft(worked, owed)

    def draft(self, worked: Worked, owed: Sequence[str]) -> None:
        """Draft the acknowledgements these cases are owed. Raises StoreUnavailable."""
        self.progress("Drafting", len(owed))
        on_the_press: list[tuple[str, Drafting]] = []
        for reference in owed:
            with self._unless_refused(worked, reference):
                on_the_press.append((reference, self._put_on_the_press(reference)))
            if len(on_the_press) >= _ON_THE_PRESS:
                self._keep(worked, *on_the_press.pop(0))
        for reference, drafting in on_the_press:
            self._keep(worked, reference, drafting)

    def _put_on_the_press(self, reference: str) -> Drafting:
        with self.house.database.reading() as conn:
            stage = case_files.row(conn, reference).stage
        return start_draft(
            self.house,
            self.press,
            reference,
            ACKNOWLEDGEMENTS[stage],
            now=self.clock(),
            awaited=False,
        )

    def _keep(self, worked: Worked, reference: str, drafting: Drafting) -> None:
        with self._unless_refused(worked, reference), contextlib.suppress(AlreadyDrafted):
            now = self.clock()
            finish_draft(self.house, drafting, now=now, actor=self.actor, if_owed=True)
            worked.letters_drafted += 1
        self.progress("Drafting", 1)
        self._meanwhile(worked)

    @contextlib.contextmanager
    def _unless_refused(self, worked: Worked, reference: str) -> Iterator[None]:
        """Note a letter that cannot be drafted; where only the store is away, it is tried again."""
        before = len(worked.problems)
        with _noting(worked, f"The acknowledgement of {reference} was not drafted"):
            yield
        if len(worked.problems) > before:
            self._undraftable.add(reference)


@contextlib.contextmanager
def _noting(worked: Worked, what: str) -> Iterator[None]:
    """Note what went wrong with one of many, and go on; a full store ends this work instead."""
    try:
        yield
    except StoreUnavailable:
        raise
    except CorrespondenceError as error:
        worked.problems.append(f"{what}: {error}")


@contextlib.contextmanager
def _store_permitting(worked: Worked, otherwise: str) -> Iterator[None]:
    """Note that disk or database did not take part of the work, and go on with the next part."""
    try:
        yield
    except StoreUnavailable as closed:
        worked.problems.append(f"{otherwise}: {closed}")
