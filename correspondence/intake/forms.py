"""Web-form submissions: mail sent by a machine that carries a resident's own words.

Layouts differ from maker to maker: `Label: value`, a label on a line of its own with the value
beneath, `Label | value`, a question answered on the same line. What a field means is told from the
words of its label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from correspondence.intake.wording.expressions import Expression

if TYPE_CHECKING:
    from collections.abc import Mapping

_LABEL_LENGTH = 110

# What a label means, first match wins; all are tried against the label in lower case.
_MEANINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "ignored",
        ("privacy|consent|declaration|captcha|ip address|agree to|terms|newsletter|equality",),
    ),
    (
        "helper_name",
        (
            r"\b(your|representative'?s?|agent'?s?|advocate'?s?) name\b.*\b(behalf|represent)",
            r"name of (the )?(person|representative) (completing|making|filling)",
            r"representative|completed by|filled in by|person completing",
        ),
    ),
    (
        "behalf_of",
        (
            r"(on )?behalf of( whom)?$|behalf of.*(name|who)|person affected|tenant'?s? name",
            r"name of (the )?(tenant|resident|person (affected|you)|customer|leaseholder)",
            r"who is (this|the complaint) (about|for)",
        ),
    ),
    ("helper_role", (r"relationship|acting for|behalf|for someone else",)),
    (
        "preference",
        (
            r"prefer|best (way|time|method)|how (would|should) .*(contact|reply|hear)",
            r"contact method|method of contact|when can we|(access|communication) needs",
            r"adjustment|anything .*(need|help) .*(communicat|contact)|support needs",
        ),
    ),
    (
        "outcome",
        (
            r"resol|put (it|things|this|matters) right|outcome|like us to (do|help)|put it right",
            r"like to happen|like us to|want us to|do you want|would you like$|looking for|remedy",
            r"hoping|how (can|could|would|should) (we|you).*(help|fix|right|complaint)",
            r"what (do|would) you (want|like)|what should we do",
            r"action (requested|required|sought|you)",
        ),
    ),
    (
        "reference",
        (
            r"(linked|related|open|existing) (complaint|case)",
            r"(complaint|case|our|your|stage 1|existing|original|previous).*\b(ref|reference)\b",
            r"(complaint|case) (number|no|id)\b|^ref(erence)?( (number|no))?$",
        ),
    ),
    (
        "details",
        (
            r"details|descri|what (happened|went wrong|is wrong|is the|is your|has|the problem)",
            r"tell us|why (are|do|have|were)|nature of|complaint about|reasons?|explain",
            r"information",
            r"your (complaint|message|enquiry|request|comments?|views|feedback|report|issue",
            r"question)",
            r"^(message|comments?|complaint|enquiry|feedback|issue|problem|summary|question",
            r"notes)$",
            r"^(query|request|reason|reasons|text|report)$|anything (else|you)|comment",
            r"more about|brief|in your own words|matter|concern|transcript",
        ),
    ),
    ("postcode", (r"post ?code|zip",)),
    ("address", (r"address(?! e)|property|where do you live|house|street|flat",)),
    ("email", (r"e-?mail",)),
    (
        "phone",
        (r"phone|mobile|contact (no|number)|tel\b|daytime|landline|number to|caller id|call from",),
    ),
    ("first_name", (r"first ?name|forename|given name",)),
    ("last_name", (r"last ?name|surname|family name",)),
    ("title", (r"^title$|salutation",)),
    (
        "name",
        (
            r"name|submitted by|respondent|customer$|^from$|^tenant$|^resident$|^caller$",
            r"complainant|sender|^applicant$|contact$",
        ),
    ),
    (
        "subject",
        (r"^subject|^topic|^form|category|department|service( area)?$|^type|^about$",),
    ),
    (
        "ignored",
        (
            r"date|submitted|received|time|are you|have you|do you|tenure|gender|age|ethnic|job",
            r"uprn|channel|status|priority|source|score|q\d|tp\d|interview|landlord|agent",
            r"attachment|upload|photo|ward|duration|queue|language|how did",
        ),
    ),
)
_LINE = Expression(
    r"^[ \t>*_#•·-]{0,6}(?:\(?\d{1,2}[.)]\s+|[Qq]\d{1,2}[.):]?\s+)?"
    rf"(?P<label>[^\n:|=\t?]{{2,{_LABEL_LENGTH}}}?)[ \t*_.]*"
    r"(?P<mark>\?\s*:?|:|\||=|\t| [-–] )[ \t*_]*(?P<value>[^\n]*)$"
)
_FREE_TEXT = frozenset({"details", "outcome"})
_SUBMISSION = Expression(
    r"submi(?:tted|ssion)|web ?form|online form|completed (?:the|a|your) form|form (?:name|title)?:"
    r"|new (?:enquiry|response|entry|message from)|website enquiry|has filled|contact form"
    r"|new (?:survey )?response"
    r"|(?:case|enquiry|request|ticket|contact) (?:\w+ )?(?:has been |was )?(?:assigned|created"
    r"|logged|allocated)"
    r"|created by|logged by|taken by|call (?:log|transcript|summary)|portal|via the (?:web|form"
    r"|app)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Field:
    """One field as filled in: its meaning, its label, its value and where the value stands."""

    meaning: str
    label: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Form:
    """A web-form submission, field by field."""

    fields: tuple[Field, ...]
    by_meaning: Mapping[str, str] = field(default_factory=dict)

    def value(self, *meanings: str) -> str:
        """The first value given under any of these meanings, or empty."""
        return next((self.by_meaning[name] for name in meanings if self.by_meaning.get(name)), "")

    def all_of(self, meaning: str) -> tuple[Field, ...]:
        """Every filled field of a meaning, in order."""
        return tuple(entry for entry in self.fields if entry.meaning == meaning and entry.value)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile("|".join(words))) for name, words in _MEANINGS)


@lru_cache(maxsize=2_000)
def meaning_of(label: str) -> str:
    """What a form's label asks for, or empty where that cannot be told."""
    folded = " ".join(label.lower().split()).strip("*:?. ")
    return next((name for name, pattern in _patterns() if pattern.search(folded)), "")


def read_form(text: str, subject: str = "") -> Form | None:
    """The form in a text, or None where the text is not one.

    It is one where at least three different meanings have labels of their own, among them who
    filled it in, and either free words or an announcement that a form was submitted.
    """
    fields = _fields(text)
    meanings = {entry.meaning for entry in fields} - {"ignored", "subject", ""}
    named = meanings & {"name", "first_name", "last_name", "behalf_of", "email", "phone"}
    announced = bool(_SUBMISSION.search(subject) or _SUBMISSION.search(text[:1500]))
    if len(meanings) < 3 or not named or not (announced or meanings & _FREE_TEXT):
        return None
    if not announced and not (meanings & _FREE_TEXT and len(meanings) >= 4):
        return None
    first: dict[str, str] = {}
    for entry in fields:
        if entry.meaning and entry.value:
            first.setdefault(entry.meaning, entry.value)
    if first.get("first_name") or first.get("last_name"):
        parts = (first.get("first_name", ""), first.get("last_name", ""))
        first.setdefault("name", " ".join(part for part in parts if part))
    return Form(tuple(fields), first)


def _fields(text: str) -> list[Field]:
    """Every labelled stretch, free-text values running on to the next label."""
    found: list[Field] = []
    open_label: tuple[str, str, int] | None = None  # meaning, label, where its value starts
    last_end = 0
    for start, line in _lines(text):
        match = _LINE.match(line)
        label = match["label"].strip() if match else line.strip(" *_#>-")
        meaning = ""
        if match and len(label.split()) <= 16:
            meaning = meaning_of(label)
        elif not match and 0 < len(label.split()) <= 6 and not label.endswith((".", "!", ",")):
            meaning = _bare_label(label)
        inside_free_text = open_label is not None and open_label[0] in _FREE_TEXT
        if meaning and inside_free_text and not _surely_label(label, meaning, match):
            meaning = ""
        if not meaning:
            if line.strip():
                last_end = start + len(line.rstrip())
            elif open_label and open_label[0] not in _FREE_TEXT and last_end > open_label[2]:
                found.append(_closed(text, open_label, last_end))
                open_label = None
            continue
        if open_label:
            found.append(_closed(text, open_label, last_end))
        value_start = start + (match.start("value") if match else len(line))
        open_label = (meaning, label, value_start)
        last_end = max(value_start, start + len(line.rstrip()))
    if open_label:
        found.append(_closed(text, open_label, last_end))
    return found


def _surely_label(label: str, meaning: str, match: re.Match[str] | None) -> bool:
    """Inside a resident's own words a colon is usually theirs; a label there is short and known."""
    if match is None:
        return True
    question = match["mark"].startswith("?")
    if question:
        return meaning == "outcome" or (meaning == "details" and label[:1].isupper())
    return len(label.split()) <= 8 and label[:1].isupper()


def _bare_label(label: str) -> str:
    """The meaning of a line that is nothing but a label, its value being on the next line."""
    return meaning_of(label) if label[:1].isupper() and len(label) <= 60 else ""


def _closed(text: str, label: tuple[str, str, int], end: int) -> Field:
    start = label[2]
    raw = text[start:end]
    value = raw.strip(" \t\r\n*_")
    begin = start + (raw.find(value) if value else 0)
    return Field(label[0], label[1], value, begin, begin + len(value))


def _lines(text: str) -> list[tuple[int, str]]:
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append((start, line))
        start += len(line) + 1
    return lines
