"""Settings: the bank holidays that working days are counted by."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from flask import flash, redirect, render_template, request, url_for

from correspondence.casework.bank_holidays import office_calendar, take_in_list
from correspondence.casework.open_office import OpenOffice
from correspondence.errors import CorrespondenceError
from correspondence.handling_code.published_holidays import next_year_known
from correspondence.web.desk import house, today
from correspondence.web.forms import Problems
from correspondence.web.pages.settings_pages import take_up

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

LARGEST: Final = 2_000_000
"""Bytes of the government's list."""

_LAST_YEAR: Final = 1


def show() -> ResponseReturnValue:
    """The days, by year."""
    return _page(Problems())


def take_in_now() -> ResponseReturnValue:
    """Take in the government's list, and count by it from now on."""
    problems, file = Problems(), request.files.get("list")
    raw = file.read(LARGEST + 1) if file and file.filename else b""
    if not raw:
        problems.add("list", "Choose the file bank-holidays.json")
        return _page(problems), 400
    try:
        take_in_list(house().office, raw)
    except CorrespondenceError as refused:
        problems.add("list", str(refused))
        return _page(problems), 400
    known = house()
    take_up(OpenOffice(known.office, known.database, known.documents))
    flash("Working days are counted by this list from now on.")
    return redirect(url_for("holidays"))


def _page(problems: Problems) -> str:
    calendar = office_calendar(house().office)
    days = sorted(one for one in calendar.holidays if one.year >= today().year - _LAST_YEAR)
    return render_template(
        "holidays.html",
        problems=problems,
        calendar=calendar,
        years=[(year, list(some)) for year, some in groupby(days, key=lambda day: day.year)],
        found=next_year_known(today(), calendar),
    )
