"""What the learned opinion on a message's kind looks at: its signs, and its common words.

A feature is a phrase family found, a shape of the telling, a sign of the envelope, or a word or
pair of words. The sender's name is left out and numbers are all one; words that only few messages
share are dropped in learning, so that what has been learned holds no personal data.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from correspondence.intake.wording.expressions import Expression

if TYPE_CHECKING:
    from correspondence.intake.judges.subject import Subject

# What a message is about, and who is at risk, say little of its kind.
_SILENT = (
    "area ", "hint ", "hazard", "landlord_business", "vulnerable", "adjustment", "continuing",
    "ended_long_ago", "emergency", "safeguarding",
)  # fmt: skip
# The rules were written with the labelled messages in view, so their answer counts half.
_RULE_SAYS = 0.5
_FULL = 4.0  # the weight at which a family counts in full
_BODY, _SUBJECT, _HISTORY = 4.0, 1.5, 1.5  # how much all the words of a part count together
_HISTORY_WORDS = 120
_AFTER_NOT = 4  # words that a negating word turns round
_TOKEN = Expression(r"[a-z']+|\d+|[£!?]")
_TOKEN_OR_END = Expression(r"[a-z']+|\d+|[£.!?\n]")
_ENDS, _SILENT_ENDS = frozenset(".!?\n"), frozenset(".\n")
_NEGATING = frozenset((
    "not", "no", "never", "nobody", "nothing", "none", "dont", "didnt", "hasnt", "havent", "isnt",
    "wont", "cant", "doesnt", "wasnt", "without", "cannot", "couldnt", "noone",
))  # fmt: skip


def features(it: Subject, rule: str) -> dict[str, float]:
    """The features of a message, each from 0 to 1; `rule` is the kind the rules make of it."""
    found: dict[str, float] = {f"rule {rule}": _RULE_SAYS}
    for name in it.found.families:
        if name.startswith(_SILENT):
            continue
        weight = it.found.weight(name)
        if weight:
            found[f"says {name}"] = min(weight, _FULL) / _FULL
        titled = it.found.weight(name, (it.matter.subject,))
        if titled:
            found[f"titled {name}"] = min(titled, _FULL) / _FULL
    for name, value in it.shapes.items():
        found[f"tells {name}"] = value
    writer = it.office or ("person" if it.matter.passed_on else it.signs.writer)
    found[f"writer {writer}"] = 1.0
    found[f"machine {it.signs.machine}"] = 1.0
    for name, holds in (
        ("form", it.matter.form is not None),
        ("organisation", it.signs.organisation),
        ("machine", bool(it.signs.machine)),
        ("reference", it.has_reference),
        ("thread", it.answers_us),
        ("answered", it.was_answered),
        ("forwarded", bool(it.message.forwarded)),
        ("quotes", bool(it.message.quoted_text)),
        ("attaches", bool(it.message.attachments)),
    ):
        if holds:
            found[name] = 1.0
    return {**found, **it.worded}


def worded(it: Subject) -> dict[str, float]:
    """The words and pairs of words of a message, each part's together as long as it counts."""
    names = frozenset(tokens(it.message.sender.name.lower()))
    body: list[str] = []
    negated: list[str] = []
    left = 0
    for written in _TOKEN_OR_END.findall(it.folded):
        if written in _ENDS:
            left = 0
        word = written.replace("'", "")
        if not word or word in names or word in _SILENT_ENDS:
            continue
        word = "#" if word.isdigit() else word
        body.append(word)
        if word in _NEGATING:
            left = _AFTER_NOT
        elif left:
            negated.append(word)
            left -= 1
    said = {f"w {word}": 1.0 for word in body}
    said.update({f"b {first} {second}": 1.0 for first, second in pairwise(body)})
    said.update({f"n {word}": 1.0 for word in negated})
    subject = tokens(it.matter.subject.folded, names)
    titled = {f"s {word}": 1.0 for word in subject}
    titled.update({f"s {first} {second}": 1.0 for first, second in pairwise(subject)})
    history = tokens(it.matter.quoted.folded[:2000], names)[:_HISTORY_WORDS]
    return {
        **long(said, _BODY),
        **long(titled, _SUBJECT),
        **long({f"q {word}": 1.0 for word in history}, _HISTORY),
    }


def tokens(folded: str, without: frozenset[str] = frozenset()) -> list[str]:
    """The words of a folded text, apostrophes dropped, numbers all one; some left out."""
    words = (word.replace("'", "") for word in _TOKEN.findall(folded))
    return ["#" if word.isdigit() else word for word in words if word and word not in without]


def long(vector: dict[str, float], length: float) -> dict[str, float]:
    """A vector brought to a length."""
    size = sum(value * value for value in vector.values()) ** 0.5
    return {name: value * length / size for name, value in vector.items()} if size else {}
