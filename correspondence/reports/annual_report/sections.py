"""What stands in a yearly report, section by section, with what the Code asks of it (8.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from correspondence.reports.annual_report.parts import (
    NONE,
    ReportDocument,
    ReportTable,
    Section,
    Sentence,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from correspondence.reports.annual_report.parts import Value
    from correspondence.reports.figures.document import (
        AnnualFigures,
        MeasureFigures,
        StageFigures,
    )

MOST_LEARNING: Final = 100
_NOT_RECORDED: Final = "Not recorded"
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
_SPOKEN: Final = {
    "mp_enquiry": "Enquiry by a Member of Parliament",
    "councillor_enquiry": "Enquiry by a councillor",
    "escalation": "Escalation of a complaint from elsewhere",
    "lcra": "low cost rental accommodation",
    "lcho": "low cost home ownership",
}
READ_THE_LEARNING: Final = (
    "What we learned stands as the register has it: read it for anybody who could be recognised."
)
TO_COMPLETE: Final = (
    "The self-assessment against the Code, or a link to it (Code 8.1a).",
    "Findings of non-compliance with the Code by the Ombudsman, or 'none' (Code 8.1c).",
    "The Ombudsman's annual report about the landlord, where there is one (Code 8.1e).",
    "Other reports or publications of the Ombudsman about the landlord (Code 8.1f).",
    "The governing body's response, to be published beside this report (Code 8.2).",
)


def annual_document(figures: AnnualFigures, landlord: str) -> ReportDocument:
    """The report of these figures, in the order the Code lists what it must hold."""
    period = f"{_day(figures.period.first)} to {_day(figures.period.last)}"
    return ReportDocument(
        title="Complaints performance and service improvement report",
        landlord=landlord,
        period=period,
        sections=tuple(_sections(figures, landlord, period)),
        to_complete=(READ_THE_LEARNING, *TO_COMPLETE) if figures.learning else TO_COMPLETE,
    )


def _sections(figures: AnnualFigures, landlord: str, period: str) -> Iterator[Section]:
    yield _about(landlord, period)
    yield _contacts(figures)
    yield _stage(1, figures.stage1, "10 working days")
    yield _stage(2, figures.stage2, "20 working days")
    yield _refused(figures)
    yield _measures(figures)
    yield _ombudsman(figures)
    yield _learning(figures)
    yield Section(
        "How complaints came",
        () if figures.channels else (NONE,),
        (counted("Cases by channel", "Channel", figures.channels, drawn=True),)
        if figures.channels
        else (),
    )
    yield _trend(figures)
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
    said = f"{_number(stages[0].received, 'complaint')} came to us at stage 1 and "
    said += f"{_number(stages[1].received, 'complaint')} at stage 2."
    if escalated:
        said += f" {_number(escalated, 'complaint')} had been an enquiry or a request before."
    return Sentence(said, (stages[0].received, stages[1].received, escalated))


def _stage(number: int, stage: StageFigures, within: str) -> Section:
    title = f"Complaints at stage {number}"
    if not stage.received:
        return Section(title, (NONE,))
    shown = [(name, words) for name, words in _STANDINGS if name in _ALWAYS or getattr(stage, name)]
    timeliness = {words: getattr(stage, name) for name, words in shown}
    in_time = stage.in_time + stage.in_time_extended
    said = (
        f"{_number(stage.received, 'complaint')} came to stage {number}. The Code gives {within} "
        "from the acknowledgement, and as many again where the resident is told of an extension in "
        f"time. Of {_number(stage.responded, 'answer')} {in_time} came within that time."
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


def _refused(figures: AnnualFigures) -> Section:
    title = "Complaints we did not accept"
    refused = figures.refused
    if not refused.total:
        return Section(title, (NONE,))
    said = (
        f"We did not accept {_number(refused.total, 'complaint')}: {refused.stage1} at stage 1 "
        f"and {refused.stage2} at stage 2."
    )
    return Section(
        title,
        (Sentence(said, (refused.total, refused.stage1, refused.stage2)),),
        (counted("Not accepted, by reason", "Reason", refused.by_reason),),
    )


def _measures(figures: AnnualFigures) -> Section:
    shown = [figures.measures]
    if figures.measures_lcho.homes or _counts_any(figures.measures_lcho):
        shown.append(figures.measures_lcho)
    tables = tuple(
        ReportTable(
            f"Measures, {_SPOKEN[measures.population]}",
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
        tuple(dict.fromkeys((*told, *figures.measures.switches))),
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


def _ombudsman(figures: AnnualFigures) -> Section:
    title = "Findings of the Housing Ombudsman"
    if not figures.ombudsman:
        return Section(title, (NONE,))
    against = sum(issue.against_us for issue in figures.ombudsman)
    cases = len({issue.ombudsman_reference or issue.reference for issue in figures.ombudsman})
    said = (
        f"The Ombudsman determined {_number(len(figures.ombudsman), 'issue')} in "
        f"{_number(cases, 'case')} in the period, {against} of them against us. A finding of "
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
                        issue.ombudsman_reference or _NOT_RECORDED,
                        _day(issue.determined),
                        issue.category,
                        issue.finding,
                    )
                    for issue in figures.ombudsman
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
                    (f"{_day(first)} to {_day(last)}", one, two) for first, last, one, two in years
                ),
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


def counted(
    title: str,
    what: str,
    counts: Mapping[str, int],
    *,
    drawn: bool = False,
    guarded: bool = True,
) -> ReportTable:
    """A table of counts with their shares and total."""
    total = sum(counts.values())
    rows: list[tuple[Value, ...]] = [
        (spoken(name), count, round(100 * count / total, 1) if total else 0.0)
        for name, count in counts.items()
    ]
    return ReportTable(
        title,
        (what, "Number", "Share"),
        tuple(rows),
        total=("Total", total, 100.0 if total else 0.0),
        drawn=drawn and bool(total),
        percent=2,
        note="Shares are rounded and may not add up to 100%." if total else "",
        guarded=guarded,
    )


def spoken(code: str) -> str:
    """A code as people say it; a landlord's own words as they are."""
    if not code:
        return _NOT_RECORDED
    if code in _SPOKEN:
        return _SPOKEN[code]
    return code.replace("_", " ").capitalize() if code == code.lower() and " " not in code else code


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
