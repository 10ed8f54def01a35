"""Five thousand complaints at random, each date held against a reckoning that shares no code."""

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.cli.command import say

from ..handling_code.statute import holidays

HOW_MANY = 5_000
ROUNDS = 5
"""The first round is run each time, the others with the slow tests."""
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
LAST = datetime(2028, 9, 30, 23, 59, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


def counted(day: date | None, count: int) -> date | None:
    """The `count`-th working day after `day`, one day at a time; None where the table has ended."""
    if day is None:
        return None
    while count:
        day += timedelta(days=1)
        if day.year > 2028:
            return None
        count -= day.weekday() < 5 and day not in holidays(day.year)
    return day


def one_complaint(chance: random.Random) -> tuple[list[str], dict[str, date | None]]:
    """The command's options for a complaint made up at random, and the dates it must answer."""
    moment = FIRST + timedelta(seconds=chance.randrange(int((LAST - FIRST).total_seconds())))
    received = moment.astimezone(LONDON).date()
    stage = chance.choice((1, 2))
    written = chance.choice(
        (
            received.isoformat(),
            moment.isoformat(),
            moment.astimezone(LONDON).replace(tzinfo=None).isoformat(),
        )
    )
    options = ["--received", written, "--stage", str(stage)]
    acknowledge_by = counted(received, 5)
    start = acknowledge_by
    if chance.random() < 0.7:
        start = received + timedelta(days=chance.randrange(21))
        options += ["--acknowledged", start.isoformat()]
    original = counted(start, 10 * stage)
    limit = counted(original, 10 * stage)
    respond_by = original
    if original is not None and chance.random() < 0.5:
        told = original + timedelta(days=chance.randrange(1, 50))
        options += ["--extended-to", told.isoformat()]
        respond_by = told if limit is None or told <= limit else limit
        if told.year > 2028:
            respond_by = None
    return options, {
        "received": received,
        "acknowledge_by": acknowledge_by,
        "respond_by": respond_by,
        "extension_limit": limit,
    }


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in range(1, ROUNDS))]
)
def test_every_date_agrees_and_a_date_beyond_the_table_is_null_with_its_reason(seed: int) -> None:
    chance = random.Random(f"receipts {seed}")
    for _ in range(HOW_MANY // ROUNDS):
        options, expected = one_complaint(chance)
        said = say(None, "deadlines", *options, "--json")
        assert said.status == 0, (options, said.err)
        answer = said.json
        found = {name: answer[name] for name in expected}
        assert found == {
            name: day.isoformat() if day else None for name, day in expected.items()
        }, options
        for deadline in answer["dates"]:
            assert deadline["because"]
            if deadline["due"] is None and deadline["duty"] != "update":
                assert "2029" in deadline["because"], deadline
