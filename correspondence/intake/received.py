"""When a message counts as received: the day it arrived, whatever the hour (Code 3.2, 6.2).

The server's own time is best. A file has only its headers: the newest Received line that can be
true, else the sender's Date, else the file's time. Where a colleague had the message first, the
clock began with them. Each answer is a sentence, and says where a person should look.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.london import day_in_london, in_london
from correspondence.handling_code.long_date import long_date
from correspondence.intake.mail.headers import moment
from correspondence.intake.message import Receipt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from correspondence.intake.message import Message

CLOCKS_DIFFER: Final = timedelta(minutes=10)  # how far a true time may lie ahead of our clock
BEFORE_DATE: Final = timedelta(days=14)  # a Received line this much older than Date is doubtful

_NO_MAIL_BEFORE: Final = datetime(1990, 1, 1, tzinfo=UTC)
_MOST_RECEIVED: Final = 100


def received(
    message: Message,
    *,
    file_time: datetime,
    now: datetime,
    staff_domains: frozenset[str],
    server_time: datetime | None = None,
) -> Receipt:
    """When `message` counts as received, on what that rests, and whether to ask a person.

    All times are aware. `file_time` is when the file came to be, `server_time` the mail server's
    own receipt time where there is one. `staff_domains` are the landlord's own mail domains, in
    lower case.
    """
    arrived = _arrived(message, file_time=file_time, now=now, server_time=server_time)
    if message.forwarded and message.sender.domain in staff_domains:
        return _by_staff(message, arrived, staff_domains)
    return arrived


def by_header(
    headers: Mapping[str, tuple[str, ...]],
    sent_at: datetime | None,
    now: datetime | None = None,
) -> datetime | None:
    """The newest Received line that can be true, in UTC, or None.

    Each server writes its line above the others, so the first is the newest and our own. It can
    be true if it is not in the future and not two weeks before the message was written.
    """
    for value in headers.get("received", ())[:_MOST_RECEIVED]:
        found = moment(value.rpartition(";")[2])
        if found is None or found < _NO_MAIL_BEFORE:
            continue
        if now is not None and found > now + CLOCKS_DIFFER:
            continue
        wrong_date = now is not None and sent_at is not None and sent_at > now + CLOCKS_DIFFER
        if sent_at is not None and not wrong_date and found < sent_at - BEFORE_DATE:
            continue
        return found
    return None


def _arrived(
    message: Message, *, file_time: datetime, now: datetime, server_time: datetime | None
) -> Receipt:
    if server_time is not None:
        at = server_time.astimezone(UTC)
        return Receipt(at, "server", f"The mail server took it in {_spoken(at)}.")
    at_header = by_header(message.headers, message.sent_at, now)
    kept = message.server_received_at
    bare = at_header is None and not message.headers.get("received")
    if bare and kept is not None and kept <= now + CLOCKS_DIFFER:
        return Receipt(kept, "received_header", f"Outlook noted its delivery {_spoken(kept)}.")
    if at_header is not None:
        because = f"The last mail server it came by noted it {_spoken(at_header)}."
        return Receipt(at_header, "received_header", because)
    sent = message.sent_at
    has_lines = bool(message.headers.get("received"))
    why = "no mail server's note of it can be true" if has_lines else "no mail server noted it"
    if sent is not None and _NO_MAIL_BEFORE <= sent <= now + CLOCKS_DIFFER:
        because = f"The sender dated it {_spoken(sent)}, and {why}."
        return Receipt(sent, "date_header", because, ask_person=has_lines)
    if sent is None:
        dated = "it bears no date"
    elif sent > now:
        dated = f"its date lies in the future ({_spoken(sent)})"
    else:
        dated = f"its date cannot be true ({_spoken(sent)})"
    at = min(file_time.astimezone(UTC), now.astimezone(UTC))
    because = f"The file is from {_spoken(at)}; {why}, and {dated}. Please confirm the day."
    return Receipt(at, "file_time", because, ask_person=True)


def _by_staff(message: Message, arrived: Receipt, staff_domains: frozenset[str]) -> Receipt:
    """When the first colleague had a message that staff passed on (Code 3.2), to be confirmed."""
    earlier = _first_had(message, staff_domains)
    if earlier is None or earlier > arrived.at + CLOCKS_DIFFER or earlier < _NO_MAIL_BEFORE:
        because = (
            f"{arrived.because} A colleague passed it on and may have had it earlier; what they "
            "passed on does not say when. Please confirm the day."
        )
        return Receipt(arrived.at, arrived.basis, because, ask_person=True)
    day = day_in_london(earlier)
    because = (
        f"A colleague passed it on; the message they had is dated {_spoken(earlier)}, and the "
        "Code counts from when any of us had it. Please confirm the day."
    )
    return Receipt(earlier, "staff", because, by_staff_on=day, ask_person=True)


def _first_had(message: Message, staff_domains: frozenset[str]) -> datetime | None:
    """When the innermost message that staff passed along reached the first of them."""
    inner = message
    while inner.forwarded and inner.sender.domain in staff_domains:
        inner = inner.forwarded[0]
    return inner.server_received_at or inner.sent_at


def _spoken(at: datetime) -> str:
    local = in_london(at)
    return f"on {long_date(local.date())} at {local:%H:%M}"
