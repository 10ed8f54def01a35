"""Learn to read from labelled messages: kinds, service areas, flags, points and wishes.

python -m benchmarks.learn_reading            learn from all labelled messages, write the weights
python -m benchmarks.learn_reading QUESTION   only those of a question: kinds, areas, points,
                                              outcomes or flags; several may be named
"""

from __future__ import annotations

import sys
from pathlib import Path

import correspondence.intake
from benchmarks.labelled_messages import labelled_messages
from correspondence.intake.lessons import QUESTIONS, lesson, opinion_on
from correspondence.intake.masking import everyday_words
from correspondence.intake.message import Message

LEARNED = Path(correspondence.intake.__file__).parent / "judges" / "learned"


def main() -> None:
    """Learn from every labelled message, and write the weights that are shipped."""
    entries = labelled_messages()
    words = everyday_words(_texts(entry.message) for entry in entries)
    (LEARNED / "words.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    sys.stdout.write(f"words: {len(words)} that name nobody\n")
    lessons = [lesson(entry) for entry in entries]
    named = sys.argv[1:]
    for question in QUESTIONS:
        if not named or question in named:
            opinion = opinion_on(question, lessons)
            (LEARNED / f"{question}.json").write_text(opinion.as_json(), encoding="utf-8")
            told = f"{len(opinion.weights)} weights from {len(lessons)} messages"
            sys.stdout.write(f"{question}: {told}\n")


def _texts(message: Message) -> str:
    """All that was written in a message, its attachments' words too."""
    return "\n".join((message.subject, message.text, *(one.text for one in message.attachments)))


if __name__ == "__main__":
    main()
