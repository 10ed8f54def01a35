"""A file is on the disk whole, or what was there before is."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from correspondence.disk import to_disk, write_new, write_whole
from tests.jobs.strikes import steps_of, struck

OLD, NEW = b"as it was\n", b"as it is to be\n" * 1000


def rewrite(path: Path) -> int:
    write_whole(path, NEW)
    return 0


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_replaced_as_a_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    for content in (OLD, NEW, OLD):
        write_whole(path, content)
        assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.slow
def test_who_dies_at_any_step_leaves_one_or_the_other_and_hinders_nobody(tmp_path: Path) -> None:
    log, path = tmp_path / "log", tmp_path / "there" / "kept.json"
    path.parent.mkdir()
    write_whole(path, OLD)
    steps = steps_of(partial(rewrite, path), log)
    assert steps == ["fsync", "rename", "fsync"]
    for at, found in enumerate((OLD, OLD, NEW), 1):
        write_whole(path, OLD)
        assert struck(partial(rewrite, path), at, log)
        assert path.read_bytes() == found
    write_whole(path, NEW)
    assert list(path.parent.iterdir()) == [path]


def test_many_who_write_the_same_file_leave_what_one_of_them_wrote(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    contents = [bytes([65 + n]) * (50_000 + n) for n in range(16)]
    with ThreadPoolExecutor(8) as several:
        list(several.map(lambda content: write_whole(path, content), contents * 4))
    assert path.read_bytes() in contents
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666])
def test_permissions_that_are_named_are_the_files_whatever_was_there_and_the_umask(
    tmp_path: Path, mode: int
) -> None:
    path = tmp_path / "correspondence.toml"
    path.write_bytes(OLD)
    path.chmod(0o644)
    write_whole(path, NEW, mode=mode)
    assert mode_of(path) == mode


def test_without_any_named_the_umask_says(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "a", NEW)
        write_new(tmp_path / "b", NEW)
    finally:
        os.umask(before)
    assert mode_of(tmp_path / "a") == mode_of(tmp_path / "b") == 0o640


def test_what_cannot_be_put_in_its_place_is_not_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    (path / "a folder stands there").mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        write_whole(path, NEW)
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_laid_in_the_way_is_not_followed(tmp_path: Path) -> None:
    theirs, path = tmp_path / "theirs", tmp_path / "report.pdf"
    theirs.write_bytes(OLD)
    (tmp_path / ".report.pdf.part").symlink_to(theirs)
    with pytest.raises(OSError, match="symbolic"):
        write_whole(path, NEW)
    assert theirs.read_bytes() == OLD


def test_a_pipe_laid_in_the_way_holds_nobody_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / ".report.pdf.part")
    with pytest.raises(OSError, match="No such device"):
        write_whole(tmp_path / "report.pdf", NEW)


def test_a_new_file_takes_nobodys_place(tmp_path: Path) -> None:
    write_new(tmp_path / "a", NEW)
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "a", OLD)
    assert (tmp_path / "a").read_bytes() == NEW


def test_a_mount_that_brings_no_folder_to_the_disk_is_no_fault_but_a_file_there_is() -> None:
    to_disk(Path("/proc/self"))
    with pytest.raises(OSError, match="Invalid argument"):
        to_disk(Path("/proc/self/status"))
