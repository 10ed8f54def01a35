"""What starts quickly stays quick: commands load what they need and nothing heavy beside it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import ENVIRONMENT, TOP

HEAVY = (
    "weasyprint",
    "docxtpl",
    "docx",
    "sqlalchemy",
    "alembic",
    "pypdf",
    "pypdfium2",
    "jinja2",
)


def loaded(after: str) -> set[str]:
    """Which heavy packages a fresh Python has loaded after these statements."""
    code = (
        f"import sys\n{after}\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=TOP,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[str] = eval(done.stderr.splitlines()[-1])
    return set(found)


def command(*words: str) -> str:
    """Statements that run one command in this very Python."""
    return (
        f"sys.argv = {['correspondence', *words]!r}\n"
        "from correspondence.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass"
    )


def test_the_command_line_itself_loads_nothing_heavy() -> None:
    assert loaded("import correspondence.cli.app") == set()


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["read", str(TOP / "samples" / "01-web-form-complaint.eml"), "--json"],
        ["deadlines", "--received", "2026-11-20", "--json"],
    ],
    ids=lambda words: words[0],
)
def test_what_needs_no_office_needs_no_database_and_no_renderer(words: list[str]) -> None:
    assert loaded(command(*words)) & {"sqlalchemy", "alembic", "weasyprint", "docxtpl"} == set()


@pytest.mark.parametrize("words", [["case", "list"], ["letter", "list"], ["message", "list"]])
def test_looking_at_the_record_loads_no_renderer(tmp_path: Path, words: list[str]) -> None:
    from tests.jobs.office import make_office

    office = make_office(tmp_path / "office")
    assert "weasyprint" not in loaded(command("--office", str(office), *words))
