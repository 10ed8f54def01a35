"""The report as a tagged PDF (PDF/UA-1 and PDF/A-3a), printed as letters are."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from correspondence.errors import DocumentRefused
from correspondence.letters.signs import NoFontFor, worded
from correspondence.reports.document.page import STYLE, page_for_print

if TYPE_CHECKING:
    from correspondence.reports.document.parts import ReportDocument

_PAPER: Final = """
@page { size: A4; margin: 20mm 18mm 22mm;
  @bottom-right { content: "Page " counter(page) " of " counter(pages);
    font: 9pt "Liberation Sans", Arial, "DejaVu Sans", sans-serif; color: #333333; } }
@page appendix { size: A4 landscape; margin: 16mm 14mm 18mm; }
html { font-size: 10.5pt; }
body { max-width: none; margin: 0; padding: 0; }
.appendix { page: appendix; break-before: page; }
"""

_LANDSCAPE: Final = "@page { size: A4 landscape; } html { font-size: 9.5pt; }"


def pdf(document: ReportDocument) -> bytes:
    """The report as PDF: the same document gives the same bytes.

    Raises DocumentRefused where it has signs that no font of this machine can draw.
    """
    charts: dict[str, bytes] = {}
    style = STYLE + _PAPER + (_LANDSCAPE if document.landscape else "")
    html = page_for_print(document, style, charts)
    try:
        try:
            return _printed(html, charts)
        except NoFontFor as missing:
            table = worded(missing)
            charts = {name: svg.decode().translate(table).encode() for name, svg in charts.items()}
            return _printed(html.translate(table), charts)
    except NoFontFor:
        raise DocumentRefused(
            "The report has signs that no font of this machine can draw. Add a font that has them "
            "to this machine, or take them out of the register."
        ) from None


def _printed(html: str, charts: dict[str, bytes]) -> bytes:
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    from correspondence.letters.assets import NOWHERE, Assets
    from correspondence.letters.finishing import VARIANT, finish

    press: Any = weasyprint  # it ships no types
    configuration: Any = FontConfiguration
    page = press.HTML(string=html, url_fetcher=Assets(charts), base_url=NOWHERE)
    drawn = page.render(font_config=configuration(), pdf_variant=VARIANT)
    identifier = hashlib.sha256(html.encode()).hexdigest()[:32].encode()
    made: bytes = drawn.write_pdf(finisher=finish, pdf_variant=VARIANT, pdf_identifier=identifier)
    return made
