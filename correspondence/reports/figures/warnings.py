"""What a reader of the figures should know before they are published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from correspondence.handling_code.measures import ReportingYear
from correspondence.reports.figures.document import Warned
from correspondence.reports.figures.judged import DECIDED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from correspondence.reports.figures.by_day import CasesByDay
    from correspondence.reports.figures.document import AnnualFigures
    from correspondence.reports.figures.judged import JudgedCase, JudgedStage

MOST_NAMED: Final = 50
_A_YEAR: Final = range(364, 367)


def warnings(cases: CasesByDay, figures: AnnualFigures, today: date) -> list[Warned]:
    """Every warning, with the cases it is about."""
    period = ReportingYear(figures.period.first, figures.period.last)
    return [*_of_period(figures, today), *_of_homes(figures), *of_cases(cases, period, today)]


def _of_period(figures: AnnualFigures, today: date) -> Iterator[Warned]:
    period = figures.period
    if not figures.contacts and not figures.stage2.received:
        yield Warned(id="nothing_received", says="The register holds nothing of this period.")
    if today <= period.last:
        yield Warned(
            id="period_not_over", says="The period is not over yet; every figure can still change."
        )
    if (period.last - period.first).days not in _A_YEAR:
        yield Warned(
            id="not_a_year",
            says="CH01 and CH02 are measures of twelve months, and this period is "
            f"{(period.last - period.first).days + 1} days long.",
        )


def _of_homes(figures: AnnualFigures) -> Iterator[Warned]:
    if figures.measures.homes is None:
        yield Warned(
            id="homes_not_known",
            says="CH01 needs the number of low cost rental homes owned at the end of the period; "
            "give it with --homes.",
        )


def of_cases(cases: CasesByDay, period: ReportingYear, today: date) -> Iterator[Warned]:
    """What is to be known of the cases that came in the period."""
    at_stages = [cases.reached(number, period) for number in (1, 2)]
    for identifier, says, is_so in _RULES:
        named = [
            case.entry.reference
            for reached in at_stages
            for case, stage in reached
            if is_so(case, stage)
        ]
        if named:
            yield _warned(identifier, says, named)
    overdue = [
        case.entry.reference
        for reached in at_stages
        for case, stage in reached
        if stage.standing == "open" and stage.due is not None and stage.due < today
    ]
    if overdue:
        yield _warned("overdue", "{count} answers are overdue.", overdue)
    undetermined = [
        case.entry.reference
        for case in cases.cases
        if case.entry.ombudsman_finding and case.entry.ombudsman_determined is None
    ]
    if undetermined:
        yield _warned(
            "finding_without_day",
            "{count} findings of the Ombudsman have no day of determination, so they belong to no "
            "year and are not counted.",
            undetermined,
        )


_RULES: Final[tuple[tuple[str, str, Callable[[JudgedCase, JudgedStage], bool]], ...]] = (
    (
        "no_tenure",
        "{count} have no tenure on record, so they are counted in no measure (CH01, CH02).",
        lambda case, _: not case.entry.tenure,
    ),
    (
        "not_answered",
        "{count} are not answered yet; CH02 can still change.",
        lambda _, stage: stage.standing == "open",
    ),
    (
        "undated",
        (
            "{count} were answered, and the dates do not say whether in time; CH02 cannot be "
            "formed until they are put right."
        ),
        lambda _, stage: stage.standing == "undated",
    ),
    (
        "due_later_than_the_code",
        (
            "{count} have a date in the register by which the answer was due that is later than "
            "the Code's (6.3, 6.14); the Code's was counted."
        ),
        lambda _, stage: bool(stage.register_due and stage.due and stage.register_due > stage.due),
    ),
    (
        "due_earlier_than_the_code",
        (
            "{count} have a date in the register by which the answer was due that is earlier "
            "than the Code's; the Code's was counted."
        ),
        lambda _, stage: bool(stage.register_due and stage.due and stage.register_due < stage.due),
    ),
    (
        "notice_without_day",
        (
            "{count} were answered within an extension of which the register does not say when "
            "it was notified; it was taken to have been in time."
        ),
        lambda case, stage: (
            stage.standing == "in_time_extended"
            and getattr(case.entry, f"stage{stage.number}_extension_notified") is None
        ),
    ),
    (
        "acknowledged_on_no_day",
        "{count} were answered and have no day of acknowledgement, from which the Code counts.",
        lambda case, stage: (
            stage.answered and getattr(case.entry, f"stage{stage.number}_acknowledged") is None
        ),
    ),
    (
        "no_outcome",
        "{count} were answered and have no outcome on record.",
        lambda _, stage: stage.outcome == "not_recorded",
    ),
    (
        "no_service_area",
        "{count} have no service area.",
        lambda case, _: not case.entry.service_area,
    ),
    (
        "refused_and_decided",
        (
            "{count} have a reason for which they were refused and an outcome as well; they were "
            "counted as decided."
        ),
        lambda case, stage: (
            bool(case.entry.refused_reason) and not case.refused_at and stage.outcome in DECIDED
        ),
    ),
)
"""Id, sentence, and which stages of which cases it is about."""


def _warned(identifier: str, says: str, references: Sequence[str]) -> Warned:
    named = list(dict.fromkeys(references))
    counted = f"{len(references)} complaint{'s' if len(references) != 1 else ''}"
    sentence = says.format(count=counted if identifier in _NAMED_AS_COMPLAINTS else len(references))
    return Warned(id=identifier, says=sentence, cases=named[:MOST_NAMED])


_NAMED_AS_COMPLAINTS: Final = frozenset(rule[0] for rule in _RULES)
