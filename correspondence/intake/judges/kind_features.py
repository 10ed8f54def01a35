"""What the learned opinion on a message's kind looks at: never its names, only its signs.

Every feature is a phrase family found, a shape of the telling, or a sign of the envelope, so that
what has been learned holds no personal data and can be read by anybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.intake.wording.narrative import shapes

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


def features(it: Subject, rule: str) -> dict[str, float]:
    """The features of a message, each from 0 to 1; `rule` is the kind the rules make of it."""
    found: dict[str, float] = {f"rule {rule}": _RULE_SAYS}
    for name in it.found.families():
        if name.startswith(_SILENT):
            continue
        weight = it.found.weight(name)
        if weight:
            found[f"says {name}"] = min(weight, _FULL) / _FULL
        titled = it.found.weight(name, (it.matter.subject,))
        if titled:
            found[f"titled {name}"] = min(titled, _FULL) / _FULL
    folded = "\n".join(part.folded for part in it.matter.spoken)
    written = "\n".join(part.text for part in it.matter.spoken)
    for name, value in shapes(folded, written).items():
        found[f"tells {name}"] = value
    writer = "person" if it.matter.passed_on else it.signs.writer
    found[f"writer {writer}"] = 1.0
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
    return found
