"""What the stand-in does wrong, as it is told: at one call from now, or to calls of some kind."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from typing import Literal

Deed = Literal["answer", "reset", "drop", "stall", "cut", "partial"]
"""Answer with `status`; reset before hearing, drop after obeying; stall; cut an answer short; or,
where the protocol has such answers, do it for a part only."""


@dataclass(slots=True)
class Fault:
    """Done to calls whose name matches `on`, to each of them `times`, or so often in all.

    With `each`, a call is one and the same as another of the same path: every one of five hundred
    messages then fails in its turn.
    """

    deed: Deed
    on: str = "."
    status: int = 503
    code: str = ""
    retry_after: str = ""
    body: str | None = None  # what is answered, instead of an error as the service writes it
    path: str = ""  # only calls whose path holds this
    times: int = 1
    skip: int = 0  # that many go well before
    each: bool = False
    seconds: float = 0.0
    done: dict[str, int] = field(default_factory=dict)

    def strikes(self, name: str, path: str) -> bool:
        if not re.search(self.on, name) or self.path not in path:
            return False
        which = path if self.each else ""
        self.done[which] = self.done.get(which, 0) + 1
        return self.skip < self.done[which] <= self.skip + self.times


@dataclass(slots=True)
class Faults:
    """All of them, and a list of every call that was made."""

    calls: list[str] = field(default_factory=list)
    waiting: list[Fault] = field(default_factory=list)
    at: int = 0  # that call from now, counted from 1, fails
    when: Literal["before", "after"] = "before"
    kill: int = 0  # and this process ends there
    most_at_once: int = 0
    _under_way: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def called(self, name: str, path: str) -> Fault | None:
        """Note a call; what is to be done to it."""
        with self._lock:
            self.calls.append(name)
            if self.at and len(self.calls) == self.at:
                return Fault("reset" if self.when == "before" else "drop")
            return next((one for one in self.waiting if one.strikes(name, path)), None)

    def begin(self) -> None:
        with self._lock:
            self._under_way += 1
            self.most_at_once = max(self.most_at_once, self._under_way)

    def end(self) -> None:
        with self._lock:
            self._under_way -= 1

    def reset(
        self, at: int = 0, when: Literal["before", "after"] = "before", kill: int = 0
    ) -> None:
        with self._lock:
            self.calls.clear()
            self.waiting.clear()
            self.at, self.when, self.kill, self.most_at_once = at, when, kill, 0
