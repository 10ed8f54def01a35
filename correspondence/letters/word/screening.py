"""What a Word file may not hold, because it would harm us or print words nobody meant to send."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from correspondence.errors import DocumentRefused
from correspondence.letters.word.package import W, WordPackage, parsed, unpacked
from correspondence.letters.word.styles import STRIKES, StyleSheet, number, toggled, value
from correspondence.letters.word.symbols import symbol
from correspondence.letters.word.walking import WRAPPERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.letters.word.package import Element

TRACKED: Final = (
    "It holds tracked changes, so that deleted words could be sent. In Word, choose Review, "
    "Accept, Accept All Changes, and save it."
)
COMMENTS: Final = "It holds comments. In Word, choose Review, Delete All Comments, and save it."
HIDDEN: Final = (
    "It holds hidden text, which nobody sees and the letter would print. In Word, select all, "
    "untick Font, Hidden, and delete what does not belong in the letter."
)
STRUCK: Final = (
    "It holds words that are struck through, and the letter would print them as if they were not. "
    "Delete them, or take the line away."
)
UNSEEN: Final = (
    "It holds words that cannot be seen, white on white or smaller than two points, and the letter "
    "would print them. In Word, select all, choose a black font of a size to read, and delete what "
    "does not belong in the letter."
)
OUT_OF_PLACE: Final = (
    "It holds words in a shape or a frame of another program, and the letter would lose them. Copy "
    "the whole text into a new document with Paste, Keep Text Only."
)
TEXT_BOX: Final = (
    "It holds a text box, whose place among the words is not certain. Move its text into a "
    "paragraph and delete the box."
)
EMBEDDED: Final = (
    "It holds an embedded or linked object, such as a spreadsheet. Type its words into the letter "
    "and delete it."
)
MACROS: Final = "It holds macros or controls. Save it as “Word Document (.docx)” without them."
NOTES: Final = (
    "It holds footnotes or endnotes. Move their words into the letter, where they are read."
)
EQUATION: Final = "It holds an equation. Write it in words."
UNFILLED: Final = "A form field in it is not filled in. Fill it or delete it."

_ELEMENTS: Final = {
    **dict.fromkeys(
        (
            *("ins", "del", "delText", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"),
            *("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange"),
            *("sectPrChange", "tblGridChange", "tblPrExChange", "numberingChange"),
        ),
        TRACKED,
    ),
    **dict.fromkeys(("commentReference", "commentRangeStart"), COMMENTS),
    **dict.fromkeys(("txbxContent", "textbox", "textpath"), TEXT_BOX),
    **dict.fromkeys(("object", "altChunk", "subDoc", "OLEObject"), EMBEDDED),
    "control": MACROS,
    **dict.fromkeys(("footnoteReference", "endnoteReference"), NOTES),
    **dict.fromkeys(("oMath", "oMathPara"), EQUATION),
    "showingPlcHdr": UNFILLED,
}
"""Elements no letter may hold, by their local name in whatever namespace, and what to say."""

_HARMLESS_FIELDS: Final = frozenset(
    (
        *("PAGE", "NUMPAGES", "SECTIONPAGES", "HYPERLINK", "REF", "PAGEREF", "SEQ", "STYLEREF"),
        *("TOC", "FORMTEXT"),
    )
)
_PLACES_OF_WORDS: Final = frozenset(
    W + name for name in ("document", "body", "p", "r", "hyperlink", "fldSimple", "tbl", "tr", "tc")
)
_NO_SIZE: Final = 22
_SMALLEST_SEEN: Final = 4
"""Half points, as Word counts sizes."""

_OPEN_WEB: Final = re.compile(r"(?i)(https?://|mailto:|tel:)")
_OWN_DISK: Final = re.compile(r"(?i)(file:/{3})?[a-z]:[\\/]")
_OFF: Final = frozenset(("0", "false", "off"))


def gate(docx: bytes) -> None:
    """Let a Word file through, or raise DocumentRefused with a sentence for each thing in it.

    Refused is what would harm us (macros, outside references, bombs) and what would make the
    letter say something else than the officer sees in Word: tracked changes, comments, hidden
    text, text boxes, notes, and fields that fetch or change. Words are never quoted in it.
    """
    package = unpacked(docx)
    findings = list(dict.fromkeys((*_in_package(package), *_in_words(package))))
    if findings:
        raise DocumentRefused("This Word file cannot be used as a letter. " + " ".join(findings))


def not_carried(docx: bytes) -> tuple[str, ...]:
    """What of a Word file stays behind, because looks come from the letterhead; a sentence each."""
    package = unpacked(docx)
    found = []
    for name in sorted(package.parts):
        margin = re.fullmatch(r"word/(header|footer)\d*\.xml", name)
        if margin and _says_something(parsed(package.parts[name], name)):
            found.append(
                f"The {margin[1]} is not printed: the letterhead has its own. Move what the "
                "resident must read into the letter."
            )
    found.extend(
        sentence
        for names, sentence in _LOOKS.items()
        if any(_is_on(element) for element in package.document.iter(*(W + n for n in names)))
    )
    return tuple(dict.fromkeys(found))


_LOOKS: Final = {
    ("drawing", "pict"): (
        "Pictures are not printed. Put a logo into the letterhead; say in words what a picture "
        "shows."
    ),
    ("u", "highlight", "color", "shd"): (
        "Underlining, colours and highlighting are not printed. Use bold for what matters most."
    ),
    ("rFonts", "sz"): "Fonts and sizes are not printed: they come from the letterhead.",
    ("jc", "ind", "framePr", "pBdr"): (
        "Alignment, indents, frames and borders are not printed: they come from the letterhead."
    ),
}


def _in_package(package: WordPackage) -> Iterator[str]:
    types = package.parts["[Content_Types].xml"].lower()
    names = [name.lower() for name in package.parts]
    if b"macroenabled" in types or any("vbaproject" in n or "activex" in n for n in names):
        yield MACROS
    if any("/embeddings/" in name or "/afchunk" in name for name in names):
        yield EMBEDDED
    for reference in package.relationships():
        if reference.external and not _may_point_out(reference.kind, reference.target):
            yield (
                "It points to something outside itself"
                + (" by a link" if reference.kind == "hyperlink" else "")
                + " that is no web, e-mail or telephone address. Delete it, or copy the text into "
                "a new document."
            )


def _may_point_out(kind: str, target: str) -> bool:
    """Links people follow by choice; and the name of the Word template on the writer's own disk."""
    if kind == "hyperlink":
        return bool(_OPEN_WEB.match(target))
    return kind == "attachedTemplate" and bool(_OWN_DISK.match(target))


def _in_words(package: WordPackage) -> Iterator[str]:
    styles = StyleSheet(package.part("styles"))
    for element in package.document.iter():
        if not isinstance(element.tag, str):
            continue
        name = element.tag.rpartition("}")[2]
        if name in _ELEMENTS and _is_on(element):
            yield _ELEMENTS[name]
        elif name == "sym" and not symbol(element):
            yield "It holds a symbol from a special font. Type it as a word or a plain sign."
    yield from _in_runs(package.document, styles)
    for instruction in _field_instructions(package.document):
        kind = (instruction.split() or ["?"])[0].upper()
        if kind not in _HARMLESS_FIELDS:
            yield (
                f"It holds a Word field ({kind[:20]}) whose words can change by themselves. In "
                "Word, click into it and press Ctrl+Shift+F9 to turn it into text."
            )


def _in_runs(document: Element, styles: StyleSheet) -> Iterator[str]:
    """What is amiss with how words are set, and with where they stand."""
    for paragraph in document.iter(W + "p"):
        of_paragraph = styles.paragraph(value(paragraph, "pPr/pStyle"))
        for run in paragraph.iter(W + "r"):
            if not any((text.text or "").strip() for text in run.iterchildren(W + "t")):
                continue
            style_id = value(run, "rPr/rStyle")
            of_run = styles.style(style_id) if style_id else of_paragraph
            if toggled(run, "rPr/vanish", of_run.hidden or of_paragraph.hidden):
                yield HIDDEN
            struck = of_run.struck or of_paragraph.struck
            if any(toggled(run, f"rPr/{mark}", struck) for mark in STRIKES):
                yield STRUCK
            if _is_unseen(run):
                yield UNSEEN
    for text in document.iter(W + "t"):
        if (text.text or "").strip() and not _is_reached(text):
            yield OUT_OF_PLACE


def _is_unseen(run: Element) -> bool:
    """Whether words are too small to see, or white where nothing behind them is shaded.

    In a table, what lies behind them may come from its style, and white is a fashion for heads.
    """
    if 0 <= number(value(run, "rPr/sz"), _NO_SIZE) < _SMALLEST_SEEN:
        return True
    if value(run, "rPr/color").upper() != "FFFFFF":
        return False
    return not any(
        above.tag == W + "tbl" or above.find(f"{W}pPr/{W}shd") is not None
        for above in (run, *run.iterancestors())
    ) and (run.find(f"{W}rPr/{W}shd") is None and run.find(f"{W}rPr/{W}highlight") is None)


def _is_reached(text: Element) -> bool:
    """Whether words stand where `walk` finds them."""
    return all(
        above.tag in WRAPPERS or above.tag in _PLACES_OF_WORDS for above in text.iterancestors()
    )


def _is_on(element: Element) -> bool:
    return element.get(W + "val", "").lower() not in _OFF


def _field_instructions(document: Element) -> Iterator[str]:
    """What each Word field is told to do; an instruction may be cut over several runs."""
    for simple in document.iter(W + "fldSimple"):
        yield simple.get(W + "instr", "")
    open_fields: list[list[str]] = []
    for element in document.iter(W + "fldChar", W + "instrText"):
        if element.tag == W + "instrText":
            if open_fields:
                open_fields[-1].append(element.text or "")
            else:
                yield element.text or ""
        elif element.get(W + "fldCharType") == "begin":
            open_fields.append([])
        elif element.get(W + "fldCharType") == "end" and open_fields:
            yield "".join(open_fields.pop())
    for unfinished in open_fields:
        yield "".join(unfinished)


def _says_something(part: Element) -> bool:
    return any((text.text or "").strip() for text in part.iter(W + "t")) or any(
        True for _ in part.iter(W + "drawing", W + "pict")
    )
