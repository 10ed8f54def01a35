"""Whom of the office to tell of what, each of it once. Pure.

A notice is a reference and a few words of ours; nothing of a resident is in what it is made of.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date, datetime

Kind = Literal["assigned", "due_tomorrow", "hazard", "answered", "second_approval"]


@dataclass(frozen=True, slots=True)
class StaffNotice:
    """That somebody is to be told of something: once for each `kind`, `about` and `user`.

    `page` is the path of the page it leads to.
    """

    kind: Kind
    about: str
    user: str
    reference: str
    page: str
    says: str


@dataclass(frozen=True, slots=True)
class Given:
    """A case is with somebody since that moment, because `by` gave it to them."""

    reference: str
    user: str
    by: str
    since: datetime


@dataclass(frozen=True, slots=True)
class DueNext:
    """A case is with somebody, and this is owed on it by that day (in London)."""

    reference: str
    user: str
    duty: str
    due: date


@dataclass(frozen=True, slots=True)
class Danger:
    """A message of a case that is with somebody tells of danger, and nobody has seen to it."""

    reference: str
    user: str
    message: int


@dataclass(frozen=True, slots=True)
class Answered:
    """A question of an investigation was answered, on a case that is with somebody.

    `by` recorded it: who typed the answer in, or the machine where it came by mail. `event` is its
    number in the case's record.
    """

    reference: str
    user: str
    question: str
    event: int
    by: str


@dataclass(frozen=True, slots=True)
class AwaitsSecond:
    """A letter was approved by somebody, in the revision of that digest, and waits for another."""

    letter: str
    reference: str
    digest: str
    approved_by: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What there is to be told of."""

    given: tuple[Given, ...] = ()
    due: tuple[DueNext, ...] = ()
    dangers: tuple[Danger, ...] = ()
    answers: tuple[Answered, ...] = ()
    waiting: tuple[AwaitsSecond, ...] = ()
    may_second: frozenset[str] = frozenset()


def staff_notices(
    facts: Facts, wanted: Collection[Kind], *, tomorrow: date, given_since: datetime
) -> tuple[StaffNotice, ...]:
    """Everything to be told of, those kinds that are wanted.

    `tomorrow` is the next working day. What was given before `given_since` is no news.
    """
    made: Iterable[Iterator[StaffNotice]] = (
        _assigned(facts, given_since),
        _due(facts, tomorrow),
        _dangers(facts),
        _answers(facts),
        _waiting(facts),
    )
    return tuple(one for some in made for one in some if one.kind in wanted)


def _assigned(facts: Facts, since: datetime) -> Iterator[StaffNotice]:
    for one in facts.given:
        if one.since >= since and one.by != one.user:
            yield StaffNotice(
                "assigned",
                f"{one.reference}@{one.since.isoformat(timespec='seconds')}",
                one.user,
                one.reference,
                f"/cases/{one.reference}",
                f"Case {one.reference} is with you now.",
            )


def _due(facts: Facts, tomorrow: date) -> Iterator[StaffNotice]:
    for one in facts.due:
        if one.due == tomorrow:
            yield StaffNotice(
                "due_tomorrow",
                f"{one.reference}:{one.duty}:{one.due.isoformat()}",
                one.user,
                one.reference,
                f"/cases/{one.reference}",
                f"Something is owed on case {one.reference} by the next working day: "
                f"{one.duty.replace('_', ' ')}.",
            )


def _dangers(facts: Facts) -> Iterator[StaffNotice]:
    for one in facts.dangers:
        yield StaffNotice(
            "hazard",
            f"message {one.message}",
            one.user,
            one.reference,
            f"/messages/{one.message}",
            f"A message on case {one.reference} tells of danger. Look at it now.",
        )


def _answers(facts: Facts) -> Iterator[StaffNotice]:
    for one in facts.answers:
        if one.by != one.user:
            yield StaffNotice(
                "answered",
                f"{one.question}:{one.event}",
                one.user,
                one.reference,
                f"/cases/{one.reference}/investigation",
                f"An answer to {one.question} came, which you were waiting for on case "
                f"{one.reference}.",
            )


def _waiting(facts: Facts) -> Iterator[StaffNotice]:
    for one in facts.waiting:
        for user in sorted(facts.may_second - {one.approved_by}):
            yield StaffNotice(
                "second_approval",
                f"{one.letter}:{one.digest[:16]}",
                user,
                one.reference,
                f"/letters/{one.letter}",
                f"Letter {one.letter} waits for a second person to approve it.",
            )
