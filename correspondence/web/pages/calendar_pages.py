"""The calendar feed: its address is made and ended here; calendar programs fetch what is owed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, abort, flash, redirect, render_template, request, url_for

from correspondence.casework.following.calendar_feed import OVERSEERS, end_feed, feed, make_feed
from correspondence.store import calendar_feeds
from correspondence.web.desk import actor, house, now, user
from correspondence.web.spoken import duty

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from correspondence.store.calendar_feeds import Whose


def show() -> ResponseReturnValue:
    """What calendars there are, and how to make one."""
    return _page()


def make_now() -> ResponseReturnValue:
    """Make a feed; its address is shown this once."""
    whose = _whose(request.form.get("whose", ""))
    token = make_feed(house(), whose, now=now(), actor=actor())
    return _page(made=url_for("calendar_feed", token=token, _external=True), whose=whose)


def end_now() -> ResponseReturnValue:
    """End a feed."""
    end_feed(house(), _whose(request.form.get("whose", "")), now=now(), actor=actor())
    flash("That calendar is ended: its address answers nobody any more.")
    return redirect(url_for("calendar"))


def calendar_feed(token: str) -> Response:
    """What is owed, as iCalendar, to whoever has the address."""
    made = feed(house(), token, now=now(), say=duty)
    if made is None:
        abort(404)
    return Response(
        made,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="complaints.ics"'},
    )


def _whose(given: str) -> Whose:
    signed_in = user()
    if given == "office" and signed_in is not None and signed_in.may in OVERSEERS:
        return "office"
    if given != "mine":
        abort(403)
    return "mine"


def _page(made: str = "", whose: str = "") -> str:
    signed_in = user()
    with house().database.reading() as conn:
        known = calendar_feeds.of_user(conn, signed_in.name) if signed_in else ()
    return render_template(
        "calendar.html",
        feeds={one.whose: one for one in known},
        oversees=signed_in is not None and signed_in.may in OVERSEERS,
        made=made,
        whose=whose,
    )
