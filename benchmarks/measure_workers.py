"""How much a message and a letter cost, worked off by one run and by workers, on PostgreSQL.

    python -m benchmarks.measure_workers postgresql+psycopg://USER@HOST/NAME MESSAGES WORKERS

WORKERS 0 is one run. The database must be empty; a third of the messages are complaints, each of
which is owed a letter. CPU seconds are those of our own processes, not the server's, and say more
than the clock on a machine that does other things too.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from correspondence.store.database import migrate, open_database
from tests.jobs import corpus
from tests.jobs.office import make_office
from tests.jobs.workers import Yard, yard


def main() -> None:
    """Measure, and print one line."""
    url, how_many, workers = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    database = open_database(url)
    migrate(database)
    database.close()
    with tempfile.TemporaryDirectory() as folder:
        office = make_office(Path(folder) / "office")
        day = datetime.now(UTC).replace(microsecond=0) - timedelta(days=2)
        for number in range(how_many):
            at = day + timedelta(seconds=number)
            kind = corpus.other if number % 3 else corpus.complaint
            corpus.put(office / "inbox" / f"{number:06d}.eml", kind(number, at), at)
        with yard(office, url) as place:
            began, before = time.monotonic(), _cpu()
            _work_off(place, how_many, workers)
            seconds, cpu = time.monotonic() - began, _cpu() - before
            letters = place.number("SELECT count(*) FROM letters")
    sys.stdout.write(
        f"workers {workers}: {how_many} messages and {letters} letters in {seconds:.1f} s, "
        f"{how_many / seconds:.1f} messages/s, {cpu:.1f} CPU s, "
        f"{1000 * cpu / how_many:.0f} CPU ms for each message with its share of letters\n"
    )


def _work_off(place: Yard, how_many: int, workers: int) -> None:
    if not workers:
        place.run_alone()
        return
    for _ in range(workers):
        place.start("--concurrency", "1")
    place.until(
        lambda: (
            place.number("SELECT count(*) FROM messages") == how_many
            and place.is_done()
            and place.number("SELECT count(*) FROM letters") > 0
        )
    )
    place.stop()


def _cpu() -> float:
    """CPU seconds of the processes that ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
