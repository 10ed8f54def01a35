"""Ten thousand damaged messages: each is a row, none brings anything down, memory stays flat."""

from __future__ import annotations

import gc
import json
from pathlib import Path

import pytest

from correspondence.intake.content import content_digest
from correspondence.intake.mail.safe_html import safe_html
from correspondence.intake.parsing import parse
from tests.intake.mail.test_safe_html import check as check_page
from tests.intake.mutations import mutated, whole_messages

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.eml"))
# Without the scan of pictures alone: reading its words takes a second each time.
READ = [path.read_bytes() for path in SAMPLES if not path.name.startswith("09-")]
MESSAGES = [*whole_messages(), *(raw for raw in READ if len(raw) < 20_000)]


def check(raw: bytes) -> None:
    """A message that can be kept, told in JSON, compared, and shown on a page."""
    message = parse(raw)
    assert "could not be read (" not in message.unreadable
    assert "could not be read to its end" not in message.unreadable
    json.dumps([message.text, message.new_text, message.subject, dict(message.headers)]).encode()
    for text in (message.text, message.new_text, message.html, message.subject):
        text.encode("utf-8")
        assert "\0" not in text
    names = [item.name.lower() for item in message.attachments]
    assert len(set(names)) == len(names)
    assert not any("/" in name or not name for name in names)
    assert len(content_digest(message)) == 64
    check_page(safe_html(message))


def test_every_sound_message_is_read_whole() -> None:
    for raw in whole_messages():
        message = parse(raw)
        assert not message.unreadable
        assert message.text


@pytest.mark.parametrize("seed", range(4))
def test_damaged_messages_give_messages(seed: int) -> None:
    for raw in mutated(MESSAGES, 150, seed):
        check(raw)


@pytest.mark.slow
@pytest.mark.timeout(1_800)
def test_ten_thousand_damaged_messages_leave_memory_as_it_was() -> None:
    used: list[int] = []
    for round_number in range(10):
        for raw in mutated(MESSAGES, 1_000, 1_000 + round_number):
            check(raw)
        gc.collect()
        used.append(resident())
    settled, last = max(used[2:5]), used[-1]
    assert last < settled * 1.15 + 20_000_000, used


def resident() -> int:
    """Bytes of memory in use by this process."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        pytest.skip("how much memory is in use can be told on Linux alone")
    return int(statm.read_bytes().split()[1]) * 4_096
