"""The check: every item of the checklist judged, with its passage and advice."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from correspondence.letters.checking import (
    dated,
    extensions,
    findings,
    generally,
    meanwhile,
    ombudsman,
    refusals,
    remedies,
    taken_up,
    telling,
    understanding,
)
from correspondence.letters.checking.anatomy import folded, take_apart
from correspondence.letters.checking.gaps import gap_in
from correspondence.letters.checking.judging import UnderCheck, Verdict
from correspondence.letters.checking.language import is_english
from correspondence.letters.checking.reading_age import reading_age
from correspondence.letters.checking.result import CheckedItem, CheckFacts, CheckResult
from correspondence.letters.checking.second_judge import SecondJudge, knows
from correspondence.letters.checking.wording import wording

if TYPE_CHECKING:
    from collections.abc import Callable

    from correspondence.letters.checklists import Checklist, Item, Judgement
    from correspondence.letters.text import LetterText

_JUDGES: Final[MappingProxyType[Judgement, Callable[[UnderCheck, Item], Verdict]]] = (
    MappingProxyType(
        {
            "said": generally.said,
            "stage": understanding.stage,
            "received_date": understanding.received_date,
            "definition": understanding.definition,
            "outcomes_sought": understanding.outcomes_sought,
            "new_date": extensions.new_date,
            "within_limit": extensions.within_limit,
            "extension_reasons": extensions.extension_reasons,
            "update_interval": extensions.update_interval,
            "ombudsman_contact": ombudsman.ombudsman_contact,
            "ombudsman_right": ombudsman.ombudsman_right,
            "decision": findings.decision,
            "reasons": findings.reasons,
            "all_points": taken_up.all_points,
            "put_right": findings.put_right,
            "remedy": remedies.remedy,
            "outstanding_actions": remedies.outstanding_actions,
            "next_stage": remedies.next_stage,
            "refusal_reasons": refusals.refusal_reasons,
            "individual_circumstances": refusals.individual_circumstances,
            "discretion": refusals.discretion,
            "told": telling.told,
            "way_to": telling.way_to,
            "dated": dated.dated,
            "question": meanwhile.question,
            "goes_on": meanwhile.goes_on,
            "consent_needed": meanwhile.consent_needed,
            "reason_for_change": telling.reason_for_change,
        }
    )
)

_NO_FACTS: Final = CheckFacts()


def check(text: LetterText, checklist: Checklist, facts: CheckFacts = _NO_FACTS) -> CheckResult:
    """The letter held against the checklist of its kind.

    Works on words alone; facts of the case, where they are known, are compared as well. A letter
    that is not in English is not judged: its items are `unsure`. A place left to be filled makes
    the item it stands in missing and adds the item `placeholders`.
    """
    under = UnderCheck(take_apart(text), facts)
    english = is_english(folded(under.letter.plain))
    second = SecondJudge(under.letter)
    if english:
        items = [_judged(under, item, second) for item in checklist.items]
    else:
        items = [_not_judged(item) for item in checklist.items]
    items.extend(_placeholders(under))
    return CheckResult(
        kind=checklist.kind,
        ok=all(item.met == "met" for item in items if item.required),
        items=tuple(items),
        wording=wording(under.letter, checklist.wording, second) if english else (),
        reading_age=reading_age(under.letter),
    )


def by_rule(under: UnderCheck, item: Item) -> Verdict:
    """What the rule of an item says, before anybody else is asked."""
    return _JUDGES[item.satisfied.judgement](under, item)


def _judged(under: UnderCheck, item: Item, second: SecondJudge) -> CheckedItem:
    verdict = by_rule(under, item)
    learned = item.satisfied.learned
    settled = verdict.certain or verdict.remark
    if learned and knows(learned) and not settled:
        verdict = second.weigh(learned, verdict, item.satisfied.headings)
    advice = "" if verdict.met == "met" else item.advice
    if verdict.remark:
        advice = f"{verdict.remark} {advice}".strip()
    return CheckedItem(
        id=item.id,
        clause=item.clause,
        basis=item.basis,
        required=item.required,
        met=verdict.met,
        quote=verdict.sentence.text if verdict.sentence else "",
        advice=advice,
    )


def _not_judged(item: Item) -> CheckedItem:
    return CheckedItem(
        id=item.id,
        clause=item.clause,
        basis=item.basis,
        required=item.required,
        met="unsure",
        advice="This letter does not read as English, so it could not be judged; "
        "somebody who reads its language must check this item.",
    )


def _placeholders(under: UnderCheck) -> list[CheckedItem]:
    found = gap_in(under.letter.plain)
    if found is None:
        return []
    line = next((s.text for s in under.letter.sentences if s.end > found.start()), found[0])
    return [
        CheckedItem(
            id="placeholders",
            clause="6.9, 6.19",
            basis="follows",
            required=True,
            met="missing",
            quote=line,
            advice=f"A place in the letter was left to be filled: {found[0]}",
        )
    ]
