"""Letters of extension that have not left where the response has: there is nothing left to extend.

Until the response itself is on record as sent, whatever was drafted or approved stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.cases.events import LetterWithdrawn
from correspondence.casework.drafting.letter_facts import EXTENSIONS
from correspondence.casework.record import file_events
from correspondence.handling_code.long_date import long_date
from correspondence.store import case_files, letters

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from correspondence.cases.case import Case
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice


def withdraw_extensions(house: OpenOffice, case: Case, *, now: datetime, actor: Actor) -> Case:
    """Withdraw them, each with the reason on record; the case as it then stands.

    One that is on its way is left alone. Raises RecordBroken.
    """
    if not any(_to_withdraw(case)):
        return case
    with house.database.writing() as conn:
        case = case_files.load(conn, case.reference)
        events = [
            LetterWithdrawn(letter=letter, because=because)
            for letter, because in _to_withdraw(case)
            if letters.withdraw(conn, letter, now=now)
        ]
        if events:
            case = file_events(conn, house, case.reference, events, now=now, actor=actor)
    return case


def _to_withdraw(case: Case) -> Iterator[tuple[str, str]]:
    """Which of its letters, and why."""
    if case.merged_into or case.erased is not None:
        return  # its letters were withdrawn with it
    for one in case.letters:
        record = case.stages.get(one.stage)
        if record is None or one.status not in {"draft", "approved"}:
            continue
        if one.kind != EXTENSIONS[one.stage].value:
            continue
        if record.responded_on is not None:
            gone = f"The response at stage {one.stage} went on {long_date(record.responded_on)}"
        elif case.closed_on is not None:
            gone = f"The case was closed on {long_date(case.closed_on)}"
        else:
            continue
        yield one.letter, f"{gone}, so there is nothing left to extend."
