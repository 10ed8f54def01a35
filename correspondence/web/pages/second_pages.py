"""Letters on their last steps: what waits for a second person, what leaves when, what has gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from correspondence.casework.drafting.considered import may_consider
from correspondence.casework.drafting.second_approve import give_back, second
from correspondence.errors import CorrespondenceError
from correspondence.handling_code.stages import Part
from correspondence.letters.text import LetterText
from correspondence.store import case_files, leaving, letters, users
from correspondence.web.desk import actor, house, now, user
from correspondence.web.forms import Problems, words
from correspondence.web.letter_parts import parts
from correspondence.web.letter_posted import with_whom
from correspondence.web.letter_waits import waits

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


def show_all() -> ResponseReturnValue:
    """Every letter that is approved and has not gone: first what waits for a second person."""
    with house().database.reading() as conn:
        awaiting = leaving.awaiting_second(conn)
        about_to = leaving.about_to_leave(conn)
        rows = letters.listing(conn, statuses=["approved", "sending", "handed_over"])
        known = {one.id for one in (*awaiting, *about_to)}
        residents = {
            one.reference: one.resident_name
            for one in case_files.by_references(conn, {row.reference for row in rows})
        }
        names = {one.name: one.display_name for one in users.listing(conn)}
        whose = with_whom(conn, rows)
    return render_template(
        "letters.html",
        with_whom=whose,
        awaiting=awaiting,
        about_to=about_to,
        approved=[row for row in rows if row.status == "approved" and row.id not in known],
        on_their_way=[row for row in rows if row.status != "approved"],
        residents=residents,
        names=names,
        late={row.id for row in about_to if waits(row).late},
        mine=user(),
    )


def show(letter: str) -> ResponseReturnValue:
    """The letter as it was approved, for a second person to read and decide on."""
    return _page(letter, Problems())


def second_now(letter: str) -> ResponseReturnValue:
    """Approve it as a second person, or give it back with the reason."""
    problems, form = Problems(), request.form
    decision = form.get("decision", "")
    if decision not in {"approve", "return"}:
        problems.add("decision", "Choose whether you approve the letter or give it back")
    try:
        if decision == "approve":
            second(house(), letter, digest=form.get("digest", ""), now=now(), actor=actor())
            flash(f"{letter} is approved by two people. It has not gone yet.")
            return redirect(url_for("send", letter=letter))
        if decision == "return":
            because = words(form, "because")
            if not because:
                problems.add("because", "Say what should be changed before the letter can go")
            else:
                give_back(house(), letter, because=because, now=now(), actor=actor())
                flash(f"{letter} is a draft again. What you said stands on the case.")
                return redirect(url_for("letter", letter=letter))
    except CorrespondenceError as refused:
        problems.add("decision", str(refused))
    return _page(letter, problems), 400


def _page(letter: str, problems: Problems) -> str:
    with house().database.reading() as conn:
        row = letters.load(conn, letter)
        revision = letters.revision(conn, letter)
        case = case_files.load(conn, row.reference)
        names = {one.name: one.display_name for one in users.listing(conn)}
        ruling = may_consider(conn, row.reference, actor().name, Part.SIGN)
    barred = ""
    if row.approved_by == actor().name:
        barred = "You approved it first; the second approval is somebody else’s."
    elif row.kind == "stage2_response" and not ruling:
        barred = f"{ruling.because} (Code {ruling.clause})"
    return render_template(
        "second.html",
        letter=row,
        revision=revision,
        case=case,
        names=names,
        parts=parts(LetterText.model_validate(revision.text)),
        problems=problems,
        waits=waits(row),
        barred=barred,
    )
