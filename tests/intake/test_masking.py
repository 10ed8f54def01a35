"""What is kept to be learned from names nobody, and reads as the message did."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.labelled_messages import LABELLED
from correspondence.intake.corrections import Correction, as_labelled, lesson_document
from correspondence.intake.labelled import labelled
from correspondence.intake.lessons import lesson
from correspondence.intake.masking import Mask, known_words, masked
from correspondence.intake.message import Address
from correspondence.intake.understanding import understand
from tests.intake.messages import LANDLORD, a_message

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Mr Aldous Quenby of 4 Thrang End rang.", "Mr _ _ of 4 _ End rang."),
        ("Ring me on 07700 900418 please", "Ring me on 01111 111111 please"),
        ("My flat is LN99 8ZX", "My flat is _ _"),
        ("See https://example.com/aldous?x=1 please", "See https://example.net/ please"),
        ("Write to a.quenby@b.example please", "Write to someone@example.net please"),
        ("Please take it to stage 2", "Please take it to stage 2"),
        ("It was the 14th of March 2026", "It was the 11th of March 1111"),
        ("Quenby's boiler", "_ boiler"),
    ],
)
def test_names_and_numbers_go_and_the_words_of_the_matter_stay(written: str, kept: str) -> None:
    assert Mask().text(written) == kept


def test_a_name_that_is_a_word_too_goes_where_it_is_known_to_be_a_name() -> None:
    mask = Mask(["Grace Mould"])
    assert "Grace" not in mask.text("Grace told me. I am Grace Mould.")
    assert "Mould" not in mask.text("I am Grace Mould.")


@given(
    st.text(
        st.characters(categories=("L", "N", "P", "Z", "S", "Cc"), exclude_characters="_"),
        max_size=200,
    )
)
def test_no_word_survives_that_reading_does_not_know(text: str) -> None:
    kept = Mask().text(text)
    for word in re.findall(r"[a-z]{3,}", kept.lower()):
        assert word in text.lower() or word in {"https", "example", "net", "someone"}
    assert not re.search(r"[2-9]\d|\d[2-9]", re.sub(r"[^0-9a-z]", " ", kept))


def test_no_digit_of_a_number_survives() -> None:
    for number in ("8840213", "020 7946 0123", "12/09/1983", "NW9 7QX", "£1,482.90", "0 7 7 0 0"):
        kept = Mask().text(f"it is {number}, yes")
        assert not re.search(r"[2-9]", kept), kept


def test_the_sender_keeps_the_office_and_loses_the_name() -> None:
    for sender, left in (
        (Address("Cllr Aldous Quenby", "a.quenby@council.example"), "Cllr"),
        (Address("Thrang & Keld Solicitors", "tk@thrangkeld-law.example"), "Solicitor"),
        (Address("Aldous Quenby", "aldous.quenby@example.com"), ""),
    ):
        message = replace(a_message("Please help."), sender=sender)
        kept = masked(message, LANDLORD).sender
        assert left.lower() in kept.name.lower()
        for word in ("aldous", "quenby", "thrang", "keld"):
            assert word not in f"{kept.name} {kept.address}".lower()
        assert understand(replace(message, sender=kept), LANDLORD).kind


def test_a_lesson_comes_back_as_it_was_kept() -> None:
    message = a_message("The lift is broken again. I want to complain.")
    reading = understand(message, LANDLORD)
    document = lesson_document(message, reading, Correction(kind="comment"), LANDLORD)
    entry = as_labelled("7", document, LANDLORD)
    assert entry.labels["kind"] == "comment"
    assert entry.message.new_text == masked(message, LANDLORD).new_text
    assert lesson(entry).kind[1] == "comment"
    assert lesson(entry).area is None  # nobody said which


def test_a_lesson_of_another_form_is_not_learned_from() -> None:
    message = a_message("The lift is broken.")
    document = lesson_document(
        message, understand(message, LANDLORD), Correction(kind="comment"), LANDLORD
    )
    with pytest.raises(ValueError, match="form"):
        as_labelled("7", document | {"format": 0}, LANDLORD)


def test_masked_messages_are_read_as_the_messages_were() -> None:
    """Of a sample of every author's, nine in ten: else a lesson would teach something else."""
    entries = [
        entry
        for file in sorted(LABELLED.glob("*.jsonl"))
        for entry in labelled(file.read_text(encoding="utf-8"), file.stem)[::25]
    ]
    same = 0
    for entry in entries:
        reading = understand(entry.message, entry.landlord)
        people = (reading.resident.name, reading.resident.address)
        kept = masked(entry.message, entry.landlord, people)
        same += understand(kept, entry.landlord).kind == reading.kind
    assert same >= 0.9 * len(entries)


def test_a_reference_of_ours_keeps_its_letters_alone() -> None:
    assert Mask((), LANDLORD).text("about CMP-2026-000047 again") == "about CMP-1111-000011 again"


def test_first_names_are_no_known_words() -> None:
    assert not {"aldous", "quenby", "wenna", "tamsin", "callum", "sarah", "smith"} & known_words()
