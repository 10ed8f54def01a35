"""A letter that goes by post is one a print house takes, known before it is approved."""

from __future__ import annotations

import email
import email.policy
import io
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import weasyprint
from pypdf import PdfReader, PdfWriter

from correspondence.cases.events import LetterApproved, LetterHandedOver
from correspondence.cases.people import Resident
from correspondence.casework.drafting import enclose
from correspondence.casework.drafting.approve import check_letter
from correspondence.casework.handling import adjust as adjusting
from correspondence.casework.handling.log import ComplaintTaken, open_case
from correspondence.errors import DocumentRefused, LetterIncomplete, NotAllowed, NotKnown
from correspondence.store import case_files
from tests.casework.bureau import DEFINITION, LETTER, NOW, Bureau
from tests.jobs import corpus

if TYPE_CHECKING:
    from email.message import EmailMessage

pytestmark = pytest.mark.slow

CASE = "CMP-2026-000001"
NAME = f"{CASE}-stage1_acknowledgement"
HOME = "12 Rope Walk, Harrowmere, YO99 9ZZ"


@pytest.fixture
def desk(drafted_desk: Bureau) -> Bureau:
    """An office with one letter drafted, to somebody who wrote by e-mail."""
    return drafted_desk


def agree(desk: Bureau, **changes: Any) -> adjusting.Adjusted:
    return adjusting.adjust(desk.house, desk.press, CASE, changes, now=desk.now, actor=desk.rowan)


def by_telephone(desk: Bureau, address: str, channel: str = "telephone") -> str:
    """A complaint of somebody without e-mail, its acknowledgement drafted; the letter's id."""
    taken = ComplaintTaken(
        received_on=(NOW - timedelta(days=1)).date(),
        channel="telephone",
        resident=Resident(name="Wenna Garsdale", address=address),
        definition=DEFINITION,
    )
    case = open_case(desk.house, taken, now=desk.now, actor=desk.rowan)
    return desk.define(case.reference)


def pdf_of(body: str, size: str = "A4", margin: str = "20mm") -> bytes:
    page = f"<style>@page {{ size: {size}; margin: {margin} }}</style>{body}"
    press: Any = weasyprint  # it ships no types
    made: bytes = press.HTML(string=page).write_pdf()
    return made


def put_in(desk: Bureau, name: str, pdf: bytes, letter: str = LETTER) -> None:
    enclose.put_in(desk.house, letter, name, pdf, now=desk.now, actor=desk.rowan)


def refused(desk: Bureau, letter: str = LETTER) -> str:
    with pytest.raises(LetterIncomplete) as incomplete:
        desk.approve(letter)
    assert desk.letter(letter).status == "draft"
    return "\n".join(incomplete.value.missing)


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def claims_to_be_accessible(pdf: bytes) -> bool:
    metadata = PdfReader(io.BytesIO(pdf)).root_object.get("/Metadata")
    return metadata is not None and b"pdfuaid" in metadata.get_object().get_data()


def ready_mail(desk: Bureau) -> EmailMessage:
    (raw,) = [raw for name, raw in desk.outbox_files().items() if name.endswith(".eml")]
    return email.message_from_bytes(raw, policy=email.policy.default)


def last(desk: Bureau, kind: type[Any], reference: str = CASE) -> Any:
    with desk.house.database.reading() as conn:
        happened = [one.event for one in case_files.history(conn, reference)]
    return [event for event in happened if isinstance(event, kind)][-1]


# What goes into the outbox


def test_by_post_the_print_copy_goes_out_and_no_e_mail(desk: Bureau) -> None:
    agree(desk, by="post", address=HOME)
    desk.approve(LETTER)
    handed = desk.send(LETTER)
    assert handed.to == ""
    assert handed.printed == f"{NAME}-print.pdf"
    files = desk.outbox_files()
    assert set(files) == {f"{NAME}-print.pdf", f"{NAME}.docx", f"{NAME}.receipt.json"}
    assert not claims_to_be_accessible(files[f"{NAME}-print.pdf"])
    receipt = json.loads(files[f"{NAME}.receipt.json"])
    assert (receipt["by_post"], receipt["by_email"]) == (True, False)


def test_the_letter_and_its_enclosures_are_printed_as_one_each_on_a_fresh_sheet(
    desk: Bureau,
) -> None:
    agree(desk, by="post", address=HOME)
    put_in(desk, "Survey.pdf", pdf_of("<p>The survey of the gutter</p>"))
    put_in(desk, "Plan.pdf", pdf_of("<p>The plan of the works</p>"))
    desk.approve(LETTER)
    desk.send(LETTER)
    said = pages(desk.outbox_files()[f"{NAME}-print.pdf"])
    (survey,) = (number for number, words in enumerate(said, 1) if "survey of the gutter" in words)
    (plan,) = (number for number, words in enumerate(said, 1) if "plan of the works" in words)
    assert survey % 2 == plan % 2 == 1, "each begins on the front of a sheet"
    assert survey < plan
    assert said[survey] == "", "and the back between them is blank"


def test_by_e_mail_the_enclosures_stay_files_of_their_own_and_the_claim_stands(
    desk: Bureau,
) -> None:
    survey = pdf_of("<p>The survey of the gutter</p>")
    put_in(desk, "Survey.pdf", survey)
    desk.approve(LETTER)
    desk.send(LETTER)
    letter, enclosed = ready_mail(desk).iter_attachments()
    assert claims_to_be_accessible(letter.get_content())
    assert (enclosed.get_filename(), enclosed.get_content()) == ("Survey.pdf", survey)
    assert f"{NAME}-print.pdf" not in desk.outbox_files()


def test_where_no_e_mail_address_is_known_it_is_made_ready_for_the_post(desk: Bureau) -> None:
    letter = by_telephone(desk, HOME)
    desk.approve(letter)
    handed = desk.send(letter)
    assert handed.printed in desk.outbox_files()
    assert "12 Rope Walk" in pages(desk.outbox_files()[handed.printed])[0]


def test_the_events_say_how_it_went_and_which_file_was_printed(either_desk: Bureau) -> None:
    either_desk.receive(corpus.complaint(0, NOW - timedelta(days=1)), read_as="complaint")
    either_desk.define(CASE)
    agree(either_desk, by="post", address=HOME)
    put_in(either_desk, "Survey.pdf", pdf_of("<p>The survey</p>"))
    approved = either_desk.approve(LETTER)
    either_desk.send(LETTER)
    said = last(either_desk, LetterApproved)
    assert (said.by_post, said.by_email, said.print_sha256) == (True, False, approved.print_sha256)
    assert len(said.enclosures) == 1
    handed = last(either_desk, LetterHandedOver)
    assert (handed.by_post, handed.print_sha256) == (True, approved.print_sha256)
    printed = either_desk.outbox_files()[f"{NAME}-print.pdf"]
    assert printed == either_desk.house.documents.fetch(approved.print_sha256)


# What is not approved


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("12 Rope Walk, Harrowmere", "neither a postcode"),
        ("12 Rope Walk, no fixed abode, YO99 9ZZ", "no fixed abode"),
        (", ".join(["12 Rope Walk " * 6] * 5 + ["YO99 9ZZ"]), "window"),
    ],
    ids=["no postcode", "no fixed abode", "more than the window shows"],
)
def test_an_address_that_no_letter_can_be_posted_to_keeps_it_from_being_approved(
    desk: Bureau, address: str, says: str
) -> None:
    agree(desk, by="post", address=address)
    missing = refused(desk)
    assert says in missing
    assert "By post" in missing
    agree(desk, address=HOME)
    assert desk.approve(LETTER).by_post


def test_a_letter_by_e_mail_needs_no_postal_address(desk: Bureau) -> None:
    agree(desk, address="nowhere")
    approved = desk.approve(LETTER)
    assert (approved.by_email, approved.by_post, approved.print_sha256) == (True, False, "")


def test_words_in_the_margin_of_an_enclosure_are_named_with_their_page_and_place(
    desk: Bureau,
) -> None:
    agree(desk, by="post", address=HOME)
    outside = "<p style='margin-left:-18mm'>in the margin</p>"
    put_in(desk, "Survey.pdf", pdf_of(f"<p style='page-break-after:always'>One</p>{outside}"))
    missing = refused(desk)
    assert "15 mm at the sides" in missing
    assert "page 2 of enclosure 1" in missing
    assert "mm from the left" in missing
    findings = check_letter(desk.house, desk.press, LETTER, now=desk.now).findings.document()
    (found,) = findings["post"]
    assert found["code"] == "content-outside-printable-area"
    assert found["place"]["left"] < 15


def test_more_pages_than_a_print_house_takes_are_refused_before_approval(desk: Bureau) -> None:
    agree(desk, by="post", address=HOME)
    long = "".join(f"<p style='page-break-after:always'>Page {n}</p>" for n in range(12))
    put_in(desk, "Long.pdf", pdf_of(long))
    assert "10 at most" in refused(desk)
    enclose.take_out(desk.house, LETTER, "Long.pdf", now=desk.now, actor=desk.rowan)
    assert desk.approve(LETTER).by_post


def test_an_enclosure_of_another_size_is_only_in_the_way_of_the_post(desk: Bureau) -> None:
    put_in(desk, "Plan.pdf", pdf_of("<p>A plan</p>", size="A3 landscape"))
    assert desk.approve(LETTER).by_email
    agree(desk, by="post", address=HOME)
    assert "A4 upright" in refused(desk)


def test_large_print_goes_into_an_envelope_that_is_written_on(desk: Bureau) -> None:
    agree(desk, by="post", address=HOME, large_print=True)
    assert desk.approve(LETTER).by_post
    agree(desk, address="12 Rope Walk, Harrowmere")
    assert "neither a postcode" in refused(desk)


# What goes with it


@pytest.mark.parametrize(
    "raw", [b"", b"no PDF", b"%PDF-1.7\n", pdf_of("<p>x</p>")[:300]], ids=range(4)
)
def test_what_cannot_be_opened_is_not_enclosed(desk: Bureau, raw: bytes) -> None:
    with pytest.raises(DocumentRefused, match="Enclosure 1"):
        put_in(desk, "Survey.pdf", raw)
    assert desk.events(CASE).count("enclosures_changed") == 0


def test_a_locked_enclosure_is_refused(desk: Bureau) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(pdf_of("<p>x</p>")))
    writer.encrypt("secret", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    with pytest.raises(DocumentRefused, match="Enclosure 1"):
        put_in(desk, "Survey.pdf", locked.getvalue())


def test_an_enclosure_voids_an_approval(desk: Bureau) -> None:
    desk.approve(LETTER)
    put_in(desk, "Survey.pdf", pdf_of("<p>x</p>"))
    assert desk.letter(LETTER).status == "draft"
    assert desk.case(CASE).letters[-1].status == "draft"
    with pytest.raises(NotAllowed, match="draft"):
        desk.send(LETTER)


def test_two_files_of_one_name_are_told_apart_and_one_taken_out(desk: Bureau) -> None:
    put_in(desk, "../Survey.pdf", pdf_of("<p>one</p>"))
    put_in(desk, "../Survey.pdf", pdf_of("<p>two</p>"))
    kept = enclose.take_out(desk.house, LETTER, "Survey.pdf", now=desk.now, actor=desk.rowan)
    assert [one.name for one in kept] == ["Survey (2).pdf"]
    with pytest.raises(NotKnown):
        enclose.take_out(desk.house, LETTER, "Survey.pdf", now=desk.now, actor=desk.rowan)


def test_nothing_is_put_with_a_letter_that_is_gone(desk: Bureau) -> None:
    desk.approve(LETTER)
    desk.send(LETTER)
    with pytest.raises(NotAllowed, match="another letter"):
        put_in(desk, "Survey.pdf", pdf_of("<p>x</p>"))


def test_a_print_copy_that_was_tampered_with_is_not_sent(desk: Bureau) -> None:
    from correspondence.errors import RecordBroken

    agree(desk, by="post", address=HOME)
    approved = desk.approve(LETTER)
    (kept,) = desk.house.office.documents.rglob(approved.print_sha256)
    kept.chmod(0o600)
    kept.write_bytes(kept.read_bytes() + b"x")
    with pytest.raises(RecordBroken):
        desk.send(LETTER)
    assert desk.outbox_files() == {}


def test_an_enclosure_does_not_take_the_letters_own_name(desk: Bureau) -> None:
    with pytest.raises(NotAllowed, match="own name"):
        put_in(desk, f"{NAME}.pdf", pdf_of("<p>x</p>"))


@pytest.mark.parametrize("moved", range(4))
def test_a_parcel_for_the_post_broken_off_after_any_file_is_finished_by_the_next_run(
    desk: Bureau, moved: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from correspondence.postroom.outbox import Outbox

    agree(desk, by="post", address=HOME, plain_text=True)
    put_in(desk, "Survey.pdf", pdf_of("<p>The survey</p>"))
    desk.approve(LETTER)
    put = Outbox.put

    def cut(outbox: Outbox, letter: str, names: tuple[str, ...]) -> None:
        put(outbox, letter, names[:moved])
        raise SystemExit

    with monkeypatch.context() as power:
        power.setattr(Outbox, "put", cut)
        with pytest.raises(SystemExit):
            desk.send(LETTER)
    collected = desk.collect()
    assert len(collected) == moved
    assert desk.run().problems == []
    rest = set(desk.outbox_files())
    assert rest & collected == set()
    assert rest | collected == {
        f"{NAME}{ending}" for ending in ("-print.pdf", ".docx", ".txt", ".receipt.json")
    }
    assert desk.events(CASE).count("letter_handed_over") == 1
