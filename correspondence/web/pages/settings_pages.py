"""Settings: the profile with the Code's verdict beside its values, changed after a check."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from flask import abort, current_app, flash, redirect, render_template, request, url_for

from correspondence.casework import profile
from correspondence.errors import CorrespondenceError
from correspondence.handling_code.policy import check_profile
from correspondence.settings.loading import from_environment, profile_text
from correspondence.settings.profile import Settings, section_model
from correspondence.web.desk import EXTENSION, actor, desk, house, now
from correspondence.web.forms import Problems
from correspondence.web.profile_form import changes, fields
from correspondence.web.spoken import plainly

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from correspondence.handling_code.policy import FindingsReport
    from correspondence.handling_code.policy.finding import Finding

VERDICTS: Final = {
    "fail": ("Against the Code", "govuk-tag--red"),
    "warn": ("Unclear", "govuk-tag--yellow"),
    "stricter": ("Stricter than the Code", "govuk-tag--blue"),
    "ok": ("As the Code asks", "govuk-tag--green"),
}


def show() -> ResponseReturnValue:
    """Every section, with what it holds and what the Code says of it."""
    settings = house().settings
    report = check_profile(settings)
    sections = [
        (name, plainly(name), _about(name), fields(name, getattr(settings, name), None))
        for name in profile.EDITABLE
    ]
    left = [name for name in Settings.model_fields if name not in profile.EDITABLE]
    return render_template(
        "settings.html",
        sections=sections,
        verdicts=_by_key(report),
        words=VERDICTS,
        breaks=[one for one in report.findings if one.verdict == "fail"],
        by_hand=[(name, plainly(name), _about(name)) for name in left],
        given=from_environment(),
    )


def show_section(section: str) -> ResponseReturnValue:
    """The form of one section."""
    return _page(_known(section), Problems())


def change_now(section: str) -> ResponseReturnValue:
    """Check what was written, or save it once it was checked and is well."""
    name = _known(section)
    problems, form = Problems(), request.form
    wanted = changes(name, getattr(house().settings, name), form)
    if not wanted:
        flash("Nothing was changed.")
        return redirect(url_for("settings"))
    checked: profile.Tried | None = None
    try:
        checked = profile.try_out(house().office, wanted)
        for (of, key), says in checked.faults.items():
            problems.add(f"{of}-{key}", says)
        if not problems and form.get("do") == "save":
            fresh = profile.save(house(), wanted, form.get("shown", ""), now=now(), actor=actor())
            take_up(fresh)
            flash("Saved. What runs beside these pages takes it up by itself.")
            return redirect(url_for("settings"))
    except CorrespondenceError as refused:
        problems.add(f"{name}-{next(iter(wanted))[1]}", str(refused))
    return _page(name, problems, checked=checked, wanted=wanted), 400 if problems else 200


def take_up(fresh: Any) -> None:
    """Have every answer from now on go by the office as it is."""
    current_app.extensions[EXTENSION] = replace(desk(), house=fresh)


def _page(
    name: str,
    problems: Problems,
    *,
    checked: profile.Tried | None = None,
    wanted: dict[tuple[str, str], Any] | None = None,
) -> str:
    settings = house().settings
    form = request.form if request.method == "POST" else None
    report = checked.report if checked and checked.report else check_profile(settings)
    return render_template(
        "settings_section.html",
        name=name,
        title=plainly(name),
        about=_about(name),
        fields=fields(name, getattr(settings, name), form),
        changed={key for _, key in wanted or {}},
        checked=checked is not None and not problems,
        verdicts=_by_key(report),
        words=VERDICTS,
        given={key for of, key in from_environment() if of == name},
        shown=form.get("shown", "") if form else _digest(),
        problems=problems,
    )


def _digest() -> str:
    return profile.digest(profile_text(house().office.profile))


def _known(name: str) -> str:
    if name not in profile.EDITABLE:
        abort(404)
    return name


def _about(name: str) -> str:
    return (section_model(name).__doc__ or "").partition("\n")[0]


def _by_key(report: FindingsReport) -> dict[str, Finding]:
    """What the Code says of each key: the gravest, where several clauses speak of it."""
    found: dict[str, Finding] = {}
    for one in report.findings:
        key = one.quote.partition(" = ")[0]
        gravest = list(VERDICTS)
        if key not in found or gravest.index(one.verdict) < gravest.index(found[key].verdict):
            found[key] = one
    return found
