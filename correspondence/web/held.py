"""What somebody had written when their web session was over: held, and offered once they are back.

A form is held for the user named in the signed cookie, where it carries the token of that cookie,
so that nobody can slip one in. Its fields lie in the office's database for a day; passwords and
files are never among them.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask_wtf.csrf import validate_csrf  # type: ignore[import-untyped]
from werkzeug.exceptions import HTTPException
from wtforms.validators import ValidationError  # type: ignore[import-untyped]

from correspondence.store import held_forms
from correspondence.store.held_forms import HELD_FOR, HeldForm
from correspondence.store.sign_in import digest_of
from correspondence.web.desk import house, now, user

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from correspondence.store.users import Role

FIELD: Final = "held_form"
"""The hidden field by which a form that is sent again says which one it was."""

_CSRF: Final = "csrf_token"
_LONGEST: Final = 400_000  # characters of all fields
_MOST: Final = 1_000  # fields
_EVERYBODYS_OWN: Final = frozenset({"reader"})  # what a reader may send is about themselves alone
_SHORT: Final = 60


@dataclass(frozen=True, slots=True)
class Shown:
    """A held form as its page shows it: what was typed, and everything that is sent again."""

    held: HeldForm
    typed: tuple[str, ...]


def hold(name: object, may: frozenset[Role]) -> None:
    """Hold the form that is being sent, where it was written by that user. Never raises."""
    if not isinstance(name, str) or may & _EVERYBODYS_OWN:
        return
    if request.accept_mimetypes.best == "application/json":
        return  # a script sent it, whose page is open still and keeps the words itself
    try:
        validate_csrf(request.form.get(_CSRF))
        fields = tuple(
            (field, value)
            for field, value in request.form.items(multi=True)
            if field not in {_CSRF, FIELD} and "password" not in field
        )
    except (ValidationError, HTTPException):
        return
    size = sum(len(field) + len(value) for field, value in fields)
    if not fields or len(fields) > _MOST or size > _LONGEST:
        return
    digest = digest_of(secrets.token_urlsafe(32))
    with house().database.writing() as conn:
        held_forms.hold(conn, digest, name, HeldForm(digest, request.path, fields, now()))
    files = any(file.filename for file in request.files.values())
    flash(
        "You were signed out before this could be saved. What you wrote is held for you: sign in, "
        "and send it again." + (" Files are not held; choose them again." if files else ""),
        "problem",
    )


def any_for(name: str) -> bool:
    """Whether anything is held for a user."""
    with house().database.reading() as conn:
        return bool(_fresh(held_forms.of(conn, name)))


def show() -> ResponseReturnValue:
    """What is held for whoever asks, each to be sent again or thrown away."""
    with house().database.reading() as conn:
        found = _fresh(held_forms.of(conn, _name()))
    return render_template("resume.html", held=[Shown(one, _typed(one)) for one in found])


def throw_away(digest: str) -> ResponseReturnValue:
    """Forget one of them."""
    with house().database.writing() as conn:
        if not held_forms.let_go(conn, _name(), digest):
            abort(404)
        left = _fresh(held_forms.of(conn, _name()))
    flash("What was held is thrown away.")
    return redirect(url_for("resume" if left else "queue"))


def let_go_of_what_was_sent(response: Response) -> Response:
    """After a held form was sent again and taken, it is held no longer."""
    signed_in = g.get("user")
    if request.method != "POST" or signed_in is None or response.status_code >= 400:
        return response
    digest = request.form.get(FIELD, "")
    if digest:
        with house().database.writing() as conn:
            held_forms.let_go(conn, signed_in.name, digest)
    return response


def _fresh(found: tuple[HeldForm, ...]) -> list[HeldForm]:
    return [one for one in found if now() - one.held_at < HELD_FOR]


def _typed(one: HeldForm) -> tuple[str, ...]:
    """What a person is likely to have typed: the longer values, each once."""
    long = [value for _, value in one.fields if len(value) > _SHORT or "\n" in value]
    return tuple(dict.fromkeys(long or [value for _, value in one.fields if value.strip()]))


def _name() -> str:
    signed_in = user()
    if signed_in is None:
        raise AssertionError("what is held is shown to those signed in")
    return signed_in.name
