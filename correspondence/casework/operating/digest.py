"""The daily digest: the record as it stands, in one line that leaves the machine.

Somebody who owns the database can rewrite the whole record, every hash of it, and it will verify.
Against that a digest is sent each day to where they do not reach: by e-mail (`[watch] digest_to`)
or into a folder of another machine (`[watch] digest_folder`). Held against it later
(`audit verify --digest`), no change to anything before it passes.

It holds a day, the number of the last event, the seal over all events up to it, and counts.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from correspondence.casework.drafting.draft import new_message_id
from correspondence.casework.following.alarm import send_notice
from correspondence.disk import write_whole
from correspondence.errors import CorrespondenceError, FileUnusable
from correspondence.handling_code.london import day_in_london
from correspondence.store import audit, gauges, signs
from correspondence.store.audit import Seal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.casework.open_office import OpenOffice

FORMAT: Final = "correspondence-digest-1"
_SIGN: Final = "digest"
_PATIENCE: Final = timedelta(minutes=15)  # with a server or a folder that did not take it
_LARGEST: Final = 1_000_000  # bytes of a file with digests; one has three hundred
_SEAL: Final = re.compile(r"(?:(\d{1,18}):)?([0-9a-f]{64})")
_IN_JSON: Final = re.compile(r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)?\}")  # as it stands in an e-mail


@dataclass(frozen=True, slots=True)
class Digest:
    """The record on one day: how many events, the seal over them, and how many of what there is."""

    on: date
    made_at: datetime
    events: int
    seal: str
    counts: dict[str, int]

    def text(self) -> str:
        """As it is written and sent: JSON, for a file of its own or within an e-mail."""
        said = {"format": FORMAT, **asdict(self)}
        said |= {"on": self.on.isoformat(), "made_at": self.made_at.isoformat()}
        return json.dumps(said, indent=1, sort_keys=True) + "\n"

    @property
    def file_name(self) -> str:
        """``digest-2026-11-22-000123.json``: of another state of the record another name."""
        return f"digest-{self.on}-{self.events:06}.json"


def digest_of(house: OpenOffice, *, now: datetime) -> Digest:
    """The record as it stands. Raises StoreUnavailable."""
    with house.database.reading() as conn:
        seal = audit.seal(conn)
        counts = gauges.holdings(conn)
    return Digest(day_in_london(now), now.astimezone(UTC), seal.events, seal.seal, counts)


def send_daily(house: OpenOffice, *, now: datetime) -> list[str]:
    """Send the day's digest where it has not gone; what went wrong, as sentences.

    Nothing is sent of an empty record, nor where the profile names no place. What failed is tried
    again after a while. Raises StoreUnavailable.
    """
    watch = house.settings.watch
    if not (watch.digest_to or watch.digest_folder):
        return []
    with house.database.reading() as conn:
        sent = signs.known(conn).get(_SIGN)
    if sent is not None and sent.well and day_in_london(sent.at) >= day_in_london(now):
        return []
    if sent is not None and not sent.well and timedelta(0) <= now - sent.at < _PATIENCE:
        return []
    digest = digest_of(house, now=now)
    if not digest.events:
        return []
    problems = [*_by_folder(house, digest), *_by_mail(house, digest, now)]
    with house.database.writing() as conn:
        signs.give(conn, {_SIGN: not problems}, now)
    return problems


def seals_in(given: str) -> tuple[Seal | str, ...]:
    """What a record is held against: digests of a file or folder, a seal, or its 64 characters.

    A hash alone is given as text, for the event it seals has to be looked up. Raises FileUnusable.
    """
    if found := _SEAL.fullmatch(given.strip().lower()):
        return (Seal(int(found[1]), found[2]) if found[1] else found[2],)
    path = Path(given)
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    seals = tuple(seal for file in files for seal in _seals_of(file))
    if not seals:
        raise FileUnusable(
            f"{given} holds no digest: give a file or folder of digests, or the seal of one "
            "(64 characters, or the event's number, a colon and these)."
        )
    return seals


def _seals_of(file: Path) -> Iterator[Seal]:
    """Every digest in a file, which may be one that was saved from an e-mail."""
    try:
        with file.open("rb") as opened:
            text = opened.read(_LARGEST).decode("utf-8", "replace")
    except OSError as error:
        raise FileUnusable(f"{file} cannot be read ({error.strerror}).") from error
    for found in _IN_JSON.finditer(text):
        try:
            said = json.loads(found[0])
            if said.get("format") == FORMAT and _SEAL.fullmatch(said["seal"]):
                yield Seal(int(said["events"]), said["seal"])
        except (ValueError, TypeError, KeyError, AttributeError):
            continue


def _by_folder(house: OpenOffice, digest: Digest) -> Iterator[str]:
    """Write it under a name of its own, whole or not at all, and never over another."""
    named = house.settings.watch.digest_folder
    if not named:
        return
    path = Path(house.office.folder, named) / digest.file_name
    try:
        write_whole(path, digest.text().encode())
    except OSError as error:
        yield (
            f"The daily digest of the record could not be written into {path.parent} "
            f"({error.strerror}): see that it is mounted and can be written, "
            "or name another [watch] digest_folder."
        )


def _by_mail(house: OpenOffice, digest: Digest, now: datetime) -> Iterator[str]:
    to = house.settings.watch.digest_to
    if not to:
        return
    words = (
        f"The record of {house.settings.landlord.name} on {digest.on}.\n\n{digest.text()}\n"
        "Keep this e-mail where nobody who looks after that machine can change it. The record is "
        "held\nagainst it with: correspondence audit verify --digest FILE\n"
    )
    try:
        problem = send_notice(
            house,
            to=to,
            name=digest.file_name.replace(".json", ".eml"),
            subject=f"Digest of the record, {digest.on}: {digest.events}",
            text=words,
            message_id=new_message_id(house),
            date=now,
        )
    except (CorrespondenceError, ValueError) as error:
        problem = str(error)
    if problem:
        yield f"The daily digest of the record has not gone by e-mail: {problem}"
