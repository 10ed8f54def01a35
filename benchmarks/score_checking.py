"""How well the checker judges labelled letters: ``score_checking.py [LETTERS.jsonl ...] [-v]``.

Each line of a file is a letter with its kind, the dates a checker may be told, the items it lacks
and the wording faults it holds (see tests/letters/labelled/README.md). Printed for each file, and
within a file for each `set`:

    missing_f1      F1 over the required items that a letter lacks
    false_missing   share of the items truly present that are reported missing (percent)
    unsure          share of all items left to a person (percent)
    wording_f1      F1 over the wording faults
    letters_right   letters judged without any error

With -v every error is named.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from correspondence.letters.checking import CheckFacts, CheckResult, check
from correspondence.letters.checklists import Checklist, load
from correspondence.letters.kinds import LetterKind
from correspondence.letters.opening import from_plain
from correspondence.resources import shipped

OWN_LETTERS = Path(__file__).parent.parent / "tests" / "letters" / "labelled" / "letters.jsonl"


def checked(letter: dict[str, Any], checklists: dict[str, Checklist]) -> CheckResult:
    """The letter of one labelled line, checked with the dates it may be told."""
    kind = letter["kind"]
    if kind not in checklists:
        checklists[kind] = load(LetterKind(kind), shipped("schemas") / "letters")
    told = {
        name: letter["context"].get(name) or None for name in ("received", "acknowledged", "due")
    }
    return check(from_plain(letter["text"]), checklists[kind], CheckFacts.model_validate(told))


def f1(hits: int, found: int, wanted: int) -> float:
    """The F1 measure; 1 where nothing was wanted and nothing found."""
    return 2 * hits / (found + wanted) if found + wanted else 1.0


def score(letters: list[dict[str, Any]], *, verbose: bool) -> Counter[str]:
    """The counts over some letters."""
    counts: Counter[str] = Counter()
    checklists: dict[str, Checklist] = {}
    for letter in letters:
        result = checked(letter, checklists)
        items = [item for item in result.items if item.required]
        lacking = {item.id for item in items if item.met == "missing"}
        unsure = {item.id for item in items if item.met == "unsure"}
        wanted, worded = set(letter["missing"]), set(letter["wording"])
        faults = {finding.id for finding in result.wording}
        counts["letters"] += 1
        counts["items"] += len(items)
        counts["present"] += len(items) - len(wanted)
        counts["unsure"] += len(unsure)
        counts["hits"] += len(lacking & wanted)
        counts["found"] += len(lacking)
        counts["wanted"] += len(wanted)
        counts["false"] += len(lacking - wanted)
        counts["word_hits"] += len(faults & worded)
        counts["word_found"] += len(faults)
        counts["word_wanted"] += len(worded)
        right = lacking == wanted and faults == worded and not unsure
        counts["right"] += right
        if verbose and not right:
            sys.stdout.write(
                f"  {letter['id']} {letter['kind']}: overlooked {sorted(wanted - lacking)}, "
                f"wrongly missing {sorted(lacking - wanted)}, unsure {sorted(unsure)}, "
                f"wording overlooked {sorted(worded - faults)}, wrong {sorted(faults - worded)}\n"
            )
    return counts


def figures(counts: Counter[str]) -> str:
    """The counts as one line of figures."""
    return (
        f"letters {counts['letters']:3}  "
        f"missing_f1 {f1(counts['hits'], counts['found'], counts['wanted']):.3f}  "
        f"false_missing {100 * counts['false'] / max(1, counts['present']):.1f}%  "
        f"unsure {100 * counts['unsure'] / max(1, counts['items']):.1f}%  "
        f"wording_f1 {f1(counts['word_hits'], counts['word_found'], counts['word_wanted']):.3f}  "
        f"letters_right {counts['right']}"
    )


def main() -> None:
    """Score the files named, or the project's own letters."""
    verbose = "-v" in sys.argv
    paths = [Path(name) for name in sys.argv[1:] if name != "-v"] or [OWN_LETTERS]
    for path in paths:
        sets: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                letter = json.loads(line)
                sets[letter.get("set", "")].append(letter)
        for name, letters in sorted(sets.items()):
            line = figures(score(letters, verbose=verbose))
            sys.stdout.write(f"{path.name} {name or 'all':10} {line}\n")


if __name__ == "__main__":
    main()
