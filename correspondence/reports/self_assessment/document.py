"""The form with what people wrote into it, its action plan, and the governing body's approval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.long_date import long_date
from correspondence.handling_code.self_assessment.filled import A_PERSON, COLUMNS
from correspondence.reports.annual_report.fields import NOTHING_WRITTEN
from correspondence.reports.document.commentary import own_section, still_asked
from correspondence.reports.document.parts import (
    NONE,
    ReportDocument,
    ReportTable,
    Section,
    Sentence,
)
from correspondence.reports.self_assessment.fields import ROW_FIELDS, WHOLE_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from correspondence.handling_code.self_assessment import FilledForm
    from correspondence.handling_code.self_assessment.filled import FilledRow, FilledSection


@dataclass(frozen=True, slots=True)
class Improvement:
    """A service improvement that answers to a provision, as the action plan lists it."""

    provision: str
    what: str
    due: date | None
    owner: str
    state: str


@dataclass(frozen=True, slots=True)
class CompletedRow:
    """A row of the form with what people wrote. `open` is what is left to be done to it."""

    clause: str
    requirement: str
    comply: str
    evidence: str
    commentary: str
    open: tuple[str, ...]
    action: str
    target_date: str
    officer: str


def completed(row: FilledRow, written: Mapping[str, str]) -> CompletedRow:
    """The row as it stands: a person's answer goes before what was found."""
    said = {name: written.get(f"{row.clause}.{name}", "").strip() for name in ROW_FIELDS}
    answer = said["comply"].capitalize() if said["comply"].lower() in {"yes", "no"} else ""
    comply = answer or row.comply
    explained = said["commentary"] or said["action"]
    needs = () if comply == "Yes" and answer else row.to_do
    if answer == "No" and said["commentary"] and said["target_date"]:
        needs = ()
    if answer == "No" and not (explained and said["target_date"]):
        needs = ("A No needs an explanation and the date by which the provision is met.",)
    return CompletedRow(
        clause=row.clause,
        requirement=row.requirement,
        comply=comply or A_PERSON,
        evidence="\n".join(filter(None, (*row.evidence, said["evidence"]))),
        commentary="\n".join(
            filter(None, (*row.commentary, said["commentary"], *(f"[{one}]" for one in needs)))
        ),
        open=needs,
        action=said["action"],
        target_date=said["target_date"],
        officer=said["officer"],
    )


def assessment_document(
    form: FilledForm,
    written: Mapping[str, str] = NOTHING_WRITTEN,
    improvements: Iterable[Improvement] = (),
) -> ReportDocument:
    """The self-assessment as a document, ready for the governing body once nothing is open."""
    rows = {row.clause: completed(row, written) for row in form.rows}
    period = (
        f"{long_date(form.period_from)} to {long_date(form.period_to)}"
        if form.period_from and form.period_to
        else f"filled on {long_date(form.filled_on)}"
    )
    waiting = [row.clause for row in rows.values() if row.open]
    return ReportDocument(
        title="Self-assessment against the Complaint Handling Code",
        landlord=form.landlord or "Landlord",
        period=period,
        sections=tuple(_sections(form, rows, written, improvements)),
        to_complete=tuple(_to_complete(form, waiting, written)),
        landscape=True,
    )


def _to_complete(form: FilledForm, waiting: list[str], written: Mapping[str, str]) -> Iterator[str]:
    if waiting:
        yield (
            f"{len(waiting)} rows are still to be answered or explained by a person: "
            f"{', '.join(waiting)}."
        )
    yield from still_asked(WHOLE_FIELDS.values(), written)
    yield from form.before_publication[-1:]


def _sections(
    form: FilledForm,
    rows: Mapping[str, CompletedRow],
    written: Mapping[str, str],
    improvements: Iterable[Improvement],
) -> Iterator[Section]:
    answers = [row.comply for row in rows.values()]
    said = (
        f"Of {len(rows)} provisions, {answers.count('Yes')} are answered Yes and "
        f"{answers.count('No')} No; {answers.count(A_PERSON)} are still to be answered. The "
        "requirements are told in other words than the Code's own, by its numbers."
    )
    yield Section("About this self-assessment", (Sentence(said), *_looked_at(form)))
    yield from own_section(WHOLE_FIELDS["overview"], written)
    for section in form.sections:
        yield _form_section(section, rows)
    yield _plan(rows.values(), improvements)
    yield from own_section(WHOLE_FIELDS["approval"], written)


def _looked_at(form: FilledForm) -> tuple[Sentence, ...]:
    sources = [
        f"the complaints policy ({form.policy})" if form.policy else "",
        "the landlord's profile, its cases and its letters" if form.period_from else "",
    ]
    known = " and ".join(filter(None, sources))
    return (Sentence(f"It was filled from {known}."),) if known else ()


def _form_section(section: FilledSection, rows: Mapping[str, CompletedRow]) -> Section:
    shown = [rows[row.clause] for row in section.rows]
    return Section(
        f"Section {section.number}: {section.title}",
        (),
        (
            ReportTable(
                f"Provisions of section {section.number}",
                COLUMNS,
                tuple(
                    (row.clause, row.requirement, row.comply, row.evidence, row.commentary)
                    for row in shown
                ),
            ),
        ),
    )


def _plan(rows: Iterable[CompletedRow], improvements: Iterable[Improvement]) -> Section:
    """The action plan: what people planned for a provision, then the improvements for it."""
    lines = [
        (row.clause, row.requirement, row.action or _NO_ACTION, row.target_date, row.officer)
        for row in rows
        if row.action or row.comply == "No"
    ]
    requirements = {line[0]: line[1] for line in lines}
    lines += [
        (
            one.provision,
            requirements.get(one.provision, ""),
            f"{one.what} ({one.state.replace('_', ' ')})",
            one.due.isoformat() if one.due else "",
            one.owner,
        )
        for one in improvements
    ]
    if not lines:
        return Section("Action plan", (NONE,))
    lines.sort(key=lambda line: tuple(int(part) for part in line[0].split(".")))
    return Section(
        "Action plan",
        (),
        (
            ReportTable(
                "Actions by provision",
                ("Code provision", "Requirement", "Action", "Target date", "Responsible officer"),
                tuple(lines),
            ),
        ),
    )


_NO_ACTION: Final = "[To be completed: what is done so that the provision is met.]"
