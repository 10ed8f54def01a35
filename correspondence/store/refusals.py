"""Why a database did not take a unit of work, as a sentence that repeats nobody's words."""

from __future__ import annotations

import sqlite3

import sqlalchemy as sa

_KEPT = "Nothing of this was kept; "

# The primary result codes of SQLite, https://www.sqlite.org/rescode.html
_SQLITE = {
    sqlite3.SQLITE_BUSY: "was in use by another program for more than 30 seconds. "
    f"{_KEPT}try again.",
    sqlite3.SQLITE_LOCKED: f"was in use for more than 30 seconds. {_KEPT}try again.",
    sqlite3.SQLITE_READONLY: f"can only be read. {_KEPT}make its file and folder writable.",
    # A full disk is told as a fault where it keeps SQLite from its working files.
    sqlite3.SQLITE_IOERR: "lies on a disk that is full or reports a fault. "
    f"{_KEPT}make room, or look at the disk.",
    sqlite3.SQLITE_CORRUPT: f"is damaged. {_KEPT}go back to a backup.",
    sqlite3.SQLITE_NOTADB: "is not a database. Name another file, or go back to a backup.",
    sqlite3.SQLITE_FULL: f"lies on a disk that is full. {_KEPT}make room, then try again.",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened. Make sure that its folder exists and is writable.",
    sqlite3.SQLITE_PERM: "may not be opened by this account. Change the owner or mode of its file.",
    sqlite3.SQLITE_TOOBIG: f"cannot take a text as long as this one. {_KEPT}shorten it.",
}

# https://www.postgresql.org/docs/current/errcodes-appendix.html, longest match first
_POSTGRESQL = {
    "53100": f"lies on a disk that is full. {_KEPT}make room, then try again.",
    "53300": f"has no connection left. {_KEPT}allow more, or run fewer workers.",
    "53": f"has run out of a resource. {_KEPT}look at its server.",
    "25006": f"can only be read. {_KEPT}connect to the primary server.",
    "25P03": f"ended this work because it stood still for too long. {_KEPT}try again.",
    "55P03": f"was in use for more than 30 seconds. {_KEPT}try again.",
    "57014": f"broke off this work. {_KEPT}try again.",
    "40": f"was changed by others at the same time. {_KEPT}try again.",
    "57P": f"is being stopped or restarted. {_KEPT}try again.",
    "08": f"cannot be reached. {_KEPT}make sure that its server runs.",
    "28": "does not accept this user or password.",
    "3D": "does not exist on that server. Create it first.",
    "42501": "does not allow this user to do this. Grant it the rights on its tables.",
    "58": f"reports a fault of its disk. {_KEPT}look at its server.",
    "XX": f"reports damage. {_KEPT}look at its server.",
}


def as_sentence(error: sa.exc.SQLAlchemyError, place: str) -> str | None:
    """Why the database at `place` refused; None where the program itself is at fault."""
    if isinstance(error, sa.exc.TimeoutError):
        return f"The database {place} has no connection free. {_KEPT}try again, or run less."
    if not isinstance(error, sa.exc.DBAPIError):
        return None
    if isinstance(error, sa.exc.IntegrityError):
        # Its text may repeat what was to be kept, so the whole of it is left out.
        rule = _constraint(error.orig)
        return f"The database {place} refused what was to be kept, by its rule {rule}."
    if isinstance(error.orig, sqlite3.Error):
        said = _SQLITE.get(getattr(error.orig, "sqlite_errorcode", 0) & 0xFF)
    else:
        said = _postgresql_says(error)
    return f"The database {place} {said}" if said else None


def _constraint(error: BaseException | None) -> str:
    name = getattr(getattr(error, "diag", None), "constraint_name", None)
    # SQLite names a CHECK's constraint, or the columns of a UNIQUE one; never a value.
    return str(name or error).splitlines()[0]


def _postgresql_says(error: sa.exc.DBAPIError) -> str | None:
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        lost = error.connection_invalidated or isinstance(error, sa.exc.OperationalError)
        return _POSTGRESQL["08"] if lost else None
    return next((_POSTGRESQL[state[:n]] for n in (5, 3, 2) if state[:n] in _POSTGRESQL), None)
