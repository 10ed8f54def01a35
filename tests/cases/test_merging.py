"""Merging and splitting lose nothing, buy no time, and can be taken back."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from correspondence.cases.case import Case, fold
from correspondence.cases.definition import ComplaintDefinition, DefinitionPoint
from correspondence.cases.events import (
    CaseEvent,
    CaseMerged,
    CaseMergedIn,
    CaseOpened,
    CaseSplit,
    ComplaintDefined,
    MergeUndone,
    MessageJoined,
    NoteLogged,
    SplitUndone,
)
from correspondence.cases.next_steps import next_steps
from correspondence.handling_code.timescales import Timescales
from correspondence.handling_code.working_days import Calendar

OPENED = CaseOpened(
    reference="CMP-2026-000001",
    opened_as="complaint",
    message=1,
    received_on=date(2026, 11, 4),
    received_basis="server",
)
GUTTER = DefinitionPoint(text="The gutter leaks.", responsible=True)
DOOR = DefinitionPoint(text="The door sticks.", responsible=None)
DEFINED = ComplaintDefined(
    stage=1, definition=ComplaintDefinition(points=(GUTTER, DOOR), outcomes=("Mend it.",))
)
MERGED_IN = CaseMergedIn(
    other="CMP-2026-000002",
    on=date(2026, 11, 9),
    stage=1,
    messages=(5, 6),
    flags=("hazard",),
    received_on=date(2026, 11, 2),
    definition=ComplaintDefinition(points=(DOOR,), outcomes=("Plane it.",)),
    addresses=("other@example.net",),
)
SPLIT = CaseSplit(other="CMP-2026-000003", stage=1, messages=(1,), points=(2,))
NOTE = NoteLogged(on=date(2026, 11, 9), text="They rang.")
JOINED = MessageJoined(message=9, message_kind="case_update", received_on=date(2026, 11, 9))


def case_after(*events: CaseEvent) -> Case:
    return fold([OPENED, DEFINED, *events])


def test_merging_counts_from_the_earlier_day_and_asks_for_the_definition_anew() -> None:
    case = case_after(MERGED_IN)
    assert case.now_at.received_on == date(2026, 11, 2)
    assert case.messages == (1, 5, 6)
    assert [point.text for point in case.now_at.definition.points] == [GUTTER.text, DOOR.text]
    assert case.now_at.definition.outcomes == ("Mend it.", "Plane it.")
    assert not case.now_at.defined_by_person
    assert "other@example.net" in case.known_addresses
    assert case.merged_from == ("CMP-2026-000002",)


def test_a_later_case_merged_in_leaves_the_clock_where_it_was() -> None:
    later = MERGED_IN.model_copy(update={"received_on": date(2026, 11, 8)})
    assert case_after(later).now_at.received_on == date(2026, 11, 4)


def test_a_case_that_became_part_of_another_is_closed_and_owes_nothing_itself() -> None:
    case = case_after(CaseMerged(other="CMP-2026-000009", on=date(2026, 11, 9)))
    assert (case.status, case.closed_because) == ("closed", "merged")
    calendar = Calendar("England", frozenset(), date(2026, 1, 1), date(2027, 12, 31))
    assert next_steps(case, date(2026, 11, 9), Timescales(), calendar) == ()


def test_splitting_takes_messages_and_points_away() -> None:
    case = case_after(JOINED, SPLIT)
    assert case.messages == (9,)
    assert [point.text for point in case.now_at.definition.points] == [GUTTER.text]


@given(st.lists(st.sampled_from([NOTE, JOINED]), max_size=4))
def test_what_was_undone_leaves_the_case_as_if_it_had_never_been(between: list[CaseEvent]) -> None:
    plain = case_after(*between)
    for done, undone in (
        (MERGED_IN, MergeUndone(other="CMP-2026-000002")),
        (CaseMerged(other="CMP-2026-000009", on=NOTE.on), MergeUndone(other="CMP-2026-000009")),
        (SPLIT, SplitUndone(other="CMP-2026-000003")),
    ):
        assert case_after(done, *between, undone) == plain


def test_undoing_takes_back_one_merging_and_leaves_another() -> None:
    other = MERGED_IN.model_copy(update={"other": "CMP-2026-000007", "messages": (8,)})
    case = case_after(MERGED_IN, other, MergeUndone(other="CMP-2026-000002"))
    assert case.merged_from == ("CMP-2026-000007",)
    assert case.messages == (1, 8)
    again = case_after(MERGED_IN, MergeUndone(other="CMP-2026-000002"), MERGED_IN)
    assert again == case_after(MERGED_IN)


def test_undoing_what_never_was_changes_nothing() -> None:
    assert case_after(MergeUndone(other="CMP-1999-000001")) == case_after()
