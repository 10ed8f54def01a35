"""How often each field of a message is read rightly, beside other parsers; and delivery reports.

    python -m benchmarks.score_parsing [--others PYTHON]

A table says field by field how many of the known messages each parser gets right: ours, the
standard library's, and mail-parser, imap-tools and fast-mail-parser, which are installed into an
environment of their own where they can be, or found by `--others PYTHON`. The measurement fails
where another is right more often than ours, or where too few delivery reports are understood.
"""

from __future__ import annotations

import argparse
import base64
import html
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from benchmarks.known_messages import Known, known_messages
from benchmarks.known_oddities import known_oddities
from benchmarks.known_reports import known_reports
from benchmarks.other_tools import python_with
from correspondence.intake.parsing import parse

FIELDS: Final = ("sender", "to", "cc", "subject", "body", "files")
OURS: Final = "correspondence"
RECOGNISED_FLOOR: Final = 0.99
UNDERSTOOD_FLOOR: Final = 0.95  # the address that failed, and whether for good


def main() -> int:
    """Print both tables; the status is 1 where ours is not good enough."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--others", metavar="PYTHON", help="an environment's Python")
    others: str | None = arguments.parse_args().others
    others = others or python_with("parsers", "mail-parser", "imap-tools", "fast-mail-parser")
    return compared(others) | reports()


def all_known() -> list[Known]:
    """Every message whose fields are known."""
    return [*known_messages(), *known_oddities()]


def compared(others: str | None) -> int:
    """Print how many of the known messages each parser gets right, by field."""
    messages = all_known()
    answers: list[dict[str, Any]] = [{} for _ in messages]
    if others:
        lines = "".join(base64.b64encode(one.raw).decode() + "\n" for one in messages)
        script = Path(__file__).with_name("other_parsers.py")
        run = subprocess.run(  # noqa: S603 the caller's own Python
            [others, str(script)], input=lines, capture_output=True, text=True, check=True
        )
        answers = [json.loads(line) for line in run.stdout.splitlines()]
    for known, answer in zip(messages, answers, strict=True):
        answer[OURS] = read_by_us(known.raw)
    names = sorted({name for answer in answers for name in answer})
    say(f"right, of {len(messages)} known messages")
    say(f"{'field':<10}{'judged':>8}" + "".join(f"{name:>18}" for name in names))
    status = 0
    for field in FIELDS:
        judged = [
            (known, answer)
            for known, answer in zip(messages, answers, strict=True)
            if getattr(known, field) is not None
        ]
        right = {
            name: sum(is_right(field, known, answer.get(name)) for known, answer in judged)
            for name in names
        }
        say(f"{field:<10}{len(judged):>8}" + "".join(f"{right[name]:>18}" for name in names))
        status |= right[OURS] < max(right.values())
    raised = {name: sum(answer.get(name) is None for answer in answers) for name in names}
    say(f"{'raised':<18}" + "".join(f"{raised[name]:>18}" for name in names))
    return int(status)


def reports() -> int:
    """Print how many delivery reports are known as such, and how many are understood."""
    known = list(known_reports())
    told = [(one, parse(one.raw).delivery_report) for one in known]
    real = [(one, report) for one, report in told if one.is_report]
    shares = {
        "recognised": sum(report is not None for _, report in real) / len(real),
        "address that failed": sum(
            report is not None and report.recipient == one.recipient for one, report in real
        )
        / len(real),
        "whether for good": sum(
            report is not None and report.permanent is one.permanent for one, report in real
        )
        / len(real),
    }
    say(
        f"\n{len(real)} delivery reports, {len(known) - len(real)} messages that only look like one"
    )
    for name, share in shares.items():
        say(f"{name:<22}{share:>8.3f}")
    wrongly = sum(report is not None for one, report in told if not one.is_report)
    say(f"{'taken for one wrongly':<22}{wrongly:>8}")
    first, *others = shares.values()
    return int(first < RECOGNISED_FLOOR or min(others) < UNDERSTOOD_FLOOR or wrongly > 0)


def read_by_us(raw: bytes) -> dict[str, Any]:
    """Our answer in the common form."""
    message = parse(raw)
    return {
        "sender": message.sender.address,
        "to": sorted(one.address for one in message.to if one.address),
        "cc": sorted(one.address for one in message.cc if one.address),
        "subject": message.subject,
        "body": message.text,
        "files": sorted([one.name, one.sha256] for one in message.attachments),
    }


def is_right(field: str, known: Known, answer: dict[str, Any] | None) -> bool:
    """Whether a field is as it should be; white space and, in a body, mark-up do not count."""
    right = getattr(known, field)
    if right is None:
        return True  # not judged
    if answer is None:
        return False
    found = answer[field]
    if field in {"to", "cc"}:
        return bool(found == sorted(right))
    if field == "files":
        return bool(found == sorted(map(list, right)))
    if field == "body":
        found = html.unescape(re.sub(r"<[^>]*>", " ", found))
    return "".join(str(found).split()) == "".join(str(right).split())


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
