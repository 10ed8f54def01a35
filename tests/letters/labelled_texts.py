"""Whole letters out of the labelled ones, for tests that need one as people write them."""

import json
from pathlib import Path
from typing import Final

_LINES: Final = [
    json.loads(line)
    for line in (Path(__file__).parent / "labelled" / "letters.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
RESPONSE: Final[str] = max(
    (line["text"] for line in _LINES if line["kind"] == "stage1_response" and not line["missing"]),
    key=len,
)
"""The longest stage 1 response that lacks nothing."""
