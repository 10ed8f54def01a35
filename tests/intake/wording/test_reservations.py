from __future__ import annotations

import pytest

from correspondence.intake.wording.findings import phrasebook
from correspondence.intake.wording.passages import fold


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("I haven't decided if I want to go on.", "undecided"),
        ("Should we wish to appeal, to whom do we write?", "undecided"),
        ("It is well within your 20 working days.", "patient"),
        ("No hurry at all, I only want to know which day.", "patient"),
        ("It is nobody's fault.", "blames_nobody"),
        ("I make no complaint.", "blames_nobody"),
        ("I was going to write and moan, and now it is dry.", "made_good"),
        ("Ada has put it all right since she came.", "made_good"),
    ],
)
def test_what_keeps_a_message_from_meaning_more_is_found(text: str, family: str) -> None:
    assert family in {hit.family for hit in phrasebook().find(fold(text))}
