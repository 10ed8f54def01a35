"""The archive that installs where no package index is reached."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from scripts import bundle
from tests.setup.declared import ROOT

THIS = "{}.{}".format(*sys.version_info[:2])
BARE = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LANG": "C.UTF-8"}
ASTRAY = {
    "PIP_INDEX_URL": "https://packages.example/simple",
    "PIP_EXTRA_INDEX_URL": "https://packages.example/more",
    "PIP_FIND_LINKS": "https://packages.example/links",
}
"""What a machine may be told of indexes elsewhere; none of it may be asked."""


def without_network(command: list[str]) -> list[str]:
    """The command where no network is, as far as this machine lets us; else only without a name."""
    apart = ["unshare", "--net", "--map-root-user"]
    if subprocess.run([*apart, "true"], check=False, capture_output=True).returncode == 0:
        return [*apart, *command]
    return command


def installed(unpacked: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        without_network(["sh", str(unpacked / "install.sh"), *arguments]),
        env=BARE | ASTRAY,
        check=False,
        capture_output=True,
        text=True,
        timeout=280,
    )


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    """An archive as it lies after unpacking, without anything to install."""
    folder = tmp_path / "unpacked"
    (folder / "wheels").mkdir(parents=True)
    (folder / "requirements.lock").write_text("absent==1.0 --hash=sha256:" + "0" * 64 + "\n")
    (folder / "python-version").write_text(f"{THIS}\n")
    shutil.copyfile(ROOT / "scripts" / "install-bundle", folder / "install.sh")
    bundle.write_sums(folder)
    return folder


def test_a_folder_that_is_there_is_left_alone(unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "kept").touch()
    told = installed(unpacked, str(tmp_path / "there"), sys.executable)
    assert (told.returncode, "is there already" in told.stderr) == (1, True)
    assert (tmp_path / "there" / "kept").exists()


def test_a_file_that_was_changed_on_the_way_is_noticed(unpacked: Path, tmp_path: Path) -> None:
    with (unpacked / "requirements.lock").open("a") as lock:
        lock.write("something==1.0\n")
    told = installed(unpacked, str(tmp_path / "new"), sys.executable)
    assert (told.returncode, "is not what was packed" in told.stderr) == (1, True)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("python", "says"),
    [("python0.0", "is not there"), ("wrong", f"this archive is for Python {THIS}")],
)
def test_another_python_is_refused(unpacked: Path, tmp_path: Path, python: str, says: str) -> None:
    if python == "wrong":
        python = str(tmp_path / "python")
        Path(python).write_text("#!/bin/sh\necho 2.7\n")
        Path(python).chmod(0o755)
    told = installed(unpacked, str(tmp_path / "new"), python)
    assert (told.returncode, says in told.stderr) == (1, True)
    assert not (tmp_path / "new").exists()


@pytest.mark.slow
def test_an_install_that_fails_leaves_nothing(unpacked: Path, tmp_path: Path) -> None:
    base = getattr(sys, "_base_executable", sys.executable)
    told = installed(unpacked, str(tmp_path / "new"), base)
    assert told.returncode == 1
    assert "Nothing was installed" in told.stderr
    assert not (tmp_path / "new").exists()


def test_the_same_files_make_the_same_archive(unpacked: Path, tmp_path: Path) -> None:
    archives = [tmp_path / "one.tar.gz", tmp_path / "two.tar.gz"]
    bundle.pack(unpacked, archives[0])
    for path in unpacked.rglob("*"):
        os.utime(path, (1, 1))
    bundle.pack(unpacked, archives[1])
    assert archives[0].read_bytes() == archives[1].read_bytes()
    with tarfile.open(archives[0]) as tar:
        owners = {(one.uid, one.gid, one.uname, one.mtime) for one in tar}
        assert owners == {(0, 0, "", 0)}


def test_no_name_of_a_package_index_is_in_anything_that_is_packed_or_packs() -> None:
    for name in ("scripts/bundle.py", "scripts/install-bundle", "requirements.lock"):
        text = (ROOT / name).read_text()
        assert "://" not in text, name


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_it_installs_in_an_empty_folder_without_a_network_and_does_its_first_steps(
    tmp_path: Path,
) -> None:
    archive = bundle.made(ROOT, tmp_path / "dist")
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path, filter="data")
    (folder,) = tmp_path.glob("correspondence-*")
    assert (folder / "docs" / "operating.md").exists()
    assert (folder / "deploy" / "systemd" / "correspondence@.service").exists()
    assert "libpango" in (folder / "README.md").read_text()
    base = getattr(sys, "_base_executable", sys.executable)
    told = installed(folder, str(tmp_path / "installed"), base)
    assert told.returncode == 0, told.stderr
    program = tmp_path / "installed" / "bin" / "correspondence"
    shutil.rmtree(folder)

    def does(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            without_network([str(program), "--office", str(tmp_path / "office"), *arguments]),
            cwd=tmp_path,
            env=BARE | {"HOME": str(tmp_path)},
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
        )

    made = does("init", str(tmp_path / "office"), "--user", "rowan")
    assert made.returncode == 0, made.stderr
    looked = does("doctor", "--json")
    assert looked.returncode in (0, 1), looked.stderr  # the invented landlord is a finding
    assert '"fail"' not in looked.stdout or "profile" in looked.stdout
    mail = tmp_path / "a.eml"
    mail.write_text(
        "From: resident@example.org\nTo: complaints@harrowmere.example\nSubject: Complaint\n\n"
        "I want to complain about the repairs to my roof, which still leaks.\n"
    )
    read = does("read", str(mail), "--json")
    assert (read.returncode, '"complaint"' in read.stdout) == (0, True), read.stderr
    shutil.copyfile(mail, tmp_path / "office" / "inbox" / "a.eml")
    worked = does("run", "--once", "--json")
    assert (worked.returncode, '"letters_drafted": 1' in worked.stdout) == (0, True), worked.stderr
