"""An office: its folder and profile, and where everything in it is found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from correspondence.settings.profile import Settings

PROFILE_NAME = "correspondence.toml"

_SQLITE = "sqlite:///"


@dataclass(frozen=True, slots=True)
class Office:
    """One landlord's office. `folder` is absolute; relative settings start there."""

    folder: Path
    settings: Settings

    @property
    def profile(self) -> Path:
        """The file the settings were read from."""
        return self.folder / PROFILE_NAME

    @property
    def inbox(self) -> Path:
        """Where messages arrive."""
        return self.folder / self.settings.inbox.folder

    @property
    def processed(self) -> Path:
        """Where a message's file goes once its bytes and its row are safely kept."""
        return self.inbox / "processed"

    @property
    def outbox(self) -> Path:
        """Where finished letters are put."""
        return self.folder / self.settings.outbox.folder

    @property
    def data(self) -> Path:
        """The folder of everything that is kept."""
        return self.folder / self.settings.storage.folder

    @property
    def documents(self) -> Path:
        """Raw mail, attachments and letters, by the digest of their content."""
        return self.data / "documents"

    @property
    def letter_templates(self) -> Path:
        """The landlord's own templates; need not exist, the shipped ones then serve."""
        return self.folder / self.settings.letter_templates.folder

    @property
    def database_file(self) -> Path | None:
        """The SQLite file, or None where the database is a server."""
        url = self.settings.database.url
        if not url.startswith(_SQLITE):
            return None
        return self.folder / url.removeprefix(_SQLITE).partition("?")[0]

    @property
    def database_url(self) -> str:
        """The database with its path made absolute and its password put in; never print it."""
        database = self.settings.database
        if self.database_file is not None:
            _, query, options = database.url.partition("?")
            return f"{_SQLITE}{self.database_file}{query}{options}"
        if database.password is None:
            return database.url
        scheme, _, place = database.url.partition("://")
        authority, slash, name = place.partition("/")
        user, _, server = authority.rpartition("@")
        password = quote(database.password.get_secret_value(), safe="")
        return f"{scheme}://{user.partition(':')[0]}:{password}@{server}{slash}{name}"
