"""What a service says to whoever keeps its logs: lines of JSON, with ids and never with words.

By default a command speaks to a person in sentences. With ``--logs json``, or CORRESPONDENCE_LOGS,
each thing said on standard error is one line of JSON (RFC 8259): when (UTC), how grave, which
command, the sentence, and the ids of cases, letters and messages in it. What a library says may
repeat what it read, so of that only its name and the kind of fault are kept; of what the commands
of casework say to whoever gives them, only the ids.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import threading
import warnings
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

Kind = Literal["sentences", "json"]
KINDS: Final[tuple[Kind, ...]] = ("sentences", "json")
VARIABLE: Final = "CORRESPONDENCE_LOGS"

SERVICES: Final = frozenset(
    {"audit", "backup", "calendar", "database", "doctor", "documents", "mailbox", "restore", "run",
     "serve", "worker"}
)  # fmt: skip
"""The commands whose sentences quote nobody, whatever was written to the office."""
FOR_A_PERSON: Final = "The command told whoever gave it something."

_ID: Final = re.compile(r"\b(?:[A-Z][A-Z0-9]{1,7}-\d{4}-\d{6}(?:-[A-Z]\d+)?|[Mm]essage \d+)\b")
_OURS: Final = "correspondence"


def ids(sentence: str) -> list[str]:
    """The cases, letters and messages that a sentence names."""
    return list(dict.fromkeys(_ID.findall(sentence)))


def line(sentence: str, *, level: str = "info", about: Sequence[str] = (), **more: str) -> str:
    """One line of the log; `more` are further fields, left out where they are empty."""
    said: dict[str, object] = {"at": datetime.now(UTC).isoformat(timespec="milliseconds")}
    said |= {"level": level, **{name: value for name, value in more.items() if value}}
    said["says"] = sentence
    if about:
        said["about"] = list(about)
    return json.dumps(said, ensure_ascii=True)


class JsonLines(logging.Handler):
    """What libraries and our own pages log: ours in our words, theirs by name and fault alone."""

    def emit(self, record: logging.LogRecord) -> None:
        """One line on standard error, as it is now."""
        kind = record.exc_info[0] if record.exc_info else None
        ours = record.name.partition(".")[0] == _OURS
        said = record.getMessage() if ours else "A library has something to say."
        fault = kind.__name__ if kind else ""
        _write(
            sys.stderr,
            line(said, level=record.levelname.lower(), logger=record.name, fault=fault),
        )


def speak_json() -> None:
    """From now on whatever is logged in this process is a line of JSON on standard error."""
    logging.getLogger().handlers = [JsonLines(level=logging.WARNING)]


@contextmanager
def faults_kept_short() -> Iterator[None]:
    """Tell of a fault in another thread, or a library's warning, by its kind alone.

    Its words may be anybody's. With CORRESPONDENCE_DEBUG it is told whole. What was changed for the
    process is as it was afterwards.
    """
    before = threading.excepthook, warnings.showwarning, logging.getLogger().handlers
    if not os.environ.get("CORRESPONDENCE_DEBUG"):
        threading.excepthook, warnings.showwarning = _thread_stopped, _shown_briefly
    try:
        yield
    finally:
        threading.excepthook, warnings.showwarning, logging.getLogger().handlers = before


def _thread_stopped(stopped: threading.ExceptHookArgs) -> None:
    from correspondence.cli.output import tell

    tell(f"A part of the program stopped ({stopped.exc_type.__name__}).", level="error")


def _shown_briefly(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """A warning without its words."""
    del message, filename, lineno, file, line
    from correspondence.cli.output import tell

    tell(f"A library warns ({category.__name__}).", level="warning")


def _write(stream: TextIO, text: str) -> None:
    stream.write(text + "\n")
    stream.flush()
