"""The words in Word and PDF files from strangers, within limits of time and size."""

from __future__ import annotations

import io
import logging
import zipfile
from typing import TYPE_CHECKING, Final

from correspondence.intake.mail.attachments import LONGEST_TEXT, SCANNED
from correspondence.intake.mail.decoding import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import Configuration, PdfReader

LARGEST_PDF: Final = 30_000_000  # bytes
MOST_PAGES: Final = 60
MOST_PAGE_BYTES: Final = (
    800_000  # drawing instructions read, in all; a letter has some 5,000 a page
)
LARGEST_PART: Final = 20_000_000  # bytes of one part of a Word file, unpacked
MOST_FILES: Final = 2_000  # in a Word file's archive
_MOST_ELEMENTS: Final = 1_000_000

_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WORD_PARTS: Final = ("word/header", "word/document.xml", "word/footnotes.xml", "word/footer")


def pdf_text(content: bytes) -> tuple[str, str]:
    """The text layer of a PDF, and why there is none or not all of it."""
    if len(content) > LARGEST_PDF:
        return "", f"the PDF is over {LARGEST_PDF // 1_000_000} MB"
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it quotes the file in its warnings
    try:
        with pypdf.apply_configuration(_pdf_limits()):
            reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
            if reader.is_encrypted and not reader.decrypt(""):
                return "", "the PDF is protected by a password"
            text, because = _pages(reader)
    except Exception:  # noqa: BLE001 the library raises whatever a broken file makes it raise
        return "", "the PDF is damaged and could not be read"
    text = clean(text).strip()
    if not text and not because:
        because = SCANNED
    return text, because


def _pdf_limits() -> Configuration:
    """The library's own limits, drawn tighter: a letter needs a hundredth of this."""
    from pypdf import Configuration

    return Configuration(
        maximum_declared_stream_length=LARGEST_PDF,
        array_based_stream_maximum_output_length=10_000_000,
        zlib_maximum_output_length=10_000_000,
        zlib_maximum_recovery_input_length=500_000,
        lzw_maximum_output_length=10_000_000,
        run_length_maximum_output_length=10_000_000,
        brotli_maximum_output_length=10_000_000,
        jbig2_maximum_output_length=1_000_000,
        stream_decoding_work_maximum_length=30_000_000,
        stream_parsing_work_maximum_count=60_000,
        page_tree_maximum_entries=10_000,
        page_tree_maximum_depth=30,
        page_tree_maximum_page_entries=100_000,
        xform_maximum_invocations_per_extraction=100,
        array_maximum_element_count=50_000,
        dictionary_maximum_element_count=50_000,
        jbig2dec_binary=None,
        disable_legacy_handling=True,
    )


def _pages(reader: PdfReader) -> tuple[str, str]:
    """The text of one page after another, until a limit; a page that breaks is passed over."""
    out: list[str] = []
    spent, broken, length = 0, 0, 0
    for number, page in enumerate(reader.pages):
        if number >= MOST_PAGES:
            return "\n".join(out), f"only the first {MOST_PAGES} pages were read"
        try:
            contents = page.get_contents()
            spent += len(contents.get_data()) if contents is not None else 0
            if spent > MOST_PAGE_BYTES:
                return "\n".join(
                    out
                ), f"only the first {number} pages were read; the next is too large"
            out.append(page.extract_text())
            length += len(out[-1])
            if length > LONGEST_TEXT:
                break
        except Exception:  # noqa: BLE001 as above
            broken += 1
    return "\n".join(out), f"{broken} pages of the PDF could not be read" if broken else ""


def word_text(content: bytes) -> tuple[str, str]:
    """The words of a Word file (.docx), header and footnotes too; and why they are missing."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_FILES:
                return "", f"the Word file holds more than {MOST_FILES:,} parts"
            found: dict[str, None] = {}
            for prefix in _WORD_PARTS:
                for entry in entries:
                    if entry.filename.startswith(prefix) and entry.filename.endswith(".xml"):
                        part = _part(archive, entry)
                        if part is None:
                            return "", "the Word file is too large once unpacked"
                        found[clean(part).strip()] = None
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
        return "", "the Word file is damaged and could not be read"
    text = "\n".join(filter(None, found))
    return text, "" if text else "a scan or picture: the Word file holds no text to read"


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str | None:
    """The words of one part; None where it is larger than any letter."""
    if entry.file_size > LARGEST_PART:
        return None
    with archive.open(entry) as file:
        content = file.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        return None
    return "".join(_words(content))


def _words(content: bytes) -> Iterator[str]:
    from lxml import etree  # type: ignore[import-untyped]

    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise ValueError("A part of the Word file declares entities.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
    )
    root = etree.fromstring(content, parser)
    cells = skipped = 0
    for count, (event, element) in enumerate(etree.iterwalk(root, events=("start", "end"))):
        if count > _MOST_ELEMENTS:
            return
        tag = element.tag
        if tag == _FALLBACK:
            skipped += 1 if event == "start" else -1
        elif skipped or not isinstance(tag, str) or not tag.startswith(_WORD):
            continue
        name = tag.removeprefix(_WORD) if isinstance(tag, str) else ""
        if name == "tc":
            cells += 1 if event == "start" else -1
        if event == "start":
            yield {"t": element.text or "", "tab": "\t", "br": "\n", "cr": "\n"}.get(name, "")
        else:
            ends = {"p": " " if cells else "\n", "tc": "\t", "tr": "\n"}
            yield ends.get(name, "")
