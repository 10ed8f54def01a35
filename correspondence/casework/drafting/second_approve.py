"""A second person approves a letter where the landlord asks for that, or gives it back with why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from correspondence.cases.events import LetterReturned, LetterSeconded
from correspondence.cases.second_approval import SecondApprovals, second_because
from correspondence.casework.drafting import considered
from correspondence.casework.record import file_events
from correspondence.errors import NotAllowed
from correspondence.handling_code.stages import Part
from correspondence.store import leaving, letters, users

if TYPE_CHECKING:
    from datetime import datetime

    import sqlalchemy as sa

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.letters.contents import LetterContent
    from correspondence.letters.kinds import LetterKind
    from correspondence.letters.text import LetterText
    from correspondence.settings import Settings
    from correspondence.store.letters import LetterRow

_MAY: Final = frozenset({"manager", "administrator"})
_SUM: Final = re.compile(r"£\s?(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d\d))?(?![\d,]*\d)")


def wanted(
    settings: Settings, kind: LetterKind, content: LetterContent | None, text: LetterText
) -> str:
    """Why a second person must approve this letter, in sentences; empty where nobody must.

    What it comes to is all that was decided to be paid, or the largest sum that its words name:
    words can be changed after the decision.
    """
    rule = SecondApprovals(settings.approval.second_at_stage2, settings.approval.second_above_pence)
    decided = sum(one.pence or 0 for one in content.promises()) if content else 0
    return " ".join(second_because(rule, kind.value, max(decided, *_named(text), 0)))


def second(
    house: OpenOffice, letter: str, *, digest: str, now: datetime, actor: Actor
) -> LetterRow:
    """Approve, as a second person, the revision of that digest.

    Raises NotAllowed where none is wanted, it is another revision that was approved, or this
    person may not: no manager, the one who approved it first, or one of stage 1 (Code 6.13).
    """
    with house.database.writing() as conn:
        row = _awaited(conn, letter, actor)
        if row.digest != digest:
            raise NotAllowed(f"{letter} was changed meanwhile; look at it again.")
        if not leaving.second(conn, letter, digest=digest, by=actor.name, now=now):
            raise NotAllowed(f"{letter} was changed meanwhile; look at it again.")
        event = LetterSeconded(letter=letter, digest=digest)
        file_events(conn, house, row.reference, [event], now=now, actor=actor)
        return letters.load(conn, letter)


def give_back(
    house: OpenOffice, letter: str, *, because: str, now: datetime, actor: Actor
) -> LetterRow:
    """Do not approve it: the letter is a draft again, with the reason on the record.

    Raises NotAllowed as `second` does, and where no reason is given.
    """
    if not because.strip():
        raise NotAllowed("Say what should be changed before the letter can go.")
    with house.database.writing() as conn:
        row = _awaited(conn, letter, actor)
        letters.back_to_draft(conn, letter)
        event = LetterReturned(letter=letter, because=because.strip())
        file_events(conn, house, row.reference, [event], now=now, actor=actor)
        return letters.load(conn, letter)


def _awaited(conn: sa.Connection, letter: str, actor: Actor) -> LetterRow:
    """The letter that waits for this person. Raises NotAllowed."""
    if not actor.is_person:
        raise NotAllowed("A second approval is given by a named person; say who with --as.")
    row = letters.load(conn, letter)
    if row.status != "approved" or not row.second_because or row.second_by:
        raise NotAllowed(f"{letter} waits for no second approval.")
    if row.approved_by == actor.name:
        raise NotAllowed(
            f"{actor.name} approved {letter} already; the second approval is somebody else’s."
        )
    if users.load(conn, actor.name).may not in _MAY:
        raise NotAllowed("A second approval is given by a manager or an administrator.")
    considered.must_be_new_to_it(conn, row.reference, row.kind, actor.name, Part.SIGN)
    return row


def _named(text: LetterText) -> list[int]:
    """The sums that the words of a letter name, in pence."""
    return [
        int(found[1].replace(",", "")) * 100 + int(found[2] or 0)
        for found in _SUM.finditer(text.plain())
    ]
