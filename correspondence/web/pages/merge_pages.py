"""Merge a case into another, split one, take either back; and place a matter that came in (6.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import abort, flash, redirect, render_template, request, url_for

from correspondence.casework.drafting.carry_over import of_the_same_resident
from correspondence.casework.handling import added_matter, merge, split
from correspondence.casework.handling.split import Part
from correspondence.errors import CorrespondenceError
from correspondence.handling_code.added_issues import Place
from correspondence.intake.reading import SERVICE_AREAS
from correspondence.store import case_files, messages
from correspondence.web.desk import actor, house, now
from correspondence.web.forms import Problems, day_fields, day_given, number_given, words
from correspondence.web.spoken import plainly

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

_YES: Final = {"yes": True, "no": False}


def show(reference: str) -> ResponseReturnValue:
    """What can be merged and split."""
    return _page(reference, Problems())


def merge_now(reference: str) -> ResponseReturnValue:
    """Merge this case into another one."""
    problems, into = Problems(), words(request.form, "into").upper()
    if not into:
        problems.add("into", "Enter the reference of the case it is to be part of")
        return _page(reference, problems), 400
    try:
        merge.merge(house(), reference, into, now=now(), actor=actor())
    except CorrespondenceError as refused:
        problems.add("into", str(refused))
        return _page(reference, problems), 400
    flash(f"{reference} is part of {into} now. Confirm the definition, and tell the resident.")
    return redirect(url_for("case", reference=into))


def undo_now(reference: str) -> ResponseReturnValue:
    """Take a merging or a split back."""
    with house().database.reading() as conn:
        case = case_files.load(conn, reference)
    try:
        if case.merged_into:
            merge.undo_merge(house(), reference, now=now(), actor=actor())
            flash(f"{reference} stands by itself again.")
            return redirect(url_for("case", reference=reference))
        origin = split.undo_split(house(), reference, now=now(), actor=actor())
    except CorrespondenceError as refused:
        flash(str(refused), "problem")
        return redirect(url_for("case", reference=reference, itself="yes"))
    flash(f"{reference} is part of {origin.reference} again.")
    return redirect(url_for("case", reference=origin.reference))


def split_now(reference: str) -> ResponseReturnValue:
    """Make a part of this case a complaint of its own."""
    problems, form = Problems(), request.form
    raised_on = None
    if any(form.get(f"raised-{part}") for part in ("day", "month", "year")):
        raised_on = day_given(form, "raised", problems, what="the day it was raised")
    area = form.get("area", "")
    part = Part(
        messages=tuple(filter(None, map(number_given, form.getlist("message")))),
        points=tuple(filter(None, map(number_given, form.getlist("point")))),
        raised_on=raised_on,
        service_area=area if area in SERVICE_AREAS else "",
    )
    if problems:
        return _page(reference, problems), 400
    try:
        new = split.split(house(), reference, part, now=now(), actor=actor())
    except CorrespondenceError as refused:
        problems.add("split", str(refused))
        return _page(reference, problems), 400
    flash(f"{new.reference} is a complaint of its own, with a clock of its own.")
    return redirect(url_for("case", reference=new.reference))


def matter(reference: str, number: int) -> ResponseReturnValue:
    """Where does the matter of this message belong?"""
    return _matter_page(reference, number, Problems())


def matter_now(reference: str, number: int) -> ResponseReturnValue:
    """Put it there."""
    problems, form = Problems(), request.form
    answers = {name: _YES.get(form.get(name, "")) for name in ("response", "related", "delay")}
    if answers["response"] is None:
        answers["response"] = False
    for name, says in (
        ("related", "Say whether it is related to the running complaint"),
        ("delay", "Say whether it would delay the response unreasonably"),
    ):
        if answers[name] is None and not answers["response"]:
            problems.add(name, says)
    if problems:
        return _matter_page(reference, number, problems), 400
    try:
        placed = added_matter.place_matter(
            house(),
            reference,
            number,
            related=bool(answers["related"]),
            would_delay=bool(answers["delay"]),
            about_the_response=bool(answers["response"]),
            now=now(),
            actor=actor(),
        )
    except CorrespondenceError as refused:
        problems.add("related", str(refused))
        return _matter_page(reference, number, problems), 400
    said = placed.placement
    flash(f"Code {said.clause}: {said.because} {said.then}")
    if said.place is Place.THIS_STAGE_1:
        return redirect(url_for("definition", reference=placed.reference))
    return redirect(url_for("case", reference=placed.reference))


def _matter_page(reference: str, number: int, problems: Problems) -> str:
    with house().database.reading() as conn:
        case = case_files.load(conn, reference)
        row = messages.load(conn, number)
    if row.case_reference != reference:
        abort(404)
    return render_template(
        "matter.html",
        case=case,
        row=row,
        message=(row.reading or {}).get("message", {}),
        reading=(row.reading or {}).get("reading", {}),
        answered=case.stage == 2 or bool(case.now_at.responded_on),
        problems=problems,
    )


def _page(reference: str, problems: Problems) -> str:
    with house().database.reading() as conn:
        case = case_files.load(conn, reference)
        others = [row for row in of_the_same_resident(conn, case) if row.closed_on is None]
        rows = messages.of_case(conn, reference)
    ticked = set(request.form.getlist("message")), set(request.form.getlist("point"))
    return render_template(
        "merge.html",
        case=case,
        problems=problems,
        others=others,
        messages=rows,
        ticked_messages=ticked[0],
        ticked_points=ticked[1],
        raised_fields=day_fields(request.form, "raised"),
        areas=[
            {"value": one, "text": plainly(one) if one else "The same", "selected": not one}
            for one in SERVICE_AREAS
        ],
    )
