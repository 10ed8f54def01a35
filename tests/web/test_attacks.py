"""Attacks that walk the table of pages, so that a page that is added is attacked as well."""

from __future__ import annotations

import csv
import html
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from correspondence.web.routes import ROUTES
from tests.casework.bureau import LETTER
from tests.jobs import corpus
from tests.web.hostile import ACT, QUOTED
from tests.web.test_gate import path_of

if TYPE_CHECKING:
    from tests.web.site import Site, Visitor

FOR_EVERYBODY = {
    "healthz",
    "readyz",
    "metrics",
    "look",
    "sign_in",
    "sign_in_now",
    "welcome",
    "welcome_now",
    "break_glass",
    "welcome_work_account",
    "work_account",
    "work_account_back",
    "ended_in_browser",
    "ended_by_issuer",
    "calendar_feed",
}
"""The pages that ask nobody who they are: one more is a decision, and is written here."""

NAMES = (
    "../../../etc/passwd",
    "..%2f..%2fdata%2fcorrespondence.db",
    "%00",
    "' OR 1=1 --",
    ACT,
    QUOTED,
    "x\r\nX-Injected: 1\r\n\r\n<script>",
    "{{7*7}}{% raise %}",
    "\u202e\ud800\uffff",
    "9" * 400,
    "-1",
    "x" * 3_000,
)
"""What stands in the place of an id, a name or a word that is looked for."""

RAW = ("<script>window.acted", "<img src=x onerror", "<svg onload", "X-Injected: 1\r\n\r\n<script>")
FORMULAE = ('=HYPERLINK("http://evil.example")', "@SUM(A1)")


def gaps(path: str, value: str) -> str:
    return re.sub(r"<[^>]+>", quote(value, safe="", errors="replace"), path)


def unharmed(answer: Any, what: str) -> None:
    """The page did not fail, took over no head of an answer, and shows what is hostile as words."""
    not_ready = answer.status_code == 503 and answer.mimetype == "application/json"  # /readyz
    assert answer.status_code < 500 or not_ready, what
    assert "X-Injected" not in answer.headers, what
    assert "evil" not in answer.headers.get("Location", ""), what
    if answer.mimetype == "text/html":
        for raw in RAW:
            assert raw not in answer.text, (what, raw)


def test_a_page_for_everybody_is_a_decision() -> None:
    assert {route.name for route in ROUTES if route.may is None} <= FOR_EVERYBODY


@pytest.mark.parametrize(
    "most", [2, pytest.param(len(NAMES), marks=pytest.mark.slow)], ids=["some", "all"]
)
def test_no_name_in_an_address_harms_a_page(site: Site, most: int) -> None:
    visitor = site.signed_in("administrator")
    with_gaps = [route for route in ROUTES if "<" in route.path]
    assert len(with_gaps) > 20
    for number, route in enumerate(with_gaps):
        turned = (*NAMES[number % len(NAMES) :], *NAMES[: number % len(NAMES)])
        for name in turned[:most]:
            path = gaps(route.path, name)
            answer = visitor.get(path) if route.method == "GET" else visitor.post(path)
            unharmed(answer, f"{route.name} with {name[:40]!r}")
            assert b"root:" not in answer.data


@pytest.mark.slow
def test_no_id_of_another_or_of_nobody_harms_a_page(site: Site) -> None:
    visitor = site.signed_in("administrator")
    for route in ROUTES:
        if route.name in {"sign_out", "user_leave", "user_sessions"}:
            continue
        path = re.sub(r"<int:[a-z_]+>", "999999", route.path)
        path = re.sub(r"<[a-z_]+>", "CMP-2026-999999", path)
        if "<" in path:
            path = path_of(route)
        answer = visitor.get(path) if route.method == "GET" else visitor.post(path)
        unharmed(answer, route.name)
        if "999999" in path:
            assert answer.status_code in {302, 400, 404, 405, 409, 410}, route.name


@pytest.mark.slow
def test_no_word_that_is_looked_for_harms_a_page(site: Site) -> None:
    visitor = site.signed_in("administrator")
    asked = ("next", "who", "words", "page", "kind", "stage", "flag", "area", "all", "from", "to")
    for route in ROUTES:
        if route.method != "GET":
            continue
        for turn in range(2):
            names = (*NAMES[turn::2], *NAMES[1 - turn :: 2])
            query = {
                one: name.encode("utf-8", "replace").decode()
                for one, name in zip(asked, names, strict=False)
            }
            answer = visitor.client.get(path_of(route), query_string=query)
            unharmed(answer, f"{route.name}?{query}")


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"])
def test_no_other_method_gets_past_the_gate(site: Site, method: str) -> None:
    stranger = site.visitor().client
    for route in ROUTES:
        if route.may is None:
            continue
        answer = stranger.open(path_of(route), method=method)
        assert answer.status_code in {302, 400, 405}, route.name
        assert answer.headers.get("Location", "/sign-in").startswith("/sign-in"), route.name
        assert b"Sorrel" not in answer.data


def test_what_is_too_large_is_taken_by_no_page(site: Site) -> None:
    visitor = site.signed_in("administrator")
    for route in ROUTES:
        if route.method != "POST":
            continue
        path = path_of(route)
        huge = visitor.client.post(
            path, data={"x": "y"}, environ_overrides={"CONTENT_LENGTH": "99999999999"}
        )
        assert huge.status_code == 413, route.name
    many = visitor.client.post(
        "/cases/assign",
        data={f"field-{number}": "x" for number in range(2_100)},
        content_type="multipart/form-data",
    )
    assert many.status_code == 413


@dataclass(slots=True)
class Form:
    """A form as a page shows it."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    def hostile(self, how: int) -> dict[str, Any]:
        """The form with something hostile in every field that a person fills in."""
        filled: dict[str, Any] = dict(self.fields)
        for name, value in self.fields.items():
            if value == "" or len(value) > 3:
                filled[name] = NAMES[how % len(NAMES)].encode("utf-8", "replace").decode()
        for name in self.files:
            filled[name] = (io.BytesIO(f"<html>{ACT}</html>".encode()), "../<script>x.docx")
        return filled


LEFT_OUT = ("/sign-out", "/left", "/sessions", "/elsewhere", "/mailboxes")
"""What would end the walk, or reaches beyond the office."""


def forms_of(page: str) -> list[Form]:
    found = []
    posts = re.compile(r'(<form[^>]*method="post"[^>]*>)(.*?)</form>', re.DOTALL)
    for tag, inside in posts.findall(page):
        action = re.search(r'action="([^"]*)"', tag)
        form = Form(html.unescape(action[1]) if action else "")
        for kind, rest in re.findall(r"<(input|textarea|select|button)\b([^>]*)>", inside):
            name = re.search(r'\bname="([^"]*)"', rest)
            if name is None or name[1] == "csrf_token":
                continue
            value = re.search(r'\bvalue="([^"]*)"', rest)
            if 'type="file"' in rest:
                form.files.append(name[1])
            elif 'type="hidden"' not in rest or kind == "button":
                form.fields[name[1]] = html.unescape(value[1]) if value else ""
            else:
                form.fields[name[1]] = html.unescape(value[1])[:3] if value else ""
        if not any(form.action.endswith(one) for one in LEFT_OUT):
            found.append(form)
    return found


def pages_of(site: Site, visitor: Visitor) -> list[tuple[str, str]]:
    """Every page of the table that there is, as HTML."""
    seen = []
    for route in ROUTES:
        if route.method == "GET" and route.may is not None:
            answer = visitor.get(path_of(route))
            unharmed(answer, route.name)
            if answer.status_code == 200 and answer.mimetype == "text/html":
                seen.append((path_of(route), answer.text))
    return seen


@pytest.mark.slow
def test_nothing_written_into_any_form_acts_on_any_page(site: Site) -> None:
    visitor = site.signed_in("administrator")
    pages = pages_of(site, visitor)
    assert len(pages) > 15
    sent = 0
    for path, page in pages:
        for form in forms_of(page):
            for how in (4, 5, 6, sent):
                answer = visitor.post(form.action or path, form.hostile(how), page="/account")
                unharmed(answer, f"{form.action} of {path}")
                sent += 1
    assert sent > 80
    for path, _ in pages_of(site, visitor):
        unharmed(visitor.get(path), path)


@pytest.mark.slow
def test_what_a_stranger_is_called_is_no_formula_in_any_export(site: Site) -> None:
    bureau = site.bureau
    for number, formula in enumerate(FORMULAE, 1):
        raw = corpus.complaint(number, bureau.now)
        raw = re.sub(rb"(?m)^From: .*$", f'From: "{formula}" <a{number}@example.net>'.encode(), raw)
        bureau.receive(raw, read_as="complaint")
    visitor = site.signed_in("manager")
    looked = 0
    for table in re.findall(r'href="(/manager/[^"]+\.csv)[^"]*"', visitor.text("/manager")):
        answer = visitor.get(table)
        assert answer.mimetype == "text/csv", table
        assert "attachment" in answer.headers["Content-Disposition"]
        for row in csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))):
            for cell in row:
                looked += 1
                assert not cell.startswith(("=", "+", "-", "@", "\t")), cell
    assert looked > 20


def test_the_letter_of_a_hostile_message_shows_its_words_alone(site: Site) -> None:
    visitor = site.signed_in("officer")
    for path in (f"/letters/{LETTER}", "/messages/2", "/messages/2/as-sent", "/messages?all=yes"):
        unharmed(visitor.get(path), path)
    files = re.findall(r'href="(/messages/2/(?:files|original)[^"]*)"', visitor.text("/messages/2"))
    assert files
    for path in files:
        answer = visitor.get(path)
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "<" not in answer.headers["Content-Disposition"]
