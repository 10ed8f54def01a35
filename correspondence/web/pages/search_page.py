"""Search: cases, messages and letters by their words; a reference, postcode or surname exactly."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from flask import render_template, request, url_for

from correspondence.intake.reading import SERVICE_AREAS
from correspondence.store import case_files, letters, messages, search
from correspondence.store.search import Hits, Sought
from correspondence.web.desk import house
from correspondence.web.forms import Problems, day_fields, day_given
from correspondence.web.paging import onwards, page_number
from correspondence.web.spoken import plainly

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sqlalchemy as sa
    from flask.typing import ResponseReturnValue

    from correspondence.store.case_files import CaseRow

ON_A_PAGE: Final = 25
_FILTERS: Final = (
    "words", "in", "stage", "area", "status",
    *(f"{name}-{part}" for name in ("since", "until") for part in ("day", "month", "year")),
)  # fmt: skip
_KINDS: Final = (
    ("", "Everything"),
    ("case", "Cases"),
    ("message", "Messages"),
    ("letter", "Letters"),
)
_STATUSES: Final = (
    ("", "Any"),
    ("open", "Open"),
    ("to_acknowledge", "To acknowledge"),
    ("investigating", "Investigating"),
    ("responded", "Responded"),
    ("closed", "Closed"),
)


def show() -> ResponseReturnValue:
    """The form, and what was found."""
    problems = Problems()
    sought = _sought(problems)
    asked = any(request.args.get(name) for name in _FILTERS)
    hits, called = Hits(()), dict[tuple[str, str], str]()
    exact: tuple[CaseRow, ...] = ()
    if asked and not problems:
        with house().database.reading() as conn:
            named = search.exactly(conn, sought.words) if page_number() == 1 else ()
            exact = tuple(reversed(case_files.by_references(conn, named)))
            hits = search.find(conn, sought, first=(page_number() - 1) * ON_A_PAGE, most=ON_A_PAGE)
            called = _called(conn, hits)
    page = render_template(
        "search.html",
        problems=problems,
        asked=asked,
        exact=exact,
        hits=hits,
        called=called,
        most=search.MOST_LOOKED_AT,
        filters=_shown_filters(),
        since=day_fields(request.args, "since"),
        until=day_fields(request.args, "until"),
        narrowed=sought.narrows_cases,
        pages=onwards(more=hits.more, address=_address),
        first=(page_number() - 1) * ON_A_PAGE + 1,
    )
    return (page, 400) if problems else page


def _called(conn: sa.Connection, hits: Hits) -> dict[tuple[str, str], str]:
    """What each message is headed and each letter is, by the kind and source of what was found."""
    called = {}
    for one in hits.found:
        if one.kind == "message":
            message = (messages.load(conn, int(one.source)).reading or {}).get("message") or {}
            called[one.kind, one.source] = message.get("subject") or ""
    cases = [one.reference for one in hits.found if one.kind == "letter" and one.reference]
    for letter in letters.listing(conn, references=cases):
        called["letter", letter.id] = plainly(letter.kind)
    return called


def _sought(problems: Problems) -> Sought:
    args = request.args
    stage = args.get("stage", "")
    kinds = {code for code, _ in _KINDS}
    return Sought(
        words=args.get("words", "")[:1_000],
        kind=args.get("in", "") if args.get("in") in kinds else "",
        stage=int(stage) if stage in {"1", "2"} else None,
        area=args.get("area", "")[:40],
        status=args.get("status", "")[:40],
        since=_day("since", problems, "the first day"),
        until=_day("until", problems, "the last day"),
    )


def _day(name: str, problems: Problems, what: str) -> date | None:
    if not any(request.args.get(f"{name}-{part}") for part in ("day", "month", "year")):
        return None
    return day_given(request.args, name, problems, what=what)


def _shown_filters() -> dict[str, list[dict[str, object]]]:
    def choices(name: str, some: Sequence[tuple[str, str]]) -> list[dict[str, object]]:
        chosen = request.args.get(name, "")
        return [{"value": v, "text": text, "selected": v == chosen} for v, text in some]

    return {
        "in": choices("in", _KINDS),
        "stage": choices("stage", [("", "Any"), ("1", "Stage 1"), ("2", "Stage 2")]),
        "area": choices(
            "area", [("", "Any"), *((one, plainly(one)) for one in SERVICE_AREAS if one)]
        ),
        "status": choices("status", _STATUSES),
    }


def _address(page: int) -> str:
    kept = {name: request.args[name] for name in _FILTERS if request.args.get(name)}
    return f"{url_for('search')}?{urlencode({**kept, 'page': page})}"
