"""Reports: of which days and homes, each file of them, what people write into them, and a check.

A file is made when it is asked for: a few seconds for the largest, and never older than the words.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from flask import abort, flash, redirect, render_template, request, url_for

from correspondence.casework.drafting.document_words import document_words
from correspondence.casework.reporting.commentary import fields_of, write, written
from correspondence.casework.reporting.report_file import (
    FORMS,
    ReportAsked,
    days_of,
    report_file,
    written_for,
)
from correspondence.errors import CorrespondenceError, WrongUse
from correspondence.handling_code.self_assessment import PolicyDocument
from correspondence.handling_code.self_assessment.editions import CLAUSES
from correspondence.reports.annual_report.fields import ANNUAL_FIELDS
from correspondence.reports.consistency import check_report
from correspondence.reports.quarterly_report.fields import QUARTERLY_FIELDS
from correspondence.reports.self_assessment.fields import ROW_FIELDS, WHOLE_FIELDS
from correspondence.web.desk import actor, house, now, today
from correspondence.web.documents import download
from correspondence.web.forms import Problems, day_fields, day_given, words
from correspondence.web.spoken import plainly

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flask.typing import ResponseReturnValue

    from correspondence.casework.reporting.commentary import ReportName
    from correspondence.handling_code.measures import ReportingYear
    from correspondence.reports.consistency import ReportFindings

REPORTS: Final[dict[ReportName, str]] = {
    "annual": "Yearly report",
    "quarterly": "Quarterly pack",
    "self-assessment": "Self-assessment",
}
ENDINGS: Final = {
    "html": "Page",
    "pdf": "PDF",
    "docx": "Word",
    "xlsx": "Excel",
    "json": "Figures (JSON)",
    "csv": "Cases (CSV)",
}
LARGEST: Final = 24_000_000
"""Bytes of a document on a page; the shell takes larger ones."""

_ASKED: Final = {
    "annual": ANNUAL_FIELDS,
    "quarterly": QUARTERLY_FIELDS,
    "self-assessment": WHOLE_FIELDS,
}
_SHORT: Final = frozenset({"comply", "target_date", "officer"})


@dataclass(frozen=True, slots=True)
class Written:
    """A field of a report: what it is for, what stands in it, and whether the Code asks for it.

    `mark` is of the words that stood there when the page was made.
    """

    name: str
    label: str
    about: str
    stands: str
    mark: str
    asked: bool = False
    short: bool = False


def show() -> ResponseReturnValue:
    """The page of one report."""
    name, problems = _named(request.args.get("report", "annual")), Problems()
    _asked(name, request.args, problems)
    return _page(name, request.args, problems)


def file(report: str, ending: str) -> ResponseReturnValue:
    """One file of a report, made now."""
    name = _named(report)
    problems = Problems()
    asked = _asked(name, request.args, problems)
    if asked is None or ending not in FORMS[name]:
        abort(404)
    try:
        called, raw = report_file(house(), asked, ending, today=today())
    except CorrespondenceError as refused:
        problems.add("report", str(refused))
        return _page(name, request.args, problems), 400
    return download(raw, called)


def policy_now(report: str) -> ResponseReturnValue:
    """The self-assessment with the complaints policy looked at as well."""
    name, problems = _named(report), Problems()
    if name != "self-assessment":
        abort(404)
    ending = request.form.get("ending", "docx")
    asked = _asked(name, request.form, problems)
    called, raw = _uploaded("policy", problems, "Choose the complaints policy")
    if problems or asked is None or ending not in FORMS[name]:
        return _page(name, request.form, problems), 400
    try:
        with_policy = ReportAsked(
            name,
            asked.first,
            asked.last,
            policy=PolicyDocument(called, document_words(called, raw)),
        )
        made = report_file(house(), with_policy, ending, today=today())
    except CorrespondenceError as refused:
        problems.add("policy", str(refused))
        return _page(name, request.form, problems), 400
    return download(made[1], made[0])


def words_now(report: str) -> ResponseReturnValue:
    """Keep what was written into the fields of a report; nobody's words are written over unseen."""
    name, problems, form = _named(report), Problems(), request.form
    period = _period(name, form, problems)
    if period is None:
        return _page(name, form, problems), 400
    kept = written_for(name, period)
    stands = written(house(), name, kept.first, kept.last)
    changed = {}
    for field in _fields(name, stands, _clause(form)):
        said = words(form, f"words-{field.name}")
        if f"words-{field.name}" not in form or _mark(said) == form.get(f"was-{field.name}"):
            continue
        if said == field.stands:
            continue
        if form.get(f"was-{field.name}") != field.mark:
            problems.add(
                f"words-{field.name}",
                f"{field.label}: somebody else wrote here meanwhile: “{field.stands[:300]}”. Put "
                "both together and keep it again",
            )
        changed[field.name] = said
    if not problems:
        try:
            for one, said in changed.items():
                write(house(), name, kept.first, kept.last, one, said, now=now(), actor=actor())
        except CorrespondenceError as refused:
            problems.add("report", str(refused))
    if problems:
        return _page(name, form, problems), 400
    flash("What you wrote is kept, and stands in every draft of these days.")
    return redirect(url_for("reports", **_query(name, form, period)))


def check_now() -> ResponseReturnValue:
    """Hold a published report against itself."""
    problems = Problems()
    name, raw = _uploaded("checked", problems, "Choose a report: Word, PDF, a page or plain text")
    if not problems:
        try:
            found = check_report(document_words(name, raw), file=name)
        except CorrespondenceError as refused:
            problems.add("checked", str(refused))
        else:
            return _page("annual", {}, problems, found)
    return _page("annual", {}, problems), 400


def _uploaded(field: str, problems: Problems, missing: str) -> tuple[str, bytes]:
    given = request.files.get(field)
    raw = given.read(LARGEST + 1) if given and given.filename else b""
    if not raw:
        problems.add(field, missing)
    elif len(raw) > LARGEST:
        problems.add(field, f"The file is larger than {LARGEST // 1_000_000} MB")
    return (given.filename or "" if given else ""), raw


def _named(given: str) -> ReportName:
    if given not in REPORTS:
        abort(404)
    return given


def _clause(form: Mapping[str, str]) -> str:
    """The provision whose row is written about; empty for none."""
    given = form.get("clause", "")
    return given if given in CLAUSES else ""


def _period(
    report: ReportName, given: Mapping[str, str], problems: Problems
) -> ReportingYear | None:
    """The days asked for, where they can be; else the problem is told."""
    ends: list[date | None] = []
    for name, what in (("first", "the first day"), ("last", "the last day")):
        iso, split = words(given, name), any(words(given, f"{name}-{p}") for p in _PARTS)
        if iso and not split:
            try:
                ends.append(date.fromisoformat(iso))
            except ValueError:
                problems.add(f"{name}-day", f"Enter {what} as a real date, such as 27 11 2026")
        else:
            ends.append(day_given(given, name, problems, what=what) if split else None)
    if problems:
        return None
    try:
        period = days_of(report, today(), ends[0], ends[1])
        if period.first > period.last:
            raise WrongUse("The last day comes before the first")
    except CorrespondenceError as refused:
        problems.add("first-day", str(refused))
        return None
    return period


_PARTS: Final = ("day", "month", "year")


def _asked(report: ReportName, given: Mapping[str, str], problems: Problems) -> ReportAsked | None:
    homes = [_homes(given, name, problems) for name in ("homes", "homes_lcho")]
    period = _period(report, given, problems)
    if period is None or problems:
        return None
    hide = given.get("hide") == "yes"
    return ReportAsked(report, period.first, period.last, homes[0], homes[1], hide_small=hide)


def _homes(given: Mapping[str, str], name: str, problems: Problems) -> int | None:
    said = words(given, name).replace(",", "")
    if not said:
        return None
    if not (said.isascii() and said.isdigit() and len(said) < 8):
        problems.add(name, "Enter how many homes as a whole number, such as 4250")
        return None
    return int(said)


def _query(report: ReportName, given: Mapping[str, str], period: ReportingYear) -> dict[str, Any]:
    """The same page again, as an address that can be kept."""
    more = {name: given.get(name, "") for name in ("homes", "homes_lcho", "hide", "clause")}
    return {
        "report": report,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        **{name: value for name, value in more.items() if value},
    }


def _fields(report: ReportName, stands: Mapping[str, str], clause: str) -> Iterator[Written]:
    if clause:
        for name, about in ROW_FIELDS.items():
            whole = f"{clause}.{name}"
            label = name.replace("_", " ").capitalize()
            here = stands.get(whole, "")
            yield Written(whole, label, about, here, _mark(here), short=name in _SHORT)
        return
    about_them = fields_of(report)
    for name, field in _ASKED[report].items():
        here = stands.get(name, "")
        label = field.title or plainly(name)
        yield Written(name, label, about_them[name], here, _mark(here), asked=bool(field.asked))


def _mark(said: str) -> str:
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:24]


def _page(
    report: ReportName,
    given: Mapping[str, str],
    problems: Problems,
    found: ReportFindings | None = None,
) -> str:
    period = _period(report, given, Problems()) or days_of(report, today(), None, None)
    kept = written_for(report, period)
    owned = house().settings.reporting
    query = _query(report, given, period)
    return render_template(
        "reports.html",
        report=report,
        reports=REPORTS,
        endings=[(one, ENDINGS[one]) for one in FORMS[report]],
        period=period,
        kept=kept,
        first_fields=day_fields(given, "first", period.first),
        last_fields=day_fields(given, "last", period.last),
        homes=given.get("homes", "" if owned.homes is None else str(owned.homes)),
        homes_lcho=given.get(
            "homes_lcho", "" if owned.homes_lcho is None else str(owned.homes_lcho)
        ),
        given=given,
        query={name: value for name, value in query.items() if name != "report"},
        clause=_clause(given),
        clauses=CLAUSES,
        fields=list(
            _fields(report, written(house(), report, kept.first, kept.last), _clause(given))
        ),
        problems=problems,
        found=found,
    )
