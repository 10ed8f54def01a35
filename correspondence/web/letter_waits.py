"""What an approved letter waits for: a second person, or the moment it is to leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from correspondence.web.desk import now

if TYPE_CHECKING:
    from datetime import datetime

    from correspondence.store.letters import LetterRow

_LATE: Final = timedelta(minutes=3)  # a run looks every few seconds


@dataclass(frozen=True, slots=True)
class Waits:
    """For what an approved letter waits.

    `second_because` is why a second person must approve it, empty where nobody must any more.
    `leaves_at` is when it leaves, None where nobody has let it go; `late` that it should have left
    by now, so that perhaps no `run` is going.
    """

    second_because: str = ""
    leaves_at: datetime | None = None
    late: bool = False


def waits(row: LetterRow) -> Waits:
    """For what the letter waits; nothing, where it is not approved or is on its way."""
    if row.status != "approved":
        return Waits()
    because = (row.second_because or "") if not row.second_by else ""
    late = row.leaves_at is not None and now() - row.leaves_at > _LATE
    return Waits(because, row.leaves_at, late)
