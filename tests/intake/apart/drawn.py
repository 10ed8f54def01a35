"""Pictures of letters, drawn for the tests."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

LETTER = (
    "14 November 2026\n\nDear Sir or Madam,\n\nThe light on the stairs to my flat\n"
    "has been out since September.\nI reported it twice and nobody has come.\n\n"
    "Yours faithfully\nWinifred Oakes"
)


def picture(text: str = LETTER, *, turned: int = 0) -> Image.Image:
    """The upper half of a page with these words."""
    page = Image.new("L", (900, 640), 250)
    font = ImageFont.load_default(size=32)
    ImageDraw.Draw(page).multiline_text((60, 60), text, font=font, fill=20, spacing=14)
    return page.rotate(turned, expand=True)


def picture_file(page: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    """The same as a file."""
    out = io.BytesIO()
    page.save(out, kind, **options)
    return out.getvalue()


def photograph() -> Image.Image:
    """A photograph of a stained wall: soft patches, and nothing written."""
    wall = Image.effect_noise((1600, 1200), 24)
    return Image.radial_gradient("L").resize(wall.size).point(lambda v: v // 2 + 60)
