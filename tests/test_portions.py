"""Portions, and turns."""

from collections import Counter
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from correspondence.portions import in_portions, in_turns

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


@given(st.lists(st.lists(st.integers(), max_size=9), max_size=6))
def test_no_source_gives_a_second_thing_before_each_other_gave_one(
    sources: list[list[int]],
) -> None:
    named = [[(number, one) for one in source] for number, source in enumerate(sources)]
    found = list(in_turns([iter(source) for source in named]))
    assert sorted(found) == sorted(one for source in named for one in source)
    had: Counter[int] = Counter()
    for number, _ in found:
        had[number] += 1
        for other, source in enumerate(named):
            assert had[number] <= had[other] + 1 or had[other] == len(source)


def test_a_source_that_is_flooded_waits_for_its_turn() -> None:
    flooded = (f"flooded {number}" for number in range(100))
    quiet = iter(["quiet 0", "quiet 1"])
    found = list(in_turns([flooded, quiet]))
    assert found[:4] == ["flooded 0", "quiet 0", "flooded 1", "quiet 1"]
    assert len(found) == 102
