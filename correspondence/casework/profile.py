"""Change the landlord's profile from the pages: tried as a whole, then written, and on record."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal

from correspondence.cases.events import Event
from correspondence.casework.open_office import OpenOffice
from correspondence.disk import write_whole
from correspondence.errors import NotAllowed, SettingsRefused, StoreUnavailable
from correspondence.handling_code.policy import check_profile
from correspondence.settings import Office, Settings
from correspondence.settings.editing import changed
from correspondence.settings.loading import profile_text, read_text
from correspondence.store.audit import OFFICE, append

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from correspondence.casework.acting import Actor
    from correspondence.handling_code.policy import FindingsReport

Changes = dict[tuple[str, str], Any]
"""Values by section and key; None takes a value out, so that its default holds."""

EDITABLE: Final[dict[str, tuple[str, ...]]] = {
    "landlord": (),
    "complaints_officer": (),
    "stage2_reviewer": (),
    "timescales": (),
    "calendar": (),
    "responsibilities": (),
    "reading": (),
    "inbox": ("addresses",),
    "approval": (),
    "alerts": (),
    "notices": (),
    "pages": ("address", "idle_minutes", "at_most_hours"),
}
"""The sections that are changed on the pages: those keys of each, or where none is named all.

What names files, servers or passwords, or says who is let in, is changed in the file alone: it
would let an administrator of the pages reach what only one of the machine may.
"""

_OPENED_ONCE: Final = ("database", "storage")
_NAMED: Final = re.compile(r"\[(\w+)\](?: (\w+))?")


class ProfileChanged(Event):
    """Somebody changed values of the profile; what they say now is in the file, by its digest."""

    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    kind: Literal["profile_changed"] = "profile_changed"
    keys: tuple[str, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class Tried:
    """A profile as it would be. `faults` by section and key keep it from being saved."""

    text: str
    settings: Settings | None
    report: FindingsReport | None
    faults: Mapping[tuple[str, str], str]


def keys_of(section: str) -> tuple[str, ...]:
    """The keys of a section that are changed on the pages; none where it is not."""
    if section not in EDITABLE:
        return ()
    from correspondence.settings.profile import section_model

    return EDITABLE[section] or tuple(section_model(section).model_fields)


def digest(text: str) -> str:
    """By what a page knows the profile that it showed."""
    return hashlib.sha256(text.encode()).hexdigest()


def try_out(office: Office, changes: Changes) -> Tried:
    """The profile with these values, held against what a profile can be and against the Code."""
    for section, key in changes:
        if key not in keys_of(section):
            raise NotAllowed(f"[{section}] {key} is changed in correspondence.toml alone.")
    text = changed(profile_text(office.profile), changes)
    try:
        settings = read_text(text, office.profile)
    except SettingsRefused as refused:
        return Tried(text, None, None, _by_place(refused, changes))
    report = check_profile(settings, file=office.profile.name)
    faults = {
        (section, key): one.why
        for one in report.findings
        if one.verdict == "fail"
        for section, key in changes
        if one.quote.startswith(f"{key} = ")
    }
    return Tried(text, settings, report, faults)


def save(
    house: OpenOffice, changes: Changes, shown: str, *, now: datetime, actor: Actor
) -> OpenOffice:
    """Write the changes, put on record who made them, and return the office as it is from now on.

    `shown` is the digest of the profile that they were made on. Raises NotAllowed where it was
    changed since, or where a value cannot be or is against the Code; StoreUnavailable.
    """
    if not actor.is_person:
        raise NotAllowed("A profile is changed by a named person; say who with --as.")
    profile = house.office.profile
    tried = try_out(house.office, changes)
    if tried.faults or tried.settings is None:
        raise NotAllowed("Nothing was saved. " + " ".join(tried.faults.values()))
    with house.database.writing() as conn:
        if digest(profile_text(profile)) != shown:
            raise NotAllowed(
                "The profile was changed meanwhile, so nothing was saved. Load the page again and "
                "make your change once more."
            )
        event = ProfileChanged(
            keys=tuple(sorted(f"{section}.{key}" for section, key in changes)),
            sha256=digest(tried.text),
        )
        append(conn, OFFICE, event, by=actor.name, os_account=actor.os_account, now=now)
        _write(house.office, tried.text)
    return _with_settings(house, tried.settings)


def stamp_of(profile: Path) -> tuple[int, int]:
    """When a profile's file was changed and how large it is; zeros where it is not there."""
    try:
        found = profile.stat()
    except OSError:
        return (0, 0)
    return found.st_mtime_ns, found.st_size


def taken_up(house: OpenOffice) -> OpenOffice:
    """The office with the profile as it stands in the file now.

    Where its database or its folder of documents is another, the office stays as it was opened:
    that takes a restart. Raises FileUnusable, SettingsRefused.
    """
    profile = house.office.profile
    return _with_settings(house, read_text(profile_text(profile), profile))


def _with_settings(house: OpenOffice, settings: Settings) -> OpenOffice:
    if any(getattr(settings, one) != getattr(house.settings, one) for one in _OPENED_ONCE):
        return house
    return OpenOffice(Office(house.office.folder, settings), house.database, house.documents)


def _write(office: Office, text: str) -> None:
    """The whole new file in place of the old, or the old one as it was."""
    try:
        mode = office.profile.stat().st_mode & 0o777
        write_whole(office.profile, text.encode(), mode=mode)
    except OSError as error:
        raise StoreUnavailable(
            f"{office.profile} cannot be written ({error.strerror}). Nothing was changed."
        ) from error


def _by_place(refused: SettingsRefused, changes: Changes) -> dict[tuple[str, str], str]:
    """Each fault under the value it is about; one about none of them under the first."""
    found: dict[tuple[str, str], str] = {}
    for finding in refused.findings:
        says = finding.partition(": ")[2] or finding
        named = _NAMED.search(says)
        place = (named[1], named[2] or "") if named else ("", "")
        at = place if place in changes else next(iter(changes))
        found[at] = f"{found[at]}. {says}" if at in found else says
    return found
