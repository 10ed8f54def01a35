"""An approved letter goes into the outbox once, whole; the record that it went stops the clock."""

from __future__ import annotations

import email
import email.policy
import hashlib
import io
import json
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import docx
import pypdf
import pytest

from correspondence.casework.sending.dispatch import record_sent, send
from correspondence.errors import CorrespondenceError, NotAllowed, RecordBroken, StoreUnavailable
from correspondence.postroom.outbox import Outbox
from correspondence.store import letters
from tests.casework.bureau import DEFINITION, LETTER, NOW, Bureau
from tests.jobs import corpus
from tests.jobs.corpus import mail, person

if TYPE_CHECKING:
    from email.message import EmailMessage

YESTERDAY = NOW - timedelta(days=1)
NAME = "CMP-2026-000001-stage1_acknowledgement"


@pytest.fixture
def desk(approved_desk: Bureau) -> Bureau:
    """An office with one letter approved."""
    return approved_desk


def approved(desk: Bureau, raw: bytes = b"") -> str:
    """A complaint whose acknowledgement is approved; the letter's id."""
    if desk.references() and not raw:
        return LETTER
    (row,) = desk.receive(raw or corpus.complaint(0, YESTERDAY), read_as="complaint")
    assert row.case_reference is not None
    letter = desk.define(row.case_reference)
    desk.approve(letter)
    return letter


def ready_mail(desk: Bureau) -> EmailMessage:
    """The e-mail in the outbox."""
    (raw,) = [raw for name, raw in desk.outbox_files().items() if name.endswith(".eml")]
    return email.message_from_bytes(raw, policy=email.policy.default)


def test_an_approved_letter_lies_in_the_outbox_in_four_files(either_desk: Bureau) -> None:
    letter = approved(either_desk)
    handed = either_desk.send(letter)
    files = either_desk.outbox_files()
    assert set(files) == set(handed.files)
    assert set(files) == {f"{NAME}.{kind}" for kind in ("pdf", "docx", "eml", "receipt.json")}
    row = either_desk.letter(letter)
    assert row.status == "handed_over"
    assert either_desk.events(row.reference)[-1] == "letter_handed_over"
    pages = pypdf.PdfReader(io.BytesIO(files[f"{NAME}.pdf"])).pages
    assert "CMP-2026-000001" in "".join(page.extract_text() for page in pages)
    assert docx.Document(io.BytesIO(files[f"{NAME}.docx"])).paragraphs


def test_what_goes_out_is_what_was_approved(desk: Bureau) -> None:
    letter = approved(desk)
    pdf_sha256 = desk.revision(letter).pdf_sha256
    desk.send(letter)
    files = desk.outbox_files()
    assert hashlib.sha256(files[f"{NAME}.pdf"]).hexdigest() == pdf_sha256
    (attached,) = ready_mail(desk).iter_attachments()
    assert attached.get_content() == files[f"{NAME}.pdf"]
    assert attached.get_content_type() == "application/pdf"


def test_the_ready_mail_opens_as_a_draft_to_the_resident_under_our_message_id(
    desk: Bureau,
) -> None:
    letter = approved(desk)
    handed = desk.send(letter)
    message = ready_mail(desk)
    assert message["X-Unsent"] == "1"
    assert message["Message-ID"] == f"<{handed.message_id}>"
    assert desk.letter(letter).message_id == handed.message_id
    assert re.fullmatch(r"[0-9a-f]{32}@harrowmere\.example", handed.message_id)
    assert person(0).address in message["To"]
    assert "complaints@harrowmere.example" in message["From"]
    assert message["In-Reply-To"] == "<complaint.0@mail.example.net>"
    assert "CMP-2026-000001" in message["Subject"]
    body = message.get_body(("plain",))
    assert body is not None
    assert "CMP-2026-000001" in body.get_content()


def test_the_receipt_says_what_and_under_whose_approval_and_names_no_resident(
    desk: Bureau,
) -> None:
    letter = approved(desk)
    desk.send(letter)
    raw = desk.outbox_files()[f"{NAME}.receipt.json"]
    receipt = json.loads(raw)
    assert receipt["letter"] == letter
    assert receipt["approved_by"] == "rowan"
    assert receipt["pdf_sha256"] == desk.revision(letter).pdf_sha256
    assert set(receipt["files"]) == {f"{NAME}.pdf", f"{NAME}.docx", f"{NAME}.eml"}
    assert person(0).name.encode() not in raw
    assert person(0).address.encode() not in raw


def test_sending_again_does_nothing(either_desk: Bureau) -> None:
    letter = approved(either_desk)
    first = either_desk.send(letter)
    before = either_desk.outbox_files()
    events = either_desk.events("CMP-2026-000001")
    again = either_desk.send(letter)
    assert (first.again, again.again) == (False, True)
    assert either_desk.outbox_files() == before
    assert either_desk.events("CMP-2026-000001") == events


def test_a_letter_collected_from_the_outbox_is_never_put_there_again(desk: Bureau) -> None:
    letter = approved(desk)
    desk.send(letter)
    assert len(desk.collect()) == 4
    desk.send(letter)
    desk.run()
    assert desk.outbox_files() == {}


def test_nothing_of_its_making_is_left_in_the_outbox(desk: Bureau) -> None:
    desk.send(approved(desk))
    assert sorted(path.name for path in desk.outbox.rglob("*") if path.name.startswith(".")) in (
        [],
        [".laying-out"],
    )


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_what_nobody_approved_is_not_sent(drafted_desk: Bureau, status: str) -> None:
    if status == "withdrawn":
        with drafted_desk.house.database.writing() as conn:
            letters.withdraw(conn, LETTER, now=drafted_desk.now)
    with pytest.raises(NotAllowed, match=status):
        drafted_desk.send(LETTER)
    assert drafted_desk.outbox_files() == {}


def test_a_file_of_that_name_in_the_outbox_is_not_written_over(desk: Bureau) -> None:
    letter = approved(desk)
    mine = desk.outbox / f"{NAME}.pdf"
    mine.write_bytes(b"mine")
    with pytest.raises(NotAllowed, match="lies in the outbox already"):
        desk.send(letter)
    assert desk.letter(letter).status == "approved"
    assert mine.read_bytes() == b"mine"
    mine.unlink()
    assert not desk.send(letter).again


@pytest.mark.parametrize("moved", range(5))
def test_a_send_broken_off_after_any_file_is_finished_by_the_next_run(
    desk: Bureau, moved: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a power cut leaves it: some files moved and even collected, the rest laid out."""
    letter = approved(desk)
    put = Outbox.put

    def cut(outbox: Outbox, letter: str, names: tuple[str, ...]) -> None:
        put(outbox, letter, names[:moved])
        raise SystemExit

    with monkeypatch.context() as power:
        power.setattr(Outbox, "put", cut)
        with pytest.raises(SystemExit):
            desk.send(letter)
    assert desk.letter(letter).status == "sending"
    collected = desk.collect()
    assert len(collected) == min(moved, 4)
    assert desk.run().problems == []
    assert desk.letter(letter).status == "handed_over"
    rest = set(desk.outbox_files())
    assert rest & collected == set()
    assert len(rest | collected) == 4
    assert desk.events("CMP-2026-000001").count("letter_handed_over") == 1


def test_a_send_that_never_began_moving_can_be_repeated(
    desk: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = approved(desk)

    def full(_outbox: Outbox, _letter: str, _files: object) -> None:
        raise StoreUnavailable("The disk is full.")

    with monkeypatch.context() as disk:
        disk.setattr(Outbox, "lay_out", full)
        with pytest.raises(StoreUnavailable):
            desk.send(letter)
    assert desk.letter(letter).status == "approved"
    desk.send(letter)
    assert len(desk.outbox_files()) == 4


def test_what_was_laid_out_for_nothing_is_cleared_away(
    desk: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut while the files were laid out: the letter never got on its way."""
    lay_out = Outbox.lay_out

    def cut(outbox: Outbox, letter: str, files: dict[str, bytes]) -> None:
        lay_out(outbox, letter, files)
        raise SystemExit

    with monkeypatch.context() as power:
        power.setattr(Outbox, "lay_out", cut)
        with pytest.raises(SystemExit):
            desk.send(LETTER)
    assert desk.letter(LETTER).status == "approved"
    assert len(desk.outbox_files()) == 4
    assert desk.run().problems == []
    assert desk.outbox_files() == {}
    desk.send(LETTER)
    assert len(desk.outbox_files()) == 4


def test_an_outbox_that_is_not_there_does_not_keep_mail_from_being_read(
    desk: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A letter that cannot be finished is told of; everything else goes on."""
    letter = approved(desk)

    def cut(_outbox: Outbox, _letter: str, _names: tuple[str, ...]) -> None:
        raise SystemExit

    with monkeypatch.context() as power:
        power.setattr(Outbox, "put", cut)
        with pytest.raises(SystemExit):
            desk.send(letter)
    desk.outbox.rename(desk.outbox.with_name("away"))
    desk.drop("next.eml", corpus.complaint(1, YESTERDAY))
    worked = desk.run()
    assert worked.opened == 1
    assert letter in "".join(worked.problems)
    assert desk.letter(letter).status == "sending"
    desk.outbox.with_name("away").rename(desk.outbox)
    assert desk.run().problems == []
    assert desk.letter(letter).status == "handed_over"
    assert len(desk.outbox_files()) == 4


def test_a_letter_whose_pdf_was_tampered_with_is_not_sent(desk: Bureau) -> None:
    letter = approved(desk)
    sha256 = desk.revision(letter).pdf_sha256
    (kept,) = desk.house.office.documents.rglob(str(sha256))
    kept.chmod(0o600)
    kept.write_bytes(kept.read_bytes() + b"x")
    with pytest.raises(RecordBroken):
        desk.send(letter)
    assert desk.outbox_files() == {}


# Whose address it is


def test_a_web_forms_letter_goes_to_the_resident_and_not_to_the_form(desk: Bureau) -> None:
    desk.send(approved(desk, corpus.web_form(5, YESTERDAY)))
    to = ready_mail(desk)["To"]
    assert person(5).address in to
    assert "forms@" not in to


def test_a_letter_about_somebody_represented_waits_for_a_persons_word(desk: Bureau) -> None:
    raw = mail(
        "I am writing on behalf of my mother, Wenna Garsdale, of 3 Rope Walk, Harrowmere. She "
        "wishes to make a formal complaint about the gutter, which has leaked since March.\n\n"
        "Perran Garsdale (son)",
        sender="Perran Garsdale <perran.garsdale@example.net>",
        message_id="son.1@mail.example.net",
        sent=YESTERDAY,
        received=YESTERDAY,
    )
    letter = approved(desk, raw)
    case = desk.case(desk.letter(letter).reference)
    assert case.representative is not None
    handed = desk.send(letter)
    assert handed.to == ""
    assert ready_mail(desk)["To"] is None


def test_a_complaint_by_telephone_has_no_address_and_can_still_go(desk: Bureau) -> None:
    from correspondence.cases.people import Resident
    from correspondence.casework.handling.log import ComplaintTaken, open_case

    taken = ComplaintTaken(
        received_on=YESTERDAY.date(),
        channel="telephone",
        resident=Resident(name="Wenna Garsdale", address="3 Rope Walk, Harrowmere"),
        definition=DEFINITION,
    )
    case = open_case(desk.house, taken, now=desk.now, actor=desk.rowan)
    letter = desk.define(case.reference)
    desk.approve(letter)
    assert desk.send(letter).to == ""
    assert len(desk.outbox_files()) == 4


# The clock


def test_only_the_record_that_it_went_stops_the_clock(either_desk: Bureau) -> None:
    letter = approved(either_desk)
    reference = either_desk.letter(letter).reference
    either_desk.send(letter)
    assert either_desk.case(reference).status == "to_acknowledge"
    either_desk.days_pass(3)
    record_sent(
        either_desk.house,
        letter,
        on=date(2026, 11, 21),
        now=either_desk.now,
        actor=either_desk.rowan,
    )
    case = either_desk.case(reference)
    assert case.status == "investigating"
    assert case.now_at.acknowledged_on == date(2026, 11, 21)
    assert either_desk.letter(letter).status == "sent"
    assert either_desk.events(reference)[-1] == "letter_sent"


@pytest.mark.parametrize("day", [NOW.date() - timedelta(days=1), NOW.date() + timedelta(days=1)])
def test_a_letter_cannot_have_gone_before_its_approval_or_in_the_future(
    desk: Bureau, day: date
) -> None:
    letter = approved(desk)
    desk.send(letter)
    with pytest.raises(NotAllowed, match="cannot have gone"):
        record_sent(desk.house, letter, on=day, now=desk.now, actor=desk.rowan)
    assert desk.letter(letter).status == "handed_over"


def test_a_letter_is_recorded_as_sent_once(desk: Bureau) -> None:
    letter = approved(desk)
    desk.send(letter)
    desk.sent(letter)
    with pytest.raises(NotAllowed, match="already"):
        desk.sent(letter)


def test_what_never_reached_the_outbox_is_not_recorded_as_sent(desk: Bureau) -> None:
    letter = approved(desk)
    with pytest.raises(NotAllowed, match="outbox"):
        desk.sent(letter)


def test_nothing_more_is_drafted_once_the_acknowledgement_went(desk: Bureau) -> None:
    letter = approved(desk)
    desk.send(letter)
    assert desk.run().letters_drafted == 0
    desk.sent(letter)
    assert desk.run().letters_drafted == 0
    assert [row.id for row in desk.letters()] == [letter]


def test_a_letter_that_is_gone_is_neither_edited_nor_drafted_anew(desk: Bureau) -> None:
    from correspondence.casework.drafting.edit import edit
    from correspondence.casework.handling.define import define

    letter = approved(desk)
    desk.send(letter)
    docx_bytes = desk.outbox_files()[f"{NAME}.docx"]
    with pytest.raises(CorrespondenceError):
        edit(desk.house, desk.press, letter, docx_bytes, now=desk.now, actor=desk.rowan)
    drafted = define(
        desk.house, desk.press, "CMP-2026-000001", DEFINITION, now=desk.now, actor=desk.rowan
    )
    assert drafted is None
    assert desk.letter(letter).status == "handed_over"
    assert len(desk.letters()) == 1


def test_two_who_send_at_once_put_one_letter_there(desk: Bureau) -> None:
    from concurrent.futures import ThreadPoolExecutor

    letter = approved(desk)

    def try_it(_: int) -> str:
        try:
            sent = send(desk.house, letter, now=desk.now, actor=desk.rowan)
        except NotAllowed:
            return "refused"
        return "again" if sent.again else "put"

    with ThreadPoolExecutor(4) as officers:
        outcomes = list(officers.map(try_it, range(4)))
    assert "put" in outcomes
    assert len(desk.outbox_files()) == 4
    assert desk.events("CMP-2026-000001").count("letter_handed_over") == 1


def test_the_ready_e_mail_says_the_same_as_a_page_and_as_plain_text(desk: Bureau) -> None:
    desk.send(LETTER)
    message = ready_mail(desk)
    plain, page = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert page is not None
    html = page.get_content()
    assert "<h1>Your complaint is at stage 1</h1>" in html
    assert "src=" not in html
    assert "Your complaint is at stage 1" in plain.get_content()
