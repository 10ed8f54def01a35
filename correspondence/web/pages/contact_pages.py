"""Restrictions of contact: what, why, with what regard to the Equality Act, until when (5.14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import flash, redirect, render_template, request, url_for
from pydantic import ValidationError

from correspondence.casework.handling.review import (
    RestrictedForm,
    RestrictionLiftedForm,
    RestrictionReviewedForm,
    record_review,
)
from correspondence.errors import CorrespondenceError
from correspondence.handling_code.months import add_calendar_months
from correspondence.store import case_files
from correspondence.web.desk import actor, house, now, today
from correspondence.web.forms import Problems, day_fields, day_given, number_given, words

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from correspondence.casework.handling.review import ReviewForm

_WORDS: Final = (
    ("what", "Enter what is restricted, and how"),
    ("because", "Enter the behaviour, and what shows it"),
    ("equality_considered", "Enter what was weighed under the Equality Act 2010"),
)


def show(reference: str) -> ResponseReturnValue:
    """The restrictions there are, and the forms."""
    return _page(reference, Problems())


def restrict_now(reference: str) -> ResponseReturnValue:
    """Restrict contact for a time."""
    problems, form = Problems(), request.form
    review_by = day_given(form, "review", problems, what="the day it is looked at again")
    for name, says in _WORDS:
        if not words(form, name):
            problems.add(name, says)
    if problems or review_by is None:
        return _page(reference, problems), 400
    try:
        asked = RestrictedForm(
            form="contact_restricted",
            on=today(),
            review_by=review_by,
            what=words(form, "what"),
            because=words(form, "because"),
            equality_considered=words(form, "equality_considered"),
        )
    except ValidationError:
        problems.add("what", "Keep each answer to 4,000 letters")
        return _page(reference, problems), 400
    return _recorded(reference, asked, "Contact is restricted.", "review-day")


def review_now(reference: str) -> ResponseReturnValue:
    """A restriction was looked at again: it holds, or it ends."""
    problems, form = Problems(), request.form
    number = number_given(form.get("restriction", "")) or None
    if form.get("holds") == "no":
        lifted = RestrictionLiftedForm(form="restriction_lifted", on=today(), restriction=number)
        return _recorded(reference, lifted, "The restriction is lifted.", f"because-{number}")
    review_by = day_given(form, f"next-{number}", problems, what="the day it is looked at next")
    because = words(form, "because")
    if form.get("holds") != "yes":
        problems.add(f"holds-{number}", "Say whether it still holds")
    if not because:
        problems.add(f"because-{number}", "Enter why it still holds")
    if problems or review_by is None:
        return _page(reference, problems), 400
    kept = RestrictionReviewedForm(
        form="restriction_reviewed",
        on=today(),
        review_by=review_by,
        because=because[:4_000],
        restriction=number,
    )
    return _recorded(reference, kept, "The review is on record.", f"next-{number}-day")


def _recorded(reference: str, form: ReviewForm, told: str, field: str) -> ResponseReturnValue:
    try:
        record_review(house(), reference, form, now=now(), actor=actor())
    except CorrespondenceError as refused:
        problems = Problems()
        problems.add(field, str(refused))
        return _page(reference, problems), 400
    flash(told)
    return redirect(url_for("contact", reference=reference))


def _page(reference: str, problems: Problems) -> str:
    with house().database.reading() as conn:
        case = case_files.load(conn, reference)
    in_three = add_calendar_months(today(), 3)
    return render_template(
        "contact.html",
        case=case,
        problems=problems,
        today=today(),
        holding=[one for one in case.restrictions if one.lifted_on is None],
        lifted=[one for one in case.restrictions if one.lifted_on is not None],
        review_fields=day_fields(request.form, "review", in_three),
        next_fields=lambda number: day_fields(request.form, f"next-{number}", in_three),
    )
