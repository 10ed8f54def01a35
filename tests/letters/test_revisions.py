"""The difference between two revisions is whole: both texts can be read out of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from correspondence.letters.revisions import differences, word_by_word
from correspondence.letters.text import (
    Block,
    BulletList,
    Heading,
    LetterText,
    ListItem,
    Paragraph,
    Run,
)


def para(text: str) -> Paragraph:
    return Paragraph(runs=(Run(text=text),))


def letter(*blocks: Block) -> LetterText:
    return LetterText(blocks=blocks)


BEFORE = letter(
    Heading(level=1, runs=(Run(text="Your complaint"),)),
    para("We received your complaint on 3 March 2026 and will answer within ten days."),
    para("Yours sincerely"),
)


def test_one_word_that_was_changed_is_the_only_one_that_is_marked() -> None:
    after = letter(BEFORE.blocks[0], para(_with("4 March")), BEFORE.blocks[2])
    changed = [one for one in differences(BEFORE, after) if one.changed]
    assert len(changed) == 1
    marked = [(one.change, one.words) for one in changed[0].pieces if one.change != "same"]
    assert marked == [("removed", "3"), ("added", "4")]


def test_a_paragraph_put_in_and_one_taken_out_are_shown_whole() -> None:
    after = letter(BEFORE.blocks[0], BEFORE.blocks[1], para("The gutter is mended. Goodbye."))
    said = [(one.pieces[0].change, one.pieces[0].words) for one in differences(BEFORE, after)]
    assert ("added", "The gutter is mended. Goodbye.") in said
    assert ("removed", "Yours sincerely") in said


def test_the_same_letter_has_no_difference() -> None:
    assert not any(one.changed for one in differences(BEFORE, BEFORE))


def test_an_enormous_paragraph_is_shown_whole_instead_of_holding_up_the_page() -> None:
    long, other = "word " * 5_000, "other " * 5_000
    assert [one.change for one in word_by_word(long, other)] == ["removed", "added"]


WORDS = st.text(st.sampled_from("ab \n."), min_size=1, max_size=25).filter(str.strip)
BLOCKS = st.lists(
    st.one_of(
        WORDS.map(para),
        WORDS.map(lambda text: Heading(level=2, runs=(Run(text=text),))),
        WORDS.map(lambda text: BulletList(items=(ListItem(runs=(Run(text=text),)),))),
    ),
    max_size=7,
)


@given(BLOCKS, BLOCKS)
def test_both_letters_can_be_read_out_of_their_difference(
    old: list[Block], new: list[Block]
) -> None:
    passages = differences(letter(*old), letter(*new))
    for blocks, before in ((old, True), (new, False)):
        said = [one.said(before=before) for one in passages]
        assert [one for one in said if one] == [
            words for block in blocks if (words := letter(block).plain())
        ]


def _with(day: str) -> str:
    return f"We received your complaint on {day} 2026 and will answer within ten days."
