"""How many complaints a report says came at each stage: once, or differently in two places."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from correspondence.reports.consistency.arithmetic import is_possible, printed, whole
from correspondence.reports.consistency.finding import Inconsistency
from correspondence.reports.consistency.impossible import impossible
from correspondence.reports.consistency.numbers import numbers_in
from correspondence.reports.consistency.passages import read_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from correspondence.reports.consistency.numbers import Number
    from correspondence.reports.consistency.passages import Passage, Table

_STAGES: Final = {"1": 1, "one": 1, "2": 2, "two": 2}
_AT_STAGE: Final = re.compile(
    r"^\s+(?:new |formal |housing )?"
    r"(?:stage (?P<before>1|2|one|two) (?:complaints|cases|escalations)|"
    r"(?:complaints|cases) (?:were |was )?(?:received |opened |recorded |logged |considered )?"
    r"at stage (?P<after>1|2|one|two))\b",
    re.IGNORECASE,
)
_RECEIVED: Final = re.compile(
    r"\b(?:receiv|open|record|logg|there were|we had|total)\w*", re.IGNORECASE
)
_OTHER_TIME: Final = re.compile(
    r"\b(?:last year|previous\w*|year before|compar\w+|prior|quarter|q[1-4]|sector|"
    r"average|of these|of which|of the|upheld|withdrawn|late|in time|on time|overdue|open at|april|"
    r"may|june|july|august|september|october|november|december|january|february|march)\b",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"\b20\d\d[/-]\d\d\b")
_ROW_OF_STAGE: Final = re.compile(
    r"^\W*(?:complaints (?:received )?(?:at )?)?stage (?P<stage>1|2|one|two)"
    r"(?: complaints| cases)?(?: received| opened)?\W*$",
    re.IGNORECASE,
)
_IN_TIME: Final = re.compile(
    r"\b(?:ch02\s*\(?(?P<part>[12])?|(?:in|on|within) (?:the |target |our |code(?:'s)? )*"
    r"(?:time|timescales?|\d+ working days))",
    re.IGNORECASE,
)
_NAMED_STAGE: Final = re.compile(r"\bstage (?P<stage>1|2|one|two)\b", re.IGNORECASE)


def received_at(passages: Iterable[Passage], tables: Iterable[Table]) -> dict[int, set[Decimal]]:
    """Every number of complaints the report gives for a stage as all that were received."""
    found: dict[int, dict[Decimal, str]] = _said(passages, tables)
    return {stage: set(values) for stage, values in found.items()}


def drift(passages: Sequence[Passage], tables: Sequence[Table]) -> Iterator[Inconsistency]:
    """A number of complaints that is another one elsewhere in the report."""
    for stage, values in _said(passages, tables).items():
        (first, _), *others = values.items()
        for value, quote in others:
            yield Inconsistency(
                rule="total",
                verdict="warn",
                quote=quote,
                why=f"Elsewhere the report has {whole(first)} complaints at stage {stage}; say "
                "which it is, or what the two count.",
                sum=f"{whole(value)} here, {whole(first)} there",
                instead=whole(first),
            )


def out_of_reach(
    passages: Iterable[Passage], tables: Iterable[Table], received: dict[int, Decimal]
) -> Iterator[Inconsistency]:
    """A share answered in time that no whole number of the stage's complaints gives.

    Only a warning: the share may be of tenants alone, and the report of all residents.
    """
    for text, percents in (*_sentences(passages), *_rows(tables)):
        stage = stage_named(text)
        total = received.get(stage) if stage else None
        if not total or not _IN_TIME.search(text):
            continue
        for value, unit in percents:
            if value <= 100 and not is_possible(value, unit, total):
                finding = impossible(value, unit, total, text)
                yield finding.model_copy(
                    update={
                        "verdict": "warn",
                        "why": f"{finding.why} If the share is of fewer complaints "
                        f"({_fewer(value, unit, total)}), say of which.",
                    }
                )


def _said(passages: Iterable[Passage], tables: Iterable[Table]) -> dict[int, dict[Decimal, str]]:
    found: dict[int, dict[Decimal, str]] = {}
    for passage in passages:
        sentence = passage.sentence
        if len(set(_YEAR.findall(sentence))) > 1 or _OTHER_TIME.search(sentence):
            continue
        if not _RECEIVED.search(sentence):
            continue
        for number in numbers_in(sentence):
            if number.meaning == "count" and (stage := _stage_after(sentence, number)):
                found.setdefault(stage, {}).setdefault(number.value, sentence)
    for table in tables:
        for at, row in enumerate(table.rows):
            named = _ROW_OF_STAGE.match(row[0])
            figures = [cell for cell in map(read_cell, row[1:]) if cell]
            if named and len(row) == 2 and len(figures) == 1 and not figures[0].percent:
                stage = _STAGES[named["stage"].lower()]
                found.setdefault(stage, {}).setdefault(figures[0].value, table.quote(at))
    return found


def _stage_after(sentence: str, number: Number) -> int | None:
    named = _AT_STAGE.match(sentence[number.end :])
    return _STAGES[(named["before"] or named["after"]).lower()] if named else None


def _sentences(passages: Iterable[Passage]) -> Iterator[tuple[str, list[tuple[Decimal, Decimal]]]]:
    for passage in passages:
        numbers = numbers_in(passage.sentence)
        percents = [one for one in numbers if one.meaning == "percent"]
        counts = [one for one in numbers if one.meaning == "count"]
        # With counts of its own the sentence says what the share is of, and with several shares
        # or words of another year it is not clear which is meant.
        if (
            len(percents) == 1
            and not counts
            and not _OTHER_TIME_FOR_SHARES.search(passage.sentence)
        ):
            yield passage.sentence, [(percents[0].value, percents[0].unit)]


_OTHER_TIME_FOR_SHARES: Final = re.compile(
    r"\b(?:last year|previous\w*|compar\w+|prior|target\w*|sector|average|median|satisf\w*|tenants|"
    r"survey\w*|acknowledge\w*)\b",
    re.IGNORECASE,
)


def _rows(tables: Iterable[Table]) -> Iterator[tuple[str, list[tuple[Decimal, Decimal]]]]:
    for table in tables:
        for at, row in enumerate(table.rows):
            cells = [cell for cell in map(read_cell, row[1:]) if cell]
            if len(cells) == 1 and cells[0].percent:
                value = cells[0].value
                unit = Decimal(1).scaleb(min(0, int(value.as_tuple().exponent)))
                yield table.quote(at), [(value, unit)]


def stage_named(text: str) -> int | None:
    """The one stage a text is about; None for neither or both."""
    named = {_STAGES[found["stage"].lower()] for found in _NAMED_STAGE.finditer(text)}
    named |= {int(part) for found in _IN_TIME.finditer(text) if (part := found["part"])}
    return named.pop() if len(named) == 1 else None


def _fewer(value: Decimal, unit: Decimal, total: Decimal) -> str:
    """The next smaller number of complaints of which the share could be."""
    for of in range(int(total) - 1, 0, -1):
        if is_possible(value, unit, Decimal(of)):
            count = int((value * of / 100).to_integral_value())
            return f"such as {count} of {of}, {printed(Decimal(count) * 100 / of)}%"
    return "of which there are none"
