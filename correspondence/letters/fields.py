"""The names a letter template may use, and what each says of this letter's facts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final

from correspondence.errors import TemplateRefused
from correspondence.handling_code.long_date import long_date
from correspondence.letters.text import cleaned, gap

if TYPE_CHECKING:
    from correspondence.cases.definition import DefinitionPoint
    from correspondence.letters.facts import LetterFacts

FIELDS: Final = {
    "reference": "our case reference",
    "letter_date": "the date of the letter, in full",
    "stage": "1 or 2",
    "received_on": "the day the complaint came in; at stage 2, the day escalation was asked for",
    "respond_by": "the day by which we send the full response",
    "respond_because": "how that day was counted, as a sentence; may be empty",
    "salutation": "what follows 'Dear'",
    "recipient.name": "to whom the letter goes",
    "landlord.name": "the landlord",
    "landlord.department": "the team that writes; may be empty",
    "landlord.address": "the landlord's address on one line; may be empty",
    "landlord.phone": "the landlord's phone number; may be empty",
    "landlord.email": "the landlord's e-mail address; may be empty",
    "landlord.website": "the landlord's website as people type it; may be empty",
    "landlord.web_link": "the landlord's website as a link; may be empty",
    "handler.name": "the named person who looks into the complaint",
    "handler.role": "that person's role; may be empty",
    "handler.contact": "how to reach them, as in 'on 01632 960123 or at ada@example.org'",
    "handler.phone": "their phone number; may be empty",
    "handler.email": "their e-mail address; may be empty",
    "ombudsman.name": "the Housing Ombudsman Service",
    "ombudsman.phone": "its phone number",
    "ombudsman.web": "its website",
    "ombudsman.web_form": "its online complaint form",
    "ombudsman.post": "its postal address on one line",
    "points": "the points of the complaint, to go through with {%p for point in points %}",
    "one_point": "whether there is only one (for {% if %})",
    "all_ours": "whether we are responsible for every point (for {% if %})",
    "own_words": "whether points and outcomes are the resident's own words (for {% if %})",
    "outcomes": "what the resident wants done; empty only where `question` asks for it",
    "question": "what we ask the resident to make clear; may be empty",
    "hazard": "whether there may be a danger in the home (for {% if %})",
    "open_service_request": "whether a repair or request is still open (for {% if %})",
    "large_print": "whether the letter is in large print (for {% if %})",
}
"""Every field that stands in all letters, and its meaning."""

POINT_FIELDS: Final = {
    "point.words": "the point, in quotation marks where it is the resident's own words",
    "point.text": "the point without quotation marks",
    "point.responsibility": "a sentence: whether we are responsible, and if not, who is",
    "point.responsible": "'yes', 'no' or 'undecided' (for {% if point.responsible == 'no' %})",
    "point.signpost": "who is responsible where we are not",
}
"""The fields inside the loop over points."""

_MARKS: Final = '"“”'
_STOPS: Final = (".", "!", "?", "…")


def fields_of(facts: LetterFacts) -> dict[str, object]:
    """What a template may speak of, by name. What is undecided is a marked gap, never empty.

    Raises TemplateRefused where a further fact takes the name of a field that stands in all
    letters.
    """
    fields: dict[str, object] = {
        "reference": _line(facts.reference) or gap("our reference"),
        "letter_date": long_date(facts.letter_date),
        "stage": facts.stage,
        "received_on": long_date(facts.received_on),
        "respond_by": (
            long_date(facts.respond_by)
            if facts.respond_by
            else gap("the date by which we will respond")
        ),
        "respond_because": _line(facts.respond_because) if facts.respond_by else "",
        "salutation": _salutation(facts),
        "recipient": SimpleNamespace(name=_line(facts.recipient.name)),
        "landlord": _landlord(facts),
        "handler": _handler(facts),
        "ombudsman": _ombudsman(facts),
        "large_print": facts.large_print,
        "hazard": facts.hazard,
        "open_service_request": facts.open_service_request,
        **_definition(facts),
    }
    taken = sorted(set(fields) & set(facts.extra))
    if taken:
        raise TemplateRefused(
            f"The further fact “{taken[0]}” has the name of a field that stands in every letter; "
            "give it another name."
        )
    return fields | {name: _plainly(value) for name, value in facts.extra.items()}


def bare(address: str) -> str:
    """A web address as people type it, without https:// before it or a slash after it."""
    return re.sub(r"(?i)^https?://", "", address).rstrip("/")


def web_link(address: str) -> str:
    """A web address as a link; empty where there is none."""
    return f"https://{re.sub(r'(?i)^https?://', '', address)}" if address else ""


def _salutation(facts: LetterFacts) -> str:
    return (
        _line(facts.recipient.salutation)
        or _line(facts.recipient.name)
        or gap("the resident's name")
    )


def _landlord(facts: LetterFacts) -> SimpleNamespace:
    landlord = facts.landlord
    return SimpleNamespace(
        name=_line(landlord.name),
        department=_line(landlord.department),
        address=", ".join(filter(None, map(_line, landlord.address_lines))),
        phone=_line(landlord.phone),
        email=_line(landlord.email),
        website=bare(_line(landlord.website)),
        web_link=web_link(_line(landlord.website)),
    )


def _handler(facts: LetterFacts) -> SimpleNamespace:
    handler = facts.handler
    unnamed = gap(
        "who deals with this complaint"
        if facts.stage == 1
        else "who reviews this complaint, somebody who did not deal with it at stage 1"
    )
    if handler is None:
        contact = gap("how to reach them")
        return SimpleNamespace(name=unnamed, role="", contact=contact, phone="", email="")
    phone, email = _line(handler.phone), _line(handler.email)
    ways = [*([f"on {phone}"] if phone else []), *([f"at {email}"] if email else [])]
    return SimpleNamespace(
        name=_line(handler.name) or unnamed,
        role=_line(handler.role),
        contact=" or ".join(ways) or gap("how to reach them"),
        phone=phone,
        email=email,
    )


def _ombudsman(facts: LetterFacts) -> SimpleNamespace:
    contact = facts.ombudsman
    return SimpleNamespace(
        name=contact.name,
        phone=contact.phone,
        web=contact.web,
        web_form=contact.web_form,
        post=contact.post_line,
    )


def _definition(facts: LetterFacts) -> dict[str, object]:
    definition = facts.definition
    points = tuple(_point(point, own_words=facts.own_words) for point in definition.points)
    outcomes = tuple(
        _quoted(outcome) if facts.own_words else _line(outcome)
        for outcome in definition.outcomes
        if _line(outcome)
    )
    question = _line(definition.question)
    return {
        "points": points or (_nothing_set_out(),),
        "one_point": len(points) == 1,
        "all_ours": bool(points) and all(point.responsible == "yes" for point in points),
        "own_words": facts.own_words and bool(points or outcomes),
        "outcomes": outcomes
        or (() if question else (gap("the outcomes the resident is seeking"),)),
        "question": question,
    }


def _point(point: DefinitionPoint, *, own_words: bool) -> SimpleNamespace:
    said = _line(point.text)
    text = _sentence(said) if said else gap("our understanding of this point")
    signpost = _line(point.signpost)
    match point.responsible:
        case True:
            answer, sentence = "yes", "We are responsible for this and will look into it."
        case False:
            signpost = signpost or gap("who is responsible, and how to reach them")
            answer, sentence = "no", f"We are not responsible for this. {_sentence(signpost)}"
        case None:
            answer, sentence = "undecided", gap("who is responsible for this point")
    return SimpleNamespace(
        text=text,
        words=_quoted(said) if own_words and said else text,
        responsible=answer,
        responsibility=sentence,
        signpost=signpost,
    )


def _nothing_set_out() -> SimpleNamespace:
    """The place of the points while none is set out."""
    text = gap("our understanding of the complaint, point by point")
    return SimpleNamespace(
        text=text,
        words=text,
        responsible="undecided",
        responsibility=gap("who is responsible"),
        signpost="",
    )


def _quoted(words: str) -> str:
    """Words in double quotation marks, with those inside them single; a sentence either way."""
    line = _line(words)
    if len(line) > 1 and line[0] in _MARKS and line[-1] in _MARKS:
        line = line[1:-1].strip()
    inner = line.replace("“", "‘").replace("”", "’").replace('"', "'")
    stop = "" if inner.endswith(_STOPS) else "."
    return f"“{inner}”{stop}"


def _sentence(words: str) -> str:
    """Words with a full stop where they end without one, so that more can follow."""
    return words if words.endswith((*_STOPS, "]")) else f"{words}."


def _line(words: str) -> str:
    """Words on one line, as a sentence, a name or an address is printed."""
    return " ".join(cleaned(words).split())


def _plainly(value: object) -> object:
    """A further fact as a template takes it: words cleaned, dates in full, groups by name."""
    if isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return cleaned(value)
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, Mapping):
        return SimpleNamespace(**{str(name): _plainly(inner) for name, inner in value.items()})
    if isinstance(value, Sequence):
        return tuple(_plainly(inner) for inner in value)
    raise TemplateRefused(
        f"A further fact is a {type(value).__name__}; letters can print words, whole numbers, "
        "dates, yes or no, and lists and groups of these."
    )
