"""Whether the pages can work, for whatever watches over them; nothing of the office is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from flask import Response

from correspondence.errors import CorrespondenceError
from correspondence.web.desk import house

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


def show() -> ResponseReturnValue:
    """``ok`` where the database answers; else status 503."""
    try:
        with house().database.reading() as conn:
            conn.execute(sa.select(1))
    except CorrespondenceError:
        return Response("the database does not answer\n", 503, content_type="text/plain")
    return Response("ok\n", content_type="text/plain")
