"""Documents: raw mail, attachments and finished letters, kept as files named by their SHA-256."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Documents:
    """The folder of kept documents: ``<folder>/ab/cd/<sha256>``, for the office's account alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, raw: bytes) -> str:
        """Keep `raw` for good and return its SHA-256; when this returns, it survives a power cut.

        Raises StoreUnavailable where the disk does not take it; nothing is then half-kept.
        """
        raise NotImplementedError

    def fetch(self, sha256: str) -> bytes:
        """The document, held against its name. Raises RecordBroken where it is gone or changed."""
        raise NotImplementedError

    def verify(self) -> tuple[str, ...]:
        """What is wrong with the folder, one sentence for each document; empty where all is well."""
        raise NotImplementedError
