"""Filled self-assessments, however their tables were flattened, held against their form."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from correspondence.handling_code.self_assessment import check_self_assessment, read_form
from correspondence.handling_code.self_assessment.answers import answer_alone
from correspondence.handling_code.self_assessment.form import CLAUSES
from tests.handling_code.self_assessments.forms import Form, forms

if TYPE_CHECKING:
    from correspondence.handling_code.policy import Finding

TODAY = date(2026, 11, 21)
FORMS = forms()


@cache
def found(name: str) -> tuple[Finding, ...]:
    return check_self_assessment(FORMS[name].text(), today=TODAY).findings


def expected(form: Form) -> dict[str, str]:
    """The verdict under each clause where something is wrong."""
    rows = {row.clause: row.expected for row in form.rows if row.expected != "ok"}
    return rows | dict.fromkeys(form.missing, "fail") | {f"{n}.1": "warn" for n in form.titles}


def judged(answer: str, evidence: str, commentary: str, clause: str = "6.3") -> list[Finding]:
    """What is found in one row, in a table."""
    text = f"| {clause} | What the provision asks of us | {answer} | {evidence} | {commentary} |"
    report = check_self_assessment(text, today=TODAY)
    return [f for f in report.findings if f.clause == clause and f.verdict != "ok"]


def test_the_form_has_a_row_for_every_provision_but_1_1() -> None:
    assert len(CLAUSES) == 72
    assert "1.1" not in CLAUSES


@pytest.mark.parametrize("name", sorted(FORMS))
class TestEveryForm:
    def test_has_every_row_and_every_answer_read(self, name: str) -> None:
        read = {row.clause: row.answer for row in read_form(FORMS[name].text()).rows}
        assert list(read) == [row.clause for row in FORMS[name].rows]
        assert all(read.values())

    def test_has_what_is_wrong_found_and_nothing_else(self, name: str) -> None:
        faulty = [f for f in found(name) if f.verdict in ("fail", "warn")]
        worst_last = sorted(faulty, key=lambda f: f.verdict == "fail")
        wrong = {f.clause: f.verdict for f in worst_last}
        assert wrong == expected(FORMS[name])


@pytest.mark.parametrize(
    ("written", "meaning"),
    [
        ("Yes", "yes"), ("Y", "yes"), ("yes.", "yes"), ("**Yes**", "yes"), ("✓", "yes"),
        ("Fully compliant", "yes"), ("Compliant", "yes"), ("☒ Yes ☐ No", "yes"),
        ("[x] Yes [ ] No", "yes"), ("Yes ☑ No ☐", "yes"),
        ("No", "no"), ("N", "no"), ("No.", "no"), ("✗", "no"), ("Non-compliant", "no"),
        ("Not yet", "no"), ("☐ Yes ☒ No", "no"),
        ("Partial", "partly"), ("Partially compliant", "partly"), ("Amber", "partly"),
        ("N/A", "not applicable"), ("Yes - see section 4", "yes"), ("No, but planned", "no"),
    ],
)  # fmt: skip
def test_yes_and_no_are_known_in_many_spellings(written: str, meaning: str) -> None:
    answer = answer_alone(written)
    assert answer is not None
    assert answer.answer == meaning


@pytest.mark.parametrize(
    "written", ["", "Notes", "None of these", "Yesterday", "Norfolk", "See 4.2"]
)
def test_other_words_are_no_answer(written: str) -> None:
    answer = answer_alone(written)
    assert answer is None or not answer.answer


class TestNo:
    def test_needs_an_explanation_and_a_date(self) -> None:
        assert "explanation and the date" in judged("No", "", "")[0].why

    def test_with_an_explanation_needs_the_date(self) -> None:
        why = judged("No", "Our letters leave the definition out at present.", "")[0].why
        assert "date of intended compliance" in why
        assert "explanation" not in why

    def test_with_both_is_honest(self) -> None:
        given = ("Our letters leave the definition out at present.", "New letters by March 2027.")
        assert [f.verdict for f in judged("No", *given)] == ["warn"]

    def test_with_a_date_gone_by_is_to_be_brought_up_to_date(self) -> None:
        given = ("Our letters leave the definition out at present.", "New letters by June 2024.")
        assert "passed" in judged("No", *given)[0].why


class TestYes:
    @pytest.mark.parametrize(
        "words",
        [
            "The policy will be updated to say so.",
            "We will amend our procedure.",
            "Compliance by 30 June 2027.",
            "ACTION: add to the next version of the policy.",
            "A new template is in development.",
            "This is being introduced and will be in place from April 2027.",
            "Training for handlers to be completed by March 2027.",
        ],
    )
    def test_put_off_is_a_no_until_then(self, words: str) -> None:
        assert "will be" in judged("Yes", "Policy 4.2", words)[0].why

    @pytest.mark.parametrize(
        "words",
        [
            "The policy is reviewed every year.",
            "We will acknowledge every complaint within five working days.",
            "The policy was updated in April 2024.",
            "Residents will be told the reasons for any extension.",
            "Staff will be reminded at regular team meetings.",
            "The Board approved the policy on 14 May 2025.",
        ],
    )
    def test_about_what_is_done_stands(self, words: str) -> None:
        assert judged("Yes", "Policy 4.2", words) == []

    @pytest.mark.parametrize(
        ("clause", "words"),
        [
            ("6.2", "Complaints are acknowledged within 7 working days."),
            ("6.3", "10 working days from receipt with a 20 working day extension."),
            ("6.14", "The review takes up to 30 working days."),
            ("5.3", "We have a three-stage process."),
            ("5.2", "Most concerns go through our informal stage first."),
            ("2.3", "Complaints must be made within 3 months of the event."),
            ("6.12", "Residents must give their reasons for escalating."),
            ("4.1", "We do not currently have an officer for this."),
        ],
    )
    def test_belied_by_its_own_words_is_flagged(self, clause: str, words: str) -> None:
        assert judged("Yes", "Policy 4.2", words, clause)

    def test_without_evidence_is_questioned(self) -> None:
        assert [f.verdict for f in judged("Yes", "", "Our letters say so.")] == ["warn"]


def test_a_row_without_an_answer_fails() -> None:
    assert [f.verdict for f in judged("", "Policy 4.2", "Our letters say so.")] == ["fail"]


def test_every_provision_applies_to_every_landlord() -> None:
    assert [f.verdict for f in judged("N/A", "Policy 4.2", "")] == ["fail"]


def test_numbers_that_only_refer_to_the_policy_make_no_row() -> None:
    text = (
        "6.2\nAcknowledge, define and log a complaint within five working days.\nYes\n"
        "Complaints Policy\n7.1\nWe do so.\n\n"
        "6.3\nGive a full response at stage 1 within ten working days.\nYes\nComplaints Policy\n"
    )
    assert [row.clause for row in read_form(text).rows] == ["6.2", "6.3"]


def test_the_other_ombudsmans_form_is_known_for_what_it_is() -> None:
    titles = ("Definition", "Exclusions", "Accessibility", "Complaint handling resources",
              "The complaint handling process", "Complaints stages", "Putting things right",
              "Performance reporting", "Scrutiny and oversight")  # fmt: skip
    rows = "\n".join(
        f"| {n} | {title}: we recognise this | Yes | Corporate policy, section {n} |"
        for n, title in enumerate(titles, 1)
    )
    text = f"Local Government and Social Care Ombudsman: self-assessment\n\n{rows}\n"
    form = read_form(text)
    assert form.kind == "local government ombudsman"
    assert [row.answer for row in form.rows] == ["yes"] * 9
    report = check_self_assessment(text, today=TODAY)
    assert [f.clause for f in report.findings if f.verdict == "warn"] == ["8.1"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_whatever_gives_a_report(text: str) -> None:
    report = check_self_assessment(text, today=TODAY)
    assert report.findings
