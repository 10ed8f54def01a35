from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.intake.judges.learning import (
    Opinion,
    from_json,
    learn,
    learn_each,
    shipped,
)
from correspondence.intake.reading import FLAGS, KINDS, SERVICE_AREAS

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
    assert Opinion((), {}).probabilities({"late": 1.0}) == {}


def test_what_was_learned_is_kept_and_read_back() -> None:
    opinion = learn(EXAMPLES)
    assert from_json(opinion.as_json()) == opinion


@pytest.mark.parametrize("text", ["[]", "{}", '{"answers": ["a"], "weights": {"late": [1, 2]}}'])
def test_a_file_that_holds_no_weights_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="learned weights"):
        from_json(text)


def test_what_few_messages_share_is_not_learned() -> None:
    rare = [({"late": 1.0, "w pemberton": 1.0}, "complaint"), ({"thanks": 1.0}, "compliment")] * 2
    assert "w pemberton" not in learn(rare).weights


def test_the_shipped_weights_hold_no_numbers_and_no_addresses() -> None:
    assert set(shipped("kinds").answers) <= set(KINDS)
    assert set(shipped("areas").answers) <= set(SERVICE_AREAS)
    assert set(shipped("flags").answers) <= set(FLAGS)
    for name in ("kinds", "areas", "flags"):
        words = [row for row in shipped(name).weights if row[:2] in ("w ", "b ", "s ", "q ", "u ")]
        assert words
        assert not [row for row in words if any(map(str.isdigit, row)) or "@" in row]


def test_answers_of_which_several_may_hold_are_learned_each_by_itself() -> None:
    both = frozenset({"hazard", "vulnerable"})
    told = [({"mould": 1.0, "baby": 1.0}, both), ({"mould": 1.0}, frozenset({"hazard"}))] * 6
    told += [({"thanks": 1.0}, frozenset())] * 6
    opinion = learn_each(told, ("hazard", "vulnerable"))
    together = opinion.each({"mould": 1.0, "baby": 1.0})
    assert min(together.values()) > 0.5
    alone = opinion.each({"mould": 1.0})
    assert alone["hazard"] > 0.5 > alone["vulnerable"]
    assert max(opinion.each({"thanks": 1.0}).values()) < 0.5
    assert from_json(opinion.as_json()) == opinion
