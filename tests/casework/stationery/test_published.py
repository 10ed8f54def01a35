"""What letters are made of stands in the record: who published it, and in which version."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from correspondence.cases.events import LetterApproved, LetterDrafted
from correspondence.casework.acting import ourselves
from correspondence.casework.drafting.draft import draft
from correspondence.casework.stationery import letterheads, published
from correspondence.casework.stationery.publish_template import (
    digests_in,
    publish,
    publish_letterhead,
)
from correspondence.casework.stationery.template_versions import versions
from correspondence.errors import NotAllowed, TemplateRefused
from correspondence.letters.kinds import LetterKind
from correspondence.resources import shipped
from correspondence.store import audit, case_files
from tests.casework.bureau import LETTER, Bureau

if TYPE_CHECKING:
    from pathlib import Path

    from correspondence.casework.stationery.template_versions import Published

pytestmark = pytest.mark.slow

CASE = "CMP-2026-000001"
KIND = LetterKind.STAGE1_ACKNOWLEDGEMENT


@pytest.fixture
def desk(drafted_desk: Bureau) -> Bureau:
    return drafted_desk


def own(desk: Bureau, name: str = letterheads.LETTERHEAD) -> Path:
    """The landlord's own template or letterhead, to be changed."""
    folder = desk.house.office.letter_templates / name
    if not folder.exists():
        shutil.copytree(shipped("letter_templates") / name, folder)
    return folder


def new_look(desk: Bureau, colour: str = "#123456") -> Published:
    """The letterhead in another colour, published."""
    folder = own(desk)
    css = (shipped("letter_templates") / letterheads.LETTERHEAD / "letter.css").read_text("utf-8")
    (folder / "letter.css").write_text(f"{css}\n.landlord {{ color: {colour} }}\n", "utf-8")
    return publish_letterhead(desk.house, folder, now=desk.now, actor=desk.rowan)


def new_words(desk: Bureau, subject: str = "Your complaint {{ reference }}") -> Published:
    """The acknowledgement under another subject, published."""
    folder = own(desk, KIND.value)
    (folder / "subject.txt").write_text(subject, "utf-8")
    return publish(desk.house, KIND, folder, now=desk.now, actor=desk.rowan)


def on_record(desk: Bureau) -> list[tuple[str, int, str]]:
    with desk.house.database.reading() as conn:
        assert audit.verify(conn).intact
        return [
            (one["template"], one["version"], one["published_by"])
            for one in published.recorded(conn)
        ]


def last(desk: Bureau, kind: type[Any]) -> Any:
    with desk.house.database.reading() as conn:
        happened = [one.event for one in case_files.history(conn, CASE)]
    return [event for event in happened if isinstance(event, kind)][-1]


def anew(desk: Bureau) -> None:
    draft(desk.house, desk.press, CASE, KIND, now=desk.now, actor=desk.rowan)


def test_publishing_goes_into_the_chained_record_with_who_and_which(either_desk: Bureau) -> None:
    new_words(either_desk)
    new_look(either_desk)
    new_look(either_desk, "#654321")
    assert on_record(either_desk) == [
        (KIND.value, 1, "rowan"),
        ("letterhead", 1, "rowan"),
        ("letterhead", 2, "rowan"),
    ]


def test_publishing_the_same_again_changes_neither_version_nor_record(desk: Bureau) -> None:
    assert [new_look(desk).number, new_look(desk).number] == [1, 1]
    assert [new_words(desk).number, new_words(desk).number] == [1, 1]
    assert len(on_record(desk)) == 2


def test_every_letter_keeps_both_versions_when_drafted_and_when_approved(desk: Bureau) -> None:
    drafted = last(desk, LetterDrafted)
    assert (drafted.template_version, drafted.letterhead_version) == (0, 0), "as shipped"
    assert drafted.letterhead == letterheads.in_use(desk.house.office).digest
    new_words(desk)
    first = new_look(desk)
    anew(desk)
    drafted, revision = last(desk, LetterDrafted), desk.revision(LETTER)
    assert (drafted.template_version, drafted.letterhead_version) == (1, 1)
    assert (revision.template, revision.letterhead) == (drafted.template, drafted.letterhead)
    assert drafted.letterhead == first.digests["en-GB"]
    new_look(desk, "#654321")
    desk.approve(LETTER)
    approved, revision = last(desk, LetterApproved), desk.revision(LETTER)
    assert (approved.template_version, approved.letterhead_version) == (1, 2)
    assert (approved.template, approved.letterhead) == (drafted.template, revision.letterhead)
    assert revision.letterhead_version == 2, "it is printed on today's letterhead"


def test_an_edited_letter_keeps_the_template_it_was_drafted_from(desk: Bureau) -> None:
    from correspondence.casework.drafting.edit import edit

    new_words(desk)
    anew(desk)
    before = desk.revision(LETTER)
    docx = desk.house.documents.fetch(before.docx_sha256 or "")
    edit(desk.house, desk.press, LETTER, docx, now=desk.now, actor=desk.rowan)
    after = desk.revision(LETTER)
    assert (after.template, after.template_version) == (before.template, 1)
    assert last(desk, LetterDrafted).template == "", "its words are a person's"


def test_letters_are_printed_on_the_published_letterhead_and_not_on_what_is_worked_on(
    desk: Bureau,
) -> None:
    new_look(desk)
    (own(desk) / "letter.css").write_text("/* half done", "utf-8")
    assert letterheads.in_use(desk.house.office).version == 1
    assert letterheads.changed_since_published(desk.house.office) == own(desk)
    assert desk.approve(LETTER).approved_by == "rowan"


def test_a_letterhead_with_a_fault_is_not_published_and_stops_nobody(desk: Bureau) -> None:
    new_look(desk)
    (own(desk) / "layout.html").write_text("<html lang='{{ language }}'></html>", "utf-8")
    with pytest.raises(TemplateRefused, match="not published"):
        publish_letterhead(desk.house, own(desk), now=desk.now, actor=desk.rowan)
    assert letterheads.in_use(desk.house.office).version == 1
    assert len(on_record(desk)) == 1


def test_the_product_itself_publishes_nothing(desk: Bureau) -> None:
    with pytest.raises(NotAllowed, match="named person"):
        publish_letterhead(desk.house, own(desk), now=desk.now, actor=ourselves())
    assert versions(own(desk)) == ()


def test_a_crash_between_folder_and_record_is_made_good_by_publishing_again(
    desk: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_: object, **__: object) -> None:
        raise SystemExit

    with monkeypatch.context() as power:
        power.setattr(audit, "append", cut)
        with pytest.raises(SystemExit):
            new_look(desk)
    assert on_record(desk) == []
    assert [one.number for one in versions(own(desk))] == [1]
    assert new_look(desk).number == 1
    assert on_record(desk) == [("letterhead", 1, "rowan")]


def test_two_who_publish_at_once_get_two_numbers_and_both_are_on_record(desk: Bureau) -> None:
    from concurrent.futures import ThreadPoolExecutor

    folders = []
    for colour in ("#111111", "#222222"):
        folder = desk.house.office.folder / colour.strip("#")
        shutil.copytree(shipped("letter_templates") / letterheads.LETTERHEAD, folder)
        with (folder / "letter.css").open("a", encoding="utf-8") as css:
            css.write(f".landlord {{ color: {colour} }}\n")
        folders.append(folder)

    def put(folder: Path) -> int:
        return publish_letterhead(desk.house, folder, now=desk.now, actor=desk.rowan).number

    with ThreadPoolExecutor(2) as officers:
        assert sorted(officers.map(put, folders)) == [1, 2]
    assert sorted(number for _, number, _ in on_record(desk)) == [1, 2]


def test_a_version_changed_or_put_there_by_hand_is_found(desk: Bureau) -> None:
    kept = new_look(desk).folder
    new_look(desk, "#654321")

    def unknown() -> tuple[int, ...]:
        with desk.house.database.reading() as conn:
            return published.not_on_record(
                conn, own(desk), lambda folder: digests_in(folder, letterheads.LETTERHEAD)
            )

    assert unknown() == ()
    (kept / "letter.css").write_text("p { color: red }", "utf-8")
    assert unknown() == (1,)
    shutil.copytree(kept, kept.with_name("7"))
    assert unknown() == (1, 7)
