"""Letters in hand: words being typed, when a letter is to leave, and who else must agree to it."""

from __future__ import annotations

revision = "r0008"
down_revision = "r0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Being filled in."""
