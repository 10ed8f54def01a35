from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from correspondence.intake.judges.learning import Opinion, learn, shipped
from correspondence.intake.reading import KINDS

EXAMPLES = [({"late": 1.0}, "complaint"), ({"thanks": 1.0}, "compliment")] * 6


def test_what_was_taught_is_known() -> None:
    opinion = learn(EXAMPLES)
    assert opinion.probabilities({"late": 1.0})["complaint"] > 0.7
    assert opinion.probabilities({"thanks": 1.0})["compliment"] > 0.7


def test_the_same_examples_teach_the_same() -> None:
    assert learn(EXAMPLES) == learn(EXAMPLES)


@given(st.dictionaries(st.text(max_size=5), st.floats(0, 1), max_size=5))
def test_chances_add_up_to_one(found: dict[str, float]) -> None:
    chances = shipped("kinds").probabilities(found)
    assert abs(sum(chances.values()) - 1) < 1e-9


def test_an_opinion_without_weights_has_none() -> None:
    assert Opinion({}).probabilities({"late": 1.0}) == {}


def test_the_shipped_weights_hold_signs_and_no_words_of_any_message() -> None:
    assert set(shipped("kinds").weights) <= set(KINDS)
    known = ("says ", "titled ", "tells ", "rule ", "writer ")
    for row in shipped("kinds").weights.values():
        assert all(name.startswith(known) or " " not in name for name in row)
