"""A letter taken apart: its sentences, each with its place and the headings it stands under.

Places count characters of `LetterText.plain()`, so that a passage shown to an officer is exactly
what stands in the letter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, Literal

from correspondence.letters.checking.layout import (
    EMPHASISED,
    LONGEST_LABEL,
    MARK,
    POINT,
    TOPIC,
    all_strong,
    column_heads,
    could_head,
    enumerated,
    label_of,
    labelled_lines,
    topped,
    unnumbered,
)
from correspondence.letters.checking.sentences import sentence_spans
from correspondence.letters.conventions import SALUTATION, VALEDICTION
from correspondence.letters.cue_words import words_of
from correspondence.letters.text import (
    BulletList,
    Heading,
    LetterText,
    ListItem,
    Paragraph,
    Table,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.letters.text import Cell

Zone = Literal["before", "body", "after"]

_NEAR: Final = 40
"""How many sentences to either side still belong to the paragraph or section of one."""

_SAME_LENGTH: Final = str.maketrans(
    {
        "‘": "'", "’": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-",
        "\u00a0": " ", "\u202f": " ", "\n": " ", "\t": " ", "•": "-",
    }
)  # fmt: skip


@lru_cache(maxsize=2048)
def folded(text: str) -> str:
    """The text in lower case, with plain quotes, dashes and blanks; of the very same length."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lowered.translate(_SAME_LENGTH)


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """One sentence, heading, list item or table cell of the letter.

    `heads` are the headings, labels and column heads it stands under, folded, outermost first;
    `lead` is the sentence with a colon that introduces its list, folded. `mark` is the number or
    letter it carries in a list or a numbered paragraph, `-` for a bullet, empty otherwise.
    `passage` numbers the paragraph or list item, `section` the stretch under one heading, and
    `place` the sentence itself.
    """

    place: int
    start: int
    end: int
    text: str
    folded: str
    kind: Literal["heading", "paragraph", "item", "cell"]
    heads: tuple[str, ...]
    lead: str
    mark: str
    passage: int
    section: int
    zone: Zone

    @property
    def context(self) -> str:
        """The folded words with the lead-in of their list: what the sentence says as a whole."""
        return f"{self.lead} {self.folded}" if self.lead else self.folded


@dataclass(frozen=True)
class Anatomy:
    """The letter's sentences in reading order, and the letter as plain text."""

    plain: str
    sentences: tuple[Sentence, ...]

    @cached_property
    def headings(self) -> tuple[Sentence, ...]:
        """The headings, in order."""
        return tuple(s for s in self.sentences if s.kind == "heading")

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the letter's sentences, as `cue_words.words_of` gives them."""
        return frozenset().union(*(words_of(s.folded) for s in self.sentences))

    @cached_property
    def over(self) -> frozenset[tuple[str, ...]]:
        """Every set of headings that some sentence stands under."""
        return frozenset(s.heads for s in self.sentences)

    @cached_property
    def body(self) -> tuple[Sentence, ...]:
        """What the letter says between salutation and signature, headings left out."""
        return tuple(s for s in self.sentences if s.kind != "heading" and s.zone == "body")

    @cached_property
    def spoken(self) -> tuple[Sentence, ...]:
        """Everything but headings: the body, and what stands above it and below it."""
        return tuple(s for s in self.sentences if s.kind != "heading")

    def passage(self, sentence: Sentence) -> tuple[Sentence, ...]:
        """The sentences of the paragraph or list item that `sentence` belongs to."""
        return tuple(s for s in self._near(sentence) if s.passage == sentence.passage)

    def section(self, sentence: Sentence) -> tuple[Sentence, ...]:
        """The sentences under the same heading as `sentence`, the signature left out."""
        return tuple(
            s
            for s in self._near(sentence)
            if s.section == sentence.section and s.zone == sentence.zone
        )

    def after(self, sentence: Sentence, count: int) -> tuple[Sentence, ...]:
        """The `count` sentences that follow `sentence`."""
        return self.sentences[sentence.place + 1 : sentence.place + 1 + count]

    def _near(self, sentence: Sentence) -> tuple[Sentence, ...]:
        return self.sentences[max(0, sentence.place - _NEAR) : sentence.place + _NEAR + 1]


def take_apart(text: LetterText) -> Anatomy:
    """The anatomy of a letter."""
    plain = text.plain()
    builder = _Builder(plain)
    for block in text.blocks:
        builder.add(block)
    return Anatomy(plain, tuple(builder.sentences))


@dataclass(slots=True)
class _Builder:
    plain: str
    sentences: list[Sentence] = field(default_factory=list)
    at: int = 0
    heads: tuple[tuple[int, str], ...] = ()
    label: str = ""
    lead: str = ""
    over_next: str = ""
    passage: int = 0
    section: int = 0
    zone: Zone = "body"
    heading_last: bool = False
    heading_may_be_subject: bool = True

    def __post_init__(self) -> None:
        lines = (folded(line).strip() for line in self.plain.splitlines())
        self.zone = "before" if any(SALUTATION.match(line) for line in lines) else "body"

    def add(self, block: Heading | Paragraph | BulletList | Table) -> None:
        match block:
            case Heading(level=level, runs=runs):
                self._heading(words(runs), level)
            case Paragraph(runs=runs) if all_strong(block) and could_head(words(runs)):
                self._heading(words(runs), 3)
            case Paragraph(runs=runs) if (marked := EMPHASISED.match(words(runs))) and could_head(
                marked[1]
            ):
                self._heading(marked[1], 3)
            case Paragraph(runs=runs):
                for piece in labelled_lines(words(runs)):
                    for mark, part in enumerated(piece):
                        self._paragraph(part, mark)
            case BulletList():
                self._list(block)
            case Table(rows=rows):
                self._table(rows)

    def _find(self, piece: str) -> int:
        found = self.plain.find(piece, self.at)
        if found < 0:
            raise AssertionError("a block of the letter is not in its plain text")
        self.at = found + len(piece)
        return found

    def _heading(self, piece: str, level: int) -> None:
        if not piece:
            return
        start = self._find(piece)
        own = folded(piece)
        if self.heading_may_be_subject and not TOPIC.match(own):
            # The subject line is over the whole letter and promises no part of it.
            self.heading_may_be_subject = self.zone == "before"
            self.section += 1
            self.passage += 1
            self._keep(start, piece, "heading", "", heads=())
            return
        self.heading_may_be_subject = False
        # Only the subject stands over the whole letter.
        level = max(level, 2)
        # A point's own heading straight under another belongs to what that one promises.
        point = self.heading_last and POINT.match(own)
        above = [h for h in self.heads if h[0] < level or (point and h[0] == level)]
        self.heads = (*above[-3:], (level, unnumbered(own)))
        self.label = self.lead = self.over_next = ""
        self.section += 1
        self.passage += 1
        self._keep(start, piece, "heading", "", heads=tuple(h for _, h in above))
        self.heading_last = True

    def _paragraph(self, piece: str, counted: str = "") -> None:
        if not piece:
            return
        if self.zone == "body" and not counted and (top := topped(piece)):
            self._under_top(piece, top)
            return
        start = self._find(piece)
        self.heading_last = False
        mark = MARK.match(piece)
        if self.zone == "body" and not SALUTATION.match(folded(piece)):
            self.heading_may_be_subject = False
        self.passage += 1
        offset = mark.end() if mark else 0
        if (mark or counted) and self.lead:
            self._spans(start, piece, "item", mark[1].lower() if mark else counted)
            return
        self.label, self.over_next = self.over_next, ""
        self.lead = ""
        label = label_of(piece[offset:])
        if label:
            self.label = folded(label)
            self.section += 1
        self._spans(start, piece, "paragraph", mark[1].lower() if mark else counted)
        last = self.sentences[-1]
        if last.folded.endswith((":", ": -", "-")) or (label and len(piece) <= len(label) + 3):
            self.lead = last.folded
            # "Why:" on a line of its own stands over the paragraph below it.
            self.over_next = self.label if len(piece) <= len(label) + 1 else ""
        elif label:
            self.label = ""
            self.section += 1

    def _under_top(self, piece: str, top: str) -> None:
        """A paragraph of two lines, of which the first is a heading over the other."""
        self.heading_may_be_subject = False
        self._heading(top, 2)
        self.heading_last = False
        self.passage += 1
        value = piece[len(top) :].strip()
        self._spans(self._find(value), value, "paragraph", "")

    def _list(self, block: BulletList) -> None:
        for number, item in enumerate(block.items, block.start):
            self._item(item, str(number) if block.ordered else "-")

    def _item(self, item: ListItem, mark: str) -> None:
        piece = words(item.runs)
        self.heading_last = False
        self.passage += 1
        if piece:
            start = self._find(piece)
            own = MARK.match(piece)
            self._spans(start, piece, "item", own[1].lower() if own else mark)
        for inner in item.lists:
            self._list(inner)

    def _table(self, rows: tuple[tuple[Cell, ...], ...]) -> None:
        self.heading_last = False
        # "What is left to do:" over a table says what its rows are.
        over_all = self.label if self.lead else ""
        self.label = self.lead = ""
        columns = tuple(folded(head) for head in column_heads(rows))
        for number, row in enumerate(rows):
            row_head = folded(words(row[0].runs)) if len(row) > 1 else ""
            self.section += 1
            self.passage += 1
            for place, cell in enumerate(row):
                piece = words(cell.runs)
                if not piece:
                    continue
                start = self._find(piece)
                over = [over_all]
                over += [columns[place]] if number and place < len(columns) else []
                if place and row_head:
                    over.append(row_head)
                kept = self.heads
                self.heads = (*kept, *((9, head) for head in over if head))
                if not place and len(row) == 2 and len(piece.split()) <= LONGEST_LABEL:
                    self._keep(start, piece, "heading", "", heads=())
                else:
                    self._spans(start, piece, "cell", "")
                self.heads = kept

    def _spans(
        self, start: int, piece: str, kind: Literal["paragraph", "item", "cell"], mark: str
    ) -> None:
        for begin, end in sentence_spans(piece):
            self._keep(start + begin, piece[begin:end], kind, mark)

    def _keep(
        self,
        start: int,
        piece: str,
        kind: Literal["heading", "paragraph", "item", "cell"],
        mark: str,
        heads: tuple[str, ...] | None = None,
    ) -> None:
        low = folded(piece)
        if self.zone == "before" and SALUTATION.match(low):
            self.zone = "body"
        elif self.zone == "body" and len(low) < 60 and VALEDICTION.match(low):
            self.zone = "after"
        over = heads if heads is not None else tuple(h for _, h in self.heads)
        if self.label and kind != "heading":
            over = (*over, self.label)
        self.sentences.append(
            Sentence(
                len(self.sentences), start, start + len(piece), piece, low, kind, over,
                self.lead if kind == "item" else "", mark, self.passage, self.section, self.zone,
            )
        )  # fmt: skip


def each_passage(sentences: tuple[Sentence, ...]) -> Iterator[tuple[Sentence, ...]]:
    """The sentences grouped by paragraph or list item, in order."""
    held: list[Sentence] = []
    for sentence in sentences:
        if held and held[-1].passage != sentence.passage:
            yield tuple(held)
            held = []
        held.append(sentence)
    if held:
        yield tuple(held)
