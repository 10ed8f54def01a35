"""Web-form submissions: mail sent by a machine that carries a resident's own words.

Layouts differ from maker to maker: `Label: value`, a label on a line of its own with the value
beneath, `Label | value`, `Label ..... value`, columns, `first_name=value`, a record in braces,
several fields on one line, a question answered on the same line, `Ada Wick wrote:`. What a field
means is told from the words of its label. Where no label announces the account itself, the
paragraphs that belong to no field are it.
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
        (
            r"privacy|consent|declaration|captcha|ip address|agree to|terms|newsletter|equality",
            r"action taken|^action$|(logged|taken|handled|completed|closed|assigned",
            r"routed) (by|to)$",
            r"^(to|sent|cc|via|client|item|board|votes|sentiment|moderator|advis[eo]r|agent)\b",
            r"(survey|form|device|file|scheme|group) name|follow.?up|contact ok|quality",
            r"confidence|touchpoint|^length$|operator",
        ),
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
            r"^asks?( for)?$",
            r"what (do|would) you (want|like)|what (you|they) (want|would like)|what should we do",
            r"action (requested|required|sought|you)",
        ),
    ),
    (
        "reference",
        (
            r"(linked|related|open|existing) (complaint|case)",
            r"(complaint|case|our|your|stage 1|existing|original|previous).*\b(ref|reference)\b",
            r"(complaint|case) (number|no|id)\b|^ref(erence)?( (number|no|on .*letter))?$|^case$",
        ),
    ),
    (
        "details",
        (
            r"details|descri|what (happened|went wrong|is wrong|is the|is your|has|the problem)",
            r"tell us|why (are|do|have|were|you|un|dis)|nature of|complaint about|reasons?|explain",
            r"information",
            r"your (complaint|message|enquiry|request|comments?|views|feedback|report|issue",
            r"question)",
            r"^(message|comments?|complaint|enquiry|feedback|issue|problem|summary|question",
            r"notes?|repl(y|ies)|remarks?|statement|grounds?)$",
            r"(got?|get|went|was|is|were|did we) (it )?wrong|did we (miss|overlook|fail)",
            r"^(query|request|reason|reasons|text|report)$|anything (else|you)|comment",
            r"more about|brief|in your own words|matter|concern|transcript|^what$|free text",
            r"verbatim|narrative|^said$|^says$|tell us more|^body$",
        ),
    ),
    ("postcode", (r"post ?code|zip",)),
    (
        "address",
        (r"address(?! e)|property|^where$|where (do )?you (live|are)|house|street|flat|^addr",),
    ),
    ("email", (r"e-?mail",)),
    (
        "phone",
        (
            r"phone|mobile|contact (no|number)|tel\b|daytime|landline|number to|caller id",
            r"call from",
            r"^(best |your )?(number|no)$|^cli$|^mob$|would you like a call",
        ),
    ),
    ("first_name", (r"first ?name|forename|given name",)),
    ("last_name", (r"last ?name|surname|family name",)),
    ("title", (r"^title$|salutation",)),
    (
        "name",
        (
            r"name|submitted by|respondent|customer$|^from$|^tenant$|^resident$|^caller$",
            r"complainant|sender|^applicant$|contact$|^user$|^visitor$|^cust$|^who$|^leaseholder$",
            r"(posted|reported|raised|sent|made|written|answered) by$|^author$|account holder",
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
    r"^[ \t>*_#•·-]{0,6}(?:\(?\d{1,2}[.)]\s+|[Qq]\d{1,2}[.):]?\s+|\d{1,2} (?=[^\n]*\.{3}))?"
    rf"(?P<label>[^\n:|=\t?]{{2,{_LABEL_LENGTH}}}?)[ \t*_.]*"
    r"(?P<mark>\?\s*:?|\.{3,}[ ]*:?| {3,}|:|\||=|\t| [-–] )[ \t*_]*(?P<value>[^\n]*)$"
)
# 'Caller MR R WICK 4 DOWNS ROAD': a label that needs no mark, a name following.
_UNMARKED = Expression(
    r"^[ \t>]*(?P<label>(?:caller|customer|cust|tenant|resident|complainant|leaseholder)s?)"
    r"[ \t]+(?P<value>(?:(?:Mr|Mrs|Ms|Miss|Dr|MR|MRS|MS|MISS|DR)\.? )?[A-Z][^\n]*)$",
    re.IGNORECASE,
)
_WROTE = Expression(
    r"^[ \t>]*(?P<value>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){1,3})(?: (?:wrote|writes|said|says|posted"
    r"|commented|replied)(?: on [^\n]{4,40})?:|, \d{1,2} [A-Z][a-z]{2,8} 20\d\d[^\n]{0,12})[ \t]*$"
)
_RECORD = Expression(r"^[ \t]*\{.*\}[ \t]*$")
_WHOLE_RECORD = Expression(r"\s*\{.*\n.*\}\s*$", re.DOTALL)
_RECORD_FIELD = Expression(
    r"[\"']?(?P<label>[A-Za-z][\w -]{1,40}?)[\"']?[ ]*:[ ]*(?:\"(?P<value>(?:[^\"\\\n]|\\.)*)\""
    r"|(?P<bare>[^,{}\n]+))"
)
_SEPARATED = Expression(r"[ ]+[·|•][ ]+| {2,}(?=[A-Z][a-z]+(?: [a-z]+)?: )")
_NUMBER_ALONE = Expression(r"^\+?[\d ()-]{9,20}$")
_FREE_TEXT = frozenset({"details", "outcome"})
_STANDING = Expression(
    r"do(?:n't| not) reply|not monitored|isn't monitored|you have (?:a|\d+) new|log in|sign in"
    r"|open the case|https?://|has submitted|was submitted|submitted (?:the|a|via)|this (?:message"
    r"|e-?mail) (?:was|is) (?:sent|automat)|passed for publication|please move it|automated"
    r"|auto-?generated|view (?:this|it|the)|copied to|if (?:this|the message) is a|kind regards"
    r"|new (?:message|submission|response|contribution)|^\W*(?:response|item \d+"
    r"|page \d+)\b.{0,20}$",
    re.IGNORECASE,
)
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


def sources() -> tuple[str, ...]:
    """The expressions by which forms are known; their words are nobody's own."""
    meanings = (source for _, several in _MEANINGS for source in several)
    return (*meanings, _STANDING.source, _SUBMISSION.source)


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
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])|_|(?<=[a-z])\d+$", " ", label)
    folded = " ".join(spaced.lower().split()).strip("*:?. ")
    asked = _ASKS_FOR.match(folded)
    if asked:
        found = _meaning(asked["what"])
        if found in _PERSONAL:
            return found
    return _meaning(folded)


def _meaning(folded: str) -> str:
    return next((name for name, pattern in _patterns() if pattern.search(folded)), "")


_ASKS_FOR = Expression(
    r"^(?:what(?:'s|’s| is| are)|please (?:give|enter|tell us)|enter) (?P<what>.+)$"
)
_BARE_WORDS = 6
_ASKS_AT_LENGTH = Expression(
    r"^(?:please (?:tell|describe|explain|say)|tell us|describe|explain) ", re.IGNORECASE
)
_PERSONAL = frozenset(
    {"name", "address", "postcode", "phone", "email", "reference", "first_name", "last_name"}
)


def read_form(text: str, subject: str = "", *, by_machine: bool = False) -> Form | None:
    """The form in a text, or None where the text is not one.

    It is one where at least three different meanings have labels of their own, among them who
    filled it in, and either free words or an announcement that a form was submitted. What a
    machine sends on (`by_machine`) is one as soon as somebody is named and has said something.
    """
    fields, loose = _fields(text)
    meanings = {entry.meaning for entry in fields if entry.value} - {"ignored", "subject", ""}
    named = meanings & {"name", "first_name", "last_name", "behalf_of", "email", "phone"}
    if named and "details" not in meanings:
        relayed = by_machine and bool(loose or meanings & _FREE_TEXT)
        fields += loose
        meanings |= {"details"} if loose and len(meanings) >= 2 else set()
    else:
        relayed = by_machine and bool(meanings & _FREE_TEXT)
    announced = bool(_SUBMISSION.search(subject) or _SUBMISSION.search(text[:1500]))
    if not named or not (relayed or _is_a_form(meanings, announced)):
        return None
    first: dict[str, str] = {}
    for entry in fields:
        if entry.meaning and entry.value:
            first.setdefault(entry.meaning, entry.value)
    if first.get("first_name") or first.get("last_name"):
        parts = (first.get("first_name", ""), first.get("last_name", ""))
        first["name"] = " ".join(part for part in parts if part)
    return Form(tuple(sorted(fields, key=lambda entry: entry.start)), first)


def _is_a_form(meanings: set[str], announced: bool) -> bool:
    """Whether so many meanings make a form, announced as one or not."""
    if len(meanings) < 3:
        return False
    return announced or bool(meanings & _FREE_TEXT and len(meanings) >= 4)


def _fields(text: str) -> tuple[list[Field], list[Field]]:
    """Every labelled stretch, free text running on to the next label; and what has no label."""
    found: list[Field] = []
    loose: list[Field] = []
    open_label: tuple[str, str, int] | None = None  # meaning, label, where its value starts
    last_end = 0
    if _WHOLE_RECORD.match(text):
        return _recorded(text, 0), loose
    for start, line in _lines(text):
        several = _several(line, start)
        if several:
            if open_label:
                found.append(_closed(text, open_label, last_end))
                open_label = None
            found += several
            continue
        match = _LINE.match(line) or _UNMARKED.match(line)
        wrote = _WROTE.match(line)
        label = match["label"].strip() if match else line.strip(" *_#>-")
        meaning = ""
        if wrote:
            meaning = "name"
        elif match and len(label.split()) <= 16:
            meaning = meaning_of(label)
        elif not match and label and not label.endswith((".", "!", ",")):
            meaning = _bare_label(label)
        inside_free_text = open_label is not None and open_label[0] in _FREE_TEXT
        if meaning and inside_free_text and not _surely_label(label, meaning, match):
            meaning = ""
        if not meaning:
            if open_label and match and not inside_free_text and last_end > open_label[2]:
                found.append(_closed(text, open_label, last_end))
                open_label = None
            elif line.strip() and open_label is None:
                _loosely(loose, text, start, line)
            elif line.strip():
                last_end = start + len(line.rstrip())
            elif open_label and open_label[0] not in _FREE_TEXT and last_end > open_label[2]:
                found.append(_closed(text, open_label, last_end))
                open_label = None
            continue
        if open_label:
            found.append(_closed(text, open_label, last_end))
            open_label = None
        last_end = start + len(line.rstrip())
        if wrote:
            where = start + wrote.start("value")
            found.append(Field("name", "wrote", wrote["value"], where, start + wrote.end("value")))
            continue
        value_start = start + (match.start("value") if match else len(line))
        open_label = (meaning, label, value_start)
        last_end = max(value_start, last_end)
    if open_label:
        found.append(_closed(text, open_label, last_end))
    return found, loose


def _several(line: str, start: int) -> list[Field]:
    """The fields of a line that holds more than one: a record in braces, or set apart by dots."""
    found: list[Field] = []
    if _RECORD.match(line):
        return _recorded(line, start)
    place = 0
    for cut in (*((m.start(), m.end()) for m in _SEPARATED.finditer(line)), (len(line), len(line))):
        labelled = _LINE.match(line[place : cut[0]])
        if labelled and labelled["value"] and meaning_of(labelled["label"]):
            begin = start + place + labelled.start("value")
            value = labelled["value"].strip()
            found.append(_meant(labelled["label"], value, begin, start + cut[0]))
        place = cut[1]
    return found if place and len(_SEPARATED.findall(line)) and found else []


def _recorded(record: str, start: int) -> list[Field]:
    """The fields of a record in braces, those of a record within it among them."""
    found: list[Field] = []
    for match in _RECORD_FIELD.finditer(record):
        group = "value" if match["value"] is not None else "bare"
        begin, end = start + match.start(group), start + match.end(group)
        found.append(_meant(match["label"], match[group].strip(), begin, end))
    return found


def _meant(label: str, value: str, start: int, end: int) -> Field:
    return Field(_by_value(meaning_of(label), value), label, value, start, end)


def _by_value(meaning: str, value: str) -> str:
    """What a field holds, where its value shows better: a number under 'From' is a telephone's."""
    if meaning == "name" and _NUMBER_ALONE.match(value):
        return "phone"
    return meaning


def _loosely(loose: list[Field], text: str, start: int, line: str) -> None:
    """Put a line that belongs to no field with the paragraph before, or begin a new one."""
    if _STANDING.search(line) or not any(map(str.isalpha, line)):
        return
    end = start + len(line.rstrip())
    if loose and not text[loose[-1].end : start].strip():
        before = loose.pop()
        start = before.start
    loose.append(Field("details", "", text[start:end].strip(), start, end))


def _surely_label(label: str, meaning: str, match: re.Match[str] | None) -> bool:
    """Inside a resident's own words a colon is usually theirs; a label there is short and known."""
    if match is None:
        return True
    if "mark" not in match.groupdict():
        return False
    if match["mark"].startswith("?"):
        return meaning == "outcome" or (meaning == "details" and label[:1].isupper())
    return len(label.split()) <= 8 and label[:1].isupper()


def _bare_label(label: str) -> str:
    """The meaning of a line that is nothing but a label, its value being on the next line.

    Only what asks for the account itself asks at any length: 'Please tell us why you ...'.
    """
    asks = bool(_ASKS_AT_LENGTH.match(label))
    if not label[:1].isupper() or len(label) > (_LABEL_LENGTH if asks else 60):
        return ""
    if not asks and len(label.split()) > _BARE_WORDS:
        return ""
    meaning = meaning_of(label)
    return meaning if meaning in _FREE_TEXT or len(label.split()) <= _BARE_WORDS else ""


def _closed(text: str, label: tuple[str, str, int], end: int) -> Field:
    start = label[2]
    raw = text[start:end]
    value = raw.strip(" \t\r\n*_").lstrip(". ")
    begin = start + (raw.find(value) if value else 0)
    return Field(_by_value(label[0], value), label[1], value, begin, begin + len(value))


def _lines(text: str) -> list[tuple[int, str]]:
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append((start, line))
        start += len(line) + 1
    return lines
