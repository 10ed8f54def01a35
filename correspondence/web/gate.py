"""Who is let through: the web session behind a cookie, and the table of who may ask for what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import abort, current_app, g, redirect, request, session, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from correspondence.casework import sign_in
from correspondence.web.desk import house, now, user
from correspondence.web.routes import MAY_ASK

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from correspondence.casework.sign_in import SignedIn

_TOKEN: Final = "token"  # noqa: S105 - the name under which the cookie holds it
_LONGEST: Final = 2_000


def let_through() -> ResponseReturnValue | None:
    """Before every answer: None where whoever asks may, else the way to the sign-in page.

    What is not in the table is refused, so that a new page cannot be forgotten.
    """
    _recognise()
    if request.endpoint is None:
        return None  # there is no such page; that is said to everybody alike
    if request.endpoint not in MAY_ASK:
        abort(403)
    may = MAY_ASK[request.endpoint]
    if may is None:
        return None
    signed_in = user()
    if signed_in is None:
        wanted = request.full_path.rstrip("?") if request.method == "GET" else ""
        return redirect(url_for("sign_in", next=wanted or None))
    if signed_in.may not in may:
        abort(403)
    return None


def _recognise() -> None:
    """Who asks, by the cookie."""
    g.user = None
    token = session.get(_TOKEN)
    if isinstance(token, str) and request.endpoint != "static":
        g.user = sign_in.who(house(), token, now=now())
        if g.user is None:
            session.pop(_TOKEN, None)


def enter(signed_in: SignedIn) -> None:
    """Let somebody in. Nothing of the cookie from before stays, which somebody may have planted."""
    session.clear()
    session[_TOKEN] = signed_in.token
    g.user = signed_in.user


def leave() -> None:
    """Sign out whoever asks."""
    token = session.get(_TOKEN)
    if isinstance(token, str):
        sign_in.sign_out(house(), token)
    session.clear()
    g.user = None


def way_back(wanted: str | None) -> str:
    """Where to go after signing in: the page asked for, where it is one of ours; else the queue."""
    start = url_for("queue")
    if not wanted or not wanted.startswith("/") or len(wanted) > _LONGEST:
        return start
    if wanted.startswith(("//", "/\\")) or not wanted.isprintable() or "\\" in wanted:
        return start
    path, _, query = wanted.partition("?")
    try:
        current_app.url_map.bind("").match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return start
    return f"{path}?{query}" if query else path
