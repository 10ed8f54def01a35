"""Who considered a complaint at stage 1, by the record, and who may at stage 2 (Code 6.13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from correspondence.cases.events import LetterApproved, LetterDrafted, LetterSeconded
from correspondence.casework.acting import ourselves
from correspondence.errors import NotAllowed
from correspondence.handling_code.stages import Part, may_decide_stage_2
from correspondence.letters.kinds import LetterKind
from correspondence.store import case_files, letters

if TYPE_CHECKING:
    import sqlalchemy as sa

    from correspondence.handling_code.ruling import Ruling

_ANSWER: Final = LetterKind.STAGE1_RESPONSE.value


def at_stage_1(conn: sa.Connection, reference: str) -> tuple[tuple[str, Part], ...]:
    """Who decided and who signed the stage 1 response: user names, each with the part they took.

    An answer counts as decided by whoever was named as deciding it, else by whoever drafted it;
    what was withdrawn counts for nothing. Whoever only changed its words decided nothing.
    """
    answers = {
        row.id
        for row in letters.listing(conn, references=[reference])
        if row.kind == _ANSWER and row.status != "withdrawn"
    }
    took = []
    for recorded in case_files.history(conn, reference):
        match recorded.event:
            case LetterDrafted(letter=letter, template=template) as drafted if letter in answers:
                if template and recorded.by != ourselves().name:
                    took.append((drafted.decided_by or recorded.by, Part.DECIDE))
            case LetterApproved(letter=letter) | LetterSeconded(letter=letter):
                if letter in answers:
                    took.append((recorded.by, Part.SIGN))
    return tuple(dict.fromkeys(took))


def may_consider(conn: sa.Connection, reference: str, person: str, part: Part) -> Ruling:
    """Whether that user may take this part in the stage 2 answer of a case (Code 6.13)."""
    return may_decide_stage_2(person, part, at_stage_1(conn, reference))


def must_be_new_to_it(
    conn: sa.Connection, reference: str, kind: str, person: str, part: Part
) -> None:
    """Raise NotAllowed where a stage 2 answer would be considered by somebody of stage 1."""
    if kind != LetterKind.STAGE2_RESPONSE.value:
        return
    ruling = may_consider(conn, reference, person, part)
    if not ruling:
        raise NotAllowed(f"{ruling.because} (Code {ruling.clause})")
