"""The drop folder hands over whole messages only, and loses none."""

from __future__ import annotations

import os
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from correspondence.errors import StoreUnavailable
from correspondence.postroom import folder as folder_room
from correspondence.postroom.base import Arrival, LeftAlone
from correspondence.postroom.folder import DropFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAIL = b"From: a@example.net\r\nSubject: leak\r\n\r\nThe gutter leaks.\r\n"


class Clock:
    """A clock that stands still unless somebody waits."""

    def __init__(self) -> None:
        self.now = 0.0

    def wait(self, seconds: float) -> None:
        self.now += seconds

    def read(self) -> float:
        return self.now


@pytest.fixture
def inbox(tmp_path: Path) -> DropFolder:
    clock = Clock()
    (tmp_path / "inbox" / "processed").mkdir(parents=True)
    return DropFolder(
        tmp_path / "inbox", tmp_path / "inbox" / "processed", wait=clock.wait, since=clock.read
    )


def swept(inbox: DropFolder) -> tuple[list[Arrival], dict[str, str]]:
    found = list(inbox.arrivals())
    left = {one.name: one.because for one in found if isinstance(one, LeftAlone)}
    return [one for one in found if isinstance(one, Arrival)], left


def test_a_finished_message_is_handed_over_with_its_bytes(inbox: DropFolder) -> None:
    (inbox.folder / "a.eml").write_bytes(MAIL)
    arrivals, left = swept(inbox)
    assert [(one.name, one.raw) for one in arrivals] == [("a.eml", MAIL)]
    assert left == {}


def test_one_look_is_not_enough(inbox: DropFolder) -> None:
    (inbox.folder / "a.eml").write_bytes(MAIL)
    assert [type(one) for one in inbox.arrivals(patient=False)] == [LeftAlone]


def test_a_watchers_second_look_takes_what_did_not_change(inbox: DropFolder) -> None:
    (inbox.folder / "a.eml").write_bytes(MAIL)
    list(inbox.arrivals(patient=False))
    inbox.wait(inbox.settle_seconds)
    assert [type(one) for one in inbox.arrivals(patient=False)] == [Arrival]


def test_a_file_that_keeps_growing_is_left_for_the_next_sweep(inbox: DropFolder) -> None:
    path = inbox.folder / "a.eml"
    path.write_bytes(MAIL)
    wait = inbox.wait

    def grow(seconds: float) -> None:
        wait(seconds)
        with path.open("ab") as file:
            file.write(b"more\r\n")

    inbox.wait = grow
    arrivals, left = swept(inbox)
    assert (arrivals, left) == ([], {"a.eml": "it is still being written"})
    assert path.exists()


@pytest.mark.skipif(os.name != "posix" or not Path("/proc").is_dir(), reason="leases are Linux's")
def test_a_file_that_somebody_has_open_for_writing_is_not_taken(inbox: DropFolder) -> None:
    with (inbox.folder / "a.eml").open("wb") as file:
        file.write(MAIL)
        file.flush()
        arrivals, left = swept(inbox)
        assert (arrivals, left) == ([], {"a.eml": "it is still being written"})
    assert [one.name for one in swept(inbox)[0]] == ["a.eml"]


def test_a_file_renamed_into_place_is_taken(inbox: DropFolder) -> None:
    (inbox.folder / "a.eml.tmp").write_bytes(MAIL)
    (inbox.folder / "a.eml.tmp").rename(inbox.folder / "a.eml")
    assert [one.name for one in swept(inbox)[0]] == ["a.eml"]


def make_link(path: Path) -> None:
    target = path.parent.parent / "elsewhere.eml"
    target.write_bytes(MAIL)
    path.symlink_to(target)


@pytest.mark.parametrize(
    ("name", "make", "because"),
    [
        ("x.eml", Path.mkdir, "it is a folder"),
        ("x.eml", make_link, "it is a link, and links are not followed"),
        ("x.eml", os.mkfifo, "it is not an ordinary file"),
        ("x.pdf", lambda path: path.write_bytes(MAIL), "only .eml and .msg files are read"),
        (
            "x.eml.part",
            lambda path: path.write_bytes(MAIL),
            "its name says that it is not finished",
        ),
    ],
)
def test_what_is_no_message_stays_where_it_is_and_is_named(
    inbox: DropFolder, name: str, make: Callable[[Path], object], because: str
) -> None:
    make(inbox.folder / name)
    arrivals, left = swept(inbox)
    assert (arrivals, left) == ([], {name: because})
    assert os.path.lexists(inbox.folder / name)


def test_hidden_and_temporary_files_are_nobodys_business(inbox: DropFolder) -> None:
    for name in (".hidden.eml", "~lock.eml"):
        (inbox.folder / name).write_bytes(MAIL)
    assert swept(inbox) == ([], {})


def test_endings_count_in_any_case(inbox: DropFolder) -> None:
    (inbox.folder / "A.EML").write_bytes(MAIL)
    (inbox.folder / "B.Msg").write_bytes(MAIL)
    assert {one.name for one in swept(inbox)[0]} == {"A.EML", "B.Msg"}


def test_an_empty_file_is_handed_over_like_any_other(inbox: DropFolder) -> None:
    (inbox.folder / "a.eml").touch()
    assert [one.raw for one in swept(inbox)[0]] == [b""]


def test_a_watcher_gives_an_empty_file_time_to_be_filled(inbox: DropFolder) -> None:
    inbox.empty_hold_seconds = 60
    (inbox.folder / "a.eml").touch()
    list(inbox.arrivals(patient=False))
    inbox.wait(59)
    (held,) = inbox.arrivals(patient=False)
    assert isinstance(held, LeftAlone)
    assert (held.because, held.may_settle) == ("it is empty as yet", True)
    inbox.wait(2)
    (taken,) = inbox.arrivals(patient=False)
    assert isinstance(taken, Arrival)


def test_a_file_too_large_for_any_mail_server_is_named(
    inbox: DropFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_room, "LARGEST_FILE", 10)
    (inbox.folder / "a.eml").write_bytes(MAIL)
    arrivals, left = swept(inbox)
    assert arrivals == []
    assert left["a.eml"].startswith("it is larger than")


@contextmanager
def without_privileges() -> Iterator[None]:
    """Act as a user whom permissions bind: root may read everything."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


def test_a_file_without_read_permission_is_named_and_stays() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.eml"
        path.write_bytes(MAIL)
        Path(folder).chmod(0o755)
        path.chmod(0)
        clock = Clock()
        inbox = DropFolder(Path(folder), Path(folder), wait=clock.wait, since=clock.read)
        with without_privileges():
            arrivals, left = swept(inbox)
        assert arrivals == []
        assert "may not be read" in left["a.eml"]
        assert path.exists()


def test_the_oldest_comes_first(inbox: DropFolder) -> None:
    for name, when in (("b.eml", 200), ("a.eml", 300), ("c.eml", 100)):
        (inbox.folder / name).write_bytes(MAIL)
        os.utime(inbox.folder / name, (when, when))
    assert [one.name for one in swept(inbox)[0]] == ["c.eml", "b.eml", "a.eml"]


def test_a_settled_file_moves_to_processed(inbox: DropFolder) -> None:
    (inbox.folder / "a.eml").write_bytes(MAIL)
    [arrival], _ = swept(inbox)
    inbox.settle(arrival)
    assert not (inbox.folder / "a.eml").exists()
    assert (inbox.processed / "a.eml").read_bytes() == MAIL


def test_settling_twice_is_harmless(inbox: DropFolder) -> None:
    (inbox.folder / "a.eml").write_bytes(MAIL)
    [arrival], _ = swept(inbox)
    inbox.settle(arrival)
    inbox.settle(arrival)
    assert [path.name for path in inbox.processed.iterdir()] == ["a.eml"]


def test_a_processed_file_is_never_overwritten(inbox: DropFolder) -> None:
    (inbox.processed / "a.eml").write_bytes(b"the earlier one")
    (inbox.folder / "a.eml").write_bytes(MAIL)
    [arrival], _ = swept(inbox)
    inbox.settle(arrival)
    assert (inbox.processed / "a.eml").read_bytes() == b"the earlier one"
    assert (inbox.processed / "a-2.eml").read_bytes() == MAIL


def test_a_file_that_took_the_name_of_one_just_read_is_not_set_aside_unread(
    inbox: DropFolder,
) -> None:
    (inbox.folder / "a.eml").write_bytes(MAIL)
    [arrival], _ = swept(inbox)
    (inbox.folder / "a.eml").unlink()
    (inbox.folder / "a.eml").write_bytes(b"From: b@example.net\r\n\r\nAnother message.\r\n")
    inbox.settle(arrival)
    [second], _ = swept(inbox)
    assert second.raw.endswith(b"Another message.\r\n")


def test_the_same_file_has_the_same_key_after_a_restart_and_a_new_file_another(
    inbox: DropFolder,
) -> None:
    path = inbox.folder / "a.eml"
    path.write_bytes(MAIL)
    again = DropFolder(inbox.folder, inbox.processed, wait=inbox.wait, since=inbox.since)
    [first], _ = swept(inbox)
    [same], _ = swept(again)
    assert first.source_key == same.source_key
    path.rename(inbox.processed / "a.eml")
    path.write_bytes(MAIL)
    [new], _ = swept(again)
    assert new.source_key != first.source_key
    assert "a.eml" not in new.source_key


def test_a_name_that_is_not_text_is_handed_over_all_the_same(inbox: DropFolder) -> None:
    raw_name = os.fsencode(str(inbox.folder)) + b"/\xff\xfe.eml"
    with open(raw_name, "wb") as file:  # noqa: PTH123 - pathlib takes no bytes
        file.write(MAIL)
    [arrival], _ = swept(inbox)
    inbox.settle(arrival)
    assert os.listdir(os.fsencode(str(inbox.processed))) == [b"\xff\xfe.eml"]  # noqa: PTH208


def test_a_missing_inbox_is_a_sentence(inbox: DropFolder) -> None:
    inbox.processed.rmdir()
    inbox.folder.rmdir()
    with pytest.raises(StoreUnavailable, match="cannot be looked through"):
        list(inbox.arrivals())


def test_files_that_arrive_and_go_during_a_sweep_do_no_harm(inbox: DropFolder) -> None:
    done = threading.Event()

    def churn() -> None:
        number = 0
        while not done.is_set():
            path = inbox.folder / f"{number % 50}.eml"
            path.write_bytes(MAIL)
            path.unlink(missing_ok=True)
            number += 1

    churning = threading.Thread(target=churn)
    churning.start()
    try:
        for _ in range(200):
            list(inbox.arrivals(patient=False))
    finally:
        done.set()
        churning.join()


def test_a_name_as_long_as_the_disk_allows_may_be_set_aside_twice(inbox: DropFolder) -> None:
    name = "é" * 125 + ".eml"
    for raw in (MAIL, MAIL + b"again"):
        (inbox.folder / name).write_bytes(raw)
        (arrival,) = swept(inbox)[0]
        inbox.settle(arrival)
    assert {path.read_bytes() for path in inbox.processed.iterdir()} == {MAIL, MAIL + b"again"}
