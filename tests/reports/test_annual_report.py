"""The report says what the figures say, hides what is small where asked to, and can be heard."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from lxml import etree, html  # type: ignore[import-untyped]

from correspondence.cli.policy_command import document_text
from correspondence.handling_code.measures import ReportingYear
from correspondence.letters.readback import read_back
from correspondence.reports.annual_report import ReportDocument, annual_document
from correspondence.reports.consistency import check_report
from correspondence.reports.document.charts import can_be_drawn, drawing, picture, words_of
from correspondence.reports.document.page import page
from correspondence.reports.document.parts import ChartKind, ReportTable
from correspondence.reports.document.pdf import pdf
from correspondence.reports.document.suppression import HIDDEN, HIDDEN_TOO, suppressed
from correspondence.reports.document.word import word
from correspondence.reports.document.workbook import workbook
from correspondence.reports.figures import AnnualFigures, Asked, annual_figures
from correspondence.store.register_entry import IssueFinding, RegisterEntry
from tests.reports.registers import FIRST, LAST, registers

pytestmark = pytest.mark.slow

ASKED = Asked(ReportingYear(FIRST, LAST), today=date(2026, 6, 1), homes=1_000, homes_lcho=200)
HOSTILE = "=cmd|'/c calc'!A1 <script>alert(1)</script> & {{ 7*7 }} asset:x"


def some(count: int = 24) -> tuple[RegisterEntry, ...]:
    """A register with something in every section."""
    plain = [
        RegisterEntry(
            f"A{number}",
            "complaint",
            date(2025, 4, 1 + number),
            channel=("email", "telephone")[number % 2],
            service_area=("repairs", "rents", HOSTILE)[0 if number % 7 else number % 3],
            tenure="lcra",
            stage1_acknowledged=date(2025, 5, 2),
            stage1_responded=date(2025, 5, 16 + number % 9),
            stage1_outcome=("upheld", "not_upheld")[number % 2],
            stage2_requested=date(2025, 6, 2) if number % 3 == 0 else None,
        )
        for number in range(count)
    ]
    told = plain[0]._replace(
        learning=HOSTILE,
        ombudsman_reference="202500001",
        ombudsman_determined=date(2025, 12, 1),
        ombudsman_finding=(IssueFinding("complaint handling", "service failure"),),
    )
    refused = plain[1]._replace(
        refused_reason="legal_proceedings", stage1_outcome="", stage2_requested=None
    )
    return (told, refused, *plain[2:], RegisterEntry("E1", "mp_enquiry", date(2025, 7, 1)))


FIGURES: AnnualFigures = annual_figures(some(), ASKED)
DOCUMENT: ReportDocument = annual_document(FIGURES, "Harrowmere & Sons Homes")


def as_text(document: ReportDocument) -> str:
    """The report as somebody would paste it: sentences, and rows with bars."""
    lines = []
    for section in document.sections:
        lines += [section.title, "", *(f"{said.text}\n" for said in section.sentences)]
        for table in section.tables:
            rows = [table.columns, *table.rows, *([table.total] if table.total else [])]
            lines += [" | ".join(map(str, row)) for row in rows]
            lines += ["", table.note, ""]
        lines += [f"- {point}" for point in section.points]
    return "\n".join(lines)


@settings(max_examples=40)
@given(registers(most=20))
def test_the_report_agrees_with_itself_suppressed_or_not(
    register: tuple[RegisterEntry, ...],
) -> None:
    safe = tuple(entry._replace(learning="", service_area="rents") for entry in register)
    document = annual_document(annual_figures(safe, ASKED), "Harrowmere Homes")
    for shown in (document, suppressed(document)):
        assert [one for one in check_report(as_text(shown)).findings if one.verdict == "fail"] == []


@settings(max_examples=60)
@given(registers(most=30))
def test_no_small_number_is_shown_or_follows_from_the_total(
    register: tuple[RegisterEntry, ...],
) -> None:
    plain = annual_document(annual_figures(register, ASKED), "Harrowmere Homes")
    for before, table in zip(plain.tables, suppressed(plain).tables, strict=True):
        if table.total is None or not table.guarded:
            continue
        numbers = [row[1] for row in (*table.rows, table.total)]
        assert not any(isinstance(number, int) and 0 < number < 5 for number in numbers)
        hidden = [at for at, row in enumerate(table.rows) if row[1] in (HIDDEN, HIDDEN_TOO)]
        assert all(table.rows[at][2] == "" for at in hidden)
        assert len(hidden) != 1 or isinstance(table.total[1], str)
        shown = [at for at in range(len(table.rows)) if at not in hidden]
        assert all(table.rows[at] == before.rows[at] for at in shown)
        assert not (hidden and can_be_drawn(table))


def test_sentences_do_not_tell_what_the_tables_hide() -> None:
    (refused,) = [s for s in suppressed(DOCUMENT).sections if "did not accept" in s.title]
    assert refused.sentences == ()


def test_empty_sections_say_none_and_what_is_left_to_people_is_listed() -> None:
    document = annual_document(annual_figures((), ASKED), "Harrowmere Homes")
    said = {s.title: [one.text for one in s.sentences] for s in document.sections}
    for title in (
        "Complaints at stage 1",
        "Complaints at stage 2",
        "Complaints we did not accept",
        "Findings of the Housing Ombudsman",
        "What we learned and changed",
    ):
        assert said[title] == ["None."]
    for clause in ("8.1a", "8.1c", "8.1e", "8.1f", "8.2"):
        assert any(clause in point for point in document.to_complete)


def test_the_page_stands_alone_and_takes_no_words_for_markup() -> None:
    tree = html.document_fromstring(page(DOCUMENT))
    assert not tree.xpath("//script | //link | //*[@src] | //a[@href]")
    assert any(HOSTILE in cell.text_content() for cell in tree.iter("td"))
    assert tree.get("lang") == "en-GB"
    levels = [int(heading.tag[1]) for heading in tree.iter("h1", "h2", "h3")]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_chart_has_its_words_and_its_numbers_stand_in_a_table() -> None:
    tree = html.document_fromstring(page(DOCUMENT))
    drawn = [table for table in DOCUMENT.tables if can_be_drawn(table)]
    charts = tree.xpath("//figure/*[local-name()='svg']")
    assert len(charts) == len(drawn) > 2
    for chart, table in zip(charts, drawn, strict=True):
        title, words = chart.get("aria-labelledby").split()
        assert tree.get_element_by_id(title).text == table.title
        assert tree.get_element_by_id(words).text == words_of(table)
        etree.fromstring(etree.tostring(chart))
        for row in table.rows:
            assert f"{row[0]} {row[1]}" in words_of(table)
    identifiers = tree.xpath("//@id")
    assert len(identifiers) == len(set(identifiers))


def test_the_pdf_says_what_the_page_says_and_is_the_same_every_time() -> None:
    made = pdf(DOCUMENT)
    assert made == pdf(DOCUMENT)
    words = " ".join(read_back(made).text.split())
    for section in DOCUMENT.sections:
        assert section.title in words
    assert "24 complaints came to stage 1" in words


def test_the_pdf_passes_the_rules_of_pdf_ua(tmp_path: Path) -> None:
    checker = Path(sys.executable).with_name("pdfua")
    if not checker.is_file():
        pytest.skip("REPORTS NOT CHECKED FOR PDF/UA: install pdfua (in the group dev)")
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf(DOCUMENT))
    judged = subprocess.run(
        [checker, "check", file], capture_output=True, text=True, check=False, timeout=240
    )
    assert judged.returncode == 0, judged.stdout


def test_the_pdf_as_a_file_agrees_with_itself(tmp_path: Path) -> None:
    for name, document in (("plain", DOCUMENT), ("suppressed", suppressed(DOCUMENT))):
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(pdf(document))
        report = check_report(document_text(file))
        assert report.ok, report.findings
        assert report.looked_at["tables"] > 2


def test_signs_that_no_font_has_are_printed_in_words() -> None:
    entry = some()[0]._replace(learning="All went well \N{GRINNING FACE}\ue000")
    made = pdf(annual_document(annual_figures((entry,), ASKED), "Harrowmere Homes"))
    assert "All went well" in read_back(made).text


def test_the_workbook_has_every_table_and_nothing_that_computes() -> None:
    made = workbook(DOCUMENT, FIGURES.reconciliation, date(2026, 6, 1))
    with zipfile.ZipFile(BytesIO(made)) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        sheets = [
            book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name
        ]
        strings = book.read("xl/sharedStrings.xml").decode()
        assert not [name for name in book.namelist() if "external" in name.lower()]
    assert len(names) == len(set(names)) == len(DOCUMENT.tables) + 1
    assert all(len(name) <= 31 for name in names)
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)
    assert "=cmd|" in strings
    assert "SELECT count(*)" in strings


def test_what_people_wrote_stands_in_its_section_and_is_asked_for_no_longer() -> None:
    written = {
        "overview": "First.\n\nSecond <b>paragraph</b>.",
        "compliance_findings": "None.",
        "governing_body_response": "The cabinet welcomes the report.",
    }
    document = annual_document(FIGURES, "Harrowmere Homes", written)
    assert not any("8.1c" in one or "8.2" in one for one in document.to_complete)
    assert any("8.1a" in one for one in document.to_complete)
    titles = [section.title for section in document.sections]
    assert "The governing body's response" in titles
    assert "Findings of non-compliance with the Code" in titles
    assert document.sections[0].words == ("First.", "Second <b>paragraph</b>.")
    assert "Second &lt;b&gt;paragraph" in page(document)


def test_the_appendix_says_where_every_figure_comes_from_and_goes_with_suppression() -> None:
    (section,) = DOCUMENT.appendix
    (table,) = section.tables
    assert [row[0] for row in table.rows] == [line.figure for line in FIGURES.reconciliation]
    assert all(str(row[4]).startswith("SELECT") for row in table.rows)
    assert table not in DOCUMENT.tables
    assert suppressed(DOCUMENT).appendix == ()


def test_word_holds_the_headings_the_tables_and_the_charts_with_their_words() -> None:
    made = docx.Document(BytesIO(word(DOCUMENT, date(2026, 6, 1))))
    headings = [p.text for p in made.paragraphs if p.style.name == "Heading 2"]  # type: ignore[union-attr]
    assert headings[1:] == [s.title for s in (*DOCUMENT.sections, *DOCUMENT.appendix)]
    assert len(made.tables) == len(DOCUMENT.tables) + 1
    drawn = [table for table in DOCUMENT.tables if can_be_drawn(table)]
    told = [shape._inline.docPr.get("descr") for shape in made.inline_shapes]
    assert told == [words_of(table) for table in drawn]
    first = made.tables[0]
    assert [cell.text for cell in first.rows[0].cells] == list(DOCUMENT.tables[0].columns)
    assert any(HOSTILE in cell.text for table in made.tables for cell in table._cells)


def test_a_chart_takes_no_words_for_formulae_and_is_always_the_same() -> None:
    rows = (("$\\frac{1}{0}$ \\n", 3), ("\x07 & <b>", 5))
    charts: tuple[ChartKind, ...] = ("bars", "lines")
    for chart in charts:
        table = ReportTable("Costs $5 & <up>", ("What $x$", "Number $y$"), rows, chart=chart)
        drawn = drawing(table, named="one")
        etree.fromstring(drawn.encode())
        assert drawn == drawing(table, named="one")
        assert picture(table).startswith(b"\x89PNG")
        identifiers = re.findall(r' id="([^"]+)"', drawn)
        assert all(one.startswith("one-") for one in identifiers)


def test_a_workbook_of_nothing_can_be_opened() -> None:
    made = workbook(replace(DOCUMENT, sections=()), [], date(2026, 6, 1))
    assert zipfile.is_zipfile(BytesIO(made))
