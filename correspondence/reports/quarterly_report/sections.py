"""What stands in the quarterly pack, in the order of Code 9.7: volumes, trends, Ombudsman, year."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from correspondence.reports.annual_report.fields import NOTHING_WRITTEN
from correspondence.reports.annual_report.sections import (
    findings_section,
    measures_section,
    refused_section,
    stage_section,
)
from correspondence.reports.document.commentary import own_section, still_asked
from correspondence.reports.document.parts import (
    NONE,
    ReportDocument,
    ReportTable,
    Section,
    Sentence,
    paragraphs,
)
from correspondence.reports.document.wording import counted, day_of, number_of, spoken
from correspondence.reports.quarterly_report.fields import QUARTERLY_FIELDS
from correspondence.reports.quarterly_report.performance import (
    acknowledged_section,
    aged_section,
    trend_sections,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from correspondence.reports.document.parts import Value
    from correspondence.reports.figures.quarterly_document import QuarterlyFigures

_STANDINGS: Final = {
    "complied": "complied with in time",
    "complied_late": "complied with late",
    "open": "open",
    "overdue": "overdue",
}


def quarterly_document(
    figures: QuarterlyFigures, landlord: str, written: Mapping[str, str] = NOTHING_WRITTEN
) -> ReportDocument:
    """The pack of these figures, with what people `written` by the names in QUARTERLY_FIELDS."""
    return ReportDocument(
        title="Complaints: quarterly report",
        landlord=landlord,
        period=f"{day_of(figures.period.first)} to {day_of(figures.period.last)}",
        sections=tuple(_sections(figures, written)),
        to_complete=still_asked(QUARTERLY_FIELDS.values(), written),
    )


def _sections(figures: QuarterlyFigures, written: Mapping[str, str]) -> Iterator[Section]:
    def told(section: Section, field: str) -> Section:
        return replace(section, words=paragraphs(written.get(field, "")))

    yield told(_summary(figures), "overview")
    yield from trend_sections(figures)
    yield _categories(figures)
    yield stage_section(1, figures.stage1, "10 working days")
    yield stage_section(2, figures.stage2, "20 working days")
    yield acknowledged_section(figures)
    yield told(aged_section(figures), "performance")
    yield refused_section(figures.refused)
    yield _measures(figures)
    yield told(_issues(figures), "issues")
    yield told(_with_the_ombudsman(figures), "ombudsman")
    yield findings_section(figures.ombudsman.found)
    yield _orders(figures)
    yield _promised(figures)
    yield _improvements(figures)
    for field in ("annual_report", "response"):
        yield from own_section(QUARTERLY_FIELDS[field], written)
    notes = tuple(warned.says for warned in figures.warnings)
    yield Section("Notes on the figures", () if notes else (NONE,), points=notes)


def _summary(figures: QuarterlyFigures) -> Section:
    one, two = figures.stage1, figures.stage2
    rows: list[tuple[Value, ...]] = [
        ("Complaints received at stage 1", one.received),
        ("Complaints received at stage 2", two.received),
        ("Stage 2 for every 100 at stage 1", _share(figures.escalation.percent)),
        ("Stage 1 answers in the Code's time", _share(_in_time(one.responded, one))),
        ("Stage 2 answers in the Code's time", _share(_in_time(two.responded, two))),
        (f"Open at stage 1 on {day_of(figures.as_at)}", figures.aged1.open),
        (f"Open at stage 2 on {day_of(figures.as_at)}", figures.aged2.open),
        ("Of these, overdue", figures.aged1.overdue + figures.aged2.overdue),
        ("Complaints not accepted", figures.refused.total),
        ("Cases with an Ombudsman", figures.ombudsman.open),
        ("Ombudsman's orders overdue", _orders_overdue(figures)),
        ("Promised actions overdue", figures.promised.overdue),
    ]
    return Section(
        "Summary",
        (),
        (
            ReportTable(
                "The quarter at a glance",
                ("What", "Figure"),
                tuple(rows),
                note="Answers in time are a share of the answers given to complaints that came in "
                "the quarter, extensions that the resident was told of in time among them.",
            ),
        ),
    )


def _in_time(responded: int, stage: object) -> float | None:
    met = getattr(stage, "in_time", 0) + getattr(stage, "in_time_extended", 0)
    return 100 * met / responded if responded else None


def _share(percent: float | None) -> str:
    return "not formed" if percent is None else f"{percent:.1f}%"


def _orders_overdue(figures: QuarterlyFigures) -> int:
    return sum(
        one.standing == "overdue" and one.kind == "order" for one in figures.ombudsman.orders
    )


def _categories(figures: QuarterlyFigures) -> Section:
    title = "What complaints were about"
    if not figures.areas:
        return Section(title, (NONE,))
    return Section(
        title,
        (),
        (
            ReportTable(
                "Stage 1 complaints by service, beside the quarter before",
                ("Service", "This quarter", "The quarter before", "Change"),
                tuple(
                    (spoken(one.service_area), one.now, one.before, one.now - one.before)
                    for one in figures.areas
                ),
            ),
            counted("Contacts by kind", "Kind", figures.contacts, guarded=False),
        ),
    )


def _measures(figures: QuarterlyFigures) -> Section:
    so_far = figures.year_to_date
    said = (
        f"From {day_of(so_far.first)} to {day_of(so_far.last)}, the reporting year so far. They "
        "are measures of twelve months, and can still change until every complaint is answered."
    )
    section = measures_section(figures.measures, figures.measures_lcho)
    return replace(
        section,
        title="Tenant Satisfaction Measures, the year so far",
        sentences=(Sentence(said), *section.sentences),
    )


def _issues(figures: QuarterlyFigures) -> Section:
    learned = figures.learned
    title = "Issues, trends and learning"
    if not learned.cases:
        return Section(title, (Sentence("No learning was recorded in the quarter."),))
    said = (
        f"Learning was recorded from {number_of(learned.cases, 'complaint')}: "
        f"{learned.systemic} told of something systemic, {learned.procedures_changed} led to a "
        f"changed policy or procedure and {learned.training} to training."
    )
    counts = (learned.cases, learned.systemic, learned.procedures_changed, learned.training)
    tables = [
        _several(name, what, counts_of)
        for name, what, counts_of in (
            ("Themes", "Theme", learned.themes),
            ("Root causes", "Cause", learned.root_causes),
        )
        if counts_of
    ]
    return Section(title, (Sentence(said, counts),), tuple(tables))


def _several(title: str, what: str, counts: Mapping[str, int]) -> ReportTable:
    return ReportTable(
        title,
        (what, "Complaints"),
        tuple((spoken(name), count) for name, count in counts.items()),
        chart="bars",
        note="A complaint may have several, so these do not add up to the complaints.",
    )


def _with_the_ombudsman(figures: QuarterlyFigures) -> Section:
    with_them = figures.ombudsman
    said = (
        f"{number_of(with_them.taken, 'case')} came to an Ombudsman in the quarter, and "
        f"{with_them.open} waited for a determination at its end. "
        f"{number_of(with_them.evidence_asked, 'request')} for evidence came, "
        f"{with_them.evidence_in_time} of them answered by the day asked for; "
        f"{with_them.evidence_overdue} were overdue at the end."
    )
    return Section("Investigations by the Ombudsmen", (Sentence(said),))


def _orders(figures: QuarterlyFigures) -> Section:
    title = "Orders and recommendations of the Ombudsmen"
    orders = figures.ombudsman.orders
    if not orders:
        return Section(title, (NONE,))
    severe = sum(one.severe for one in orders)
    told = (
        (Sentence(f"{severe} of them follow a finding of severe maladministration.", (severe,)),)
        if severe
        else ()
    )
    return Section(
        title,
        told,
        (
            ReportTable(
                "Progress on orders and recommendations",
                ("Order", "Kind", "Made", "Due", "Complied with", "Standing"),
                tuple(
                    (
                        one.order,
                        f"{one.kind}, severe" if one.severe else one.kind,
                        day_of(one.made),
                        day_of(one.due) if one.due else "no day set",
                        day_of(one.complied) if one.complied else "",
                        _STANDINGS[one.standing],
                    )
                    for one in orders
                ),
            ),
        ),
    )


def _promised(figures: QuarterlyFigures) -> Section:
    promised = figures.promised
    said = (
        f"{number_of(promised.done, 'promised action')} were done in the quarter, "
        f"{promised.done_in_time} of them by the day promised. {promised.open} were open at its "
        f"end, {promised.overdue} of them overdue (Code 6.6, 7.3)."
    ).replace("1 promised action were", "1 promised action was")
    return Section("What was promised to residents", (Sentence(said),))


def _improvements(figures: QuarterlyFigures) -> Section:
    if not figures.improvements:
        return Section("Service improvements", (NONE,))
    return Section(
        "Service improvements",
        (),
        (
            ReportTable(
                "Service improvements and who sees to them",
                ("Improvement", "Who", "By", "State"),
                tuple(
                    (
                        one.what,
                        one.owner or "nobody yet",
                        day_of(one.due) if one.due else "",
                        one.state.replace("_", " "),
                    )
                    for one in figures.improvements
                ),
            ),
        ),
    )
