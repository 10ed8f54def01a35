"""What the stand-in knows: one service, its key, and its letters."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime


@dataclass(slots=True)
class Letter:
    """A letter; `status` is the service's own word, which is not always the one it tells."""

    reference: str
    pdf: bytes
    postage: str
    key_kind: str
    status: str = "pending-virus-check"
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    created_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    sent_at: datetime | None = None
    completed_at: datetime | None = None

    @property
    def told(self) -> str:
        """Its status as the API tells it."""
        known = {
            "created": "accepted",
            "sending": "accepted",
            "delivered": "received",
            "returned-letter": "received",
        }
        return known.get(self.status, self.status)

    @property
    def is_printed(self) -> bool:
        return self.key_kind == "normal" and self.status in (
            "sending", "delivered", "returned-letter"
        )  # fmt: skip


@dataclass(slots=True)
class Service:
    """The service with its one key of the kind normal (which is live), test or team."""

    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    secret: str = field(default_factory=lambda: str(uuid.uuid4()))
    key_kind: str = "normal"
    revoked: bool = False
    trial: bool = False
    may_send_letters: bool = True
    knows_returned: bool = True
    clock_ahead: float = 0.0  # seconds
    daily_limit: int = 20_000
    busy_for: int = 0  # letters that are refused by the limit by the minute
    letters: list[Letter] = field(default_factory=list)
    returned: list[tuple[date, str]] = field(default_factory=list)

    @property
    def key(self) -> str:
        """As it is shown once."""
        return f"correspondence-{self.id}-{self.secret}"

    def given(self, **said: str) -> list[Letter]:
        return [one for one in self.letters if all(getattr(one, k) == v for k, v in said.items())]
