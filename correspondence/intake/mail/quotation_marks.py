"""How mail programs mark what they quote and forward: attributions, header blocks, rules.

Each finder looks at the lines from one place on and says how far the mark reaches. None of them
decides anything; `quoting` does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_ATTRIBUTION: Final = 5  # lines, as narrow programs wrap it
_LONGEST_MARK: Final = 500  # characters

_FORWARD: Final = re.compile(
    r"""(?ix)\s*(?:
    -{2,}\s*(?:begin\s+)?forwarded\s+(?:message|e-?mail|by\b.*)\s*-{0,}
    | begin\s+forwarded\s+message\s*:
    | -{2,}\s*neges\s+(?:wedi['’]i\s+(?:hanfon\s+ymlaen|blaenyrru)|a\s+anfonwyd\s+ymlaen)\s*-{0,}
    | dechrau\s+neges\s+a\s+anfonwyd\s+ymlaen\s*:
    )\s*"""
)
_ORIGINAL: Final = re.compile(
    r"(?i)\s*\*?-{2,}\s*(original|reply|neges\s+wreiddiol)(\s+(message|e-?mail|appointment))?"
    r"\s*-{2,}\*?\s*"
)
_RULE: Final = re.compile(r"\s*(_{8,}|-{12,}|={12,}|\*{12,})\s*")

_WROTE: Final = re.compile(
    r"(?i)\b(wrote|writes|ysgrifennodd|ysgrifennwyd|wedi ysgrifennu|a écrit|schrieb|escribió|"
    r"escreveu|ha scritto|pisze|napisała?|napisał\(a\)|a scris|rašė|írta|schreef|skrev|yazdı|"
    r"написала?|wrote on)(?!\w)"
)
_OPENS: Final = re.compile(
    r"(?i)\s*(on|at|ar|am|le|el|em|il|op|w dniu|dnia|în|in a message dated|quoting)\b"
)
_DATE: Final = re.compile(
    r"(?i)\b\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\b"
    r"|\b\d{1,2}(?:st|nd|rd|th|\.)?(?: o| de)? [^\W\d]{3,12}\.?,?(?: de)? \d{4}\b"
    r"|\b[^\W\d]{3,12}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}\b"
)
_CLOCK: Final = re.compile(r"\b\d{1,2}[:.]\d{2}\b")
_MAIL_ADDRESS: Final = re.compile(r"(?<![^\s<>@])[^\s<>@]{1,64}@[^\s<>@]{1,255}")
_SPOKEN: Final = re.compile(
    r"(?i)\b((you|i|he|she|they|we|it|somebody|someone)( \w+)?"
    r"|(the|your|our|my|this|that|an?)( [\w'’-]+){1,3}) (wrote|writes)\s*:"
)

_LABELS: Final = {
    "from": "from oddi wrth|from|oddi wrth|o|von|de|od|da|van",
    "date": "sent|date|anfonwyd|dyddiad|gesendet|datum|envoyé|enviado|wysłano|data|inviato|trimis",
    "to": "to|at|an|à|para|do|a|aan|către",
    "subject": "subject|pwnc|testun|betreff|objet|asunto|assunto|temat|oggetto|onderwerp|subiect",
    "other": "cc|bcc|copi|reply-to|importance|priority|attachments?|reply to|organisation",
}
_LABEL_OF: Final = {name: kind for kind, names in _LABELS.items() for name in names.split("|")}
_LABEL: Final = re.compile(
    r"\s*[*_]{0,2}([^\W\d_][\w -]{0,19}?)\s*[*_]{0,2}\s*:(?!//)[*_]{0,2}\s*(.*)"
)
_MOST_UNLABELLED: Final = 4  # lines of a long list of recipients


@dataclass(frozen=True, slots=True)
class HeaderBlock:
    """A From/Sent/To/Subject block within a text: the line after it, and what it says."""

    end: int
    fields: dict[str, str]

    @property
    def is_certain(self) -> bool:
        """Whether only a mail program writes it so: all four, or a mailbox behind From."""
        return len(self.fields.keys() & {"from", "date", "to", "subject"}) == 4 or bool(
            _MAIL_ADDRESS.search(self.fields.get("from", ""))
        )


def is_quoted(line: str) -> bool:
    """Whether the line is marked as quoted."""
    return line.lstrip(" ").startswith((">", "|>", "&gt;"))


def is_rule(line: str) -> bool:
    """Whether the line is only a rule."""
    return _RULE.fullmatch(line) is not None


def is_forward_mark(line: str) -> bool:
    """Whether a forwarded message begins with this line."""
    return len(line) < _LONGEST_MARK and _FORWARD.fullmatch(line) is not None


def is_original_mark(line: str) -> bool:
    """Whether the message answered begins with this line ('-----Original Message-----')."""
    return len(line) < _LONGEST_MARK and _ORIGINAL.fullmatch(line) is not None


def attribution(lines: Sequence[str], start: int) -> tuple[int, bool] | None:
    """An 'On … wrote:' that begins at `start`: the line after it, and whether it is certain.

    It may be wrapped over lines and stand in any language; only a certain one, with the time or
    the mailbox in it, may introduce a quotation that is not itself marked.
    """
    joined = ""
    for end in range(start, min(start + _LONGEST_ATTRIBUTION, len(lines))):
        line = lines[end].strip()
        if not line or len(joined) + len(line) > _LONGEST_MARK:
            return None
        joined = f"{joined} {line}" if joined else line
        if joined.endswith(":"):
            return _judged(joined, end + 1)
        if end == start and not (_OPENS.match(joined) or _has_mailbox(joined)):
            return None
    return None


def _judged(joined: str, end: int) -> tuple[int, bool] | None:
    mailbox = _has_mailbox(joined)
    when = _DATE.search(joined) is not None
    clock = _CLOCK.search(joined) is not None
    wrote = _WROTE.search(joined) is not None
    if _SPOKEN.search(joined) and not mailbox:
        return None
    if wrote and (mailbox or when or clock):
        opens = _OPENS.match(joined) is not None
        return end, (mailbox and (when or clock or not opens)) or (opens and when and clock)
    if mailbox and when and clock:  # some other language
        return end, False
    return None


def _has_mailbox(text: str) -> bool:
    return "@" in text and _MAIL_ADDRESS.search(text) is not None


def header_block(lines: Sequence[str], start: int) -> HeaderBlock | None:
    """The block of header lines that begins at `start`, if a mail program wrote one there.

    It names who it is from and at least two of when, to whom and on what. A resident's own line
    'From: your office saying no' is none.
    """
    kind, value = _label(lines[start])
    if kind not in {"from", "date", "subject", "to"}:
        return None
    fields: dict[str, str] = {kind: value}
    last, current, unlabelled = start, kind, 0
    for position in range(start + 1, min(start + 40, len(lines))):
        line = lines[position]
        if not line.strip():
            if len(fields) >= 3 and "from" in fields:
                break
            if position - last > 1:
                break
            continue
        kind, value = _label(line)
        if kind and kind not in fields:
            fields[kind], last, current, unlabelled = value, position, kind, 0
        elif kind:
            if kind != "other":
                break
            last = position
        else:
            unlabelled += 1
            if unlabelled > _MOST_UNLABELLED or position - last > 1 + unlabelled:
                break
            if current in {"to", "other"} and (";" in line or "@" in line or "," in line):
                last = position
                fields[current] = f"{fields[current]} {line.strip()}"
            elif current == "subject" or len(fields) > 2:
                break
    known = fields.keys() & {"from", "date", "to", "subject"}
    if "from" not in known or len(known) < 3:
        return None
    return HeaderBlock(last + 1, fields)


def _label(line: str) -> tuple[str, str]:
    """What a line such as 'Sent: …' is a label for, and its value; empty for none."""
    line = line[:_LONGEST_MARK].lstrip("> ")
    colon = line.find(":", 0, 30)
    if colon < 0:
        return "", ""
    match = _LABEL.match(line)
    if match is None:
        return "", ""
    return _LABEL_OF.get(match.group(1).strip().lower(), ""), match.group(2).strip(" *")
