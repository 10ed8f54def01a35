"""A letter that is not in English is not judged, and says so."""

import pytest

from correspondence.letters.checking import CheckFacts, check
from correspondence.letters.checklists import load
from correspondence.letters.kinds import LetterKind
from correspondence.letters.opening import from_plain
from correspondence.resources import shipped

CHECKLIST = load(LetterKind.STAGE1_ACKNOWLEDGEMENT, shipped("schemas") / "letters")

WELSH = """Annwyl Mrs Talog

Diolch am eich cwyn a gawsom ar 3 Mawrth 2026 ynghylch y to sy'n gollwng. Byddwn yn ymateb o fewn
deg diwrnod gwaith. Rydych yn dymuno i'r to gael ei drwsio.

Yn gywir
"""
POLISH = """Szanowna Pani

Dziękujemy za skargę otrzymaną 3 marca 2026 roku w sprawie przeciekającego dachu. Odpowiemy w ciągu
dziesięciu dni roboczych.

Z poważaniem
"""
TERSE_ENGLISH = """Dear Ms Quayle

Complaint logged, stage 1. Received 3 March 2026. Roof leaking over the landing since January.
Reply by 17 March 2026.

S. Tranter
"""


@pytest.mark.parametrize("letter", [WELSH, POLISH])
def test_a_letter_in_another_language_is_left_to_a_person_with_the_reason(letter: str) -> None:
    result = check(from_plain(letter), CHECKLIST, CheckFacts())
    assert {item.met for item in result.items} == {"unsure"}
    assert all("English" in item.advice for item in result.items)
    assert not result.ok


def test_a_terse_english_letter_is_judged() -> None:
    result = check(from_plain(TERSE_ENGLISH), CHECKLIST, CheckFacts())
    assert any(item.met == "met" for item in result.items)
