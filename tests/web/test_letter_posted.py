"""The page of a letter says who prints it and how it stands there, and gives what was printed."""

from __future__ import annotations

import dataclasses
import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from correspondence.casework.handling.adjust import adjust
from correspondence.settings import Delivery, PrintHouse
from correspondence.store import postings
from tests.casework.bureau import LETTER
from tests.web.site import Site, Visitor

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

CASE = "CMP-2026-000001"
PAGE = f"/letters/{LETTER}"


def by_print_house(site: Site, folder: Path) -> Site:
    """The same pages, whose letters a print house posts."""
    house = site.bureau.house
    update = {
        "delivery": Delivery(post="print_house"),
        "print_house": PrintHouse(folder=str(folder), gather_minutes=30),
    }
    settings = house.settings.model_copy(update=update)
    office = dataclasses.replace(house.office, settings=settings)
    site.bureau.house = dataclasses.replace(house, office=office)
    return Site.of(site.bureau)


def tags(officer: Visitor) -> set[str]:
    """How the letter is tagged where it is listed, and on its own page."""
    found = set()
    for page in ("/letters", f"/cases/{CASE}", PAGE):
        text = officer.get(page).text
        words = re.findall(r'<strong class="govuk-tag govuk-tag--purple">([^<]*)</strong>', text)
        found |= set(words) - {"Vulnerable", "Reasonable adjustment"}
    return found


def test_a_letter_given_to_be_printed_says_with_whom_it_is(site: Site, tmp_path: Path) -> None:
    site = by_print_house(site, tmp_path / "house")
    desk = site.bureau
    if desk.letter(LETTER).status == "draft":
        desk.approve(LETTER)
    adjust(desk.house, desk.press, CASE, {"by": "post"}, now=desk.now, actor=desk.rowan)
    desk.approve(LETTER)
    officer = site.signed_in()
    assert "print house" not in officer.get(PAGE).text
    desk.send(LETTER)
    assert "It goes with the next batch for the print house" in officer.get(PAGE).text
    assert tags(officer) == {"It goes with the next batch"}
    desk.now += timedelta(hours=1)
    desk.run()
    page = officer.get(PAGE).text
    assert "The print house has it in the batch" in page
    assert "It was given to be printed" in page
    assert "It is in the outbox" not in page
    assert tags(officer) == {"The print house has it"}
    assert officer.client.get(f"{PAGE}/printed.pdf").status_code == 404
    with desk.house.database.writing() as conn:
        kept = desk.house.documents.keep(b"%PDF-1.7 as it was printed")
        postings.note_printed(conn, LETTER, kept)
    assert "Download what was printed" in officer.get(PAGE).text
    assert officer.client.get(f"{PAGE}/printed.pdf").data == b"%PDF-1.7 as it was printed"
