"""Of two who change one letter at once, nothing that either wrote is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from correspondence.web.letter_merge import carried

BASE = ("Dear Sorrel", "We are sorry.", "The gutter leaks.", "Yours")


def test_what_only_i_changed_stands_in_its_box() -> None:
    saved = ("Dear Ms Attwater", "We are sorry.", "The gutter leaks.", "Yours")
    came = carried(BASE, {2: "The gutter is mended."}, saved)
    assert came.boxes == ("Dear Ms Attwater", "We are sorry.", "The gutter is mended.", "Yours")
    assert came.beside == ()


def test_what_both_changed_stands_beside() -> None:
    came = carried(BASE, {0: "Good day"}, ("Dear Ms Attwater", *BASE[1:]))
    assert came.boxes[0] == "Dear Ms Attwater"
    assert came.beside == ("Good day",)


def test_what_both_changed_alike_stands_once() -> None:
    came = carried(BASE, {0: "Good day"}, ("Good day", *BASE[1:]))
    assert (came.boxes[0], came.beside) == ("Good day", ())


def test_a_part_that_moved_takes_my_words_along() -> None:
    came = carried(BASE, {3: "Yours sincerely"}, ("Dear Sorrel", "Something new.", *BASE[1:]))
    assert came.boxes[-1] == "Yours sincerely"


def test_a_part_that_was_taken_out_leaves_my_words_beside() -> None:
    came = carried(BASE, {2: "The gutter is mended."}, (*BASE[:2], BASE[3]))
    assert came.beside == ("The gutter is mended.",)


TEXTS = st.lists(st.sampled_from("abcdefgh"), max_size=8).map(tuple)
MINE = st.dictionaries(st.integers(-1, 9), st.sampled_from(["mine 1", "mine 2", "a", ""]))


@given(TEXTS, MINE, TEXTS)
def test_nothing_that_i_wrote_and_nothing_that_was_saved_is_lost(
    base: tuple[str, ...], mine: dict[int, str], saved: tuple[str, ...]
) -> None:
    came = carried(base, mine, saved)
    there = {*came.boxes, *came.beside}
    for number, text in mine.items():
        if 0 <= number < len(base) and text.strip() and text != base[number]:
            assert text in there
    assert len(came.boxes) == len(saved)
    for before, now in zip(saved, came.boxes, strict=True):
        assert now == before or now in mine.values()
