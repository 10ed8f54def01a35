"""Service improvements made because of complaints: what, who sees to it, by when, how it stands."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import sqlalchemy as sa

from correspondence.cases.event import Event
from correspondence.errors import NotKnown
from correspondence.store.tables import IMPROVEMENT_STATES, improvements

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "IMPROVEMENT_STATES",
    "ImprovementChanged",
    "ImprovementRow",
    "ImprovementState",
    "add",
    "change",
    "listing",
    "load",
]

ImprovementState = Literal["proposed", "agreed", "under_way", "done", "dropped"]


class ImprovementChanged(Event):
    """A service improvement was recorded, or stands otherwise than before."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset({"what", "owner", "evidence"})
    kind: Literal["improvement_changed"] = "improvement_changed"
    improvement: int
    state: ImprovementState
    provision: str = ""
    reference: str | None = None
    what: str = ""
    owner: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class ImprovementRow:
    """One improvement. `provision` is the Code's number it answers to, empty where none;
    `reference` the case it was learned from.
    """

    id: int
    what: str
    theme: str
    service_area: str
    provision: str
    reference: str | None
    owner: str
    due: date | None
    state: ImprovementState
    opened_on: date
    done_on: date | None = None
    evidence: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state not in ("done", "dropped")

    def event(self) -> ImprovementChanged:
        """The event that it stands so, for the office's stream."""
        return ImprovementChanged(
            improvement=self.id,
            state=self.state,
            provision=self.provision,
            reference=self.reference,
            what=self.what,
            owner=self.owner,
            evidence=self.evidence,
        )


def add(
    conn: sa.Connection,
    *,
    what: str,
    opened_on: date,
    theme: str = "",
    service_area: str = "",
    provision: str = "",
    reference: str | None = None,
    owner: str = "",
    due: date | None = None,
    state: ImprovementState = "proposed",
) -> ImprovementRow:
    """Record an improvement; its event is the caller's to append in the same unit."""
    values: dict[str, Any] = {
        "what": what,
        "theme": theme,
        "service_area": service_area,
        "provision": provision,
        "reference": reference,
        "owner": owner,
        "due": due,
        "state": state,
        "opened_on": opened_on,
        "done_on": None,
        "evidence": "",
    }
    number = conn.execute(
        sa.insert(improvements).values(**values).returning(improvements.c.id)
    ).scalar_one()
    return ImprovementRow(id=number, **values)


def change(conn: sa.Connection, row: ImprovementRow) -> None:
    """Have an improvement stand as the row says."""
    values = asdict(row)
    conn.execute(
        sa.update(improvements).where(improvements.c.id == values.pop("id")).values(**values)
    )


def load(conn: sa.Connection, number: int) -> ImprovementRow:
    """One improvement. Raises NotKnown."""
    found = _rows(conn, sa.select(improvements).where(improvements.c.id == number))
    if not found:
        raise NotKnown(
            f"There is no service improvement {number}; `correspondence improvement list`."
        )
    return found[0]


def listing(conn: sa.Connection) -> tuple[ImprovementRow, ...]:
    """Every improvement: those open in front, those due first before the others."""
    closed = improvements.c.state.in_(("done", "dropped"))
    return _rows(
        conn,
        sa.select(improvements).order_by(
            closed, improvements.c.due.is_(None), improvements.c.due, improvements.c.id
        ),
    )


def _rows(conn: sa.Connection, query: sa.Select[Any]) -> tuple[ImprovementRow, ...]:
    return tuple(ImprovementRow(**row) for row in conn.execute(query).mappings())
