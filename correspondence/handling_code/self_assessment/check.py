"""A self-assessment held against what its form asks: every row, and the form as a whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.policy.finding import Finding, FindingsReport, report_of
from correspondence.handling_code.provisions import HOUSING_OMBUDSMAN_CODE_2024 as CODE
from correspondence.handling_code.self_assessment.form import CLAUSES, read_form
from correspondence.handling_code.self_assessment.judging import judged

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from correspondence.handling_code.self_assessment.form import SelfAssessmentForm

_WORD: Final = re.compile(r"[a-z]{4,}")


def check_self_assessment(text: str, *, today: date, file: str = "") -> FindingsReport:
    """What a filled self-assessment says of itself, row by row.

    `today` tells dates to come from dates gone by. Never raises: a text without rows is found to
    lack them all.
    """
    form = read_form(text)
    found: list[Finding] = []
    for row in form.rows:
        found.extend(judged(row, today))
    found.extend(_about_the_form(form))
    return report_of(found, file)


def _about_the_form(form: SelfAssessmentForm) -> Iterator[Finding]:
    if form.kind == "local government ombudsman":
        yield Finding(
            clause="8.1",
            verdict="warn",
            why="This is the Local Government and Social Care Ombudsman's form, one row a section. "
            "It does not stand in for the Housing Ombudsman's, which has 72 rows.",
            instead="Complete the Housing Ombudsman's self-assessment form for the "
            "landlord service.",
        )
        return
    if form.kind == "housing ombudsman 2022":
        yield Finding(
            clause="8.1",
            verdict="fail",
            why="This is the form of the 2022 Code; the Code of 2024 has other provisions.",
            instead="Complete the form of the Complaint Handling Code 2024.",
        )
        return
    yield from _missing_rows(form)
    yield from _wrong_titles(form)


def _missing_rows(form: SelfAssessmentForm) -> Iterator[Finding]:
    held = {row.clause for row in form.rows}
    for clause in CLAUSES:
        if clause not in held:
            yield Finding(
                clause=clause,
                verdict="fail",
                why=f"The form has no row for {clause}; it must be completed in full.",
                instead=f"Add the row: {CODE.provision(clause).requirement}",
            )


def _wrong_titles(form: SelfAssessmentForm) -> Iterator[Finding]:
    told: set[int] = set()
    for number, title in form.titles:
        if number in told or number > len(CODE.sections) or not _WORD.findall(title.lower()):
            continue
        own = _likeness(title, CODE.sections[number - 1])
        best = max(range(len(CODE.sections)), key=lambda at: _likeness(title, CODE.sections[at]))
        if own == 0 and _likeness(title, CODE.sections[best]) > 0.5:
            told.add(number)
            first = next(clause for clause in CLAUSES if clause.startswith(f"{number}."))
            yield Finding(
                clause=first,
                verdict="warn",
                quote=title,
                why=f"Section {number} is titled as section {best + 1}; in the form it is "
                f"“{CODE.sections[number - 1]}”.",
                instead=f"Section {number}: {CODE.sections[number - 1]}",
            )


def _likeness(title: str, wanted: str) -> float:
    own = {word[:6] for word in _WORD.findall(title.lower())}
    other = {word[:6] for word in _WORD.findall(wanted.lower())}
    common = own & other - _EVERYWHERE
    return len(common) / max(1, min(len(own - _EVERYWHERE), len(other - _EVERYWHERE)) or 1)


_EVERYWHERE: Final = frozenset({"compla", "handli"})
