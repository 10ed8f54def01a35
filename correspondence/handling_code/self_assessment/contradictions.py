"""Words in a row that break the very provision the row answers with Yes.

A row's words are held against the Code as a policy's are; what a row leaves unsaid is no fault of
it, for it quotes the policy only in part.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from correspondence.handling_code.policy.check import check_policy
from correspondence.handling_code.policy.passages import folded, take_apart
from correspondence.handling_code.policy.phrases import occurs, phrases
from correspondence.handling_code.self_assessment.denials import denies
from correspondence.handling_code.self_assessment.departures import departs
from correspondence.handling_code.self_assessment.echo import own_words
from correspondence.handling_code.self_assessment.hedges import hedged, low_share
from correspondence.handling_code.self_assessment.overlong import MOST_DAYS, overlong
from correspondence.handling_code.self_assessment.wording import admits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from correspondence.handling_code.policy.finding import Finding, FindingVerdict
    from correspondence.handling_code.self_assessment.rows import Row

_SECOND_STAGE: Final = 10
_IN_ANY_ROW: Final = frozenset({"2.3", "5.2", "5.3", "6.2", "6.3", "6.4", "6.11", "6.14", "6.15"})
"""Times and stages break the Code in whichever row they are told."""

_TIMES: Final = _IN_ANY_ROW - {"5.2", "5.3"}
_LENGTH: Final = re.compile(r"\b(?:days?|weeks?|months?|years?|hours?)\b")
_EXTENDED: Final = frozenset({"6.4", "6.15"})
_EXTENDS_BY: Final = re.compile(
    r"\bext(?:en[ds]|ra)\w*\b[^.;,]{0,60}?\b\d+|\b\d+[^.;,]{0,40}\bexten"
)
_OF_ANY_EDITION: Final = frozenset({"5.2", "5.3"})
_KIN: Final = {"6.6": ("6.17",), "6.2": ("6.11",), "2.2": ("2.1", "2.5")}
"""Rows in which a breach of another provision is told as well: its twin, or its neighbours."""

_LEFT_UNSAID: Final = phrases(
    "^(nothing|nobody) (says|tells)",
    "(policy|it) does not say",
    "is not said",
    "leaves it open",
    "without naming",
    "only the member",
)
_CODES_OWN: Final = phrases(
    "(stage 0|informal complaint) ... (not|n't|no|removed|delay*|avoid*|unnecessar*|remove*)",
    "(not|n't|no|remove*|avoid*|without) ... (stage 0|informal*|three stage*|"
    "third stage|more than two)",
    "more than two stages is (not|never)",
    "under any circumstances",
    "(not|n't|never|without) .. (prevent*|delay*|obstruct*|stop*|barrier)",
)
_BEFORE: Final = phrases(
    "(previous*|prior|former*|used to|no longer|old (policy|procedure|process)|in the past|replac*)"
)

_NOT_ASKED: Final = phrases("(not|n't|never) (require*|need*|ask*|insist*)")
_OTHERWISE_DEFINED: Final = phrases(
    "(complaint|complaints) (is|are) (described|defined|explained) .. as",
    "(define*|describe*|call*|explain*|refer* to|see*) (a |the )?(complaint|complaints) "
    "(as|to be|is)",
    "(leaflet|policy|website|we|guidance) (calls|call) a complaint",
    "complaint (is|means|can be) (telling|letting|when|where|about|something|contact*|a concern|"
    "a problem|an issue|a report|a matter|a communication|a statement)",
    "complaint (is|means) defined as (when|where|a concern|a problem|an issue|a report|something)",
)

_KEPT_OUT: Final = "# What is not a complaint\n\n"
"""What stands over the lists of a row on what is excluded, where it does not say so itself."""

Contradiction = tuple[str, str, "FindingVerdict"]
"""The row's words, what is wrong with them, and how weighty it is: fail or warn."""


def contradictions(
    row: Row, today: date, *, of_2024: bool = True, by_section: bool = False
) -> Iterator[Contradiction]:
    """What in a row's own words does not bear out its Yes.

    `of_2024` False: the row's number is of another edition, so only what needs no number is held
    against it. `by_section`: the row answers for a whole section, as in the other Ombudsman's form.
    """
    said = own_words(row.said, row.provision)
    for passage in (taken := take_apart(said)).passages:
        for why, verdict in _told(passage.said, row.provision, of_2024=of_2024):
            yield taken.quote(passage), why, verdict
    stage = stage_of(row.provision) if of_2024 else 0
    heading = f"# Stage {stage}\n\n" if stage else ""
    if row.provision in ("2.2", "2.3") and of_2024:
        heading = _KEPT_OUT
    for finding in check_policy(f"{heading}{said}\n", today=today).findings:
        if (
            finding.quote
            and _bears_on(finding, row, of_2024=of_2024, by_section=by_section)
            and not _excused(finding, row)
        ):
            yield finding.quote, finding.why, finding.verdict


def _told(said: str, clause: str, *, of_2024: bool) -> Iterator[tuple[str, FindingVerdict]]:
    """Why a folded sentence does not bear out the Yes of its row, the weightiest first."""
    if admits(said) or (of_2024 and denies(said, clause)):
        yield "They admit that it is not met.", "fail"
    elif clause == "1.2" and occurs(_OTHERWISE_DEFINED, said) and "dissatisf" not in said:
        yield "It is no definition in the Code's words, which speak of dissatisfaction.", "fail"
    elif of_2024 and (why := departs(said, clause)):
        yield why, "fail"
    elif of_2024 and (days := overlong(said, clause)):
        yield f"{days} is longer than the Code's {MOST_DAYS[clause]} working days.", "fail"
    elif share := low_share(said):
        yield f"It is kept in {share} of cases by the landlord's own figure.", "warn"
    elif of_2024 and (words := hedged(said, clause)):
        yield f"“{words}” takes back a part of the Yes.", "warn"


def stage_of(clause: str) -> int:
    """The stage that a row of section 6 is about; 0 for the other sections."""
    section, _, number = clause.partition(".")
    if section != "6":
        return 0
    return 2 if int(number) >= _SECOND_STAGE else 1


_OF_A_SECTION: Final = frozenset({"1.2", "2.2", "2.3", "5.2", "5.3", "6.2", "6.3", "6.11", "6.14"})
"""Provisions that both Codes have alike, so that a row for their section answers for them."""


def _bears_on(finding: Finding, row: Row, *, of_2024: bool, by_section: bool) -> bool:
    if by_section:
        section = finding.clause.partition(".")[0]
        alike = finding.clause in _OF_A_SECTION and section == row.provision.partition(".")[0]
        return finding.verdict == "fail" and alike
    if not of_2024:
        same = finding.clause == row.provision == "1.2"
        return finding.verdict == "fail" and (same or finding.clause in _OF_ANY_EDITION)
    own = finding.clause == row.provision or row.provision in _KIN.get(finding.clause, ())
    if finding.verdict == "warn":
        return own and row.provision not in _TIMES  # what is vague of a time is not yet too long
    return finding.verdict == "fail" and (own or finding.clause in _IN_ANY_ROW)


def _excused(finding: Finding, row: Row) -> bool:
    """Whether the words tell of what was, repeat the Code's own, or only leave something unsaid."""
    said = folded(finding.quote)
    if occurs(_BEFORE, said) or occurs(_LEFT_UNSAID, folded(finding.why)):
        return True
    if finding.clause == "3.6" and occurs(_NOT_ASKED, said):
        return True
    if finding.clause == "1.2":
        return "dissatisf" not in said
    if finding.clause in _EXTENDED and row.provision not in _EXTENDED and "up to" not in said:
        # Elsewhere it only points to the row of extensions, unless it says by how much.
        return not (_EXTENDS_BY.search(said) and _LENGTH.search(said))
    if finding.clause in _TIMES:
        return not _LENGTH.search(said)
    return finding.clause in _OF_ANY_EDITION and occurs(_CODES_OWN, said)
