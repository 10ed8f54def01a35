"""A message that has suffered two faults at once still says what it said."""

from __future__ import annotations

import pytest

from correspondence.intake.parsing import parse
from tests.intake.faults import CONTENT, FAULTS, SAID, SOUND, SUBJECT, twice_broken


def wrong(raw: bytes, *, has_file: bool) -> list[str]:
    """What of the message is not as it was written."""
    message = parse(raw)
    found = {
        "sender": message.sender.address == "jo@example.net" and message.sender.name == "Jo Tenant",
        "to": [one.address for one in message.to] == ["c@landlord.example"],
        "subject": message.subject == SUBJECT,
        "date": message.sent_at is not None
        and message.sent_at.isoformat().startswith("2026-03-03"),
        "message_id": message.message_id == "1@example.net",
        "text": message.text.strip().removesuffix("--").strip().endswith(SAID),
        "said once": message.text.count(SAID) == 1,
        "readable": not message.unreadable,
        "files": ([one.content for one in message.attachments] == [CONTENT]) == has_file,
        "names": all(
            one.name.endswith("letter.pdf") or "." in one.name for one in message.attachments
        ),
    }
    return [name for name, right in found.items() if not right]


@pytest.mark.parametrize("kind", SOUND)
def test_it_is_read_as_it_was_written(kind: str) -> None:
    raw, has_file = SOUND[kind]
    assert wrong(raw, has_file=has_file) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_one_fault_hides_nothing(fault: str) -> None:
    assert {
        kind: wrong(FAULTS[fault](raw), has_file=has_file)
        for kind, (raw, has_file) in SOUND.items()
    } == {kind: [] for kind in SOUND}


def test_two_faults_hide_nothing_either() -> None:
    every = list(twice_broken())
    assert len(every) > 600
    found = {name: wrong(raw, has_file=has_file) for name, raw, has_file in every}
    assert {name: fields for name, fields in found.items() if fields} == {}
