"""What `case log` takes: a note, or one of the forms for what happens to a case beside letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import Discriminator, RootModel, Tag

from correspondence.casework.handling.learning import LearningForm, record_learning
from correspondence.casework.handling.log import Note, log_note
from correspondence.casework.handling.ombudsman import (
    CompliedForm,
    EvidenceAskedForm,
    EvidenceSentForm,
    FoundForm,
    TakenForm,
    record_ombudsman,
)
from correspondence.casework.handling.review import (
    AdjustmentsReviewedForm,
    RestrictedForm,
    RestrictionLiftedForm,
    RestrictionReviewedForm,
    record_review,
)
from correspondence.casework.keeping.legal_hold import HoldForm, HoldLiftedForm, record_hold
from correspondence.casework.reporting.people import TenureForm, record_tenure

if TYPE_CHECKING:
    from datetime import datetime

    from pydantic import BaseModel

    from correspondence.cases.case import Case
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice

FORMS: Final[dict[str, type[BaseModel]]] = {
    "learning": LearningForm,
    "ombudsman_taken": TakenForm,
    "ombudsman_evidence_asked": EvidenceAskedForm,
    "ombudsman_evidence_sent": EvidenceSentForm,
    "ombudsman_found": FoundForm,
    "ombudsman_complied": CompliedForm,
    "adjustments_reviewed": AdjustmentsReviewedForm,
    "contact_restricted": RestrictedForm,
    "restriction_reviewed": RestrictionReviewedForm,
    "restriction_lifted": RestrictionLiftedForm,
    "legal_hold": HoldForm,
    "legal_hold_lifted": HoldLiftedForm,
    "tenure": TenureForm,
}
"""Every form beside the note, by what stands under `form` in it."""


def _form_of(given: Any) -> str:
    """What stands under `form`; a note where nothing does."""
    said = given.get("form", "note") if isinstance(given, dict) else getattr(given, "form", "note")
    return said if isinstance(said, str) else "note"


class Logged(
    RootModel[
        Annotated[
            Annotated[Note, Tag("note")]
            | Annotated[LearningForm, Tag("learning")]
            | Annotated[TakenForm, Tag("ombudsman_taken")]
            | Annotated[EvidenceAskedForm, Tag("ombudsman_evidence_asked")]
            | Annotated[EvidenceSentForm, Tag("ombudsman_evidence_sent")]
            | Annotated[FoundForm, Tag("ombudsman_found")]
            | Annotated[CompliedForm, Tag("ombudsman_complied")]
            | Annotated[AdjustmentsReviewedForm, Tag("adjustments_reviewed")]
            | Annotated[RestrictedForm, Tag("contact_restricted")]
            | Annotated[RestrictionReviewedForm, Tag("restriction_reviewed")]
            | Annotated[RestrictionLiftedForm, Tag("restriction_lifted")]
            | Annotated[HoldForm, Tag("legal_hold")]
            | Annotated[HoldLiftedForm, Tag("legal_hold_lifted")]
            | Annotated[TenureForm, Tag("tenure")],
            Discriminator(_form_of),
        ]
    ]
):
    """Any of them. Without `form` it is a note."""


def log(house: OpenOffice, reference: str, logged: Logged, *, now: datetime, actor: Actor) -> Case:
    """Record it on the case. Raises NotKnown, NotAllowed."""
    form = logged.root
    match form:
        case Note():
            return log_note(house, reference, form, now=now, actor=actor)
        case LearningForm():
            return record_learning(house, reference, form, now=now, actor=actor)
        case TenureForm():
            return record_tenure(house, reference, form, now=now, actor=actor)
        case HoldForm() | HoldLiftedForm():
            return record_hold(house, reference, form, now=now, actor=actor)
        case TakenForm() | EvidenceAskedForm() | EvidenceSentForm() | FoundForm() | CompliedForm():
            return record_ombudsman(house, reference, form, now=now, actor=actor)
        case (
            AdjustmentsReviewedForm()
            | RestrictedForm()
            | RestrictionReviewedForm()
            | RestrictionLiftedForm()
        ):
            return record_review(house, reference, form, now=now, actor=actor)
