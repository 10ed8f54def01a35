"""What reports count of a case that the register has no column for: codes and days, no words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from correspondence.cases.case import Case


class _Counted(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class LessonCounted(_Counted):
    """What was learned, as codes."""

    origin: str
    on: date
    root_causes: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    systemic: bool = False
    procedure_changed: bool = False
    training_given: bool = False


class OrderCounted(_Counted):
    """An order or recommendation of an Ombudsman; `complied_on` is None while it is open."""

    order: str
    kind: str
    on: date
    due: date | None = None
    complied_on: date | None = None


class EvidenceCounted(_Counted):
    """A request of an Ombudsman for evidence; `sent_on` is None while it is owed."""

    on: date
    due: date
    sent_on: date | None = None


class MatterCounted(_Counted):
    """A case before an Ombudsman. `findings` are (category, finding), one an issue."""

    ombudsman: str
    reference: str = ""
    taken_on: date
    determined_on: date | None = None
    findings: tuple[tuple[str, str], ...] = ()
    requests: tuple[EvidenceCounted, ...] = ()
    orders: tuple[OrderCounted, ...] = ()

    @property
    def was_severe(self) -> bool:
        """Whether any issue was found to be severe maladministration (Code 9.7c)."""
        return any(finding == "severe maladministration" for _, finding in self.findings)


class PromiseCounted(_Counted):
    """A promised action; `done_on` is None while it is open."""

    promised_for: date
    due: date
    done_on: date | None = None
    pence: int | None = None


class CaseDetail(_Counted):
    """All of it; empty where there is nothing of the kind."""

    lessons: tuple[LessonCounted, ...] = ()
    matters: tuple[MatterCounted, ...] = ()
    promises: tuple[PromiseCounted, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lessons or self.matters or self.promises)

    def document(self) -> dict[str, Any]:
        """As JSON, without what says nothing."""
        return self.model_dump(mode="json", exclude_defaults=True)

    @classmethod
    def of(cls, document: dict[str, Any]) -> CaseDetail:
        """From its JSON."""
        return cls.model_validate(document) if document else NOTHING


NOTHING = CaseDetail()


def detail_of(case: Case) -> CaseDetail:
    """What is counted of a case beyond the register's columns."""
    return CaseDetail(
        lessons=tuple(
            LessonCounted(
                origin=one.origin,
                on=one.on,
                root_causes=one.root_causes,
                themes=one.themes,
                systemic=one.systemic,
                procedure_changed=one.procedure_changed,
                training_given=one.training_given,
            )
            for one in case.learning
        ),
        matters=tuple(
            MatterCounted(
                ombudsman=one.ombudsman,
                reference=one.reference,
                taken_on=one.taken_on,
                determined_on=one.determined_on,
                findings=tuple((issue.category, issue.finding) for issue in one.findings),
                requests=tuple(
                    EvidenceCounted(on=asked.on, due=asked.due, sent_on=asked.sent_on)
                    for asked in one.requests
                ),
                orders=tuple(
                    OrderCounted(
                        order=made.order,
                        kind=made.kind,
                        on=made.on,
                        due=made.due,
                        complied_on=made.complied_on,
                    )
                    for made in one.orders
                ),
            )
            for one in case.matters
        ),
        promises=tuple(
            PromiseCounted(
                promised_for=one.promised_for, due=one.due, done_on=one.done_on, pence=one.pence
            )
            for one in case.actions
        ),
    )
