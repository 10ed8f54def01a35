"""Looking into a mailbox as a run does, and mail to be found there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from correspondence.postroom.base import Arrival, LeftAlone
from tests.jobs import corpus

if TYPE_CHECKING:
    from correspondence.postroom.base import Mailbox

NOW = datetime.now(UTC)


def post(number: int, first: int = 0) -> list[bytes]:
    """So many messages, which nobody has sent before."""
    return [corpus.other(one, NOW) for one in range(first, first + number)]


def looked(mailbox: Mailbox, *, patient: bool = True) -> tuple[list[Arrival], list[LeftAlone]]:
    """What one look finds: what is handed over, and what is left alone."""
    found = list(mailbox.arrivals(patient=patient))
    return (
        [one for one in found if isinstance(one, Arrival)],
        [one for one in found if isinstance(one, LeftAlone)],
    )


def taken_in(mailbox: Mailbox, kept: dict[str, bytes]) -> None:
    """Keep what comes, each delivery once, then tell the source: what every run does."""
    arrivals, _ = looked(mailbox)
    kept |= {one.source_key: one.raw for one in arrivals}
    mailbox.settle_all(arrivals)
