"""A policy taken apart: its sentences, list items and table cells, each with what it stands under.

Places count characters of the text as given, so that a quotation is the policy's very words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal

from correspondence.handling_code.policy.lengths import lengths_in
from correspondence.handling_code.policy.lines import Block, blocks_of, numbering
from correspondence.handling_code.policy.scope import (
    is_elsewhere,
    is_others_column,
    names_the_landlord,
    without_examples,
)
from correspondence.handling_code.policy.sentences import sentence_spans
from correspondence.handling_code.policy.stage_names import (
    begins_with_stage,
    stages_meant,
    stages_named,
)

_SAME_LENGTH: Final = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "ʼ": "'",
        "`": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "‑": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\u00ad": " ",
        "\n": " ",
        "\t": " ",
        "•": "-",
        "*": " ",
        "_": " ",
        "\u200b": " ",
    }
)
_LABEL: Final = re.compile(
    r"^[\s>#*_-]*(?:\(?(?:\w{1,3}[.)]|\d[\d.]*\)?) +)?\**([A-Z0-9][^.:;!?\n]{1,60}?)\**\s*"
    r"(?:[:?]\**(?:\s|$)|\.\**\s(?=[A-Z])|[–—]\s|\s-\s)"
)
_STAGE_KEEPS: Final = re.compile(
    r"acknowledg|respon|repl|extension|extend|timescale|time ?frame|time limit|investigat|decision"
    r"|how long|what happens|what we|letter|outcome|review|what you"
)
_OPENS_A_SENTENCE: Final = re.compile(r"(?:we|you|if|this|during|when|at|in|they|please)\b")
_TITLE: Final = re.compile(r"\bpolic(?:y|ies)\b|\bprocedure\b")
_LONGEST_LEAD: Final = 260
_SHORT_CELL: Final = 60
Kind = Literal["heading", "sentence", "item", "cell"]
StagesFrom = Literal["own words", "heading", "sentence before", ""]


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, heading, list item or table cell.

    `said` is its own words, folded; `lead` the sentence that introduces its list; `heads` the
    headings above it (for a cell, the heads of its column and row too). `stages` are the stages it
    speaks of, by its own words or by where it stands; empty where neither tells. `paragraph`
    numbers the paragraph it belongs to, `section` the stretch under one heading. `shown` is what
    a quotation shows: the passage, or the whole row of a cell. `stages_from` says what
    tells the stages. `place` counts the passages before it.
    """

    start: int
    end: int
    kind: Kind
    said: str
    lead: str
    heads: tuple[str, ...]
    stages: tuple[int, ...]
    paragraph: int
    section: int
    elsewhere: bool
    shown: tuple[int, int]
    stages_from: StagesFrom
    place: int

    @property
    def context(self) -> str:
        """The words with what introduces them: what the passage says as a whole."""
        return f"{self.lead} {self.said}" if self.lead else self.said

    @property
    def under(self) -> str:
        """The words with the nearest heading and what introduces them."""
        return f"{self.heads[-1]}: {self.context}" if self.heads else self.context


@dataclass(frozen=True, slots=True)
class Policy:
    """A complaints policy as passages in reading order.

    `ours` is what is said of complaints about the landlord: other services' own rules left out.
    """

    text: str
    passages: tuple[Passage, ...]
    ours: tuple[Passage, ...]

    def quote(self, passage: Passage) -> str:
        """The passage's very words on one line."""
        return " ".join(self.text[slice(*passage.shown)].split())

    def paragraphs(self) -> list[tuple[Passage, ...]]:
        """The passages grouped by paragraph, other services' left out."""
        grouped: dict[int, list[Passage]] = {}
        for passage in self.ours:
            grouped.setdefault(passage.paragraph, []).append(passage)
        return [tuple(group) for group in grouped.values()]

    def near(self, passage: Passage, reach: int = 2) -> str:
        """The folded words of the passage and its neighbours under the same heading."""
        at = passage.place
        around = self.passages[max(0, at - reach) : at + reach + 1]
        return " ".join(p.context for p in around if p.section == passage.section)


def folded(text: str) -> str:
    """The text in lower case with plain quotes, dashes and blanks; of the very same length."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lowered.translate(_SAME_LENGTH)


def take_apart(text: str) -> Policy:
    """The policy in a text. Never raises: every line ends up in some passage."""
    low = folded(text)
    builder = _Builder(text, low, parted=names_the_landlord(low))
    blocks = blocks_of(text)
    for block, following in zip(blocks, [*blocks[1:], None], strict=False):
        builder.add(block, following)
    passages = tuple(builder.passages)
    ours = tuple(p for p in passages if not p.elsewhere)
    # One procedure for every service, tenants' complaints among them, is the landlord's own.
    if not any(p.stages for p in ours) and any(p.stages for p in passages):
        ours = passages
    return Policy(text, passages, ours)


@dataclass(slots=True)
class _Builder:
    text: str
    low: str
    parted: bool = True
    passages: list[Passage] = field(default_factory=list)
    heads: list[tuple[int, str]] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    lead: str = ""
    lead_number: str = ""
    stage_head: tuple[int, tuple[int, ...]] = (0, ())
    last_stages: tuple[int, ...] = ()
    elsewhere_level: int = 0
    last_paragraph: int = 0
    last_of_both: bool = False
    paragraph: int = 0
    section: int = 0

    def add(self, block: Block, following: Block | None) -> None:
        self.paragraph += 1
        if block.kind != "row":
            self.columns = ()
        if block.kind == "heading":
            self._heading(block)
        elif block.kind == "row":
            self._row(block)
        else:
            self._running(block, listed=following is not None and following.kind == "item")

    def _heading(self, block: Block) -> None:
        said = self._said(block.start, block.end)
        self.heads = [head for head in self.heads if head[0] < block.level]
        self.heads.append((block.level, said))
        self.section += 1
        self.lead = ""
        self.last_stages = ()
        named = stages_named(said)
        level, stages = self.stage_head
        if named:
            self.stage_head = (block.level, named)
        elif (
            stages
            and (block.level <= level)
            and not (block.level == level and not block.number and _STAGE_KEEPS.search(said))
        ):
            self.stage_head = (0, ())
        if self.elsewhere_level and block.level <= self.elsewhere_level:
            self.elsewhere_level = 0
        if is_elsewhere(said, parted=self.parted) and not _TITLE.search(said):
            self.elsewhere_level = block.level
        self._keep(block.start, block.end, "heading", said)

    def _running(self, block: Block, *, listed: bool) -> None:
        spans = sentence_spans(self.text, block.start, block.end)
        label = _label(self.text, block)
        if block.kind == "paragraph" or _goes_past(block.number, self.lead_number):
            self.lead = ""
        if label and not stages_named(label) and not _OPENS_A_SENTENCE.match(label):
            self.last_stages = ()
        if label and (named := stages_named(label)):
            self.stage_head = (block_level(block), named)
            self.last_stages = ()
        elif (
            label
            and self.stage_head[1]
            and self.stage_head[0] >= 6
            and not _STAGE_KEEPS.search(label)
        ):
            self.stage_head = (0, ())
        kind: Kind = "item" if block.kind == "item" else "sentence"
        for start, end in spans:
            self._keep(start, end, kind, self._said(start, end))
        last = self._said(*spans[-1]) if spans else ""
        breaks_off = last.rstrip(" -").endswith(":") or (
            listed and block.kind == "paragraph" and not last.endswith((".", "!", "?"))
        )
        if breaks_off and len(last) <= _LONGEST_LEAD:
            self.lead = last
            self.lead_number = block.number

    def _row(self, block: Block) -> None:
        cells = [self._said(start, end) for start, end in block.cells]
        if not self.columns and (heads := _column_heads(cells)):
            self.columns = heads
            self.section += 1
            self._keep(block.start, block.end, "cell", self._said(block.start, block.end))
            return
        if not self.columns:
            self.columns = ("",) * len(cells)
        label = cells[0] if cells else ""
        named = stages_named(label) or stages_named(f"{self.columns[0]} {label}"[:12])
        for place, (start, end) in enumerate(block.cells):
            if start == end:
                continue
            column = self.columns[place] if place < len(self.columns) else ""
            over = [head for head in (column, *cells[:place]) if head and not lengths_in(head)]
            stages = stages_named(cells[place]) or stages_named(column) or named
            for begin, stop in sentence_spans(self.text, start, end):
                said = self._said(begin, stop)
                shown = (block.start, block.end) if len(said) < _SHORT_CELL else (begin, stop)
                self._keep(begin, stop, "cell", said, tuple(over), stages, shown)

    def _before(self) -> tuple[int, ...]:
        """The stages last spoken of; under a heading of its own, only within the paragraph."""
        near = self.last_paragraph == self.paragraph or not (
            self.stage_head[1] or self.last_of_both
        )
        return self.last_stages if near else ()

    def _said(self, start: int, end: int) -> str:
        number = numbering(self.text[start:end])
        return " ".join(self.low[start + number : end].split())

    def _keep(
        self,
        start: int,
        end: int,
        kind: Kind,
        said: str,
        over: tuple[str, ...] = (),
        stages: tuple[int, ...] = (),
        shown: tuple[int, int] = (0, 0),
    ) -> None:
        own = stages or stages_meant(said)
        lead = self.lead if kind == "item" else ""
        topic = own and (stages or kind in ("heading", "cell") or begins_with_stage(said))
        told: tuple[tuple[tuple[int, ...], StagesFrom], ...] = (
            (own if topic else (), "own words"),
            (stages_meant(lead), "heading"),
            (self._before(), "sentence before"),
            (self.stage_head[1], "heading"),
            (own, "own words"),
        )
        known, stages_from = next((one for one in told if one[0]), ((), ""))
        begins = begins_with_stage(said)
        if own and kind != "cell" and (begins or own == (1, 2)):
            self.last_stages = own
            self.last_paragraph = self.paragraph
            self.last_of_both = not begins
        elsewhere = (
            bool(self.elsewhere_level)
            or is_elsewhere(
                " ".join((without_examples(lead), *over, without_examples(said))),
                parted=self.parted,
            )
            or (self.parted and any(is_others_column(head) for head in over))
        )
        heads = (*(head for _, head in self.heads[-3:]), *over)
        self.passages.append(
            Passage(
                start,
                end,
                kind,
                said,
                lead,
                heads,
                known,
                self.paragraph,
                self.section,
                elsewhere,
                shown if shown[1] else (start, end),
                stages_from,
                len(self.passages),
            )
        )


def _goes_past(number: str, led_from: str) -> bool:
    """Whether a numbered paragraph stands beside the one that a list was led on from, not in it."""
    return "." in led_from and "." in number and number.count(".") <= led_from.count(".")


def block_level(block: Block) -> int:
    """The rank of a label at the head of a paragraph: below every real heading."""
    return 6 + block.number.count(".")


def _label(text: str, block: Block) -> str:
    found = _LABEL.match(text[block.start : block.end])
    return folded(found[1]) if found and len(found[1].split()) <= 9 else ""


def _column_heads(cells: list[str]) -> tuple[str, ...]:
    """The cells where they are heads of columns: short, and naming no length of time."""
    if len(cells) < 2 or any(
        len(cell) > 60 or re.search(r"\b\d+\b.*\bdays?\b", cell) for cell in cells
    ):
        return ()
    if len(cells) == 2 and (stages_named(cells[0]) or len(cells[1]) > 30):
        return ()
    return tuple(cells)
