"""Councils write one policy for every service; only what holds for tenants is weighed."""

from __future__ import annotations

import pytest

from tests.handling_code.policy.weighed import faults, verdict


@pytest.mark.parametrize(
    "words",
    [
        (
            "Stage 1\n\nWe answer housing complaints within 10 working days and all other "
            "complaints "
            "within 15 working days."
        ),
        (
            "Stage 1: complaints to the Council as landlord are answered within 10 working days; "
            "complaints about other council services within 20 working days."
        ),
        (
            "| | Housing complaints | Corporate complaints |\n|---|---|---|\n"
            "| Stage 1 response | 10 working days | 15 working days |"
        ),
        (
            "Service\tStage 1\tStage 2\nHousing\t10 working days\t20 working days\n"
            "All other services\t15 working days\t25 working days"
        ),
    ],
)
def test_another_services_time_is_not_held_against_the_landlord(words: str) -> None:
    assert verdict(words, "6.3") == "ok"


def test_a_general_time_beside_the_landlords_own_must_be_made_plain() -> None:
    words = (
        "Stage 1\n\nWe respond within 15 working days. Complaints about us as your landlord are "
        "answered within 10 working days."
    )
    assert verdict(words, "6.3") == "warn"


def test_one_procedure_for_all_services_is_the_landlords_own() -> None:
    words = (
        "Corporate Complaints, Comments and Compliments\n\nStage 1\n\n"
        "We will reply within 15 working days."
    )
    assert verdict(words, "6.3") == "fail"


def test_the_three_stages_of_other_services_are_left_alone() -> None:
    words = (
        "Complaints from our tenants have two stages. A complaint that is not about the housing "
        "service goes through the three-stage process."
    )
    assert not faults(words, "5.3")


def test_a_corporate_team_is_no_other_service() -> None:
    words = (
        "Stage 2\n\nTo ask for stage 2, contact the Corporate Feedback Team within 20 working "
        "days of our stage 1 reply."
    )
    assert verdict(words, "6.10") == "warn"
