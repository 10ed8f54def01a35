"""No letter is approved that contradicts the record of its case, or tells of somebody else's."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import docx
import pytest

from correspondence.casework.drafting.approve import check_letter, confirm_passage
from correspondence.casework.drafting.case_record import case_record
from correspondence.casework.drafting.checks import check_against_case
from correspondence.casework.drafting.edit import edit
from correspondence.casework.drafting.extend import ExtensionForm, decide
from correspondence.casework.landlord import calendar_of
from correspondence.errors import LetterIncomplete, NotAllowed
from correspondence.letters.checklists import load
from correspondence.letters.kinds import LetterKind
from correspondence.letters.opening import from_plain
from correspondence.resources import shipped
from tests.casework.bureau import DEFINITION, LETTER, Bureau
from tests.jobs import corpus

if TYPE_CHECKING:
    from correspondence.letters.checking.result import CheckResult

CASE, OTHER = "CMP-2026-000001", "CMP-2026-000002"
RESIDENT, STRANGER = corpus.person(0), corpus.person(1)


@pytest.fixture
def desk(drafted_desk: Bureau) -> Bureau:
    """An office with two cases of two residents, the letter of the first drafted."""
    (row,) = drafted_desk.receive(
        corpus.complaint(1, drafted_desk.now - timedelta(days=1)), read_as="complaint"
    )
    assert row.case_reference == OTHER
    return drafted_desk


def edited(desk: Bureau, old: str, new: str, letter: str = LETTER) -> None:
    """Puts other words into the Word file, wherever the old ones stand."""
    sha256 = desk.revision(letter).docx_sha256
    assert sha256 is not None
    document = docx.Document(io.BytesIO(desk.house.documents.fetch(sha256)))
    holding = [one for one in document.paragraphs if old in one.text]
    assert holding, f"the letter never said {old!r}"
    for paragraph in holding:
        changed = paragraph.text.replace(old, new)
        for run in paragraph.runs[1:]:
            run.text = ""
        paragraph.runs[0].text = changed
    saved = io.BytesIO()
    document.save(saved)
    edit(desk.house, desk.press, letter, saved.getvalue(), now=desk.now, actor=desk.rowan)


def refusal(desk: Bureau) -> str:
    with pytest.raises(LetterIncomplete) as refused:
        desk.approve(LETTER)
    return str(refused.value)


THANKS = "Thank you for telling us."


def test_a_drafted_letter_agrees_with_its_case(desk: Bureau) -> None:
    findings = check_letter(desk.house, desk.press, LETTER, now=desk.now).findings
    told = {
        item.id
        for result in (findings.words, findings.pdf)
        for item in result.items
        if item.id.startswith("case_")
    }
    assert told == set()
    assert findings.ok


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (f"Dear {RESIDENT.name}", f"Dear {STRANGER.name}", "greeting"),
        (THANKS, f"Thank you for telling us. Our reference is {OTHER}.", "another's"),
        (THANKS, f"Thank you. Write to {STRANGER.address}.", "e-mail address"),
        (THANKS, "Thank you. The plumber came on Monday 17 November 2026.", "weekday"),
        (THANKS, "Thank you. The surveyor is TBC.", "left to be filled"),
        (THANKS, "Thank you. We will send you our response by 1 March 2027.", "it is due by"),
        (THANKS, "Thank you. We offer £50 for this and £60 for that, a total of £120.", "total"),
    ],
)
def test_what_is_surely_wrong_keeps_a_letter_from_being_approved(
    desk: Bureau, old: str, new: str, why: str
) -> None:
    edited(desk, old, new)
    said = refusal(desk)
    assert why in said
    assert STRANGER.name not in said
    assert STRANGER.address not in said


@pytest.mark.parametrize(
    "new",
    [
        f"Thank you. {STRANGER.name} has told us the same.",
        "Thank you. The tenant below can be reached on 07700 900456.",
        "Thank you. We will be there on Monday 28 December 2026.",
        "Thank you. We spoke of CMP-2019-000001 before.",
    ],
)  # fmt: skip
def test_what_may_be_right_is_shown_and_stops_nothing(desk: Bureau, new: str) -> None:
    edited(desk, THANKS, new)
    findings = check_letter(desk.house, desk.press, LETTER, now=desk.now).findings
    doubtful = [item for item in findings.words.items if item.id.startswith("case_")]
    assert [item.met for item in doubtful] == ["unsure"]
    assert desk.approve(LETTER).approved_by == "rowan"


def test_a_colleagues_name_is_no_strangers(desk: Bureau) -> None:
    edited(desk, THANKS, "Thank you. Teasel Broadmeadow will ring you.")
    findings = check_letter(desk.house, desk.press, LETTER, now=desk.now).findings
    assert not any(item.id.startswith("case_") for item in findings.words.items)


def test_a_point_that_prose_tells_otherwise_may_be_confirmed_by_a_second_person(
    desk: Bureau,
) -> None:
    edited(desk, DEFINITION.points[0].text, "Rain comes down the wall, as you showed us.")
    assert "point 1 of the complaint definition" in refusal(desk)
    confirm_passage(
        desk.house,
        LETTER,
        item="case_points",
        passage="Rain comes down the wall, as you showed us.",
        because="That is the gutter.",
        now=desk.now,
        actor=desk.teasel,
    )
    assert desk.approve(LETTER).approved_by == "rowan"


def test_a_wrong_fact_is_not_confirmed_away(desk: Bureau) -> None:
    edited(desk, THANKS, "Thank you. The plumber came on Monday 17 November 2026.")
    with pytest.raises(NotAllowed, match="case_weekday"):
        confirm_passage(
            desk.house,
            LETTER,
            item="case_weekday",
            passage="Monday 17 November 2026",
            because="It was a Monday.",
            now=desk.now,
            actor=desk.teasel,
        )


# Letters from anywhere, held against a case


def held(
    desk: Bureau, words: str, kind: LetterKind = LetterKind.PROGRESS_UPDATE, **days: date
) -> CheckResult:
    text = from_plain(f"Dear {RESIDENT.name}\n\n{words}\n\nYours sincerely\n")
    checklist = load(kind, shipped("schemas") / "letters")
    case = desk.case(CASE)
    return check_against_case(desk.house, case, kind, text, checklist, now=desk.now, given=days)


def told(result: CheckResult) -> dict[str, str]:
    return {item.id: item.met for item in result.items if item.id.startswith("case_")}


def test_a_letter_that_prints_another_cases_reference_is_found_out(desk: Bureau) -> None:
    assert told(held(desk, f"Our reference: {OTHER}")) == {"case_reference": "missing"}
    assert told(held(desk, f"Our reference: {CASE}")) == {}


def test_another_residents_case_that_is_only_named_is_found_out_too(desk: Bureau) -> None:
    words = f"As you know, we looked into this in {OTHER} and found nothing that could be done."
    assert told(held(desk, words)) == {"case_reference": "missing"}


def test_another_case_of_the_same_resident_may_be_named(desk: Bureau) -> None:
    (row,) = desk.receive(
        corpus.complaint(0, desk.now - timedelta(days=1)).replace(b"gutter", b"boiler"),
        read_as="complaint",
    )
    assert row.case_reference not in {CASE, OTHER, None}
    words = f"As you know, we looked into this in {row.case_reference} and found nothing."
    assert told(held(desk, words)) == {}


def test_a_letter_of_a_stage_the_case_never_reached_is_found_out(desk: Bureau) -> None:
    result = held(desk, "Text.", LetterKind.STAGE2_ACKNOWLEDGEMENT)
    assert told(result)["case_stage"] == "missing"
    assert not result.ok


def test_a_day_that_is_given_stands_before_the_records(desk: Bureau) -> None:
    words = "We received your complaint on 2 November 2026."
    assert told(held(desk, words)) == {"case_received": "missing"}
    assert told(held(desk, words, received=date(2026, 11, 2))) == {}


def test_an_extension_letter_is_held_against_what_was_decided(desk: Bureau) -> None:
    desk.approve(LETTER)
    desk.send(LETTER)
    desk.sent(LETTER)
    form = ExtensionForm(new_date=date(2026, 12, 11), reasons=("The scaffold is not up.",))
    decide(desk.house, CASE, form, now=desk.now, actor=desk.rowan)
    kind = LetterKind.STAGE1_EXTENSION
    words = "Our response was due on Friday 4 December 2026. You will now have it by {}."
    right = held(desk, words.format("Friday 11 December 2026"), kind)
    assert told(right) == {}
    assert {item.id: item.met for item in right.items}["within_limit"] == "met"
    assert told(held(desk, words.format("Monday 14 December 2026"), kind)) == {
        "case_new_date": "missing",
        "case_new_date_2": "missing",
    }


# The record as it is read


def test_the_record_is_read_alike_on_both_databases(either_desk: Bureau) -> None:
    for number in (0, 1):
        either_desk.receive(
            corpus.complaint(number, either_desk.now - timedelta(days=1)), read_as="complaint"
        )
    text = from_plain(
        f"Dear Ms Test\n\nSee {OTHER} of {STRANGER.name.upper()} ({STRANGER.address.upper()}).\n"
    )
    house = either_desk.house
    with house.database.reading() as conn:
        record = case_record(
            house,
            conn,
            either_desk.case(CASE),
            1,
            letter_date=either_desk.now.date(),
            texts=(text,),
        )
    assert {(one.what, one.value, one.certain) for one in record.elsewhere} == {
        ("reference", OTHER, True),
        ("email", STRANGER.address, True),
        ("name", STRANGER.name.lower(), False),
    }
    assert record.resident.name == RESIDENT.name
    assert record.respond_by == date(2026, 12, 4)


def test_a_day_proclaimed_a_bank_holiday_here_is_one_for_the_checks(desk: Bureau) -> None:
    day = date(2026, 12, 7)
    settings = desk.house.settings
    calendar = settings.calendar.model_copy(update={"extra_bank_holidays": (day,)})
    assert day in calendar_of(settings.model_copy(update={"calendar": calendar})).holidays
    assert told(held(desk, "The plumber will come on 7 December 2026.")) == {}
    house = replace(desk.house)
    house.__dict__["calendar"] = replace(house.calendar, holidays=house.calendar.holidays | {day})
    desk.house = house
    assert told(held(desk, "The plumber will come on 7 December 2026.")) == {
        "case_bank_holiday": "unsure"
    }
