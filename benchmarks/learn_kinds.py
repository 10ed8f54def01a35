"""Learn the second opinion on kinds from the labelled messages, and write its weights.

python -m benchmarks.learn_kinds            learn and write
python -m benchmarks.learn_kinds --try      measure by parts held back, write nothing
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import correspondence.intake
from benchmarks.labelled_messages import Labelled, labelled_messages
from correspondence.intake.judges.kind_features import features
from correspondence.intake.judges.learning import learn
from correspondence.intake.judges.order import rules
from correspondence.intake.judges.subject import Subject
from correspondence.intake.matter import matter_of
from correspondence.intake.signals import signals
from correspondence.intake.wording.findings import Findings

WEIGHTS = Path(correspondence.intake.__file__).parent / "judges" / "learned" / "kinds.json"
PARTS = 5


def seen(entry: Labelled) -> tuple[dict[str, float], str]:
    """The features of a labelled message, and its kind."""
    signs = signals(entry.message, entry.landlord)
    matter = matter_of(
        entry.message, by_colleague=signs.writer == "staff", by_machine=signs.machine == "notice"
    )
    it = Subject(entry.message, matter, signs, Findings(matter), entry.landlord)
    return features(it, rules(it).kind), entry.labels["kind"]


def held_back(examples: list[tuple[dict[str, float], str]]) -> float:
    """The share read rightly by opinions that had not learned from the part they are tried on."""
    right = 0
    for part in range(PARTS):
        opinion = learn([pair for n, pair in enumerate(examples) if n % PARTS != part])
        for found, kind in examples[part::PARTS]:
            likely = opinion.probabilities(found)
            right += max(likely, key=lambda name: likely[name]) == kind
    return right / len(examples)


def main() -> None:
    examples = [seen(entry) for entry in labelled_messages()]
    if "--try" in sys.argv:
        sys.stdout.write(f"read rightly when held back: {held_back(examples):.3f}\n")
        return
    weights = {kind: dict(row) for kind, row in learn(examples).weights.items()}
    WEIGHTS.parent.mkdir(exist_ok=True)
    WEIGHTS.write_text(json.dumps(weights, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(examples)} messages learned into {WEIGHTS.name}\n")


if __name__ == "__main__":
    main()
