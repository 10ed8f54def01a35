"""Settings: the templates of letters, tried, looked at, then published in versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import Response, abort, flash, redirect, render_template, request, url_for

from correspondence.casework.stationery import letterheads, working_copy
from correspondence.casework.stationery.publish_template import prove_folder, publish
from correspondence.casework.stationery.template_versions import newest, versions
from correspondence.casework.stationery.templates import (
    files_of,
    folder_in_use,
    languages_in,
    own_folder,
    template_in,
)
from correspondence.errors import CorrespondenceError
from correspondence.letters.contents import CONTENTS
from correspondence.letters.fields import FIELDS, POINT_FIELDS
from correspondence.letters.kinds import LetterKind
from correspondence.web import previews
from correspondence.web.desk import actor, house, now
from correspondence.web.forms import Problems

if TYPE_CHECKING:
    from pathlib import Path

    from flask.typing import ResponseReturnValue

    from correspondence.casework.stationery.publish_template import Proved

LARGEST: Final = 5_000_000
"""Bytes of a template."""

_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LETTER: Final = "letter.docx"


@dataclass(frozen=True, slots=True)
class Line:
    """A kind of letter in the list: where its letters come from, and whether one is in work."""

    kind: LetterKind
    source: str
    languages: int
    in_work: bool


def show_all() -> ResponseReturnValue:
    """Every kind of letter."""
    office = house().office
    return render_template(
        "templates.html",
        lines=[
            Line(
                kind,
                _source(kind),
                len(languages_in(folder_in_use(office, kind))),
                working_copy.is_there(office, kind.value),
            )
            for kind in LetterKind
        ],
    )


def show(kind: str) -> ResponseReturnValue:
    """One kind: its template, what stands against the one in work, how its letters look."""
    return _page(_known(kind), Problems())


def upload_now(kind: str) -> ResponseReturnValue:
    """Take a Word file as the working copy of a kind, and say what stands against it."""
    known, problems, file = _known(kind), Problems(), request.files.get("docx")
    raw = file.read(LARGEST + 1) if file and file.filename else b""
    if not raw:
        problems.add("docx", "Choose the Word file with the new words")
    elif len(raw) > LARGEST:
        problems.add("docx", "The file is larger than 5 megabytes; take pictures out of it")
    elif not raw.startswith(b"PK\x03\x04"):
        problems.add("docx", "That is no Word file; save it as .docx")
    if problems:
        return _page(known, problems), 400
    try:
        base = files_of(_folder(known))
        working_copy.put(house().office, known.value, {**base, _LETTER: raw})
    except CorrespondenceError as refused:
        problems.add("docx", str(refused))
        return _page(known, problems), 400
    return redirect(url_for("template", kind=known.value, _anchor="looks"))


def publish_now(kind: str) -> ResponseReturnValue:
    """Draft every letter of the kind from it from now on."""
    known, problems = _known(kind), Problems()
    folder = working_copy.folder_of(house().office, known.value)
    try:
        published = publish(house(), known, folder, now=now(), actor=actor())
    except CorrespondenceError as refused:
        problems.add("looks", str(refused))
        return _page(known, problems), 409
    working_copy.throw_away(house().office, known.value)
    flash(f"The {known.plainly} is drafted from version {published.number} from now on.")
    return redirect(url_for("template", kind=known.value))


def throw_away_now(kind: str) -> ResponseReturnValue:
    """Forget what was being worked on."""
    working_copy.throw_away(house().office, _known(kind).value)
    flash("The template stays as it is.")
    return redirect(url_for("template", kind=kind))


def docx(kind: str) -> ResponseReturnValue:
    """The Word file: of the working copy where there is one."""
    known = _known(kind)
    raw = template_in(_folder(known), known).docx
    disposition = f'attachment; filename="{known.value}.docx"'
    return Response(raw, content_type=_WORD, headers={"Content-Disposition": disposition})


def picture(kind: str, page: int) -> ResponseReturnValue:
    """A page of an invented letter from it."""
    known = _known(kind)
    return previews.picture(_preview(known), page)


def _known(kind: str) -> LetterKind:
    try:
        return LetterKind(kind)
    except ValueError:
        abort(404)


def _folder(kind: LetterKind) -> Path:
    office = house().office
    if working_copy.is_there(office, kind.value):
        return working_copy.folder_of(office, kind.value)
    return folder_in_use(office, kind)


def _source(kind: LetterKind) -> str:
    office = house().office
    own = own_folder(office, kind)
    published = newest(own)
    if published is not None:
        return f"version {published.number} of your own"
    return "your own, not published" if folder_in_use(office, kind) == own else "as shipped"


def _preview(kind: LetterKind) -> bytes:
    template, head = template_in(_folder(kind), kind), letterheads.in_use(house().office)
    return previews.made(template, head.head, (template.version, head.digest))


def _page(kind: LetterKind, problems: Problems) -> str:
    office = house().office
    in_work = working_copy.is_there(office, kind.value)
    proved: tuple[Proved, ...] = prove_folder(_folder(kind), kind) if in_work else ()
    form = CONTENTS.get(kind)
    try:
        pages = previews.pages(_preview(kind))
    except CorrespondenceError:
        pages = 0
    return render_template(
        "template.html",
        kind=kind,
        problems=problems,
        in_work=in_work,
        proved=proved,
        ok=bool(proved) and all(one.ok for one in proved),
        source=_source(kind),
        versions=versions(own_folder(office, kind))[::-1],
        pages=pages,
        key=now().strftime("%H%M%S"),
        fields={**FIELDS, **POINT_FIELDS, **(form.FIELDS if form else {})},
    )
