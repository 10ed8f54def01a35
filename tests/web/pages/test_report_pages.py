"""A manager makes the reports on a page, writes into them, and holds any report against itself."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest

from correspondence.casework.reporting.report_file import FORMS

if TYPE_CHECKING:
    from tests.web.site import Site

pytestmark = pytest.mark.slow

YEAR = "first=2025-04-01&last=2026-03-31"
BEGINS = {"html": b"<!", "pdf": b"%PDF", "docx": b"PK", "xlsx": b"PK", "json": b"{", "csv": b"\xef"}


@pytest.mark.parametrize("report", FORMS)
def test_every_file_of_a_report_is_had_from_its_page(site: Site, report: str) -> None:
    visitor = site.signed_in("manager")
    page = visitor.text(f"/reports?report={report}&{YEAR}")
    for ending in FORMS[report]:  # type: ignore[index]
        path = f"/reports/{report}.{ending}?{YEAR}&homes=4250"
        assert f"/reports/{report}.{ending}?" in page
        if ending == "pdf" and report != "quarterly":
            continue  # one of them shows that PDFs are made
        answer = visitor.get(path)
        assert answer.status_code == 200, answer.text
        assert answer.data.lstrip().startswith(BEGINS[ending])
        assert "attachment" in answer.headers["Content-Disposition"]


def test_the_days_and_homes_asked_for_are_those_of_the_file(site: Site) -> None:
    visitor = site.signed_in("manager")
    told = json.loads(visitor.get(f"/reports/annual.json?{YEAR}&homes=4250").data)
    assert told["period"] == {"from": "2025-04-01", "to": "2026-03-31"}
    assert "4250" in json.dumps(told)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("first-day=31&first-month=2&first-year=2026", "as a real date"),
        ("first=2026-04-01&last=2025-04-01", "before"),
        ("homes=many", "as a whole number"),
        ("first=yesterday", "as a real date"),
    ],
)
def test_what_cannot_be_asked_for_is_said_on_the_page(site: Site, query: str, says: str) -> None:
    visitor = site.signed_in("manager")
    assert says in visitor.text(f"/reports?report=annual&{query}")
    assert visitor.get(f"/reports/annual.html?{query}").status_code == 404


def test_words_are_kept_from_draft_to_draft_and_stand_in_the_report(site: Site) -> None:
    visitor, page = site.signed_in("manager"), f"/reports?report=annual&{YEAR}"
    words = {
        "first": "2025-04-01",
        "last": "2026-03-31",
        "words-overview": "A year of gutters.",
        "words-governing_body_response": "The cabinet welcomes it.",
        **marks(visitor.text(page)),
    }
    assert visitor.post("/reports/annual/words", words).status_code == 302
    assert "A year of gutters." in visitor.text(page)
    assert b"The cabinet welcomes it." in visitor.get(f"/reports/annual.html?{YEAR}").data
    assert "A year of gutters." not in visitor.text("/reports?report=annual&first=2024-04-01")


def test_nobodys_words_are_written_over_unseen(site: Site) -> None:
    ours, theirs = site.signed_in("manager", "one.sample"), site.signed_in("manager", "two.sample")
    page, days = f"/reports?report=annual&{YEAR}", {"first": "2025-04-01", "last": "2026-03-31"}
    seen = marks(ours.text(page))
    theirs.post("/reports/annual/words", {**days, **seen, "words-overview": "Theirs."}, page=page)
    refused = ours.post("/reports/annual/words", {**days, **seen, "words-overview": "Ours."})
    assert refused.status_code == 400
    assert "somebody else wrote here meanwhile: “Theirs.”" in refused.text.replace("&#34;", '"')
    assert "Ours." in refused.text
    other = {**days, **seen, "words-overview": "", "words-learning": "Ours alone."}
    assert ours.post("/reports/annual/words", other).status_code == 302
    shown = ours.text(page)
    assert "Theirs." in shown
    assert "Ours alone." in shown


def test_a_provision_of_the_self_assessment_is_written_about(site: Site) -> None:
    visitor = site.signed_in("manager")
    page = f"/reports?report=self-assessment&{YEAR}&clause=6.4"
    words = {
        "first": "2025-04-01",
        "last": "2026-03-31",
        "clause": "6.4",
        "words-6.4.commentary": "We tell them before the day.",
        **marks(visitor.text(page)),
    }
    assert visitor.post("/reports/self-assessment/words", words).status_code == 302
    assert "We tell them before the day." in visitor.text(page)
    made = visitor.get(f"/reports/self-assessment.html?{YEAR}").data
    assert b"We tell them before the day." in made


def test_the_self_assessment_looks_at_a_policy_that_is_not_kept(site: Site) -> None:
    visitor = site.signed_in("manager")
    days = {"first": "2025-04-01", "last": "2026-03-31", "ending": "json"}
    empty = visitor.post("/reports/self-assessment/policy", days, page="/reports")
    assert "Choose the complaints policy" in empty.text
    policy = (io.BytesIO(b"We acknowledge a complaint within five working days."), "policy.txt")
    made = visitor.post("/reports/self-assessment/policy", {**days, "policy": policy})
    assert made.status_code == 200, made.text
    assert b"policy.txt" in made.data


def test_a_published_report_is_held_against_itself(site: Site) -> None:
    visitor = site.signed_in("manager")
    text = b"We answered 45 complaints at stage 1, of which 34 (93%) were on time."
    form = {"checked": (io.BytesIO(text), "report.txt")}
    said = visitor.post("/reports/checked", form, page="/reports")
    assert said.status_code == 200
    assert "Not all of it can be." in said.text
    assert "93%" in said.text
    bad = visitor.post("/reports/checked", {"checked": (io.BytesIO(b"%PDF-1.7 no"), "x.pdf")})
    assert bad.status_code == 400


@pytest.mark.parametrize("role", ["reader", "officer"])
def test_reports_are_for_managers(site: Site, role: str) -> None:
    visitor = site.signed_in(role)
    assert visitor.get("/reports").status_code == 403
    assert visitor.get(f"/reports/annual.csv?{YEAR}").status_code == 403


def marks(page: str) -> dict[str, str]:
    """The hidden marks of a page, as a browser sends them back."""
    import re

    return dict(re.findall(r'name="(was-[^"]+)" value="([^"]+)"', page))
