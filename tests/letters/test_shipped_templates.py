"""The templates and the letterhead as they ship: each letter says what the Code asks of it."""

import re
from typing import Any

import pytest

from correspondence.cases.definition import ComplaintDefinition, DefinitionPoint
from correspondence.letters.checking import CheckFacts, CheckResult, check
from correspondence.letters.checklists import load
from correspondence.letters.drafting import Draft, draft
from correspondence.letters.facts import LetterFacts
from correspondence.letters.kinds import LetterKind
from correspondence.letters.template import unknown_fields
from correspondence.letters.word import gate, not_carried
from correspondence.resources import shipped
from tests.letters.at_hand import STAGE1, STAGE2, facts, points, shipped_template

STAGES = [(STAGE1, 1), (STAGE2, 2)]

MIXED = ComplaintDefinition(
    points=(
        DefinitionPoint(text="the leak in the back bedroom", responsible=True),
        DefinitionPoint(
            text="noise from the public house next door",
            responsible=False,
            signpost="Environmental health deals with it: phone 01632 960177",
        ),
    ),
    outcomes=("mend the roof",),
)

ASKING = ComplaintDefinition(
    points=points("my roof leaks").points, question="Shall we mend the ceiling too?"
)


WHOLE: list[dict[str, Any]] = [
    {},
    {"hazard": True, "open_service_request": True},
    {"definition": MIXED, "own_words": False},
    {"definition": points("my roof leaks")},
    {"definition": ASKING},
    {"large_print": True, "respond_because": ""},
]
"""Whole facts: from each of them a letter is drafted that lacks nothing."""


def drafted(kind: LetterKind, stage: int, **changes: Any) -> tuple[LetterFacts, Draft]:
    stated = facts(stage=stage, **changes)
    return stated, draft(shipped_template(kind), stated)


def _checked(kind: LetterKind, stage: int, **changes: Any) -> CheckResult:
    stated, letter = drafted(kind, stage, **changes)
    checklist = load(kind, shipped("schemas") / "letters")
    return check(letter.text, checklist, CheckFacts(received=stated.received_on))


@pytest.mark.parametrize(("kind", "stage"), STAGES)
@pytest.mark.parametrize("changes", WHOLE)
def test_a_letter_from_whole_facts_meets_every_item_and_every_wording_rule(
    kind: LetterKind, stage: int, changes: dict[str, Any]
) -> None:
    result = _checked(kind, stage, **changes)
    assert [item.id for item in result.items if item.met != "met"] == []
    assert result.wording == ()
    assert result.ok


@pytest.mark.parametrize(("kind", "stage"), STAGES)
@pytest.mark.parametrize(
    "changes",
    [
        {"definition": ComplaintDefinition()},
        {"definition": points("my roof leaks", responsible=None)},
        {"definition": ComplaintDefinition(points=points("my roof leaks").points)},
        {"respond_by": None},
        {"handler": None},
    ],
)
def test_a_letter_with_something_undecided_does_not_pass(
    kind: LetterKind, stage: int, changes: dict[str, Any]
) -> None:
    assert not _checked(kind, stage, **changes).ok


@pytest.mark.parametrize(("kind", "stage"), STAGES)
def test_the_letter_states_its_facts(kind: LetterKind, stage: int) -> None:
    _, letter = drafted(kind, stage, definition=MIXED, own_words=False)
    said = letter.text.plain()
    for fact in (
        f"stage {stage}",
        "Thursday 19 November 2026",
        "Monday 7 December 2026",
        "That is 10 working days from today.",
        "the leak in the back bedroom. We are responsible for this",
        "We are not responsible for this. Environmental health deals with it",
        "mend the roof",
        "Ada Whitcombe, Complaints officer",
        "01632 960123",
        "anyone else you trust can deal with us for you",
        "disability",
        "Housing Ombudsman Service",
        "0300 111 3000",
        "PR2 0ET",
    ):
        assert fact in said


@pytest.mark.parametrize(("kind", "stage"), STAGES)
def test_safety_and_open_requests_are_spoken_of_only_where_they_are(
    kind: LetterKind, stage: int
) -> None:
    quiet = drafted(kind, stage)[1].text.plain()
    loud = drafted(kind, stage, hazard=True, open_service_request=True)[1].text.plain()
    for words in ("999", "01632 960100", "carries on"):
        assert words not in quiet
        assert words in loud


def test_stage_2_says_who_reviews_and_asks_for_no_reasons() -> None:
    said = drafted(STAGE2, 2)[1].text.plain()
    assert "did not handle your complaint at stage 1" in said
    assert "You do not have to give us reasons" in said


@pytest.mark.parametrize(("kind", "stage"), STAGES)
def test_no_phrase_that_the_code_or_good_sense_forbids(kind: LetterKind, stage: int) -> None:
    said = drafted(kind, stage, hazard=True)[1].email_text.lower()
    assert not re.search(
        r"formal|stage 3|stage three|any inconvenience|info@housing|in due course|as soon as", said
    )


@pytest.mark.parametrize(("kind", "stage"), STAGES)
def test_the_words_are_for_a_reader_of_eleven_to_thirteen_at_most(
    kind: LetterKind, stage: int
) -> None:
    age = _checked(kind, stage, hazard=True, open_service_request=True).reading_age
    assert age is not None
    assert age <= 13


@pytest.mark.parametrize("kind", [STAGE1, STAGE2])
def test_a_shipped_template_is_clean_and_asks_for_known_fields_only(kind: LetterKind) -> None:
    template = shipped_template(kind)
    gate(template.docx)
    assert not_carried(template.docx) == ()
    assert unknown_fields(template) == ()


@pytest.mark.parametrize("kind", [STAGE1, STAGE2])
def test_no_template_holds_a_contact_that_can_go_out_of_date(kind: LetterKind) -> None:
    from docx import Document

    folder = shipped("letter_templates") / kind.value
    words = "\n".join(p.text for p in Document(str(folder / "letter.docx")).paragraphs)
    assert not re.search(r"ombudsman\.org|0300|PO Box|\b[A-Z]{1,2}\d+ \d[A-Z]{2}\b", words)
