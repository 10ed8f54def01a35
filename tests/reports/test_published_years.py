"""Two published years, rebuilt entry by entry from their tables, come out as published."""

from __future__ import annotations

from datetime import date
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

from correspondence.handling_code.measures import ReportingYear
from correspondence.handling_code.working_days import ENGLAND_AND_WALES, add_working_days
from correspondence.reports.annual_report import annual_document
from correspondence.reports.figures import Asked, annual_figures
from correspondence.store.register_entry import RegisterEntry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

RECEIVED = date(2024, 6, 3)


def several(counts: Mapping[str, int]) -> list[str]:
    """Each name as often as it is counted."""
    return list(chain.from_iterable(repeat(name, count) for name, count in counts.items()))


def answered(stage: int, begun: date, how: str) -> dict[str, Any]:
    """The dates of a stage answered in time, within an extension, or late."""
    acknowledged = add_working_days(begun, 2, ENGLAND_AND_WALES)
    due = add_working_days(acknowledged, 10 * stage, ENGLAND_AND_WALES)
    told = {"acknowledged": acknowledged}
    if how == "in_time":
        told["responded"] = due
    elif how == "in_time_extended":
        told |= {
            "extended_to": add_working_days(due, 5, ENGLAND_AND_WALES),
            "extension_notified": due,
            "responded": add_working_days(due, 4, ENGLAND_AND_WALES),
        }
    elif how == "late":
        told["responded"] = add_working_days(due, 3, ENGLAND_AND_WALES)
    return {f"stage{stage}_{name}": day for name, day in told.items()}


# 2024/25: 294 contacts, 45 of them at stage 1 and 7 at stage 2, and 4 that were not accepted.
AREAS_1 = {"Repairs": 13, "Allocations": 10, "Property": 9, "Neighbourhoods": 9, "Gas": 4}
OUTCOMES_1 = {"upheld": 19, "partially_upheld": 16, "not_upheld": 10}
TIMES_1 = {"in_time": 34, "in_time_extended": 8, "late": 3}
AREAS_2 = {"Repairs": 2, "Property": 2, "Neighbourhoods": 2, "Allocations": 1}
OUTCOMES_2 = {"upheld": 2, "partially_upheld": 2, "not_upheld": 3}
TIMES_2 = {"in_time": 4, "in_time_extended": 3}
ENQUIRIES = {
    "councillor_enquiry": {"Property": 7, "Allocations": 6, "Neighbourhoods": 6, "Repairs": 6},
    "mp_enquiry": {"Allocations": 39, "Other": 23},
    "service_request": {"Repairs": 56, "Neighbourhoods": 46, "Other": 53},
}


def first_year() -> Iterator[RegisterEntry]:
    stage1 = zip(several(AREAS_1), several(OUTCOMES_1), reversed(several(TIMES_1)), strict=True)
    stage2 = zip(several(AREAS_2), several(OUTCOMES_2), several(TIMES_2), strict=True)
    for number, (area, outcome, how) in enumerate(stage1):
        yield RegisterEntry(
            f"S{number}", "complaint", RECEIVED, service_area=area, tenure="lcra",
            stage1_outcome=outcome, escalated_from="mp_enquiry" if number < 8 else "",
            **answered(1, RECEIVED, how),
        )  # fmt: skip
    for number, (area, outcome, how) in enumerate(stage2):
        yield RegisterEntry(
            f"T{number}", "escalation", RECEIVED, service_area=area, tenure="lcra",
            stage2_outcome=outcome, **answered(2, RECEIVED, how),
        )  # fmt: skip
    for number, reason in enumerate(several({"about policy": 3, "not yet due": 1})):
        yield RegisterEntry(f"R{number}", "complaint", RECEIVED, refused_reason=reason)
    for kind, areas in ENQUIRIES.items():
        for number, area in enumerate(several(areas)):
            yield RegisterEntry(f"{kind}{number}", kind, RECEIVED, service_area=area)


def test_a_year_of_294_contacts_comes_out_as_published() -> None:
    asked = Asked(
        ReportingYear(date(2024, 4, 1), date(2025, 3, 31)), today=date(2025, 6, 1), homes=5_011
    )
    figures = annual_figures(first_year(), asked)
    accepted = sum(figures.contacts.values()) - figures.refused.total
    assert (accepted, figures.stage1.received - figures.refused.stage1) == (294, 45)
    assert figures.stage2.received == 7
    assert (figures.refused.total, figures.refused.by_reason["about policy"]) == (4, 3)
    one, two = figures.stage1, figures.stage2
    assert {name: one.outcomes[name] for name in OUTCOMES_1} == OUTCOMES_1
    assert {name: two.outcomes[name] for name in OUTCOMES_2} == OUTCOMES_2
    assert {name: getattr(one, name) for name in TIMES_1} == TIMES_1
    assert {name: getattr(two, name) for name in TIMES_2} == TIMES_2
    assert {name: one.by_service_area[name] for name in AREAS_1} == AREAS_1
    assert two.by_service_area == dict(sorted(AREAS_2.items(), key=lambda x: (-x[1], x[0])))
    for kind, areas in ENQUIRIES.items():
        assert figures.contacts_by_service_area[kind] == dict(
            sorted(areas.items(), key=lambda pair: (-pair[1], pair[0]))
        )
    assert sum(figures.escalated_from.values()) == 8
    measures = figures.measures
    assert (measures.CH01_1, measures.CH01_2) == (9.0, 1.4)
    assert (measures.CH02_1, measures.CH02_2) == (93.3, 100.0)
    tables = {table.title: table for table in annual_document(figures, "A council").tables}
    shares = {row[0]: row[2] for row in tables["Stage 2 by outcome"].rows}
    assert (shares["Upheld"], shares["Not upheld"]) == (28.6, 42.9)
    contacts = {row[0]: row[1] for row in tables["Contacts by kind"].rows}
    assert contacts["Enquiry by a councillor"] == 25
    assert contacts["Enquiry by a Member of Parliament"] == 62
    assert contacts["Service request"] == 155


# 2023/24: 30 complaints, 26 at stage 1 and 3 at stage 2; 20 by tenants, 13 of those in time.
def second_year() -> Iterator[RegisterEntry]:
    areas = several(
        {
            "Repairs": 15,
            "Tenancy": 4,
            "Communal": 4,
            "ASB": 3,
            "Lettings": 2,
            "Rents": 1,
            "Lease": 1,
        }
    )
    channels = several({"online": 14, "paper": 1, "email": 12, "letter": 1, "ombudsman": 2})
    outcomes = several({"upheld": 5, "partially_upheld": 5, "not_upheld": 15, "withdrawn": 1})
    begun = date(2023, 9, 4)
    for number in range(26):
        tenant = number < 20
        how = "in_time" if number < 13 or not tenant else "late"
        yield RegisterEntry(
            f"S{number}", "complaint", begun, channel=channels[number],
            service_area=areas[number], tenure="lcra" if tenant else "leaseholder",
            stage1_outcome=outcomes[number], **answered(1, begun, how),
        )  # fmt: skip
    for number, outcome in enumerate(several({"partially_upheld": 2, "not_upheld": 1}), 26):
        yield RegisterEntry(
            f"T{number}", "escalation", begun, channel=channels[number],
            service_area=areas[number], tenure="lcra" if number < 28 else "leaseholder",
            stage2_outcome=outcome, **answered(2, begun, "in_time"),
        )  # fmt: skip
    yield RegisterEntry("O1", "ombudsman_contact", begun, service_area=areas[29])


def test_a_year_of_thirty_complaints_comes_out_as_published() -> None:
    asked = Asked(
        ReportingYear(date(2023, 4, 1), date(2024, 3, 31)), today=date(2024, 6, 1), homes=4_250
    )
    figures = annual_figures(second_year(), asked)
    assert sum(figures.contacts.values()) == 30
    assert (figures.stage1.received, figures.stage2.received) == (26, 3)
    assert figures.stage1.outcomes == {
        "upheld": 5, "partially_upheld": 5, "not_upheld": 15, "withdrawn": 1
    }  # fmt: skip
    assert figures.stage2.outcomes == {
        "upheld": 0, "partially_upheld": 2, "not_upheld": 1, "withdrawn": 0
    }  # fmt: skip
    by_area = figures.contacts_by_service_area.values()
    areas = [sum(one.get(name, 0) for one in by_area) for name in ("Repairs", "ASB")]
    assert areas == [15, 3]
    assert figures.channels["online"] == 14
    assert figures.channels["email"] == 12
    measures = figures.measures
    assert (measures.CH01_1, measures.CH01_2) == (4.7, 0.5)
    assert (measures.CH02_1, measures.CH02_2) == (65.0, 100.0)
