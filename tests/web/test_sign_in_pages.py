"""Signing in: once by a link, then by a password; guessing is held off, and nothing is planted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from correspondence.casework import sign_in
from tests.web.site import PASSWORD

if TYPE_CHECKING:
    from tests.web.site import Site, Visitor


def try_to(visitor: Visitor, name: str, password: str, wanted: str = "") -> int:
    form = {"name": name, "password": password, "next": wanted}
    return visitor.post("/sign-in", form, page="/sign-in").status_code


def with_password(site: Site, name: str = "rowan") -> None:
    visitor, link = site.visitor(), site.link(name)
    visitor.post(link, {"password": PASSWORD}, page=link)


def test_the_first_to_be_invited_administers_the_office(site: Site) -> None:
    visitor, link = site.visitor(), site.link("rowan")
    assert "Welcome, Rowan Ellery" in visitor.text(link)
    answer = visitor.post(link, {"password": PASSWORD}, follow=True)
    assert "Rowan Ellery (administrator)" in answer.text
    site.link("teasel")
    assert "officer" in visitor.text("/users").split("Teasel Broadmeadow")[2]


def test_a_link_is_good_once(site: Site) -> None:
    link = site.link("rowan")
    first, second = site.visitor(), site.visitor()
    first.get(link)
    second.get(link)
    assert first.post(link, {"password": PASSWORD}).status_code == 302
    assert second.post(link, {"password": "another set of words"}).status_code == 410
    assert second.get(link).status_code == 410
    assert second.get("/").status_code == 302


def test_a_link_ends_after_three_days_and_when_another_is_made(site: Site) -> None:
    old = site.link("rowan")
    new = site.link("rowan")
    assert site.visitor().get(old).status_code == 410
    site.bureau.now += timedelta(days=3)
    assert site.visitor().get(new).status_code == 410


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("short", "12 characters or more"),
        ("a" * 600, "500 characters or fewer"),
        ("aaaaaaaaaaaaaaaaaa", "repeat a few"),
        ("rowanrowanrowan1", "user name"),
    ],
)
def test_a_weak_password_is_refused_with_what_to_do(site: Site, password: str, says: str) -> None:
    visitor, link = site.visitor(), site.link("rowan")
    answer = visitor.post(link, {"password": password}, page=link)
    assert answer.status_code == 400
    assert says in answer.text
    assert "<title>Error:" in answer.text
    assert visitor.post(link, {"password": PASSWORD}).status_code == 302


def test_name_and_password_let_in_and_signing_out_ends_it(site: Site) -> None:
    with_password(site)
    visitor = site.visitor()
    assert try_to(visitor, " Rowan ", PASSWORD) == 302
    cookie = visitor.client.get_cookie("correspondence")
    assert visitor.get("/").status_code == 200
    visitor.post("/sign-out")
    assert visitor.get("/").status_code == 302
    assert cookie is not None
    visitor.client.set_cookie("correspondence", cookie.value)  # the old cookie is good no longer
    assert visitor.get("/").status_code == 302


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(site: Site) -> None:
    with_password(site)
    answers = []
    for name in ("rowan", "nobody.there", "teasel"):
        visitor = site.visitor()
        form = {"name": name, "password": "not the right one"}
        text = visitor.post("/sign-in", form, page="/sign-in").text
        answers.append(text.replace(name, "").replace(visitor.token, ""))
    assert sign_in.WRONG in answers[0]
    assert answers[0] == answers[1] == answers[2]


def test_after_five_failures_even_the_right_password_waits(site: Site) -> None:
    with_password(site)
    visitor = site.visitor()
    for _ in range(sign_in.MOST_BY_NAME):
        assert try_to(visitor, "rowan", "wrong wrong wrong") == 400
    assert try_to(visitor, "rowan", PASSWORD) == 429
    assert try_to(site.visitor(), "ROWAN", PASSWORD) == 429
    site.bureau.now += sign_in.WINDOW
    assert try_to(visitor, "rowan", PASSWORD) == 302


def test_success_forgives_what_failed_before(site: Site) -> None:
    with_password(site)
    visitor = site.visitor()
    for _ in range(2):
        for _ in range(sign_in.MOST_BY_NAME - 1):
            assert try_to(visitor, "rowan", "wrong wrong wrong") == 400
        assert try_to(visitor, "rowan", PASSWORD) == 302
        visitor.post("/sign-out", page="/")


def test_one_address_may_not_try_many_names(site: Site) -> None:
    with_password(site)
    visitor = site.visitor()
    for number in range(sign_in.MOST_BY_ADDRESS):
        assert try_to(visitor, f"name{number}", "wrong wrong wrong") == 400
    assert try_to(visitor, "rowan", PASSWORD) == 429


def test_nothing_planted_before_signing_in_is_kept(site: Site) -> None:
    with_password(site)
    visitor = site.visitor()
    with visitor.client.session_transaction() as planted:
        planted["token"] = "planted"
        planted["other"] = "planted"
        planted["csrf_token"] = "planted"
    visitor.get("/sign-in")
    assert try_to(visitor, "rowan", PASSWORD) == 302
    visitor.get("/")
    with visitor.client.session_transaction() as now:
        assert "other" not in now
        assert now["token"] != "planted"
        assert now["csrf_token"] != "planted"


def test_a_web_session_ends_by_idling_and_after_half_a_day(site: Site) -> None:
    idle, busy = site.signed_in("officer", "idle.sample"), site.signed_in("officer", "busy.sample")
    for _ in range(11):
        site.bureau.now += timedelta(hours=1)
        assert busy.get("/").status_code == 200
    assert idle.get("/").status_code == 302
    site.bureau.now += timedelta(hours=1)
    assert busy.get("/").status_code == 302


def test_a_new_password_ends_what_the_old_one_opened(site: Site) -> None:
    stolen = site.signed_in("officer", "one.sample")
    with_password(site, "one.sample")
    assert stolen.get("/").status_code == 302


def test_whoever_loses_a_role_loses_its_pages_at_once(site: Site) -> None:
    visitor = site.signed_in("manager", "one.sample")
    assert visitor.get("/manager").status_code == 200
    site.somebody("one.sample", "officer")
    assert visitor.get("/manager").status_code == 403


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/%5cevil.example",
        "javascript:alert(1)",
        "/\tevil",
        "/sign-out",
        "/no-such-page",
        "///evil.example",
        "/" + "a" * 3000,
        "evil",
    ],
)
def test_signing_in_leads_to_none_but_our_own_pages(site: Site, wanted: str) -> None:
    with_password(site)
    visitor = site.visitor()
    form = {"name": "rowan", "password": PASSWORD, "next": wanted}
    answer = visitor.post("/sign-in", form, page="/sign-in")
    assert answer.status_code == 302
    assert answer.location == "/"


def test_signing_in_leads_to_the_page_that_was_asked_for(site: Site) -> None:
    with_password(site)
    visitor = site.visitor()
    asked = visitor.get("/cases/CMP-2026-000001?x=1")
    assert "next=" in asked.location
    form = {"name": "rowan", "password": PASSWORD, "next": "/cases/CMP-2026-000001?x=1"}
    answer = visitor.post("/sign-in", form, page=asked.location)
    assert answer.location == "/cases/CMP-2026-000001?x=1"


def test_an_empty_form_says_what_to_enter(site: Site) -> None:
    visitor = site.visitor()
    answer = visitor.post("/sign-in", page="/sign-in")
    assert answer.status_code == 400
    assert "Enter your user name" in answer.text
    assert "Enter your password" in answer.text
    assert 'href="#name"' in answer.text
