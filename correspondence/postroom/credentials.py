"""Passwords of mail accounts: from the environment, a private file or the keyring, and no other.

None of them lies in the office folder, which is copied and backed up, and none is ever repeated.
"""

from __future__ import annotations

import importlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import SecretStr

from correspondence.errors import NoCredential
from correspondence.settings import private_file

if TYPE_CHECKING:
    from collections.abc import Mapping

_PREFIX: Final = "CORRESPONDENCE_PASSWORD_"
_KEYRING: Final = "correspondence"  # the service under which a keyring keeps them
_LARGEST: Final = 10_000  # bytes; tokens can be long, passwords are not
_LARGEST_KEY: Final = 100_000  # bytes; a key with its certificate and those above it


@dataclass(frozen=True, slots=True)
class Account:
    """A mail account whose password is wanted.

    `name` is what the profile calls it, `office` the folder no password may lie in.
    """

    name: str
    user: str
    host: str
    office: Path
    password_file: Path | None = None

    @property
    def variable(self) -> str:
        """The environment variable that may hold the password."""
        return _PREFIX + self.name.upper().replace("-", "_")


def password_of(account: Account, environment: Mapping[str, str] | None = None) -> SecretStr:
    """The password: the environment's or of the file it names, else the file's, else the keyring's.

    Read anew each time, so that one that was changed counts at once. Raises NoCredential where
    there is none, or where others could read it.
    """
    known = os.environ if environment is None else environment
    if given := known.get(account.variable):
        return SecretStr(given)
    if named := known.get(f"{account.variable}_FILE"):
        return _of_file(account, Path(named))
    if account.password_file is not None:
        return _of_file(account, account.password_file)
    kept = _of_keyring(account)
    if kept:
        return SecretStr(kept)
    raise NoCredential(
        f"There is no password for {account.name}: give it in the environment variable "
        f"{account.variable} (or a file that holds it, in {account.variable}_FILE), or name a "
        "password_file that only this account can read."
    )


def key_of(account: Account) -> SecretStr:
    """A private key with its certificate, both in PEM form, from the account's file and no other.

    Read anew each time. Raises NoCredential where it is not there, others could read it, or it does
    not hold both.
    """
    file = account.password_file
    if file is None:
        raise NoCredential(f"There is no key for {account.name}: name a certificate_file.")
    try:
        text = _read(file, account, _LARGEST_KEY).decode("ascii")
    except UnicodeDecodeError:
        text = ""
    if "PRIVATE KEY-----" not in text or "BEGIN CERTIFICATE-----" not in text:
        raise NoCredential(
            f"{file} must hold the private key of {account.name} and its certificate, both in PEM "
            "form (cat key.pem certificate.pem)."
        )
    if "ENCRYPTED" in text:
        raise NoCredential(
            f"The private key in {file} is locked with a password, which nobody is there to give: "
            "keep it there unlocked (openssl pkey -in key.pem), readable by this account alone."
        )
    return SecretStr(text)


def file_fault(account: Account) -> str:
    """What is wrong with the password's file, or empty; the password itself is not looked at."""
    try:
        if account.password_file is not None:
            os.close(_opened(account.password_file, account))
    except NoCredential as fault:
        return str(fault)
    return ""


def without(text: str, password: SecretStr) -> str:
    """`text`, which a server said, on one line and short, and never with the password in it."""
    hidden = password.get_secret_value()
    shown = text.replace(hidden, "…") if hidden else text
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in shown).split())
    return line if len(line) <= 160 else line[:159] + "…"


def _of_file(account: Account, file: Path) -> SecretStr:
    raw = _read(file, account, _LARGEST)
    try:
        password = raw.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        password = ""
    if not password or len(raw) > _LARGEST or "\n" in password or "\0" in password:
        raise NoCredential(
            f"{file} must hold the password of {account.name} on its first line, and nothing else."
        )
    return SecretStr(password)


def _read(file: Path, account: Account, most: int) -> bytes:
    """The file's bytes, up to one more than it may have."""
    with os.fdopen(_opened(file, account), "rb") as opened:
        return opened.read(most + 1)


def _opened(file: Path, account: Account) -> int:
    """The file, open, once nobody else can read it and it lies outside the office."""
    if file.resolve().is_relative_to(account.office.resolve()):
        raise NoCredential(
            f"{file} lies in the office, which is copied and backed up: keep the password of "
            f"{account.name} elsewhere, for example in /etc/correspondence."
        )
    try:
        return private_file.opened(file)
    except OSError as refused:
        raise NoCredential(
            f"The password of {account.name} cannot be read from {file} ({refused.strerror}); "
            "put it there, readable by this account alone."
        ) from None
    except private_file.NotPrivate as fault:
        raise NoCredential(
            f"The password of {account.name} is not taken from {file}, because {fault}. Make it "
            f"private: chmod 600 {file}"
        ) from None


def _of_keyring(account: Account) -> str:
    """The password the keyring has for this user and host; empty where there is no keyring."""
    try:
        keyring = importlib.import_module("keyring")
    except ImportError:
        return ""
    if type(keyring.get_keyring()).__module__.startswith("keyrings.alt"):
        return ""  # it keeps passwords in the clear
    try:
        return keyring.get_password(_KEYRING, f"{account.user}@{account.host}") or ""
    except Exception as fault:  # noqa: BLE001 - whatever a keyring of this machine raises
        raise NoCredential(
            f"The keyring did not give the password of {account.name} ({type(fault).__name__}); "
            f"unlock it, or use the environment variable {account.variable}."
        ) from None
