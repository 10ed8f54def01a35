"""Whatever the profile holds can come from the environment, and secrets from files handed in."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr

from correspondence.cli.app import app
from correspondence.errors import NoCredential, SettingsRefused
from correspondence.postroom.credentials import Account, password_of
from correspondence.settings import Settings, load_settings, open_office, private_file
from correspondence.settings.environment import FROM_FILES, variable
from correspondence.settings.profile import section_model, stands_several_times
from correspondence.settings.sample import SAMPLE, sample_profile

if TYPE_CHECKING:
    from collections.abc import Iterator

TOP = Path(__file__).resolve().parent.parent
PAGE = TOP / "docs" / "environment.md"
NAMED = re.compile(r"`(CORRESPONDENCE_[A-Z0-9_]+)`")


def office(folder: Path, text: str = "") -> Path:
    (folder / "correspondence.toml").write_text(text)
    return folder


def keys() -> Iterator[tuple[str, str]]:
    for section in Settings.model_fields:
        if not stands_several_times(section):
            yield from ((section, key) for key in section_model(section).model_fields)


def as_variable(value: Any) -> str:
    """A value as an environment variable says it."""
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int | float | date):
        return str(value)
    return json.dumps(value, default=str)


def test_every_key_of_the_profile_can_come_from_the_environment_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = load_settings(office(tmp_path, sample_profile()))
    (tmp_path / "bare").mkdir()
    bare = office(tmp_path / "bare")
    given = 0
    for section, key in keys():
        value = getattr(getattr(written, section), key)
        if value is not None and value != "":
            monkeypatch.setenv(variable(section, key), as_variable(value))
            given += 1
    assert load_settings(bare) == written
    assert given > sum(len(values) for values in SAMPLE.values())


@pytest.mark.parametrize("secret", ["swordfish", "with # and = and spaces", 'qu"ote', "ÄÖ✓"])
def test_the_databases_password_can_lie_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    file = tmp_path / "secret"
    file.touch(0o600)
    file.write_text(f"{secret}\n")
    monkeypatch.setenv("CORRESPONDENCE_DATABASE__URL", "postgresql://us@db/harrowmere")
    monkeypatch.setenv("CORRESPONDENCE_DATABASE__PASSWORD_FILE", str(file))
    opened = open_office(office(tmp_path, sample_profile()))
    known = opened.settings.database.password
    assert known is not None
    assert known.get_secret_value() == secret
    assert secret not in repr(opened.settings)


def test_the_databases_whole_address_can_lie_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "secret"
    file.touch(0o600)
    file.write_text("postgresql://us:swordfish@db/harrowmere")
    monkeypatch.setenv("CORRESPONDENCE_DATABASE__URL_FILE", str(file))
    opened = open_office(office(tmp_path, sample_profile()))
    assert opened.database_url == "postgresql+psycopg://us:swordfish@db/harrowmere"
    assert "swordfish" not in repr(opened.settings)


@pytest.mark.parametrize(("section", "key"), FROM_FILES)
@pytest.mark.parametrize(
    ("content", "mode", "says"),
    [
        ("swordfish", 0o644, "others may read it"),
        ("swordfish\nand another", 0o600, "must hold one line"),
        ("", 0o600, "must hold one line"),
        ("swordfish" * 2000, 0o600, "must hold one line"),
        (None, 0, "cannot be read"),
    ],
)
def test_a_secrets_file_that_cannot_be_used_is_named_and_not_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, section: str, key: str,
    content: str | None, mode: int, says: str,
) -> None:  # fmt: skip
    file = tmp_path / "secret"
    if content is not None:
        file.write_text(content)
        file.chmod(mode)
    name = f"{variable(section, key)}_FILE"
    monkeypatch.setenv(name, str(file))
    with pytest.raises(SettingsRefused, match=says) as told:
        load_settings(office(tmp_path, sample_profile()))
    assert name in str(told.value)
    assert "swordfish" not in str(told.value)


def test_a_secret_given_twice_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORRESPONDENCE_DATABASE__PASSWORD", "swordfish")
    monkeypatch.setenv("CORRESPONDENCE_DATABASE__PASSWORD_FILE", str(tmp_path / "secret"))
    with pytest.raises(SettingsRefused, match="keep one of the two"):
        load_settings(office(tmp_path, sample_profile()))


def test_only_secrets_come_from_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORRESPONDENCE_LANDLORD__NAME_FILE", str(tmp_path / "secret"))
    with pytest.raises(SettingsRefused, match="has no key"):
        load_settings(office(tmp_path, sample_profile()))


def account(office_folder: Path) -> Account:
    return Account("housing-repairs", "us", "mail.example", office_folder)


def test_a_mailboxs_password_can_lie_in_a_file_that_the_environment_names(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.touch(0o600)
    file.write_text("swordfish\n")
    known = {"CORRESPONDENCE_PASSWORD_HOUSING_REPAIRS_FILE": str(file)}
    where = account(tmp_path / "office")
    assert password_of(where, known).get_secret_value() == "swordfish"
    file.write_text("changed\n")
    assert password_of(where, known).get_secret_value() == "changed"
    itself = {**known, "CORRESPONDENCE_PASSWORD_HOUSING_REPAIRS": "given"}
    assert password_of(where, itself).get_secret_value() == "given"
    file.chmod(0o640)
    with pytest.raises(NoCredential, match="others may read it"):
        password_of(where, known)


def test_what_an_engine_hands_in_may_be_read_by_others_and_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_in = tmp_path / "run" / "secrets"
    handed_in.mkdir(parents=True)
    monkeypatch.setattr(private_file, "HANDED_IN", handed_in)
    file = handed_in / "mail"
    file.write_text("swordfish")
    known = {"CORRESPONDENCE_PASSWORD_HOUSING_REPAIRS_FILE": str(file)}
    where = account(tmp_path / "office")
    file.chmod(0o444)
    assert password_of(where, known).get_secret_value() == "swordfish"
    file.chmod(0o666)
    with pytest.raises(NoCredential, match="is not taken"):
        password_of(where, known)
    outside = tmp_path / "outside"
    outside.write_text("swordfish")
    outside.chmod(0o444)
    (handed_in / "link").symlink_to(outside)
    led = {"CORRESPONDENCE_PASSWORD_HOUSING_REPAIRS_FILE": str(handed_in / "link")}
    with pytest.raises(NoCredential, match="is not taken"):
        password_of(where, led)


def test_two_mailboxes_that_one_variable_could_mean_are_refused(tmp_path: Path) -> None:
    both = "".join(
        f'[[mailboxes]]\nname = "{name}"\nkind = "folder"\npath = "/srv/{name}"\n'
        for name in ("scans", "scans-file")
    )
    with pytest.raises(SettingsRefused, match="nobody could tell whose"):
        load_settings(office(tmp_path, f'[landlord]\nname = "A"\n{both}'))


def test_the_page_names_every_variable_of_a_command_and_none_that_means_nothing() -> None:
    from typer.main import get_command

    meant: set[str] = {"CORRESPONDENCE_OFFICE"}
    waiting: list[Any] = [get_command(app)]
    while waiting:
        one = waiting.pop()
        waiting += list(getattr(one, "commands", {}).values())
        for parameter in one.params:
            named = parameter.envvar
            meant.update([named] if isinstance(named, str) else named or ())
    told = set(NAMED.findall(PAGE.read_text()))
    assert meant <= told
    of_the_profile = {variable(section, key) for section, key in keys()}
    secrets = {f"{variable(section, key)}_FILE" for section, key in FROM_FILES}
    rest = told - meant - of_the_profile - secrets
    assert {name for name in rest if not name.startswith("CORRESPONDENCE_PASSWORD_")} == set()
    assert {f"{name}_FILE" for name in rest if not name.endswith("_FILE")} == {
        name for name in rest if name.endswith("_FILE")
    }
