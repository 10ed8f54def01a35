"""When a message counts as received."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from correspondence.intake.headers import moment


def by_header(headers: Mapping[str, tuple[str, ...]], sent_at: datetime | None) -> datetime | None:
    for value in headers.get("received", ()):
        found = moment(value.rpartition(";")[2])
        if found is not None:
            return found
    return None
