"""What was published stands in the office's chained record: which version, of what, by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from correspondence.cases.events import Event
from correspondence.casework.stationery.template_versions import keep_version, newest, versions
from correspondence.errors import NotAllowed
from correspondence.store import audit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    import sqlalchemy as sa

    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.casework.stationery.template_versions import Published

_KIND = "template_published"


class TemplatePublished(Event):
    """A template or the letterhead was published; letters come from this version from then on.

    `template` is the kind of letter, or 'letterhead'. `digests` is the SHA-256 in each language.
    """

    PERSONAL: ClassVar[frozenset[str]] = frozenset()
    kind: Literal["template_published"] = "template_published"
    template: str
    version: int
    digests: dict[str, str]
    published_by: str


def publish_version(
    house: OpenOffice,
    template: str,
    files: Mapping[str, bytes],
    digests: Mapping[str, str],
    *,
    now: datetime,
    actor: Actor,
) -> Published:
    """Keep these files as the next version and put it on the record, one publishing at a time.

    What is the newest version already keeps its number. A version that a crash kept from the record
    is put there now. Raises NotAllowed where nobody is named, StoreUnavailable where the disk or
    the database does not take it.
    """
    if not actor.is_person:
        raise NotAllowed("A template is published by a named person; say who with --as.")
    folder = house.office.letter_templates / template
    with house.database.writing() as conn:
        current = newest(folder)
        if current is None or dict(current.digests) != dict(digests):
            current = keep_version(
                folder, files, digests, by=actor.name, os_account=actor.os_account, now=now
            )
        on_record = {one["version"] for one in recorded(conn) if one["template"] == template}
        for one in versions(folder):
            if one.number not in on_record:
                _record(conn, template, one, actor, now)
    return current


def recorded(conn: sa.Connection) -> tuple[dict[str, Any], ...]:
    """Every publishing on the record, oldest first: template, version, digests, published_by."""
    return audit.facts(conn, audit.OFFICE, _KIND)


def not_on_record(
    conn: sa.Connection, folder: Path, digests_in: Callable[[Path], Mapping[str, str]]
) -> tuple[int, ...]:
    """The versions below a folder that the record does not know, or knows with other content.

    `digests_in` gives the digests of the files that lie in the folder of a version.
    """
    known = {
        one["version"]: one["digests"] for one in recorded(conn) if one["template"] == folder.name
    }
    return tuple(
        one.number
        for one in versions(folder)
        if known.get(one.number) != dict(digests_in(one.folder))
    )


def _record(
    conn: sa.Connection, template: str, one: Published, actor: Actor, now: datetime
) -> None:
    event = TemplatePublished(
        template=template,
        version=one.number,
        digests=dict(one.digests),
        published_by=one.by or actor.name,
    )
    audit.append(conn, audit.OFFICE, event, by=actor.name, os_account=actor.os_account, now=now)
