"""How well letters are judged that nobody tuned the checker on: floors, not promises of more."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.labelled_letters import labelled_letters, single_examples
from benchmarks.learn_checking import (
    HELD_BACK,
    LEARNED_FROM,
    SINGLE,
    measured,
)
from benchmarks.score_checking import f1, score

LABELLED = Path(__file__).parent / "labelled"
LEFT_OUT = "styles_d.jsonl"


def _held_back() -> list[dict[str, Any]]:
    text = (LABELLED / "styles_c.jsonl").read_text(encoding="utf-8")
    letters = [json.loads(line) for line in text.splitlines() if line]
    return [letter for letter in letters if letter["landlord"] in HELD_BACK]


def test_letters_of_landlords_never_learned_from_are_judged() -> None:
    letters = _held_back()
    assert len(letters) == 20

    counts = score(letters, verbose=False)

    assert f1(counts["hits"], counts["found"], counts["wanted"]) >= 0.85
    assert counts["false"] / counts["present"] <= 0.03
    assert counts["unsure"] / counts["items"] <= 0.03
    assert f1(counts["word_hits"], counts["word_found"], counts["word_wanted"]) >= 0.8


READ = tuple(name for name in LEARNED_FROM if name[:8] not in ("styles_f", "styles_g", "styles_h"))
"""Five authors of eight: learning takes the square of their number."""


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_an_author_left_out_is_judged_better_by_both_than_by_the_rules_alone() -> None:
    """One author here; `python -m benchmarks.learn_checking --try` leaves out each in turn."""
    letters, singles = labelled_letters(READ), single_examples(SINGLE)
    assert LEFT_OUT in {letter.author for letter in letters}

    counts = measured(letters, singles, LEFT_OUT)

    whole = {
        what: sum(times for (_, counted), times in counts.items() if counted == what)
        for what in {counted for _, counted in counts}
    }
    hits, rule_hits = (whole["lacking"] - whole[name] for name in ("overlooked", "rule overlooks"))
    both = f1(hits, hits + whole["wrongly missing"], whole["lacking"])
    alone = f1(rule_hits, rule_hits + whole["rule wrongly missing"], whole["lacking"])
    assert both >= 0.78
    assert both >= alone + 0.03
    assert whole["wrongly missing"] / whole["present"] <= 0.035
