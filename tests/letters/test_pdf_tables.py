"""A ruled table in a PDF is read cell by cell, wherever in its cell a word stands."""

from __future__ import annotations

from typing import Any

import pytest
import weasyprint

from correspondence.errors import DocumentRefused
from correspondence.letters.pdf_tables import text_with_tables

HTML: Any = weasyprint.HTML  # carries no types

ROWS: list[tuple[str, ...]] = [
    (f"6.{n}", f"What provision {n} asks of us. " * 6, "Yes", f"Policy {n}", f"We do so, {n}.")
    for n in range(1, 40)
]


def printed(align: str, rows: list[tuple[str, ...]] = ROWS) -> bytes:
    """The rows as a ruled table over several pages, its head repeated on each."""
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    head = "".join(f"<th>{name}</th>" for name in ("Code", "Asks", "Comply", "Evidence", "Why"))
    style = (
        "table{border-collapse:collapse;font-size:9pt} @page{@bottom-center{content:counter(page)}}"
        f"td,th{{border:1px solid #333;padding:4pt;vertical-align:{align}}}"
    )
    html = f"<style>{style}</style><h1>Our assessment</h1><table><thead><tr>{head}</tr></thead>"
    made: bytes = HTML(string=f"{html}{body}</table><p>Approved by the Board.</p>").write_pdf()
    return made


@pytest.mark.parametrize("align", ["top", "middle", "bottom"])
class TestARuledTable:
    def test_keeps_each_row_on_a_line_of_its_own(self, align: str) -> None:
        lines = text_with_tables(printed(align)).split("\n")
        rows = [tuple(line.split(" | ")) for line in lines if line.startswith("6.")]
        assert rows == [tuple(cell.strip() for cell in row) for row in ROWS]

    def test_keeps_what_stands_around_it(self, align: str) -> None:
        text = text_with_tables(printed(align))
        assert text.startswith("Our assessment")
        assert "Approved by the Board." in text

    def test_has_its_head_once(self, align: str) -> None:
        assert text_with_tables(printed(align)).count("Comply") == 1


def test_an_empty_cell_keeps_its_place() -> None:
    text = text_with_tables(printed("top", [("6.1", "Asks much.", "No", "", "Because.")]))
    assert "6.1 | Asks much. | No |  | Because." in text


def test_a_page_without_a_table_is_read_line_by_line() -> None:
    made: bytes = HTML(string="<h1>Complaints</h1><p>We answer in ten days.</p>").write_pdf()
    assert text_with_tables(made).split() == ["Complaints", "We", "answer", "in", "ten", "days."]


@pytest.mark.parametrize("raw", [b"", b"%PDF-1.7", b"no PDF at all", b"\0" * 4_000])
def test_what_is_no_pdf_is_refused_in_a_sentence(raw: bytes) -> None:
    with pytest.raises(DocumentRefused, match="cannot be opened"):
        text_with_tables(raw)
