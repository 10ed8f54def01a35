"""A payment is approved where the profile asks, paid, and confirmed with the resident."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from correspondence.casework.acting import Actor, os_account, ourselves
from correspondence.casework.following.follow_up import approve_payment, confirm
from correspondence.casework.signing_in.invite import add_user
from correspondence.errors import NotAllowed
from tests.casework.drafting.test_second_approve import asking
from tests.casework.following.test_follow_up import GUTTER, PAYMENT, done, record, responded

if TYPE_CHECKING:
    from tests.casework.bureau import Bureau

CHIEF = Actor("chief", os_account())


def office(desk: Bureau, limit: int | None = 2_999) -> Bureau:
    """A response that promises £30.00 went; payments above the limit are approved."""
    responded(desk)
    for name, role in (("chief", "administrator"), ("officer", "officer")):
        add_user(desk.house, name, name.capitalize(), role, now=desk.now, actor=ourselves())
    return asking(desk, payment_above_pence=limit)


def test_a_payment_waits_for_a_manager_where_the_profile_asks(desk: Bureau) -> None:
    office(desk)
    with pytest.raises(NotAllowed, match=r"payment of £30\.00, which a manager approves"):
        done(desk, PAYMENT)
    officer = Actor("officer", os_account())
    with pytest.raises(NotAllowed, match="by a manager"):
        approve_payment(desk.house, PAYMENT, now=desk.now, actor=officer)
    approved = approve_payment(desk.house, PAYMENT, now=desk.now, actor=CHIEF)
    assert approved.payment_approved_on == desk.now.date()
    assert approved.is_open
    with pytest.raises(NotAllowed, match="approved already"):
        approve_payment(desk.house, PAYMENT, now=desk.now, actor=CHIEF)
    paid = done(desk, PAYMENT, evidence="The bank's confirmation.")
    assert (paid.pence, paid.done_on) == (3_000, desk.now.date())


def test_who_approves_a_payment_does_not_record_it_as_paid(desk: Bureau) -> None:
    office(desk)
    approve_payment(desk.house, PAYMENT, now=desk.now, actor=CHIEF)
    desk.rowan = CHIEF
    with pytest.raises(NotAllowed, match="somebody else records it as paid"):
        done(desk, PAYMENT)
    assert record(desk, PAYMENT).is_open


@pytest.mark.parametrize("limit", [None, 3_000])
def test_a_payment_within_the_limit_asks_for_nobody(desk: Bureau, limit: int | None) -> None:
    office(desk, limit)
    with pytest.raises(NotAllowed, match="no payment that has to be approved"):
        approve_payment(desk.house, PAYMENT, now=desk.now, actor=CHIEF)
    assert done(desk, PAYMENT).done_on == desk.now.date()


def test_what_is_no_payment_is_not_approved(desk: Bureau) -> None:
    office(desk)
    with pytest.raises(NotAllowed, match="no payment"):
        approve_payment(desk.house, GUTTER, now=desk.now, actor=CHIEF)
    done(desk, GUTTER)


def test_the_resident_agrees_once_it_is_done_and_not_before(desk: Bureau) -> None:
    office(desk)
    today = desk.now.date()
    with pytest.raises(NotAllowed, match="not on record as done"):
        confirm(desk.house, GUTTER, on=today, said="", now=desk.now, actor=desk.rowan)
    done(desk, GUTTER)
    for day in (today - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(NotAllowed, match="cannot have agreed"):
            confirm(desk.house, GUTTER, on=day, said="", now=desk.now, actor=desk.rowan)
    agreed = confirm(desk.house, GUTTER, on=today, said="Dry.", now=desk.now, actor=desk.rowan)
    assert agreed.confirmed_on == today
    with pytest.raises(NotAllowed, match="confirmed on"):
        confirm(desk.house, GUTTER, on=today, said="", now=desk.now, actor=desk.rowan)
