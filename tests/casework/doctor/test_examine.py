"""An office is looked over whole, whatever is wrong with it."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from correspondence.casework.doctor import examine
from correspondence.casework.office import init_office
from correspondence.settings import PROFILE_NAME

from .conftest import NOW, this_moment


def states(folder: Path) -> set[str]:
    return {finding.state for finding in examine(folder, now=this_moment())}


@pytest.mark.sqlite("the role of the tests' server may do everything, and the doctor says so")
def test_nothing_is_wrong_with_an_office_that_is_well(folder: Path) -> None:
    assert [each for each in examine(folder, now=this_moment()) if each.state != "ok"] == []


@pytest.mark.sqlite("the role of the tests' server may do everything, and the doctor says so")
def test_a_new_office_only_needs_its_landlords_details(tmp_path: Path) -> None:
    init_office(tmp_path, user="rowan", display_name="Rowan", now=NOW)
    ill = [finding for finding in examine(tmp_path, now=this_moment()) if finding.state != "ok"]
    assert [(finding.check, finding.state) for finding in ill] == [
        ("placeholders", "warn"),
        ("alerts", "warn"),
    ]


@pytest.mark.sqlite("the record goes with the folder")
def test_every_finding_that_is_not_ok_has_a_way_out(folder: Path) -> None:
    for name in ("inbox", "outbox", "data"):
        shutil.rmtree(folder / name)
    findings = examine(folder, now=this_moment())
    assert {finding.check for finding in findings if finding.state == "fail"} >= {
        "folders",
        "database",
    }
    for finding in findings:
        assert finding.says.endswith(".")
        assert finding.remedy or finding.state == "ok"


def test_looking_changes_nothing(folder: Path) -> None:
    shutil.rmtree(folder / "data")
    before = sorted(folder.rglob("*"))
    examine(folder, now=this_moment())
    assert sorted(folder.rglob("*")) == before


def test_a_profile_that_cannot_be_used_is_the_only_finding(folder: Path) -> None:
    (folder / PROFILE_NAME).write_text("[landlord]\nnmae = 'x'\n[timescales]\nstage1 = 'x'\n")
    findings = examine(folder, now=this_moment())
    assert {(finding.check, finding.state) for finding in findings} == {("profile", "fail")}
    assert any("line 2" in finding.says for finding in findings)
    assert any("line 4" in finding.says for finding in findings)


def test_a_folder_that_is_no_office_is_one_finding(tmp_path: Path) -> None:
    (finding,) = examine(tmp_path, now=this_moment())
    assert finding.state == "fail"
    assert "correspondence init" in finding.says


def test_a_disk_that_cannot_be_looked_at_hides_nothing_else(folder: Path) -> None:
    (folder / "inbox" / "processed").rmdir()
    (folder / "inbox" / "processed").symlink_to("processed")  # a link to itself
    findings = examine(folder, now=this_moment())
    assert "fail" in {finding.state for finding in findings if finding.check == "folders"}
    assert "ok" in {finding.state for finding in findings if finding.check == "database"}


def test_a_folder_of_somebody_elses_is_a_finding_and_no_traceback(
    folder: Path,
) -> None:
    (folder / "outbox").chmod(0o000)
    me = os.geteuid()
    places = [folder, *folder.parents]
    ours = Path(tempfile.gettempdir())
    opened = [place for place in places if place.is_relative_to(ours) and place != ours]
    rights = {place: place.stat().st_mode for place in opened}
    try:
        for place in opened:
            place.chmod(0o755)
        if me == 0:
            os.seteuid(65534)
        found = {(each.check, each.state) for each in examine(folder, now=this_moment())}
    finally:
        os.seteuid(me)
        (folder / "outbox").chmod(0o700)
        for place, mode in rights.items():
            place.chmod(mode & 0o7777)
    assert ("folders", "fail") in found
