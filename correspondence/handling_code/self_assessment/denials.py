"""Whether a sentence of a row denies, at present and in the landlord's own name, what is asked.

A denial admits a gap ("the date is not recorded") or keeps the Code ("we do not ask for reasons").
Which of the two is told by who does not do it, by the tense, and by what is not done: burdens laid
on residents and steps the Code forbids are rightly denied, everything else is missing.
"""

from __future__ import annotations

import re
from typing import Final

_CLAUSES: Final = re.compile(
    r"[;:,()]| - |\b(?:but|however|although|though|whereas|while)\b"
    r"|\band (?=(?:we|it|there|the|our|they|nobody|no)\b)"
)
_NOT: Final = re.compile(
    r"\b(?:(?P<aux>do|does|is|are|has|have)(?:n't| (?:\w+ )?(?:not|never))|can(?:not|'t| not))\b"
)
_STANDS_BEFORE: Final = re.compile(
    r"\b(?:if|where|when|whenever|whether|unless|should|who|what|why|how|which|that|because|those"
    r"|previous\w*"
    r"|former\w*|prior|old|used to|before|until|ensur\w+)\b"
)
_PEOPLE: Final = re.compile(
    r"^\W*(?:the |a |any |all |each |every |these |some |family )*(?:residents?|customers?|tenants?"
    r"|complainants?|leaseholders?|people|you|anyone|representatives?|advocates?|members?)\b"
    r"(?! (?:responsible|of staff|services|relations|team|feedback|panel))"
)
_CASES: Final = re.compile(
    r"^\W*(?:the |a |any |all |each |every |these |some )*(?:service )?(?:complaints?|matters?"
    r"|issues?|requests?|cases?|concerns?|it)\b(?! (?:team|officer|manager|handl|polic|proced|lead"
    r"|form|panel|letter|record|system))"
)
_ADVERBS: Final = re.compile(
    r"^(?:\W*(?:always|currently|yet|routinely|explicitly|consistently|formally|been|be|being|also"
    r"|all|at present|fully|specifically|normally|usually|generally|regularly|actually|presently"
    r"|clearly|separately|centrally|automatically|directly|themselves|itself)\b)*\W*"
)
_RIGHTLY: Final = re.compile(
    r"^(?:need|requir|insist|expect|exclud|refus|reject|declin|discriminat|penalis|clos|wait"
    r"|delay|hold |held |charg|restrict|limit|discourag|dismiss|blam|rel(?:y|ies)|operat|treat|"
    r"tolerat|differ|distinguish|mean|affect|prevent|stop|appl|replac|matter|involv|acceptabl"
    r"|appropriate|necess|seen|see\b|view|regard|consider(?:ed)? (?:a|as|to)|count|use |used|only|"
    r"just|simply|merely|part\b|a (?:barrier|requirement|reason|negative|complaint|substitute)"
    r"|dependent|conditional|oblig|to be|own|possible|sure|clear|satisf|happy|know|aware|unusual"
    r"|about|for |in scope|defin\w+ as|class|deal\b|investigat|look\b|help\b|take\b|normally"
    r"|eligib|put on hold|paus|suspend|suitab|covered by|when|negativ|disadvantag|disput|upheld"
    r"|uphold|resolv|agree "
    r"with|accept(?:ed)?"
    r"(?! (?:complaints|calls|advocates)))"
)
_HAS_NOT: Final = re.compile(
    r"^(?:had|need|requir|necess|chang|been through|through|refus|reject|any\b|receiv\w* any"
    r"|experienc|aris|occur|us|longer|more|over |later?|taken place|resolv|previous"
    r"|consider|deal|part|involv|impact"
    r"|affect|excee|declin|identif\w* any|made any|alter|rais|escalat)"
)
_FORBIDDEN: Final = re.compile(
    r"\b(?:informal\w*|blanket|third|three|extra|additional|more than two|stage 0|stage zero|"
    r"pre-?complaint|separate|own (?:complaints? )?(?:procedure|process)|time limit|differently"
    r"|worse|detriment|same (?:person|officer)|reasons? (?:for|from|to)|until|without|unless"
    r"|just|only|outside|as a negative|negatively|conflict|prior|previous involvement|to repeat"
    r"|written consent|word|themselves|itself|of (?:its|their) own)\b"
)
_OWED_PEOPLE: Final = re.compile(
    r"^(?:told|inform|offer|given|advis|updat|sent|consult|invit|allow|able|attend|come|bring"
    r"|have (?:a|the|any) (?:right|way|means|choice)|always|complain|raise|be accompanied)"
)
_OWED_CASES: Final = re.compile(
    r"^(?:acknowledg|log|defin|record|track|triag|answer|analys|monitor|review|respond|done|stated"
    r"|set out|documented|shared|reported|published|in place|happen|include|cover|say|state"
    r"|mention|refer|met)"
)
_NONE: Final = re.compile(
    r"\b(?:no|without|lacks?|lacking)(?: (?!blanket|informal|further|extra|additional|third|time"
    r"|longer|later|more|less|prior|previous|separate|need)[a-z-]+){0,2}? "
    r"(?:process\w*|procedures?|record|register|log|system|evidence|training|objectives?"
    r"|monitoring|mechanism|arrangements?|complaints officer|dedicated \w+|designated \w+"
    r"|named \w+|post|plan|templates?|reference|mention|annual report|report has|review process"
    r"|reminders?|trackers?|tracking|dashboard|guidance|statement|definition|clause|explanation"
    r"|timetable|single \w+|member (?:has|is)|formal \w+)\b"
)
_NOBODY: Final = re.compile(
    r"\b(?:nobody|no one|no-one)(?: at present| currently)? (?!will|would|ha[sd] to|need|else|who"
    r"|is (?:asked|required|excluded|treated)|outside)"
    r"|\b(?:says?|contains?|states?|includes?|do(?:es)?) nothing\b"
)
_RARE: Final = frozenset({"8.3", "8.4", "8.5", "5.11", "5.14", "5.15", "2.1", "2.4"})
"""Rows about what may never have happened: that it has not is no gap."""


def denies(said: str, clause: str) -> bool:
    """Whether a folded sentence denies what the row of `clause` asks.

    "We have no informal stage" and "if a case is not accepted" deny nothing that is owed.
    """
    if _CONDITION.match(said):
        return False
    start, supposed = 0, False
    for found in [*_CLAUSES.finditer(said), None]:
        part = said[start : found.start() if found else len(said)].strip()
        if not supposed and (_not_done(part, clause) or _none(part, clause)):
            return True
        start = found.end() if found else start
        joined = found is not None and found[0].startswith("and")
        supposed = joined and (supposed or _STANDS_BEFORE.search(part) is not None)
    return False


_CONDITION: Final = re.compile(r"^[\W\d]*(?:if|where|when|should|whenever|unless|were)\b")


def _not_done(part: str, clause: str) -> bool:
    found = _NOT.search(part)
    if found is None:
        return False
    before, after = part[: found.start()], _ADVERBS.sub("", part[found.end() :])
    if not after or _STANDS_BEFORE.search(before) or _FORBIDDEN.search(after):
        return False
    if _PEOPLE.match(before):
        return bool(_OWED_PEOPLE.match(after))
    if _CASES.match(before):
        return bool(_OWED_CASES.match(after))
    if found["aux"] in ("has", "have"):
        return clause not in _RARE and not _HAS_NOT.match(after)
    return not _RIGHTLY.match(after) and not (_HAVE_TO.match(after))


_HAVE_TO: Final = re.compile(r"^have (?:to|any|backlog)")


def _none(part: str, clause: str) -> bool:
    found = _NONE.search(part) or _NOBODY.search(part)
    if found is None or clause in _RARE or _FORBIDDEN.search(found[0]):
        return False
    return not _STANDS_BEFORE.search(part[: found.start()])
