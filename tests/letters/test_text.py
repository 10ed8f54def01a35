"""The letter itself: its words, its gaps and its tidy form."""

from hypothesis import given

from correspondence.letters.text import (
    BulletList,
    Cell,
    Heading,
    LetterText,
    ListItem,
    Paragraph,
    Run,
    Table,
    gap,
)
from tests.letters.letter_texts import LETTERS


def _runs(*texts: str) -> tuple[Run, ...]:
    return tuple(Run(text=text) for text in texts)


def test_plain_text_keeps_headings_lists_and_numbers() -> None:
    inner = BulletList(items=(ListItem(runs=_runs("in")),))
    text = LetterText(
        blocks=(
            Heading(level=1, runs=_runs("Head")),
            BulletList(
                ordered=True,
                start=3,
                items=(ListItem(runs=_runs("c"), lists=(inner,)), ListItem(runs=_runs("d"))),
            ),
            Table(rows=((Cell(runs=_runs("a")), Cell(runs=_runs("b"))),)),
        )
    )
    assert text.plain() == "Head\n\n3. c\n  - in\n4. d\n\na | b"


def test_gaps_are_found_wherever_they_stand() -> None:
    text = LetterText(
        blocks=(
            Paragraph(runs=_runs("by ", gap("the date"), ".")),
            BulletList(items=(ListItem(runs=_runs(gap("who"))),)),
        )
    )
    assert text.gaps() == ("the date", "who")


def test_tidying_joins_what_looks_the_same_and_drops_what_cannot_be_seen() -> None:
    text = LetterText(blocks=(Paragraph(runs=_runs(" Dear ", "", "you ")), Paragraph(runs=())))
    assert text.tidy() == LetterText(blocks=(Paragraph(runs=_runs("Dear you")),))


@given(LETTERS)
def test_a_tidy_letter_stays_as_it_is_and_keeps_its_digest(text: LetterText) -> None:
    assert text.tidy() == text
    again = LetterText.model_validate_json(text.model_dump_json())
    assert again.digest() == text.digest()
