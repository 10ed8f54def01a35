"""Address headers read by hand: one pass, however many quotes and brackets they hold (RFC 5322).

The standard library's reader nests calls on nested comments and its newer one takes seconds for
long lists. This one never fails: what makes no sense as an address is kept as a name.
"""

from __future__ import annotations

import re
from typing import Final

from correspondence.intake.mail.decoding import encoded_words, one_line
from correspondence.intake.message import Address

MOST_ADDRESSES: Final = 2_000
_QUOTED_LOCAL: Final = re.compile(r"\s*(\"[^\"]{1,64}\"@[^\s\"]{1,255})")
_SPECIAL: Final = frozenset('"(<,;:\\')


def addresses(value: str) -> tuple[Address, ...]:
    """Every address in one header value, encoded words not yet decoded, in the order written.

    Group names are left out, their members kept. `Smith, John <j@example.net>` without quotes is
    one person, as Outlook writes them. At most `MOST_ADDRESSES` are read.
    """
    found: list[Address] = []
    waiting = ""  # a bare name before a comma, which may belong to the address after it
    for phrase, bracketed in _mailboxes(value):
        name, address = _name_and_address(phrase, bracketed)
        if not address and name and bracketed is None:
            waiting = f"{waiting}, {name}" if waiting else name
            continue
        if waiting:
            if address and name and bracketed is not None and "@" not in waiting:
                name = f"{waiting}, {name}"
            else:
                found.append(Address(name=waiting))
            waiting = ""
        if name or address:
            found.append(Address(name=name, address=address))
        if len(found) >= MOST_ADDRESSES:
            break
    if waiting:
        found.append(Address(name=waiting))
    if "=?" in value and not any(one.address for one in found):
        spoken = encoded_words(value)
        if "@" in spoken and spoken != value:  # the address was encoded with the name
            return addresses(spoken.replace("=?", ""))
    return tuple(found)


def _mailboxes(value: str) -> list[tuple[str, str | None]]:
    """Split at commas and semicolons: (phrase or bare address, what stood in <>) of each."""
    out: list[tuple[str, str | None]] = []
    phrase: list[str] = []
    bracketed: str | None = None
    position, end = 0, len(value)
    while position < end:
        char = value[position]
        if char == '"':
            text, position = _quoted(value, position)
            local_part = position < end and value[position] == "@"
            phrase.append(f'"{text}"' if local_part and " " in text else text)
        elif char == "(":
            text, position = _comment(value, position)
            phrase.append(f" ({text}) ")
        elif char == "<":
            close = value.find(">", position)
            close = end if close < 0 else close
            inside = value[position + 1 : close].strip()
            if bracketed is None or ("@" in inside and "@" not in bracketed):
                bracketed = inside
            position = close + 1
        elif char in ",;":
            out.append(("".join(phrase), bracketed))
            phrase, bracketed = [], None
            position += 1
        elif char == ":" and bracketed is None and "@" not in "".join(phrase[-3:]):
            if "".join(phrase).strip().lower() != "mailto":
                phrase = []  # the name of a group
            position += 1
        elif char == "\\":
            phrase.append(value[position + 1 : position + 2])
            position += 2
        else:
            start = position
            position += 1
            while position < end and value[position] not in _SPECIAL:
                position += 1
            phrase.append(value[start:position])
    out.append(("".join(phrase), bracketed))
    return out


def _quoted(value: str, position: int) -> tuple[str, int]:
    """The quoted string that begins at `position`; without a closing quote, all that follows."""
    out: list[str] = []
    position += 1
    while position < len(value):
        char = value[position]
        if char == '"':
            return "".join(out), position + 1
        if char == "\\":
            position += 1
            char = value[position : position + 1]
        out.append(char)
        position += 1
    return "".join(out), position


def _comment(value: str, position: int) -> tuple[str, int]:
    """The comment that begins at `position`, nested ones flattened."""
    out: list[str] = []
    depth = 0
    while position < len(value):
        char = value[position]
        position += 1
        if char == "\\":
            out.append(value[position : position + 1])
            position += 1
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            if depth == 0:
                break
        else:
            out.append(char)
    return "".join(out), position


def _name_and_address(phrase: str, bracketed: str | None) -> tuple[str, str]:
    if bracketed is not None and ("@" in bracketed or not phrase.strip()):
        return _name(phrase), _address(bracketed)
    quoted = _QUOTED_LOCAL.match(phrase)
    if quoted:
        return _name(phrase[quoted.end() :]), _address(quoted.group(1))
    if "@" not in phrase:
        return _name(f"{phrase} {bracketed or ''}"), ""
    comment = ""
    if "(" in phrase:
        phrase, _, comment = phrase.partition("(")
        comment = comment.rpartition(")")[0]
    words = phrase.split()
    at = next((index for index, word in enumerate(words) if "@" in word), None)
    if at is None:
        return _name(comment or phrase), ""
    others = " ".join(words[:at] + words[at + 1 :])
    return _name(others or comment), _address(words[at])


def _name(text: str) -> str:
    name = one_line(encoded_words(text)).strip(" '\"")
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1].strip()
    return name[:300]


def _address(text: str) -> str:
    """An address in lower case, without route, mailto: or white space."""
    if _QUOTED_LOCAL.fullmatch(text):
        return one_line(text).lower()
    address = one_line(encoded_words(text)).strip("<>'\" ")
    if address.startswith("@") and ":" in address:
        address = address.rpartition(":")[2]
    address = address.removeprefix("mailto:").removeprefix("MAILTO:")
    address = address.replace(" ", "")
    return address.strip(".").lower()[:320]
