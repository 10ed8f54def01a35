"""A stand-in for an Exchange server for the tests of each module."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.postroom.exchange_stand_in import StandIn, exchange_stand_in

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def running() -> Iterator[StandIn]:
    with exchange_stand_in() as made:
        yield made


@pytest.fixture
def exchange(running: StandIn) -> StandIn:
    """The stand-in as if it had just begun."""
    running.wish("begin-anew")
    return running
