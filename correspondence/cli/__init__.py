"""The shell: one module for each noun. What is heavy is imported by the command that needs it."""

from __future__ import annotations

import io
import os
import signal
import sys
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class _Stopped(BaseException):
    """Ctrl+C. Not KeyboardInterrupt, which the command line's library ends without a word."""


def main() -> None:
    """Run one command. Whatever goes wrong is said in one sentence, never as a traceback.

    Exit status: 0 done; 1 done, with findings; 2 wrong use or unusable input; 130 stopped with
    Ctrl+C.
    """
    from correspondence.cli.logs import faults_kept_short

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter
    with faults_kept_short():
        _run(_command())


@cache
def _command() -> Callable[[], object]:
    """All commands with their options, put together once: that takes longer than most of them."""
    from typer.main import get_command

    from correspondence.cli.app import app

    return get_command(app)


def _run(command: Callable[[], object]) -> None:
    from correspondence.errors import CorrespondenceError, LetterIncomplete, WrongUse

    try:
        with _stopping():
            command()
    except LetterIncomplete as incomplete:
        sys.exit(_say(str(incomplete), status=1))
    except WrongUse as wrong:
        sys.exit(_say(str(wrong), status=2, kind=type(wrong).__name__))
    except CorrespondenceError as error:
        sys.exit(_say(str(error), status=2, kind=type(error).__name__))
    except BrokenPipeError:
        # The reader of our output went away (`| head`); there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except (_Stopped, KeyboardInterrupt):
        sys.exit(_say("Stopped. Whatever was kept is safe; run it again to go on.", status=130))
    except Exception as fault:
        if os.environ.get("CORRESPONDENCE_DEBUG"):
            raise
        sys.exit(
            _say(
                f"Something failed that should not have ({type(fault).__name__}). Nothing that was "
                "kept is lost. Set CORRESPONDENCE_DEBUG=1 and run it again to see where, and "
                "please report it.",
                status=2,
            )
        )


@contextmanager
def _stopping() -> Iterator[None]:
    """Have Ctrl+C end the command as `_Stopped`."""

    def stop(_signal: int, _frame: object) -> NoReturn:
        raise _Stopped

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _say(sentence: str, *, status: int, kind: str = "") -> int:
    from correspondence.cli.output import tell

    tell(sentence, level="error" if status == 2 else "info", kind=kind)
    return status
