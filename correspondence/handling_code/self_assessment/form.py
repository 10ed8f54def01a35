"""The rows of a self-assessment, found again in a text that a table was flattened into."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from correspondence.handling_code.self_assessment.anchors import Anchor, anchors
from correspondence.handling_code.self_assessment.editions import (
    CLAUSES,
    CLAUSES_2022,
    Kind,
    edition_of,
)
from correspondence.handling_code.self_assessment.rows import (
    Columns,
    Row,
    columns_of,
    is_label,
    row_of,
    without_heads,
)

__all__ = ["CLAUSES", "Row", "SelfAssessmentForm", "read_form"]

_SECTION: Final = re.compile(
    r"^[ \t|#*_]*(?:section|part)\s*(?P<number>[1-9])(?!\.?\d)(?! of\b)\s*[-–—:.|]*\s*"
    r"(?P<title>[^\n|]{0,90})$",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER: Final = re.compile(
    r"^[ \t|#*_]*(?:code (?:provision|section|requirement)|comply\b.{0,12}yes|"
    r"evidence[, ].{0,24}commentary|page \d+|\d+ ?\| ?page"
    r"|mandatory ‘?'?must|best practice|stage [12]$|self[- ]assessment (?:form|"
    r"\d)|appendix [a-z]).*$",
    re.IGNORECASE | re.MULTILINE,
)
_FOOTER: Final = re.compile(
    r"^[ \t]*(?:last (?:modified|updated|reviewed)|share (?:this page|on)|print this page|"
    r"(?:next|previous) page|contact us|back to top|was this page (?:useful|helpful)).*",
    re.IGNORECASE | re.MULTILINE,
)
_RULE: Final = re.compile(r"^[ \t|:+=-]{3,}$", re.MULTILINE)
_MERGED: Final = re.compile(
    r"evidence[ ,/&]*(?:and )?commentary[ ,/&]*(?:and )?(?:any )?explanations?|"
    r"explanations? (?:and|&) commentary|evidence (?:and|&|/) ?comment(?:ary|s)",
    re.IGNORECASE,
)
_APART: Final = re.compile(r"evidence\W{1,6}commentary ?/ ?explanation", re.IGNORECASE)
_LGSCO_ROW: Final = re.compile(
    r"^[ \t|#*_]*(?:code )?(?:section\s*|part\s*)?(?P<number>[1-9])\s*[.:|)\t–-]*\s*"
    r"(?P<title>definition|exclusions?|accessib\w*|complaints? (?:stages?|handling|process)|"
    r"complaint\w* handling|putting|performance|self|scrutiny|reporting|continuous|"
    r"the complaint)[^\n]*",
    re.IGNORECASE | re.MULTILINE,
)
_ANSWERED_WHOLE: Final = re.compile(
    r"^[ \t|#*_]*code section\s*[1-9]\b(?!\.\d)[^\n]*\n+[ \t|#*_]*(?:compl\w+|met)\b[^\n]{0,20}\n+"
    r"[ \t|#*_]*(?:yes|no|part\w*)\b",
    re.IGNORECASE | re.MULTILINE,
)
"""A section of the Code that is answered as a whole."""
_STAGE: Final = re.compile(r"\bstage (?P<stage>[12])\b", re.IGNORECASE)
_OLD_EDITIONS: Final = ("housing ombudsman 2022", "housing ombudsman 2020")
_FEWEST_ROWS: Final = 12
_SECTIONS_OF_A_FORM: Final = 7


@dataclass(frozen=True, slots=True)
class SelfAssessmentForm:
    """A form as read: which Ombudsman's and edition, its rows in order, its section titles."""

    kind: Kind
    rows: tuple[Row, ...]
    titles: tuple[tuple[int, str], ...]


def read_form(text: str) -> SelfAssessmentForm:
    """The form in a text. Never raises: a text without any row gives a form without rows."""
    plain = text.replace("\r\n", "\n").replace("\u00a0", " ").replace("\uf0b7", "-")
    plain = _RULE.sub("", plain)
    titles = tuple(
        (int(found["number"]), found["title"].strip(" *_|#:–-"))
        for found in _SECTION.finditer(plain)
    )
    kind = edition_of(plain)
    rows: tuple[Row, ...] = ()
    if kind.startswith("housing") and kind != "housing ombudsman 2020":  # its numbers are no Code's
        of_2024 = kind == "housing ombudsman"
        order = {c: at for at, c in enumerate(CLAUSES if of_2024 else CLAUSES_2022)}
        rows = tuple(_rows(plain, anchors(plain, order, of_2024=of_2024)))
    if len(rows) < _FEWEST_ROWS and kind not in _OLD_EDITIONS:
        certain = kind == "local government ombudsman" or bool(_ANSWERED_WHOLE.search(plain))
        by_section = _sections_as_rows(plain, certain=certain)
        if by_section:
            return SelfAssessmentForm("local government ombudsman", by_section, titles)
    return SelfAssessmentForm(kind, rows, titles)


def _rows(text: str, found: list[Anchor]) -> list[Row]:
    columns = columns_of(text)
    merged = bool(_MERGED.search(text)) and not _APART.search(text)
    rows = []
    for at, anchor in enumerate(found):
        stop = found[at + 1].start if at + 1 < len(found) else len(text)
        body = text[anchor.end : stop]
        if parts := _by_letter(anchor.clause, body):
            rows += [_row(clause, said, columns, merged=merged) for clause, said in parts]
            continue
        row = _row(anchor.clause, body, columns, merged=merged)
        rows += [row, *(replace(row, clause=clause) for clause in anchor.also)]
    return rows


def _by_letter(clause: str, body: str) -> list[tuple[str, str]]:
    """The rows of a provision that has one for each of its parts: 6.9a, 6.9b and so on."""
    marks = list(_lettered(clause).finditer(body))
    first = _FIRST_LETTER.match(body)
    letters = [*([first["letter"]] if first else []), *(mark["letter"] for mark in marks)]
    lowered = [letter.lower() for letter in letters]
    if len(letters) < _FEWEST_PARTS or lowered != sorted(set(lowered)):
        return []
    ends = [*([first.end()] if first else []), *(mark.end() for mark in marks)]
    stops = [*(mark.start() for mark in marks), len(body)][-len(letters) :]
    return [
        (f"{clause}{letter}", body[end:stop])
        for letter, end, stop in zip(lowered, ends, stops, strict=True)
    ]


def _lettered(clause: str) -> re.Pattern[str]:
    return re.compile(
        rf"^[ \t|*_]{{0,12}}{re.escape(clause)}[ \t]?\(?(?P<letter>[a-hA-H])\)?[.)]?(?=[\s|])",
        re.MULTILINE,
    )


_FIRST_LETTER: Final = re.compile(r"[ \t]?\(?(?P<letter>[a-hA-H])\)?[.)]?(?=[\s|])")
_FEWEST_PARTS: Final = 2


def _row(clause: str, body: str, columns: Columns | None, *, merged: bool) -> Row:
    body = _SECTION.sub("", _HEADER.sub(_keep_label, without_heads(body)))
    body = _FOOTER.split(body, maxsplit=1)[0]
    row = row_of(clause, body.strip(" .:)"), columns)
    return replace(row, evidence=row.said, commentary="") if merged else row


def _keep_label(found: re.Match[str]) -> str:
    """A header is dropped, but not the labels of a form with one label a line."""
    return found[0] if is_label(found[0]) else ""


def _sections_as_rows(text: str, *, certain: bool) -> tuple[Row, ...]:
    """The rows of the Local Government and Social Care Ombudsman's form, one for each section."""
    marks: list[re.Match[str]] = []
    for found in _LGSCO_ROW.finditer(text):
        last = int(marks[-1]["number"]) if marks else 0
        again = int(found["number"]) == last and _stage(found) > _stage(marks[-1])
        if int(found["number"]) > last or again:
            marks.append(found)
    if len(marks) < (1 if certain else _SECTIONS_OF_A_FORM):
        return ()
    columns = columns_of(text)
    rows = []
    for at, mark in enumerate(marks):
        stop = marks[at + 1].start() if at + 1 < len(marks) else len(text)
        clause = f"{mark['number']}.{'10' if _stage(mark) > 1 else '1'}"
        rows.append(_row(clause, text[mark.start("title") : stop].strip(), columns, merged=True))
    return tuple(rows)


def _stage(mark: re.Match[str]) -> int:
    found = _STAGE.search(mark[0])
    return int(found["stage"]) if found else 1
