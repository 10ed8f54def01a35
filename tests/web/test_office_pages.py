"""Search, what needs a person, views, the investigation, merging, managers' tables, calendars."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from correspondence.casework.acting import Actor, os_account
from correspondence.store import saved_views
from correspondence.web.charts import columns, rows
from tests.jobs import corpus

if TYPE_CHECKING:
    from tests.web.site import Site

CASE = "CMP-2026-000001"
OTHER = "CMP-2026-000002"


def day(name: str, on: object) -> dict[str, str]:
    year, month, date = str(on)[:10].split("-")
    return {f"{name}-day": date, f"{name}-month": month, f"{name}-year": year}


def test_the_queue_begins_with_what_is_mine_and_keeps_views_for_each(site: Site) -> None:
    ours, theirs = site.signed_in("officer", "one.sample"), site.signed_in("officer", "two.sample")
    assert CASE in ours.text("/")
    ours.post("/cases/assign", {"case": [CASE], "to": "one.sample", "here": "/"}, page="/")
    assert "aria-current=page>Mine" in ours.text("/")
    assert OTHER not in ours.text("/")
    assert OTHER in ours.text("/?who=all")
    form = {"name": "Repairs <b>", "query": "area=repairs&evil=x&who=all"}
    saved = ours.post("/views", form, page="/")
    assert saved.location == "/?area=repairs&who=all"
    page = ours.text("/")
    assert "Repairs &lt;b&gt;" in page
    assert "Repairs &lt;b&gt;" not in theirs.text("/")
    with site.bureau.house.database.reading() as conn:
        (view,) = saved_views.listing(conn, "one.sample")
    theirs.post(f"/views/{view.id}/removed")
    assert "Repairs &lt;b&gt;" in ours.text("/")
    ours.post(f"/views/{view.id}/removed")
    assert "Repairs &lt;b&gt;" not in ours.text("/")
    assert ours.post("/views", {"name": " ", "query": ""}).status_code == 302
    assert "Give the view a name" in ours.text("/")


def test_single_keys_do_nothing_until_somebody_turns_them_on(site: Site) -> None:
    visitor = site.signed_in()
    assert "shortcuts.js" not in visitor.text("/")
    visitor.post("/shortcuts", {"on": "yes", "here": "/"})
    assert "shortcuts.js" in visitor.text("/")
    visitor.post("/shortcuts", {"on": "no", "here": "/"})
    assert "shortcuts.js" not in visitor.text("/")


SEARCHES = {
    "words=gutter": True,
    "words=attwater": True,
    f"words={CASE.lower()}": True,
    "words=gutter&in=letter": True,
    "words=gutter&stage=2": False,
    "words=nothing-of-the-kind": False,
    "status=open": True,
    "status=open&since-day=1&since-month=1&since-year=2030": False,
}


def test_search_finds_words_and_narrows_down(site: Site) -> None:
    visitor = site.signed_in("reader")
    for query, found in SEARCHES.items():
        assert (CASE in visitor.text(f"/search?{query}")) == found, query


def test_no_search_fails(site: Site) -> None:
    visitor = site.signed_in()
    for query in ("words=%00", "words=%22", "words=*", "words=NEAR(", "page=x&words=a", "stage=x"):
        assert visitor.get(f"/search?{query}").status_code == 200, query


def test_a_day_that_is_none_is_said_to_be_none(site: Site) -> None:
    answer = site.signed_in().get("/search?words=a&since-day=31&since-month=2&since-year=2026")
    assert answer.status_code == 400
    assert "as a real date" in answer.text


def test_what_needs_a_person_is_grouped_by_why(site: Site) -> None:
    mail = corpus.chaser(7, site.bureau.now, reference=CASE, who=corpus.person(0))
    site.bureau.receive(mail, read_as="complaint")
    page = site.signed_in().text("/needs-a-person")
    assert "A matter to be placed beside a running complaint" in page
    assert f"/cases/{CASE}/matters/" in page


def test_a_question_is_asked_chased_and_answered_on_the_page(site: Site) -> None:
    visitor, page = site.signed_in(), f"/cases/{CASE}/investigation"
    empty = visitor.post(f"/cases/{CASE}/questions", day("due", site.bureau.now), page=page)
    assert empty.status_code == 400
    assert "Enter who is asked" in empty.text
    due = site.bureau.now + timedelta(days=2)
    form = {"asked_of": "Repairs", "text": "When?", **day("due", due), "complained_of": "no"}
    unfair = visitor.post(f"/cases/{CASE}/questions", {**form, "complained_of": "yes"})
    assert "Say how their interest is dealt with" in unfair.text
    nowhere = visitor.post(f"/cases/{CASE}/questions", {**form, "contact": "repairs@"})
    assert "is not an e-mail address" in nowhere.text
    assert visitor.post(f"/cases/{CASE}/questions", form).status_code == 302
    question = f"{CASE}-Q1"
    assert visitor.post(f"/questions/{question}/chased").status_code == 302
    bad = visitor.post(f"/questions/{question}/answered", {"text": ""})
    assert bad.status_code == 400
    assert "Enter what they answered" in bad.text
    told = {"text": "On 3 March.", **day(f"{question}-on", site.bureau.now)}
    assert visitor.post(f"/questions/{question}/answered", told).status_code == 302
    shown = visitor.text(page)
    assert "On 3 March." in shown
    assert "Q1 answered" in visitor.text(f"/cases/{CASE}")
    assert visitor.post(f"/questions/{question}/reopened", {"because": ""}).status_code == 302
    assert "On 3 March." not in visitor.text(page)


def test_whoever_reads_an_answer_from_another_address_says_what_it_answers(site: Site) -> None:
    visitor, page = site.signed_in(), f"/cases/{CASE}/investigation"
    form = {
        "asked_of": "Teal Roofing",
        "contact": "jobs@roofing.example",
        "text": "When did you go?",
        "complained_of": "no",
        **day("due", site.bureau.now + timedelta(days=4)),
    }
    assert visitor.post(f"/cases/{CASE}/questions", form, page=page).status_code == 302
    assert "about to be e-mailed to" in visitor.text(page)
    (row,) = site.bureau.receive(
        corpus.mail(
            "We went on 3 March.",
            sender="Marlow Teal <marlow@roofing.example>",
            subject=f"Re: {CASE}-Q1: a question",
            message_id="teal.1@roofing.example",
            received=site.bureau.now,
        )
    )
    assert "Yes: to" in visitor.text(f"/messages/{row.id}")
    elsewhere = visitor.post(f"/messages/{row.id}/answers", {"question": f"{CASE}-Q9"})
    assert elsewhere.status_code == 400
    told = visitor.post(f"/messages/{row.id}/answers", {"question": f"{CASE}-Q1"})
    assert told.status_code == 302
    assert "We went on 3 March." in visitor.text(page)
    assert "Yes: to" not in visitor.text(f"/messages/{row.id}")


def test_interests_parts_files_and_service_requests_are_kept(site: Site) -> None:
    visitor, page = site.signed_in("officer", "sam.sample"), f"/cases/{CASE}/investigation"
    unsaid = visitor.post(f"/cases/{CASE}/interest", {}, page=page)
    assert "Say whether you have an interest" in unsaid.text
    form = {"interest": "yes", "interest-because": "A neighbour of mine."}
    assert visitor.post(f"/cases/{CASE}/interest", form).status_code == 302
    give = {"case": [CASE], "to": "sam.sample", "here": "/"}
    visitor.post("/cases/assign", give)
    assert "have an interest" in visitor.text("/?who=all")
    visitor.post(f"/cases/{CASE}/parts", {"user": "rowan", "part": "investigate"})
    visitor.post(f"/cases/{CASE}/service-requests", {"number": "SR-1"})
    file = {"file": (io.BytesIO(b"picture"), "gutter<script>.jpg")}
    assert visitor.post(f"/cases/{CASE}/files", file).status_code == 302
    assert visitor.post(f"/cases/{CASE}/files", {}).status_code == 400
    shown = visitor.text(page)
    assert "SR-1" in shown
    assert "Investigated" in shown
    sha256 = site.bureau.case(CASE).inquiry.documents[0].sha256
    answer = visitor.get(f"/cases/{CASE}/files/{sha256}")
    assert answer.data == b"picture"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "<" not in answer.headers["Content-Disposition"]
    assert visitor.get(f"/cases/{OTHER}/files/{sha256}").status_code == 404


def test_what_is_restricted_is_shown_to_those_who_work_on_the_case_alone(site: Site) -> None:
    visitor, page = site.signed_in(), f"/cases/{CASE}/contact"
    bad = visitor.post(page, {}, page=page)
    assert bad.status_code == 400
    assert "Enter what was weighed" in bad.text
    form = {
        "what": "One letter a week is answered.",
        "because": "Forty calls a day.",
        "equality_considered": "No protected characteristic is known.",
        **day("review", site.bureau.now + timedelta(days=60)),
    }
    assert visitor.post(page, form).status_code == 302
    assert "One letter a week" in visitor.text(page)
    reader = site.signed_in("reader")
    for where in (page, f"/cases/{CASE}"):
        assert "One letter a week" not in reader.text(where)
    assert "One letter a week" in visitor.text(f"/cases/{CASE}")
    ended = visitor.post(f"{page}/reviewed", {"restriction": "1", "holds": "no"}, page=page)
    assert ended.status_code == 302
    assert "Contact is not restricted." in visitor.text(page)


def test_cases_are_merged_found_by_either_reference_and_made_whole_again(site: Site) -> None:
    visitor, page = site.signed_in(), f"/cases/{OTHER}/merging"
    assert visitor.post(f"/cases/{OTHER}/merged", {"into": ""}, page=page).status_code == 400
    assert visitor.post(f"/cases/{OTHER}/merged", {"into": OTHER}).status_code == 400
    done = visitor.post(f"/cases/{OTHER}/merged", {"into": CASE.lower()})
    assert done.location == f"/cases/{CASE}"
    assert visitor.get(f"/cases/{OTHER}").location == f"/cases/{CASE}"
    assert "is part of" in visitor.text(f"/cases/{OTHER}?itself=yes")
    back = visitor.post(f"/cases/{OTHER}/undone", page=f"/cases/{OTHER}/merging")
    assert back.location == f"/cases/{OTHER}"
    assert visitor.get(f"/cases/{OTHER}").status_code == 200


def test_points_are_split_off_on_the_page(site: Site) -> None:
    visitor, page = site.signed_in(), f"/cases/{CASE}/merging"
    nothing = visitor.post(f"/cases/{CASE}/split", {}, page=page)
    assert "Choose the messages or the points" in nothing.text
    form = {"point": ["2"], **day("raised", site.bureau.now)}
    answer = visitor.post(f"/cases/{CASE}/split", form)
    assert answer.status_code == 302
    new = answer.location.rpartition("/")[2]
    assert site.bureau.case(new).split_from == CASE


def test_the_code_decides_where_an_added_matter_goes(site: Site) -> None:
    (told,) = site.bureau.receive(
        corpus.chaser(7, site.bureau.now, reference=CASE, who=corpus.person(0)),
        read_as="complaint",
    )
    visitor, page = site.signed_in(), f"/cases/{CASE}/matters/{told.id}"
    assert "Decide where message" in visitor.text(f"/cases/{CASE}")
    assert visitor.post(page, {"related": "yes"}, page=page).status_code == 400
    joined = visitor.post(page, {"related": "yes", "delay": "no"})
    assert joined.location == f"/cases/{CASE}/definition"
    assert "Decide where message" not in visitor.text(f"/cases/{CASE}")
    assert visitor.get(f"/cases/{OTHER}/matters/{told.id}").status_code == 404


def test_a_complaint_by_telephone_opens_a_case_from_the_day_it_was_heard(site: Site) -> None:
    visitor = site.signed_in()
    empty = visitor.post("/cases/new", {}, page="/cases/new")
    assert empty.status_code == 400
    assert "Enter what they complain about" in empty.text
    heard = site.bureau.now - timedelta(days=2)
    form = {
        "channel": "telephone",
        "stage": "1",
        "name": "Bryony Sample",
        "points": "The lift is out.\nNobody answers.",
        "area": "communal_areas",
        **day("received", heard),
    }
    answer = visitor.post("/cases/new", form)
    assert answer.status_code == 302, answer.text
    case = site.bureau.case(answer.location.rpartition("/")[2])
    assert case.now_at.received_on == heard.date()
    assert len(case.now_at.definition.points) == 2


def test_stage_2_asked_for_by_telephone_is_taken_where_the_code_lets_it(site: Site) -> None:
    visitor, page = site.signed_in(), f"/cases/{CASE}/stage-2"
    form = {"channel": "telephone", **day("received", site.bureau.now)}
    refused = visitor.post(page, form, page=page)
    assert refused.status_code == 400
    assert "6.10" in refused.text
    site.bureau.now += timedelta(days=60)
    visitor = site.signed_in("officer", "sam.sample")
    form = {"channel": "telephone", **day("received", site.bureau.now)}
    assert visitor.post(page, form, page=page).status_code == 302
    assert site.bureau.case(CASE).stage == 2


def test_every_table_of_the_whole_office_is_taken_away_as_it_stands(site: Site) -> None:
    site.bureau.now += timedelta(days=40)
    visitor = site.signed_in("manager")
    page = visitor.text("/manager")
    assert page.count('class="app-chart__svg"') == 3
    linked = set(re.findall(r"/manager/([a-z-]+)\.csv", page))
    assert {"late", "caseload", "ages", "received", "cases"} <= linked
    for table in linked:
        for ending in ("csv", "xlsx"):
            assert visitor.get(f"/manager/{table}.{ending}").status_code == 200
    narrowed = visitor.get("/manager/cases.csv?who=nobody&stage=2").text
    assert CASE not in narrowed


@pytest.mark.sqlite("SQLite's planner says how; PostgreSQL's reads few rows whole, rightly")
def test_the_whole_office_is_counted_by_indexes_however_many_cases_there_are(site: Site) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_conn: object, _cursor: object, statement: str, given: Any, *_: object) -> None:
        asked.append((statement, given))

    visitor = site.signed_in("manager")
    visitor.text("/manager")
    sa.event.listen(sa.engine.Engine, "before_cursor_execute", note)
    try:
        visitor.text("/manager")
    finally:
        sa.event.remove(sa.engine.Engine, "before_cursor_execute", note)
    plans = []
    with site.bureau.house.database.reading() as conn:
        for statement, given in asked:
            if statement.startswith("SELECT"):
                rows = conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
                plans += [str(row[3]) for row in rows]
    assert any("ix_cases_owed_by" in plan for plan in plans)
    grows = r"SCAN (cases|letters|messages|events|actions|questions|owed_steps)$"
    assert [plan for plan in plans if re.fullmatch(grows, plan)] == []


def test_charts_have_the_figures_of_their_table() -> None:
    figures = [("Repairs", 3), ("Rents", 0), ("<b>", 9)]
    for drawn in (rows("By service", figures), columns("By month", figures)):
        assert [(bar.name, bar.value) for bar in drawn.bars] == figures
        assert max(bar.width * bar.height for bar in drawn.bars) > 0
        assert all(bar.width >= 0 and bar.height >= 0 for bar in drawn.bars)
        assert "9" in drawn.says
    assert rows("Nothing", []).bars == ()


def test_a_calendar_tells_days_and_references_and_nobodys_name_until_it_is_ended(
    site: Site,
) -> None:
    visitor = site.signed_in("manager")
    page = visitor.post("/calendar", {"whose": "office"}, page="/calendar").text
    address = re.search(r"/calendar/[\w-]+\.ics", page)
    assert address
    stranger = site.visitor()
    answer = stranger.get(address[0])
    assert answer.mimetype == "text/calendar"
    assert f"Acknowledge the complaint: {CASE}" in answer.text.replace("\r\n ", "")
    for personal in ("Sorrel", "Attwater", "gutter", "script"):
        assert personal not in answer.text
    assert stranger.get("/calendar/no-such-token.ics").status_code == 404
    visitor.post("/calendar/ended", {"whose": "office"}, page="/calendar")
    assert stranger.get(address[0]).status_code == 404


def test_the_whole_offices_calendar_is_not_for_every_officer(site: Site) -> None:
    visitor = site.signed_in()
    assert visitor.post("/calendar", {"whose": "office"}, page="/calendar").status_code == 403
    assert visitor.post("/calendar", {"whose": "mine"}, page="/calendar").status_code == 200


def test_a_calendar_of_ones_own_tells_of_ones_own_cases(site: Site) -> None:
    from correspondence.casework.following.calendar_feed import feed, make_feed
    from correspondence.casework.handling.assign import assign

    house, now = site.bureau.house, site.bureau.now
    actor = Actor("rowan", os_account())
    token = make_feed(house, "mine", now=now, actor=actor)
    empty = feed(house, token, now=now, say=str) or b""
    assert b"VEVENT" not in empty
    assign(house, [CASE], "rowan", now=now, actor=actor)
    made = feed(house, token, now=now, say=str) or b""
    assert CASE.encode() in made
    assert OTHER.encode() not in made
