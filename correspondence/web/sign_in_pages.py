"""Signing in and out, and the page that a one-time link opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from correspondence.casework import sign_in
from correspondence.casework.acting import ourselves
from correspondence.casework.sign_in import Refused
from correspondence.web import gate
from correspondence.web.desk import house, now, user
from correspondence.web.forms import Problems, words

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


def show() -> ResponseReturnValue:
    """The form; whoever is in already goes on."""
    wanted = request.args.get("next", "")
    if user() is not None:
        return redirect(gate.way_back(wanted))
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
    came = sign_in.sign_in(house(), name, password, address=request.remote_addr or "", now=now())
    if isinstance(came, Refused):
        problems.add("name", came.because)
        return _form(problems, wanted=wanted), 429 if came.because == sign_in.HELD_OFF else 400
    gate.enter(came)
    return redirect(gate.way_back(wanted))


def sign_out_now() -> ResponseReturnValue:
    """Sign out."""
    gate.leave()
    flash("You are signed out.")
    return redirect(url_for("sign_in"))


def welcome(token: str) -> ResponseReturnValue:
    """What a one-time link opens: choose a password."""
    return _welcome(token, Problems())


def welcome_now(token: str) -> ResponseReturnValue:
    """Keep the password, and sign in."""
    problems = Problems()
    came = sign_in.accept_invitation(
        house(), token, request.form.get("password", ""), now=now(), actor=ourselves()
    )
    if isinstance(came, Refused):
        problems.add("password", came.because)
        return _welcome(token, problems)
    gate.enter(came)
    flash(f"You are signed in as {came.user.display_name}.")
    return redirect(url_for("queue"))


def _form(problems: Problems, *, wanted: str) -> str:
    return render_template(
        "sign_in.html",
        problems=problems,
        wanted=wanted,
        name=request.form.get("name", ""),
    )


def _welcome(token: str, problems: Problems) -> ResponseReturnValue:
    invited = sign_in.invited(house(), token, now=now())
    if invited is None:
        return render_template(
            "error.html",
            title="This link is no longer good",
            says="It has been used, or has expired, or another was made after it. Ask your "
            "administrator for a new one; the first administrator gets it in the shell, from "
            "`correspondence user link NAME`.",
        ), 410
    page = render_template(
        "welcome.html", problems=problems, invited=invited, shortest=sign_in.SHORTEST
    )
    return page, 400 if problems else 200
