"""What is owed on a case leads to the page on which it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.casework.bureau import LETTER

if TYPE_CHECKING:
    from tests.web.site import Site

CASE = "CMP-2026-000001"


def ways(page: str) -> dict[str, str]:
    """The links under what is owed: what each says, and where it leads."""
    found = LexborHTMLParser(page).css(".app-owed a")
    return {one.text(): one.attributes["href"] or "" for one in found}


def test_what_is_owed_leads_to_the_letter_for_it(site: Site) -> None:
    visitor = site.signed_in()
    way = ways(visitor.text(f"/cases/{CASE}"))
    assert way["Review the stage 1 acknowledgement"] == f"/letters/{LETTER}"
    there = way["Write the stage 1 response"]
    assert there == f"/cases/{CASE}/letters?kind=stage1_response"
    for href in way.values():
        assert visitor.get(href).status_code == 200, href
    site.bureau.approve(LETTER)
    assert ways(visitor.text(f"/cases/{CASE}"))["Send the stage 1 acknowledgement"]
    site.bureau.send(LETTER)
    assert ways(visitor.text(f"/cases/{CASE}"))["Say that the stage 1 acknowledgement went"]


def test_what_nobody_has_defined_is_defined_first(site: Site) -> None:
    way = ways(site.signed_in().text("/cases/CMP-2026-000002"))
    assert way["Set out the definition"] == "/cases/CMP-2026-000002/definition", way


def test_what_is_found_is_called_what_it_is(site: Site) -> None:
    found = LexborHTMLParser(site.signed_in().text("/search?words=gutter")).css(".app-found h3 a")
    called = {one.text(): one.attributes["href"] for one in found}
    assert called[f"Stage 1 acknowledgement, {LETTER}"] == f"/letters/{LETTER}"
    assert called["Formal complaint, message 1"] == "/messages/1"


@pytest.mark.slow
def test_a_reader_is_led_to_no_page_that_is_not_theirs(site: Site) -> None:
    visitor = site.signed_in("reader")
    for href in ways(visitor.text(f"/cases/{CASE}")).values():
        assert visitor.get(href).status_code == 200, href
