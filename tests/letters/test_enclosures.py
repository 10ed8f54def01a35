"""What goes with a letter: files that can be opened, named as every disk takes them."""

import io

import pytest
from pypdf import PdfWriter

from correspondence.errors import DocumentRefused
from correspondence.letters.enclosures import Enclosure, checked, file_name
from tests.letters.sheets import locked, sheets


def test_enclosures_keep_their_bytes_and_their_order() -> None:
    given = (Enclosure("plan.pdf", sheets(1)), Enclosure("Survey of 3 May", sheets(2)))
    kept = checked(b"letter", given)
    assert [one.pdf for one in kept] == [one.pdf for one in given]
    assert [one.file_name for one in kept] == ["plan.pdf", "Survey of 3 May.pdf"]


def test_two_of_one_name_get_numbers() -> None:
    kept = checked(b"", [Enclosure(name, sheets(1)) for name in ("a.pdf", "a", "a.PDF", "a (2)")])
    assert [one.name for one in kept] == ["a.pdf", "a (2).pdf", "a (3).pdf", "a (2) (2).pdf"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/passwd", "etc-passwd.pdf"),
        ('a"b\r\nc', "a-b-c.pdf"),
        ("", "enclosure.pdf"),
        ("x" * 300, "x" * 100 + ".pdf"),
        ("Ångström’s plan.pdf", "Ångström-s plan.pdf"),
    ],
)
def test_a_name_is_one_that_every_disk_takes(name: str, expected: str) -> None:
    assert file_name(name) == expected


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (b"", "damaged or protected"),
        (b"PK\x03\x04 a Word file", "damaged or protected"),
        (sheets(1)[:200], "damaged or protected"),
        (locked("secret"), "password"),
    ],
)
def test_what_cannot_be_opened_is_refused_by_its_number(broken: bytes, says: str) -> None:
    with pytest.raises(DocumentRefused, match=f"Enclosure 2 cannot be used.*{says}"):
        checked(b"", [Enclosure("good", sheets(1)), Enclosure("Mrs Secret", broken)])


def test_a_refusal_does_not_name_the_file_which_may_hold_a_name() -> None:
    with pytest.raises(DocumentRefused) as refused:
        checked(b"", [Enclosure("Mrs Secret", b"")])
    assert "Secret" not in str(refused.value)


def test_too_many_and_too_much_are_refused_with_the_number() -> None:
    with pytest.raises(DocumentRefused, match="21 enclosures, and 20"):
        checked(b"", [Enclosure("x", sheets(1))] * 21)
    with pytest.raises(DocumentRefused, match="together, and an e-mail"):
        checked(b"x" * 15_000_000, [Enclosure("x", sheets(1))])


def test_a_pdf_without_pages_is_refused() -> None:
    packed = io.BytesIO()
    PdfWriter().write(packed)
    with pytest.raises(DocumentRefused, match="Enclosure 1"):
        checked(b"", [Enclosure("x", packed.getvalue())])
