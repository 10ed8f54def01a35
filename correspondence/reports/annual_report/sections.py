"""What stands in a yearly report, section by section, with what the Code asks of it (8.1)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from correspondence.reports.annual_report.fields import ANNUAL_FIELDS, NOTHING_WRITTEN
from correspondence.reports.document.commentary import own_section, still_asked
from correspondence.reports.document.parts import (
    NONE,
    ReportDocument,
    ReportTable,
    Section,
    Sentence,
    paragraphs,
)
from correspondence.reports.document.wording import (
    NOT_RECORDED,
    SPOKEN,
    counted,
    day_of,
    number_of,
    spoken,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from correspondence.reports.figures.document import (
        AnnualFigures,
        IssueFound,
        MeasureFigures,
        Reconciled,
        RefusedFigures,
        StageFigures,
    )

MOST_LEARNING: Final = 100
_STANDINGS: Final = (
    ("in_time", "Answered in time"),
    ("in_time_extended", "Answered within an extension"),
    ("late", "Answered late"),
    ("undated", "Answered, the day not on record"),
    ("withdrawn", "Withdrawn before an answer"),
    ("refused", "Not accepted"),
    ("open", "Not answered yet"),
)
_ALWAYS: Final = frozenset({"in_time", "in_time_extended", "late"})
READ_THE_LEARNING: Final = (
    "What we learned stands as the register has it: read it for anybody who could be recognised."
)


def annual_document(
    figures: AnnualFigures, landlord: str, written: Mapping[str, str] = NOTHING_WRITTEN
) -> ReportDocument:
    """The report of these figures, in the order the Code lists what it must hold.

    `written` is what people wrote, by the names in `ANNUAL_FIELDS`; what is missing is asked for.
    """
    period = f"{day_of(figures.period.first)} to {day_of(figures.period.last)}"
    asked = still_asked(ANNUAL_FIELDS.values(), written)
    return ReportDocument(
        title="Complaints performance and service improvement report",
        landlord=landlord,
        period=period,
        sections=tuple(_sections(figures, landlord, period, written)),
        to_complete=(READ_THE_LEARNING, *asked) if figures.learning else asked,
        appendix=reconciliation_sections(figures.reconciliation),
    )


def _sections(
    figures: AnnualFigures, landlord: str, period: str, written: Mapping[str, str]
) -> Iterator[Section]:
    def told(section: Section, field: str) -> Section:
        return replace(section, words=paragraphs(written.get(field, "")))

    def own(field: str) -> Iterator[Section]:
        yield from own_section(ANNUAL_FIELDS[field], written)

    yield told(_about(landlord, period), "overview")
    yield from own("self_assessment")
    yield told(_contacts(figures), "contacts")
    yield told(stage_section(1, figures.stage1, "10 working days"), "stage1")
    yield told(stage_section(2, figures.stage2, "20 working days"), "stage2")
    yield told(refused_section(figures.refused), "refused")
    yield told(measures_section(figures.measures, figures.measures_lcho), "measures")
    yield from own("compliance_findings")
    yield told(findings_section(figures.ombudsman), "ombudsman")
    yield told(_learning(figures), "learning")
    yield from own("improvements")
    yield from own("ombudsman_annual_report")
    yield from own("other_reports")
    yield Section(
        "How complaints came",
        () if figures.channels else (NONE,),
        (counted("Cases by channel", "Channel", figures.channels, drawn=True),)
        if figures.channels
        else (),
    )
    yield _trend(figures)
    yield from own("implications")
    yield from own("governing_body_response")
    yield _sources(figures)


def _about(landlord: str, period: str) -> Section:
    covers = (
        f"This report covers the complaints that {landlord} received about housing from {period}. "
        "The Housing Ombudsman's Complaint Handling Code asks every landlord to publish it each "
        "year (8.1, 8.2)."
    )
    whose = (
        "Unless it says otherwise, every figure is about all residents: tenants, leaseholders and "
        "others. The Tenant Satisfaction Measures are about tenants only, and are given apart."
    )
    return Section("About this report", (Sentence(covers), Sentence(whose)))


def _contacts(figures: AnnualFigures) -> Section:
    if not figures.contacts:
        return Section("What residents contacted us about", (NONE,))
    return Section(
        "What residents contacted us about",
        (_sentence_of_contacts(figures),),
        (counted("Contacts by kind", "Kind", figures.contacts, guarded=False),),
    )


def _sentence_of_contacts(figures: AnnualFigures) -> Sentence:
    stages, escalated = (figures.stage1, figures.stage2), sum(figures.escalated_from.values())
    said = f"{number_of(stages[0].received, 'complaint')} came to us at stage 1 and "
    said += f"{number_of(stages[1].received, 'complaint')} at stage 2."
    if escalated:
        said += f" {number_of(escalated, 'complaint')} had been an enquiry or a request before."
    return Sentence(said, (stages[0].received, stages[1].received, escalated))


def stage_section(number: int, stage: StageFigures, within: str) -> Section:
    """One stage: what came, by service, by outcome, and whether in time."""
    title = f"Complaints at stage {number}"
    if not stage.received:
        return Section(title, (NONE,))
    shown = [(name, words) for name, words in _STANDINGS if name in _ALWAYS or getattr(stage, name)]
    timeliness = {words: getattr(stage, name) for name, words in shown}
    in_time = stage.in_time + stage.in_time_extended
    said = (
        f"{number_of(stage.received, 'complaint')} came to stage {number}. The Code gives {within} "
        "from the acknowledgement, and as many again where the resident is told of an extension in "
        f"time. Of {number_of(stage.responded, 'answer')} {in_time} came within that time."
    )
    unanswered, late = stage.received - stage.responded, stage.responded - in_time
    return Section(
        title,
        (Sentence(said, (stage.received, stage.responded, unanswered, in_time, late)),),
        (
            counted(
                f"Stage {number} by service area", "Service", stage.by_service_area, drawn=True
            ),
            counted(f"Stage {number} by outcome", "Outcome", stage.outcomes, drawn=True),
            counted(f"Stage {number} by time", "Answer", timeliness, drawn=True),
        ),
    )


def refused_section(refused: RefusedFigures) -> Section:
    """What was not accepted, and why (Code 8.1b)."""
    title = "Complaints we did not accept"
    if not refused.total:
        return Section(title, (NONE,))
    said = (
        f"We did not accept {number_of(refused.total, 'complaint')}: {refused.stage1} at stage 1 "
        f"and {refused.stage2} at stage 2."
    )
    return Section(
        title,
        (Sentence(said, (refused.total, refused.stage1, refused.stage2)),),
        (counted("Not accepted, by reason", "Reason", refused.by_reason),),
    )


def measures_section(rental: MeasureFigures, ownership: MeasureFigures) -> Section:
    """CH01 and CH02 by kind of home, with how they were reckoned."""
    shown = [rental]
    if ownership.homes or _counts_any(ownership):
        shown.append(ownership)
    tables = tuple(
        ReportTable(
            f"Measures, {SPOKEN[measures.population]}",
            ("Measure", "Value", "How it is reckoned"),
            tuple(
                (_MEASURES[name], _measured(name, getattr(measures, name)), because)
                for name, because in measures.because.items()
            ),
            note=f"{measures.homes:,} homes at the end of the period." if measures.homes else "",
        )
        for measures in shown
    )
    told = [line for measures in shown for line in measures.reconciliation]
    return Section(
        "Tenant Satisfaction Measures",
        (Sentence("These count complaints by tenants only, and by the kind of their home."),),
        tables,
        tuple(dict.fromkeys((*told, *rental.switches))),
    )


_MEASURES: Final = {
    "CH01_1": "CH01 (1): stage 1 complaints for every 1,000 homes",
    "CH01_2": "CH01 (2): stage 2 complaints for every 1,000 homes",
    "CH02_1": "CH02 (1): stage 1 complaints answered in the Code's time",
    "CH02_2": "CH02 (2): stage 2 complaints answered in the Code's time",
}


def _counts_any(measures: MeasureFigures) -> bool:
    return measures.CH02_1 is not None or measures.CH02_2 is not None


def _measured(name: str, value: float | None) -> str:
    if value is None:
        return "not formed"
    return f"{value:.1f}%" if name.startswith("CH02") else f"{value:.1f}"


def findings_section(found: Sequence[IssueFound]) -> Section:
    """What the Ombudsmen determined, issue by issue."""
    title = "Findings of the Housing Ombudsman"
    if not found:
        return Section(title, (NONE,))
    against = sum(issue.against_us for issue in found)
    cases = len({issue.ombudsman_reference or issue.reference for issue in found})
    said = (
        f"The Ombudsman determined {number_of(len(found), 'issue')} in "
        f"{number_of(cases, 'case')} in the period, {against} of them against us. A finding of "
        "service failure is one of maladministration. Some of the complaints came in earlier years."
    )
    return Section(
        title,
        (Sentence(said),),
        (
            ReportTable(
                "Findings by issue",
                ("Ombudsman's reference", "Determined", "Issue", "Finding"),
                tuple(
                    (
                        issue.ombudsman_reference or NOT_RECORDED,
                        day_of(issue.determined),
                        issue.category,
                        issue.finding,
                    )
                    for issue in found
                ),
            ),
        ),
    )


def _learning(figures: AnnualFigures) -> Section:
    title = "What we learned and changed"
    if not figures.learning:
        return Section(title, (NONE,))
    shown = figures.learning[:MOST_LEARNING]
    left = len(figures.learning) - len(shown)
    return Section(
        title,
        (Sentence(f"{left} more are in the register."),) if left else (),
        (
            ReportTable(
                "Learning from complaints",
                ("Service", "What we learned and did"),
                tuple((spoken(one.service_area), one.learning) for one in shown),
            ),
        ),
    )


def _trend(figures: AnnualFigures) -> Section:
    if not figures.trend:
        return Section("Earlier years", (NONE,))
    now = figures.period
    years = [
        *((one.first, one.last, one.stage1, one.stage2) for one in figures.trend),
        (now.first, now.last, figures.stage1.received, figures.stage2.received),
    ]
    return Section(
        "Earlier years",
        (),
        (
            ReportTable(
                "Complaints received",
                ("Period", "Stage 1", "Stage 2"),
                tuple(
                    (f"{day_of(first)} to {day_of(last)}", one, two)
                    for first, last, one, two in years
                ),
                chart="lines",
            ),
        ),
    )


def _sources(figures: AnnualFigures) -> Section:
    notes = tuple(warned.says for warned in figures.warnings)
    return Section(
        "Notes on the figures",
        () if notes else (NONE,),
        points=notes,
    )


def reconciliation_sections(lines: Sequence[Reconciled]) -> tuple[Section, ...]:
    """Each figure with its population, its rule and its query; nothing where nothing is counted."""
    if not lines:
        return ()
    said = (
        "Each figure can be counted again: its query runs over the table of cases that is written "
        "beside this report."
    )
    return (
        Section(
            "Where each figure comes from",
            (Sentence(said),),
            (
                ReportTable(
                    "Figures, populations, rules and queries",
                    ("Figure", "Value", "Population", "Rule", "Query"),
                    tuple(
                        (
                            line.figure,
                            "not formed" if line.value is None else f"{line.value:g}",
                            line.population,
                            line.rule,
                            line.query,
                        )
                        for line in lines
                    ),
                ),
            ),
        ),
    )
