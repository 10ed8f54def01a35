"""Whether a letter takes up every point of the complaint, and what the resident wants.

An acknowledgement sets out the record's definition (Code 5.6); a response answers all of it (6.7,
6.18). Passages are aligned with points by the words they share, so that an officer may put a point
better; what is put otherwise altogether belongs into the definition first, or letter and record
would tell two stories.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from correspondence.letters.checking.record.finding import Finding, Held
from correspondence.letters.kinds import LetterKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from correspondence.letters.checking.record.finding import Sentence

ACKNOWLEDGEMENTS: Final = frozenset(
    {LetterKind.STAGE1_ACKNOWLEDGEMENT, LetterKind.STAGE2_ACKNOWLEDGEMENT}
)
RESPONSES: Final = frozenset({LetterKind.STAGE1_RESPONSE, LetterKind.STAGE2_RESPONSE})

_WORD: Final = re.compile(r"\d+|[^\W\d_]{3,}")
_EMPTY_WORDS: Final = """\
about above after again all also although and another any anything are around because been
    before being below both but came can cannot come could did does doing done down due during
    each either else even ever every everything few for from further get gets getting give given
    got had has have having her here hers him his how however into its itself just keep kept last
    least less like made make makes many may me mine more most much must near neither never next
    nobody none nor not nothing now off often once one only onto other our ours out over own per
    put quite rather really said same say says see seen she should since some somebody someone
    something soon still such take taken than that the their them then there these they thing
    things this those though through thus too took two under until upon use used very was way well
    went were what when where whether which while who whole whom whose why will with within
    without would yet you your yours isn wasn don didn doesn haven hasn won couldn wouldn"""
_EMPTY: Final = frozenset(_EMPTY_WORDS.split())
_ENDINGS: Final = (
    "ations", "ation", "ings", "ing", "ments", "ment", "ies", "ied", "ers", "ed", "es", "er", "ly",
    "s", "y", "e",
)  # fmt: skip
_RETOLD: Final = re.compile(
    r"\byou (?:also )?(?:say|said|told|complain(?:ed)?|report(?:ed)?|raised|feel|felt|wrote|are"
    r"|were|have (?:said|told|complained|raised|reported)) "
    r"|\byour complaint (?:is|was|concerns?|that|about)\b"
    r"|\bwe understand (?:that )?your?\b"
)
_RETELLS: Final = re.compile(
    r"your complaint|complaint definition|understanding"
    r"|you (?:have )?(?:complained|told us|said|raised)"
    r"|points? (?:of|in) your|what (?:this|it) is about|summary of (?:the|your) complaint"
)
_ANSWERS: Final = re.compile(
    r"decision|finding|found|answer|response|outcome|conclusion|why|reason|investigat"
    r"|put(?:ting)? right"
)
_HALF: Final = 0.5
_MOST: Final = 0.75


@dataclass(frozen=True, slots=True)
class _Matter:
    """A point or outcome of the record, by the stems it is about and those only it is about."""

    number: int
    text: str
    stems: frozenset[str]
    own: frozenset[str]


def matters(held: Held) -> Iterator[Finding]:
    """Points and outcomes of the record that the letter leaves out."""
    if held.kind in ACKNOWLEDGEMENTS:
        yield from _set_out(held)
    elif held.kind in RESPONSES:
        yield from _answered(held)


def _set_out(held: Held) -> Iterator[Finding]:
    texts = [point.text for point in held.record.points]
    points = _matters(texts, held.record.outcomes, stems)
    outcomes = _matters(held.record.outcomes, texts, stems)
    said = frozenset().union(*(stems(s.folded) for s in _spoken(held)))
    parts = (("point", "points", points), ("outcome", "outcomes", outcomes))
    for part, name, listed in parts:
        for matter in listed:
            gone = _is_gone(matter, said)
            if not gone and _share(matter, said) >= _MOST:
                continue
            yield Finding(
                f"case_{name}",
                matter.text,
                f"It does not set out {part} {matter.number} of the complaint definition."
                if gone
                else f"It sets out {part} {matter.number} of the definition in other words.",
                "Put it in, or change the definition."
                if gone
                else "Make sure that letter and record mean the same.",
                stops=gone,
                clause="5.6",
            )


def _answered(held: Held) -> Iterator[Finding]:
    texts = [point.text for point in held.record.points]
    points = _matters(texts, (), subjects)
    outcomes = _matters(held.record.outcomes, (), subjects)
    clause = held.clauses["answer"]
    sentences = _spoken(held)
    numbered = _numbers_taken(held, len(points))
    for matter in points:
        if matter.number in numbered:
            continue
        taken = [s for s in sentences if _takes_up(s, matter)]
        if not taken:
            yield Finding(
                "case_points",
                matter.text,
                f"Point {matter.number} of the complaint is not answered.",
                "Answer it: what was found, what was decided, and why.",
                stops=True,
                clause=clause,
            )
        elif all(_only_retells(s) for s in taken):
            yield Finding(
                "case_points",
                matter.text,
                f"Point {matter.number} of the complaint seems to be told and not answered.",
                "Make sure that the letter says what was found and decided about it.",
                clause=clause,
            )
    said = frozenset().union(*(subjects(s.folded) for s in sentences))
    for matter in outcomes:
        if _is_gone(matter, said):
            yield Finding(
                "case_outcomes",
                matter.text,
                f"Outcome {matter.number} that the resident seeks is not mentioned.",
                "Say whether they can have it, and why not if not.",
                clause="5.6",
            )


def _matters(
    texts: Sequence[str], beside: Sequence[str], taken: Callable[[str], frozenset[str]]
) -> list[_Matter]:
    """Each text with what it is about, and with what none of the others, nor `beside`, is about."""
    found = [taken(text) for text in texts]
    elsewhere = [taken(text) for text in beside]
    return [
        _Matter(
            number=place + 1,
            text=text,
            stems=found[place],
            own=found[place].difference(*elsewhere, *found[:place], *found[place + 1 :]),
        )
        for place, text in enumerate(texts)
    ]


def _spoken(held: Held) -> list[Sentence]:
    return [s for s in held.letter.sentences if s.zone == "body"]


def _share(matter: _Matter, said: frozenset[str]) -> float:
    return len(matter.stems & said) / len(matter.stems) if matter.stems else 1.0


def _is_gone(matter: _Matter, said: frozenset[str]) -> bool:
    """Whether less than half of it is said, or nothing of what only it is about."""
    if not matter.stems:
        return False
    return _share(matter, said) < _HALF or bool(matter.own and not matter.own & said)


def _takes_up(sentence: Sentence, matter: _Matter) -> bool:
    said = subjects(sentence.folded)
    if matter.own & said:
        return True
    return bool(matter.stems) and len(matter.stems & said) >= max(2, len(matter.stems) * _HALF)


def _only_retells(sentence: Sentence) -> bool:
    """Whether a sentence only says what was complained of."""
    if any(_ANSWERS.search(head) and not _RETELLS.search(head) for head in sentence.heads):
        return False
    return bool(
        _RETOLD.search(sentence.context)
        or sentence.kind == "heading"
        or any(_RETELLS.search(head) for head in sentence.heads)
    )


def _numbers_taken(held: Held, points: int) -> frozenset[int]:
    """The points a letter answers by number, where it does so for more than one."""
    taken: set[int] = set()
    for sentence in _spoken(held):
        for named in re.findall(
            r"\b(?:point|issue|complaint|part|item|head)s? (\d{1,2})\b", sentence.folded
        ):
            taken.add(int(named))
    taken &= set(range(1, points + 1))
    return frozenset(taken) if len(taken) > 1 else frozenset()


def stems(text: str) -> frozenset[str]:
    """What some words are about: their stems, without accents and without empty words."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return frozenset(_bare(word) for word in _WORD.findall(bare) if word not in _EMPTY)


def subjects(text: str) -> frozenset[str]:
    """The same, with words that say the same in a complaint about a home taken for one."""
    return frozenset(_ALIKE.get(stem, stem) for stem in stems(text))


def _bare(word: str) -> str:
    if word.isdigit():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word


_ALIKE: Final = MappingProxyType(
    {
        _bare(word): _bare(said)
        for said, words in {
            "repair": "mend fix fixes",
            "apology": "sorry apologise apologised apologize",
            "mould": "mold mildew",
            "call": "rang ring phone telephone",
            "refund": "reimburse",
            "toilet": "lavatory",
            "lift": "elevator",
            "leak": "flood",
            "heat": "warm radiator",
            "pay": "paid payment compensation compensate",
        }.items()
        for word in words.split()
    }
)
"""Stems that say the same in a complaint about a home."""
