"""Passages of a letter that the law wants as they are: the escalation route, the Ombudsman.

They come from the template, and no edit may change or drop them: what they say is the landlord's
to decide once, in the template, and not anew in each letter.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from correspondence.letters.checking.anatomy import folded
from correspondence.letters.checking.sentences import sentence_spans
from correspondence.letters.cues import occurs
from correspondence.letters.text import BulletList, Heading, Paragraph, Table, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from correspondence.handling_code.contacts import OmbudsmanContact
    from correspondence.letters.checklists import Checklist, Satisfaction
    from correspondence.letters.text import LetterText

_NEXT_STAGE: Final = "next_stage"
_OMBUDSMAN: Final = re.compile(r"\bombudsman\b|\bombudsman's\b")
_GAP: Final = "[To be completed:"

_ALIKE: Final = str.maketrans(
    {
        **dict.fromkeys("‘’‚`´", "'"),
        **dict.fromkeys("“”„", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
        "\u00ad": None,
    }
)


def statutory_passages(
    text: LetterText,
    ombudsman: OmbudsmanContact,
    checklist: Checklist,
    decided: Iterable[str] = (),
) -> tuple[str, ...]:
    """The passages of a drafted letter that must stay as they are, sentence by sentence.

    They are those that name the Ombudsman or give any of its details, and those that say what the
    resident can do next and how, where the checklist asks for that. Words in `decided` are an
    officer's own and stay theirs; so does what is still to be filled in.
    """
    details = [_folded(d) for d in (ombudsman.phone, ombudsman.web, ombudsman.post_line) if d]
    ways = [i.satisfied for i in checklist.items if i.satisfied.judgement == _NEXT_STAGE]
    theirs = [_folded(words).casefold() for words in decided]
    found = (
        sentence
        for passage in _passages(text)
        if _is_statutory(passage, details, ways)
        for sentence in _sentences(passage)
        if _GAP not in sentence
        if not any(_folded(sentence).casefold().rstrip(".") in words for words in theirs)
    )
    return tuple(dict.fromkeys(found))


def _is_statutory(passage: str, details: Sequence[str], ways: Sequence[Satisfaction]) -> bool:
    plain, lower = _folded(passage), folded(passage)
    return (
        any(detail in plain for detail in details)
        or bool(_OMBUDSMAN.search(lower))
        or any(occurs(way.cues, lower) and occurs(way.under_heading, lower) for way in ways)
    )


def changed_passages(locked: Sequence[str], text: LetterText) -> tuple[str, ...]:
    """A sentence for each locked passage that no longer stands in the letter; empty where all do.

    Spaces, kinds of quotation mark and of dash, and how the words are set do not count.
    """
    said = _folded("\n".join(_passages(text)))
    return tuple(
        f"The letter must say, as its template does: “{' '.join(passage.split())}” Put that back "
        "as it stood; its wording is changed in the template, not in one letter (Code 3.7, 5.6)."
        for passage in locked
        if _folded(passage) not in said
    )


def _sentences(passage: str) -> Iterator[str]:
    for start, end in sentence_spans(passage):
        yield passage[start:end].strip()


def _passages(text: LetterText) -> Iterator[str]:
    """The words of each paragraph, list item and cell, in reading order."""
    for block in text.blocks:
        match block:
            case Heading(runs=runs) | Paragraph(runs=runs):
                yield words(runs)
            case BulletList():
                yield from _items(block)
            case Table(rows=rows):
                yield from (words(cell.runs) for row in rows for cell in row)


def _items(block: BulletList) -> Iterator[str]:
    for item in block.items:
        yield words(item.runs)
        for inner in item.lists:
            yield from _items(inner)


def _folded(passage: str) -> str:
    plain = unicodedata.normalize("NFKC", passage).translate(_ALIKE)
    return re.sub(r"\s+", " ", plain).strip()
