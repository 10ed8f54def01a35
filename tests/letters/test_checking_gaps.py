"""A place left to be filled is found, wherever it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.letters.checking.gaps import _GAP, gap_in

MARKS = (
    "[name]", "[sic]", "{{ name }}", "{name}", "${sum}", "«Name»", "<<Name>>", "<insert date>",
    "____", "......", "………", "XXXX", "xxxx", "£XX", "£\u00a0x", "£ __", "xx/xx/xx", "DD/MM/YYYY",
    "dd.mm.yy", "dd mm yyyy", "dd month", "DD Month", "Lorem ipsum", "INSERT DATE", "ENTER NAME",
    "TODO", "???", "MERGEFIELD", "Error! Bookmark", "{%", "#}",
)  # fmt: skip


@pytest.mark.parametrize("mark", MARKS)
def test_every_sort_of_gap_is_found_in_a_sentence(mark: str) -> None:
    found = gap_in(f"We will pay you {mark} by Friday.")
    assert (found is None) == (mark == "[sic]")


@given(
    st.lists(
        st.one_of(
            st.sampled_from(MARKS),
            st.sampled_from([*"[]{}<>_.…?xXdDmMyY£ /-\n\u00a0", "add", "mm", "month", "MM"]),
        ),
        max_size=8,
    ).map("".join)
)
def test_no_gap_is_overlooked_for_want_of_a_sign(text: str) -> None:
    looked = _GAP.search(text)
    found = gap_in(text)
    assert (found and found[0]) == (looked and looked[0])
