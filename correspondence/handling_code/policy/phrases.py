"""The small notation in which rules say which words to look for.

    stage two            these words, one after the other
    acknowledg*          any word that begins so
    (reply|answer)       one of these
    [full] response      a word that may stand there; so is (our |the )?response
    a complaint$         at the end of the passage
    ^rent                at its beginning
    we .. write          up to four words between
    we ... write         up to ten words between
    <resident>           a family of words, defined below

Matched against text in lower case with plain quotes and dashes; an apostrophe counts as a space, so
``you (would|d) like`` finds both forms. Every gap is bounded, so the time taken grows with the
length of the text alone. A phrase is only tried where the words it cannot do without occur.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

_SEPARATOR: Final = r"[^\w]{1,4}"
_NEAR: Final = rf"(?:{_SEPARATOR}\w+){{0,4}}?{_SEPARATOR}"
_NEAR_AFTER_BLANK: Final = rf"(?:\w+{_SEPARATOR}){{0,4}}?"
_FAR_AFTER_BLANK: Final = rf"(?:\w+{_SEPARATOR}){{0,10}}?"
_FAR: Final = rf"(?:{_SEPARATOR}\w+){{0,10}}?{_SEPARATOR}"

FAMILIES: Final = MappingProxyType(
    {
        "resident": r"(?:you|they|he|she|anyone|anybody|someone|customers?|residents?|tenants?"
        r"|leaseholders?|complainants?|members?|service[^\w]users?|individuals?|people|persons?)",
        "landlord": r"(?:we|us|the[^\w]+(?:council|association|trust|trustees|landlord|group"
        r"|company|co-?op|co-?operative|society|charity|board|authority|organisation|service|team"
        r"|officer|manager|committee|investigator|complaints[^\w]+team))",
        "complaint": r"(?:complaints?|concerns?|grievances?|matters?|issues?)",
        "reply": r"(?:respon(?:se|ses|d|ds|ding)|repl(?:y|ies|ying)|answer(?:s|ed|ing)?"
        r"|decisions?|outcomes?|letters?|findings|results?)",
        "ombudsman": r"(?:housing[^\w]+)?ombudsm[ae]n|\bhos\b",
        "escalate": r"(?:escalat\w*|stage[^\w](?:2|two)|second[^\w]stage|step[^\w](?:2|two)"
        r"|reviews?(?:ed)?|appeals?|take[ns]?[^\w]+(?:it|this|the[^\w]+\w+)[^\w]+further)",
        "nt": r"\w+n[^\w]t",
        "not": r"(?:not|never|no|nor|cannot|without|unable|\w+n't)",
        "both": r"(?:both|each|either|every|all)",
        "refuse": r"(?:refus\w*|declin\w*|reject\w*|exclud\w*|turn(?:ed)?[^\w]+(?:down|away)"
        r"|(?:do|does|will|can|could|may|is|are|be|decide[sd]?|decision)[^\w]*(?:not|n't)"
        r"[^\w]+(?:to[^\w]+)?(?:be[^\w]+)?(?:able[^\w]+to[^\w]+)?(?:accept\w*|consider\w*|deal\w*"
        r"|tak\w+|investigat\w*|look\w*|progress\w*|log\w*|help|suitable|handle\w*|escalat\w*)"
        r"|cannot[^\w]+(?:be[^\w]+)?(?:accept\w*|consider\w*|deal\w*|tak\w+|investigat\w*|look\w*"
        r"|progress\w*|handle\w*)|(?:can|wo)n't[^\w]+(?:accept|consider|deal|take|investigate|look"
        r"|help)|not[^\w]+accept(?:ed|ing)?|say[^\w]+no|answer[^\w]is[^\w]no|outside[^\w]of?)",
        "explain": r"(?:explain\w*|explanations?|reasons?|why|reasoning|rationale|grounds)",
    }
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase ready to be found.

    `needs` are beginnings of words it cannot do without; of each of `choices` it needs one.
    """

    written: str
    pattern: re.Pattern[str] = field(repr=False)
    needs: tuple[str, ...]
    choices: tuple[tuple[str, ...], ...] = ()

    def search(self, folded: str) -> re.Match[str] | None:
        """Where the phrase stands in folded text; None where it does not."""
        for need in self.needs:
            if need not in folded:
                return None
        for choice in self.choices:
            for one in choice:
                if one in folded:
                    break
            else:
                return None
        return self.pattern.search(folded)


def phrases(*written: str) -> tuple[Phrase, ...]:
    """The phrases as rules hold them. Raises ValueError naming a phrase that cannot be read."""
    return tuple(_phrase(one) for one in written)


def first(wanted: tuple[Phrase, ...], folded: str) -> re.Match[str] | None:
    """The first of the phrases that stands in the folded text."""
    for phrase in wanted:
        if found := phrase.search(folded):
            return found
    return None


def occurs(wanted: tuple[Phrase, ...], folded: str) -> bool:
    """Whether any of the phrases stands in the folded text."""
    return first(wanted, folded) is not None


_STEP: Final = re.compile(
    r"(?P<far> ?\.\.\. ?)|(?P<near> ?\.\. ?)|<(?P<family>\w+)>|(?P<open>\[)|(?P<close>\] ?)"
    r"|(?P<word>[\w£%&/@+-]+)|(?P<mark>\)\?|[ '(|)*$^])"
)
_MARKS: Final = MappingProxyType(
    {
        " ": _SEPARATOR,
        "'": _SEPARATOR,
        "(": "(?:",
        ")": ")",
        "|": "|",
        "*": r"\w*",
        ")?": ")?",
        "$": r"[^\w]{0,4}$",
        "^": r"^[^\w]{0,4}",
    }
)
_SHORTEST_NEED: Final = 3


def _phrase(written: str) -> Phrase:
    parts: list[str] = []
    needs: list[str] = []
    depth = 0
    at = 0
    before = ""
    readable = re.sub(r"(?<!\w)n't\b", "<nt>", written.strip())
    while at < len(readable):
        step = _STEP.match(readable, at)
        if step is None:
            raise ValueError(f"The phrase '{written}' cannot be read from '{readable[at:]}' on.")
        depth += {"(": 1, "[": 1, ")": -1, ")?": -1, "]": -1}.get(step[0].strip(), 0)
        if step["word"] and not depth and len(step["word"]) >= _SHORTEST_NEED:
            needs.append(step["word"])
        parts.append(_piece(step, after_blank=before.endswith(("] ", "]"))))
        at, before = step.end(), step[0]
    ending = "" if written.endswith("*") else r"(?!\w)"
    try:
        pattern = re.compile(rf"(?<!\w)(?:{''.join(parts)}){ending}")
    except (re.error, KeyError) as error:
        raise ValueError(f"The phrase '{written}' cannot be read: {error}.") from None
    if "|" in _outside(written):
        return Phrase(written, pattern, ())
    return Phrase(written, pattern, tuple(needs), _choices(written))


def _choices(written: str) -> tuple[tuple[str, ...], ...]:
    """Of each plain bracket that must be filled, the beginnings of which one must occur."""
    found: list[tuple[str, ...]] = []
    depth = start = 0
    for at, mark in enumerate(written):
        if mark in "([":
            start = at if not depth else start
            depth += 1
        elif mark in ")]":
            depth -= 1
            inside = written[start + 1 : at]
            if depth or mark == "]" or "(" in inside or written[at + 1 : at + 2] == "?":
                continue
            firsts = [_FIRST_WORD.match(one.strip()) for one in inside.split("|")]
            words = [first[0] for first in firsts if first and len(first[0]) >= _SHORTEST_NEED]
            if len(words) == len(firsts):
                found.append(tuple(dict.fromkeys(words)))
    return tuple(sorted(found, key=len))


_FIRST_WORD: Final = re.compile(r"[a-z]+(?![\w']|n't)")


def _outside(written: str) -> str:
    """The phrase without what stands in brackets."""
    bare = written
    while (shorter := re.sub(r"[(\[][^()\[\]]*[)\]]", "", bare)) != bare:
        bare = shorter
    return bare


def _piece(step: re.Match[str], *, after_blank: bool) -> str:
    if step["far"]:
        return _FAR_AFTER_BLANK if after_blank else _FAR
    if step["near"]:
        return _NEAR_AFTER_BLANK if after_blank else _NEAR
    if step["family"]:
        return f"(?:{FAMILIES[step['family']]})"
    if step["open"]:
        return "(?:(?:"
    if step["close"]:
        return f"){_SEPARATOR})?"
    if step["word"]:
        return re.escape(step["word"])
    return _MARKS[step["mark"]]
