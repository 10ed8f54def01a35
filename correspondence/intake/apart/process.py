"""One process kept warm, that opens what is handed to it and is ended where that takes too long."""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Final

from correspondence.intake.apart import limits
from correspondence.intake.apart.answers import READY, packed_errand, unpacked_answer
from correspondence.plain_data import NotPlain

_ROOT: Final = str(Path(__file__).resolve().parents[3])
_LENGTH: Final = 8  # bytes that say how long what follows is


class Lost(RuntimeError):
    """The other process gave no answer; the text says why, in words fit for an officer."""


class Process:
    """A process of ours that opens files (`correspondence.intake.apart.child`)."""

    def __init__(self) -> None:
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        environment["PYTHONPATH"] = os.pathsep.join(
            filter(None, (_ROOT, os.environ.get("PYTHONPATH", "")))
        )
        try:
            self._child = subprocess.Popen(
                [sys.executable, "-P", "-m", "correspondence.intake.apart.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                start_new_session=True,  # so that it ends with whatever it has started itself
            )
        except OSError as error:
            raise Lost("no process to open it in could be started") from error
        self.errands = 0
        if self._exchange(READY, None, limits.TO_START) != READY:
            self.end()
            raise Lost("no process to open it in could be started")

    @property
    def is_usable(self) -> bool:
        """Whether it still runs and need not be renewed."""
        return self._child.poll() is None and self.errands < limits.ERRANDS_EACH

    def run(self, kind: str, seconds: float, *given: object) -> Any:
        """The answer to one errand, or why there is none, in words.

        Raises Lost where the process fell, took too long, or answered with anything but what the
        errand asks for; it is ended then.
        """
        self.errands += 1
        return self._exchange(kind, packed_errand(kind, seconds, given), seconds)

    def _exchange(self, kind: str, errand: bytes | None, seconds: float) -> Any:
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._kill()

        watch = threading.Timer(seconds, stop)
        watch.daemon = True
        watch.start()
        try:
            if errand is not None:
                self._write(errand)
            answer, failed, leaves = unpacked_answer(kind, self._read())
        except (OSError, EOFError, ValueError) as error:
            self.end()
            if late.is_set():
                raise Lost(f"it took longer than {seconds:.0f} seconds") from error
            if isinstance(error, NotPlain):
                raise Lost("the process that opened it gave no answer that can be used") from error
            raise Lost("it brought down the process that opened it") from error
        finally:
            watch.cancel()
        if leaves:  # it has grown large, and ends of itself
            self.errands = limits.ERRANDS_EACH
        return failed or answer

    def _write(self, errand: bytes) -> None:
        line = self._child.stdin
        if line is None:
            raise EOFError
        line.write(len(errand).to_bytes(_LENGTH, "big"))
        line.write(errand)
        line.flush()

    def _read(self) -> bytes:
        line = self._child.stdout
        head = line.read(_LENGTH) if line else b""
        length = int.from_bytes(head, "big")
        if line is None or len(head) < _LENGTH or length > limits.LARGEST_ANSWER:
            raise EOFError
        answer = line.read(length)
        if len(answer) < length:
            raise EOFError
        return answer

    def _kill(self) -> None:
        with contextlib.suppress(OSError):
            os.killpg(self._child.pid, signal.SIGKILL)

    def end(self) -> None:
        """End it, with whatever it has started."""
        self._kill()
        for line in (self._child.stdin, self._child.stdout):
            with contextlib.suppress(OSError):
                if line:
                    line.close()
        self._child.wait()


class _Idle:
    """The processes that wait for the next errand, of this process alone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[Process] = []
        self._owner = os.getpid()

    def take(self) -> Process:
        with self._lock:
            if self._owner != os.getpid():  # forked: those belong to the other
                self._owner, self._waiting = os.getpid(), []
            while self._waiting:
                found = self._waiting.pop()
                if found.is_usable:
                    return found
                found.end()
        return Process()

    def put(self, process: Process) -> None:
        with self._lock:
            if process.is_usable and len(self._waiting) < (os.cpu_count() or 1):
                self._waiting.append(process)
                return
        process.end()

    def end(self) -> None:
        with self._lock:
            if self._owner == os.getpid():
                while self._waiting:
                    self._waiting.pop().end()


_IDLE: Final = _Idle()
atexit.register(_IDLE.end)


def run_apart(kind: str, seconds: float, *given: object) -> Any:
    """Do one errand in a process kept warm. Raises Lost where it fell or took too long."""
    process = _IDLE.take()
    try:
        return process.run(kind, seconds, *given)
    finally:
        _IDLE.put(process)
