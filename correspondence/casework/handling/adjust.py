"""Record how a resident is to hear from us, as agreed with them (Code 5.10), and keep to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from correspondence.cases.adjustments import Adjustments
from correspondence.cases.events import AdjustmentsAgreed, LetterDrafted
from correspondence.casework.drafting.carry_over import of_the_same_resident
from correspondence.casework.drafting.draft import draft
from correspondence.casework.drafting.letter_facts import stage_of
from correspondence.casework.landlord import review_by
from correspondence.casework.record import file_events
from correspondence.errors import CorrespondenceError, NotAllowed, WrongUse
from correspondence.handling_code.london import day_in_london
from correspondence.letters.kinds import LetterKind
from correspondence.store import case_files, letters

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    import sqlalchemy as sa

    from correspondence.cases.case import Case
    from correspondence.casework.acting import Actor
    from correspondence.casework.drafting.draft import Drafted
    from correspondence.casework.open_office import OpenOffice
    from correspondence.letters.pool import LetterPress
    from correspondence.store.letters import LetterRow


@dataclass(frozen=True, slots=True)
class Adjusted:
    """What now holds for the case, and what became of the letters that were not yet gone.

    `drafted` were made anew in that form. `to_see_to` says of each other one what an officer does.
    """

    reference: str
    adjustments: Adjustments
    drafted: tuple[Drafted, ...]
    to_see_to: tuple[str, ...]


def adjust(
    house: OpenOffice,
    press: LetterPress,
    reference: str,
    changes: Mapping[str, Any],
    *,
    now: datetime,
    actor: Actor,
) -> Adjusted:
    """Change these of a case's adjustments, the others stand; its drafts are made anew.

    Approvals of letters that have not left are void. A draft that somebody edited is left to them.
    Raises NotKnown, WrongUse where a value cannot be, NotAllowed where nobody is named or a letter
    is on its way into the outbox at this moment.
    """
    if not actor.is_person:
        raise NotAllowed("Adjustments are agreed by a named person; say who with --as.")
    with house.database.writing() as conn:
        case = case_files.load(conn, reference)
        agreed = _changed(case.adjustments, changes)
        waiting = _not_yet_gone(conn, reference)
        others = [one.reference for one in of_the_same_resident(conn, case) if not one.closed_on]
        edited = _edited(conn, reference)
        if agreed != case.adjustments:
            for row in waiting:
                letters.back_to_draft(conn, row.id)
        else:
            waiting = ()
        if agreed != case.adjustments or not case.adjustments_agreed:
            event = AdjustmentsAgreed(
                adjustments=agreed, review_by=review_by(house.settings, day_in_london(now))
            )
            file_events(conn, house, reference, [event], now=now, actor=actor)
    told = [
        f"{other} is of the same resident and keeps to what was agreed there. Record it there too: "
        f"correspondence case adjust {other}"
        for other in others
        if agreed != case.adjustments
    ]
    drafted, left = _drafted_anew(house, press, case, waiting, edited, now=now, actor=actor)
    return Adjusted(reference, agreed, tuple(drafted), (*told, *left))


def _drafted_anew(
    house: OpenOffice,
    press: LetterPress,
    case: Case,
    waiting: tuple[LetterRow, ...],
    edited: frozenset[str],
    *,
    now: datetime,
    actor: Actor,
) -> tuple[list[Drafted], list[str]]:
    """The letters made anew, and a sentence for each that is left to an officer."""
    drafted, left = [], []
    newest = {(row.kind, row.stage): row.id for row in waiting}
    for row in waiting:
        kind = LetterKind(row.kind)
        belongs = row.stage == (stage_of(kind) or case.stage)
        if row.id in edited or not belongs or newest[row.kind, row.stage] != row.id:
            what = "was edited by hand" if row.id in edited else "is an earlier draft"
            left.append(
                f"{row.id} {what}. Its form follows what was agreed; look whether its words do, "
                "and approve it."
            )
            continue
        try:
            drafted.append(draft(house, press, case.reference, kind, now=now, actor=actor))
        except CorrespondenceError as refused:
            left.append(f"{row.id} was not drafted anew. {refused}")
    return drafted, left


def _changed(before: Adjustments, changes: Mapping[str, Any]) -> Adjustments:
    try:
        return Adjustments.model_validate({**before.model_dump(), **changes})
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, fault['loc']))}: {fault['msg'].removeprefix('Value error, ')}"
            for fault in error.errors(include_input=False, include_url=False)
        )
        raise WrongUse(f"That cannot be agreed: {faults}.") from None


def _not_yet_gone(conn: sa.Connection, reference: str) -> tuple[LetterRow, ...]:
    rows = letters.listing(conn, references=[reference])
    for row in rows:
        if row.status == "sending":
            raise NotAllowed(
                f"{row.id} is on its way into the outbox. Finish that first: correspondence letter "
                f"send {row.id}"
            )
    return tuple(row for row in rows if row.status in {"draft", "approved"} and row.revision)


def _edited(conn: sa.Connection, reference: str) -> frozenset[str]:
    """The letters whose newest revision came from a person's hand and not from a template."""
    newest: dict[str, str] = {}
    for recorded in case_files.history(conn, reference):
        if isinstance(recorded.event, LetterDrafted):
            newest[recorded.event.letter] = recorded.event.template
    return frozenset(letter for letter, template in newest.items() if not template)
