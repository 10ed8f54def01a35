"""A stand-in for Microsoft Graph for the tests of each module."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.postroom.certificates import NO_OPENSSL, openssl_is_there
from tests.postroom.graph_stand_in import StandIn, graph_stand_in

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def running() -> Iterator[StandIn]:
    if not openssl_is_there():
        pytest.skip(NO_OPENSSL)
    with graph_stand_in() as made:
        yield made


@pytest.fixture
def graph(running: StandIn) -> StandIn:
    """The stand-in as if it had just begun."""
    running.wish("begin-anew")
    return running
