"""Make an office: its profile, its folders, its database and its first user."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from correspondence.casework.acting import OURSELVES
from correspondence.disk import write_new
from correspondence.errors import WrongUse
from correspondence.settings import PROFILE_NAME, Landlord, Office, open_office
from correspondence.settings.sample import SAMPLE_LANDLORD, sample_profile
from correspondence.store import users
from correspondence.store.database import is_current, migrate, open_database

if TYPE_CHECKING:
    from datetime import datetime

FIRST_ROLE: Final = "complaints officer"

_USER = re.compile(r"[a-z][a-z0-9._-]{0,31}")
_KEPT_OUT_OF_GIT: Final = (
    "# Real mail and real letters hold personal data and never enter a repository."
)


def init_office(
    folder: Path,
    *,
    user: str,
    display_name: str,
    now: datetime,
    landlord_name: str = SAMPLE_LANDLORD,
) -> list[str]:
    """Make the office in that folder and say, a sentence each, what was made and what was there.

    Nothing that is there is ever changed, so a second call makes only what is missing. Raises
    WrongUse where no office can be made there, SettingsRefused where a profile is there and cannot
    be used, StoreUnavailable where the database cannot be made.
    """
    fit_to_act(user, display_name)
    profile = _profile_for(landlord_name)
    folder = _fit_for_an_office(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        told = [_written(folder / PROFILE_NAME, profile, "the landlord's profile; fill it in")]
        office = open_office(folder)
        told += _folders(office)
        told.append(_written(folder / ".gitignore", _ignored(office), "keeps mail out of git"))
    except OSError as refused:
        raise WrongUse(
            f"An office cannot be made in {folder}: {refused.strerror or refused}. Name a folder "
            "on a disk that this account may write to."
        ) from None
    return told + _record(office, user, display_name, now)


def fit_to_act(user: str, display_name: str) -> None:
    """Raise WrongUse for a user's name, or a name to be shown, that cannot be one."""
    if not _USER.fullmatch(user) or user == OURSELVES:
        raise WrongUse(
            f"{user!r} cannot be a user's name; give a short name of small letters, digits, dots "
            "and hyphens that begins with a letter, such as rowan.ellery."
        )
    if not display_name.strip() or not display_name.isprintable() or len(display_name) > 200:
        raise WrongUse(
            "A user needs a name to be shown, on one line of at most 200 letters, such as "
            "'Rowan Ellery'."
        )


def _profile_for(landlord_name: str) -> str:
    try:
        return sample_profile(Landlord(name=landlord_name).name)
    except ValidationError:
        raise WrongUse(
            f"{landlord_name!r} cannot be a landlord's name; give it on one line, such as "
            f"'{SAMPLE_LANDLORD}'."
        ) from None


def _fit_for_an_office(folder: Path) -> Path:
    folder = folder.expanduser().resolve()
    if folder.exists() and not folder.is_dir():
        raise WrongUse(f"{folder} is a file; name a folder for the office.")
    for above in folder.parents:
        if os.path.lexists(above / PROFILE_NAME):
            raise WrongUse(
                f"{folder} lies inside the office {above}, and one office cannot hold another; "
                "name a folder outside it."
            )
    return folder


def _folders(office: Office) -> list[str]:
    """Inbox and outbox may be shared with a mail gateway or scanner; what is kept may not."""
    return [
        _folder(office.inbox, 0o770, "where messages arrive"),
        _folder(office.processed, 0o770, "where their files go once they are safely kept"),
        _folder(office.outbox, 0o770, "where letters to be posted are put"),
        _folder(office.data, 0o700, "where everything is kept; readable by this account alone"),
    ]


def _folder(folder: Path, mode: int, purpose: str) -> str:
    """Make one folder, where nothing is there."""
    if folder.is_dir():
        return f"{folder.name}/ was there and stays as it is."
    if os.path.lexists(folder):
        raise WrongUse(f"{folder} is there and is no folder; move it away, then try again.")
    folder.mkdir(mode=mode, parents=True)
    return f"Made {folder.name}/, {purpose}."


def _written(file: Path, text: str, purpose: str) -> str:
    try:
        write_new(file, text.encode())
    except FileExistsError:
        return f"{file.name} was there and stays as it is."
    return f"Made {file.name}, {purpose}."


def _ignored(office: Office) -> str:
    places = (office.inbox, office.outbox, office.data)
    inside = [place for place in places if place.is_relative_to(office.folder)]
    lines = [f"/{place.relative_to(office.folder).as_posix()}/" for place in inside]
    return "\n".join([_KEPT_OUT_OF_GIT, *lines, ""])


def _record(office: Office, user: str, display_name: str, now: datetime) -> list[str]:
    """The database at this program's version, and somebody who may act in it."""
    database = open_database(office.database_url)
    try:
        told = "The database was there and stays as it is."
        if not is_current(database):
            migrate(database)
            told = "Made the database."
        with database.writing() as conn:
            known = [each.name for each in users.listing(conn)]
            if not known:
                users.add(conn, user, display_name.strip(), FIRST_ROLE, now)
    finally:
        database.close()
    if known:
        return [told, f"Users were there and stay as they are: {', '.join(known)}."]
    return [told, f"Made the first user, {user} ({display_name.strip()})."]
