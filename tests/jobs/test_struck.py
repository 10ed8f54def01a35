"""Killed at every commit, fsync, rename and line said to a mail server, each in turn."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from tests.jobs.busy import LETTERS, Busy, make_busy
from tests.jobs.chaos import some_of
from tests.jobs.strikes import steps_of, struck

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

RUN = ("run", "--once", "--workers", "0", "--json")


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)],
)
def kind(request: pytest.FixtureRequest) -> str:
    chosen: str = request.param
    if chosen == "postgresql":
        request.getfixturevalue("postgresql_server")
    return chosen


@pytest.fixture(scope="module")
def busy(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Busy:
    """An office in the midst of its work, for copying."""
    return make_busy(tmp_path_factory.mktemp("busy") / "office", kind)


def test_a_run_struck_at_any_step_ends_where_an_unbroken_one_does_and_sends_nothing_twice(
    busy: Busy, tmp_path: Path
) -> None:
    unbroken = busy.copy(tmp_path / "unbroken")
    steps = steps_of(unbroken.command(*RUN), tmp_path / "log")
    assert {"commit", "fsync", "rename"} <= set(steps), Counter(steps)
    unbroken.collect()
    assert len(unbroken.collected) >= LETTERS - 1
    wanted = unbroken.essence()
    for at in some_of(steps):
        one = busy.copy(tmp_path / f"{at}")
        died = struck(one.command(*RUN), at, tmp_path / "log")
        one.collect()
        assert not struck(one.command(*RUN), len(steps) * 3, tmp_path / "log")
        one.collect()
        what = (at, steps[at - 1], died)
        assert one.collected == unbroken.collected, what
        assert_same(one.essence(), wanted, what)
        assert one.faults() == [], what


def assert_same(found: dict[str, Any], wanted: dict[str, Any], what: object) -> None:
    """Table by table, so that a difference is seen where it is."""
    assert found.keys() == wanted.keys(), what
    for part, held in wanted.items():
        if found[part] != held and isinstance(held, list) and len(held) == len(found[part]):
            differing = [pair for pair in zip(found[part], held, strict=True) if pair[0] != pair[1]]
            assert not differing, (what, part, len(differing), differing[0])
        assert found[part] == held, (what, part)
