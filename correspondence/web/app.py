"""The app: templates, pages, the gate before them and the headers behind them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from flask import Flask, abort, render_template, request, url_for
from flask_wtf import CSRFProtect  # type: ignore[import-untyped]
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.routing import IntegerConverter

from correspondence.casework.operating.room import lacking
from correspondence.casework.profile import stamp_of
from correspondence.casework.signing_in.web_session import cookie_secret
from correspondence.errors import CorrespondenceError, NotKnown
from correspondence.web import spoken
from correspondence.web.decided_words import row_called
from correspondence.web.desk import EXTENSION, Desk, house, now, user
from correspondence.web.gate import let_through, present
from correspondence.web.health import WATCHERS
from correspondence.web.held import let_go_of_what_was_sent
from correspondence.web.profile_watch import WATCHED, Watched, take_up_changes
from correspondence.web.routes import MAY_ASK, ROUTES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flask import Response
    from flask.typing import ResponseReturnValue
    from werkzeug.routing import Map

    from correspondence.casework.open_office import OpenOffice
    from correspondence.letters.pool import LetterPress

LARGEST: Final = 25_000_000
"""Bytes of one request; a Word file of a letter is far smaller."""

_WORDS: Final = 2_000_000  # bytes of a form's words
_FIELDS: Final = 2_000

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "X-Robots-Tag": "noindex, nofollow",
}
"""What every answer tells the browser; an answer may be stricter."""

_SAID: Final = {
    400: ("There is a problem with this form", "Go back, load the page again, and try once more."),
    403: ("You may not open this page", "Your role does not allow it. Ask your administrator."),
    404: ("There is no such page", "If you typed the address, check that it is right."),
    405: ("This page cannot be opened like that", "Go to the queue and start from there."),
    413: ("That file is too large", "A file may have at most 25 megabytes."),
    421: (
        "These pages are reached by HTTPS alone",
        "Begin the address with https://. If you did, the proxy does not say so: tell IT.",
    ),
}


def create_app(
    house: OpenOffice,
    press: LetterPress,
    *,
    clock: Callable[[], datetime] | None = None,
    hosts: Sequence[str] = (),
    behind_proxy: bool = False,
) -> Flask:
    """The pages of one open office.

    `hosts` are the only names under which they answer, where any are given. `behind_proxy` says
    that a proxy in front speaks HTTPS to the browsers: cookies then travel by HTTPS alone, and
    what did not come by HTTPS is refused. What a proxy says of a browser, `server` takes in.
    """
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=cookie_secret(house),
        SESSION_COOKIE_NAME="__Host-correspondence" if behind_proxy else "correspondence",
        SESSION_COOKIE_SECURE=behind_proxy,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,  # it ends with the web session: a long edit is not lost to it
        MAX_CONTENT_LENGTH=LARGEST,
        MAX_FORM_MEMORY_SIZE=_WORDS,
        MAX_FORM_PARTS=_FIELDS,
        TRUSTED_HOSTS=list(hosts) or None,
    )
    app.extensions[EXTENSION] = Desk(house, press, clock or (lambda: datetime.now(UTC)))
    app.jinja_loader = ChoiceLoader(
        [
            PackageLoader("correspondence.web"),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(spoken.FILTERS, row_called=row_called)
    if behind_proxy:
        app.before_request(_by_https_alone)
    app.extensions[WATCHED] = Watched(stamp_of(house.office.profile))
    app.before_request(take_up_changes)
    app.before_request(let_through)
    forms = CSRFProtect(app)
    app.url_map.converters["int"] = _Number
    for route in ROUTES:
        app.add_url_rule(route.path, route.name, route.answers, methods=[route.method])
        if not route.from_page:
            forms.exempt(route.answers)
    app.context_processor(_on_every_page)
    app.after_request(_closed)
    app.after_request(let_go_of_what_was_sent)
    _say_what_went_wrong(app)
    return app


class _Number(IntegerConverter):
    """A number in an address, of which every database takes each; beyond it there is no page."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=2**31 - 1)


def _by_https_alone() -> None:
    """A page that came in the clear is not answered, since the cookie would follow it."""
    if not request.is_secure and request.endpoint not in WATCHERS:
        abort(421)


def _on_every_page() -> dict[str, object]:
    signed_in, known = user(), present()
    return {
        "landlord": house().settings.landlord,
        "signed_in_for": int((known.ends_at - now()).total_seconds()) if known else None,
        "signed_in": signed_in,
        "works": signed_in is not None and signed_in.may != "reader",
        "navigation": _navigation(),
        "short_of_room": signed_in is not None and bool(lacking(house().office)),
    }


def _navigation() -> list[dict[str, object]]:
    """The pages whoever is signed in may begin at."""
    signed_in = user()
    shown = (
        ("queue", "Queue"),
        ("attention", "Needs a person"),
        ("search", "Search"),
        ("letters", "Letters"),
        ("manager", "Manager"),
        ("reports", "Reports"),
        ("settings", "Settings"),
    )
    return [
        {"text": text, "href": url_for(name), "active": _is_at(name)}
        for name, text in shown
        if signed_in is not None and signed_in.may in (MAY_ASK[name] or ())
    ]


def _is_at(name: str) -> bool:
    """Whether the page that is asked for belongs to that one of the navigation."""
    of_settings = request.path.startswith(("/settings", "/users"))
    return of_settings if name == "settings" else request.endpoint == name


def _closed(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


def _say_what_went_wrong(app: Flask) -> None:
    def refused(error: CorrespondenceError) -> ResponseReturnValue:
        if isinstance(error, NotKnown):
            return _page(404, "There is nothing by that name", str(error))
        return _page(409, "That cannot be done now", str(error))

    def no_token(_error: CSRFError) -> ResponseReturnValue:
        return _page(
            400,
            "This form has expired",
            "You were signed out, or signed in anew, since the page was opened. Go back, load the "
            "page again, and try once more.",
        )

    def plainly(error: HTTPException) -> ResponseReturnValue:
        if error.response is not None or error.code is None or error.code < 400:
            return error
        if isinstance(error, SecurityError):
            return error  # asked for under another's name, so no address of ours can be given
        return _page(error.code, *_SAID.get(error.code, ("That did not work", error.name)))

    def fault(error: Exception) -> ResponseReturnValue:
        # Its kind and its place are enough to find it by; its words may repeat a resident's.
        app.logger.error("%s at %s", type(error).__name__, request.endpoint)
        return _page(
            500,
            "Something failed that should not have",
            "Nothing that was kept is lost. Go back and try again; if it fails again, tell your "
            "administrator what you were doing.",
        )

    app.register_error_handler(CorrespondenceError, refused)
    app.register_error_handler(CSRFError, no_token)
    app.register_error_handler(HTTPException, plainly)
    app.register_error_handler(Exception, fault)


def _page(status: int, title: str, says: str) -> ResponseReturnValue:
    return render_template("error.html", title=title, says=says), status
