"""Learn the second judge of letters from the labelled letters, and write its weights.

python -m benchmarks.learn_checking          learn and write
python -m benchmarks.learn_checking --try    measure, whole landlords left out; write nothing

Two things are learned. From sentences: what one that meets an item sounds like, and one that only
seems to. From letters: how far to go by the rule and how far by the sentences; for that, every
landlord's letters are read by a judge that has read none of that landlord's.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import correspondence.letters.checking
from benchmarks.labelled_letters import (
    Judged,
    Labelled,
    common,
    labelled_letters,
    sentence_examples,
    single_examples,
)
from benchmarks.linear_learning import learn
from correspondence.letters.checking.second_judge import (
    DOUBTFUL,
    MISSING,
    QUIET,
    Likeness,
    chance,
    evidence,
    score,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.labelled_letters import Example

WEIGHTS = Path(correspondence.letters.checking.__file__).parent / "learned"
LEARNED_FROM = (
    "letters.jsonl",
    "styles_a.jsonl",
    "styles_b.jsonl",
    "styles_c.jsonl",
    "shipped.jsonl",
)
SINGLE = ("passages.jsonl", "sentences.jsonl")
HELD_BACK = ("Stanmoor Homes", "Tarnbeck Community Homes")
"""Landlords whose letters are kept for the tests and never learned from."""

BY_RULE = "by rule: "
PARTS = 6
FEWEST = 3  # a word in fewer sentences than this is not learned
_SMALL = 0.05  # a sentence's weight below this is left out
_OF_THE_ITEM = {"best": 0.5, "second": 0.0, "best though rule": 0.0, "hollow": 0.5}
_FOLLOWED = 0.5

Weights = dict[str, dict[str, float]]
Weighed = tuple[str, dict[str, float], bool, str]


def sentence_weights(letters: Sequence[Labelled], singles: dict[str, list[Example]]) -> Weights:
    """What has been learned about sentences from some letters and from sentences alone."""
    examples = sentence_examples(letters)
    known = common((seen for letter in letters for seen in letter.features.values()), FEWEST)
    weights = {}
    for name in sorted({*examples, *singles}):
        rows = [
            ({word: value for word, value in seen.items() if word in known}, answer, counts)
            for seen, answer, counts in (*examples.get(name, ()), *singles.get(name, ()))
        ]
        learned = learn(rows, balanced=not name.startswith("wording "))
        weights[name] = {
            word: round(weight, 3)
            for word, weight in sorted(learned.items())
            if abs(weight) >= _SMALL
        }
    return {name: row for name, row in weights.items() if row}


def likeness(letter: Labelled, name: str, weights: Weights) -> Likeness:
    """What a judge with these weights hears in a letter."""
    sentences = tuple(letter.letter.sentences[place] for place in letter.features)
    seen = tuple(letter.features.values())
    return Likeness(
        sentences,
        score(seen, weights.get(name)),
        score(seen, weights.get(f"{name} in seeming")),
    )


def weighed_apart(letters: Sequence[Labelled], singles: dict[str, list[Example]]) -> list[Weighed]:
    """Each item of the quoted letters as it looks to a judge who never read that landlord."""
    landlords = sorted({letter.landlord for letter in letters})
    found: list[Weighed] = []
    for part in range(PARTS):
        left_out = set(landlords[part::PARTS])
        weights = sentence_weights([x for x in letters if x.landlord not in left_out], singles)
        for letter in letters:
            if letter.quoted and letter.landlord in left_out:
                found.extend(_weighed(letter, judged, weights) for judged in letter.judged)
    return found


def _weighed(letter: Labelled, judged: Judged, weights: Weights) -> Weighed:
    heard = likeness(letter, judged.learned, weights)
    name = judged.learned or f"{BY_RULE}{judged.item}"
    return name, evidence(judged.verdict, heard, judged.headings), judged.lacking, letter.landlord


def verdict_weights(weighed: Iterable[Weighed]) -> Weights:
    """How rule and sentences are weighed: in common, and with what each item has of its own."""
    rows: list[Example] = []
    names = set()
    for name, seen, lacking, _ in weighed:
        if name.startswith(BY_RULE):
            continue
        own = {f"{name}: {what}": value * _share(what) for what, value in seen.items()}
        rows.append(({**seen, **own}, lacking, _FOLLOWED))
        names.add(name)
    learned = learn(rows, balanced=False)
    shared = {what for what in learned if ": " not in what}
    return {
        name: {
            what: round(learned[what] + learned.get(f"{name}: {what}", 0.0) * _share(what), 3)
            for what in sorted(shared)
        }
        for name in sorted(names)
    }


def _share(what: str) -> float:
    return _OF_THE_ITEM.get(what, 1.0)


def measured(weighed: Sequence[Weighed]) -> Counter[tuple[str, str]]:
    """Right and wrong, item by item, with each landlord weighed by what the others taught."""
    counts: Counter[tuple[str, str]] = Counter()
    for landlord in sorted({row[3] for row in weighed}):
        weights = verdict_weights(row for row in weighed if row[3] != landlord)
        for name, seen, lacking, whose in weighed:
            if whose == landlord:
                by_rule = seen["rule"] > 0
                stands = not by_rule and seen["hollow"] < QUIET and not seen["nothing asked"]
                heard = name in weights and not stands
                odds = chance(weights[name], seen) if heard else float(by_rule)
                counts[name, "present" if not lacking else "lacking"] += 1
                counts[name, "rule overlooks"] += lacking and not by_rule
                counts[name, "rule wrongly missing"] += by_rule and not lacking
                counts[name, "overlooked"] += lacking and odds < MISSING
                counts[name, "wrongly missing"] += odds >= MISSING and not lacking
                counts[name, "unsure"] += DOUBTFUL <= odds < MISSING
    return counts


def report(counts: Counter[tuple[str, str]]) -> str:
    """The figures as lines of text."""
    of: dict[str, Counter[str]] = defaultdict(Counter)
    for (name, what), times in counts.items():
        of[name][what] += times
        of["all"][what] += times
    out = []
    for name, row in of.items():
        for judge, overlooked, wrongly in (
            ("rule ", row["rule overlooks"], row["rule wrongly missing"]),
            ("both ", row["overlooked"], row["wrongly missing"]),
        ):
            hits = row["lacking"] - overlooked
            whole = 2 * hits + overlooked + wrongly
            out.append(
                f"{name:26} {judge} lacking {row['lacking']:3} overlooked {overlooked:3} "
                f"wrongly missing {wrongly:3} of {row['present']:4}  "
                f"f1 {2 * hits / whole if whole else 1:.3f}  unsure {row['unsure']}"
            )
    return "\n".join(out) + "\n"


def main() -> None:
    """Learn and write, or measure."""
    read = labelled_letters(LEARNED_FROM)
    letters = [letter for letter in read if letter.landlord not in HELD_BACK]
    singles = single_examples(SINGLE)
    weighed = weighed_apart(letters, singles)
    if "--try" in sys.argv:
        sys.stdout.write(report(measured(weighed)))
        return
    WEIGHTS.mkdir(exist_ok=True)
    for name, weights in (
        ("sentences", sentence_weights(letters, singles)),
        ("verdicts", verdict_weights(weighed)),
    ):
        text = json.dumps(weights, indent=0, sort_keys=True, ensure_ascii=False)
        (WEIGHTS / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(letters)} letters learned into {WEIGHTS.name}/\n")


if __name__ == "__main__":
    main()
