"""The outbox folder: a finished letter is put there once, whole, and never put there again.

The files of one letter are first laid out in a folder of their own, hidden from whoever collects
the outbox. Then each is moved into the outbox, the receipt last. What is no longer in the hidden
folder has been moved already, even if somebody has collected it since; so a crash at any moment can
be taken up again without putting any file there twice.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from correspondence.disk import to_disk, write_new
from correspondence.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_LAYING_OUT = ".laying-out"


@dataclass(frozen=True, slots=True)
class Outbox:
    """The outbox `folder` of an office."""

    folder: Path

    def lay_out(self, letter: str, files: Mapping[str, bytes]) -> None:
        """Lay out the files of a letter, by name, without anybody seeing them yet.

        Files laid out by an earlier attempt that went no further are laid out anew.
        Raises StoreUnavailable where the disk does not take them.
        """
        place = self._place(letter)
        try:
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            for stale in place.iterdir():
                stale.unlink()
            for name, content in files.items():
                write_new(place / name, content)
            to_disk(place)
            to_disk(place.parent)
        except OSError as error:
            raise StoreUnavailable(
                f"{letter} could not be laid out in {self.folder} ({error.strerror}). It stays "
                "approved; make room or check the folder, and send it again."
            ) from error

    def put(self, letter: str, names: tuple[str, ...]) -> None:
        """Move what was laid out into the outbox, in this order; what was moved before stays moved.

        Raises StoreUnavailable where a file cannot be moved; calling again goes on from there.
        """
        place = self._place(letter)
        try:
            for name in names:
                with contextlib.suppress(FileNotFoundError):
                    (place / name).rename(self.folder / name)
            to_disk(self.folder)
            with contextlib.suppress(OSError):
                place.rmdir()  # gone already, or not yet empty: neither matters
        except OSError as error:
            raise StoreUnavailable(
                f"{letter} could not be put into {self.folder} ({error.strerror}). Nothing is lost "
                "and nothing will be put there twice; check the folder and send it again."
            ) from error

    def clear(self, *, keeping: Iterable[str]) -> None:
        """Remove what was laid out for letters that are not on their way, but for those to keep.

        Raises StoreUnavailable where the disk does not take it.
        """
        kept = {self._place(letter) for letter in keeping}
        try:
            for place in set((self.folder / _LAYING_OUT).glob("*")) - kept:
                for stale in place.iterdir():
                    stale.unlink()
                place.rmdir()
        except OSError as error:
            raise StoreUnavailable(
                f"What was laid out in {self.folder} could not be cleared ({error.strerror}); "
                "check the folder."
            ) from error

    def taken(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Which of these names stand in the outbox already."""
        return tuple(name for name in names if os.path.lexists(self.folder / name))

    def _place(self, letter: str) -> Path:
        return self.folder / _LAYING_OUT / hashlib.sha256(letter.encode()).hexdigest()[:32]
