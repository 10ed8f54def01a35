"""Dangers on the pages: who has to be reached, said at once, until somebody has seen it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from correspondence.store import alerts
from correspondence.web.pages import attention_page, message_pages
from tests.jobs import corpus

if TYPE_CHECKING:
    from tests.web.site import Site

TAKEN = {
    "received-day": "20",
    "received-month": "11",
    "received-year": "2026",
    "channel": "telephone",
    "name": "Hale <b>Loxborough",
    "address": "4 Tarn Rise, Harrowmere",
    "postcode": "HX0 1QF",
    "phone": "07700 900123",
    "area": "repairs",
    "flag": ["hazard", "emergency"],
    "points": "The kitchen ceiling is coming down.",
}


def told_by_mail(site: Site) -> int:
    who = corpus.person(11)
    (row,) = site.bureau.receive(
        corpus.mail(
            "Hello,\n\nwater is dripping through the light fitting and the lights crackle. Please "
            f"send somebody today.\n\n{who.name}\n{who.home}\n{who.phone}",
            sender=f"{who.name} <{who.address}>",
            subject="Water through the light",
            message_id="danger@mail.example.net",
            sent=site.bureau.now,
            received=site.bureau.now,
        )
    )
    return row.id


def unseen(site: Site) -> int:
    with site.bureau.house.database.reading() as conn:
        return len(alerts.standing(conn))


def once(page: str) -> bool:
    """Whether every id of a page stands on it once."""
    ids = re.findall(r'\bid="?([\w-]+)', page)
    return len(ids) == len(set(ids))


def test_a_danger_says_whom_to_reach_and_where_on_every_page_that_shows_it(site: Site) -> None:
    number, who = told_by_mail(site), corpus.person(11)
    visitor = site.signed_in()
    for path in ("/needs-a-person", "/messages", f"/messages/{number}"):
        page = visitor.text(path)
        shown = page[page.index('class="app-danger') :]
        assert who.name in shown, path
        assert who.home.split(",")[0] in shown, path
        assert f'href="tel:{who.phone.replace(" ", "")}"' in shown, path
    assert "the lights crackle" in visitor.text("/needs-a-person")
    assert "id=alert" in visitor.text(f"/messages/{number}")


def test_a_danger_taken_down_by_telephone_is_seen_on_the_pages_too(site: Site) -> None:
    told_by_mail(site)
    visitor = site.signed_in()
    taken = visitor.post("/cases/new", TAKEN, page="/cases/new")
    assert taken.status_code == 302, taken.text
    assert unseen(site) == 2
    for path in ("/needs-a-person", taken.location):
        page = visitor.text(path)
        assert "Hale &lt;b&gt;Loxborough" in page
        assert "4 Tarn Rise, Harrowmere, HX0 1QF" in page
        assert "The kitchen ceiling is coming down." in page
        assert f'action="{taken.location}/alert"' in page
        assert once(page), path
    assert visitor.post(f"{taken.location}/alert").location == taken.location
    assert unseen(site) == 1
    assert "nobody has seen this yet" not in visitor.text(taken.location)
    assert "was seen by" in visitor.post(f"{taken.location}/alert", follow=True).text


@pytest.mark.slow
def test_more_dangers_than_a_page_holds_are_counted(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_by_mail(site)
    visitor = site.signed_in()
    visitor.post("/cases/new", TAKEN, page="/cases/new")
    for module in (attention_page, message_pages):
        monkeypatch.setattr(module, "MOST", 1)
    for path in ("/needs-a-person", "/messages"):
        page = visitor.text(path)
        assert page.count("Danger: nobody has seen this yet") == 1
        assert "1 more danger nobody has seen yet." in page


@pytest.mark.slow
def test_a_reader_sees_a_danger_and_is_given_no_button_for_it(site: Site) -> None:
    told_by_mail(site)
    page = site.signed_in("reader").text("/needs-a-person")
    assert "nobody has seen this yet" in page
    assert "I have seen it" not in page


@pytest.mark.slow
def test_the_alert_of_a_case_that_has_none_is_not_there(site: Site) -> None:
    visitor = site.signed_in()
    answer = visitor.post("/cases/CMP-2026-000001/alert", page="/", follow=True)
    assert answer.status_code == 200
    assert "No alert was raised" in answer.text
    assert visitor.post("/cases/CMP-1999-000001/alert", follow=True).status_code == 404
