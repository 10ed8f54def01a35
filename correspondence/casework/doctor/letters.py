"""The letters: templates that can be filled, and a machine that can lay them out."""

from __future__ import annotations

import io
import re
from contextlib import closing
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from correspondence.casework.doctor.finding import Finding, fail, ok, warn
from correspondence.casework.stationery import letterheads
from correspondence.casework.stationery.letterheads import LETTERHEAD
from correspondence.casework.stationery.publish_template import digests_in
from correspondence.casework.stationery.published import not_on_record
from correspondence.casework.stationery.templates import (
    changed_since_published,
    has_template,
    own_folder,
    template_for,
)
from correspondence.errors import CorrespondenceError, TemplateRefused
from correspondence.letters.drafting import draft
from correspondence.letters.kinds import LetterKind
from correspondence.letters.pdf import Letterhead, render
from correspondence.letters.specimens import fullest
from correspondence.letters.text import LetterText, Paragraph, Run
from correspondence.store.database import is_current, open_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from correspondence.settings import Office

_NEEDED: Final = (LetterKind.STAGE1_ACKNOWLEDGEMENT, LetterKind.STAGE2_ACKNOWLEDGEMENT)
_FIRST_FAMILY: Final = re.compile(r"font(?:-family)?:[^;]*?\"([^\"]+)\"")
_A_LETTER: Final = LetterText(
    blocks=(Paragraph(runs=(Run(text="Dear resident, £250 was “paid” – on 1 April."),)),)
)


def templates(office: Office, _now: datetime) -> Iterator[Finding]:
    """Every template there is can be filled; those the work cannot do without are there."""
    well = True
    for kind in LetterKind:
        if not has_template(office, kind):
            if kind in _NEEDED:
                well = False
                yield fail(
                    "letter templates",
                    f"There is no template for the {kind.plainly}.",
                    f"Put letter.docx, subject.txt and email.txt into "
                    f"{office.letter_templates / kind.value}, or install Correspondence anew.",
                )
            continue
        try:
            draft(template_for(office, kind), fullest(kind))
        except TemplateRefused as refused:
            well = False
            yield fail(
                "letter templates",
                f"The template for the {kind.plainly} cannot be filled. {refused}",
                "Put it right in Word, or take the landlord's own away to use the shipped one.",
            )
        if (own := changed_since_published(office, kind)) is not None:
            well = False
            yield warn(
                "letter templates",
                f"The files in {own} are not those that were published, and letters come from the "
                "published ones.",
                f"Publish them: correspondence template publish {kind.value}",
            )
    for name in _names_nobody_uses(office):
        well = False
        close = get_close_matches(name, [*(kind.value for kind in LetterKind), LETTERHEAD], n=1)
        yield warn(
            "letter templates",
            f"{office.letter_templates / name} is the template of no kind of letter.",
            f"Did you mean {close[0]}?" if close else "Take it away, or give it a kind's name.",
        )
    if (own := letterheads.changed_since_published(office)) is not None:
        well = False
        yield warn(
            "letter templates",
            f"The files in {own} are not those that were published, and letters are printed on the "
            "published letterhead.",
            "Publish them: correspondence template publish letterhead",
        )
    if well:
        yield ok("letter templates", "Every template that is there can be filled.")


def published(office: Office, _now: datetime) -> Iterator[Finding]:
    """Every published version stands in the record, as it is kept."""
    with closing(open_database(office.database_url)) as opened:
        if not is_current(opened):
            return
        with opened.reading() as conn:
            unknown = [
                (folder.name, number)
                for folder in (
                    *(own_folder(office, kind) for kind in LetterKind),
                    letterheads.own_folder(office),
                )
                for number in not_on_record(conn, folder, partial(digests_in, template=folder.name))
            ]
    for name, number in unknown:
        yield warn(
            "published templates",
            f"Version {number} of {name} is not in the record as it is kept: it was put there by "
            "hand, changed, or a crash came between.",
            f"Look at it, then publish what is right: correspondence template publish {name}",
        )
    if not unknown:
        yield ok("published templates", "Every published template stands in the record.")


def layout(office: Office, _now: datetime) -> Iterator[Finding]:
    """A letter can be made into a PDF, on the landlord's letterhead and in its font."""
    head = letterheads.in_use(office).head
    try:
        pdf = render(_A_LETTER, fullest(LetterKind.STAGE1_ACKNOWLEDGEMENT), head)
    except OSError:
        yield fail(
            "letter layout",
            "Letters cannot be laid out: WeasyPrint does not find the libraries it needs.",
            "Install Pango and HarfBuzz; on Debian and Ubuntu: apt-get install libpango-1.0-0 "
            "libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0",
        )
        return
    except CorrespondenceError as refused:
        yield fail(
            "letter layout",
            f"Letters cannot be laid out. {refused}",
            "Put the letterhead right, or take the landlord's own away to use the shipped one.",
        )
        return
    yield font_finding(wanted_font(head), fonts_of(pdf))


def font_finding(wanted: str, used: frozenset[str]) -> Finding:
    """Whether a PDF with the fonts `used` is set in the family the letterhead asks for."""
    if not used:
        return fail(
            "letter layout",
            "This machine has no font, so letters would come out empty.",
            "Install one; on Debian and Ubuntu: apt-get install fonts-liberation",
        )
    plain = wanted.replace(" ", "").replace("-", "").lower()
    if plain and not any(plain in name.replace("-", "").lower() for name in used):
        return warn(
            "letter layout",
            f"The letterhead asks for the font {wanted}, and letters come out in "
            f"{', '.join(sorted(used))}.",
            f"Install {wanted} (Liberation is in the package fonts-liberation), or name another "
            "font in letter.css.",
        )
    return ok("letter layout", f"Letters are laid out in {', '.join(sorted(used))}.")


def wanted_font(head: Letterhead) -> str:
    """The first family that the letterhead's style sheet names, or empty."""
    found = _FIRST_FAMILY.search(head.css)
    return found[1] if found else ""


def fonts_of(pdf: bytes) -> frozenset[str]:
    """The fonts of a PDF by name, without the tag of a subset."""
    from pypdf import PdfReader
    from pypdf.generic import DictionaryObject

    names = set()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        fonts = cast(DictionaryObject, page["/Resources"]).get("/Font", {})
        names |= {str(fonts[key]["/BaseFont"]) for key in fonts}
    return frozenset(name.lstrip("/").rpartition("+")[2] for name in names)


def _names_nobody_uses(office: Office) -> list[str]:
    known = {kind.value for kind in LetterKind} | {LETTERHEAD}
    if not office.letter_templates.is_dir():
        return []
    folders = [path.name for path in office.letter_templates.iterdir() if path.is_dir()]
    return sorted(name for name in folders if name not in known and not name.startswith("."))
