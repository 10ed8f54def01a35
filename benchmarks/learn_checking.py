"""Learn the second judge of letters from the labelled letters, and write its weights.

python -m benchmarks.learn_checking            learn and write
python -m benchmarks.learn_checking --try      measure, whole authors left out; write nothing
python -m benchmarks.learn_checking --shipped  draft shipped.jsonl anew from the templates

Two things are learned. From sentences: what one that meets an item sounds like, and one that only
seems to. From letters: how far to go by the rule and how far by the sentences; for that, every
author's letters are read by a judge that has read none of that author's.

After a template that ships has been changed: `--shipped`, then learn, then run the tests.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from multiprocessing import Pool
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
from benchmarks.shipped_letters import SHIPPED, write_shipped
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
    "styles_d.jsonl",
    "styles_e.jsonl",
    "styles_f.jsonl",
    "styles_g.jsonl",
    "styles_h.jsonl",
    "shipped.jsonl",
)
SINGLE = ("passages.jsonl", "sentences.jsonl")
HELD_BACK = ("Stanmoor Homes", "Tarnbeck Community Homes")
"""Landlords whose letters are kept for the tests and never learned from."""

BY_RULE = "by rule: "
AT_ONCE = 2
FEWEST = 3  # a word in fewer sentences than this is not learned
_SMALL = 0.08  # a sentence's weight below this is left out
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
        rounded = ((word, round(weight, 2)) for word, weight in learned.items())
        weights[name] = {word: weight for word, weight in rounded if abs(weight) >= _SMALL}
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


def weighed_apart(
    letters: Sequence[Labelled], singles: dict[str, list[Example]], unread: frozenset[str]
) -> list[Weighed]:
    """Each item of the quoted letters as it looks to a judge who never read their author.

    The authors of `unread` are read by none of the judges, and left out.
    """
    authors = sorted({x.author for x in letters if x.quoted} - unread)
    found: list[Weighed] = []
    for author in authors:
        found.extend(weighed_by_others(letters, singles, author, unread))
    return found


def weighed_by_others(
    letters: Sequence[Labelled],
    singles: dict[str, list[Example]],
    author: str,
    unread: frozenset[str] = frozenset(),
) -> list[Weighed]:
    """Each item of one author's letters as it looks to a judge who read only the others."""
    read = [x for x in letters if x.author not in {author, *unread} and not held_back(x)]
    weights = sentence_weights(read, singles)
    return [
        _weighed(letter, judged, weights)
        for letter in letters
        if letter.author == author
        for judged in letter.judged
    ]


def held_back(letter: Labelled) -> bool:
    """Whether a letter is one that nothing is learned from."""
    return letter.landlord in HELD_BACK


def _weighed(letter: Labelled, judged: Judged, weights: Weights) -> Weighed:
    heard = likeness(letter, judged.learned, weights)
    name = judged.learned or f"{BY_RULE}{judged.item}"
    return name, evidence(judged.verdict, heard, judged.headings), judged.lacking, letter.author


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


def measured(
    letters: Sequence[Labelled], singles: dict[str, list[Example]], author: str
) -> Counter[tuple[str, str]]:
    """Right and wrong, item by item, in one author's letters, judged by what the others taught."""
    taught = [x for x in letters if not held_back(x)]
    weights = verdict_weights(weighed_apart(taught, singles, frozenset({author})))
    counts: Counter[tuple[str, str]] = Counter()
    for name, seen, lacking, _ in weighed_by_others(letters, singles, author):
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
    if "--shipped" in sys.argv:
        write_shipped()
        return
    letters = labelled_letters(LEARNED_FROM)
    singles = single_examples(SINGLE)
    authors = sorted({x.author for x in letters if x.quoted})
    with Pool(AT_ONCE) as pool:
        if "--try" in sys.argv:
            counts: Counter[tuple[str, str]] = Counter()
            outside = [name for name in authors if name != SHIPPED]
            asked = [(letters, singles, name) for name in outside]
            for name, found in zip(outside, pool.starmap(measured, asked, 1), strict=True):
                sys.stdout.write(f"{name}\n{report(found)}\n")
                counts.update(found)
            sys.stdout.write(f"all authors\n{report(counts)}")
            return
        taught = [letter for letter in letters if not held_back(letter)]
        sentences = pool.apply_async(sentence_weights, (taught, singles))
        apart = pool.starmap(weighed_by_others, [(taught, singles, name) for name in authors], 1)
        _write("sentences", sentences.get())
        _write("verdicts", verdict_weights(row for rows in apart for row in rows))
    sys.stdout.write(f"{len(taught)} letters learned into {WEIGHTS.name}/\n")


def _write(name: str, weights: Weights) -> None:
    """Weights as JSON: a line for each name, sorted, so that a change shows where it is."""
    rows = (
        f"{json.dumps(key)}:{json.dumps(row, sort_keys=True, separators=(',', ':'))}"
        for key, row in sorted(weights.items())
    )
    WEIGHTS.mkdir(exist_ok=True)
    text = "{\n" + ",\n".join(rows) + "\n}\n"
    (WEIGHTS / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
