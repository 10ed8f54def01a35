"""The language of cues means what its explanation says."""

import pytest

from correspondence.letters.cues import FAMILIES, cue, occurs


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


@pytest.mark.parametrize("pattern", ["<nobody>", "(open", "[open", "close]", "a ; b"])
def test_a_cue_that_cannot_be_read_is_named(pattern: str) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        cue(pattern)


def test_every_family_can_be_used() -> None:
    for family in FAMILIES:
        assert cue(f"<{family}>")
