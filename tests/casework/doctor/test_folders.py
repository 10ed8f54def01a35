"""Folders: there, private, on one file system, on a local disk, with room."""

from __future__ import annotations

from pathlib import Path

import pytest

from correspondence.casework.doctor import folders
from correspondence.casework.doctor.folders import room_left
from correspondence.casework.doctor.mounts import file_system_of

from .conftest import Look

MOUNTS = r"""
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
31 22 0:27 / /srv rw,relatime - nfs4 files.staldhelms.test:/offices rw,vers=4.2
40 31 0:31 / /srv/on\040this\040machine rw - xfs /dev/vdb1 rw
41 22 0:33 / /mnt/share rw,nosuid shared:9 master:1 - cifs //files/share rw
42 22 0:34 / /mnt/share rw - tmpfs tmpfs rw
nonsense -
-
"""


@pytest.mark.parametrize("name", ["inbox/processed", "outbox"])
def test_a_folder_that_is_gone_is_named_with_the_way_to_make_it(
    folder: Path, look: Look, name: str
) -> None:
    (folder / name).rmdir()
    (finding,) = look("folders")
    assert finding.state == "fail"
    assert str(folder / name) in finding.says
    assert "correspondence init" in finding.remedy


def test_a_file_in_a_folders_place_is_named(folder: Path, look: Look) -> None:
    (folder / "outbox").rmdir()
    (folder / "outbox").write_text("")
    (finding,) = look("folders")
    assert "is no folder" in finding.says


def test_a_record_that_others_may_open_is_a_finding(folder: Path, look: Look) -> None:
    (folder / "data").chmod(0o750)
    (finding,) = look("privacy")
    assert finding.state == "warn"
    assert "mode 750" in finding.says


def test_folders_a_file_cannot_move_between_in_one_step_are_a_finding(
    folder: Path, look: Look
) -> None:
    (folder / "inbox" / "processed").rmdir()
    (folder / "inbox" / "processed").symlink_to("/proc")
    (finding,) = look("file systems")
    assert finding.state == "fail"
    assert "different file systems" in finding.says


def test_a_record_on_a_network_drive_is_a_finding(
    folder: Path, look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(f"1 1 0:1 / {folder} rw - nfs4 files:/ rw\n")
    monkeypatch.setattr(folders, "MOUNTS", table)
    assert [finding.state for finding in look("file systems")] == ["fail", "warn"]


def test_a_machine_without_a_table_of_mounts_is_well(
    look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "MOUNTS", tmp_path / "absent")
    (finding,) = look("file systems")
    assert finding.state == "ok"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/office", "ext4"),
        ("/srv", "nfs4"),
        ("/srv/office/data", "nfs4"),
        ("/srv/on this machine/office", "xfs"),
        ("/srvelsewhere", "ext4"),
        ("/mnt/share/x", "tmpfs"),  # mounted over the drive
        ("relative", ""),
    ],
)
def test_the_mount_that_holds_a_path_is_found(path: str, kind: str) -> None:
    assert file_system_of(Path(path), MOUNTS) == kind


@pytest.mark.parametrize(
    ("free", "state"), [(0, "fail"), (199_999_999, "fail"), (10**9, "warn"), (2 * 10**9, "ok")]
)
def test_a_disk_that_fills_up_is_told_before_it_is_full(free: int, state: str) -> None:
    assert room_left(Path("/office"), free).state == state
