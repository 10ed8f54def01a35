"""A letter held against the record of its case: does it say what the record says?

The checklist asks whether a letter holds what the Code requires of its kind; this asks whether what
it holds is true of this case. Whatever is surely wrong stops an approval, everything else is for
somebody to look at again:

    whose letter    record/addressed   greeting and address: the resident, or who acts for them
                    record/strangers   references, addresses, names that are nobody's in this case
    which stage     record/staged      the stage the case is at
    which days      record/promised    received, promised, extended to: as the record has them
                    record/calendar_days, record/reckoned   weekdays, bank holidays, sums of days
    what about      record/matters     every point taken up, the outcomes sought mentioned
                    record/money       sums that add up
                    record/unfilled    nothing left to be filled
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from correspondence.letters.checking.record.addressed import addressed
from correspondence.letters.checking.record.calendar_days import holidays, weekdays
from correspondence.letters.checking.record.finding import Finding, hold
from correspondence.letters.checking.record.matters import matters
from correspondence.letters.checking.record.money import money
from correspondence.letters.checking.record.promised import new_date, promised, received
from correspondence.letters.checking.record.reckoned import reckoned
from correspondence.letters.checking.record.staged import staged
from correspondence.letters.checking.record.strangers import strangers
from correspondence.letters.checking.record.unfilled import unfilled
from correspondence.letters.checking.result import CheckedItem, CheckResult

if TYPE_CHECKING:
    from collections.abc import Iterable

    from correspondence.letters.checking.record.facts import CaseRecord
    from correspondence.letters.kinds import LetterKind
    from correspondence.letters.text import LetterText

FACTS: Final = frozenset(
    {
        "case_new_date",
        "case_received",
        "case_reference",
        "case_response_date",
        "case_stage",
        "case_weekday",
    }
)
"""Findings about facts of the record: where one is surely wrong, nobody's word replaces it."""

_COMPARED: Final = (
    staged,
    addressed,
    strangers,
    received,
    promised,
    new_date,
    weekdays,
    holidays,
    reckoned,
    matters,
    money,
    unfilled,
)


def against_case(text: LetterText, kind: LetterKind, record: CaseRecord) -> tuple[Finding, ...]:
    """Where a letter of that kind and the record of its case disagree; empty where they agree."""
    held = hold(text, kind, record)
    found = (finding for compare in _COMPARED for finding in compare(held))
    return tuple(dict.fromkeys(found))


def with_findings(result: CheckResult, findings: Iterable[Finding]) -> CheckResult:
    """The result of the checklist with an item for each finding.

    What is surely wrong is a required item that is missing; what somebody should look at is advised
    and unsure. Several findings of one sort are numbered from the second on.
    """
    seen: Counter[str] = Counter()
    items = []
    for finding in findings:
        seen[finding.id] += 1
        number = seen[finding.id]
        items.append(
            CheckedItem(
                id=finding.id if number == 1 else f"{finding.id}_{number}",
                clause=finding.clause,
                basis="follows",
                required=finding.stops,
                met="missing" if finding.stops else "unsure",
                quote=finding.quote,
                advice=f"{finding.reason} {finding.advice}",
            )
        )
    stopped = any(item.required for item in items)
    return result.model_copy(
        update={"items": (*result.items, *items), "ok": result.ok and not stopped}
    )


def is_fact(item: str) -> bool:
    """Whether an item of that id is about a fact of the record."""
    return item.rstrip("0123456789").removesuffix("_") in FACTS or item in FACTS
