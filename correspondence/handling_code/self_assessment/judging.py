"""Each row of a self-assessment held against its own words."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.policy.breaches import BREACHES
from correspondence.handling_code.policy.definition import definition
from correspondence.handling_code.policy.finding import Finding
from correspondence.handling_code.policy.passages import Policy, take_apart
from correspondence.handling_code.policy.phrases import first, occurs, phrases
from correspondence.handling_code.policy.promises import promises_of
from correspondence.handling_code.policy.rules import broken
from correspondence.handling_code.policy.stages import number_of_stages
from correspondence.handling_code.policy.time_limits import escalation_windows, time_limits
from correspondence.handling_code.timescales import CODE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.handling_code.policy.promises import Promise
    from correspondence.handling_code.self_assessment.form import Row

_BEGIN: Final = (
    "(introduc*|implement*|develop*|creat*|adopt*|roll* out|rewritten|rewrite|recruit*|appoint*"
    "|put* in place|establish*|launch*|set* up|embed*|finalis*|bring* .. in line)"
)
_CHANGE: Final = (
    "(updat*|amend*|revis*|review*|chang*|publish*|complet*|include*|incorporat*|address*|rectif*"
    "|remov*|delet*|align*|draft*|train*|improv*|strengthen*|produc*|clarif*|"
    "start*|begin*|add|added"
    "|adding|ensure*|comply|compliant|ready|made|reflect|done|redrafted|reworded)"
)
_AHEAD: Final = (
    "(will|shall|'ll|to be|needs to|need to|going to|plan* to|propos* to|intend* "
    "to|aim* to|due to|looking to|is being|are being|scheduled to|requires|must "
    "be|should be|yet to)"
)
_DOCUMENT: Final = (
    "(policy|policies|procedure*|template*|website|web page*|guidance|leaflet*|"
    "strategy|job description*"
    "|objective*|form|forms|wording|letters|process|processes|definition|section|"
    "clause|training programme|this|it|system*)"
)
_TO_BEGIN: Final = phrases(
    f"{_AHEAD} .. (be )?{_BEGIN}",
    "(in the process of|under development|in development|work in progress|in "
    "progress|working towards|being drafted|under review|being developed|being "
    "reviewed|being updated)",
    "(action|actions) (required|needed|needing|to be|point*)",
    "(once|when|after) .. (approved|adopted|agreed|ratified) ",
    "full* compl* .. by",
    "(not|n't) yet",
    "yet to be",
)
_TO_CHANGE: Final = phrases(
    f"{_DOCUMENT} .. (will|shall|needs to|need to|to|must|should|due to) be {_CHANGE}",
    f"{_DOCUMENT} .. (is|are) being {_CHANGE}",
    f"{_AHEAD} (updat*|amend*|revis*|chang*|rewrite|redraft|add|clarif*|align*|"
    f"review|remove|strengthen|improve|publish) .. {_DOCUMENT}",
    "(policy|policies|procedure|procedures|website|strategy) (will|shall|needs "
    "to|is to) (include|reflect|state|set out|refer|cover|comply|say|contain)",
    "(the|a|our) (new|revised|updated|forthcoming|next|draft) (policy|procedure|version) .. will",
)
_DATED_CHANGE: Final = phrases(
    f"{_AHEAD}", "action*", "(compliance|compliant|comply)", "(target|deadline|due)"
)
_PERIODIC: Final = phrases(
    "(annual*|every year|each year|yearly|regular*|periodic*|quarterly|monthly|"
    "weekly|every (two|three|2|3) years|each quarter|on an ongoing basis|continu*|"
    "always|whenever|each time|as (necessary|needed|required|appropriate)|where "
    "(necessary|appropriate|needed)|if (necessary|needed))",
)
_DATED: Final = re.compile(
    r"\b(?:by|from|before|in|during|until|end of|effective|w\.?e\.?f\.?|due|"
    r"target(?: date)?:?|deadline:?|no later than)\s+(?:the )?(?:end of |early "
    r"|late |mid[- ]|beginning of |start of )?"
    r"(?P<when>(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:jan|feb|mar|apr|may|jun|jul|"
    r"aug|sep|oct|nov|dec)[a-z]*\.?,?\s+20\d\d"
    r"|\d{1,2}[/.]\d{1,2}[/.](?:20)?\d\d|(?:spring|summer|autumn|winter|q[1-4]|"
    r"quarter [1-4]|april to june)\s*,?\s*(?:of )?20\d\d(?:/\d\d)?|20\d\d(?:/\d\d)?|"
    r"(?:spring|summer|autumn|winter))\b",
    re.IGNORECASE,
)
_ANY_DATE: Final = re.compile(
    r"\b(?:(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|"
    r"sep|oct|nov|dec)[a-z]*\.?,?\s+20\d\d|\d{1,2}[/.]\d{1,2}[/.](?:20)?\d\d"
    r"|(?:spring|summer|autumn|winter|q[1-4]|quarter [1-4])\s*,?\s*(?:of )?20\d\d|"
    r"(?:end of|by|during|in|from) 20\d\d(?:/\d\d)?)\b",
    re.IGNORECASE,
)
_MONTH_YEAR: Final = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+)?(?P<month>jan|feb|mar|apr|may|"
    r"jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+(?P<year>20\d\d)",
    re.IGNORECASE,
)
_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_DONE: Final = re.compile(
    r"\b(?:was|were|has been|have been|been|updated|approved|adopted|reviewed|"
    r"published|completed|introduced|launched|effective|revised|amended|agreed|"
    r"since|implemented|appointed)\b"
    r"[^.]{0,40}$",
    re.IGNORECASE,
)
_STILL_TO: Final = re.compile(r"\b(?:will|to|must|should) be\b")
_ACTION: Final = re.compile(r"^actions?\b\W|\bactions?\s?:")
_ADMITS: Final = phrases(
    "(not|n't|no) .. (currently|yet|always|explicit*|clear*|formal*|consistent*|"
    "fully|at present|specifically) .. (stat*|set out|cover*|compl*|meet*|record*|"
    "includ*|in place|done|happen*|provide*|defined|document*|mention*|process|"
    "met|refer*|do|followed|captur*)",
    "(does|do|is|are|did) not (currently|yet|explicitly|clearly|always|consistently|"
    "specifically|fully|presently)",
    "(not|non) complian*",
    "non-complian*",
    "(does|do) not comply",
    "(policy|procedure|policies|procedures|letters|template*) (does|do) not "
    "(state|say|include|mention|set|cover|refer|specify|make|contain|reflect)",
    "(gap|gaps|shortfall*|weakness*|area* for improvement) .. (identif*|in|exist*)",
    "there is no (process|policy|procedure|record*|formal|mechanism|evidence|"
    "reference|requirement|system)",
    "(this|it) is not (in|included|stated|part|covered|set|reflected|in place|"
    "done|recorded|mentioned|happening|yet)",
    "is not stipulated",
    "needs (strengthening|improving|updating|work)",
    "partial* complian*",
)
_NOT_ADMITTED: Final = phrases(
    "(complaint*|resident*|matter*) (is|are) not",
    "if .. not",
    "where .. not",
    "would not",
    "(fully|in full) complian*",
)
_REFERS: Final = re.compile(r"[A-Za-z]{2,}")
_EMPTY: Final = re.compile(r"^[\s\-–.*_|]*(?:n/?a|none|nil|tbc|tba|-)?[\s\-–.*_|]*$", re.IGNORECASE)
_LIMITS: Final = {
    ("acknowledge", 1): CODE.acknowledge,
    ("acknowledge", 2): CODE.acknowledge,
    ("respond", 1): CODE.stage1,
    ("respond", 2): CODE.stage2,
    ("extend", 1): CODE.stage1_extension,
    ("extend", 2): CODE.stage2_extension,
    ("extend_total", 1): CODE.stage1 + CODE.stage1_extension,
    ("extend_total", 2): CODE.stage2 + CODE.stage2_extension,
}
_SECOND_STAGE: Final = 10
_CODES_OWN: Final = phrases(
    "(stage 0|informal complaint) ... (not|n't|no|removed|delay*|avoid*|unnecessar*|remove*)",
    "(not|n't|no|remove*|avoid*|without) ... (stage 0|informal*|three stage*|"
    "third stage|more than two)",
    "more than two stages is (not|never)",
    "under any circumstances",
    "(previous*|former*|used to|old|no longer|replac*)",
)


def judged(row: Row, today: date) -> Iterator[Finding]:
    """What is wrong with one row; one ok where nothing is."""
    faults = list(_faults(row, today))
    yield from faults
    if not faults:
        yield Finding(
            clause=row.clause,
            verdict="ok",
            quote=_short(row.evidence or row.commentary),
            why=f"Answered {row.answer}, with what backs it.",
        )


def _faults(row: Row, today: date) -> Iterator[Finding]:
    if row.answer in ("", "not applicable"):
        yield _unanswered(row)
        return
    if row.answer in ("no", "partly"):
        yield from _non_compliance(row, today)
        return
    yield from _not_until_then(row, today)
    yield from _contradicted(row)
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


def _non_compliance(row: Row, today: date) -> Iterator[Finding]:
    said = row.said
    explained = len(_REFERS.findall(said)) >= _FEWEST_WORDS
    dated = _ANY_DATE.search(said) or _DATED.search(said)
    lacking = [
        *([] if explained else ["a detailed explanation"]),
        *([] if dated else ["the date of intended compliance"]),
    ]
    quote = " ".join(filter(None, (row.answered, _short(said))))
    if lacking:
        yield Finding(
            clause=row.clause,
            verdict="fail",
            quote=row.answered if not said else _short(said),
            why=f"Not complying needs {' and '.join(lacking)}.",
            instead="Explain why the provision is not met, what is being done, and by what date it "
            "will be met.",
        )
        return
    overdue = (when := _latest(said)) is not None and when < today
    yield Finding(
        clause=row.clause,
        verdict="warn",
        quote=_short(said) or quote,
        why="The landlord does not comply with this provision yet; it says why and by when."
        + (" That date has passed: update the row." if overdue else ""),
        instead="Change the row to Yes, with evidence, once it is met." if overdue else "",
    )


_FEWEST_WORDS: Final = 6


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
    if _DATED.search(row.answered):
        return row.answered
    policy = take_apart(f"{row.said}\n")
    for passage in policy.passages:
        if _is_to_come(passage.said, today):
            return policy.quote(passage)
    return ""


def _is_to_come(said: str, today: date) -> bool:
    """Whether folded words tell of a change still to be made, and not of a routine."""
    if _ACTION.search(said):
        return True
    if occurs(_PERIODIC, said):
        return False
    if occurs(_TO_BEGIN, said) or occurs(_TO_CHANGE, said):
        return True
    dated = _DATED.search(said)
    if dated is None or (_DONE.search(said[: dated.start()]) and not _STILL_TO.search(said)):
        return False
    when = _latest(said)
    return (when is not None and when > today) or (
        occurs(_DATED_CHANGE, said) and not re.search(r"working days?", said)
    )


def _latest(said: str) -> date | None:
    found = [
        date(
            int(m["year"]), _MONTHS.index(m["month"].lower()) + 1, min(28, int(m["day"] or 28) or 1)
        )
        for m in _MONTH_YEAR.finditer(said)
    ]
    return max(found, default=None)


def _contradicted(row: Row) -> Iterator[Finding]:
    """Words in a row that break the very provision it answers with Yes."""
    told = set()
    for quote, why, verdict in _contradictions(row):
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


def _contradictions(row: Row) -> Iterator[tuple[str, str, str]]:
    stage = _stage_of(row.clause)
    policy = take_apart(f"# Stage {stage}\n\n{row.said}" if stage else row.said)
    promises = promises_of(policy)
    for promise in promises:
        if why := _too_long(promise, stage):
            yield policy.quote(promise.passage), why, "fail"
    for passage in policy.passages:
        admits = first(_ADMITS, passage.said)
        if admits and not occurs(_NOT_ADMITTED, passage.said):
            yield policy.quote(passage), "They admit that it is not met.", "fail"
    if row.clause == "1.2":
        for finding in definition(policy):
            if finding.verdict == "fail" and "dissatisf" in finding.quote.lower():
                yield finding.quote, finding.why, "fail"
    yield from _broken_rules(row, policy, promises)


def _broken_rules(
    row: Row, policy: Policy, promises: list[Promise]
) -> Iterator[tuple[str, str, str]]:
    found = [
        *number_of_stages(policy),
        *(f for f in time_limits(policy) if row.clause == "2.3" or f.verdict == "fail"),
        *(escalation_windows(policy, promises) if row.clause in ("6.10", "5.11", "6.12") else ()),
        *(
            f
            for breach in BREACHES
            if _near_of(breach.clause, row.clause) and (f := broken(breach, policy))
        ),
    ]
    for finding in found:
        if finding.quote and finding.verdict in ("fail", "warn"):
            if finding.clause in ("5.2", "5.3") and occurs(_CODES_OWN, finding.quote.lower()):
                continue
            yield finding.quote, finding.why, finding.verdict


def _near_of(rule: str, clause: str) -> bool:
    """Whether a rule bears on a row: the same provision, or its twin at the other stage."""
    twins = {"6.6": "6.17", "6.2": "6.11"}
    return rule == clause or twins.get(rule) == clause


def _too_long(promise: Promise, stage: int) -> str:
    for at in promise.stages or ((stage,) if stage else (1,)):
        limit = _LIMITS.get((promise.duty, at))
        if limit is not None and promise.length.exceeds(limit):
            return f"{promise.length.words} is more than the {limit} working days the Code allows."
    return ""


def _stage_of(clause: str) -> int:
    section, _, number = clause.partition(".")
    if section != "6":
        return 0
    return 2 if int(number) >= _SECOND_STAGE else 1


def _short(text: str) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= 300 else shown[:300].rsplit(" ", 1)[0]
