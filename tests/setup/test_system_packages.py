"""What the machine itself must have, and what happens where it lacks it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scripts.commands import CannotSetUp
from scripts.system_packages import (
    LEAVE_ALONE,
    LETTERS,
    Part,
    liberation_sans_is_known,
    listed,
    please_install,
    provide,
    provide_if_possible,
    way_to_root,
)

# Installs what it is asked to once its list has been updated, and writes down every call.
APT_GET = """#!/bin/sh
echo "$*" >> "{folder}/calls"
case "$*" in
    *update*) touch "{folder}/updated" ;;
    *install*)
        [ -e "{folder}/updated" ] || { echo "E: Unable to locate package pango"; exit 100; }
        touch "{folder}/pango"
        ;;
esac
"""
APT_GET_OFFLINE = "#!/bin/sh\necho \"E: Temporary failure resolving 'archive.example'\"\nexit 100\n"
SUDO_THAT_ASKS = "#!/bin/sh\necho 'sudo: a password is required' >&2\nexit 1\n"
SUDO_THAT_PERMITS = '#!/bin/sh\nshift\nexec "$@"\n'


class Machine:
    """A machine with only the tools put there, on which a package may be missing."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        for name in ("env", "sh", "touch", "true"):
            (folder / name).symlink_to(str(shutil.which(name)))
        monkeypatch.setenv("PATH", str(folder))
        self.pango = Part("Pango", (folder / "pango").exists, {"apt-get": "pango", "dnf": "pango"})
        self.font = Part("a font", (folder / "font").exists, {"apt-get": "font", "dnf": "font"})

    def put(self, name: str, script: str) -> None:
        command = self.folder / name
        command.write_text(script.replace("{folder}", str(self.folder)), encoding="utf-8")
        command.chmod(0o755)

    def apt_calls(self) -> list[str]:
        calls = (self.folder / "calls").read_text(encoding="utf-8").splitlines()
        return ["update" if call.endswith("update") else "install" for call in calls]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine(tmp_path, monkeypatch)
    machine.put("sudo", SUDO_THAT_PERMITS)
    return machine


def test_this_machine_can_make_letters() -> None:
    assert [part.name for part in LETTERS if not part.present()] == []


def test_a_machine_that_has_everything_is_left_alone(machine: Machine) -> None:
    (machine.folder / "pango").touch()
    provide([machine.pango])
    assert not (machine.folder / "calls").exists()


def test_a_missing_package_is_installed_once_the_list_is_updated(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.put("apt-get", APT_GET)
    provide([machine.pango])
    assert machine.pango.present()
    assert machine.apt_calls() == ["install", "update", "install"]
    assert "pango" in capsys.readouterr().out


def test_a_fresh_list_is_not_updated(machine: Machine) -> None:
    machine.put("apt-get", APT_GET)
    (machine.folder / "updated").touch()
    provide([machine.pango])
    assert machine.apt_calls() == ["install"]


def test_a_package_that_does_not_help_is_told(machine: Machine) -> None:
    machine.put("apt-get", APT_GET)
    with pytest.raises(CannotSetUp, match=r"installed pango and font, and still .* lacks a font:"):
        provide([machine.pango, machine.font])


def test_an_archive_out_of_reach_is_told_in_one_sentence(machine: Machine) -> None:
    machine.put("apt-get", APT_GET_OFFLINE)
    with pytest.raises(CannotSetUp, match="reached no package archive") as stopped:
        provide([machine.pango])
    assert "\n" not in str(stopped.value)


def test_where_the_system_is_to_be_left_alone_the_packages_are_named(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.put("apt-get", APT_GET)
    monkeypatch.setenv(LEAVE_ALONE, "1")
    with pytest.raises(CannotSetUp, match="`sudo apt-get install pango font`"):
        provide([machine.pango, machine.font])
    assert not (machine.folder / "calls").exists()


def test_sudo_that_would_ask_for_a_password_is_no_permission(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.put("sudo", SUDO_THAT_ASKS)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert way_to_root() is None


def test_sudo_without_a_password_is_permission(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    machine.put("apt-get", APT_GET)
    provide([machine.pango])
    assert machine.pango.present()


def test_only_apt_get_is_run_other_tools_are_named(machine: Machine) -> None:
    machine.put("dnf", "#!/bin/sh\nexit 1\n")
    with pytest.raises(CannotSetUp, match="`sudo dnf install pango font`"):
        provide([machine.pango, machine.font])


def test_without_a_known_tool_the_parts_are_named(machine: Machine) -> None:
    sentence = please_install([machine.pango, machine.font], None, [])
    assert sentence.startswith("This machine lacks Pango and a font: install them with")


@pytest.mark.parametrize(
    ("said", "known"), [("", False), ("Liberation Sans,Liberation Sans Narrow", True)]
)
def test_the_font_is_looked_up_by_its_family(machine: Machine, said: str, known: bool) -> None:
    machine.put("fc-list", f'#!/bin/sh\nprintf "%s" "{said}"\n')
    assert liberation_sans_is_known() is known


def test_names_are_listed_as_a_person_would_say_them() -> None:
    assert [listed(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_what_the_product_can_do_without_is_installed_where_that_is_permitted(
    machine: Machine,
) -> None:
    machine.put("apt-get", APT_GET)
    provide_if_possible([machine.pango])
    assert machine.pango.present()


def test_what_the_product_can_do_without_stops_nobody(
    machine: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.put("apt-get", APT_GET_OFFLINE)
    provide_if_possible([machine.pango])
    monkeypatch.setenv(LEAVE_ALONE, "1")
    provide_if_possible([machine.font])
    said = capsys.readouterr()
    assert "Going on without Pango." in said.out + said.err
    assert "Going on without a font. This machine lacks a font" in said.out + said.err
