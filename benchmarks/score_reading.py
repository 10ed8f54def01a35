"""How well messages are understood: the labelled messages read, and the answers compared.

    python -m benchmarks.score_reading [-v] [FILE.jsonl]

Of the learned weights the labelled messages are the school and the examination at once, so the
figures flatter; `python -m benchmarks.learn_kinds --try` measures kinds with parts held back.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

from benchmarks.labelled_messages import LABELLED, Labelled, labelled_messages
from benchmarks.learn_points import answers, words
from correspondence.intake.judges.subject import ACKNOWLEDGED
from correspondence.intake.reading import Reading
from correspondence.intake.understanding import understand


class Score:
    """Shares and F1 figures, counted message by message."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.of: Counter[str] = Counter()
        self.confused: Counter[tuple[str, str]] = Counter()
        self.overlap: dict[str, Counter[str]] = {"flags": Counter(), "points": Counter()}

    def add(self, entry: Labelled, reading: Reading) -> None:
        """Count one message."""
        labels = entry.labels
        self._count("kind", reading.kind == labels["kind"])
        if reading.kind != labels["kind"]:
            self.confused[labels["kind"], reading.kind] += 1
        self._count("asks a person", reading.needs_person)
        self._acknowledgements(labels["kind"], reading)
        if labels["service_area"]:
            self._count("service area", reading.service_area == labels["service_area"])
        self._people(labels["resident"], reading)
        if labels["outcome_sought"]:
            self._count("outcome", answers(labels["outcome_sought"], reading.outcome_sought))
        wanted, given = set(labels["flags"]), set(reading.flags)
        self.overlap["flags"].update(hit=len(wanted & given), given=len(given), wanted=len(wanted))
        if labels["kind"] in ACKNOWLEDGED:
            self._points(labels["points"], list(reading.points))

    def _count(self, name: str, right: object) -> None:
        self.right[name] += bool(right)
        self.of[name] += 1

    def _acknowledgements(self, kind: str, reading: Reading) -> None:
        if kind in ACKNOWLEDGED:
            self._count("not missed", reading.acknowledge or reading.needs_person)
            self._count("drafted", reading.acknowledge)
        if reading.acknowledge:
            self._count("drafted for nothing", kind not in ACKNOWLEDGED)
        if kind in ("automatic", "spam"):
            self._count("machines acknowledged", reading.acknowledge)

    def _people(self, labels: dict[str, str], reading: Reading) -> None:
        resident = reading.resident
        if labels["name"]:
            self._count("name", _same_name(labels["name"], resident.name))
        for field in ("postcode", "reference"):
            if labels[field]:
                same = _bare(labels[field]) == _bare(getattr(resident, field))
                self._count(field, same)
        if labels["phone"]:
            self._count("phone", _bare(labels["phone"])[-9:] == _bare(resident.phone)[-9:])

    def _points(self, wanted: list[str], given: list[str]) -> None:
        self.overlap["points"].update(given=len(given), wanted=len(wanted))
        for label in wanted:
            fit = next((point for point in given if answers(label, point)), None)
            if fit is not None:
                given.remove(fit)
                self.overlap["points"]["hit"] += 1

    def lines(self) -> list[str]:
        """The figures, one a line, worst confusions last."""
        shares = [f"{name} {self.right[name] / self.of[name]:.3f}" for name in self.of]
        for name, count in self.overlap.items():
            f1 = 2 * count["hit"] / max(1, count["given"] + count["wanted"])
            shares.append(f"{name} F1 {f1:.3f}")
        pairs = [
            f"  {wanted} read as {given}: {count}"
            for (wanted, given), count in self.confused.most_common()
        ]
        return [*shares, *pairs]


def _same_name(label: str, given: str) -> bool:
    """Whether a name holds another, titles apart; an initial stands for what begins with it."""
    wanted, held = words(label) - _TITLES, words(given) - _TITLES
    return bool(held) and all(
        word in held or (len(word) == 1 and any(name.startswith(word) for name in held))
        for word in wanted
    )


_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "rev", "sir", "dame"})


def _bare(text: str) -> str:
    return re.sub(r"\W", "", text).lower()


def main() -> None:
    """Read the messages and print the figures."""
    named = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    score = Score()
    for entry in labelled_messages(Path(named[0]) if named else LABELLED):
        reading = understand(entry.message, entry.landlord)
        score.add(entry, reading)
        if "-v" in sys.argv and reading.kind != entry.labels["kind"]:
            subject = entry.message.subject[:60]
            sys.stdout.write(f"  {entry.id} {entry.labels['kind']} as {reading.kind}: {subject}\n")
    sys.stdout.write("\n".join(score.lines()) + "\n")


if __name__ == "__main__":
    main()
