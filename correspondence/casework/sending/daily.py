"""What is done once a day by whichever run comes first, and what was noted of it."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from correspondence.disk import write_whole

if TYPE_CHECKING:
    from correspondence.settings import Office

A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Daily:
    """Something done once a day; what is noted of it stands in `file`, among the office's data."""

    file: str

    def last(self, office: Office) -> dict[str, Any] | None:
        """What was noted last, with when as `at`; None where nothing was, or it cannot be read."""
        try:
            known = json.loads((office.data / self.file).read_text("utf-8"))
            datetime.fromisoformat(known["at"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return dict(known)

    def is_due(self, office: Office, *, now: datetime) -> bool:
        """Whether a day has gone by since, or the clock was set back by one."""
        known = self.last(office)
        return known is None or abs(now - datetime.fromisoformat(known["at"])) >= A_DAY

    def note(self, office: Office, *, at: datetime, **said: object) -> None:
        """Note that it was done; where the disk does not take it, it is done again before its time.

        Nothing personal may be said in it.
        """
        noted = {"at": at.astimezone(UTC).isoformat(), **said}
        with suppress(OSError):
            write_whole(office.data / self.file, json.dumps(noted).encode())
