"""A message is put with a case on proof; a stranger's guess goes to a person."""

from __future__ import annotations

from correspondence.intake.match import Candidate, Keys, keys, match
from correspondence.intake.message import Address, DeliveryReport, Message
from correspondence.intake.reading import Reading

CASE = Candidate(
    reference="CMP-2026-000001",
    open=True,
    stage=1,
    addresses=frozenset({"resident@example.net"}),
    our_message_ids=frozenset({"0123@landlord.example"}),
    their_message_ids=frozenset({"first@example.net"}),
)
OTHER = Candidate(
    reference="CMP-2026-000002",
    open=True,
    stage=1,
    addresses=frozenset({"resident@example.net"}),
)


def offered(
    *,
    answers: str = "",
    reference: str = "",
    address: str = "resident@example.net",
    kind: str = "comment",
    reports_delivery: bool = False,
) -> Keys:
    return Keys(
        answers=frozenset(filter(None, [answers])),
        references=frozenset(filter(None, [reference])),
        addresses=frozenset({address}),
        kind=kind,
        reports_delivery=reports_delivery,
    )


def test_a_reply_to_our_letter_by_a_known_party_belongs_to_its_case() -> None:
    found = match(offered(answers="0123@landlord.example"), [CASE, OTHER])
    assert (found.reference, found.certain) == ("CMP-2026-000001", True)


def test_a_reply_to_our_letter_by_a_stranger_goes_to_a_person() -> None:
    found = match(offered(answers="0123@landlord.example", address="x@example.org"), [CASE])
    assert (found.reference, found.certain) == ("CMP-2026-000001", False)


def test_a_known_party_who_quotes_the_reference_is_believed() -> None:
    found = match(offered(reference="CMP-2026-000001"), [CASE, OTHER])
    assert (found.reference, found.certain) == ("CMP-2026-000001", True)


def test_a_stranger_who_quotes_a_reference_goes_to_a_person() -> None:
    found = match(offered(reference="CMP-2026-000001", address="x@example.org"), [CASE])
    assert (found.reference, found.certain) == ("CMP-2026-000001", False)
    assert found.because is not None


def test_a_resident_who_answers_their_own_message_continues_its_case() -> None:
    found = match(offered(answers="first@example.net"), [CASE, OTHER])
    assert (found.reference, found.certain) == ("CMP-2026-000001", True)


def test_a_known_party_with_one_case_who_asks_for_news_means_that_case() -> None:
    found = match(offered(kind="case_update"), [CASE])
    assert (found.reference, found.certain) == ("CMP-2026-000001", True)


def test_a_known_party_with_two_cases_who_asks_for_news_goes_to_a_person() -> None:
    found = match(offered(kind="case_update"), [CASE, OTHER])
    assert found.certain is False
    assert found.because is not None


def test_a_known_party_who_writes_about_something_else_starts_anew() -> None:
    assert match(offered(kind="complaint"), [CASE]).reference == ""


def test_a_closed_case_can_be_escalated_but_not_asked_about() -> None:
    closed = Candidate("CMP-2026-000003", open=False, stage=1, addresses=CASE.addresses)
    assert match(offered(kind="escalation"), [closed]).certain is True
    assert match(offered(kind="case_update"), [closed]).reference == ""


def test_a_delivery_report_belongs_to_the_letter_it_names_whoever_sent_it() -> None:
    report = offered(
        answers="0123@landlord.example", address="mailer-daemon@example.org", reports_delivery=True
    )
    found = match(report, [CASE])
    assert (found.reference, found.certain) == ("CMP-2026-000001", True)


def test_nothing_offered_matches_nothing() -> None:
    assert match(offered(address="x@example.org"), [CASE]).because is None


def test_a_message_offers_what_it_answers_and_who_writes() -> None:
    message = Message(
        sender=Address("R", "resident@example.net"),
        in_reply_to=("a@x",),
        references=("b@x",),
        delivery_report=DeliveryReport(original_message_id="c@x"),
    )
    reading = Reading.model_validate(
        {
            "kind": "case_update",
            "confidence": 1,
            "resident": {"reference": "cmp-2026-000001", "email": "Other@example.net"},
        }
    )
    found = keys(message, reading)
    assert found.answers == {"a@x", "b@x", "c@x"}
    assert found.references == {"CMP-2026-000001"}
    assert found.addresses == {"resident@example.net", "other@example.net"}
    assert found.reports_delivery
