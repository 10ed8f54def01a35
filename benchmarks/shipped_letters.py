"""Letters drafted from the templates that ship, written down as letters that lack nothing.

The second judge learns them with the rest, so that it does not doubt what the product itself
writes. They are drafted from the same invented facts as the tests of the templates.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from benchmarks.labelled_letters import LABELLED, checklist
from correspondence.letters.checking import CheckFacts
from correspondence.letters.checking.anatomy import take_apart
from correspondence.letters.checking.check import by_rule
from correspondence.letters.checking.judging import UnderCheck
from correspondence.letters.kinds import LetterKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.letters.text import LetterText

SHIPPED = "shipped.jsonl"

KINDS = frozenset(
    {
        LetterKind.STAGE1_ACKNOWLEDGEMENT,
        LetterKind.STAGE2_ACKNOWLEDGEMENT,
        LetterKind.STAGE1_EXTENSION,
        LetterKind.STAGE2_EXTENSION,
        LetterKind.STAGE1_RESPONSE,
        LetterKind.STAGE2_RESPONSE,
        LetterKind.REFUSAL,
    }
)
"""The kinds of which enough is labelled to learn from."""


def write_shipped() -> None:
    """Draft the letters anew and write them over the old ones."""
    lines = [
        _line(number, kind, text, facts) for number, (kind, text, facts) in enumerate(_letters(), 1)
    ]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (LABELLED / SHIPPED).write_text(text, encoding="utf-8")
    sys.stdout.write(f"{len(lines)} letters drafted into {SHIPPED}\n")


def _letters() -> Iterator[tuple[LetterKind, LetterText, CheckFacts]]:
    # The facts belong to the tests; only this, which needs the repository, reaches for them.
    from tests.letters import test_shipped_every_kind as every_kind
    from tests.letters import test_shipped_templates as templates

    for kind, name in every_kind.EACH:
        if kind in KINDS:
            known, letter = every_kind.drafted(kind, name)
            yield kind, letter.text, CheckFacts(received=known.received_on, due=every_kind.DUE)
    for changes in templates.WHOLE:
        for kind, stage in templates.STAGES:
            known, letter = templates.drafted(kind, stage, **changes)
            yield kind, letter.text, CheckFacts(received=known.received_on)


def _line(number: int, kind: LetterKind, text: LetterText, facts: CheckFacts) -> dict[str, Any]:
    under = UnderCheck(take_apart(text), facts)
    quotes = {}
    for item in checklist(kind.value).items:
        verdict = by_rule(under, item)
        if item.required and verdict.met == "met" and verdict.sentence:
            quotes[item.id] = [verdict.sentence.text]
    return {
        "id": f"SH-{number:02}",
        "landlord": "shipped templates",
        "kind": kind.value,
        "context": {
            "received": str(facts.received or ""),
            "acknowledged": "",
            "due": str(facts.due or ""),
        },
        "text": text.plain(),
        "missing": [],
        "wording": [],
        "note": "Drafted from the templates that ship, from whole facts.",
        "quotes": quotes,
        "hollow": {},
        "wording_quotes": {},
    }
