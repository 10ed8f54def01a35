"""Reading a message against the standard library: how long it takes, and how often it is right.

Time is told as a ratio to the standard library's fastest policy (compat32, every part decoded) in
the same run, so that the machine does not matter; over 8 the measurement fails. Given the Python
of an environment with mail-parser, imap-tools and fast-mail-parser (`--others PYTHON`), a table
says field by field how many of the known messages each parser gets right.
"""

from __future__ import annotations

import argparse
import base64
import html
import json
import random
import re
import subprocess
import sys
import time
from email.feedparser import BytesFeedParser
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.known_messages import Known, known_messages
from correspondence.intake.parsing import parse
from tests.intake.written_mail import eml, group, multipart, part

if TYPE_CHECKING:
    from collections.abc import Callable

CEILING: Final = 8.0
FIELDS: Final = ("sender", "to", "cc", "subject", "body", "files")
_ROUNDS, _TIMES = 15, 20
_WORDS: Final = (
    "damp mould ceiling kitchen boiler weeks nobody came called again please heating leak window "
    "door children office letter promised still waiting since complaint repair contractor"
)


def main() -> int:
    """Print both; the status is 1 where the ratio is over its ceiling."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--others", metavar="PYTHON", help="an environment's Python")
    wanted = arguments.parse_args()
    overall = ratios()
    compared(wanted.others)
    return int(overall > CEILING)


def ratios() -> float:
    """Print the ratio for each kind of message; the answer is that of one after the other."""
    ours = theirs = 0.0
    say(f"{'message':<34}{'bytes':>9}{'ratio':>8}")
    for name, raw in ordinary_messages().items():
        mine, standard = alternately(partial(parse, raw), partial(decoded, raw))
        ours, theirs = ours + mine, theirs + standard
        say(f"{name:<34}{len(raw):>9,}{mine / standard:>8.1f}")
    say(f"{'all, one after the other':<34}{'':>9}{ours / theirs:>8.1f}   (at most {CEILING:g})")
    return ours / theirs


def ordinary_messages() -> dict[str, bytes]:
    """What a landlord's mailbox mostly holds."""
    chance = random.Random(7)  # noqa: S311 the same words every time
    vocabulary = _WORDS.split()
    text = "\r\n\r\n".join(
        " ".join(chance.choice(vocabulary) for _ in range(60)) + "." for _ in range(9)
    )
    markup = "".join(f"<p class='MsoNormal'>{each}</p>" for each in text.split("\r\n\r\n"))
    both = group(
        part(text, encoding="quoted-printable"),
        part(markup, "text/html", encoding="quoted-printable"),
    )
    quoted = "\r\n".join(f"> {line}" for line in text.split("\r\n"))
    photograph = part(
        b"\xff\xd8\xff" + chance.randbytes(4_500),
        "image/jpeg",
        encoding="base64",
        disposition='attachment; filename="logo.jpg"',
    )
    return {
        "words and HTML, a small picture": multipart(both, photograph),
        "words and HTML": multipart(both),
        "HTML alone": eml(markup, content_type="text/html", encoding="quoted-printable"),
        "a reply with its history": eml(
            f"{text}\r\n\r\nOn 3 Mar 2026 at 09:15, Office <o@landlord.example> wrote:\r\n{quoted}"
        ),
        "words and a file of 15 kB": multipart(
            part(text),
            part(chance.randbytes(15_000), "application/octet-stream", encoding="base64"),
        ),
    }


def decoded(raw: bytes) -> None:
    """What the standard library does at the least: the tree, and every part's bytes."""
    parser = BytesFeedParser()
    parser.feed(raw)
    for each in parser.close().walk():
        if not each.is_multipart():
            each.get_payload(decode=True)


def alternately(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float]:
    """The best time of each, the two measured in turn so that a busy moment hits both."""
    best = [float("inf"), float("inf")]
    for _ in range(_ROUNDS):
        for index, work in enumerate((ours, theirs)):
            begin = time.process_time()
            for _ in range(_TIMES):
                work()
            best[index] = min(best[index], time.process_time() - begin)
    return best[0], best[1]


def compared(others: str | None) -> None:
    """Print how many of the known messages each parser gets right, by field."""
    messages = list(known_messages())
    answers: list[dict[str, Any]] = [{} for _ in messages]
    if others:
        lines = "".join(base64.b64encode(one.raw).decode() + "\n" for one in messages)
        script = Path(__file__).with_name("other_parsers.py")
        run = subprocess.run(  # noqa: S603 the caller's own Python
            [others, str(script)], input=lines, capture_output=True, text=True, check=True
        )
        answers = [json.loads(line) for line in run.stdout.splitlines()]
    for known, answer in zip(messages, answers, strict=True):
        answer["correspondence"] = read_by_us(known.raw)
    names = sorted({name for answer in answers for name in answer})
    say(f"\nright, of {len(messages)} known messages")
    say(f"{'field':<10}" + "".join(f"{name:>18}" for name in names))
    for field in FIELDS:
        right = [
            sum(
                is_right(field, known, answer.get(name))
                for known, answer in zip(messages, answers, strict=True)
            )
            for name in names
        ]
        say(f"{field:<10}" + "".join(f"{count:>18}" for count in right))


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
    if answer is None:
        return False
    found, right = answer[field], getattr(known, field)
    if field in {"to", "cc"}:
        return bool(found == sorted(right))
    if field == "files":
        return bool(found == sorted(map(list, right)))
    if field == "body":
        found = html.unescape(re.sub(r"<[^>]*>", " ", found))
    return "".join(found.split()) == "".join(str(right).split())


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
