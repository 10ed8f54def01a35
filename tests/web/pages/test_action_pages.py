"""A promise is followed on its page: a payment approved and paid, and the resident's word on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.casework.following.test_follow_up import responded
from tests.web.test_letter_work import asking
from tests.web.test_office_pages import day

if TYPE_CHECKING:
    from tests.web.site import Site


def test_a_payment_is_approved_paid_and_confirmed_from_page_to_page(site: Site) -> None:
    letter = responded(site.bureau)
    payment = f"{letter.rpartition('-')[0]}-A2"
    site, page = asking(site, payment_above_pence=100), f"/actions/{payment}"
    manager, officer = site.signed_in("manager"), site.signed_in("officer")
    assert "To be approved by a manager" in officer.text(page)
    assert "Approve the payment" not in officer.text(page)
    assert "To be approved" in manager.text("/manager")
    paid = {**day("on", site.bureau.now), "evidence": "The bank’s confirmation."}
    early = officer.post(f"{page}/done", paid, page=page)
    assert early.status_code == 400
    assert "which a manager approves" in early.text
    assert officer.post(f"{page}/approved", page=page).status_code == 403
    assert manager.post(f"{page}/approved", page=page).status_code == 302
    assert officer.post(f"{page}/done", paid, page=page).status_code == 302
    shown = officer.text(page)
    assert "Paid on" in shown
    assert "Not confirmed yet" in shown
    whole = manager.text("/manager")
    assert "done, not yet confirmed" in whole
    assert payment in manager.get("/manager/done.csv").text
    assert "Done today,1" in manager.get("/manager/done-ages.csv").text
    unsaid = officer.post(f"{page}/confirmed", {})
    assert "Enter the day the resident agreed" in unsaid.text
    agreed = {**day("agreed", site.bureau.now), "said": "It came."}
    assert officer.post(f"{page}/confirmed", agreed).status_code == 302
    assert "Not confirmed yet" not in officer.text(page)
    assert "the resident has agreed to" in manager.text("/manager")
    assert payment not in manager.get("/manager/done.csv").text
    assert "Resident agreed on" in officer.text(f"/cases/{letter.rpartition('-')[0]}")
