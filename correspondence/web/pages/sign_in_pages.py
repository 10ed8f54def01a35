"""Signing in and out by a password, and the page that a one-time link opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from correspondence.casework.acting import ourselves
from correspondence.casework.signing_in import passwords, sign_in
from correspondence.casework.signing_in.sign_in import Refused
from correspondence.web import gate
from correspondence.web.desk import house, now, user
from correspondence.web.forms import Problems, words
from correspondence.web.pages.work_account_pages import issuer

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


def show() -> ResponseReturnValue:
    """The form; whoever is in already goes on."""
    wanted = request.args.get("next", "")
    if user() is not None:
        return redirect(gate.on_from_here(wanted))
    return _form(Problems(), wanted=wanted)


def sign_in_now() -> ResponseReturnValue:
    """Look at the name and the password."""
    name, password = words(request.form, "name"), request.form.get("password", "")
    wanted, problems = request.form.get("next", ""), Problems()
    if not name:
        problems.add("name", "Enter your user name")
    if not password:
        problems.add("password", "Enter your password")
    if problems:
        return _form(problems, wanted=wanted), 400
    came = sign_in.sign_in(house(), name, password, address=address(), now=now(), browser=browser())
    if isinstance(came, Refused):
        problems.add("name", came.because)
        return _form(problems, wanted=wanted), 429 if came.because == sign_in.HELD_OFF else 400
    gate.enter(came)
    return redirect(gate.on_from_here(wanted))


def sign_out_now() -> ResponseReturnValue:
    """Sign out here; of a work account, offer to sign out there too."""
    known = gate.present()
    gate.leave()
    way_out = ""
    if known is not None and known.session.way == "work_account":
        way_out = issuer().way_out(house().settings.pages.address + url_for("sign_in"))
    if way_out:
        return render_template("signed_out.html", way_out=way_out)
    flash("You are signed out.")
    return redirect(url_for("sign_in"))


def welcome(token: str) -> ResponseReturnValue:
    """What a one-time link opens: choose a password, or link a work account."""
    return _welcome(token, Problems())


def welcome_now(token: str) -> ResponseReturnValue:
    """Keep the password, and sign in."""
    problems = Problems()
    came = sign_in.accept_invitation(
        house(),
        token,
        request.form.get("password", ""),
        now=now(),
        actor=ourselves(),
        browser=browser(),
    )
    if isinstance(came, Refused):
        problems.add("password", came.because)
        return _welcome(token, problems)
    gate.enter(came)
    flash(f"You are signed in as {came.user.display_name}.")
    return redirect(gate.on_from_here(None))


def break_glass_now(token: str) -> ResponseReturnValue:
    """Let an administrator in by the link that was made in the shell."""
    came = sign_in.break_glass(house(), token, now=now(), actor=ourselves(), browser=browser())
    if isinstance(came, Refused):
        return _no_longer_good()
    gate.enter(came)
    flash("You are in for one hour at most. That you came in this way is on record.")
    return redirect(url_for("users"))


def address() -> str:
    """The network address a browser asks from."""
    return request.remote_addr or ""


def browser() -> str:
    """What a browser says of itself."""
    return request.headers.get("User-Agent", "")[:500]


def _form(problems: Problems, *, wanted: str) -> str:
    return render_template(
        "sign_in.html",
        problems=problems,
        wanted=wanted,
        name=request.form.get("name", ""),
        pages=house().settings.pages,
    )


def _welcome(token: str, problems: Problems) -> ResponseReturnValue:
    known = sign_in.invited(house(), token, now=now())
    if known is None:
        return _no_longer_good()
    page = render_template(
        "welcome.html",
        problems=problems,
        invited=known.user,
        way=known.way,
        token_of_link=token,
        shortest=passwords.SHORTEST,
        pages=house().settings.pages,
    )
    return page, 400 if problems else 200


def _no_longer_good() -> ResponseReturnValue:
    page = render_template(
        "error.html",
        title="This link is no longer good",
        says="It has been used, or has expired, or another was made after it. Ask your "
        "administrator for a new one; the first administrator gets it in the shell, from "
        "`correspondence user link NAME`.",
    )
    return page, 410
