"""How well messages are understood: the labelled messages read, and the answers compared.

    python -m benchmarks.score_reading [-v]             every author's messages, read with weights
                                                        learned from all the other authors
    python -m benchmarks.score_reading [-v] FILE.jsonl  a file, read with the shipped weights

Only messages that the weights have not seen say how well new mail will be read. The phrases and
rules were written with the older files in view, so the newest file is the fairest.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

from benchmarks.labelled_messages import labelled_messages
from correspondence.intake.judges.opinions import Opinions
from correspondence.intake.judges.subject import ACKNOWLEDGED
from correspondence.intake.labelled import Labelled
from correspondence.intake.lessons import answers, learned, lesson, words
from correspondence.intake.reading import Reading
from correspondence.intake.understanding import understand

_MACHINES = ("automatic", "spam")


class Score:
    """Shares and F1 figures, counted message by message."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.of: Counter[str] = Counter()
        self.machines = 0  # acknowledgements drafted for machines and spam
        self.confused: Counter[tuple[str, str]] = Counter()
        self.asked: Counter[str] = Counter()
        self.given: Counter[str] = Counter()
        self.overlap: dict[str, Counter[str]] = {"flags": Counter(), "points": Counter()}

    def add(self, entry: Labelled, reading: Reading) -> None:
        """Count one message."""
        labels = entry.labels
        self._count("kind", reading.kind == labels["kind"])
        self.confused[labels["kind"], reading.kind] += 1
        self.asked[labels["kind"]] += 1
        self.given[reading.kind] += 1
        self._count("asks", reading.needs_person)
        self._acknowledgements(labels["kind"], reading)
        if labels["service_area"]:
            self._count("service_area", reading.service_area == labels["service_area"])
        self._people(labels["resident"], reading)
        if labels["outcome_sought"]:
            self._count("outcome", _same_wish(labels["outcome_sought"], reading.outcome_sought))
        wanted, given = set(labels["flags"]), set(reading.flags)
        self.overlap["flags"].update(hit=len(wanted & given), given=len(given), wanted=len(wanted))
        if labels["kind"] in ACKNOWLEDGED and "points" not in entry.unsaid:
            self._points(labels["points"], list(reading.points))

    def _count(self, name: str, right: object) -> None:
        self.right[name] += bool(right)
        self.of[name] += 1

    def _acknowledgements(self, kind: str, reading: Reading) -> None:
        if kind in ACKNOWLEDGED:
            self._count("recall", reading.acknowledge or reading.needs_person)
            self._count("drafted", reading.acknowledge)
        if reading.acknowledge:
            self._count("false_ack", kind not in ACKNOWLEDGED)
        if kind in _MACHINES:
            self.machines += reading.acknowledge

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

    def lines(self, *, confusions: bool = True) -> list[str]:
        """The figures, one a line, worst confusions last."""
        shares = [
            f"{name} {self.right[name] / self.of[name]:.3f}" for name in _SHARES if self.of[name]
        ]
        f1 = [
            2 * self.confused[kind, kind] / (count + self.given[kind])
            for kind, count in self.asked.items()
        ]
        shares.insert(1, f"kind_macro_f1 {sum(f1) / max(1, len(f1)):.3f}")
        shares.insert(5, f"machine_ack {self.machines}")
        for name, count in self.overlap.items():
            share = 2 * count["hit"] / max(1, count["given"] + count["wanted"])
            shares.append(f"{name}_f1 {share:.3f}")
        pairs = [
            f"  {wanted} read as {given}: {count}"
            for (wanted, given), count in self.confused.most_common()
            if wanted != given
        ]
        return [*shares, *(pairs if confusions else ())]


_SHARES = (
    "kind", "recall", "drafted", "false_ack", "asks", "service_area", "name", "postcode", "phone",
    "reference", "outcome",
)  # fmt: skip


def _same_wish(label: str, given: str) -> bool:
    wanted, held = words(label), words(given)
    shared = len(wanted & held) / max(1, len(wanted | held))
    return shared >= 0.5 or (wanted <= held and len(held) <= max(15, 2.5 * len(wanted)))


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


def _read(entries: list[Labelled], opinions: Opinions, scores: tuple[Score, ...]) -> None:
    """Read the messages with these opinions, and count each in every score."""
    for entry in entries:
        reading = understand(entry.message, entry.landlord, opinions)
        for score in scores:
            score.add(entry, reading)
        if "-v" in sys.argv and reading.kind != entry.labels["kind"]:
            subject = entry.message.subject[:60]
            sys.stdout.write(f"  {entry.id} {entry.labels['kind']} as {reading.kind}: {subject}\n")


def main() -> None:
    """Read the messages and print the figures."""
    named = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    whole = Score()
    if named:
        _read(labelled_messages(Path(named[0])), Opinions(), (whole,))
    else:
        entries = labelled_messages()
        lessons = [lesson(entry) for entry in entries]
        for author in dict.fromkeys(entry.author for entry in entries):
            opinions = learned(one for one in lessons if one.author != author)
            score = Score()
            theirs = [entry for entry in entries if entry.author == author]
            _read(theirs, opinions, (score, whole))
            figures = ", ".join(score.lines(confusions=False))
            sys.stdout.write(f"{author}, {len(theirs)} messages held back: {figures}\n\n")
        sys.stdout.write("All, each held back while the others were learned:\n")
    sys.stdout.write("\n".join(whole.lines()) + "\n")


if __name__ == "__main__":
    main()
