"""Whose complaint it is, put right by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import flash, redirect, render_template, request, url_for

from correspondence.casework.handling.resident import correct_resident
from correspondence.errors import CorrespondenceError
from correspondence.store import case_files
from correspondence.web.desk import actor, house, now
from correspondence.web.forms import Problems, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

_FIELDS: Final = ("name", "address", "postcode", "phone", "email")
_LONGEST: Final = 500  # characters of a field


def show(reference: str) -> ResponseReturnValue:
    """The resident as they stand on record."""
    with house().database.reading() as conn:
        case = case_files.load(conn, reference)
    return _page(reference, case.resident.model_dump(), Problems())


def correct_now(reference: str) -> ResponseReturnValue:
    """Keep who the resident is."""
    problems = Problems()
    given = {name: words(request.form, name)[:_LONGEST] for name in _FIELDS}
    with house().database.reading() as conn:
        case = case_files.load(conn, reference)
    if not given["name"]:
        problems.add("name", "Enter the resident’s name")
    else:
        said = case.resident.model_copy(update=given)
        try:
            righted = correct_resident(house(), reference, said, now=now(), actor=actor())
        except CorrespondenceError as refused:
            problems.add("email" if "address such as" in str(refused) else "name", str(refused))
    if problems:
        return _page(reference, given, problems), 400
    flash("The resident is put right.")
    if righted.to_draft_anew:
        flash(
            f"Written to the one before, so look at them, or draft them anew: "
            f"{', '.join(righted.to_draft_anew)}.",
            "problem",
        )
    return redirect(url_for("case", reference=reference))


def _page(reference: str, held: Mapping[str, str], problems: Problems) -> str:
    with house().database.reading() as conn:
        case = case_files.load(conn, reference)
    return render_template("resident.html", case=case, held=held, problems=problems)
