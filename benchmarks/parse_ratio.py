"""How long reading a message takes beside the standard library.

Time is told as a ratio to the standard library's fastest policy (compat32, every part decoded) in
the same run, so that the machine does not matter. The measurement fails where all of them together
take more than 8 times as long, or any one of them more than 12: of one line there is little to
parse and as much to judge.
How often fields are right is told by `score_parsing`.
"""

from __future__ import annotations

import random
import sys
import time
from email.feedparser import BytesFeedParser
from functools import partial
from typing import TYPE_CHECKING, Final

from correspondence.intake.parsing import parse
from tests.intake.written_mail import eml, group, multipart, part

if TYPE_CHECKING:
    from collections.abc import Callable

CEILING: Final = 8.0
CEILING_OF_ONE: Final = 12.0
_ROUNDS, _TIMES = 15, 20
_WORDS: Final = (
    "damp mould ceiling kitchen boiler weeks nobody came called again please heating leak window "
    "door children office letter promised still waiting since complaint repair contractor"
)


def main() -> int:
    """Print the ratios; the status is 1 where one is over the ceiling."""
    each, overall = ratios()
    return int(overall > CEILING or max(each) > CEILING_OF_ONE)


def ratios() -> tuple[list[float], float]:
    """Print the ratio for each kind of message, and of all one after the other."""
    ours = theirs = 0.0
    found = []
    say(f"{'message':<34}{'bytes':>9}{'ratio':>8}")
    for name, raw in ordinary_messages().items():
        mine, standard = alternately(partial(parse, raw), partial(decoded, raw))
        ours, theirs = ours + mine, theirs + standard
        found.append(mine / standard)
        say(f"{name:<34}{len(raw):>9,}{mine / standard:>8.1f}")
    limits = f"(at most {CEILING:g}; each {CEILING_OF_ONE:g})"
    say(f"{'all, one after the other':<34}{'':>9}{ours / theirs:>8.1f}   {limits}")
    return found, ours / theirs


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
    line = "The boiler is broken again. Please can somebody come today?"
    few = group(part(line), part(f"<p>{line}</p>", "text/html"))
    lines = {f"X-Gateway-{number}": "passed, nothing found" for number in range(25)}
    return {
        "one line": eml(line),
        "one line and no type": eml(line, content_type=""),
        "one line, quoted-printable": eml(line, encoding="quoted-printable"),
        "one line, many headers": eml(line, headers=lines),
        "one line and HTML": multipart(few),
        "one line of HTML alone": eml(f"<p>{line}</p>", content_type="text/html"),
        "a reply of one line": eml(
            f"{line}\r\n\r\nOn 3 Mar 2026 at 09:15, Office <o@landlord.example> wrote:\r\n> When?"
        ),
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


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
