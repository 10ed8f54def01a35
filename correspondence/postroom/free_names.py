"""Names for files that are set aside where others lie already."""

import os
from pathlib import Path
from typing import Final

_LONGEST: Final = 255  # bytes; what the file systems of Linux allow


def free_name(folder: Path, name: str) -> Path:
    """A path in `folder` that nothing stands at: the name, or the name with a number."""
    path = folder / name
    number = 2
    while os.path.lexists(path):
        path = folder / _numbered(name, number)
        number += 1
    return path


def _numbered(name: str, number: int) -> str:
    """The name with a number before its ending, shortened where it would be too long for a disk."""
    stem, dot, suffix = name.rpartition(".") if "." in name else (name, "", "")
    ending = f"-{number}{dot}{suffix}"
    room = _LONGEST - len(os.fsencode(ending))
    return os.fsdecode(os.fsencode(stem)[:room]) + ending
