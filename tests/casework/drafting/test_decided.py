"""A letter says what a person decided, and is not approved while that is not whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from correspondence.casework.drafting.decided import form_for
from correspondence.casework.drafting.draft import Drafted, draft
from correspondence.casework.drafting.edit import edit
from correspondence.errors import LetterIncomplete, NotAllowed
from correspondence.letters.contents import CONTENTS
from correspondence.letters.contents.response import ResponseContent
from correspondence.letters.kinds import LetterKind
from correspondence.letters.specimens.decided import DECIDED
from correspondence.letters.text import LetterText
from correspondence.store import letters

if TYPE_CHECKING:
    from tests.casework.bureau import Bureau

pytestmark = pytest.mark.slow

CASE = "CMP-2026-000001"
RESPONSE: dict[str, Any] = {
    "summary": "You were right.",
    "answers": [
        {
            "point": 1,
            "outcome": "upheld",
            "finding": "You told us of the gutter on 3 March 2026. The roofer came on 20 November",
            "reasons": "Our repairs policy allows 28 days for a gutter, and it took 262",
            "relied_on": ["our repairs policy"],
        },
        {
            "point": 2,
            "outcome": "upheld",
            "finding": "Visits were booked for 4 May and 6 July 2026, and nobody was sent",
            "reasons": "The contractor's diary shows neither visit, as we never passed them on",
        },
    ],
    "apology": "We left your back door under a leaking gutter for nine months, and twice nobody "
    "came. That was our fault, and I am sorry.",
    "remedies": [
        {
            "kind": "payment",
            "what": "for two visits that nobody came to",
            "pence": 3_000,
            "because": "This is £15 for each visit",
            "by": "2026-12-11",
        }
    ],
    "actions": [
        {"what": "The gutter will be replaced.", "owner": "Our roofer", "by": "2026-12-04"}
    ],
}
KIND = LetterKind.STAGE1_RESPONSE


@pytest.fixture
def desk(drafted_desk: Bureau) -> Bureau:
    drafted_desk.define(CASE)
    return drafted_desk


def respond(desk: Bureau, **changes: Any) -> Drafted:
    content = ResponseContent.model_validate(RESPONSE | changes)
    return draft(
        desk.house, desk.press, CASE, KIND, now=desk.now, actor=desk.rowan, content=content
    )


def words(desk: Bureau, letter: str) -> str:
    return " ".join(LetterText.model_validate(desk.revision(letter).text).plain().split())


def test_a_response_says_what_was_decided_point_by_point(desk: Bureau) -> None:
    drafted = respond(desk)
    said = words(desk, drafted.letter)
    for decided in (
        "Your complaint is upheld. You were right.",
        "Our repairs policy allows 28 days for a gutter, and it took 262.",
        "£30: for two visits that nobody came to. We will pay it by Friday 11 December 2026.",
        "The gutter will be replaced. Our roofer will do this by Friday 4 December 2026.",
    ):
        assert decided in said
    assert drafted.missing == ()
    assert desk.approve(drafted.letter).revision == 1


def test_what_was_decided_is_kept_with_the_revision(desk: Bureau) -> None:
    letter = respond(desk).letter
    kept = ResponseContent.model_validate(desk.revision(letter).content)
    assert kept == ResponseContent.model_validate(RESPONSE)


def test_a_response_that_leaves_a_point_unanswered_is_not_approved(desk: Bureau) -> None:
    drafted = respond(desk, answers=RESPONSE["answers"][:1])
    assert any("Point 2 of the complaint is not answered" in one for one in drafted.missing)
    with pytest.raises(LetterIncomplete, match="Point 2"):
        desk.approve(drafted.letter)


def test_without_anything_decided_no_response_is_drafted(desk: Bureau) -> None:
    with pytest.raises(NotAllowed, match=r"letter_contents/stage1_response\.json"):
        draft(desk.house, desk.press, CASE, KIND, now=desk.now, actor=desk.rowan)


def test_a_draft_is_made_anew_from_what_was_decided_before(desk: Bureau) -> None:
    first = respond(desk)
    again = draft(desk.house, desk.press, CASE, KIND, now=desk.now, actor=desk.rowan)
    assert (again.letter, again.revision) == (first.letter, 2)
    assert desk.revision(again.letter).content == desk.revision(first.letter, 1).content


def test_an_edited_response_is_still_held_against_what_was_decided(desk: Bureau) -> None:
    letter = respond(desk, answers=RESPONSE["answers"][:1]).letter
    docx = desk.house.documents.fetch(desk.revision(letter).docx_sha256 or "")
    edited = edit(desk.house, desk.press, letter, docx, now=desk.now, actor=desk.rowan)
    assert any("Point 2" in one for one in edited.missing)


def test_a_reply_to_a_councillor_goes_to_the_councillor_and_not_to_the_resident(
    desk: Bureau,
) -> None:
    kind = LetterKind.ENQUIRY_REPLY
    content = CONTENTS[kind].model_validate(DECIDED[kind]["full"])
    drafted = draft(
        desk.house, desk.press, CASE, kind, now=desk.now, actor=desk.rowan, content=content
    )
    pdf = desk.house.documents.fetch(desk.revision(drafted.letter).pdf_sha256 or "")
    resident = desk.case(CASE).resident
    assert "Dear Councillor Ferris" in words(desk, drafted.letter)
    assert resident.name
    assert resident.name.encode() not in pdf


def test_the_ready_e_mail_of_a_reply_to_a_councillor_is_not_addressed_to_the_resident(
    desk: Bureau,
) -> None:
    kind = LetterKind.ENQUIRY_REPLY
    content = CONTENTS[kind].model_validate(DECIDED[kind]["full"])
    drafted = draft(
        desk.house, desk.press, CASE, kind, now=desk.now, actor=desk.rowan, content=content
    )
    revision = desk.revision(drafted.letter)
    with desk.house.database.writing() as conn:
        letters.approve(conn, drafted.letter, digest=revision.digest, by="rowan", now=desk.now)
    assert desk.send(drafted.letter).to == ""


@pytest.mark.parametrize("kind", [kind for kind in LetterKind if form_for(kind)])
def test_every_kind_with_a_form_is_drafted_from_it(desk: Bureau, kind: LetterKind) -> None:
    if kind is LetterKind.STAGE2_RESPONSE:
        with pytest.raises(NotAllowed, match="no stage 2"):
            draft(desk.house, desk.press, CASE, kind, now=desk.now, actor=desk.rowan)
        return
    form = form_for(kind)
    assert form is not None
    given = RESPONSE if kind is KIND else DECIDED[kind]["full"]
    drafted = draft(
        desk.house,
        desk.press,
        CASE,
        kind,
        now=desk.now,
        actor=desk.rowan,
        content=form.model_validate(given),
    )
    assert drafted.revision == 1
