"""Documents in a store that speaks S3, under ``<prefix>/ab/cd/<sha256>`` of its bucket.

A store takes an object whole or not at all, and holds what arrives against the signed hash of what
was sent. So a document is one request (never an upload in parts), made on the condition that
nothing is there under its name; an answer that was lost is found out by asking again. Beside the
documents lies ``<prefix>/office``, which names the record they belong to: two offices that were
given one prefix by mistake would otherwise erase each other's documents.
"""

from __future__ import annotations

import hashlib
import threading
from datetime import UTC
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar

import tenacity

from correspondence.errors import (
    CorrespondenceError,
    RecordBroken,
    StoreUnavailable,
)
from correspondence.postroom.credentials import Account
from correspondence.settings import DOCUMENTS
from correspondence.store.bucket_line import Limits, line_to
from correspondence.store.bucket_refusals import Refused, told
from correspondence.store.documents import Documents, a_name, is_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from correspondence.settings import DocumentStore, Office

_T = TypeVar("_T")

OWNER: Final = "office"
"""The object that names the record these documents belong to."""


class DocumentBucket(Documents):
    """The documents of one office in a bucket, under its own prefix."""

    at_once: ClassVar[int] = 4

    def __init__(
        self,
        settings: DocumentStore,
        account: Account,
        *,
        origin: Callable[[], str] = str,
        limits: Limits | None = None,
    ) -> None:
        self.settings = settings
        self._account = account
        self._origin = origin
        self._limits = limits or Limits()
        self._line: Any = None
        self._is_ours = False
        self._lock = threading.Lock()

    @property
    def place(self) -> str:
        return f"{self.settings.bucket}/{self.settings.prefix} at {self.settings.host}"

    def keep(self, raw: bytes) -> str:
        sha256 = hashlib.sha256(raw).hexdigest()
        try:
            self._must_be_ours()
            self._put(_key(sha256), raw)
        except StoreUnavailable as error:
            raise StoreUnavailable(
                f"A document of {len(raw)} bytes could not be kept: {error}"
            ) from error
        return sha256

    def has(self, sha256: str) -> bool:
        return self._head(_key(a_name(sha256))) is not None

    def kept_at(self, sha256: str) -> datetime | None:
        found = self._head(_key(a_name(sha256)))
        at: datetime | None = found["last_modified"].astimezone(UTC) if found else None
        return at

    def remove(self, sha256: str) -> bool:
        key = _key(a_name(sha256))
        self._must_be_ours()
        was_there = self._head(key) is not None
        # Asked in any case: a missing bucket answers the question before like a missing document.
        self._asked(lambda line: line.delete(key))
        return was_there

    def names(self) -> Iterator[str]:
        yield from sorted(
            name for name in map(_name_in, self._listed()) if name
        )  # not every store lists in order

    def strays(self) -> Iterator[str]:
        yield from (key for key in self._listed() if key != OWNER and not _name_in(key))

    def sweep(self) -> int:
        return 0  # what a store takes is whole, or not there

    def keeps_what_is_removed(self) -> bool:
        """Whether the bucket keeps earlier versions, so that what is erased can be had back."""
        found = self._head(OWNER)
        return bool(found and found.get("version") not in (None, "null"))

    def hears_conditions(self) -> bool:
        """Whether the store refuses to put something where something is, once it is claimed."""

        def put_again(line: Any) -> bool:
            from obstore.exceptions import AlreadyExistsError

            try:
                line.put(OWNER, f"{self._origin()}\n".encode(), mode="create", use_multipart=False)
            except AlreadyExistsError:
                return True
            return False

        try:
            return self._asked(put_again)
        except Refused as refused:
            if refused.knows_no_condition:
                return False
            raise

    def claim(self) -> None:
        """Mark the prefix as this record's. Raises RecordBroken where it is another's."""
        self._is_ours = False
        self._must_be_ours()

    def _read(self, sha256: str) -> bytes | None:
        return self._bytes_of(_key(sha256))

    def _must_be_ours(self) -> None:
        """Raise RecordBroken where another record's documents lie here; asked until it is known."""
        if self._is_ours:
            return
        origin = self._origin()
        marked = f"{origin}\n".encode("ascii")
        found = self._bytes_of(OWNER)
        if found is None and not origin:
            return  # the first thing that an office keeps is older than its record
        if found is None:
            self._put(OWNER, marked, mend=False)
            found = self._bytes_of(OWNER)
        if found != marked:
            raise RecordBroken(
                f"{self.place} holds the documents of another office, so nothing is changed there. "
                "Give each office a prefix of its own ([documents] prefix)."
            )
        self._is_ours = True

    def _put(self, key: str, raw: bytes, *, mend: bool = True) -> None:
        """Put it there unless it is; what is there and differs is put right, or left alone."""

        def put(line: Any) -> None:
            from obstore.exceptions import AlreadyExistsError

            try:
                line.put(key, raw, mode="create", use_multipart=False)
            except AlreadyExistsError:
                there = _whole(line, key)
                if there is None:  # somebody else was at it, and did not succeed
                    raise Refused(f"{self.place} is busy with it; try again.", again=True) from None
                if mend and there != raw:
                    line.put(key, raw, mode="overwrite", use_multipart=False)

        def without_condition(line: Any) -> None:
            there = _whole(line, key)
            if there is None or (mend and there != raw):
                line.put(key, raw, mode="overwrite", use_multipart=False)

        try:
            self._asked(put)
        except Refused as refused:
            if not refused.knows_no_condition:
                raise
            # A store that knows no conditions. Under its name a document has but one content.
            self._asked(without_condition)

    def _head(self, key: str) -> Any:
        def head(line: Any) -> Any:
            try:
                return line.head(key)
            except FileNotFoundError as gone:
                _must_be_of_the_object(gone)
                return None

        return self._asked(head)

    def _bytes_of(self, key: str) -> bytes | None:
        return self._asked(lambda line: _whole(line, key))

    def _listed(self) -> Iterator[str]:
        """Every key below the prefix, without it."""
        after: str | None = None
        while True:
            found = self._asked(partial(_some_keys, after=after))
            # Of a store that does not hear where to go on, what was told already is left out.
            new = [key for key in found if after is None or key > after]
            yield from new
            if len(found) < _LISTED or not new:
                return
            after = new[-1]

    def _asked(self, question: Callable[[Any], _T]) -> _T:
        """Ask, again after a while where that may help. Raises StoreUnavailable."""
        patiently = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(self._limits.tries),
            wait=tenacity.wait_exponential_jitter(
                multiplier=self._limits.first,
                max=self._limits.longest,
                jitter=self._limits.first,
            ),
            retry=tenacity.retry_if_exception(lambda one: isinstance(one, Refused) and one.again),
            reraise=True,
        )
        answer: _T = patiently(self._asked_once, question)
        return answer

    def _asked_once(self, question: Callable[[Any], _T]) -> _T:
        line = self._open_line()
        try:
            return question(line)
        except CorrespondenceError:
            raise
        except Exception as fault:  # noqa: BLE001 - the library's, and those of Python it uses
            refused = told(fault, self.place)
            if refused.by_credential:
                with self._lock:
                    self._line = None  # one that was changed counts at the next question
            raise refused from None

    def _open_line(self) -> Any:
        with self._lock:
            if self._line is None:
                self._line = line_to(self.settings, self._account, self._limits)
            return self._line


def bucket_of(office: Office, origin: Callable[[], str] = str) -> DocumentBucket:
    """The bucket that an office's profile names; nothing is asked of it yet."""
    settings = office.settings.documents
    account = Account(
        name=DOCUMENTS,
        user=settings.access_key,
        host=settings.host,
        office=office.folder,
        password_file=office.folder / settings.password_file if settings.password_file else None,
    )
    if settings.ca_file:
        settings = settings.model_copy(update={"ca_file": str(office.folder / settings.ca_file)})
    return DocumentBucket(settings, account, origin=origin)


_LISTED: Final = 1000  # keys by one request, which is as many as stores give


def _key(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def _name_in(key: str) -> str:
    """The name of the document under that key; empty where it is none."""
    name = key.rpartition("/")[2]
    return name if is_name(name) and key == _key(name) else ""


def _whole(line: Any, key: str) -> bytes | None:
    """The object's bytes, or None where there is none."""
    try:
        found = line.get(key)
        raw = bytes(found.bytes())
    except FileNotFoundError as gone:
        _must_be_of_the_object(gone)
        return None
    if len(raw) != found.meta["size"]:
        raise Refused("An answer of the store broke off; try again.", again=True)
    return raw


def _must_be_of_the_object(gone: FileNotFoundError) -> None:
    if "NoSuchBucket" in str(gone):
        raise gone


def _some_keys(line: Any, *, after: str | None) -> list[str]:
    stream = line.list(offset=after, chunk_size=_LISTED)
    return [one["path"] for one in next(iter(stream), ())]
