"""What a policy should say, and where silence is a finding."""

from __future__ import annotations

import pytest

from correspondence.handling_code.policy import check_policy
from tests.handling_code.policy.weighed import TODAY, silent, verdict


@pytest.mark.parametrize(
    ("words", "clause"),
    [
        ("Our Complaints Team is responsible for handling complaints.", "4.1"),
        ("Complaints officers have authority to resolve a complaint.", "4.2"),
        ("All staff are trained in complaint handling.", "4.3"),
        ("Handlers act independently, with an open mind, and weigh all the evidence.", "5.8"),
        ("We consider whether a complaint is complex and the resident vulnerable.", "6.1"),
        ("New issues raised while we investigate are added to the response if related.", "6.8"),
        ("We repeat our self-assessment after a merger.", "8.3"),
        ("We learn from each complaint and improve our services.", "9.1"),
        ("You can complain in any of the following ways:\n- by phone\n- by letter", "3.1"),
        ("You can complain by speaking to a member of staff.", "3.2"),
        ("You may contact the Housing Ombudsman at any time.", "3.7"),
    ],
)
def test_what_is_said_is_recognised(words: str, clause: str) -> None:
    assert verdict(words, clause) == "ok"


@pytest.mark.parametrize("clause", ["1.4", "2.2", "3.5", "5.6", "5.9", "6.3", "6.8", "6.13"])
def test_silence_on_what_a_policy_must_set_out_is_a_finding(clause: str) -> None:
    assert silent("We welcome complaints.", clause)


@pytest.mark.parametrize("clause", ["2.1", "4.1", "4.3", "5.8", "6.1", "8.3", "8.5", "9.1", "9.8"])
def test_silence_on_what_a_policy_need_not_hold_is_none(clause: str) -> None:
    found = check_policy("We welcome complaints.", today=TODAY).findings
    assert clause not in {f.clause for f in found}


def test_proportion_is_asked_only_of_a_policy_that_restricts_contact() -> None:
    assert not silent("We welcome complaints.", "5.15")
    assert silent("We may restrict contact under our unreasonable behaviour policy.", "5.15")


@pytest.mark.parametrize(
    ("words", "clause"),
    [
        ("The director is responsible for day-to-day compliance with this policy.", "5.7"),
        ("You can complain of rude behaviour by staff.", "5.14"),
        ("Matters previously considered under this policy may not be escalated.", "6.13"),
        ("Anyone who uses our services can complain.", "3.6"),
        ("We monitor and respond to compliments.", "6.6"),
    ],
)
def test_words_about_something_else_do_not_fill_a_silence(words: str, clause: str) -> None:
    assert verdict(words, clause) != "ok"
