"""Draft the words the Code asks for while a case goes on, from what is on record and no more.

    the response is due soon, and nobody has decided yet        6.4, 6.15
    an extension was decided, and the resident is to be told    6.4, 6.15
    an update is due                                            5.9
    the day of a promised action moved                          6.6, 6.17
    a promised action is done                                   6.6, 7.3

Each is a draft, once: an officer says more in it, approves it, or withdraws it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from correspondence.cases.notices import Notice
from correspondence.casework.drafting.draft import draft
from correspondence.casework.drafting.letter_facts import EXTENSIONS
from correspondence.casework.drafting.propose_extension import (
    is_to_be_decided,
    letters_of,
    proposed_letter,
)
from correspondence.errors import CorrespondenceError, StoreUnavailable
from correspondence.handling_code.london import day_in_london
from correspondence.handling_code.long_date import long_date
from correspondence.letters.contents.actions import ActionCompletionContent, ActionUpdateContent
from correspondence.letters.contents.meanwhile import ProgressUpdateContent
from correspondence.letters.kinds import LetterKind
from correspondence.store import case_files, letters, notices

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    import sqlalchemy as sa

    from correspondence.cases.actions import ActionRecord
    from correspondence.cases.case import Case
    from correspondence.casework.acting import Actor
    from correspondence.casework.drafting.draft import Drafted
    from correspondence.casework.open_office import OpenOffice
    from correspondence.letters.contents import LetterContent
    from correspondence.letters.pool import LetterPress

DUTIES: Final = (
    "word_of_longer",
    "word_of_extension",
    "word_of_progress",
    "word_of_change",
    "word_of_completion",
)
"""Under which duty a draft is noted, so that it is made once."""

_EVERY: Final = 7
"""Calendar days between updates where none were agreed."""

LATELY: Final = timedelta(days=28)
"""How long after an action was done its completion is still written about."""


def draft_owed(
    house: OpenOffice,
    press: LetterPress,
    case: Case,
    found: Sequence[Notice],
    *,
    now: datetime,
    actor: Actor,
) -> tuple[list[Drafted], list[str]]:
    """Draft what is owed and was not drafted before; the drafts, and what went wrong."""
    drafted: list[Drafted] = []
    problems: list[str] = []
    if case.erased is not None:
        return drafted, problems
    for kind, note, content in _owed(case, found, day_in_london(now)):
        with house.database.reading() as conn:
            if notices.was_given(conn, note):
                continue
            if _in_hand(case, kind) and not _only_proposed(conn, case, note):
                continue
        longer = note.duty == "word_of_longer"
        proposed = proposed_letter(case, case.stage, due=note.due) if longer else None
        try:
            made = draft(
                house,
                press,
                case.reference,
                kind,
                now=now,
                actor=actor,
                content=content,
                proposed=proposed,
            )
        except StoreUnavailable:
            raise
        except CorrespondenceError as error:
            problems.append(f"The {kind.plainly} of {case.reference} was not drafted: {error}")
            continue
        drafted.append(made)
        with house.database.writing() as conn:
            notices.give(conn, [note], now=now, letter=made.letter)
        with house.database.reading() as conn:
            case = case_files.load(conn, case.reference)
    return drafted, problems


def _only_proposed(conn: sa.Connection, case: Case, note: Notice) -> bool:
    """Whether what waits is our own proposal, untouched, of what has been decided now."""
    if note.duty != "word_of_extension":
        return False
    waiting = letters_of(case)
    proposed = {one.letter for one in notices.of_duty(conn, case.reference, "word_of_longer")}
    return bool(waiting) and all(
        one in proposed and letters.load(conn, one).revision == 1 for one in waiting
    )


def _in_hand(case: Case, kind: LetterKind) -> bool:
    """Whether a letter of that kind waits already: drafting again would write over it."""
    return any(
        one.kind == kind.value and one.status in {"draft", "approved", "sending", "handed_over"}
        for one in case.letters
    )


def _owed(
    case: Case, found: Sequence[Notice], today: date
) -> Iterator[tuple[LetterKind, Notice, LetterContent | None]]:
    yield from _extension(case)
    yield from _longer(case, found)
    yield from _progress(case, found, today)
    for action in case.actions:
        if action.is_untold and action.due >= today:
            yield LetterKind.ACTION_UPDATE, _note(case, "word_of_change", action), _moved(action)
        if action.done_on is not None and today - action.done_on <= LATELY:
            note = _note(case, "word_of_completion", action)
            yield LetterKind.ACTION_COMPLETION, note, _completed(action)


def _extension(case: Case) -> Iterator[tuple[LetterKind, Notice, None]]:
    """Decided, with all the letter has to say; a second person may still have to agree (6.4)."""
    pending = case.now_at.pending_extension
    if pending is None or case.closed_on or not pending.reasons:
        return
    if pending.update_interval is None and case.now_at.update_interval is None:
        return
    note = Notice(
        case.reference,
        "word_of_extension",
        f"stage{case.stage}.{pending.number}",
        "due",
        pending.new_date,
        "6.4" if case.stage == 1 else "6.15",
        "The extension was decided, and the resident is to be told of it in writing.",
    )
    yield EXTENSIONS[case.stage], note, None


def _longer(case: Case, found: Sequence[Notice]) -> Iterator[tuple[LetterKind, Notice, None]]:
    """The last day to tell of an extension is near, and nobody has said whether there is one."""
    near = next((one for one in found if one.duty == "extend_by"), None)
    if near is None or not is_to_be_decided(case):
        return
    note = Notice(
        case.reference,
        "word_of_longer",
        f"stage{case.stage}",
        "due",
        near.due,
        near.clause,
        "The response is due soon. Answer in time, or decide on a new day and say why (Code "
        f"{'6.4' if case.stage == 1 else '6.15'}): the letter is drafted, and goes with neither.",
    )
    yield EXTENSIONS[case.stage], note, None


def _progress(
    case: Case, found: Sequence[Notice], today: date
) -> Iterator[tuple[LetterKind, Notice, LetterContent]]:
    """An update is due soon, today or overdue: what is on record, and when they hear next."""
    due = next((one for one in found if one.duty == "update"), None)
    if due is None:
        return
    record = case.now_at
    note = Notice(
        case.reference, "word_of_progress", f"stage{case.stage}", "due", due.due, "5.9", due.because
    )
    answer = next((one.due for one in found if one.duty == "respond"), None)
    late = answer is not None and answer < today
    again = today + timedelta(days=record.update_interval or _EVERY)
    extended = record.extended_to
    done = ["We are looking into your complaint, and we have not finished yet"]
    since = record.updated_on or record.acknowledged_on or record.received_on
    done += [
        f"This was done on {long_date(one.done_on)}: {one.what}"
        for one in case.actions
        if one.done_on is not None and one.done_on > since and one.what
    ]
    if extended is not None and extended >= today:
        coming = f"We will send you our full response by {long_date(extended)}"
        again = min(again, extended) if extended > today else again
    else:
        coming = f"We will tell you by {long_date(again)} how things stand"
    yield (
        LetterKind.PROGRESS_UPDATE,
        note,
        ProgressUpdateContent(
            done=tuple(done),
            coming=(coming,),
            next_update_on=again,
            apology="I am sorry that our response is late." if late else "",
        ),
    )


def _moved(action: ActionRecord) -> ActionUpdateContent:
    return ActionUpdateContent(
        action=action.what or "what we promised",
        owner=action.owner or "us",
        promised_for=action.told_due or action.promised_for,
        standing="It has not been done yet",
        new_date=action.due,
        why_moved=action.why_moved or "it takes longer than we thought",
        apology="I am sorry that this is later than we told you.",
    )


def _completed(action: ActionRecord) -> ActionCompletionContent:
    return ActionCompletionContent(
        action=action.what or "what we promised",
        finished_on=action.done_on or action.due,
        evidence=action.evidence,
    )


def _note(case: Case, duty: str, action: ActionRecord) -> Notice:
    day = action.done_on or action.due
    clause = "6.17" if action.stage == 2 else "6.6"
    because = f"Code {clause}: the resident is to be told of {action.id}."
    return Notice(case.reference, duty, action.id, "due", day, clause, because)
