"""Looking for needles first changes nothing of what an expression finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.intake import extract, forms, scans, signals, understanding
from correspondence.intake.wording import narrative, passages, pieces
from correspondence.intake.wording.expressions import Expression
from correspondence.intake.wording.needles import MOST, needles

pytestmark = pytest.mark.slow

EXPRESSIONS = [
    *narrative.patterns().values(),
    *(Expression(words) for words in pieces._WISHES.values()),
    *(
        each
        for module in (extract, forms, scans, signals, understanding, passages, pieces)
        for each in vars(module).values()
        if isinstance(each, Expression)
    ),
]


@pytest.mark.parametrize(
    ("source", "needed"),
    [
        (r"\b(?:please|kindly)\b", ("kindly", "please")),
        (r"a(?:bc)?d", ()),
        (r"(?:mould|damp)? ?wall", ("wall",)),
        (r"£ ?\d", ("£",)),
        (r"\d{5}|@", ()),
        (r"(?:never )+came", ("never ",)),
        (r"(?<!not )happy(?! days)", ("happy",)),
        (r"x*", ()),
    ],
)
def test_needles_are_what_every_match_holds(source: str, needed: tuple[str, ...]) -> None:
    assert needles(source) == needed


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=lambda one: one.source[:40])
def test_there_are_never_too_many(expression: Expression) -> None:
    assert len(expression.needles) <= MOST


@pytest.mark.parametrize(
    "expression",
    [one for one in EXPRESSIONS if one.needles],
    ids=lambda one: one.source[:40],
)
@given(data=st.data())
def test_whatever_matches_holds_a_needle(expression: Expression, data: st.DataObject) -> None:
    compiled = re.compile(expression.source, expression.flags)
    text = data.draw(st.from_regex(compiled))
    assert expression.may_stand_in(text)


@given(st.text())
def test_nothing_is_found_otherwise_than_by_the_expression_alone(text: str) -> None:
    for expression in EXPRESSIONS:
        alone = [match.span() for match in expression.compiled.finditer(text)]
        assert [match.span() for match in expression.finditer(text)] == alone
