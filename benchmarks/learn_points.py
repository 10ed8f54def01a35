"""Learn which pieces of a message are its points, and which says what is wanted.

python -m benchmarks.learn_points
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import correspondence.intake
from benchmarks.labelled_messages import Labelled, labelled_messages
from correspondence.intake.judges.learning import learn
from correspondence.intake.judges.subject import ACKNOWLEDGED
from correspondence.intake.matter import matter_of
from correspondence.intake.signals import signals
from correspondence.intake.wording.findings import Findings
from correspondence.intake.wording.pieces import Piece, pieces

LEARNED = Path(correspondence.intake.__file__).parent / "judges" / "learned"
STRENGTH_POINTS, STRENGTH_OUTCOMES = 0.012, 0.001


def words(text: str) -> set[str]:
    """The words of a text, for comparing two stretches of it."""
    return set(re.findall(r"[a-z0-9']+", text.lower().replace("’", "'")))


def answers(label: str, given: str) -> bool:
    """Whether a piece holds most of what a label holds, without swallowing the message."""
    wanted, held = words(label), words(given)
    return len(wanted & held) >= 0.6 * len(wanted) and len(held) <= max(12, 2.5 * len(wanted))


def seen(entry: Labelled) -> list[Piece]:
    """The pieces of a labelled message."""
    signs = signals(entry.message, entry.landlord)
    matter = matter_of(
        entry.message, by_colleague=signs.writer == "staff", by_machine=signs.machine == "notice"
    )
    return pieces(Findings(matter), signs.writer)


def main() -> None:
    told, wished = [], []
    for entry in labelled_messages():
        labels = entry.labels
        for piece in seen(entry):
            is_point = any(answers(label, piece.quote) for label in labels["points"])
            is_wish = bool(labels["outcome_sought"]) and answers(
                labels["outcome_sought"], piece.quote
            )
            if labels["points"] and labels["kind"] in ACKNOWLEDGED:
                told.append((piece.signs, "yes" if is_point else "no"))
            wished.append((piece.signs, "yes" if is_wish else "no"))
    for name, examples, strength in (
        ("points", told, STRENGTH_POINTS),
        ("outcomes", wished, STRENGTH_OUTCOMES),
    ):
        weights = {kind: dict(row) for kind, row in learn(examples, strength).weights.items()}
        path = LEARNED / f"{name}.json"
        path.write_text(json.dumps(weights, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        sys.stdout.write(f"{len(examples)} pieces learned into {path.name}\n")


if __name__ == "__main__":
    main()
