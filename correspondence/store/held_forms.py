"""Forms that came after their web session had ended, held for whoever had written them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from correspondence.store.tables import held_forms

if TYPE_CHECKING:
    from datetime import datetime

HELD_FOR: Final = timedelta(days=1)
MOST_FOR_ONE: Final = 5
"""How many are held for one person; the oldest goes first."""


@dataclass(frozen=True, slots=True)
class HeldForm:
    """What was sent, where to, and when. `fields` are name and value, in their order."""

    digest: str
    path: str
    fields: tuple[tuple[str, str], ...]
    held_at: datetime


def hold(conn: sa.Connection, digest: str, user: str, form: HeldForm) -> None:
    """Hold a form for a user."""
    old = sa.or_(
        held_forms.c.held_at < form.held_at - HELD_FOR,
        held_forms.c.digest.in_([one.digest for one in of(conn, user)[MOST_FOR_ONE - 1 :]]),
    )
    conn.execute(sa.delete(held_forms).where(old))
    conn.execute(
        sa.insert(held_forms).values(
            digest=digest,
            user=user,
            path=form.path,
            fields=[list(pair) for pair in form.fields],
            held_at=form.held_at,
        )
    )


def clear(conn: sa.Connection, now: datetime) -> None:
    """Forget what was held for a day, for everybody."""
    conn.execute(sa.delete(held_forms).where(held_forms.c.held_at <= now - HELD_FOR))


def of(conn: sa.Connection, user: str, *, digest: str = "") -> tuple[HeldForm, ...]:
    """What is held for a user, the newest in front; with `digest` that one alone."""
    wanted = [held_forms.c.user == user]
    if digest:
        wanted.append(held_forms.c.digest == digest)
    rows = conn.execute(
        sa.select(held_forms)
        .where(*wanted)
        .order_by(held_forms.c.held_at.desc(), held_forms.c.digest)
    )
    return tuple(
        HeldForm(
            row.digest,
            row.path,
            tuple((str(name), str(value)) for name, value in row.fields),
            row.held_at,
        )
        for row in rows
    )


def let_go(conn: sa.Connection, user: str, digest: str) -> bool:
    """Forget one of a user's; False where there is none such."""
    this = sa.and_(held_forms.c.user == user, held_forms.c.digest == digest)
    return bool(conn.execute(sa.delete(held_forms).where(this)).rowcount)
