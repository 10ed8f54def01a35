"""Percentages beside the counts they are said to come from, sentence by sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from correspondence.reports.consistency.arithmetic import (
    fit,
    is_possible,
    printed,
    share,
    sums_of,
    whole,
)
from correspondence.reports.consistency.finding import Inconsistency
from correspondence.reports.consistency.impossible import impossible
from correspondence.reports.consistency.numbers import Number, numbers_in
from correspondence.reports.consistency.totals import stage_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from correspondence.reports.consistency.passages import Passage

_NOUN: Final = (
    r"(?:\s+(?:of\s+)?(?:the\s+|our\s+|all\s+|these\s+|those\s+)?(?:(?:new|formal|stage|1|2|one|two|"
    r"housing|upheld|closed|first|second)\s+)*(?:complaints?|cases?|responses?|escalations?|"
    r"enquiries|requests?|contacts?|them|these|residents|tenants))?"
)
_OF: Final = re.compile(
    rf"^{_NOUN}\s*(?:,\s*)?(?:out of|of)\s+"
    r"(?:the\s+|our\s+|all\s+|these\s+|those\s+|a total of\s+)*$",
    re.IGNORECASE,
)
_GAP: Final = r"(?:stages? (?:1|2)|\d+ working days?|[^.;:()%\d])"
"""A sign between two figures that belong together; the digits of a stage or a time may be there."""

_PERCENT_OF: Final = re.compile(
    r"^\s*\)?\s+of\s+(?:the\s+|our\s+|all\s+|these\s+|those\s+|a total of\s+)*$", re.IGNORECASE
)
_BRACKET: Final = re.compile(
    rf"^{_GAP}{{0,60}}\(\s*(?:or\s+|i\.e\.\s*|that is,?\s+)?$", re.IGNORECASE
)
_THEN: Final = re.compile(
    rf"^{_GAP}{{0,60}}?(?:\(|,|–|-|=)?\s*(?:\bor|which (?:is|was|equates to|represents)|i\.e\.|"
    r"that is,?|equating to|equal to|equivalent to|representing|giving|=|a rate of|"
    r"an? \w+ rate of)\s*(?:a rate of\s+)?$",
    re.IGNORECASE,
)
_BEFORE_COUNTS: Final = re.compile(
    rf"^(?:\s*(?:,|–|-|:)|{_GAP}{{0,80}}(?:\(|\bwhich (?:is|was|were)|–))"
    r"\s*(?:that is,?\s+|i\.e\.\s*|or\s+|which is\s+)?$",
    re.IGNORECASE,
)
_ENUMERATED: Final = re.compile(rf"^{_GAP}{{0,90}}\((?P<parts>[^()%]+)\)", re.IGNORECASE)
_FRACTION: Final = re.compile(r"(?<![\d/.,])(\d{1,4})\s?/\s?(\d{1,5})(?![\d/])")
_OF_OTHERS: Final = re.compile(
    r"^\s+of\s+(?!(?:the|our|all|these|those)?\s*(?:\d|(?:stage (?:1|2) |our )?"
    r"(?:complaints?|cases?|them|these|those|answers|responses|the total)\b))",
    re.IGNORECASE,
)
_CONCLUDES: Final = re.compile(
    r"(?:giving|making|meaning|means|(?:which|this|that) (?:is|was|means|gives|gave|makes|made)|"
    r"(?:which |this |that |and )?equat(?:es|ed|ing) to|equal(?:s|ling)?(?: to)?|"
    r"represent(?:s|ing)|"
    r"i\.e\.|=|:|amount(?:s|ing) to|totalling|resulting in|results in|"
    r"(?:taking|bringing) (?:this|us|it|the total|the figure|performance) to|so|therefore|overall)"
    r"[\s,:]*(?:that\s+|a\s+|an\s+|our\s+|overall\s+|combined\s+|total\s+|rate\s+|figure\s+|of\s+|"
    r"in total\s+|around\s+|about\s+|just\s+|performance\s+|compliance\s+|we achieved\s+|"
    r"we answered\s+)*$",
    re.IGNORECASE,
)
_OTHER_YEAR: Final = re.compile(
    r"\b(?:compar\w+|last year|previous\w*|prior|target\w*|against|average|sector|nation\w*|median|"
    r"benchmark\w*|satisf\w*|up from|down from|increase\w*|decrease\w*|improv\w*|reduc\w*|higher|"
    r"lower|forecast|aim\w*|expect\w*|not|rather than|instead of|year before|earlier|survey\w*|"
    r"tp\d\d)\b|20\d\d/\d\d",
    re.IGNORECASE,
)
_THE_REST: Final = re.compile(
    r"\b(?:late|overdue|not|outside|missed|failed|unanswered|outstanding|only|except|but|remaining|"
    r"rest|withdrawn|refused|breach\w*)\b",
    re.IGNORECASE,
)
_TOTAL_OF: Final = re.compile(
    r"\b(?:of|from|all|total of|received|recorded|logged|handled|had|were|dealt with)\s+"
    r"(?:the\s+|our\s+|these\s+|those\s+|all\s+|a total of\s+)*$",
    re.IGNORECASE,
)
_OF_THE: Final = re.compile(r"\bof\s+(?:(?:the|our|these|those|all)\s+)*$", re.IGNORECASE)
_NEAR: Final = 40
_OF_WHICH: Final = re.compile(
    r"^(?:\s+(?:stage (?:1|2)|[a-z]+)){0,4},?\s+of (?:which|these|whom)\b", re.IGNORECASE
)
_COMPLAINTS: Final = re.compile(
    r"^\s+(?:(?:new|formal|stage|1|2|one|two|housing)\s+)*(?:complaints?|cases?|escalations?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Claim:
    """A percentage said to be `count` of `total`."""

    count: Number
    total: Number
    percent: Number


def shares(passages: Iterable[Passage], received: Mapping[int, Decimal]) -> Iterator[Inconsistency]:
    """Every percentage that does not follow from the counts named beside it.

    `received` are the complaints of the report by stage, for sentences that name a stage alone.
    """
    for passage in passages:
        stage = stage_named(f"{passage.before} {passage.sentence}")
        known = [received[stage]] if stage is not None and stage in received else []
        yield from _in_passage(passage, known)


def _in_passage(passage: Passage, known: list[Decimal]) -> Iterator[Inconsistency]:
    quote, sentence = passage.sentence, _FRACTION.sub(_spelled_out, passage.sentence)
    passage = replace(passage, sentence=sentence)
    found: list[Inconsistency] = []
    numbers = numbers_in(sentence)
    bound: set[int] = set()
    for claim in _claims(sentence, numbers):
        bound |= {claim.percent.start}
        found += _held(claim, quote)
    for percent, total in _percent_of(sentence, numbers):
        if percent.start not in bound and (cannot := list(_impossible(percent, total, quote))):
            bound.add(percent.start)
            found += cannot
    before = numbers_in(passage.before)
    bracketed = _bracketed(sentence, numbers, bound)
    bound |= {percent.start for _, percent in bracketed}
    said = _totals(sentence, numbers) or _totals(passage.before, before) or known
    found += _in_brackets(bracketed, quote, [*numbers, *before], said)
    enumerated = list(_enumerated(sentence, numbers, bound, said))
    found += _in_enumeration(enumerated, quote, said)
    bound |= {percent.start for percent, _ in enumerated}
    found += _concluded(passage, quote, numbers, before, bound, said)
    yield from found


def _spelled_out(fraction: re.Match[str]) -> str:
    """`37/45` as `37 of 45`; a year, a date or 24/7 as it is."""
    part, whole_of = int(fraction[1]), int(fraction[2])
    return f"{part} of {whole_of}" if part <= whole_of and len(fraction[1]) < 4 else fraction[0]


def _claims(sentence: str, every: Sequence[Number]) -> Iterator[_Claim]:
    """`17 of the 26 (65.4%)`, `65.4% (17 of 26)`."""
    numbers = [one for one in every if one.meaning != "other"]
    for place, (count, total) in enumerate(pairwise(numbers)):
        if count.meaning != "count" or total.meaning != "count":
            continue
        if not _OF.match(sentence[count.end : total.start]) or total.value < count.value:
            continue
        after = numbers[place + 2] if place + 2 < len(numbers) else None
        if after and after.meaning == "percent":
            between = sentence[total.end : after.start]
            if not _OTHER_YEAR.search(between) and (
                _BRACKET.match(between) or _THEN.match(between)
            ):
                yield _Claim(count, total, after)
                continue
        before = numbers[place - 1] if place else None
        if (
            before
            and before.meaning == "percent"
            and _BEFORE_COUNTS.match(sentence[before.end : count.start])
        ):
            yield _Claim(count, total, before)


def _percent_of(sentence: str, numbers: Sequence[Number]) -> Iterator[tuple[Number, Number]]:
    """`65.0% of the 26 complaints`."""
    for percent, total in pairwise(numbers):
        if (percent.meaning, total.meaning) == ("percent", "count") and _PERCENT_OF.match(
            sentence[percent.end : total.start]
        ):
            yield percent, total


def _bracketed(
    sentence: str, numbers: Sequence[Number], bound: set[int]
) -> list[tuple[Number, Number]]:
    """`34 complaints (76%)`, or `76% (34)`, where the total stands elsewhere."""
    after = [
        (count, percent)
        for percent, count in pairwise(numbers)
        if (percent.meaning, count.meaning) == ("percent", "count")
        and percent.start not in bound
        and re.fullmatch(r"\s*\(\s*", sentence[percent.end : count.start])
        and sentence[count.end :].lstrip()[:1] == ")"
    ]
    return after + [
        (count, percent)
        for count, percent in pairwise(numbers)
        if (count.meaning, percent.meaning) == ("count", "percent")
        and percent.start not in bound
        and _BRACKET.match(sentence[count.end : percent.start])
        and not _OTHER_YEAR.search(sentence[count.end : percent.start])
        and sentence[percent.end :].lstrip()[:1] in {")", ",", ";"}
    ]


def _held(claim: _Claim, sentence: str) -> Iterator[Inconsistency]:
    count, total, percent = claim.count.value, claim.total.value, claim.percent
    if not total:
        return
    exact = share(count, total)
    how = fit(percent.value, percent.unit, exact)
    if how == "rounded":
        return
    yield Inconsistency(
        rule="share",
        verdict="fail" if how == "wrong" else "warn",
        quote=sentence,
        why=f"{whole(count)} of {whole(total)} is not {percent.text}."
        if how == "wrong"
        else f"{percent.text} is not how {whole(count)} of {whole(total)} is rounded.",
        sum=f"{whole(count)} / {whole(total)} = {printed(exact)}%",
        instead=f"{printed(exact, percent.unit)}%",
    )


def _impossible(percent: Number, total: Number, sentence: str) -> Iterator[Inconsistency]:
    if total.value and not is_possible(percent.value, percent.unit, total.value):
        yield impossible(percent.value, percent.unit, total.value, sentence)


def _in_brackets(
    pairs: Sequence[tuple[Number, Number]],
    sentence: str,
    numbers: Sequence[Number],
    said: Sequence[Decimal],
) -> Iterator[Inconsistency]:
    """Counts with their shares in brackets, of a total that is said or that they add up to."""
    if not pairs:
        return
    anywhere = [one.value for one in numbers if one.meaning == "count"]
    together = sum((count.value for count, _ in pairs), Decimal(0))
    for total in {*anywhere, *said, together}:
        if all(_follows(count, percent, total) for count, percent in pairs):
            return
    of = [total for total in said if total >= max(count.value for count, _ in pairs)]
    if len(pairs) > 2 and not of:
        of = [together]
    if not of:
        return
    best = max(of, key=lambda total: sum(_follows(c, p, total) for c, p in pairs))
    if len(pairs) > 1 and not any(_follows(count, percent, best) for count, percent in pairs):
        return  # shares of something else altogether
    for count, percent in pairs:
        if not _follows(count, percent, best):
            exact = share(count.value, best)
            yield Inconsistency(
                rule="share",
                verdict="fail",
                quote=sentence,
                why=f"{whole(count.value)} of {whole(best)} is not {percent.text}.",
                sum=f"{whole(count.value)} / {whole(best)} = {printed(exact)}%",
                instead=f"{printed(exact, percent.unit)}%",
            )


def _enumerated(
    sentence: str, numbers: Sequence[Number], bound: set[int], said: Sequence[Decimal]
) -> Iterator[tuple[Number, list[Decimal]]]:
    """`93% were in time (34 within 10 working days and 3 extended)`."""
    for percent in numbers:
        if percent.meaning != "percent" or percent.start in bound:
            continue
        held = _ENUMERATED.match(sentence[percent.end :])
        if not held or _OTHER_YEAR.search(held.group()):
            continue
        parts = [one.value for one in numbers_in(held["parts"]) if one.meaning == "count"]
        if len(parts) > 1 and not set(parts) & set(said):
            yield percent, parts


def _in_enumeration(
    enumerated: Iterable[tuple[Number, list[Decimal]]], quote: str, said: Sequence[Decimal]
) -> Iterator[Inconsistency]:
    for percent, parts in enumerated:
        together = sum(parts, Decimal(0))
        if not said or together > said[0]:
            continue
        possible = [share(count, total) for total in said for count in sums_of(parts) if total]
        if all(fit(percent.value, percent.unit, exact) == "wrong" for exact in possible):
            yield _not_so(percent, parts, said[0], quote)


def _concluded(
    passage: Passage,
    quote: str,
    numbers: Sequence[Number],
    before: Sequence[Number],
    bound: set[int],
    totals: Sequence[Decimal],
) -> Iterator[Inconsistency]:
    """`Of the 45, 34 were on time and 3 extended, giving 93%`: no counts of it come to that."""
    sentence = passage.sentence
    if not totals:
        return
    for percent in numbers:
        if percent.meaning != "percent" or percent.start in bound:
            continue
        lead = sentence[max(0, percent.start - 2 * _NEAR) : percent.start]
        near_counts = f"{passage.before} {sentence}"
        near = lead[-60:] + sentence[percent.end : percent.end + 40]
        if not _CONCLUDES.search(lead) or _OTHER_YEAR.search(near):
            continue
        if _OF_OTHERS.match(sentence[percent.end :]):
            continue
        counts = [one for one in numbers if one.meaning == "count" and one.start < percent.start]
        total = totals[0]
        parts = [one.value for one in counts if one.value not in totals]
        earlier = [one.value for one in before if one.meaning == "count"]
        known = [value for value in (*parts, *earlier) if value not in totals]
        if not parts and not known:
            continue
        sums = [*sums_of(known), Decimal(0)]
        candidates = {*totals, sum(parts, Decimal(0))}
        if any(
            fit(percent.value, percent.unit, exact) != "wrong"
            for of in candidates
            if of
            for count in sums
            if count <= of
            for exact in _either(share(count, of), turned=bool(_THE_REST.search(near_counts)))
        ):
            continue
        used = parts or known
        together = sum(used, Decimal(0))
        if together > total:
            continue
        yield _not_so(percent, used, total, quote if parts else f"{passage.before} {quote}")


def _not_so(percent: Number, parts: Sequence[Decimal], total: Decimal, quote: str) -> Inconsistency:
    """The finding that these counts together are another share of the total."""
    exact = share(sum(parts, Decimal(0)), total)
    plus = " + ".join(map(whole, parts))
    return Inconsistency(
        rule="share",
        verdict="fail",
        quote=quote.strip(),
        why=f"{' and '.join(map(whole, parts))} of {whole(total)} is not {percent.text}.",
        sum=f"{f'({plus})' if len(parts) > 1 else plus} / {whole(total)} = {printed(exact)}%",
        instead=f"{printed(exact, percent.unit)}%",
    )


def _either(exact: Decimal, *, turned: bool) -> tuple[Decimal, ...]:
    """A share, and where counts of what was not done are told, that of the rest too."""
    return (exact, 100 - exact) if turned else (exact,)


def _follows(count: Number, percent: Number, total: Decimal) -> bool:
    return bool(total) and (fit(percent.value, percent.unit, share(count.value, total)) != "wrong")


def _totals(sentence: str, numbers: Sequence[Number]) -> list[Decimal]:
    """The counts a sentence gives as the whole: `of the 45`, `45 complaints were received`."""
    return [
        one.value
        for one in numbers
        if one.meaning == "count"
        and one.value
        and _is_total(
            sentence[max(0, one.start - _NEAR) : one.start], sentence[one.end : one.end + 2 * _NEAR]
        )
    ]


def _is_total(before: str, after: str) -> bool:
    return bool(
        _OF_THE.search(before)
        or _OF_WHICH.match(after)
        or (_TOTAL_OF.search(before) and _COMPLAINTS.match(after))
    )
