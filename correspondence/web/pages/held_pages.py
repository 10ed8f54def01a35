"""What is held for a person: one acknowledgement too many for an address, or for an hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, request, url_for

from correspondence.casework.following import flood
from correspondence.casework.sending import hold
from correspondence.errors import CorrespondenceError, NotAllowed
from correspondence.store import letters
from correspondence.web.desk import actor, house, now

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from correspondence.casework.sending.hold import Held


def why_held(letter: str) -> Held | None:
    """Why this letter is held; None where it is not."""
    with house().database.reading() as conn:
        return hold.held(conn, [letters.load(conn, letter)], now=now()).get(letter)


def release_letter(letter: str) -> ResponseReturnValue:
    """Let a held letter go, for the reason given."""
    because = request.form.get("because", "")
    try:
        hold.release(house(), letter, because=because, now=now(), actor=actor())
        flash("Released. Once approved, the letter can be sent.")
    except CorrespondenceError as refused:
        flash(str(refused), "problem")
    return redirect(url_for("letter", letter=letter))


def release_flood() -> ResponseReturnValue:
    """Let acknowledgements and e-mails of alerts leave again, as a person has seen why."""
    try:
        flood.release(house(), now=now(), actor=actor())
        flash("Acknowledgements and e-mails of alerts leave again.")
    except NotAllowed as refused:
        flash(str(refused), "problem")
    return redirect(url_for("attention"))
