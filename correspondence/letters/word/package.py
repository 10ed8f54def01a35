"""A Word file as what it is: a zip of XML parts, read within limits before anybody trusts it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from posixpath import dirname, normpath
from typing import TYPE_CHECKING, Final, TypeAlias

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from correspondence.errors import DocumentRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

Element: TypeAlias = etree._Element
"""One element of a part."""

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of Word's own elements, as lxml writes it."""

R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
"""The namespace of references from one part to another."""

LARGEST_FILE: Final = 20_000_000
LARGEST_UNPACKED: Final = 60_000_000
LARGEST_WORDS: Final = 8_000_000
MOST_PARTS: Final = 1_000
"""Bytes of the file, of all its parts unpacked, of the part with the words; number of parts."""

_OLD_WORD: Final = b"\xd0\xcf\x11\xe0"
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_RELATIONSHIPS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_PLAIN_UTF8: Final = re.compile(
    rb"""(?is)(\xef\xbb\xbf)?\s*<(?:\?xml\s+version=.1\.0.(?:\s+encoding=.utf-8.)?(?:\s+standalone=.\w+.)?\s*\?>|\w)"""
)
"""How a part begins whose bytes can be searched as they stand."""

_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Relationship:
    """One reference out of a part. `kind` is the last word of its type, such as 'hyperlink'."""

    id: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class WordPackage:
    """The parts of a Word file by name; the name and the tree of the part that holds its words."""

    parts: dict[str, bytes]
    main: str
    document: Element

    def relationships(self) -> Iterator[Relationship]:
        """Every reference of every part."""
        for name in self.parts:
            if name.endswith(".rels"):
                yield from _references(self.parts, name)

    def beside_the_words(self) -> Iterator[Relationship]:
        """The references of the part that holds the words."""
        yield from _references(self.parts, _rels_of(self.main))

    def part(self, kind: str) -> Element | None:
        """The part of one kind that belongs to the words, such as 'styles' or 'numbering'."""
        for reference in self.beside_the_words():
            if reference.kind == kind and not reference.external:
                name = _resolved(reference.target, dirname(self.main))
                if name in self.parts:
                    return parsed(self.parts[name], name)
        return None


def unpacked(docx: bytes) -> WordPackage:
    """The parts of a Word file.

    Raises DocumentRefused where it is no Word file, or larger than a letter can be, or declares
    entities (which could swell without end, or fetch files).
    """
    if len(docx) > LARGEST_FILE:
        raise DocumentRefused(
            f"The Word file has {len(docx) // 1_000_000} MB; a letter may have "
            f"{LARGEST_FILE // 1_000_000} MB at most. Take the pictures out and save it again."
        )
    if docx.startswith(_OLD_WORD):
        raise DocumentRefused(
            "The file is protected by a password or comes from an old version of Word. Save it "
            "without a password as “Word Document (.docx)” and upload it again."
        )
    parts = _parts(docx)
    main = next(
        (
            _resolved(reference.target, "")
            for reference in _references(parts, "_rels/.rels")
            if reference.kind == "officeDocument" and not reference.external
        ),
        "",
    )
    words = parts.get(main)
    if words is None or b"wordprocessingml" not in parts.get("[Content_Types].xml", b""):
        raise DocumentRefused(
            "The file is not a Word document. Save the letter as “Word Document (.docx)”."
        )
    if len(words) > LARGEST_WORDS:
        raise DocumentRefused(
            "The Word file holds more words than a letter can have. Split it, or take out what "
            "does not belong in the letter."
        )
    if _STRICT in words[:4000]:
        raise DocumentRefused(
            "The file is saved as “Strict Open XML”. Save it as “Word Document (.docx)”."
        )
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            _refuse_entities(content, name)
    return WordPackage(parts, main, parsed(words, main))


def parsed(content: bytes, name: str) -> Element:
    """One XML part. Raises DocumentRefused, naming the part, where it is not well formed."""
    try:
        return etree.fromstring(content, _parser())
    except etree.XMLSyntaxError as error:
        raise DocumentRefused(
            f"The Word file is damaged: its part {_shown(name)} cannot be read. Open it in Word, "
            "save it under a new name and upload that."
        ) from error


def sealed(docx: bytes) -> bytes:
    """The same Word file without the moment it was packed: the same content, the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(packed, "w") as new:
        for entry in old.infolist():
            fixed = zipfile.ZipInfo(entry.filename, _EARLIEST)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            fixed.external_attr = 0o600 << 16
            new.writestr(fixed, old.read(entry))
    return packed.getvalue()


def _references(parts: dict[str, bytes], name: str) -> Iterator[Relationship]:
    content = parts.get(name)
    if content is None:
        return
    for found in parsed(content, name).iter(_RELATIONSHIPS):
        yield Relationship(
            id=found.get("Id", ""),
            kind=found.get("Type", "").rpartition("/")[2],
            target=found.get("Target", ""),
            external=found.get("TargetMode", "").lower() == "external",
        )


def _rels_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def _resolved(target: str, folder: str) -> str:
    """The part a reference points to, from the folder of the part it stands in."""
    if target.startswith("/"):
        return normpath(target).lstrip("/")
    return normpath(f"{folder}/{target}").lstrip("/")


def _parts(docx: bytes) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    left = LARGEST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_PARTS:
                raise DocumentRefused(
                    f"The Word file has {len(entries)} parts; a letter has {MOST_PARTS} at most. "
                    "Copy its text into a new document."
                )
            for entry in entries:
                if entry.filename in parts or entry.flag_bits & 0x1:
                    raise DocumentRefused(
                        "The Word file is damaged or protected. Open it in Word, save it under a "
                        "new name and upload that."
                    )
                with archive.open(entry) as packed:
                    content = packed.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise DocumentRefused(
                        "The Word file unpacks to far more than a letter holds "
                        f"({LARGEST_UNPACKED // 1_000_000} MB). Copy its text into a new document."
                    )
                parts[entry.filename] = content
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        EOFError,
        OSError,
        ValueError,
        RuntimeError,
    ) as error:
        raise DocumentRefused(
            "The file is not a Word document, or it is damaged. Save the letter as “Word Document "
            "(.docx)” and upload it again."
        ) from error
    return parts


def _refuse_entities(content: bytes, name: str) -> None:
    """Refuse a document type, the only door for entities; in any encoding the parser knows."""
    if _PLAIN_UTF8.match(content) and b"<!DOCTYPE" not in content:
        return
    docinfo = parsed(content, name).getroottree().docinfo
    if docinfo.doctype or docinfo.internalDTD is not None:
        raise DocumentRefused(
            f"The Word file declares entities in its part {_shown(name)}, which no letter needs "
            "and which can do harm. Copy its text into a new document."
        )


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _shown(name: str) -> str:
    return repr(name[:60])
