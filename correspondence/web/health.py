"""Whether the pages and the office can work, for whatever watches over them; nobody is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from flask import Response, jsonify

from correspondence.casework.operating import readiness
from correspondence.errors import CorrespondenceError
from correspondence.web.desk import house, now

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

WATCHERS: Final = frozenset({"healthz", "readyz", "metrics"})
"""What a watcher on this machine may ask for in the clear, past the proxy."""


def show() -> ResponseReturnValue:
    """``ok`` where the database answers; else status 503. By this a proxy chooses where to send."""
    try:
        with house().database.reading() as conn:
            conn.execute(sa.select(1))
    except CorrespondenceError:
        return Response("the database does not answer\n", 503, content_type="text/plain")
    return Response("ok\n", content_type="text/plain")


def ready() -> ResponseReturnValue:
    """Every part of the office, and status 503 where one is not ready: by this a person is woken.

    The mail is worked off by another process, perhaps on another machine, and is looked at too.
    """
    parts = readiness.parts_of(house().office, house().database, now=now())
    answer = jsonify(readiness.document(parts))
    return answer, 200 if all(one.ready for one in parts) else 503
