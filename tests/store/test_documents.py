"""What every place that keeps documents promises: one suite over the folder and the bucket."""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from correspondence.errors import RecordBroken, StoreUnavailable
from correspondence.store.document_folder import DocumentFolder
from tests.store.s3_stand_in import s3

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from correspondence.store.documents import Documents
    from tests.store.s3_stand_in import S3


class Place(Protocol):
    """A place that keeps documents, and the hand that reaches into it by another way."""

    def documents(self) -> Documents: ...
    def held(self) -> dict[str, bytes]: ...
    def lay(self, key: str, raw: bytes) -> None: ...
    def drop(self, key: str) -> None: ...
    def break_down(self) -> None: ...


@dataclass
class Folder:
    folder: Path

    def documents(self) -> Documents:
        return DocumentFolder(self.folder / "documents")

    def held(self) -> dict[str, bytes]:
        top = self.folder / "documents"
        return {
            str(path.relative_to(top)): path.read_bytes()
            for path in top.rglob("*")
            if path.is_file()
        }

    def lay(self, key: str, raw: bytes) -> None:
        path = self.folder / "documents" / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)

    def drop(self, key: str) -> None:
        (self.folder / "documents" / key).unlink()

    def break_down(self) -> None:
        (self.folder / "documents").rename(self.folder / "away")
        (self.folder / "documents").write_text("a file")


@dataclass
class Bucket:
    stand_in: S3

    def documents(self) -> Documents:
        return self.stand_in.bucket()

    def held(self) -> dict[str, bytes]:
        return self.stand_in.objects

    def lay(self, key: str, raw: bytes) -> None:
        self.stand_in.lay(key, raw)

    def drop(self, key: str) -> None:
        self.stand_in.drop(key)

    def break_down(self) -> None:
        self.stand_in.refuse(503, "SlowDown")


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3]:
    with s3(tmp_path_factory.mktemp("s3")) as running:
        yield running


@pytest.fixture(params=["folder", "bucket"])
def place(request: pytest.FixtureRequest, tmp_path: Path, stand_in: S3) -> Place:
    if request.param == "folder":
        return Folder(tmp_path)
    stand_in.mend()
    stand_in.wish("clear")
    return Bucket(stand_in)


def _key(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def test_what_is_kept_comes_back_under_its_sha256(place: Place) -> None:
    documents = place.documents()
    for raw in (b"", b"Dear Sir", bytes(range(256)) * 1000, os.urandom(7_000_000)):
        sha256 = documents.keep(raw)
        assert sha256 == hashlib.sha256(raw).hexdigest()
        assert documents.fetch(sha256) == raw
        assert documents.has(sha256)
        assert place.held()[_key(sha256)] == raw
    assert documents.verify() == ()


@given(several=st.lists(st.binary(max_size=50), max_size=5))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_keeping_is_idempotent(place: Place, several: list[bytes]) -> None:
    documents = place.documents()
    names = [documents.keep(raw) for raw in several]
    held = place.held()
    assert [documents.keep(raw) for raw in several] == names
    assert [documents.fetch(name) for name in names] == several
    assert place.held() == held


def test_a_document_that_is_gone_or_changed_is_told_by_its_name(place: Place) -> None:
    documents = place.documents()
    sha256 = documents.keep(b"Dear Sir")
    place.lay(_key(sha256), b"Dear Madam")
    with pytest.raises(RecordBroken, match=f"{sha256}.*not what was kept"):
        documents.fetch(sha256)
    assert [sha256 in finding for finding in documents.verify()] == [True]
    place.drop(_key(sha256))
    with pytest.raises(RecordBroken, match=f"{sha256}.*missing"):
        documents.fetch(sha256)
    assert not documents.has(sha256)
    assert documents.kept_at(sha256) is None


def test_keeping_a_damaged_document_again_puts_it_right(place: Place) -> None:
    documents = place.documents()
    sha256 = documents.keep(b"Dear Sir")
    place.lay(_key(sha256), b"")
    assert documents.keep(b"Dear Sir") == sha256
    assert documents.fetch(sha256) == b"Dear Sir"


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_a_name_that_is_no_sha256_never_leaves_the_program(place: Place, name: str) -> None:
    documents = place.documents()
    for question in (documents.fetch, documents.has, documents.remove, documents.kept_at):
        with pytest.raises(RecordBroken, match="is not the SHA-256"):
            question(name)


def test_what_is_removed_is_gone_and_nothing_else(place: Place) -> None:
    documents = place.documents()
    gone, stays = documents.keep(b"Dear Sir"), documents.keep(b"Dear Madam")
    assert documents.remove(gone)
    assert not documents.remove(gone)
    assert not documents.has(gone)
    assert documents.fetch(stays) == b"Dear Madam"
    assert list(documents.names()) == [stays]


def test_names_are_listed_in_their_order_and_strays_apart(place: Place) -> None:
    documents = place.documents()
    names = [documents.keep(bytes([number])) for number in range(60)]
    place.lay("notes.txt", b"stray")
    place.lay(names[0], b"Dear Sir")
    place.lay(f"ff/ff/{names[0]}", b"in the wrong place")
    assert list(documents.names()) == sorted(names)
    assert set(documents.strays()) == {"notes.txt", names[0], f"ff/ff/{names[0]}"}
    findings = documents.verify()
    assert sum("no document of ours" in finding for finding in findings) == 3


def test_many_are_read_side_by_side_and_come_in_their_order(place: Place) -> None:
    documents = place.documents()
    names = sorted(documents.keep(bytes([number]) * 1000) for number in range(40))
    place.lay(_key(names[7]), b"damaged")
    place.drop(_key(names[9]))
    found = dict(documents.fetched(names))
    assert list(found) == names
    assert [name for name in names if not isinstance(found[name], bytes)] == [names[7], names[9]]


def test_when_a_document_was_kept_is_known(place: Place) -> None:
    documents = place.documents()
    at = documents.kept_at(documents.keep(b"Dear Sir"))
    assert at is not None
    assert at.utcoffset() == timedelta(0)
    assert datetime.now(UTC) - at < timedelta(hours=1)


def test_many_who_keep_the_same_documents_at_once_all_succeed(place: Place) -> None:
    documents = place.documents()
    several = [bytes([number]) * 10_000 for number in range(5)] * 20
    with ThreadPoolExecutor(16) as threads:
        names = list(threads.map(documents.keep, several))
    assert [documents.fetch(name) for name in names] == several
    assert documents.verify() == ()
    assert len(place.held()) == 5


def test_a_place_that_cannot_be_used_is_told_and_is_not_taken_for_an_empty_one(
    place: Place,
) -> None:
    documents = place.documents()
    documents.keep(b"Dear Sir")
    place.break_down()
    with pytest.raises(StoreUnavailable, match="A document of 10 bytes could not be kept"):
        documents.keep(b"Dear Madam")
