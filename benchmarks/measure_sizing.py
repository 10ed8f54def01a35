"""What a message and a letter cost one office: seconds of the processor, and bytes on its disk.

    python -m benchmarks.measure_sizing [MESSAGES]

Each figure is one single run over an inbox of its own, as a program of its own, less what the
same program takes over an empty inbox. CPU seconds are those of the run and all it started; bytes
are what its folder grew by: documents, rows and the letters' files together. The clock is not
asked, so that a machine that does other things too says nearly the same. Then, in the office with
most events: how many events a second `audit verify` walks, by CPU time, start included.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.cli.command import ENVIRONMENT, TOP, program
from tests.jobs import corpus
from tests.jobs.office import make_office, rows

if TYPE_CHECKING:
    from collections.abc import Callable

_MESSAGES: Final = 120
_WEEK: Final = timedelta(days=7)


def main(count: int) -> None:
    """Print what each kind of message costs."""
    first = datetime.now(UTC).replace(microsecond=0) - _WEEK
    kinds: dict[str, tuple[int, Callable[[int], bytes]]] = {
        "an ordinary message": (count, lambda n: corpus.other(n, first + timedelta(minutes=n))),
        "a complaint and its letter": (
            count // 3,
            lambda n: corpus.complaint(n, first + timedelta(minutes=n)),
        ),
        "a message with a file of 1 MB": (
            count // 6,
            lambda n: corpus.with_attachment(n, first + timedelta(minutes=n), 1_000_000),
        ),
    }
    with tempfile.TemporaryDirectory() as folder:
        empty = make_office(Path(folder) / "empty")
        nothing, _ = worked_off(empty)
        say(f"one start of the program: {nothing:.2f} CPU seconds")
        say(f"{'':<34}{'number':>8}{'CPU s each':>12}{'kB each':>10}{'of it mail':>12}")
        for name, (number, made) in kinds.items():
            office = make_office(Path(folder) / name.replace(" ", "-"), empty)
            mail = [made(n) for n in range(number)]
            for n, raw in enumerate(mail):
                corpus.put(office / "inbox" / f"{n:05}.eml", raw, first + timedelta(minutes=n))
            spent, grown = worked_off(office)
            each = sum(map(len, mail)) / number
            say(
                f"{name:<34}{number:>8}{(spent - nothing) / number:>12.3f}"
                f"{grown / number / 1000:>10.0f}{each / 1000:>12.0f}"
            )
            letters = rows(office, "SELECT count(*) AS n FROM letters")[0]["n"]
            say(f"{'':<34}letters drafted: {letters}")
            events = rows(office, "SELECT count(*) AS n FROM events")[0]["n"]
            walked = cpu_of(office, "audit", "verify") - cpu_of(office, "user", "list")
            say(f"{'':<34}events: {events}, verified in {walked:.2f} CPU seconds")


def worked_off(office: Path) -> tuple[float, int]:
    """The CPU seconds of one run over what is there, and by how many bytes the office grew."""
    before = kept(office)
    spent = cpu_of(office, "run", "--once", "--workers", "0")
    return spent, kept(office) - before


def cpu_of(office: Path, *words: str) -> float:
    """The CPU seconds of one command and all it started."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(  # noqa: S603 - our own words
        program(office, *words),
        cwd=TOP,
        env={**ENVIRONMENT, "PYTHONPATH": str(TOP)},
        check=False,
        capture_output=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def kept(office: Path) -> int:
    """Bytes of everything that is kept, mail set aside in the inbox not among it."""
    return sum(path.stat().st_size for path in (office / "data").rglob("*") if path.is_file())


def say(text: str) -> None:
    """A line of what was measured."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else _MESSAGES)
