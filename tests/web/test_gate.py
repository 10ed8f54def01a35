"""Who is let through: every page there is, asked for by everybody who may not have it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from correspondence.web.app import HEADERS
from correspondence.web.routes import LOOK, MAY_ASK, ROUTES, Route
from tests.casework.bureau import LETTER
from tests.web.site import ROLES

if TYPE_CHECKING:
    from tests.web.site import Site

FILLED = {
    "<reference>": "CMP-2026-000001",
    "<letter>": LETTER,
    "<action>": "CMP-2026-000001-A1",
    "<int:number>": "1",
    "<int:page>": "1",
    "<sha256>": "0" * 64,
    "<token>": "no-such-token",
    "<digest>": "0" * 64,
    "<kind>": "stage1_response",
    "<form>": "learning",
    "<section>": "timescales",
    "<name>": "rowan",
    "<table>.<any(csv, xlsx):ending>": "cases.csv",
    "<report>.<any(html, pdf, docx, xlsx, json, csv):ending>": "quarterly.json",
    "<report>": "annual",
}
OF_THEMSELVES = {
    "sign_out",
    "password",
    "sign_out_elsewhere",
    "end_session",
    "stay",
    "throw_away",
}
"""What everybody may change, since it is about themselves alone."""

BY_MACHINES = {"ended_by_issuer"}
"""What is sent by no page, and proves by itself who sends it."""

GUARDED = [route for route in ROUTES if route.may is not None]


def path_of(route: Route) -> str:
    """The page's path with something in every gap, of which there may be none in this office."""
    path = route.path
    for gap, value in FILLED.items():
        path = path.replace(gap, value)
    path = re.sub(r"<int:[a-z_]+>", "999999", path)
    path = re.sub(r"<[a-z_]+>", "nothing-of-that-name", path)
    assert "<" not in path, f"say in FILLED what stands for the gap in {path}"
    return path


def test_every_page_there_is_stands_in_the_table_of_who_may_ask(site: Site) -> None:
    there = {rule.endpoint for rule in site.app.url_map.iter_rules()}
    assert there == set(MAY_ASK)


def test_a_page_added_without_a_line_in_the_table_is_refused_to_everybody(site: Site) -> None:
    site.app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    assert site.visitor().get("/forgotten").status_code == 403
    assert site.signed_in("administrator").get("/forgotten").status_code == 403


def test_a_page_takes_one_method_and_no_other(site: Site) -> None:
    taken = {rule.endpoint: rule.methods or set() for rule in site.app.url_map.iter_rules()}
    for route in ROUTES:
        assert taken[route.name] - {"HEAD", "OPTIONS"} == {route.method}, route.name


def test_nobody_unknown_sees_any_page(site: Site) -> None:
    for route in GUARDED:
        stranger = site.visitor()
        stranger.get("/sign-in")
        answer = (
            stranger.get(path_of(route)) if route.method == "GET" else stranger.post(path_of(route))
        )
        assert answer.status_code == 302, route.name
        assert answer.location.startswith("/sign-in"), route.name


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_refused_every_page_that_is_not_for_it(site: Site, role: str) -> None:
    visitor = site.signed_in(role)
    for route in GUARDED:
        assert route.may is not None
        if role in route.may:
            continue
        answer = (
            visitor.get(path_of(route)) if route.method == "GET" else visitor.post(path_of(route))
        )
        assert answer.status_code == 403, route.name


def test_a_reader_is_let_through_to_nothing_that_changes_anything(site: Site) -> None:
    changing = [route for route in GUARDED if route.method == "POST" and route.may == LOOK]
    assert {route.name for route in changing} == OF_THEMSELVES


@pytest.mark.parametrize("token", ["", "wrong"])
def test_no_form_is_taken_without_its_token(site: Site, token: str) -> None:
    visitor = site.signed_in("administrator")
    visitor.token = token
    posts = [route for route in ROUTES if route.method == "POST" and route.from_page]
    assert {route.name for route in ROUTES if not route.from_page} == BY_MACHINES
    for route in posts:
        before = site.bureau.letter(LETTER)
        answer = visitor.client.post(path_of(route), data={"csrf_token": token})
        assert answer.status_code == 400, route.name
        assert "This form has expired" in answer.text
        assert site.bureau.letter(LETTER) == before


def test_a_token_of_one_web_session_is_no_good_in_another(site: Site) -> None:
    theirs = site.signed_in("officer", "one.sample")
    ours = site.signed_in("officer", "two.sample")
    answer = ours.client.post("/sign-out", data={"csrf_token": theirs.token})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "path", ["/", "/sign-in", "/no-such-page", "/static/pages.css", "/manager"]
)
def test_every_answer_is_closed_to_other_sites(site: Site, path: str) -> None:
    answer = site.signed_in("manager").get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_what_is_on_a_page_is_kept_in_no_cache(site: Site) -> None:
    assert site.signed_in().get("/").headers["Cache-Control"] == "no-store"


def test_the_cookie_is_for_this_site_and_for_no_script(site: Site) -> None:
    set_cookie = site.visitor().get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in set_cookie
    assert "SameSite=Lax" in set_cookie


def test_behind_a_proxy_cookies_travel_by_https_alone(site: Site) -> None:
    from tests.web.site import Site as Pages

    pages = Pages.of(site.bureau, behind_proxy=True)
    client = pages.visitor().client
    answer = client.get("/sign-in", base_url="https://localhost")
    set_cookie = answer.headers["Set-Cookie"]
    assert set_cookie.startswith("__Host-")
    assert "Secure" in set_cookie
    assert "max-age" in answer.headers["Strict-Transport-Security"]
    in_the_clear = client.get("/sign-in")
    assert in_the_clear.status_code == 421
    assert "Set-Cookie" not in in_the_clear.headers
    assert client.get("/healthz").status_code == 200


def test_a_name_that_is_not_ours_is_not_answered(site: Site) -> None:
    from tests.web.site import Site as Pages

    pages = Pages.of(site.bureau, hosts=["localhost"])
    client = pages.visitor().client
    assert client.get("/sign-in", headers={"Host": "localhost:8750"}).status_code == 200
    assert client.get("/sign-in", headers={"Host": "evil.example"}).status_code == 400


def test_a_fault_is_said_without_its_words(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> str:
        raise RuntimeError("Sorrel Attwater of Rope Walk")

    visitor = site.signed_in()
    site.app.view_functions["queue"] = fail
    answer = visitor.get("/")
    assert answer.status_code == 500
    assert "Sorrel" not in answer.text + caplog.text
    assert "RuntimeError" in caplog.text
