"""The letterhead's logo, colour and foot, set without writing HTML or CSS. Pure.

What is set stands in a part of its own at the end of the style sheet, and one line of the layout,
so that it can be set again, and a letterhead that was made by hand keeps everything else.
"""

from __future__ import annotations

import io
import re
import string
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PIL import Image

from correspondence.errors import TemplateRefused
from correspondence.settings.values import READABLE, contrast_with_white

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST_LOGO: Final = 2_000_000
"""Bytes."""

LONGEST_FOOT: Final = 160
"""Characters of the line at the foot of the first page."""

LAYOUT: Final = "layout.html"
STYLE: Final = "letter.css"

_MOST_PIXELS: Final = 8_000_000
_LONG_SIDE: Final = 1_600
_FORMATS: Final = ("PNG", "JPEG")
_LOGO: Final = "logo-set-here.png"
_BEGINS: Final = "/* Set on the page Letterhead: "
_ENDS: Final = "/* End of what is set there. */"
_PART: Final = re.compile(re.escape(_BEGINS) + r".*?" + re.escape(_ENDS) + r"\n?", re.DOTALL)
_PICTURE: Final = (
    f'    <img class="logo-set-here" src="asset:{_LOGO}" alt="{{{{ landlord.name }}}}">\n'
)
_SET_COLOUR: Final = re.compile(re.escape(_BEGINS) + r"(#[0-9a-f]{6})")
_SET_FOOT: Final = re.compile(r'foot-set-here: "((?:\\[0-9a-f]{6} |[^"\\])*)"')
_PLAIN: Final = frozenset(string.ascii_letters + string.digits + " .,:-")


@dataclass(frozen=True, slots=True)
class Look:
    """What is set: a colour such as #12394f, a line for the foot, and whether there is a logo."""

    colour: str
    foot: str
    logo: bool


def look_of(files: Mapping[str, bytes]) -> Look:
    """What is set in a letterhead; the shipped colour and no foot where nothing is."""
    css = files.get(STYLE, b"").decode("utf-8", "replace")
    part = _PART.search(css)
    colour = _SET_COLOUR.match(part[0]) if part else None
    foot = _SET_FOOT.search(part[0]) if part else None
    return Look(
        colour[1] if colour else "#12394f",
        re.sub(r"\\([0-9a-f]{6}) ", lambda found: chr(int(found[1], 16)), foot[1]) if foot else "",
        _LOGO in files,
    )


def with_look(
    files: Mapping[str, bytes], *, colour: str, foot: str, logo: bytes | None, keep_logo: bool
) -> dict[str, bytes]:
    """A letterhead with this colour, foot and logo; `logo` is a picture as it was uploaded.

    Raises TemplateRefused for what cannot be, in words.
    """
    colour, foot = colour.strip().lower(), " ".join(foot.split())
    if not re.fullmatch(r"#[0-9a-f]{6}", colour):
        raise TemplateRefused("The colour must be # and six digits or letters a to f.")
    if contrast_with_white(colour) < READABLE:
        raise TemplateRefused("Words in that colour cannot be read on white; choose a darker one.")
    if len(foot) > LONGEST_FOOT or not foot.isprintable():
        raise TemplateRefused(f"The foot must be one line of at most {LONGEST_FOOT} characters.")
    made = {name: content for name, content in files.items() if name != _LOGO}
    if logo is not None:
        made[_LOGO] = _as_png(logo)
    elif keep_logo and _LOGO in files:
        made[_LOGO] = files[_LOGO]
    made[STYLE] = _style(files[STYLE].decode("utf-8"), colour, foot).encode()
    made[LAYOUT] = _layout(files[LAYOUT].decode("utf-8"), with_logo=_LOGO in made).encode()
    return made


def _layout(layout: str, *, with_logo: bool) -> str:
    plain = layout.replace(_PICTURE, "")
    if not with_logo:
        return plain
    place = re.search(r'<(?:div|header)[^>]*class="masthead"[^>]*>\n?', plain)
    if place is None:
        raise TemplateRefused(
            'Your layout.html has no place for a logo: give it <div class="masthead">, as the '
            "shipped one has."
        )
    return plain[: place.end()] + _PICTURE + plain[place.end() :]


def _style(css: str, colour: str, foot: str) -> str:
    rules = [
        f"{_BEGINS}{colour}. */",
        f".landlord, .letter h1, .letter h2, .letter a {{ color: {colour}; }}",
        ".logo-set-here { float: right; max-width: 62mm; max-height: 27mm; }",
        ".large-print .logo-set-here { float: none; display: block; padding-bottom: 4mm; }",
    ]
    if foot:
        said = "".join(s if s in _PLAIN else f"\\{ord(s):06x} " for s in foot)
        font = '8pt/1 "Liberation Sans", Arial, "DejaVu Sans", sans-serif'
        box = f'content: "{said}"; font: {font}; color: #333333; vertical-align: top;'
        rules += [
            f'/* foot-set-here: "{said}" */',
            f"@page :first {{ @bottom-center {{ {box} }} }}",
        ]
    return _PART.sub("", css).rstrip() + "\n\n" + "\n".join([*rules, _ENDS]) + "\n"


def _as_png(raw: bytes) -> bytes:
    """A picture drawn anew, so that nothing but its dots is left of what was uploaded."""
    if len(raw) > LARGEST_LOGO:
        raise TemplateRefused("The logo is larger than 2 megabytes; save it smaller.")
    try:
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(raw), formats=_FORMATS) as whole,
            Image.open(io.BytesIO(raw), formats=_FORMATS) as picture,
        ):
            whole.verify()
            if picture.width * picture.height > _MOST_PIXELS:
                raise TemplateRefused("The logo has more than 8 million dots; save it smaller.")
            drawn = picture.convert("RGBA")
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        raise TemplateRefused(
            "The logo is no picture that can be opened; save it as PNG or JPEG."
        ) from None
    drawn.thumbnail((_LONG_SIDE, _LONG_SIDE))
    plain = Image.new("RGB", drawn.size, "white")
    plain.paste(drawn, mask=drawn.getchannel("A"))
    made = io.BytesIO()
    plain.save(made, "PNG", optimize=True)
    return made.getvalue()
