"""What somebody brought into a letter's Word file that a letter cannot carry, and would lose.

A letter is its words, and looks come from the letterhead. What the landlord's template has already,
such as a logo that helps whoever edits it, is no news; what was added would be missed.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Final

from correspondence.letters.word.package import R, W, parsed, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from correspondence.letters.word.package import Element, WordPackage

PICTURE: Final = (
    "It holds a picture, a drawing or a chart, and a letter is words, so it would be lost. Save it "
    "as a PDF and put that in as an enclosure (`correspondence letter enclose`), then delete it "
    "here and say in the letter what it shows."
)
MARGIN: Final = (
    "Its {} holds {} that {} not the letterhead's, and would be lost: how letters look, and what "
    "stands above and below them, comes from the letterhead alone. Move what the resident must "
    "read into the letter, and empty the {}."
)

_COMPATIBLE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OFFICE: Final = "{urn:schemas-microsoft-com:office:office}"
_BLIP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_IMAGE: Final = "{urn:schemas-microsoft-com:vml}imagedata"
_PAGE_NUMBER: Final = re.compile(r"\bpage \d+(?: of \d+)?|^\W*\d+(?:\W+(?:of )?\d+)?\W*$")


def brought_in(docx: bytes, before: bytes, letterhead: Iterable[str] = ()) -> tuple[str, ...]:
    """What the file has that it had not before and no letter carries, a sentence each.

    `before` is the Word file as it was handed out, `letterhead` the words that the letterhead
    prints by itself: they may stand in a header or footer, and so may page numbers. Words are never
    quoted. Raises DocumentRefused where a file cannot be read.
    """
    new, old = unpacked(docx), unpacked(before)
    found = []
    if _pictures(new, new.main, new.document) - _pictures(old, old.main, old.document):
        found.append(PICTURE)
    ours = _folded(" ".join((*letterhead, *(words for _, words in _said_around(old)))))
    drawn = _drawn_around(old)
    for kind in ("header", "footer"):
        said = any(one == kind and not _is_said_in(words, ours) for one, words in _said_around(new))
        if said:
            found.append(MARGIN.format(kind, "words", "are", kind))
        if _drawn_around(new, kind) - drawn:
            found.append(MARGIN.format(kind, "a picture or a watermark", "is", kind))
    return tuple(found)


def _margins(package: WordPackage) -> Iterator[tuple[str, str, Element]]:
    """The headers and footers in use: which of the two, the name of its part, its tree."""
    folder = package.main.rpartition("/")[0]
    for reference in package.beside_the_words():
        if reference.kind in {"header", "footer"} and not reference.external:
            name = f"{folder}/{reference.target}".removeprefix("/")
            name = reference.target.lstrip("/") if reference.target.startswith("/") else name
            if name in package.parts:
                yield reference.kind, name, parsed(package.parts[name], name)


def _said_around(package: WordPackage) -> Iterator[tuple[str, str]]:
    """Every paragraph of a header or footer that says something."""
    for kind, _, part in _margins(package):
        for paragraph in part.iter(W + "p"):
            words = "".join(text.text or "" for text in paragraph.iter(W + "t"))
            if words.strip():
                yield kind, words


def _drawn_around(package: WordPackage, kind: str = "") -> Counter[str]:
    drawn: Counter[str] = Counter()
    for one, name, part in _margins(package):
        if not kind or one == kind:
            drawn += _pictures(package, name, part)
    return drawn


def _pictures(package: WordPackage, name: str, part: Element) -> Counter[str]:
    """What is drawn in a part: each picture by its content, so that another one is another one.

    What only older programs are shown is left out, and so are lines across the page.
    """
    folder, _, own = name.rpartition("/")
    rels = package.parts.get(f"{folder}/_rels/{own}.rels".removeprefix("/"))
    targets = (
        {}
        if rels is None
        else {found.get("Id", ""): found.get("Target", "") for found in parsed(rels, name)}
    )
    drawn: Counter[str] = Counter()
    for element in part.iter(W + "drawing", W + "pict"):
        if any(above.tag == _COMPATIBLE for above in element.iterancestors()):
            continue
        if any(one.get(f"{_OFFICE}hr") for one in element.iter()):
            continue
        shown = [
            targets.get(image.get(f"{R}embed", "") or image.get(f"{R}id", ""), "")
            for image in element.iter(_BLIP, _IMAGE)
        ]
        drawn.update(_digest(package, folder, target) for target in shown or [""])
    return drawn


def _digest(package: WordPackage, folder: str, target: str) -> str:
    """What stands for the picture: its bytes; for a drawing without any, the empty word."""
    name = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".removeprefix("/")
    content = package.parts.get(name)
    return hashlib.sha256(content).hexdigest() if content is not None else ""


def _is_said_in(words: str, ours: str) -> bool:
    """Whether a paragraph says nothing but what is ours, page numbers aside."""
    return _PAGE_NUMBER.sub("", _folded(words)).strip(" ,;:|–—-.") in ours


def _folded(words: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())
