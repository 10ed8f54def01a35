"""The people of the office: an administrator adds them, gives them roles, invites them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from correspondence.casework.signing_in import invite, staff
from correspondence.casework.signing_in.web_session import sign_out_everywhere
from correspondence.errors import CorrespondenceError, NotAllowed
from correspondence.store import users, work_accounts
from correspondence.web.desk import actor, house, now
from correspondence.web.forms import Problems, words

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from correspondence.casework.signing_in.invite import Invitation

WHAT_THEY_MAY = {
    "reader": "looks at everything and changes nothing",
    "officer": "works on cases, letters and promises",
    "manager": "also sees the whole office",
    "administrator": "also lets people in, and changes settings",
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
    problems, made = Problems(), None
    try:
        made = invite.invite(house(), name, now=now(), actor=actor())
    except NotAllowed as refused:
        problems.add(f"role-{name}", str(refused))
    return _page(problems, made), 409 if problems else 200


def email_now(name: str) -> ResponseReturnValue:
    """Say where notices reach somebody."""
    problems = Problems()
    try:
        user = staff.give_email(house(), name, request.form.get("email", ""))
    except CorrespondenceError as refused:
        problems.add(f"email-{name}", str(refused))
        return _page(problems), 400
    flash(
        f"Notices reach {user.display_name} at {user.email}."
        if user.email
        else f"{user.display_name} gets no notices."
    )
    return redirect(url_for("users"))


def sessions_now(name: str) -> ResponseReturnValue:
    """Sign somebody out everywhere."""
    ended = sign_out_everywhere(house(), name, now=now(), actor=actor())
    flash(f"{name} is signed out in {ended} place{'' if ended == 1 else 's'}.")
    return redirect(url_for("users"))


def leave_now(name: str) -> ResponseReturnValue:
    """Let somebody in no longer."""
    problems = Problems()
    try:
        user = staff.leave(house(), name, now=now(), actor=actor())
    except CorrespondenceError as refused:
        problems.add(f"role-{name}", str(refused))
        return _page(problems), 409
    flash(f"{user.display_name} is let in no longer. Give their cases to somebody else.")
    return redirect(url_for("users"))


def return_now(name: str) -> ResponseReturnValue:
    """Let somebody in again."""
    user = staff.return_(house(), name, now=now(), actor=actor())
    flash(f"{user.display_name} is back. Make them a one-time link.")
    return redirect(url_for("users"))


def _page(problems: Problems, made: Invitation | None = None) -> str:
    with house().database.reading() as conn:
        known = users.listing(conn)
        linked = work_accounts.linked(conn, house().settings.pages.issuer)
    ours = house().settings.pages.address
    link = ""
    if made:
        path = url_for("welcome", token=made.token)
        link = ours + path if ours else url_for("welcome", token=made.token, _external=True)
    return render_template(
        "users.html",
        people=known,
        linked=linked,
        roles=WHAT_THEY_MAY,
        problems=problems,
        invitation=made,
        link=link,
        name=request.form.get("name", "") if problems else "",
        display_name=request.form.get("display_name", "") if problems else "",
        role=request.form.get("role", "officer"),
    )
