"""A letterhead tried before it is used: what letters on it would lack is named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from correspondence.letters.proving_letterhead import prove_letterhead
from tests.letters.at_hand import STAGE1, shipped_letterhead, shipped_template

SHIPPED = shipped_letterhead()
TEMPLATE = shipped_template(STAGE1)


def faults(layout: tuple[str, str] = ("", ""), css: str = "") -> str:
    changed = SHIPPED.layout.replace(*layout, 1) if layout[0] else SHIPPED.layout
    assert not layout[0] or changed != SHIPPED.layout
    tried = replace(SHIPPED, layout=changed, css=SHIPPED.css + css)
    found = prove_letterhead(tried, TEMPLATE)
    assert all(one.fault for one in found)
    return " ".join(one.says for one in found)


def test_the_letterhead_that_ships_is_without_fault() -> None:
    assert prove_letterhead(SHIPPED, TEMPLATE) == ()


@pytest.mark.parametrize(
    ("layout", "css", "says"),
    [
        (("{{ letter }}", ""), "", "Words are lost"),
        (('<p class="date">{{ letter_date }}</p>', ""), "", "The date is not printed"),
        (("Our reference: {{ reference }}", ""), ".letter { counter-reset: x }", "The reference"),
        (("{% for line in window_lines %}<p>{{ line }}</p>{% endfor %}", ""), "", "resident"),
        (("{{ title }}</title>", "</title>"), "", "no title"),
        (("{{ letter_date }}", "{{ leter_date }}"), "", "leter_date"),
        (("", ""), ".window { margin-left: -20mm }", "By post, a long letter would be sent back"),
        (("", ""), ".letter { margin-left: -12mm }", "sent back"),
        (("<body>", '<body><img src="asset:nowhere.png" alt="Logo">'), "", "nowhere.png"),
    ],
)
def test_what_letters_on_it_would_lack_is_named(
    layout: tuple[str, str], css: str, says: str
) -> None:
    assert says in faults(layout, css)


def test_large_print_is_tried_too() -> None:
    assert "large print" in faults(css=".large-print .letter { margin-left: -14mm }")
