"""What may not be kept out, and how lists of it are written (Code 2.2, 2.3, 1.3)."""

from __future__ import annotations

import pytest

from tests.handling_code.policy.weighed import faults, silent, verdict


@pytest.mark.parametrize(
    "ground",
    [
        "Complaints about the level of your rent or service charge",
        "Disputes between neighbours",
        "An issue regarding anti-social behaviour",
        "A complaint about another tenant",
        "Requests for compensation",
        "A liability or personal injury claim",
        "A claim for disrepair has been sent by your solicitor",
        "Complaints made by a third party",
        "Anonymous complaints",
        "Complaints that are persistent or obsessive",
        "Matters the insurers are dealing with",
    ],
)
def test_a_whole_subject_kept_out_is_found(ground: str) -> None:
    assert faults(f"What is not a complaint\n\nA complaint is not:\n\n  • {ground}\n", "2.2")


@pytest.mark.parametrize(
    "ground",
    [
        "A first request for a service",
        "A request for information, or for an explanation of a policy",
        "A first report of anti-social behaviour",
        "A planning decision",
        "A request under the Freedom of Information Act",
    ],
)
def test_what_is_no_complaint_at_all_may_be_kept_out(ground: str) -> None:
    assert not faults(f"What is not a complaint\n\nA complaint is not:\n\n  • {ground}\n", "2.2")


def test_a_list_that_lost_its_bullets_is_still_a_list_of_exclusions() -> None:
    words = (
        "There are some things we can't deal with as complaints.\n\n"
        "Insurance matters: our insurers handle these.\n\n"
        "Issues that are already in court.\n"
    )
    assert faults(words, "2.2")


def test_a_list_of_what_may_be_complained_of_keeps_nothing_out() -> None:
    words = (
        "Scope\n\nThis policy covers complaints about:\n\n- our policies\n- staff conduct\n"
        "- service charges\n"
    )
    assert not faults(words, "2.2")


def test_a_refusal_that_points_up_takes_its_matter_from_the_heading() -> None:
    words = "Appealing a decision\n\nWe do not treat these as complaints.\n"
    assert faults(words, "2.2")


def test_a_complaint_put_on_hold_for_legal_action_is_found() -> None:
    words = "If legal proceedings are involved we may suspend the complaint until they end."
    assert faults(words, "2.2")


def test_a_ground_for_refusing_stage_2_alone_is_one_of_5_11() -> None:
    words = (
        "We may not take your complaint to the next stage where:\n\n"
        "- you disagree with our policies\n"
    )
    assert faults(words, "5.11")
    assert not faults(words, "2.2")


def test_a_policy_that_sets_out_no_exclusions_is_told_so() -> None:
    assert silent("Stage 1: we respond within 10 working days.", "2.2")


@pytest.mark.parametrize(
    "words",
    [
        "We can normally only look at your complaint if you tell us about it within 6 months.",
        "Complaints should be received within six months of the event concerned.",
    ],
)
def test_a_short_limit_is_found_however_softly_put(words: str) -> None:
    assert verdict(words, "2.3") == "fail"


@pytest.mark.parametrize(
    "words",
    [
        "Not every expression of dissatisfaction will be a complaint.",
        "Some dissatisfaction will be treated as a request for a service.",
        "If we think it is not a complaint we will handle it as an enquiry instead.",
    ],
)
def test_dissatisfaction_the_landlord_may_call_something_else_is_found(words: str) -> None:
    assert faults(words, "1.3")


def test_the_reasons_for_an_extension_are_not_those_for_a_refusal() -> None:
    words = (
        "Some things aren't considered a complaint.\n\n"
        "We may take 10 more working days, and will inform you of the reasons for this timescale."
    )
    assert not faults(words, "2.4")


def test_a_first_request_and_the_reason_for_it_are_no_blanket_refusal() -> None:
    words = (
        "We will not treat as a complaint:\n\n"
        "  • A first request for a service. It is important that we can answer it.\n"
    )
    assert not faults(words, "2.5")
