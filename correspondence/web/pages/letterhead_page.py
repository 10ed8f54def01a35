"""Settings: the letterhead's logo, colour and foot, tried, looked at, then published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import flash, redirect, render_template, request, url_for

from correspondence.casework.stationery import letterheads, working_copy
from correspondence.casework.stationery.letterhead_look import LARGEST_LOGO, look_of, with_look
from correspondence.casework.stationery.publish_template import (
    ProvedLetterhead,
    prove_letterhead_in,
    publish_letterhead,
)
from correspondence.casework.stationery.template_versions import versions
from correspondence.casework.stationery.templates import shipped_template
from correspondence.errors import CorrespondenceError
from correspondence.letters.kinds import LetterKind
from correspondence.web import previews
from correspondence.web.desk import actor, house, now
from correspondence.web.forms import Problems, words

if TYPE_CHECKING:
    from pathlib import Path

    from flask.typing import ResponseReturnValue

NAME: Final = letterheads.LETTERHEAD


def show() -> ResponseReturnValue:
    """The letterhead as it is, or as it is being worked on."""
    return _page(Problems())


def try_now() -> ResponseReturnValue:
    """Make a working copy with what was set, and say what stands against it."""
    problems, form, file = Problems(), request.form, request.files.get("logo")
    logo = file.read(LARGEST_LOGO + 1) if file and file.filename else None
    try:
        working_copy.put(
            house().office,
            NAME,
            with_look(
                letterheads.files_of(_folder()),
                colour=words(form, "colour"),
                foot=words(form, "foot"),
                logo=logo,
                keep_logo=form.get("without_logo") != "yes",
            ),
        )
    except CorrespondenceError as refused:
        about = "logo" if "logo" in str(refused) else "foot" if "foot" in str(refused) else "colour"
        problems.add(about, str(refused))
        return _page(problems), 400
    return redirect(url_for("letterhead", _anchor="looks"))


def publish_now() -> ResponseReturnValue:
    """Print every letter on it from now on."""
    problems = Problems()
    folder = working_copy.folder_of(house().office, NAME)
    try:
        published = publish_letterhead(house(), folder, now=now(), actor=actor())
    except CorrespondenceError as refused:
        problems.add("looks", str(refused))
        return _page(problems), 409
    working_copy.throw_away(house().office, NAME)
    flash(f"Letters are printed on version {published.number} of the letterhead from now on.")
    return redirect(url_for("letterhead"))


def throw_away_now() -> ResponseReturnValue:
    """Forget what was being worked on."""
    working_copy.throw_away(house().office, NAME)
    flash("The letterhead stays as it is.")
    return redirect(url_for("letterhead"))


def picture(page: int) -> ResponseReturnValue:
    """A page of an invented letter on it."""
    return previews.picture(_preview(_folder()), page)


def _folder() -> Path:
    office = house().office
    if working_copy.is_there(office, NAME):
        return working_copy.folder_of(office, NAME)
    return letterheads.in_use(office).folder


def _preview(folder: Path) -> bytes:
    head = letterheads.letterhead_in(folder)
    template = shipped_template(LetterKind.STAGE1_RESPONSE)
    return previews.made(template, head, letterheads.digest_of(head))


def _page(problems: Problems) -> str:
    office, folder = house().office, _folder()
    being_made = working_copy.is_there(office, NAME)
    proved = prove_letterhead_in(folder) if being_made else None
    look = look_of(letterheads.files_of(folder))
    return render_template(
        "letterhead.html",
        problems=problems,
        look=look,
        colour=request.form.get("colour", look.colour),
        foot=request.form.get("foot", look.foot),
        being_made=being_made,
        proved=proved,
        version=letterheads.in_use(office).version,
        versions=versions(letterheads.own_folder(office))[::-1],
        pages=_pages(folder, proved),
        key=letterheads.digest_of(letterheads.letterhead_in(folder))[:12],
    )


def _pages(folder: Path, proved: ProvedLetterhead | None) -> int:
    """How many pages can be looked at; none where it cannot be printed."""
    if proved is not None and any(one.id == "unusable" for one in proved.findings):
        return 0
    try:
        return previews.pages(_preview(folder))
    except CorrespondenceError:
        return 0
