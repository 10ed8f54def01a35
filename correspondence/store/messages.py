"""Messages: one row for every delivery, from the moment it is kept until it is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # at run time too: the events are models
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import sqlalchemy as sa

from correspondence.cases.events import Event
from correspondence.errors import NotKnown
from correspondence.store import search, work
from correspondence.store.audit import append, append_all
from correspondence.store.tables import ORIGINAL, Key, messages, portions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

Outcome = Literal["opened", "joined", "recorded", "duplicate"]


class MessageKept(Event):
    """A delivery's bytes were kept; the first event of its stream."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset({"source_name"})
    kind: Literal["message_kept"] = "message_kept"
    mailbox: str
    sha256: str
    size: int
    source_name: str = ""


class MessageUnderstood(Event):
    """A kept message was read, and what became of it."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    kind: Literal["message_understood"] = "message_understood"
    message_kind: str
    received_at: datetime
    received_basis: str
    needs_person: bool
    outcome: str
    case_reference: str | None
    duplicate_of: int | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery of raw bytes, already kept as a document.

    `source_key` names this delivery once and for all (the mailbox with the server's own id, or
    the file's digest); `source_name` is what people would look for (the file's name).
    """

    source_key: str
    mailbox: str
    source_name: str
    sha256: str
    size: int  # bytes
    file_time: datetime | None = None  # the file's or the server's own time, UTC


@dataclass(frozen=True, slots=True)
class KeptDelivery:
    """Where a delivery was kept: `new` the first time; `settled` once its source was told."""

    id: int
    new: bool
    settled: bool


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message as it is kept. `reading` is the whole document, None until it was read."""

    id: int
    source_key: str
    mailbox: str
    source_name: str
    sha256: str
    size: int
    kept_at: datetime
    file_time: datetime | None
    state: str
    settled_at: datetime | None
    message_id: str
    content_digest: str
    sender_address: str
    received_at: datetime | None
    received_basis: str
    received_because: str
    kind: str
    needs_person: bool
    outcome: str | None
    duplicate_of: int | None
    case_reference: str | None
    reading: dict[str, Any] | None
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class MessageRead:
    """What reading a message came to; `document` is the contract's whole reading document."""

    message_id: str
    content_digest: str
    sender_address: str
    received_at: datetime
    received_basis: str
    received_because: str
    kind: str
    needs_person: bool
    outcome: Outcome
    document: dict[str, Any]
    duplicate_of: int | None = None
    case_reference: str | None = None


@dataclass(frozen=True, slots=True)
class EarlierCopy:
    """The message that another one repeats, and in what they agree."""

    id: int
    case_reference: str | None
    same: Literal["bytes", "content"]


@dataclass(frozen=True, slots=True)
class Tally:
    """The register's counts: messages by kind and by outcome, and how many still wait."""

    kinds: dict[str, int]
    outcomes: dict[str, int]
    waiting: int


def stream_of(message: int) -> str:
    """The stream of a message's own events."""
    return f"message:{message}"


def keep_delivery(
    conn: sa.Connection, delivery: Delivery, now: datetime, *, by: str, os_account: str
) -> KeptDelivery:
    """Insert the row and its first event, once for each `source_key`, however often it is called.

    A source key used again for other bytes is another delivery, and is kept as such.
    """
    return keep_deliveries(conn, [delivery], now, by=by, os_account=os_account)[0]


def keep_deliveries(
    conn: sa.Connection,
    deliveries: Sequence[Delivery],
    now: datetime,
    *,
    by: str,
    os_account: str,
) -> tuple[KeptDelivery, ...]:
    """`keep_delivery` of each, in their order; all of them are kept by one unit."""
    known = _delivered(conn, [key for one in deliveries for key in _possible_keys(one)])
    new: dict[str, Delivery] = {}
    kept_as: list[tuple[str, bool]] = []
    for one in deliveries:
        key, again = _possible_keys(one)
        held = known.get(key) or new.get(key)
        key = again if held and held.sha256 != one.sha256 else key
        first = key not in known and key not in new
        if first:
            new[key] = one
        kept_as.append((key, first))
    numbers = _insert(conn, new, now)
    work.post(conn, work.at_messages(numbers.values()))
    kept = [(stream_of(numbers[key]), _as_kept(one)) for key, one in new.items()]
    append_all(conn, kept, by=by, os_account=os_account, now=now)
    return tuple(
        KeptDelivery(numbers[key], new=first, settled=False)
        if key in numbers
        else KeptDelivery(known[key].id, new=False, settled=known[key].settled_at is not None)
        for key, first in kept_as
    )


def _possible_keys(delivery: Delivery) -> tuple[str, str]:
    """The delivery's key as it is stored, and the one it has where that names other bytes."""
    key = delivery.source_key
    return Key.shortened(key), Key.shortened(f"{key}#{delivery.sha256}")


_DELIVERED = sa.select(
    messages.c.source_key, messages.c.id, messages.c.sha256, messages.c.settled_at
).where(messages.c.source_key.in_(sa.bindparam("keys", expanding=True)))
_NEW = sa.insert(messages).returning(messages.c.id, sort_by_parameter_order=True)
_SETTLED = (
    sa.update(messages)
    .where(
        messages.c.id.in_(sa.bindparam("numbers", expanding=True)), messages.c.settled_at.is_(None)
    )
    .values(settled_at=sa.bindparam("told_at"))
)


def _delivered(
    conn: sa.Connection, keys: Sequence[str]
) -> dict[str, sa.Row[str, int, str, datetime | None]]:
    return {
        row.source_key: row
        for some in portions(keys)
        for row in conn.execute(_DELIVERED, {"keys": some})
    }


def _insert(conn: sa.Connection, new: dict[str, Delivery], now: datetime) -> dict[str, int]:
    """The rows of new deliveries: their ids by key."""
    if not new:
        return {}
    rows = [
        {
            "source_key": key,
            "mailbox": one.mailbox,
            "source_name": one.source_name,
            "sha256": one.sha256,
            "size": one.size,
            "kept_at": now,
            "file_time": one.file_time,
            "state": "kept",
        }
        for key, one in new.items()
    ]
    return dict(zip(new, conn.execute(_NEW, rows).scalars(), strict=True))


def _as_kept(delivery: Delivery) -> MessageKept:
    return MessageKept(
        mailbox=delivery.mailbox,
        sha256=delivery.sha256,
        size=delivery.size,
        source_name=delivery.source_name,
    )


def settled(conn: sa.Connection, numbers: Iterable[int], now: datetime) -> None:
    """The sources of these messages were told (moved, marked); the first time counts."""
    for some in portions(numbers):
        conn.execute(_SETTLED, {"numbers": some, "told_at": now})


def waiting(
    conn: sa.Connection, limit: int | None = None, among: Collection[int] | None = None
) -> tuple[MessageRow, ...]:
    """The messages kept but not yet read, of all or `among` some; the oldest received first."""
    query = sa.select(messages).where(messages.c.state == "kept")
    if among is not None:
        query = query.where(messages.c.id.in_(among))
    return _rows(conn, query.order_by(*_OLDEST_FIRST).limit(limit))


def sizes_waiting(
    conn: sa.Connection, among: Collection[int] | None = None
) -> tuple[tuple[int, int], ...]:
    """The numbers and sizes (bytes) of those that `waiting` gives, in its order; they are small."""
    query = sa.select(messages.c.id, messages.c.size).where(messages.c.state == "kept")
    if among is not None:
        query = query.where(messages.c.id.in_(among))
    return tuple((row.id, row.size) for row in conn.execute(query.order_by(*_OLDEST_FIRST)))


def waiting_but(conn: sa.Connection, lately: tuple[datetime, datetime]) -> tuple[int, ...]:
    """The messages that wait to be read but for those kept `lately`, the oldest first.

    One kept later was kept before the clock was set back.
    """
    query = sa.select(messages.c.id).where(
        messages.c.state == "kept", sa.not_(messages.c.kept_at.between(*lately))
    )
    return tuple(conn.execute(query.order_by(messages.c.id)).scalars())


def first_kept_at(conn: sa.Connection) -> datetime | None:
    """When the first message of the office was kept (UTC); None where none was."""
    oldest = sa.select(messages.c.kept_at).order_by(messages.c.id).limit(1)
    return conn.execute(oldest).scalar()


def load(conn: sa.Connection, message: int) -> MessageRow:
    """One message. Raises NotKnown."""
    found = _rows(conn, sa.select(messages).where(messages.c.id == message))
    if not found:
        raise NotKnown(f"There is no message {message} in this office.")
    return found[0]


def is_waiting(conn: sa.Connection, message: int) -> bool:
    """Whether the message is kept and not yet read. Raises NotKnown."""
    state = conn.execute(_STATE, {"message": message}).scalar()
    if state is None:
        raise NotKnown(f"There is no message {message} in this office.")
    return bool(state == "kept")


def record_reading(
    conn: sa.Connection, message: int, read: MessageRead, now: datetime, *, by: str, os_account: str
) -> bool:
    """Move a kept message to read, with its event; False where it was read already."""
    event = update_read(conn, message, read, now)
    if event is None:
        return False
    append(conn, stream_of(message), event, by=by, os_account=os_account, now=now)
    return True


def update_read(
    conn: sa.Connection, message: int, read: MessageRead, now: datetime
) -> MessageUnderstood | None:
    """Move a kept message to read; its event is the caller's to append in the same unit.

    None where it was read already.
    """
    became = {
        "became_message_id": read.message_id,
        "became_content_digest": read.content_digest,
        "became_sender_address": read.sender_address.lower(),
        "became_received_at": read.received_at,
        "became_received_basis": read.received_basis,
        "became_received_because": read.received_because,
        "became_kind": read.kind,
        "became_needs_person": read.needs_person,
        "became_outcome": read.outcome,
        "became_duplicate_of": read.duplicate_of,
        "became_case_reference": read.case_reference,
        "became_reading": read.document,
        "became_read_at": now,
    }
    if not conn.execute(_READ, {"message": message, **became}).rowcount:
        return None
    if read.outcome != "duplicate":
        search.keep_message(conn, message, read.document, read.case_reference, now)
    return MessageUnderstood(
        message_kind=read.kind,
        received_at=read.received_at,
        received_basis=read.received_basis,
        needs_person=read.needs_person,
        outcome=read.outcome,
        case_reference=read.case_reference,
        duplicate_of=read.duplicate_of,
    )


@dataclass(frozen=True, slots=True)
class KnownOf:
    """What the register knows of a message that is about to be acted upon."""

    waiting: bool  # it is kept and not yet read
    copy: EarlierCopy | None  # the message it repeats
    name_is_taken: bool  # another message has its Message-ID and says something else


def known_of(conn: sa.Connection, message: int, *, message_id: str, content_digest: str) -> KnownOf:
    """`is_waiting`, `earlier_copy` and `same_message_id` in one. Raises NotKnown.

    However many copies came before, each look is at an index and finds one row.
    """
    if not is_waiting(conn, message):
        return KnownOf(waiting=False, copy=None, name_is_taken=False)
    if (earlier := conn.execute(_SAME_BYTES, {"message": message}).first()) is not None:
        copy = EarlierCopy(earlier.id, earlier.case_reference, "bytes")
        return KnownOf(waiting=True, copy=copy, name_is_taken=False)
    if not message_id:
        return KnownOf(waiting=True, copy=None, name_is_taken=False)
    asked = {"message": message, "named": message_id, "says": content_digest}
    same = conn.execute(_SAME_CONTENT, asked).first() if content_digest else None
    if same is not None:
        copy = EarlierCopy(same.id, same.case_reference, "content")
        return KnownOf(waiting=True, copy=copy, name_is_taken=False)
    named = conn.execute(_ANY_OF_SAME_NAME, asked).first()
    return KnownOf(waiting=True, copy=None, name_is_taken=named is not None)


def earlier_copy(
    conn: sa.Connection, message: int, *, message_id: str = "", content_digest: str = ""
) -> EarlierCopy | None:
    """The message this one repeats: the same bytes, or the same Message-ID and content.

    Never another duplicate, always the original; of two copies only one is ever held for a
    duplicate of the other, whichever is read first.
    """
    found = conn.execute(_SAME_BYTES, {"message": message}).first()
    if found:
        return EarlierCopy(found.id, found.case_reference, "bytes")
    if not message_id or not content_digest:
        return None
    asked = {"message": message, "named": message_id, "says": content_digest}
    found = conn.execute(_SAME_CONTENT, asked).first()
    return EarlierCopy(found.id, found.case_reference, "content") if found else None


def same_message_id(
    conn: sa.Connection, message: int, *, message_id: str, content_digest: str
) -> tuple[int, ...]:
    """Other messages read already with this Message-ID but other content: a person is asked."""
    if not message_id:
        return ()
    asked = {"message": message, "named": message_id, "says": content_digest}
    return tuple(conn.execute(_SAME_NAME, asked).scalars())


_OLDEST_FIRST = (sa.func.coalesce(messages.c.file_time, messages.c.kept_at), messages.c.id)
_THIS: sa.BindParameter[int] = sa.bindparam("message")
_STATE = sa.select(messages.c.state).where(messages.c.id == _THIS)
_READ = (
    sa.update(messages)
    .where(messages.c.id == _THIS, messages.c.state == "kept")
    .values(
        state="read",
        **{
            column: sa.bindparam(f"became_{column}")
            for column in (
                "message_id",
                "content_digest",
                "sender_address",
                "received_at",
                "received_basis",
                "received_because",
                "kind",
                "needs_person",
                "outcome",
                "duplicate_of",
                "case_reference",
                "reading",
                "read_at",
            )
        },
    )
)
_ORIGINAL = sa.text(f"({ORIGINAL})")  # word for word that of the indexes, which are used by it
# Copies by their bytes are known before either is read, so the one kept first is the original;
# copies by their content only once one was read, and that one is.
_SAME_BYTES = (
    sa.select(messages.c.id, messages.c.case_reference)
    .where(
        messages.c.sha256
        == sa.select(messages.c.sha256).where(messages.c.id == _THIS).scalar_subquery(),
        messages.c.id < _THIS,
        _ORIGINAL,
    )
    .order_by(messages.c.id)
    .limit(1)
)
_SAME_CONTENT = (
    sa.select(messages.c.id, messages.c.case_reference)
    .where(
        messages.c.message_id == sa.bindparam("named"),
        messages.c.content_digest == sa.bindparam("says"),
        messages.c.state == "read",
        messages.c.id != _THIS,
        _ORIGINAL,
    )
    .order_by(messages.c.id)
    .limit(1)
)
_SAME_NAME = (
    sa.select(messages.c.id)
    .where(
        messages.c.message_id == sa.bindparam("named"),
        messages.c.content_digest != sa.bindparam("says"),
        messages.c.id != _THIS,
    )
    .order_by(messages.c.id)
)
_ANY_OF_SAME_NAME = _SAME_NAME.limit(1)


def cases_of(conn: sa.Connection, message_ids: Collection[str]) -> dict[str, str]:
    """Which of these Message-IDs came in before and belong to a case: Message-ID → reference."""
    asked = {Key.shortened(message_id): message_id for message_id in message_ids if message_id}
    found: dict[str, str] = {}
    for some in portions(asked):
        rows = conn.execute(
            sa.select(messages.c.message_id, messages.c.case_reference)
            .where(messages.c.message_id.in_(some), messages.c.case_reference.is_not(None))
            .order_by(messages.c.id)
        )
        found.update({asked[row.message_id]: row.case_reference for row in rows})
    return found


def came_by(
    conn: sa.Connection, references: Collection[str], mailboxes: Collection[str]
) -> frozenset[str]:
    """Those of the cases whose complaint, or last request to take it further, came that way."""
    if not references or not mailboxes:
        return frozenset()
    query = (
        sa.select(messages.c.case_reference, messages.c.mailbox)
        .where(
            messages.c.case_reference.in_(references),
            messages.c.kind.in_(["complaint", "escalation"]),
            messages.c.outcome.in_(["opened", "joined"]),
        )
        .order_by(messages.c.id)
    )
    last: dict[str, str] = {row.case_reference: row.mailbox for row in conn.execute(query)}
    return frozenset(one for one, mailbox in last.items() if mailbox in mailboxes)


def named_in(conn: sa.Connection, mailbox: str) -> tuple[tuple[str | None, str], ...]:
    """Every message that was taken from a mailbox: its Message-ID as it is kept, and its digest.

    The Message-ID is None while the message has not been read, empty where it has none.
    """
    read = sa.case((messages.c.state == "kept", None), else_=messages.c.message_id)
    query = sa.select(read, messages.c.sha256).where(messages.c.mailbox == mailbox)
    return tuple((row[0], row[1]) for row in conn.execute(query))


def needing_person(conn: sa.Connection) -> int:
    """How many messages ask for a person."""
    query = sa.select(sa.func.count()).where(messages.c.needs_person == sa.true())
    return int(conn.execute(query).scalar_one())


def asking(conn: sa.Connection, *, first: int = 0, most: int = 100) -> tuple[MessageRow, ...]:
    """The messages that ask for a person, the first kept in front."""
    query = sa.select(messages).where(messages.c.needs_person == sa.true())
    return _rows(conn, query.order_by(messages.c.id).offset(first).limit(most))


def newest(
    conn: sa.Connection, *, first: int = 0, most: int = 100
) -> tuple[tuple[MessageRow, ...], int]:
    """Messages, the last kept in front, with how many there are in all."""
    rows = _rows(conn, sa.select(messages).order_by(messages.c.id.desc()).offset(first).limit(most))
    return rows, conn.execute(sa.select(sa.func.count(messages.c.id))).scalar_one()


def register(conn: sa.Connection, *, needs_person: bool | None = None) -> tuple[MessageRow, ...]:
    """Every message, the latest received last; without the reading documents, which are large."""
    columns = [column for column in messages.c if column.name != "reading"]
    query = sa.select(*columns, sa.null().label("reading"))
    if needs_person is not None:
        query = query.where(messages.c.needs_person == needs_person)
    arrived = sa.func.coalesce(messages.c.received_at, messages.c.file_time, messages.c.kept_at)
    return _rows(conn, query.order_by(arrived, messages.c.id))


def of_case(conn: sa.Connection, reference: str) -> tuple[MessageRow, ...]:
    """The messages of a case, the earliest received first."""
    return _rows(
        conn,
        sa.select(messages)
        .where(messages.c.case_reference == reference)
        .order_by(messages.c.received_at, messages.c.id),
    )


def strays(conn: sa.Connection, *, after: int = 0, most: int = 100) -> tuple[MessageRow, ...]:
    """Messages that were read and belong to no case, in the order of their numbers."""
    return _rows(
        conn,
        sa.select(messages)
        .where(
            messages.c.id > after,
            messages.c.case_reference.is_(None),
            messages.c.state == "read",
            messages.c.outcome != "duplicate",
        )
        .order_by(messages.c.id)
        .limit(most),
    )


def give_to(conn: sa.Connection, numbers: Collection[int], reference: str) -> None:
    """Have these messages belong to another case."""
    for some in portions(numbers):
        conn.execute(
            sa.update(messages).where(messages.c.id.in_(some)).values(case_reference=reference)
        )
    search.moved(conn, numbers, reference)


def settle_question(conn: sa.Connection, message: int) -> None:
    """A person has decided what was asked about this message."""
    conn.execute(sa.update(messages).where(messages.c.id == message).values(needs_person=False))


def tally(conn: sa.Connection) -> Tally:
    """The register's counts."""
    rows = conn.execute(
        sa.select(messages.c.state, messages.c.kind, messages.c.outcome, sa.func.count()).group_by(
            messages.c.state, messages.c.kind, messages.c.outcome
        )
    )
    kinds: dict[str, int] = {}
    outcomes: dict[str, int] = {}
    still_waiting = 0
    for state, kind, outcome, count in rows:
        if state == "kept":
            still_waiting += count
            continue
        kinds[kind] = kinds.get(kind, 0) + count
        outcomes[outcome] = outcomes.get(outcome, 0) + count
    return Tally(kinds, outcomes, still_waiting)


def _rows(conn: sa.Connection, query: sa.Select[Any]) -> tuple[MessageRow, ...]:
    return tuple(MessageRow(**row) for row in conn.execute(query).mappings())
