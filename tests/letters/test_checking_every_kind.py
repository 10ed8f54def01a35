"""Every kind of letter: whole it passes, with any one thing missing it fails on that thing."""

from functools import cache
from pathlib import Path

import pytest

from correspondence.letters.checking import CheckResult, check
from correspondence.letters.checklists import Checklist, load
from correspondence.letters.kinds import LetterKind
from correspondence.letters.opening import from_plain
from correspondence.resources import shipped
from tests.cli.command import say
from tests.letters.whole_letters import hollow, marked, whole, without

SOMETIMES = {
    # A refusal answers for lateness only where lateness is its ground (Code 2.3).
    (LetterKind.REFUSAL, "discretion"),
    (LetterKind.ESCALATION_REFUSAL, "discretion"),
    # Each point is answered by the decision on it, so this item has no words of its own.
    (LetterKind.STAGE1_RESPONSE, "all_points"),
    (LetterKind.STAGE2_RESPONSE, "all_points"),
    # The length of an extension is a matter of its date.
    (LetterKind.STAGE1_EXTENSION, "within_limit"),
    (LetterKind.STAGE2_EXTENSION, "within_limit"),
}


@cache
def _checklist(kind: LetterKind) -> Checklist:
    return load(kind, shipped("schemas") / "letters")


def _required(kind: LetterKind) -> set[str]:
    return {item.id for item in _checklist(kind).items if item.required}


def _check(kind: LetterKind, text: str) -> CheckResult:
    return check(from_plain(text), _checklist(kind))


def _lacking(result: CheckResult) -> set[str]:
    return {item.id for item in result.items if item.required and item.met != "met"}


EACH_ITEM = [
    pytest.param(kind, item, id=f"{kind.value}-{item}")
    for kind in LetterKind
    for item in sorted(marked(kind))
]


@pytest.mark.parametrize("kind", LetterKind)
def test_every_required_item_is_marked_in_the_whole_letter(kind: LetterKind) -> None:
    own = {item for item in _required(kind) if (kind, item) not in SOMETIMES}

    assert marked(kind) == own


@pytest.mark.parametrize("kind", LetterKind)
def test_a_whole_letter_passes_with_the_words_that_meet_each_item(kind: LetterKind) -> None:
    text = whole(kind)

    result = _check(kind, text)

    assert _lacking(result) == set()
    assert result.ok
    plain = from_plain(text).plain()
    for item in result.items:
        assert item.quote in plain
        if item.required and item.met == "met" and (kind, item.id) not in SOMETIMES:
            assert item.quote, item.id


@pytest.mark.parametrize(("kind", "item"), EACH_ITEM)
def test_a_letter_with_one_item_taken_out_lacks_that_item_alone(
    kind: LetterKind, item: str
) -> None:
    result = _check(kind, without(kind, item))

    assert _lacking(result) == {item}
    assert not result.ok


@pytest.mark.parametrize(("kind", "item"), EACH_ITEM)
def test_an_item_in_hollow_words_is_missing_and_has_advice(kind: LetterKind, item: str) -> None:
    result = _check(kind, hollow(kind, item))

    assert item in _lacking(result)
    assert not result.ok
    assert next(found for found in result.items if found.id == item).advice


@pytest.mark.parametrize("kind", LetterKind)
def test_each_item_says_what_it_asks_and_what_to_do(kind: LetterKind) -> None:
    checklist = _checklist(kind)

    assert checklist.kind == kind
    for item in checklist.items:
        assert item.asks.endswith(".")
        assert item.advice
        assert any(character.isdigit() for character in item.clause)


@pytest.mark.parametrize("kind", LetterKind)
def test_the_command_judges_a_letter_of_every_kind(kind: LetterKind, tmp_path: Path) -> None:
    good, empty = tmp_path / "good.txt", tmp_path / "empty.txt"
    good.write_text(whole(kind), encoding="utf-8")
    empty.write_text("Dear Ms X\n\nThank you for your patience.\n\nYours sincerely\n")

    passed = say(None, "check", str(good), "--kind", kind.value, "--json")
    failed = say(None, "check", str(empty), "--kind", kind.value, "--json")

    assert (passed.status, passed.json["ok"], passed.json["kind"]) == (0, True, kind.value)
    assert (failed.status, failed.json["ok"]) == (1, False)
