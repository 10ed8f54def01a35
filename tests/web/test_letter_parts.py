"""A letter in boxes: what is left alone stays as it was, what is written stands in the letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.letters.text import (
    BulletList,
    Cell,
    Heading,
    LetterText,
    ListItem,
    Paragraph,
    Run,
    Table,
)
from correspondence.letters.word import walk
from correspondence.letters.word.writing import write
from correspondence.web.letter_parts import PartUnusable, edited, parts

LINK = Run(text="our website", link="https://www.harrowmere.example/complaints")

LETTER = LetterText(
    blocks=(
        Heading(level=1, runs=(Run(text="Your complaint"),)),
        Paragraph(runs=(Run(text="See "), LINK, Run(text=" for "), Run(text="more", strong=True))),
        BulletList(
            ordered=True,
            items=(
                ListItem(
                    runs=(Run(text="The gutter"),),
                    lists=(BulletList(items=(ListItem(runs=(Run(text="at the back"),)),)),),
                ),
                ListItem(runs=(Run(text="The door"),)),
            ),
        ),
        Table(
            rows=(
                (Cell(runs=(Run(text="What"),), heads="column"), Cell(runs=(Run(text="When"),))),
                (Cell(runs=(Run(text="Mend"),)), Cell(runs=(Run(text="May"),))),
            )
        ),
    )
)


def boxes(**changed: str) -> dict[str, str]:
    return {one.name: one.value for one in parts(LETTER)} | {
        name.replace("_", "-"): value for name, value in changed.items()
    }


def test_a_letter_sent_back_as_it_was_is_the_same_letter() -> None:
    assert edited(LETTER, boxes()) == LETTER


def test_line_ends_of_browsers_change_nothing() -> None:
    sent = {name: value.replace("\n", "\r\n") + " \r\n" for name, value in boxes().items()}
    assert edited(LETTER, sent) == LETTER


def test_a_form_without_some_box_leaves_that_part_alone() -> None:
    assert edited(LETTER, {}) == LETTER


def test_links_and_bold_words_stay_where_they_still_stand() -> None:
    text = edited(LETTER, boxes(part_1="Please see our website today, for more."))
    block = text.blocks[1]
    assert isinstance(block, Paragraph)
    assert LINK in block.runs
    assert Run(text="more", strong=True) in block.runs


def test_an_empty_box_takes_its_part_away() -> None:
    assert len(edited(LETTER, boxes(part_0="  ")).blocks) == 3


def test_an_empty_line_makes_two_paragraphs_and_hyphens_a_list() -> None:
    text = edited(LETTER, boxes(part_1="First.\n\nSecond.\n\n- one\n- two"))
    assert [type(block).__name__ for block in text.blocks[1:4]] == [
        "Paragraph",
        "Paragraph",
        "BulletList",
    ]


def test_items_and_the_lists_within_them_can_be_changed() -> None:
    text = edited(LETTER, boxes(part_2="1. The gutter\n  - at the front\n2. The roof\n3. The path"))
    assert text.blocks[2] == BulletList(
        ordered=True,
        items=(
            ListItem(
                runs=(Run(text="The gutter"),),
                lists=(BulletList(items=(ListItem(runs=(Run(text="at the front"),)),)),),
            ),
            ListItem(runs=(Run(text="The roof"),)),
            ListItem(runs=(Run(text="The path"),)),
        ),
    )


def test_cells_can_be_changed_and_rows_added_but_no_column_lost() -> None:
    text = edited(LETTER, boxes(part_3="What | When\nMend | June\nPaint | July"))
    table = text.blocks[3]
    assert isinstance(table, Table)
    assert table.rows[0][0].heads == "column"
    assert table.rows[2][1].runs == (Run(text="July"),)
    with pytest.raises(PartUnusable) as refused:
        edited(LETTER, boxes(part_3="What | When\nMend"))
    assert refused.value.name == "part-3"
    assert "Line 2 of the table has 1 cells" in refused.value.says


def test_a_letter_cannot_be_emptied() -> None:
    with pytest.raises(PartUnusable, match=r".*"):
        edited(LETTER, dict.fromkeys(boxes(), ""))


WRITTEN = st.text(
    st.characters(codec="utf-8") | st.sampled_from("-*| .1)\n\t "),
    max_size=120,
)


@given(st.dictionaries(st.sampled_from(sorted(boxes())), WRITTEN))
def test_whatever_is_written_makes_a_letter_that_word_carries_or_is_refused(
    written: dict[str, str],
) -> None:
    try:
        text = edited(LETTER, {**boxes(), **written})
    except PartUnusable:
        return
    assert walk(write(text)).plain() == text.plain()
    again = {one.name: one.value for one in parts(text)}
    assert edited(text, again) == text
