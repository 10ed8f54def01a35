"""A document that its disk changed, cut off or lost: found, named, never shown, never sent."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

import pytest

from correspondence.errors import RecordBroken
from correspondence.store import letters, messages
from correspondence.store.document_folder import DocumentFolder
from tests.casework.bureau import LETTER
from tests.cli.command import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.casework.bureau import Bureau
    from tests.web.site import Site


def _one_bit(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)


def _cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _another(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7 another one")


def _lost(path: Path) -> None:
    path.unlink()


DAMAGE: Final = [
    _one_bit,
    _lost,
    *(pytest.param(done, marks=pytest.mark.slow) for done in (_cut_off, _empty, _another)),
]


@pytest.fixture(params=DAMAGE, ids=lambda done: done.__name__.strip("_"))
def damage(request: pytest.FixtureRequest) -> Callable[[Path], None]:
    done: Callable[[Path], None] = request.param
    return done


def damaged(desk: Bureau, damage: Callable[[Path], None], sha256: str) -> None:
    """Do that to the document of that name."""
    store = desk.house.documents
    assert isinstance(store, DocumentFolder)
    damage(store.folder / sha256[:2] / sha256[2:4] / sha256)


def every_document(desk: Bureau) -> set[str]:
    """The names of all that messages and letters of the office point at."""
    with desk.house.database.reading() as conn:
        found = {row.sha256 for row in messages.register(conn)}
        for row in letters.listing(conn):
            revision = letters.revision(conn, row.id)
            found |= {revision.docx_sha256 or "", revision.pdf_sha256 or ""} - {""}
    return found


def test_audit_verify_names_every_document_that_was_damaged(
    site: Site, damage: Callable[[Path], None]
) -> None:
    gone = every_document(site.bureau)
    assert len(gone) >= 4
    for sha256 in gone:
        damaged(site.bureau, damage, sha256)
    said = say(site.bureau.house.office.folder, "audit", "verify", "--json")
    assert (said.status, said.json["intact"]) == (1, False)
    for sha256 in gone:
        assert sha256 in " ".join(said.json["documents"])


def test_no_page_serves_what_is_not_what_was_kept_and_each_says_which_document_it_is(
    site: Site, damage: Callable[[Path], None]
) -> None:
    desk, visitor = site.bureau, site.signed_in()
    number = desk.register()[0].id
    downloads: dict[str, str | None] = {
        f"/messages/{number}/original": desk.register()[0].sha256,
        f"/letters/{LETTER}/letter.docx": desk.revision(LETTER).docx_sha256,
        f"/letters/{LETTER}/letter.pdf": desk.revision(LETTER).pdf_sha256,
        f"/letters/{LETTER}/pages/1.png": desk.revision(LETTER).pdf_sha256,
    }
    before = {path: visitor.get(path) for path in downloads}
    assert {answer.status_code for answer in before.values()} == {200}
    for sha256 in every_document(desk):
        damaged(desk, damage, sha256)
    for path, name in downloads.items():
        answer = visitor.get(path)
        assert answer.status_code == 409, path
        assert name is not None
        assert name in answer.text, path
    for path in (f"/messages/{number}", f"/letters/{LETTER}", "/messages", f"/cases/{LETTER[:15]}"):
        answer = visitor.get(path)
        assert answer.status_code in {200, 409}, path
        assert "should not have" not in answer.text, path


def test_a_letter_whose_documents_are_damaged_is_neither_approved_nor_sent(
    site: Site, damage: Callable[[Path], None]
) -> None:
    desk = site.bureau
    drafted = desk.revision(LETTER)
    desk.approve(LETTER)
    approved = desk.revision(LETTER)
    assert drafted.docx_sha256
    assert approved.pdf_sha256
    damaged(desk, damage, approved.pdf_sha256)
    with pytest.raises(RecordBroken, match=approved.pdf_sha256):
        desk.send(LETTER)
    assert desk.letter(LETTER).status == "approved"
    assert desk.outbox_files() == {}
    assert desk.run().problems == []


def test_a_message_that_was_damaged_before_it_was_read_is_named_and_holds_no_other_up(
    site: Site, damage: Callable[[Path], None]
) -> None:
    from tests.jobs import corpus
    from tests.jobs.busy import keep

    desk = site.bureau
    raw = corpus.complaint(70, desk.now)
    keep(desk, raw)
    sha256 = hashlib.sha256(raw).hexdigest()
    damaged(desk, damage, sha256)
    desk.drop("after.eml", corpus.complaint(71, desk.now))
    worked = desk.run()
    assert worked.opened == 1
    assert [sha256 in problem for problem in worked.problems] == [True]
    (waiting,) = [row for row in desk.register() if row.sha256 == sha256]
    assert waiting.case_reference is None
