"""Files that hold a secret: taken only where nobody else on this machine can read them."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from correspondence.errors import CorrespondenceError

HANDED_IN: Final = Path("/run/secrets")
"""Where container engines put secrets. Others in the container may often read them there, which
the engine decides; what somebody else could change is not taken from there either."""


class NotPrivate(CorrespondenceError):
    """A file that others may read, or that is none; the reason without its beginning."""


def opened(file: Path) -> int:
    """The file, open for reading, once nobody else can read it. Raises OSError, NotPrivate."""
    handle = os.open(file, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    found = os.fstat(handle)
    others = 0o022 if file.resolve().is_relative_to(HANDED_IN) else 0o077
    fault = ""
    if not stat.S_ISREG(found.st_mode):
        fault = "it is not a file"
    elif found.st_uid not in (os.geteuid(), 0):
        fault = "it belongs to another account"
    elif stat.S_IMODE(found.st_mode) & others:
        fault = f"others may read it (mode {stat.S_IMODE(found.st_mode):o})"
    if fault:
        os.close(handle)
        raise NotPrivate(fault)
    return handle


def first_line(file: Path, *, most: int) -> str:
    """What the file holds, which must be one line of at most `most` bytes, without its end.

    Raises OSError, NotPrivate; empty where it holds anything else.
    """
    with os.fdopen(opened(file), "rb") as private:
        raw = private.read(most + 1)
    try:
        text = raw.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        return ""
    return "" if len(raw) > most or "\n" in text or "\0" in text else text
