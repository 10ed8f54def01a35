"""The government's list of bank holidays, where the office has taken in one newer than ours."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from correspondence.casework.landlord import calendar_of
from correspondence.disk import write_whole
from correspondence.errors import StoreUnavailable
from correspondence.handling_code.published_holidays import (
    HolidaysUnreadable,
    calendar_from_published,
    with_published,
)
from correspondence.handling_code.working_days import ENGLAND_AND_WALES, Calendar

if TYPE_CHECKING:
    from pathlib import Path

    from correspondence.settings import Office

_LARGEST = 2_000_000  # bytes; the published list has about twenty thousand


def office_calendar(office: Office) -> Calendar:
    """The office's working days: the list it took in, else the one that ships, and its closures.

    Raises SettingsRefused, HolidaysUnreadable.
    """
    path = _kept(office)
    known = ENGLAND_AND_WALES
    if path.is_file():
        known = with_published(known, _published(path.read_bytes(), str(path)))
    return calendar_of(office.settings, known)


def take_in(office: Office, file: Path) -> Calendar:
    """Keep the list in `file` (bank-holidays.json from GOV.UK) and count with it from now on.

    Raises HolidaysUnreadable where it is not that list, StoreUnavailable where it cannot be kept.
    """
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise HolidaysUnreadable(f"{file} cannot be read ({error.strerror}).") from error
    return take_in_list(office, raw, str(file))


def take_in_list(office: Office, raw: bytes, name: str = "The file") -> Calendar:
    """As `take_in`, of a list that was read already; `name` is what errors call it."""
    with_published(ENGLAND_AND_WALES, _published(raw, name))
    path = _kept(office)
    try:
        write_whole(path, raw)
    except OSError as error:
        raise StoreUnavailable(f"{path} cannot be written ({error.strerror}).") from error
    return office_calendar(office)


def _published(raw: bytes, file: str) -> Calendar:
    if len(raw) > _LARGEST:
        raise HolidaysUnreadable(f"{file} is too large to be the list of bank holidays.")
    try:
        return calendar_from_published(json.loads(raw))
    except (ValueError, RecursionError) as error:
        if isinstance(error, HolidaysUnreadable):
            raise
        raise HolidaysUnreadable(
            f"{file} is not JSON; fetch www.gov.uk/bank-holidays.json and give that file."
        ) from error


def _kept(office: Office) -> Path:
    return office.data / "bank-holidays.json"
