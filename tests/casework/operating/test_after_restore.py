"""What was erased after a backup was taken is erased again when it is restored, or named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from correspondence.store import audit, erasing
from tests.casework.bureau import at_work
from tests.casework.keeping.test_retention import SECRET, complaint, erased, finished
from tests.cli.command import Said, say
from tests.jobs import corpus
from tests.jobs.office import files, rows

if TYPE_CHECKING:
    from pathlib import Path

    from correspondence.letters.pool import LetterPress
    from tests.casework.bureau import Bureau

pytestmark = pytest.mark.sqlite("backups are restored into files here")


def backed_up(desk: Bureau, to: Path) -> Path:
    said = say(desk.house.office.folder, "backup", str(to), "--json")
    assert said.status == 0, said.err
    return to


def restored(backup: Path, to: Path, *more: str) -> Said:
    said = say(to, "restore", str(backup), *more, "--json")
    assert said.status == 0, said.err
    assert say(to, "audit", "verify").status == 0
    return said


def words_in(office: Path) -> bool:
    """Whether the resident's name stands anywhere in the office."""
    return any(SECRET.encode() in content for content in files(office).values())


def test_what_was_erased_since_is_erased_again_by_the_list_of_a_later_backup(
    desk: Bureau, tmp_path: Path
) -> None:
    reference = finished(desk)
    (told,) = desk.receive(corpus.other(2, desk.now))
    before = backed_up(desk, tmp_path / "backups" / "monday")
    erased(desk, reference)
    erased(desk, f"message:{told.id}")
    backed_up(desk, tmp_path / "backups" / "tuesday")
    said = restored(before, tmp_path / "restored")
    assert said.json["erased_again"] == [reference, f"message:{told.id}"]
    assert said.json["to_be_erased"] == []
    assert [path.endswith("tuesday/data/erased.jsonl") for path in said.json["lists_of_erasures"]]
    assert not words_in(tmp_path / "restored")
    because = rows(tmp_path / "restored", "SELECT because FROM erasures ORDER BY id")
    assert [row["because"] for row in because] == ["request", "request"]


@pytest.mark.slow
def test_the_list_of_the_office_that_was_serves_as_well_and_without_any_a_person_is_told(
    desk: Bureau, tmp_path: Path
) -> None:
    reference = finished(desk)
    before = backed_up(desk, tmp_path / "backup")
    erased(desk, reference)
    known = desk.house.office.data / "erased.jsonl"
    assert SECRET not in known.read_text()
    told = say(tmp_path / "untold", "restore", str(before))
    assert "by your own notes" in told.err
    assert words_in(tmp_path / "untold")
    said = restored(before, tmp_path / "restored", "--erased", str(known))
    assert said.json["erased_again"] == [reference]
    assert not words_in(tmp_path / "restored")


@pytest.mark.slow
def test_what_the_restored_record_holds_or_does_not_know_is_named(
    desk: Bureau, tmp_path: Path
) -> None:
    reference = desk.acknowledged(complaint(desk))  # open still when the backup is taken
    before = backed_up(desk, tmp_path / "backup")
    from correspondence.casework.handling.log import Closing, close

    closing = Closing(reason="withdrawn", on=desk.now.date(), because="They rang.")
    close(desk.house, reference, closing, now=desk.now, actor=desk.rowan)
    erased(desk, reference)
    (later,) = desk.receive(corpus.other(2, desk.now))
    erased(desk, f"message:{later.id}")
    known = str(desk.house.office.data / "erased.jsonl")
    said = restored(before, tmp_path / "restored", "--erased", known)
    assert said.json["erased_again"] == []
    open_still, unknown = said.json["to_be_erased"]
    assert reference in open_still
    assert "it is not closed" in open_still
    assert f"message:{later.id}" in unknown
    assert "came after the backup" in unknown


@pytest.mark.slow
def test_an_erasure_is_on_the_list_before_its_files_are_gone_and_a_crash_leaves_it_to_the_next_run(
    desk: Bureau, press: LetterPress, monkeypatch: pytest.MonkeyPatch
) -> None:
    from correspondence.casework.keeping import retention

    reference = finished(desk)

    def dies(*_: object, **__: object) -> list[str]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(retention, "finish", dies)
        with pytest.raises(KeyboardInterrupt):
            erased(desk, reference)
    known = desk.house.office.data / "erased.jsonl"
    assert not known.exists()
    with at_work(desk.house.office.folder, press) as again:
        again.now = desk.now
        assert again.run().problems == []
        with again.house.database.reading() as conn:
            assert erasing.unfinished(conn) == ()
            assert audit.verify(conn).intact
    assert reference in known.read_text()


def test_a_list_that_is_none_is_refused_before_anything_is_restored(
    desk: Bureau, tmp_path: Path
) -> None:
    before = backed_up(desk, tmp_path / "backup")
    (tmp_path / "list").write_text('{"subject": "CMP-2026-000001"}\n')
    said = say(tmp_path / "restored", "restore", str(before), "--erased", str(tmp_path / "list"))
    assert (said.status, "Line 1 of" in said.err) == (2, True)
    assert not (tmp_path / "restored").exists()
