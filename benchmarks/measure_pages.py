"""Are the pages as quick with 100,000 cases and a million events as with 1,000?

    python -m benchmarks.measure_pages [--cases N ...] [--keep DIR]

Makes offices on SQLite, each case with ten events, a message and a letter, one in twenty of them
open; then asks for the queue, for searches and for cases as officers do, in process, and prints the
95th percentile of each with its ratio.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Final

from benchmarks.many_cases import AREAS, NAMES, NOW, OPEN, PEOPLE, WORDS, make, reference_of
from correspondence.casework.acting import ourselves
from correspondence.casework.open_office import open_office
from correspondence.casework.signing_in.invite import invite
from correspondence.letters.pool import LetterPress
from correspondence.web.app import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from correspondence.casework.open_office import OpenOffice

_ASKED: Final = 150  # requests of each kind, of which the first tenth warms up


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds of server time for one kind of page."""

    page: str
    middle: float
    high: float  # the 95th percentile


def main() -> int:
    """Make the offices, ask, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--keep", type=Path, help="a folder in which offices are kept and found")
    given = parser.parse_args()
    folder = given.keep or Path(tempfile.mkdtemp(prefix="pages-"))
    measured: dict[int, list[Measured]] = {}
    try:
        for count in given.cases:
            office = folder / f"office-{count}"
            if not office.exists():
                began = time.monotonic()
                make(office, count)
                _say(f"{count} cases made in {time.monotonic() - began:.0f} s")
            measured[count] = _measured(office, count)
    finally:
        if given.keep is None:
            shutil.rmtree(folder, ignore_errors=True)
    _print(measured)
    return 0


def _measured(folder: Path, count: int) -> list[Measured]:
    with open_office(folder) as house, LetterPress(0) as press:
        app = create_app(house, press, clock=lambda: NOW)
        client = app.test_client()
        _sign_in(client, house)
        found = [
            _measure(client, name, addresses)
            for name, addresses in (
                ("queue", _queues(count)),
                ("search", _searches(count)),
                ("case", _cases(count)),
            )
        ]
        found.append(_measure(client, "manager", ["/manager"] * 12))
    return found


def _measure(client: FlaskClient, name: str, addresses: list[str]) -> Measured:
    taken = []
    for place, address in enumerate(addresses):
        began = time.perf_counter()
        answer = client.get(address)
        spent = 1_000 * (time.perf_counter() - began)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status}")
        if place >= len(addresses) // 10:
            taken.append(spent)
    return Measured(name, median(taken), quantiles(taken, n=20)[-1])


def _sign_in(client: FlaskClient, house: OpenOffice) -> None:
    link = invite(house, "rowan", now=NOW, actor=ourselves()).token
    page = client.get(f"/welcome/{link}").text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    form = {"csrf_token": token, "password": "three invented plain words"}
    if client.post(f"/welcome/{link}", data=form).status_code != 302:
        raise RuntimeError("nobody could be signed in")


def _queues(count: int) -> list[str]:
    chance = random.Random(11)  # noqa: S311

    def views() -> tuple[str, ...]:
        return (
            "/?who=all",
            "/?who=nobody",
            f"/?who={chance.choice(PEOPLE)}",
            f"/?who=all&area={chance.choice(AREAS)}",
            "/?who=all&flag=hazard",
            "/?who=all&when=overdue",
            f"/?who=all&page={chance.randint(1, max(1, count // OPEN // 25))}",
            f"/?who=all&words={chance.choice(NAMES)}",
        )

    return [chance.choice(views()) for _ in range(_ASKED)]


def _searches(count: int) -> list[str]:
    chance = random.Random(13)  # noqa: S311

    def searches() -> tuple[str, ...]:
        one, two = chance.sample(WORDS, 2)
        return (
            f"/search?words={one}",
            f"/search?words={one}+{two}",
            f"/search?words=%22{one}+{two}%22",
            f"/search?words={one}+{two}&status=open",
            f"/search?words={one}&in=letter&area={chance.choice(AREAS)}",
            f"/search?words={one[:4]}*",
            f"/search?words={_reference(chance, count)}",
            f"/search?words={chance.choice(NAMES)}",
            "/search?words=nowhere",
        )

    return [chance.choice(searches()) for _ in range(_ASKED)]


def _cases(count: int) -> list[str]:
    chance = random.Random(17)  # noqa: S311
    return [f"/cases/{_reference(chance, count)}" for _ in range(_ASKED)]


def _reference(chance: random.Random, count: int) -> str:
    return reference_of(chance.randint(1, count))


def _print(measured: dict[int, list[Measured]]) -> None:
    few, many = min(measured), max(measured)
    _say(f"{'page':10}{'cases':>10}{'median ms':>12}{'95th ms':>10}{'ratio':>8}")
    for place, small in enumerate(measured[few]):
        for count in sorted(measured):
            one = measured[count][place]
            ratio = f"{one.high / small.high:8.2f}" if count == many and many != few else ""
            _say(f"{one.page:10}{count:>10}{one.middle:>12.1f}{one.high:>10.1f}{ratio}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
