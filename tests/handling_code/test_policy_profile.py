"""A landlord's profile against the Code's timescales."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from correspondence.handling_code.policy import check_profile
from correspondence.settings import Calendar, Landlord, Settings, Timescales


def profile(**timescales: Any) -> Settings:
    return Settings(landlord=Landlord(name="Harrowmere Homes"), timescales=Timescales(**timescales))


def test_the_codes_own_times_are_in_order() -> None:
    report = check_profile(profile())
    assert report.ok
    assert {f.verdict for f in report.findings} == {"ok"}


@pytest.mark.parametrize(
    ("key", "most", "clauses"),
    [
        ("acknowledge", 5, {"6.2", "6.11"}),
        ("stage1", 10, {"6.3"}),
        ("stage1_extension", 10, {"6.4"}),
        ("stage2", 20, {"6.14"}),
        ("stage2_extension", 20, {"6.15"}),
    ],
)
class TestEachTimescale:
    def test_fails_a_day_over_the_code(self, key: str, most: int, clauses: set[str]) -> None:
        report = check_profile(profile(**{key: most + 1}))
        failed = {f.clause: f for f in report.findings if f.verdict == "fail"}
        assert not report.ok
        assert set(failed) == clauses
        assert all(f.quote == f"{key} = {most + 1}" for f in failed.values())
        assert all(f.instead == f"{key} = {most}" for f in failed.values())

    def test_is_stricter_a_day_under_it(self, key: str, most: int, clauses: set[str]) -> None:
        report = check_profile(profile(**{key: most - 1}))
        assert report.ok
        assert {f.clause for f in report.findings if f.verdict == "stricter"} == clauses


def test_counting_from_receipt_is_stricter_at_both_stages() -> None:
    report = check_profile(profile(counted_from="receipt"))
    assert {f.clause for f in report.findings if f.verdict == "stricter"} == {"6.3", "6.14"}


def test_closed_days_only_bring_targets_forward() -> None:
    closed = Calendar(closed_days=(date(2026, 12, 29),))
    report = check_profile(profile().model_copy(update={"calendar": closed}))
    assert [f.quote for f in report.findings if f.verdict == "stricter"] == [
        "closed_days = [2026-12-29]"
    ]
