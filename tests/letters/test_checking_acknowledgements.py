"""What an acknowledgement must say at either stage (Code 5.6, 5.7, 6.2, 6.11)."""

from datetime import date

import pytest

from correspondence.letters.checking import CheckFacts, CheckResult, check
from correspondence.letters.checklists import load
from correspondence.letters.kinds import LetterKind
from correspondence.letters.opening import from_plain
from correspondence.resources import shipped

WHOLE = """Dear Ms Quillfeather

Your complaint at stage 1

Thank you for your complaint, which we received on Tuesday 3 March 2026.

What you have complained about

- The lift at Gannet Court has been out of use since 9 February.
- Nobody told you when the engineer would come.

What you want to happen

You would like the lift mended by Easter and an apology.

What we are responsible for

We are responsible for both of these matters.

Yours sincerely

Osbert Tranter
"""


def _check(text: str, received: date | None = date(2026, 3, 3)) -> CheckResult:
    checklist = load(LetterKind.STAGE1_ACKNOWLEDGEMENT, shipped("schemas") / "letters")
    return check(from_plain(text), checklist, CheckFacts(received=received))


def _missing(result: CheckResult) -> set[str]:
    return {item.id for item in result.items if item.required and item.met == "missing"}


def test_a_whole_acknowledgement_is_ok() -> None:
    result = _check(WHOLE)

    assert result.ok
    assert not _missing(result)


def test_an_acknowledgement_is_judged_without_any_facts() -> None:
    assert _check(WHOLE, received=None).ok


@pytest.mark.parametrize(
    ("passage", "instead", "item"),
    [
        ("at stage 1", "", "stage"),
        (
            "which we received on Tuesday 3 March 2026",
            "which we received recently",
            "received_date",
        ),
        ("on Tuesday 3 March 2026", "on Tuesday 10 March 2026", "received_date"),
        ("You would like the lift mended by Easter and an apology.", "TBC", "outcomes_sought"),
        (
            "You would like the lift mended by Easter and an apology.",
            "We will call you to discuss the outcome you want.",
            "outcomes_sought",
        ),
        (
            "We are responsible for both of these matters.",
            "We take our responsibilities very seriously.",
            "responsibility",
        ),
        (
            "We are responsible for both of these matters.",
            "We will let you know which of these we are responsible for.",
            "responsibility",
        ),
    ],
)
def test_an_item_that_is_only_there_in_seeming_is_missing(
    passage: str, instead: str, item: str
) -> None:
    assert passage in WHOLE

    assert _missing(_check(WHOLE.replace(passage, instead))) == {item}


def test_every_quote_is_a_passage_of_the_letter() -> None:
    plain = from_plain(WHOLE).plain()

    for item in _check(WHOLE).items:
        assert item.quote in plain


def test_a_place_left_to_be_filled_makes_its_item_missing() -> None:
    letter = WHOLE.replace("Tuesday 3 March 2026", "[date received]")

    assert _missing(_check(letter)) == {"received_date", "placeholders"}


def test_a_letter_in_another_language_is_not_judged() -> None:
    welsh = (
        "Annwyl Ms Quillfeather\n\n" + "Diolch am eich cwyn ynghylch y lifft yn y fflatiau. " * 9
    )

    result = _check(welsh)

    assert not result.ok
    assert {item.met for item in result.items} == {"unsure"}
