"""Postcodes, telephone numbers, addresses and references, as people write them."""

from __future__ import annotations

import re

from correspondence.intake.wording.expressions import Expression

_POSTCODE = Expression(
    r"(?<![A-Za-z0-9])(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? {0,2}\d[A-Z]{2})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_PHONE = Expression(
    r"(?<![\w/.-])(?:\+44[ ()-]{0,3}(?:0[ )-]{0,2})?|0)\d(?:[ ()-]{0,2}\d){8,9}(?![\d/-])"
)
_STREET = (
    r"[A-Z][\w'’.-]*(?: (?:[A-Z][\w'’.-]*|of|the|and|on"
    r"|in)){0,4}(?:,? [A-Z][\w'’.-]*(?![\w@])){0,3}"
)
_ADDRESS = Expression(
    rf"(?:(?:[Ff]lat|[Aa]partment|[Aa]pt|[Rr]oom|[Uu]nit) ?\w{{1,4}},? ?(?:at )?)?"
    rf"(?<![\d£/.:-])\d{{1,4}}[a-zA-Z]?,? {_STREET}"
    rf"|(?:[Ff]lat|[Aa]partment|[Rr]oom) ?\w{{1,4}},? {_STREET}"
)
_HALF_A_POSTCODE = Expression(r"(?:^|[ ,]+)[A-Z]{1,2}\d[A-Z\d]?$")
# A day, as stamps and letterheads have it; '5 May Road' is a street all the same.
_A_DAY = Expression(
    r"^\d{1,2},? (?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\b"
    r"(?! (?:avenue|close|court|crescent|drive|gardens?|green|grove|hill|house|lane|mews|park"
    r"|place|rise|road|row|square|street|terrace|view|walk|way)\b)",
    re.IGNORECASE,
)


def postcode(text: str) -> str:
    """The first postcode, with its space, or empty."""
    match = _POSTCODE.search(text)
    if match is None:
        return ""
    compact = match.group().replace(" ", "").upper()
    return f"{compact[:-3]} {compact[-3:]}"


def phone(text: str) -> str:
    """The first telephone number, as written, or empty."""
    match = _PHONE.search(text)
    return " ".join(match.group().split()) if match else ""


def address(text: str) -> str:
    """The first address that has a number and a street or a house, on one line; or empty."""
    for match in _ADDRESS.finditer(text):
        found = " ".join(match.group().split()).strip(" ,.")
        if not _A_DAY.match(found):
            # The street ends where a postcode begins, and may have taken its first half along.
            return _HALF_A_POSTCODE.compiled.sub("", found).strip(" ,.")
    return ""
