"""What a mailbox is kept for is said of its messages only where they say nothing of themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.intake.presumed import presumed
from correspondence.intake.reading import KINDS, Kind, Reading

KEPT_FOR: tuple[Kind, ...] = (
    "councillor_enquiry",
    "mp_enquiry",
    "service_request",
    "information_request",
    "survey_feedback",
)
JUDGED_BY_WORDS = {"service_request", "comment", "third_party"}


def reading(kind: Kind) -> Reading:
    return Reading(kind=kind, confidence=0.8, acknowledge=kind in ("complaint", "escalation"))


@given(st.sampled_from(KINDS), st.sampled_from(KEPT_FOR))
def test_only_what_was_judged_by_its_words_gives_way(kind: Kind, kept_for: Kind) -> None:
    found = presumed(reading(kind), kept_for, "enquiries")
    if kind in JUDGED_BY_WORDS and kind != kept_for:
        assert found.kind == kept_for
        assert "enquiries" in found.because[0].says
    else:
        assert found.kind == kind


@given(st.sampled_from(KINDS), st.sampled_from(KEPT_FOR))
def test_no_complaint_is_ever_missed_for_it(kind: Kind, kept_for: Kind) -> None:
    found = presumed(reading(kind), kept_for, "enquiries")
    if kind in ("complaint", "escalation"):
        assert found.kind == kind
        assert found.acknowledge or found.needs_person
    assert not (found.acknowledge and found.kind not in ("complaint", "escalation"))


@pytest.mark.parametrize("kept_for", ["councillor_enquiry", "mp_enquiry"])
def test_what_reads_as_a_complaint_among_enquiries_asks_a_person(kept_for: Kind) -> None:
    found = presumed(reading("complaint"), kept_for, "enquiries")
    assert (found.acknowledge, found.needs_person) == (False, True)
    assert "reads as a complaint" in found.because[-1].says


def test_a_complaint_among_repairs_is_acknowledged_as_any_other() -> None:
    assert presumed(reading("complaint"), "service_request", "repairs") == reading("complaint")
