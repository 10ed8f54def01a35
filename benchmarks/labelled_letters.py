"""The labelled letters as something to learn from: sentences that meet an item, or seem to.

What the labels name as a quote is learned as meeting the item, what they name as hollow as seeming
to. Where older letters carry no quotes, the passage that the rule found in a letter that has the
item stands for one.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from correspondence.letters.checking import CheckFacts
from correspondence.letters.checking.anatomy import Anatomy, Sentence, take_apart
from correspondence.letters.checking.check import by_rule
from correspondence.letters.checking.features import features
from correspondence.letters.checking.judging import UnderCheck, Verdict
from correspondence.letters.checking.wording import breaks, wording_name
from correspondence.letters.checklists import Checklist, load
from correspondence.letters.kinds import LetterKind
from correspondence.letters.opening import from_plain
from correspondence.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable

LABELLED = Path(__file__).parent.parent / "tests" / "letters" / "labelled"
OTHER_SENTENCE = 0.3
"""How much a sentence counts that nobody labelled, in a letter that has the item elsewhere."""

FAULTY_SENTENCE = 8.0
"""How much a sentence counts that breaks a rule of wording; there are few of them."""

_SHORTEST = 12
_HOLLOW = 2.0

Example = tuple[dict[str, float], bool, float]
_CHECKLISTS: dict[str, Checklist] = {}


@dataclass(frozen=True, slots=True)
class Judged:
    """What the labels and the rule say of one item of a letter, and where."""

    item: str
    learned: str
    headings: tuple[str, ...]
    lacking: bool
    verdict: Verdict
    meets: frozenset[int]
    hollow: frozenset[int]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled letter taken apart.

    `author` names the file it is in: one author wrote each, and is left out whole when measuring.
    """

    id: str
    author: str
    landlord: str
    quoted: bool
    letter: Anatomy
    judged: tuple[Judged, ...]
    wording: dict[str, frozenset[int]]
    features: dict[int, dict[str, float]] = field(default_factory=dict)


def checklist(kind: str) -> Checklist:
    """The checklist of a kind, loaded once."""
    if kind not in _CHECKLISTS:
        _CHECKLISTS[kind] = load(LetterKind(kind), shipped("schemas") / "letters")
    return _CHECKLISTS[kind]


def labelled_letters(names: Iterable[str]) -> list[Labelled]:
    """The letters of some files of tests/letters/labelled, with their sentences' features."""
    return [_labelled(line, name) for name in names for line in lines(LABELLED / name)]


def lines(path: Path) -> list[dict[str, Any]]:
    """The lines of a file of labels."""
    return [json.loads(text) for text in path.read_text(encoding="utf-8").splitlines() if text]


def _labelled(line: dict[str, Any], author: str) -> Labelled:
    told = {name: line["context"].get(name) or None for name in ("received", "acknowledged", "due")}
    under = UnderCheck(take_apart(from_plain(line["text"])), CheckFacts.model_validate(told))
    quoted = "quotes" in line
    judged = []
    for item in checklist(line["kind"]).items:
        if not item.required:
            continue
        lacking = item.id in line["missing"]
        verdict = by_rule(under, item)
        if quoted:
            meets = _places(under.letter, line["quotes"].get(item.id, []))
        elif not lacking and verdict.met == "met" and verdict.sentence:
            meets = frozenset({verdict.sentence.place})
        else:
            meets = frozenset()
        hollow = _places(under.letter, line.get("hollow", {}).get(item.id, []))
        how = item.satisfied
        judged.append(Judged(item.id, how.learned, how.headings, lacking, verdict, meets, hollow))
    landlord = line.get("landlord") or line.get("set", "")
    spoken = [s for s in under.letter.sentences if s.zone != "before"]
    return Labelled(
        line["id"], author, landlord, quoted, under.letter, tuple(judged),
        _faults(under.letter, line),
        {s.place: features(under.letter, s) for s in spoken},
    )  # fmt: skip


def _faults(letter: Anatomy, line: dict[str, Any]) -> dict[str, frozenset[int]]:
    """Where learned rules of wording are broken, by the labels or, without quotes, by the cues."""
    found: dict[str, frozenset[int]] = {}
    for rule in checklist(line["kind"]).wording:
        if not rule.learned:
            continue
        if rule.id not in line["wording"]:
            places: frozenset[int] = frozenset()
        elif "wording_quotes" in line:
            places = _places(letter, line["wording_quotes"].get(rule.id, []))
        else:
            places = frozenset(s.place for s in letter.sentences if breaks(s, rule))
        found[rule.id] = found.get(rule.id, frozenset()) | places
    return found


def _places(letter: Anatomy, quotes: list[str]) -> frozenset[int]:
    """The sentences that some quotes are made of, or that hold one."""
    return frozenset(s.place for s in letter.sentences for q in quotes if _is_of(s, _plain(q)))


def _is_of(sentence: Sentence, quote: str) -> bool:
    own = _plain(sentence.folded)
    if not own:
        return False
    if sentence.kind == "heading":
        # What stands over a quote, in one breath with it, says nothing by itself.
        return own == quote or (len(quote) > _SHORTEST and quote in own)
    long_enough = len(own) > _SHORTEST or own == quote or (sentence.kind == "cell" and len(own) > 3)
    return (own in quote and long_enough) or (len(quote) > _SHORTEST and quote in own)


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9£]+", " ", text.lower()).strip()


def sentence_examples(letters: Iterable[Labelled]) -> dict[str, list[Example]]:
    """What there is to learn from whole letters, by the name it is learned under."""
    found: dict[str, list[Example]] = {}
    for letter in letters:
        for judged in (judged for judged in letter.judged if judged.learned):
            for place, seen in letter.features.items():
                for name, example in _from_letter(letter, judged, place, seen):
                    found.setdefault(name, []).append(example)
        for rule, places in letter.wording.items():
            for place, seen in letter.features.items():
                faulty = place in places
                found.setdefault(wording_name(rule), []).append((seen, faulty, _fault(faulty)))
    return found


def _fault(faulty: bool) -> float:
    return FAULTY_SENTENCE if faulty else 1.0


def _from_letter(
    letter: Labelled, judged: Judged, place: int, seen: dict[str, float]
) -> list[tuple[str, Example]]:
    seeming = place in judged.hollow
    examples: list[tuple[str, Example]] = []
    if letter.quoted or not judged.lacking:
        counts = 1.0 if seeming or (letter.quoted and judged.hollow) else OTHER_SENTENCE
        examples.append((f"{judged.learned} in seeming", (seen, seeming, counts)))
    if judged.lacking:
        examples.append((judged.learned, (seen, False, _HOLLOW if seeming else 1.0)))
    elif place in judged.meets:
        examples.append((judged.learned, (seen, True, len(judged.meets) ** -0.5)))
    elif judged.meets:
        examples.append((judged.learned, (seen, False, _HOLLOW if seeming else OTHER_SENTENCE)))
    return examples


def single_examples(names: Iterable[str]) -> dict[str, list[Example]]:
    """What there is to learn from sentences labelled alone (passages.jsonl and its like)."""
    found: dict[str, list[Example]] = {}
    for line in (line for name in names for line in lines(LABELLED / name)):
        if "item" not in line:
            letter = take_apart(from_plain(f"Dear Ms Quill\n\n{line['text']}\n\nYours sincerely\n"))
            if len(letter.body) > 1:
                example = (features(letter, letter.body[1]), line["says"], _fault(line["says"]))
                found.setdefault(wording_name(line["wording"]), []).append(example)
            continue
        learned = {i.id: i.satisfied.learned for i in checklist(line["kind"]).items}[line["item"]]
        letter = take_apart(from_plain(f"Dear Ms Quill\n\n{line['text']}\n\nYours sincerely\n"))
        if not learned or len(letter.body) < 2:
            continue
        seen = features(letter, letter.body[1])
        found.setdefault(learned, []).append((seen, line["says"], 1.0))
        found.setdefault(f"{learned} in seeming", []).append((seen, not line["says"], 1.0))
    return found


def common(examples: Iterable[dict[str, float]], least: int) -> frozenset[str]:
    """The features that at least so many sentences have: what is rarer is somebody's own."""
    seen: Counter[str] = Counter()
    for found in examples:
        seen.update(found.keys())
    return frozenset(name for name, times in seen.items() if times >= least)
