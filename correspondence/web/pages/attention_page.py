"""What needs a person: danger on top with its clock, then each message by why it asks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import render_template, url_for

from correspondence.casework.following import flood
from correspondence.casework.following.alert import standing
from correspondence.casework.sending import pause
from correspondence.store import case_files, messages, questions
from correspondence.web.dangers import MOST, dangers
from correspondence.web.desk import house, now, today
from correspondence.web.paging import page_number, pagination
from correspondence.web.spoken import how_long

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from correspondence.store.messages import MessageRow
    from correspondence.store.questions import QuestionRow

ON_A_PAGE: Final = 50
_MOST_QUESTIONS: Final = 50

GROUPS: Final = (
    ("bounced", "A letter of ours came back"),
    ("stranger", "From somebody not known on the case"),
    ("matter", "A matter to be placed beside a running complaint"),
    ("unreadable", "Could not be read"),
    ("doubtful", "In doubt"),
)
"""Why messages ask for a person, the most pressing first."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A message that asks for a person, and why, in sentences without words of its own."""

    row: MessageRow
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question of an investigation whose answer is late."""

    question: QuestionRow
    reference: str  # of the case it is asked for now
    when: str


def show() -> ResponseReturnValue:
    """Everything that waits for a person to decide."""
    with house().database.reading() as conn:
        count = messages.needing_person(conn)
        rows = messages.asking(conn, first=(page_number() - 1) * ON_A_PAGE, most=ON_A_PAGE)
        late = [one for one in questions.waiting(conn) if one.due < today()][:_MOST_QUESTIONS]
        stands = case_files.standing_for(conn, {one.reference for one in late})
        unseen = standing(house())
        shown = dangers(conn, unseen[:MOST])
    found: dict[str, list[Asking]] = {}
    for row in rows:
        found.setdefault(group_of(row), []).append(Asking(row, _asked_because(row)))
    return render_template(
        "attention.html",
        dangers=shown,
        more_dangers=len(unseen) - len(shown),
        flood=flood.standing(house()),
        pauses=[pause.sentence(one) for one in pause.all_standing(house(), now=now())],
        groups=[(name, title, found[name]) for name, title in GROUPS if name in found],
        count=count,
        late=[
            Waiting(
                one,
                stands.get(one.reference, one.reference),
                how_long(one.due, today(), house().calendar),
            )
            for one in late
        ],
        pages=pagination(count, ON_A_PAGE, lambda number: url_for("attention", page=number)),
    )


def group_of(row: MessageRow) -> str:
    """Why a message asks for a person, as one of the groups."""
    reading = (row.reading or {}).get("reading") or {}
    said = " ".join(str(one.get("says", "")) for one in reading.get("because") or ())
    if row.kind == "unreadable":
        return "unreadable"
    if "did not reach" in said:
        return "bounced"
    if "not known there" in said or "was not asked" in said:
        return "stranger"
    if row.outcome == "joined" and row.kind in {"complaint", "escalation"}:
        return "matter"
    return "doubtful"


_REFERENCE: Final = re.compile(r"[A-Z][A-Z0-9]*-\d{4}-\d+")


def _asked_because(row: MessageRow) -> tuple[str, ...]:
    """Why a person is asked, in sentences that hold none of the message's own words."""
    reading = (row.reading or {}).get("reading") or {}
    doubts = [
        str(one.get("says", ""))
        for one in reading.get("because") or ()
        if not one.get("quote") or _REFERENCE.fullmatch(str(one["quote"]))
    ]
    if not doubts:
        doubts = ["which kind of message it is stays in doubt"]
    return tuple(f"{one[:1].upper()}{one[1:]}" for one in doubts if one)
