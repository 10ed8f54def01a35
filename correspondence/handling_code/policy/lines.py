"""The lines of a document gathered into headings, paragraphs, list items and table rows.

Takes any plain text: typed, Markdown, or taken out of a Word, PDF or web page, where lines break
at the margin. Places count characters of the text as given, so that a quotation is exact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

BlockKind = Literal["heading", "paragraph", "item", "row"]

_BULLET: Final = re.compile(r"[ \t]*(?:[-*•●▪◦‣–·\uf0b7\uf0a7o])[ \t]+(?=\S)")
_NUMBERED: Final = re.compile(
    r"[ \t]*(?:(?:[Pp]aragraph|[Ss]ection|[Cc]lause|[Pp]ara) )?\(?(?:"
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})\.?\)?:?[ \t]+"
    r"|(?P<whole>\d{1,2})(?:[.):]\)?[ \t]+|[ \t]+(?=[A-Z][a-z]|[A-Z]{2}))"
    r"|(?P<letter>[a-zA-Z]|[ivx]{2,4})[.)]\)?[ \t]+)(?=\S)"
)
_MARKDOWN: Final = re.compile(r"[ \t]*(#{1,6})[ \t]+")
_BOLD_LINE: Final = re.compile(r"[ \t]*\*\*(.{2,80}?)\*\*:?[ \t]*$")
_RULE: Final = re.compile(r"[\s|:+=_*-]{3,}$")
_PAGE: Final = re.compile(
    r"\s*(?:page \d+(?: of \d+)?|\d+ ?/ ?\d+|- ?\d+ ?-|\d{1,3})\s*$", re.IGNORECASE
)
_CELLS: Final = re.compile(r"\t+|(?<=\S) {3,}(?=\S)|\|")
_SENTENCE_OPENERS: Final = frozenset(
    {
        "we", "you", "if", "the", "they", "our", "please", "it", "this", "these", "when", "once",
        "a", "an", "during", "in", "at", "each", "there", "for",
    }
)  # fmt: skip
_LONGEST_HEADING: Final = 90
_SHORT_OF_MARGIN: Final = 0.6
_BREAKS_OFF: Final = ":-–—"
"""How a line ends that a list goes on from."""
_LONE_BULLETS: Final = frozenset("-*•●▪◦‣–·\uf0b7\uf0a7")
"""Bullets that stand on a line of their own, above what they mark."""
_NO_MARGIN: Final = 150
_ONE_IN: Final = 12
"""Where more than one line in twelve is as long as that, no margin breaks lines: as on web pages,
every line is a paragraph."""
_WRAPPED: Final = 58
"""A line at least this long may have been broken by the margin."""


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item or table row; `level` ranks headings, 1 the highest.

    `cells` are the (start, end) of a row's cells. `number` is what it is numbered with, or empty.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    number: str = ""
    cells: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    after_blank: bool
    before_blank: bool
    marked: bool = False


def blocks_of(text: str) -> list[Block]:
    """The blocks of a text in reading order; every line that says anything is in one of them."""
    made: list[Block] = []
    open_lines: list[_Line] = []
    kind: BlockKind = "paragraph"
    number = ""

    def close() -> None:
        nonlocal open_lines
        if open_lines:
            made.append(Block(kind, open_lines[0].start, open_lines[-1].end, 0, number))
        open_lines = []

    lines = _lines(text)
    listing = False  # under a heading that breaks off, as "We cannot help with"
    for at, line in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else None
        listing = listing and not line.after_blank
        entry_of_list = listing or (line.marked and not _is_stage_alone(line.text.strip()))
        block = None if entry_of_list else _whole_line(line, following)
        if block:
            close()
            made.append(block)
            listing = block.kind == "heading" and _leads(line)
            continue
        mark = line.marked or _BULLET.match(line.text) or _NUMBERED.match(line.text)
        entry = listing and line.text[:1].isupper() and len(line.text) < _WRAPPED
        if (
            entry
            or mark
            or line.after_blank
            or not open_lines
            or _begins_anew(open_lines[-1], line)
        ):
            close()
            kind = "item" if mark or entry else "paragraph"
            number = _number(line.text)
        open_lines.append(line)
    close()
    return made


def numbering(text: str) -> int:
    """How many characters of a text are the bullet or the number it begins with."""
    mark = _BULLET.match(text) or _NUMBERED.match(text)
    return mark.end() if mark else 0


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    blank = True
    at = 0
    marked = False
    rows: list[tuple[int, str, bool, bool]] = []
    for raw in text.split("\n"):
        said = raw.strip().lstrip(">").strip()
        if not said:
            blank = True
        elif said in _LONE_BULLETS:
            marked = True
        elif not (_RULE.match(raw) or _PAGE.match(raw)):
            rows.append((at, raw.rstrip(), blank, marked))
            blank = marked = False
        at += len(raw) + 1
    unwrapped = sum(len(row[1]) > _NO_MARGIN for row in rows) > len(rows) // _ONE_IN
    lengths = [len(row[1]) for row in rows]
    for index, (start, raw, after_blank, after_mark) in enumerate(rows):
        capital = not raw.lstrip()[:1].islower()
        alone = after_blank or (capital and (unwrapped or _had_room(lengths, index, raw)))
        before_blank = index + 1 >= len(rows) or rows[index + 1][2]
        found.append(_Line(start, start + len(raw), raw, alone, before_blank, after_mark))
    return found


def _had_room(lengths: list[int], index: int, raw: str) -> bool:
    """Whether the line above was broken off though the first word of this one had room there.

    The margin is that of the lines close by, as columns and pages differ.
    """
    if not index:
        return False
    margin = max(lengths[max(0, index - _CLOSE_BY) : index + _CLOSE_BY])
    first_word = len(raw.split(maxsplit=1)[0]) if raw.split() else 0
    return margin > _WRAPPED and lengths[index - 1] + first_word + _RAGGED < margin


_CLOSE_BY: Final = 4
_RAGGED: Final = 25
"""Characters that a margin may be ragged by."""


def _whole_line(line: _Line, following: _Line | None) -> Block | None:
    """The line as a heading or a table row; None where it is running text."""
    if markdown := _MARKDOWN.match(line.text):
        start = line.start + markdown.end()
        return Block(
            "heading", start, line.end, len(markdown[1]), _number(line.text[markdown.end() :])
        )
    if bold := _BOLD_LINE.match(line.text):
        return Block("heading", line.start + bold.start(1), line.start + bold.end(1), 5)
    cells = _cells(line)
    if len(cells) > 1:
        return Block("row", line.start, line.end, cells=cells)
    if _heads(line, following):
        number = _number(line.text)
        level = number.count(".") + 2 if number else (2 if line.text.isupper() else 3)
        return Block("heading", line.start, line.end, level, number)
    return None


def _cells(line: _Line) -> tuple[tuple[int, int], ...]:
    found = []
    at = 0
    for mark in [*_CELLS.finditer(line.text), None]:
        end = mark.start() if mark else len(line.text)
        piece = line.text[at:end]
        if piece.strip() or (mark and mark[0] == "|" and at):
            lead = len(piece) - len(piece.lstrip())
            found.append((line.start + at + lead, line.start + at + len(piece.rstrip())))
        at = mark.end() if mark else end
    said = [cell for cell in found if cell[1] > cell[0]]
    if len(said) == 2 and said[0][1] - said[0][0] <= 6 and "|" not in line.text:
        return ()  # a paragraph's number and its paragraph
    return tuple(found) if len(said) > 1 or "|" in line.text else ()


def _heads(line: _Line, following: _Line | None) -> bool:
    """Whether a line stands over what follows it rather than saying something itself."""
    said = _without_number(line.text)
    if not said or len(said) > _LONGEST_HEADING or len(said.split()) > 12:
        return False
    if (
        said[-1] in ".,;"
        or _BULLET.match(line.text)
        or (not said[0].isalnum() and said[0] not in "'\"‘“")
    ):
        return False
    if said[0].islower() or _TIME_ALONE.fullmatch(said):
        return False
    if _is_stage_alone(said) and following is not None:
        return True
    if following is None:
        return False
    if said.isupper() or (line.before_blank and line.after_blank):
        return said[-1] not in _BREAKS_OFF or (said[-1] == ":" and _names_a_topic(said))
    follows = following.text.lstrip()
    short = len(said) < 48 and len(said.split()) <= 8
    alike = _looks_alike(line.text, following.text)
    if said[-1] == "?":
        return short or line.after_blank
    listed = bool(_BULLET.match(following.text)) or (_leads(line) and follows[:1].isupper())
    return (
        line.after_blank
        and short
        and (listed or not alike)
        and said[-1] != ":"
        and (listed or follows[:1].isupper() or follows[:1].isdigit() or follows[:1] == "(")
    )


def _leads(line: _Line) -> bool:
    """Whether a short line breaks off where a list of what it speaks of begins."""
    words = line.text.rstrip(" :").lower().split()
    return (
        line.after_blank
        and len(line.text) < _LONGEST_LEAD
        and bool(words)
        and words[-1] in _LEADING_ON
    )


def _is_stage_alone(said: str) -> bool:
    """Whether a line is the name of a stage and little else: a heading, wherever it stands."""
    label = _STAGE_LABEL.match(said)
    few = len(said.split()) <= _FEW_WORDS and said[-1] not in ".,;!?"
    return label is not None and few and not re.search(r"[\d,]", said[label.end() :])


_TIME_ALONE: Final = re.compile(r"(?:within|in|up to) [\w() -]{1,24}days?", re.IGNORECASE)
_FEW_WORDS: Final = 6
_STAGE_LABEL: Final = re.compile(r"(?:stage|step) (?:\d|one|two|three)\b", re.IGNORECASE)
_LEADING_ON: Final = frozenset(
    [
        "with",
        "about",
        "if",
        "when",
        "where",
        "to",
        "are",
        "include",
        "includes",
        "for",
        "from",
        "by",
        "on",
        "following",
    ]
)
_LONGEST_LEAD: Final = 60


def _names_a_topic(said: str) -> bool:
    """Whether a short line with a colon names what follows, rather than beginning a sentence."""
    words = said.lower().split()
    if _LEADS_ON.search(said.lower()):
        return False
    return len(words) <= 5 and words[0].split("'")[0].split("’")[0] not in _SENTENCE_OPENERS


_LEADS_ON: Final = re.compile(
    r"\b(?:follow\w*|are|is|includ\w+|should|must|can|cannot|will|may|such as|these)\b"
)
"""What makes a short line with a colon the beginning of a sentence that its list goes on with."""


def _looks_alike(line: str, following: str) -> bool:
    """Whether two neighbours are both short: entries of a list without marks."""
    return (
        len(following) < 48 and not following.rstrip().endswith((".", ":")) and not line.isupper()
    )


def _without_number(text: str) -> str:
    mark = _NUMBERED.match(text)
    return (text[mark.end() :] if mark else text).strip().strip("*_").strip()


def _number(text: str) -> str:
    mark = _NUMBERED.match(text)
    return (mark["number"] or mark["whole"] or "") if mark else ""


def _begins_anew(before: _Line, line: _Line) -> bool:
    """Whether a line begins a paragraph of its own though no blank line stands above it."""
    said, above = line.text.strip(), before.text.rstrip()
    if said[:1].isupper() and (_leads(before) or _STAGE_LABEL.match(said)):
        return True
    if not said[:1].isupper() or len(above) >= _WRAPPED or above.endswith((",", "-")):
        return False
    ended = above.endswith((".", "?", "!", ":", ";"))
    return ended or len(above) < _SHORT_OF_MARGIN * len(line.text)
