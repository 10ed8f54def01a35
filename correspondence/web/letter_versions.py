"""Two revisions of a letter, one beside the other: what was put in, what was taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template, request

from correspondence.cases.events import LetterDrafted
from correspondence.letters.revisions import differences
from correspondence.letters.text import LetterText
from correspondence.store import case_files, letters, users
from correspondence.web.desk import house

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sqlalchemy as sa
    from flask.typing import ResponseReturnValue

    from correspondence.letters.revisions import Passage
    from correspondence.store.letters import LetterRow, RevisionHead


def show(letter: str) -> ResponseReturnValue:
    """The difference, by default from what was drafted last to the newest revision."""
    with house().database.reading() as conn:
        row = letters.load(conn, letter)
        heads = letters.revision_heads(conn, letter)
        drafted = drafted_from_template(conn, row)
        before = _asked("from", heads, default=_last_draft(drafted, row.revision))
        after = _asked("to", heads, default=row.revision)
        old, new = (letters.revision(conn, letter, number) for number in (before, after))
        names = {one.name: one.display_name for one in users.listing(conn)}
    passages = differences(LetterText.model_validate(old.text), LetterText.model_validate(new.text))
    return render_template(
        "differences.html",
        letter=row,
        heads=heads,
        drafted=drafted,
        before=before,
        after=after,
        passages=passages,
        names=names,
        put_in=words_of(passages, "added"),
        taken_out=words_of(passages, "removed"),
        subjects=(old.subject, new.subject),
    )


def drafted_from_template(conn: sa.Connection, row: LetterRow) -> frozenset[int]:
    """The revisions that were made from a template and not by a person's hand."""
    return frozenset(
        one.event.revision
        for one in case_files.history(conn, row.reference)
        if isinstance(one.event, LetterDrafted)
        and one.event.letter == row.id
        and one.event.template
    )


def words_of(passages: Sequence[Passage], change: str) -> int:
    """How many words came in, or were taken out."""
    return sum(
        len(piece.words.split())
        for passage in passages
        for piece in passage.pieces
        if piece.change == change
    )


def _last_draft(drafted: frozenset[int], newest: int) -> int:
    """The draft that the newest revision comes from; where it is one itself, the one before."""
    return max((one for one in drafted if one < newest), default=max(newest - 1, 1))


def _asked(name: str, heads: Sequence[RevisionHead], *, default: int) -> int:
    given = request.args.get(name, "")
    known = {str(one.number): one.number for one in heads}
    return known.get(given, default)
