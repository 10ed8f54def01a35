"""Statutory passages: found in every letter as drafted, and missed when an edit changes them."""

from __future__ import annotations

import pytest

from correspondence.letters.checklists import load
from correspondence.letters.drafting import draft
from correspondence.letters.kinds import LetterKind
from correspondence.letters.locked import changed_passages, statutory_passages
from correspondence.letters.specimens import fullest
from correspondence.letters.text import LetterText, Paragraph, Run
from correspondence.resources import shipped
from tests.letters.at_hand import shipped_template

WITH_OMBUDSMAN = [
    kind
    for kind in LetterKind
    if kind.value.startswith(("stage", "refusal", "escalation", "progress"))
]


def drafted(kind: LetterKind) -> LetterText:
    return draft(shipped_template(kind), fullest(kind)).text


def locked_in(kind: LetterKind, *decided: str) -> tuple[str, ...]:
    checklist = load(kind, shipped("schemas") / "letters")
    return statutory_passages(drafted(kind), fullest(kind).ombudsman, checklist, decided)


def reworded(text: LetterText, old: str, new: str) -> LetterText:
    return LetterText.model_validate_json(text.model_dump_json().replace(old, new))


@pytest.mark.parametrize("kind", WITH_OMBUDSMAN)
def test_the_ombudsman_is_locked_in_every_letter_that_must_name_it(kind: LetterKind) -> None:
    locked = locked_in(kind)
    assert any("0300 111 3000" in passage for passage in locked)
    assert changed_passages(locked, drafted(kind)) == ()


def test_the_way_to_stage_2_is_locked_in_an_answer_at_stage_1() -> None:
    locked = locked_in(LetterKind.STAGE1_RESPONSE)
    assert "You can ask us to look at your complaint again at stage 2." in locked
    assert not any("boiler" in passage or "sorry" in passage for passage in locked)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("0300 111 3000", "0300 111 3001"),
        ("again at stage 2", "again, if a manager agrees"),
        ("is free and independent", "is busy"),
        ("You do not have to give reasons.", ""),
    ],
)
def test_an_edit_that_changes_or_drops_one_is_told_which(old: str, new: str) -> None:
    kind = LetterKind.STAGE1_RESPONSE
    (told,) = changed_passages(locked_in(kind), reworded(drafted(kind), old, new))
    assert old.rstrip(".") in told


def test_how_an_editor_sets_the_same_words_does_not_count() -> None:
    kind = LetterKind.STAGE1_RESPONSE
    text = reworded(drafted(kind), "e-mail", "e‑mail")
    text = reworded(text, "0300 111 3000", "0300\u00a0111\u00a03000")
    more = Paragraph(runs=(Run(text="Please bring this letter."),))
    text = text.model_copy(update={"blocks": (*text.blocks, more)})
    assert changed_passages(locked_in(kind), text) == ()


def test_what_an_officer_wrote_of_the_ombudsman_stays_theirs() -> None:
    kind = LetterKind.ACTION_UPDATE
    own = "The Housing Ombudsman Service is free and independent."
    assert own in locked_in(kind)
    assert own not in locked_in(kind, own)
