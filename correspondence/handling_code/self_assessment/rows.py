"""One row of a flattened form, taken apart: requirement, answer, evidence, commentary."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from correspondence.handling_code.self_assessment.answers import (
    Answer,
    FoundAnswer,
    answer_alone,
    answer_inside,
)

_BLANKS: Final = re.compile(r"[ \t]+")
_LABELS: Final = re.compile(
    r"^[ \t|#*_>-]*(?P<label>(?:code )?requirement|do we (?:comply|follow the code)|"
    r"compl(?:y|iance|iant|ies|aint(?=[*_ \t]*$))"
    r"(?: ?[:(]? ?\(?yes ?/ ?no\)?)?|met|answer"
    r"|evidence(?:[ ,/&]*(?:and )?commentary(?:[ ,/&]*(?:and )?(?:any )?explanations?)?)?|"
    r"commentary(?: ?[/&,]? ?(?:and )?(?:any )?explanations?)?|"
    r"explanations?(?: and commentary)?|comments?)"
    r"[*_ \t]*(?:[:?.][*_]*[ \t]*(?P<rest>[^\n]*)|)$",
    re.IGNORECASE | re.MULTILINE,
)
_HEAD: Final = re.compile(
    r"^[ \t|#*_>-]*(?:code (?:provision|section|requirement)|"
    r"compl(?:y|iance|iant)\b.{0,4}yes.{0,4}no)[ \t):?]*$",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(r"do we|compl|met|answer", re.IGNORECASE)
_MOST_CELLS: Final = 8
_CELLS_OF_A_ROW: Final = 5
_LONGEST_ANSWER: Final = 120
_LONGEST_HEADS: Final = 300


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the form: its provision, the answer as read and as written, and what backs it.

    `clause` ends with a letter where the form has a row for each part of a provision.
    """

    clause: str
    requirement: str
    answer: Answer
    answered: str
    evidence: str
    commentary: str

    @property
    def provision(self) -> str:
        """The number of its provision, without a letter."""
        return self.clause.rstrip("abcdefgh")

    @property
    def said(self) -> str:
        """Everything the landlord wrote in the row beyond its answer."""
        return "\n\n".join(part for part in (self.evidence, self.commentary) if part)


@dataclass(frozen=True, slots=True)
class Columns:
    """The heads of a form's table: how many, and which asks for the answer.

    `loose` where a page gave its tables the columns of all of them, so that empty cells stand
    between the heads, and an empty cell in a row tells nothing.
    """

    count: int
    answer: int
    loose: bool = False


def _cells(text: str) -> list[str]:
    """What stands between bars and tabs; tabs and blanks in a row count once."""
    single = _BLANKS.sub(lambda blanks: "\t" if "\t" in blanks[0] else " ", text)
    return single.replace("|\t", "|").replace("\t|", "|").replace("\t", "|").split("|")


def columns_of(text: str) -> Columns | None:
    """The columns of the tables whose heads ask whether the landlord complies."""
    known: Columns | None = None
    for line in text.split("\n"):
        if len(line) > _LONGEST_HEADS or not _ASKS.search(line):
            continue
        cells = [cell.strip(" *_#") for cell in _cells(line.strip(" |"))]
        heads = [cell for cell in cells if cell]
        asking = [at for at, head in enumerate(heads) if _ASKS.search(head)]
        if len(asking) == 1 and 3 <= len(heads) <= _MOST_CELLS and asking[0]:
            loose = len(heads) < len(cells)
            known = known or Columns(len(heads), asking[0])
            if loose and len(heads) == known.count:
                return replace(known, loose=True)
    return known


def row_of(clause: str, body: str, columns: Columns | None = None) -> Row:
    """The row of a provision from what stands between its number and the next."""
    said = [cell.strip(" *_\n") for cell in _cells(body)]
    while columns and len(said) > columns.count and not said[-1]:
        said.pop()
    if columns and (columns.loose or len(said) > columns.count):
        said = [said[0], *filter(None, said[1:])]
    if columns and (row := _under_heads(clause, said, columns)):
        return row
    lone = [index for index, cell in enumerate(said) if index and answer_alone(cell)]
    rows_below = sum(1 for line in body.split("\n")[1:] if re.search(r"[|\t]", line))
    side_by_side = rows_below and len(said) > _CELLS_OF_A_ROW and "\t" in body
    if lone and len(said) <= _MOST_CELLS and not side_by_side:
        found = answer_alone(said[lone[0]]) or FoundAnswer("", "")
        return _from_cells(clause, said, lone[0], found)
    return _labelled(clause, body) or _from_lines(clause, body)


def without_heads(body: str) -> str:
    """A body without the heads of the next table, printed one below the other without content."""
    kept: list[str] = []
    heads: list[str] = []
    for line in [*body.split("\n"), None]:
        if line is not None and (_is_head(line) or (heads and not line.strip())):
            heads.append(line)
            continue
        if sum(1 for head in heads if head.strip()) < _FEWEST_HEADS:
            kept += heads
        heads = []
        kept += [] if line is None else [line]
    return "\n".join(kept)


_FEWEST_HEADS: Final = 3


def _is_head(line: str) -> bool:
    label = _LABELS.match(line)
    return bool(_HEAD.match(line)) or (label is not None and not label["rest"])


def is_label(line: str) -> bool:
    """Whether a line is the name of a column, printed before its content."""
    return bool(_LABELS.match(line)) and "|" not in line


def _under_heads(clause: str, cells: list[str], columns: Columns) -> Row | None:
    """The row of a table whose heads say which cell holds the answer, whatever is in it."""
    if len(cells) != columns.count:
        return None
    written = cells[columns.answer]
    found = answer_alone(written)
    if found is None:
        if any(answer_alone(cell) for at, cell in enumerate(cells) if at != columns.answer):
            return None  # the heads do not stand over the cells they seem to
        found = FoundAnswer("", written)
    return _from_cells(clause, cells, columns.answer, found)


def _from_cells(clause: str, cells: list[str], at: int, found: FoundAnswer) -> Row:
    after = list(cells[at + 1 :])
    evidence = after[0] if after else ""
    commentary = " ".join(cell for cell in after[1:] if cell)
    if found.rest:
        commentary = f"{found.rest}. {commentary}".strip()
    return Row(
        clause, " ".join(filter(None, cells[:at])), found.answer, cells[at], evidence, commentary
    )


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
    comments = [v for k, v in parts.items() if k.startswith(("commen", "explan"))]
    commentary = "\n".join(
        filter(None, [found.rest, rest.strip() if not evidence else "", *comments])
    )
    if not any(key.startswith("eviden") for key in parts):
        evidence, commentary = commentary, ""  # a form without a column for evidence
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
                if len([c for c in cells if c]) == 1 and not found.rest:
                    return _in_paragraphs(clause, lines, at, found)
                return _around(clause, lines, at, cells, place, found)
    if inside := answer_inside(" ".join(body.split())):
        before, found, after = inside
        return Row(clause, before, found.answer, found.words, after.strip(" .:-–"), "")
    return Row(clause, " ".join(body.split()), "", "", "", "")


def _in_paragraphs(clause: str, lines: list[str], at: int, found: FoundAnswer) -> Row:
    """The row whose answer stands on a line alone: columns follow one another below."""
    below = [line.strip() for line in lines[at + 1 :]]
    if any(re.search(r"[|\t]", line) for line in below):
        return _around(clause, lines, at, [found.words], 0, found)
    told = [part.strip() for part in "\n".join(below).split("\n\n") if part.strip()]
    return Row(
        clause,
        " ".join(" ".join(lines[:at]).split()),
        found.answer,
        found.words.strip(),
        told[0] if told else "",
        "\n\n".join(told[1:]),
    )


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
