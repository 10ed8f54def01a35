"""The queue: what is owed, grouped by when; its filters stand in the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from flask import flash, redirect, render_template, request, url_for

from correspondence.casework.assign import assign
from correspondence.errors import CorrespondenceError
from correspondence.intake.reading import FLAGS, SERVICE_AREAS
from correspondence.store import letters, messages, queue, users
from correspondence.store.queue import NOBODY, Narrowed, Queued
from correspondence.web.desk import actor, house, now, today, user
from correspondence.web.spoken import how_long, plainly

if TYPE_CHECKING:
    from collections.abc import Sequence

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
_KINDS: Final = ("complaint", "escalation")
_FILTERS: Final = ("who", "kind", "stage", "area", "flag", "words", "all")


@dataclass(frozen=True, slots=True)
class Line:
    """A case as the queue shows it."""

    queued: Queued
    when: str  # how long there is, in working days
    late: bool
    letter: LetterRow | None  # the newest that has not gone yet
    handler: str  # by the name shown


def show() -> ResponseReturnValue:
    """The queue, narrowed down as the address says."""
    asked = _asked()
    week_end = end_of_week(today())
    first = (_page_number() - 1) * ON_A_PAGE
    with house().database.reading() as conn:
        counts = queue.counts(conn, asked, today=today(), week_end=week_end)
        found = queue.page(conn, asked, first=first, most=ON_A_PAGE)
        going = letters.listing(
            conn,
            references=[one.case.reference for one in found],
            statuses=["draft", "approved", "handed_over"],
        )
        known = users.listing(conn)
        asking = messages.needing_person(conn)
    newest = {letter.reference: letter for letter in going}
    names = {one.name: one.display_name for one in known}
    lines = [_line(one, newest.get(one.case.reference), names) for one in found]
    return render_template(
        "queue.html",
        groups=_grouped(lines, week_end),
        counts=counts,
        filters=_shown_filters(known),
        filtered=any(request.args.get(name) for name in _FILTERS),
        people=known,
        asking=asking,
        pages=_pagination(counts.total),
        here=request.full_path.rstrip("?"),
    )


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


def end_of_week(day: date) -> date:
    """The Sunday of that day's week."""
    return day + timedelta(days=6 - day.weekday())


def _back_to_a_queue(wanted: str) -> str:
    """The page the form stood on: the queue as it was narrowed down, or the page of one case."""
    from correspondence.web.gate import way_back

    return way_back(wanted)


def _asked() -> Narrowed:
    args, signed_in = request.args, user()
    who = args.get("who", "")
    if who == "me":
        who = signed_in.name if signed_in else ""
    elif who == "nobody":
        who = NOBODY
    stage = args.get("stage", "")
    return Narrowed(
        handler=who,
        kind=args.get("kind", "")[:40],
        area=args.get("area", "")[:40],
        flag=args.get("flag", "")[:40],
        stage=int(stage) if stage in {"1", "2"} else None,
        words=args.get("words", "")[:200],
        with_settled=args.get("all") == "yes",
    )


def _page_number() -> int:
    number = request.args.get("page", "1")
    return max(1, min(int(number), 100_000)) if number.isascii() and number.isdigit() else 1


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
        due = line.queued.case.next_due
        if due is None or due > week_end:
            return "later"
        if due < today():
            return "overdue"
        return "today" if due == today() else "this_week"

    found = {name: list(some) for name, some in groupby(lines, key=group)}
    return [(name, title, found[name]) for name, title in GROUPS if name in found]


def _shown_filters(known: Sequence[User]) -> dict[str, list[dict[str, object]]]:
    """The choices of each filter, the one in force chosen."""

    def choices(name: str, some: Sequence[tuple[str, str]]) -> list[dict[str, object]]:
        chosen = request.args.get(name, "")
        return [{"value": v, "text": text, "selected": v == chosen} for v, text in some]

    signed_in = user()
    others = [(one.name, one.display_name) for one in known if one != signed_in]
    whose = [("", "Everybody's"), ("me", "Mine"), ("nobody", "Nobody's yet"), *others]
    return {
        "who": choices("who", whose),
        "kind": choices("kind", [("", "Any"), *((one, plainly(one)) for one in _KINDS)]),
        "stage": choices("stage", [("", "Any"), ("1", "Stage 1"), ("2", "Stage 2")]),
        "area": choices(
            "area", [("", "Any"), *((one, plainly(one)) for one in SERVICE_AREAS if one)]
        ),
        "flag": choices("flag", [("", "Any"), *((one, plainly(one)) for one in FLAGS)]),
    }


def _pagination(total: int) -> dict[str, object] | None:
    """What the pagination shows; None where everything is on one page."""
    last, here = max(1, -(-total // ON_A_PAGE)), _page_number()
    if last == 1:
        return None
    near = sorted({1, last, *(n for n in range(here - 1, here + 2) if 1 <= n <= last)})
    items: list[dict[str, object]] = []
    for before, number in zip([0, *near], near, strict=False):
        if number - before > 1:
            items.append({"ellipsis": True})
        items.append({"number": number, "href": _address(number), "current": number == here})
    shown: dict[str, object] = {"items": items}
    if here > 1:
        shown["previous"] = {"href": _address(min(here - 1, last))}
    if here < last:
        shown["next"] = {"href": _address(here + 1)}
    return shown


def _address(page: int) -> str:
    kept = {name: request.args[name] for name in _FILTERS if request.args.get(name)}
    return f"{url_for('queue')}?{urlencode({**kept, 'page': page})}"
