"""A password comes from where only we can read it, and is never repeated."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest
from pydantic import SecretStr

from correspondence.errors import NoCredential
from correspondence.postroom.credentials import Account, password_of, without

SECRET = "correct horse"


@pytest.fixture
def account(tmp_path: Path) -> Account:
    file = tmp_path / "etc" / "password"
    file.parent.mkdir()
    file.write_text(f"{SECRET}\n")
    file.chmod(0o600)
    (tmp_path / "office").mkdir()
    return Account("my-box", "who", "mail.example", tmp_path / "office", file)


def refusal(account: Account) -> str:
    with pytest.raises(NoCredential) as refused:
        password_of(account, {})
    assert SECRET not in str(refused.value)
    return str(refused.value)


def test_the_environment_goes_first_then_the_file(account: Account) -> None:
    given = {"CORRESPONDENCE_PASSWORD_MY_BOX": "from the environment"}
    assert password_of(account, given).get_secret_value() == "from the environment"
    assert password_of(account, {}).get_secret_value() == SECRET


def test_a_password_does_not_show(account: Account) -> None:
    assert SECRET not in f"{password_of(account, {})!r} {password_of(account, {})} {account!r}"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_file_that_others_can_read_is_not_taken(account: Account, mode: int) -> None:
    assert account.password_file is not None
    account.password_file.chmod(mode)
    assert "chmod 600" in refusal(account)


def test_a_file_in_the_office_is_not_taken_not_even_by_a_link(account: Account) -> None:
    assert account.password_file is not None
    inside = account.office / "password"
    account.password_file.rename(inside)
    account.password_file.symlink_to(inside)
    for file in (inside, account.password_file):
        found = Account(account.name, account.user, account.host, account.office, file)
        assert "lies in the office" in refusal(found)


@pytest.mark.parametrize("content", [b"", b"\n", b"two\nlines\n", b"\xff\xfe", b"x" * 20_000])
def test_a_file_that_holds_no_password_is_a_sentence(account: Account, content: bytes) -> None:
    assert account.password_file is not None
    account.password_file.write_bytes(content)
    assert "on its first line" in refusal(account)


def test_a_folder_and_a_missing_file_are_sentences(account: Account) -> None:
    assert account.password_file is not None
    account.password_file.unlink()
    assert "cannot be read" in refusal(account)
    account.password_file.mkdir(mode=0o700)
    assert "it is not a file" in refusal(account)


def test_a_keyring_is_asked_where_there_is_one_and_never_one_in_the_clear(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = Account(account.name, account.user, account.host, account.office)
    assert "CORRESPONDENCE_PASSWORD_MY_BOX" in refusal(bare)
    keyring = ModuleType("keyring")
    backend = type("Backend", (), {"__module__": "keyring.backends.SecretService"})
    keyring.get_keyring = backend  # type: ignore[attr-defined]
    keyring.get_password = lambda service, who: f"{service} {who}"  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    assert password_of(bare, {}).get_secret_value() == "correspondence who@mail.example"
    backend.__module__ = "keyrings.alt.file"
    assert "There is no password" in refusal(bare)


def test_what_a_server_says_is_told_short_on_one_line_and_without_the_password() -> None:
    told = without(f"NO {SECRET}\r\n\x1b[2J{'x' * 500}", SecretStr(SECRET))
    assert SECRET not in told
    assert told.isprintable()
    assert len(told) <= 160
