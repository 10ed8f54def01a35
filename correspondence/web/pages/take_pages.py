"""What comes by telephone, in person or on paper: a new complaint, or a request for stage 2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, get_args

from flask import flash, redirect, render_template, request, url_for
from pydantic import ValidationError

from correspondence.casework.handling.escalate import EscalationTaken, escalate
from correspondence.casework.handling.log import Channel, ComplaintTaken, open_case
from correspondence.errors import CorrespondenceError
from correspondence.intake.reading import FLAGS, SERVICE_AREAS
from correspondence.store import case_files
from correspondence.web.desk import actor, house, now, today
from correspondence.web.forms import Problems, day_fields, day_given, words
from correspondence.web.spoken import plainly

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask.typing import ResponseReturnValue

CHANNELS: Final[tuple[str, ...]] = get_args(Channel)
_RESIDENT: Final = ("name", "address", "postcode", "phone", "email")
_LONGEST: Final = 5_000


def show() -> ResponseReturnValue:
    """The form for a complaint that did not come by mail."""
    return _page(Problems())


def take_now() -> ResponseReturnValue:
    """Open its case."""
    problems, form = Problems(), request.form
    received = day_given(form, "received", problems, what="the day the first colleague had it")
    points = _lines(words(form, "points"))
    if not points:
        problems.add("points", "Enter what they complain about, in their words")
    if form.get("channel") not in CHANNELS:
        problems.add("channel", "Choose how it came")
    if not words(form, "name"):
        problems.add("name", "Enter whose complaint it is, or: not known")
    if problems:
        return _page(problems), 400
    said: dict[str, Any] = {
        "received_on": received,
        "channel": form.get("channel"),
        "stage": 2 if form.get("stage") == "2" else 1,
        "resident": {name: words(form, name)[:500] for name in _RESIDENT},
        "service_area": form.get("area", ""),
        "flags": form.getlist("flag"),
        "subject": words(form, "subject")[:300],
        "points": points,
        "outcome_sought": words(form, "outcome_sought")[:_LONGEST],
    }
    try:
        taken = ComplaintTaken.model_validate(said)
        case = open_case(house(), taken, now=now(), actor=actor())
    except ValidationError:
        problems.add("area", "Choose the service and the flags from the lists")
    except CorrespondenceError as refused:
        problems.add("received-day", str(refused))
    if problems:
        return _page(problems), 400
    flash(f"{case.reference} is open. Define the complaint, and it can be acknowledged.")
    return redirect(url_for("case", reference=case.reference))


def stage_2(reference: str) -> ResponseReturnValue:
    """The form for a request for stage 2."""
    return _stage_2_page(reference, Problems())


def stage_2_now(reference: str) -> ResponseReturnValue:
    """Move the case to stage 2, where the Code lets it."""
    problems, form = Problems(), request.form
    received = day_given(form, "received", problems, what="the day the first colleague had it")
    if form.get("channel") not in CHANNELS:
        problems.add("channel", "Choose how it came")
    if problems or received is None:
        return _stage_2_page(reference, problems), 400
    taken = EscalationTaken(
        received_on=received,
        channel=form.get("channel", ""),
        unresolved=_lines(words(form, "unresolved")),
        outcome_sought=words(form, "outcome_sought")[:2_000],
    )
    try:
        escalate(house(), reference, taken, now=now(), actor=actor())
    except CorrespondenceError as refused:
        problems.add("received-day", str(refused))
        return _stage_2_page(reference, problems), 400
    flash("The case is at stage 2. Set out what is unresolved, and acknowledge it (Code 6.11).")
    return redirect(url_for("case", reference=reference))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip()[:_LONGEST] for line in text.split("\n") if line.strip())[:50]


def _page(problems: Problems) -> str:
    form = request.form
    chosen = form.get("channel", "telephone")
    return render_template(
        "take.html",
        problems=problems,
        channels=_choices(CHANNELS, [chosen]),
        areas=_choices(SERVICE_AREAS, [form.get("area", "")]),
        flags=_choices(FLAGS, form.getlist("flag")),
        received_fields=day_fields(form, "received", today()),
    )


def _stage_2_page(reference: str, problems: Problems) -> str:
    with house().database.reading() as conn:
        case = case_files.load(conn, reference)
    return render_template(
        "stage_2.html",
        case=case,
        problems=problems,
        channels=_choices(CHANNELS, [request.form.get("channel", "telephone")]),
        received_fields=day_fields(request.form, "received", today()),
    )


def _choices(codes: Iterable[str], chosen: Iterable[str]) -> list[dict[str, Any]]:
    held = set(chosen)
    return [
        {"value": c, "text": plainly(c), "checked": c in held, "selected": c in held} for c in codes
    ]
