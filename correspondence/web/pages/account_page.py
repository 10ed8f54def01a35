"""Somebody's own account: where they are signed in, their password, and staying signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, jsonify, redirect, render_template, request, url_for

from correspondence.casework.signing_in import passwords, sign_in, web_session
from correspondence.store.sign_in import digest_of
from correspondence.web import gate
from correspondence.web.desk import actor, house, now
from correspondence.web.forms import Problems
from correspondence.web.pages.sign_in_pages import address

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


def show() -> ResponseReturnValue:
    """The page."""
    return _page(Problems())


def end_now(digest: str) -> ResponseReturnValue:
    """End one of their own web sessions."""
    if web_session.end_one(house(), actor().name, digest):
        flash("Signed out there.")
    return redirect(url_for("account"))


def elsewhere_now() -> ResponseReturnValue:
    """Sign out everywhere else."""
    ended = web_session.sign_out_everywhere(
        house(), actor().name, but_token=gate.own_token(), now=now(), actor=actor()
    )
    flash(f"Signed out in {ended} other place{'' if ended == 1 else 's'}.")
    return redirect(url_for("account"))


def password_now() -> ResponseReturnValue:
    """Change the password; other web sessions end with the old one."""
    problems = Problems()
    known = gate.present()
    old, new = request.form.get("old_password", ""), request.form.get("new_password", "")
    if not old:
        problems.add("old_password", "Enter your current password")
    if not new:
        problems.add("new_password", "Enter a new password")
    if not problems and known is not None:
        because = sign_in.change_password(
            house(),
            known.user,
            old,
            new,
            token=gate.own_token(),
            address=address(),
            now=now(),
            actor=actor(),
        )
        if because:
            wrong_old = because.startswith(("Current", "There were"))
            problems.add("old_password" if wrong_old else "new_password", because)
    if problems:
        return _page(problems), 400
    flash("Your password is changed, and you are signed out everywhere else.")
    return redirect(url_for("account"))


def left() -> ResponseReturnValue:
    """In how many seconds whoever asks is signed out; asking does not put it off."""
    return _seconds()


def stay_now() -> ResponseReturnValue:
    """Stay signed in; in how many seconds that ends."""
    return _seconds()


def _seconds() -> ResponseReturnValue:
    known = gate.present()
    if known is None:
        raise AssertionError("the gate lets nobody through to this page who is not signed in")
    return jsonify(
        seconds=int((known.ends_at - now()).total_seconds()),
        for_good=int((known.ends_for_good - now()).total_seconds()),
    )


def _page(problems: Problems) -> str:
    known = gate.present()
    return render_template(
        "account.html",
        problems=problems,
        sessions=web_session.holding(house(), actor().name, now=now()),
        own=digest_of(gate.own_token()),
        by_password=known is not None and known.session.way == "password",
        shortest=passwords.SHORTEST,
        ends_at=known.ends_for_good if known else None,
    )
