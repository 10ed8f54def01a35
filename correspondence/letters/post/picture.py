"""A page as a picture with the places marked that a print house would object to."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from PIL import Image, ImageDraw, ImageFont

from correspondence.errors import DocumentRefused
from correspondence.letters.pdf_file import opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from correspondence.letters.post.precheck import PostalFinding

_DOTS: Final = 4.0  # for each millimetre
_LARGEST: Final = 2_000.0
_RED: Final = (180, 0, 0)


def picture_of(pdf: bytes, page: int, findings: Sequence[PostalFinding] = ()) -> bytes:
    """Page `page`, counted from 1, as PNG; the findings of that page framed and numbered.

    The number is the finding's place in the whole list, from 1, so that sentence and frame find
    each other without colour. Raises DocumentRefused where there is no such page.
    """
    with opened(pdf) as document:
        if not 1 <= page <= len(document):
            raise DocumentRefused(
                f"The letter has {len(document)} pages, and page {page} is not among them."
            )
        points = max(document[page - 1].get_size())
        scale = min(_DOTS * 25.4 / 72, _LARGEST / points)
        drawn: Any = document[page - 1].render(scale=scale).to_pil().convert("RGB")
    dots = scale * 72 / 25.4
    veil = Image.new("RGBA", drawn.size)
    pen = ImageDraw.Draw(veil)
    font = ImageFont.load_default(size=5 * dots)
    for number, finding in enumerate(findings, 1):
        if finding.page != page or finding.place is None:
            continue
        place = finding.place.wider(0.5)
        box = [side * dots for side in (place.left, place.top, place.right, place.bottom)]
        pen.rectangle(box, fill=(*_RED, 40), outline=(*_RED, 255), width=max(2, round(0.5 * dots)))
        at = (min(box[2] + dots, drawn.width - 8 * dots), max(box[1], 0))
        pen.text(at, str(number), fill=(*_RED, 255), font=font)
    drawn.paste(veil, mask=veil)
    held = io.BytesIO()
    drawn.save(held, "PNG")
    return held.getvalue()
