"""A letter is checked twice, its words and its PDF's: what reads alike is looked at once."""

import pytest

from correspondence.letters.checking import CheckResult, check
from correspondence.letters.checking.dates import dates_in
from correspondence.letters.checking.features import word_classes
from correspondence.letters.checking.gaps import has_gap
from correspondence.letters.checklists import load
from correspondence.letters.cues import occurs
from correspondence.letters.kinds import LetterKind
from correspondence.letters.opening import from_plain
from correspondence.resources import shipped
from tests.letters.labelled_texts import RESPONSE

CHECKLIST = load(LetterKind.STAGE1_RESPONSE, shipped("schemas") / "letters")
LOOKS = (occurs, has_gap, dates_in, word_classes)


def _checked(text: str) -> CheckResult:
    return check(from_plain(text), CHECKLIST)


def _looked() -> list[int]:
    return [look.cache_info().misses for look in LOOKS]


def test_words_that_read_as_before_are_not_looked_at_again() -> None:
    first = _checked(RESPONSE)
    looked = _looked()

    assert _checked(RESPONSE) == first
    assert _looked() == looked


def test_what_the_pdf_adds_is_looked_at_and_the_rest_is_not() -> None:
    words = _checked(RESPONSE)
    before = occurs.cache_info().misses
    printed = _checked(f"Harbour Homes\n1 Quay Street, Harbourtown\n\n{RESPONSE}")
    added = occurs.cache_info().misses - before
    occurs.cache_clear()
    _checked(RESPONSE)

    assert 0 < added < occurs.cache_info().misses / 2
    assert [item.met for item in printed.items] == [item.met for item in words.items]


@pytest.mark.parametrize("lost", range(len(RESPONSE.split("\n\n"))))
def test_a_letter_that_reads_otherwise_in_its_pdf_is_judged_as_if_never_seen(lost: int) -> None:
    kept = RESPONSE.split("\n\n")
    del kept[lost]
    _checked(RESPONSE)
    after_the_other = _checked("\n\n".join(kept))
    for look in LOOKS:
        look.cache_clear()

    assert _checked("\n\n".join(kept)) == after_the_other


def test_a_passage_lost_on_the_way_to_the_pdf_is_missed_there() -> None:
    whole = _checked(RESPONSE)
    contact = next(item for item in whole.items if item.id == "ombudsman_contact")
    lost = _checked("\n\n".join(p for p in RESPONSE.split("\n\n") if "mbudsman" not in p))

    assert contact.met == "met"
    assert next(item for item in lost.items if item.id == "ombudsman_contact").met == "missing"
