"""Sentences of real policies that the Code does not bear, and their harmless likenesses."""

from __future__ import annotations

import pytest

from tests.handling_code.policy.weighed import faults, verdict


@pytest.mark.parametrize(
    ("words", "clause"),
    [
        ("The Housing Ombudsman only considers complaints once you have exhausted ours.", "3.7"),
        ("You must wait eight weeks before you go to the Housing Ombudsman.", "3.7"),
        ("Housing Ombudsman Service, Norman House, Strand, London.", "3.7"),
        ("To make a complaint you must complete our complaint form.", "3.1"),
        ("We only take up a complaint from a friend if you sign a consent form.", "3.6"),
        ("If it is about a contractor you should complain to the contractor.", "5.4"),
        ("When all actions have been completed we will send you our response letter.", "6.6"),
        ("We do not pay compensation.", "7.1"),
        ("A complaint that comes after 4 pm is treated as received the next working day.", "6.2"),
        ("Working days do not include days when our offices are closed.", "6.2"),
        ("If a response cannot be given within five days an acknowledgement is sent.", "6.2"),
        ("A service request becomes a complaint if there has been a service failure.", "1.5"),
        ("Final letters go out, and are sent once agreed works are signed off.", "6.6"),
        ("A complaint is when our service has failed.", "1.2"),
        ("A formal complaint is dissatisfaction confirmed in writing.", "1.2"),
    ],
)
def test_what_the_code_does_not_bear_is_found(words: str, clause: str) -> None:
    assert faults(words, clause)


@pytest.mark.parametrize(
    ("words", "clause"),
    [
        (
            (
                "The Housing Ombudsman can give advice at any time, but only investigates once our "
                "process is complete."
            ),
            "3.7",
        ),
        ("We do not pay compensation for loss or damage where you are insured.", "7.1"),
        ("Contractors handle complaints in line with this policy and the Code.", "5.4"),
        ("Complaints are viewed as a way to learn from dissatisfaction.", "1.2"),
        ("The purpose of this complaints policy is to resolve dissatisfaction.", "1.2"),
        ("When an expression of dissatisfaction is received we log it.", "1.2"),
        (
            "Most complaints are settled here, but if you are unhappy with the service, say so.",
            "1.2",
        ),
        ("The MRC is responsible for ensuring the governing body receives reports.", "9.7"),
    ],
)
def test_what_only_looks_like_a_breach_is_not_found(words: str, clause: str) -> None:
    assert not faults(words, clause)


@pytest.mark.parametrize(
    "words",
    [
        "Please try first to settle this with the officer you are dealing with.",
        "Before making a complaint you should give the service a chance to put things right.",
        "If we cannot sort it out at front line resolution we open a stage 1 complaint.",
        "If you have spoken to the service and are unhappy with their answer we can investigate.",
        "If this does not bring the desired outcome it is dealt with as a formal complaint.",
        "Where we are unable to do this within a week you may make a formal complaint.",
        "If you have already raised this with the team and they could not help, write to us.",
        "Speak to the person who dealt with you before.",
        "Things can be put right fast by speaking to your warden. If not, go to stage 1.",
        "In the first instance please talk to a member of the lettings staff.",
        "We suggest that you first approach the repairs office.",
        "A complaint is only accepted once the service has tried to answer you.",
    ],
)
def test_a_step_before_stage_1_is_found_in_other_words(words: str) -> None:
    assert faults(words, "5.2")


def test_a_request_for_a_service_may_come_before_a_complaint() -> None:
    words = "We must have the chance to deal with a first request before a complaint is made."
    assert verdict(words, "5.2") == "ok"


def test_a_heading_that_only_names_a_page_is_no_step() -> None:
    assert not faults("Before you submit a formal complaint\n\nYou can complain to us.", "5.2")


@pytest.mark.parametrize(
    "words",
    [
        "If you want to complain, in the first instance ring the complaints officer.",
        "Things can be settled by speaking to us, but you may complain to us at any time.",
        "We advise that you ask the Housing Ombudsman for help.",
    ],
)
def test_a_way_to_those_who_take_complaints_is_no_step_before_them(words: str) -> None:
    assert not faults(words, "5.2")


def test_a_complaint_is_not_made_a_request_because_it_is_soon_put_right() -> None:
    words = "A matter we can put right at once is handled as an enquiry rather than a complaint."
    assert faults(words, "1.4")
    assert not faults("A survey answer is treated as feedback rather than a complaint.", "1.4")


def test_an_appeal_from_the_panel_is_a_third_stage() -> None:
    words = "Stage 2\n\nA panel of tenants decides. If you disagree with the panel, the board sits."
    assert faults(words, "5.3")
