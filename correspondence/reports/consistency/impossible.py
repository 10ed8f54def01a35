"""The finding that no whole number of cases gives a percentage."""

from __future__ import annotations

from decimal import Decimal

from correspondence.reports.consistency.arithmetic import printed, share, whole
from correspondence.reports.consistency.finding import Inconsistency


def impossible(percent: Decimal, unit: Decimal, total: Decimal, quote: str) -> Inconsistency:
    """The finding that no whole number of so many cases gives this percentage."""
    below = int(percent * total / 100)
    near = [
        f"{count} of {whole(total)} is {printed(share(Decimal(count), total), unit)}%"
        for count in (below, below + 1)
        if count <= total
    ]
    return Inconsistency(
        rule="percentage",
        verdict="fail",
        quote=quote,
        why=f"No whole number out of {whole(total)} is {printed(percent, unit)}%.",
        sum=", ".join(near),
        instead=" or ".join(near),
    )
