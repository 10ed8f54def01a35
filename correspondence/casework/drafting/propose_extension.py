"""The letter of an extension that nobody has decided yet: drafted before the day, for a decision.

What is on record stands in it: the day the response is due, what was done, the Ombudsman. The new
day, the reasons and how often the resident hears stay open, and with them open it cannot be
approved: they are a person's to decide, before the response is due (Code 6.4, 6.5, 6.15).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from correspondence.casework.drafting.letter_facts import EXTENSIONS
from correspondence.handling_code.long_date import long_date
from correspondence.letters.contents.extension import how_often

if TYPE_CHECKING:
    from datetime import date

    from correspondence.cases.case import Case
    from correspondence.letters.facts import FactValue

NEW_DAY: Final = "[the new day, to be decided]"
REASON: Final = "[Why it takes longer, in particulars of this complaint: to be decided.]"
UPDATES: Final = "[how often, to be agreed with them]"
"""Places left to be filled, which every check of a letter finds."""

_READY: Final = frozenset(("approved", "sending", "handed_over", "sent"))


def is_to_be_decided(case: Case) -> bool:
    """Whether the response may need longer, and nobody has decided: no answer is ready to go."""
    record = case.now_at
    if case.closed_on or record.responded_on or record.pending_extension:
        return False
    if record.acknowledged_on is None:
        return False
    answer = f"stage{case.stage}_response"
    return not any(one.kind == answer and one.status in _READY for one in case.letters)


def proposed_letter(case: Case, stage: int, *, due: date) -> dict[str, FactValue]:
    """The fields of such a letter, by the name its template uses; `due` is the day it extends."""
    record = case.stages[stage]
    since = record.acknowledged_on or record.received_on
    done = [
        f"This was done on {long_date(one.done_on)}: {one.what.rstrip('.')}."
        for one in case.actions
        if one.done_on is not None and one.done_on >= since and one.what
    ]
    agreed = record.update_interval
    return {
        "original_date": long_date(due),
        "new_date": NEW_DAY,
        "reasons": [REASON],
        "done": done,
        "updates": how_often(agreed) if agreed else UPDATES,
        "first_update_on": "",
        "apology": "I am sorry that this takes longer than we said.",
    }


def letters_of(case: Case) -> tuple[str, ...]:
    """The drafts of letters of extension at the stage the case is at."""
    kind = EXTENSIONS[case.stage].value
    return tuple(
        one.letter
        for one in case.letters
        if one.kind == kind and one.stage == case.stage and one.status == "draft"
    )
