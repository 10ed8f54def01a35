"""The whole office at a glance: who has what, what is late or will be, what was promised."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from flask import Response, abort, render_template

from correspondence.errors import CalendarRunsOut
from correspondence.handling_code.working_days import add_working_days, working_days_between
from correspondence.store import actions, letters, messages, queue, users
from correspondence.store.queue import Narrowed
from correspondence.web.desk import house, today
from correspondence.web.exports import ExportTable, as_csv, as_xlsx
from correspondence.web.spoken import duty, how_long, plainly

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

    from correspondence.store.actions import ActionRow
    from correspondence.store.queue import Queued

SOON: Final = 2
"""Working days ahead in which a case without an approved letter is likely to be late."""

_READY: Final = ("approved", "sending", "handed_over")


@dataclass(frozen=True, slots=True)
class Load:
    """What one person has: their open cases by stage, and how many of them are late."""

    handler: str
    name: str
    stage1: int
    stage2: int
    late: int


@dataclass(frozen=True, slots=True)
class AtRisk:
    """A case that is late or will be: how much, whose it is, and whether a letter is ready."""

    queued: Queued
    name: str
    when: str
    late: bool
    ready: bool


@dataclass(frozen=True, slots=True)
class Outstanding:
    """A promise that is still to be kept, and how long it has been due."""

    action: ActionRow
    when: str
    late_days: int  # working days; 0 while it is not late


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the page, and in its files."""

    queued: tuple[Queued, ...]
    names: dict[str, str]
    at_risk: tuple[AtRisk, ...]
    outstanding: tuple[Outstanding, ...]
    asking: int


def show() -> ResponseReturnValue:
    """The page."""
    seen = _overview()
    return render_template(
        "manager.html",
        caseload=_caseload(seen.queued, seen.names),
        open_cases=len(seen.queued),
        late=[one for one in seen.at_risk if one.late],
        soon=[one for one in seen.at_risk if not one.late],
        outstanding=seen.outstanding,
        overdue=sum(one.late_days > 0 for one in seen.outstanding),
        asking=seen.asking,
        soon_days=SOON,
    )


def export(table: str, ending: str) -> ResponseReturnValue:
    """A table of the page as a file."""
    seen = _overview()
    match table:
        case "cases":
            made = _cases_table(seen)
        case "actions":
            made = _actions_table(seen)
        case _:
            abort(404)
    raw, content_type = (
        (as_csv(made), "text/csv; charset=utf-8")
        if ending == "csv"
        else (
            as_xlsx(made),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )
    )
    name = f"{table}-{today().isoformat()}.{ending}"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(raw, content_type=content_type, headers=disposition)


def _overview() -> Overview:
    with house().database.reading() as conn:
        queued = queue.page(conn, Narrowed())
        known = users.listing(conn)
        ready = {row.reference for row in letters.listing(conn, statuses=_READY)}
        promised = actions.listing(conn)
        asking = messages.needing_person(conn)
    names = {one.name: one.display_name for one in known}
    until = _soon()
    at_risk = tuple(
        AtRisk(
            one,
            names.get(one.handler, one.handler),
            how_long(one.case.next_due, today(), house().calendar),
            late=one.case.next_due < today(),
            ready=one.case.reference in ready,
        )
        for one in queued
        if one.case.next_due is not None
        and (
            one.case.next_due < today()
            or (one.case.next_due <= until and one.case.reference not in ready)
        )
    )
    return Overview(queued, names, at_risk, tuple(map(_outstanding, promised)), asking)


def _soon() -> date:
    try:
        return add_working_days(today(), SOON, house().calendar)
    except CalendarRunsOut:
        return today()


def _outstanding(action: ActionRow) -> Outstanding:
    late = 0
    if action.due < today():
        try:
            late = max(1, working_days_between(action.due, today(), house().calendar))
        except CalendarRunsOut:
            late = (today() - action.due).days
    return Outstanding(action, how_long(action.due, today(), house().calendar), late)


def _caseload(queued: Sequence[Queued], names: dict[str, str]) -> list[Load]:
    """By person, in the order of their names; what nobody has yet comes first."""
    held = {"": "Nobody yet", **names}
    stages = Counter((one.handler, one.case.stage) for one in queued)
    late = Counter(
        one.handler
        for one in queued
        if one.case.next_due is not None and one.case.next_due < today()
    )
    return [
        Load(handler, name, stages[handler, 1], stages[handler, 2], late[handler])
        for handler, name in held.items()
        if handler == "" or stages[handler, 1] or stages[handler, 2]
    ]


def _cases_table(seen: Overview) -> ExportTable:
    columns = (
        "Reference", "Resident", "Kind", "Stage", "Status", "Matter", "Flags", "Received",
        "Acknowledged", "What is owed", "By", "Why then", "With", "Needs a person",
    )  # fmt: skip
    rows = tuple(
        (
            one.case.reference,
            one.case.resident_name,
            plainly(one.case.kind),
            one.case.stage,
            plainly(one.case.status),
            plainly(one.case.service_area),
            ", ".join(plainly(flag) for flag in one.case.flags),
            one.case.received_on,
            one.case.acknowledged_on,
            duty(one.case.next_duty),
            one.case.next_due,
            one.case.next_because,
            seen.names.get(one.handler, one.handler),
            "yes" if one.case.needs_person else "no",
        )
        for one in seen.queued
    )
    return ExportTable("Cases", columns, rows)


def _actions_table(seen: Overview) -> ExportTable:
    columns = (
        "Action", "Case", "Letter", "What was promised", "Owner", "By", "Promised for first",
        "Working days overdue", "Pounds",
    )  # fmt: skip
    rows = tuple(
        (
            one.action.id,
            one.action.reference,
            one.action.letter,
            one.action.what,
            one.action.owner,
            one.action.due,
            one.action.promised_for,
            one.late_days,
            None if one.action.pence is None else f"{one.action.pence / 100:.2f}",
        )
        for one in seen.outstanding
    )
    return ExportTable("Promised actions", columns, rows)
