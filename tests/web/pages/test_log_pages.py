"""What happens to a case beside letters is recorded on pages, by the forms of `case log`."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.web.test_office_pages import day

if TYPE_CHECKING:
    from tests.web.site import Site

pytestmark = pytest.mark.slow

CASE = "CMP-2026-000001"
PAGE = f"/cases/{CASE}/lessons"
FORM = f"/cases/{CASE}/record"


def taken(site: Site) -> None:
    form = {**day("on", site.bureau.now), "ombudsman": "housing", "ombudsman_reference": "2026123"}
    answer = site.signed_in().post(f"{FORM}/ombudsman_taken", form, page=f"{FORM}/ombudsman_taken")
    assert answer.status_code == 302, answer.text


def test_a_case_before_an_ombudsman_is_followed_from_page_to_page(site: Site) -> None:
    taken(site)
    visitor, today = site.signed_in(), site.bureau.now
    due = today + timedelta(days=14)
    asked = {**day("on", today), **day("due", due), "asked_for": "The repair log."}
    visitor.post(f"{FORM}/ombudsman_evidence_asked", asked, page=PAGE)
    assert "The repair log." in visitor.text(PAGE)
    assert "Send the Ombudsman what was asked for" in visitor.text(f"/cases/{CASE}")
    visitor.post(f"{FORM}/ombudsman_evidence_sent", day("on", today))
    found = {
        **day("on", today),
        "findings-0-category": "property condition",
        "findings-0-finding": "severe maladministration",
        "findings-1-category": "complaint handling",
        "findings-1-finding": "service failure",
        "orders-0-kind": "order",
        "orders-0-what": "Pay the resident £150.50.",
        "orders-0-pence": "150.50",
        **day("orders-0-due", due),
    }
    answer = visitor.post(f"{FORM}/ombudsman_found", found)
    assert answer.status_code == 302, answer.text
    (matter,) = site.bureau.case(CASE).matters
    assert [str(one.finding) for one in matter.findings] == [
        "severe maladministration",
        "service failure",
    ]
    (order,) = matter.orders
    assert (order.pence, order.due) == (150_50, due.date())
    assert order.order in visitor.text(f"{FORM}/ombudsman_complied")
    empty = visitor.post(f"{FORM}/ombudsman_complied", {"order": order.order})
    assert empty.status_code == 400
    assert "it has to be filled in" in empty.text
    done = {**day("on", today), "order": order.order, "evidence": "The bank’s confirmation."}
    assert visitor.post(f"{FORM}/ombudsman_complied", done).status_code == 302
    assert not site.bureau.case(CASE).matters[0].is_open
    assert "The bank’s confirmation." in visitor.text(PAGE)


def test_an_issue_offers_what_this_ombudsman_may_find_and_no_more(site: Site) -> None:
    taken(site)
    shown = site.signed_in().text(f"{FORM}/ombudsman_found")
    assert 'value="severe maladministration"' in shown
    assert 'value="not upheld"' not in shown


def test_rows_come_and_go_without_scripts_and_lose_nothing(site: Site) -> None:
    taken(site)
    visitor = site.signed_in()
    written = {"orders-0-what": "An apology.", "orders-0-kind": "order", "rows-orders": "1"}
    more = visitor.post(f"{FORM}/ombudsman_found", {**written, "add": "orders"}, page=PAGE)
    assert 'name="orders-1-what"' in more.text
    assert "An apology." in more.text
    fewer = visitor.post(f"{FORM}/ombudsman_found", {**written, "remove": "orders-0"})
    assert "An apology." not in fewer.text


def test_what_the_code_does_not_let_be_is_said_in_its_words(site: Site) -> None:
    visitor = site.signed_in()
    form = {
        **day("on", site.bureau.now),
        "origin": "stage1",
        "outline": "A gutter was left.",
        "root_causes": ["delay", "contractor"],
        "themes": "Missed appointments",
    }
    refused = visitor.post(f"{FORM}/learning", form, page=f"{FORM}/learning")
    assert refused.status_code == 400
    assert "is not answered yet" in refused.text
    # Nothing that was written or chosen is lost.
    assert "A gutter was left." in refused.text
    assert refused.text.count("checked") >= 3
    assert "missed_appointments" in refused.text


def test_what_was_learned_stands_on_the_page_and_in_its_form_again(site: Site) -> None:
    taken(site)
    visitor = site.signed_in()
    found = {
        **day("on", site.bureau.now),
        "findings-0-category": "complaint handling",
        "findings-0-finding": "maladministration",
    }
    visitor.post(f"{FORM}/ombudsman_found", found, page=PAGE)
    form = {
        **day("on", site.bureau.now),
        "origin": "ombudsman",
        "outline": "A gutter was left.",
        "root_causes": ["delay", "contractor"],
        "themes": "Missed appointments\nGutters",
        "training": "The desk, in triage.",
        "systemic": "yes",
        "publishable_summary": "Gutters are looked at each autumn.",
        "improvements-0-what": "A list of gutters.",
        "improvements-0-provision": "9.2",
    }
    answer = visitor.post(f"{FORM}/learning", form, page=f"{FORM}/learning")
    assert answer.status_code == 302, answer.text
    (record,) = site.bureau.case(CASE).learning
    assert record.root_causes == ("delay", "contractor")
    assert record.themes == ("missed_appointments", "gutters")
    assert record.systemic
    assert record.training_given
    assert "Gutters are looked at each autumn." in visitor.text(PAGE)
    again = visitor.text(f"{FORM}/learning")
    assert "The desk, in triage." in again
    assert "Gutters are looked at each autumn." in again


def test_a_hold_is_placed_and_lifted_by_administrators_alone(site: Site) -> None:
    officer, page = site.signed_in("officer"), f"/cases/{CASE}/holds/legal_hold"
    assert officer.get(page).status_code == 403
    chief = site.signed_in("administrator")
    form = {**day("on", site.bureau.now), "hold_for": "claim", "because": "A letter before claim."}
    assert chief.post(page, form, page=page).status_code == 302
    assert "Held for claim" in chief.text(PAGE)
    lifted = f"/cases/{CASE}/holds/legal_hold_lifted"
    assert chief.post(lifted, day("on", site.bureau.now), page=lifted).status_code == 302
    assert site.bureau.case(CASE).holds == ()


@pytest.mark.parametrize("form", ["note", "legal_hold", "tenure", "no-such-form"])
def test_no_other_form_is_taken_by_the_page_of_those_who_work_on_it(site: Site, form: str) -> None:
    visitor = site.signed_in("administrator")
    assert visitor.get(f"{FORM}/{form}").status_code == 404
    assert visitor.post(f"{FORM}/{form}", {}, page=PAGE).status_code == 404
