"""Many things taken a portion at a time, so that neither their number nor their bytes run away."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

_Thing = TypeVar("_Thing")


def in_portions(
    things: Iterable[_Thing], size_of: Callable[[_Thing], int], *, most: int, most_bytes: int
) -> Iterator[Sequence[_Thing]]:
    """The things in their order, at most so many and so many bytes at once.

    One thing larger than `most_bytes` is a portion by itself. A portion is given as soon as it is
    full, so that a slow source of things is not waited for.
    """
    portion: list[_Thing] = []
    total = 0
    for thing in things:
        size = size_of(thing)
        if portion and total + size > most_bytes:
            yield portion
            portion, total = [], 0
        portion.append(thing)
        total += size
        if len(portion) == most:
            yield portion
            portion, total = [], 0
    if portion:
        yield portion


def in_turns(sources: Iterable[Iterator[_Thing]]) -> Iterator[_Thing]:
    """One thing of each source in its turn, and again, until none has any left."""
    waiting = deque(sources)
    while waiting:
        source = waiting.popleft()
        try:
            thing = next(source)
        except StopIteration:
            continue
        waiting.append(source)
        yield thing
