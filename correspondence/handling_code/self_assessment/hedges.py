"""Words that let a row's Yes hold only now and then, for some, or for a part of what is asked."""

from __future__ import annotations

import re
from typing import Final

from correspondence.handling_code.policy.phrases import first, occurs, phrases

_TIMED: Final = frozenset({"6.2", "6.3", "6.11", "6.14"})
"""Provisions whose days hold for every complaint."""

_AIMED: Final = phrases(
    "(try|hope*) .. to ... day*",
    "(where|wherever|whenever|as far as) .. possible",
    "if (at all )?possible",
    "(normally|usually|generally|typically|ideally|in most cases|in the majority|most complaints"
    "|as soon as we can|whenever we can|where we can|best endeavours)",
)
_GOOD_REASON: Final = phrases(
    "(sooner|earlier|early|quicker|quickly|faster|same day|before|ahead)",
    "(extension*|extend*|extra time)",
    "(normally|usually|generally) (via|by|in the same|over|through)",
)
_DAYS: Final = re.compile(r"\bdays?\b")
_IN_PART: Final = phrases(
    "stage (1|2|one|two) (letters |responses |complaints )?only",
    "only (at|in|for|to) (stage|some|certain|new|the larger|larger|larger|one)",
    "(by|via|through|using|in) .. (only|alone)$",
    "only (be made|accept* complaints (by|in|via)|take complaints (by|in|via))",
    "only (people|person|staff|team|officer*) ... (take|accept|log|deal|record|raise)",
    "only .. (team|manager*|officer*) can (take|accept|log|raise|record)",
    "(number|figure*|report|date|name) (only|alone)$",
    "(once|when|if) (they|residents|customers|tenants|the resident) (ask*|request*|have "
    "(completed|exhausted))",
    "(if|when) (asked|requested)( to)?$",
    "(only|just) (once a year|annually|yearly)",
    "(except|apart from|other than|with the exception of|excluding|save for) ... (stage|where|when"
    "|staff|leasehold*|contractor*|repairs|complaints about|letter*|sheltered|some|certain|those)",
    "(some|many|several|a few|certain|most) (of )?(the |our )?(team*|staff|manager*|letter*|"
    "response*|contractor*|handler*|service*|officer*|area*|record*|case*) (still|save|hold|keep"
    "|wait|use|are held|have yet|do not|don't|rely|continue)",
    "(found|showed|shows|identified) that (many|some|several|most|a (third|quarter|number)) ...",
    "(was|is|were|being|been) (trialled|piloted|tested|trialed) (in|with|by|at)",
    "so far",
    "(time|resources|capacity|staffing) (allow*|permit*)",
    "when (known|available)$",
    "(cover*|meet|meets|do|does|address*|include*) (most|some|part) of",
    "tends to be",
    "shared between .. with (nobody|no)",
    "(covers|includes|meets|contains) (a to|some|part|most|five|six|four|three)",
    "in part",
    "instead of|rather than (in|at) the acknowledgement",
)
_RIGHTLY_ONLY: Final = phrases(
    "only (has |have |be )?(two|2|one|a single) ",
    "(excluding|except|unless|other than) .. (extension|good reason|exceptional|agreed)",
    "(not|n't) (only|just)",
    "(whole|full|wholly|all) or .. part",
    "(before|prior to|in preparation|then rolled|since rolled|now used)",
)
_PARTS: Final = re.compile(
    r"\b(?:just |a little |slightly )?(?:under |over |about |around |nearly |almost |more than "
    r"|fewer than )?(?:half|a third|two thirds|a quarter|three quarters|(?:one|two|three|four) in "
    r"(?:three|four|five|ten))\b[^.]{0,60}\b(?:have|has|were|was|are|had|miss\w*|late|do|did)\b"
)
_KEPT: Final = (
    r"(?:met|in time|on time|on target|in target|within|complian\w*|complied|acknowledged|responded"
    r"|answered|achieved|completed|trained|compliant|issued|replied)"
)
_PERCENT: Final = r"\d{1,2}(?:\.\d+)? ?(?:%|per ?cent)"
_SHARE: Final = re.compile(
    rf"\b{_KEPT}\b[^.%]{{0,60}}?\b(?P<share>{_PERCENT})"
    rf"|\b(?P<before>{_PERCENT})[^.%]{{0,60}}?\b{_KEPT}\b"
)
_COUNTED: Final = re.compile(
    r"\b(?P<share>(?P<kept>\d{1,5}) (?:out )?of (?:the )?(?P<of>\d{1,5}))\b[^.]{0,60}?\b" + _KEPT
)
_OTHER_SHARES: Final = re.compile(
    r"satisf|upheld|uphold|escalat|withdrawn|previous year|up from|before the response|stage 2 "
    r"cases|increase|rose|fell|reduc|compared|sector|median|tenure|survey"
)
_HARDLY_ALWAYS: Final = 90.0


def low_share(said: str) -> str:
    """The share of cases in which folded words say that a duty was met, where it is a low one."""
    if _OTHER_SHARES.search(said):
        return ""
    for counted in _COUNTED.finditer(said):
        kept, of = int(counted["kept"]), int(counted["of"])
        if kept < of * _HARDLY_ALWAYS / 100:
            return counted["share"]
    for found in _SHARE.finditer(said):
        share = re.sub(r"[^\d.]", "", found["share"] or found["before"])
        if float(share) < _HARDLY_ALWAYS:
            return f"{share}%"
    return ""


def hedged(said: str, clause: str) -> str:
    """The words by which a folded sentence takes back a part of its Yes; empty where none do."""
    if clause in _TIMED and _DAYS.search(said) and not occurs(_GOOD_REASON, said):
        found = first(_AIMED, said)
        if found:
            return found[0].strip()
    if occurs(_RIGHTLY_ONLY, said):
        return ""
    found = first(_IN_PART, said) or _PARTS.search(said)
    return found[0].strip() if found else ""
