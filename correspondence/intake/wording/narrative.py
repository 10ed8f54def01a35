"""How a message is told, apart from its words: times, reports, denials, what people were told.

Somebody who asks for a tap to be mended tells one thing that happened; somebody who has waited
tells of days and months, of calls they made and what was said to them, and of what did not happen.
These shapes carry over from one person's words to another's where single phrases do not.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from correspondence.intake.wording.expressions import Expression

if TYPE_CHECKING:
    from collections.abc import Iterable

    from correspondence.intake.wording.passages import Passage

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|christmas|easter|new year)"
)
_NUMBER = (
    r"(?:\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen"
    r"|several|many|couple of|few)"
)
_SHAPES: dict[str, str] = {
    "dates": (
        rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}\b|\b{_MONTH} \d{{1,2}}\b"
        rf"|\b\d{{1,2}}[/.]\d{{1,2}}(?:[/.]\d{{2,4}})?\b|\bon the \d{{1,2}}(?:st|nd|rd|th)\b"
        rf"|\b(?:in|since|last|back in|until|from|by|before|after) {_MONTH}\b"
    ),
    "dates_listed": (  # 'in February, April and May', 'on 4 March and again on 9 March'
        rf"\b{_MONTH}(?: \d{{1,2}}(?:st|nd|rd|th)?)?(?:, (?:and |then )?| and |, again | then )"
        rf"(?:again |then |on |in |once more ){{0,3}}(?:the )?(?:\d{{1,2}}(?:st|nd|rd"
        rf"|th)? )?{_MONTH}\b"
        r"|\b\d{1,2}(?:st|nd|rd|th)(?:, | and |, and )(?:again |on )?(?:the )?\d{1,2}(?:st|nd|rd"
        r"|th)\b"
    ),
    "lapse": (
        rf"\b{_NUMBER} (?:long |whole |solid |full )?(?:weeks?|months?|years?|days)\b"
        rf"|\bsince {_MONTH}\b|\bit(?:'s| is) (?:now )?(?:\d{{1,2}} )?{_MONTH}\b|\bday \d+\b"
        r"|\bfortnight\b|\bso far\b|\bby now\b|\bsince then\b|\bever since\b|\ball (?:winter"
        r"|summer)\b"
    ),
    "recent": (
        r"\b(?:today|yesterday|this (?:morning|afternoon|evening|week|weekend)|last night|tonight"
        r"|overnight|just (?:now|started|noticed)|a (?:few|couple of) days|at the weekend"
        r"|sat(?:urday)? ni(?:ght|te)|sunday night)\b"
    ),
    "told_us": (
        r"\b(?:i|we|she|he|they)(?:'ve| have|'d| had)? (?:also |then |already |since "
        r"|only )?(?:report\w*"
        r"|rang|rung|phoned|called|e-?mailed|wrote|written|told|complained|asked|raised"
        r"|contacted|chased"
        r"|telephoned|pointed out|applied|sent|filled|uploaded|handed|spoke|spoken|explained"
        r"|requested"
        r"|went (?:to|in|on|down)|logged|texted|left (?:a |\w+ )?messages?)\b"
    ),
    "told_by_us": (
        r"\b(?:was|were|am|been|being) (?:\w+ )?(?:told|promised|advised|assured|informed|given"
        r"|sent"
        r"|offered|asked|passed|transferred|quoted)\b|\b(?:he|she|they|you|lady|girl|man|officer"
        r"|lad"
        r"|gentleman|agent|adviser|advisor|receptionist|engineer|operative|contractor|letter"
        r"|text|it)"
        r"(?: just| only| then)? (?:said|says?|told|tells?|promised|wrote|keeps? saying|claimed"
        r"|claims"
        r"|replied|admitted|insisted|denie[sd])\b|\bsaying\b"
    ),
    "denials": (
        r"\b(?:no|not|never|nobody|no ?one|nothing|none|neither|nor|without|cannot|\w+n't|dont|cant"
        r"|didnt|hasnt|havent|isnt|wont|wasnt|doesnt)\b"
    ),
    "but": r"\b(?:but|yet|however|although|though|despite|instead|except|still)\b",
    "your_people": (
        r"\b(?:your|the) (?:\w+ )?(?:contractors?|operatives?|engineers?|workmen|workman|plumbers?"
        r"|surveyors?|officers?|staff|team|office|men|man|lads?|people|decorators?|fitters?"
        r"|electricians?"
        r"|roofers?|foreman|manager|council|records|system|letter|call centre|department"
        r"|repairs line)\b"
    ),
    "repeats": (
        r"\b(?:again|twice|third|fourth|fifth|three times|four times|five times|\d+ times"
        r"|every time"
        r"|each time|another|once more|keeps?|yet|still|already|eventually|finally)\b"
    ),
    "asking": (
        r"\b(?:please|could (?:you|i|we|someone|somebody)|can (?:you|i|we|someone|somebody)"
        r"|would you"
        r"|may i|how do i|how can i|is (?:there|it)|do i|what do|where do|would like)\b"
    ),
    "wanting": (r"\b(?:i|we) (?:now |just |only )?(?:want|expect|demand|require|insist)\b"),
    "quoted_words": r"\"[^\"\n]{3,120}\"",
    "money": r"£ ?\d",
    "shouting": r"!!|\?\?|\?!",
    "questions": r"\?",
    "listed": r"(?:^|\n)[ ]*(?:\(?[a-h1-9][.)]|[-*•])[ ]",
    "formal": r"\b(?:dear sirs?|yours faithfully|to whom|i write|hereby|shall)\b",
}
_ENOUGH = 6


@cache
def patterns() -> dict[str, Expression]:
    """Every shape's expression, for a folded text."""
    return {name: Expression(words) for name, words in _SHAPES.items()}


def shapes(passages: Iterable[Passage]) -> dict[str, float]:
    """How strongly each shape shows in these passages together, from 0 to 1."""
    passages = tuple(passages)
    found = {
        name: min(sum(len(part.shapes.get(name, ())) for part in passages), _ENOUGH) / _ENOUGH
        for name in patterns()
    }
    words = max(1, sum(len(part.folded.split()) for part in passages))
    found["length"] = min(words, 300) / 300
    capitals = sum(len(_CAPITALS.findall(part.text)) for part in passages)
    found["capitals"] = min(capitals, _ENOUGH) / _ENOUGH
    return {name: value for name, value in found.items() if value}


_CAPITALS = Expression(r"\b[A-Z]{4,}\b")


def shapes_in(folded: str) -> dict[str, list[int]]:
    """Where each shape begins in a folded text; those that do not show are left out."""
    places = (
        (name, [match.start() for match in pattern.finditer(folded)])
        for name, pattern in patterns().items()
    )
    return {name: starts for name, starts in places if starts}
