"""What was agreed with a resident once holds for every letter, without being asked again."""

from __future__ import annotations

import email
import email.policy
import io
import shutil
from collections import Counter
from typing import TYPE_CHECKING, Any

import docx
import pytest
from pypdf import PdfReader

from correspondence.cases.adjustments import Adjustments
from correspondence.casework.acting import ourselves
from correspondence.casework.drafting.approve import check_letter, confirm_passage
from correspondence.casework.drafting.draft import draft
from correspondence.casework.drafting.edit import edit
from correspondence.casework.handling import adjust as adjusting
from correspondence.errors import LetterIncomplete, NotAllowed, NotKnown, WrongUse
from correspondence.letters.kinds import LetterKind
from correspondence.letters.readback import read_back
from correspondence.letters.text import LetterText
from correspondence.resources import shipped
from correspondence.store import audit, case_files
from tests.casework.bureau import LETTER, Bureau

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage

    from docx.document import Document

pytestmark = pytest.mark.slow

CASE = "CMP-2026-000001"
KIND = LetterKind.STAGE1_ACKNOWLEDGEMENT
NAME = f"{CASE}-{KIND.value}"
HOME = "12 Rope Walk, Harrowmere, YO99 9ZZ"


@pytest.fixture
def desk(drafted_desk: Bureau) -> Bureau:
    """An office with one letter drafted."""
    return drafted_desk


@pytest.fixture
def with_welsh(desk: Bureau) -> Bureau:
    """An office whose landlord has that letter in Welsh too, words of its own in it."""
    folder = desk.house.office.letter_templates / KIND.value
    shutil.copytree(shipped("letter_templates") / KIND.value, folder)
    template = docx.Document(str(folder / "letter.docx"))
    for paragraph in template.paragraphs:
        if paragraph.text.startswith("Dear"):
            paragraph.text = paragraph.text.replace("Dear", "Annwyl")
    template.save(str(folder / "letter.cy.docx"))
    (folder / "subject.cy.txt").write_text("Eich cwyn {{ reference }}", "utf-8")
    return desk


def agree(desk: Bureau, **changes: Any) -> adjusting.Adjusted:
    return adjusting.adjust(desk.house, desk.press, CASE, changes, now=desk.now, actor=desk.rowan)


def anew(desk: Bureau) -> Any:
    return draft(desk.house, desk.press, CASE, KIND, now=desk.now, actor=desk.rowan)


def hand_in(desk: Bureau, change: Callable[[Document], None]) -> Any:
    sha256 = desk.revision(LETTER).docx_sha256
    assert sha256 is not None
    document = docx.Document(io.BytesIO(desk.house.documents.fetch(sha256)))
    change(document)
    saved = io.BytesIO()
    document.save(saved)
    return edit(desk.house, desk.press, LETTER, saved.getvalue(), now=desk.now, actor=desk.rowan)


def reworded(old: str, new: str) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        (paragraph,) = (one for one in document.paragraphs if old in one.text)
        paragraph.text = paragraph.text.replace(old, new)

    return change


def text(desk: Bureau) -> LetterText:
    return LetterText.model_validate(desk.revision(LETTER).text)


def size_of_print(pdf: bytes) -> float:
    """The size, in points, that most of the letter's first page is set in."""
    sizes: Counter[float] = Counter()

    def see(words: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        sizes[round(abs(cm[3] * tm[3]) * size, 1)] += len(words.strip())

    PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_text=see)
    return sizes.most_common(1)[0][0]


def kept_pdf(desk: Bureau) -> bytes:
    return desk.house.documents.fetch(desk.revision(LETTER).pdf_sha256 or "")


def ready_mail(desk: Bureau) -> EmailMessage:
    (raw,) = [raw for name, raw in desk.outbox_files().items() if name.endswith(".eml")]
    return email.message_from_bytes(raw, policy=email.policy.default)


# What is recorded


def test_what_is_agreed_is_on_the_case_and_all_of_it_can_be_erased(either_desk: Bureau) -> None:
    from datetime import timedelta

    from tests.jobs import corpus

    either_desk.receive(
        corpus.complaint(0, either_desk.now - timedelta(days=1)), read_as="complaint"
    )
    agree(either_desk, large_print=True, language="cy-GB", note="Knock loudly.")
    case = either_desk.case(CASE)
    assert case.adjustments == Adjustments(large_print=True, language="cy-GB", note="Knock loudly.")
    with either_desk.house.database.writing() as conn:
        (agreed,) = [
            one for one in case_files.history(conn, CASE) if one.event.kind == "adjustments_agreed"
        ]
        assert agreed.event.chained() == {
            "kind": "adjustments_agreed",
            "review_by": "2027-11-20",
            "carried_from": "",
        }
        audit.erase(
            conn, [agreed.id], by="rowan", os_account="x", because="asked", now=either_desk.now
        )
    assert either_desk.case(CASE).adjustments == Adjustments()
    with either_desk.house.database.reading() as conn:
        assert audit.verify(conn).intact


def test_one_thing_is_changed_and_the_others_stand(desk: Bureau) -> None:
    agree(desk, large_print=True, by="post")
    agree(desk, by="")
    assert desk.case(CASE).adjustments == Adjustments(large_print=True)
    before = desk.events(CASE)
    assert agree(desk, large_print=True).drafted == ()
    assert desk.events(CASE) == before, "agreed already"


@pytest.mark.parametrize(
    "wrong", [{"language": "Welsh language"}, {"by": "pigeon"}, {"address": "x" * 501}]
)
def test_what_cannot_be_is_refused_in_a_sentence(desk: Bureau, wrong: dict[str, str]) -> None:
    with pytest.raises(WrongUse, match="cannot be agreed"):
        agree(desk, **wrong)
    assert desk.case(CASE).adjustments == Adjustments()


def test_only_a_named_person_agrees_and_only_on_a_case_there_is(desk: Bureau) -> None:
    changes = {"large_print": True}
    with pytest.raises(NotAllowed, match="named person"):
        adjusting.adjust(desk.house, desk.press, CASE, changes, now=desk.now, actor=ourselves())
    with pytest.raises(NotKnown):
        adjusting.adjust(
            desk.house, desk.press, "CMP-2026-999999", changes, now=desk.now, actor=desk.rowan
        )


@pytest.mark.parametrize("english", ["en", "en-GB", ""])
def test_english_is_what_everybody_gets(desk: Bureau, english: str) -> None:
    assert agree(desk, language=english).adjustments == Adjustments()


# Large print


def test_large_print_is_kept_by_drafting_editing_and_approving(desk: Bureau) -> None:
    assert size_of_print(kept_pdf(desk)) < 14
    agree(desk, large_print=True)
    assert size_of_print(kept_pdf(desk)) == pytest.approx(18, abs=0.1), "drafted anew at once"
    hand_in(desk, reworded("Thank you for telling us.", "Thank you for writing to us."))
    assert size_of_print(kept_pdf(desk)) == pytest.approx(18, abs=0.1)
    approved = desk.approve(LETTER)
    assert size_of_print(desk.house.documents.fetch(approved.pdf_sha256)) == pytest.approx(18, 0.1)


def test_an_approval_of_the_old_form_is_void(desk: Bureau) -> None:
    desk.approve(LETTER)
    agree(desk, large_print=True)
    assert desk.letter(LETTER).status == "draft"
    assert {one.status for one in desk.case(CASE).letters} == {"draft"}


def test_a_letter_edited_by_hand_is_not_drafted_over(desk: Bureau) -> None:
    hand_in(desk, reworded("Thank you for telling us.", "Thank you for writing to us."))
    adjusted = agree(desk, large_print=True)
    assert adjusted.drafted == ()
    assert "edited by hand" in adjusted.to_see_to[0]
    assert "Thank you for writing to us." in text(desk).plain()
    desk.approve(LETTER)
    assert size_of_print(kept_pdf(desk)) == pytest.approx(18, abs=0.1)


# Another language


def test_the_template_of_that_language_is_taken_and_kept_through_an_edit(
    with_welsh: Bureau,
) -> None:
    agree(with_welsh, language="cy")
    assert text(with_welsh).language == "cy"
    assert text(with_welsh).plain().startswith("Annwyl Sorrel Attwater")
    assert with_welsh.revision(LETTER).subject == f"Eich cwyn {CASE}"
    hand_in(with_welsh, reworded("Annwyl Sorrel Attwater", "Annwyl Ms Attwater"))
    assert text(with_welsh).language == "cy"
    assert read_back(kept_pdf(with_welsh)).language == "cy"


def test_the_officer_is_told_where_the_landlord_has_no_such_template(desk: Bureau) -> None:
    (drafted,) = agree(desk, language="pl").drafted
    (task,) = drafted.tasks
    assert "letter.pl.docx" in task
    assert text(desk).language == "en-GB"
    assert desk.revision(LETTER).findings["tasks"] == [task]
    assert desk.approve(LETTER).approved_by == "rowan", "a letter in English is better than none"


def test_a_letter_in_another_language_than_agreed_is_not_approved_where_there_is_a_template(
    with_welsh: Bureau,
) -> None:
    hand_in(with_welsh, reworded("Thank you for telling us.", "Thank you for writing to us."))
    agree(with_welsh, language="cy")
    with pytest.raises(LetterIncomplete, match="draft it anew"):
        with_welsh.approve(LETTER)
    anew(with_welsh)
    checked = check_letter(with_welsh.house, with_welsh.press, LETTER, now=with_welsh.now)
    assert not any("draft it anew" in one for one in checked.findings.missing())


# How it goes


def test_for_a_screen_reader_the_letter_goes_as_plain_text_too(desk: Bureau) -> None:
    agree(desk, plain_text=True)
    desk.approve(LETTER)
    desk.send(LETTER)
    plain = desk.outbox_files()[f"{NAME}.txt"].decode()
    assert "Your complaint is at stage 1" in plain
    message = ready_mail(desk)
    assert message.get_body(("html",)) is None
    body = message.get_body(("plain",))
    assert body is not None
    assert plain.strip() in body.get_content().replace("\r\n", "\n")


def test_by_post_only_no_e_mail_is_made_and_by_e_mail_only_no_print_copy(desk: Bureau) -> None:
    agree(desk, by="post", address=HOME)
    desk.approve(LETTER)
    agree(desk, by="email")
    approved = desk.approve(LETTER)
    assert (approved.by_email, approved.by_post) == (True, False)
    desk.send(LETTER)
    assert {name.partition(".")[2] for name in desk.outbox_files()} == {
        "pdf",
        "docx",
        "eml",
        "receipt.json",
    }
    assert desk.revision(LETTER).print_sha256 is None, "the print copy approved before is not"


def test_by_e_mail_only_without_an_address_is_not_approved(desk: Bureau) -> None:
    from correspondence.cases.people import Resident
    from correspondence.casework.handling.log import ComplaintTaken, open_case
    from tests.casework.bureau import DEFINITION

    taken = ComplaintTaken(
        received_on=desk.now.date(),
        channel="telephone",
        resident=Resident(name="Wenna Garsdale"),
        definition=DEFINITION,
    )
    case = open_case(desk.house, taken, now=desk.now, actor=desk.rowan)
    letter = desk.define(case.reference)
    adjusting.adjust(
        desk.house, desk.press, case.reference, {"by": "email"}, now=desk.now, actor=desk.rowan
    )
    with pytest.raises(LetterIncomplete, match="no e-mail address"):
        desk.approve(letter)


def test_a_reply_to_a_councillor_follows_nothing_that_was_agreed_with_the_resident(
    desk: Bureau,
) -> None:
    from correspondence.letters.contents import CONTENTS
    from correspondence.letters.specimens.decided import DECIDED

    agree(desk, large_print=True, by="post", address=HOME, plain_text=True, note="Deaf.")
    kind = LetterKind.ENQUIRY_REPLY
    content = CONTENTS[kind].model_validate(DECIDED[kind]["full"])
    drafted = draft(
        desk.house, desk.press, CASE, kind, now=desk.now, actor=desk.rowan, content=content
    )
    assert drafted.tasks == ()
    pdf = desk.house.documents.fetch(desk.revision(drafted.letter).pdf_sha256 or "")
    assert size_of_print(pdf) < 14


def test_a_call_the_letter_promises_is_shown_to_the_officer(desk: Bureau) -> None:
    agree(desk, no_telephone=True)
    assert desk.revision(LETTER).findings["tasks"] == []
    edited = hand_in(
        desk, reworded("Thank you for telling us.", "We will call you on Monday to talk it over.")
    )
    assert any("“We will call you on Monday to talk it over.”" in task for task in edited.tasks)
    edited = hand_in(
        desk,
        reworded("We will call you on Monday to talk it over.", "We will not call you; we write."),
    )
    assert edited.tasks == ()


def test_nothing_is_agreed_while_a_letter_is_going_into_the_outbox(
    desk: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    from correspondence.postroom.outbox import Outbox

    desk.approve(LETTER)

    def cut(_outbox: Outbox, _letter: str, _names: tuple[str, ...]) -> None:
        raise SystemExit

    with monkeypatch.context() as power:
        power.setattr(Outbox, "put", cut)
        with pytest.raises(SystemExit):
            desk.send(LETTER)
    with pytest.raises(NotAllowed, match="on its way"):
        agree(desk, by="post")
    assert desk.run().problems == []
    agree(desk, by="post", address=HOME)


# The e-mail after an edit


def test_the_ready_e_mail_says_the_edited_words(desk: Bureau) -> None:
    hand_in(desk, reworded("Thank you for telling us.", "Thank you for writing to us."))
    desk.approve(LETTER)
    desk.send(LETTER)
    message = ready_mail(desk)
    for form in ("plain", "html"):
        body = message.get_body((form,))
        assert body is not None
        said = " ".join(body.get_content().split())
        assert "Thank you for writing to us." in said
        assert "Thank you for telling us." not in said


def test_items_in_a_language_the_checks_do_not_read_are_confirmed_by_a_second_person(
    with_welsh: Bureau,
) -> None:
    """A letter in Welsh can go: nobody is kept from their own language by the checks."""
    agree(with_welsh, language="cy")
    checked = check_letter(with_welsh.house, with_welsh.press, LETTER, now=with_welsh.now)
    if not checked.findings.missing():
        return
    for item in (one for one in checked.findings.words.items if one.met != "met" and one.required):
        confirm_passage(
            with_welsh.house,
            LETTER,
            item=item.id,
            passage="Annwyl Sorrel Attwater",
            because="it is so in Welsh",
            now=with_welsh.now,
            actor=with_welsh.teasel,
        )
    with_welsh.approve(LETTER)


# The same resident again


def opened_again(desk: Bureau, name: str, address: str, **agreed: Any) -> str:
    """A second complaint from that address, its acknowledgement drafted by the main job."""
    from correspondence.cases.people import Resident
    from correspondence.casework.handling.log import ComplaintTaken, open_case
    from tests.casework.bureau import DEFINITION

    taken = ComplaintTaken(
        received_on=desk.now.date(),
        channel="telephone",
        resident=Resident(name=name, email=address),
        definition=DEFINITION,
        adjustments=Adjustments(**agreed) if agreed else None,
    )
    case = open_case(desk.house, taken, now=desk.now, actor=desk.rowan)
    assert desk.run().problems == []
    return case.reference


def test_a_residents_next_case_keeps_to_what_was_agreed_in_the_last(desk: Bureau) -> None:
    first = desk.case(CASE)
    agree(desk, large_print=True, no_telephone=True)
    second = opened_again(desk, "Ms S. Attwater", first.writes_from)
    assert desk.case(second).adjustments == Adjustments(large_print=True, no_telephone=True)
    (letter,) = desk.letters(second)
    pdf = desk.house.documents.fetch(desk.revision(letter.id).pdf_sha256 or "")
    assert size_of_print(pdf) == pytest.approx(18, abs=0.1)
    with desk.house.database.reading() as conn:
        carried = [
            one.event
            for one in case_files.history(conn, second)
            if one.event.kind == "adjustments_agreed"
        ]
    assert [one.carried_from for one in carried] == [CASE]


def test_somebody_else_at_that_address_is_asked_for_themselves(desk: Bureau) -> None:
    first = desk.case(CASE)
    agree(desk, large_print=True)
    second = opened_again(desk, "Perran Quarmstone", first.writes_from)
    assert desk.case(second).adjustments == Adjustments()
    assert "adjustments_agreed" not in desk.events(second)


def test_what_was_said_when_the_case_was_opened_is_not_overruled(desk: Bureau) -> None:
    first = desk.case(CASE)
    agree(desk, large_print=True)
    second = opened_again(desk, "Sorrel Attwater", first.writes_from, language="cy")
    assert desk.case(second).adjustments == Adjustments(language="cy")


def test_the_officer_is_told_of_the_residents_other_open_case(desk: Bureau) -> None:
    second = opened_again(desk, "Sorrel Attwater", desk.case(CASE).writes_from)
    assert any(second in one for one in agree(desk, large_print=True).to_see_to)
    assert agree(desk, large_print=True).to_see_to == ()


def test_what_is_agreed_after_a_letter_went_changes_nothing_of_how_it_went(desk: Bureau) -> None:
    desk.approve(LETTER)
    first = desk.send(LETTER)
    agree(desk, by="post", address=HOME, plain_text=True)
    again = desk.send(LETTER)
    assert again.again
    assert (again.files, again.to, again.by_email) == (first.files, first.to, True)


def test_that_nothing_is_wanted_can_be_said_and_is_not_overruled_by_an_earlier_case(
    desk: Bureau,
) -> None:
    desk.approve(LETTER)
    agree(desk, large_print=False)
    assert desk.events(CASE).count("adjustments_agreed") == 1
    assert desk.letter(LETTER).status == "approved", "nothing changed for the letter"
    assert desk.case(CASE).letters[-1].status == "approved"
    second = opened_again(desk, "Sorrel Attwater", desk.case(CASE).writes_from, large_print=True)
    assert desk.case(second).adjustments.large_print
    anew_of_first = adjusting.adjust(
        desk.house, desk.press, CASE, {"note": ""}, now=desk.now, actor=desk.rowan
    )
    assert anew_of_first.adjustments == Adjustments()
