"""Where a message's own words end: signatures, lines of telephones, disclaimers, banners."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_SIGNATURE: Final = 12  # lines with words
_LONGEST_LINE: Final = 72
_MOST_WORDS: Final = 9
_LONGEST_LOOKED_AT: Final = 500  # characters of a line; a longer one is no signature

_DEVICE: Final = re.compile(
    r"""(?ix)\s*[-–—*_]{0,3}\s*(?:
    sent\s+(?:from|using|via|by|with)\s+(?:my\s+|the\s+|an?\s+)?(?:[^\s.]+\s+){0,4}?
      (?:iphone|ipad|ipod|android|galaxy|samsung|huawei|pixel|nokia|blackberry|windows|outlook|
         yahoo|gmail|hotmail|aol|mail|mobile|phone|device|tablet|smartphone|spark|proton|
         virgin|bt|sky|talktalk|ee|o2|three|vodafone|honor|oneplus|xiaomi|oppo|motorola)\b.{0,80}
    | get\s+outlook\s+for\s+(?:ios|android|mac)\b.{0,60}
    | (?:outlook|proton(?:\s?mail)?)\s+f(?:ür|uer)\s+(?:ios|android|mac)\b.{0,60}
    | (?:téléchargez|obtenez|obtener|descarga|pobierz|scarica|obțineți|cael|ewch\s+i|download)
      \s+outlook\b.{0,80}
    | (?:gesendet|envoyé|enviado|inviato|wysłane|wysłano|trimis|verzonden|skickat|отправлено)\s+
      (?:mit|von|vom|depuis|de|desde|da|dal|z|van|från|din|с|do)\s+.{1,60}
    | anfonwyd\s+o(?:'r|'m|\s+fy|’r|’m)\s+.{1,40}
    | (?:yahoo|aol)\s+mail(?:\s+app)?\s*[:-].{0,60}
    )\s*"""
)
_CLOSING: Final = re.compile(
    r"""(?ix)\s*(?:
    (?:(?:with\s+)?(?:kind|kindest|warm|warmest|best|very\s+best)\s+(?:regards|wishes))
    | (?:many\s+)?regards | rgds | kr
    | yours?(?:\s+(?:sincerely|faithfully|truly|hopefully|angrily|etc\.?|ever|disgusted(?:ly)?))
    | best | cheers | cofion(?:\s+(?:gorau|cynnes))? | yn\s+gywir(?:\s+iawn)? | yr\s+eiddoch.{0,20}
    | (?:many\s+|kind\s+)?thanks?(?:\s+(?:you|again|in\s+advance|so\s+much|very\s+much)){0,2}
    | (?:thanks|thank\s+you)\s*(?:and|&)\s*(?:kind\s+|best\s+)?regards
    | diolch(?:\s+(?:yn\s+fawr|o\s+galon)(?:\s+iawn)?)? | sincerely | respectfully
    )\s*[,.!]?\s*"""
)
_CONTACT: Final = re.compile(
    r"(?i)(?:\+44|\b0)[\d ()-]{8,14}\d|(?<![^\s<>@])[^\s<>@]{1,64}@[^\s<>@]{1,255}|\bwww\."
    r"|https?://"
    r"|\b(?:tel|mob|mobile|phone|ffôn|fax|ext)\b\.?\s*[:.]"
    r"|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"
)
_NAME: Final = re.compile(r"\s*[A-ZÀ-Þ][\w'’.-]*(?:\s+[A-ZÀ-Þ(][\w'’.)-]*){0,4},?\s*")
_SENTENCE_END: Final = re.compile(r"[.?!…]\s*$")
_AFTERTHOUGHT: Final = re.compile(r"(?i)\s*(p\.?\s?s\b|n\.?b\b|also\b|by the way\b|please\b)")

_DISCLAIMER: Final = re.compile(
    r"""(?ix)
    intended\s+(?:only\s+|solely\s+)?(?:for\s+(?:the\s+)?(?:use\s+of\s+)?(?:the\s+)?
      (?:\w+\s+){0,3}(?:recipient|addressee|individual|person)|recipient)
    | (?:not|aren't)\s+(?:the|an)\s+(?:intended|named)\s+(?:recipient|addressee)
    | (?:e-?mail|message|transmission|communication)[^.]{0,80}
      \b(?:is|are|may\s+be|contain\w*)\b[^.]{0,60}\b(?:confidential|privileged|monitored|recorded)
    | (?:consider|think\s+(?:of|about))\s+the\s+environment\s+before\s+(?:you\s+)?print
    | scanned\s+(?:for|by)\s+[^.]{0,40}virus|virus-?free\b
    | \bany\s+views\s+or\s+opinions\b
    | (?:neges|e-?bost)[^.]{0,80}\b(?:cyfrinachol|bwriadwyd|derbynnydd)
    """
)
_DISCLAIMING: Final = (  # every disclaimer has one of these
    "intended", "named", "confidential", "privileged", "monitored", "recorded", "environment",
    "virus", "views", "cyfrinachol", "bwriadwyd", "derbynnydd",
)  # fmt: skip
_BANNER: Final = re.compile(
    r"""(?ix)\W*(?:caution|warning|external|rhybudd|allanol
    |you\ don[’']t\ often\ get|this\ (?:e-?mail|message))
    .{0,200}?
    (?:outside|external\ (?:sender|source|e-?mail)|do\ not\ click|don[’']t\ click|learn\ why\ this
      |y\ tu\ allan|often\ get\ e-?mail)""",
    re.DOTALL,
)


def is_device_line(line: str) -> bool:
    """Whether a telephone or mail program wrote the line ('Sent from my iPhone')."""
    return len(line) <= 160 and _DEVICE.fullmatch(line) is not None


def banner_end(lines: Sequence[str]) -> int:
    """Where a warning that the mail comes from outside ends, if the text begins with one; else 0.

    The landlord's own mail server put it there; it is none of the sender's words.
    """
    start = next((index for index, line in enumerate(lines[:6]) if line.strip()), 0)
    end = start
    while end < min(len(lines), start + 6) and lines[end].strip():
        end += 1
    paragraph = "\n".join(lines[start:end])
    if len(paragraph) > 700 or not _BANNER.match(paragraph):
        return 0
    return end if any(line.strip() for line in lines[end:]) else 0


def disclaimer_start(lines: Sequence[str]) -> int:
    """Where a standing disclaimer begins that reaches to the end of the lines; else their number.

    Only whole paragraphs count, from the end backwards, and never the first.
    """
    end = len(lines)
    found = end
    while end > 0:
        while end > 0 and not lines[end - 1].strip():
            end -= 1
        start = end
        while start > 0 and lines[start - 1].strip():
            start -= 1
        paragraph = " ".join(lines[start:end])[:5_000]
        disclaims = start > 0 and _is_disclaimer(paragraph)
        if start == 0 or not (disclaims or _is_rule_only(lines[start:end])):
            break
        if disclaims:
            found = start + _lines_before_disclaimer(lines[start:end])
            if found > start:
                break
        end = start
    return found


def _is_disclaimer(paragraph: str) -> bool:
    spoken = paragraph.casefold()
    if not any(word in spoken for word in _DISCLAIMING):
        return False
    return bool(_DISCLAIMER.search(paragraph))


def _lines_before_disclaimer(paragraph: Sequence[str]) -> int:
    """How many short lines of name and role stand in the same paragraph before a disclaimer."""
    first = next((i for i, line in enumerate(paragraph) if _DISCLAIMER.search(line[:5_000])), 0)
    while first > 0 and len(paragraph[first - 1]) > _LONGEST_LINE * 2 // 3:
        first -= 1
    return first


def _is_rule_only(lines: Sequence[str]) -> bool:
    return all(not re.search(r"\w", line.replace("_", "")) for line in lines)


def signature_start(lines: Sequence[str]) -> int:
    """Where the sender's signature begins; the number of lines where there is none.

    Cautious: a line that could be a sentence is never part of a signature, and the first line
    of a message never is.
    """
    lines = [line[:_LONGEST_LOOKED_AT] for line in lines]
    total = len(lines)
    first = next((index for index, line in enumerate(lines) if line.strip()), total)
    dashes = next(
        (i for i in range(total - 1, first, -1) if lines[i].rstrip() == "--" or lines[i] == "-- "),
        None,
    )
    if dashes is not None and _is_short(lines[dashes + 1 :], _LONGEST_SIGNATURE + 4):
        return dashes
    for index in range(max(first + 1, total - 2 * _LONGEST_SIGNATURE), total):
        if _CLOSING.fullmatch(lines[index]) and _is_block(lines[index + 1 :]):
            return index
    return _contact_block(lines, first)


def _is_short(lines: Sequence[str], most: int) -> bool:
    worded = [line for line in lines if line.strip()]
    return len(worded) <= most and sum(map(len, worded)) <= 1_000


def _is_block(lines: Sequence[str]) -> bool:
    """Whether these lines are names, roles, addresses and numbers, and no sentence."""
    worded = [line.strip() for line in lines if line.strip()]
    if len(worded) > _LONGEST_SIGNATURE:
        return False
    return not any(_could_be_sentence(line) for line in worded)


def _could_be_sentence(line: str) -> bool:
    words = len(line.split())
    short = len(line) <= 2 * _LONGEST_LINE and words <= 2 * _MOST_WORDS
    if short and _CONTACT.search(line):
        return words > _MOST_WORDS and _SENTENCE_END.search(line) is not None
    if len(line) > _LONGEST_LINE or words > _MOST_WORDS:
        return True
    if _AFTERTHOUGHT.match(line) or line.endswith("?"):
        return True
    return bool(_SENTENCE_END.search(line)) and words > 4


def _contact_block(lines: Sequence[str], first: int) -> int:
    """A last block of name, role and number without a closing phrase before it."""
    total = len(lines)
    end = total
    while end > 0 and not lines[end - 1].strip():
        end -= 1
    start = end
    while start > first and end - start < _LONGEST_SIGNATURE:
        if not lines[start - 1].strip() and _NAME.fullmatch(lines[start] if start < total else ""):
            break
        start -= 1
    block = lines[start:end]
    if start <= first or len(block) < 2 or not _is_block(block):
        return total
    before = next((line for line in reversed(lines[:start]) if line.strip()), "")
    if before.rstrip().endswith(":") or not any(_CONTACT.search(line) for line in block):
        return total
    return start if _NAME.fullmatch(block[0]) else total
