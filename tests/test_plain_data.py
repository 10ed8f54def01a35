"""What one process hands to another comes back as it was, or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from correspondence.letters import pool
from correspondence.letters.kinds import LetterKind
from correspondence.letters.specimens import fullest
from correspondence.letters.text import LetterText, Paragraph, Run
from correspondence.plain_data import NotPlain, packed, unpacked
from tests.letters.at_hand import STAGE1, shipped_letterhead, shipped_template


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Thing:
    name: str
    content: bytes
    number: int = 0
    share: float = 0.0
    done: bool = False
    day: date | None = None
    at: datetime | None = None
    within: tuple[Thing, ...] = ()
    by_name: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    colour: Colour = Colour.RED
    anything: Any = None


_TEXTS = some.text(some.characters(), max_size=30)
_ANYTHING = some.recursive(
    some.none() | some.booleans() | some.integers() | _TEXTS | some.binary() | some.dates(),
    lambda inner: (
        some.lists(inner, max_size=3)
        | some.tuples(inner, inner)
        | some.dictionaries(_TEXTS, inner, max_size=3)
    ),
    max_leaves=8,
)
_THINGS = some.builds(
    Thing,
    name=_TEXTS,
    content=some.binary(),
    number=some.integers(),
    share=some.floats(allow_nan=False),
    done=some.booleans(),
    day=some.none() | some.dates(),
    at=some.none() | some.datetimes(timezones=some.just(UTC)),
    within=some.lists(some.builds(Thing, _TEXTS, some.binary()), max_size=2).map(tuple),
    by_name=some.dictionaries(_TEXTS, some.tuples(_TEXTS), max_size=3),
    anything=_ANYTHING,
)


@given(_THINGS)
def test_what_goes_out_comes_back_as_it_was(thing: Thing) -> None:
    assert unpacked(Thing, packed(Thing, thing)) == thing


def test_long_texts_and_lone_surrogates_come_back_as_they_were() -> None:
    thing = Thing("\ud800" * 5_000 + "ä", b"\0\xff" * 5_000)
    assert unpacked(Thing, packed(Thing, thing)) == thing


def test_what_stands_several_times_goes_over_once() -> None:
    content = bytes(1_000_000)
    thing = Thing("a", content, within=(Thing("b", content), Thing("c", content)))
    sent = packed(Thing, thing)
    assert len(sent) < 1_001_000
    assert unpacked(Thing, sent) == thing


@pytest.mark.parametrize("kind", LetterKind)
def test_every_order_to_the_press_comes_back_as_it_was(kind: LetterKind) -> None:
    order = pool._Make(shipped_template(STAGE1), fullest(kind), shipped_letterhead())
    assert unpacked(pool._ORDER, pool._ordered(order))[0] == order


def test_a_letter_of_pydantic_models_comes_back_as_it_was() -> None:
    text = LetterText(blocks=(Paragraph(runs=(Run(text="Dear Sam", strong=True),)),))
    assert unpacked(LetterText, packed(LetterText, text)) == text


def _said(body: Any, blobs: tuple[bytes, ...] = (), lengths: Any = None) -> bytes:
    sizes = [len(one) for one in blobs] if lengths is None else lengths
    text = json.dumps([body, sizes]).encode()
    return len(text).to_bytes(8, "big") + text + b"".join(blobs)


@pytest.mark.parametrize(
    ("expected", "body"),
    [
        (str, ["a"]),
        (str, True),
        (str, 7),
        (str, None),
        (int, True),
        (int, "1"),
        (int, 1.0),
        (bool, 1),
        (float, "1"),
        (bytes, "a"),
        (bytes, 0),
        (bytes, -1),
        (bytes, False),
        (date, "tomorrow"),
        (date, 5),
        (datetime, {}),
        (Colour, "blue"),
        (tuple[str, ...], "ab"),
        (tuple[str, ...], {"a": 1}),
        (tuple[str, int], ["a"]),
        (tuple[str, int], ["a", 1, 2]),
        (str | None, "a"),
        (str | None, ["a", "b"]),
        (Mapping[str, int], {"a": 1}),
        (Mapping[str, int], [["a", "b"]]),
        (Thing, ["a"]),
        (Thing, {"name": "a"}),
        (LetterText, "{}"),
        (LetterText, "no JSON"),
        (Any, ["a"]),
        (Any, {"__reduce__": ["os.system", "id"]}),
        (Any, {"bytes": 0}),
        (Any, {"mapping": [[{"list": []}, 1]]}),
        (Any, {"moment": "tomorrow"}),
        (Any, {"day": 1, "list": []}),
    ],
)
def test_what_does_not_fit_the_declared_type_is_refused(expected: Any, body: Any) -> None:
    with pytest.raises(NotPlain):
        unpacked(expected, _said(body))


@pytest.mark.parametrize(
    "lengths", [[3], [5], [2, 1], [-1, 5], [True, 3], ["4"], [4.0], {}, 4, None]
)
def test_lengths_that_do_not_add_up_are_refused(lengths: Any) -> None:
    content = len(text := json.dumps([0, lengths]).encode()).to_bytes(8, "big") + text + b"four"
    with pytest.raises(NotPlain):
        unpacked(bytes, content)


@given(some.binary(max_size=200))
def test_no_bytes_whatever_do_more_than_be_refused(content: bytes) -> None:
    for expected in (Thing, LetterText, Any):
        with pytest.raises(NotPlain):
            unpacked(expected, content)


def test_what_is_no_plain_data_does_not_go_out() -> None:
    with pytest.raises(TypeError, match="no plain data"):
        packed(Any, object())
    with pytest.raises(TypeError, match="no plain data"):
        packed(pytest.MonkeyPatch, None)
