"""A message in pieces of a sentence or a clause, each with the signs by which it is weighed.

Points and the outcome sought are chosen among these pieces, so that both are always the message's
own words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from correspondence.intake.wording.expressions import Expression
from correspondence.intake.wording.passages import Span, clauses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.intake.wording.findings import Findings
    from correspondence.intake.wording.passages import Passage

_LONGEST = 24  # words; a longer sentence is cut at its clauses
_JOINED = 16  # words; a sentence of a few words joins the one before up to this length
_FEW, _VERY_FEW = 8, 4
_A_WORD = 0.3  # how much one word, or two that follow one another, count beside a sign
_OF_KIND = 0.5  # how much a sign counts again for the kind of message it stands in
_MOST = 400  # pieces of one passage that are weighed

_LISTED = Expression(r"(?:^|\n) *(?:\(?[0-9a-h]{1,2}[.)]|[-*•]) *$")
_NOT_MATTER = Expression(
    r"^(?:dear|hi|hiya|hello|good (?:morning|afternoon|evening|day)|yours|(?:kind(?:est)?|best"
    r"|warm)? ?"
    r"regards|many thanks|thanks|thank you|best wishes|cheers|sent from|tel(?:ephone)?\b|phone\b"
    r"|mob(?:ile)?\b|e-?mail\b|from:|to:|subject:|date:|sent:|ref\b|sincerely|faithfully"
    r"|to whom it may concern|sirs?|--|__)"
)
_WISHES: dict[str, str] = {
    "wants": (
        r"\b(?:i|we|he|she|they|client|mum|dad|mother|father|m(?:r|rs|s|iss) [\w'-]+)"
        r"(?:'d| would| should| do| will| shall| am| are)?(?: just| only| now| simply| also| really"
        r"| therefore| still| hereby)*(?: would| should)? (?:want|wants|like|seeks?|asks?|expects?"
        r"|require[sd]?|requests?|demands?|insists?|appreciate|hopes?)\b"
    ),
    "noted": (
        r"^(?:and |also |just |cust(?:omer)? |tenant |caller |pls |please )?(?:wants?|would like"
        r"|wld like"
        r"|w[ou]u?ld like|asks (?:that|for|if|to)|asking for|needs|requests|hopes)\b"
    ),
    "needs": r"\b(?:i|we|he|she|they|it|someone|somebody)(?: just| really)? needs?\b",
    "be glad": (r"\bbe (?:grateful|glad|obliged|pleased|thankful|so (?:good|kind))\b|\bkindly\b"),
    "please": (
        r"\b(?:please|pls|plz)\b(?! (?:find|see|note|excuse|forgive|bear|be aware|contact me if"
        r"|do not"
        r" hesitate|don't hesitate|refer))"
    ),
    "can you": (
        r"\b(?:can|could|would|will|may|might) (?:you|someone|somebody|anyone|anybody|i|we|he"
        r"|she|it|the"
        r"|an?|this|these|m(?:r|rs|s) [\w'-]+)\b"
    ),
    "asks if": (
        r"^(?:and |so |but |also )?(?:is|are|am|do|does|can|could|would|will|may|has|have|who"
        r"|what|when"
        r"|where|how|which|any)\b"
    ),
    "bids": (
        r"^(?:and |so |just |then )?(?:collect|get|give|ring|call|phone|send|take|repair|fix"
        r"|mend|put|pay"
        r"|tell|make|stop|return|refund|remove|replace|come|finish|raise|find|correct|withdraw"
        r"|reimburse"
        r"|apologi[sz]e|sort|look|let|clear|clean|cancel|confirm|explain|reopen|change|move"
        r"|write|show"
        r"|speak|do|answer|reply|arrange|book|bring|have|leave|treat|waive|install|provide|proper|a"
        r" (?:date|new|proper|written|full)|an apology|somebody to|someone to|for (?:the|you"
        r"|someone))\b"
    ),
    "bidden": (
        r"\b(?:hereby requested|you are required|any chance|what (?:i|we) (?:want|would like"
        r"|am asking)"
        r"|all (?:i|we) (?:want|ask|asked)|to (?:resolve|put) (?:this|it|things|matters)(?: right)?"
        r"|look(?:ing)? for|as (?:a )?resolution|should reach us|by return|deserves?|should keep)\b"
    ),
    "not asking": (
        r"\b(?:(?:don't|do not|not|never|didn't|doesn't) (?:\w+ )?(?:want|like|ask|need|asking"
        r"|expect)"
        r"|(?:want|like|wish|need|have) to (?:complain|make|raise|thank|say|report|lodge"
        r"|let you know"
        r"|log|register)|each time|every time|wanted|asked|thank|log (?:this|it)|treat this)\b"
    ),
    "contact": (
        r"\b(?:prefer|rather|only by|by (?:text|email|phone|post)|call me on|ring me on|contact me"
        r"|reach me|hesitate|after \d|number is|mobile)\b"
    ),
    "boilerplate": (
        r"\b(?:confidential|intended recipient|in error|notify the sender|delete it|unsubscribe"
        r"|what would you like|how would you like|how can we|could we improve|would you like us"
        r"|disclaimer|do not reply|virus|automated|view(?:ed)? in (?:a|your) browser)\b"
    ),
}
_BY_KIND = (
    *(f"wish {name}" for name in _WISHES), "first", "early", "late", "last", "ends in question",
)  # fmt: skip


@cache
def _wishes() -> dict[str, Expression]:
    return {name: Expression(words) for name, words in _WISHES.items()}


@dataclass(frozen=True)
class Piece:
    """One piece of a passage: where it stands, and its signs from 0 to 1."""

    passage: Passage
    span: Span
    signs: dict[str, float]

    @property
    def quote(self) -> str:
        """The words as they were written."""
        return self.passage.quote(self.span)

    @property
    def folded(self) -> str:
        """The words folded."""
        return self.passage.folded[self.span.start : self.span.end]


def with_kind(signs: dict[str, float], kind: str) -> dict[str, float]:
    """The signs, and those again that mean one thing in a message of one kind, another in another.

    A question is all that a request for information wants, and seldom what a complaint does.
    """
    both = {f"{kind} and {name}": _OF_KIND for name in _BY_KIND if name in signs}
    return {**signs, **both, f"kind {kind}": 1.0}


def pieces(found: Findings, writer: str) -> list[Piece]:
    """Every piece of what is said, in its order; `writer` is whose office sends the message."""
    listed: list[tuple[int, Passage, Span]] = []
    for order, passage in enumerate(found.matter.spoken):
        spans = list(_spans(passage))[:_MOST]
        listed += [(order, passage, span) for span in spans]
    several = len(found.matter.spoken) > 1
    told: dict[int, list[dict[str, float]]] = {}
    for order, passage in enumerate(found.matter.spoken):
        own = [span for place, _, span in listed if place == order]
        told[order] = _signs(found, passage, own)
    count = len(listed)
    result: list[Piece] = []
    seen: defaultdict[int, int] = defaultdict(int)
    for index, (order, passage, span) in enumerate(listed):
        signs = told[order][seen[order]]
        seen[order] += 1
        _place(signs, index, count)
        place = passage.place.partition(":")[0]
        signs[f"in {place}"] = 1.0
        if passage.place.startswith("form") and _is_wish_field(found, passage):
            signs["in wish field"] = 1.0
        if several and order == 0 and place == "body":
            signs[f"cover of {writer}"] = 1.0
        result.append(Piece(passage, span, signs))
    _beside(result, _content(found.matter.subject.folded))
    return result


def _beside(told: list[Piece], titled: set[str]) -> None:
    """What each piece shows beside the others and beside the subject line."""
    named: set[str] = set()
    before: tuple[str, ...] = ()
    for index, piece in enumerate(told):
        signs, folded = piece.signs, piece.folded
        shared = len(titled & _content(folded))
        if shared:
            signs["shares subject"] = min(shared, 3) / 3
        areas = {name for name in signs if name.startswith("says area")}
        fault = bool(_FAULT.search(folded))
        told_of = (
            ("names a service", bool(areas)),
            ("names a new service", bool(areas - named)),
            ("names the first service", bool(areas) and not named),
            ("tells a fault", fault),
            ("tells a fault of a service", fault and bool(areas)),
            ("introduces", bool(_INTRODUCES.search(folded))),
            ("tells of the household", bool(_HOUSEHOLD.search(folded))),
            ("begins with a time", bool(_TIME_FIRST.search(folded))),
            ("denies a failure", "says failure" in signs and "tells denials" in signs),
            ("names a hazard", any(name.startswith("says hazard") for name in signs)),
        )
        signs.update({name: 1.0 for name, holds in told_of if holds})
        signs["families"] = min(sum(name.startswith("says ") for name in signs), 6) / 6
        named |= areas
        signs.update({f"after {name}": 1.0 for name in before})
        before = tuple(name for name in _LEADING if name in signs)
        if index:
            told[index - 1].signs.update({f"before {name}": 1.0 for name in before})


def _content(folded: str) -> set[str]:
    return {word for word in _LONG_WORD.findall(folded) if word not in _COMMON}


_LONG_WORD = Expression(r"[a-z]{3,}")
_COMMON = frozenset((
    "the", "and", "for", "with", "this", "that", "was", "were", "are", "has", "have", "had", "not",
    "but", "you", "your", "our", "his", "her", "their", "they", "she", "from", "been", "will",
    "would", "complaint", "complaints", "please", "regarding", "about", "formal", "council",
))  # fmt: skip
_LEADING = (
    "says failure", "says dissatisfied", "says complaint_wish", "tells told_us",
    "tells told_by_us", "says request", "wish wants", "wish please",
)  # fmt: skip
_FAULT = Expression(
    r"\b(?:broken?|leak\w*|not work\w*|damp|mou?ld\w*|off|dead|out|block\w*|rot\w*|crack\w*"
    r"|missing|stuck"
    r"|cold|wet|flood\w*|smell\w*|fail\w*|damag\w*|ruin\w*|lost|wrong\w*|cancel\w*|missed|closed"
    r"|ignor\w*|late|refus\w*|rude\w*|charg\w*|threat\w*|fault\w*|unsafe|dirty|filth\w*|noise|fell"
    r"|fallen|collaps\w*|burst|never|nobody|nothing|no one|without|still)\b"
)
_INTRODUCES = Expression(
    r"^(?:i (?:am|'m) (?:a|the|an|writing|your)|i write|i live|we live|my name|this is|i have been"
    r" (?:a|your)|i rent|i own|i'm writing|i have a|re:|ref|complaint|regarding|thank|i (?:accept"
    r"|know)"
    r"|i hope|sorry)\b"
)
_HOUSEHOLD = Expression(
    r"\b(?:my (?:son|daughter|wife|husband|mother|mum|baby|child\w*|kids|granddaughter)|years old"
    r"|aged"
    r"|asthma|pregnan\w*|disab\w*|wheelchair|hospital|operation)\b"
)
_TIME_FIRST = Expression(r"^(?:on|in|since|last|by|at|from|when|then|after)\b")


def _is_wish_field(found: Findings, passage: Passage) -> bool:
    form = found.matter.form
    return form is not None and any(passage.text == field.value for field in form.all_of("outcome"))


def _place(signs: dict[str, float], index: int, count: int) -> None:
    if index == 0:
        signs["first"] = 1.0
    elif index < 3:
        signs["early"] = 1.0
    if index == count - 1:
        signs["last"] = 1.0
    elif index >= count - 3:
        signs["late"] = 1.0
    signs["how far"] = index / max(1, count - 1)
    signs["of many"] = min(count, 20) / 20


def _spans(passage: Passage) -> Iterator[Span]:
    """Sentences, the very short joined to the one before, the long cut at their clauses."""
    folded = passage.folded
    held: Span | None = None
    for sentence in passage.sentences:
        words = folded[sentence.start : sentence.end]
        count = len(words.split())
        if _NOT_MATTER.match(words) and count <= 8:
            continue
        if held is not None:
            together = len(folded[held.start : sentence.end].split())
            gap = folded[held.end : sentence.start]
            if (
                count <= _FEW
                and together <= _JOINED
                and "\n" not in gap
                and (count <= _VERY_FEW or not _is_wish(words))
            ):
                held = Span(held.start, sentence.end)
                continue
            yield held
            held = None
        if count > _LONGEST:
            parts = list(_parts(passage, sentence))
            yield from parts[:-1]
            held = parts[-1] if parts else None
        else:
            held = sentence
    if held is not None:
        yield held


def _is_wish(words: str) -> bool:
    """Whether a sentence says what is wanted, and so is told apart from the one before."""
    return any(_wishes()[name].search(words) for name in ("wants", "please", "be glad", "bids"))


def _parts(passage: Passage, sentence: Span) -> Iterator[Span]:
    """A long sentence's clauses, neighbours joined up to a readable length."""
    held: Span | None = None
    for clause in clauses(passage, sentence):
        if held is not None and len(passage.folded[held.start : clause.end].split()) <= _JOINED:
            held = Span(held.start, clause.end)
            continue
        if held is not None:
            yield held
        held = clause
    if held is not None:
        yield held


def _signs(found: Findings, passage: Passage, spans: list[Span]) -> list[dict[str, float]]:
    """The signs of every piece, each phrase and shape put with the piece it begins in."""
    signs: list[dict[str, float]] = [{} for _ in spans]
    starts = [span.start for span in spans]

    def put(name: str, start: int) -> None:
        index = bisect_right(starts, start) - 1
        if index >= 0 and start < spans[index].end:
            signs[index][name] = 1.0

    for family in found.families:
        for entry in found.of(family, (passage,)):
            put(f"says {family}", entry.hit.start)
    for name, places in passage.shapes.items():
        for place in places:
            put(f"tells {name}", place)
    for span, held in zip(spans, signs, strict=True):
        words = passage.folded[span.start : span.end]
        for name, wish in _wishes().items():
            if wish.match(words) if wish.source.startswith("^") else wish.search(words):
                held[f"wish {name}"] = 1.0
        count = len(words.split())
        size = next((limit for limit in (3, 6, 10, 16, 24) if count <= limit), 10_000)
        held[f"words {size}"] = 1.0
        if words.endswith("?"):
            held["ends in question"] = 1.0
        if _LISTED.search(passage.folded, max(0, span.start - 12), span.start):
            held["listed"] = 1.0
        told = words.replace("'", "").split()
        shown = [word.strip('.,;:!?()"') for word in told]
        said = [word for word in shown if word.isalpha()]
        held.update({f"word {word}": _A_WORD for word in said})
        held.update({f"pair {first} {second}": _A_WORD for first, second in pairwise(said)})
        if shown:
            held[f"opens {' '.join(shown[:2])}"] = 0.5
        if _BEGINS_WITH_I.match(words):
            held["begins with i"] = 1.0
        if _YOUR.search(words):
            held["says your"] = 1.0
        if not _VERB.search(words):
            held["without a verb"] = 1.0
        if _CONTACT.search(words):
            held["has contact details"] = 1.0
    return signs


_BEGINS_WITH_I = Expression(r"(?:i|we)\b")
_YOUR = Expression(r"\byour?\b")
_VERB = Expression(r"\b(?:i|you|he|she|it|they|we|is|was|has|have|are|not?|nobody)\b")
_CONTACT = Expression(r"\d{5}|@|[a-z]{1,2}\d\d? \d[a-z]{2}")
