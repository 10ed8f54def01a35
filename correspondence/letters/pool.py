"""A warm press: letters are made in processes of their own, each with a time limit.

Rendering is the one heavy thing in the house and reads what others wrote. Each letter is made in
a process that is kept warm (the renderer takes a second to load), renewed after some hundred
letters, held to a size in memory, and ended where a letter takes too long. Each process belongs to
one thread of the press, and not to a shared executor, whose processes all fall with the first:
a letter that brings its process down fails alone, and its neighbours do not notice.
"""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import queue
import signal
import sys
import threading
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, Final, Protocol, Self, TypeVar

from correspondence.errors import (
    CorrespondenceError,
    DocumentRefused,
    LetterNotMade,
    TemplateRefused,
)
from correspondence.letters.drafting import Draft, draft
from correspondence.letters.enclosures import Enclosure
from correspondence.letters.facts import LetterFacts
from correspondence.letters.pdf import Letterhead, render
from correspondence.letters.post.zones import NOTIFY, PrintRules
from correspondence.letters.readback import ReadBack, differences, read_back
from correspondence.letters.template import LetterTemplate
from correspondence.letters.text import LetterText
from correspondence.plain_data import NotPlain, packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from correspondence.letters.post.print_copy import PrintCopy

MOST_MEMORY: Final = 2_000_000_000
"""Bytes of address space one process may take; a letter needs a twentieth of it."""

_TO_START: Final = 60.0
"""Seconds a new process may take until it is ready."""

_LARGEST_ANSWER: Final = 200_000_000
"""Bytes of the longest answer that is taken from a process of the press."""

_READY: Final = b"ready"
_PR_SET_PDEATHSIG: Final = 1

Done_co = TypeVar("Done_co", covariant=True)


@dataclass(frozen=True, slots=True)
class PrintedLetter:
    """A revision of a letter as PDF, and what that PDF says when read back.

    `differences` names what the letter says and the PDF does not; empty where it is whole.
    """

    pdf: bytes
    readback: ReadBack
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MadeLetter:
    """A new draft with its PDF, and what that PDF says when read back, as in PrintedLetter."""

    draft: Draft
    pdf: bytes
    readback: ReadBack
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Make:
    template: LetterTemplate
    facts: LetterFacts
    letterhead: Letterhead

    def do(self) -> MadeLetter:
        drafted = draft(self.template, self.facts)
        printed = _Print(drafted.text, self.facts, self.letterhead).do()
        return MadeLetter(drafted, printed.pdf, printed.readback, printed.differences)


@dataclass(frozen=True, slots=True)
class _Print:
    text: LetterText
    facts: LetterFacts
    letterhead: Letterhead

    def do(self) -> PrintedLetter:
        pdf = render(self.text, self.facts, self.letterhead)
        readback = read_back(pdf)
        return PrintedLetter(pdf, readback, differences(self.text, readback))


@dataclass(frozen=True, slots=True)
class _Join:
    letter: bytes
    enclosures: tuple[Enclosure, ...]
    rules: PrintRules
    duplex: bool

    def do(self) -> PrintCopy:
        from correspondence.letters.post.print_copy import print_copy

        return print_copy(self.letter, self.enclosures, self.rules, duplex=self.duplex)


class _Order(Protocol[Done_co]):
    """Something a process of the press can do; it goes there and comes back as `plain_data`."""

    def do(self) -> Done_co: ...


_ORDER: Final = tuple[_Make | None, _Print | None, _Join | None]
"""What goes over the line: one of them."""

_REFUSALS: Final[dict[str, type[CorrespondenceError]]] = {
    one.__name__: one
    for one in (CorrespondenceError, DocumentRefused, LetterNotMade, TemplateRefused)
}
_LONGEST_REFUSAL: Final = 2_000  # characters


def _reply_to(order: object) -> Any:
    """What an order is answered with: what it made, or the refusal's name and its sentence."""
    if isinstance(order, _Make):
        return tuple[MadeLetter | None, str, str]
    if isinstance(order, _Print):
        return tuple[PrintedLetter | None, str, str]
    from correspondence.letters.post.print_copy import PrintCopy

    return tuple[PrintCopy | None, str, str]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An order that waits, and where what comes of it is put."""

    order: _Order[Any]
    done: Future[Any]


_FIRST, _LATER, _LAST = range(3)
"""Which order goes first: what somebody waits for, what nobody does, that it is time to go home."""


class LetterPress:
    """Makes letters in `workers` processes kept warm; with 0, in this one and at once.

    `seconds` is the longest one letter may take, and `letters_each` after how many a process is
    renewed. A future gives the letter, or raises what making it raised: DocumentRefused,
    TemplateRefused, or LetterNotMade where its process fell or took too long.
    """

    def __init__(self, workers: int, *, seconds: float = 60, letters_each: int = 200) -> None:
        if workers < 0 or seconds <= 0 or letters_each < 1:
            raise ValueError(
                f"A press needs 0 or more workers, some seconds and one letter each; it was given "
                f"{workers}, {seconds} and {letters_each}."
            )
        self._seconds = seconds
        self._letters_each = letters_each
        self._own = threading.local()
        self._hands: list[_Hand] = []
        self._closing = threading.Lock()
        self._workers = workers
        self._threads: list[threading.Thread] = []
        self._closed = False
        self._waiting: queue.PriorityQueue[tuple[int, int, _Waiting | None]] = queue.PriorityQueue()
        self._numbers = count()

    def make(
        self,
        template: LetterTemplate,
        facts: LetterFacts,
        letterhead: Letterhead,
        *,
        awaited: bool = True,
    ) -> Future[MadeLetter]:
        """Draft, render and read back one letter; one that nobody waits for comes after the others.

        So a person's letter stands behind the one being made, and not behind a flood's.
        """
        return self._take(_Make(template, facts, letterhead), awaited=awaited)

    def print(
        self, text: LetterText, facts: LetterFacts, letterhead: Letterhead
    ) -> Future[PrintedLetter]:
        """Render and read back a revision that is there already, such as an officer's."""
        return self._take(_Print(text, facts, letterhead))

    def join(
        self,
        letter: bytes,
        enclosures: Sequence[Enclosure],
        rules: PrintRules = NOTIFY,
        *,
        duplex: bool = True,
    ) -> Future[PrintCopy]:
        """The copy of a letter and its enclosures that is printed (`post.print_copy`).

        Enclosures come from outside, so they are opened where they can do no harm.
        """
        return self._take(_Join(letter, tuple(enclosures), rules, duplex))

    def close(self) -> None:
        """Let the letters under way finish, drop those that wait, and end the processes."""
        with self._closing:
            self._closed = True
            threads = tuple(self._threads)
        with contextlib.suppress(queue.Empty):
            while (dropped := self._waiting.get_nowait()[2]) is not None:
                dropped.done.cancel()
        for _ in threads:
            self._waiting.put((_LAST, next(self._numbers), None))
        for thread in threads:
            thread.join()
        with self._closing:
            while self._hands:
                self._hands.pop().end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _take(self, order: _Order[Done_co], *, awaited: bool = True) -> Future[Done_co]:
        done: Future[Done_co] = Future()
        if self._workers:
            with self._closing:
                if self._closed:
                    raise RuntimeError("the press was closed")
                self._waiting.put(
                    (_FIRST if awaited else _LATER, next(self._numbers), _Waiting(order, done))
                )
                if len(self._threads) < self._workers:
                    thread = threading.Thread(target=self._work, name="letter-press", daemon=True)
                    self._threads.append(thread)
                    thread.start()
            return done
        answer = _answer(order)
        if isinstance(answer, CorrespondenceError):
            done.set_exception(answer)
        else:
            done.set_result(answer)
        return done

    def _work(self) -> None:
        """What one thread does: the most urgent order that waits, then the next."""
        while (waiting := self._waiting.get()[2]) is not None:
            if not waiting.done.set_running_or_notify_cancel():
                continue
            try:
                made = self._give(waiting.order)
            except BaseException as error:  # noqa: BLE001 - whoever waits for the letter is told
                waiting.done.set_exception(error)
            else:
                waiting.done.set_result(made)

    def _give(self, order: _Order[Done_co]) -> Done_co:
        """One order to this thread's process, which is started or renewed where it must be."""
        hand: _Hand | None = getattr(self._own, "hand", None)
        if hand is None or hand.made >= self._letters_each or not hand.alive:
            if hand is not None:
                self._drop(hand)
            hand = self._own.hand = _Hand()
            with self._closing:
                self._hands.append(hand)
        try:
            return hand.give(order, self._seconds)
        except LetterNotMade:
            self._drop(hand)
            self._own.hand = None
            raise

    def _drop(self, hand: _Hand) -> None:
        hand.end()
        with self._closing, contextlib.suppress(ValueError):
            self._hands.remove(hand)


class _Hand:
    """One process of the press, and the way to speak with it."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._line: Connection
        self._line, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(
            target=_serve, args=(theirs, os.getpid()), name="letter-press", daemon=True
        )
        self._process.start()
        theirs.close()
        self.made = 0

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    def give(self, order: _Order[Done_co], seconds: float) -> Done_co:
        """Have one letter made. Raises LetterNotMade where the process falls or takes too long."""
        if not self.made and not self._ready():
            raise LetterNotMade(
                f"The press could not be started within {_TO_START:.0f} seconds. Is the machine "
                "out of memory? Try the letter again."
            )
        self.made += 1
        late = threading.Event()
        watch = threading.Timer(seconds, self._stop, (late,))
        watch.daemon = True
        watch.start()
        try:
            self._line.send_bytes(_ordered(order))
            answer = self._line.recv_bytes(_LARGEST_ANSWER)
            made, refused, says = unpacked(_reply_to(order), answer)
        except (EOFError, OSError) as error:
            if late.is_set():
                raise LetterNotMade(
                    f"The letter took longer than {seconds:g} seconds to make and was given up. "
                    "Shorten it, above all its tables, and try again."
                ) from error
            raise LetterNotMade(
                "The letter brought down the process that was making it. Nothing else is "
                "touched. Look for what is unusual in it, such as rare signs, and try again."
            ) from error
        except NotPlain as error:
            raise LetterNotMade(
                "The process that was making the letter gave an answer that cannot be used, and "
                "was ended. Nothing else is touched. Look for what is unusual in it, and try again."
            ) from error
        finally:
            watch.cancel()
        if made is None:
            raise _REFUSALS.get(refused, LetterNotMade)(says[:_LONGEST_REFUSAL])
        done: Done_co = made
        return done

    def _stop(self, late: threading.Event) -> None:
        late.set()
        with contextlib.suppress(OSError, ValueError):  # it has gone already
            self._process.kill()

    def end(self) -> None:
        """Let an idle process go; stop one that does not."""
        self._line.close()
        self._process.join(1)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()

    def _ready(self) -> bool:
        with contextlib.suppress(EOFError, OSError):
            return self._line.poll(_TO_START) and self._line.recv_bytes(len(_READY)) == _READY
        return False


def _serve(line: Connection, parent: int) -> None:
    """What a process of the press does: one letter after the other, until the line is closed."""
    _follow_into_death(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _hold_memory()
    with contextlib.suppress(EOFError, OSError):
        import weasyprint  # noqa: F401  # loaded before the first letter waits for it

        line.send_bytes(_READY)
        while True:
            line.send_bytes(_answered(line.recv_bytes()))


def _ordered(order: object) -> bytes:
    """An order as it goes over the line."""
    kinds = (_Make, _Print, _Join)
    return packed(_ORDER, tuple(order if isinstance(order, kind) else None for kind in kinds))


def _answered(content: bytes) -> bytes:
    """The answer to an order, both as they go over the line."""
    order = next(filter(None, unpacked(_ORDER, content)))
    answer = _answer(order)
    if not isinstance(answer, CorrespondenceError):
        return packed(_reply_to(order), (answer, "", ""))
    named = next((one for one in type(answer).__mro__ if one.__name__ in _REFUSALS), None)
    refused = named.__name__ if named else LetterNotMade.__name__
    return packed(_reply_to(order), (None, refused, str(answer)))


def _answer(order: _Order[Done_co]) -> Done_co | CorrespondenceError:
    try:
        return order.do()
    except CorrespondenceError as error:
        return error
    except MemoryError:
        return LetterNotMade(
            "The letter needs more memory than one letter may have. Shorten it and try again."
        )
    except Exception as error:  # noqa: BLE001
        # Its text may hold a resident's words, so only its kind is told.
        return LetterNotMade(
            f"The letter could not be made ({type(error).__name__} while it was set). Look for "
            "what is unusual in it, such as rare signs, and try again."
        )


def _follow_into_death(parent: int) -> None:
    """End with the parent, however it ends: a killed parent leaves no orphan (Linux prctl(2)).

    The signal comes when the thread that started this process ends; that thread is one of the
    press's own and lives as long as the press. Elsewhere the closed line ends an idle process.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(0)


def _hold_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
