"""Outlook's own message files (.msg)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.intake.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable


def read(content: bytes, *, depth: int, open_message: Callable[[bytes, int], Message]) -> Message:
    """Read a .msg file."""
    del content, depth, open_message
    return Message(unreadable="Outlook message files cannot be read yet.")
