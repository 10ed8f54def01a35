"""A letter as HTML: every word escaped, in an order that can be heard."""

import re
from itertools import pairwise

import pytest
from hypothesis import given

from correspondence.letters.markup import title_of, to_html
from correspondence.letters.text import (
    Cell,
    Heading,
    LetterText,
    Paragraph,
    Run,
    Table,
    gap,
)
from tests.letters.letter_texts import LETTERS

ELEMENTS = frozenset(
    ("p", "h1", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "br", "mark", "span")
) | frozenset(("table", "thead", "tbody", "tr", "th", "td"))


def _letter(*blocks: Heading | Paragraph | Table) -> LetterText:
    return LetterText(blocks=blocks)


def _says(words: str, **look: bool | str) -> Paragraph:
    return Paragraph(runs=(Run.model_validate({"text": words, **look}),))


@given(LETTERS)
def test_only_our_own_elements_stand_in_the_page(text: LetterText) -> None:
    names = set(re.findall(r"</?([^ >/]*)", to_html(text, {})))
    assert names <= ELEMENTS


@pytest.mark.parametrize("levels", [(1, 2, 2), (2, 4, 1), (3,), (2, 2), (4, 1, 1, 3), (1, 4, 2)])
def test_there_is_one_main_heading_and_no_level_is_skipped(levels: tuple[int, ...]) -> None:
    headings = [Heading(level=level, runs=(Run(text="x"),)) for level in levels]
    printed = [int(n) for n in re.findall(r"<h(\d)", to_html(_letter(*headings), {}))]
    assert printed.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(printed))


def test_the_title_is_the_main_heading() -> None:
    second = Heading(level=2, runs=(Run(text="Second"),))
    first = Heading(level=1, runs=(Run(text="Your\ncomplaint"),))
    assert title_of(_letter(second, first)) == "Your complaint"
    assert title_of(_letter(_says("x"))) == ""


def test_only_addresses_of_our_own_become_links() -> None:
    links = {"www.example.org": "https://www.example.org"}
    html = to_html(_letter(_says("www.example.org, www.evil.example or a@evil.example")), links)
    assert html.count("<a ") == 1
    assert '<a href="https://www.example.org">www.example.org</a>,' in html


def test_a_link_that_is_no_link_is_only_words() -> None:
    html = to_html(_letter(_says("here", link="javascript:alert(1)")), {})
    assert html == "<p>here</p>"


def test_gaps_stand_out_and_dates_and_postcodes_stay_whole() -> None:
    html = to_html(_letter(_says(f"{gap('who')} by 3 May 2026 at WX1 1AA or 01632 960100")), {})
    assert "<mark>[To be completed: who]</mark>" in html
    for whole in ("3 May 2026", "WX1 1AA", "01632 960100"):
        assert f'<span class="whole">{whole}</span>' in html


def test_header_cells_say_what_they_head() -> None:
    table = Table(
        rows=(
            (Cell(runs=()), Cell(runs=(Run(text="June"),), heads="column")),
            (Cell(runs=(Run(text="Rent"),), heads="row"), Cell(runs=(Run(text="5"),))),
            (Cell(runs=(Run(text="short"),)),),
        )
    )
    html = to_html(_letter(table), {})
    assert '<thead><tr><td></td><th scope="col">June</th></tr></thead>' in html
    assert '<th scope="row">Rent</th>' in html
    assert "<td>short</td><td></td>" in html
