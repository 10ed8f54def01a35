"""Messages, letters and lists as pages that stand alone: nothing fetched, nothing that acts."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any, Final

from correspondence.reports.dossier.record import day_said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from correspondence.reports.dossier.record import Line
    from correspondence.reports.dossier.redaction import Marked

_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_STYLE: Final = (
    'html{font:11pt/1.45 "Liberation Sans",Arial,sans-serif;color:#0b0c0c}'
    "body{max-width:60em;margin:2em auto;padding:0 1em}h1,h2{color:#12394f}"
    "table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #b1b4b6;"
    "padding:.35em .5em;text-align:left;vertical-align:top}thead th{background:#eef2f4}"
    ".words{white-space:pre-wrap;overflow-wrap:anywhere}"
    "mark{background:#ffdd00;outline:1px solid #0b0c0c}"
)


def page(title: str, *parts: str) -> bytes:
    """A page of these parts, which are HTML already."""
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{said(title)}'
        f"</title><style>{_STYLE}</style></head><body><main>\n<h1>{said(title)}</h1>\n"
        + "\n".join(parts)
        + "\n</main></body></html>\n"
    ).encode()


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose cells are text."""
    head = "".join(f'<th scope="col">{said(one)}</th>' for one in columns)
    body = "".join(
        "<tr>" + "".join(f'<td class="words">{said(cell)}</td>' for cell in row) + "</tr>\n"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table>"


def paragraph(text: str) -> str:
    """A paragraph of plain text."""
    return f"<p>{said(text)}</p>"


def words(text: str) -> str:
    """Text as it was written, line by line."""
    return f'<div class="words">{said(text)}</div>'


def with_marks(text: Marked) -> str:
    """Text in which what tells of others is marked, for eyes and for those who listen."""
    parts = [
        f"<mark>[somebody else: {said(piece)}]</mark>" if other else said(piece)
        for piece, other in text.pieces
    ]
    return f'<div class="words">{"".join(parts)}</div>'


def chronology_table(lines: Iterable[Line]) -> str:
    """A chronology as a table."""
    return table(
        ("", "When (London)", "What happened", "Detail", "By"),
        (
            (str(line.number), day_said(line), line.said, "\n".join(line.detail), line.by)
            for line in lines
        ),
    )


def message_head(document: dict[str, Any]) -> str:
    """From whom, to whom, when and about what a message was, as lines of text."""
    message = document.get("message") or {}
    sender = message.get("from") or {}
    lines = [
        ("From", _party(sender)),
        ("To", "; ".join(_party(one) for one in message.get("to") or ())),
        ("Copied to", "; ".join(_party(one) for one in message.get("cc") or ())),
        ("Received", str(message.get("received_at") or "")),
        ("Subject", str(message.get("subject") or "")),
    ]
    return "\n".join(f"{name}: {text}" for name, text in lines if text)


def message_text(document: dict[str, Any]) -> str:
    """All of the visible text of a message."""
    return str((document.get("message") or {}).get("text") or "")


def _party(one: dict[str, Any]) -> str:
    name, address = str(one.get("name") or ""), str(one.get("address") or "")
    return f"{name} <{address}>" if name and address else name or address


def said(text: str) -> str:
    """Text as HTML holds it."""
    return escape(_UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text))
