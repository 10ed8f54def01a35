"""Keep deadlines: find what is due soon, due or overdue, say so once, and draft what is owed.

    cases that changed, or have something due ──► notices, each once ──► letters, chasers
    alerts that nobody has seen               ──►
    cases whose time of keeping is over       ──►

It is a sweep: whatever a crash or a week away left undone, the next one does, and what was done is
not done again. Deadlines follow from the events each time; none is stored as truth.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from correspondence.cases.next_steps import Step, clock, next_steps
from correspondence.cases.notices import (
    Notice,
    hazard_notices,
    notices_of,
    soon_until,
)
from correspondence.casework.drafting import words_owed
from correspondence.casework.drafting.nothing_to_extend import withdraw_extensions
from correspondence.casework.following import alert, chase
from correspondence.casework.investigating import question_mail
from correspondence.casework.keeping import retention
from correspondence.errors import CorrespondenceError, StoreUnavailable
from correspondence.handling_code.london import day_in_london
from correspondence.store import case_files, notices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date, datetime

    import sqlalchemy as sa

    from correspondence.cases.case import Case
    from correspondence.casework.acting import Actor
    from correspondence.casework.drafting.draft import Drafted
    from correspondence.casework.open_office import OpenOffice
    from correspondence.letters.pool import LetterPress
    from correspondence.store.notices import NoticeRow

_TOGETHER: Final = 20
GONE: Final = ("sent", "failed", "withdrawn")  # letters that wait for nothing any more

MOST_CASES: Final = 500
"""Cases looked at by one sweep; the next goes on where it ended."""


@dataclass(slots=True)
class KeptDeadlines:
    """What a sweep did. `left` says that there is more than one sweep does."""

    looked_at: int = 0
    given: list[NoticeRow] = field(default_factory=list)
    settled: int = 0
    drafted: list[Drafted] = field(default_factory=list)
    chased: int = 0
    asked: int = 0
    problems: list[str] = field(default_factory=list)
    left: bool = False


def keep_deadlines(
    house: OpenOffice,
    press: LetterPress,
    *,
    now: datetime,
    actor: Actor,
    meanwhile: Callable[[], None] = lambda: None,
) -> KeptDeadlines:
    """One sweep. What goes wrong with one case holds no other up. Raises StoreUnavailable.

    `meanwhile` is done between some cases and the next, for what cannot wait until all are done.
    """
    kept = KeptDeadlines()
    today = day_in_london(now)
    soon = soon_until(today, house.settings.deadlines.soon, house.calendar)
    with house.database.reading() as conn:
        found = notices.to_look_at(
            conn, today=today, soon=soon, done_since=today - words_owed.LATELY, most=MOST_CASES
        )
    kept.left = len(found) == MOST_CASES
    for start in range(0, len(found), _TOGETHER):
        _look_at(house, press, kept, found[start : start + _TOGETHER], soon, now=now, actor=actor)
        meanwhile()
    _hazards(house, kept, now=now)
    _kept_long_enough(house, kept, today, now=now)
    chased, problems = chase.chase(house, now=now, actor=actor)
    asked, reminded, unsent = question_mail.write(house, now=now, actor=actor)
    kept.chased, kept.asked = chased + reminded, asked
    kept.problems += [*problems, *unsent]
    return kept


def steps_of(house: OpenOffice, case: Case, today: date) -> tuple[Step, ...]:
    """What is owed on a case, with the last day on which an extension can be told of (6.4)."""
    steps = next_steps(case, today, house.timescales, house.calendar)
    return (*steps, *_extension_window(house, case, today))


def _extension_window(house: OpenOffice, case: Case, today: date) -> Iterator[Step]:
    record = case.now_at
    if case.closed_on or record.responded_on or case.erased or record.pending_extension:
        return
    window = clock(case, house.timescales, house.calendar).of("extend_by")
    if window is not None and window.due is not None and window.due >= today:
        yield Step("extend_by", window.due, window.clause, window.because, overdue=False)


@dataclass(frozen=True, slots=True)
class _Look:
    """One case as a sweep found it. `waiting` are its letters that have not gone."""

    reference: str
    version: int
    found: tuple[Notice, ...]
    waiting: set[str]


def _look_at(
    house: OpenOffice,
    press: LetterPress,
    kept: KeptDeadlines,
    cases: Sequence[tuple[str, int]],
    soon: date,
    *,
    now: datetime,
    actor: Actor,
) -> None:
    """Draft what some cases are owed, give their notices and settle the others, in one unit."""
    looks = []
    for reference, version in cases:
        try:
            looks.append(
                _looked(house, press, kept, reference, version, soon, now=now, actor=actor)
            )
        except StoreUnavailable:
            raise
        except CorrespondenceError as error:
            kept.problems.append(f"The deadlines of {reference} were not looked at: {error}")
    with house.database.writing() as conn:
        for one in looks:
            kept.given += notices.give(conn, one.found, now=now)
            kept.settled += _settle(conn, one.reference, one.found, one.waiting, now=now)
            # The version as it was when the case was read: a change since is looked at next time.
            notices.looked_at(conn, one.reference, one.version, day_in_london(now))
    kept.looked_at += len(looks)


def _looked(
    house: OpenOffice,
    press: LetterPress,
    kept: KeptDeadlines,
    reference: str,
    version: int,
    soon: date,
    *,
    now: datetime,
    actor: Actor,
) -> _Look:
    """What stands on one case, the words it is owed being drafted."""
    today = day_in_london(now)
    with house.database.reading() as conn:
        case = case_files.load(conn, reference)
    case = withdraw_extensions(house, case, now=now, actor=actor)
    found = notices_of(reference, steps_of(house, case, today), today, soon)
    waiting = {one.letter for one in case.letters if one.status not in GONE}
    if house.settings.deadlines.draft_letters:
        drafted, problems = words_owed.draft_owed(house, press, case, found, now=now, actor=actor)
        kept.drafted += drafted
        kept.problems += problems
        waiting.update(one.letter for one in drafted)
    return _Look(reference, version, found, waiting)


def _settle(
    conn: sa.Connection,
    subject: str,
    found: tuple[Notice, ...],
    waiting: set[str],
    *,
    now: datetime,
) -> int:
    """Settle what is no longer so; a draft's notice holds while the letter is `waiting`."""
    still: dict[tuple[str, str, date], str] = {one.obligation: one.standing for one in found}
    for row in notices.standing(conn, subject=subject):
        if row.duty in _OTHERWISE or (row.duty in words_owed.DUTIES and row.letter in waiting):
            still[row.duty, row.about, row.due] = row.standing
    return notices.settle(conn, subject, still, now)


_OTHERWISE: Final = ("make_safe", "investigate", "retention")
"""Duties whose notices do not follow from a case's steps."""


def _hazards(house: OpenOffice, kept: KeptDeadlines, *, now: datetime) -> None:
    """The clocks of alerts that nobody has seen; seen by somebody, they are in hand."""
    found: list[Notice] = []
    for one in alert.standing(house):
        subject = one.row.case_reference or f"message:{one.row.message}"
        found += hazard_notices(subject, f"alert:{one.row.id}", one.clocks, now)
    holds = {(one.subject, one.about) for one in found}
    with house.database.reading() as conn:
        known = notices.standing(conn, duties=("make_safe", "investigate"))
        new = [one for one in found if not notices.was_given(conn, one)]
    over = {row.subject for row in known if (row.subject, row.about) not in holds}
    if not new and not over:
        return
    with house.database.writing() as conn:
        kept.given += notices.give(conn, new, now=now)
        for subject in over:
            still = {
                (row.duty, row.about, row.due): row.standing
                for row in notices.standing(conn, subject=subject)
                if row.duty not in ("make_safe", "investigate")
            }
            kept.settled += notices.settle(conn, subject, still, now)


def _kept_long_enough(
    house: OpenOffice, kept: KeptDeadlines, today: date, *, now: datetime
) -> None:
    """Cases whose time of keeping is over: a notice each, and nothing is erased by itself."""
    due = [
        Notice(one.subject, "retention", "", "due", one.due, "", f"It may be erased: {one.because}")
        for one in retention.due_cases(house, today, unnoticed=True)
    ]
    if due:
        with house.database.writing() as conn:
            kept.given += notices.give(conn, due, now=now)
