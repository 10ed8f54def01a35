"""Words in pictures and scans, read where the program for that is there."""

from __future__ import annotations

import pytest

from correspondence.intake.apart.pictures import (
    BY_MACHINE,
    MOST_PAGES,
    NO_TIME,
    NOT_INSTALLED,
    picture_text,
    program,
)
from correspondence.intake.apart.scans import scan_text
from correspondence.intake.mail.attachments import PICTURE, is_picture
from correspondence.intake.parsing import parse
from tests.intake.apart.drawn import photograph, picture, picture_file
from tests.intake.written_mail import multipart, part

needs_tesseract = pytest.mark.skipif(
    program() is None, reason="NOT TESTED: install the package tesseract-ocr, or run make setup"
)
AMPLE = 120.0  # seconds; a busy machine is no reason to fail
SAID = "has been out since September"


@needs_tesseract
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_the_words_of_a_letter_in_a_picture_are_read(kind: str) -> None:
    content = picture_file(picture(), kind)
    assert is_picture(f"image/{kind.lower()}", content)
    text, because = picture_text(content, AMPLE)
    assert SAID in text
    assert "Winifred Oakes" in text
    assert because == BY_MACHINE


@needs_tesseract
def test_a_scan_laid_in_upside_down_is_read_all_the_same() -> None:
    assert SAID in picture_text(picture_file(picture(turned=180)), AMPLE)[0]


@needs_tesseract
def test_a_telephone_that_says_how_it_was_held_is_believed() -> None:
    page = picture(turned=90)
    exif = page.getexif()
    exif[0x0112] = 6  # turn it to the right to see it upright
    assert SAID in picture_text(picture_file(page, exif=exif), AMPLE)[0]


@needs_tesseract
def test_a_scan_without_text_is_drawn_and_read_page_by_page() -> None:
    second = picture("A second page says that the\nboiler is broken as well.")
    pdf = picture_file(picture(), "PDF", save_all=True, append_images=[second], resolution=150)
    text, because = scan_text(pdf, AMPLE)
    assert SAID in text
    assert "boiler is broken as well" in text
    assert because == BY_MACHINE


@needs_tesseract
def test_the_pages_of_a_long_scan_are_read_as_far_as_the_limit() -> None:
    pages = [picture(f"This is the page with number {n} of the letter") for n in range(8)]
    pdf = picture_file(pages[0], "PDF", save_all=True, append_images=pages[1:], resolution=150)
    text, because = scan_text(pdf, AMPLE)
    assert f"number {MOST_PAGES - 1} of" in text
    assert f"number {MOST_PAGES} of" not in text
    assert f"only {MOST_PAGES} of 8 pages" in because


@needs_tesseract
@pytest.mark.parametrize("content", [photograph(), picture(""), picture("ok")])
def test_a_picture_without_words_gives_none_rather_than_nonsense(content: object) -> None:
    assert picture_text(picture_file(content), AMPLE) == ("", PICTURE)  # type: ignore[arg-type]


def test_a_logo_is_not_looked_into() -> None:
    assert picture_text(picture_file(picture().resize((200, 260))), AMPLE) == ("", PICTURE)


@needs_tesseract
def test_without_time_a_person_is_asked() -> None:
    assert picture_text(picture_file(picture()), 0.01) == ("", NO_TIME)


def test_without_the_program_a_person_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    assert picture_text(picture_file(picture()), AMPLE) == ("", NOT_INSTALLED)
    assert scan_text(picture_file(picture(), "PDF"), AMPLE) == ("", NOT_INSTALLED)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        picture_file(picture())[:5_000],
        picture_file(picture(), "PNG")[:300],
        picture_file(picture(), "TIFF")[:700],
        b"II*\0\x08\0\0\0\xff\xff" + b"\xff" * 200,
        b"GIF89a\xff\xff\xff\xff\xf7\0\0" + b"\0" * 900,
        b"RIFF\x10\0\0\0WEBPVP8 \xff\xff\xff\xff",
    ],
    ids=range(9),
)
def test_a_damaged_picture_is_said_to_be_unread(content: bytes) -> None:
    text, because = picture_text(content, AMPLE)
    assert text == ""
    assert because


def test_a_picture_that_unpacks_to_a_gigabyte_is_left_alone() -> None:
    from PIL import Image

    bomb = picture_file(Image.new("1", (14_000, 14_000)), "PNG")
    assert len(bomb) < 200_000
    assert picture_text(bomb, AMPLE) == ("", "a picture too large to read")


@needs_tesseract
def test_words_from_a_picture_are_marked_as_such() -> None:
    message = parse(
        multipart(
            part("See attached"),
            part(
                picture_file(picture()),
                "image/jpeg",
                encoding="base64",
                disposition="attachment; filename=letter.jpg",
            ),
        )
    )
    (letter,) = message.attachments
    assert letter.from_picture
    assert letter.unread_because == BY_MACHINE
    assert SAID in letter.text
