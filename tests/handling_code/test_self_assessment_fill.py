"""A self-assessment filled from evidence: never a Yes without it, never a person left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from correspondence.handling_code.clock_facts import ClockFacts
from correspondence.handling_code.provisions import HOUSING_OMBUDSMAN_CODE_2024 as CODE
from correspondence.handling_code.self_assessment import (
    FilledForm,
    FilledRow,
    Period,
    PolicyDocument,
    Practice,
    SentLetter,
    StageFacts,
    check_self_assessment,
    fill,
)
from correspondence.handling_code.self_assessment.asked import ASKED
from correspondence.handling_code.self_assessment.filled import COLUMNS
from correspondence.handling_code.self_assessment.practice import Ended
from correspondence.settings import ComplaintsOfficer, Landlord, Settings, Stage2Reviewer

POLICIES = Path(__file__).with_name("policies")
TODAY = date(2026, 11, 20)
YEAR = Period(date(2026, 4, 1), TODAY)


def stage(
    number: int,
    received: date,
    acknowledged: date | None = None,
    responded: date | None = None,
    *,
    extended_to: date | None = None,
    told: date | None = None,
    good_reason: bool = False,
    ended: Ended = "",
) -> StageFacts:
    clock = ClockFacts(received, number, acknowledged, extended_to, told, good_reason=good_reason)
    return StageFacts(clock, responded, ended)


KEPT = stage(1, date(2026, 6, 1), date(2026, 6, 8), date(2026, 6, 22))
"""Acknowledged on the fifth, answered on the tenth working day after."""

LATE = replace(KEPT, responded=date(2026, 6, 23))


def extended(to: date, told: date, *, good_reason: bool = False) -> StageFacts:
    """Answered a day late, in an extension to that day."""
    return replace(
        LATE,
        clock=replace(LATE.clock, extended_to=to, extension_notified=told, good_reason=good_reason),
    )


def policy(name: str) -> PolicyDocument:
    return PolicyDocument("Complaints policy", (POLICIES / f"{name}.md").read_text("utf-8"))


def practice(*stages: StageFacts, letters: tuple[SentLetter, ...] = ()) -> Practice:
    return Practice(YEAR, stages, letters, TODAY)


def letter(kind: str, met: str = "", unmet: str = "") -> SentLetter:
    return SentLetter(kind, date(2026, 6, 8), frozenset(met.split()), frozenset(unmet.split()))


def filled(clause: str, *stages: StageFacts, letters: tuple[SentLetter, ...] = ()) -> FilledRow:
    return fill(today=TODAY, practice=practice(*stages, letters=letters)).row(clause)


def profile(officer: str = "", reviewer: str = "", **timescales: int) -> Settings:
    return Settings(
        landlord=Landlord(name="Harrowmere Homes"),
        complaints_officer=ComplaintsOfficer(name=officer),
        stage2_reviewer=Stage2Reviewer(name=reviewer),
        timescales=timescales,
    )


def test_every_provision_with_a_row_says_what_decides_it() -> None:
    assert list(ASKED) == [p.number for p in CODE if p.number != "1.1"]
    assert all(asked.sources or asked.person for asked in ASKED.values())


def test_the_form_has_its_72_rows_in_nine_sections() -> None:
    form = fill(today=TODAY)
    assert [section.number for section in form.sections] == list(range(1, 10))
    assert [row.clause for row in form.rows] == list(ASKED)


class TestWithoutEvidence:
    def test_nothing_is_answered_and_every_row_waits_for_a_person(self) -> None:
        form = fill(today=TODAY)
        assert form.counts() == {"yes": 0, "no": 0, "to_be_answered": 72}
        assert form.waiting() == tuple(ASKED)

    def test_an_office_without_a_case_shows_nothing(self) -> None:
        form = fill(today=TODAY, practice=practice())
        assert {row.comply for row in form.rows} == {""}
        assert "Nothing of the kind was due" in form.row("6.2").to_do[0]


class TestThePolicy:
    def test_that_says_what_the_code_asks_of_it_makes_a_yes_with_its_words_and_its_heading(
        self,
    ) -> None:
        row = fill(today=TODAY, policy=policy("saltmere_homes")).row("1.2")
        assert row.comply == "Yes"
        assert row.evidence[0].startswith("Complaints policy, “2. What a complaint is”: “")
        assert row.to_do == ()

    def test_that_breaks_the_code_makes_a_no_that_a_person_must_explain_and_date(self) -> None:
        row = fill(today=TODAY, policy=policy("castleford_vale")).row("2.2")
        assert row.comply == "No"
        assert "more than one year old" in row.evidence[0]
        assert "the date by which" in row.to_do[0]

    def test_that_says_nothing_where_it_must_makes_a_no(self) -> None:
        row = fill(today=TODAY, policy=PolicyDocument("Policy", "We like complaints.")).row("3.5")
        assert row.comply == "No"
        assert "does not say it" in row.evidence[0]

    def test_that_promises_a_time_does_not_show_that_it_is_kept(self) -> None:
        row = fill(today=TODAY, policy=policy("saltmere_homes")).row("6.3")
        assert row.comply == ""
        assert "ten working days" in row.evidence[0]
        assert "cases show" in row.to_do[0]

    def test_that_breaks_a_time_makes_a_no_whatever_the_cases_show(self) -> None:
        form = fill(today=TODAY, policy=policy("castleford_vale"), practice=practice(KEPT))
        assert form.row("6.3").comply == "No"

    def test_is_no_evidence_on_what_only_a_person_knows(self) -> None:
        form = fill(today=TODAY, policy=policy("saltmere_homes"))
        person = [clause for clause, asked in ASKED.items() if asked.person]
        assert {form.row(clause).comply for clause in person} == {""}
        assert all(form.row(clause).to_do for clause in person)


class TestTheCases:
    def test_all_in_time_make_a_yes_with_the_figure_and_its_population(self) -> None:
        row = filled("6.3", KEPT, KEPT)
        assert row.comply == "Yes"
        assert row.evidence == (
            (
                "Complaints received, 1 April 2026 to 20 November 2026: 2 of 2 answered within 10 "
                "working days of the acknowledgement, or in an extension that the Code allows "
                "(100.0%)."
            ),
        )

    def test_one_late_makes_a_no(self) -> None:
        row = filled("6.3", KEPT, LATE, KEPT)
        assert row.comply == "No"
        assert "2 of 3" in row.evidence[0]
        assert "(66.7%)" in row.evidence[0]

    def test_one_answered_in_an_extension_is_counted_and_told_apart(self) -> None:
        row = filled("6.3", KEPT, extended(date(2026, 7, 6), date(2026, 6, 22)))
        assert row.comply == "Yes"
        assert "1 of them in an extension" in row.evidence[0]

    def test_one_extended_too_late_to_be_told_is_late(self) -> None:
        assert filled("6.3", extended(date(2026, 7, 6), date(2026, 6, 23))).comply == "No"

    def test_one_not_due_yet_is_left_out_and_counted_apart(self) -> None:
        new = stage(1, TODAY - timedelta(days=1))
        row = filled("6.3", KEPT, new)
        assert row.comply == "Yes"
        assert "1 not yet due is left out" in row.evidence[0]

    def test_one_overdue_and_unanswered_is_missed(self) -> None:
        forgotten = stage(1, date(2026, 6, 1), date(2026, 6, 2))
        assert filled("6.3", forgotten).comply == "No"

    def test_one_never_acknowledged_is_missed(self) -> None:
        measure = practice(stage(1, date(2026, 6, 1))).acknowledged(1)
        assert (measure.kept, measure.of) == (0, 1)

    def test_one_withdrawn_before_it_was_due_owes_nothing(self) -> None:
        withdrawn = stage(1, date(2026, 6, 1), ended="withdrawn")
        assert practice(withdrawn).acknowledged(1).of == 0
        assert practice(withdrawn).responded(1).of == 0

    def test_one_received_outside_the_period_is_not_counted(self) -> None:
        before = stage(1, date(2026, 3, 31), date(2026, 4, 7), date(2026, 6, 23))
        assert practice(before, KEPT).responded(1).of == 1

    def test_stage_2_has_its_own_times(self) -> None:
        stage2 = stage(2, date(2026, 6, 1), date(2026, 6, 8), date(2026, 7, 6))
        assert filled("6.14", stage2).comply == "Yes"
        assert filled("6.14", replace(stage2, responded=date(2026, 7, 7))).comply == "No"

    def test_an_extension_beyond_the_limit_is_counted_against_us(self) -> None:
        beyond, told = date(2026, 7, 7), date(2026, 6, 22)
        assert practice(extended(date(2026, 7, 6), told)).extended(1).missed == 0
        assert practice(extended(beyond, told)).extended(1).missed == 1

    def test_an_extension_beyond_the_limit_for_a_good_reason_is_told_apart(self) -> None:
        longer = extended(date(2026, 7, 7), date(2026, 6, 22), good_reason=True)
        measure = practice(longer).extended(1)
        assert measure.missed == 0
        assert "1 of them longer for a good reason" in measure.in_words()

    def test_refusals_are_told_where_they_must_be_explained(self) -> None:
        row = filled("2.4", stage(1, date(2026, 6, 1), ended="refused"))
        assert row.comply == ""
        assert "Complaints refused" in row.evidence[0]
        assert ": 1." in row.evidence[0]

    def test_their_number_is_told_where_it_speaks_of_access(self) -> None:
        row = filled("3.3", KEPT)
        assert row.comply == ""
        assert "Complaints received, 1 April 2026 to 20 November 2026: 1." in row.evidence[0]


class TestTheLetters:
    def test_that_all_hold_what_they_must_make_a_yes(self) -> None:
        sent = (letter("stage1_response", "6.7 6.9"), letter("stage1_response", "6.9"))
        row = filled("6.9", letters=sent)
        assert row.comply == "Yes"
        assert "2 of 2" in row.evidence[0]

    def test_one_that_lacks_something_makes_a_no(self) -> None:
        sent = (letter("stage1_response", "6.9"), letter("stage1_response", unmet="6.9"))
        assert filled("6.9", letters=sent).comply == "No"

    def test_do_not_do_where_the_cases_must_show_it_too(self) -> None:
        assert filled("6.2", letters=(letter("stage1_acknowledgement", "6.2"),)).comply == ""
        both = filled("6.2", KEPT, letters=(letter("stage1_acknowledgement", "6.2"),))
        assert both.comply == "Yes"

    def test_of_other_kinds_say_nothing(self) -> None:
        assert filled("2.4", letters=(letter("stage1_response", "6.9"),)).comply == ""


class TestTheProfile:
    def test_with_one_person_for_both_stages_makes_a_no(self) -> None:
        form = fill(today=TODAY, settings=profile("Rowan Ellery", "rowan  ellery"))
        assert form.row("6.13").comply == "No"

    def test_with_two_persons_is_evidence_that_a_person_completes(self) -> None:
        row = fill(today=TODAY, settings=profile("Rowan Ellery", "Teasel Broadmeadow")).row("6.13")
        assert row.comply == ""
        assert "Teasel Broadmeadow" in row.evidence[0]

    def test_with_a_time_longer_than_the_codes_makes_a_no(self) -> None:
        form = fill(today=TODAY, settings=profile(stage1=15), practice=practice(KEPT))
        assert form.row("6.3").comply == "No"

    def test_names_the_landlord(self) -> None:
        assert fill(today=TODAY, settings=profile()).landlord == "Harrowmere Homes"


def promised(form: FilledForm) -> None:
    """What holds of every form, whatever went in."""
    for row in form.rows:
        if row.comply == "Yes":
            assert row.evidence
            assert not row.to_do
            assert ASKED[row.clause].person == ""
        else:
            assert row.to_do
        if row.comply == "No":
            assert row.evidence


DAYS = st.dates(date(2026, 3, 1), date(2026, 12, 31))
STAGES = st.builds(
    stage,
    st.sampled_from((1, 2)),
    DAYS,
    responded=st.none() | DAYS,
    ended=st.sampled_from(("", "withdrawn", "refused")),
)
CLAUSES = st.frozensets(st.sampled_from(tuple(ASKED)), max_size=6)
LETTERS = st.builds(
    SentLetter, st.sampled_from(("stage1_response", "refusal")), DAYS, CLAUSES, CLAUSES
)


@settings(max_examples=40, deadline=None)
@given(st.lists(STAGES, max_size=5), st.lists(LETTERS, max_size=5), st.text(max_size=300))
def test_no_yes_is_ever_claimed_without_evidence(
    stages: list[StageFacts], letters: list[SentLetter], text: str
) -> None:
    stages = [s for s in stages if s.responded is None or s.responded >= s.clock.received]
    promised(
        fill(
            today=TODAY,
            policy=PolicyDocument("Policy", text),
            practice=Practice(YEAR, tuple(stages), tuple(letters), TODAY),
        )
    )


@pytest.mark.parametrize("file", sorted(POLICIES.glob("*.md")), ids=lambda file: file.stem)
def test_a_policy_alone_answers_only_what_a_policy_can(file: Path) -> None:
    form = fill(today=TODAY, policy=PolicyDocument(file.name, file.read_text("utf-8")))
    promised(form)
    yes = {row.clause for row in form.rows if row.comply == "Yes"}
    assert yes <= {"1.2", "2.2", "2.3", "3.5", "5.2", "5.3"}


def test_what_is_filled_is_found_in_order_by_check_and_the_rest_is_not() -> None:
    letters = tuple(
        letter(kind, " ".join(ASKED)) for kind in ("stage1_acknowledgement", "stage1_response")
    )
    form = fill(
        today=TODAY, policy=policy("saltmere_homes"), practice=practice(KEPT, LATE, letters=letters)
    )
    assert min(form.counts().values()) > 0
    table = "\n".join(
        f"| {' | '.join(cell.replace(chr(10), ' ') for cell in row.cells)} |" for row in form.rows
    )
    found = check_self_assessment(f"| {' | '.join(COLUMNS)} |\n{table}\n", today=TODAY).findings
    verdicts = {f.clause: f.verdict for f in found}
    assert len(verdicts) == len(found) == 72
    for row in form.rows:
        assert verdicts[row.clause] == ("ok" if row.comply == "Yes" else "fail"), row
    assert any("date of intended compliance" in f.why for f in found)
