"""Letters that somebody else prints and posts: under which name, with whom, how each stands."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal

import sqlalchemy as sa

from correspondence.store.letters import move
from correspondence.store.tables import letters, portions, postings

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

Way = Literal["notify", "print_house"]


@dataclass(frozen=True, slots=True)
class Posting:
    """A letter given away to be printed, or about to be.

    `posted_as` is our own name for it there, which no other letter has; `provider_id` is theirs,
    empty while it is not known. `account` is the service it was given to, `batch` the one it is in,
    `said` how it stood when it was last asked for. Times are UTC.
    """

    letter: str
    way: Way
    posted_as: str
    account: str
    begun_at: datetime
    provider_id: str = ""
    batch: str = ""
    said: str = ""
    asked_at: datetime | None = None
    printed_sha256: str | None = None


_COLUMNS = tuple(postings.c[one.name] for one in fields(Posting))


def begin(conn: sa.Connection, posting: Posting) -> None:
    """The letter is about to be given away; an attempt before, of which nothing came, is gone."""
    conn.execute(sa.delete(postings).where(postings.c.letter == posting.letter))
    values = {one.name: getattr(posting, one.name) for one in fields(posting)}
    conn.execute(sa.insert(postings).values(**values))


def of_letter(conn: sa.Connection, letter: str) -> Posting | None:
    """How a letter stands with whoever prints it; None where nobody was given it."""
    found = _found(conn, sa.select(*_COLUMNS).where(postings.c.letter == letter))
    return found[0] if found else None


def of_letters(conn: sa.Connection, names: Collection[str]) -> dict[str, Posting]:
    """How these letters stand, by letter; those that nobody was given are left out."""
    return {
        one.letter: one
        for some in portions(names)
        for one in _found(conn, sa.select(*_COLUMNS).where(postings.c.letter.in_(some)))
    }


def posted_as(conn: sa.Connection, names: Collection[str]) -> dict[str, Posting]:
    """The letters under these names of ours, by name."""
    return {
        one.posted_as: one
        for some in portions(names)
        for one in _found(conn, sa.select(*_COLUMNS).where(postings.c.posted_as.in_(some)))
    }


def note(conn: sa.Connection, letter: str, *, at: datetime, said: str, provider_id: str) -> None:
    """How it stood when it was asked for."""
    this = postings.c.letter == letter
    conn.execute(
        sa.update(postings).where(this).values(asked_at=at, said=said, provider_id=provider_id)
    )


def note_printed(conn: sa.Connection, letter: str, sha256: str) -> bool:
    """What was printed was fetched back; whether nobody had done so before."""
    this = sa.and_(postings.c.letter == letter, postings.c.printed_sha256.is_(None))
    values = {"printed_sha256": sha256}
    return bool(conn.execute(sa.update(postings).where(this).values(**values)).rowcount)


def to_be_followed(conn: sa.Connection, *, begun_since: datetime) -> tuple[Posting, ...]:
    """Letters at Notify of which more may be heard, the one asked for longest ago in front.

    Those that nobody has said to be dispatched; and those begun since then whose printed copy is
    still to be fetched.
    """
    unsettled = letters.c.status == "handed_over"
    to_fetch = sa.and_(
        letters.c.status == "sent",
        postings.c.printed_sha256.is_(None),
        postings.c.begun_at >= begun_since,
    )
    query = (
        sa.select(*_COLUMNS)
        .join(letters, letters.c.id == postings.c.letter)
        .where(postings.c.way == "notify", sa.or_(unsettled, to_fetch))
        .order_by(sa.nulls_first(postings.c.asked_at), postings.c.begun_at, postings.c.letter)
    )
    return _found(conn, query)


def collected(conn: sa.Connection) -> tuple[Posting, ...]:
    """Letters for the print house that are on their way: in a batch, or still without one."""
    query = (
        sa.select(*_COLUMNS)
        .join(letters, letters.c.id == postings.c.letter)
        .where(postings.c.way == "print_house", letters.c.status == "sending")
        .order_by(postings.c.begun_at, postings.c.letter)
    )
    return _found(conn, query)


def put_in_batch(conn: sa.Connection, names: Collection[str], batch: str) -> None:
    """These letters are in that batch."""
    for some in portions(names):
        conn.execute(sa.update(postings).where(postings.c.letter.in_(some)).values(batch=batch))


def batches(conn: sa.Connection, beginning: str) -> tuple[str, ...]:
    """The batches whose names begin like that."""
    query = sa.select(postings.c.batch).where(postings.c.batch.startswith(beginning)).distinct()
    return tuple(sorted(conn.execute(query).scalars()))


def taken_back(conn: sa.Connection, letter: str) -> bool:
    """handed_over → approved, where whoever took it does not print it; whether it moved."""
    undone = {"status": "approved", "sending_at": None, "handed_over_at": None}
    moved = move(conn, letter, ("handed_over",), **undone)
    if moved:
        conn.execute(sa.delete(postings).where(postings.c.letter == letter))
    return moved


def in_doubt(conn: sa.Connection, letter: str) -> bool:
    """handed_over → sending, where nobody knows any more what becomes of it; whether it moved."""
    return move(conn, letter, ("handed_over",), status="sending", handed_over_at=None)


def _found(conn: sa.Connection, query: sa.Select[tuple[object, ...]]) -> tuple[Posting, ...]:
    return tuple(Posting(**row) for row in conn.execute(query).mappings())
