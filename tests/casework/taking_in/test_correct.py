"""A message put right in one respect stays put right in every other."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from correspondence.casework.taking_in.correct import correct
from correspondence.intake.corrections import Correction, over_earlier
from correspondence.store import corrections
from tests.jobs import corpus

if TYPE_CHECKING:
    from typing import Any

    from correspondence.casework.taking_in.correct import Corrected
    from tests.casework.bureau import Bureau


def put_right(desk: Bureau, message: int, **said: Any) -> Corrected:
    return correct(desk.house, message, Correction(**said), now=desk.now, actor=desk.rowan)


def lesson(desk: Bureau, message: int) -> dict[str, Any]:
    with desk.house.database.reading() as conn:
        kept = corrections.last_lesson(conn, message)
    assert kept is not None
    labels: dict[str, Any] = kept["labels"]
    return labels


def test_the_kind_alone_put_right_keeps_the_flags_and_the_service_said_before(
    desk: Bureau,
) -> None:
    (row,) = desk.receive(corpus.complaint(3, desk.now - timedelta(hours=1)))
    whole = {"kind": "complaint", "service_area": "communal_areas", "flags": ("safeguarding",)}
    assert put_right(desk, row.id, **whole).changed
    assert put_right(desk, row.id, kind="service_request").changed
    expected = {"service_area": "communal_areas", "flags": ["safeguarding"]}
    assert lesson(desk, row.id) == {"kind": "service_request", **expected}
    reading = desk.message(row.id).reading
    assert reading is not None
    assert {name: reading["reading"][name] for name in expected} == expected
    assert not put_right(desk, row.id, kind="service_request").changed


def test_what_is_named_now_counts_and_no_flags_is_something_said(desk: Bureau) -> None:
    (row,) = desk.receive(corpus.complaint(3, desk.now - timedelta(hours=1)))
    put_right(
        desk, row.id, kind="complaint", service_area="communal_areas", flags=("safeguarding",)
    )
    put_right(desk, row.id, kind="complaint", flags=())
    assert lesson(desk, row.id) == {
        "kind": "complaint",
        "service_area": "communal_areas",
        "flags": [],
    }


def test_a_lesson_of_another_form_or_of_codes_no_longer_known_says_nothing() -> None:
    now = Correction(kind="comment")
    assert over_earlier(now, {"format": 0, "labels": {"service_area": "communal_areas"}}) == now
    gone = {"format": 1, "labels": {"kind": "complaint", "service_area": "moats", "flags": []}}
    assert over_earlier(now, gone) == Correction(kind="comment", flags=())


SAID = st.builds(
    Correction,
    kind=st.sampled_from(["complaint", "comment", "service_request"]),
    service_area=st.sampled_from([None, "communal_areas", "repairs"]),
    flags=st.sampled_from([None, (), ("safeguarding",), ("hazard", "safeguarding")]),
)


@given(SAID, SAID)
def test_of_each_field_what_was_said_last_stands(first: Correction, then: Correction) -> None:
    kept = {"format": 1, "labels": first.model_dump(mode="json", exclude_none=True)}
    both = over_earlier(then, kept)
    for field in Correction.model_fields:
        said = getattr(then, field)
        assert getattr(both, field) == (getattr(first, field) if said is None else said)
