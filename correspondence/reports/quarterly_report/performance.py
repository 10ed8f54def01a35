"""How complaints were handled: the quarters beside one another, acknowledgements, open ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.reports.document.parts import NONE, ReportTable, Section, Sentence
from correspondence.reports.document.wording import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.reports.document.parts import Value
    from correspondence.reports.figures.quarterly_document import QuarterlyFigures


def trend_sections(figures: QuarterlyFigures) -> Iterator[Section]:
    """The quarter beside those before it (Code 9.7b)."""
    quarters = [(f"{one.first:%b} to {one.last:%b %Y}", one) for one in figures.trend]
    yield Section(
        "The quarters beside one another",
        (),
        (
            ReportTable(
                "Complaints received, by quarter",
                ("Quarter", "Stage 1", "Stage 2"),
                tuple((name, one.stage1, one.stage2) for name, one in quarters),
                chart="lines",
            ),
            ReportTable(
                "Answered in the Code's time, by quarter, in percent of answers",
                ("Quarter", "Stage 1", "Stage 2"),
                tuple(
                    (name, _or_none(one.in_time1), _or_none(one.in_time2)) for name, one in quarters
                ),
                chart="lines",
                percents=frozenset({1, 2}),
            ),
            ReportTable(
                "Escalation, refusals and contacts, by quarter",
                (
                    "Quarter",
                    "Stage 2 for every 100 at stage 1",
                    "Not accepted",
                    "Enquiries and requests",
                ),
                tuple(
                    (name, _or_none(one.escalation), one.refused, one.contacts)
                    for name, one in quarters
                ),
            ),
        ),
    )


def _or_none(percent: float | None) -> Value:
    return "–" if percent is None else percent


def acknowledged_section(figures: QuarterlyFigures) -> Section:
    """Acknowledgements of both stages, beside the Code's five working days."""
    title = "Acknowledgements"
    one, two = figures.acknowledged1, figures.acknowledged2
    if not one.received + two.received:
        return Section(title, (NONE,))
    names = (
        ("in_time", "Within five working days"),
        ("late", "Later than that"),
        ("missing", "None on record, and overdue"),
        ("not_due", "Not due yet, or ended before"),
    )
    return Section(
        title,
        (
            Sentence(
                "The Code gives five working days from receipt to acknowledge, define and log a "
                "complaint at either stage (6.2, 6.11)."
            ),
        ),
        (
            ReportTable(
                "Acknowledgements",
                ("Acknowledged", "Stage 1", "Stage 2"),
                tuple((words, getattr(one, name), getattr(two, name)) for name, words in names),
                total=("Total", one.received, two.received),
            ),
        ),
    )


def aged_section(figures: QuarterlyFigures) -> Section:
    """What was open at the end, and for how long."""
    title = f"Open complaints on {day_of(figures.as_at)}"
    one, two = figures.aged1, figures.aged2
    if not one.open + two.open:
        return Section(title, (NONE,))
    said = (
        f"{one.open} were open at stage 1 and {two.open} at stage 2. Of these, "
        f"{one.overdue} and {two.overdue} were past the day their answer was due."
    )
    rows = tuple(
        (f"{band} working days", one.by_age[band], two.by_age[band]) for band in one.by_age
    )
    return Section(
        title,
        (Sentence(said, (one.open, two.open, one.overdue, two.overdue)),),
        (
            ReportTable(
                "Open complaints by age",
                ("Since the stage began", "Stage 1", "Stage 2"),
                rows,
                total=("Total", one.open, two.open),
            ),
        ),
    )
