"""A letter on its way: approve it, send it now or later, call it back, record when it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for

from correspondence.cases.next_steps import next_steps
from correspondence.casework.drafting.approve import approve, check_letter
from correspondence.casework.drafting.considered import may_consider
from correspondence.casework.drafting.route import route_of
from correspondence.casework.sending.arrived import arrived
from correspondence.casework.sending.dispatch import record_sent, send
from correspondence.casework.sending.leave import at_london, call_back, leave, next_opening, said
from correspondence.casework.sending.submit import done_of, problem_of
from correspondence.errors import CorrespondenceError, LetterIncomplete
from correspondence.handling_code.london import in_london
from correspondence.handling_code.stages import Part
from correspondence.letters.kinds import LetterKind
from correspondence.store import case_files, letters, users
from correspondence.web.desk import actor, desk, house, now, today
from correspondence.web.forms import Problems, day_fields, day_given, time_given
from correspondence.web.letter_waits import waits
from correspondence.web.pages.letter_pages import page as letter_page

if TYPE_CHECKING:
    from datetime import datetime

    from flask.typing import ResponseReturnValue

    from correspondence.casework.drafting.route import Route


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
    with house().database.reading() as conn:
        waits_for = letters.load(conn, letter).second_because
    if waits_for:
        flash(f"{letter} is approved, and waits for a second approval. {waits_for}")
        return redirect(url_for("letter", letter=letter))
    flash(f"{letter} is approved, revision {revision.number}. It has not gone yet.")
    return redirect(url_for("send", letter=letter))


def send_page(letter: str) -> ResponseReturnValue:
    """What will be put into the outbox, and for whom."""
    return _send(letter, Problems())


def send_now(letter: str) -> ResponseReturnValue:
    """Have the approved letter leave: at once, after the minutes to call it back, or later."""
    when, problems = request.form.get("when", "now"), Problems()
    at = _chosen(problems) if when == "at" else None
    if not problems:
        try:
            return _sent(letter, when, at)
        except CorrespondenceError as refused:
            problems.add("at-day" if when == "at" else "send", str(refused))
    return _send(letter, problems), 409


def _chosen(problems: Problems) -> datetime | None:
    """The moment that was chosen for it to leave, in UTC."""
    day = day_given(request.form, "at", problems, what="the day on which it leaves")
    hour = time_given(request.form, "at-time", problems, what="when it leaves")
    return at_london(day, hour) if day is not None and hour is not None else None


def _sent(letter: str, when: str, at: datetime | None) -> ResponseReturnValue:
    with house().database.reading() as conn:
        row = letters.load(conn, letter)
    waiting = house().settings.approval.undo_minutes > 0 or at is not None
    if row.status == "approved" and waiting and when != "at-once":
        leaving = leave(house(), letter, at=at, now=now(), actor=actor())
        flash(f"{letter} leaves at {said(leaving.leaves_at)}. Until then it can be called back.")
        return redirect(url_for("letter", letter=letter))
    handed = send(house(), letter, now=now(), actor=actor(), at_once=True)
    if handed.submission is not None:
        problem = problem_of(letter, handed.submission)
        flash(problem or done_of(letter, handed.submission), "problem" if problem else "message")
        return redirect(url_for("letter", letter=letter))
    told = "was in the outbox already; nothing was done" if handed.again else "is in the outbox"
    flash(f"{letter} {told}. Once it has gone, record the day below.")
    return redirect(url_for("letter", letter=letter))


def call_back_now(letter: str) -> ResponseReturnValue:
    """Call back a letter that is about to leave; nothing went."""
    try:
        call_back(house(), letter, now=now(), actor=actor())
    except CorrespondenceError as refused:
        problems = Problems()
        problems.add("send", str(refused))
        return _send(letter, problems), 409
    flash(f"{letter} is called back. Nothing went; it is approved as before.")
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


def arrived_now(letter: str) -> ResponseReturnValue:
    """Record that a letter which came back did reach its resident."""
    problems = Problems()
    with house().database.reading() as conn:
        row = letters.load(conn, letter)
    on = None
    if row.sent_on is None:
        on = day_given(request.form, "on", problems, what="the day it went")
    if not request.form.get("because", "").strip():
        problems.add("because", "Say how you know that it did arrive")
    if not problems:
        because = request.form["because"]
        try:
            instead = arrived(house(), letter, because=because, on=on, now=now(), actor=actor())
        except CorrespondenceError as refused:
            problems.add("because", str(refused))
    if problems:
        return letter_page(letter, problems), 400
    drafted = f" {', '.join(instead)}, drafted in its stead, is withdrawn." if instead else ""
    flash(f"{letter} is on record as sent again, and what it told holds.{drafted}")
    return redirect(url_for("case", reference=row.reference))


def _approve(letter: str, problems: Problems) -> str:
    checked = check_letter(house(), desk().press, letter, now=now())
    with house().database.reading() as conn:
        confirmed = letters.confirmations(conn, letter, checked.revision.digest)
        case = case_files.load(conn, checked.row.reference)
        names = {one.name: one.display_name for one in users.listing(conn)}
        ruling = may_consider(conn, checked.row.reference, actor().name, Part.SIGN)
    at_stage_2 = checked.row.kind == LetterKind.STAGE2_RESPONSE.value
    by_another = {one.item for one in confirmed if one.by != actor().name}
    return render_template(
        "approve.html",
        letter=checked.row,
        revision=checked.revision,
        case=case,
        missing=checked.findings.missing(by_another),
        tasks=checked.findings.tasks,
        goes=goes(checked.route),
        enclosed=checked.enclosures,
        confirmed=confirmed,
        second_because=checked.second_because,
        barred=f"{ruling.because} (Code {ruling.clause})" if at_stage_2 and not ruling else "",
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
    opening = next_opening(house(), now())
    return render_template(
        "send.html",
        letter=row,
        revision=revision,
        case=case,
        goes=goes(route_of(case, LetterKind(row.kind))),
        enclosed=enclosed,
        names=names,
        problems=problems,
        waits=waits(row),
        minutes=house().settings.approval.undo_minutes,
        owed=next(iter(next_steps(case, today(), house().timescales, house().calendar)), None),
        at_fields=day_fields(request.form, "at", in_london(opening).date()),
        at_time=request.form.get("at-time", f"{in_london(opening):%H:%M}"),
        when=request.form.get("when", "now"),
    )


def goes(route: Route) -> list[str]:
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
