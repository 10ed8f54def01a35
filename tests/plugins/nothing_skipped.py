"""Where nothing may be skipped, a skipped test is a failed one.

A skip says "not on this machine". That is honest at a desk without PostgreSQL and a lie in
continuous integration, where the machine is ours to complete. Loaded by the Makefile with
`-p tests.plugins.nothing_skipped`; it acts only where CORRESPONDENCE_NOTHING_SKIPPED is 1.
"""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest

ENVIRONMENT = "CORRESPONDENCE_NOTHING_SKIPPED"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn the report of a test that skipped itself into a failure."""
    report = yield
    # An expected failure is reported as skipped too, but it has run.
    if not hasattr(report, "wasxfail"):
        _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn the report of a module that skipped itself whole into a failure."""
    report = yield
    _refuse_skip(report)
    return report


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.skipped and os.environ.get(ENVIRONMENT) == "1":
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = (
            f"{report.nodeid}: {reason}\nNothing may be skipped here ({ENVIRONMENT}=1)."
        )
