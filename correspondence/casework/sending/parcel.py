"""What lies in the outbox for one letter: as ready e-mail, for the post, and a receipt."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.casework import landlord
from correspondence.casework.drafting import decided, enclose
from correspondence.casework.drafting.route import route_of
from correspondence.errors import RecordBroken
from correspondence.handling_code.london import day_in_london
from correspondence.letters.formats import email_page
from correspondence.letters.kinds import LetterKind
from correspondence.letters.mail import ready_mail
from correspondence.letters.spoken import spoken
from correspondence.letters.text import LetterText, cleaned
from correspondence.store import letters, messages

if TYPE_CHECKING:
    import sqlalchemy as sa

    from correspondence.cases.case import Case
    from correspondence.casework.drafting.route import Route
    from correspondence.casework.open_office import OpenOffice
    from correspondence.store.letters import LetterRow, Revision

PRINT_COPY: Final = "-print.pdf"
"""How the name of the file ends that is printed and posted."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """The files of one letter, by name, the receipt last.

    `printed` names the one to be printed and posted; empty where the letter does not go by post.
    """

    files: dict[str, bytes]
    route: Route
    printed: str

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files, in the order in which they are put there."""
        return tuple(self.files)


def parcel_of(
    conn: sa.Connection, house: OpenOffice, case: Case, row: LetterRow, revision: Revision
) -> Parcel:
    """The files of an approved letter; the same for the same approval, whenever they are made.

    Raises RecordBroken where what was approved is no longer what is kept.
    """
    if row.digest != revision.digest or not revision.pdf_sha256 or not row.approved_at:
        raise RecordBroken(
            f"What was approved as {row.id} is not what is kept; approve it again before sending."
        )
    name, kind = _file_name(conn, row), LetterKind(row.kind)
    route = route_of(case, kind)
    text = LetterText.model_validate(revision.text)
    to_be_heard = case.adjustments.plain_text and kind is not LetterKind.ENQUIRY_REPLY
    files: dict[str, bytes] = {}
    if route.by_email:
        files[f"{name}.pdf"] = house.documents.fetch(revision.pdf_sha256)
    if revision.docx_sha256:
        files[f"{name}.docx"] = house.documents.fetch(revision.docx_sha256)
    if route.by_email:
        files[f"{name}.eml"] = _email(
            conn, house, case, row, revision, name=name, to=route.to, to_be_heard=to_be_heard
        )
    if to_be_heard:
        files[f"{name}.txt"] = spoken(text).encode()
    printed = f"{name}{PRINT_COPY}" if route.by_post else ""
    if printed:
        files[printed] = _print_copy(house, row, revision)
    files[f"{name}.receipt.json"] = _receipt(row, revision, tuple(files), route)
    return Parcel(files, route, printed)


def _print_copy(house: OpenOffice, row: LetterRow, revision: Revision) -> bytes:
    if not revision.print_sha256:
        raise RecordBroken(
            f"{row.id} was not approved to go by post; approve it again before sending."
        )
    return house.documents.fetch(revision.print_sha256)


def _email(
    conn: sa.Connection,
    house: OpenOffice,
    case: Case,
    row: LetterRow,
    revision: Revision,
    *,
    name: str,
    to: str,
    to_be_heard: bool,
) -> bytes:
    """The ready e-mail: the letter and its enclosures attached, each a file of its own.

    For a screen reader (`to_be_heard`) it carries the letter as plain text alone.
    """
    if not row.approved_at or not revision.pdf_sha256:
        raise AssertionError("only what was approved is laid out")
    kind, answered = LetterKind(row.kind), ""
    if row.drafted_for:
        answered = messages.load(conn, row.drafted_for).message_id
    content = decided.kept(kind, revision.content)
    approved_on = day_in_london(row.approved_at)
    facts = decided.facts_of(house, case, row.stage, content, letter_date=approved_on)
    text = LetterText.model_validate(revision.text)
    said = _to_be_heard(revision.email_text, text) if to_be_heard else revision.email_text
    return ready_mail(
        facts=facts,
        subject=revision.subject,
        email_text=said,
        email_html="" if to_be_heard else email_page(said, text, facts),
        pdf=house.documents.fetch(revision.pdf_sha256),
        pdf_name=f"{name}.pdf",
        message_id=f"<{row.message_id}>",
        from_=landlord.sender_of(house.settings),
        to=to or None,
        in_reply_to=f"<{answered}>" if answered else "",
        date=row.approved_at,
        acknowledgement=row.kind.endswith("_acknowledgement"),
        enclosures=enclose.files(house, letters.enclosures(conn, row.id)),
    )


def _to_be_heard(email_text: str, text: LetterText) -> str:
    """The e-mail with the letter's words set to be heard, where they stand in it."""
    before, found, after = cleaned(email_text).partition(cleaned(text.plain()))
    return f"{before}{spoken(text).strip()}{after}" if found else email_text


def _receipt(row: LetterRow, revision: Revision, names: tuple[str, ...], route: Route) -> bytes:
    """What lies in the outbox and under whose approval; no personal detail of the resident."""
    said = {
        "letter": row.id,
        "reference": row.reference,
        "kind": row.kind,
        "stage": row.stage,
        "revision": revision.number,
        "digest": revision.digest,
        "pdf_sha256": revision.pdf_sha256,
        "print_sha256": revision.print_sha256,
        "message_id": row.message_id,
        "approved_by": row.approved_by,
        "approved_at": row.approved_at.isoformat() if row.approved_at else None,
        "by_email": route.by_email,
        "by_post": route.by_post,
        "addressed": bool(route.to),
        "files": list(names),
        "next": f"Once it has gone, record it: correspondence letter sent {row.id} --on DATE",
    }
    return (json.dumps(said, indent=2, ensure_ascii=False) + "\n").encode()


def _file_name(conn: sa.Connection, row: LetterRow) -> str:
    """``<reference>-<kind>``; a later letter of the same kind carries its number as well."""
    earlier = [
        other
        for other in letters.listing(conn, references=[row.reference])
        if other.kind == row.kind and other.number < row.number
    ]
    return f"{row.reference}-{row.kind}" + (f"-{len(earlier) + 1}" if earlier else "")
