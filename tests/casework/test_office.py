"""An office is made once, whole, and never over anything."""

from __future__ import annotations

import stat
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from correspondence.casework.office import init_office
from correspondence.errors import OfficeMissing, SettingsRefused, WrongUse
from correspondence.settings import PROFILE_NAME, Office, load_settings, open_office
from correspondence.settings.sample import SAMPLE_LANDLORD
from correspondence.store import users
from correspondence.store.database import is_current, open_database
from tests.databases import RECORD, Chosen, postgresql

pytestmark = pytest.mark.usefixtures("record_by_environment")

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def init(folder: Path, **others: str) -> list[str]:
    named = {"user": "rowan", "display_name": "Rowan Ellery", **others}
    return init_office(folder, now=NOW, **named)


def known_users(office: Office) -> list[tuple[str, str]]:
    database = open_database(office.database_url)
    with database.reading() as conn:
        known = [(user.name, user.display_name) for user in users.listing(conn)]
    database.close()
    return known


def everything_in(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


@pytest.fixture
def nothing_yet(record_by_environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a server too, no table is there before the office is made."""
    if Chosen.kind == "postgresql":
        monkeypatch.setenv(RECORD, postgresql().create("template0"))


@pytest.mark.usefixtures("nothing_yet")
def test_an_office_has_profile_folders_database_and_first_user(tmp_path: Path) -> None:
    told = init(tmp_path / "office")
    office = open_office(tmp_path / "office")
    assert office.settings.landlord.name == SAMPLE_LANDLORD
    for folder in (office.inbox, office.processed, office.outbox, office.data):
        assert folder.is_dir()
    database = open_database(office.database_url)
    assert is_current(database)
    database.close()
    assert known_users(office) == [("rowan", "Rowan Ellery")]
    assert all(sentence.startswith("Made ") for sentence in told)
    for name in (PROFILE_NAME, "inbox/", "processed/", "outbox/", "data/", ".gitignore"):
        assert [sentence for sentence in told if sentence.startswith(f"Made {name}, ")]


@pytest.mark.sqlite("a server sees to its own files")
def test_what_is_kept_is_for_this_account_alone(tmp_path: Path) -> None:
    init(tmp_path)
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    database = open_office(tmp_path).database_file
    assert database is not None
    assert stat.S_IMODE(database.stat().st_mode) == 0o600


def test_mail_letters_and_record_stay_out_of_git(tmp_path: Path) -> None:
    init(tmp_path)
    ignored = (tmp_path / ".gitignore").read_text("utf-8").splitlines()
    assert {"/inbox/", "/outbox/", "/data/"} <= set(ignored)


def test_a_second_init_changes_nothing_and_says_what_was_there(tmp_path: Path) -> None:
    init(tmp_path)
    before = everything_in(tmp_path)
    told = init(tmp_path, user="somebody.else", landlord_name="Another Landlord")
    assert everything_in(tmp_path) == before
    assert not [sentence for sentence in told if sentence.startswith("Made ")]
    assert "rowan" in told[-1]
    assert known_users(open_office(tmp_path)) == [("rowan", "Rowan Ellery")]


def test_a_second_init_makes_what_is_missing(tmp_path: Path) -> None:
    init(tmp_path)
    (tmp_path / "outbox").rmdir()
    made = [sentence for sentence in init(tmp_path) if sentence.startswith("Made ")]
    assert made == ["Made outbox/, where letters to be posted are put."]


@pytest.mark.sqlite("the profile names a file")
def test_init_follows_the_profile_that_is_there(tmp_path: Path) -> None:
    (tmp_path / PROFILE_NAME).write_text(
        "[landlord]\nname = 'Harrowmere'\n[inbox]\nfolder = 'post/in'\n"
        f"[storage]\nfolder = '{tmp_path}/kept'\n[database]\nurl = 'sqlite:///cases.db'\n"
    )
    init(tmp_path)
    assert (tmp_path / "post" / "in" / "processed").is_dir()
    assert (tmp_path / "cases.db").is_file()
    assert "/post/in/" in (tmp_path / ".gitignore").read_text("utf-8").splitlines()


def test_init_refuses_a_profile_it_cannot_use_and_leaves_it(tmp_path: Path) -> None:
    (tmp_path / PROFILE_NAME).write_text("[landlord]\nnmae = 'x'\n")
    with pytest.raises(SettingsRefused, match="line 2"):
        init(tmp_path)
    assert (tmp_path / PROFILE_NAME).read_text() == "[landlord]\nnmae = 'x'\n"


@pytest.mark.parametrize(
    "name", ["St Aldhelm’s Homes", 'The "Old" Trust', "Cartrefi Ynys-y-Gôg", "A\\B", "#1 Homes"]
)
def test_any_landlords_name_reaches_the_profile(tmp_path: Path, name: str) -> None:
    init(tmp_path, landlord_name=name)
    assert load_settings(tmp_path).landlord.name == name


@pytest.mark.parametrize("name", ["", "  ", "Two\nLines", "Null\0"])
def test_what_cannot_be_a_landlords_name_makes_nothing(tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongUse, match="cannot be a landlord's name"):
        init(tmp_path / "office", landlord_name=name)
    assert not (tmp_path / "office").exists()


@pytest.mark.parametrize(
    "user", ["", "Rowan", "../x", "a b", "correspondence", "x" * 40, "-r", "ro\nwan"]
)
def test_what_cannot_be_a_users_name_makes_nothing(tmp_path: Path, user: str) -> None:
    with pytest.raises(WrongUse, match="cannot be a user's name"):
        init(tmp_path / "office", user=user)
    assert not (tmp_path / "office").exists()


@pytest.mark.parametrize("shown", ["", "  ", "Ro\nwan", "x" * 300])
def test_a_user_needs_a_name_to_be_shown(tmp_path: Path, shown: str) -> None:
    with pytest.raises(WrongUse, match="name to be shown"):
        init(tmp_path / "office", display_name=shown)


def test_an_office_cannot_lie_in_another(tmp_path: Path) -> None:
    init(tmp_path)
    with pytest.raises(WrongUse, match="inside the office"):
        init(tmp_path / "data" / "second")
    assert not (tmp_path / "data" / "second").exists()


def test_an_office_reached_by_a_link_into_another_is_refused_too(tmp_path: Path) -> None:
    init(tmp_path / "first")
    (tmp_path / "link").symlink_to(tmp_path / "first" / "data")
    with pytest.raises(WrongUse, match="inside the office"):
        init(tmp_path / "link" / "second")


def test_a_file_is_no_place_for_an_office(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WrongUse, match="is a file"):
        init(tmp_path / "file")
    with pytest.raises(WrongUse, match="cannot be made"):
        init(tmp_path / "file" / "office")


def test_a_file_where_a_folder_belongs_is_left_and_named(tmp_path: Path) -> None:
    (tmp_path / "inbox").write_text("mine")
    with pytest.raises(WrongUse, match="inbox is there and is no folder"):
        init(tmp_path)
    assert (tmp_path / "inbox").read_text() == "mine"


def test_a_profile_that_is_a_dangling_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "office").mkdir()
    (tmp_path / "office" / PROFILE_NAME).symlink_to(tmp_path / "elsewhere.toml")
    with pytest.raises(WrongUse):
        init(tmp_path / "office")
    assert not (tmp_path / "elsewhere.toml").exists()


@pytest.mark.parametrize("place", ["/proc/office", "/sys/office"])
def test_a_place_that_cannot_be_written_is_refused_in_a_sentence(place: str) -> None:
    assert sys.platform == "linux"
    with pytest.raises(WrongUse, match="cannot be made in"):
        init(Path(place))


def test_a_folder_that_is_no_office_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(OfficeMissing, match="correspondence init"):
        open_office(tmp_path)
