"""What is put into the outbox is put there whole, and once."""

from __future__ import annotations

from pathlib import Path

import pytest

from correspondence.errors import StoreUnavailable
from correspondence.postroom.outbox import Outbox

FILES = {"a.pdf": b"%PDF", "a.eml": b"mail", "a.receipt.json": b"{}"}
NAMES = tuple(FILES)


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    (tmp_path / "outbox").mkdir()
    return Outbox(tmp_path / "outbox")


def seen(outbox: Outbox) -> set[str]:
    return {path.name for path in outbox.folder.iterdir() if not path.name.startswith(".")}


def test_what_is_laid_out_is_not_seen_yet(outbox: Outbox) -> None:
    outbox.lay_out("L1", FILES)
    assert seen(outbox) == set()


def test_what_is_put_there_is_there_whole(outbox: Outbox) -> None:
    outbox.lay_out("L1", FILES)
    outbox.put("L1", NAMES)
    assert {name: (outbox.folder / name).read_bytes() for name in seen(outbox)} == FILES


def test_a_file_that_was_collected_is_not_put_there_again(outbox: Outbox) -> None:
    outbox.lay_out("L1", FILES)
    outbox.put("L1", NAMES[:1])
    (outbox.folder / "a.pdf").unlink()
    outbox.put("L1", NAMES)
    assert seen(outbox) == {"a.eml", "a.receipt.json"}


def test_putting_again_after_all_was_put_does_nothing(outbox: Outbox) -> None:
    outbox.lay_out("L1", FILES)
    outbox.put("L1", NAMES)
    for name in NAMES:
        (outbox.folder / name).unlink()
    outbox.put("L1", NAMES)
    assert seen(outbox) == set()


def test_what_an_attempt_left_half_laid_out_is_laid_out_anew(outbox: Outbox) -> None:
    outbox.lay_out("L1", {"a.pdf": b"half", "stale.txt": b"old"})
    outbox.lay_out("L1", FILES)
    outbox.put("L1", NAMES)
    assert seen(outbox) == set(FILES)
    assert (outbox.folder / "a.pdf").read_bytes() == b"%PDF"


def test_two_letters_do_not_meet(outbox: Outbox) -> None:
    outbox.lay_out("L1", {"1.pdf": b"1"})
    outbox.lay_out("L2", {"2.pdf": b"2"})
    outbox.put("L2", ("2.pdf",))
    assert seen(outbox) == {"2.pdf"}


def test_an_outbox_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_bytes(b"a file, not a folder")
    with pytest.raises(StoreUnavailable, match="It stays approved"):
        Outbox(tmp_path / "outbox").lay_out("L1", FILES)
