"""What goes to the other process and what comes back: data of declared types, and nothing else.

The bytes that a stranger's file may have had a hand in are read by `plain_data`, which refuses
whatever is not of the type that the errand asks for.
"""

from __future__ import annotations

from typing import Any, Final

from correspondence.intake.message import Message
from correspondence.plain_data import packed, unpacked

READY: Final = "ready"

_LONGEST_WHY: Final = 200  # characters; it is shown to a person
_TEXT_AND_WHY: Final = tuple[tuple[str, str] | None, str, bool]
ANSWERS: Final[dict[str, Any]] = {
    READY: tuple[str | None, str, bool],
    "message": tuple[Message | None, str, bool],
    "document": _TEXT_AND_WHY,
    "scan": _TEXT_AND_WHY,
    "picture": _TEXT_AND_WHY,
}
"""What each errand is answered with: the answer, why there is none, whether the process ends."""

_ERRAND: Final = tuple[str, float, tuple[Any, ...]]


def packed_errand(kind: str, seconds: float, given: tuple[Any, ...]) -> bytes:
    """An errand as bytes."""
    return packed(_ERRAND, (kind, seconds, given))


def unpacked_errand(content: bytes) -> tuple[str, float, tuple[Any, ...]]:
    """The errand in these bytes. Raises NotPlain."""
    kind, seconds, given = unpacked(_ERRAND, content)
    return kind, seconds, given


def packed_answer(kind: str, answer: object, *, failed: str = "", leaves: bool = False) -> bytes:
    """An answer as bytes; `failed` says why there is none, `leaves` that the process ends now."""
    return packed(ANSWERS[kind], (None if failed else answer, failed, leaves))


def unpacked_answer(kind: str, content: bytes) -> tuple[Any, str, bool]:
    """The answer to an errand of that kind, why there is none, and whether the process ends.

    Raises NotPlain where the bytes hold anything else.
    """
    answer, failed, leaves = unpacked(ANSWERS[kind], content)
    return answer, failed[:_LONGEST_WHY], leaves
