"""Learn to read from labelled messages: kinds, service areas, points and wishes, all at once.

python -m benchmarks.learn_reading       learn from all labelled messages and write the weights
"""

from __future__ import annotations

import sys
from pathlib import Path

import correspondence.intake
from benchmarks.labelled_messages import labelled_messages
from correspondence.intake.lessons import learned, lesson

LEARNED = Path(correspondence.intake.__file__).parent / "judges" / "learned"


def main() -> None:
    """Learn from every labelled message, and write the weights that are shipped."""
    lessons = [lesson(entry) for entry in labelled_messages()]
    opinions = learned(lessons)
    for name in ("kinds", "areas", "points", "outcomes"):
        opinion = getattr(opinions, name)
        (LEARNED / f"{name}.json").write_text(opinion.as_json(), encoding="utf-8")
        sys.stdout.write(f"{name}: {len(opinion.weights)} weights from {len(lessons)} messages\n")


if __name__ == "__main__":
    main()
