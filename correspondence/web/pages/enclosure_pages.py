"""What goes with a letter, and how the resident is to hear from us."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import flash, redirect, render_template, request, url_for

from correspondence.casework.drafting.enclose import put_in, take_out
from correspondence.casework.handling.adjust import adjust
from correspondence.errors import CorrespondenceError
from correspondence.store import case_files
from correspondence.web.desk import actor, desk, house, now
from correspondence.web.forms import Problems, words
from correspondence.web.pages.letter_pages import page as letter_page

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

_LARGEST: Final = 20_000_000  # bytes of an enclosure; all together are held to less by its check
_YES_NO: Final = ("large_print", "plain_text", "no_telephone")
_WORDS: Final = ("language", "address", "note")


def enclose_now(letter: str) -> ResponseReturnValue:
    """Put a PDF with a letter; an approval given before is void."""
    problems, file = Problems(), request.files.get("enclosure")
    raw = file.read(_LARGEST + 1) if file and file.filename else b""
    if not raw:
        problems.add("enclosure", "Choose the PDF that goes with the letter")
    elif len(raw) > _LARGEST:
        problems.add("enclosure", "The PDF must be smaller than 20 megabytes")
    else:
        name = words(request.form, "name") or (file.filename if file else "") or "Enclosure"
        name = name if name.lower().endswith(".pdf") else f"{name}.pdf"
        try:
            put_in(house(), letter, name, raw, now=now(), actor=actor())
        except CorrespondenceError as refused:
            problems.add("enclosure", str(refused))
    if problems:
        return letter_page(letter, problems), 400
    flash("It goes with the letter.")
    return redirect(url_for("letter", letter=letter, _anchor="goes-with-it"))


def take_out_now(letter: str) -> ResponseReturnValue:
    """Have an enclosure go with the letter no longer."""
    try:
        take_out(house(), letter, request.form.get("name", ""), now=now(), actor=actor())
    except CorrespondenceError as refused:
        problems = Problems()
        problems.add("enclosure", str(refused))
        return letter_page(letter, problems), 400
    flash("It goes with the letter no longer.")
    return redirect(url_for("letter", letter=letter, _anchor="goes-with-it"))


def adjustments(reference: str) -> ResponseReturnValue:
    """What was agreed with the resident, and what can be."""
    with house().database.reading() as conn:
        case = case_files.load(conn, reference)
    return _adjustments_page(reference, Problems(), case.adjustments.model_dump())


def adjust_now(reference: str) -> ResponseReturnValue:
    """Record what was agreed; the letters that have not gone are made anew."""
    form, problems = request.form, Problems()
    changes: dict[str, Any] = {name: form.get(name) == "yes" for name in _YES_NO}
    changes |= {name: words(form, name) for name in _WORDS}
    changes["by"] = form.get("by", "")
    try:
        came_to = adjust(house(), desk().press, reference, changes, now=now(), actor=actor())
    except CorrespondenceError as refused:
        field = next((name for name in (*_WORDS, "by") if f"{name}:" in str(refused)), "language")
        problems.add(field, str(refused))
        return _adjustments_page(reference, problems, changes), 400
    said = came_to.adjustments.says()
    flash(f"Agreed: {', '.join(said)}." if said else "Nothing out of the ordinary is agreed.")
    if came_to.drafted:
        flash(f"Made anew: {', '.join(one.letter for one in came_to.drafted)}.")
    for one in came_to.to_see_to:
        flash(one, "problem")
    return redirect(url_for("case", reference=reference))


def _adjustments_page(reference: str, problems: Problems, held: dict[str, Any]) -> str:
    with house().database.reading() as conn:
        case = case_files.load(conn, reference)
    return render_template("adjustments.html", case=case, held=held, problems=problems)
