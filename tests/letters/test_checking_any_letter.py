"""The check holds for any letter at all: it never raises, and it quotes what stands there."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from correspondence.letters.checking import CheckFacts, check
from correspondence.letters.checklists import Checklist, load
from correspondence.letters.kinds import LetterKind
from correspondence.letters.opening import from_plain
from correspondence.letters.text import (
    BulletList,
    Cell,
    Heading,
    LetterText,
    ListItem,
    Paragraph,
    Run,
    Table,
)
from correspondence.resources import shipped

KINDS = (
    LetterKind.STAGE1_ACKNOWLEDGEMENT,
    LetterKind.STAGE2_ACKNOWLEDGEMENT,
    LetterKind.STAGE1_EXTENSION,
    LetterKind.STAGE2_EXTENSION,
    LetterKind.STAGE1_RESPONSE,
    LetterKind.STAGE2_RESPONSE,
    LetterKind.REFUSAL,
)
CHECKLISTS = {kind: load(kind, shipped("schemas") / "letters") for kind in KINDS}

PHRASES = (
    "You complained that", "we received your complaint on", "3 March 2026", "31 June", "[date]",
    "we uphold", "not upheld", "stage 2", "Housing Ombudsman", "0300 111 3000", "because", "£50",
    "responsible for", "in due course", "every Friday", "within ten working days", "if you",
    "You would like", "by", "1.", "(a)", "-", ":", "?", "“", "ﬁ", "İ", "\u202e", "|", "\t", "\n",
    "Dear Ms X", "Yours sincerely", "more than twelve months", "discretion", "final response",
)  # fmt: skip
WORDS = st.lists(st.one_of(st.sampled_from(PHRASES), st.text(max_size=12)), max_size=25).map(
    " ".join
)
RUNS = st.lists(st.builds(Run, text=WORDS, strong=st.booleans()), max_size=3).map(tuple)
LISTS = st.builds(
    BulletList,
    ordered=st.booleans(),
    items=st.lists(st.builds(ListItem, runs=RUNS), max_size=4).map(tuple),
)
TABLES = st.builds(
    Table,
    rows=st.lists(st.lists(st.builds(Cell, runs=RUNS), max_size=3).map(tuple), max_size=4).map(
        tuple
    ),
)
BLOCKS = st.one_of(
    st.builds(Heading, level=st.integers(1, 4), runs=RUNS),
    st.builds(Paragraph, runs=RUNS),
    LISTS,
    TABLES,
)
LETTERS = st.builds(LetterText, blocks=st.lists(BLOCKS, max_size=8).map(tuple))
DAYS = st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.dates())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(letter=LETTERS, kind=st.sampled_from(KINDS), received=DAYS, due=DAYS)
def test_any_letter_is_judged_and_every_quote_stands_in_it(
    letter: LetterText, kind: LetterKind, received: date | None, due: date | None
) -> None:
    result = check(letter, CHECKLISTS[kind], CheckFacts(received=received, due=due))

    plain = letter.plain()
    for item in result.items:
        assert item.quote in plain
        assert item.met == "met" or item.advice
    for finding in result.wording:
        assert finding.quote in plain
    assert result.ok == all(item.met == "met" for item in result.items if item.required)


@settings(max_examples=60, deadline=None)
@given(text=st.one_of(st.text(max_size=600), WORDS))
def test_plain_text_of_any_sort_becomes_a_letter_that_keeps_its_words(text: str) -> None:
    letter = from_plain(text)

    kept = {word for word in letter.plain().split() if word.isalpha()}
    given_words = {word for word in text.split() if word.isalpha() and word.isascii()}
    assert {word for word in given_words if len(word) > 4} <= kept | {"Page", "page"}


@pytest.mark.parametrize(
    ("kind", "characters"),
    [
        (LetterKind.STAGE1_RESPONSE, 50_000),
        pytest.param(LetterKind.STAGE1_RESPONSE, 500_000, marks=pytest.mark.slow),
        *(
            pytest.param(kind, 50_000, marks=pytest.mark.slow)
            for kind in KINDS
            if kind != LetterKind.STAGE1_RESPONSE
        ),
    ],
)
@pytest.mark.parametrize(
    "repeated",
    [
        "you asked for the the the ",
        "we we we not not upheld if whether ",
        "12 March 2026 or 13 April ",
        "a" * 50,
        "(((((([[[[[[",
        "You complained that. ",
        "- - - - | | | |\n",
        "Housing Ombudsman. ",
    ],
)
def test_a_letter_of_any_length_is_judged(kind: LetterKind, repeated: str, characters: int) -> None:
    letter = from_plain("Dear Ms X\n\n" + repeated * (characters // len(repeated)))

    assert check(letter, CHECKLISTS[kind]).items


def test_every_checklist_judges_an_empty_letter_as_missing_all_it_asks() -> None:
    empty = LetterText(blocks=())

    for kind, checklist in CHECKLISTS.items():
        lacking = {i.id for i in check(empty, checklist).items if i.required and i.met != "met"}
        assert len(lacking) >= 4, kind
        assert not check(empty, checklist).ok


def test_the_checklists_are_those_of_their_kinds() -> None:
    for kind, checklist in CHECKLISTS.items():
        assert isinstance(checklist, Checklist)
        assert checklist.kind == kind
