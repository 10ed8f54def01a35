"""The e-mail a letter goes out with: complete, deterministic, and safe from what is written in."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.letters.enclosures import Enclosure
from correspondence.letters.facts import Recipient
from correspondence.letters.mail import ready_mail
from tests.letters.at_hand import facts

PDF = b"%PDF-1.7 invented"


def _ready(**changes: Any) -> bytes:
    given_: dict[str, Any] = {
        "facts": facts(),
        "subject": "Your complaint HC-2026-0147",
        "email_text": "Dear Ms Achterberg\n\nYour “boiler”…\n",
        "pdf": PDF,
        "pdf_name": "HC-2026-0147.pdf",
        "message_id": "<letter-1.abc@wexcombe.example.org>",
        "from_": "Wexcombe housing <homes@wexcombe.example.org>",
        "to": "ros@example.org",
        "in_reply_to": "<first@example.net>",
        "references": ("<zero@example.net>",),
        "date": datetime(2026, 11, 23, 12, 0, tzinfo=UTC),
    }
    return ready_mail(**(given_ | changes))


def _read(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_the_mail_holds_the_words_and_the_letter() -> None:
    mail = _read(_ready())
    body = mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == "Dear Ms Achterberg\n\nYour “boiler”…\n"
    (attached,) = mail.iter_attachments()
    assert attached.get_content() == PDF
    assert (attached.get_content_type(), attached.get_filename()) == (
        "application/pdf",
        "HC-2026-0147.pdf",
    )
    assert mail["To"] == "Ms Rosalind Achterberg <ros@example.org>"
    assert mail["Message-ID"] == "<letter-1.abc@wexcombe.example.org>"


def test_the_mail_stands_in_the_residents_thread_and_opens_as_a_draft() -> None:
    mail = _read(_ready())
    assert mail["In-Reply-To"] == "<first@example.net>"
    assert mail["References"].split() == ["<zero@example.net>", "<first@example.net>"]
    assert mail["X-Unsent"] == "1"


def test_an_acknowledgement_says_that_no_machine_should_answer_it() -> None:
    mail = _read(_ready(acknowledgement=True))
    assert mail["Auto-Submitted"] == "auto-replied"
    suppressed = mail["X-Auto-Response-Suppress"].split(", ")
    assert {"OOF", "AutoReply", "RN"} <= set(suppressed)
    assert {"NDR", "All"}.isdisjoint(suppressed)  # that it never arrived must be told
    assert "Auto-Submitted" not in _read(_ready())


def test_without_an_address_that_may_be_written_to_there_is_no_to() -> None:
    assert "To" not in _read(_ready(to=None))


def test_the_same_letter_gives_the_same_mail() -> None:
    assert _ready() == _ready()
    assert _ready() != _ready(pdf=PDF + b"!")


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=200))
def test_no_words_can_bring_in_a_header_or_break_the_mail(
    name: str, subject: str, body: str
) -> None:
    hostile = facts(recipient=Recipient(name=f"{name}\r\nBcc: all@example.org"))
    raw = _ready(facts=hostile, subject=f"{subject}\nBcc: x@example.org", email_text=body)
    head, _, _ = raw.partition(b"\r\n\r\n")
    names = [line.split(b":")[0] for line in head.split(b"\r\n") if line[:1] not in b" \t"]
    assert b"Bcc" not in names
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert [part.get_content_type() for part in _read(raw).walk()] == [
        "multipart/mixed",
        "text/plain",
        "application/pdf",
    ]


def test_the_text_comes_twice_and_the_enclosures_follow_the_letter() -> None:
    enclosed = (Enclosure("Survey.pdf", b"%PDF one"), Enclosure("Plan", b"%PDF two"))
    mail = _read(_ready(email_html="<p>Dear “Ms”…</p>", enclosures=enclosed))
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        *("application/pdf",) * 3,
    ]
    html = mail.get_body(("html",))
    assert html is not None
    assert html.get_content().strip() == "<p>Dear “Ms”…</p>"
    assert [(part.get_filename(), part.get_content()) for part in mail.iter_attachments()] == [
        ("HC-2026-0147.pdf", PDF),
        ("Survey.pdf", b"%PDF one"),
        ("Plan.pdf", b"%PDF two"),
    ]


def test_the_same_letter_gives_the_same_mail_in_two_forms_too() -> None:
    assert _ready(email_html="<p>x</p>") == _ready(email_html="<p>x</p>")
    assert _ready(email_html="<p>x</p>") != _ready(email_html="<p>y</p>")


def test_two_files_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="same name"):
        _ready(enclosures=(Enclosure("HC-2026-0147", b"%PDF"),))


def test_a_long_thread_keeps_its_first_and_its_latest_messages_whole() -> None:
    thread = tuple(f"<{n}.{'x' * 300}@example.net>" for n in range(60))
    kept = _read(_ready(references=thread))["References"].split()
    assert kept[0] == thread[0]
    assert kept[-2:] == [thread[-1], "<first@example.net>"]
    assert len(kept) == 20


def test_malformed_messages_of_the_thread_are_left_out() -> None:
    mail = _read(_ready(in_reply_to="see\r\nBcc: a@b.c", references=("rubbish", "<a @b>")))
    assert "In-Reply-To" not in mail
    assert "References" not in mail
    assert "Bcc" not in mail


@pytest.mark.parametrize(
    "change",
    [
        {"to": "nobody"},
        {"to": "a@example.org, b@example.org"},
        {"to": "a@example.org\r\nBcc: b@example.org"},
        {"to": ""},
        {"from_": "x"},
        {"message_id": "no-brackets@example.org"},
        {"message_id": "<a@example.org>\r\nBcc: b@example.org"},
        {"date": datetime(2026, 11, 23, 12, 0)},  # noqa: DTZ001
    ],
)
def test_what_no_mail_may_carry_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        _ready(**change)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("../../etc/passwd", "etc-passwd.pdf"), ('a"b\r\n.PDF', "a-b-.pdf"), ("", "letter.pdf")],
)
def test_the_file_name_is_one_that_every_disk_takes(name: str, expected: str) -> None:
    (attached,) = _read(_ready(pdf_name=name)).iter_attachments()
    assert attached.get_filename() == expected
