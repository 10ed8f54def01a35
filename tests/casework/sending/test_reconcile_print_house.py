"""A print house is held to its confirmations, and gives no other view of what it printed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from correspondence.casework.sending.reconcile_post import compare_post
from tests.casework.sending.test_posting import later
from tests.casework.sending.test_print_batches import (  # noqa: F401 - fixtures
    AN_HOUR,
    batches,
    both,
    confirm,
    desk,
    folder,
    gathering,
    place,
)

if TYPE_CHECKING:
    from pathlib import Path

    from correspondence.casework.sending.reconcile_post import PostCompared
    from tests.casework.bureau import Bureau


def compared(at: Bureau) -> PostCompared:
    return compare_post(at.house, now=at.now)


def test_a_letter_counts_as_posted_where_the_house_confirmed_it_and_nothing_else_is_claimed(
    desk: Bureau,  # noqa: F811
    place: Path,  # noqa: F811
) -> None:
    first, second = both(desk)
    later(desk, AN_HOUR)
    (under_way,) = compared(desk).differences
    assert (under_way.kind, under_way.asks) == ("no_view", False)
    ((_, names),) = batches(place).items()
    confirm(place, f"{names[0]},posted,2026-11-23")
    later(desk, timedelta(days=6))
    found = compared(desk)
    assert (found.posted, found.seen) == (2, 1)
    (silent,) = found.differences
    assert (silent.kind, silent.asks) == ("not_confirmed", True)
    assert second in silent.what
    desk.sent(second)
    found = compared(desk)
    assert found.seen == 1
    (unseen,) = found.differences
    assert (unseen.kind, unseen.asks) == ("no_view", False)
    assert second in unseen.what
    assert first not in unseen.what
