"""A letter on the pages, from the first word typed to the moment it leaves."""

from __future__ import annotations

import dataclasses
import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from correspondence.letters.text import LetterText
from correspondence.settings.approval import Approval
from correspondence.store import in_hand
from tests.casework.bureau import LETTER
from tests.web.site import Site

if TYPE_CHECKING:
    from correspondence.store.in_hand import InHand
    from tests.web.site import Visitor

pytestmark = pytest.mark.slow

CASE = "CMP-2026-000001"
PAGE = f"/letters/{LETTER}"
QUIET = {"Accept": "application/json"}


def form(site: Site, version: int = 0, **changed: str) -> dict[str, str]:
    head = {"revision": str(site.bureau.letter(LETTER).revision), "version": str(version)}
    return head | {name.replace("_", "-"): value for name, value in changed.items()}


def typed(visitor: Visitor, fields: dict[str, str]) -> Any:
    """What a script sends while somebody types, and what it is told."""
    answer = visitor.client.post(
        f"{PAGE}/in-hand", data={"csrf_token": visitor.token, **fields}, headers=QUIET
    )
    return answer.status_code, answer.json


def box(page: str, name: str) -> str:
    found = LexborHTMLParser(page).css_first(f"#{name}")
    assert found is not None
    return found.text()


def held(site: Site) -> tuple[InHand, ...]:
    with site.bureau.house.database.reading() as conn:
        return in_hand.at(conn, LETTER)


def asking(site: Site, **rule: Any) -> Site:
    """The same pages under another profile."""
    house = site.bureau.house
    settings = house.settings.model_copy(update={"approval": Approval(**rule)})
    office = dataclasses.replace(house.office, settings=settings)
    site.bureau.house = dataclasses.replace(house, office=office)
    return Site.of(site.bureau)


# Nothing that is typed is lost


def test_what_is_typed_is_kept_and_found_again_after_signing_out(site: Site) -> None:
    sam = site.signed_in("officer", "sam.sample")
    sam.get(PAGE)
    status, told = typed(sam, form(site, part_0="Dear Sorrel,"))
    assert (status, told["version"]) == (200, 1)
    assert told["says"] == "Kept at 09:00, and not yet a revision."
    assert typed(sam, form(site, 1, part_0="Dear Sorrel and all,"))[1]["version"] == 2
    sam.post("/sign-out")
    site.bureau.now += timedelta(hours=14)
    page = site.signed_in("officer", "sam.sample").text(PAGE)
    assert box(page, "part-0") == "Dear Sorrel and all,"
    assert "Your words of Fri 20 Nov 2026, 09:00" in page
    assert site.bureau.letter(LETTER).revision == 1  # and no revision was made of it
    assert "Dear Sorrel and all," not in site.signed_in("officer", "pat.sample").text(PAGE)


def test_without_scripts_words_are_kept_by_a_button(site: Site) -> None:
    sam = site.signed_in()
    answer = sam.post(f"{PAGE}/in-hand", form(site, part_0="Dear Sorrel,"), page=PAGE, follow=True)
    assert "kept for you, and is not a revision yet" in answer.text
    assert box(answer.text, "part-0") == "Dear Sorrel,"
    away = sam.post(f"{PAGE}/put-away", follow=True)
    assert box(away.text, "part-0") != "Dear Sorrel,"
    assert held(site) == ()


@pytest.mark.slow
def test_words_saved_as_a_revision_are_in_hand_no_longer(site: Site) -> None:
    sam = site.signed_in()
    sam.get(PAGE)
    typed(sam, form(site, part_0="Dear Sorrel,"))
    sam.post(f"{PAGE}/words", form(site, 1, part_0="Dear Sorrel,"))
    assert held(site) == ()
    assert "were not saved as a revision" not in sam.text(PAGE)


def test_each_of_two_editors_is_told_of_the_other(site: Site) -> None:
    one, two = site.signed_in("officer", "one.sample"), site.signed_in("officer", "two.sample")
    one.get(PAGE)
    two.get(PAGE)
    typed(one, form(site, part_0="Dear Sorrel,"))
    site.bureau.now += timedelta(minutes=12)
    told = typed(two, form(site, part_1="Yours"))[1]
    assert told["others"] == ["One.sample is editing this letter since 09:00."]
    assert "Two.sample is editing this letter since 09:12." in one.text(PAGE)
    site.bureau.now += timedelta(hours=1)
    later = one.text(PAGE)
    assert "Two.sample has words in this letter since Fri 20 Nov 2026, 09:12" in later


@pytest.mark.slow
def test_of_two_who_change_different_parts_both_are_in_the_letter(site: Site) -> None:
    one, two = site.signed_in("officer", "one.sample"), site.signed_in("officer", "two.sample")
    two.get(PAGE)
    typed(two, form(site, part_11="With kind regards"))
    opened = form(site, part_0="Dear Sorrel,")
    one.post(f"{PAGE}/words", opened, page=PAGE)
    told = typed(two, {**opened, "part-0": "Dear", "part-11": "With kind regards", "version": "1"})
    assert "One.sample saved revision 2 at 09:00" in told[1]["newer"]
    page = two.text(PAGE)
    assert box(page, "part-0") == "Dear Sorrel,"  # both changed it: theirs is in the box
    assert box(page, "part-11") == "With kind regards"
    beside = LexborHTMLParser(page).css_first("#beside")
    assert beside is not None
    assert "Dear" in beside.text()


def test_both_texts_stand_on_the_page_of_whoever_saves_second(site: Site) -> None:
    one, two = site.signed_in("officer", "one.sample"), site.signed_in("officer", "two.sample")
    opened = form(site)
    one.post(f"{PAGE}/words", {**opened, "part-0": "Dear Sorrel,"}, page=PAGE)
    answer = two.post(f"{PAGE}/words", {**opened, "part-0": "Good day Sorrel,"}, page=PAGE)
    assert answer.status_code == 409
    assert box(answer.text, "part-0") == "Dear Sorrel,"
    assert "Good day Sorrel," in answer.text
    # They are there tomorrow too, until whoever wrote them has what they need.
    site.bureau.now += timedelta(days=1)
    two = site.signed_in("officer", "two.sample")
    assert "Good day Sorrel," in two.text(PAGE)
    away = two.post(f"{PAGE}/put-away", {"only": "older"}, follow=True)
    assert "Good day Sorrel," not in away.text
    assert held(site) == ()


@pytest.mark.slow
def test_words_brought_over_stay_when_the_older_ones_are_put_away(site: Site) -> None:
    one, two = site.signed_in("officer", "one.sample"), site.signed_in("officer", "two.sample")
    two.get(PAGE)
    opened = form(site)
    typed(two, {**opened, "part-11": "With kind regards", "part-0": "Good day"})
    one.post(f"{PAGE}/words", {**opened, "part-0": "Dear Sorrel,"}, page=PAGE)
    page = two.post(f"{PAGE}/put-away", {"only": "older"}, page=PAGE, follow=True)
    assert box(page.text, "part-11") == "With kind regards"


@pytest.mark.slow
def test_two_windows_of_one_person_are_told_apart(site: Site) -> None:
    sam = site.signed_in()
    sam.get(PAGE)
    typed(sam, form(site, part_0="One"))
    status, told = typed(sam, form(site, part_0="Other"))
    assert status == 409
    assert "another window" in told["problem"]
    page = sam.post(f"{PAGE}/in-hand", form(site, part_0="Other"), page=PAGE)
    assert page.status_code == 409
    assert box(page.text, "part-0") == "Other"


@pytest.mark.slow
def test_only_the_parts_of_the_letter_are_kept_and_no_endless_words(site: Site) -> None:
    sam = site.signed_in()
    sam.get(PAGE)
    typed(sam, {**form(site, part_0="x" * 300_000), "part-999": "no", "other": "no"})
    (kept,) = held(site)
    assert set(kept.words) == {"part-0"}
    assert len(kept.words["part-0"]) == 100_000


@pytest.mark.slow
def test_nobody_types_into_what_is_on_its_way(site: Site) -> None:
    site.bureau.approve(LETTER)
    site.bureau.send(LETTER)
    sam = site.signed_in()
    sam.get(PAGE)
    assert typed(sam, form(site, part_0="No"))[0] == 409
    assert held(site) == ()


# What the Code asks, and what changed


def test_each_item_leads_to_its_place_in_the_letter(site: Site) -> None:
    page = LexborHTMLParser(site.signed_in().text(PAGE))
    places = [one.attributes["href"] for one in page.css(".govuk-task-list a.app-place")]
    assert len(places) > 5
    for place in places:
        quoted = page.css_first(str(place))
        assert quoted is not None
        assert quoted.tag == "textarea"
    reader = LexborHTMLParser(site.signed_in("reader").text(PAGE))
    assert reader.css_first(str(places[0])) is not None


def test_what_changed_is_shown_word_by_word_and_said_without_colour(site: Site) -> None:
    sam = site.signed_in("officer", "sam.sample")
    text = LetterText.model_validate(site.bureau.revision(LETTER).text)
    first = text.blocks[0].model_dump()["runs"][0]["text"]
    sam.post(f"{PAGE}/words", form(site, part_0=f"{first} again"), page=PAGE)
    page = sam.text(f"{PAGE}/differences")
    assert "from revision 1 to revision 2" in page
    shown = LexborHTMLParser(page)
    put_in = shown.css(".app-difference ins")
    assert [one.text().strip() for one in put_in] == ["(put in:  again)"]
    assert shown.css(".app-difference del") == []
    assert "1 word put in" in page
    assert "changed by Sam.sample" in page
    assert "Its words are the same" in sam.text(f"{PAGE}/differences?from=2&to=2")
    for strange in ("from=99&to=x", "from=&to=-1", "from=²"):
        assert sam.get(f"{PAGE}/differences?{strange}").status_code == 200


# Leaving


def approved(site: Site, visitor: Visitor) -> None:
    read = {"read": "yes", "digest": site.bureau.revision(LETTER).digest}
    assert visitor.post(f"{PAGE}/approve", read, page=f"{PAGE}/approve").status_code == 302


def test_a_letter_sent_on_the_pages_can_be_called_back_with_one_click(site: Site) -> None:
    sam = site.signed_in("officer", "sam.sample")
    approved(site, sam)
    told = sam.post(f"{PAGE}/send", {"when": "now"}, page=f"{PAGE}/send", follow=True)
    assert "It leaves on Fri 20 Nov 2026, 09:05" in told.text
    assert "Call it back" in told.text
    assert site.bureau.outbox_files() == {}
    assert "09:05" in site.signed_in("reader").text("/letters")
    back = sam.post(f"{PAGE}/called-back", follow=True)
    assert "Nothing went" in back.text
    site.bureau.now += timedelta(minutes=30)
    site.bureau.run()
    assert site.bureau.outbox_files() == {}
    gone = site.signed_in("officer", "sam.sample")
    gone.post(f"{PAGE}/send", {"when": "at-once"}, page=f"{PAGE}/send")
    assert site.bureau.outbox_files() != {}
    assert gone.post(f"{PAGE}/called-back").status_code == 409


@pytest.mark.slow
def test_a_letter_is_sent_on_a_day_and_at_a_time_in_london(site: Site) -> None:
    sam = site.signed_in()
    approved(site, sam)
    page = sam.text(f"{PAGE}/send")
    assert 'name="at-day" type="text" value="23"' in page.replace("  ", " ")
    bad = {"when": "at", "at-day": "31", "at-month": "2", "at-year": "2026", "at-time": "25:00"}
    refused = sam.post(f"{PAGE}/send", bad)
    assert "as a real date" in refused.text
    assert "as a time of day" in refused.text
    past = bad | {"at-day": "2", "at-month": "3", "at-time": "9"}
    assert "cannot leave" in sam.post(f"{PAGE}/send", past).text
    good = {**past, "at-day": "24", "at-month": "11", "at-time": "14.30"}
    assert sam.post(f"{PAGE}/send", good).status_code == 302
    leaves = site.bureau.letter(LETTER).leaves_at
    assert leaves is not None
    assert leaves.isoformat() == "2026-11-24T14:30:00+00:00"


@pytest.mark.slow
def test_without_minutes_to_call_it_back_a_letter_goes_at_once(site: Site) -> None:
    site = asking(site, undo_minutes=0)
    sam = site.signed_in()
    approved(site, sam)
    sam.post(f"{PAGE}/send", {"when": "now"}, page=f"{PAGE}/send")
    assert site.bureau.letter(LETTER).status == "handed_over"


@pytest.mark.slow
def test_a_letter_that_should_have_left_says_so(site: Site) -> None:
    sam = site.signed_in()
    approved(site, sam)
    sam.post(f"{PAGE}/send", {"when": "now"}, page=f"{PAGE}/send")
    site.bureau.now += timedelta(minutes=10)
    for path in (PAGE, "/letters", f"{PAGE}/send"):
        assert "should have left by now" in sam.text(path), path


# Two people


@pytest.mark.slow
def test_a_manager_reads_what_waits_for_them_and_decides(site: Site) -> None:
    site = asking(site, second_above_pence=1)
    officer, mo = site.signed_in("officer", "sam.sample"), site.signed_in("manager", "mo.manager")
    letter = _answered(site, officer)
    page = f"/letters/{letter}"
    read = {"read": "yes", "digest": site.bureau.revision(letter).digest}
    waits = officer.post(f"{page}/approve", read, page=f"{page}/approve", follow=True)
    assert "It waits for a second approval." in waits.text
    assert officer.get(f"{page}/second").status_code == 403
    listed = mo.text("/letters")
    assert "Wait for a second approval (1)" in listed
    assert f"{page}/second" in listed
    digest = site.bureau.letter(letter).digest
    nothing = mo.post(f"{page}/second", {"digest": digest}, page=f"{page}/second")
    assert "Choose whether you approve" in nothing.text
    unsaid = mo.post(f"{page}/second", {"digest": digest, "decision": "return"})
    assert "Say what should be changed" in unsaid.text
    seconded = mo.post(f"{page}/second", {"digest": digest, "decision": "approve"})
    assert seconded.location == f"{page}/send"
    assert site.bureau.letter(letter).second_by == "mo.manager"
    assert "waits for no second approval" in mo.text(f"{page}/second")


@pytest.mark.slow
def test_a_letter_given_back_says_why_on_the_case(site: Site) -> None:
    site = asking(site, second_above_pence=1)
    officer, mo = site.signed_in("officer", "sam.sample"), site.signed_in("manager", "mo.manager")
    letter = _answered(site, officer)
    site.bureau.approve(letter)
    back = {"decision": "return", "because": "Say who pays."}
    page = f"/letters/{letter}/second"
    assert mo.post(page, back, page=page).location == f"/letters/{letter}"
    assert site.bureau.letter(letter).status == "draft"
    assert "Say who pays." in officer.text(f"/cases/{CASE}")


# What goes with it, and how


@pytest.mark.slow
def test_a_pdf_goes_with_the_letter_and_no_longer(site: Site) -> None:
    sam, pdf = (
        site.signed_in(),
        site.bureau.house.documents.fetch(site.bureau.revision(LETTER).pdf_sha256 or ""),
    )
    for wrong, says in ((b"", "Choose the PDF"), (b"no", "cannot be used")):
        file = (io.BytesIO(wrong), "plan.pdf") if wrong else (io.BytesIO(b""), "")
        answer = sam.post(f"{PAGE}/enclosures", {"enclosure": file}, page=PAGE)
        assert answer.status_code == 400
        assert says in answer.text
    site.bureau.approve(LETTER)
    file = (io.BytesIO(pdf), "../../plan<b>.pdf")
    page = sam.post(
        f"{PAGE}/enclosures", {"enclosure": file, "name": "Plan of work"}, page=PAGE, follow=True
    )
    assert "Plan of work.pdf" in page.text
    assert site.bureau.letter(LETTER).status == "draft"
    out = sam.post(f"{PAGE}/enclosures/out", {"name": "Plan of work.pdf"}, follow=True)
    assert "Nothing else goes with it" in out.text
    assert sam.post(f"{PAGE}/enclosures/out", {"name": "none.pdf"}).status_code == 400


@pytest.mark.slow
def test_how_the_resident_hears_from_us_is_agreed_on_a_page(site: Site) -> None:
    sam, page = site.signed_in(), f"/cases/{CASE}/adjustments"
    bad = sam.post(page, {"language": "Klingonish!", "note": "Braille too"}, page=page)
    assert bad.status_code == 400
    assert "Braille too" in bad.text
    assert 'href="#language"' in bad.text
    agreed = sam.post(page, {"large_print": "yes", "note": "Braille too"}, follow=True)
    assert "Agreed: large print, Braille too." in agreed.text
    assert site.bureau.case(CASE).adjustments.large_print
    assert "Agreed with this resident: large print, Braille too" in sam.text(PAGE)


@pytest.mark.slow
def test_the_e_mail_stands_beside_the_pages(site: Site) -> None:
    shown = LexborHTMLParser(site.signed_in().text(PAGE)).css_first(".app-mail")
    assert shown is not None
    said = shown.text()
    assert "sorrel.attwater0@example.net" in said
    assert "CMP-2026-000001-stage1_acknowledgement.pdf" in said
    assert "Dear Sorrel" in said


def _answered(site: Site, visitor: Visitor) -> str:
    page = f"/cases/{CASE}/letters"
    answer = visitor.post(page, DECIDED, page=f"{page}?kind=stage1_response")
    assert answer.status_code == 302, answer.text
    return answer.location.rpartition("/")[2]


DECIDED = {
    "kind": "stage1_response",
    "answers-0-point": "1",
    "answers-0-outcome": "upheld",
    "answers-0-finding": "You told us of the gutter on 3 March 2026. The roofer came in November",
    "answers-0-reasons": "Our repairs policy allows 28 days for a gutter, and it took 262",
    "answers-0-relied_on": "our repairs policy",
    "answers-1-point": "2",
    "answers-1-outcome": "upheld",
    "answers-1-finding": "Visits were booked for 4 May and 6 July 2026, and nobody was sent",
    "answers-1-reasons": "The contractor's diary shows neither visit; we never passed them on",
    "apology": "We left your back door under a leaking gutter for nine months, and twice nobody "
    "came. That was our fault, and I am sorry.",
    "remedies-0-kind": "payment",
    "remedies-0-what": "for two visits that nobody came to",
    "remedies-0-pence": "30",
    "remedies-0-because": "This is £15 for each visit",
    "remedies-0-by-day": "11",
    "remedies-0-by-month": "12",
    "remedies-0-by-year": "2026",
    "actions-0-what": "The gutter will be replaced.",
    "actions-0-owner": "Our roofer",
    "actions-0-by-day": "4",
    "actions-0-by-month": "12",
    "actions-0-by-year": "2026",
}


# The answer, point by point


@pytest.mark.slow
def test_each_point_stands_over_its_answer_and_the_reference_sums_beside(site: Site) -> None:
    page = site.signed_in().text(f"/cases/{CASE}/letters?kind=stage1_response")
    shown = LexborHTMLParser(page)
    points = [one.text() for one in shown.css(".app-answer__point")]
    assert points == [
        "The gutter above the back door has leaked since March 2026.",
        "Two appointments were missed without notice.",
    ]
    assert "Missed appointment" in page
    assert "£15.00" in page
    assert "compensation guidance" in page


def test_rows_are_added_and_removed_without_scripts_and_keep_what_is_written(site: Site) -> None:
    sam, page = site.signed_in(), f"/cases/{CASE}/letters"
    asked = {**DECIDED, "remedies-0-pence": "not a sum", "rows-remedies": "1"}
    more = sam.post(page, {**asked, "add": "remedies"}, page=f"{page}?kind=stage1_response")
    assert more.status_code == 200
    assert 'name="remedies-1-what"' in more.text
    assert 'value="not a sum"' in more.text
    assert "There is a problem" not in more.text
    two = {**asked, "rows-remedies": "2", "remedies-1-what": "A new gutter"}
    fewer = sam.post(page, {**two, "remove": "remedies-0"})
    shown = LexborHTMLParser(fewer.text)
    kept = shown.css_first("#remedies-0-what")
    assert kept is not None
    assert kept.text() == "A new gutter"
    assert 'name="remedies-1-what"' not in fewer.text
    for strange in ("add", "remove"):
        for value in ("nothing", "remedies", "remedies-99", "answers-x", ""):
            assert sam.post(page, {**asked, strange: value}).status_code == 200


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(site: Site) -> None:
    sam, page = site.signed_in(), f"/cases/{CASE}/letters"
    wrong = {
        **DECIDED,
        "answers-1-outcome": "",
        "remedies-0-pence": "-5",
        "actions-0-by-month": "13",
        "actions-0-owner": "",
    }
    answer = sam.post(page, wrong, page=f"{page}?kind=stage1_response")
    assert answer.status_code == 400
    summary = LexborHTMLParser(answer.text).css_first(".govuk-error-summary")
    assert summary is not None
    links = {one.attributes["href"]: one.text() for one in summary.css("a")}
    assert links["#answers-1-outcome"] == "Point 2, outcome: it has to be filled in"
    assert "Remedy 1, sum in pounds" in links["#remedies-0-pence"]
    assert "enter a real date" in links["#actions-0-by-day"]
    assert links["#actions-0-owner"] == "Action 1, who does it: it has to be filled in"
    for said in ("We left your back door", "never passed them on", 'value="-5"', 'value="13"'):
        assert said in answer.text
    for href in links:
        assert LexborHTMLParser(answer.text).css_first(str(href)) is not None, href


@pytest.mark.slow
def test_an_answer_half_written_is_kept_until_it_is_drafted(site: Site) -> None:
    sam, page = site.signed_in("officer", "sam.sample"), f"/cases/{CASE}/letters"
    half = {"kind": "stage1_response", "apology": "We are so", "actions-0-by-day": "4"}
    sam.get(f"{page}?kind=stage1_response")
    quiet = sam.client.post(
        f"{page}/in-hand", data={"csrf_token": sam.token, "version": "0", **half}, headers=QUIET
    )
    assert (quiet.json or {})["version"] == 1
    sam.post("/sign-out")
    back = site.signed_in("officer", "sam.sample")
    again = back.text(f"{page}?kind=stage1_response")
    assert "We are so" in again
    assert "stands in the form again" in again
    gone = site.signed_in("officer", "pat.s")
    gone.get(f"{page}?kind=stage1_response")
    nowhere = {"csrf_token": gone.token, "kind": "stage1_response", "apology": "x"}
    missing = "/cases/CMP-1999-000001/letters/in-hand"
    assert gone.client.post(missing, data=nowhere, headers=QUIET).status_code == 404
    assert "We are so" not in site.signed_in("officer", "pat.s").text(
        f"{page}?kind=stage1_response"
    )
    letter = _answered(site, back)
    assert "stands in the form again" not in back.text(f"{page}?kind=stage1_response")
    assert site.bureau.revision(letter).content["actions"][0]["by"] == "2026-12-04"


@pytest.mark.slow
def test_whoever_decided_stage_1_does_not_decide_stage_2_and_is_told_at_the_field(
    site: Site,
) -> None:
    from tests.casework.drafting.test_second_approve import escalated

    escalated(site.bureau)  # stage 1 was decided and signed by rowan
    sam, page = site.signed_in("officer", "sam.sample"), f"/cases/{CASE}/letters"
    asked = sam.text(f"{page}?kind=stage2_response")
    assert "Rowan Ellery, who considered stage 1" in asked
    decided = {**DECIDED, "kind": "stage2_response", "decided_by": "rowan"}
    refused = sam.post(page, decided)
    assert refused.status_code == 400
    shown = LexborHTMLParser(refused.text)
    said = shown.css_first("#decided_by-error")
    assert said is not None
    assert "rowan decided and signed at stage 1" in said.text()
    assert "(Code 6.13)" in said.text()
    assert sam.post(page, {**decided, "decided_by": "nobody"}).status_code == 400
    made = sam.post(page, {**decided, "decided_by": "sam.sample"})
    assert made.status_code == 302, made.text
    asked = site.signed_in("officer", "rowan").text(f"{made.location}/approve")
    assert "Somebody else approves it" in asked
    assert "(Code 6.13)" in asked
    assert "I have read this letter" in sam.text(f"{made.location}/approve")


# Messages


def test_a_message_shows_what_else_it_could_be_with_the_words_for_it(site: Site) -> None:
    shown = LexborHTMLParser(site.signed_in().text("/messages/2"))
    offered = [one.text().strip() for one in shown.css(".app-choices button")]
    assert len(offered) > 0
    assert all(one.startswith(("Yes: ", "No: ")) for one in offered)


@pytest.mark.slow
def test_a_flag_or_the_service_is_put_right_with_one_click_and_the_rest_stays(site: Site) -> None:
    sam, page = site.signed_in(), "/messages/1"
    wrong = {
        "kind": "complaint",
        "area": "rents",
        "with_flags": "yes",
        "flag": ["hazard", "unclear"],
    }
    sam.post(f"{page}/reading", wrong, page=page)
    shown = LexborHTMLParser(sam.text(page))
    flagged = next(one for one in shown.css("form.app-flagged") if "unclear" in one.text())
    sent: dict[str, Any] = {"flag": []}
    for field in flagged.css("input"):
        name, value = str(field.attributes["name"]), field.attributes["value"]
        sent[name] = [*sent["flag"], value] if name == "flag" else value
    sam.post(f"{page}/reading", sent)
    reading = (site.bureau.message(1).reading or {})["reading"]
    assert (reading["flags"], reading["service_area"]) == (["hazard"], "rents")
    again = LexborHTMLParser(sam.text(page)).css_first("form.app-assign")
    assert again is not None
    kept = {str(one.attributes["name"]): one.attributes["value"] for one in again.css("input")}
    sam.post(f"{page}/reading", {**kept, "area": "repairs"})
    reading = (site.bureau.message(1).reading or {})["reading"]
    assert (reading["flags"], reading["service_area"]) == (["hazard"], "repairs")


@pytest.mark.slow
def test_a_message_of_no_case_is_put_with_the_one_that_is_searched_for(site: Site) -> None:
    from tests.jobs import corpus

    (row,) = site.bureau.receive(
        corpus.other(7, site.bureau.now - timedelta(hours=1)), read_as="comment"
    )
    sam, page = site.signed_in(), f"/messages/{row.id}"
    assert "No case of this sender is known" in sam.text(page)
    assert "No case fits" in sam.text(f"{page}?case=nobody")
    assert "Sorrel Attwater" in sam.text(f"{page}?case=attwater")
    assert "Choose a case" in sam.post(f"{page}/case", {}).text
    assert sam.post(f"{page}/case", {"reference": "CMP-1999-000001"}).status_code == 400
    assert sam.post(f"{page}/case", {"reference": CASE.lower()}).status_code == 302
    assert site.bureau.message(row.id).case_reference == CASE
    assert f"/messages/{row.id}" in sam.text(f"/cases/{CASE}")


@pytest.mark.slow
def test_danger_is_shown_with_its_clock_until_somebody_has_seen_it(site: Site) -> None:
    from tests.jobs import corpus

    raw = corpus.mail(
        "I want to make a complaint. There is black mould in the bedroom, my baby has asthma "
        "and water is pouring through the light fitting. It is dangerous.",
        received=site.bureau.now,
    )
    (row,) = site.bureau.receive(raw)
    sam, page = site.signed_in("officer", "sam.sample"), f"/messages/{row.id}"
    assert "Danger: nobody has seen this yet" in sam.text(page)
    assert "Danger: nobody has seen this yet" in sam.text("/messages")
    assert "Make safe" in sam.text(page)
    seen = sam.post(f"{page}/alert", follow=True)
    assert "Seen by Sam.sample" in seen.text
    assert sam.post(f"{page}/alert").status_code == 409
    assert sam.post("/messages/1/alert").status_code == 409
    assert "Danger: nobody" not in sam.text("/messages")


@pytest.mark.slow
def test_whose_complaint_it_is_is_put_right_on_a_page(site: Site) -> None:
    sam, page = site.signed_in(), f"/cases/{CASE}/resident"
    assert "Sorrel Attwater" in sam.text(page)
    assert "Enter the resident" in sam.post(page, {"name": ""}, page=page).text
    bad = sam.post(page, {"name": "Sorrel Atwater", "email": "nowhere"})
    assert 'href="#email"' in bad.text
    good = {"name": "Sorrel Atwater", "email": "sorrel@example.net"}
    answer = sam.post(page, good, follow=True)
    assert "draft them anew" in answer.text
    assert site.bureau.case(CASE).resident.name == "Sorrel Atwater"


@pytest.mark.slow
@pytest.mark.parametrize("path", [f"{PAGE}/differences", "/letters", PAGE])
def test_a_reader_looks_at_letters_and_changes_nothing(site: Site, path: str) -> None:
    page = LexborHTMLParser(site.signed_in("reader").text(path))
    inside = page.css("main form[method=post]")
    assert inside == []
