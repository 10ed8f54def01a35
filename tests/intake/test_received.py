from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.intake.message import Message, Receipt
from correspondence.intake.parsing import parse
from correspondence.intake.received import received
from tests.intake.written_mail import eml, multipart, part

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
FILE_TIME = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
STAFF = frozenset({"landlord.example"})


def receipt(
    message: Message, *, server_time: datetime | None = None, file_time: datetime = FILE_TIME
) -> Receipt:
    return received(
        message, file_time=file_time, now=NOW, staff_domains=STAFF, server_time=server_time
    )


def mail(*lines: str, date_header: str = "Tue, 03 Mar 2026 09:15:00 +0000") -> Message:
    raw = "".join(f"Received: from a by b; {line}\r\n" for line in lines).encode()
    return parse(eml(headers={"Date": date_header}, raw_headers=raw))


def test_the_servers_own_time_counts_before_everything() -> None:
    at = datetime(2026, 3, 3, 23, 59, tzinfo=UTC)
    found = receipt(mail("Tue, 3 Mar 2026 09:20:00 +0000"), server_time=at)
    assert (found.at, found.basis, found.ask_person) == (at, "server", False)
    assert "Tuesday 3 March 2026 at 23:59" in found.because


def test_the_topmost_received_line_is_the_newest() -> None:
    found = receipt(mail("Tue, 3 Mar 2026 09:20:00 +0000", "Tue, 3 Mar 2026 09:16:00 +0000"))
    assert found.at == datetime(2026, 3, 3, 9, 20, tzinfo=UTC)
    assert (found.basis, found.ask_person) == ("received_header", False)


@pytest.mark.parametrize(
    "impossible",
    ["Tue, 3 Mar 2099 09:20:00 +0000", "Thu, 1 Jan 1970 00:00:00 +0000", "no date at all",
     "Sun, 1 Feb 2026 09:20:00 +0000", "Tue, 10 Mar 2026 12:11:00 +0000"],
)  # fmt: skip
def test_a_received_line_that_cannot_be_true_is_passed_over(impossible: str) -> None:
    found = receipt(mail(impossible, "Tue, 3 Mar 2026 09:16:00 +0000"))
    assert found.at == datetime(2026, 3, 3, 9, 16, tzinfo=UTC)


def test_a_clock_a_few_minutes_ahead_is_believed() -> None:
    found = receipt(mail("Tue, 10 Mar 2026 12:09:00 +0000"))
    assert found.basis == "received_header"


def test_a_senders_clock_in_the_future_does_not_make_the_server_wrong() -> None:
    found = receipt(
        mail("Tue, 3 Mar 2026 09:16:00 +0000", date_header="Tue, 03 Mar 2037 09:15:00 +0000")
    )
    assert found.at == datetime(2026, 3, 3, 9, 16, tzinfo=UTC)


def test_without_received_lines_the_date_counts() -> None:
    found = receipt(mail())
    assert found.at == datetime(2026, 3, 3, 9, 15, tzinfo=UTC)
    assert (found.basis, found.ask_person) == ("date_header", False)
    assert "no mail server" in found.because


def test_a_message_filed_long_after_its_date_keeps_its_date() -> None:
    found = receipt(mail(date_header="Tue, 03 Dec 2024 09:15:00 +0000"))
    assert (found.basis, found.ask_person) == ("date_header", False)


def test_where_no_received_line_can_be_true_a_person_is_asked() -> None:
    assert receipt(mail("Tue, 3 Mar 2099 09:20:00 +0000")).ask_person


@pytest.mark.parametrize("wrong", ["Tue, 03 Mar 2037 09:15:00 +0000", "", "soon"])
def test_without_any_date_that_can_be_true_the_files_time_counts_and_a_person_is_asked(
    wrong: str,
) -> None:
    found = receipt(mail(date_header=wrong))
    assert (found.at, found.basis, found.ask_person) == (FILE_TIME, "file_time", True)
    assert found.because.endswith("Please confirm the day.")


def test_a_files_time_in_the_future_is_now() -> None:
    assert receipt(mail(date_header=""), file_time=NOW + timedelta(days=400)).at == NOW


FORWARD = """Fyi, this came to me.

---------- Forwarded message ---------
From: Jo Tenant <jo@example.net>
Date: {date}
Subject: boiler
To: Repairs <repairs@landlord.example>

The boiler is broken."""


def passed_on(date_line: str, sender: str = "A Colleague <a@landlord.example>") -> Message:
    return parse(
        eml(FORWARD.format(date=date_line), headers={"From": sender, "Subject": "Fwd: boiler"})
    )


def test_what_a_colleague_passes_on_counts_from_when_they_had_it() -> None:
    found = receipt(passed_on("Mon, 23 Feb 2026 at 23:30"))
    assert (found.basis, found.ask_person) == ("staff", True)
    assert found.by_staff_on == date(2026, 2, 23)
    assert found.at == datetime(2026, 2, 23, 23, 30, tzinfo=UTC)


def test_what_goes_from_colleague_to_colleague_counts_from_the_first() -> None:
    inner = FORWARD.format(date="Mon, 23 Feb 2026 at 10:00")
    outer = FORWARD.format(date="Wed, 25 Feb 2026 at 10:00").replace(
        "Jo Tenant <jo@example.net>", "B Colleague <b@landlord.example>"
    )
    text = outer.replace("The boiler is broken.", inner)
    message = parse(
        eml(text, headers={"From": "A Colleague <a@landlord.example>", "Subject": "Fwd: x"})
    )
    assert receipt(message).by_staff_on == date(2026, 2, 23)


def test_an_attached_message_counts_from_when_our_server_took_it_in() -> None:
    inner = eml(
        raw_headers=b"Received: from a by b; Mon, 2 Mar 2026 08:00:00 +0000\r\n",
        headers={"Date": "Mon, 02 Mar 2026 07:59:00 +0000"},
    )
    raw = multipart(
        part("See attached"),
        b"Content-Type: message/rfc822\r\n\r\n" + inner,
        headers={"From": "a@landlord.example"},
    )
    assert receipt(parse(raw)).at == datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def test_what_an_outsider_forwards_counts_from_its_own_arrival() -> None:
    found = receipt(passed_on("Mon, 23 Feb 2026 at 10:00", sender="Cllr B <b@council.example>"))
    assert (found.basis, found.by_staff_on) == ("date_header", None)


@pytest.mark.parametrize("date_line", ["Mon, 23 Feb 2037 at 10:00", "some day", "1 January 1970"])
def test_what_a_colleague_passes_on_without_a_day_that_can_be_true_is_asked_about(
    date_line: str,
) -> None:
    found = receipt(passed_on(date_line))
    assert (found.basis, found.by_staff_on, found.ask_person) == ("date_header", None, True)
    assert "A colleague passed it on" in found.because


def test_a_day_is_a_day_in_london() -> None:
    assert receipt(passed_on("Sat, 4 Jul 2015 at 00:30")).by_staff_on == date(2015, 7, 4)


@given(
    st.datetimes(timezones=st.just(UTC)).filter(lambda at: 1971 < at.year < 2200),
    st.lists(st.text(max_size=30), max_size=3),
)
def test_every_message_has_a_receipt_that_is_not_in_the_future(
    sent: datetime, lines: list[str]
) -> None:
    message = Message(sent_at=sent, headers={"received": tuple(lines)})
    found = receipt(message)
    assert found.at <= NOW + timedelta(minutes=10)
    assert found.because.endswith(".")
