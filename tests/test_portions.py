"""Portions."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from correspondence.portions import in_portions

SIZES = st.lists(st.integers(0, 50), max_size=60)


@given(SIZES, st.integers(1, 8), st.integers(1, 80))
def test_every_thing_comes_once_and_in_order(sizes: list[int], most: int, most_bytes: int) -> None:
    portions = in_portions(sizes, int, most=most, most_bytes=most_bytes)
    assert [size for portion in portions for size in portion] == sizes


@given(SIZES, st.integers(1, 8), st.integers(1, 80))
def test_no_portion_passes_a_limit_unless_one_thing_does_by_itself(
    sizes: list[int], most: int, most_bytes: int
) -> None:
    for portion in in_portions(sizes, int, most=most, most_bytes=most_bytes):
        assert 1 <= len(portion) <= most
        assert len(portion) == 1 or sum(portion) <= most_bytes


def test_a_full_portion_does_not_wait_for_the_next_thing() -> None:
    asked: list[int] = []

    def slow() -> Iterator[int]:
        for number in range(4):
            asked.append(number)
            yield number

    portions = in_portions(slow(), lambda _: 1, most=2, most_bytes=100)
    assert next(portions) == [0, 1]
    assert asked == [0, 1]
