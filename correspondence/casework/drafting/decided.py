"""What a person decided for a letter: the form of its kind, kept with each revision."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from correspondence.casework.drafting.letter_facts import EXTENSIONS, letter_facts
from correspondence.errors import NotAllowed
from correspondence.letters.contents import CONTENTS, Occasion
from correspondence.letters.contents.around import EnquiryReplyContent
from correspondence.letters.facts import Recipient
from correspondence.store import letters

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import sqlalchemy as sa

    from correspondence.cases.case import Case
    from correspondence.cases.definition import ComplaintDefinition
    from correspondence.casework.open_office import OpenOffice
    from correspondence.letters.contents import LetterContent
    from correspondence.letters.facts import LetterFacts
    from correspondence.letters.kinds import LetterKind


def form_for(kind: LetterKind) -> type[LetterContent] | None:
    """The form that a letter of this kind is drafted from.

    None for an acknowledgement, which says the complaint definition, and for an extension, which
    says what was decided on the case.
    """
    return None if kind in EXTENSIONS.values() else CONTENTS.get(kind)


def kept(kind: LetterKind, content: dict[str, Any]) -> LetterContent | None:
    """The content kept with a revision of that kind; None for kinds without a form."""
    form = form_for(kind)
    return form.model_validate(content) if form else None


def decided_before(
    conn: sa.Connection, case: Case, kind: LetterKind, stage: int
) -> LetterContent | None:
    """What the live draft of that kind was made from, so that it can be drafted anew.

    Raises NotAllowed where the kind has a form and nothing was decided yet.
    """
    if form_for(kind) is None:
        return None
    for row in reversed(letters.listing(conn, references=[case.reference])):
        if row.kind == kind.value and row.stage == stage and row.status == "draft":
            return kept(kind, letters.revision(conn, row.id).content)
    raise NotAllowed(
        f"A {kind.plainly} says what was decided: give that as JSON with --file, as "
        f"schemas/letter_contents/{kind.value}.json describes it."
    )


def occasion(case: Case, stage: int, letter_date: date) -> Occasion:
    """For what the letter is written."""
    return Occasion(case.stages[stage].definition, letter_date, stage)


def said_by_people(
    definition: ComplaintDefinition, content: LetterContent | None
) -> tuple[str, ...]:
    """Every passage that a person wrote for a letter: its complaint definition, its content."""
    written = [definition.model_dump(), content.model_dump() if content else {}]
    return tuple(_passages(written))


def _passages(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _passages(list(value.values()))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _passages(inner)


def facts_of(
    house: OpenOffice, case: Case, stage: int, content: LetterContent | None, *, letter_date: date
) -> LetterFacts:
    """The facts of a letter of that date, with what was decided for it, and to whom it goes."""
    facts = letter_facts(house, case, stage=stage, letter_date=letter_date)
    if content is None:
        return facts
    facts = replace(facts, extra=content.fields(occasion(case, stage, letter_date)))
    if isinstance(content, EnquiryReplyContent):
        # What was agreed with the resident is not for the eyes of whoever asked about them.
        return replace(facts, recipient=Recipient(name=content.enquirer), large_print=False)
    return facts
