# ruff: noqa: E501  mail is shown as it comes, long lines and all
from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.intake.mail.forwarding import forwarded_inline
from correspondence.intake.mail.spoken_dates import spoken_moment
from correspondence.intake.message import Address
from correspondence.intake.parsing import parse
from tests.intake.written_mail import eml

BLOCKS = [
    "---------- Forwarded message ---------\nFrom: Jo Tenant <jo@example.net>\nDate: Tue, 3 Mar 2026 at 09:15\nSubject: boiler\nTo: Cllr B <b@council.example>",
    "Begin forwarded message:\n\nFrom: Jo Tenant <jo@example.net>\nSubject: boiler\nDate: 3 March 2026 at 09:15:00 GMT\nTo: Cllr B <b@council.example>",
    "From: Jo Tenant <jo@example.net>\nSent: 03 March 2026 09:15\nTo: Cllr B <b@council.example>\nSubject: boiler",
    "From: Jo Tenant [mailto:jo@example.net]\nSent: 03/03/2026 09:15\nTo: Cllr B [mailto:b@council.example]\nSubject: boiler",
    "-----Original Message-----\n*From:* Jo Tenant <jo@example.net>\n*Sent:* 03 March 2026 09:15\n*To:* Cllr B <b@council.example>\n*Subject:* boiler",
    "Oddi wrth: Jo Tenant <jo@example.net>\nAnfonwyd: 3 Mawrth 2026 09:15\nAt: Cllr B <b@council.example>\nPwnc: boiler",
]  # fmt: skip


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
@pytest.mark.parametrize("mark", ["", "> "])
def test_a_forwarded_message_is_read_into_one_of_its_own(block: str, mark: str) -> None:
    body = f"{block}\n\nThe boiler is broken.\nNobody came."
    first, *others = body.split("\n")
    quoted = "\n".join([first, *(mark + line for line in others)])
    message = parse(eml(f"Please see below.\n\n{quoted}", headers={"Subject": "Fwd: boiler"}))
    (inner,) = message.forwarded
    assert inner.sender == Address("Jo Tenant", "jo@example.net")
    assert inner.to == (Address("Cllr B", "b@council.example"),)
    assert inner.subject == "boiler"
    assert inner.sent_at == datetime(2026, 3, 3, 9, 15, tzinfo=UTC)
    assert inner.text == "The boiler is broken.\nNobody came."
    assert "The boiler is broken." in message.new_text


def test_messages_forwarded_twice_are_read_one_within_the_other() -> None:
    text = f"Fyi\n\n{BLOCKS[0]}\n\nPlease help this lady.\n\n{BLOCKS[1]}\n\nThe boiler is broken."
    (outer,) = parse(eml(text, headers={"Subject": "Fwd: Fwd: boiler"})).forwarded
    (inner,) = outer.forwarded
    assert outer.new_text.startswith("Please help this lady.")
    assert inner.text == "The boiler is broken."


def test_a_sender_without_a_mailbox_is_a_name() -> None:
    block = "---------- Forwarded message ---------\nFrom: Jo Tenant\nDate: 3 Mar 2026\nSubject: x\n\nWords"
    inner = forwarded_inline(block)
    assert inner is not None
    assert inner.sender == Address("Jo Tenant", "")


def test_a_forwarded_text_without_header_block_is_no_message() -> None:
    assert forwarded_inline("---------- Forwarded message ---------\n\nJust words") is None


def test_thousands_of_messages_forwarded_in_one_another_are_no_trouble() -> None:
    assert parse(eml(f"{BLOCKS[0]}\n\n" * 2_000)).forwarded


@given(st.text(alphabet="From: Sent Date To Subject x@y>\n-", max_size=200))
def test_any_text_is_a_forwarded_message_or_none(text: str) -> None:
    forwarded_inline(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Tue, 3 Mar 2026 at 09:15", datetime(2026, 3, 3, 9, 15, tzinfo=UTC)),
        ("03 July 2026 10:15", datetime(2026, 7, 3, 9, 15, tzinfo=UTC)),
        ("3/7/2026 10.15 am", datetime(2026, 7, 3, 9, 15, tzinfo=UTC)),
        ("03/07/26 10:15 PM", datetime(2026, 7, 3, 21, 15, tzinfo=UTC)),
        ("7/23/2026 10:15", datetime(2026, 7, 23, 9, 15, tzinfo=UTC)),
        ("Friday, July 3, 2026 10:15 AM", datetime(2026, 7, 3, 9, 15, tzinfo=UTC)),
        ("dydd Gwener, 3 Gorffennaf 2026 am 10:15", datetime(2026, 7, 3, 9, 15, tzinfo=UTC)),
        ("3 July 2026 at 10:15:22 BST", datetime(2026, 7, 3, 9, 15, tzinfo=UTC)),
        ("3 July 2026 10:15 GMT", datetime(2026, 7, 3, 10, 15, tzinfo=UTC)),
        ("3 July 2026 10:15:00 (GMT+02:00)", datetime(2026, 7, 3, 8, 15, tzinfo=UTC)),
        ("Fri, 3 Jul 2026 10:15:00 +0100", datetime(2026, 7, 3, 9, 15, tzinfo=UTC)),
        ("2026-07-03T10:15:00+01:00", datetime(2026, 7, 3, 9, 15, tzinfo=UTC)),
        ("3rd March 2026", datetime(2026, 3, 3, 12, 0, tzinfo=UTC)),
    ],
)
def test_a_date_as_mail_programs_write_it_is_london_time(text: str, moment: datetime) -> None:
    assert spoken_moment(text) == moment


@pytest.mark.parametrize(
    "text", ["", "yesterday", "31 February 2026", "3 Foo 2026", "99/99/9999", "0/0/0000"]
)
def test_what_names_no_day_is_no_date(text: str) -> None:
    assert spoken_moment(text) is None


@given(st.text(alphabet="0123456789/:.- +JanMrGMTBampo,", max_size=40))
def test_any_text_is_a_date_or_none(text: str) -> None:
    found = spoken_moment(text)
    assert found is None or found.tzinfo is UTC
