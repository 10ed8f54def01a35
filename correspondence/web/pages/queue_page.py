"""The queue: what is owed, grouped by when; its filters stand in the address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode

from flask import flash, redirect, render_template, request, url_for

from correspondence.casework.handling.assign import assign
from correspondence.errors import CorrespondenceError
from correspondence.intake.reading import FLAGS, SERVICE_AREAS
from correspondence.store import alerts, letters, messages, queue, saved_views, users
from correspondence.store.caseload import NO_DAY_KNOWN
from correspondence.store.queue import NOBODY, Narrowed, Queued
from correspondence.web.desk import actor, house, now, today, user
from correspondence.web.letter_posted import with_whom
from correspondence.web.paging import page_number, pagination
from correspondence.web.spoken import how_long, plainly

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sqlalchemy as sa
    from flask.typing import ResponseReturnValue

    from correspondence.store.letters import LetterRow
    from correspondence.store.users import User

ON_A_PAGE: Final = 25

GROUPS: Final = (
    ("overdue", "Overdue"),
    ("today", "Due today"),
    ("this_week", "Due this week"),
    ("later", "Later"),
)
FILTERS: Final = ("who", "when", "kind", "stage", "area", "flag", "words", "all")
"""What may stand in the address of the queue, and in a view that is saved."""

SHORTCUTS: Final = "shortcuts"
"""The preference that turns keyboard shortcuts on; they are off until somebody asks for them."""

_KINDS: Final = ("complaint", "escalation")
_LONGEST_NAME: Final = 60
_MOST_VIEWS: Final = 30


@dataclass(frozen=True, slots=True)
class Line:
    """A case as the queue shows it."""

    queued: Queued
    when: str  # how long there is, in working days
    late: bool
    letter: LetterRow | None  # the newest that has not gone yet
    handler: str  # by the name shown


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose cases a link leads to, and how many are owed something there."""

    text: str
    href: str
    count: int
    current: bool


def show() -> ResponseReturnValue:
    """The queue, narrowed down as the address says."""
    week_end = end_of_week(today())
    signed_in = user()
    name = signed_in.name if signed_in else ""
    with house().database.reading() as conn:
        mine = queue.counts(conn, Narrowed(handler=name), today=today(), week_end=week_end)
        who = request.args.get("who") or ("me" if mine.total else "all")
        asked = _asked(who, name, week_end)
        counts = queue.counts(conn, asked, today=today(), week_end=week_end)
        found = queue.page(conn, asked, first=(page_number() - 1) * ON_A_PAGE, most=ON_A_PAGE)
        going = letters.listing(
            conn,
            references=[one.case.reference for one in found],
            statuses=["draft", "approved", "handed_over"],
        )
        known = users.listing(conn)
        shown = {
            "whose": _whose(conn, who, mine.total, week_end),
            "asking": messages.needing_person(conn),
            "dangers": len(alerts.standing(conn)),
            "views": saved_views.listing(conn, name),
            "with_whom": with_whom(conn, going),
            "shortcuts": saved_views.preference(conn, name, SHORTCUTS) == "on",
        }
    newest = {letter.reference: letter for letter in going}
    names = {one.name: one.display_name for one in known}
    lines = [_line(one, newest.get(one.case.reference), names) for one in found]
    return render_template(
        "queue.html",
        groups=_grouped(lines, week_end),
        counts=counts,
        links={name: _address(when=name) for name, _ in GROUPS},
        when=request.args.get("when", ""),
        filters=_shown_filters(known, who),
        filtered=any(request.args.get(name) for name in FILTERS if name != "who"),
        people=known,
        pages=pagination(counts.total, ON_A_PAGE, lambda number: _address(page=number)),
        here=request.full_path.rstrip("?"),
        query=_query(),
        view_query=urlencode({**_known(_query()), "who": who}),
        **shown,
    )


def asked_for() -> Narrowed:
    """What the address narrows the queue down to, on whatever page it stands."""
    signed_in = user()
    who = request.args.get("who") or "all"
    return _asked(who, signed_in.name if signed_in else "", end_of_week(today()))


def assign_now() -> ResponseReturnValue:
    """Give the ticked cases to somebody."""
    ticked, to = request.form.getlist("case"), request.form.get("to", "")
    back = _back_to_a_queue(request.form.get("here", ""))
    if not ticked:
        flash("Tick the cases you want to give to somebody first.", "problem")
        return redirect(back)
    try:
        changed = assign(house(), ticked, "" if to == NOBODY else to, now=now(), actor=actor())
    except CorrespondenceError as refused:
        flash(str(refused), "problem")
        return redirect(back)
    flash(f"{changed} case{'' if changed == 1 else 's'} changed hands.")
    return redirect(back)


def save_view_now() -> ResponseReturnValue:
    """Save the queue as it is narrowed down, under a name."""
    name = " ".join(request.form.get("name", "").split())[:_LONGEST_NAME]
    query = urlencode(_known(request.form.get("query", "")))
    if not name:
        flash("Give the view a name, so that you find it again.", "problem")
        return redirect(f"{url_for('queue')}?{query}")
    with house().database.writing() as conn:
        if len(saved_views.listing(conn, actor().name)) >= _MOST_VIEWS:
            flash(f"You have {_MOST_VIEWS} views already; remove one first.", "problem")
            return redirect(f"{url_for('queue')}?{query}")
        saved_views.save(conn, actor().name, name, query, now())
    flash(f"Saved as “{name}”.")
    return redirect(f"{url_for('queue')}?{query}")


def remove_view_now(number: int) -> ResponseReturnValue:
    """Remove one of one's own views."""
    with house().database.writing() as conn:
        saved_views.remove(conn, actor().name, number)
    flash("The view is removed.")
    return redirect(url_for("queue"))


def shortcuts_now() -> ResponseReturnValue:
    """Turn keyboard shortcuts on or off, for whoever asks alone."""
    on = request.form.get("on") == "yes"
    with house().database.writing() as conn:
        saved_views.prefer(conn, actor().name, SHORTCUTS, "on" if on else "off")
    flash(f"Keyboard shortcuts are {'on' if on else 'off'}.")
    return redirect(_back_to_a_queue(request.form.get("here", "")))


def end_of_week(day: date) -> date:
    """The Sunday of that day's week."""
    return day + timedelta(days=6 - day.weekday())


def _back_to_a_queue(wanted: str) -> str:
    """The page the form stood on: the queue as it was narrowed down, or the page of one case."""
    from correspondence.web.gate import way_back

    return way_back(wanted)


def _asked(who: str, name: str, week_end: date) -> Narrowed:
    args = request.args
    stage = args.get("stage", "")
    narrowed = Narrowed(
        handler={"me": name, "nobody": NOBODY, "all": ""}.get(who, who),
        kind=args.get("kind", "")[:40],
        area=args.get("area", "")[:40],
        flag=args.get("flag", "")[:40],
        stage=int(stage) if stage in {"1", "2"} else None,
        words=args.get("words", "")[:200],
        with_settled=args.get("all") == "yes",
    )
    match args.get("when", ""):
        case "overdue":
            return replace(narrowed, until=today() - timedelta(days=1))
        case "today":
            return replace(narrowed, since=today(), until=today())
        case "this_week":
            return replace(narrowed, since=today() + timedelta(days=1), until=week_end)
        case "later":
            return replace(narrowed, since=week_end + timedelta(days=1))
    return narrowed


def _whose(conn: sa.Connection, who: str, mine: int, week_end: date) -> list[Whose]:
    """Mine, nobody's yet, everybody's: three views of one list, each with its own address."""
    totals = {"me": mine}
    for code, handler in (("nobody", NOBODY), ("all", "")):
        asked = Narrowed(handler=handler)
        totals[code] = queue.counts(conn, asked, today=today(), week_end=week_end).total
    texts = {"me": "Mine", "nobody": "Nobody’s yet", "all": "Everybody’s"}
    return [
        Whose(text, _address(who=code), totals[code], code == who) for code, text in texts.items()
    ]


def _line(one: Queued, letter: LetterRow | None, names: dict[str, str]) -> Line:
    due = one.case.next_due
    return Line(
        queued=one,
        when=how_long(due, today(), house().calendar) if one.case.next_duty else "",
        late=due is not None and due < today(),
        letter=letter,
        handler=names.get(one.handler, one.handler),
    )


def _grouped(lines: Sequence[Line], week_end: date) -> list[tuple[str, str, list[Line]]]:
    """The lines by when something is owed, those groups that have any."""

    def group(line: Line) -> str:
        by = line.queued.case.owed_by
        if by >= NO_DAY_KNOWN or by > max(week_end, today()):
            return "later"
        if by < today():
            return "overdue"
        return "today" if by == today() else "this_week"

    found = {name: list(some) for name, some in groupby(lines, key=group)}
    return [(name, title, found[name]) for name, title in GROUPS if name in found]


def _shown_filters(known: Sequence[User], who: str) -> dict[str, list[dict[str, object]]]:
    """The choices of each filter, the one in force chosen."""

    def choices(
        name: str, some: Sequence[tuple[str, str]], chosen: str = ""
    ) -> list[dict[str, object]]:
        chosen = chosen or request.args.get(name, "")
        return [{"value": v, "text": text, "selected": v == chosen} for v, text in some]

    signed_in = user()
    others = [(one.name, one.display_name) for one in known if one != signed_in]
    whose = [("all", "Everybody’s"), ("me", "Mine"), ("nobody", "Nobody’s yet"), *others]
    return {
        "who": choices("who", whose, who),
        "when": choices("when", [("", "Any day"), *GROUPS]),
        "kind": choices("kind", [("", "Any"), *((one, plainly(one)) for one in _KINDS)]),
        "stage": choices("stage", [("", "Any"), ("1", "Stage 1"), ("2", "Stage 2")]),
        "area": choices(
            "area", [("", "Any"), *((one, plainly(one)) for one in SERVICE_AREAS if one)]
        ),
        "flag": choices("flag", [("", "Any"), *((one, plainly(one)) for one in FLAGS)]),
    }


def _query() -> str:
    """The filters in force, as they are saved with a view."""
    return urlencode({name: request.args[name] for name in FILTERS if request.args.get(name)})


def _known(query: str) -> dict[str, str]:
    """Of a query that came back from a form, what the queue knows."""
    return {
        name: value[:200]
        for name, value in parse_qsl(query[:2_000], max_num_fields=40)
        if name in FILTERS
    }


def _address(**changed: object) -> str:
    kept = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    return f"{url_for('queue')}?{urlencode({**kept, **changed})}"
