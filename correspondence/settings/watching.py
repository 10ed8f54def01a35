"""What whoever watches over the machine is told, and where work stops before it does harm."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from correspondence.settings.section import Section
from correspondence.settings.values import EmailAddress, Line, a_number

Megabytes = Annotated[int, BeforeValidator(a_number), Field(ge=0, le=100_000_000)]
LookMinutes = Annotated[int, BeforeValidator(a_number), Field(ge=1, le=10_080)]
Days = Annotated[int, BeforeValidator(a_number), Field(ge=0, le=366)]


class Watch(Section):
    """Limits that are kept, and what is told to monitoring and to whoever keeps the digests."""

    least_free_mb: Megabytes = Field(
        default=200,
        description="Megabytes that stay free on the disk of what is kept. With less, no mail is "
        "taken in: it stays in the mailbox until there is room. 0 for no limit.",
    )
    looked_within_minutes: LookMinutes = Field(
        default=10,
        description="Within how many minutes every mailbox and the deadlines must have been "
        "looked at for the office to count as ready (/readyz, worker --check).",
    )
    backup_within_days: Days = Field(
        default=2,
        description="Within how many days a backup must have been taken (correspondence backup) "
        "before doctor complains. 0 where backups are taken by other means.",
    )
    metrics_token_file: Line = Field(
        default="",
        description="A file outside the office, readable by this account alone, with the token "
        "that opens /metrics; or give it in CORRESPONDENCE_PASSWORD_METRICS. Without a token only "
        "this very machine is answered.",
    )
    digest_to: tuple[Annotated[EmailAddress, Field(min_length=1)], ...] = Field(
        default=(),
        max_length=5,
        description="Addresses outside the reach of whoever looks after this machine, which get "
        "the daily digest of the record by e-mail: a number, a date and a seal, nothing personal.",
    )
    digest_folder: Line = Field(
        default="",
        description="A folder outside the office, best on another machine, into which the daily "
        "digest of the record is written.",
    )
