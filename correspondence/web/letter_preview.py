"""The e-mail that a letter goes out with, as its reader will have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from correspondence.casework.drafting.route import route_of
from correspondence.casework.landlord import sender_of
from correspondence.letters.kinds import LetterKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from correspondence.cases.case import Case
    from correspondence.settings import Settings
    from correspondence.store.letters import EnclosureRow, LetterRow, Revision


@dataclass(frozen=True, slots=True)
class Preview:
    """An e-mail: `to` is empty where somebody has yet to decide who may have it."""

    sender: str
    to: str
    subject: str
    text: str
    attached: tuple[str, ...]


def preview(
    settings: Settings,
    case: Case,
    row: LetterRow,
    revision: Revision,
    enclosed: Sequence[EnclosureRow],
) -> Preview | None:
    """The e-mail of a revision; None where the letter goes by post alone."""
    kind = LetterKind(row.kind)
    route = route_of(case, kind)
    if not route.by_email:
        return None
    letter = f"{row.reference}-{row.kind}.pdf"
    return Preview(
        sender=sender_of(settings),
        to=route.to,
        subject=revision.subject,
        text=revision.email_text,
        attached=(letter, *(one.name for one in enclosed)),
    )
