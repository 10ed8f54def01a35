"""Letters that come through a copier: the letter is the matter, the machine's lines never are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from correspondence.intake.message import Address
from correspondence.intake.scans import is_scan, own_words
from tests.intake.messages import a_letter, a_message, read

LETTER = (
    "Dear Sirs\n\nI live at 14 Quarry Bank, PR4 2TY. The back bedroom window has not shut since "
    "your men fitted it in May. I have rung four times and each time I am told that a joiner will "
    "call. None has. I should like it put right before the winter.\n\nYours faithfully\n"
    "Albert Noone\n01632 960118"
)
MACHINES = {
    "fields": (
        "Scan from MFD-03",
        (
            "Device Name: MFD-03\nDevice Model: X7\nLocation: Second floor, gas and heating team\n"
            "Scan Date: 03.11.2026 09:14\nNumber of Images: 2\nResolution: 200dpi x 200dpi\n"
            "Attachment File Type: PDF\nQueries to: servicedesk@larkhill.example"
        ),
        Address("", "scanner@larkhill.example"),
    ),
    "nothing said": ("Message from KM_C458", "", Address("", "noreply@larkhill.example")),
    "sentences": (
        "Scanned image from the council copier",
        (
            "Please open the attached document. It was scanned and sent to you using a"
            " multifunction "
            "device.\n\nAttachment File Type: pdf, Multi-Page\n\nDevice Location: Rents, 2nd floor"
        ),
        Address("Hall copier", "copier@larkhill.example"),
    ),
    "no telling subject": (
        "Your scan",
        'This E-mail was sent from "RNP0026737A" (MP C3003).\n\nScan Date: 14.03.2026 10:12:33',
        Address("mfp", "mfp@larkhill.example"),
    ),
}


@pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)
def test_the_letter_a_copier_sends_is_the_matter(machine: tuple[str, str, Address]) -> None:
    subject, body, sender = machine
    reading = read(body, subject=subject, sender=sender, attachments=(a_letter(LETTER),))
    assert reading.kind == "complaint"
    assert reading.acknowledge
    assert reading.service_area == "repairs"
    assert reading.resident.name == "Albert Noone"
    assert reading.resident.postcode == "PR4 2TY"


@pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)
def test_a_copiers_own_lines_are_no_point_no_place_and_no_wish(
    machine: tuple[str, str, Address],
) -> None:
    subject, body, sender = machine
    reading = read(body, subject=subject, sender=sender, attachments=(a_letter(LETTER),))
    said = [*reading.points, reading.outcome_sought, reading.resident.address]
    assert all(words in LETTER for words in said)


@pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)
def test_a_scan_without_words_always_asks_a_person(machine: tuple[str, str, Address]) -> None:
    subject, body, sender = machine
    unread = replace(a_letter(""), unread_because="a scan or picture: no text to read")
    reading = read(body, subject=subject, sender=sender, attachments=(unread,))
    assert reading.needs_person
    assert any("could not be read" in entry.says for entry in reading.because)


@pytest.mark.parametrize(
    "body",
    ["Please see attached.", "", "Dear Sirs, my letter is enclosed. Yours, O Fenwick", "FYI"],
)
def test_a_short_note_over_a_document_nobody_could_read_asks_a_person(body: str) -> None:
    unread = replace(a_letter("", "letter.docx"), unread_because="the file is damaged")
    assert read(body, attachments=(unread,)).needs_person


def test_a_picture_beside_a_full_message_asks_nobody() -> None:
    photo = replace(
        a_letter("", "tap.jpg"), content_type="image/jpeg", unread_because="a picture, not read"
    )
    text = "Please could somebody come and mend the kitchen tap, it began to drip this morning."
    assert not read(text, attachments=(photo,)).needs_person


def test_a_resident_who_writes_of_a_scanner_is_no_scanner() -> None:
    text = (
        "I complain that your reception lost the documents they scanned for me in March and again "
        "in May. Nobody has replied to either of my letters."
    )
    message = a_message(text, subject="Scanned documents lost", attachments=(a_letter("List"),))
    assert not is_scan(message)
    assert own_words(text) == text
