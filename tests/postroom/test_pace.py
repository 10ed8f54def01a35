"""A mailbox's server is asked so often within any minute and no oftener."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from correspondence.postroom.pace import Pace


class Clock:
    """Stands still until it is told to go."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@given(
    most=st.integers(1, 40),
    wishes=st.lists(st.tuples(st.integers(1, 15), st.floats(0, 90)), max_size=60),
)
def test_who_keeps_to_the_pauses_never_asks_oftener_within_any_minute(
    most: int, wishes: list[tuple[int, float]]
) -> None:
    clock = Clock()
    pace = Pace(most, clock)
    made: list[float] = []
    for requests, later in wishes:
        clock.now += later
        clock.now += pace.pause(requests)
        assert pace.pause(requests) <= 1e-6
        for _ in range(requests):
            pace.note()
            made.append(clock.now)
    for first in made:
        within = sum(first <= one < first + 59.99 for one in made)
        assert within <= max(most, *(requests for requests, _ in wishes))


def test_nothing_is_waited_for_without_need() -> None:
    clock = Clock()
    pace = Pace(10, clock)
    assert pace.pause(10) == 0
    for _ in range(10):
        pace.note()
        clock.now += 1
    assert pace.pause(1) == 50
    assert pace.pause(3) == 52
    clock.now += 50
    assert (pace.pause(1), pace.pause(2)) == (0, 1)


def test_without_a_limit_nothing_is_counted() -> None:
    pace = Pace()
    for _ in range(1000):
        pace.note()
    assert pace.pause(1_000_000) == 0


def test_things_are_taken_in_portions_that_a_minute_has_room_for() -> None:
    assert Pace(600).fitting(24, each=2) == 24
    assert Pace(20).fitting(24, each=2) == 5
    assert Pace(1).fitting(24, each=2) == 1
    assert Pace(20).fitting(24, each=0) == 24
    assert Pace().fitting(24, each=2) == 24
