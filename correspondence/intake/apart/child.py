"""What the process that opens files does: one errand after the other, until the line is closed.

It can write no file and take no more memory than `limits` says. It ends with the line to its
parent; one errand is also held to a time on the processor, should nobody be left to end it.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from correspondence.intake.apart import limits
from correspondence.intake.apart.answers import READY, packed_answer, unpacked_errand

if TYPE_CHECKING:
    from collections.abc import Callable

_LENGTH: Final = 8
_SPARE: Final = 30  # seconds on the processor beyond an errand's own, a last resort


def message(raw: bytes, name: str) -> object:
    """A whole message, its documents left for errands of their own."""
    from correspondence.intake.parsing import parse_here

    return parse_here(raw, name)


def document(name: str, kind: str, content: bytes) -> object:
    """The text that a PDF or a Word file holds, and why there is none or not all."""
    from correspondence.intake.mail.attachments import read_text

    return read_text(name, kind, content)


def scan(content: bytes, seconds: float) -> object:
    """The words on the pages of a PDF without text, and why there are none or not all."""
    from correspondence.intake.apart.scans import scan_text

    return scan_text(content, seconds)


def picture(content: bytes, seconds: float) -> object:
    """The words in a picture, and why there are none or not all."""
    from correspondence.intake.apart.pictures import picture_text

    return picture_text(content, seconds)


ERRANDS: Final[dict[str, Callable[..., object]]] = {
    "message": message,
    "document": document,
    "scan": scan,
    "picture": picture,
}


def serve(incoming: BinaryIO, outgoing: BinaryIO) -> None:
    """Answer until the line ends, or so much memory is in use that a fresh process is better."""
    _send(outgoing, packed_answer(READY, READY))
    while (head := incoming.read(_LENGTH)) and len(head) == _LENGTH:
        kind, seconds, given = unpacked_errand(incoming.read(int.from_bytes(head, "big")))
        _hold_processor(seconds)
        answer, failed = _answered(kind, given)
        del given
        leaves = _has_grown()
        _send(outgoing, packed_answer(kind, answer, failed=failed, leaves=leaves))
        if leaves:
            return


def _answered(kind: str, given: tuple[Any, ...]) -> tuple[object, str]:
    """The answer, or why there is none."""
    try:
        return ERRANDS[kind](*given), ""
    except MemoryError:
        return None, "it needs more memory than one message may have"
    except RecursionError:
        return None, "it nests too deeply"
    except Exception as error:  # noqa: BLE001 whatever it was, the parent is owed an answer
        return None, f"reading it failed ({type(error).__name__})"  # the text may be personal


def _send(outgoing: BinaryIO, content: bytes) -> None:
    outgoing.write(len(content).to_bytes(_LENGTH, "big"))
    outgoing.write(content)
    outgoing.flush()


def _hold_processor(seconds: float) -> None:
    spent = resource.getrusage(resource.RUSAGE_SELF)
    most = int(spent.ru_utime + spent.ru_stime + seconds) + _SPARE
    _limit(resource.RLIMIT_CPU, most, resource.RLIM_INFINITY)


def _has_grown() -> bool:
    """Whether more memory is in use than a process should be left with (Linux says; see proc(5)).

    The most ever used, which the system also tells, would count what our parent had.
    """
    try:
        pages = int(Path("/proc/self/statm").read_bytes().split()[1])
    except (OSError, IndexError, ValueError):
        return False
    return pages * resource.getpagesize() > limits.MOST_RESIDENT


def _limit(what: int, soft: int, hard: int) -> None:
    with contextlib.suppress(ValueError, OSError):  # some systems do not know every limit
        resource.setrlimit(what, (soft, hard))


def main() -> None:
    """Take the line for our own, so that nothing that prints can disturb it; then serve."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit(resource.RLIMIT_AS, limits.MOST_MEMORY, limits.MOST_MEMORY)
    _limit(resource.RLIMIT_FSIZE, 0, 0)
    _limit(resource.RLIMIT_CORE, 0, 0)
    answers = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    with contextlib.suppress(BrokenPipeError):
        serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
