"""One case: what is owed and why, who it is about, its letters, promises, messages and history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from pydantic import ValidationError

from correspondence.cases.case import fold
from correspondence.cases.definition import ComplaintDefinition, DefinitionPoint
from correspondence.cases.next_steps import clock, next_steps
from correspondence.casework.following.alert import see, with_clocks
from correspondence.casework.handling.added_matter import unplaced
from correspondence.casework.handling.define import define
from correspondence.casework.handling.log import Closing, Note, close, log_note
from correspondence.errors import CorrespondenceError
from correspondence.store import (
    actions,
    alerts,
    case_files,
    handlers,
    letters,
    messages,
    users,
)
from correspondence.web.dangers import dangers
from correspondence.web.desk import actor, desk, house, now, today, user
from correspondence.web.forms import Problems, day_fields, day_given, words
from correspondence.web.letter_posted import with_whom
from correspondence.web.pages.draft_pages import kinds_for
from correspondence.web.spoken import how_long
from correspondence.web.timeline import timeline
from correspondence.web.way_on import way_on

if TYPE_CHECKING:
    from datetime import date

    from flask.typing import ResponseReturnValue

    from correspondence.cases.case import Case

CHANNELS = ("telephone", "visit", "email", "letter", "decision", "note")
"""How something came about that is recorded as a note."""


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing that is owed, by when, why then, and how long there is."""

    duty: str
    due: date | None
    because: str
    when: str
    overdue: bool
    do: str  # what to do for it, and the page for that; both empty where there is none
    there: str


def show(reference: str) -> ResponseReturnValue:
    """The case; of one that was merged, the case it is part of, unless it itself is asked for."""
    if request.args.get("itself") != "yes":
        with house().database.reading() as conn:
            into = case_files.row(conn, reference).merged_into
        if into:
            flash(f"{reference} is part of {into} now.")
            return redirect(url_for("case", reference=into))
    return _page(reference, Problems())


def note_now(reference: str) -> ResponseReturnValue:
    """Record a call, a visit, a decision."""
    problems = Problems()
    on = day_given(request.form, "on", problems, what="the day it happened")
    text = words(request.form, "text")
    if not text:
        problems.add("text", "Enter what happened")
    channel = request.form.get("channel", "")
    if channel not in CHANNELS:
        problems.add("channel", "Choose how it came about")
    if not problems and on is not None:
        note = Note(
            on=on,
            channel=channel,
            text=text,
            updates_resident=request.form.get("updates_resident") == "yes",
        )
        try:
            log_note(house(), reference, note, now=now(), actor=actor())
        except CorrespondenceError as refused:
            problems.add("text", str(refused))
    if problems:
        return _page(reference, problems), 400
    flash("Recorded on the case.")
    return redirect(url_for("case", reference=reference))


def close_now(reference: str) -> ResponseReturnValue:
    """Close the case, where the Code lets it be closed."""
    problems = Problems()
    try:
        closing = Closing.model_validate(
            {
                "reason": request.form.get("reason", ""),
                "on": today(),
                "because": words(request.form, "because"),
            }
        )
        close(house(), reference, closing, now=now(), actor=actor())
    except ValidationError:
        problems.add("reason", "Choose why the case is closed")
    except CorrespondenceError as refused:
        problems.add("reason", str(refused))
    if problems:
        return _page(reference, problems), 400
    flash("The case is closed. What was promised is followed until it is done.")
    return redirect(url_for("case", reference=reference))


def alert_seen_now(reference: str) -> ResponseReturnValue:
    """Record that a person has seen what a colleague took down of danger."""
    try:
        see(house(), reference, now=now(), actor=actor())
    except CorrespondenceError as refused:
        flash(str(refused), "problem")
    else:
        flash("On record: you have seen it. Its clocks run on until it is made safe.")
    return redirect(url_for("case", reference=reference))


def definition(reference: str) -> ResponseReturnValue:
    """The form on which the complaint is defined (Code 5.6)."""
    with house().database.reading() as conn:
        case = case_files.load(conn, reference)
    return _definition_page(case, Problems(), case.now_at.definition)


def define_now(reference: str) -> ResponseReturnValue:
    """Keep the definition; the acknowledgement is drafted anew."""
    problems, form = Problems(), request.form
    with house().database.reading() as conn:
        case = case_files.load(conn, reference)
    points = []
    for number in range(_rows(form.get("rows", ""))):
        text = words(form, f"point-{number}")
        if not text:
            continue
        ours = {"yes": True, "no": False}.get(form.get(f"ours-{number}", ""))
        if ours is None:
            problems.add(f"ours-{number}", f"Say whether we are responsible for point {number + 1}")
        points.append(
            DefinitionPoint(text=text, responsible=ours, signpost=words(form, f"who-{number}"))
        )
    if not points:
        problems.add("point-0", "Enter at least one point of the complaint")
    outcomes = tuple(line.strip() for line in words(form, "outcomes").split("\n") if line.strip())
    question = words(form, "question")
    if not outcomes and not question:
        problems.add("outcomes", "Enter the outcomes the resident wants, or a question to ask them")
    said = ComplaintDefinition(points=tuple(points), outcomes=outcomes, question=question)
    drafted = None
    if not problems:
        try:
            drafted = define(house(), desk().press, reference, said, now=now(), actor=actor())
        except (CorrespondenceError, ValidationError) as refused:
            problems.add("point-0", str(refused))
    if problems:
        return _definition_page(case, problems, said), 400
    if drafted is None:
        flash("The complaint is defined. Its acknowledgement has left already: tell the resident.")
        return redirect(url_for("case", reference=reference))
    flash("The complaint is defined, and its acknowledgement was drafted anew.")
    return redirect(url_for("letter", letter=drafted.letter))


def _rows(given: str) -> int:
    return min(int(given), 50) if given.isascii() and given.isdigit() else 0


def _definition_page(case: Case, problems: Problems, said: ComplaintDefinition) -> str:
    blank = DefinitionPoint.model_construct(text="", responsible=None, signpost="")
    return render_template(
        "definition.html",
        case=case,
        problems=problems,
        points=[*said.points, blank, blank],
        definition=said,
        written=case.now_at.points,
        asked=case.now_at.outcome_sought,
    )


def _page(reference: str, problems: Problems) -> str:
    calendar = house().calendar
    with house().database.reading() as conn:
        history = case_files.history(conn, reference)
        case = fold(one.event for one in history)
        handed = handlers.history(conn, reference)
        known = users.listing(conn)
        whole = (reference, *case.merged_from)
        shown: dict[str, Any] = {
            "letters": (its_letters := letters.listing(conn, references=whole)),
            "with_whom": with_whom(conn, its_letters),
            "messages": messages.of_case(conn, reference),
            "promises": [
                one
                for each in whole
                for one in actions.listing(conn, reference=each, with_done=True)
            ],
            "dangers": dangers(
                conn,
                [
                    with_clocks(house(), row)
                    for each in whole
                    for row in alerts.of_case(conn, each)
                    if row.seen_at is None
                ],
            ),
            "matters": unplaced(conn, case),
            "handler": handlers.handler_of(conn, reference),
        }
    owed = [
        Owed(
            step.duty,
            step.due,
            step.because,
            how_long(step.due, today(), calendar),
            step.overdue,
            *way_on(step, case, shown["letters"], shown["promises"]),
        )
        for step in next_steps(case, today(), house().timescales, calendar)
    ]
    names = {one.name: one.display_name for one in known}
    signed_in = user()
    works = signed_in is not None and signed_in.may != "reader"
    return render_template(
        "case.html",
        case=case,
        record=case.now_at,
        owed=owed,
        dates=[] if case.closed_on else clock(case, house().timescales, calendar).dates,
        when=lambda due: how_long(due, today(), calendar),
        history=timeline(history, handed, names, works=works),
        people=known,
        names=names,
        channels=CHANNELS,
        kinds=kinds_for(case),
        problems=problems,
        on_fields=day_fields(request.form, "on", today()),
        today=today(),
        open_promises=[one for one in shown["promises"] if one.done_on is None],
        **shown,
    )
