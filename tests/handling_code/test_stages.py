"""Two stages, the moves between them, and a second pair of eyes at the second."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.handling_code.stages import (
    Part,
    Stage,
    Standing,
    may_ask_for_reasons_to_escalate,
    may_decide_stage_2,
    may_move,
)

ANSWERED_1 = frozenset({1})
ANSWERED_2 = frozenset({1, 2})

MOVES = {
    "an answered stage 1 escalates": (
        Standing(Stage.STAGE_1, ANSWERED_1), Stage.STAGE_2, True, "6.10"),
    "an unanswered stage 1 does not escalate": (
        Standing(Stage.STAGE_1), Stage.STAGE_2, False, "6.10"),
    "an overdue stage 1 does not hold the resident back": (
        Standing(Stage.STAGE_1, response_overdue=True), Stage.STAGE_2, True, "5.11"),
    "a case closed after stage 1 still escalates": (
        Standing(Stage.CLOSED, ANSWERED_1), Stage.STAGE_2, True, "6.10"),
    "a refused escalation stays refused": (
        Standing(Stage.CLOSED, ANSWERED_1, escalation_refused=True), Stage.STAGE_2, False, "5.11"),
    "the Ombudsman overrules a refused escalation": (
        Standing(Stage.CLOSED, ANSWERED_1, escalation_refused=True, ombudsman_overruled=True),
        Stage.STAGE_2, True, "6.10"),
    "a refused complaint has nothing to escalate": (
        Standing(Stage.CLOSED, refused=True), Stage.STAGE_2, False, "2.4"),
    "stage 2 is final": (
        Standing(Stage.CLOSED, ANSWERED_2), Stage.STAGE_2, False, "6.20"),
    "an answered stage 1 closes": (
        Standing(Stage.STAGE_1, ANSWERED_1), Stage.CLOSED, True, "6.6"),
    "an unanswered stage 1 does not close": (
        Standing(Stage.STAGE_1), Stage.CLOSED, False, "6.3"),
    "a withdrawn complaint closes": (
        Standing(Stage.STAGE_1, withdrawn=True), Stage.CLOSED, True, "5.12"),
    "a refused complaint closes": (
        Standing(Stage.STAGE_1, refused=True), Stage.CLOSED, True, "2.4"),
    "an answered stage 2 closes": (
        Standing(Stage.STAGE_2, ANSWERED_2), Stage.CLOSED, True, "6.17"),
    "an answer at stage 1 does not close stage 2": (
        Standing(Stage.STAGE_2, ANSWERED_1), Stage.CLOSED, False, "6.14"),
    "stage 2 never goes back to stage 1": (
        Standing(Stage.STAGE_2, ANSWERED_1), Stage.STAGE_1, False, "6.8"),
    "the Ombudsman reopens a refusal": (
        Standing(Stage.CLOSED, refused=True, ombudsman_overruled=True),
        Stage.STAGE_1, True, "2.4"),
    "we may accept what we refused": (
        Standing(Stage.CLOSED, refused=True), Stage.STAGE_1, True, "2.1"),
    "a withdrawn complaint may be taken up again": (
        Standing(Stage.CLOSED, withdrawn=True), Stage.STAGE_1, True, "2.1"),
    "an answered complaint is not started afresh": (
        Standing(Stage.CLOSED, ANSWERED_1), Stage.STAGE_1, False, "6.10"),
    "a case closed by mistake goes on": (
        Standing(Stage.CLOSED), Stage.STAGE_1, True, "6.3"),
    "a case stays where it is": (
        Standing(Stage.STAGE_1), Stage.STAGE_1, False, "5.3"),
}  # fmt: skip


@pytest.mark.parametrize(("standing", "to", "allowed", "clause"), MOVES.values(), ids=MOVES.keys())
def test_a_complaint_moves_only_as_the_code_allows(
    standing: Standing, to: Stage, allowed: bool, clause: str
) -> None:
    ruling = may_move(standing, to)
    assert (ruling.allowed, ruling.clause) == (allowed, clause)
    assert ruling.because.endswith(".")
    assert bool(ruling) is allowed


def test_there_is_no_third_stage() -> None:
    assert set(Stage) == {"stage_1", "stage_2", "closed"}


STANDINGS = st.builds(
    Standing,
    stage=st.sampled_from(Stage),
    responded=st.sampled_from([frozenset(), ANSWERED_1, ANSWERED_2]),
    withdrawn=st.booleans(),
    refused=st.booleans(),
    ombudsman_overruled=st.booleans(),
    response_overdue=st.booleans(),
    escalation_refused=st.booleans(),
)


@given(STANDINGS, st.sampled_from(Stage))
def test_every_question_gets_an_answer_with_a_clause_and_a_reason(
    standing: Standing, to: Stage
) -> None:
    ruling = may_move(standing, to)
    assert ruling.clause
    assert ruling.because


@given(STANDINGS)
def test_nothing_follows_the_final_response_but_closing(standing: Standing) -> None:
    if 2 in standing.responded:
        assert not may_move(standing, Stage.STAGE_2)


class TestASecondPairOfEyes:
    @pytest.mark.parametrize("before", [Part.INVESTIGATE, Part.DECIDE, Part.SIGN])
    @pytest.mark.parametrize("now", [Part.INVESTIGATE, Part.DECIDE, Part.SIGN])
    def test_whoever_considered_stage_1_does_not_consider_stage_2(
        self, before: Part, now: Part
    ) -> None:
        ruling = may_decide_stage_2("a.officer", now, [("a.officer", before)])
        assert (ruling.allowed, ruling.clause) == (False, "6.13")
        assert "somebody else" in ruling.because

    @pytest.mark.parametrize("part", [Part.LOG, Part.POST])
    def test_logging_and_posting_are_anybodys(self, part: Part) -> None:
        assert may_decide_stage_2("a.officer", part, [("a.officer", Part.DECIDE)])
        assert may_decide_stage_2("a.officer", Part.DECIDE, [("a.officer", part)])

    def test_somebody_else_may_decide(self) -> None:
        assert may_decide_stage_2("b.manager", Part.DECIDE, [("a.officer", Part.DECIDE)])

    @pytest.mark.parametrize("written", ["A.Officer", " a.officer ", "A.OFFICER"])
    def test_writing_the_name_differently_makes_nobody_else(self, written: str) -> None:
        assert not may_decide_stage_2(written, Part.SIGN, [("a.officer", Part.INVESTIGATE)])

    @pytest.mark.parametrize("nobody", ["", "   ", "\t"])
    def test_nobody_cannot_decide(self, nobody: str) -> None:
        assert not may_decide_stage_2(nobody, Part.DECIDE, [])


def test_no_reason_may_be_demanded_for_stage_2_but_one_may_be_invited() -> None:
    assert not may_ask_for_reasons_to_escalate(as_a_condition=True)
    assert may_ask_for_reasons_to_escalate(as_a_condition=False)
