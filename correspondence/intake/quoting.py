"""A text divided: the sender's own words, quoted history, signature.

Every line goes to exactly one place, so nothing is lost. A forwarded message is the matter itself
and stays with the new words. In doubt a line is new: reading too much costs a moment, reading too
little loses a complaint.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from correspondence.intake.mail.quotation_marks import (
    attribution,
    between_arrows,
    header_block,
    is_forward_mark,
    is_original_mark,
    is_quoted,
    is_rule,
    opens_with_arrows,
)
from correspondence.intake.mail.signatures import (
    banner_end,
    disclaimer_start,
    is_device_line,
    signature_start,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

Place = Literal["new", "quoted", "forwarded", "signature", "disclaimer"]

MOST_LINES: Final = 20_000  # what lies beyond goes where the last line before went

_MOST_CUT: Final = 0.6
_MANY_BLANK: Final = re.compile(r"\n{3,}")
_LITTLE: Final = 2  # lines of new words that are little beside a long history

_FORWARDED_SUBJECT: Final = re.compile(r"(?i)\s*\[?(fwd?|ymlaen|wg|tr|rv|enc)\s*(\[\d+\])?\s*:")
_REPLY_SUBJECT: Final = re.compile(r"(?i)\s*\[?(re|ateb|aw|sv|odp|antw|ynt)\s*(\[\d+\])?\s*:")
_LEADS: Final = re.compile(r"(?i)^(\s*\[?\w{1,6}\]?\s*(\[\d+\])?\s*:)+")
_SENDS_ON: Final = re.compile(
    r"(?i)\b(forward(ed|ing)?|fwd|pass(ed|ing)?|send(ing)?|sent)\b.{0,40}"
    r"\b(this|these|it|on|below|from)\b"
    r"|\b(see|read|find)\b.{0,30}\bbelow\b"
    r"|\b(e-?mail|message|enquiry|complaint) below\b|\bbelow (is|e-?mail)"
)
_ANSWERS_BELOW: Final = re.compile(
    r"(?i)\b(answers?|answered|comments?|commented|repl(y|ies|ied)|responses?|responded|notes?)\b"
    r".{0,60}"
    r"\b(below|in ?line|in (red|blue|green|bold|capitals|caps|italics)|beneath|underneath|"
    r"after each|next to)\b"
)


@dataclass(frozen=True, slots=True)
class Split:
    """A text divided. `new_text` holds the forwarded text too, and is empty only if the text is."""

    new_text: str
    quoted_text: str = ""
    signature: str = ""
    forwarded_text: str = ""  # from the first mark of a forwarded message to the end
    disclaimer: str = ""  # standing texts, and the mail server's own warnings


@dataclass(frozen=True, slots=True)
class _Mark:
    """Something that begins at a line and ends before another: history, or a forwarded message."""

    place: Place
    start: int
    end: int
    certain: bool = True


def split(text: str, subject: str = "") -> Split:
    """Divide a message's text; `subject` tells a forwarded message from an answered one."""
    lines = text.split("\n")
    head = lines[:MOST_LINES]
    places: list[Place] = ["new"] * len(head)
    marks = _sent_on(head, list(_marks(head, subject)), subject)
    for mark in marks:
        places[mark.start : mark.end] = [mark.place] * (mark.end - mark.start)
    _join_gaps(head, places)
    if not _has_words(head, places, "new") and not _has_words(head, places, "forwarded"):
        places = ["new"] * len(head)
    elif _cut_in_doubt(head, places, marks):
        places = ["new" if place == "quoted" else place for place in places]
    _mark_standing_texts(head, places)
    places += [places[-1]] * (len(lines) - len(head))
    return _divided(lines, places)


def _marks(lines: list[str], subject: str) -> Iterator[_Mark]:
    """Every mark in order; one that reaches to the end is the last."""
    position, total = 0, len(lines)
    while position < total:
        line = lines[position]
        if not line.strip():
            position += 1
            continue
        if is_quoted(line):
            if between_arrows(line):
                yield _Mark("quoted", position, total)
                return
            if not (opens_with_arrows(line) and attribution(lines, position)):
                end = _quoted_until(lines, position + 1)
                yield _Mark("quoted", position, end)
                position = end
                continue
        if is_forward_mark(line):
            yield _Mark("forwarded", position, total)
            return
        introduced = attribution(lines, position)
        if introduced:
            end, certain = introduced
            following = next(
                (i for i in range(end, min(end + 4, total)) if lines[i].strip()), total
            )
            if following < total and is_quoted(lines[following]):
                yield _Mark("quoted", position, following)
                position = following
                continue
            if certain and following < total:
                yield _Mark("quoted", position, total)
                return
        found = _header_mark(lines, position, subject)
        if found:
            yield found
            return
        position += 1


def _quoted_until(lines: list[str], position: int) -> int:
    """Where lines that are marked as quoted, and open nothing else, end."""
    while position < len(lines) and is_quoted(lines[position]):
        if lines[position].startswith(">>>"):  # what they may open is looked at by itself
            break
        position += 1
    return position


def _sent_on(lines: list[str], marks: list[_Mark], subject: str) -> list[_Mark]:
    """Under a forwarding subject one quoted run that reaches to the end is what is sent on."""
    if not marks or not _FORWARDED_SUBJECT.match(subject):
        return marks
    if any(mark.place != "quoted" for mark in marks):
        return marks
    start, end = marks[0].start, marks[-1].end
    inside = all(is_quoted(line) or not line.strip() for line in lines[start:end])
    beyond = [line for line in lines[end:] if line.strip()]
    return [_Mark("forwarded", start, end)] if inside and not beyond else marks


def _header_mark(lines: list[str], position: int, subject: str) -> _Mark | None:
    """An Outlook header block or '-----Original Message-----': history, or forwarded matter."""
    original = is_original_mark(lines[position])
    block = None if original else header_block(lines, position)
    if not original and block is None:
        return None
    start = position
    while start > 0 and (not lines[start - 1].strip() or is_rule(lines[start - 1])):
        start -= 1
    above = [line for line in lines[:start] if line.strip() and not is_quoted(line)]
    sent_on = bool(_FORWARDED_SUBJECT.match(subject)) or (
        not _REPLY_SUBJECT.match(subject) and bool(_SENDS_ON.search(" ".join(above)[-2_000:]))
    )
    sent_on = sent_on or _named_anew(subject, block.fields.get("subject", "") if block else "")
    own = [line for line in above if not is_device_line(line)]
    if sent_on or (not own and not _REPLY_SUBJECT.match(subject)):
        return _Mark("forwarded", start, len(lines))
    certain = (
        original or bool(_REPLY_SUBJECT.match(subject)) or (block is not None and block.is_certain)
    )
    return _Mark("quoted", start, len(lines), certain)


def _named_anew(subject: str, below: str) -> bool:
    """Whether a message above a block bears a subject of its own: no answer does, only a cover."""
    if not below or _REPLY_SUBJECT.match(subject):
        return False
    own, other = (_LEADS.sub("", text).strip().casefold() for text in (subject, below))
    return own != other


def _join_gaps(lines: list[str], places: list[Place]) -> None:
    """Blank lines between two quoted lines are quoted as well."""
    last_quoted = -2
    for index, place in enumerate(places):
        if place == "quoted":
            if last_quoted >= 0 and not any(
                line.strip() for line in lines[last_quoted + 1 : index]
            ):
                places[last_quoted + 1 : index] = ["quoted"] * (index - last_quoted - 1)
            last_quoted = index


def _has_words(lines: list[str], places: list[Place], wanted: Place) -> bool:
    return any(
        place == wanted and any(map(str.isalnum, line))
        for line, place in zip(lines, places, strict=True)
    )


def _cut_in_doubt(lines: list[str], places: list[Place], marks: list[_Mark]) -> bool:
    """Whether the history cut off may hold the matter: long, with little beside it, and unsure."""
    if "quoted" not in places:
        return False
    new = [
        line
        for line, place in zip(lines, places, strict=True)
        if place != "quoted" and line.strip()
    ]
    reaching = [mark for mark in marks if mark.place == "quoted" and mark.end == len(lines)]
    if reaching and _answers_below(" ".join(new)[:2_000]):
        return True  # answers written into the history, which bears no marks
    kept = sum(map(len, new))
    cut = sum(len(line) for line, place in zip(lines, places, strict=True) if place == "quoted")
    own = [line for line in new if not is_device_line(line)]
    if len(own) > _LITTLE or cut <= _MOST_CUT * (cut + kept):
        return False
    return any(not mark.certain for mark in reaching)


def _answers_below(said: str) -> bool:
    """Whether these words say that answers stand further down."""
    spoken = said.casefold()
    if not any(word in spoken for word in ("answer", "comment", "repl", "respon", "note")):
        return False
    return bool(_ANSWERS_BELOW.search(said))


def _mark_standing_texts(lines: list[str], places: list[Place]) -> None:
    """Find the banner, and the signature and disclaimer before the first mark and at the end."""
    before = list(places)
    end = banner_end(lines) if places and places[0] == "new" else 0
    if all(place == "new" for place in places[:end]):
        places[:end] = ["disclaimer"] * end
    for start, stop in _runs(places):
        run = lines[start:stop]
        legal = disclaimer_start(run)
        places[start + legal : stop] = ["disclaimer"] * (stop - start - legal)
        for index in range(start, start + legal):
            if is_device_line(lines[index]):
                places[index] = "signature"
        own = [line if places[start + i] == "new" else "" for i, line in enumerate(run[:legal])]
        sign = signature_start(own)
        for index in range(start + sign, start + legal):
            places[index] = "signature"
    if not _has_words(lines, places, "new") and not _has_words(lines, places, "forwarded"):
        places[:] = before


def _runs(places: list[Place]) -> list[tuple[int, int]]:
    """The runs of new lines worth looking at: the one before the first mark, and the last."""
    runs: list[tuple[int, int]] = []
    start = None
    for index, place in enumerate([*places, "end"]):
        if place == "new" and start is None:
            start = index
        elif place != "new" and start is not None:
            runs.append((start, index))
            start = None
    return runs if len(runs) <= 2 else [runs[0], runs[-1]]


def _divided(lines: list[str], places: list[Place]) -> Split:
    def of(*wanted: Place) -> str:
        if present.isdisjoint(wanted):
            return ""
        kept = [line for line, place in zip(lines, places, strict=True) if place in wanted]
        joined = "\n".join(kept)
        if "\n\n\n" in joined:
            joined = _MANY_BLANK.sub("\n\n", joined)
        return joined.strip("\n")

    present = set(places)

    return Split(
        new_text=of("new", "forwarded"),
        quoted_text=of("quoted"),
        signature=of("signature"),
        forwarded_text=of("forwarded"),
        disclaimer=of("disclaimer"),
    )
