"""Whether a letter names what belongs to nobody in its case: references, addresses, people.

What another resident's case is known by does not belong into this one's letter. The letter's words
alone do not tell whose they are; `mentioned` gives what to look up, and the record of the case
comes back with what is known from elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.contacts import HOUSING_OMBUDSMAN, LOCAL_GOVERNMENT_OMBUDSMAN
from correspondence.letters.checking.record.finding import Finding, Held
from correspondence.letters.checking.record.names import TITLES, likeness, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.letters.checking.record.finding import Sentence
    from correspondence.letters.text import LetterText

_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_PHONE: Final = re.compile(
    r"(?<![\w£.,])(?:\+44[ ()-]{0,3}(?:\(0\))?|0)\d(?:[ ()-]{0,2}\d){7,10}(?!\d)"
)
_POSTCODE: Final = re.compile(
    r"\b([A-Z]{1,2}\d[A-Z\d]?) {0,2}(\d[ABD-HJLNP-UW-Z]{2})\b", re.IGNORECASE
)
_NAME: Final = re.compile(
    r"(?<![\w'’-])[^\W\d_a-zà-ÿ][\w'’-]{0,40}"
    r"(?: +(?:(?:de|da|van|von|der|den|bin|al|el|la|le|ap|of) +){0,2}"
    r"[^\W\d_a-zà-ÿ][\w'’.-]{0,40}){1,4}"
)
_OURS: Final = re.compile(
    r"\b(?:our|your|case|complaint|my) (?:case |complaint )?ref(?:erence)?\b"
    r"|\bref(?:erence)?(?: no)?\.? ?[:.]|\b(?:your|this) complaint (?:\(|reference|number)|^re:"
)
_MAIL_OF_ANYBODY: Final = """\
gmail.com googlemail.com hotmail.com hotmail.co.uk outlook.com live.com live.co.uk yahoo.com
    yahoo.co.uk icloud.com me.com aol.com btinternet.com sky.com virginmedia.com talktalk.net
    proton.me protonmail.com gmx.com ntlworld.com msn.com mail.com"""
PRIVATE_MAIL: Final = frozenset(_MAIL_OF_ANYBODY.split())
"""Where private people have their mail."""

_MOST: Final = 400


@dataclass(frozen=True, slots=True)
class Mentioned:
    """What a letter names that may be known from some case, as it is looked up."""

    references: frozenset[str]
    emails: frozenset[str]
    names: frozenset[str]


def mentioned(text: LetterText, reference_pattern: str) -> Mentioned:
    """The references, e-mail addresses and names of two words or more that a letter holds.

    References in the form the office gives them, addresses and names in lower case; of each no
    more than a letter can reasonably hold.
    """
    plain = text.plain()
    names: set[str] = set()
    for line in plain.splitlines():
        for run in _NAME.finditer(line):
            words = [w.strip(".'’") for w in run[0].split() if w.lower().strip(".") not in TITLES]
            for count in (2, 3, 4):
                for start in range(len(words) - count + 1):
                    names.add(" ".join(words[start : start + count]).lower())
    return Mentioned(
        references=frozenset(_some(_references(plain, reference_pattern))),
        emails=frozenset(_some(found[0].lower().rstrip(".") for found in _EMAIL.finditer(plain))),
        names=frozenset(_some(sorted(names))),
    )


def _some(found: Iterator[str] | list[str]) -> list[str]:
    return [one for one, _ in zip(dict.fromkeys(found), range(_MOST), strict=False)]


def _references(plain: str, pattern: str) -> Iterator[str]:
    """Every reference of the landlord's pattern, however its letters and dashes are printed."""
    for found in re.finditer(rf"(?<![\w-])(?:{pattern})(?!\d)", _dashed(plain), re.IGNORECASE):
        yield found[0].upper()


def _dashed(text: str) -> str:
    return re.sub(r"[‐‑‒–—−]", "-", text)


def strangers(held: Held) -> Iterator[Finding]:
    """What is named and is nobody's in this case."""
    yield from _other_references(held)
    yield from _other_emails(held)
    yield from _other_phones(held)
    yield from _other_postcodes(held)
    yield from _other_people(held)


def _other_references(held: Held) -> Iterator[Finding]:
    record = held.record
    ours = record.reference.upper()
    known = {one.value.upper(): one for one in record.elsewhere if one.what == "reference"}
    for sentence in held.letter.sentences:
        for reference in _references(sentence.text, record.reference_pattern):
            if reference == ours:
                continue
            as_ours = _is_printed_as_ours(sentence)
            same_resident = reference in record.ours.references
            if same_resident and not as_ours:
                continue
            other = known.get(reference)
            yield Finding(
                "case_reference",
                sentence.text,
                "The reference printed as this case's is another's."
                if as_ours
                else "The letter names a case of another resident."
                if other and other.certain
                else "The letter names another case.",
                "Put in this case's reference; if the letter belongs to the other case, keep it "
                "there."
                if as_ours
                else "Take it out, unless the resident may know of it.",
                stops=as_ours or bool(other and other.certain),
                clause="5.12",
            )


def _is_printed_as_ours(sentence: Sentence) -> bool:
    return sentence.zone == "before" or (
        bool(_OURS.search(sentence.folded)) and len(sentence.folded) < 120
    )


def _other_emails(held: Held) -> Iterator[Finding]:
    record = held.record
    known = {email for party in record.parties for email in party.emails} | record.ours.emails
    known |= {
        found[0].lower() for point in record.points for found in _EMAIL.finditer(point.signpost)
    }
    elsewhere = {one.value: one for one in record.elsewhere if one.what == "email"}
    for sentence in held.letter.sentences:
        for found in _EMAIL.finditer(sentence.text):
            email = found[0].lower().rstrip(".")
            domain = email.rpartition("@")[2]
            if email in known or _is_under(domain, record.ours.domains):
                continue
            other = elsewhere.get(email)
            if other is None and domain not in PRIVATE_MAIL:
                continue
            yield Finding(
                "case_stranger",
                sentence.text,
                "The letter names an e-mail address that another case is known by."
                if other
                else "The letter names a private e-mail address that nobody in this case has.",
                "Take it out, or find out whose it is before the letter goes.",
                stops=bool(other and other.certain),
            )


def _is_under(domain: str, domains: frozenset[str]) -> bool:
    return any(domain == one or domain.endswith(f".{one}") for one in domains)


def _other_phones(held: Held) -> Iterator[Finding]:
    record = held.record
    known = {phone_digits(p) for party in record.parties for p in party.phones}
    known |= {phone_digits(phone) for phone in record.ours.phones}
    known |= {
        phone_digits(found[0])
        for point in record.points
        for found in _PHONE.finditer(point.signpost)
    }
    for sentence in held.letter.sentences:
        for found in _PHONE.finditer(sentence.text):
            digits = phone_digits(found[0])
            if digits.startswith("07") and digits not in known:
                yield Finding(
                    "case_stranger",
                    sentence.text,
                    "The letter names a mobile number that nobody in this case has.",
                    "Make sure whose it is, and that the resident may have it.",
                )


def phone_digits(number: str) -> str:
    """A telephone number by its digits, as it is dialled in the United Kingdom."""
    digits = re.sub(r"\D", "", number.replace("(0)", ""))
    return f"0{digits[2:]}" if digits.startswith("44") else digits


def _other_postcodes(held: Held) -> Iterator[Finding]:
    """Another home's postcode. Without the resident's own on record nothing can be compared."""
    record = held.record
    if not record.resident.postcode:
        return
    known = {party.postcode for party in record.parties if party.postcode} | record.ours.postcodes
    told = (
        *(one.post_line for one in (*HOUSING_OMBUDSMAN, *LOCAL_GOVERNMENT_OMBUDSMAN)),
        *record.outcomes,
        *(f"{point.text} {point.signpost}" for point in record.points),
    )
    known = {postcode(one) for one in known} | {
        postcode(found[0]) for text in told for found in _POSTCODE.finditer(text)
    }
    for sentence in held.letter.sentences:
        for found in _POSTCODE.finditer(sentence.text):
            if postcode(found[0]) not in known:
                yield Finding(
                    "case_address" if sentence.zone == "before" else "case_stranger",
                    sentence.text,
                    "The letter names a postcode that is neither the resident's nor ours.",
                    "Make sure that it goes, and refers, to the right home.",
                )


def postcode(text: str) -> str:
    """A postcode without its space, in capitals."""
    return re.sub(r"\s", "", text).upper()


def _other_people(held: Held) -> Iterator[Finding]:
    record = held.record
    elsewhere = {one.value for one in record.elsewhere if one.what == "name"}
    known = [*(party.name for party in record.parties if party.name), *record.ours.names]
    strange = {name for name in elsewhere if not any(_same_people(name, one) for one in known)}
    for name in sorted(strange):
        told = parts(name)
        where = next((s for s in held.letter.sentences if _names(s, told)), None)
        if where is not None:
            yield Finding(
                "case_stranger",
                where.text,
                "Another case has a resident of a name that stands in this letter.",
                "If it is that person, take out whatever concerns them alone.",
            )


def _same_people(name: str, known: str) -> bool:
    return likeness(name, known) == "same" and set(parts(name)) <= set(parts(known))


def _names(sentence: Sentence, told: tuple[str, ...]) -> bool:
    words = parts(sentence.text)
    return any(words[at : at + len(told)] == told for at in range(len(words) - len(told) + 1))
