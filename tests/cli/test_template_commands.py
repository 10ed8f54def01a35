"""`template`: what is wrong is said and exits 1; what is published is kept, numbered and used."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from correspondence.casework.stationery.templates import template_for
from correspondence.letters.kinds import LetterKind
from correspondence.resources import shipped
from correspondence.settings import open_office
from tests.cli.command import say

pytestmark = pytest.mark.slow

KIND = LetterKind.SURVEY_FOLLOW_UP


@pytest.fixture
def own(office: Path) -> Path:
    """The landlord's own template of one kind, to be reworded."""
    folder = office / "letter_templates" / KIND.value
    shutil.copytree(shipped("letter_templates") / KIND.value, folder)
    return folder


def reworded(folder: Path, subject: str) -> None:
    (folder / "subject.txt").write_text(subject, encoding="utf-8")


def in_use(office: Path, language: str = "en-GB") -> str:
    return template_for(open_office(office), KIND, language).subject.strip()


def test_every_kind_is_listed_with_where_it_comes_from(office: Path, own: Path) -> None:
    listed = {row["kind"]: row["source"] for row in say(office, "template", "list", "--json").json}
    assert set(listed) == {kind.value for kind in LetterKind}
    assert listed.pop(KIND.value) == "own"
    assert set(listed.values()) == {"shipped"}


def test_a_check_names_the_fault_and_exits_1(office: Path, own: Path) -> None:
    reworded(own, "About {{ survy }}")
    said = say(office, "template", "check", KIND.value, "--json")
    assert said.status == 1
    ((one,),) = (one["findings"] for one in said.json)
    assert one["fault"]
    assert "Did you mean “survey”?" in one["says"]
    assert say(office, "template", "check", "stage1_extension").status == 0


def test_a_folder_is_checked_by_its_name_or_by_the_kind_that_is_given(
    office: Path, own: Path, tmp_path: Path
) -> None:
    other = shutil.copytree(own, tmp_path / "new words")
    assert say(office, "template", "check", str(own)).status == 0
    assert say(office, "template", "check", str(other)).status == 2
    assert say(office, "template", "check", str(other), "--kind", KIND.value).status == 0
    assert [
        one["kind"] for one in say(None, "template", "check", str(own.parent), "--json").json
    ] == [KIND.value]


def test_published_versions_are_numbered_kept_and_used(office: Path, own: Path) -> None:
    reworded(own, "First {{ survey }}")
    first = say(office, "template", "publish", KIND.value, "--json").json
    assert (first["published"], first["number"]) == (True, 1)
    assert say(office, "template", "publish", KIND.value, "--json").json["number"] == 1
    reworded(own, "Second {{ survey }}")
    assert in_use(office) == "First {{ survey }}", "what is worked on is not yet in use"
    assert say(office, "template", "publish", KIND.value, "--json").json["number"] == 2
    assert in_use(office) == "Second {{ survey }}"
    shown = say(office, "template", "show", KIND.value, "--json").json
    assert [one["number"] for one in shown["versions"]] == [1, 2]
    digest = shown["versions"][1]["digests"]["en-GB"]
    assert digest == template_for(open_office(office), KIND).version
    assert Path(first["folder"], "subject.txt").read_text() == "First {{ survey }}"


def test_a_template_with_a_fault_is_not_published_and_stops_nobody(office: Path, own: Path) -> None:
    say(office, "template", "publish", KIND.value)
    before = in_use(office)
    (own / "letter.docx").write_bytes(b"Dear all")
    said = say(office, "template", "publish", KIND.value)
    assert said.status == 1
    assert "Nothing was published" in said.err
    assert in_use(office) == before
    assert template_for(open_office(office), LetterKind.REFUSAL).version


def test_a_version_can_be_saved_to_work_on_and_publish_from_there(
    office: Path, own: Path, tmp_path: Path
) -> None:
    say(office, "template", "publish", KIND.value)
    saved = tmp_path / "saved"
    said = say(office, "template", "show", KIND.value, "--version", "1", "--save", str(saved))
    assert said.status == 0
    reworded(saved, "Third {{ survey }}")
    published = say(office, "template", "publish", KIND.value, "--from", str(saved))
    assert published.status == 0
    assert in_use(office) == "Third {{ survey }}"
    assert say(office, "template", "show", KIND.value, "--version", "7").status == 2


def test_another_language_lies_beside_the_letter_and_is_checked_with_it(
    office: Path, own: Path
) -> None:
    shutil.copy(own / "letter.docx", own / "letter.cy.docx")
    (own / "subject.cy.txt").write_text("Ynglŷn â {{ survey }}", encoding="utf-8")
    checked = say(office, "template", "check", KIND.value, "--json").json
    assert [one["language"] for one in checked] == ["en-GB", "cy"]
    assert say(office, "template", "publish", KIND.value).status == 0
    assert in_use(office, "cy") == in_use(office, "cy-GB") == "Ynglŷn â {{ survey }}"
    assert template_for(open_office(office), KIND, "cy").language == "cy"
    assert template_for(open_office(office), KIND, "pl").language == "en-GB"


@pytest.mark.parametrize(
    "words",
    [
        ("check", "no_such_kind"),
        ("show", "stage3_response"),
        ("publish", "letterhead"),
        ("publish", "stage1_response", "--as", "nobody"),
    ],
)
def test_wrong_use_is_told_in_a_sentence(office: Path, words: tuple[str, ...]) -> None:
    said = say(office, "template", *words)
    assert said.status == 2
    assert said.err.strip().endswith(".")
    assert "Traceback" not in said.err


def test_the_letterhead_is_checked_published_and_shown_like_a_template(
    office: Path, tmp_path: Path
) -> None:
    assert say(office, "template", "check", "letterhead").status == 0
    folder = office / "letter_templates" / "letterhead"
    shutil.copytree(shipped("letter_templates") / "letterhead", folder)
    with (folder / "letter.css").open("a", encoding="utf-8") as css:
        css.write(".landlord { color: #123456 }\n")
    done = say(office, "template", "publish", "letterhead", "--json")
    assert (done.status, done.json["published"], done.json["number"]) == (0, True, 1)
    shown = say(office, "template", "show", "letterhead", "--json").json
    assert (shown["version"], shown["digest"]) == (1, done.json["digests"]["en-GB"])
    (folder / "layout.html").write_text("<p>{{ letter }}</p>", encoding="utf-8")
    checked = say(office, "template", "check", "letterhead", "--json")
    assert (checked.status, checked.json[0]["ok"]) == (1, False)
    refused = say(office, "template", "publish", "letterhead")
    assert refused.status == 1
    assert "Nothing was published" in refused.err
    saved = tmp_path / "saved"
    assert say(office, "template", "show", "letterhead", "--save", str(saved)).status == 0
    assert (saved / "layout.html").read_bytes() != (folder / "layout.html").read_bytes()
    assert say(office, "template", "publish", "letterhead", "--from", str(saved)).status == 0
    assert say(office, "template", "show", "letterhead", "--version", "9").status == 2
    assert say(office, "audit", "verify").status == 0
