"""Evidence that breaks the provision its row answers with Yes, and evidence that does not."""

from __future__ import annotations

from datetime import date

import pytest

from correspondence.handling_code.self_assessment.contradictions import contradictions
from correspondence.handling_code.self_assessment.rows import Row

TODAY = date(2026, 11, 21)


def told(clause: str, evidence: str) -> list[str]:
    """What the evidence of a row answered with Yes is said to break."""
    row = Row(clause, "", "yes", "Yes", evidence, "")
    return [why for _, why, _ in contradictions(row, TODAY)]


@pytest.mark.parametrize(
    ("clause", "evidence"),
    [
        (
            "2.2",
            (
                "We leave these out of the process:\n\n  • Where there "
                "is legal action\n  • Any staffing matter"
            ),
        ),
        ("2.2", "  • disagreement with a decision of the council\n  • matters of policy"),
        ("2.3", "  • anything that happened six or more months before you tell us"),
        ("5.2", "Our officers have a go first. If they cannot sort it out it is logged formally."),
        ("6.3", "We aim to answer stage 1 complaints within 15 working days."),
        ("5.11", "Where the head of service agrees, the complaint goes on to stage 2."),
        ("9.1", "There is room for improvement in how we report on lessons."),
        ("3.1", "Complaints must be made in writing."),
    ],
)
def test_words_that_break_their_own_provision_are_told(clause: str, evidence: str) -> None:
    assert told(clause, evidence)


@pytest.mark.parametrize(
    ("clause", "evidence"),
    [
        ("2.2", "Section 4 of the policy sets out the circumstances.\n\n  • Complaints policy"),
        ("2.3", "We accept complaints within twelve months, and older ones at our discretion."),
        ("6.3", "We aim to answer stage 1 complaints within 10 working days."),
        ("6.14", "Residents can expect to receive our answer within 20 working days."),
        ("9.1", "Each month the team looks through complaints to identify areas for improvement."),
        ("9.1", "There is always room to improve, and lessons are shared at team meetings."),
        ("3.1", "Complaints can be made in writing, by telephone, online or in person."),
    ],
)
def test_words_that_bear_out_their_provision_are_not(clause: str, evidence: str) -> None:
    assert not told(clause, evidence)
