"""Files brought to the disk: whole or absent at every moment, also after a power cut.

What stands here serves every room that keeps files. Two places do it in their own way for a reason:
the folder of documents names what is unfinished so that a sweep can find it, and a message that was
kept is moved, not written.
"""

import contextlib
import errno
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO


def write_whole(path: Path, content: bytes, *, mode: int | None = None) -> None:
    """Have `path` hold `content`; until then, and wherever this fails, it holds what it held.

    `mode` is what the file's permissions will be; without one the umask says. Who else writes the
    same file waits, and what a crash left of an earlier attempt is written over. Raises OSError.
    """
    unfinished = path.with_name(f".{path.name}.part")
    with _alone(unfinished, 0o666 if mode is None else mode) as file:
        try:
            if mode is not None:
                os.fchmod(file.fileno(), mode)  # exactly, whatever the umask takes away
            file.truncate()
            _fill(file, content)
            unfinished.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):  # what went wrong first is what is told
                unfinished.unlink()
            raise
    to_disk(path.parent)


def write_new(path: Path, content: bytes) -> None:
    """Write a file where nothing stands, and bring its bytes to the disk.

    Its name is there for good only once `to_disk` was called for the folder. Raises
    FileExistsError where something stands there already, OSError.
    """
    with path.open("xb") as file:
        _fill(file, content)


def to_disk(path: Path) -> None:
    """Bring a file's bytes, or the names in a folder, to the disk. Raises OSError."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some mounts know no fsync of folders and keep their names in order themselves; databases
        # that must outlive a power cut pass over it, too.
        if error.errno != errno.EINVAL or not path.is_dir():
            raise
    finally:
        os.close(handle)


def _fill(file: BinaryIO, content: bytes) -> None:
    file.write(content)
    file.flush()
    os.fsync(file.fileno())


@contextlib.contextmanager
def _alone(path: Path, mode: int) -> Iterator[BinaryIO]:
    """The file of that name, made where it is not there, while nobody else has it so.

    One name for whoever writes, for a name of each one's own would be left behind by every crash.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    while True:
        with os.fdopen(os.open(path, flags, mode), "wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if _stands_at(path, file):
                yield file
                return
            # Whoever had it before us has renamed or removed it meanwhile.


def _stands_at(path: Path, file: BinaryIO) -> bool:
    try:
        return os.path.samestat(path.lstat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False
