"""A letter on its way: approve it, hand it over to the outbox, record when it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from correspondence.casework.approve import approve, check_letter
from correspondence.casework.dispatch import record_sent, send
from correspondence.casework.route import route_of
from correspondence.errors import CorrespondenceError, LetterIncomplete
from correspondence.letters.kinds import LetterKind
from correspondence.store import case_files, letters, users
from correspondence.web.desk import actor, desk, house, now, today
from correspondence.web.forms import Problems, day_given
from correspondence.web.letter_pages import page as letter_page

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from correspondence.casework.route import Route


def approve_page(letter: str) -> ResponseReturnValue:
    """Check the letter once more, as of today, and ask whether to approve it."""
    return _approve(letter, Problems())


def approve_now(letter: str) -> ResponseReturnValue:
    """Approve the very revision that was shown."""
    problems = Problems()
    with house().database.reading() as conn:
        revision = letters.revision(conn, letter)
    if request.form.get("read") != "yes":
        problems.add("read", "Confirm that you have read the letter")
    elif request.form.get("digest") != revision.digest:
        problems.add("read", "The letter was changed since you opened this page. Read it again")
    else:
        try:
            approve(house(), desk().press, letter, now=now(), actor=actor())
        except LetterIncomplete as incomplete:
            for one in incomplete.missing:
                problems.add("read", one)
        except CorrespondenceError as refused:
            problems.add("read", str(refused))
    if problems:
        return _approve(letter, problems), 400
    flash(f"{letter} is approved, revision {revision.number}. It has not gone yet.")
    return redirect(url_for("send", letter=letter))


def send_page(letter: str) -> ResponseReturnValue:
    """What will be put into the outbox, and for whom."""
    return _send(letter, Problems())


def send_now(letter: str) -> ResponseReturnValue:
    """Put the approved letter into the outbox, once."""
    try:
        handed = send(house(), letter, now=now(), actor=actor())
    except CorrespondenceError as refused:
        problems = Problems()
        problems.add("send", str(refused))
        return _send(letter, problems), 409
    said = "was in the outbox already; nothing was done" if handed.again else "is in the outbox"
    flash(f"{letter} {said}. Once it has gone, record the day below.")
    return redirect(url_for("letter", letter=letter))


def sent_now(letter: str) -> ResponseReturnValue:
    """Record that it went; only this stops the Code's clock."""
    problems = Problems()
    on = day_given(request.form, "on", problems, what="the day it went")
    if on is not None:
        try:
            record_sent(house(), letter, on=on, now=now(), actor=actor())
        except CorrespondenceError as refused:
            problems.add("on-day", str(refused))
    if problems:
        return letter_page(letter, problems), 400
    flash(f"{letter} is on record as sent.")
    with house().database.reading() as conn:
        return redirect(url_for("case", reference=letters.load(conn, letter).reference))


def _approve(letter: str, problems: Problems) -> str:
    checked = check_letter(house(), desk().press, letter, now=now())
    with house().database.reading() as conn:
        confirmed = letters.confirmations(conn, letter, checked.revision.digest)
        case = case_files.load(conn, checked.row.reference)
        names = {one.name: one.display_name for one in users.listing(conn)}
    by_another = {one.item for one in confirmed if one.by != actor().name}
    return render_template(
        "approve.html",
        letter=checked.row,
        revision=checked.revision,
        case=case,
        missing=checked.findings.missing(by_another),
        tasks=checked.findings.tasks,
        goes=_goes(checked.route),
        enclosed=checked.enclosures,
        confirmed=confirmed,
        names=names,
        today=today(),
        problems=problems,
    )


def _send(letter: str, problems: Problems) -> str:
    with house().database.reading() as conn:
        row = letters.load(conn, letter)
        case = case_files.load(conn, row.reference)
        revision = letters.revision(conn, letter)
        enclosed = letters.enclosures(conn, letter)
        names = {one.name: one.display_name for one in users.listing(conn)}
    return render_template(
        "send.html",
        letter=row,
        revision=revision,
        case=case,
        goes=_goes(route_of(case, LetterKind(row.kind))),
        enclosed=enclosed,
        names=names,
        problems=problems,
    )


def _goes(route: Route) -> list[str]:
    """The ways a letter goes, in words."""
    ways = []
    if route.by_email:
        ways.append(
            f"By e-mail to {route.to}"
            if route.to
            else "By e-mail, once you have decided who may have it"
        )
    if route.by_post:
        ways.append("By post: a copy to print lies ready")
    return [*ways, *route.faults]
