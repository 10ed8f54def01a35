"""Which form a filled self-assessment is: whose Code, and which edition of it.

A form is known by what it says of itself and by which words stand behind which number: 1.6 is about
surveys in the Code of 2024, and about further enquiries in that of 2022.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from correspondence.handling_code.policy.passages import folded
from correspondence.handling_code.policy.phrases import occurs, phrases
from correspondence.handling_code.provisions import HOUSING_OMBUDSMAN_CODE_2024 as CODE

Kind = Literal[
    "housing ombudsman",
    "housing ombudsman 2022",
    "housing ombudsman 2020",
    "local government ombudsman",
]

CLAUSES: Final = tuple(p.number for p in CODE if p.number != "1.1")
"""The 72 provisions that have a row in the form of 2024; 1.1 asks nothing and has none."""

_ROWS_OF_2022: Final = (9, 8, 9, 19, 16, 7, 5, 4)
CLAUSES_2022: Final = tuple(
    f"{section}.{number}"
    for section, rows in enumerate(_ROWS_OF_2022, 1)
    for number in range(1, rows + 1)
)
"""The numbers that the form of 2022 uses, in order; not every one has a row."""

_OF_2022: Final = {
    "1.3": "must still be handled",
    "1.4": "should recognise",
    "1.6": "further enquiries",
    "1.7": "(must|should) accept .. complaint unless",
    "1.8": "circumstances in which .. not be considered",
    "1.9": "(decide*|deciding) not to accept",
    "2.1": "(different|several|many) channels",
    "2.2": "social media",
    "2.3": "(clear and )?accessible format",
    "2.4": "website*",
    "2.5": "(reasonable adjustment*|equality act)",
    "2.6": "publicise*",
    "2.8": "right to access",
    "3.1": "(complaints officer|complaint handling)",
    "3.2": "(autonomy|conflict*)",
    "4.1": "(decision to try|resolve a concern|stage .. log*|acknowledged and logged)",
    "4.2": "(complaint acknowledgement|understanding of the complaint)",
    "4.6": "(impartial*|complaint investigation)",
    "4.7": "complaint handler must",
    "4.11": "reasonable arrangement*",
    "4.13": "(escalate .. stages|time frame*|timescale*)",
    "4.14": "(complaint definition|escalat*)",
    "5.1": "(10|ten) working days",
    "5.5": "answer to the complaint is known",
    "5.6": "(address|answer) all points",
    "5.8": "completion of stage",
    "5.9": "progressed to stage",
    "5.10": "escalation request",
    "5.11": "only escalate",
    "5.12": "same person",
    "5.13": "(20|twenty) working days",
    "5.16": "completion of stage",
    "6.1": "put .. right",
    "6.2": "remed*",
    "7.2": "learning",
    "7.3": "lead responsibility",
    "7.4": "governing bodies should",
    "7.5": "themes or trends",
    "7.6": "standard objective",
    "8.1": "self-assessment",
}
_OLD: Final = {number: phrases(words) for number, words in _OF_2022.items()}
_SAYS_2022: Final = phrases(
    "mandatory .. must",
    "best practice .. should",
    "mandatory .. requirement is not met",
    "(musts|must) .. mandatory",
    "shoulds .. discretionary",
    "self-assessment (form )?2022",
    "self assessment (form )?(for )?2022",
    "code 2022",
)
_HINTS_AT_2022: Final = phrases("discussed (at|with) the landlord's governing body annually")
"""Words of the form of 2022 that stay on a website when the rows below are new."""

_QUESTIONS_OF_2020: Final = tuple(
    phrases(question)
    for question in (
        "does the complaints process use the following definition",
        "exclusions where a complaint will not be considered",
        "are these exclusions reasonable and fair",
        "multiple accessibility routes",
        "is there a complaint officer",
        "does the complaint officer have (autonomy|authority)",
        "if there is a third stage",
        "are (all )?complaints acknowledged and logged within",
        "are residents kept informed",
        "do we have a reasonable adjustments policy",
    )
)
_LGSCO: Final = re.compile(
    r"local government (?:and|&) social care|\blgsco\b|\blgo\b", re.IGNORECASE
)
_HOUSING: Final = re.compile(r"housing ombudsman|\bhos\b", re.IGNORECASE)
_SAYS_2024: Final = re.compile(
    r"code(?: \w+)? (?:of )?2024|1(?:st)? april 2024|202[4-9][/-]\d\d|\b202[5-9]\b",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(
    r"(?:(?P<line>^[ \t|]*)|[\s|])(\d{1,2}\.\d{1,2})(?![\d.]\d)[.:)]?(?=[\s|a-z]|…|$)",
    re.MULTILINE,
)
_ONLY_2022: Final = frozenset(CLAUSES_2022) - frozenset(CLAUSES)
_BEGINNING: Final = 700
_TOP: Final = 4000
_BEHIND: Final = 260
_FEWEST_QUESTIONS: Final = 3


def edition_of(text: str) -> Kind:
    """The form a text looks like; that of 2024 where nothing speaks for another."""
    low = folded(text)
    beginning = text[:_BEGINNING]
    old, new = _spoken_for(low)
    if _LGSCO.search(beginning) and not _HOUSING.search(beginning) and old + new <= 1:
        return "local government ombudsman"
    asked = sum(occurs(question, low) for question in _QUESTIONS_OF_2020)
    if asked >= _FEWEST_QUESTIONS or (asked and not old and not new):
        return "housing ombudsman 2020"
    top = low[:_TOP]
    if new <= old and (occurs(_SAYS_2022, top) or (old and occurs(_HINTS_AT_2022, top))):
        return "housing ombudsman 2022"
    named = bool(_SAYS_2024.search(beginning))  # a form's own words are often last year's
    return "housing ombudsman 2022" if old > max(1, new + named) else "housing ombudsman"


def _spoken_for(low: str) -> tuple[int, int]:
    """How many numbers stand before the words of the Code of 2022, and how many of 2024's."""
    old: set[str] = set()
    new: set[str] = set()
    for found in _NUMBER.finditer(low):
        number = found[2]
        behind = low[found.end() : found.end() + _BEHIND]
        if _likely(number, behind):
            new.add(number)
        elif speaks_of_2022(number, behind) or (found["line"] and number in _ONLY_2022):
            old.add(number)
    return len(old), len(new)


def speaks_of_2022(clause: str, words: str) -> bool:
    """Whether words are what the Code of 2022 asks under that number."""
    return clause in _OLD and occurs(_OLD[clause], folded(words))


def _likely(number: str, behind: str) -> bool:
    return number in _NEW and occurs(_NEW[number], behind)


_NEW: Final = {
    number: phrases(words)
    for number, words in {
        "1.3": "(choice|option) to",
        "1.4": "must recognise",
        "1.5": "service request",
        "1.6": "survey*",
        "2.1": "accept .. complaint unless",
        "2.2": "(exclusion*|legal proceedings|circumstances in which)",
        "2.3": "(12|twelve) months",
        "2.4": "not to accept",
        "2.5": "blanket",
        "3.1": "(channels|equality act)",
        "3.2": "any member of staff",
        "3.3": "high volume*",
        "3.4": "(clear and )?accessible format",
        "3.5": "publicise*",
        "3.6": "representative",
        "3.7": "right to access",
        "4.1": "(person or team|assigned)",
        "4.2": "access to staff",
        "4.3": "(prioritise|culture of learning)",
        "5.1": "single policy",
        "5.2": "(stage 0|local resolution)",
        "5.3": "more than two stages",
        "5.4": "third party",
        "5.6": "(complaint definition|understanding of the complaint)",
        "5.7": "responsible for",
        "5.8": "(merits|open mind)",
        "5.9": "(fall outside|intervals)",
        "5.10": "reasonable adjustment*",
        "5.12": "full record",
        "5.14": "unacceptable behaviour",
        "6.2": "acknowledged .. defined",
        "6.3": "(10|ten) working days",
        "6.4": "extension",
        "6.10": "(progressed|progress) to stage",
        "6.11": "requests for stage",
        "6.13": "same person",
        "6.14": "(20|twenty) working days",
        "7.1": "gone wrong",
        "7.2": "remedy",
        "7.4": "guidance",
        "8.1": "annual complaints performance",
        "8.2": "governing body",
        "8.3": "restructure",
        "8.5": "(exceptional|cyber)",
        "9.1": "look beyond",
        "9.2": "intelligence",
        "9.3": "(accountability|stakeholders)",
        "9.4": "senior lead",
        "9.5": "(member responsible|governing body)",
        "9.8": "standard objective",
    }.items()
}
