"""The words in a picture, read by the program Tesseract where the machine has it.

A picture is made grey, upright and no larger than reading needs. What shows no rows of dark on
light is a photograph of something, and is left alone; and words that the program itself doubts are
left out, since nonsense would be taken for a resident's words.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import warnings
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageChops, ImageFilter, ImageOps

from correspondence.intake.apart.clock import Clock
from correspondence.intake.mail.attachments import PICTURE

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PIXELS: Final = 60_000_000
MOST_PAGES: Final = 6  # pages of one file
NOT_INSTALLED: Final = "a scan or picture, and this machine has no program that reads such"
NO_TIME: Final = "a scan or picture that there was no time to read"
TOO_LARGE: Final = "a picture too large to read"
BY_MACHINE: Final = "its words were read by machine from a picture and may hold mistakes"

_LONG_SIDE: Final = 2_600  # pixels; A4 at some 220 to the inch
_SHORT_SIDE: Final = 300  # less is a logo or a signature's picture
_FORMATS: Final = ("JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP")
_SURE: Final = 40.0  # the program's own confidence in a word, of 100
_SURE_PAGE: Final = 65.0
_FEWEST_WORDS: Final = 4
_MARKS_IN_A_ROW: Final = 8  # of a picture reduced to 700 pixels
_FEWEST_ROWS: Final = 5
_MOST_DARK: Final = 0.4
_MANY_WORDS: Final = 10  # unsure of so many, it may have looked at them upside down
_LEAST_TIME: Final = 0.5  # seconds worth beginning a page for


def picture_text(content: bytes, seconds: float) -> tuple[str, str]:
    """The words in a picture file and, where there are none or not all, why."""
    clock = Clock(seconds)
    try:
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(content), formats=_FORMATS) as picture,
        ):
            if picture.width * picture.height > MOST_PIXELS:
                return "", TOO_LARGE
            if min(picture.size) < _SHORT_SIDE:
                return "", PICTURE
            return pages_text(_frames(picture), getattr(picture, "n_frames", 1), clock)
    except Image.DecompressionBombError:
        return "", TOO_LARGE
    except (OSError, ValueError, SyntaxError, EOFError):
        return "", "the picture is damaged and could not be read"


def _frames(picture: Image.Image) -> Iterator[Image.Image]:
    for number in range(getattr(picture, "n_frames", 1)):
        picture.seek(number)
        if picture.width * picture.height > MOST_PIXELS:
            return
        if number == 0:
            picture.draft("L", (_LONG_SIDE, _LONG_SIDE))
        yield picture


def pages_text(pages: Iterator[Image.Image], count: int, clock: Clock) -> tuple[str, str]:
    """The words on one page after another, as far as number and time go."""
    if program() is None:
        return "", NOT_INSTALLED
    texts: list[str] = []
    read = 0
    for page in pages:
        if read >= MOST_PAGES or clock.left < _LEAST_TIME:
            break
        try:
            texts.append(_page(page, clock))
        except subprocess.TimeoutExpired:
            break
        read += 1
    text = "\n\n".join(filter(None, texts))
    if read < count:
        because = f"only {read} of {count} pages were read: {BY_MACHINE}" if text else NO_TIME
        return text, because
    return text, BY_MACHINE if text else PICTURE


def program() -> str | None:
    """Where the program is, or None."""
    return shutil.which("tesseract")


def _page(picture: Image.Image, clock: Clock) -> str:
    grey = ImageOps.exif_transpose(picture.convert("L"))
    if max(grey.size) > _LONG_SIDE:
        grey.thumbnail((_LONG_SIDE, _LONG_SIDE))
    if not _has_rows(grey):
        return ""
    text, seen = _words(_recognised(grey, clock, "3"))
    if not text and seen >= _MANY_WORDS and clock.left > _LEAST_TIME:
        text, _ = _words(_recognised(grey, clock, "1"))  # with a look at which way up it is
    return text


def _has_rows(grey: Image.Image) -> bool:
    """Whether dark marks stand on something lighter, many in a row, as writing does."""
    small = grey.copy()
    small.thumbnail((700, 700))
    ground = small.filter(ImageFilter.BoxBlur(12))
    marks = ImageChops.subtract(ground, small).point([0] * 18 + [1] * 238).tobytes()
    rows = (marks[start : start + small.width] for start in range(0, len(marks), small.width))
    busy = sum(row.count(b"\x00\x01") >= _MARKS_IN_A_ROW for row in rows)
    return busy >= _FEWEST_ROWS and marks.count(1) < _MOST_DARK * len(marks)


def _recognised(grey: Image.Image, clock: Clock, layout: str) -> str:
    content = io.BytesIO()
    grey.save(content, "ppm")
    done = subprocess.run(  # noqa: S603 a fixed command; the picture goes in by its input
        [program() or "tesseract", "stdin", "stdout", "-l", "eng", "--psm", layout, "tsv"],
        input=content.getvalue(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"OMP_THREAD_LIMIT": "1", "PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}
        | {name: value for name, value in os.environ.items() if name == "TESSDATA_PREFIX"},
        timeout=max(clock.left, 0.1),
        check=False,
    )
    return done.stdout.decode("utf-8", "replace")


def _words(table: str) -> tuple[str, int]:
    """The lines of the program's table, and how many words it saw.

    Words it is unsure of are left out; if it is unsure of most, there are no lines.
    """
    lines: dict[tuple[str, ...], list[str]] = {}
    sure: list[float] = []
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        word = (row.get("text") or "").strip()
        if row.get("level") != "5" or not word:
            continue
        confidence = _number(row.get("conf"))
        if any(map(str.isalnum, word)):
            sure.append(confidence)
        if confidence >= _SURE:
            place = tuple(row.get(key) or "" for key in ("block_num", "par_num", "line_num"))
            lines.setdefault(place, []).append(word)
    if len(sure) < _FEWEST_WORDS or sum(sure) / len(sure) < _SURE_PAGE:
        return "", len(sure)
    out: list[str] = []
    before: tuple[str, ...] = ()
    for place, words in lines.items():
        if before and place[:2] != before:
            out.append("")
        before = place[:2]
        out.append(" ".join(words))
    return "\n".join(out), len(sure)


def _number(text: str | None) -> float:
    try:
        return float(text or "")
    except ValueError:
        return 0.0
