"""What the letters around a complaint must say, and what they must not let themselves off.

Progress, questions, consent, promised actions, requests for service, surveys, enquiries and
incidents: Code 1.3 to 1.6, 3.6, 5.6, 5.9 to 5.11, 6.6, 7.3 and 8.5.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from correspondence.letters.checking import CheckedItem, CheckResult, check
from correspondence.letters.checklists import Checklist, load
from correspondence.letters.kinds import LetterKind
from correspondence.letters.opening import from_plain
from correspondence.letters.text import LetterText
from correspondence.resources import shipped
from tests.letters.letter_texts import LETTERS
from tests.letters.whole_letters import whole

OTHERS = tuple(LetterKind)[7:]
LABELLED = Path(__file__).parent / "labelled" / "other_kinds.jsonl"


@cache
def _checklist(kind: LetterKind) -> Checklist:
    return load(kind, shipped("schemas") / "letters")


def _check(kind: LetterKind, text: str) -> CheckResult:
    return check(from_plain(text), _checklist(kind))


def _item(kind: LetterKind, text: str, name: str) -> CheckedItem:
    return next(item for item in _check(kind, text).items if item.id == name)


def _with(kind: LetterKind, passage: str, instead: str) -> str:
    letter = whole(kind)
    assert passage in letter
    return letter.replace(passage, instead)


@pytest.mark.parametrize(
    "threat",
    [
        "If we hear nothing by 2 April your complaint will be closed.",
        "We will close your complaint if you do not reply.",
        "The ten working days run from the day on which you reply.",
        "Your complaint is on hold until then.",
        "The clock stops until we have your answer.",
        "We cannot begin to investigate without this.",
        "We shall treat your complaint as withdrawn if there is no reply.",
    ],
)
@pytest.mark.parametrize("kind", [LetterKind.CLARIFICATION_REQUEST, LetterKind.CONSENT_REQUEST])
def test_no_question_and_no_consent_stops_a_complaint(kind: LetterKind, threat: str) -> None:
    letter = whole(kind).replace("Yours sincerely", f"{threat}\n\nYours sincerely")

    found = _item(kind, letter, "goes_on")

    assert found.met == "missing"
    assert found.quote == threat
    assert "Code does not allow" in found.advice


@pytest.mark.parametrize(
    "harmless",
    [
        "We will not close your complaint if you need longer.",
        "Nothing is on hold meanwhile.",
        "Your complaint is not paused while we wait.",
    ],
)
def test_saying_that_nothing_stops_is_no_threat(harmless: str) -> None:
    kind = LetterKind.CLARIFICATION_REQUEST
    letter = whole(kind).replace("Yours sincerely", f"{harmless}\n\nYours sincerely")

    assert _check(kind, letter).ok


def test_a_question_may_be_asked_without_a_question_mark() -> None:
    kind = LetterKind.CLARIFICATION_REQUEST
    letter = _with(
        kind,
        "Which side of the hedge is it, the one by the school or the one by the brook?",
        "Please tell us which side of the hedge it is, the school's or the brook's.",
    )

    assert _item(kind, letter, "question").met == "met"


def test_consent_on_one_form_alone_is_no_reasonable_way() -> None:
    kind = LetterKind.CONSENT_REQUEST
    passage = (
        "He can tell us by telephone or text, by e-mail, in person to any housing officer, or on "
        "the form enclosed."
    )
    letter = _with(kind, passage, "He must complete the form; we cannot accept e-mails or calls.")

    assert _item(kind, letter, "how_to_give").met == "missing"


def test_consent_asked_where_a_councillor_writes_is_for_a_person_to_judge() -> None:
    kind = LetterKind.CONSENT_REQUEST
    letter = _with(
        kind,
        "You have complained to us for your neighbour, Mr Bello, about his shower.",
        "As his councillor you have complained to us for Mr Bello about his shower.",
    )

    result = _check(kind, letter)

    assert next(item for item in result.items if item.id == "really_needed").met == "unsure"
    assert result.ok


@pytest.mark.parametrize(
    ("instead", "met"),
    [
        ("I will write to you again every second Friday.", "met"),
        ("You will have our full answer on 28 May 2026.", "met"),
        ("I wrote to you on 30 April 2026.", "missing"),
        ("I will write to you again in due course.", "missing"),
        ("The surveyor comes on 28 May 2026.", "missing"),
    ],
)
def test_the_next_update_has_a_day_that_lies_ahead(instead: str, met: str) -> None:
    kind = LetterKind.PROGRESS_UPDATE
    letter = _with(kind, "I will write to you again by Thursday 28 May 2026.", instead)

    assert _item(kind, letter, "next_update").met == met


def test_an_action_on_course_needs_no_reason_for_delay() -> None:
    kind = LetterKind.ACTION_UPDATE
    passage = (
        "The sawmill at Brandreth burnt down on 20 May, so we have had to find another maker of "
        "panels in that pattern."
    )
    letter = _with(kind, passage, "The work is on course, as we promised.")

    assert _check(kind, letter).ok


def test_a_date_gone_by_is_no_new_date() -> None:
    kind = LetterKind.ACTION_UPDATE
    letter = _with(kind, "finished by Friday 3 July 2026", "finished by Friday 29 May 2026")

    assert _item(kind, letter, "new_date").met == "missing"


def test_a_date_to_come_is_no_day_of_completion() -> None:
    kind = LetterKind.ACTION_COMPLETION
    letter = _with(
        kind,
        "This was completed on Wednesday 16 September 2026.",
        "This will be completed on Friday 2 October 2026.",
    )

    assert _item(kind, letter, "completed_on").met == "missing"


@pytest.mark.parametrize(
    ("kind", "passage", "instead"),
    [
        (
            LetterKind.SERVICE_REQUEST_REPLY,
            "ring 01632 960440 or tell any member of staff.",
            "our complaints policy is in line with the Code.",
        ),
        (
            LetterKind.SURVEY_FOLLOW_UP,
            "If you would like to make a complaint, ring",
            "For questions about this survey, ring",
        ),
    ],
)
def test_a_complaint_without_a_way_or_a_way_without_a_complaint_is_no_offer(
    kind: LetterKind, passage: str, instead: str
) -> None:
    assert _item(kind, _with(kind, passage, instead), "how_to_complain").met == "missing"


def test_planning_consent_is_not_the_resident_s() -> None:
    kind = LetterKind.ENQUIRY_REPLY
    letter = _with(
        kind,
        "Mr Ishaq tells us that he agrees to our giving you the details.",
        "Planning consent for the ceiling was given in March.",
    )

    assert _item(kind, letter, "consent").met == "missing"


def test_the_day_of_a_bulletin_is_no_day_of_return() -> None:
    kind = LetterKind.INCIDENT_NOTICE
    letter = _with(
        kind,
        "We expect everything to be back to normal by 9 March 2026.",
        "We will publish news of progress on 9 March 2026.",
    )

    assert _item(kind, letter, "timescale").met == "missing"


@pytest.mark.parametrize("kind", OTHERS)
def test_an_empty_letter_says_nothing_that_is_required(kind: LetterKind) -> None:
    result = check(LetterText(blocks=()), _checklist(kind))

    lacking = {item.id for item in result.items if item.required and item.met == "missing"}
    required = {item.id for item in _checklist(kind).items if item.required}
    assert lacking == required - {"discretion"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(letter=LETTERS, kind=st.sampled_from(OTHERS))
def test_any_letter_is_judged_and_every_quote_stands_in_it(
    letter: LetterText, kind: LetterKind
) -> None:
    result = check(letter, _checklist(kind))

    for item in result.items:
        assert item.quote in letter.plain()
        assert item.met == "met" or item.advice


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize(
    "repeated", ["if not wrong ring call text e-mail or again ", "([", "is a?"]
)
def test_a_letter_of_forty_thousand_characters_is_judged(kind: LetterKind, repeated: str) -> None:
    letter = from_plain("Dear Ms X\n\n" + repeated * (40_000 // len(repeated)))

    assert check(letter, _checklist(kind)).items


def _labelled() -> list[dict[str, Any]]:
    return [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]


def test_the_labels_name_items_and_rules_that_exist() -> None:
    letters = _labelled()
    assert {letter["kind"] for letter in letters} == {kind.value for kind in OTHERS}
    for letter in letters:
        checklist = _checklist(LetterKind(letter["kind"]))
        required = {item.id for item in checklist.items if item.required}
        assert set(letter["missing"]) <= required, letter["id"]
        assert set(letter["wording"]) <= {rule.id for rule in checklist.wording}, letter["id"]


def test_missing_items_of_the_labelled_letters_are_found_and_others_are_not_reported() -> None:
    overlooked = wrongly = items = 0
    for letter in _labelled():
        result = _check(LetterKind(letter["kind"]), letter["text"])
        lacking = {item.id for item in result.items if item.required and item.met != "met"}
        overlooked += len(set(letter["missing"]) - lacking)
        wrongly += len(lacking - set(letter["missing"]))
        items += len(_checklist(LetterKind(letter["kind"])).items)

    assert (overlooked + wrongly) / items <= 0.01
