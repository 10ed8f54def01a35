"""How long the reports of an office take, and how that grows with its cases.

    python -m benchmarks.measure_reports [--cases N ...] [--own N ...]

Offices on SQLite hold as many past cases in their register (`--cases`), or as many cases of their
own, counted ahead as a run does (`--own`). Printed are processor seconds: of the figures of a
quarter and of a year, which read the whole register, and of both reports in all their formats. Ten
times the cases should take at most twelve times as long.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.many_cases import make
from benchmarks.measure_figures import invented
from correspondence.casework.office import init_office
from correspondence.casework.open_office import open_office
from correspondence.casework.reporting.annual_files import write_annual
from correspondence.casework.reporting.annual_report import annual_report, asked_of
from correspondence.casework.reporting.quarterly_report import quarterly_report, write_quarterly
from correspondence.casework.reporting.register import count_ahead, the_register
from correspondence.store import register

if TYPE_CHECKING:
    from collections.abc import Callable

    from correspondence.casework.open_office import OpenOffice

_NOW: Final = datetime(2026, 6, 1, 9, tzinfo=UTC)
_TODAY: Final = _NOW.date()
_QUARTER: Final = date(2026, 1, 1)
_HOMES: Final = 20_000
_FIGURES_AGAIN: Final = 3  # the best of so many counts; documents are made once


def main() -> int:
    """Make the offices, measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, nargs="*", default=[3_000, 30_000])
    parser.add_argument("--own", type=int, nargs="*", default=[])
    given = parser.parse_args()
    for what, sizes in (("past cases", given.cases), ("cases of its own", given.own)):
        if sizes:
            _print(what, sizes, [_measured(what, count) for count in sizes])
    return 0


def _measured(what: str, count: int) -> list[tuple[str, float]]:
    folder = Path(tempfile.mkdtemp(prefix="reports-"))
    try:
        office = folder / "office"
        if what == "past cases":
            init_office(office, user="rowan", display_name="Rowan", now=_NOW)
        else:
            make(office, count)
        with open_office(office) as house:
            if what == "past cases":
                _keep(house, count)
            while count_ahead(house, 2_000):
                pass
            return _reports(house, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _keep(house: OpenOffice, count: int) -> None:
    with house.database.writing() as conn:
        register.keep(
            conn, invented(count), sha256="0" * 64, now=_NOW, by="rowan", os_account="rowan"
        )


def _reports(house: OpenOffice, folder: Path) -> list[tuple[str, float]]:
    asked = asked_of(today=_TODAY, first=None, last=None, homes=_HOMES, homes_lcho=None)

    def quarter() -> object:
        return quarterly_report(house, today=_TODAY, first=_QUARTER, homes=_HOMES)

    def quarterly_pack() -> object:
        figures = quarterly_report(house, today=_TODAY, first=_QUARTER, homes=_HOMES)
        return write_quarterly(folder / "quarter", figures, landlord="Harrowmere", today=_TODAY)

    def annual() -> object:
        figures, cases = annual_report(house, asked)
        return write_annual(folder / "year", figures, cases, landlord="Harrowmere", today=_TODAY)

    return [
        ("the register, read", _cpu(lambda: the_register(house), _FIGURES_AGAIN)),
        ("figures of a quarter", _cpu(quarter, _FIGURES_AGAIN)),
        ("figures of a year", _cpu(lambda: annual_report(house, asked), _FIGURES_AGAIN)),
        ("the quarter's pack", _cpu(quarterly_pack, 1)),
        ("the annual report", _cpu(annual, 1)),
    ]


def _cpu(make_it: Callable[[], object], times: int) -> float:
    """Processor seconds, the least of so many times."""
    taken = []
    for _ in range(times):
        begun = time.process_time()
        make_it()
        taken.append(time.process_time() - begun)
    return min(taken)


def _print(what: str, sizes: list[int], measured: list[list[tuple[str, float]]]) -> None:
    out = sys.stdout.write
    out(f"{what:24}" + "".join(f"{size:>12,}" for size in sizes) + "       ratio\n")
    for row in zip(*measured, strict=True):
        seconds = [taken for _, taken in row]
        shown = "".join(f"{taken:>10.2f} s" for taken in seconds)
        out(f"{row[0][0]:24}{shown}{seconds[-1] / max(seconds[0], 0.001):>12.1f}\n")


if __name__ == "__main__":
    sys.exit(main())
