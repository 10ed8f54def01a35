"""Each row of a self-assessment held against its own words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.policy.finding import Finding
from correspondence.handling_code.policy.passages import take_apart
from correspondence.handling_code.self_assessment.contradictions import contradictions
from correspondence.handling_code.self_assessment.dates import PUT_OFF, intended, latest
from correspondence.handling_code.self_assessment.echo import own_words
from correspondence.handling_code.self_assessment.wording import is_to_come

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from correspondence.handling_code.self_assessment.editions import Kind
    from correspondence.handling_code.self_assessment.rows import Row

_REFERS: Final = re.compile(r"[A-Za-z]{2,}")
_EMPTY: Final = re.compile(
    r"^[\s\-–.*_|]*(?:n/?a|none|nil|tbc|tba|noted|yes|-)?[\s\-–.*_|]*$", re.IGNORECASE
)
_FEWEST_WORDS: Final = 6
_WITHOUT_DATES: Final = ("local government ombudsman", "housing ombudsman 2020")
"""The forms that ask for an explanation of a No, but for no date."""

_QUALIFIED: Final = re.compile(
    r"[,;(–\- ]*(?:but |with |subject to )(?:some |further |more |minor |additional )+"
    r"(?:development|work|improvement|action|amendment|change|update)\w*",
    re.IGNORECASE,
)
_REVIEWED: Final = frozenset({"5.10", "5.14", "5.15"})
_REVIEW: Final = re.compile(r"\b(?:both|each|all|restrictions?|adjustments?)\b.{0,60}\breview")
_GOES_ON: Final = ",;(–- "


def judged(row: Row, today: date, kind: Kind = "housing ombudsman") -> Iterator[Finding]:
    """What is wrong with one row; one ok where nothing is."""
    faults = list(_faults(row, today, kind))
    yield from faults
    if not faults:
        yield Finding(
            clause=row.clause,
            verdict="ok",
            quote=_short(row.evidence or row.commentary),
            why=f"Answered {row.answer}, with what backs it.",
        )


def _faults(row: Row, today: date, kind: Kind) -> Iterator[Finding]:
    if row.answer in ("", "not applicable"):
        yield _unanswered(row)
        return
    if row.answer in ("no", "partly"):
        yield _non_compliance(row, today, dated=kind not in _WITHOUT_DATES)
        return
    yield from _not_until_then(row, today)
    yield from _contradicted(row, today, kind)
    if _EMPTY.match(row.evidence):
        yield Finding(
            clause=row.clause,
            verdict="warn",
            quote=row.answered,
            why="Yes is not evidence: the evidence column is empty, and every statement must be "
            "supported.",
            instead="Name the policy's section, the template letter, the report or the minute that "
            "shows it.",
        )


def _unanswered(row: Row) -> Finding:
    given = row.answered or _short(row.said)
    why = (
        "“Not applicable” is no answer; every provision applies to every landlord."
        if row.answer == "not applicable"
        else "The row is not answered with Yes or No."
    )
    return Finding(
        clause=row.clause,
        verdict="fail",
        quote=given,
        why=why,
        instead="Answer Yes or No, with evidence.",
    )


def _non_compliance(row: Row, today: date, *, dated: bool) -> Finding:
    """A No: what it lacks, or that it is honest. `dated`: a date of compliance is asked for."""
    said = row.said
    explained = len(_REFERS.findall(said)) >= _FEWEST_WORDS
    lacking = [
        *([] if explained else ["a detailed explanation"]),
        *([] if intended(said, today) or not dated else ["the date of intended compliance"]),
    ]
    if lacking:
        return Finding(
            clause=row.clause,
            verdict="fail",
            quote=row.answered if not said else _short(said),
            why=f"Not complying needs {' and '.join(lacking)}.",
            instead="Explain why the provision is not met, what is being done, and by what date it "
            "will be met.",
        )
    overdue = (when := latest(said)) is not None and when < today
    return Finding(
        clause=row.clause,
        verdict="warn",
        quote=_short(said) or row.answered,
        why="The landlord does not comply with this provision yet; it says why and by when."
        + (" That date has passed: update the row." if overdue else ""),
        instead="Change the row to Yes, with evidence, once it is met." if overdue else "",
    )


def _not_until_then(row: Row, today: date) -> Iterator[Finding]:
    """A Yes that the row's own words put into the future."""
    if promised := _promised(row, today):
        yield Finding(
            clause=row.clause,
            verdict="fail",
            quote=promised,
            why="Yes says that the provision is met; these words say that it will be. Until then "
            "the answer is No, with an explanation and the date of intended compliance.",
            instead="Answer No until it is done, explain, and give the date by which "
            "you will comply.",
        )


def _promised(row: Row, today: date) -> str:
    if PUT_OFF.search(row.answered):
        return row.answered
    if row.evidence.startswith(tuple(_GOES_ON)) and (
        date_of := PUT_OFF.match(row.evidence.lstrip(_GOES_ON))
    ):
        return f"{row.answered}, {date_of[0]}"
    if (qualified := _QUALIFIED.match(row.evidence)) and row.answer == "yes":
        return f"{row.answered}{qualified[0]}"
    policy = take_apart(f"{own_words(row.said, row.provision)}\n")
    for passage in policy.passages:
        if row.provision in _REVIEWED and _REVIEW.search(passage.said):
            continue  # a date of review is what the provision asks for
        if is_to_come(passage.said, today):
            return policy.quote(passage)
    return ""


def _contradicted(row: Row, today: date, kind: Kind) -> Iterator[Finding]:
    """Words in a row that break the very provision it answers with Yes."""
    told = set()
    found = contradictions(
        row,
        today,
        of_2024=kind == "housing ombudsman",
        by_section=kind == "local government ombudsman",
    )
    for quote, why, verdict in found:
        if quote not in told:
            told.add(quote)
            yield Finding.model_validate(
                {
                    "clause": row.clause,
                    "verdict": verdict,
                    "quote": quote,
                    "why": f"The row answers Yes, but its own words do not bear it out. {why}",
                    "instead": "Answer No with an explanation and a date, or change the practice "
                    "and say so.",
                }
            )


def _short(text: str) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= 300 else shown[:300].rsplit(" ", 1)[0]
