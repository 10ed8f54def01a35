"""Documents: raw mail, attachments and finished letters, kept under the SHA-256 of their bytes.

What every place that keeps them promises, and which one an office has: a folder of its own
(`document_folder`), or a store that speaks S3 (`document_bucket`).
"""

from __future__ import annotations

import hashlib
import re
from abc import ABC, abstractmethod
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING, ClassVar, Final

from correspondence.errors import CorrespondenceError, RecordBroken, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from correspondence.settings import Office

_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class Documents(ABC):
    """Where an office keeps its documents. They are never changed.

    A name holds the whole document or nothing, at every moment and whatever dies; what `keep` has
    returned for survives; whatever is read is held against its name first.
    """

    at_once: ClassVar[int] = 1
    """How many documents are worth reading side by side where many are wanted."""

    @property
    @abstractmethod
    def place(self) -> str:
        """Where they lie, in words for people."""

    @abstractmethod
    def keep(self, raw: bytes) -> str:
        """Keep `raw` for good and return its SHA-256; when this returns, it survives a power cut.

        A document kept before is held against `raw`, and put right where it was damaged.
        Raises StoreUnavailable where it is not taken; nothing is then half-kept.
        """

    @abstractmethod
    def has(self, sha256: str) -> bool:
        """Whether a document of that name lies here; it is not read. Raises StoreUnavailable."""

    @abstractmethod
    def kept_at(self, sha256: str) -> datetime | None:
        """When it was put here last (UTC), by the place's own clock; None where it is not here."""

    @abstractmethod
    def remove(self, sha256: str) -> bool:
        """Remove a document for good; whether it was there.

        Whoever asks has made sure that nothing refers to it. Raises StoreUnavailable.
        """

    @abstractmethod
    def names(self) -> Iterator[str]:
        """The names of all documents, in their order. Raises StoreUnavailable."""

    @abstractmethod
    def strays(self) -> Iterator[str]:
        """What lies here under a name that is no document's, as it is called there."""

    @abstractmethod
    def sweep(self) -> int:
        """Remove what a power cut left unfinished; return how many. Others may be writing."""

    def fetch(self, sha256: str) -> bytes:
        """The document, held against its name.

        Raises RecordBroken where it is gone or changed, StoreUnavailable where nobody can tell.
        """
        raw = self._read(a_name(sha256))
        if raw is None:
            raise RecordBroken(
                f"Document {sha256} is missing from {self.place}; restore it from a backup."
            )
        if hashlib.sha256(raw).hexdigest() != sha256:
            raise RecordBroken(
                f"Document {sha256} in {self.place} is not what was kept; restore it from a backup."
            )
        return raw

    def fetched(self, names: Iterable[str]) -> Iterator[tuple[str, bytes | CorrespondenceError]]:
        """Each of these documents in turn, or what `fetch` raised for it."""
        waiting = iter(names)
        if self.at_once == 1:
            yield from ((name, self._fetched(name)) for name in waiting)
            return
        with ThreadPoolExecutor(self.at_once) as readers:
            begun = deque(
                (name, readers.submit(self._fetched, name))
                for name in islice(waiting, self.at_once)
            )
            while begun:
                name, reading = begun.popleft()
                found = reading.result()
                begun.extend(
                    (more, readers.submit(self._fetched, more)) for more in islice(waiting, 1)
                )
                yield name, found

    def verify(self) -> tuple[str, ...]:
        """What is wrong with what lies here, one sentence for each; empty where all is well."""
        wrong = [f"{name} is no document of ours; move it away." for name in self.strays()]
        wrong += [
            str(found) for _, found in self.fetched(self.names()) if not isinstance(found, bytes)
        ]
        return tuple(wrong)

    def _fetched(self, sha256: str) -> bytes | CorrespondenceError:
        try:
            return self.fetch(sha256)
        except (RecordBroken, StoreUnavailable) as error:
            return error

    @abstractmethod
    def _read(self, sha256: str) -> bytes | None:
        """The bytes under that name, or None where there are none. Raises StoreUnavailable."""


def a_name(sha256: str) -> str:
    """The name itself. Raises RecordBroken where it is none, so that it never reaches a disk."""
    if not is_name(sha256):
        raise RecordBroken(f"{sha256[:80]!r} is not the SHA-256 of a document.")
    return sha256


def is_name(name: str) -> bool:
    """Whether that can be the name of a document: a SHA-256 in 64 hexadecimal digits."""
    return _SHA256.fullmatch(name) is not None


def open_documents(office: Office, origin: Callable[[], str] = str) -> Documents:
    """Where that office keeps its documents, as its profile says; nothing is asked of it yet.

    `origin` tells the record they belong to (see `audit.origin`), and is asked before a shared
    store is first changed; empty where there is no record yet.
    """
    if office.settings.documents.store == "s3":
        from correspondence.store.document_bucket import bucket_of

        return bucket_of(office, origin)
    from correspondence.store.document_folder import DocumentFolder

    return DocumentFolder(office.documents)
