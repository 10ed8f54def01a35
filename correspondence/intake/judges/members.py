"""Members of Parliament and councillors who do not write themselves: their offices write, or a
members' enquiries system does, whose record names the member.

An address tells a member's own letter; these are told by the record's labels and by whom somebody
says they write for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from correspondence.intake.wording.expressions import Expression

if TYPE_CHECKING:
    from correspondence.intake.matter import Matter
    from correspondence.intake.reading import Kind

Office = Literal["", "mp", "councillor"]

ENQUIRIES: Final[dict[Office, Kind]] = {"mp": "mp_enquiry", "councillor": "councillor_enquiry"}
"""What the enquiry of each elected office is called."""

_BEGINS = 600  # characters: a record names its member at its head
_COUNCILLOR = r"(?:cllrs?|councillors?|ald(?:erman)?)\b\.?"
_ASKED_BY = (
    r"(?:elected )?member|from|enquirer|enquiry from|raised by|submitted by|received from"
    r"|on behalf of"
)
_RECORDED = Expression(
    r"^[\W_]*(?:elected )?member(?:'s name| name)?\s*[:|=]\s*\S"
    rf"|^[\W_]*(?:{_ASKED_BY}|councillor|cllr)(?: name)?\s*[:|=]\s*{_COUNCILLOR}"
    r"|^[\W_]*councillor(?:'s)?(?: name)?\s*[:|=]\s*\S",
    re.MULTILINE,
)
_RECORDED_MP = Expression(
    r"^[\W_]*(?:mp|mp's name|mp name|member of parliament)\s*[:|=]\s*\S"
    rf"|^[\W_]*(?:{_ASKED_BY})(?: name)?\s*[:|=][^\n]{{3,50}}\bmp\b",
    re.MULTILINE,
)
_TITLED = Expression(
    rf"^(?:(?:re|fw|fwd): ?)*(?:(?:elected )?members?(?:'s|')? enquir|{_COUNCILLOR}(?:'s)? enquir"
    rf"|(?:me|mem|cme)[ /-]?\d[\d /-]*\W+{_COUNCILLOR})"
)
_TITLED_MP = Expression(r"^(?:(?:re|fw|fwd): ?)*mp(?:'s)? (?:enquir|letter|casework)")
_FOR = (
    r"\b(?:on behalf of|(?:writing|e-?mailing|asking|calling) for|office of|assistant to|pa to"
    r"|secretary to|caseworker (?:for|to)|team (?:for|of))\s(?:the office of )?(?:the )?"
)
_WRITES_FOR = Expression(rf"{_FOR}{_COUNCILLOR}")
_WRITES_FOR_MP = Expression(rf"{_FOR}[^.,\n]{{3,40}}\bmp\b")


def office_in(matter: Matter) -> Office:
    """Which elected office a message is an enquiry of, by its record or its writer's words."""
    title, head = matter.subject.folded, _head(matter)
    if (
        _TITLED_MP.search(title)
        or _RECORDED_MP.search(head)
        or _WRITES_FOR_MP.search(matter.cover.folded)
    ):
        return "mp"
    if _TITLED.search(title) or _RECORDED.search(head) or _WRITES_FOR.search(matter.cover.folded):
        return "councillor"
    return ""


def _head(matter: Matter) -> str:
    """How the message begins, a form's own labels among it."""
    return "\n".join(part.folded[:_BEGINS] for part in (matter.cover, matter.frame))
