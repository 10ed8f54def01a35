"""In which case's investigation a question stands: the one it was asked for, or its new whole.

A question keeps its id and its thread when its case becomes part of another one. It is the other
one's from then on, and goes back with what came of it where the merging is taken back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.cases.events import ContributorRecorded
from correspondence.cases.inquiry import (
    QuestionAnswered,
    QuestionChased,
    QuestionDropped,
    QuestionReopened,
)
from correspondence.cases.merging import CaseMergedIn, not_undone
from correspondence.store import case_files

if TYPE_CHECKING:
    from collections.abc import Iterable

    import sqlalchemy as sa

    from correspondence.cases.case import Case
    from correspondence.cases.events import CaseEvent
    from correspondence.store.questions import QuestionRow


def case_of(conn: sa.Connection, row: QuestionRow) -> Case:
    """The case in which a question stands now. Raises RecordBroken."""
    case = standing_case(conn, row)
    if any(one.id == row.id for one in case.inquiry.questions):
        return case
    return case_files.load(conn, row.reference)  # settled before its case became part of another


def standing_case(conn: sa.Connection, row: QuestionRow) -> Case:
    """The case a question's own is part of now, whether or not the question came along."""
    stands = case_files.standing_for(conn, {row.reference})
    return case_files.load(conn, stands.get(row.reference, row.reference))


def came_of_questions(happened: Iterable[CaseEvent], merged: str) -> tuple[CaseEvent, ...]:
    """What came of the questions that a merged case brought along, from the other one's events.

    Answers come with the record of who took part by them.
    """
    brought: set[str] | None = None
    since: list[CaseEvent] = []
    for event in not_undone(happened):
        match event:
            case CaseMergedIn() if event.other == merged:
                brought, since = {one.id for one in event.questions}, []
            case QuestionChased() | QuestionAnswered() | QuestionDropped() | QuestionReopened():
                if brought and event.question in brought:
                    since.append(event)
            case ContributorRecorded() if event.part in {"answer", "account"}:
                if since and isinstance(since[-1], QuestionAnswered):
                    since.append(event)
            case _:
                pass
    return tuple(since)
