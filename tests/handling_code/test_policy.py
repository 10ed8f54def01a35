"""Landlords' policies, invented but in the styles of real ones, held against the Code.

What each breaks is written down in policies/answers.toml, before the checker read it.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from correspondence.handling_code.policy import check_policy
from correspondence.handling_code.policy.finding import clause_order
from correspondence.handling_code.provisions import provision

if TYPE_CHECKING:
    from correspondence.handling_code.policy import Finding, FindingsReport

POLICIES = Path(__file__).with_name("policies")
ANSWERS: dict[str, dict[str, Any]] = tomllib.loads((POLICIES / "answers.toml").read_text("utf-8"))
TODAY = date(2026, 11, 21)


@cache
def report(name: str) -> FindingsReport:
    return check_policy((POLICIES / f"{name}.md").read_text("utf-8"), today=TODAY)


def faults(text: str, clause: str) -> list[Finding]:
    """What is found wrong under a clause in a few words of policy."""
    found = check_policy(text, today=TODAY).findings
    return [f for f in found if f.clause == clause and f.verdict in ("fail", "warn") and f.quote]


def verdict(text: str, clause: str) -> str:
    """The verdict under a clause: the worst of them."""
    given = [f.verdict for f in check_policy(text, today=TODAY).findings if f.clause == clause]
    return next((v for v in ("fail", "warn", "stricter", "ok") if v in given), "")


@pytest.mark.parametrize("name", sorted(ANSWERS))
class TestEveryPolicy:
    def test_has_nearly_all_of_its_known_breaches_found(self, name: str) -> None:
        breaches = ANSWERS[name]["breaches"]
        found = {f.clause for f in report(name).findings if f.verdict in ("fail", "warn")}
        missed = [clause for clause in breaches if clause not in found]
        assert len(missed) <= 0.2 * len(breaches), missed

    def test_has_hardly_anything_found_that_is_not_there(self, name: str) -> None:
        right = {c for kind in ("breaches", "silent", "arguable") for c in ANSWERS[name][kind]}
        found = [f for f in report(name).findings if f.verdict in ("fail", "warn")]
        wrong = [f for f in found if f.clause not in right]
        assert len(wrong) <= 0.15 * len(found), [(f.clause, f.quote) for f in wrong]

    def test_is_quoted_in_its_very_words(self, name: str) -> None:
        said = " ".join((POLICIES / f"{name}.md").read_text("utf-8").split())
        assert [f.quote for f in report(name).findings if f.quote not in said] == []

    def test_has_findings_that_name_a_clause_say_why_and_what_instead(self, name: str) -> None:
        for finding in report(name).findings:
            assert provision(finding.clause)
            assert finding.why
            if finding.verdict in ("fail", "warn"):
                assert finding.instead

    def test_has_its_findings_in_the_order_of_the_code(self, name: str) -> None:
        clauses = [f.clause for f in report(name).findings]
        assert clauses == sorted(clauses, key=clause_order)

    def test_is_ok_only_where_nothing_fails(self, name: str) -> None:
        failed = any(f.verdict == "fail" for f in report(name).findings)
        assert report(name).ok is not failed


def test_policies_that_keep_the_code_pass_whole() -> None:
    for name in ("saltmere_homes", "oakhurst_association", "unseen_harlesmere"):
        assert report(name).ok, name


@pytest.mark.parametrize(
    "words",
    [
        "At stage 1 we will acknowledge your complaint within seven working days.",
        "Stage 1\n\nYou'll hear from us within 7 working days to say we have got your complaint.",
        "Stage one: acknowledgement - seven (7) working days of receipt.",
        "| Stage | Acknowledge |\n|---|---|\n| Stage 1 | 7 working days |",
        "Timescales (working days)\nStage 1: acknowledge 7, respond 10",
        "Complaints are acknowledged no later than the seventh working day after receipt.",
        "Within seven working days of receiving your complaint we will confirm receipt.",
    ],
)
def test_an_acknowledgement_after_seven_working_days_is_too_late_however_put(words: str) -> None:
    assert faults(words, "6.2")


@pytest.mark.parametrize(
    ("words", "clause", "expected"),
    [
        ("Stage 1: we respond within 10 working days of the acknowledgement.", "6.3", "ok"),
        ("Stage 1: we respond within 10 working days of receipt.", "6.3", "stricter"),
        ("Stage 1: we respond within 15 working days of receipt.", "6.3", "fail"),
        ("Stage 1: we respond within 10 days of acknowledging.", "6.3", "warn"),
        ("'Days' means working days.\n\nStage 1: we respond within 10 days.", "6.3", "ok"),
        ("Stage 1: we respond within two weeks of acknowledging.", "6.3", "ok"),
        ("Stage 1: we respond within a month.", "6.3", "fail"),
        ("Stage 2: our final response follows in 20 working days.", "6.14", "ok"),
        ("Stage 2: our final response follows in 25 working days.", "6.14", "fail"),
        ("Stage 2: the Board replies within a reasonable time.", "6.14", "fail"),
        ("Stage 1: this may be extended by up to 20 working days.", "6.4", "fail"),
        ("Stage 1: this may be extended, to no more than 20 working days in total.", "6.4", "ok"),
        ("Stage 2: this may be extended by a further 20 working days.", "6.15", "ok"),
        ("Stage 2: this may be extended by a further 10 working days.", "6.15", "stricter"),
    ],
)
def test_times_are_weighed_by_length_unit_start_and_stage(
    words: str, clause: str, expected: str
) -> None:
    assert verdict(words, clause) == expected


def test_other_services_may_keep_their_own_times() -> None:
    words = (
        "# Corporate complaints\n\nStage 1: we respond within 15 working days.\n\n"
        "# Housing complaints\n\nStage 1: we respond within 10 working days of acknowledging."
    )
    assert verdict(words, "6.3") == "ok"


def test_a_policy_that_says_two_things_is_told_so() -> None:
    words = (
        "Stage 1: we acknowledge within 2 working days of receipt.\n\n# Summary\n\n"
        "Stage 1: we acknowledge within 5 working days of receipt."
    )
    assert "5 working days" in faults(words, "6.2")[0].why


class TestStagesBeforeAndAfter:
    @pytest.mark.parametrize(
        "words",
        [
            "Please speak to your housing officer before making a formal complaint.",
            "Complaints may first be dealt with informally by the team concerned.",
            "Stage 0: early resolution. If this fails we open a stage 1 complaint.",
            "If we cannot resolve your concern straight away we will log a formal complaint.",
        ],
    )
    def test_a_step_before_stage_1_is_found(self, words: str) -> None:
        assert faults(words, "5.2")

    @pytest.mark.parametrize(
        "words",
        [
            "There is no informal stage.",
            "You do not have to speak to your housing officer before making a complaint.",
            "We try to put things right early; this is not a stage and never delays a complaint.",
        ],
    )
    def test_a_step_denied_is_not_found(self, words: str) -> None:
        assert not faults(words, "5.2")

    def test_the_ombudsman_is_no_stage_of_ours(self) -> None:
        assert "Ombudsman" in faults("Stage 3: you may go to the Housing Ombudsman.", "5.3")[0].why

    def test_a_panel_after_stage_2_is_a_third_stage(self) -> None:
        assert faults("After stage 2 you may appeal to a panel of the Board.", "5.3")


class TestTimeLimits:
    @pytest.mark.parametrize(
        "words",
        [
            "We will not consider complaints about events more than six months ago.",
            "Complaints must be made within 3 months of the incident.",
            "Complaints about matters older than eleven months are not accepted.",
        ],
    )
    def test_shorter_than_twelve_months_fails(self, words: str) -> None:
        assert verdict(words, "2.3") == "fail"

    def test_twelve_months_need_awareness_and_discretion(self) -> None:
        bare = "We will not consider matters that happened more than 12 months ago."
        whole = (
            "We may decline matters that happened, or that you became aware of, more than 12 "
            "months ago, unless there is good reason to accept them."
        )
        assert verdict(bare, "2.3") == "fail"
        assert verdict(whole, "2.3") == "ok"

    def test_the_ombudsmans_own_twelve_months_are_not_ours(self) -> None:
        words = "You have 12 months from our final response to go to the Housing Ombudsman."
        assert verdict(words, "2.3") == ""

    def test_a_window_for_stage_2_is_questioned_and_a_bar_fails(self) -> None:
        words = "You must ask for stage 2 within 20 working days of our stage 1 response."
        assert verdict(words, "6.10") == "warn"
        assert verdict(f"{words} Late requests will not be accepted.", "6.10") == "fail"


class TestExclusions:
    @pytest.mark.parametrize(
        "ground",
        [
            "matters where legal proceedings have started",
            "anything where a solicitor is involved",
            "complaints from people who disagree with our policy",
            "insurance claims",
            "matters with a right of appeal to a tribunal",
            "personnel matters",
        ],
    )
    def test_an_unsound_ground_is_found(self, ground: str) -> None:
        assert faults(f"We will not consider:\n\n- {ground}\n", "2.2")

    def test_legal_proceedings_defined_as_the_code_does_are_sound(self) -> None:
        words = (
            "We may decline a complaint where legal proceedings have started, meaning that the "
            "Claim Form and Particulars of Claim have been filed at court."
        )
        assert not faults(words, "2.2")

    def test_chasing_a_request_is_dissatisfaction(self) -> None:
        assert faults("We do not treat repeat requests for a repair as complaints.", "1.5")


class TestTheDefinition:
    def test_whole_in_other_words_is_whole(self) -> None:
        words = (
            "A complaint is when somebody is unhappy, however they tell us, about the quality of "
            "our service, what we, our staff or our contractors did or failed to do, where it "
            "affects a resident or a group of residents."
        )
        assert verdict(words, "1.2") == "ok"

    def test_what_is_left_out_is_named(self) -> None:
        words = "A complaint is an expression of dissatisfaction about our standard of service."
        assert "however made" in faults(words, "1.2")[0].why

    def test_a_complaint_is_more_than_a_service_failure(self) -> None:
        words = "# What is a complaint\n\nA complaint is when there has been a service failure."
        assert faults(words, "1.2")


@pytest.mark.parametrize(
    ("words", "clause"),
    [
        ("Stage 2: you must explain why you are unhappy with our reply.", "6.12"),
        ("Complaints must be made in writing.", "3.1"),
        ("We need signed written consent before we can deal with a representative.", "3.6"),
        ("Our response is sent once all works have been completed.", "6.6"),
        ("Stage 2: the manager may have been involved at stage 1.", "6.13"),
        ("We follow the Local Government Ombudsman's guidance on remedies.", "7.4"),
        ("Write to the Housing Ombudsman, PO Box 152, Liverpool L33 7WQ.", "3.7"),
        ("You may e-mail the Housing Ombudsman: info@housing-ombudsman.org.uk", "3.7"),
    ],
)
def test_what_the_code_does_not_allow_is_found(words: str, clause: str) -> None:
    assert faults(words, clause)


@pytest.mark.parametrize(
    ("words", "clause"),
    [
        ("Stage 2: you do not have to explain why you are unhappy with our reply.", "6.12"),
        ("You need not complain in writing; telephone us if that is easier.", "3.1"),
        ("Consent may be written or given over the phone before we discuss your case.", "3.6"),
        ("We do not wait until all works have been completed before we respond.", "6.6"),
        ("Stage 2: the manager will not have been involved at stage 1.", "6.13"),
    ],
)
def test_what_is_denied_is_not_found(words: str, clause: str) -> None:
    assert not faults(words, clause)


def test_the_ombudsmans_mail_address_was_right_while_it_stood() -> None:
    words = "You may e-mail the Housing Ombudsman: info@housing-ombudsman.org.uk"
    then = check_policy(words, today=date(2025, 11, 21)).findings
    assert not [f for f in then if f.clause == "3.7" and f.verdict == "fail"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=600))
def test_any_text_whatever_gives_a_report(text: str) -> None:
    said = " ".join(text.split())
    for finding in check_policy(text, today=TODAY).findings:
        assert finding.quote in said


@pytest.mark.parametrize("once", ["a", "complaint ", "not ", "| ", "1 ", "# x\n", "5 days ", ". "])
def test_a_text_made_to_take_for_ever_does_not(once: str) -> None:
    assert check_policy(once * 4_000, today=TODAY).findings
