"""What commands print: tables for people, JSON alone on standard output for programs."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final
from unicodedata import category

import typer

from correspondence.cli.logs import FOR_A_PERSON, SERVICES, ids, line, speak_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from correspondence.cli.logs import Kind

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]
ActingAs = Annotated[
    str,
    typer.Option(
        "--as",
        help="Who acts: the name of a user of this office. Not needed where there is only one.",
        envvar="CORRESPONDENCE_USER",
    ),
]


def print_json(content: Any) -> None:
    """One JSON document on standard output."""
    _write_json(json.dumps(content, ensure_ascii=False, indent=2, default=str))


def print_json_line(content: Any) -> None:
    """One JSON document on one line."""
    _write_json(json.dumps(content, ensure_ascii=False, default=str))


def _write_json(document: str) -> None:
    """In UTF-8, whatever the terminal speaks (RFC 8259).

    A byte of a file's name that is no UTF-8 is written as the escape that stands for it in Python
    (PEP 383), which JSON allows.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.stdout.write(document + "\n")


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table on the terminal; as wide as it needs to be where the output is no terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", title_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_shown(cell)) for cell in row))
    Console(width=None if sys.stdout.isatty() else 140).print(table)


@dataclass(slots=True)
class _Speaking:
    """How what is told is written, for the whole of one command."""

    kind: Kind = "sentences"
    command: str = ""


_SPEAKING: Final = _Speaking()


def speak(kind: Kind, command: str) -> None:
    """From now on tell in sentences, or in lines of JSON for a log."""
    _SPEAKING.kind, _SPEAKING.command = kind, command
    if kind == "json":
        speak_json()


def tell(sentence: str, *, logged: str = "", level: str = "info", kind: str = "") -> None:
    """A sentence for the person at the terminal, beside whatever standard output carries.

    `logged` is what a log says instead, where the sentence holds what strangers chose, such as the
    name of a file. What the commands of casework say is for whoever gave them, and may repeat what
    they were given: of that a log has the ids alone, and the `kind` of what went wrong.
    """
    if _SPEAKING.kind == "json":
        if not logged and _SPEAKING.command not in SERVICES:
            logged = FOR_A_PERSON
        said = line(
            harmless(logged or sentence),
            level=level,
            about=ids(sentence),
            command=_SPEAKING.command,
            kind=kind,
        )
    else:
        said = harmless(sentence)
    sys.stderr.write(said + "\n")


def harmless(text: str) -> str:
    """The text without what a terminal would obey: strangers choose subjects and file names."""
    return "".join(
        sign if sign.isprintable() or category(sign) == "Zs" else "\N{REPLACEMENT CHARACTER}"
        for sign in text
    )


def day(value: date | None) -> str:
    """A date as people say it, or a dash."""
    return f"{value:%a} {value.day} {value:%b %Y}" if value else "–"


def _shown(cell: object) -> str:
    return "–" if cell is None else harmless(str(cell))
