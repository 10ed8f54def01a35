"""The forms of the letters: what a person decides is complete before a letter is made of it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from correspondence.cases.definition import ComplaintDefinition, DefinitionPoint
from correspondence.letters.contents import CONTENTS, Occasion
from correspondence.letters.contents.content import pounds, together
from correspondence.letters.contents.extension import ExtensionContent
from correspondence.letters.contents.refusal import RefusalContent
from correspondence.letters.contents.response import Outcome, ResponseContent
from correspondence.letters.kinds import LetterKind

TODAY = date(2026, 6, 1)
DEFINITION = ComplaintDefinition(
    points=(
        DefinitionPoint(text="The lift at Gannet Court has been out since March", responsible=True),
        DefinitionPoint(text="Nobody rang back after three calls", responsible=True),
    ),
    outcomes=("The lift mended",),
)
STAGE_1 = Occasion(DEFINITION, TODAY, 1)


def answer(point: int, outcome: str = "upheld") -> dict[str, object]:
    return {
        "point": point,
        "outcome": outcome,
        "finding": "The lift failed on 3 March 2026 and the part came on 20 May 2026",
        "reasons": "Our own target is ten working days",
        "relied_on": ["our repairs policy"],
    }


def response(**changes: object) -> ResponseContent:
    content = {
        "answers": [answer(1), answer(2)],
        "apology": "We left you without a lift for eleven weeks, and I am sorry.",
        "remedies": [
            {
                "kind": "payment",
                "what": "for eleven weeks without a lift",
                "pence": 16_500,
                "by": "2026-06-12",
                "owner": "Income team",
            }
        ],
        "actions": [{"what": "A new control panel", "owner": "Hoist & Sons", "by": "2026-07-03"}],
    }
    return ResponseContent.model_validate(content | changes)


def test_every_kind_but_the_acknowledgements_has_a_form_and_says_what_its_fields_mean() -> None:
    acknowledgements = {LetterKind.STAGE1_ACKNOWLEDGEMENT, LetterKind.STAGE2_ACKNOWLEDGEMENT}
    assert set(CONTENTS) == set(LetterKind) - acknowledgements
    assert all(form.FIELDS and form.__doc__ for form in CONTENTS.values())


def test_a_whole_response_lacks_nothing_and_gives_the_fields_it_names() -> None:
    content = response()
    assert content.lacks(STAGE_1) == ()
    assert set(content.fields(STAGE_1)) == set(ResponseContent.FIELDS)


@pytest.mark.parametrize(
    ("changes", "lack"),
    [
        ({"answers": [answer(1)]}, "Point 2 of the complaint is not answered (Code 6.7)."),
        ({"answers": [answer(1), answer(2), answer(3)]}, "There is no point 3"),
        ({"answers": [answer(1), answer(2), answer(2)]}, "Point 2 is answered more than once."),
        ({"apology": " "}, "does not acknowledge it and apologise (Code 7.1)"),
        ({"remedies": []}, "nothing is offered to put it right (Code 7.1)"),
        (
            {"answers": [answer(1, "not_upheld"), answer(2, "not_upheld")], "remedies": []},
            "why no remedy is offered (Code 6.9 e)",
        ),
        (
            {"actions": [{"what": "A panel", "owner": "Hoist", "by": "2026-05-29"}]},
            "past on the day of the letter",
        ),
    ],
)
def test_a_response_says_what_it_lacks_with_the_clause(
    changes: dict[str, object], lack: str
) -> None:
    assert any(lack in sentence for sentence in response(**changes).lacks(STAGE_1))


def test_the_whole_is_upheld_in_part_where_the_points_differ() -> None:
    both = response(answers=[answer(1), answer(2, "not_upheld")])
    assert response().overall is Outcome.UPHELD
    assert both.overall is Outcome.PARTIALLY_UPHELD


def test_what_a_response_promises_is_its_actions_and_the_payments_with_their_days() -> None:
    promises = response().promises()
    assert [(one.owner, one.by, one.pence) for one in promises] == [
        ("Hoist & Sons", date(2026, 7, 3), None),
        ("Income team", date(2026, 6, 12), 16_500),
    ]


@pytest.mark.parametrize("words", ["", "   ", "[amount]", "To be paid: XXXX", "TBC"])
def test_words_left_to_be_filled_in_are_refused(words: str) -> None:
    with pytest.raises(ValidationError):
        response(answers=[answer(1) | {"finding": words}])


@pytest.mark.parametrize(
    "remedy",
    [
        {"kind": "payment", "what": "for the wait", "by": "2026-06-12"},
        {"kind": "payment", "what": "for the wait", "pence": 100},
        {"kind": "apology", "what": "a written apology", "pence": 100},
        {"kind": "payment", "what": "for the wait", "pence": -100, "by": "2026-06-12"},
    ],
)
def test_a_payment_has_its_sum_and_its_day_and_nothing_else_has_a_sum(
    remedy: dict[str, object],
) -> None:
    with pytest.raises(ValidationError):
        response(remedies=[remedy])


def test_an_old_matter_is_not_refused_before_an_exception_was_considered() -> None:
    said = {
        "ground": "over_twelve_months",
        "matter": "The bath replaced in 2023",
        "ground_in_words": "We look into matters of the last twelve months",
        "why_it_applies": "The bath was replaced on 4 May 2023 and you knew of it then",
        "circumstances": "You told us that you were in hospital that summer",
    }
    assert "Code 2.3" in RefusalContent.model_validate(said).lacks(STAGE_1)[0]
    weighed = said | {"discretion": "I considered whether to look into it all the same"}
    assert RefusalContent.model_validate(weighed).lacks(STAGE_1) == ()


@given(st.integers(-30, 30), st.integers(-30, 30))
def test_an_extension_is_told_in_time_and_goes_forward(told: int, new: int) -> None:
    due = TODAY + timedelta(days=told)
    content = ExtensionContent(
        original_date=due, new_date=due + timedelta(days=new), reasons=("The lift maker is abroad",)
    )
    assert len(content.lacks(STAGE_1)) == (told < 0) + (new <= 0)


@given(st.integers(1, 10_000_000))
def test_money_is_printed_with_its_pence_only_where_there_are_any(pence: int) -> None:
    printed = pounds(pence)
    assert round(float(printed.removeprefix("£").replace(",", "")) * 100) == pence
    assert ("." in printed) == bool(pence % 100)


def test_a_list_reads_as_people_say_it() -> None:
    assert together(("the lease",)) == "the lease"
    assert together(("the lease", "section 11", "our policy")) == (
        "the lease, section 11 and our policy"
    )
