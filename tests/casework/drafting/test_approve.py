"""No letter is approved that lacks what the Code requires, nor by anybody who may not."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import TYPE_CHECKING

import docx
import pytest

from correspondence.cases.definition import ComplaintDefinition, DefinitionPoint
from correspondence.casework.acting import Actor, ourselves
from correspondence.casework.drafting.approve import check_letter, confirm_passage
from correspondence.casework.drafting.edit import edit
from correspondence.errors import CorrespondenceError, LetterIncomplete, NotAllowed, NotKnown
from tests.casework.bureau import DEFINITION, LETTER, NOW, Bureau
from tests.jobs import corpus

if TYPE_CHECKING:
    from collections.abc import Callable

    from docx.document import Document

YESTERDAY = NOW - timedelta(days=1)


@pytest.fixture
def desk(drafted_desk: Bureau) -> Bureau:
    """An office with one letter drafted."""
    return drafted_desk


def defined(desk: Bureau, definition: ComplaintDefinition = DEFINITION) -> str:
    """A complaint, its definition settled, its acknowledgement drafted; the letter's id."""
    if desk.references() and definition is DEFINITION:
        return LETTER
    if not desk.references():
        desk.receive(corpus.complaint(0, YESTERDAY), read_as="complaint")
    return desk.define("CMP-2026-000001", definition)


def edited(desk: Bureau, letter: str, change: Callable[[Document], None]) -> None:
    """The officer opens the letter's Word file, changes it and hands it in."""
    sha256 = desk.revision(letter).docx_sha256
    assert sha256 is not None
    document = docx.Document(io.BytesIO(desk.house.documents.fetch(sha256)))
    change(document)
    saved = io.BytesIO()
    document.save(saved)
    edit(desk.house, desk.press, letter, saved.getvalue(), now=desk.now, actor=desk.rowan)


def without(words: str) -> Callable[[Document], None]:
    """Takes out every paragraph that holds these words."""

    def change(document: Document) -> None:
        holding = [one for one in document.paragraphs if words in one.text]
        assert holding, f"the letter never said {words!r}"
        for paragraph in holding:
            paragraph._element.getparent().remove(paragraph._element)

    return change


def only_without(first: str, following: str) -> Callable[[Document], None]:
    """Takes out all that stands from the one paragraph to before the other."""

    def change(document: Document) -> None:
        taking = False
        for paragraph in document.paragraphs:
            taking = (taking or first in paragraph.text) and following not in paragraph.text
            if taking:
                paragraph._element.getparent().remove(paragraph._element)
        assert not any(first in one.text for one in document.paragraphs)

    return change


def instead(old: str, new: str) -> Callable[[Document], None]:
    """Puts other words in the place of these, wherever they stand."""

    def change(document: Document) -> None:
        holding = [one for one in document.paragraphs if old in one.text]
        assert holding, f"the letter never said {old!r}"
        for paragraph in holding:
            changed = paragraph.text.replace(old, new)
            for run in paragraph.runs[1:]:
                run.text = ""
            paragraph.runs[0].text = changed

    return change


def refusal(desk: Bureau, letter: str) -> str:
    """Why the letter may not be approved."""
    with pytest.raises(LetterIncomplete) as refused:
        desk.approve(letter)
    assert desk.letter(letter).status == "draft"
    assert desk.letter(letter).approved_by is None
    return "\n".join(refused.value.missing)


def test_a_whole_letter_is_approved_by_a_named_person(desk: Bureau) -> None:
    letter = defined(desk)
    approved = desk.approve(letter)
    row = desk.letter(letter)
    assert (row.status, row.approved_by, row.digest) == ("approved", "rowan", approved.digest)
    assert approved.pdf_sha256 == desk.revision(letter).pdf_sha256
    assert desk.house.documents.fetch(approved.pdf_sha256).startswith(b"%PDF-")
    assert desk.events(row.reference)[-1] == "letter_approved"


def test_the_product_itself_approves_nothing(desk: Bureau) -> None:
    letter = defined(desk)
    with pytest.raises(NotAllowed, match="named person"):
        desk.approve(letter, ourselves())
    assert desk.letter(letter).status == "draft"


@pytest.mark.parametrize(
    ("definition", "clause"),
    [
        (ComplaintDefinition(outcomes=("An apology.",)), "5.6"),
        (ComplaintDefinition(points=DEFINITION.points), "5.6"),
        (
            ComplaintDefinition(
                points=(DefinitionPoint(text="The gutter has leaked since March 2026."),),
                outcomes=("The gutter mended.",),
            ),
            "5.7",
        ),
    ],
    ids=["no points", "no outcomes", "responsibility undecided"],
)
def test_a_definition_that_is_not_whole_keeps_its_letter_from_going(
    desk: Bureau, definition: ComplaintDefinition, clause: str
) -> None:
    letter = defined(desk, definition)
    assert f"(Code {clause})" in refusal(desk, letter)


def test_the_missing_outcome_may_be_asked_for(desk: Bureau) -> None:
    asking = DEFINITION.model_copy(
        update={"outcomes": (), "question": "What would you like us to do to put this right?"}
    )
    letter = defined(desk, asking)
    assert desk.approve(letter).approved_by == "rowan"


def test_points_that_are_not_ours_say_whose_they_are(desk: Bureau) -> None:
    theirs = DefinitionPoint(
        text="The street light outside has been out since August 2026.",
        responsible=False,
        signpost="Harrowmere County Highways, 01632 960150",
    )
    letter = defined(desk, DEFINITION.model_copy(update={"points": (*DEFINITION.points, theirs)}))
    assert desk.approve(letter).approved_by == "rowan"
    assert "01632 960150" in str(desk.revision(letter).text)


@pytest.mark.parametrize(
    ("change", "clause"),
    [
        (without("We received your complaint"), "6.2"),
        (instead("Thursday 19 November 2026", "Monday 16 November 2026"), "6.2"),
        (instead("Thursday 19 November 2026", "a few days ago"), "6.2"),
        (only_without("What we understand your complaint to be", "We are responsible"), "5.6"),
        (only_without("To put things right", "If we have misunderstood"), "5.6"),
        (without("has leaked since March 2026"), "5.6"),
        (without("An apology for the missed"), "5.6"),
        (without("We are responsible for"), "5.7"),
    ],
    ids=[
        "received gone",
        "received wrong",
        "received vague",
        "definition gone",
        "outcomes gone",
        "one point gone",
        "one outcome gone",
        "responsibility gone",
    ],
)
def test_what_an_officer_edits_away_blocks_the_letter_and_names_its_clause(
    desk: Bureau, change: Callable[[Document], None], clause: str
) -> None:
    letter = defined(desk)
    edited(desk, letter, change)
    assert f"(Code {clause})" in refusal(desk, letter)


def test_a_letter_that_no_longer_says_the_stage_cannot_go(desk: Bureau) -> None:
    letter = defined(desk)

    def change(document: Document) -> None:
        for paragraph in document.paragraphs:
            if "tage 1" in paragraph.text:
                without(paragraph.text)(document)

    edited(desk, letter, change)
    assert "(Code 6.2)" in refusal(desk, letter)


def test_a_point_may_be_put_better(desk: Bureau) -> None:
    letter = defined(desk)
    better = "The gutter over your back door leaks, and has since March 2026."
    edited(desk, letter, instead(DEFINITION.points[0].text, better))
    assert desk.approve(letter).approved_by == "rowan"


def test_rewording_that_keeps_what_is_required_may_go(desk: Bureau) -> None:
    letter = defined(desk)
    edited(desk, letter, instead("Thank you for telling us.", "Thank you for writing to us."))
    assert desk.approve(letter).revision == desk.letter(letter).revision
    assert "Thank you for writing to us." in str(desk.revision(letter).text)


# One approval binds one revision


def test_an_edit_voids_the_approval(either_desk: Bureau) -> None:
    letter = defined(either_desk)
    either_desk.approve(letter)
    edited(either_desk, letter, without("The gutter mended."))
    row = either_desk.letter(letter)
    assert (row.status, row.approved_by, row.digest) == ("draft", None, None)
    with pytest.raises(NotAllowed):
        either_desk.send(letter)
    assert either_desk.outbox_files() == {}


def test_defining_anew_voids_the_approval(desk: Bureau) -> None:
    letter = defined(desk)
    before = desk.approve(letter)
    row = desk.letter(letter)
    again = DEFINITION.model_copy(update={"outcomes": ("The gutter mended by May.",)})
    assert desk.define(row.reference, again) == letter
    assert desk.letter(letter).status == "draft"
    assert desk.revision(letter).digest != before.digest
    with pytest.raises(NotAllowed):
        desk.send(letter)


def test_an_approved_letter_is_not_approved_twice(desk: Bureau) -> None:
    letter = defined(desk)
    desk.approve(letter)
    with pytest.raises(NotAllowed, match="approved already"):
        desk.approve(letter, desk.teasel)
    assert desk.letter(letter).approved_by == "rowan"


def test_a_change_while_it_is_being_approved_is_not_approved_unseen(desk: Bureau) -> None:
    """The officer looked at one revision; another appears while the PDF is made."""
    letter = defined(desk)
    house, press = desk.house, desk.press

    class Interrupted:
        def print(self, *arguments: object) -> object:
            made = press.print(*arguments)  # type: ignore[arg-type]
            edited(desk, letter, without("The gutter mended."))
            return made

    from correspondence.casework.drafting.approve import approve

    with pytest.raises(NotAllowed, match="changed"):
        approve(house, Interrupted(), letter, now=desk.now, actor=desk.rowan)  # type: ignore[arg-type]
    assert desk.letter(letter).status == "draft"


def test_nobody_approves_a_letter_that_is_not_there(desk: Bureau) -> None:
    with pytest.raises(NotKnown, match="CMP-2026-000009-L1"):
        desk.approve("CMP-2026-000009-L1")


# Confirming by a second person


OURS = "You were right to bring these to us"


def unsure(desk: Bureau) -> tuple[str, str]:
    """A letter reworded until the checks miss one item, and that item."""
    letter = defined(desk)
    edited(desk, letter, instead("We are responsible for all of these matters", OURS))
    checked = check_letter(desk.house, desk.press, letter, now=desk.now)
    unmet = {one.id for one in checked.findings.words.items if one.required and one.met != "met"}
    assert len(unmet) == 1, unmet
    return letter, unmet.pop()


def confirm(desk: Bureau, letter: str, item: str, passage: str, actor: Actor) -> None:
    confirm_passage(
        desk.house,
        letter,
        item=item,
        passage=passage,
        because="It says that both points are ours to answer.",
        now=desk.now,
        actor=actor,
    )


def test_a_second_person_may_confirm_the_words_that_meet_an_item(either_desk: Bureau) -> None:
    letter, item = unsure(either_desk)
    refusal(either_desk, letter)
    confirm(either_desk, letter, item, OURS, either_desk.teasel)
    assert either_desk.approve(letter).approved_by == "rowan"
    reference = either_desk.letter(letter).reference
    assert "passage_confirmed" in either_desk.events(reference)


def test_nobody_confirms_what_they_wrote_themselves(desk: Bureau) -> None:
    letter, item = unsure(desk)
    with pytest.raises(NotAllowed, match="somebody else"):
        confirm(desk, letter, item, OURS, desk.rowan)


def test_nobody_approves_on_their_own_confirmation(desk: Bureau) -> None:
    letter, item = unsure(desk)
    confirm(desk, letter, item, OURS, desk.teasel)
    with pytest.raises(LetterIncomplete):
        desk.approve(letter, desk.teasel)


def test_only_words_that_stand_in_the_letter_are_confirmed(desk: Bureau) -> None:
    letter, item = unsure(desk)
    with pytest.raises(CorrespondenceError, match="do not stand in"):
        confirm(desk, letter, item, "We are wholly responsible", desk.teasel)


@pytest.mark.parametrize("passage", ["", "   ", "\n"])
def test_no_words_confirm_nothing(desk: Bureau, passage: str) -> None:
    letter, item = unsure(desk)
    with pytest.raises(CorrespondenceError):
        confirm(desk, letter, item, passage, desk.teasel)


def test_an_item_that_does_not_exist_is_not_confirmed(desk: Bureau) -> None:
    letter, _ = unsure(desk)
    with pytest.raises(CorrespondenceError, match="no_such_item"):
        confirm(desk, letter, "no_such_item", OURS, desk.teasel)


def test_a_missing_date_is_not_confirmed_away(desk: Bureau) -> None:
    """A missing structured fact blocks; only what is judged from prose can be confirmed."""
    letter = defined(desk)
    edited(desk, letter, instead("Thursday 19 November 2026", "a few days ago"))
    refusal(desk, letter)
    with pytest.raises(NotAllowed, match="received_date"):
        confirm(desk, letter, "received_date", "a few days ago", desk.teasel)
    assert "(Code 6.2)" in refusal(desk, letter)


def test_a_confirmation_holds_for_one_revision_only(desk: Bureau) -> None:
    letter, item = unsure(desk)
    confirm(desk, letter, item, OURS, desk.teasel)
    edited(desk, letter, instead("Thank you for telling us.", "Thank you for writing to us."))
    refusal(desk, letter)
