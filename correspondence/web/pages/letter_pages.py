"""One letter under review: the resident's message beside it, its parts, and what the Code asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for

from correspondence.casework.drafting.approve import confirm_passage
from correspondence.casework.drafting.edit import edit
from correspondence.errors import CorrespondenceError
from correspondence.letters.text import LetterText
from correspondence.letters.word.writing import write
from correspondence.store import case_files, in_hand, letters, messages, users
from correspondence.web.desk import actor, desk, house, now, today
from correspondence.web.documents import page_count
from correspondence.web.forms import Problems, day_fields, words
from correspondence.web.letter_findings import checklist, wording
from correspondence.web.letter_in_hand import (
    became_a_revision,
    is_editable,
    keep_form,
    others_of,
    writing_of,
)
from correspondence.web.letter_parts import PartUnusable, edited, parts, rows_of
from correspondence.web.letter_posted import posted
from correspondence.web.letter_preview import preview
from correspondence.web.letter_waits import waits
from correspondence.web.pages.held_pages import why_held

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from correspondence.store.letters import LetterRow, Revision
    from correspondence.store.messages import MessageRow
    from correspondence.web.letter_in_hand import Writing
    from correspondence.web.letter_parts import Part

LARGEST_WORD_FILE = 10_000_000
"""Bytes."""


def show(letter: str) -> ResponseReturnValue:
    """The letter as it stands."""
    return page(letter, Problems())


def edit_now(letter: str) -> ResponseReturnValue:
    """Keep what was changed in its parts as the next revision."""
    problems = Problems()
    with house().database.reading() as conn:
        before = letters.revision(conn, letter)
    if request.form.get("revision", "") != str(before.number):
        return _came_between(letter, before)
    old = LetterText.model_validate(before.text)
    try:
        text = edited(old, request.form)
        if text == old:
            became_a_revision(letter, old, before.number)
            flash("Nothing was changed.")
            return redirect(url_for("letter", letter=letter))
        _keep(letter, write(text))
    except PartUnusable as unusable:
        problems.add(unusable.name, unusable.says)
    except CorrespondenceError as refused:
        problems.add("part-0", str(refused))
    if problems:
        return page(letter, problems, boxes=request.form), 400
    became_a_revision(letter, text, before.number)
    return redirect(url_for("letter", letter=letter, _anchor="what-the-code-asks"))


def _came_between(letter: str, saved: Revision) -> ResponseReturnValue:
    """Somebody saved a revision since the page was opened: both stay, and both are shown."""
    problems = Problems()
    try:
        keep_form(letter)
    except CorrespondenceError as refused:
        problems.add("part-0", str(refused))
        return page(letter, problems, boxes=request.form), 409
    problems.add(
        "the-letter",
        f"{_name(saved.made_by)} saved revision {saved.number} while you worked on revision "
        f"{request.form.get('revision', '')[:10]}. Yours is kept: what only you changed stands in "
        "the boxes below, and what both of you changed stands beside them. Look at it, and save",
    )
    return page(letter, problems), 409


def upload_now(letter: str) -> ResponseReturnValue:
    """Take over an edited Word file as the next revision."""
    problems = Problems()
    file = request.files.get("docx")
    raw = file.read(LARGEST_WORD_FILE + 1) if file and file.filename else b""
    with house().database.reading() as conn:
        came_between = _changed_meanwhile(letters.revision(conn, letter))
    if not raw:
        problems.add("docx", "Choose the Word file you edited")
    elif len(raw) > LARGEST_WORD_FILE:
        problems.add("docx", "The Word file must be smaller than 10 megabytes")
    elif came_between is not None:
        problems.add("docx", came_between)
    else:
        try:
            _keep(letter, raw)
        except CorrespondenceError as refused:
            problems.add("docx", str(refused))
    if problems:
        return page(letter, problems), 400
    return redirect(url_for("letter", letter=letter, _anchor="what-the-code-asks"))


def confirm_now(letter: str) -> ResponseReturnValue:
    """As a second person, mark the words that meet an item."""
    problems, item = Problems(), request.form.get("item", "")
    passage, because = words(request.form, "passage"), words(request.form, "because")
    try:
        confirm_passage(
            house(),
            letter,
            item=item,
            passage=passage,
            because=because,
            now=now(),
            actor=actor(),
        )
    except CorrespondenceError as refused:
        problems.add(f"passage-{item}", str(refused))
        return page(letter, problems), 400
    flash("Confirmed. Somebody else approves the letter.")
    return redirect(url_for("letter", letter=letter, _anchor="what-the-code-asks"))


def page(letter: str, problems: Problems, boxes: Any = None) -> str:
    """The page of a letter; with `boxes`, what somebody wrote stands in its parts again."""
    with house().database.reading() as conn:
        row = letters.load(conn, letter)
        revision = letters.revision(conn, letter)
        confirmed = letters.confirmations(conn, letter, revision.digest)
        names = {one.name: one.display_name for one in users.listing(conn)}
        held = in_hand.at(conn, letter) if is_editable(row) else ()
        known: dict[str, Any] = {
            "case": case_files.load(conn, row.reference),
            "answered": _answered(conn, row),
            "enclosed": letters.enclosures(conn, letter),
            "versions": letters.revision_heads(conn, letter),
        }
    findings = revision.findings or {}
    _, stands = writing_of(letter)
    made = parts(LetterText.model_validate(revision.text))
    return render_template(
        "letter.html",
        letter=row,
        revision=revision,
        parts=_boxes(made, stands, boxes),
        writing=stands,
        others=others_of(held, names, actor().name),
        editable=is_editable(row),
        items=checklist(row.kind, findings, confirmed, names, made),
        missing=findings.get("missing", []),
        tasks=findings.get("tasks", []),
        wording=wording(findings, made),
        reading_age=findings.get("words", {}).get("reading_age"),
        pages=page_count(revision),
        names=names,
        problems=problems,
        sent_fields=day_fields(request.form, "on", today()),
        waits=waits(row),
        posted=posted(row),
        held=why_held(letter),
        mail=preview(house().settings, known["case"], row, revision, known["enclosed"]),
        **known,
    )


def _keep(letter: str, docx: bytes) -> None:
    drafted = edit(house(), desk().press, letter, docx, now=now(), actor=actor())
    left = len(drafted.missing)
    says = "It holds all that the Code asks for." if drafted.ok else f"{left} to put right."
    flash(f"Saved as revision {drafted.revision}. {says}")


def _changed_meanwhile(before: Revision) -> str | None:
    """What to say where somebody saved a revision since the page was opened."""
    opened = request.form.get("revision", "")
    if opened == str(before.number):
        return None
    return (
        f"{_name(before.made_by)} saved revision {before.number} while you worked on revision "
        f"{opened[:10]}. Your file was not taken over: look at theirs, then make your change in it"
    )


def _name(user: str) -> str:
    with house().database.reading() as conn:
        return next((one.display_name for one in users.listing(conn) if one.name == user), user)


def _boxes(made: tuple[Part, ...], stands: Writing, boxes: Any) -> list[dict[str, Any]]:
    """The boxes as they stand for whoever looks, and what of each is no revision yet."""
    return [
        {
            "name": one.name,
            "label": one.label,
            "hint": one.hint,
            "rows": rows_of(value),
            "value": value,
            "saved": one.value,
        }
        for one, kept in zip(made, stands.values, strict=True)
        for value in [boxes.get(one.name, kept) if boxes else kept]
    ]


def _answered(conn: Any, row: LetterRow) -> MessageRow | None:
    """The message that the letter answers; None where it came by telephone or on paper."""
    if row.drafted_for is not None:
        return messages.load(conn, row.drafted_for)
    of_case = messages.of_case(conn, row.reference)
    return of_case[-1] if of_case else None
