"""A letterhead tried before it is used: letters printed on it, read back, held to the envelope."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from correspondence.errors import CorrespondenceError
from correspondence.handling_code.long_date import long_date
from correspondence.letters.drafting import draft
from correspondence.letters.pdf import render
from correspondence.letters.post.precheck import precheck
from correspondence.letters.post.zones import BY_HAND, NOTIFY
from correspondence.letters.proving import TemplateFinding
from correspondence.letters.readback import differences, read_back
from correspondence.letters.specimens import specimens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.letters.facts import LetterFacts
    from correspondence.letters.pdf import Letterhead
    from correspondence.letters.template import LetterTemplate


def prove_letterhead(
    letterhead: Letterhead, template: LetterTemplate
) -> tuple[TemplateFinding, ...]:
    """What is wrong with a letterhead; empty where letters of the template can go out on it.

    The least and the fullest letter are printed on it, the fullest in large print too.
    """
    least, fullest, _ = specimens(template.kind)
    *lines, _ = fullest.facts.recipient.address_lines
    home = replace(fullest.facts.recipient, address_lines=(*lines, _NOWHERE))
    posted = replace(fullest.facts, recipient=home)
    tried = (
        ("the shortest letter", least.facts),
        ("a long letter", posted),
        ("a letter in large print", replace(posted, large_print=True)),
    )
    found = [one for what, facts in tried for one in _printed(letterhead, template, facts, what)]
    return tuple(dict.fromkeys(found))


def _printed(
    letterhead: Letterhead, template: LetterTemplate, facts: LetterFacts, what: str
) -> Iterator[TemplateFinding]:
    words = draft(template, facts).text
    try:
        pdf = render(words, facts, letterhead)
    except CorrespondenceError as refused:
        yield TemplateFinding("unusable", fault=True, says=str(refused))
        return
    said = read_back(pdf)
    for lost in differences(words, said):
        yield _fault("words_lost", f"Words are lost on it. {lost}")
        break
    if not (said.tagged and said.language and said.title):
        yield _fault(
            "not_accessible",
            "What is printed on it has no structure, language or title, so a screen reader cannot "
            "follow it. Keep <html lang>, <title> and the headings of the shipped letterhead.",
        )
    if not said.fonts_embedded:
        yield _fault("fonts", "A font is not put into the file. Put it beside the letterhead.")
    plain = " ".join(said.text.split())
    for name, value in (
        ("date", long_date(facts.letter_date)),
        ("reference", facts.reference),
        ("name of the landlord", facts.landlord.name),
        ("name of the resident", facts.recipient.name),
    ):
        if value not in plain:
            yield _fault(
                "not_printed",
                f"The {name} is not printed. See the shipped {_LAYOUT} for the field to put in.",
            )
    if facts.recipient.address_lines:
        for one in precheck(pdf, BY_HAND if facts.large_print else NOTIFY):
            yield _fault(f"post_{one.code}", f"By post, {what} would be sent back. {one.says}")


_LAYOUT: Final = "layout.html"

_NOWHERE: Final = "YO99 9ZZ"
"""A postcode that is well formed and nobody's home, for an envelope that is only looked at."""


def _fault(name: str, says: str) -> TemplateFinding:
    return TemplateFinding(name, fault=True, says=says)
