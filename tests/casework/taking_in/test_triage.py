"""What becomes of a message: a case, part of one, or a line in the register. Nothing is dropped."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from correspondence.cases.case import Case
from correspondence.casework.handling.define import define
from correspondence.store import letters
from correspondence.store.letters import NewRevision
from correspondence.store.tables import events
from tests.casework.bureau import DEFINITION, NOW, Bureau
from tests.jobs import corpus
from tests.jobs.corpus import mail, person

YESTERDAY = NOW - timedelta(days=1)


def respond(desk: Bureau, reference: str) -> None:
    """Put on record that the stage 1 response went today."""
    from correspondence.cases.events import LetterSent
    from correspondence.casework.record import file_events

    with desk.house.database.writing() as conn:
        sent = LetterSent(
            letter=f"{reference}-L9",
            letter_kind="stage1_response",
            stage=1,
            sent_on=desk.now.date(),
        )
        file_events(conn, desk.house, reference, [sent], now=desk.now, actor=desk.rowan)


def our_letter(desk: Bureau, reference: str, message_id: str) -> None:
    """A letter of ours on that case, which went out under that Message-ID."""
    revision = NewRevision(
        digest="0" * 64, text={}, content={}, findings={"ok": True}, subject="", email_text=""
    )
    with desk.house.database.writing() as conn:
        letter = letters.new_letter(
            conn,
            reference=reference,
            kind="progress_update",
            stage=1,
            message_id=message_id,
            now=desk.now,
        )
        letters.add_revision(conn, letter, revision, by="rowan", now=desk.now)


def opened(desk: Bureau, number: int = 1) -> Case:
    """A complaint of the person of that number, opened."""
    (row,) = desk.receive(corpus.complaint(number, YESTERDAY))
    assert (row.outcome, row.kind) == ("opened", "complaint")
    assert row.case_reference is not None
    return desk.case(row.case_reference)


def test_a_complaint_becomes_a_case_and_its_file_is_set_aside(either_desk: Bureau) -> None:
    raw = corpus.complaint(1, YESTERDAY)
    either_desk.drop("one.eml", raw)
    worked = either_desk.run()
    assert (worked.received, worked.opened, worked.letters_drafted) == (1, 1, 1)
    case = either_desk.case("CMP-2026-000001")
    assert (case.status, case.stage, case.kind) == ("to_acknowledge", 1, "complaint")
    assert case.now_at.received_on == YESTERDAY.date()
    assert case.resident.name == person(1).name
    assert case.writes_from == person(1).address
    assert not (either_desk.inbox / "one.eml").exists()
    assert (either_desk.inbox / "processed" / "one.eml").read_bytes() == raw
    assert either_desk.events("CMP-2026-000001") == [
        "case_opened",
        "complaint_defined",
        "letter_drafted",
    ]


def test_references_count_up_within_their_year(desk: Bureau) -> None:
    last_year = datetime.fromisoformat("2025-12-30T12:00:00+00:00")
    rows = desk.receive(
        corpus.complaint(1, YESTERDAY),
        corpus.complaint(2, last_year),
        corpus.complaint(3, YESTERDAY + timedelta(hours=1)),
    )
    assert [row.case_reference for row in rows] == [
        "CMP-2026-000001",
        "CMP-2025-000001",
        "CMP-2026-000002",
    ]


def test_the_earlier_of_two_complaints_gets_the_earlier_reference(desk: Bureau) -> None:
    desk.drop("a.eml", corpus.complaint(1, YESTERDAY), NOW - timedelta(hours=2))
    desk.drop("b.eml", corpus.complaint(2, YESTERDAY - timedelta(days=1)), NOW)
    desk.run()
    assert desk.case("CMP-2026-000001").resident.name == person(2).name


# Duplicates


def test_the_same_bytes_again_open_nothing(either_desk: Bureau) -> None:
    raw = corpus.complaint(1, YESTERDAY)
    first, again = either_desk.receive(raw, raw)
    assert (again.outcome, again.duplicate_of) == ("duplicate", first.id)
    assert again.case_reference == first.case_reference
    assert either_desk.references() == ["CMP-2026-000001"]
    assert len(either_desk.case("CMP-2026-000001").messages) == 1


def test_the_same_message_by_another_route_opens_nothing(desk: Bureau) -> None:
    raw = corpus.complaint(1, YESTERDAY)
    first, again = desk.receive(raw, corpus.other_route(raw, YESTERDAY + timedelta(hours=1)))
    assert (again.outcome, again.duplicate_of) == ("duplicate", first.id)
    assert desk.references() == ["CMP-2026-000001"]


def test_the_same_message_days_later_opens_nothing(desk: Bureau) -> None:
    raw = corpus.complaint(1, YESTERDAY)
    desk.receive(raw)
    desk.days_pass(3)
    (again,) = desk.receive(corpus.other_route(raw, desk.now))
    assert again.outcome == "duplicate"
    assert desk.events("CMP-2026-000001") == ["case_opened", "complaint_defined"]


def test_the_same_message_id_with_other_words_is_kept_and_a_person_asked(
    desk: Bureau,
) -> None:
    raw = corpus.complaint(1, YESTERDAY)
    other = raw.replace(b"April", b"May, and I was bitten by a rat,")
    assert other != raw
    _, again = desk.receive(raw, other)
    assert again.outcome != "duplicate"
    assert again.needs_person
    assert "same Message-ID" in desk.because(again)


def test_two_messages_without_message_id_are_two_messages(desk: Bureau) -> None:
    said = "I want to make a complaint about the lift. It has been out of order since May."
    first = mail(said, sent=YESTERDAY, received=YESTERDAY)
    second = mail(said, sent=YESTERDAY, received=YESTERDAY + timedelta(minutes=5))
    rows = desk.receive(first, second)
    assert "duplicate" not in {row.outcome for row in rows}


# Escalations


def test_an_escalation_after_the_stage_1_response_moves_its_case_to_stage_2(
    either_desk: Bureau,
) -> None:
    case = opened(either_desk)
    respond(either_desk, case.reference)
    either_desk.days_pass(3)
    raw = corpus.escalation(90, either_desk.now, reference=case.reference, who=person(1))
    (row,) = either_desk.receive(raw)
    assert (row.outcome, row.case_reference) == ("joined", case.reference)
    moved = either_desk.case(case.reference)
    assert (moved.stage, moved.status) == (2, "to_acknowledge")
    assert moved.now_at.received_on == either_desk.now.date()
    assert either_desk.run().letters_drafted == 1
    kinds = [letter.kind for letter in either_desk.letters(case.reference)]
    assert kinds == ["stage2_acknowledgement"]
    assert either_desk.references() == [case.reference]


def test_a_request_for_stage_2_that_says_no_more_takes_over_what_was_defined_at_stage_1(
    desk: Bureau,
) -> None:
    case = opened(desk)
    define(desk.house, desk.press, case.reference, DEFINITION, now=desk.now, actor=desk.rowan)
    respond(desk, case.reference)
    said = f"Please take my complaint {case.reference} to stage 2."
    who = person(1)
    sender = f"{who.name} <{who.address}>"
    desk.receive(mail(said, sender=sender, sent=desk.now, received=desk.now))
    record = desk.case(case.reference).stages[2]
    assert [point.text for point in record.definition.points] == [
        point.text for point in DEFINITION.points
    ]
    assert not record.defined_by_person


def test_an_escalation_once_the_response_is_overdue_moves_its_case(desk: Bureau) -> None:
    case = opened(desk)
    desk.days_pass(40)
    (row,) = desk.receive(corpus.escalation(90, desk.now, reference=case.reference, who=person(1)))
    assert row.outcome == "joined"
    assert desk.case(case.reference).stage == 2
    assert "5.11" in desk.because(row)


def test_an_escalation_before_its_time_asks_a_person_and_moves_nothing(desk: Bureau) -> None:
    case = opened(desk)
    (row,) = desk.receive(corpus.escalation(90, desk.now, reference=case.reference, who=person(1)))
    assert (row.outcome, row.needs_person) == ("joined", True)
    assert desk.case(case.reference).stage == 1
    assert "6.10" in desk.because(row)


def test_an_escalation_of_a_case_we_do_not_hold_opens_one_at_stage_2(
    desk: Bureau,
) -> None:
    (row,) = desk.receive(corpus.escalation(90, YESTERDAY, reference="CMP-2026-004711"))
    assert (row.outcome, row.needs_person) == ("opened", True)
    assert row.case_reference is not None
    case = desk.case(row.case_reference)
    assert (case.kind, case.stage) == ("escalation", 2)


def test_asking_for_stage_2_twice_does_not_begin_its_clock_anew(desk: Bureau) -> None:
    case = opened(desk)
    respond(desk, case.reference)
    desk.days_pass(3)
    began = desk.now.date()
    desk.receive(corpus.escalation(90, desk.now, reference=case.reference, who=person(1)))
    desk.days_pass(3)
    (again,) = desk.receive(
        corpus.escalation(91, desk.now, reference=case.reference, who=person(1))
    )
    assert again.outcome == "joined"
    assert desk.case(case.reference).stages[2].received_on == began


# What belongs to a case we have


def test_a_known_party_who_quotes_the_reference_is_put_with_the_case(desk: Bureau) -> None:
    case = opened(desk)
    (row,) = desk.receive(corpus.chaser(80, desk.now, reference=case.reference, who=person(1)))
    assert (row.outcome, row.case_reference) == ("joined", case.reference)
    assert len(desk.case(case.reference).messages) == 2


def test_a_stranger_who_quotes_a_reference_is_left_to_a_person(either_desk: Bureau) -> None:
    case = opened(either_desk)
    (row,) = either_desk.receive(
        corpus.chaser(80, either_desk.now, reference=case.reference, who=person(200))
    )
    assert (row.outcome, row.case_reference) == ("recorded", None)
    assert row.needs_person
    assert case.reference in either_desk.because(row)
    assert either_desk.case(case.reference).messages == case.messages


def test_a_stranger_cannot_escalate_somebody_elses_case(desk: Bureau) -> None:
    case = opened(desk)
    respond(desk, case.reference)
    desk.days_pass(1)
    (row,) = desk.receive(
        corpus.escalation(90, desk.now, reference=case.reference, who=person(200))
    )
    assert row.needs_person
    assert row.case_reference != case.reference
    assert desk.case(case.reference).stage == 1
    assert person(200).address not in desk.case(case.reference).known_addresses


def test_a_stranger_cannot_send_the_letter_to_themselves(desk: Bureau) -> None:
    case = opened(desk)
    desk.receive(
        corpus.complaint(200, desk.now).replace(
            b"Dear Housing Team", f"My reference is {case.reference}.".encode()
        )
    )
    assert desk.case(case.reference).writes_from == person(1).address


def test_a_complaint_that_quotes_no_case_is_a_case_of_its_own(desk: Bureau) -> None:
    case = opened(desk)
    (row,) = desk.receive(corpus.complaint(2, desk.now, who=person(1)))
    assert row.outcome == "opened"
    assert row.case_reference != case.reference


def about(reference: str, number: int, at: datetime) -> bytes:
    """Another complaint by the first person, that quotes a case of theirs."""
    raw = corpus.complaint(number, at, who=person(1))
    return raw.replace(b"Dear Housing Team", f"About {reference}".encode())


def test_added_issues_before_the_response_join_their_case_and_ask_a_person(desk: Bureau) -> None:
    case = opened(desk)
    (row,) = desk.receive(about(case.reference, 2, desk.now), read_as="complaint")
    assert (row.outcome, row.case_reference, row.needs_person) == ("joined", case.reference, True)
    assert "6.8" in desk.because(row)


def test_a_complaint_about_an_answered_case_is_a_complaint_of_its_own(desk: Bureau) -> None:
    case = opened(desk)
    respond(desk, case.reference)
    (row,) = desk.receive(about(case.reference, 2, desk.now), read_as="complaint")
    assert (row.outcome, row.needs_person) == ("opened", True)
    assert row.case_reference != case.reference
    assert desk.case(case.reference).stage == 1


# Machines


def test_a_bounce_of_our_letter_joins_its_case_and_asks_a_person(desk: Bureau) -> None:
    case = opened(desk)
    our_letter(desk, case.reference, "f00d@harrowmere.example")
    (row,) = desk.receive(
        corpus.bounce(95, desk.now, of="f00d@harrowmere.example", recipient=person(1).address)
    )
    assert (row.kind, row.outcome) == ("automatic", "joined")
    assert row.case_reference == case.reference
    assert row.needs_person, "nobody would know that the resident never had the letter"


def test_a_bounce_of_something_else_is_recorded(desk: Bureau) -> None:
    case = opened(desk)
    (row,) = desk.receive(
        corpus.bounce(95, desk.now, of="x@elsewhere.example", recipient="a@example.net")
    )
    assert (row.outcome, row.case_reference) == ("recorded", None)
    assert desk.case(case.reference).messages == case.messages


@pytest.mark.parametrize("number", range(4))
def test_what_is_no_complaint_is_recorded_and_opens_nothing(desk: Bureau, number: int) -> None:
    (row,) = desk.receive(corpus.other(number, YESTERDAY))
    assert row.outcome == "recorded"
    assert desk.references() == []
    assert desk.letters() == ()


def test_a_machines_answer_is_recorded_and_never_answered(desk: Bureau) -> None:
    case = opened(desk)
    before = desk.letters()
    raw = corpus.out_of_office(1, desk.now)
    (row,) = desk.receive(raw)
    assert row.kind == "automatic"
    assert desk.letters() == before
    assert desk.case(case.reference).stage == 1


# When it was received


def complaint_dated(*, sent: datetime | None, received: datetime | None, sender: str = "") -> bytes:
    return mail(
        "I wish to make a formal complaint. The gutter has leaked since March and nobody comes.",
        sender=sender or "Sorrel Attwater <sorrel.attwater@example.net>",
        subject="Complaint",
        sent=sent,
        received=received,
        message_id=f"{sent}.{received}@example.net".replace(" ", "").replace(":", ""),
    )


@pytest.mark.parametrize(
    ("sent", "received", "basis", "on", "asks"),
    [
        # A Saturday evening counts as that Saturday, whatever the office hours.
        ("2026-11-13T10:00", "2026-11-14T22:58", "received_header", "2026-11-14", False),
        ("2026-11-13T10:00", None, "date_header", "2026-11-13", False),
        # Half past eleven in UTC is the next day in London while summer time lasts.
        ("2026-09-01T23:30", "2026-09-01T23:30", "received_header", "2026-09-02", False),
        # A date in the future cannot be.
        ("2027-03-01T10:00", None, "file_time", "2026-11-18", True),
        (None, None, "file_time", "2026-11-18", True),
        # Nor can a Received line, which anybody can write: then the Date counts.
        ("2026-11-13T10:00", "2027-03-01T10:00", "date_header", "2026-11-13", True),
    ],
)
def test_the_date_received_follows_what_can_be_known(
    desk: Bureau, sent: str | None, received: str | None, basis: str, on: str, asks: bool
) -> None:
    raw = complaint_dated(
        sent=datetime.fromisoformat(f"{sent}+00:00") if sent else None,
        received=datetime.fromisoformat(f"{received}+00:00") if received else None,
    )
    desk.drop("one.eml", raw, datetime.fromisoformat("2026-11-18T11:00+00:00"))
    desk.run()
    (row,) = desk.register()
    assert row.received_basis == basis
    assert row.needs_person == asks
    assert row.case_reference is not None
    assert desk.case(row.case_reference).now_at.received_on == date.fromisoformat(on)
    assert row.received_because.endswith(".")


def test_a_message_passed_on_by_a_colleague_counts_from_when_they_had_it(desk: Bureau) -> None:
    text = (
        "For you.\n\nTamsin\n\n"
        "-----Original Message-----\n"
        "From: Sorrel Attwater <sorrel.attwater@example.net>\n"
        "Sent: 12 November 2026 08:15\n"
        "To: Tamsin Hale <tamsin.hale@harrowmere.example>\n"
        "Subject: Complaint\n\n"
        "I wish to make a formal complaint. The gutter has leaked since March and nobody comes."
    )
    raw = mail(
        text,
        sender="Tamsin Hale <tamsin.hale@harrowmere.example>",
        subject="FW: Complaint",
        sent=YESTERDAY,
        received=YESTERDAY,
        message_id="fw.1@harrowmere.example",
    )
    (row,) = desk.receive(raw)
    assert (row.received_basis, row.kind) == ("staff", "complaint")
    assert row.needs_person, "the day must be confirmed"
    assert row.case_reference is not None
    case = desk.case(row.case_reference)
    assert case.now_at.received_on == date(2026, 11, 12)
    assert not case.writes_from.endswith("@harrowmere.example")


def test_a_message_whose_case_is_broken_waits_and_keeps_no_other_from_its_place(
    either_desk: Bureau,
) -> None:
    broken = opened(either_desk)
    with either_desk.house.database.writing() as conn:
        spoilt = sa.update(events).where(events.c.stream == broken.reference).values(by="nobody")
        conn.execute(spoilt)
    chaser = corpus.chaser(2, NOW, reference=broken.reference, who=person(1))
    for number, raw in enumerate(
        (corpus.complaint(3, YESTERDAY), chaser, corpus.complaint(4, YESTERDAY))
    ):
        either_desk.drop(f"{number}.eml", raw)
    worked = either_desk.run()
    assert worked.opened == 2
    assert [problem for problem in worked.problems if "was read but not acted on" in problem]
    states = {row.source_name: (row.state, row.outcome) for row in either_desk.register()}
    assert states["1.eml"] == ("kept", None)
    assert states["0.eml"] == states["2.eml"] == ("read", "opened")


def test_what_may_be_a_complaint_waits_for_a_person_and_opens_nothing(desk: Bureau) -> None:
    (row,) = desk.receive(corpus.complaint(1, YESTERDAY), read_as="complaint", in_doubt=True)
    assert (row.outcome, row.needs_person, row.case_reference) == ("recorded", True, None)
