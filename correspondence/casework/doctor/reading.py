"""Whether messages are read with the weights that the office has learned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.casework.doctor.finding import Finding, ok, warn
from correspondence.casework.learned import learned_weights

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from correspondence.settings import Office


def weights(office: Office, _now: datetime) -> Iterator[Finding]:
    """The office's own weights, where it has any."""
    learned = learned_weights(office.data / "learned")
    if learned.problem:
        yield warn("reading", learned.problem, "Run `correspondence learn`.")
    elif learned.own:
        yield ok("reading", "Messages are read with what this office has learned.")
    else:
        yield ok("reading", "Messages are read with the shipped weights.")
