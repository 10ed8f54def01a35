"""Signing in by a work account: off to its issuer, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from flask import abort, current_app, redirect, render_template, request, session, url_for

from correspondence.casework.acting import ourselves
from correspondence.casework.signing_in import work_account
from correspondence.casework.signing_in.sign_in import HELD_OFF, Refused
from correspondence.errors import CorrespondenceError
from correspondence.web import gate
from correspondence.web.desk import house, now
from correspondence.web.openid import Issuer

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

EXTENSION: Final = "correspondence.issuer"

_STATE: Final = "journey"  # the name under which the cookie holds it
_ENDED: Final = (
    "This sign-in was begun elsewhere, took longer than a quarter of an hour, or was finished "
    "before. Begin it again here."
)


def issuer() -> Issuer:
    """The issuer of work accounts, as the profile names it now."""
    known = current_app.extensions.get(EXTENSION)
    if known is None or known.office is not house().office:
        known = current_app.extensions[EXTENSION] = Issuer(house().office)
    return cast("Issuer", known)


def set_out() -> ResponseReturnValue:
    """Off to the issuer."""
    return _off(wanted=request.args.get("next", "")[:2_000])


def set_out_invited(token: str) -> ResponseReturnValue:
    """Off to the issuer, to link the account that comes back to whoever has the one-time link."""
    return _off(invitation=token)


def back() -> ResponseReturnValue:
    """Back from the issuer: verified, then in."""
    if not issuer().address:
        abort(404)
    state, expected = request.args.get("state", ""), session.pop(_STATE, None)
    journey = work_account.come_back(house(), state, now=now()) if state else None
    if journey is None or state != expected:
        return _refused(_ENDED)
    if "error" in request.args or not request.args.get("code"):
        return _refused("You were not signed in there. Try again, or ask your administrator.")
    try:
        vouched = issuer().vouches_for(
            journey, request.args["code"], request.args.get("iss"), _here(), now=now()
        )
    except CorrespondenceError as refused:
        return _refused(str(refused))
    came = work_account.come_in(
        house(),
        vouched,
        journey,
        now=now(),
        actor=ourselves(),
        browser=request.headers.get("User-Agent", "")[:500],
    )
    if isinstance(came, Refused):
        return _refused(came.because, 403)
    gate.enter(came)
    return redirect(gate.on_from_here(journey.wanted))


def _off(*, wanted: str = "", invitation: str = "") -> ResponseReturnValue:
    if not issuer().address:
        abort(404)
    out = work_account.set_out(
        house(),
        wanted=wanted,
        invitation=invitation,
        address=request.remote_addr or "",
        now=now(),
    )
    if isinstance(out, Refused):
        return _refused(HELD_OFF, 429)
    try:
        there = issuer().way_there(out, _here())
    except CorrespondenceError as refused:
        return _refused(str(refused), 503)
    session[_STATE] = out.state
    return redirect(there)


def _here() -> str:
    """Where the issuer sends people back to; of the profile, and of nothing a browser says."""
    return house().settings.pages.address + url_for("work_account_back")


def _refused(because: str, status: int = 400) -> ResponseReturnValue:
    page = render_template("not_signed_in.html", because=because, pages=house().settings.pages)
    return page, status
