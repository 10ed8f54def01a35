"""What an Ombudsman does is on record: taken, asked, found by issue, ordered, complied with."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from correspondence.casework.acting import ourselves
from correspondence.casework.handling.learning import LearningForm, record_learning
from correspondence.casework.handling.logged import FORMS, Logged, log
from correspondence.errors import NotAllowed, NotKnown
from correspondence.reports.own_cases import own_cases
from correspondence.store import audit, improvements
from tests.casework.following.test_follow_up import CASE, opened, responded

if TYPE_CHECKING:
    from correspondence.cases.case import Case
    from tests.casework.bureau import Bureau


def logged(desk: Bureau, form: str, reference: str = CASE, **said: Any) -> Case:
    said = {"form": form, "on": desk.now.date().isoformat(), **said}
    made = Logged.model_validate({name: value for name, value in said.items() if value is not None})
    return log(desk.house, reference, made, now=desk.now, actor=desk.rowan)


def taken(desk: Bureau, reference: str = "202612345") -> Case:
    opened(desk)
    return logged(desk, "ombudsman_taken", ombudsman="housing", ombudsman_reference=reference)


FINDINGS = [
    {"category": "property condition", "finding": "severe maladministration"},
    {"category": "complaint handling", "finding": "service failure"},
]
ORDERS = [
    {"kind": "order", "what": "Pay the resident.", "due": "2027-01-20", "pence": 60_000},
    {"kind": "recommendation", "what": "Review the procedure."},
]


def test_a_case_goes_all_the_way_through_an_investigation(desk: Bureau) -> None:
    taken(desk)
    due = desk.now.date() + timedelta(days=14)
    logged(desk, "ombudsman_evidence_asked", due=due.isoformat(), asked_for="Every letter.")
    desk.days_pass(10)
    logged(desk, "ombudsman_evidence_sent")
    desk.days_pass(20)
    logged(desk, "ombudsman_found", findings=FINDINGS, orders=ORDERS)
    (matter,) = desk.case(CASE).matters
    assert [one.finding for one in matter.findings] == [
        "severe maladministration",
        "service failure",
    ]
    assert matter.was_severe
    assert matter.requests[0].sent_on is not None
    assert [one.order for one in matter.orders] == [f"{CASE}-O1", f"{CASE}-O2"]
    assert matter.is_open, "the order is to be complied with"
    desk.days_pass(5)
    logged(desk, "ombudsman_complied", order=f"{CASE}-O1", evidence="The bank's confirmation.")
    assert not desk.case(CASE).matters[0].is_open
    with desk.house.database.reading() as conn:
        assert audit.verify(conn).intact
        (entry,) = own_cases(conn, desk.house.calendar).entries
    assert entry.ombudsman_reference == "202612345"
    assert entry.ombudsman_determined == desk.now.date() - timedelta(days=5)
    assert str(entry.ombudsman_finding[0]) == "property condition: severe maladministration"


@pytest.mark.parametrize(
    ("form", "said", "why"),
    [
        ("ombudsman_evidence_asked", {"due": "2026-12-20"}, "with no Ombudsman"),
        ("ombudsman_evidence_sent", {}, "with no Ombudsman"),
        ("ombudsman_found", {"findings": FINDINGS}, "with no Ombudsman"),
    ],
)
def test_nothing_happens_before_it_is_taken_there(
    desk: Bureau, form: str, said: dict[str, Any], why: str
) -> None:
    opened(desk)
    with pytest.raises(NotAllowed, match=why):
        logged(desk, form, **said)


def test_what_cannot_be_is_refused_with_its_reason(desk: Bureau) -> None:
    taken(desk)
    with pytest.raises(NotAllowed, match="on record"):
        logged(desk, "ombudsman_taken", ombudsman="housing", ombudsman_reference="202612345")
    with pytest.raises(NotAllowed, match="Say which request"):
        logged(desk, "ombudsman_evidence_sent")
    with pytest.raises(NotKnown, match="no Ombudsman's reference"):
        logged(desk, "ombudsman_found", findings=FINDINGS, ombudsman_reference="1")
    with pytest.raises(NotAllowed, match="does not find 'upheld'"):
        logged(desk, "ombudsman_found", findings=[{"category": "other", "finding": "upheld"}])
    with pytest.raises(NotAllowed, match="future"):
        logged(desk, "ombudsman_found", findings=FINDINGS, on="2027-02-01")
    logged(desk, "ombudsman_found", findings=FINDINGS, orders=ORDERS)
    with pytest.raises(NotAllowed, match="on record already"):
        logged(desk, "ombudsman_found", findings=FINDINGS)
    with pytest.raises(NotKnown, match="no order"):
        logged(desk, "ombudsman_complied", order="CMP-1", evidence="x")
    logged(desk, "ombudsman_complied", order=f"{CASE}-O1", evidence="Paid.")
    with pytest.raises(NotAllowed, match="on record as complied"):
        logged(desk, "ombudsman_complied", order=f"{CASE}-O1", evidence="Paid.")


def test_a_person_records_it(desk: Bureau) -> None:
    opened(desk)
    form = Logged.model_validate(
        {"form": "ombudsman_taken", "on": "2026-11-20", "ombudsman": "housing"}
    )
    with pytest.raises(NotAllowed, match="named person"):
        log(desk.house, CASE, form, now=desk.now, actor=ourselves())


def test_with_two_ombudsmen_it_is_said_which_is_meant(desk: Bureau) -> None:
    taken(desk)
    logged(desk, "ombudsman_taken", ombudsman="local_government", ombudsman_reference="26 001 234")
    with pytest.raises(NotAllowed, match="Say which is meant"):
        logged(desk, "ombudsman_evidence_asked", due="2026-12-20")
    upheld = [{"category": "allocations", "finding": "upheld"}]
    logged(desk, "ombudsman_found", findings=upheld, ombudsman_reference="26 001 234")
    assert [one.determined_on is None for one in desk.case(CASE).matters] == [True, False]


def test_a_form_that_is_none_is_refused_by_its_name() -> None:
    with pytest.raises(ValidationError, match="ombudsmann_taken"):
        Logged.model_validate({"form": "ombudsmann_taken", "on": "2026-11-20"})
    assert all(form.model_fields["form"].annotation is not None for form in FORMS.values())


LEARNED: dict[str, Any] = {
    "origin": "stage1",
    "outline": "A gutter was left for nine months.",
    "root_causes": ["record_keeping", "contractor"],
    "themes": ["missed_appointments", "gutters"],
    "procedure_change": "Visits are passed on by the system.",
    "systemic": True,
    "publishable_summary": "Visits are now passed on without anybody's hand.",
    "improvements": [{"what": "A report of visits not passed on", "provision": "9.1"}],
}


def test_learning_is_recorded_after_the_answer_with_what_is_to_be_improved(desk: Bureau) -> None:
    responded(desk)
    logged(desk, "learning", **LEARNED)
    (lesson,) = desk.case(CASE).learning
    assert (lesson.themes, lesson.systemic) == (("missed_appointments", "gutters"), True)
    with desk.house.database.reading() as conn:
        (planned,) = improvements.listing(conn)
        own = own_cases(conn, desk.house.calendar)
    assert (planned.provision, planned.reference, planned.state) == ("9.1", CASE, "proposed")
    assert own.entries[0].learning == LEARNED["publishable_summary"]
    assert own.details[CASE].lessons[0].root_causes == ("record_keeping", "contractor")


def test_learning_waits_for_the_answer(desk: Bureau) -> None:
    opened(desk)
    form = LearningForm(form="learning", on=desk.now.date(), **LEARNED)
    with pytest.raises(NotAllowed, match="not answered yet"):
        record_learning(desk.house, CASE, form, now=desk.now, actor=desk.rowan)
    with pytest.raises(NotAllowed, match="No Ombudsman has determined"):
        logged(desk, "learning", **LEARNED | {"origin": "ombudsman"})


def test_a_restriction_is_looked_at_again_within_six_months(desk: Bureau) -> None:
    opened(desk)
    said = {"what": "One call a week.", "because": "Abuse.", "equality_considered": "Weighed."}
    with pytest.raises(NotAllowed, match="regular review"):
        logged(desk, "contact_restricted", review_by="2027-06-01", **said)
    logged(desk, "contact_restricted", review_by="2027-02-20", **said)
    logged(desk, "restriction_reviewed", review_by="2027-05-01", because="It goes on.")
    assert desk.case(CASE).restrictions[0].review_by == date(2027, 5, 1)
    logged(desk, "restriction_lifted")
    with pytest.raises(NotAllowed, match="holding: none"):
        logged(desk, "restriction_lifted")


def test_reviewing_adjustments_needs_some(desk: Bureau) -> None:
    opened(desk)
    with pytest.raises(NotAllowed, match="Nothing was agreed"):
        logged(desk, "adjustments_reviewed", review_by="2027-06-01")
