"""Take over what an officer changed in a letter: their Word file becomes its next revision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.casework.drafting import checks, decided
from correspondence.casework.drafting.draft import Drafted, file_revision
from correspondence.casework.stationery import letterheads
from correspondence.errors import DocumentRefused, NotAllowed
from correspondence.handling_code.london import day_in_london
from correspondence.handling_code.long_date import long_date
from correspondence.letters.kinds import LetterKind
from correspondence.letters.text import LetterText, cleaned
from correspondence.letters.word import brought_in, gate, walk
from correspondence.store import case_files, letters
from correspondence.store.letters import MadeOf, NewRevision

if TYPE_CHECKING:
    from datetime import datetime

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.letters.facts import LetterFacts
    from correspondence.letters.pool import LetterPress
    from correspondence.store.letters import Revision


def edit(
    house: OpenOffice,
    press: LetterPress,
    letter: str,
    docx: bytes,
    *,
    now: datetime,
    actor: Actor,
) -> Drafted:
    """Keep the edited Word file as the next revision, printed and checked like any other.

    An approval given to the old words is void. Raises DocumentRefused where the file holds
    something that cannot be taken over, and NotAllowed where the letter is on its way already.
    """
    gate(docx)
    with house.database.reading() as conn:
        row = letters.load(conn, letter)
        before = letters.revision(conn, letter)
        case = case_files.load(conn, row.reference)
    if row.status not in {"draft", "approved"}:
        raise NotAllowed(f"{letter} is {row.status.replace('_', ' ')}; it can no longer be edited.")
    old = LetterText.model_validate(before.text)
    text = walk(docx).model_copy(update={"language": old.language})
    kind = LetterKind(row.kind)
    content, today = decided.kept(kind, before.content), day_in_london(now)
    facts = decided.facts_of(house, case, row.stage, content, letter_date=today)
    _refuse_what_would_be_lost(house, docx, before, facts)
    head = letterheads.in_use(house.office)
    printed = press.print(text, facts, head.head).result()
    found = checks.findings(
        house,
        case,
        kind,
        row.stage,
        text,
        printed,
        now=now,
        content=content,
        locked=before.findings.get("locked", ()),
    )
    revision = NewRevision(
        digest=text.digest(),
        text=text.model_dump(mode="json"),
        content=before.content,
        findings=found.document(),
        subject=before.subject,
        email_text=_with_the_new_words(before.email_text, old, text),
        docx_sha256=house.documents.keep(docx),
        pdf_sha256=house.documents.keep(printed.pdf),
        made_of=MadeOf(
            before.template or "", before.template_version or 0, head.digest, head.version
        ),
    )
    with house.database.writing() as conn:
        letters.back_to_draft(conn, letter)
        return file_revision(conn, house, row, revision, found, now=now, actor=actor, edited=True)


def _refuse_what_would_be_lost(
    house: OpenOffice, docx: bytes, before: Revision, facts: LetterFacts
) -> None:
    """Raise DocumentRefused for what was added to the file and no letter carries."""
    if before.docx_sha256 is None:
        return
    landlord, handed_out = facts.landlord, house.documents.fetch(before.docx_sha256)
    letterhead = (
        *(landlord.name, landlord.department, *landlord.address_lines),
        *(landlord.phone, landlord.email, landlord.website),
        *(facts.recipient.name, *facts.recipient.address_lines),
        *(long_date(facts.letter_date), f"Our reference: {facts.reference}"),
    )
    if lost := brought_in(docx, handed_out, letterhead):
        raise DocumentRefused("This Word file cannot be used as a letter. " + " ".join(lost))


def _with_the_new_words(email_text: str, old: LetterText, new: LetterText) -> str:
    """The e-mail around the letter with the letter's new words in it, where its old ones stood."""
    before, found, after = cleaned(email_text).partition(cleaned(old.plain()))
    return f"{before}{new.plain()}{after}" if found else email_text
