"""What is deployed fits the program: units, container file, the command for many offices."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from correspondence.cli.app import app
from scripts.system_packages import LETTERS, SCANS
from tests.setup.declared import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
CONTAINERFILE = (DEPLOY / "Containerfile").read_text()
SECRET = re.compile(r"PASSWORD|SECRET|TOKEN|_KEY\b", re.IGNORECASE)

# Units


def unit(path: Path) -> dict[str, list[str]]:
    """The settings of a unit's [Service], each as often as it stands there."""
    found: dict[str, list[str]] = {}
    section = ""
    for line in path.read_text().splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif "=" in line and not line.startswith("#") and section == "Service":
            key, _, value = line.partition("=")
            found.setdefault(key, []).append(value)
    return found


def command_of(words: list[str]) -> Any:
    """The command that these words call, by the names of the program itself."""
    found: Any = get_command(app)
    for word in words:
        if word in getattr(found, "commands", {}):
            found = found.commands[word]
    return found


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_starts_a_command_that_there_is(path: Path) -> None:
    (start,) = unit(path)["ExecStart"]
    words = shlex.split(start.partition("bin/correspondence ")[2].rstrip("'"))
    assert words, start
    known = command_of(words)
    options = {option for parameter in known.params for option in parameter.opts}
    assert known.name == words[0]
    assert {word for word in words if word.startswith("--")} <= options


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_runs_as_its_offices_own_account_without_rights(path: Path) -> None:
    said = unit(path)
    assert said["User"] == said["Group"] == ["correspondence-%i"]
    assert said["NoNewPrivileges"] == said["PrivateTmp"] == said["ProtectHome"] == ["yes"]
    assert said["CapabilityBoundingSet"] == [""]
    assert said["ProtectSystem"] == ["strict"]
    assert all(place.split("%i")[0] in ("/srv/correspondence/", "/srv/backup/")
               for place in said["ReadWritePaths"][0].split())  # fmt: skip
    assert said["EnvironmentFile"] == ["-/etc/correspondence/%i.env"]
    assert not [line for line in said["Environment"] if SECRET.search(line)]
    assert int(said["UMask"][0], 8) & 0o007 == 0o007


@pytest.mark.parametrize(
    "path", sorted((DEPLOY / "systemd").glob("*.timer")), ids=lambda path: path.name
)
def test_a_timer_has_its_unit_and_spreads_hundreds_of_offices(path: Path) -> None:
    assert path.with_suffix(".service") in UNITS
    assert "RandomizedDelaySec=" in path.read_text()


# The container file


def steps() -> list[tuple[str, str]]:
    """The instructions with their words, lines that go on put together."""
    text = re.sub(r"^#.*\n", "", CONTAINERFILE, flags=re.MULTILINE)
    whole = re.sub(r"\\\n\s*", " ", text)
    return [
        (name, rest.strip())
        for name, _, rest in (line.partition(" ") for line in whole.splitlines() if line.strip())
    ]


def copied() -> list[str]:
    """What is copied from the working copy."""
    return [
        source
        for name, words in steps()
        if name == "COPY" and "--from" not in words
        for source in words.split()[:-1]
    ]


def test_everything_that_is_copied_is_there_and_nothing_is_copied_blindly() -> None:
    assert copied()
    for source in copied():
        assert (ROOT / source).exists(), source
        assert source not in (".", "./", "*")
    assert not [words for name, words in steps() if name == "ADD"]
    assert not {".git", "inbox", "outbox", "data", "correspondence.toml"} & set(copied())


@pytest.mark.slow
def test_what_is_copied_is_enough_to_build_the_project_whole(tmp_path: Path) -> None:
    for source in copied():
        target = tmp_path / "source" / Path(source).name
        if (ROOT / source).is_dir():
            shutil.copytree(
                ROOT / source,
                target,
                ignore=shutil.ignore_patterns("__pycache__"),
                dirs_exist_ok=True,
            )
        else:
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(ROOT / source, target)
    assert any("hatchling build -t wheel" in words for name, words in steps() if name == "RUN")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "wheel")],
        cwd=tmp_path / "source",
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    (wheel,) = (tmp_path / "wheel").iterdir()
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    assert "correspondence/shipped/schemas/profile.json" in names
    assert any(name.startswith("correspondence/shipped/letter_templates/") for name in names)
    assert any(name.startswith("correspondence/web/templates/") for name in names)
    assert any(name.startswith("correspondence/store/migrations/versions/r0001") for name in names)


def test_every_package_is_installed_by_a_lock_with_hashes_or_is_our_own() -> None:
    installs = [
        part
        for name, words in steps()
        if name == "RUN"
        for part in words.split("&&")
        if "pip install" in part
    ]
    assert len(installs) == 3
    for part in installs:
        own = "--no-index" in part and part.rstrip().endswith("/wheel/*.whl")
        locked = re.search(r"-r (\S+\.lock)", part)
        assert own or (locked and "--require-hashes" in part), part
        if locked:
            assert locked[1] in [Path(source).name for source in copied()]


def test_the_image_runs_without_rights_holds_no_secret_and_ends_when_told() -> None:
    by_name: dict[str, list[str]] = {}
    last = max(index for index, (name, _) in enumerate(steps()) if name == "FROM")
    for name, words in steps()[last:]:
        by_name.setdefault(name, []).append(words)
    user = by_name["USER"][-1]
    assert all(number.isdigit() and int(number) > 0 for number in user.split(":"))
    given = [words for name, words in steps() if name in ("ENV", "ARG", "LABEL")]
    assert not [words for words in given if SECRET.search(words)]
    for name in ("ENTRYPOINT", "CMD"):
        assert by_name[name][-1].startswith("["), "not as a shell's child, which hears no signal"
    assert by_name["ENTRYPOINT"][-1].startswith('["tini"')
    assert by_name["STOPSIGNAL"] == ["SIGTERM"]
    (health,) = by_name["HEALTHCHECK"]
    asked = re.findall(r'"([^"]+)"', health.partition("CMD ")[2])
    assert command_of(asked[1:]).name == "worker"
    assert "--check" in asked


def test_the_image_has_the_libraries_that_set_up_asks_for() -> None:
    needed = {package for part in (*LETTERS, SCANS) for package in part.packages["apt-get"].split()}
    assert needed <= set(CONTAINERFILE.split())


# Many offices


@pytest.fixture
def many(tmp_path: Path) -> dict[str, str]:
    """Three offices that only have a profile, and a program that says what it was asked."""
    for name in ("brackenfold", "harrowmere", "millrace"):
        (tmp_path / "offices" / name).mkdir(parents=True)
        (tmp_path / "offices" / name / "correspondence.toml").touch()
    (tmp_path / "offices" / "empty").mkdir()
    (tmp_path / "settings").mkdir()
    (tmp_path / "settings" / "harrowmere.env").write_text(
        "# of harrowmere\nCORRESPONDENCE_DATABASE__URL=postgresql://h@db/h?x=a b$(touch never)\n\n"
    )
    program = tmp_path / "program"
    program.write_text(
        "#!/bin/sh\n"
        'echo "$3 ${CORRESPONDENCE_DATABASE__URL:-none} ${ASTRAY:-clean}"\n'
        'case "$2:$3" in */millrace:doctor) exit 1;; */millrace:broken) exit 2;; esac\n'
    )
    program.chmod(0o755)
    return {
        "PATH": os.environ["PATH"],
        "ASTRAY": "heard",
        "CORRESPONDENCE_OFFICES": str(tmp_path / "offices"),
        "CORRESPONDENCE_ENVIRONMENTS": str(tmp_path / "settings"),
        "CORRESPONDENCE_PROGRAM": str(program),
    }


def every_office(many: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(DEPLOY / "every-office"), *arguments],
        env=many,
        cwd=many["CORRESPONDENCE_OFFICES"],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_command_runs_in_every_office_with_that_offices_settings(many: dict[str, str]) -> None:
    told = every_office(many, "-v", "learn")
    assert told.returncode == 0, told.stderr
    assert told.stdout == (
        "brackenfold: well\n    learn none clean\n"
        "harrowmere: well\n    learn postgresql://h@db/h?x=a b$(touch never) clean\n"
        "millrace: well\n    learn none clean\n"
    )
    assert not Path(many["CORRESPONDENCE_OFFICES"], "never").exists()


def test_the_name_of_the_office_stands_where_the_command_asks_for_it(many: dict[str, str]) -> None:
    told = every_office(many, "-v", "copy-to-/{}/of {}/OFFICE")
    assert "harrowmere: well\n    copy-to-/harrowmere/of harrowmere/OFFICE " in told.stdout


def test_findings_of_one_office_hold_no_other_up_and_end_with_1(many: dict[str, str]) -> None:
    told = every_office(many, "-j", "3", "doctor")
    assert told.returncode == 1
    assert sorted(line for line in told.stdout.splitlines() if line[0] != " ") == [
        "brackenfold: well", "harrowmere: well", "millrace: findings",
    ]  # fmt: skip
    assert every_office(many, "broken").returncode == 2


def test_a_ring_is_a_list_of_names_and_a_mistyped_one_runs_nothing(
    many: dict[str, str], tmp_path: Path
) -> None:
    ring = tmp_path / "ring"
    ring.write_text("# the first\nmillrace\nharrowmere\n")
    told = every_office(many, "-n", str(ring), "learn")
    assert told.stdout == "millrace: well\nharrowmere: well\n"
    ring.write_text("harrowmere\nharowmere\n")
    told = every_office(many, "-n", str(ring), "learn")
    assert (told.returncode, told.stdout) == (2, "")
    assert "no office harowmere" in told.stderr


def test_settings_of_another_account_are_needed_where_they_are_asked_for(
    many: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "settings" / "harrowmere.owner.env").write_text("CORRESPONDENCE_DATABASE__URL=o\n")
    told = every_office(many, "-s", "owner", "-v", "database", "upgrade")
    assert told.returncode == 2
    assert "harrowmere: well\n    database o clean\n" in told.stdout
    assert "millrace: not run" in told.stdout


@pytest.mark.parametrize("arguments", [(), ("-x",), ("-n", "/nowhere", "doctor")])
def test_what_it_is_told_wrongly_is_said(many: dict[str, str], arguments: tuple[str, ...]) -> None:
    told = every_office(many, *arguments)
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr
