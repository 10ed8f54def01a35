"""Two hundred hostile or odd Word files: refused with a sentence or read right, nothing fetched."""

from __future__ import annotations

import io
import resource
import socket
import threading
import zipfile
from typing import TYPE_CHECKING

import pytest

from correspondence.errors import DocumentRefused, TemplateRefused
from correspondence.letters.facts import Handler, Landlord, Recipient
from correspondence.letters.word import fill, gate, walk
from tests.letters.at_hand import facts, points
from tests.letters.word_files import paragraph, part, plain_word, with_parts, word_with

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

RELS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MOST_MEMORY = 600_000_000
"""Bytes that reading any of these may add to the process at its peak."""


class Listener:
    """A place on this machine that anything fetched would have to call."""

    def __init__(self) -> None:
        self.calls = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                caller, _ = self._socket.accept()
            except OSError:
                return
            self.calls += 1
            caller.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    listening = Listener()
    yield listening
    listening.close()


def relating(kind: str, target: str, mode: str = "External", body: str = "") -> bytes:
    """A Word file with one more relationship, and words that use it."""
    plain = word_with(body or paragraph("Dear resident"))
    added = (
        f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    )
    rels = part(plain, RELS).decode().replace("</Relationships>", f"{added}</Relationships>")
    return with_parts(plain, {RELS: rels})


EXTERNAL_KINDS = (
    *("image", "oleObject", "package", "attachedTemplate", "frame", "subDocument", "aFChunk"),
    *("audio", "video", "media", "font", "customXml", "settings", "control", "hyperlinkBase"),
    *("externalLink", "mailMergeSource", "recipientData", "transform", "vbaProject"),
)
TARGETS = ("http://127.0.0.1:{port}/x", "https://127.0.0.1:{port}/x", r"\\127.0.0.1\share\x")


@pytest.mark.parametrize("kind", EXTERNAL_KINDS)
@pytest.mark.parametrize("target", TARGETS)
def test_nothing_outside_is_fetched_and_a_reference_to_it_is_refused(
    kind: str, target: str, listener: Listener
) -> None:
    docx = relating(kind, target.format(port=listener.port))
    with pytest.raises(DocumentRefused, match="points to something outside"):
        gate(docx)
    assert walk(docx).plain() == "Dear resident"  # even ungated, it is words alone
    with pytest.raises(TemplateRefused):
        fill(docx, facts())
    assert listener.calls == 0


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "file:///etc/passwd", "vbscript:x", "data:text/html,x", "ms-word:x"],
)
def test_a_link_to_anything_but_the_web_mail_or_phone_is_refused(target: str) -> None:
    body = f'<w:p><w:hyperlink r:id="rId99">{paragraph("x")[5:-6]}</w:hyperlink></w:p>'
    docx = relating("hyperlink", target, body=body)
    with pytest.raises(DocumentRefused, match="by a link"):
        gate(docx)
    assert all(not run.link for block in walk(docx).blocks for run in getattr(block, "runs", ()))


ENTITIES = (
    '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE w [<!ENTITY x SYSTEM "http://127.0.0.1:{port}/x">]>',
    '<!DOCTYPE w SYSTEM "http://127.0.0.1:{port}/x.dtd">',
    '<!DOCTYPE w [<!ENTITY % p SYSTEM "http://127.0.0.1:{port}/p"> %p;]>',
    '<!DOCTYPE w PUBLIC "x" "http://127.0.0.1:{port}/x">',
)
PARTS = ("word/document.xml", "word/styles.xml", "word/numbering.xml", TYPES, RELS)
ENCODINGS = ("utf-8", "utf-16")


@pytest.mark.parametrize("declared", ENTITIES)
@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_entities_are_refused_in_every_part_and_encoding(
    declared: str, name: str, encoding: str, listener: Listener
) -> None:
    plain = plain_word("Dear resident")
    xml = part(plain, name).decode()
    xml = xml[xml.index("?>") + 2 :].lstrip() if xml.startswith("<?xml") else xml
    swollen = f'<?xml version="1.0" encoding="{encoding}"?>' + declared.format(port=listener.port)
    docx = with_parts(plain, {name: (swollen + xml).encode(encoding)})
    with pytest.raises(DocumentRefused):
        gate(docx)
    with pytest.raises(DocumentRefused):
        walk(docx)
    assert listener.calls == 0


NAMES = (
    "../../evil.xml",
    "/etc/evil.xml",
    "C:\\evil.xml",
    "word/../../evil",
    "a\\..\\b",
    "x" * 60_000,
)


@pytest.mark.parametrize("name", NAMES)
def test_the_names_of_entries_lead_nowhere(name: str) -> None:
    docx = with_parts(plain_word("Dear resident"), {name: b"<x/>"})
    gate(docx)  # nothing is ever unpacked to a disk
    assert walk(docx).plain() == "Dear resident"


def zipped(entries: list[tuple[str, bytes]]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def _twice() -> bytes:
    plain = plain_word("Dear resident")
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        entries = [(name, archive.read(name)) for name in archive.namelist()]
    return zipped([*entries, ("word/document.xml", b"<other/>")])


def _flipped(docx: bytes, at: float) -> bytes:
    place = int(len(docx) * at)
    return docx[:place] + bytes([docx[place] ^ 0xFF]) + docx[place + 1 :]


ODD_FILES = {
    "nothing": b"",
    "words": b"Dear all",
    "old word": b"\xd0\xcf\x11\xe0" + b"\0" * 600,
    "rtf": rb"{\rtf1 Dear all}",
    "html": b"<html><body>Dear all</body></html>",
    "pdf": b"%PDF-1.7\n",
    "an empty zip": zipped([]),
    "a zip of words": zipped([("letter.txt", b"Dear all")]),
    "a zip that says it is Word": zipped([(TYPES, b"<Types>wordprocessingml</Types>")]),
    "cut off": plain_word("x")[:-200],
    "cut short": plain_word("x")[:100],
    "a bomb": with_parts(plain_word("x"), {"word/media/a.bin": b"\0" * 70_000_000}),
    "a bomb of words": with_parts(plain_word("x"), {"word/document.xml": b" " * 9_000_000}),
    "a thousand parts": with_parts(plain_word("x"), {f"a/{n}": b"" for n in range(1_001)}),
    "types of a sheet": with_parts(
        plain_word("x"), {TYPES: b"<Types>application/vnd.ms-excel</Types>"}
    ),
    "no types": with_parts(plain_word("x"), {TYPES: b""}),
    "words that are no XML": with_parts(plain_word("x"), {"word/document.xml": b"\x00\x01"}),
    "words that are not closed": with_parts(plain_word("x"), {"word/document.xml": b"<w:p>"}),
    "deep": with_parts(plain_word("x"), {"word/document.xml": b"<a>" * 5_000 + b"</a>" * 5_000}),
    "no relationships": with_parts(plain_word("x"), {"_rels/.rels": b"<x/>"}),
    "a main part outside": with_parts(
        plain_word("x"),
        {
            "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'relationships"><Relationship Id="a" Type="{OFFICE}/officeDocument" '
            'Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
        },
    ),
}


@pytest.mark.parametrize("name", ODD_FILES)
def test_what_is_no_letter_is_refused_with_a_sentence(name: str) -> None:
    for read in (gate, walk):
        with pytest.raises(DocumentRefused) as refused:
            read(ODD_FILES[name])
        assert str(refused.value).endswith(".")
    with pytest.raises(TemplateRefused, match="In the Word template"):
        fill(ODD_FILES[name], facts())


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused() -> None:
    with pytest.raises(DocumentRefused, match="damaged or protected"):
        gate(_twice())


@pytest.mark.parametrize("at", [n / 40 for n in range(40)])
def test_a_file_with_one_byte_wrong_is_refused_or_read(at: float) -> None:
    broken = _flipped(plain_word("Dear resident", "Your roof is mended."), at)
    said = read_or_refused(broken)
    assert said.endswith(".")


def read_or_refused(docx: bytes) -> str:
    """The words of a file that goes through the gate, or the sentence it is refused with."""
    try:
        gate(docx)
        return walk(docx).plain()
    except DocumentRefused as refused:
        return str(refused)


ATTACKS = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ self.__init__.__globals__ }}",
    "{{ lipsum.__globals__['os'].system('id') }}",
    "{{ reference|attr('__class__') }}",
    "{{ reference.__class__ }}",
    "{{ reference['__class__'] }}",
    "{{ 'a' * 100000000 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ range(10**9) }}",
    "{% for a in points %}" * 3 + "x" + "{% endfor %}" * 3,
    "{% include '/etc/passwd' %}",
    "{% import 'os' as o %}",
    "{% extends 'x' %}",
    "{% set x = 1 %}",
    "{% macro m() %}{% endmacro %}",
    "{{ request.application }}",
    "{{ config }}",
    "{{ reference.format(1) }}",
    "{{ namespace() }}",
    "{% raw %}{{ x }}{% endraw %}{{ undefined_name }}",
    "{{ reference }",
    "{ reference }",
    "{{ }}",
    "{{ " + "(" * 200 + "reference" + ")" * 200 + " }}",
    "{% if " + "not " * 300 + "hazard %}x{% endif %}",
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_code_in_a_template_is_refused_and_does_nothing(attack: str) -> None:
    escaped = attack.replace("&", "&amp;").replace("<", "&lt;")
    with pytest.raises(TemplateRefused) as refused:
        fill(word_with(paragraph(escaped)), facts())
    assert "In the Word template" in str(refused.value)
    assert "uid=" not in str(refused.value)


VALUES = (
    *ATTACKS,
    "O'Neill-Ångström & Sons <Ltd>",
    "{{ 7*7 }}",
    "</w:t></w:r></w:p><w:p><w:r><w:t>forged",
    "]]><x/>",
    "&amp;lt;",
    "الدفء لا يعمل منذ أسبوع",
    "דירה 4, רחוב",
    "🏠👩🏽‍🔧🇬🇧",
    "a" * 3_000,
    "word " * 600,
    "Zo\u0308e n\u0303",
    "«»„“‚‘’",
    "50% of £1,000 @ #1 \\ / | ~ ^",
)


@pytest.mark.parametrize("value", VALUES)
def test_what_residents_write_is_printed_and_never_run(value: str) -> None:
    said = value.strip()
    known = facts(
        reference=said,
        recipient=Recipient(name=said, salutation=said),
        landlord=Landlord(name=said),
        handler=Handler(name=said),
        definition=points(said),
        own_words=False,
    )
    fields = ("{{ reference }}", "{{ salutation }}", "{{ landlord.name }}", "{{ handler.name }}")
    printed = walk(fill(plain_word(*fields), known)).plain().split("\n\n")
    assert [" ".join(line.split()) for line in printed] == [" ".join(said.split())] * len(fields)


def test_two_thousand_pages_are_read_or_refused_in_bounded_memory() -> None:
    page = "".join(
        paragraph("The roof was mended on the day that was promised.") for _ in range(45)
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for pages in (200, 2_000):
        said = read_or_refused(word_with(page * pages))
        assert said.count("mended") == 45 * pages or "more words than a letter can" in said
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert grown < MOST_MEMORY


@pytest.mark.parametrize("wrapper", ["sdt", "smartTag", "customXml", "hyperlink", "tbl"])
def test_deep_nesting_is_refused_or_read(wrapper: str) -> None:
    opening, closing = f"<w:{wrapper}>", f"</w:{wrapper}>"
    if wrapper == "sdt":
        opening, closing = "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"
    if wrapper == "tbl":
        opening, closing = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    for deep in (20, 80, 400):
        inner = "<w:r><w:t>deep</w:t></w:r>"
        body = (
            opening * deep + f"<w:p>{inner}</w:p>" + closing * deep
            if wrapper in ("sdt", "tbl")
            else "<w:p>" + opening * deep + inner + closing * deep + "</w:p>"
        )
        said = read_or_refused(word_with(body))
        assert said == "deep" or said.endswith(("its words.", "upload that."))
