"""What commands print: tables for people, JSON alone on standard output for programs."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Annotated, Any
from unicodedata import category

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

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


def tell(sentence: str) -> None:
    """A sentence for the person at the terminal, beside whatever standard output carries."""
    sys.stderr.write(harmless(sentence) + "\n")


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
