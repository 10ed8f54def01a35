"""The people of the office: an administrator adds them, gives them roles, invites them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from correspondence.casework import invite
from correspondence.errors import CorrespondenceError
from correspondence.store import users
from correspondence.web.desk import actor, house, now
from correspondence.web.forms import Problems, words

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from correspondence.casework.invite import Invitation

WHAT_THEY_MAY = {
    "reader": "looks at everything and changes nothing",
    "officer": "works on cases, letters and promises",
    "manager": "also sees the whole office",
    "administrator": "also lets people in",
}


def show() -> ResponseReturnValue:
    """Everybody, and the form for one more."""
    return _page(Problems())


def add_now() -> ResponseReturnValue:
    """Add somebody, and make their one-time link."""
    problems, form = Problems(), request.form
    name = words(form, "name").lower()
    try:
        invite.add_user(
            house(),
            name,
            words(form, "display_name"),
            form.get("role", ""),
            now=now(),
            actor=actor(),
        )
        made = invite.invite(house(), name, now=now(), actor=actor())
    except CorrespondenceError as refused:
        problems.add("name", str(refused))
        return _page(problems), 400
    return _page(problems, made)


def role_now(name: str) -> ResponseReturnValue:
    """Give somebody another role."""
    problems = Problems()
    try:
        user = invite.give_role(
            house(), name, request.form.get("role", ""), now=now(), actor=actor()
        )
    except CorrespondenceError as refused:
        problems.add(f"role-{name}", str(refused))
        return _page(problems), 400
    flash(f"{user.display_name} is {user.may} from now on.")
    return redirect(url_for("users"))


def link_now(name: str) -> ResponseReturnValue:
    """Make a one-time link for somebody, shown this once."""
    return _page(Problems(), invite.invite(house(), name, now=now(), actor=actor()))


def _page(problems: Problems, made: Invitation | None = None) -> str:
    with house().database.reading() as conn:
        known = users.listing(conn)
    link = url_for("welcome", token=made.token, _external=True) if made else ""
    return render_template(
        "users.html",
        people=known,
        roles=WHAT_THEY_MAY,
        problems=problems,
        invitation=made,
        link=link,
        name=request.form.get("name", "") if problems else "",
        display_name=request.form.get("display_name", "") if problems else "",
        role=request.form.get("role", "officer"),
    )
