"""From the shell: a letter is to leave later, is called back, waits for a second person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from correspondence.cli.letter_leaving import moment_given
from correspondence.errors import WrongUse
from tests.cli.command import say
from tests.cli.test_how_letters_go import LETTER, own, telephoned
from tests.jobs.office import files

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["own", "telephoned"]  # the same office, made for this module too


def test_a_letter_waits_for_its_time_and_is_called_back(own: Path) -> None:
    assert say(own, "letter", "approve", LETTER).status == 0
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    leaving = say(own, "letter", "send-at", LETTER, tomorrow, "--json")
    assert leaving.status == 0
    assert leaving.json["leaves_at"].endswith("+00:00")
    assert "leaves at" in say(own, "letter", "list").out.replace("\n", " ")
    refused = say(own, "letter", "send", LETTER)
    assert refused.status == 2
    assert f"letter call-back {LETTER}" in refused.err
    assert files(own / "outbox") == {}
    assert say(own, "letter", "call-back", LETTER, "--json").json["status"] == "approved"
    assert say(own, "letter", "call-back", LETTER).status == 2
    assert say(own, "letter", "send-at", LETTER, tomorrow).status == 0
    assert say(own, "letter", "send", LETTER, "--now").status == 0
    assert files(own / "outbox") != {}
    assert say(own, "letter", "call-back", LETTER).status == 2


def test_nothing_is_seconded_that_waits_for_nobody(own: Path) -> None:
    assert say(own, "letter", "approve", LETTER).status == 0
    for words in (("second", LETTER), ("give-back", LETTER, "--because", "Say who pays.")):
        refused = say(own, "letter", *words)
        assert refused.status == 2
        assert "waits for no second approval" in refused.err


@pytest.mark.parametrize("text", ["", "tomorrow", "2026-13-01T09:00", "25:00", "2026-11-23T99:00"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(WrongUse, match="is no time"):
        moment_given(text)


def test_a_time_without_a_zone_is_londons() -> None:
    assert moment_given("2026-07-01T09:00").isoformat() == "2026-07-01T08:00:00+00:00"
