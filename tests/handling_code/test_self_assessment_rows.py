"""Sixty rows that say Yes, half of them belied by their own words: how many are told apart."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from correspondence.handling_code.provisions import words as provision_words
from correspondence.handling_code.self_assessment import check_self_assessment
from correspondence.handling_code.self_assessment.denials import denies
from correspondence.handling_code.self_assessment.departures import departs
from correspondence.handling_code.self_assessment.echo import own_words
from correspondence.handling_code.self_assessment.hedges import hedged, low_share
from correspondence.handling_code.self_assessment.overlong import overlong

TODAY = date(2026, 11, 21)
ROWS = tomllib.loads((Path(__file__).parent / "self_assessments" / "rows.toml").read_text("utf-8"))
LEAST_FOUND = 0.95
MOST_WRONG = 0.04


def flagged(clause: str, evidence: str, commentary: str) -> bool:
    row = f"| {clause} | What the provision asks of us | Yes | {evidence} | {commentary} |"
    found = check_self_assessment(row, today=TODAY).findings
    return any(f.clause == clause and f.verdict != "ok" for f in found)


def test_there_are_sixty_rows() -> None:
    assert len(ROWS["belied"]) + len(ROWS["borne_out"]) == 60


def test_a_yes_belied_by_its_own_words_is_found() -> None:
    missed = [row for row in ROWS["belied"] if not flagged(*row)]
    assert len(missed) <= (1 - LEAST_FOUND) * len(ROWS["belied"]), missed


def test_a_yes_borne_out_by_its_words_stands() -> None:
    wrong = [row for row in ROWS["borne_out"] if flagged(*row)]
    assert len(wrong) <= MOST_WRONG * len(ROWS["borne_out"]), wrong


class TestDenials:
    @pytest.mark.parametrize(
        ("clause", "said"),
        [
            ("5.9", "intervals are not agreed with anybody"),
            ("5.10", "adjustments are noted, but there is no process for reviewing them"),
            ("9.1", "at present nobody looks at the themes"),
            ("3.7", "residents are not told of the ombudsman at stage 1"),
        ],
    )
    def test_of_what_is_owed_admit_a_gap(self, clause: str, said: str) -> None:
        assert denies(said, clause)

    @pytest.mark.parametrize(
        ("clause", "said"),
        [
            ("6.12", "residents are not asked for reasons"),
            ("5.2", "there is no informal stage and we do not use one"),
            ("2.4", "if we do not accept a complaint, our letter explains why"),
            ("6.13", "the reviewer is a manager who has not been involved"),
            ("8.3", "we have not been through a merger"),
            ("6.8", "new points join the case if they are related and the response is not issued"),
        ],
    )
    def test_of_burdens_and_in_suppositions_are_none(self, clause: str, said: str) -> None:
        assert not denies(said, clause)


class TestDays:
    @pytest.mark.parametrize(
        ("clause", "said", "days"),
        [
            ("6.2", "acknowledged within 7 days", "7 days"),
            ("6.3", "answered in three weeks", "three weeks"),
            ("6.3", "a response is sent within fifteen working days", "fifteen working days"),
            ("6.14", "our target is 30 working days", "30 working days"),
        ],
    )
    def test_beyond_the_codes_are_found_in_the_row_of_their_duty(
        self, clause: str, said: str, days: str
    ) -> None:
        assert overlong(said, clause) == days

    @pytest.mark.parametrize(
        ("clause", "said"),
        [
            ("6.2", "we respond within 10 working days of the acknowledgement"),
            ("6.3", "an extension is no more than a further 10 working days, 20 in total"),
            ("6.3", "stage 2 responses take up to 20 working days"),
            ("6.14", "the previous policy allowed 30 working days"),
            ("6.11", "residents have 28 days to ask for stage 2"),
            ("7.3", "works are finished within 28 days"),
        ],
    )
    def test_of_something_else_are_left_alone(self, clause: str, said: str) -> None:
        assert not overlong(said, clause)


def test_days_that_are_only_aimed_at_take_a_part_of_the_yes_back() -> None:
    assert hedged("we acknowledge complaints within 5 working days where possible", "6.2")
    assert not hedged("we acknowledge complaints on the same day where possible", "6.2")
    assert not hedged("we aim to resolve matters at the first contact", "6.1")


def test_a_share_is_a_low_one_only_of_duties_kept() -> None:
    assert low_share("58% of responses were issued on time") == "58%"
    assert not low_share("58% of complaints were upheld and answered")
    assert not low_share("98.5% of responses were issued on time")


def test_what_departs_from_a_provision_in_its_own_row_is_told_with_why() -> None:
    assert "stage 2" in departs("after stage 2 a complaints panel may look at it", "5.3")
    assert not departs("there is no third stage and no complaints panel", "5.3")
    assert not departs("after stage 2 a complaints panel may look at it", "9.1")


def test_the_codes_own_sentences_are_no_evidence() -> None:
    asked = "It is not appropriate to have extra named stages such as an informal complaint stage."
    assert not own_words(asked, "5.2").strip()
    mixed = f"{asked} We record informal complaints first."
    assert own_words(mixed, "5.2").strip() == "We record informal complaints first."
    assert not own_words("Landlords must log complaints within five working days.", "6.2").strip()
    assert own_words("Residents must give their reasons for escalating.", "6.12").strip()


class TestAnHonestForm:
    FORM = tomllib.loads(
        (Path(__file__).parent / "self_assessments" / "honest.toml").read_text("utf-8")
    )["rows"]

    def test_in_a_table_has_nothing_found(self) -> None:
        head = "| Code provision | Code requirement | Comply: Yes / No | Evidence | Commentary |\n"
        table = "".join(
            f"| {clause} | {provision_words(clause)} | Yes | {evidence} | {commentary} |\n"
            for clause, (evidence, commentary) in self.FORM.items()
        )
        assert wrong_in(head + table) == []

    def test_under_labels_has_nothing_found(self) -> None:
        page = "".join(
            f"Code provision {clause}\n\nCode requirement\n\n{provision_words(clause)}\n\n"
            f"Comply\n\nYes\n\nEvidence\n\n{evidence}\n\nCommentary / explanation\n\n{commentary}"
            "\n\n"
            for clause, (evidence, commentary) in self.FORM.items()
        )
        assert wrong_in(page) == []


def wrong_in(form: str) -> list[tuple[str, str, str]]:
    found = check_self_assessment(form, today=TODAY).findings
    return [(f.clause, f.quote, f.why) for f in found if f.verdict != "ok"]


class TestConsistency:
    @staticmethod
    def form(*answers: tuple[str, str]) -> str:
        return "".join(
            f"| {clause} | {provision_words(clause)} | {answer} | Minute 12 | Set out in full in "
            "the minute and to be met by 31 March 2027 |\n"
            if answer == "No"
            else f"| {clause} | {provision_words(clause)} | {answer} | Minute 12 | Minute 12 |\n"
            for clause, answer in answers
        )

    def test_a_report_not_made_cannot_have_been_published(self) -> None:
        told = wrong_in(self.form(("8.1", "No"), ("8.2", "Yes")))
        assert any(clause == "8.2" and "8.1 No" in why for clause, _, why in told)

    def test_a_member_not_appointed_cannot_report(self) -> None:
        told = wrong_in(self.form(("9.5", "No"), ("9.6", "Yes"), ("9.7", "Yes")))
        assert {clause for clause, _, why in told if "9.5 No" in why} == {"9.6", "9.7"}

    def test_answers_that_agree_are_left_alone(self) -> None:
        told = wrong_in(self.form(("8.1", "Yes"), ("8.2", "No"), ("9.5", "Yes"), ("9.6", "Yes")))
        assert not [why for _, _, why in told if "answered Yes and" in why]


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("2.5", "Anonymous complaints and complaints from former tenants will not be considered."),
        ("2.4", "The team decides and tells the customer by telephone."),
        ("3.5", "We plan a feature on the Ombudsman in the autumn magazine."),
        ("6.6", "Works are completed before the response is sent wherever that can be done."),
        ("6.19", "The letter says to e-mail the Ombudsman at info@housing-ombudsman.org.uk."),
        ("9.6", "Once appointed, the Member will meet officers monthly."),
    ],
)
def test_plans_and_departures_are_found_in_few_words(clause: str, words: str) -> None:
    assert flagged(clause, "Complaints policy", words)


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("5.14", "Two residents have a restriction. Both will be reviewed in February 2027."),
        ("5.14", "Restrictions are kept under review and lifted as soon as we can."),
        ("3.6", "We do not require written consent where the matter is urgent."),
        ("5.6", "The officer will confirm the complaint and the outcome being sought."),
        ("6.13", "The reviewer is a director who has not considered the complaint before."),
        ("6.2", "The ten working days start on the day on which the acknowledgement is sent."),
    ],
)
def test_routine_and_review_stand_in_few_words(clause: str, words: str) -> None:
    assert not flagged(clause, "Complaints policy", words)


def test_a_yes_with_work_still_to_be_done_is_none() -> None:
    row = "2.1 Accept a complaint unless there is a valid reason not to. Yes, with further work\n"
    found = check_self_assessment(f"{row}The policy sets out the reasons.\n", today=TODAY).findings
    assert any(f.clause == "2.1" and f.verdict == "fail" for f in found)


def test_a_questionnaire_of_2020_is_told_for_what_it_is_and_not_row_by_row() -> None:
    asked = "1.1 Does the complaints process use the following definition of a complaint? No."
    found = check_self_assessment(asked, today=TODAY).findings
    assert [f.clause for f in found] == ["8.1"]
    assert "2020" in found[0].why


def test_a_count_is_weighed_as_a_share_is() -> None:
    assert low_share("143 of 190 complaints were acknowledged on time") == "143 of 190"
    assert not low_share("189 of 190 complaints were acknowledged on time")
