"""An officer's work on the pages, one form after another, without a browser."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

from correspondence.letters.text import LetterText
from correspondence.letters.word.writing import write
from correspondence.store import handlers
from correspondence.web.pages.draft_pages import kinds_for
from tests.casework.bureau import LETTER
from tests.web.test_browser import PAGES

if TYPE_CHECKING:
    from tests.web.site import Site, Visitor

pytestmark = pytest.mark.slow

CASE = "CMP-2026-000001"
HOSTILE = 2  # the message's number
STRANGE = "iframe, base, svg:not(.app-chart__svg), math, object, embed, style, meta[http-equiv]"


def letter_form(site: Site, **changed: str) -> dict[str, str]:
    return {"revision": str(site.bureau.letter(LETTER).revision)} | {
        name.replace("_", "-"): value for name, value in changed.items()
    }


def approved(site: Site, visitor: Visitor) -> None:
    page = f"/letters/{LETTER}/approve"
    form = {"read": "yes", "digest": site.bureau.revision(LETTER).digest}
    assert visitor.post(page, form, page=page).location == f"/letters/{LETTER}/send"


def test_the_queue_says_what_is_owed_by_when_and_why(site: Site) -> None:
    page = site.signed_in().text("/")
    assert CASE in page
    assert "Acknowledge the complaint" in page
    assert "Code 6.2" in page
    assert "working days left" in page


@pytest.mark.parametrize(
    ("days", "group"), [(0, "Due this week"), (7, "Overdue"), (6, "Due today")]
)
def test_the_queue_is_grouped_by_when_something_is_owed(site: Site, days: int, group: str) -> None:
    case = site.bureau.case(CASE)
    received = case.now_at.received_on
    site.bureau.now += timedelta(days=days)
    page = site.signed_in().text("/")
    assert received is not None
    groups = [
        name
        for name in ("Overdue", "Due today", "Due this week", "Later")
        if f'">{name}</caption>' in page
    ]
    assert group in groups or groups == ["Later"]


def test_filters_stand_in_the_address(site: Site) -> None:
    visitor = site.signed_in()
    assert CASE in visitor.text("/?words=sorrel")
    assert CASE in visitor.text(f"/?words={CASE.lower()}")
    assert "No case fits" in visitor.text("/?words=nobody-of-that-name")
    assert "No case fits" in visitor.text("/?area=leasehold")
    assert "No case fits" in visitor.text("/?flag=safeguarding&kind=escalation&stage=2")
    assert "No case fits" in visitor.text("/?who=me")
    assert CASE in visitor.text("/?who=nobody&stage=1&kind=complaint")


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=-1",
        "page=x",
        "page=99999999999",
        "stage=9",
        "words=%00%25_%5C",
        "flag='\"--",
        "page=%C2%B2",
    ],
)
def test_no_address_of_the_queue_fails(site: Site, query: str) -> None:
    assert site.signed_in().get(f"/?{query}").status_code == 200


def test_ticked_cases_are_given_to_somebody_and_the_case_says_so(site: Site) -> None:
    visitor = site.signed_in("officer", "sam.sample")
    told = visitor.post(
        "/cases/assign", {"case": [CASE], "to": "sam.sample", "here": "/?who=nobody"}, page="/"
    )
    assert told.location == "/?who=nobody"
    assert CASE in visitor.text("/?who=me")
    assert "Given to Sam.sample" in visitor.text(f"/cases/{CASE}")
    with site.bureau.house.database.reading() as conn:
        assert handlers.handler_of(conn, CASE) == "sam.sample"
    form = {"case": [CASE], "to": "-", "here": "//evil.example"}
    assert visitor.post("/cases/assign", form).location == "/"
    assert "No case fits" in visitor.text("/?who=me")


def test_a_case_shows_what_it_rests_on(site: Site) -> None:
    page = site.signed_in().text(f"/cases/{CASE}")
    for words in (
        "What is owed",
        "Code 6.2",
        "The gutter above the back door",
        "What happened",
        "Complaint defined",
        "gutter above my back door",
    ):
        assert words in page


def test_a_note_is_recorded_and_a_bad_one_says_what_to_mend(site: Site) -> None:
    visitor, page = site.signed_in(), f"/cases/{CASE}"
    bad = visitor.post(
        f"{page}/notes", {"on-day": "31", "on-month": "2", "on-year": "2026"}, page=page
    )
    assert bad.status_code == 400
    assert "as a real date" in bad.text
    assert "Enter what happened" in bad.text
    assert "<title>Error:" in bad.text
    form = {
        "on-day": "20",
        "on-month": "11",
        "on-year": "2026",
        "channel": "telephone",
        "text": "Rang; nobody answered.",
    }
    assert visitor.post(f"{page}/notes", form).status_code == 302
    assert "Rang; nobody answered." in visitor.text(page)
    assert site.bureau.events(CASE)[-1] == "note_logged"


def test_the_complaint_is_defined_and_its_acknowledgement_drafted_anew(site: Site) -> None:
    visitor, page = site.signed_in(), f"/cases/{CASE}/definition"
    lacking = visitor.post(page, {"rows": "2", "point-0": "The gutter leaks."}, page=page)
    assert lacking.status_code == 400
    assert "Say whether we are responsible" in lacking.text
    assert "The gutter leaks." in lacking.text
    form = {"rows": "2", "point-0": "The gutter leaks.", "ours-0": "yes", "outcomes": "Mend it."}
    answer = visitor.post(page, form)
    assert answer.location == f"/letters/{LETTER}"
    assert "The gutter leaks." in visitor.text(f"/letters/{LETTER}")


def test_a_letter_stands_beside_what_the_resident_wrote_and_what_the_code_asks(site: Site) -> None:
    page = site.signed_in().text(f"/letters/{LETTER}")
    for words in (
        "What the resident wrote",
        "gutter above my back door",
        "What the Code asks",
        ">Met<",
        "Code 5.6",
        "As it will look",
        "Page 1 of",
    ):
        assert words in page


def test_words_changed_in_a_box_become_the_next_revision(site: Site) -> None:
    visitor, page = site.signed_in(), f"/letters/{LETTER}"
    text = LetterText.model_validate(site.bureau.revision(LETTER).text)
    form = letter_form(site, part_0="Dear Sorrel,")
    assert visitor.post(f"{page}/words", form, page=page).status_code == 302
    changed = LetterText.model_validate(site.bureau.revision(LETTER).text)
    assert changed.plain().startswith("Dear Sorrel,")
    assert changed.blocks[1:] == text.blocks[1:]


def test_saving_without_a_change_makes_no_revision(site: Site) -> None:
    visitor, page = site.signed_in(), f"/letters/{LETTER}"
    before = site.bureau.letter(LETTER)
    answer = visitor.post(f"{page}/words", letter_form(site), page=page, follow=True)
    assert "Nothing was changed" in answer.text
    assert site.bureau.letter(LETTER) == before


def test_whoever_saves_over_somebody_else_is_told_and_keeps_their_words(site: Site) -> None:
    one, two = site.signed_in("officer", "one.sample"), site.signed_in("officer", "two.sample")
    page, opened = f"/letters/{LETTER}", letter_form(site)
    one.post(f"{page}/words", {**opened, "part-0": "Dear Sorrel,"}, page=page)
    answer = two.post(f"{page}/words", {**opened, "part-0": "Good day Sorrel,"}, page=page)
    assert answer.status_code == 409
    assert "One.sample saved revision" in answer.text
    assert "Good day Sorrel," in answer.text
    assert site.bureau.revision(LETTER).made_by == "one.sample"


def test_an_edited_word_file_is_taken_over_and_a_bad_one_refused(site: Site) -> None:
    visitor, page = site.signed_in(), f"/letters/{LETTER}"
    text = LetterText.model_validate(site.bureau.revision(LETTER).text)
    shorter = text.model_copy(update={"blocks": text.blocks[1:]})
    bad = visitor.post(
        f"{page}/word-file", {**letter_form(site), "docx": (io.BytesIO(b"no"), "a.docx")}, page=page
    )
    assert bad.status_code == 400
    assert "Word file" in bad.text
    missing = visitor.post(f"{page}/word-file", letter_form(site), page=page)
    assert "Choose the Word file" in missing.text
    file = (io.BytesIO(write(shorter)), "a.docx")
    assert visitor.post(f"{page}/word-file", {**letter_form(site), "docx": file}).status_code == 302
    assert site.bureau.revision(LETTER).text == shorter.model_dump(mode="json")


def test_what_is_missing_keeps_a_letter_from_approval_and_is_said_at_the_top(site: Site) -> None:
    visitor, page = site.signed_in(), f"/letters/{LETTER}"
    text = LetterText.model_validate(site.bureau.revision(LETTER).text)
    emptied = {f"part_{n}": "" for n in range(2, len(text.blocks))}
    visitor.post(f"{page}/words", letter_form(site, **emptied), page=page)
    assert "To put right before it can be approved" in visitor.text(page)
    asked = visitor.text(f"{page}/approve")
    assert "cannot be approved yet" in asked
    form = {"read": "yes", "digest": site.bureau.revision(LETTER).digest}
    assert visitor.post(f"{page}/approve", form).status_code == 400
    assert site.bureau.letter(LETTER).status == "draft"


def test_a_letter_is_approved_put_into_the_outbox_once_and_recorded_as_sent(site: Site) -> None:
    visitor, page = site.signed_in("officer", "sam.sample"), f"/letters/{LETTER}"
    form = {"digest": site.bureau.revision(LETTER).digest}
    assert (
        "Confirm that you have read"
        in visitor.post(f"{page}/approve", form, page=f"{page}/approve").text
    )
    approved(site, visitor)
    assert site.bureau.letter(LETTER).approved_by == "sam.sample"
    at_once = {"when": "at-once"}
    assert visitor.post(f"{page}/send", at_once, page=f"{page}/send").status_code == 302
    files = site.bureau.outbox_files()
    assert files
    assert visitor.post(f"{page}/send", at_once, page=page).status_code == 302
    assert site.bureau.outbox_files() == files
    future = {"on-day": "1", "on-month": "1", "on-year": "2030"}
    refused = visitor.post(f"{page}/sent", future, page=page)
    assert refused.status_code == 400
    assert "cannot have gone" in refused.text
    today = site.bureau.now.date()
    went = {"on-day": str(today.day), "on-month": str(today.month), "on-year": str(today.year)}
    assert visitor.post(f"{page}/sent", went).location == f"/cases/{CASE}"
    assert "sent on" in visitor.text(f"/cases/{CASE}")
    assert site.bureau.case(CASE).now_at.acknowledged_on == today


def test_a_letter_changed_since_it_was_read_is_not_approved(site: Site) -> None:
    visitor, page = site.signed_in(), f"/letters/{LETTER}"
    read = site.bureau.revision(LETTER).digest
    visitor.post(f"{page}/words", letter_form(site, part_0="Dear Sorrel,"), page=page)
    answer = visitor.post(f"{page}/approve", {"read": "yes", "digest": read})
    assert "changed since you opened this page" in answer.text
    assert site.bureau.letter(LETTER).status == "draft"


def test_a_reader_sees_a_letter_and_no_form_in_it(site: Site) -> None:
    page = site.signed_in("reader").text(f"/letters/{LETTER}")
    assert "<form" not in page[page.index("<main") : page.index("</main")]
    assert "<textarea" not in page


def test_a_message_is_put_right_with_one_click_or_with_a_form(site: Site) -> None:
    visitor, page = site.signed_in(), f"/messages/{HOSTILE}"
    answer = visitor.post(f"{page}/reading", {"kind": "spam", "then": "list"}, page=page)
    assert answer.location == "/messages"
    assert site.bureau.message(HOSTILE).kind == "spam"
    bad = visitor.post(f"{page}/reading", {"kind": "nonsense"}, page=page)
    assert bad.status_code == 400
    form = {"kind": "complaint", "area": "repairs", "with_flags": "yes", "flag": ["hazard"]}
    assert visitor.post(f"{page}/reading", form).location == page
    reading = (site.bureau.message(HOSTILE).reading or {})["reading"]
    assert (reading["kind"], reading["service_area"]) == ("complaint", "repairs")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/messages",
        "/messages?all=yes",
        f"/messages/{HOSTILE}",
        f"/messages/{HOSTILE}/as-sent",
        "/cases/CMP-2026-000002",
        "/cases/CMP-2026-000002/definition",
        "/manager",
    ],
)
def test_what_a_stranger_wrote_is_shown_as_words(site: Site, path: str) -> None:
    page = LexborHTMLParser(site.signed_in("manager").text(path))
    assert page.css(STRANGE) == []
    scripts = [str(one.attributes["src"]) for one in page.css("script")]
    assert "/static/pages.js" in scripts
    assert all(one.startswith("/static/") for one in scripts)
    for node in page.css("*"):
        for name, value in node.attributes.items():
            assert not name.startswith("on"), node.html
            assert name not in {"style", "srcdoc"}, node.html
            if name in {"href", "src", "action"}:
                assert (value or "").startswith(("/", "#", "mailto:", "tel:")), node.html
    assert all("49" not in one.text() for one in page.css("h1"))


def test_what_came_with_a_message_is_only_ever_downloaded(site: Site) -> None:
    visitor = site.signed_in()
    message = (site.bureau.message(HOSTILE).reading or {})["message"]
    assert message["attachments"]
    for file in message["attachments"]:
        answer = visitor.get(f"/messages/{HOSTILE}/files/{file['sha256']}")
        assert answer.status_code == 200
        assert answer.mimetype == "application/octet-stream"
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
        assert "<" not in answer.headers["Content-Disposition"]
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert visitor.get(f"/messages/{HOSTILE}/pictures/{file['sha256']}").status_code == 404
    original = visitor.get(f"/messages/{HOSTILE}/original")
    assert b"hostile.1@example.net" in original.data
    assert original.mimetype == "application/octet-stream"


def test_the_files_of_a_letter_are_those_that_are_kept(site: Site) -> None:
    visitor, revision = site.signed_in(), site.bureau.revision(LETTER)
    fetch = site.bureau.house.documents.fetch
    assert revision.pdf_sha256 is not None
    assert revision.docx_sha256 is not None
    assert visitor.get(f"/letters/{LETTER}/letter.pdf").data == fetch(revision.pdf_sha256)
    assert visitor.get(f"/letters/{LETTER}/letter.docx").data == fetch(revision.docx_sha256)
    picture = visitor.get(f"/letters/{LETTER}/pages/1.png")
    assert picture.data.startswith(b"\x89PNG")
    assert visitor.get(f"/letters/{LETTER}/pages/39.png").status_code == 404
    assert visitor.get(f"/letters/{LETTER}/pages/0.png").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/cases/CMP-1999-000009",
        "/letters/nothing-L1",
        "/messages/99",
        "/actions/none",
        "/nothing",
        "/manager/secrets.csv",
        "/messages/1/files/" + "0" * 64,
        "/letters/x/letter.pdf",
    ],
)
def test_what_is_not_there_is_said_to_be_not_there(site: Site, path: str) -> None:
    assert site.signed_in("administrator").get(path).status_code == 404


def test_a_manager_sees_what_is_late_and_takes_it_away_in_a_file(site: Site) -> None:
    site.bureau.now += timedelta(days=30)
    visitor = site.signed_in("manager")
    page = visitor.text("/manager")
    assert "working days overdue" in page
    assert "Nobody yet" in page
    for ending in ("csv", "xlsx"):
        for table in ("cases", "actions"):
            answer = visitor.get(f"/manager/{table}.{ending}")
            assert answer.status_code == 200
            assert "attachment" in answer.headers["Content-Disposition"]
    assert CASE in visitor.get("/manager/cases.csv").text


def test_an_administrator_lets_somebody_in(site: Site) -> None:
    chief = site.signed_in("administrator")
    bad = chief.post(
        "/users", {"name": "Not A Name", "display_name": "X", "role": "officer"}, page="/users"
    )
    assert bad.status_code == 400
    form = {"name": "pat.sample", "display_name": "Pat Sample", "role": "reader"}
    made = chief.post("/users", form)
    link = made.text.split('app-secret">')[1].split("<")[0]
    visitor = site.visitor()
    assert "Welcome, Pat Sample" in visitor.text(link.removeprefix("http://localhost"))
    assert chief.post("/users/pat.sample/role", {"role": "manager"}).status_code == 302
    assert chief.post("/users/pat.sample/role", {"role": "emperor"}).status_code == 400


def test_no_page_shows_its_template_and_every_form_knows_where_it_goes(site: Site) -> None:
    chief = site.signed_in("administrator")
    for path in PAGES:
        page = chief.get(path).text
        assert re.findall(r"url_for|csrf_token\(|\) ?\}\}|end(?:if|for|macro)\b", page) == [], path
        assert page.count("<form") == page.count("</form>"), path
    assert 'action="/users/chief/role"' in chief.text("/users")


def test_the_last_administrator_stays_one(site: Site) -> None:
    chief = site.signed_in("administrator", "chief")
    answer = chief.post("/users/chief/role", {"role": "reader"}, page="/users")
    assert answer.status_code == 400
    assert "only administrator" in answer.text


def test_every_kind_of_letter_can_be_begun_and_an_empty_form_says_what_is_missing(
    site: Site,
) -> None:
    visitor, case = site.signed_in(), site.bureau.case(CASE)
    for kind in kinds_for(case):
        page = f"/cases/{CASE}/letters?kind={kind.value}"
        assert kind.plainly in visitor.text(page)
        empty = visitor.post(f"/cases/{CASE}/letters", {"kind": kind.value}, page=page)
        assert empty.status_code == 400, kind
        assert "has to be filled in" in empty.text, kind
    for other in ("stage1_acknowledgement", "nonsense", ""):
        assert visitor.get(f"/cases/{CASE}/letters?kind={other}").status_code == 404


def test_an_answer_is_drafted_from_what_was_decided_and_keeps_it_for_the_next_time(
    site: Site,
) -> None:
    visitor, page = site.signed_in(), f"/cases/{CASE}/letters"
    asked = visitor.text(f"{page}?kind=stage1_response")
    assert 'name="answers-1-finding"' in asked
    decided = {
        "kind": "stage1_response",
        **{
            f"answers-{n}-{name}": value
            for n in (0, 1)
            for name, value in (
                ("point", str(n + 1)),
                ("outcome", "upheld"),
                ("finding", "We were told in March 2026 and sent nobody."),
                ("reasons", "Our policy is to come within 28 days."),
            )
        },
        "apology": "We are sorry that we left this for so long.",
        "remedies-3-kind": "payment",
        "remedies-3-what": "A payment for the distress",
        "remedies-3-pence": "x",
        "actions-0-what": "Mend the gutter",
        "actions-0-owner": "Repairs team",
        "actions-0-by-day": "18",
        "actions-0-by-month": "12",
        "actions-0-by-year": "2026",
    }
    bad = visitor.post(page, decided, page=f"{page}?kind=stage1_response")
    assert bad.status_code == 400
    assert 'href="#remedies-3' in bad.text
    assert "We are sorry that we left this" in bad.text
    mended = decided | {
        "remedies-3-pence": "50",
        "remedies-3-by-day": "11",
        "remedies-3-by-month": "12",
        "remedies-3-by-year": "2026",
        "remedies-3-because": "You waited for eight months.",
    }
    answer = visitor.post(page, mended)
    assert answer.status_code == 302, answer.text
    letter = answer.location.rpartition("/")[2]
    assert "Mend the gutter" in visitor.text(f"/letters/{letter}")
    assert site.bureau.revision(letter).content["remedies"][0]["pence"] == 50_00
    assert "You waited for eight months." in visitor.text(f"{page}?kind=stage1_response")


def test_a_case_is_closed_where_the_code_lets_it_be(site: Site) -> None:
    visitor, page = site.signed_in(), f"/cases/{CASE}"
    assert "Choose why" in visitor.post(f"{page}/closed", {"reason": ""}, page=page).text
    refused = visitor.post(f"{page}/closed", {"reason": "responded"}, page=page)
    assert refused.status_code == 400
    assert "cannot be closed" in refused.text
    withdrawn = {"reason": "withdrawn", "because": "They rang to say so."}
    assert visitor.post(f"{page}/closed", withdrawn).status_code == 302
    assert site.bureau.case(CASE).status == "closed"
    assert "Close the case" not in visitor.text(page)
