"""An office with its doors open: profile, database and documents, ready to work in."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from correspondence.casework import landlord
from correspondence.casework.acting import Actor, os_account
from correspondence.casework.bank_holidays import office_calendar
from correspondence.casework.learned import Learned, learned_weights
from correspondence.errors import NotKnown, OfficeMissing
from correspondence.settings import open_office as find_office
from correspondence.store import audit, users
from correspondence.store.database import Database, is_current, is_empty, migrate, open_database
from correspondence.store.documents import Documents, open_documents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from correspondence.handling_code.timescales import Timescales
    from correspondence.handling_code.working_days import Calendar
    from correspondence.intake.landlord_signs import LandlordSigns
    from correspondence.settings import Office, Settings


@dataclass(frozen=True)
class OpenOffice:
    """One office while a command works in it."""

    office: Office
    database: Database
    documents: Documents

    @property
    def settings(self) -> Settings:
        """The landlord's profile."""
        return self.office.settings

    @cached_property
    def timescales(self) -> Timescales:
        """The landlord's own timescales, in working days."""
        return landlord.timescales_of(self.settings)

    @cached_property
    def calendar(self) -> Calendar:
        """The landlord's working days."""
        return office_calendar(self.office)

    @cached_property
    def signs(self) -> LandlordSigns:
        """Whom and what a reader of this landlord's mail knows."""
        return landlord.signs_of(self.settings)

    @cached_property
    def learned(self) -> Learned:
        """The weights messages are read with: the office's own, or the shipped ones and why."""
        return learned_weights(self.office.data / "learned")

    def actor(self, name: str = "") -> Actor:
        """The user by that name; where none is given, the only user there is. Raises NotKnown."""
        with self.database.reading() as conn:
            known = {user.name for user in users.listing(conn)}
        if not name and len(known) == 1:
            return Actor(known.pop(), os_account())
        if not name:
            raise NotKnown("Say who you are with --as; this office knows " + _listed(known) + ".")
        if name not in known:
            raise NotKnown(f"There is no user {name!r} in this office; it knows {_listed(known)}.")
        return Actor(name, os_account())


@contextmanager
def open_office(folder: Path) -> Iterator[OpenOffice]:
    """The office in that folder, its database brought up to this version.

    Raises OfficeMissing, SettingsRefused, StoreUnavailable.
    """
    office = find_office(folder)
    if office.database_file is not None and not office.database_file.is_file():
        raise OfficeMissing(
            f"{office.database_file} is not there, so this office has no record. If it had one, "
            "go back to a backup; if it is new, make it with "
            f"`correspondence init {office.folder}`."
        )
    database = open_database(office.database_url)
    try:
        if not is_current(database):
            if is_empty(database):
                raise OfficeMissing(
                    f"The database {database.place} is empty, so this office has no record. If it "
                    "had one, go back to a backup; if it is new, make it with "
                    f"`correspondence init {office.folder}`."
                )
            migrate(database)
        yield OpenOffice(office, database, open_documents(office, origin_of(database)))
    finally:
        database.close()


def origin_of(database: Database) -> Callable[[], str]:
    """Tells which record that database holds (see `audit.origin`)."""

    def origin() -> str:
        with database.reading() as conn:
            return audit.origin(conn)

    return origin


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "nobody yet (`correspondence init` makes the first user)"
