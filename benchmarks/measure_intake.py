"""Taking mail in: processor time for a message, and beside the mail intake of django-helpdesk.

Ours is measured twice over: accepting alone (every file and commit brought to the disk, the file
set aside), and accepting, reading, matching and storing, without the letters that follow. The mail
intake of django-helpdesk 2.6.1 works on the same messages, turn about with ours; it is installed
into an environment of its own where it can be, or found by `--against PYTHON`. Ratios are of
messages for one second of the processor; the measurement fails where one is under its floor. The
mail is the labelled messages of the tests, some with a picture beside them, and replies to some.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.parser import BytesHeaderParser, BytesParser
from email.policy import SMTP
from pathlib import Path
from statistics import median
from typing import IO, TYPE_CHECKING, Any, Final

from benchmarks.labelled_messages import LABELLED
from benchmarks.other_tools import python_with
from correspondence.casework.acting import ourselves
from correspondence.casework.office import init_office
from correspondence.casework.open_office import open_office
from correspondence.intake.labelled import mail_bytes
from correspondence.jobs.in_process import InProcess, Worked
from correspondence.letters.pool import LetterPress
from correspondence.postroom.folder import DropFolder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MESSAGES: Final = 300
ROUNDS: Final = 5
ACCEPTED_FLOOR: Final = 3.0  # messages for a second of the processor, to django-helpdesk's
STORED_FLOOR: Final = 1.0


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of the processor for one message, children counted."""

    accepting: float
    storing: float  # accepting, reading, matching and storing together


def main() -> int:
    """Print the figures; the status is 1 where a ratio is under its floor."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--against", metavar="PYTHON", help="of an environment with the other")
    against: str | None = arguments.parse_args().against
    against = against or python_with("django-helpdesk", "django-helpdesk==2.6.1")
    mail = messages()
    sizes = [len(raw) for raw in mail]
    say(f"{len(mail)} messages, {sum(sizes) // len(sizes):,} bytes on average, {ROUNDS} rounds")
    ours(mail[: MESSAGES // 5])  # every part has been loaded
    if against is None:
        costs = [ours(mail) for _ in range(ROUNDS)]
        tell(costs)
        return 0
    costs, theirs, silent = [], [], []
    with helpdesk(against) as other:
        asked(other, mail[: MESSAGES // 5], acknowledging=True)
        for _ in range(ROUNDS):
            costs.append(ours(mail))
            theirs.append(asked(other, mail, acknowledging=True))
            silent.append(asked(other, mail, acknowledging=False))
    tell(costs)
    return compared(costs, theirs, silent)


def ours(mail: Sequence[bytes]) -> Cost:
    """One sweep of a new office over the mail."""
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "office")
        init_office(folder, user="rowan", display_name="Rowan Ellery", now=now)
        dropped(folder / "inbox", mail)
        with open_office(folder) as house, LetterPress(0) as press:
            inbox = DropFolder(house.office.inbox, house.office.processed, settle_seconds=0.05)
            job = InProcess(house, [inbox], press, lambda: datetime.now(UTC), ourselves())
            worked = Worked()
            began = processor()
            job.take_in(worked)
            accepted = processor()
            job.read(worked)
            stored = processor()
    if worked.problems or worked.received != len(mail):
        raise SystemExit(f"{worked.received} of {len(mail)} taken in: {worked.problems[:3]}")
    return Cost((accepted - began) / len(mail), (stored - began) / len(mail))


@contextmanager
def helpdesk(python: str) -> Iterator[subprocess.Popen[str]]:
    """The other intake, waiting for folders of mail."""
    script = Path(__file__).with_name("helpdesk_intake.py")
    with subprocess.Popen(  # noqa: S603 the caller's own Python
        [python, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as running:
        yield running
        _of(running.stdin).close()


def asked(other: subprocess.Popen[str], mail: Sequence[bytes], *, acknowledging: bool) -> float:
    """What a message cost the other; all of the mail must have been taken."""
    with tempfile.TemporaryDirectory() as scratch:
        dropped(Path(scratch), mail)
        order = {"folder": scratch, "acknowledging": acknowledging}
        print(json.dumps(order), file=_of(other.stdin), flush=True)
        line = _of(other.stdout).readline()
    if not line:
        raise SystemExit("django-helpdesk did not start; does that Python have version 2.6.1?")
    answer: dict[str, Any] = json.loads(line)
    if answer["left"] or answer["tickets"] + answer["joined"] != len(mail):
        raise SystemExit(f"django-helpdesk did not take all of the mail: {answer}")
    return float(answer["cpu"]) / len(mail)


def compared(costs: Sequence[Cost], theirs: Sequence[float], silent: Sequence[float]) -> int:
    """Print the ratios, each the median over the rounds."""
    say(f"{'django-helpdesk':<34}{median(theirs) * 1000:>8.2f} ms, its replies made into memory")
    say(f"{'django-helpdesk, silent':<34}{median(silent) * 1000:>8.2f} ms, replying to nobody")
    say(f"\n{'messages for a second, to theirs':<34}{'replying':>10}{'silent':>10}{'floor':>8}")
    status = 0
    for name, mine, floor in (
        ("accepted", [cost.accepting for cost in costs], ACCEPTED_FLOOR),
        ("accepted, read, matched, stored", [cost.storing for cost in costs], STORED_FLOOR),
    ):
        replying, quiet = (
            median(other / own for other, own in zip(others, mine, strict=True))
            for others in (theirs, silent)
        )
        say(f"{name:<34}{replying:>10.2f}{quiet:>10.2f}{floor:>8.1f}")
        status |= replying < floor
    return int(status)


def tell(costs: Sequence[Cost]) -> None:
    """Print what a message costs us."""
    for name, each in (
        ("accepted", [cost.accepting for cost in costs]),
        ("accepted, read, matched, stored", [cost.storing for cost in costs]),
    ):
        say(f"{name:<34}{median(each) * 1000:>8.2f} ms (best {min(each) * 1000:.2f})")


def messages() -> list[bytes]:
    """The mail: every author's messages in turn, every eighth with a picture, and replies."""
    files = sorted(LABELLED.glob("*.jsonl"))
    entries = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    chance = random.Random(5)  # noqa: S311 the same mail every time
    first = [mail_bytes(entry) for entry in chance.sample(entries, MESSAGES * 9 // 10)]
    first = [illustrated(raw, chance) if at % 8 == 0 else raw for at, raw in enumerate(first)]
    replies = [reply_to(raw, at) for at, raw in enumerate(first[: MESSAGES - len(first)])]
    return first + replies


def illustrated(raw: bytes, chance: random.Random) -> bytes:
    """The message with the bytes of a photograph; no reader of pictures makes words of them."""
    mail = BytesParser(EmailMessage, policy=SMTP).parsebytes(raw)
    if mail.get_content_type() == "text/plain":
        photograph = b"\xff\xd8\xff" + chance.randbytes(40_000)
        mail.add_attachment(photograph, maintype="image", subtype="jpeg", filename="IMG_0412.jpg")
    return bytes(mail)


def reply_to(raw: bytes, number: int) -> bytes:
    """The sender writes again about it, an hour later or so."""
    before = BytesHeaderParser(policy=SMTP).parsebytes(raw)
    mail = EmailMessage(policy=SMTP)
    for name in ("From", "To", "Date"):
        mail[name] = str(before[name])
    mail["Subject"] = f"Re: {before['Subject']}"
    mail["Message-ID"] = f"<again-{number}@labelled.example>"
    mail["In-Reply-To"] = str(before["Message-ID"])
    mail["References"] = str(before["Message-ID"])
    mail.set_content("I wrote to you about this and have heard nothing. When will you answer?\n")
    return bytes(mail)


def dropped(folder: Path, mail: Sequence[bytes]) -> None:
    """Put the mail into a folder."""
    for number, raw in enumerate(mail):
        (folder / f"{number:04d}.eml").write_bytes(raw)


def processor() -> float:
    """Seconds of the processor that this process and its children have used."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _of(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise RuntimeError("the other program was started without its pipes")
    return stream


if __name__ == "__main__":
    sys.exit(main())
