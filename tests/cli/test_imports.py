"""What starts quickly stays quick: commands load what they need and nothing heavy beside it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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


def commands(*several: list[str]) -> str:
    """Statements that run these commands in this very Python, one after the other."""
    return (
        "from correspondence.cli import main\n"
        f"for words in {several!r}:\n"
        "    sys.argv = ['correspondence', *words]\n"
        "    try:\n        main()\n    except SystemExit as ended:\n"
        "        assert not ended.code, ended.code"
    )


def test_the_command_line_itself_loads_nothing_heavy() -> None:
    assert loaded("import correspondence.cli.app") == set()


def test_what_needs_no_office_needs_no_database_and_no_renderer() -> None:
    message = str(TOP / "samples" / "01-web-form-complaint.eml")
    used = loaded(
        commands(
            ["--help"],
            ["read", message, "--json"],
            ["deadlines", "--received", "2026-11-20", "--json"],
        )
    )
    assert used & {"sqlalchemy", "alembic", "weasyprint", "docxtpl"} == set()


def test_looking_at_the_record_loads_no_renderer(office: Path) -> None:
    where = ["--office", str(office)]
    looking = ([*where, noun, "list", "--json"] for noun in ("case", "letter", "message"))
    assert loaded(commands(*looking)) & {"weasyprint", "alembic"} == set()
