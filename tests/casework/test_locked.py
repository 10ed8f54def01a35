"""Statutory passages of a letter under way; and the record of the template it came from."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
import pytest

from correspondence.cases.events import LetterDrafted
from correspondence.casework.drafting.edit import edit
from correspondence.casework.stationery.templates import template_for
from correspondence.errors import LetterIncomplete
from correspondence.letters.kinds import LetterKind
from correspondence.store import case_files
from tests.casework.bureau import LETTER

if TYPE_CHECKING:
    from tests.casework.bureau import Bureau

REFERENCE = "CMP-2026-000001"


def hand_in(desk: Bureau, old: str, new: str) -> None:
    """The officer rewords one passage in the Word file and hands it in."""
    sha256 = desk.revision(LETTER).docx_sha256
    assert sha256 is not None
    document = docx.Document(io.BytesIO(desk.house.documents.fetch(sha256)))
    (paragraph,) = (one for one in document.paragraphs if old in one.text)
    paragraph.text = paragraph.text.replace(old, new)
    saved = io.BytesIO()
    document.save(saved)
    edit(desk.house, desk.press, LETTER, saved.getvalue(), now=desk.now, actor=desk.rowan)


@pytest.mark.parametrize(
    ("old", "new"),
    [("is free and independent", "charges a fee"), ("0300 111 3000", "01632 960000")],
)
def test_an_edit_that_changes_a_statutory_passage_is_refused_approval_naming_it(
    drafted_desk: Bureau, old: str, new: str
) -> None:
    hand_in(drafted_desk, old, new)
    with pytest.raises(LetterIncomplete) as refused:
        drafted_desk.approve(LETTER)
    assert any(
        f"{old}" in sentence and "as its template does" in sentence
        for sentence in refused.value.missing
    )


def test_put_back_it_is_approved_though_it_was_changed_before(drafted_desk: Bureau) -> None:
    hand_in(drafted_desk, "is free and independent", "charges a fee")
    hand_in(drafted_desk, "Thank you for telling us.", "Thank you for writing to us.")
    with pytest.raises(LetterIncomplete):
        drafted_desk.approve(LETTER)
    hand_in(drafted_desk, "charges a fee", "is free and independent")
    assert drafted_desk.approve(LETTER).revision == 4


def test_the_record_says_which_template_a_letter_came_from(drafted_desk: Bureau) -> None:
    hand_in(drafted_desk, "Thank you for telling us.", "Thank you for writing to us.")
    with drafted_desk.house.database.reading() as conn:
        drafted = [
            one.event.template
            for one in case_files.history(conn, REFERENCE)
            if isinstance(one.event, LetterDrafted)
        ]
    kind = LetterKind(drafted_desk.letter(LETTER).kind)
    assert drafted[-2:] == [template_for(drafted_desk.house.office, kind).version, ""]
