"""A self-assessment held against what its form asks: every row, and the form as a whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.policy.finding import Finding, FindingsReport, report_of
from correspondence.handling_code.provisions import HOUSING_OMBUDSMAN_CODE_2024 as CODE
from correspondence.handling_code.self_assessment.consistency import inconsistent
from correspondence.handling_code.self_assessment.editions import CLAUSES
from correspondence.handling_code.self_assessment.form import read_form
from correspondence.handling_code.self_assessment.judging import judged
from correspondence.handling_code.self_assessment.local_government_form import (
    LOCAL_GOVERNMENT_FORM,
)

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
        found.extend(judged(row, today, form.kind))
    found.extend(inconsistent(form.rows))
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
        yield from _missing_sections(form)
        return
    if form.kind in _OLD_EDITIONS:
        yield Finding(
            clause="8.1",
            verdict="fail",
            why=f"This is the form of the {form.kind[-4:]} Code; the Code of 2024 has other "
            "provisions.",
            instead="Complete the form of the Complaint Handling Code 2024.",
        )
        return
    if part := _only_a_part(form):
        yield part
    yield from _missing_rows(form)
    yield from _wrong_titles(form)


def _missing_sections(form: SelfAssessmentForm) -> Iterator[Finding]:
    """The rows that the other Ombudsman's form lacks, where more than a part of it is here."""
    if _is_part(form):
        return
    held = _sections(form)
    for row in LOCAL_GOVERNMENT_FORM:
        if row.section not in held and row.stage <= 1:
            yield Finding(
                clause=f"{row.section}.1",
                verdict="fail",
                why=f"The form has no row for section {row.section}, {row.title}.",
                instead=f"Add the row: {row.states}",
            )


_OLD_EDITIONS: Final = ("housing ombudsman 2022", "housing ombudsman 2020")
_MOST_SECTIONS_OF_A_PART: Final = 4


def _sections(form: SelfAssessmentForm) -> list[int]:
    return sorted({int(row.clause.partition(".")[0]) for row in form.rows})


def _is_part(form: SelfAssessmentForm) -> bool:
    return 0 < len(_sections(form)) <= _MOST_SECTIONS_OF_A_PART


def _only_a_part(form: SelfAssessmentForm) -> Finding | None:
    """Where only some sections are here, as on a website with a page a section: said once."""
    if not _is_part(form):
        return None
    here = _sections(form)
    absent = [number for number in range(1, len(CODE.sections) + 1) if number not in here]
    first = next(clause for clause in CLAUSES if clause.startswith(f"{absent[0]}."))
    return Finding(
        clause=first,
        verdict="fail",
        why=f"This is only a part of a form: it holds section {_listed(here)}, and nothing of "
        f"section {_listed(absent)}. The form must be completed in full.",
        instead="Give the whole form, with all its sections in one document.",
    )


def _listed(numbers: list[int]) -> str:
    *others, last = (str(number) for number in numbers)
    return f"{', '.join(others)} and {last}" if others else last


def _missing_rows(form: SelfAssessmentForm) -> Iterator[Finding]:
    held = {row.provision for row in form.rows}
    sections = _sections(form) if _is_part(form) else range(1, len(CODE.sections) + 1)
    for clause in CLAUSES:
        if clause not in held and int(clause.partition(".")[0]) in sections:
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
