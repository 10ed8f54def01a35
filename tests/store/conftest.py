"""A unit of work that leaves nothing behind, so that every example of a property begins anew."""

from __future__ import annotations

from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import sqlalchemy as sa

    from correspondence.store.database import Database


@pytest.fixture
def undone(database: Database) -> Callable[[], AbstractContextManager[sa.Connection]]:
    """Begins a writing unit; what is done in it is undone at its end."""

    @contextmanager
    def unit() -> Iterator[sa.Connection]:
        with database.writing() as conn:
            part = conn.begin_nested()
            yield conn
            part.rollback()

    return unit
