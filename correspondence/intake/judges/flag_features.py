"""What the learned opinion on a message's flags looks at: signs, what rules raised, words.

Unlike for the kind, who is at risk and from what counts here in full.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.intake.judges.kind_features import long, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from correspondence.intake.judges.subject import Subject

_FULL = 4.0  # the weight at which a family counts in full
_KIND_SAYS = 0.7
_SUPPORT, _SUPPORT_WORDS = 1.5, 200


def flag_features(it: Subject, kind: str, raised: Iterable[str]) -> dict[str, float]:
    """The features of a message of this kind; `raised` are the flags that the rules alone give."""
    found = {f"rule {flag}": 1.0 for flag in raised}
    found[f"kind {kind}"] = _KIND_SAYS
    for name in it.found.families:
        weight = it.found.weight(name)
        if weight:
            found[f"says {name}"] = min(weight, _FULL) / _FULL
    for name, value in it.shapes.items():
        found[f"tells {name}"] = value
    found[f"writer {it.office or it.signs.writer}"] = 1.0
    for name, holds in (
        ("organisation", it.signs.organisation),
        ("passed on", it.matter.passed_on),
        ("form", it.matter.form is not None),
    ):
        if holds:
            found[name] = 1.0
    supporting = tokens("\n".join(part.folded for part in it.matter.supporting)[:4000])
    words = {f"u {word}": 1.0 for word in supporting[:_SUPPORT_WORDS]}
    return {**found, **it.worded, **long(words, _SUPPORT)}
