"""Who is let through: the web session behind a cookie, and the table of who may ask for what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from flask import abort, current_app, g, redirect, request, session, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from correspondence.casework.signing_in import web_session
from correspondence.web import held
from correspondence.web.desk import house, now, user

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from correspondence.casework.signing_in.web_session import Present, SignedIn

_TOKEN: Final = "token"  # noqa: S105 - the name under which the cookie holds it
_NAME: Final = "name"  # whose it is or was, so that what they wrote is held for them
_CSRF: Final = "csrf_token"
_UNSEEN: Final = frozenset({"static", "session_left", "look", "logo"})
"""What a page asks for by itself, which shows nobody to be at work."""

_LONGEST: Final = 2_000


def let_through() -> ResponseReturnValue | None:
    """Before every answer: None where whoever asks may, else the way to the sign-in page.

    What is not in the table is refused, so that a new page cannot be forgotten.
    """
    from correspondence.web.routes import MAY_ASK  # the pages of that table need this gate

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
        if request.method == "POST":
            held.hold(session.get(_NAME), may)
        wanted = request.full_path.rstrip("?") if request.method == "GET" else ""
        return redirect(url_for("sign_in", next=wanted or None))
    if signed_in.may not in may:
        abort(403)
    return None


def _recognise() -> None:
    """Who asks, by the cookie."""
    g.user = g.present = None
    token = session.get(_TOKEN)
    if isinstance(token, str) and request.endpoint != "static":
        seen = request.endpoint not in _UNSEEN
        g.present = web_session.who(house(), token, now=now(), seen=seen)
        if g.present is None:
            session.pop(_TOKEN, None)
        else:
            g.user = g.present.user


def present() -> Present | None:
    """Whoever is signed in, with their web session."""
    return cast("Present | None", g.get("present"))


def own_token() -> str:
    """The token of the web session of whoever asks; empty where they are not signed in."""
    return str(session.get(_TOKEN, ""))


def enter(signed_in: SignedIn) -> None:
    """Let somebody in. Nothing of the cookie from before stays, which somebody may have planted."""
    session.clear()
    session[_TOKEN], session[_NAME] = signed_in.token, signed_in.user.name
    g.user = signed_in.user


def leave() -> None:
    """Sign out whoever asks. A form still open elsewhere is held for them, should they send it."""
    token, theirs = session.get(_TOKEN), {n: session[n] for n in (_NAME, _CSRF) if n in session}
    if isinstance(token, str):
        web_session.sign_out(house(), token)
    session.clear()
    session.update(theirs)
    g.user = g.present = None


def on_from_here(wanted: str | None) -> str:
    """Where to go after signing in: to what was held, else to the page that was asked for."""
    signed_in = user()
    if signed_in is not None and held.any_for(signed_in.name):
        return url_for("resume")
    return way_back(wanted)


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
