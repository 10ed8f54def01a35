"""Small numbers hidden before publication, so that nobody can be recognised by them.

In a table of counts every number from 1 to 4 is hidden, and where only one is, the next smallest
too, for else the total would give it away. Sentences that tell such numbers are left out with them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from correspondence.reports.document.parts import ReportTable

if TYPE_CHECKING:
    from correspondence.reports.document.parts import ReportDocument, Section

SMALLEST_SHOWN: Final = 5
HIDDEN: Final = "fewer than 5"
HIDDEN_TOO: Final = "not shown"


def suppressed(document: ReportDocument) -> ReportDocument:
    """The document with its small numbers hidden, and without the appendix that tells them all.

    Figures in JSON are never touched.
    """
    return replace(document, sections=tuple(map(_section, document.sections)), appendix=())


def _section(section: Section) -> Section:
    """The section with its tables suppressed, and without sentences that tell what is hidden."""
    hidden = {
        count
        for table in section.tables
        for at in _hidden(table)
        if isinstance(count := table.rows[at][1], int)
    }
    return replace(
        section,
        sentences=tuple(
            said
            for said in section.sentences
            if not hidden.intersection(said.tells) and not any(map(_small, said.tells))
        ),
        tables=tuple(map(_suppressed, section.tables)),
    )


def _small(count: int) -> bool:
    return 0 < count < SMALLEST_SHOWN


def _hidden(table: ReportTable) -> dict[int, str]:
    """What stands in the place of each number to be hidden, by row."""
    if table.total is None or not table.guarded:
        return {}
    counts = {at: row[1] for at, row in enumerate(table.rows) if isinstance(row[1], int)}
    hidden = {at: HIDDEN for at, count in counts.items() if _small(count)}
    rest = sorted((count, at) for at, count in counts.items() if count and at not in hidden)
    if hidden and rest and _follows(sum(counts[at] for at in hidden), len(hidden)):
        hidden[rest[0][1]] = HIDDEN_TOO
    return hidden


def _follows(together: int, several: int) -> bool:
    """Whether hidden numbers follow from what they come to: one does, and all ones or fours."""
    return several == 1 or together in (several, several * (SMALLEST_SHOWN - 1))


def _suppressed(table: ReportTable) -> ReportTable:
    hidden = _hidden(table)
    if not hidden or table.total is None:
        return table
    total, whole = table.total, table.total[1]
    if isinstance(whole, int) and _small(whole):
        total = (total[0], HIDDEN, "")
    elif HIDDEN_TOO not in hidden.values() and isinstance(whole, int):
        counts = [count for at in hidden if isinstance(count := table.rows[at][1], int)]
        if _follows(sum(counts), len(counts)):
            total = (total[0], HIDDEN_TOO, "")
    return replace(
        table,
        rows=tuple(
            (row[0], hidden[at], "") if at in hidden else row for at, row in enumerate(table.rows)
        ),
        total=total,
        chart="",
        note=f"{table.note} Numbers from 1 to 4 are not shown, to protect residents.".strip(),
    )
