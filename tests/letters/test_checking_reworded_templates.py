"""A landlord may word the shipped letters a little differently without being doubted for it."""

import json
from pathlib import Path
from typing import Any

import pytest

from correspondence.cases.definition import DefinitionPoint
from correspondence.letters.checking import CheckFacts, CheckResult, check
from correspondence.letters.checklists import load
from correspondence.letters.kinds import LetterKind
from correspondence.letters.opening import from_plain
from correspondence.resources import shipped

SHIPPED = Path(__file__).parent / "labelled" / "shipped.jsonl"
LETTERS: list[dict[str, Any]] = [
    json.loads(line) for line in SHIPPED.read_text(encoding="utf-8").splitlines() if line
]

ACKNOWLEDGEMENTS = [
    {"What we understand your complaint to be": "Your complaint as we understand it"},
    {"What we understand your complaint to be": "Summary of your complaint"},
    {"What we understand is still unresolved": "What remains in dispute"},
    {"You told us:": "You have told us that:"},
    {"You told us:": "These are the points you raised:"},
    {"To put things right, you would like this to happen:": "What you want us to do:"},
    {
        "To put things right, you would like this to happen:": "The outcomes that you are looking "
        "for are these:"
    },
    {"To put things right, you would like this to happen:": "You have asked us to:"},
    {
        "We are responsible for all of these matters and will look into each one.": "All of these "
        "matters are our responsibility, and we will investigate each of them."
    },
    {
        "We are responsible for all of these matters and will look into each one.": "Each of these "
        "points is for us to answer."
    },
    {"We received your complaint on": "Your complaint reached us on"},
    {"We received your complaint on": "Thank you for your complaint, which we received on"},
    {"It is now at stage 1 of our complaints procedure.": "We are treating it as a stage 1 case."},
    {"Thank you for telling us. ": "", "What happens next": "Next steps"},
    {"Your complaint is at stage": "Acknowledgement of your complaint at stage"},
]
RESPONSES = [
    {"What you complained about": "Your complaint"},
    {"What you complained about": "The complaint"},
    {"What we found and what we decided": "Our findings", "What I found": "My findings"},
    {"What we found and what we decided": "Our decision and the reasons for it"},
    {"This point is upheld: you were right, and we got this wrong.": "We uphold this point."},
    {
        "This point is not upheld: we found that we acted as we should have.": "We do not uphold "
        "this point, as we did what we should have done."
    },
    {"What we will do to put things right": "Putting things right"},
    {"What we will do to put things right": "What we offer you"},
    {"What is still to be done": "Outstanding actions"},
    {"What is still to be done": "Actions and dates"},
    {"That was our fault. I am sorry for": "We got this wrong, and I apologise for"},
    {"If you are not happy with this answer": "If you remain dissatisfied"},
    {"You can ask us to look at your complaint again at": "You may ask for a review at"},
    {"This is our answer at": "This letter is our response at"},
    {
        "We offer no remedy, because we found nothing that we did wrong.": "As we found nothing "
        "wrong, there is no remedy to offer.",
        "Nothing is left to be done.": "There are no actions outstanding.",
    },
]
CHANGES = [
    *(("acknowledgement", change) for change in ACKNOWLEDGEMENTS),
    *(("response", change) for change in RESPONSES),
]


def _checked(letter: dict[str, Any], text: str, facts: CheckFacts) -> CheckResult:
    return check(
        from_plain(text), load(LetterKind(letter["kind"]), shipped("schemas") / "letters"), facts
    )


@pytest.mark.parametrize(("about", "change"), CHANGES)
def test_a_shipped_letter_reworded_a_little_still_meets_every_required_item(
    about: str, change: dict[str, str]
) -> None:
    changed = 0
    for letter in LETTERS:
        text = letter["text"]
        if about not in letter["kind"] or not any(old in text for old in change):
            continue
        for old, new in change.items():
            text = text.replace(old, new)
        told = {name: value for name, value in letter["context"].items() if value}
        result = _checked(letter, text, CheckFacts.model_validate(told))
        doubted = [item.id for item in result.items if item.required and item.met != "met"]
        assert doubted == [], letter["id"]
        changed += 1
    assert changed


def test_points_of_the_case_that_stand_in_the_letter_are_its_definition() -> None:
    letter = {"kind": "stage1_acknowledgement"}
    points = (
        DefinitionPoint(text="my gutter has leaked over the door since May"),
        DefinitionPoint(text="nobody wrote back to me"),
    )
    text = (
        "Dear Ms Quill\n\nAs to all of it.\n\n- your gutter has leaked over the door since May\n"
        "- nobody wrote back to you\n\nYours sincerely\n"
    )

    known = _checked(letter, text, CheckFacts(points=points))
    half = _checked(
        letter, text.replace("- nobody wrote back to you\n", ""), CheckFacts(points=points)
    )

    by_id = {item.id: item for item in known.items}
    assert by_id["definition"].met == "met"
    assert by_id["definition"].quote == "your gutter has leaked over the door since May"
    assert {item.id: item.quote for item in half.items}["definition"] != by_id["definition"].quote


def test_thirty_rewordings_are_tried() -> None:
    assert len(CHANGES) == 30
