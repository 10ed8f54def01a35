"""A database on a server: its release, the role we come as, workers of another release."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Final

from correspondence.casework.doctor.finding import Finding, fail, ok, warn
from correspondence.errors import StoreUnavailable
from correspondence.store.database import open_database
from correspondence.store.work import has_workers, must_be_prepared

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from correspondence.settings import Office
    from correspondence.store.database import Database

OLDEST: Final = 140_000
"""PostgreSQL 14, as ``server_version_num`` says it: the oldest that its makers still mend."""

_RIGHTS: Final = (
    "SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls FROM pg_roles "
    "WHERE rolname = current_user"
)
_CALLED: Final = ("is a superuser", "may make roles", "may make databases", "passes row security")


def server(office: Office, _now: datetime) -> Iterator[Finding]:
    """The release of PostgreSQL, and what the role we come as may do besides our work."""
    if office.database_file is not None:
        return
    with closing(open_database(office.database_url)) as opened, opened.reading() as conn:
        version = int(conn.exec_driver_sql("SHOW server_version_num").scalar() or 0)
        rights = conn.exec_driver_sql(_RIGHTS).one()
    yield how_old(version)
    too_much = [called for called, given in zip(_CALLED, rights, strict=True) if given]
    if too_much:
        yield warn(
            "database role",
            f"The role by which this office comes into its database {' and '.join(too_much)}, so "
            "whoever takes this program over owns every database of the server.",
            "Give the office a role of its own that owns its database and nothing else: "
            "CREATE ROLE name LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB.",
        )
    else:
        yield ok("database role", "The role of this office may do nothing beside its work.")


def how_old(version: int) -> Finding:
    """Whether a release (``150018`` for 15.18) is one that its makers still mend."""
    said = f"PostgreSQL {version // 10_000}"
    if version < OLDEST:
        return fail(
            "database server",
            f"{said} is mended by nobody any more; {OLDEST // 10_000} or later is needed.",
            "Move the database to a newer release (pg_upgrade, or correspondence database copy).",
        )
    return ok("database server", f"{said} answers.")


def workers(office: Office, _now: datetime) -> Iterator[Finding]:
    """Where the database was prepared for workers: by the release that is installed."""
    if office.database_file is not None:
        return
    with closing(open_database(office.database_url)) as opened:
        if not _prepared(opened):
            return
        try:
            must_be_prepared(opened)
        except StoreUnavailable as refused:
            yield fail("workers", f"{refused}", "Then start the workers again.")
        else:
            yield ok("workers", "The database is prepared for the workers that are installed.")


def _prepared(opened: Database) -> bool:
    with opened.reading() as conn:
        return has_workers(conn)
