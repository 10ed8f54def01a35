"""Settings: the register of homes and the people in them, taken in from the housing system."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import render_template, request

from correspondence.casework.reporting.people import import_people
from correspondence.errors import CorrespondenceError
from correspondence.store import people
from correspondence.web.desk import actor, house, now
from correspondence.web.forms import Problems

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from correspondence.casework.reporting.people import ImportedPeople

LARGEST: Final = 24_000_000
"""Bytes of a register on a page; the shell takes larger ones."""


def show() -> ResponseReturnValue:
    """How many are known, and the form for a newer file."""
    return _page(Problems())


def import_now() -> ResponseReturnValue:
    """Take in every line of the file, or none and the bad lines by number."""
    problems, file = Problems(), request.files.get("file")
    raw = file.read(LARGEST + 1) if file and file.filename else b""
    if not raw:
        problems.add("file", "Choose the file from your housing system")
    elif len(raw) > LARGEST:
        problems.add("file", "The file is too large for a page: correspondence people import")
    if problems:
        return _page(problems), 400
    try:
        done = import_people(
            house(),
            raw,
            "the file",
            whole=request.form.get("whole") == "yes",
            now=now(),
            actor=actor(),
        )
    except CorrespondenceError as refused:
        problems.add("file", str(refused))
        return _page(problems), 400
    return _page(problems, done)


def _page(problems: Problems, done: ImportedPeople | None = None) -> str:
    with house().database.reading() as conn:
        known = people.count(conn)
    return render_template("people.html", problems=problems, known=known, done=done)
