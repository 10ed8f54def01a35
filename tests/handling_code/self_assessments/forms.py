"""Invented self-assessments, printed as real ones come out of tables, web pages and PDFs."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from correspondence.handling_code.provisions import HOUSING_OMBUDSMAN_CODE_2024 as CODE

if TYPE_CHECKING:
    from collections.abc import Iterator

ANSWERS = Path(__file__).with_name("answers.toml")

PLAIN = (
    ("Complaints Policy, section 4", "Our policy follows this requirement."),
    ("Complaints Policy 3.2", "We will always tell the resident what happens next."),
    ("Template letters", "Letters will include the details of the Ombudsman."),
    ("Policy page 7; staff training", "All complaint handlers were trained in March 2025."),
    ("Board minutes", "The Board reviews performance each quarter and will continue to do so."),
    ("Website", "The policy was updated in April 2024 to bring it into line with the Code."),
)
"""What ordinary rows hold; none of it is a fault, though some of it speaks of the future."""


@dataclass(frozen=True)
class Filled:
    """One row as it is filled in, and the verdict it should be given."""

    clause: str
    requirement: str
    answer: str
    evidence: str
    commentary: str
    expected: str


@dataclass(frozen=True)
class Form:
    """A form as it is filled in: how it is printed, its rows, and what is wrong as a whole."""

    style: str
    rows: tuple[Filled, ...]
    missing: tuple[str, ...]
    titles: dict[int, str]

    def text(self) -> str:
        """The form as text, in its style."""
        lines = "\n".join(_PRINTED[self.style](self))
        return f"Self-assessment against the Complaint Handling Code\n\n{lines}\n"


def forms() -> dict[str, Form]:
    """The invented forms by name."""
    told = tomllib.loads(ANSWERS.read_text("utf-8"))
    return {name: _form(given) for name, given in told.items()}


def _form(given: dict[str, Any]) -> Form:
    rows = []
    special = given["rows"]
    yes = {"pages": "Y", "labels": "Yes."}.get(str(given["style"]), "Yes")
    for place, provision in enumerate(p for p in CODE if p.number != "1.1"):
        if provision.number in given["missing"]:
            continue
        evidence, commentary = PLAIN[place % len(PLAIN)]
        filled = special.get(provision.number, [yes, evidence, commentary, "ok"])
        parts = "".join(f" {part.letter}) {part.requirement}" for part in provision.parts)
        rows.append(Filled(provision.number, provision.requirement + parts, *filled))
    return Form(
        str(given["style"]), tuple(rows), tuple(given["missing"]),
        {int(number): title for number, title in given["titles"].items()},
    )  # fmt: skip


def _sections(form: Form) -> Iterator[tuple[str, list[Filled]]]:
    for number, title in enumerate(CODE.sections, 1):
        rows = [row for row in form.rows if row.clause.startswith(f"{number}.")]
        yield f"Section {number}: {form.titles.get(number, title)}", rows


_COLUMNS = (
    "Code provision",
    "Code requirement",
    "Comply: Yes / No",
    "Evidence",
    "Commentary / explanation",
)


def _cells(row: Filled) -> tuple[str, ...]:
    return row.clause, row.requirement, row.answer, row.evidence, row.commentary


def _as_table(form: Form) -> Iterator[str]:
    for title, rows in _sections(form):
        yield f"\n## {title}\n"
        yield f"| {' | '.join(_COLUMNS)} |"
        yield "|---|---|---|---|---|"
        for row in rows:
            yield f"| {' | '.join(_cells(row))} |"


def _as_labels(form: Form) -> Iterator[str]:
    for title, rows in _sections(form):
        yield f"\n{title}\n"
        for row in rows:
            yield f"Code provision {row.clause}\n\nCode requirement\n\n{row.requirement}\n"
            yield f"Comply\n\n{row.answer}\n\nEvidence\n\n{row.evidence}\n"
            yield f"Commentary / explanation\n\n{row.commentary}\n"


def _as_glued(form: Form) -> Iterator[str]:
    for title, rows in _sections(form):
        yield f"\n{title}\n"
        yield "".join(_COLUMNS)
        for row in rows:
            yield f"{''.join(_cells(row)[:4])} {row.commentary}".rstrip()


def _as_pages(form: Form) -> Iterator[str]:
    """As a PDF's lines stand on the page: the columns of a row side by side."""
    printed = 0
    for title, rows in _sections(form):
        yield f"\n{title}\n"
        for row in rows:
            columns = [
                _cut(row.requirement, 38), [row.answer], _cut(row.evidence, 18),
                _cut(row.commentary, 26),
            ]  # fmt: skip
            depth = max(len(column) for column in columns)
            for line in range(depth):
                cells = [column[line] for column in columns if line < len(column)]
                yield "\t".join([row.clause, *cells] if line == 0 else cells)
                printed += 1
                if printed % 40 == 0:
                    yield f"Page {printed // 40} of 9\n"
                    yield "\t".join(_COLUMNS)


def _cut(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return [line for line in lines if line]


_PRINTED = {"table": _as_table, "labels": _as_labels, "glued": _as_glued, "pages": _as_pages}
