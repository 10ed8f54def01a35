"""The collector of cycles waits while a report is made, and never longer."""

from __future__ import annotations

import gc

import pytest

from correspondence.casework.reporting.uncollected import uncollected


def test_the_collector_is_at_work_again_after_a_report_that_failed_too() -> None:
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(RuntimeError), uncollected():
        raise RuntimeError
    assert gc.isenabled()


def test_two_reports_at_once_leave_it_at_work_whichever_ends_first() -> None:
    first, second = uncollected(), uncollected()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    second.__exit__(None, None, None)
    assert gc.isenabled()
