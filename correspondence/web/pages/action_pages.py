"""One promised action: record that it was done, or move its day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from correspondence.casework.following.follow_up import (
    approve_payment,
    complete,
    confirm,
    needs_approval,
    revise,
)
from correspondence.errors import CorrespondenceError
from correspondence.store import actions, case_files
from correspondence.web.desk import actor, house, now, today
from correspondence.web.forms import Problems, day_fields, day_given, words
from correspondence.web.spoken import how_long

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


def show(action: str) -> ResponseReturnValue:
    """What was promised, by when, and the two forms."""
    return _page(action, Problems())


def done_now(action: str) -> ResponseReturnValue:
    """Record that it was done, and how we know."""
    problems = Problems()
    on = day_given(request.form, "on", problems, what="the day it was done")
    evidence = words(request.form, "evidence")
    if not evidence:
        problems.add("evidence", "Enter how we know that it is done")
    file = request.files.get("file")
    kept = file.read() if file and file.filename else None
    if not problems and on is not None:
        try:
            done = complete(
                house(), action, on=on, evidence=evidence, file=kept, now=now(), actor=actor()
            )
        except CorrespondenceError as refused:
            problems.add("evidence", str(refused))
        else:
            flash(f"{done.id} is recorded as done.")
            return redirect(url_for("case", reference=_reference(action)))
    return _page(action, problems), 400


def revise_now(action: str) -> ResponseReturnValue:
    """Move its day, or give it to somebody else, with the reason."""
    problems = Problems()
    to = day_given(request.form, "to", problems, what="the day by which it will be done")
    because = words(request.form, "because")
    if not because:
        problems.add("because", "Enter why it moves: the resident will want to know")
    if not problems and to is not None:
        try:
            moved = revise(
                house(),
                action,
                to=to,
                because=because,
                owner=words(request.form, "owner"),
                now=now(),
                actor=actor(),
            )
        except CorrespondenceError as refused:
            problems.add("to-day", str(refused))
        else:
            flash(f"{moved.id} is moved. Tell the resident (Code 6.6).")
            return redirect(url_for("case", reference=_reference(action)))
    return _page(action, problems), 400


def approve_now(action: str) -> ResponseReturnValue:
    """Approve that the sum is paid."""
    problems = Problems()
    try:
        approve_payment(house(), action, now=now(), actor=actor())
    except CorrespondenceError as refused:
        problems.add("payment", str(refused))
        return _page(action, problems), 400
    flash("The payment is approved. Somebody else records it as paid.")
    return redirect(url_for("action", action=action))


def confirm_now(action: str) -> ResponseReturnValue:
    """Record that the resident agrees that it is done."""
    problems = Problems()
    on = day_given(request.form, "agreed", problems, what="the day the resident agreed")
    if not problems and on is not None:
        said = words(request.form, "said")
        try:
            confirm(house(), action, on=on, said=said, now=now(), actor=actor())
        except CorrespondenceError as refused:
            problems.add("agreed-day", str(refused))
        else:
            flash("It is on record that the resident agrees.")
            return redirect(url_for("action", action=action))
    return _page(action, problems), 400


def _reference(action: str) -> str:
    with house().database.reading() as conn:
        return actions.load(conn, action).reference


def _page(action: str, problems: Problems) -> str:
    with house().database.reading() as conn:
        row = actions.load(conn, action)
        case = case_files.load(conn, row.reference)
    known = next((one for one in case.actions if one.id == action), None)
    return render_template(
        "action.html",
        action=row,
        known=known,
        to_approve=needs_approval(house(), row),
        agreed_fields=day_fields(request.form, "agreed", today()),
        problems=problems,
        when=how_long(row.due, today(), house().calendar),
        overdue=row.done_on is None and row.due < today(),
        on_fields=day_fields(request.form, "on", today()),
        to_fields=day_fields(request.form, "to"),
    )
