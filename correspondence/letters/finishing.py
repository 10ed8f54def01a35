"""What the renderer leaves out of an accessible, archivable PDF, added before the file is closed.

The file then is PDF/UA-1 (ISO 14289-1) and PDF/A-3a (ISO 19005-3) at once. Both claims are true of
every file or neither is made: what would break them is refused here.
"""

from __future__ import annotations

from typing import Any, Final

from correspondence.errors import TemplateRefused
from correspondence.letters.signs import NoFontFor

VARIANT: Final = "pdf/a-3a"
"""The renderer's name for what it makes; PDF/UA-1 is added to it."""

_PRINT: Final = 4
"""The flag of an annotation that is printed (ISO 32000-1, table 165)."""

_UNIVERSAL: Final = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"\
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"\
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>The part of ISO 14289 that this file follows</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property>\
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
"""The claim of PDF/UA-1, and what PDF/A asks of a claim it does not know: its description
(ISO 19005-3 6.6.2.3)."""

_END: Final = b"</rdf:RDF>"


def finish(document: Any, pdf: Any) -> None:
    """Complete what was drawn; the `finisher` of WeasyPrint's `write_pdf`.

    Raises NoFontFor where a character has no font, and TemplateRefused for a picture without
    alternative text.
    """
    missing = [code for font in document.fonts.values() for code in font.missing]
    if missing:
        raise NoFontFor(map(chr, missing))
    elements = [found for found in pdf.objects if hasattr(found, "get")]
    _complete_structure(
        {found.reference: found for found in elements if found.get("Type") == "/StructElem"}
    )
    for element in elements:
        if element.get("Subtype") == "/Link":  # 7.18: it prints as it shows
            element["F"] = _PRINT
    _claim(pdf)


def _complete_structure(elements: dict[Any, Any]) -> None:
    """Of every header cell whether it heads its column or its row; of every picture its words.

    (ISO 14289-1 7.5 and 7.3; WeasyPrint issue 2508.) Cells in THead head columns, others rows.
    """
    for element in elements.values():
        if element["S"] == "/TH":
            group = elements.get(elements[element["P"]]["P"])
            in_head = group is not None and group["S"] == "/THead"
            element["A"]["Scope"] = "/Column" if in_head else "/Row"
        elif element["S"] == "/Figure" and not element.get("Alt"):
            raise TemplateRefused(WITHOUT_WORDS.format("A picture in the letterhead"))


WITHOUT_WORDS: Final = (
    "{} has no alternative text, so a resident who hears the letter would not know of it. Give it "
    "an alt, or, where it only decorates, put it into the style sheet as a background."
)


def _claim(pdf: Any) -> None:
    """State PDF/UA-1 beside PDF/A, in the one RDF that the file's metadata may hold."""
    for found in pdf.objects:
        if getattr(found, "extra", {}).get("Type") == "/Metadata":
            found.stream = [part.replace(_END, _UNIVERSAL + _END) for part in found.stream]
