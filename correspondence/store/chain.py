"""How events are chained: the text of an event, its hash, and what each rests on. Pure.

An event's body is one line of canonical JSON: stream, sequence number, kind, time, who, their
account on this machine, the facts, and a salted SHA-256 of its personal detail. On it rest

- its hash, SHA-256 over the hash of the event before it in its stream and the body, so that one
  case's history can be held against itself alone;
- its seal, SHA-256 over the seal of the event before it in the whole record and its hash, events
  being numbered 1, 2, 3 … across all streams. No event and no stream can go from among the others;
- the last hash of every stream, and the number and seal of the last event of all.

What this finds: any event altered, removed, added or moved by somebody who does not rewrite every
hash after it and both tables of last hashes. What it cannot find by itself: a record rewritten
consistently from some event to its end, or one cut off at its end together with those tables, by
somebody who may write to the database. Against that, verifying returns a `Seal` to be noted
elsewhere (printed, mailed, in a report); held against a seal noted earlier, no such change to
anything before it passes.

Personal detail is erased by removing it with its salt, under an event that says so; what remains
of it is a digest that nobody can guess at.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from correspondence.store.tables import storable_json

OFFICE = "office"  # the stream of what concerns no single case or message
NOTHING_BEFORE = "0" * 64


@dataclass(frozen=True, slots=True)
class Seal:
    """The whole record up to one event in 64 characters; worth noting outside the database."""

    events: int
    seal: str


@dataclass(frozen=True, slots=True)
class Body:
    """What is hashed of one event. `at` is UTC; `facts` holds ids, codes and dates."""

    stream: str
    sequence: int
    kind: str
    at: datetime
    by: str
    os_account: str
    facts: dict[str, Any]
    detail_digest: str | None

    def text(self) -> str:
        """The canonical JSON, which is kept as it was hashed."""
        return canonical(
            {
                "stream": self.stream,
                "sequence": self.sequence,
                "kind": self.kind,
                "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
                "by": self.by,
                "os_account": self.os_account,
                "facts": self.facts,
                "detail_digest": self.detail_digest,
            }
        )


class EventRow(Protocol):
    """A row of `events` with what lies beside it; both halves of the detail None where erased."""

    id: int
    stream: str
    sequence: int
    kind: str
    at: datetime
    by: str
    os_account: str
    body: str
    detail_digest: str | None
    previous_hash: str
    hash: str
    seal: str
    salt: str | None
    detail: str | None


def canonical(document: Any) -> str:
    """`document` as the one JSON text that is hashed and kept."""
    return json.dumps(
        storable_json(document),
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    )


def hashed(previous: str, text: str) -> str:
    """SHA-256 over what went before (a hash, a seal, a salt), a line break, and `text`."""
    # What was tampered with may hold anything, even what UTF-8 cannot.
    return hashlib.sha256(f"{previous}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()


def facts_of(row: EventRow) -> dict[str, Any]:
    """The facts in the body of an event that was found sound."""
    facts: dict[str, Any] = json.loads(row.body)["facts"]
    return facts


def altered(row: EventRow) -> bool:
    """Whether the event's row is not what was hashed: its columns, its body or its hash."""
    try:
        facts = facts_of(row)
    except (ValueError, KeyError, TypeError):
        return True
    stands = Body(
        stream=row.stream,
        sequence=row.sequence,
        kind=row.kind,
        at=row.at,
        by=row.by,
        os_account=row.os_account,
        facts=facts,
        detail_digest=row.detail_digest,
    )
    return stands.text() != row.body or hashed(row.previous_hash, row.body) != row.hash


def detail_altered(row: EventRow) -> bool:
    """Whether there is personal detail beside the event that is not what was kept with it."""
    if row.salt is None or row.detail is None:
        return False
    return hashed(row.salt, row.detail) != row.detail_digest
