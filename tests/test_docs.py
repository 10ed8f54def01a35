"""The documents are true: what they link to is there, and what they tell to type exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from correspondence import __version__
from correspondence.cli.app import app

TOP = Path(__file__).resolve().parent.parent
PAGES = [
    TOP / "README.md",
    TOP / "CHANGELOG.md",
    *sorted((TOP / "docs").rglob("*.md")),
    *sorted((TOP / "samples").glob("*.md")),
    *sorted((TOP / "schemas").rglob("*.md")),
]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
NAMED_FILE = re.compile(r"`((?:[a-z_]+/)+[a-z_]+\.py)`")
TYPED = re.compile(
    r"(?:^|`|\s)(?:\.venv/bin/)?correspondence(?: --office \S+)? ((?:[a-z-]+ ?){1,2})", re.MULTILINE
)


def page_id(page: Path) -> str:
    return str(page.relative_to(TOP))


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_every_link_leads_somewhere(page: Path) -> None:
    dead = [
        link
        for link in LINK.findall(page.read_text())
        if not (page.parent / link).resolve().exists()
    ]
    assert dead == []


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_every_module_that_is_named_is_there(page: Path) -> None:
    named = NAMED_FILE.findall(page.read_text())
    places = (TOP, TOP / "correspondence")
    missing = [name for name in named if not any((place / name).is_file() for place in places)]
    assert missing == []


def commands() -> set[str]:
    """Every command by its full name."""
    groups = {group.name: group.typer_instance for group in app.registered_groups}
    names = {command.name for command in app.registered_commands}
    for group, instance in groups.items():
        assert instance is not None
        names |= {f"{group} {command.name}" for command in instance.registered_commands}
    return {name for name in names if name}


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_every_command_that_is_told_to_type_exists(page: Path) -> None:
    known = commands()
    blocks = re.findall(r"^(?: {4}|\t)\S.*$|`[^`\n]+`", page.read_text(), re.MULTILINE)
    told = [found.strip() for block in blocks for found in TYPED.findall(block)]
    unknown = [
        words
        for words in told
        if words not in known and words.split(" ")[0] not in known and words != "schemas"
    ]
    assert unknown == []


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_says_what_it_does(name: str) -> None:
    shown = CliRunner().invoke(app, [*name.split(" "), "--help"])
    assert shown.exit_code == 0
    assert "Usage" in shown.output


def test_the_changelog_speaks_of_this_version_or_of_what_is_to_come() -> None:
    changes = (TOP / "CHANGELOG.md").read_text()
    assert f"## {__version__}" in changes or "## Unreleased" in changes
