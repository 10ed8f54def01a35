"""How the figures of a year grow with the register: a large landlord's year, and ten of them.

Printed are processor seconds and their ratio; ten times the cases should take little more than ten
times as long.
"""

from __future__ import annotations

import random
import sys
import time
from datetime import date, timedelta

from correspondence.handling_code.measures import ReportingYear
from correspondence.reports.figures import Asked, annual_figures
from correspondence.store.register_entry import RegisterEntry

YEAR = ReportingYear(date(2025, 4, 1), date(2026, 3, 31))
CASES = 30_000
_AREAS = ("repairs", "damp_and_mould", "rents", "tenancy", "communal_areas")


def invented(count: int, seed: int = 20) -> list[RegisterEntry]:
    """A register of that many complaints, every fifth of them escalated."""
    chance = random.Random(seed)  # noqa: S311
    entries = []
    for number in range(count):
        received = YEAR.first + timedelta(days=chance.randrange(365))
        acknowledged = received + timedelta(days=chance.randrange(7))
        responded = acknowledged + timedelta(days=chance.randrange(8, 25))
        asked = responded + timedelta(days=chance.randrange(30)) if number % 5 == 0 else None
        entries.append(
            RegisterEntry(
                f"R{number}",
                "complaint",
                received,
                channel=chance.choice(("email", "telephone", "online_form")),
                service_area=chance.choice(_AREAS),
                tenure=chance.choice(("lcra", "lcra", "lcho", "leaseholder")),
                stage1_acknowledged=acknowledged,
                stage1_responded=responded,
                stage1_outcome=chance.choice(("upheld", "partially_upheld", "not_upheld")),
                stage2_requested=asked,
                stage2_acknowledged=asked,
                stage2_responded=asked + timedelta(days=chance.randrange(15, 40))
                if asked
                else None,
                stage2_outcome="upheld" if asked else "",
            )
        )
    return entries


def seconds(entries: list[RegisterEntry]) -> float:
    """Processor seconds that the figures take, the best of three."""
    asked = Asked(YEAR, today=date(2026, 6, 1), homes=20_000, homes_lcho=3_000)
    taken = []
    for _ in range(3):
        begun = time.process_time()
        annual_figures(entries, asked)
        taken.append(time.process_time() - begun)
    return min(taken)


def main() -> int:
    """Print what one year takes, what ten take, and the ratio."""
    one, ten = seconds(invented(CASES)), seconds(invented(10 * CASES))
    sys.stdout.write(
        f"figures of {CASES:,} cases: {one:.2f} s\n"
        f"figures of {10 * CASES:,} cases: {ten:.2f} s\n"
        f"ratio: {ten / one:.1f}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
