"""The pages in a real browser: an officer's day, WCAG 2.2 AA on every page, and 320 pixels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from correspondence.casework.acting import ourselves
from correspondence.casework.handling.logged import Logged, log
from correspondence.casework.investigating import question_mail
from correspondence.casework.sending.leave import leave
from correspondence.store import questions
from correspondence.web.server import Server, in_a_thread
from tests.casework.bureau import LETTER, at_work
from tests.casework.following.test_follow_up import responded
from tests.jobs import corpus
from tests.jobs.office import make_office
from tests.web.chromium import NO_BROWSER, chromium
from tests.web.site import PASSWORD, Site
from tests.web.test_dangers import told_by_mail

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from correspondence.letters.pool import LetterPress

pytestmark = pytest.mark.slow

CASE = "CMP-2026-000001"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
REPORT = b"We answered 45 complaints at stage 1, of which 34 (93%) were on time."
PAGES = (
    "/",
    "/?words=nobody",
    "/messages",
    "/messages?all=yes",
    "/messages/1",
    "/messages/2",
    "/messages/2/as-sent",
    f"/cases/{CASE}",
    "/cases/CMP-2026-000002",
    f"/cases/{CASE}/definition",
    f"/cases/{CASE}/letters?kind=stage1_response",
    f"/cases/{CASE}/letters?kind=stage1_extension",
    f"/letters/{LETTER}",
    f"/letters/{LETTER}/approve",
    f"/letters/{LETTER}/send",
    f"/letters/{LETTER}/differences",
    f"/letters/{LETTER}/second",
    "/letters",
    f"/cases/{CASE}/adjustments",
    f"/cases/{CASE}/resident",
    "/manager",
    "/search?words=gutter",
    "/needs-a-person",
    f"/cases/{CASE}/investigation",
    f"/cases/{CASE}/contact",
    f"/cases/{CASE}/merging",
    f"/cases/{CASE}/lessons",
    f"/cases/{CASE}/record/learning",
    f"/cases/{CASE}/record/ombudsman_taken",
    f"/cases/{CASE}/record/ombudsman_found",
    f"/cases/{CASE}/holds/legal_hold",
    f"/cases/{CASE}/stage-2",
    "/cases/new",
    "/calendar",
    "/users",
    "/settings",
    "/settings/profile/timescales",
    "/settings/profile/responsibilities",
    "/settings/letterhead",
    "/settings/templates",
    "/settings/templates/stage1_response",
    "/settings/mailboxes",
    "/settings/bank-holidays",
    "/settings/people",
    "/settings/retention",
    "/reports",
    "/reports?report=quarterly&homes=many",
    "/reports?report=self-assessment&clause=6.4",
    "/account",
    "/held",
    "/no-such-page",
)


@dataclass(slots=True)
class Served:
    """A site that a browser can reach."""

    site: Site
    base: str

    def opened(
        self, browser: Browser, width: int = 1280, *, scripts: bool = True, who: str = "rowan"
    ) -> Page:
        """A page of somebody who is signed in; rowan is an administrator."""
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts
        )
        page = context.new_page()
        self.sign_in(page, who)
        return page

    def sign_in(self, page: Page, who: str) -> None:
        """Sign somebody in, in this browser."""
        page.goto(self.base + self.site.link(who))
        page.fill("#password", PASSWORD)
        page.click("text=Save and sign in")
        page.wait_for_url(self.base + "/")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's own Chromium."""
    with chromium() as found:
        if found is None:
            pytest.skip(NO_BROWSER)
        yield found


@pytest.fixture
def served(tmp_path: Path, prepared_office: Path, press: LetterPress) -> Iterator[Served]:
    """The pages of an office of the test's own, on a free port."""
    make_office(tmp_path / "office", prepared_office)
    with at_work(tmp_path / "office", press) as desk:
        site = Site.of(desk)
        server = Server(site.app, "127.0.0.1", 0)
        faults: list[BaseException] = []
        thread = in_a_thread(server, failed=faults.append)
        try:
            yield Served(site, f"http://127.0.0.1:{server.port}")
        finally:
            server.stop()
            thread.join()
        assert faults == []


def violations(page: Page) -> list[Any]:
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    return [
        (one["id"], [node["html"][:120] for node in one["nodes"]])
        for one in found.response["violations"]
    ]


def test_every_page_meets_wcag_2_2_aa_and_reflows_and_runs_no_strangers_script(
    served: Served, browser: Browser
) -> None:
    page = served.opened(browser, width=320)
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    danger = told_by_mail(served.site)
    for path in (*PAGES, f"/messages/{danger}"):
        page.goto(served.base + path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert page.evaluate("window.acted") is None, path
    page.goto(f"{served.base}/letters/{LETTER}")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert [url for url in asked if not url.startswith(served.base)] == []
    assert [one for one in said if "404" not in one] == []


def test_signing_in_and_what_goes_wrong_meet_wcag_2_2_aa(served: Served, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 700})
    page.goto(served.base + served.site.link("rowan"))
    assert violations(page) == []
    page.goto(served.base + "/sign-in")
    page.click("main button[type=submit]:has-text('Sign in')")
    assert page.title().startswith("Error:")
    assert violations(page) == []
    # What is wrong is heard first, and leads to the field it is about.
    assert page.evaluate("document.activeElement.className").startswith("govuk-error-summary")
    page.click(".govuk-error-summary a >> nth=0")
    assert page.evaluate("document.activeElement.id") == "name"


def an_officers_day(page: Page, base: str) -> None:
    """From the queue to a letter that went, as an officer goes."""
    page.click(f"tr:has-text('{CASE}') a >> nth=0")
    page.select_option("#to", "rowan")
    page.click("text=Change >> nth=0")
    page.click("text=Change the definition")
    page.fill("#point-0", "The gutter above the back door leaks.")
    page.click("text=Save and draft the acknowledgement")
    assert "Stage 1 acknowledgement" in page.inner_text("h1")
    page.fill("#part-0", "Dear Sorrel,")
    page.click("text=Save and check")
    assert "Saved as revision" in page.inner_text(".govuk-notification-banner")
    page.click("a:has-text('Approve…')")
    page.check("text=I have read this letter")
    page.click("text=Approve this letter")
    page.click("button:text-is('Send')")
    assert "It leaves on" in page.inner_text("#leaves")
    page.click("button:has-text('Call it back')")
    page.click("a:has-text('Send…')")
    page.click("button:text-is('Send')")
    page.goto(f"{base}/letters/{LETTER}/send")
    page.click("button:has-text('Send it at once')")
    page.click("text=Record as sent")
    assert page.url == f"{base}/cases/{CASE}"
    assert "Send the response" in page.inner_text(".app-owed")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_officers_day(served: Served, browser: Browser, scripts: bool) -> None:
    page = served.opened(browser, scripts=scripts)
    an_officers_day(page, served.base)
    case = served.site.bureau.case(CASE)
    assert case.status == "investigating"
    assert served.site.bureau.letter(LETTER).approved_by == "rowan"
    assert any(name.endswith(".pdf") for name in served.site.bureau.outbox_files())


def test_a_letter_can_be_worked_on_by_keyboard_alone(served: Served, browser: Browser) -> None:
    page = served.opened(browser)
    page.goto(f"{served.base}/letters/{LETTER}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Skip to main content"
    reached = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")
        )
    assert {"part-0", "Save and check", "docx", "Bring it back", "Approve…"} <= reached


def test_what_is_typed_is_kept_by_itself_and_told_to_whoever_else_writes(
    served: Served, browser: Browser
) -> None:
    path = f"{served.base}/letters/{LETTER}"
    page = served.opened(browser)
    page.goto(path)
    page.fill("#part-0", "Dear Sorrel,")
    page.wait_for_selector("[data-kept]:has-text('Kept at')")
    page.reload()
    assert page.input_value("#part-0") == "Dear Sorrel,"
    assert violations(page) == []
    other = served.opened(browser, who="teasel")
    other.goto(path)
    assert "Rowan Ellery is editing this letter" in other.inner_text(".app-note >> nth=0")
    other.fill("#part-0", "Good day,")
    other.click("text=Save and check")
    page.fill("#part-0", "Dear Sorrel Attwater,")
    page.wait_for_selector("[data-kept]:has-text('load the page again to see both')")
    page.reload()
    assert page.input_value("#part-0") == "Good day,"
    assert "Dear Sorrel Attwater," in page.inner_text("#beside")
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_whoever_is_signed_out_while_typing_goes_on_once_they_are_back(
    served: Served, browser: Browser
) -> None:
    page = served.opened(browser)
    page.goto(f"{served.base}/letters/{LETTER}")
    other = page.context.new_page()
    other.goto(served.base)
    other.click("text=Sign out")
    page.fill("#part-0", "Dear Sorrel,")
    page.wait_for_selector(".app-kept--not:has-text('You are signed out')")
    served.sign_in(other, "rowan")
    page.fill("#part-0", "Dear Sorrel Attwater,")
    page.wait_for_selector("[data-kept]:has-text('Kept at')")
    page.reload()
    assert page.input_value("#part-0") == "Dear Sorrel Attwater,"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_answer_is_built_point_by_point(served: Served, browser: Browser, scripts: bool) -> None:
    page = served.opened(browser, width=320 if scripts else 1280, scripts=scripts)
    page.goto(f"{served.base}/cases/{CASE}/letters?kind=stage1_response")
    page.fill("#apology", "We are sorry that we left this for so long.")
    page.click("button:has-text('Add another remedy')")
    assert page.input_value("#apology").startswith("We are sorry")
    page.fill("#remedies-1-what", "A payment for two missed visits")
    page.click("button:has-text('Remove') >> nth=0")
    assert page.input_value("#remedies-0-what").startswith("A payment")
    page.click("main button:text-is('Draft the letter') >> visible=true >> nth=-1")
    assert page.title().startswith("Error:")
    if scripts:
        assert violations(page) == []
        page.click(".govuk-error-summary a >> nth=0")
        assert page.evaluate("document.activeElement.id").startswith("answers-0-outcome")
    for number in (0, 1):
        page.check(f"input[name='answers-{number}-outcome'][value=upheld]", force=True)
        page.fill(f"#answers-{number}-finding", "We were told in March 2026 and sent nobody.")
        page.fill(f"#answers-{number}-reasons", "Our policy is to come within 28 days.")
    page.select_option("#remedies-0-kind", "payment")
    page.fill("#remedies-0-pence", "30")
    for part, value in (("day", "11"), ("month", "12"), ("year", "2026")):
        page.fill(f"#remedies-0-by-{part}", value)
    page.click("main button:text-is('Draft the letter') >> visible=true >> nth=-1")
    assert page.inner_text("h1") == "Stage 1 response"
    assert "£30" in page.inner_text(".app-mail__text")


def test_letters_on_their_last_steps_meet_wcag_2_2_aa(served: Served, browser: Browser) -> None:
    desk = served.site.bureau
    desk.approve(LETTER)
    leave(desk.house, LETTER, now=desk.now, actor=desk.teasel)
    page = served.opened(browser, width=320)
    for path in ("/letters", f"/letters/{LETTER}", f"/letters/{LETTER}/send"):
        page.goto(served.base + path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    desk.now += timedelta(days=1)
    served.sign_in(page, "rowan")
    page.goto(f"{served.base}/letters")
    assert "should have left" in page.inner_text("main")
    assert violations(page) == []


def test_who_is_about_to_be_signed_out_is_told_and_loses_nothing(
    served: Served, browser: Browser
) -> None:
    office = served.site.bureau.house.office
    short = office.settings.pages.model_copy(update={"idle_minutes": 5})
    object.__setattr__(office, "settings", office.settings.model_copy(update={"pages": short}))
    page = served.opened(browser, width=320)
    page.clock.install()
    page.goto(f"{served.base}/cases/{CASE}")
    warning = page.locator(".app-stay")
    assert warning.is_hidden()
    served.site.bureau.now += timedelta(minutes=4)
    page.clock.fast_forward("04:00")
    warning.wait_for(state="visible")
    assert "about 1 minute." in warning.inner_text()
    assert violations(page) == []
    page.click("text=Stay signed in")
    warning.wait_for(state="hidden")
    served.site.bureau.now += timedelta(minutes=6)
    page.clock.fast_forward("06:00")
    warning.wait_for(state="visible")
    assert "You are signed out" in warning.inner_text()
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    page.fill("form[action$='/notes'] [name=text]", "A long account of a call, kept safe.")
    page.select_option("form[action$='/notes'] [name=channel]", "telephone")
    page.click("form[action$='/notes'] button")
    assert "held for you" in page.inner_text("main")
    page.fill("#name", "rowan")
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]:has-text('Sign in')")
    page.wait_for_url(f"{served.base}/held")
    assert violations(page) == []
    page.click("text=Send it now")
    assert "kept safe" in page.inner_text("main")


def test_what_follows_a_case_meets_wcag_2_2_aa_once_it_is_filled(
    served: Served, browser: Browser
) -> None:
    bureau = served.site.bureau
    letter = responded(bureau)
    reference = letter.rpartition("-")[0]
    on = bureau.now.date().isoformat()
    for form in (
        {"form": "ombudsman_taken", "ombudsman": "housing"},
        {"form": "ombudsman_evidence_asked", "due": on, "asked_for": "The repair log."},
        {
            "form": "ombudsman_found",
            "findings": [{"category": "other", "finding": "service failure"}],
            "orders": [{"kind": "order", "what": "Apologise.", "pence": 10_000}],
        },
    ):
        logged = Logged.model_validate({**form, "on": on})
        log(bureau.house, reference, logged, now=bureau.now, actor=bureau.rowan)
    page = served.opened(browser, width=320)
    for path in (f"/cases/{reference}/lessons", f"/actions/{reference}-A2"):
        page.goto(served.base + path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    page.goto(f"{served.base}/cases/{reference}/record/ombudsman_complied")
    page.click("main button:has-text('Record it') >> nth=-1")
    assert page.title().startswith("Error:")
    assert violations(page) == []
    page.goto(f"{served.base}/settings/retention")
    page.fill("#subjects", "CMP-2026-000002")
    page.click("button:has-text('Look at what would be erased') >> nth=-1")
    assert violations(page) == []
    page.goto(f"{served.base}/reports#check")
    page.set_input_files("#checked", {"name": "a.txt", "mimeType": "text/plain", "buffer": REPORT})
    page.click("button:has-text('Check it')")
    assert page.locator("#found").is_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_question_is_asked_by_mail_and_its_answer_found_on_a_narrow_screen(
    served: Served, browser: Browser, scripts: bool
) -> None:
    bureau = served.site.bureau
    page = served.opened(browser, width=320, scripts=scripts)
    page.goto(f"{served.base}/cases/{CASE}/investigation")

    def whole() -> None:
        if scripts:  # the checker is a script itself
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= 320

    page.click("main button:has-text('Ask') >> nth=0")
    assert page.title().startswith("Error:")
    whole()
    page.fill("#asked_of", "Teal Roofing")
    page.fill("#contact", "jobs@roofing.example")
    page.fill("#text", "When did you go, and what did you find?")
    page.check("#complained_of-2")
    page.fill("#fairness", "Rowan weighs it against the photographs.")
    page.click("main button:has-text('Ask') >> nth=0")
    question = f"{CASE}-Q1"
    assert f"{question} is on record" in page.inner_text("main")
    assert "about to be e-mailed" in page.inner_text("main")
    whole()
    question_mail.write(bureau.house, now=bureau.now, actor=ourselves())
    with bureau.house.database.reading() as conn:
        thread = questions.load(conn, question).message_id
    (answer,) = bureau.receive(
        corpus.mail(
            "We went on 3 March and could not get in.",
            sender="Teal Roofing <jobs@roofing.example>",
            subject="Re: a question",
            message_id="teal.1@roofing.example",
            received=bureau.now,
            headers=(f"In-Reply-To: <{thread}>",),
        )
    )
    page.reload()
    assert "could not get in" in page.inner_text("main")
    assert "gave their account" in page.inner_text("main").lower()
    page.click(f"text=message {answer.id}")
    whole()
    page.go_back()
    page.click("text=That is no answer")
    page.fill(f"#{question}-no-answer", "It answers another question.")
    page.click("button:has-text('Ask on')")
    assert "is open again" in page.inner_text("main")
    (other,) = bureau.receive(
        corpus.mail(
            "On 4 March.",
            sender="Marlow Teal <marlow@roofing.example>",
            subject=f"RE: {question}",
            message_id="teal.2@roofing.example",
            received=bureau.now,
        )
    )
    page.goto(f"{served.base}/needs-a-person")
    assert "was not asked" in page.inner_text("main")
    page.goto(f"{served.base}/messages/{other.id}")
    whole()
    page.click(f"button:has-text('Yes: to {question}')")
    assert f"is the answer to {question}" in page.inner_text("main")
    whole()
