from __future__ import annotations

import json

import pytest

from correspondence.intake.labelled import labelled
from correspondence.intake.lessons import Lesson, lesson, relearned


def line(number: int, body: str, kind: str) -> str:
    return json.dumps(
        {
            "id": f"X{number}",
            "from": "Ada Wick <ada@example.net>",
            "to": "Complaints <complaints@larkhill.example>",
            "subject": "",
            "date": "2026-03-02T09:00:00+00:00",
            "body_text": body,
            "labels": {"kind": kind, "service_area": "repairs" if kind == "complaint" else "other"},
        }
    )


def taught(count: int, *, upside_down: bool = False) -> list[Lesson]:
    kinds = ("compliment", "complaint") if upside_down else ("complaint", "compliment")
    bodies = ("Nobody came to mend the tap, again.", "Thank you for the lovely garden.")
    lines = [line(n, bodies[n % 2], kinds[n % 2]) for n in range(count)]
    return [lesson(entry) for entry in labelled("\n".join(lines), "office")]


def test_corrections_that_agree_are_kept() -> None:
    result = relearned(taught(12), taught(6))
    assert result.worse == ()
    assert result.after.kind == 1.0


def test_corrections_that_make_reading_worse_are_refused() -> None:
    result = relearned(taught(12), taught(60, upside_down=True)[::2])
    assert result.after.found < result.before.found
    assert "complaints and escalations found" in result.worse


@pytest.mark.parametrize("text", ["{", "[]", '{"id": "X"}', '{"labels": {}}'])
def test_a_line_that_is_no_labelled_message_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="Line 2 holds no labelled message"):
        labelled(f"\n{text}", "office")
