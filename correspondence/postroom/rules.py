"""What is read of a mailbox on a server, and how often, as the profile says of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.london import day_in_london
from correspondence.postroom.base import HeldBack, LeftAlone

if TYPE_CHECKING:
    from datetime import date, datetime

    from correspondence.postroom.pace import Pace
    from correspondence.settings import Mailbox

MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Rules:
    """What is read, and how often. `largest` is in bytes, the others in seconds.

    Messages that came before the day `received_since` stay where they are. Every `look_through_all`
    everything in the folder is listed, whatever the server says has changed. `most_per_look` is how
    many messages a look hands over before other mailboxes have their turn; 0 where all of them.
    """

    folder: str = "INBOX"
    processed: str = "Processed"
    received_since: date | None = None
    largest: int = 50 * MEGABYTE
    poll_seconds: float = 60.0
    look_through_all: float = 3600.0
    most_per_look: int = 0

    def is_too_early(self, received_at: datetime | None) -> bool:
        """Whether a message came before the day from which the mailbox is read."""
        since = self.received_since
        return since is not None and received_at is not None and day_in_london(received_at) < since

    def too_large(self, size: int) -> str:
        """What is said of a message of so many bytes, which is more than is taken."""
        most = self.largest // MEGABYTE
        return f"it is larger than {most} MB ({size // MEGABYTE} MB); take it out by hand"

    def early(self, mailbox: str, messages: int) -> LeftAlone:
        """What is said of so many messages that came before that day."""
        because = f"{messages} messages came before the day from which it is read"
        return LeftAlone(f"{mailbox}: {self.folder}", because)


def enough(mailbox: str, taken: int, most: int) -> HeldBack | None:
    """What is said where a look has taken as many messages as it may, and more are there."""
    if not most or taken < most:
        return None
    return HeldBack(
        mailbox,
        f"More messages wait in {mailbox} than one look takes in ({most}, most_per_look), so that "
        "other mailboxes have their turn. The rest is taken in by the looks that follow.",
    )


def too_often(mailbox: str, pace: Pace, pause: float) -> HeldBack | None:
    """What is said where a server was asked as often as it may be, for so many seconds yet."""
    if not pause:
        return None
    return HeldBack(
        mailbox,
        f"The server of {mailbox} is asked {pace.most} times a minute and no more "
        "(requests_per_minute). What waits there is taken in as fast as that allows.",
        pause,
    )


def rules_of(named: Mailbox) -> Rules:
    """The rules of a mailbox as the profile names it."""
    return Rules(
        folder=named.folder,
        processed=named.processed_folder,
        received_since=named.received_since,
        largest=named.largest_megabytes * MEGABYTE,
        poll_seconds=named.poll_seconds,
        most_per_look=named.most_per_look,
    )
