"""When the resident agreed that what was promised is done, beside the promise."""

from __future__ import annotations

import json
from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "r0020"
down_revision = "r0019"
branch_labels = None
depends_on = None

_UNCONFIRMED = "done_on IS NOT NULL AND confirmed_on IS NULL"
_AT_ONCE = 1_000


def upgrade() -> None:
    """What was confirmed before is on record as events, and put beside its promise."""
    op.add_column("actions", sa.Column("confirmed_on", sa.Date()))
    op.create_index(
        "ix_actions_unconfirmed",
        "actions",
        ["done_on", "id"],
        sqlite_where=sa.text(_UNCONFIRMED),
        postgresql_where=sa.text(_UNCONFIRMED),
    )
    actions = sa.table("actions", sa.column("id", sa.String), sa.column("confirmed_on", sa.Date))
    confirm = (
        sa.update(actions)
        .where(actions.c.id == sa.bindparam("action"))
        .values(confirmed_on=sa.bindparam("on"))
    )
    conn = op.get_bind()
    bodies = conn.execute(sa.text("SELECT body FROM events WHERE kind = 'completion_confirmed'"))
    for some in bodies.scalars().partitions(_AT_ONCE):
        facts = [json.loads(body)["facts"] for body in some]
        conn.execute(
            confirm,
            [{"action": one["action"], "on": date.fromisoformat(one["on"])} for one in facts],
        )
