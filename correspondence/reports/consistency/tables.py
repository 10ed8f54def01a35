"""Tables that say a total: does each column add up to it, and each row; do the shares follow."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from correspondence.reports.consistency.arithmetic import fit, printed, share, whole
from correspondence.reports.consistency.finding import Inconsistency
from correspondence.reports.consistency.passages import read_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from correspondence.reports.consistency.passages import Cell, Table

_TOTAL: Final = re.compile(
    r"^\W*(?:grand |overall )?(?:total|totals|sum|all)\b(?!.*\b(?:homes|per)\b)", re.IGNORECASE
)
_PART_OF: Final = re.compile(
    r"^\W*(?:of (?:which|these|those)|including|of whom)\b|^\W*sub-?total", re.IGNORECASE
)
_NO_COUNT: Final = re.compile(
    r"%|per\s?cent|share|proportion|change|average|mean|median|per 1,?000|rate|target|days|"
    r"satisf|ch0\d|tp\d\d|homes|£|cost|compensation",
    re.IGNORECASE,
)
_SHARE: Final = re.compile(
    r"^\W*%\W*$|share|proportion|of (?:the |all )?total|per\s?cent", re.IGNORECASE
)
_NO_SHARE: Final = re.compile(r"change|target|time|satisf|upheld|last|20\d\d|than", re.IGNORECASE)
_NEARLY_ALL: Final = 0.8
_FEWEST_PARTS: Final = 2
_ALL: Final = Decimal(100)


def table_findings(tables: Iterable[Table]) -> Iterator[Inconsistency]:
    """Every total, and every share, of a table that its other cells do not give."""
    for table in tables:
        cells = [[read_cell(cell) for cell in row[1:]] for row in table.rows]
        yield from _columns(table, cells)
        yield from _rows(table, cells)


def _columns(table: Table, cells: list[list[Cell | None]]) -> Iterator[Inconsistency]:
    """Each total row against the rows above it, back to the total or heading before."""
    begin = 0
    for end, row in enumerate(table.rows):
        if not _TOTAL.match(row[0]):
            if end and not any(cell.strip() for cell in row[1:]):
                begin = end + 1  # a heading between
            continue
        parts = [
            at
            for at in range(begin, end)
            if any(cells[at]) and not _PART_OF.match(table.rows[at][0])
        ]
        first, begin = begin if any(cells[begin]) else begin + (begin == 0), end + 1
        if len(parts) < _FEWEST_PARTS:
            continue
        for column, total in enumerate(cells[end]):
            values = [_at(cells[at], column) for at in parts]
            known = [value for value in values if value is not None]
            if total is None or len(known) < _FEWEST_PARTS or _not_counts(table, column):
                continue
            if _withheld(table, range(first, end)):
                continue
            yield from _column(table, end, total, known)
            yield from _shares_of(table, end, parts, column, total, cells)


def _column(table: Table, end: int, total: Cell, parts: list[Cell]) -> Iterator[Inconsistency]:
    if total.percent != all(part.percent for part in parts):
        return
    together = sum((part.value for part in parts), Decimal(0))
    if total.percent:
        unit = min(_unit(part.value) for part in parts)
        leeway = unit * len(parts) / 2 + _unit(total.value) / 2
        if total.value != _ALL or abs(together - total.value) <= leeway:
            return
    elif together == total.value or any(part.percent for part in parts):
        return
    elif together == 2 * total.value and total.value in {part.value for part in parts}:
        return  # one of the rows is itself what the others come to
    sign = "%" if total.percent else ""
    yield Inconsistency(
        rule="table",
        verdict="fail",
        quote=table.quote(end),
        why=f"The rows above do not add up to {whole(total.value)}{sign}.",
        sum=f"{' + '.join(whole(part.value) for part in parts)} = {whole(together)}{sign}",
        instead=f"{whole(together)}{sign}",
    )


def _shares_of(
    table: Table,
    end: int,
    parts: list[int],
    column: int,
    total: Cell,
    cells: list[list[Cell | None]],
) -> Iterator[Inconsistency]:
    """Shares beside their counts, in the same cell or the next column."""
    if total.percent or not total.value:
        return
    beside, head = _at(cells[end], column + 1), table.rows[0]
    name = head[column + 2] if column + 2 < len(head) else ""
    named = (beside is not None and beside.percent and beside.value == _ALL) or (
        bool(_SHARE.search(name)) and not _NO_SHARE.search(name)
    )
    for at in parts:
        count, after = _at(cells[at], column), _at(cells[at], column + 1)
        if count is None:
            continue
        said = count.share
        if said is None and after and after.percent and named:
            said = after.value
        if said is None:
            continue
        exact = share(count.value, total.value)
        how = fit(said, _unit(said), exact)
        if how != "rounded":
            yield Inconsistency(
                rule="share",
                # Shares are nudged by one so that a column comes to 100%.
                verdict="fail" if abs(said - exact) >= 2 * _unit(said) else "warn",
                quote=table.quote(at),
                why=f"{whole(count.value)} of {whole(total.value)} is not {whole(said)}%.",
                sum=f"{whole(count.value)} / {whole(total.value)} = {printed(exact)}%",
                instead=f"{printed(exact, _unit(said))}%",
            )


def _rows(table: Table, cells: list[list[Cell | None]]) -> Iterator[Inconsistency]:
    """Each row against its last column, where the heading calls that the total."""
    head = table.rows[0]
    if len(head) < 1 + _FEWEST_PARTS + 1 or not _TOTAL.match(head[-1]):
        return
    if any(_NO_COUNT.search(name) or _PART_OF.match(name) for name in head[1:-1]):
        return
    for at, row in enumerate(cells[1:], 1):
        if len(row) != len(head) - 1 or _NO_COUNT.search(table.rows[at][0]):
            continue
        *parts, total = row
        known = [part for part in parts if part is not None]
        if total is None or len(known) != len(parts) or any(part.percent for part in known):
            continue
        together = sum((part.value for part in known), Decimal(0))
        if together != total.value and not total.percent:
            yield Inconsistency(
                rule="table",
                verdict="fail",
                quote=table.quote(at),
                why=f"The row does not add up to {whole(total.value)}.",
                sum=f"{' + '.join(whole(part.value) for part in known)} = {whole(together)}",
                instead=whole(together),
            )


def _not_counts(table: Table, column: int) -> bool:
    """Whether the heading of a column says that its figures are nothing to be added up."""
    head = table.rows[0]
    name = head[column + 1] if column + 1 < len(head) else ""
    return (
        read_cell(name) is None
        and bool(re.sub(r"%|share|proportion|per\s?cent", "", name))
        and (bool(_NO_COUNT.search(re.sub(r"%|share|proportion|per\s?cent", "", name))))
    )


def _withheld(table: Table, rows: Sequence[int]) -> bool:
    """Whether a row has words where its number should be (suppressed, not applicable).

    A column that has words in nearly every row holds remarks.
    """
    wordy: dict[int, int] = {}
    for at in rows:
        for column, cell in enumerate(table.rows[at][1:]):
            if cell.strip(" -–—") and read_cell(cell) is None:
                wordy[column] = wordy.get(column, 0) + 1
    return any(count < _NEARLY_ALL * len(rows) for count in wordy.values())


def _at(row: list[Cell | None], column: int) -> Cell | None:
    return row[column] if column < len(row) else None


def _unit(value: Decimal) -> Decimal:
    return Decimal(1).scaleb(min(0, int(value.as_tuple().exponent)))
