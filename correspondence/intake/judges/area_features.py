"""What the learned opinion on service areas looks at: the words that name services, and the rest.

The signs of who writes say nothing of the matter, so they are left out.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from correspondence.intake.judges.kind_features import long, tokens
from correspondence.intake.wording.vocabulary.areas import AREAS, hinting, naming

if TYPE_CHECKING:
    from correspondence.intake.wording.findings import Findings

_FULL, _MOST = 4.0, 8.0  # weights of a family
_SHARE, _RULE_SAYS, _KIND_SAYS = 2.0, 1.0, 0.7
_BODY, _SUBJECT, _HISTORY, _SUPPORT = 3.0, 1.5, 1.5, 1.0
_A_PAIR = 0.7  # beside a single word
_HISTORY_WORDS, _SUPPORT_WORDS = 120, 200


def area_features(found: Findings, kind: str, rule: str) -> dict[str, float]:
    """The features of a message's matter; `rule` is the area that the vocabulary alone gives."""
    matter = found.matter
    named = {area: found.weight(naming(area), matter.all) for area in AREAS}
    total = sum(named.values()) or 1.0
    signs = {f"rule {rule}": _RULE_SAYS, f"kind {kind}": _KIND_SAYS}
    for area, weight in named.items():
        hint = found.weight(hinting(area), matter.all)
        if weight:
            signs[naming(area)] = min(weight, _MOST) / _FULL
            signs[f"share {area}"] = _SHARE * weight / total
        if hint:
            signs[hinting(area)] = min(hint, _MOST) / _FULL
    body = tokens("\n".join(part.folded for part in matter.spoken))
    said = {f"w {word}": 1.0 for word in body}
    said.update({f"b {first} {second}": _A_PAIR for first, second in pairwise(body)})
    supporting = tokens("\n".join(part.folded for part in matter.supporting)[:4000])
    history = tokens(matter.quoted.folded[:2000])
    return {
        **signs,
        **long(said, _BODY),
        **long({f"s {word}": 1.0 for word in tokens(matter.subject.folded)}, _SUBJECT),
        **long({f"q {word}": 1.0 for word in history[:_HISTORY_WORDS]}, _HISTORY),
        **long({f"u {word}": 1.0 for word in supporting[:_SUPPORT_WORDS]}, _SUPPORT),
    }
