"""The rows of a self-assessment, found again in a text that a table was flattened into.

A row begins where a provision's number stands at the start of a line or a cell. Numbers that only
refer ("Complaints Policy 2.2") are told apart by the order of the provisions and by the words that
follow; the longest run of numbers in the Code's order wins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from correspondence.handling_code.provisions import HOUSING_OMBUDSMAN_CODE_2024 as CODE
from correspondence.handling_code.self_assessment.answers import (
    Answer,
    FoundAnswer,
    answer_alone,
    answer_inside,
)

Kind = Literal["housing ombudsman", "local government ombudsman", "housing ombudsman 2022"]

CLAUSES: Final = tuple(p.number for p in CODE if p.number != "1.1")
"""The 72 provisions that have a row; 1.1 asks nothing and has none."""

_ORDER: Final = {clause: place for place, clause in enumerate(CLAUSES)}
_ANCHOR: Final = re.compile(
    r"(?:^|(?<=[|\t])|(?<=\n))[ \t>*_|]*(?:(?:code )?(?:provision|section|clause|"
    r"requirement|ref(?:erence)?)[:. ]*)?"
    r"(?P<clause>\d{1,2}\.\d{1,2})(?P<after>[.:)]?)(?=[\s|*_A-Z‘'\"“]|$)",
    re.IGNORECASE | re.MULTILINE,
)
_SECTION: Final = re.compile(
    r"^[ \t|#*_]*(?:section|part)\s*(?P<number>[1-9])(?!\.?\d)\s*[-–—:.|]*\s*(?P<title>[^\n|"
    r"]{0,90})$",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER: Final = re.compile(
    r"^[ \t|#*_]*(?:code (?:provision|section|requirement)|comply\b.{0,12}yes|"
    r"evidence[, ].{0,24}commentary|page \d+|\d+ ?\| ?page"
    r"|mandatory ‘?'?must|best practice|stage [12]$|self[- ]assessment (?:form|"
    r"\d)|appendix [a-z]).*$",
    re.IGNORECASE | re.MULTILINE,
)
_LABELS: Final = re.compile(
    r"^[ \t|#*_>-]*(?P<label>(?:code )?requirement|do we comply|compl(?:y|iance|"
    r"iant|ies)(?: ?[:(]? ?\(?yes ?/ ?no\)?)?|met|answer"
    r"|evidence(?:[ ,/&]*(?:and )?commentary(?:[ ,/&]*(?:and )?(?:any )?explanations?)?)?|"
    r"commentary(?: ?[/&,] ?(?:and )?(?:any )?explanations?)?|explanation|comments?)"
    r"[*_ \t]*(?:[:?.][*_]*[ \t]*(?P<rest>[^\n]*)|)$",
    re.IGNORECASE | re.MULTILINE,
)
_RULE: Final = re.compile(r"^[ \t|:+=-]{3,}$", re.MULTILINE)
_WORD: Final = re.compile(r"[a-z]{4,}")
_LOOK: Final = 420
_OLD_FORM_ONLY: Final = frozenset(
    {
        "1.7",
        "1.8",
        "1.9",
        "2.6",
        "2.7",
        "2.8",
        "3.8",
        "3.9",
        "4.4",
        "4.5",
        "4.6",
        "4.7",
        "4.8",
        "4.9",
        "4.10",
        "4.11",
        "4.12",
        "4.13",
        "4.14",
        "4.15",
        "4.16",
        "4.17",
        "4.18",
        "4.19",
        "5.16",
        "7.5",
    }
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the form: its provision, the answer as read and as written, and what backs it."""

    clause: str
    requirement: str
    answer: Answer
    answered: str
    evidence: str
    commentary: str

    @property
    def said(self) -> str:
        """Everything the landlord wrote in the row beyond its answer."""
        return "\n".join(part for part in (self.evidence, self.commentary) if part)


@dataclass(frozen=True, slots=True)
class SelfAssessmentForm:
    """A form as read: which Ombudsman's it is, its rows in order, its section titles by number."""

    kind: Kind
    rows: tuple[Row, ...]
    titles: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class _Anchor:
    clause: str
    start: int
    end: int
    weight: float


def read_form(text: str) -> SelfAssessmentForm:
    """The form in a text. Never raises: a text without any row gives a form without rows."""
    plain = text.replace("\r\n", "\n").replace("\u00a0", " ").replace("\uf0b7", "-")
    plain = _RULE.sub("", plain)
    titles = tuple(
        (int(found["number"]), found["title"].strip(" *_|#:–-"))
        for found in _SECTION.finditer(plain)
    )
    anchors = _in_order(_anchors(plain))
    seen = {found["clause"] for found in _ANCHOR.finditer(plain)}
    rows = tuple(_rows(plain, anchors))
    if len(rows) < _FEWEST_ROWS and (by_section := _sections_as_rows(plain)):
        return SelfAssessmentForm("local government ombudsman", by_section, titles)
    old = len(seen & _OLD_FORM_ONLY) >= 5 and len(rows) < 60
    return SelfAssessmentForm(
        "housing ombudsman 2022" if old else "housing ombudsman", rows, titles
    )


_FEWEST_ROWS: Final = 12


def _anchors(text: str) -> list[_Anchor]:
    found = []
    for mark in _ANCHOR.finditer(text):
        clause = mark["clause"]
        if clause in _ORDER:
            weight = 1.0 + 4.0 * _likeness(clause, text[mark.end() : mark.end() + _LOOK])
            found.append(_Anchor(clause, mark.start(), mark.end(), weight))
    return found


def _in_order(anchors: list[_Anchor]) -> list[_Anchor]:
    """The heaviest run of anchors whose provisions stand in the Code's order."""
    best: list[tuple[float, int]] = []
    for at, anchor in enumerate(anchors):
        before = [
            (best[j][0], j) for j in range(at) if _ORDER[anchors[j].clause] < _ORDER[anchor.clause]
        ]
        weight, previous = max(before, default=(0.0, -1))
        best.append((weight + anchor.weight, previous))
    if not best:
        return []
    at = max(range(len(best)), key=lambda index: best[index][0])
    chain = []
    while at >= 0:
        chain.append(anchors[at])
        at = best[at][1]
    return chain[::-1]


@cache
def _words_of(clause: str) -> frozenset[str]:
    provision = CODE.provision(clause)
    words = " ".join((provision.requirement, *(part.requirement for part in provision.parts)))
    return frozenset(word[:5] for word in _WORD.findall(words.lower()))


def _likeness(clause: str, following: str) -> float:
    """How much of what a provision asks is echoed in the words that follow its number, 0 to 1."""
    wanted = _words_of(clause)
    echoed = {word[:5] for word in _WORD.findall(following.lower())}
    return len(wanted & echoed) / max(1, len(wanted))


def _rows(text: str, anchors: list[_Anchor]) -> list[Row]:
    rows = []
    for at, anchor in enumerate(anchors):
        stop = anchors[at + 1].start if at + 1 < len(anchors) else len(text)
        body = _SECTION.sub("", _HEADER.sub(_keep_label, text[anchor.end : stop]))
        rows.append(_row(anchor.clause, body.strip(" .:)")))
    return rows


def _keep_label(found: re.Match[str]) -> str:
    """A header is dropped, but not the labels of a form with one label a line."""
    return found[0] if _LABELS.match(found[0]) and "|" not in found[0] else ""


def _row(clause: str, body: str) -> Row:
    cells = re.split(r"[ \t]*[|\t][ \t]*", body)
    said = [cell.strip(" *_\n") for cell in cells]
    lone = [index for index, cell in enumerate(said) if index and answer_alone(cell)]
    rows_below = sum(1 for line in body.split("\n")[1:] if re.search(r"[|\t]", line))
    side_by_side = rows_below and len(said) > _CELLS_OF_A_ROW and "|---" not in body
    if lone and len(said) <= _MOST_CELLS and not side_by_side:
        return _from_cells(clause, said, lone[0])
    if labelled := _labelled(clause, body):
        return labelled
    return _from_lines(clause, body)


_MOST_CELLS: Final = 8
_CELLS_OF_A_ROW: Final = 5


def _from_cells(clause: str, cells: list[str], at: int) -> Row:
    found = answer_alone(cells[at])
    if found is None:
        raise AssertionError("the cell was chosen because it answers")
    after = list(cells[at + 1 :])
    evidence = after[0] if after else ""
    commentary = " ".join(cell for cell in after[1:] if cell)
    if found.rest:
        commentary = f"{found.rest}. {commentary}".strip()
    return Row(
        clause, " ".join(filter(None, cells[:at])), found.answer, cells[at], evidence, commentary
    )


_ASKS: Final = re.compile(r"do we|compl|met|answer", re.IGNORECASE)


def _labelled(clause: str, body: str) -> Row | None:
    """The row of a form that prints each column's name before its content."""
    marks = list(_LABELS.finditer(body))
    comply = next((m for m in marks if _ASKS.match(m["label"])), None)
    if comply is None:
        return None
    parts: dict[str, str] = {}
    for at, mark in enumerate(marks):
        stop = marks[at + 1].start() if at + 1 < len(marks) else len(body)
        content = f"{mark['rest'] or ''}\n{body[mark.end() : stop]}".strip()
        parts.setdefault(mark["label"].lower().split()[0][:6], content)
    answered = parts.get(comply["label"].lower().split()[0][:6], "")
    first, _, rest = answered.partition("\n")
    found = answer_alone(first) or answer_alone(answered) or FoundAnswer("", "")
    evidence = next((v for k, v in parts.items() if k.startswith("eviden")), "")
    comments = [v for k, v in parts.items() if k.startswith(("comment", "commen", "explan"))]
    commentary = "\n".join(
        filter(None, [found.rest, rest.strip() if not evidence else "", *comments])
    )
    return Row(
        clause, body[: marks[0].start()].strip(), found.answer, found.words, evidence, commentary
    )


def _from_lines(clause: str, body: str) -> Row:
    lines = body.split("\n")
    for at, line in enumerate(lines):
        cells = [cell.strip() for cell in re.split(r"[|\t]", line)]
        for place, cell in enumerate(cells):
            found = answer_alone(cell) if (at or place) and len(cell) < _LONGEST_ANSWER else None
            if found and found.answer:
                return _around(clause, lines, at, cells, place, found)
    if inside := answer_inside(" ".join(body.split())):
        before, found, after = inside
        return Row(clause, before, found.answer, found.words, after.strip(" .:-–"), "")
    return Row(clause, " ".join(body.split()), "", "", "", "")


_LONGEST_ANSWER: Final = 120


def _around(
    clause: str, lines: list[str], at: int, cells: list[str], place: int, found: FoundAnswer
) -> Row:
    """The row whose answer stands in a cell of one line: columns may run on side by side below."""
    requirement = [*lines[:at], *cells[:place]]
    evidence, commentary = [*cells[place + 1 : place + 2]], [found.rest, *cells[place + 2 :]]
    for line in lines[at + 1 :]:
        columns = [cell.strip() for cell in re.split(r"[|\t]", line) if cell.strip()]
        if not columns:
            continue
        if len(columns) >= 3 or not _ended(requirement):
            requirement.append(columns[0])
            columns = columns[1:]
        if not columns:
            continue
        if not "".join(evidence).strip() or len(columns) >= 2:
            evidence.append(columns[0])
            commentary.extend(columns[1:])
        else:
            commentary.append(columns[0])
    return Row(
        clause,
        " ".join(" ".join(requirement).split()),
        found.answer,
        cells[place],
        " ".join(filter(None, evidence)).strip(),
        " ".join(filter(None, commentary)).strip(),
    )


def _ended(requirement: list[str]) -> bool:
    """Whether a provision's text has come to a full stop, so that what follows is not its own."""
    return "".join(requirement).rstrip(" |").endswith((".", ".’", ".'", ".”", ";"))


_LGSCO_ROW: Final = re.compile(
    r"^[ \t|#*_]*(?:section\s*|part\s*)?(?P<number>[1-9])\s*[.:|)\t–-]*\s*(?P<title>definition|"
    r"exclusions?|accessib\w*|complaint\w* handling|complaints? (?:stages|handling|"
    r"process)"
    r"|putting|performance|self|scrutiny|reporting|continuous|the complaint)",
    re.IGNORECASE | re.MULTILINE,
)
_LGSCO: Final = re.compile(r"local government (?:and|&) social care|lgsco|lgo\b", re.IGNORECASE)


def _sections_as_rows(text: str) -> tuple[Row, ...]:
    """The rows of the Local Government and Social Care Ombudsman's form, one for each section."""
    marks: list[re.Match[str]] = []
    for found in _LGSCO_ROW.finditer(text):
        if not marks or int(found["number"]) > int(marks[-1]["number"]):
            marks.append(found)
    if len(marks) < 4 or not (_LGSCO.search(text) or len(marks) >= 7):
        return ()
    rows = []
    for at, mark in enumerate(marks):
        stop = marks[at + 1].start() if at + 1 < len(marks) else len(text)
        row = _row(f"{mark['number']}.1", text[mark.start("title") : stop].strip())
        rows.append(row)
    return tuple(rows)
