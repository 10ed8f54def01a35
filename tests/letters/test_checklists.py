"""The required content is data that can be read, and is refused where it cannot."""

import json
import shutil
from pathlib import Path

import pytest
from pydantic import ValidationError

from correspondence.errors import FileUnusable
from correspondence.letters.checklists import checklist, load
from correspondence.letters.kinds import LetterKind
from correspondence.resources import shipped

FOLDER = shipped("schemas") / "letters"

REQUIRED = {
    LetterKind.STAGE1_ACKNOWLEDGEMENT: (
        *("stage", "received_date", "definition", "outcomes_sought", "responsibility"),
    ),
    LetterKind.STAGE2_ACKNOWLEDGEMENT: (
        *("stage", "received_date", "definition", "outcomes_sought", "responsibility"),
    ),
    LetterKind.STAGE1_EXTENSION: (
        *("new_date", "reasons", "within_limit", "ombudsman_contact", "update_interval"),
    ),
    LetterKind.STAGE2_EXTENSION: (
        *("new_date", "reasons", "within_limit", "ombudsman_contact", "update_interval"),
    ),
    LetterKind.STAGE1_RESPONSE: (
        *("stage", "definition", "decision", "reasons", "remedy", "outstanding_actions"),
        *("escalation", "all_points", "put_right"),
    ),
    LetterKind.STAGE2_RESPONSE: (
        *("stage", "definition", "decision", "reasons", "remedy", "outstanding_actions"),
        *("escalation", "all_points", "put_right", "final_response"),
    ),
    LetterKind.REFUSAL: (
        *("decision", "reasons", "individual_circumstances", "ombudsman_right", "discretion"),
    ),
}


@pytest.mark.parametrize("kind", REQUIRED)
def test_each_kind_requires_what_the_code_asks_of_it(kind: LetterKind) -> None:
    items = load(kind, FOLDER).items

    assert {item.id for item in items if item.required} == set(REQUIRED[kind])
    assert all(item.clause and item.asks and item.advice for item in items)


def test_the_limit_of_an_extension_is_that_of_its_stage() -> None:
    limits = [
        item.satisfied.limit_working_days
        for kind in (LetterKind.STAGE1_EXTENSION, LetterKind.STAGE2_EXTENSION)
        for item in load(kind, FOLDER).items
        if item.id == "within_limit"
    ]

    assert limits == [10, 20]


def test_a_rule_of_wording_concerns_only_its_kinds() -> None:
    rules = [
        {
            "id": "shouting",
            "clause": "6.9",
            "asks": "No shouting.",
            "cues": ["now"],
            "kinds": ["refusal"],
            "suggestion": "Speak.",
        }
    ]
    item = {
        "id": "stage",
        "clause": "6.2",
        "basis": "code",
        "asks": "It names its stage.",
        "satisfied": {"judgement": "stage", "stage": 1},
        "advice": "Name it.",
    }

    for kind, count in (("refusal", 1), ("stage1_response", 0)):
        read = checklist({"kind": kind, "title": "A letter", "items": [item]}, rules)
        assert len(read.wording) == count


@pytest.mark.parametrize(
    "change",
    [
        {"cues": ["<nobody>"]},
        {"cues": ["(left open"]},
        {"judgement": "guessing"},
        {"headings": "not a list"},
        {"unheard_of": 1},
    ],
)
def test_a_checklist_of_the_wrong_shape_is_refused(change: dict[str, object]) -> None:
    item = {
        "id": "stage",
        "clause": "6.2",
        "basis": "code",
        "asks": "It names its stage.",
        "satisfied": {"judgement": "said", **change},
        "advice": "Name it.",
    }

    with pytest.raises(ValidationError):
        checklist({"kind": "refusal", "title": "A letter", "items": [item]})


def test_an_item_stands_once() -> None:
    item = {
        "id": "stage",
        "clause": "6.2",
        "basis": "code",
        "asks": "It names its stage.",
        "satisfied": {"judgement": "stage", "stage": 1},
        "advice": "Name it.",
    }

    with pytest.raises(ValidationError, match="twice"):
        checklist({"kind": "refusal", "title": "A letter", "items": [item, item]})


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("refusal.json", None, "no checklist"),
        ("wording.json", None, "wording rules are missing"),
        ("cues.json", None, "shared cues are missing"),
        ("refusal.json", "not json", "cannot be read as JSON"),
        ("refusal.json", "[]", "one JSON object"),
        ("wording.json", "{}", "right shape"),
        ("cues.json", "{}", "right shape"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, name: str, content: str | None, says: str) -> None:
    for path in FOLDER.glob("*.json"):
        shutil.copy(path, tmp_path / path.name)
    if content is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_text(content, encoding="utf-8")

    with pytest.raises(FileUnusable, match=says):
        load(LetterKind.REFUSAL, tmp_path)


def test_the_files_are_written_as_people_edit_them() -> None:
    for path in FOLDER.glob("*.json"):
        text = path.read_text(encoding="utf-8")
        assert text == json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n", path.name
