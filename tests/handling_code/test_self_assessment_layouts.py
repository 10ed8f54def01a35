"""Forms as web pages and PDFs flatten them: every row found, its own and nobody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from correspondence.handling_code.provisions import HOUSING_OMBUDSMAN_CODE_2024 as CODE
from correspondence.handling_code.self_assessment import check_self_assessment, read_form
from correspondence.handling_code.self_assessment.editions import CLAUSES, edition_of
from correspondence.handling_code.self_assessment.local_government_form import (
    LOCAL_GOVERNMENT_FORM,
)
from tests.handling_code.self_assessments.forms import Form, forms
from tests.handling_code.self_assessments.layouts import LAYOUTS, printed

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 21)
FORMS = {name: replace(form, titles={}) for name, form in forms().items()}
MEANT = {"Y": "yes", "N": "no", "Partially": "partly"}


def found(text: str) -> dict[str, str]:
    """The worst verdict under each clause where anything is wrong."""
    wrong = [f for f in check_self_assessment(text, today=TODAY).findings if f.verdict != "ok"]
    return {f.clause: f.verdict for f in sorted(wrong, key=lambda f: f.verdict == "fail")}


def expected(form: Form) -> dict[str, str]:
    """What is wrong, where evidence and commentary stand in one column, or are not told apart."""
    rows = {r.clause: r.expected for r in form.rows if r.expected != "ok"}
    empty = {r.clause for r in form.rows if not r.evidence and r.commentary}
    return {c: v for c, v in rows.items() if c not in empty or v == "fail"} | dict.fromkeys(
        form.missing, "fail"
    )


@pytest.mark.parametrize("name", sorted(FORMS))
@pytest.mark.parametrize("layout", sorted(LAYOUTS))
class TestEveryLayout:
    def test_has_every_row_read_with_its_answer(self, layout: str, name: str) -> None:
        read = read_form(printed(FORMS[name], layout)).rows
        assert [row.clause for row in read] == [row.clause for row in FORMS[name].rows]
        for row, filled in zip(read, FORMS[name].rows, strict=True):
            assert row.answer, row.clause
            assert row.answer[:1] == MEANT.get(filled.answer, filled.answer).lower()[:1]

    def test_has_what_is_wrong_found_and_nothing_else(self, layout: str, name: str) -> None:
        wrong = found(printed(FORMS[name], layout))
        form = FORMS[name]
        blank = {r.clause for r in form.rows if not r.evidence and r.commentary}
        assert {c: v for c, v in wrong.items() if c not in blank or v == "fail"} == expected(form)


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_a_page_of_one_section_is_told_once_and_not_row_by_row(layout: str) -> None:
    form = FORMS["northbourne"]
    report = check_self_assessment(printed(form, layout, range(7, 8)), today=TODAY)
    missing = [f for f in report.findings if "no row for" in f.why]
    assert missing == []
    (part,) = [f for f in report.findings if "part of a form" in f.why]
    assert part.verdict == "fail"
    assert "holds section 7" in part.why


def test_a_row_that_lost_its_number_is_found_by_its_words() -> None:
    form = FORMS["northbourne"]
    text = printed(form, "paragraphs", range(4, 5)).replace("\n4.2\n", "\n\n")
    requirement = CODE.words("4.2")
    lost = f"The landlord must: {requirement}"
    rows = read_form(text.replace(requirement, lost)).rows
    assert [row.clause for row in rows] == ["4.1", "4.2", "4.3"]


def test_a_row_that_is_not_there_is_not_found_in_what_another_row_says() -> None:
    form = FORMS["northbourne"]
    kept = replace(form, rows=tuple(r for r in form.rows if r.clause != "6.18"))
    text = printed(kept, "paragraphs")
    assert "6.18" not in [row.clause for row in read_form(text).rows]
    assert found(text)["6.18"] == "fail"


@pytest.mark.parametrize(
    ("numbers", "clauses"),
    [
        ("4.1 to 4.3", ["4.1", "4.2", "4.3"]),
        ("4.1 – 4.3", ["4.1", "4.2", "4.3"]),
        ("4.1-4.3", ["4.1", "4.2", "4.3"]),
        ("6.2 / 6.11", ["6.2", "6.11"]),
        ("6.2 & 6.11", ["6.2", "6.11"]),
        ("1.4, 1.5 and 1.6", ["1.4", "1.5", "1.6"]),
    ],
)
def test_provisions_may_share_a_row(numbers: str, clauses: list[str]) -> None:
    text = f"| {numbers} | {CODE.words(clauses[0])} | Yes | Complaints policy, section 4 |"
    assert [row.clause for row in read_form(text).rows] == clauses
    assert {row.answer for row in read_form(text).rows} == {"yes"}


def test_a_page_of_tables_with_other_widths_gives_rows_their_columns_back() -> None:
    text = (
        "Code provision | Code requirement |  | Comply: Yes / No |  | Evidence |  | Commentary\n"
        "3.5 | Say in the policy how it is made known. | Yes |  | Policy 4.4 |  |  |\n"
        "3.6 | Let residents have a representative. | To be answered |  |  | [Who may? No |\n"
        " |  |  |  | record was looked at.] |\n"
        "3.7 | Tell residents of the Ombudsman. |  | No |  | Policy 5 |  | By May 2027. |\n"
    )
    rows = [(row.clause, row.answer, row.evidence) for row in read_form(text).rows]
    assert rows[0] == ("3.5", "yes", "Policy 4.4")
    assert rows[1][:2] == ("3.6", "")
    assert rows[2] == ("3.7", "no", "Policy 5")


def test_a_provision_may_have_a_row_for_each_of_its_parts() -> None:
    text = (
        "Section 6 - Complaints stages\n"
        "6.8 | Take related issues into the response. | Yes | Policy 5.1 | |\n"
        "6.9a | The stage of the complaint. | Yes | Template letter | |\n"
        "6.9b | The complaint definition. | No | | |\n"
        "6.9 (c) | The decision on the complaint. | Yes | Template letter | |\n"
        "6.10 | Take the complaint to stage 2 where it is not resolved. | Yes | Policy 5.2 | |\n"
    )
    rows = {row.clause: row.answer for row in read_form(text).rows}
    assert rows == {"6.8": "yes", "6.9a": "yes", "6.9b": "no", "6.9c": "yes", "6.10": "yes"}
    wrong = found(text)
    assert wrong["6.9b"] == "fail"
    assert "6.9" not in wrong


OF_2022 = """\
Self-assessment form

Mandatory 'must' requirements

Code section | Code requirement | Comply: Yes/No | Evidence, commentary and any explanations
1.6 | Where further enquiries are needed the matter is logged as a complaint. | Yes | Policy 3
1.7 | A landlord must accept a complaint unless there is a valid reason. | Yes |
1.8 | The circumstances in which a matter will not be considered are set out. | Partial | In part.
1.9 | Deciding not to accept a complaint is explained. | Yes | The policy will be amended.
"""


class TestTheFormOf2022:
    def test_is_known_by_what_its_numbers_ask(self) -> None:
        assert read_form(OF_2022).kind == "housing ombudsman 2022"

    def test_is_told_once_and_its_rows_are_judged_for_what_needs_no_number(self) -> None:
        wrong = found(OF_2022)
        assert wrong == {"8.1": "fail", "1.7": "warn", "1.8": "fail", "1.9": "fail"}

    def test_is_not_seen_in_a_page_that_kept_its_introduction(self) -> None:
        kept = "To be discussed at the landlord's governing body annually.\n\n"
        assert edition_of(kept + printed(FORMS["northbourne"], "paragraphs")) == "housing ombudsman"


def test_the_questions_of_2020_are_known_for_an_older_form() -> None:
    text = (
        "Complaint Handling Code: self-assessment\n\n"
        "Does the complaints process use the following definition of a complaint? Yes\n"
        "Are these exclusions reasonable and fair to residents? Yes\n"
        "Is there a complaint officer or equivalent in post? Yes\n"
        "If there is a third stage, are residents involved? N/A\n"
    )
    assert read_form(text).kind == "housing ombudsman 2020"
    assert "2020" in check_self_assessment(text, today=TODAY).findings[0].why


class TestTheOtherOmbudsmansForm:
    PAGE = (
        "Local Government and Social Care Ombudsman self-assessment 2026\n\n"
        "Code section 6 - Complaints stages\n\nStage 1\n\nCompliant\n\nNo.\n\nEvidence\n\n"
        "We take fifteen working days, because two teams must agree.\n\n"
        "6: Complaints stages - Stage 2\n\nCompliant\n\nYes.\n\nEvidence\n\nPolicy 4.2 says so.\n"
    )

    def test_has_two_rows_for_the_stages_and_no_dates_are_asked_of_it(self) -> None:
        form = read_form(self.PAGE)
        assert form.kind == "local government ombudsman"
        assert [(row.clause, row.answer) for row in form.rows] == [("6.1", "no"), ("6.10", "yes")]
        assert found(self.PAGE) == {"8.1": "warn", "6.1": "warn"}

    def test_lacking_a_section_is_told(self) -> None:
        rows = "\n".join(
            f"| {row.section} | {row.title}: {row.states} | Yes | Corporate policy, {row.section} |"
            for row in LOCAL_GOVERNMENT_FORM
            if row.section != 8
        )
        text = f"Local Government and Social Care Ombudsman: self-assessment\n\n{rows}\n"
        assert found(text) == {"8.1": "fail"}

    def test_is_not_seen_in_a_landlords_row_that_speaks_of_both_ombudsmen(self) -> None:
        text = (
            "Complaint handling process\n"
            "Code section | Code requirement | Comply | Evidence\n"
            "5.1 | Landlords must have a single policy in place. | Yes | It was brought into line "
            "with the Local Government and Social Care Ombudsman's Code.\n"
            "5.2 | No extra named stages, such as a stage 0. | Yes | There are two stages.\n"
            "5.3 | No process with more than two stages. | Yes | There are two stages.\n"
        )
        assert read_form(text).kind == "housing ombudsman"


def test_numbers_of_the_form_run_as_the_codes_do() -> None:
    assert list(CLAUSES) == [p.number for p in CODE if p.number != "1.1"]
