"""Breaches put as plainly as landlords speak, by provision."""

from __future__ import annotations

import pytest

from tests.handling_code.policy.weighed import faults

FIRST, SECOND = "Stage 1\n\n", "Stage 2\n\n"


@pytest.mark.parametrize(
    ("words", "clause"),
    [
        ("The manager will get back to you in 15 working days.", "6.3"),
        ("We will sort out your complaint within 21 days.", "6.3"),
        ("The complaint will be dealt with within 20 working days.", "6.3"),
        ("We reply within 10 working days. Should it take us longer we keep you posted.", "6.4"),
        ("We reply within 10 working days. We may agree a longer timescale with you.", "6.4"),
        ("All complaints must be submitted on our website.", "3.1"),
        ("If you ring us, we will ask you to put it in writing.", "3.1"),
    ],
)
def test_what_is_said_of_stage_1(words: str, clause: str) -> None:
    assert faults(FIRST + words, clause)


@pytest.mark.parametrize(
    ("words", "clause"),
    [
        ("Escalation is not a right.", "5.11"),
        ("We reserve the right not to escalate.", "5.11"),
        ("Not every complaint will go to stage 2.", "5.11"),
        ("You will need to show that our first investigation was flawed.", "5.11"),
        ("Your appeal will be decided within 25 working days.", "6.14"),
        ("You will hear from the Chief Executive within 28 working days.", "6.14"),
        ("Appeals should be lodged within 10 working days.", "6.10"),
    ],
)
def test_what_is_said_of_stage_2(words: str, clause: str) -> None:
    assert faults(SECOND + words, clause)


@pytest.mark.parametrize(
    "words",
    [
        "Before you complain, give the team a chance to put it right.",
        "You can only make a formal complaint once the service has had a chance to respond.",
        "Our helpers have five days before a complaint is opened.",
        "We have 48 hours to fix the issue, after which it becomes a stage 1 complaint.",
    ],
)
def test_a_chance_for_the_service_first(words: str) -> None:
    assert faults(f"Complaints\n\n{words}", "5.2")


@pytest.mark.parametrize(
    ("words", "clause"),
    [
        ("We only consider a late complaint in exceptional circumstances.", "3.1"),
        ("You may tell us of a delay in our service at any time.", "6.4"),
        ("If no reply can be given within five working days, an acknowledgement is sent.", "6.4"),
        ("You do not have to show that we were wrong.", "5.11"),
        ("Before you complain you may like to read our leaflet.", "5.2"),
    ],
)
def test_what_only_sounds_alike(words: str, clause: str) -> None:
    assert not faults(f"Complaints\n\n{words}", clause)
