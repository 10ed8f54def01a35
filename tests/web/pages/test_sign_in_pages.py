"""Signing in: once by a link, then by a password; guessing is held off, and nothing is planted."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from correspondence.casework.acting import ourselves
from correspondence.casework.signing_in import sign_in, staff
from correspondence.casework.signing_in.web_session import holding
from correspondence.errors import NotAllowed
from correspondence.store import held_forms
from tests.web.site import PASSWORD

if TYPE_CHECKING:
    from tests.web.site import Site, Visitor

pytestmark = pytest.mark.slow


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
        ("rowanrowanrowan1", "tried first"),
        ("Harrowmere2026!", "tried first"),
        ("P@ssw0rd1234567", "tried first"),
        ("qwertyuiop123456", "tried first"),
        ("ComplaintsTeam01", "tried first"),
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


def test_whoever_left_is_out_at_once_and_comes_in_by_nothing(site: Site) -> None:
    with_password(site)
    gone = site.signed_in("officer", "one.sample")
    link = site.link("one.sample")
    house, now = site.bureau.house, site.bureau.now
    staff.leave(house, "one.sample", now=now, actor=ourselves())
    assert gone.get("/").status_code == 302
    assert try_to(site.visitor(), "one.sample", PASSWORD) == 400
    assert site.visitor().get(link).status_code == 410
    with pytest.raises(NotAllowed, match="has left"):
        site.link("one.sample")
    staff.return_(house, "one.sample", now=now, actor=ourselves())
    assert try_to(site.visitor(), "one.sample", PASSWORD) == 400  # the password is gone for good
    assert site.signed_in("officer", "one.sample").get("/").status_code == 200


def test_the_only_administrator_does_not_leave(site: Site) -> None:
    with_password(site)
    with pytest.raises(NotAllowed, match="only administrator"):
        staff.leave(site.bureau.house, "rowan", now=site.bureau.now, actor=ourselves())


def test_somebody_sees_where_they_are_in_and_ends_it_elsewhere(site: Site) -> None:
    with_password(site)
    here, there = site.visitor(), site.visitor()
    assert try_to(here, "rowan", PASSWORD) == 302
    there.client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (iPhone; x) Safari/605 <b>"
    assert try_to(there, "rowan", PASSWORD) == 302
    page = here.text("/account")
    assert "Safari on an iPhone" in page
    assert "<b>" not in page.partition("Safari on")[2][:20]
    here.post("/account/elsewhere")
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200


def test_nobody_ends_the_web_session_of_another(site: Site) -> None:
    theirs = site.signed_in("officer", "one.sample")
    (session,) = holding(site.bureau.house, "one.sample", now=site.bureau.now)
    ours = site.signed_in("administrator", "two.sample")
    ours.post(f"/account/sessions/{session.digest}", page="/account")
    assert theirs.get("/").status_code == 200
    theirs.post(f"/account/sessions/{session.digest}", page="/account")
    assert theirs.get("/").status_code == 302


def test_a_password_is_changed_by_whoever_knows_the_old_one(site: Site) -> None:
    with_password(site)
    here, there = site.visitor(), site.visitor()
    for one in (here, there):
        assert try_to(one, "rowan", PASSWORD) == 302
    form = {"old_password": "not the old one", "new_password": "purple window hat"}
    answer = here.post("/account/password", form, page="/account")
    assert answer.status_code == 400
    assert "Current password is not right" in answer.text
    form["old_password"] = PASSWORD
    assert here.post("/account/password", form, page="/account").status_code == 302
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302
    assert try_to(site.visitor(), "rowan", "purple window hat") == 302


def test_guessing_the_old_password_is_held_off_as_signing_in_is(site: Site) -> None:
    with_password(site)
    visitor = site.visitor()
    assert try_to(visitor, "rowan", PASSWORD) == 302
    form = {"old_password": "a guess a guess", "new_password": "purple window hat"}
    for _ in range(sign_in.MOST_BY_NAME):
        visitor.post("/account/password", form, page="/account")
    answer = visitor.post("/account/password", form | {"old_password": PASSWORD}, page="/account")
    assert "too many failed attempts" in answer.text


def test_being_asked_for_how_long_it_lasts_does_not_make_it_last(site: Site) -> None:
    visitor = site.signed_in()
    site.bureau.now += timedelta(minutes=100)
    left = visitor.get("/account/time-left").get_json()
    assert left["seconds"] == 20 * 60
    site.bureau.now += timedelta(minutes=10)
    assert visitor.get("/account/time-left").get_json()["seconds"] == 10 * 60
    stayed = visitor.post("/account/stay").get_json()
    assert stayed["seconds"] == 120 * 60
    site.bureau.now += timedelta(minutes=121)
    assert visitor.get("/account/time-left").status_code == 302


NOTE = {
    "on-day": "20",
    "on-month": "11",
    "on-year": "2026",
    "channel": "telephone",
    "text": "A long account of a call,\nin two lines. <script>x</script>",
}
CASE = "/cases/CMP-2026-000001"


def test_what_was_written_when_the_web_session_was_over_is_sent_again(site: Site) -> None:
    visitor = site.signed_in("officer", "one.sample")
    token = visitor.token
    site.bureau.now += timedelta(hours=3)
    visitor.token = token
    answer = visitor.post(f"{CASE}/notes", NOTE)
    assert answer.location.startswith("/sign-in")
    assert "held for you" in visitor.text("/sign-in")
    back = site.link("one.sample")
    visitor.get(back)
    assert visitor.post(back, {"password": PASSWORD}).location == "/held"
    page = visitor.text("/held")
    assert "A long account of a call,\nin two lines. &lt;script&gt;" in page
    digest = re.findall(r'name="held_form" value="(\w+)"', page)[0]
    sent = visitor.post(f"{CASE}/notes", NOTE | {"held_form": digest})
    assert sent.status_code == 302
    assert "A long account of a call" in visitor.text(CASE)
    assert "Nothing is held" in visitor.text("/held")


def test_what_is_held_is_shown_to_nobody_else_and_ends_after_a_day(site: Site) -> None:
    visitor = site.signed_in("officer", "one.sample")
    token = visitor.token
    visitor.post("/sign-out")
    visitor.token = token
    visitor.post(f"{CASE}/notes", NOTE)  # another page was still open
    other = site.signed_in("officer", "two.sample")
    assert "Nothing is held" in other.text("/held")
    with site.bureau.house.database.reading() as conn:
        (held,) = held_forms.of(conn, "one.sample")
    assert other.post(f"/held/{held.digest}", page="/held").status_code == 404
    assert "long account" in site.signed_in("officer", "one.sample").text("/held")
    site.bureau.now += timedelta(days=1)
    assert "Nothing is held" in site.signed_in("officer", "one.sample").text("/held")
    with site.bureau.house.database.reading() as conn:
        assert held_forms.of(conn, "one.sample") == ()  # and its words lie nowhere any longer


@pytest.mark.parametrize("token", ["", "wrong"])
def test_nothing_is_held_that_somebody_else_slipped_in(site: Site, token: str) -> None:
    visitor = site.signed_in("officer", "one.sample")
    site.bureau.now += timedelta(hours=3)
    visitor.client.post(f"{CASE}/notes", data=NOTE | {"csrf_token": token})
    site.visitor().client.post(f"{CASE}/notes", data=NOTE)
    with site.bureau.house.database.reading() as conn:
        assert held_forms.of(conn, "one.sample") == ()


def test_no_password_is_ever_held(site: Site) -> None:
    visitor = site.signed_in("officer", "one.sample")
    token = visitor.token
    site.bureau.now += timedelta(hours=3)
    visitor.token = token
    visitor.post("/account/password", {"old_password": PASSWORD, "new_password": "abcdefghijkl"})
    with site.bureau.house.database.reading() as conn:
        assert held_forms.of(conn, "one.sample") == ()


def test_no_more_is_held_than_a_few_forms(site: Site) -> None:
    visitor = site.signed_in("officer", "one.sample")
    token = visitor.token
    site.bureau.now += timedelta(hours=3)
    for number in range(held_forms.MOST_FOR_ONE + 2):
        site.bureau.now += timedelta(minutes=1)
        visitor.token = token
        visitor.post(f"{CASE}/notes", NOTE | {"text": f"Number {number}"})
    visitor.post(f"{CASE}/notes", NOTE | {"text": "x" * 500_000})
    with site.bureau.house.database.reading() as conn:
        found = held_forms.of(conn, "one.sample")
    assert len(found) == held_forms.MOST_FOR_ONE
    assert ("text", f"Number {held_forms.MOST_FOR_ONE + 1}") in found[0].fields
