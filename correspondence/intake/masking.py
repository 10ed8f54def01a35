"""A message without what it says of anybody: names, addresses and numbers masked, words kept.

What an officer corrects is kept to be learned from, longer than the message itself may be. So only
what reading can learn from anyhow is kept: words that the shipped vocabularies and weights know.
Whatever else was written becomes `_`, in the same place, so that what is left still reads as it
did; a number keeps its length and no more.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from correspondence.intake import forms, scans, signals
from correspondence.intake.landlord_signs import belongs
from correspondence.intake.message import Address, Attachment, Message
from correspondence.intake.wording.findings import phrasebook
from correspondence.intake.wording.narrative import patterns
from correspondence.intake.wording.passages import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from correspondence.intake.landlord_signs import LandlordSigns

MOST_CHARACTERS = 20_000
"""How much of a text is kept; learning looks at no more of anybody's letter."""

_KEPT_HEADERS = (
    "auto-submitted", "precedence", "list-id", "list-unsubscribe", "x-auto-response-suppress",
    "x-autoreply", "x-autorespond", "return-path", "content-type",
)  # fmt: skip
_PIECE = re.compile(
    r"(?P<link>(?:https?://|www\.)\S+)"
    r"|(?P<mail>[^\s<>@,;:()\"]+@[^\s<>@,;:()\"]+)"
    r"|(?P<word>[^\W_]+(?:['’ʼ][^\W_]+)*)"
)
_NUMBER = re.compile(
    r"(?P<ordinal>\d{1,2}(?:st|nd|rd|th))|\d+(?P<unit>am|pm|x|k|p)?", re.IGNORECASE
)
_ALONE = re.compile(r"(?<![\d./:-])(?<!\d )\d(?![\d./:-]|[ ]\d)")
_BEGINS = re.compile(r"(?:^|[.!?:\n\"“(•*-])\s*$")
_DOMAIN_WORDS = frozenset((
    "gov", "nhs", "police", "parliament", "org", "ac", "sch", "com", "net", "co", "uk", "example",
    "council", "law", "legal", "solicitor", "solicitors", "llp", "housing", "school", "hospital",
    "advocacy", "shelter", "mind", "refuge", "ombudsman", "surgery", "health", "claims",
))  # fmt: skip


@cache
def known_words() -> frozenset[str]:
    """The words of rules, and those that many labelled messages have in small letters."""
    listed = files("correspondence.intake.judges").joinpath("learned", "words.txt")
    return _of_rules() | frozenset(listed.read_text(encoding="utf-8").split())


def everyday_words(texts: Iterable[str]) -> list[str]:
    """The words that several texts have, written small within a sentence: nobody's name.

    `benchmarks/learn_reading.py` makes the list of them that is shipped.
    """
    within: Counter[str] = Counter()
    small: Counter[str] = Counter()
    texts_with: Counter[str] = Counter()
    for text in texts:
        seen = set()
        for found in _PIECE.finditer(text):
            word = found["word"]
            if not word or not word.isascii() or not word.replace("'", "").isalpha():
                continue
            plain = word.lower().replace("'", "")
            if not _begins(text, found.start()):
                within[plain] += 1
                small[plain] += word.islower()
                seen.add(plain)
        texts_with.update(seen)
    return sorted(
        word
        for word, count in within.items()
        if texts_with[word] >= _SEVERAL and small[word] >= _MOSTLY * count
    )


_SEVERAL, _MOSTLY = 4, 0.9


@cache
def _of_rules() -> frozenset[str]:
    """The words of phrases and rules, which are the field's own."""
    phrases = (line for each in phrasebook().families.values() for line in each.phrases)
    sources = (*forms.sources(), *scans.sources(), *(one.source for one in patterns().values()))
    return frozenset(
        word
        for text in (*phrases, *sources)
        for word in re.findall(r"[a-z]{2,}", re.sub(r"\\[a-zA-Z]", " ", text.lower()))
    )


@cache
def _beginnings() -> frozenset[str]:
    """How words begin whose rest a phrase leaves free."""
    phrases = (line for each in phrasebook().families.values() for line in each.phrases)
    return frozenset(word for line in phrases for word in re.findall(r"([a-z]{4,})\*", line))


class Mask:
    """Masks texts; `names` are those of the people the message is known to be about.

    A reference of the landlord's own keeps its letters, being the sign that there is a case.
    """

    def __init__(self, names: Iterable[str] = (), landlord: LandlordSigns | None = None) -> None:
        self._reference = landlord.reference if landlord is not None else None
        self._names = frozenset(
            word
            for name in names
            for word in re.findall(r"[^\W\d_]{2,}", fold(name))
            if word not in _TITLES
        )

    def text(self, written: str) -> str:
        """A text with everything masked that is not a known word."""
        kept = written[:MOST_CHARACTERS]
        folded = fold(kept)
        pieces: list[str] = []
        end = 0
        ours = self._reference.finditer(kept) if self._reference else ()
        named = frozenset(place for one in ours for place in range(one.start(), one.end()))
        for found in _PIECE.finditer(kept):
            pieces.append(kept[end : found.start()])
            if found.start() in named:
                pieces.append(re.sub(r"(?<=[1-9])\d|[1-9]", "1", found.group()))
            else:
                pieces.append(self._piece(found, kept, folded))
            end = found.end()
        return "".join((*pieces, kept[end:]))

    def _piece(self, found: re.Match[str], kept: str, folded: str) -> str:
        if found["link"]:
            return "https://example.net/"
        if found["mail"]:
            return "someone@example.net"
        word = found["word"]
        if any(letter.isdigit() for letter in word):
            return _number(word, kept, found.start())
        return word if self._is_known(word, kept, folded, found.start()) else "_"

    def _is_known(self, word: str, kept: str, folded: str, start: int) -> bool:
        plain = folded[start : start + len(word)]
        bare = plain.replace("'", "")
        if bare.removesuffix("s") in self._names or bare in self._names:
            return bare in _LITTLE and word.islower()
        if len(bare) == 1:
            return bare in "aio" or word.islower()
        ruled = bare in _of_rules() or any(part in _of_rules() for part in plain.split("'")[:1])
        if word[:1].isupper() and not word.isupper() and not _begins(kept, start):
            return ruled or bare in _ALWAYS
        return ruled or bare in known_words() or _is_a_form(bare)


def _is_a_form(word: str) -> bool:
    """Whether a word is a form of one whose rest a phrase leaves free: complained, complaining."""
    return any(
        word[:size] in _beginnings() and word[size:] in _ENDINGS for size in range(4, len(word))
    )


def _begins(kept: str, start: int) -> bool:
    """Whether a sentence or line begins here, where everybody writes a capital."""
    return bool(_BEGINS.search(kept[max(0, start - 8) : start]))


def _number(word: str, kept: str, start: int) -> str:
    """A number of the same length; a single figure that stands alone says nothing of anybody."""
    if len(word) == 1 and _ALONE.match(kept, start):
        return word
    whole = _NUMBER.fullmatch(word)
    if whole is None:
        return "_"
    zeros = len(word) - len(word.lstrip("0")) if not whole["ordinal"] else 0
    return "0" * zeros + re.sub(r"\d", "1", word[zeros:])


_ALWAYS = ("i", "im", "ive", "id", "ill")
_ENDINGS = frozenset((
    "s", "es", "d", "ed", "ing", "er", "ers", "ings", "ment", "ments", "ation", "ations", "ion",
    "ions", "ly", "ity", "al", "ance", "y", "ies", "ied", "e", "able", "ful", "ness", "or", "ors",
    "ive", "ic", "ous", "ise", "ised", "ising", "ize", "ized", "izing", "t", "ts", "ted", "ting",
))  # fmt: skip
_LITTLE = frozenset(("may", "will", "hope", "can", "do", "so", "an", "in", "no", "on", "we", "he"))
_TITLES = frozenset((
    "mr", "mrs", "ms", "miss", "mx", "dr", "rev", "sir", "dame", "cllr", "councillor", "mp", "the",
    "and", "of", "for", "team", "council", "housing", "solicitors", "llp",
))  # fmt: skip


def masked(message: Message, landlord: LandlordSigns, people: Iterable[str] = ()) -> Message:
    """The message as it may be kept to learn from.

    `people` are names and addresses that the reading found. What says nothing of the kind of
    message (recipients, dates, pictures, files' bytes) is left out altogether.
    """
    names = (*people, message.sender.name, *(one.name for one in message.reply_to))
    mask = Mask(names, landlord)
    return _masked(message, landlord, mask)


def _masked(message: Message, landlord: LandlordSigns, mask: Mask) -> Message:
    return Message(
        sender=Address(
            signals.roles_in(message.sender.name), _address(message.sender.address, landlord)
        ),
        subject=mask.text(message.subject),
        in_reply_to=tuple(_thread(one, landlord) for one in message.in_reply_to),
        references=tuple(_thread(one, landlord) for one in message.references),
        text=mask.text(message.text),
        new_text=mask.text(message.new_text),
        quoted_text=mask.text(message.quoted_text),
        signature=mask.text(message.signature),
        forwarded=tuple(_masked(inner, landlord, mask) for inner in message.forwarded),
        attachments=tuple(_attachment(one, mask) for one in message.attachments),
        headers={
            name: tuple(_header(value) for value in values)
            for name in _KEPT_HEADERS
            if (values := message.headers.get(name))
        },
        delivery_report=replace(
            message.delivery_report, original_message_id="", recipient="", reason=""
        )
        if message.delivery_report
        else None,
        unreadable=message.unreadable,
    )


def _address(address: str, landlord: LandlordSigns) -> str:
    """An address that says as much of its office and as little of its owner."""
    if landlord.is_own(address):
        return address
    local, at, domain = address.rpartition("@")
    if not at:
        return ""
    kept = local if signals.is_machines_local(local) or scans.is_copiers(local) else "someone"
    return f"{kept}@{_domain(domain, landlord)}"


def _domain(domain: str, landlord: LandlordSigns) -> str:
    offices = (
        *landlord.domains, *landlord.councillor_domains, *landlord.parliament_domains,
        *landlord.ombudsman_domains,
    )  # fmt: skip
    if belongs(domain, offices):
        return domain
    if not signals.is_organisation(domain, landlord):
        return "example.net"
    return re.sub(
        r"[^.-]+", lambda part: part[0] if part[0] in _DOMAIN_WORDS else "x", domain.lower()
    )


def _thread(message_id: str, landlord: LandlordSigns) -> str:
    """A Message-ID of which only what is ours remains: our domain, a reference of ours."""
    ours = next((each for each in landlord.domains if each in message_id.lower()), "example.net")
    named = landlord.reference.search(message_id)
    return f"{re.sub(r'[0-9]', '1', named.group()) if named else 'thread'}@{ours}"


def _header(value: str) -> str:
    """Of a header no more than the words by which machines are told."""
    if value.strip() == "<>":
        return "<>"
    told = _MACHINES_WORD.findall(value.lower())
    return "; ".join(told) or "given"


_MACHINES_WORD = re.compile(
    r"auto-(?:replied|generated|notified)|auto_reply|\b(?:bulk|junk|list|no)\b"
    r"|(?:multipart|text|message)/[a-z-]+|report-type=\"?[a-z-]+"
)


def _attachment(attachment: Attachment, mask: Mask) -> Attachment:
    name, dot, kind = attachment.name.rpartition(".")
    return Attachment(
        name=f"{mask.text(name)}{dot}{kind}" if dot else mask.text(attachment.name),
        content_type=attachment.content_type,
        content=b"",
        sha256="",
        text=mask.text(attachment.text),
        from_picture=attachment.from_picture,
        unread_because=attachment.unread_because and "was not read",
    )
