"""The cases that messages were put with a moment ago, so that not each is read from its beginning.

One who writes a thousand times about one case, or a machine that answers itself, would else have
its whole history read and held against the chain a thousand times, each time longer.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, Final

from correspondence.cases.case import after
from correspondence.cases.events import MessageJoined
from correspondence.store import case_files

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sqlalchemy as sa

    from correspondence.cases.case import Case
    from correspondence.cases.events import Event

MOST: Final = 64
"""Cases that are remembered; the one that was put to use longest ago goes first."""


@dataclass(slots=True)
class Lately:
    """Some cases as they stood, each good as long as its history ends where it did.

    The hash of an event follows from every event before it, so whatever anybody else appended
    meanwhile shows. Every event was held against the chain when its case was read.
    """

    _cases: OrderedDict[str, tuple[tuple[int, str], Case]] = field(default_factory=OrderedDict)

    def load(self, conn: sa.Connection, reference: str) -> Case:
        """The case as it stands. Raises NotKnown, RecordBroken."""
        return self.standing(conn, reference) or case_files.load(conn, reference)

    def standing(self, conn: sa.Connection, reference: str) -> Case | None:
        """The case as it stands, where it is remembered and nothing was appended since."""
        if reference not in self._cases:
            return None
        end, case = self._cases[reference]
        return case if case_files.end_of(conn, reference) == end else None

    def after(
        self, conn: sa.Connection, reference: str, stood: Case | None, happened: Sequence[Event]
    ) -> Case:
        """The case now that this has happened and was appended, from how it `stood` before.

        Where that is not known, or something else happened than that messages were put with it, it
        is read from its first event. Raises RecordBroken.
        """
        joined = [event for event in happened if isinstance(event, MessageJoined)]
        if not joined:
            self._cases.pop(reference, None)
            return case_files.load(conn, reference)
        if stood is not None and len(joined) == len(happened):
            case = reduce(after, joined, stood)
        else:
            case = case_files.load(conn, reference)
        self._remember(conn, case)
        return case

    def _remember(self, conn: sa.Connection, case: Case) -> None:
        end = case_files.end_of(conn, case.reference)
        if end is None:
            return
        self._cases[case.reference] = (end, case)
        self._cases.move_to_end(case.reference)
        while len(self._cases) > MOST:
            self._cases.popitem(last=False)
