"""What a row says besides its Yes: put off, admitted, denied, or simply how things are done."""

from __future__ import annotations

from datetime import date

import pytest

from correspondence.handling_code.self_assessment import check_self_assessment
from correspondence.handling_code.self_assessment.dates import dates_in, intended, put_off_to

TODAY = date(2026, 11, 21)


def flagged(clause: str, words: str) -> bool:
    """Whether anything is found in a row that answers Yes with these words."""
    row = f"| {clause} | What the provision asks of us | Yes | Complaints policy, 4.2 | {words} |"
    report = check_self_assessment(row, today=TODAY)
    return any(f.clause == clause and f.verdict != "ok" for f in report.findings)


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("5.6", "Our letters will shortly be amended so that they include the definition."),
        ("1.6", "The survey company has been asked to add a signpost; awaiting confirmation."),
        ("3.4", "The website is due an overhaul, after which the policy is easier to find."),
        ("4.3", "Training for contractors has yet to take place."),
        ("4.2", "We are recruiting a complaints officer who takes this on."),
        ("9.4", "Recruitment to the senior post is under way."),
        ("9.6", "From January 2027 the member is going to receive monthly dashboards."),
        ("7.2", "Guidance for staff on compensation is in preparation."),
        ("5.5", "Contractor agreements will be varied at renewal to include the Code."),
        ("3.1", "We hope to offer live chat later this year."),
        ("6.20", "Staff guidance to follow."),
        ("9.3", "Newsletter article planned for summer 2027."),
        ("5.8", "Target date for completion: 31/03/2027."),
        ("9.5", "A member will be nominated at the annual meeting."),
        ("5.14", "Policy under review and expected to be approved in spring 2027."),
    ],
)
def test_what_is_not_there_yet_is_no_yes(clause: str, words: str) -> None:
    assert flagged(clause, words)


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("3.5", "The leaflet is out of date and needs replacing."),
        ("5.10", "Adjustments are not recorded centrally at the moment."),
        ("1.4", "Service requests are recorded but not reviewed."),
        ("3.2", "Not all staff are aware of how to log a complaint."),
        ("9.1", "We recognise that this is an area for improvement."),
        ("5.4", "Two contractors still run their own complaints process."),
        ("6.7", "A third of responses missed at least one point in our sample."),
        ("2.4", "Refusal letters leave out the right to go to the Ombudsman."),
        ("8.5", "No arrangements exist."),
        ("5.9", "We do not agree intervals, we simply update residents when we have news."),
        ("3.5", "We publicise our policy but it does not refer to the Ombudsman's Code."),
        ("6.18", "We met this in 60% of cases sampled."),
        ("1.2", "A complaint is telling us about something that has gone wrong."),
    ],
)
def test_what_is_admitted_or_denied_is_no_yes(clause: str, words: str) -> None:
    assert flagged(clause, words)


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("1.5", "If a resident is not satisfied with the answer we will open a complaint."),
        ("2.5", "No type of complaint is excluded outright."),
        ("3.3", "Complaints rose by 22% and we do not see that as a negative."),
        ("3.4", "Copies will be made available on request; the next review is due in March 2028."),
        ("4.3", "All front line staff were trained by December 2025, and will be every two years."),
        ("5.2", "We do not have an informal or pre-complaint stage."),
        ("5.9", "Where a response is late we will agree how often the resident is updated."),
        ("5.15", "Any restrictions will be proportionate and reviewed every six months."),
        ("6.2", "612 of 620 complaints were acknowledged in five working days (98.7%)."),
        ("6.6", "Outstanding works will be monitored until complete and the resident informed."),
        ("6.8", "New issues raised after the response will be logged as a new complaint."),
        ("6.12", "Residents are not asked to give reasons."),
        ("6.13", "A director who was not involved at stage 1 carries out the review."),
        ("6.14", "Stage 2 responses will be issued within 20 working days."),
        ("7.2", "Awards above £500 will be signed off by a director."),
        ("8.3", "Should there be a merger, we will complete a new self-assessment."),
        ("8.5", "There were no such circumstances during the year."),
        ("9.7", "The Board will next receive the quarterly report in January 2027."),
        ("9.8", "The objective has been in all job descriptions since April 2024."),
    ],
)
def test_how_things_are_done_stands(clause: str, words: str) -> None:
    assert not flagged(clause, words)


class TestDates:
    def test_are_read_as_landlords_write_them(self) -> None:
        said = "on 3 March 2026, by 31/03/2027, in Sept 24 and during 2028"
        assert [d.year for d in dates_in(said)] == [2026, 2024, 2027, 2028]

    @pytest.mark.parametrize(
        "words",
        [
            "to be met by March 2027", "by the end of Qtr,3", "by the end of the financial year",
            "within six months", "in spring 2027", "no later than 1 May 2027",
        ],
    )  # fmt: skip
    def test_of_intended_compliance_may_be_rough(self, words: str) -> None:
        assert intended(words, TODAY)

    @pytest.mark.parametrize(
        "words",
        ["The policy was reviewed in March 2025.", "as soon as possible", "Shown for 2025/26."],
    )
    def test_gone_by_or_left_open_are_none(self, words: str) -> None:
        assert not intended(words, TODAY)

    def test_what_is_still_to_be_reviewed_is_put_off_whether_or_not_the_month_has_come(
        self,
    ) -> None:
        assert put_off_to("it will be reviewed by March 2025")
        assert not put_off_to("it was reviewed in March 2025")


@pytest.mark.parametrize(
    "text",
    [
        "6.2\n" * 20000,
        "| 6.2 | a | Yes | b |\n" * 5000,
        "6.2" + " " * 200000 + "Yes",
        "6.2" + "\t" * 50000 + "Yes",
        "Landlords must do this and that in the complaint.\n" * 10000,
        "Section 1 of " * 20000,
        "Comply\n" * 20000,
        "Evidence, commentary " * 20000,
        "6.2 will be not yet by March 2027 " * 5000,
    ],
    ids=lambda text: repr(text[:24]),
)
def test_a_form_made_to_be_slow_is_answered(text: str) -> None:
    assert not check_self_assessment(text, today=TODAY).ok
