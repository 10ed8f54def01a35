"""A profile is changed in place: its comments stay, and it says nothing else than before."""

from __future__ import annotations

import contextlib
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.errors import WrongUse
from correspondence.settings.editing import changed
from correspondence.settings.sample import sample_profile

SAMPLE = sample_profile()
LINES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40)


def comments(text: str) -> list[str]:
    return [row for row in text.split("\n") if row.startswith("#")]


def test_a_value_is_changed_where_it_stands() -> None:
    text = changed(SAMPLE, {("landlord", "phone"): "01632 960999"})
    assert 'phone = "01632 960999"' in text
    assert text.count("\n") == SAMPLE.count("\n")


def test_a_value_that_was_only_shown_is_put_after_its_comment() -> None:
    text = changed(SAMPLE, {("timescales", "stage1"): 8})
    assert "# stage1 = 10\nstage1 = 8\n" in text
    text = changed(SAMPLE, {("responsibilities", "ours"): ["repairs", "rents"]})
    assert '# ]\nours = ["repairs", "rents"]\n' in text


def test_a_section_that_is_missing_is_added() -> None:
    text = changed('[landlord]\nname = "X"\n', {("timescales", "stage1"): 8})
    assert text == '[landlord]\nname = "X"\n\n[timescales]\nstage1 = 8\n'


def test_a_value_is_taken_out_with_its_line() -> None:
    text = changed(SAMPLE, {("landlord", "phone"): None})
    assert "phone" not in tomllib.loads(text)["landlord"]
    assert comments(text) == comments(SAMPLE)
    assert changed(text, {("landlord", "phone"): None}) == text


def test_what_stands_behind_a_value_stays() -> None:
    text = "[timescales]\nstage1 = 10  # agreed in March\nstage2 = 20\n"
    assert changed(text, {("timescales", "stage1"): 5}) == (
        "[timescales]\nstage1 = 5  # agreed in March\nstage2 = 20\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        'landlord.name = "X"\n',
        'landlord = { name = "X" }\n',
        '["landlord"]\nname = "X"\n',
        '[landlord]\nname = "X"\n[landlord.more]\n',
    ],
)
def test_a_profile_written_in_another_way_is_left_to_a_person_or_changed_rightly(text: str) -> None:
    with contextlib.suppress(WrongUse):
        after = tomllib.loads(changed(text, {("landlord", "phone"): "01632 960999"}))
        assert after["landlord"]["phone"] == "01632 960999"
        assert after["landlord"]["name"] == "X"


def test_what_cannot_be_changed_alone_is_refused_with_the_way_out() -> None:
    with pytest.raises(WrongUse, match="with an editor"):
        changed('landlord = { name = "X" }\n', {("landlord", "phone"): "01632 960999"})


@given(
    st.dictionaries(
        st.sampled_from(
            [
                ("landlord", "name"),
                ("landlord", "department"),
                ("complaints_officer", "name"),
                ("stage2_reviewer", "role"),
            ]
        ),
        LINES,
    ),
    st.lists(LINES, max_size=4),
    st.dictionaries(LINES, LINES, max_size=3),
)
def test_any_words_are_written_so_that_they_are_read_again(
    changes: dict[tuple[str, str], Any], address: list[str], elsewhere: dict[str, str]
) -> None:
    changes = {
        **changes,
        ("landlord", "address"): address,
        ("responsibilities", "elsewhere"): elsewhere,
    }
    after = changed(SAMPLE, changes)
    said, before = tomllib.loads(after), tomllib.loads(SAMPLE)
    for (section, key), value in changes.items():
        assert said[section].pop(key) == value
        before[section].pop(key, None)
    assert said == before
    assert comments(after) == comments(SAMPLE)
