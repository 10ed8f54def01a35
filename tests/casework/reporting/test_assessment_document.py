"""The filled form as a file: Word, web page, table and JSON, and never over somebody's work."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import TYPE_CHECKING

import docx
import pytest

from correspondence.casework.reporting.assessment_document import ENDINGS, rendered, write_form
from correspondence.errors import FileUnusable, WrongUse
from correspondence.handling_code.self_assessment import FilledForm, PolicyDocument, fill
from correspondence.handling_code.self_assessment.filled import COLUMNS

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 20)
HOSTILE = (
    "# Policy\n\n"
    "A full response at stage 1 is given within 30 working days "
    "<script>alert(1)</script>\x0b & co.\n"
)
FORM = fill(today=TODAY, landlord="Harrowmere & Sons", policy=PolicyDocument("<p>", HOSTILE))


def test_the_word_file_holds_every_row_in_tables_with_a_repeated_head() -> None:
    document = docx.Document(io.BytesIO(rendered(FORM, ".docx")))
    assert len(document.tables) == 9
    rows = [row for table in document.tables for row in table.rows[1:]]
    assert [row.cells[0].text for row in rows] == [row.clause for row in FORM.rows]
    for table in document.tables:
        assert tuple(cell.text for cell in table.rows[0].cells) == COLUMNS
        assert "tblHeader" in table.rows[0]._tr.xml
    assert document.core_properties.title


def test_the_page_shows_what_a_policy_says_and_obeys_none_of_it() -> None:
    page = rendered(FORM, ".html").decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "\x0b" not in page
    assert page.count('<th scope="row">') == 72
    assert 'lang="en-GB"' in page


def test_the_table_holds_every_row_and_no_formula() -> None:
    form = fill(today=TODAY, policy=PolicyDocument("=HYPERLINK(1)", HOSTILE))
    rows = list(csv.reader(io.StringIO(rendered(form, ".csv").decode("utf-8-sig"))))
    assert len(rows) == 73
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_the_json_is_the_form_itself() -> None:
    assert FilledForm.model_validate_json(rendered(FORM, ".json")) == FORM
    assert len(json.loads(rendered(FORM, ".json"))["sections"]) == 9


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_form_is_never_written_over_a_file_that_is_there(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"form{ending}"
    file.write_bytes(b"completed by hand")
    with pytest.raises(WrongUse, match="is there already"):
        write_form(FORM, file)
    assert file.read_bytes() == b"completed by hand"


@pytest.mark.parametrize("name", ["form.pdf", "form", "form.doc"])
def test_another_kind_of_file_is_refused_with_those_that_there_are(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(WrongUse, match=r"\.docx, \.html, \.json or \.csv"):
        write_form(FORM, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable, match="cannot be written"):
        write_form(FORM, tmp_path / "nowhere" / "form.docx")
