"""Weights side by side add up to what they add up to one by one."""

import json
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.letters.checking.anatomy import take_apart
from correspondence.letters.checking.features import PLACE, features
from correspondence.letters.checking.second_judge import SecondJudge, score
from correspondence.letters.checking.side_by_side import ONE, SideBySide
from correspondence.letters.opening import from_plain
from tests.letters.labelled_texts import RESPONSE

LEARNED = json.loads(
    files("correspondence.letters.checking")
    .joinpath("learned", "sentences.json")
    .read_text(encoding="utf-8")
)
HUNDREDTHS = st.integers(-999, 999).map(lambda hundredths: hundredths / 100)


@given(
    weights=st.dictionaries(
        st.sampled_from("abcde"),
        st.dictionaries(st.sampled_from("uvwxyz"), HUNDREDTHS),
        max_size=5,
    ),
    found=st.lists(st.sets(st.sampled_from("tuvwxyz")), max_size=4),
    worth=st.sampled_from((1.0, 0.5, 0.025, 0.875)),
)
def test_sums_side_by_side_are_the_sums_one_by_one(
    weights: dict[str, dict[str, float]], found: list[set[str]], worth: float
) -> None:
    together = SideBySide(weights)

    added = sum(together.added(names, worth) for names in found)

    for name, sum_ in zip(together.places, together.apart(added), strict=True):
        alone = sum(weights[name].get(one, 0.0) * worth for names in found for one in names)
        assert sum_ / ONE == pytest.approx(alone)


def test_the_weights_that_ship_are_hundredths_as_adding_them_up_takes_for_granted() -> None:
    for row in LEARNED.values():
        assert all(abs(weight * 100 - round(weight * 100)) < 1e-6 for weight in row.values())


def test_the_judge_hears_what_the_features_weigh_sentence_by_sentence() -> None:
    letter = take_apart(from_plain(RESPONSE))
    spoken = [s for s in letter.sentences if s.zone != "before"]
    found = [features(letter, s) for s in spoken]
    judge = SecondJudge(letter)

    for name, weights in LEARNED.items():
        heard = judge.sounds_like(name)
        assert [heard[s.place] for s in spoken] == pytest.approx(score(found, weights))


def test_whatever_a_feature_but_the_place_is_worth_can_be_added_up() -> None:
    letter = take_apart(from_plain(RESPONSE))
    for sentence in letter.sentences:
        for name, worth in features(letter, sentence).items():
            assert name == PLACE or abs(worth * 40 - round(worth * 40)) < 1e-9
