"""An edited Word file is taken over whole, or told what of it would be lost."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import docx
import pytest
from PIL import Image

from correspondence.casework.drafting.edit import edit
from correspondence.errors import DocumentRefused
from tests.casework.bureau import LETTER, Bureau

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def desk(drafted_desk: Bureau) -> Bureau:
    return drafted_desk


def hand_in(desk: Bureau, change: Callable[[Any], None]) -> None:
    sha256 = desk.revision(LETTER).docx_sha256
    assert sha256 is not None
    document = docx.Document(io.BytesIO(desk.house.documents.fetch(sha256)))
    change(document)
    saved = io.BytesIO()
    document.save(saved)
    edit(desk.house, desk.press, LETTER, saved.getvalue(), now=desk.now, actor=desk.rowan)


def with_a_picture(document: Any) -> None:
    held = io.BytesIO()
    Image.new("L", (8, 8)).save(held, "PNG")
    held.seek(0)
    document.add_picture(held)


def with_a_header(document: Any) -> None:
    document.sections[0].header.paragraphs[0].text = "Please reply within seven days."


@pytest.mark.parametrize(
    ("change", "says"),
    [(with_a_picture, "letter enclose"), (with_a_header, "comes from the letterhead")],
)
def test_what_would_be_lost_is_refused_with_the_way_out_and_nothing_is_changed(
    desk: Bureau, change: Callable[[Any], None], says: str
) -> None:
    before = desk.events("CMP-2026-000001")
    with pytest.raises(DocumentRefused, match=says):
        hand_in(desk, change)
    assert desk.revision(LETTER).number == 1
    assert desk.events("CMP-2026-000001") == before


def test_the_letterheads_own_words_in_a_header_are_no_loss(desk: Bureau) -> None:
    def change(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "Harrowmere Borough Council"
        document.sections[0].footer.paragraphs[0].text = "Our reference: CMP-2026-000001, page 1"

    hand_in(desk, change)
    assert desk.revision(LETTER).number == 2
