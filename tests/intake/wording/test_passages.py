from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from correspondence.intake.wording.passages import Passage, clauses, fold


@given(st.text())
def test_folding_keeps_every_character_at_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(max_size=300))
def test_sentences_stand_in_order_and_do_not_overlap(text: str) -> None:
    spans = Passage(text, "body").sentences
    ends = [0, *(span.end for span in spans)]
    assert all(end <= span.start < span.end for end, span in zip(ends, spans, strict=False))


def test_a_title_does_not_end_a_sentence() -> None:
    passage = Passage("I saw Mr. Reed on Monday. He left.", "body")
    assert [passage.quote(span) for span in passage.sentences] == [
        "I saw Mr. Reed on Monday.",
        "He left.",
    ]


def test_a_wrapped_line_goes_on() -> None:
    text = "The gate at the back of the garages has been broken since\nMarch. Nobody came."
    passage = Passage(text, "body")
    assert passage.quote(passage.sentences[0]).endswith("March.")


def test_a_long_sentence_has_clauses() -> None:
    passage = Passage("I rang on Monday about the tap, and nobody came to the house", "body")
    pieces = [passage.quote(span) for span in clauses(passage, passage.sentences[0])]
    assert pieces == ["I rang on Monday about the tap", "nobody came to the house"]
