"""Some two thousand messages whose truth is known: every field of every one is read rightly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.known_reports import known_reports
from benchmarks.score_parsing import FIELDS, all_known, is_right, read_by_us
from correspondence.intake.parsing import parse

if TYPE_CHECKING:
    from benchmarks.known_messages import Known

KNOWN = all_known()
REPORTS = list(known_reports())


def test_there_are_more_than_fifteen_hundred_of_them_and_hardly_two_alike() -> None:
    assert len({one.raw for one in KNOWN} | {one.raw for one in REPORTS}) > 1_800


@pytest.mark.parametrize("part", range(8))
def test_every_known_field_is_read_rightly(part: int) -> None:
    wrong: list[tuple[str, Known]] = []
    for known in KNOWN[part::8]:
        answer = read_by_us(known.raw)
        wrong += [(field, known) for field in FIELDS if not is_right(field, known, answer)]
    assert not wrong


@pytest.mark.parametrize("part", range(4))
def test_every_known_message_can_be_read(part: int) -> None:
    for raw in [*(one.raw for one in KNOWN), *(one.raw for one in REPORTS)][part::4]:
        unreadable = parse(raw).unreadable
        assert not unreadable or unreadable.endswith("it was read only in part.")


def test_a_report_names_the_address_and_whether_it_is_for_good() -> None:
    wrong = []
    for known in (one for one in REPORTS if one.is_report):
        told = parse(known.raw).delivery_report
        if told is None or (told.recipient, told.permanent) != (known.recipient, known.permanent):
            wrong.append((known.name, told))
    assert not wrong


def test_whoever_writes_of_a_bounce_is_no_mail_server() -> None:
    wrong = [one.name for one in REPORTS if not one.is_report and parse(one.raw).delivery_report]
    assert not wrong
