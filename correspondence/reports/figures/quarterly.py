"""The figures of a quarter for the member responsible and the governing body (Code 9.7 a to d)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

from correspondence.handling_code.measures import (
    TSM_2024,
    MeasureRules,
    ReportingYear,
    reporting_year,
)
from correspondence.handling_code.timescales import CODE
from correspondence.handling_code.working_days import ENGLAND_AND_WALES, Calendar
from correspondence.reports.figures.annual import for_measures, found_in, measures_of
from correspondence.reports.figures.by_day import CasesByDay
from correspondence.reports.figures.clock import CodeClock
from correspondence.reports.figures.document import PeriodFigures, StageFigures
from correspondence.reports.figures.quarterly_document import (
    AcknowledgedFigures,
    AgedFigures,
    AreaChange,
    EscalationFigures,
    ImprovementLine,
    LearnedFigures,
    OmbudsmanFigures,
    OrderProgress,
    PromisedFigures,
    QuarterBefore,
    QuarterlyFigures,
)
from correspondence.reports.figures.stages import by_number, refused_figures, stage_figures
from correspondence.reports.figures.warnings import of_cases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from correspondence.reports.case_detail import CaseDetail, MatterCounted
    from correspondence.reports.figures.judged import JudgedCase, JudgedStage

QUARTERS_BEFORE: Final = 4
AGES: Final = ((10, "up to 10"), (20, "11 to 20"), (40, "21 to 40"), (60, "41 to 60"))
"""Bands of age in working days since the stage began, by the last day of each."""

OLDEST: Final = "over 60"


@dataclass(frozen=True, slots=True)
class QuarterAsked:
    """What a quarterly report is asked for; see `Asked`. `today` bounds what can be known."""

    period: ReportingYear
    today: date
    homes: int | None = None
    homes_lcho: int | None = None
    rules: MeasureRules = TSM_2024
    calendar: Calendar = field(default=ENGLAND_AND_WALES)

    @property
    def as_at(self) -> date:
        """The end of the quarter, or today where it is not over."""
        return min(self.period.last, self.today)


def quarter_before(first: date) -> ReportingYear:
    """The three months that end the day before."""
    last = first - timedelta(days=1)
    month = first.month - 3
    begins = date(first.year, month, 1) if month > 0 else date(first.year - 1, month + 12, 1)
    return ReportingYear(begins, last)


def quarter_of(day: date) -> ReportingYear:
    """The quarter of the reporting year, which begins in April, that a day lies in."""
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    following = date(first.year + (first.month > 9), (first.month + 2) % 12 + 1, 1)
    return ReportingYear(first, following - timedelta(days=1))


def quarterly_figures(
    judged_cases: Sequence[JudgedCase],
    details: Mapping[str, CaseDetail],
    improvements: Iterable[ImprovementLine],
    asked: QuarterAsked,
) -> QuarterlyFigures:
    """Every figure of the quarter, from cases that were judged already."""
    period, clock = asked.period, CodeClock(asked.calendar)
    cases = CasesByDay(judged_cases)
    stage1 = stage_figures(cases, 1, period, asked.today)
    stage2 = stage_figures(cases, 2, period, asked.today)
    so_far = ReportingYear(reporting_year(asked.as_at).first, asked.as_at)
    stages = for_measures(cases, so_far)
    return QuarterlyFigures(
        period=PeriodFigures(first=period.first, last=period.last),
        as_at=asked.as_at,
        contacts=by_number(Counter(case.entry.kind for case in cases.received(period))),
        stage1=stage1,
        stage2=stage2,
        acknowledged1=_acknowledged(cases, 1, asked, clock),
        acknowledged2=_acknowledged(cases, 2, asked, clock),
        aged1=_aged(cases, 1, asked, clock),
        aged2=_aged(cases, 2, asked, clock),
        refused=refused_figures(cases, period),
        escalation=_escalation(stage1, stage2),
        areas=_areas(cases, stage1, quarter_before(period.first), asked.today),
        trend=_trend(cases, asked),
        year_to_date=PeriodFigures(first=so_far.first, last=so_far.last),
        measures=measures_of(stages, "lcra", asked.homes, so_far, asked.rules),
        measures_lcho=measures_of(stages, "lcho", asked.homes_lcho, so_far, asked.rules),
        ombudsman=_ombudsman(cases, details, asked),
        learned=_learned(details, period),
        promised=_promised(details, asked),
        improvements=list(improvements),
        warnings=list(of_cases(cases, period, asked.today)),
    )


def _acknowledged(
    cases: CasesByDay, number: int, asked: QuarterAsked, clock: CodeClock
) -> AcknowledgedFigures:
    counted: Counter[str] = Counter()
    for case, stage in cases.reached(number, asked.period):
        counted[_acknowledgement(case, stage, asked, clock)] += 1
    return AcknowledgedFigures(
        received=counted.total(),
        in_time=counted["in_time"],
        late=counted["late"],
        missing=counted["missing"],
        not_due=counted["not_due"],
    )


def _acknowledgement(
    case: JudgedCase, stage: JudgedStage, asked: QuarterAsked, clock: CodeClock
) -> str:
    acknowledged: date | None = getattr(case.entry, f"stage{stage.number}_acknowledged")
    due = clock.after(stage.received, CODE.acknowledge)
    if acknowledged is not None:
        return "in_time" if due is None or acknowledged <= due else "late"
    if stage.standing in ("withdrawn", "refused") or due is None or due >= asked.today:
        return "not_due"
    return "missing"


def _aged(cases: CasesByDay, number: int, asked: QuarterAsked, clock: CodeClock) -> AgedFigures:
    """What was open on the day, whenever it came."""
    as_at = asked.as_at
    ages: Counter[str] = Counter()
    overdue = 0
    for case, stage in cases.at(number):
        if _open_on(case, stage, as_at):
            ages[_age(stage.received, as_at, clock)] += 1
            overdue += stage.due is not None and stage.due < as_at
    names = [*(name for _, name in AGES), OLDEST]
    return AgedFigures(
        open=ages.total(), overdue=overdue, by_age={name: ages[name] for name in names}
    )


def _open_on(case: JudgedCase, stage: JudgedStage, day: date) -> bool:
    if stage.received > day or stage.standing == "refused":
        return False
    if stage.responded is not None:
        return stage.responded > day
    if stage.standing == "withdrawn":
        return case.entry.withdrawn_on is not None and case.entry.withdrawn_on > day
    return stage.standing == "open"


def _age(received: date, day: date, clock: CodeClock) -> str:
    for last, name in AGES:
        end = clock.after(received, last)
        if end is None or day <= end:
            return name
    return OLDEST


def _escalation(stage1: StageFigures, stage2: StageFigures) -> EscalationFigures:
    return EscalationFigures(
        stage1=stage1.received,
        stage2=stage2.received,
        percent=_percent(stage2.received, stage1.received),
    )


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def _areas(
    cases: CasesByDay, now: StageFigures, before: ReportingYear, today: date
) -> list[AreaChange]:
    earlier = stage_figures(cases, 1, before, today).by_service_area
    names = dict.fromkeys((*now.by_service_area, *earlier))
    return [
        AreaChange(
            service_area=name, now=now.by_service_area.get(name, 0), before=earlier.get(name, 0)
        )
        for name in names
    ]


def _trend(cases: CasesByDay, asked: QuarterAsked) -> list[QuarterBefore]:
    """The quarters before of which anything is known, then this one."""
    periods = [asked.period]
    for _ in range(QUARTERS_BEFORE):
        periods.append(quarter_before(periods[-1].first))
    lines = [_quarter(cases, period, asked.today) for period in periods]
    while len(lines) > 1 and not (lines[-1].stage1 or lines[-1].stage2 or lines[-1].contacts):
        lines.pop()
    return lines[::-1]


def _quarter(cases: CasesByDay, period: ReportingYear, today: date) -> QuarterBefore:
    stages = [stage_figures(cases, number, period, today) for number in (1, 2)]
    one, two = stages
    met = [_percent(stage.in_time + stage.in_time_extended, stage.responded) for stage in stages]
    others = sum(case.stage1 is None and case.stage2 is None for case in cases.received(period))
    return QuarterBefore(
        first=period.first,
        last=period.last,
        stage1=one.received,
        stage2=two.received,
        in_time1=met[0],
        in_time2=met[1],
        escalation=_percent(two.received, one.received),
        refused=one.refused + two.refused,
        contacts=others,
    )


def _ombudsman(
    cases: CasesByDay, details: Mapping[str, CaseDetail], asked: QuarterAsked
) -> OmbudsmanFigures:
    period, as_at = asked.period, asked.as_at
    matters = [(reference, matter) for reference, one in details.items() for matter in one.matters]
    requests = [request for _, matter in matters for request in matter.requests]
    asked_for = [request for request in requests if period.holds(request.on)]
    return OmbudsmanFigures(
        taken=sum(period.holds(matter.taken_on) for _, matter in matters),
        open=sum(
            matter.taken_on <= as_at
            and (matter.determined_on is None or matter.determined_on > as_at)
            for _, matter in matters
        ),
        evidence_asked=len(asked_for),
        evidence_in_time=sum(
            one.sent_on is not None and one.sent_on <= one.due for one in asked_for
        ),
        evidence_overdue=sum(
            one.on <= as_at and one.due < as_at and (one.sent_on is None or one.sent_on > as_at)
            for one in requests
        ),
        found=found_in(cases.cases, period),
        orders=sorted(
            (line for reference, matter in matters for line in _orders(reference, matter, asked)),
            key=lambda line: (line.due or date.max, line.order),
        ),
    )


def _orders(reference: str, matter: MatterCounted, asked: QuarterAsked) -> Iterator[OrderProgress]:
    """Those made by the end of the quarter and not complied with before it began."""
    as_at = asked.as_at
    for one in matter.orders:
        if one.on > as_at or (one.complied_on and one.complied_on < asked.period.first):
            continue
        done = one.complied_on if one.complied_on and one.complied_on <= as_at else None
        late = one.due is not None and (done or as_at) > one.due
        standing: Literal["complied", "complied_late", "open", "overdue"]
        if done:
            standing = "complied_late" if late else "complied"
        else:
            standing = "overdue" if late else "open"
        yield OrderProgress(
            reference=reference,
            order=one.order,
            kind=one.kind,
            made=one.on,
            due=one.due,
            complied=done,
            standing=standing,
            severe=matter.was_severe,
        )


def _learned(details: Mapping[str, CaseDetail], period: ReportingYear) -> LearnedFigures:
    lessons = [
        (reference, lesson)
        for reference, one in details.items()
        for lesson in one.lessons
        if period.holds(lesson.on)
    ]
    return LearnedFigures(
        cases=len({reference for reference, _ in lessons}),
        systemic=sum(lesson.systemic for _, lesson in lessons),
        procedures_changed=sum(lesson.procedure_changed for _, lesson in lessons),
        training=sum(lesson.training_given for _, lesson in lessons),
        root_causes=by_number(Counter(c for _, lesson in lessons for c in lesson.root_causes)),
        themes=by_number(Counter(theme for _, lesson in lessons for theme in lesson.themes)),
    )


def _promised(details: Mapping[str, CaseDetail], asked: QuarterAsked) -> PromisedFigures:
    promises = [promise for one in details.values() for promise in one.promises]
    as_at = asked.as_at
    done = [one for one in promises if one.done_on and asked.period.holds(one.done_on)]
    still = [one for one in promises if one.done_on is None or one.done_on > as_at]
    return PromisedFigures(
        done=len(done),
        done_in_time=sum(one.done_on is not None and one.done_on <= one.due for one in done),
        open=len(still),
        overdue=sum(one.due < as_at for one in still),
    )
