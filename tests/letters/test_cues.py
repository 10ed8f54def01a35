"""The language of cues means what its explanation says."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.letters.cues import FAMILIES, cue, occurs
from correspondence.resources import shipped


def _strings(part: Any) -> set[str]:
    if isinstance(part, dict):
        return set().union(*map(_strings, part.values()))
    if isinstance(part, list):
        return set().union(*map(_strings, part))
    return {part} if isinstance(part, str) and not part.startswith("@") else set()


def _can_be_read(pattern: str) -> bool:
    try:
        return bool(cue(pattern))
    except ValueError:
        return False


SHIPPED = sorted(
    {
        pattern
        for file in (shipped("schemas") / "letters").glob("*.json")
        for pattern in _strings(json.loads(file.read_text(encoding="utf-8")))
        if _can_be_read(pattern)
    }
)
AWKWARD = (
    "a|b", "say (that|which) [we] said", "re(paid|funded)", "complain(ed|t) about", "[the] roof*",
    "£*", "e-mail*", "(has|have) not", "^[at] [stage] <stage2>", "three[-]stage", "un*", "is that?",
    "(one|(two|three) of them) ... done$", "<complaint>s", "(*ed|sent)", "you would [not] like",
    "we're", "(a|the)* case",
)  # fmt: skip


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("your complaint", "this is your complaint."),
        ("your complaint", "your, complaint"),
        ("receiv*", "it was received"),
        ("(want|wish) for", "you wish for it"),
        ("[formally] accept", "we accept it"),
        ("[formally] accept", "we formally accept it"),
        ("not [yet] [been] given", "not given"),
        ("not [yet] [been] given", "not yet been given"),
        ("(answer|hear) [from us] [by|on]", "you will hear"),
        ("we ... sorry", "we are all very sorry"),
        ("you would like", "you'd like"),
        ("we are", "we're"),
        ("<date>", "by tuesday the 3rd of march 2026"),
        ("<stage1>", "the first of our two stages"),
        ("<stage2>", "at stage two"),
        ("^first", "first, the roof"),
        ("done$", "it is done."),
    ],
)
def test_a_cue_finds_what_it_describes(pattern: str, text: str) -> None:
    assert occurs((pattern,), text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("complaint", "complaints"),
        ("your complaint", "your big complaint"),
        ("we ... sorry", "we one two three four five six seven eight nine sorry"),
        ("<stage1>", "stage 12"),
        ("<stage1>", "the next stage"),
        ("^first", "at first"),
        ("done$", "done it"),
    ],
)
def test_a_cue_finds_nothing_else(pattern: str, text: str) -> None:
    assert not occurs((pattern,), text)


@pytest.mark.parametrize(
    "pattern",
    ["<nobody>", "(open", "[open", "close]", "close)", "([mixed)]", "[(mixed])", "a ; b"],
)
def test_a_cue_that_cannot_be_read_is_named(pattern: str) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        cue(pattern)


def test_every_family_can_be_used() -> None:
    for family in FAMILIES:
        assert cue(f"<{family}>")


@given(st.data())
def test_a_cue_that_is_not_tried_would_not_have_been_found(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from((*AWKWARD, *SHIPPED)))
    own = re.findall(r"\w+", pattern) or ["roof"]
    joined = st.sampled_from((" ", " ", ", ", "", "'", "-", " the ", "s "))
    words = st.sampled_from((*own, "ed", "re", "d", "2", "stage", "ombudsman", "1 may 2026"))
    pieces = data.draw(st.lists(st.tuples(words, joined), max_size=12))
    text = "".join(word + after for word, after in pieces)

    assert occurs((pattern,), text) == bool(cue(pattern).search(text))


@pytest.mark.parametrize("pattern", AWKWARD)
def test_any_of_several_cues_is_enough(pattern: str) -> None:
    assert occurs((pattern, "roof"), "the roof")
    assert not occurs((), "the roof")


def test_a_cue_that_cannot_be_read_is_named_when_it_is_looked_for() -> None:
    with pytest.raises(ValueError, match="open roof"):
        occurs(("[open roof",), "an open roof")
