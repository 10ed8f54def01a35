"""What the issuer of work accounts says has ended: by a line of its own, or by somebody's browser.

By a line of its own it sends a signed token, no cookie and no token of a page (Back-Channel Logout
1.0); by a browser the name of its session alone (Front-Channel Logout 1.0). Neither is answered by
a page: nobody looks at it.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Final, cast

from flask import Response, abort, current_app, jsonify, request
from werkzeug.exceptions import RequestEntityTooLarge

from correspondence.casework.acting import ourselves
from correspondence.casework.signing_in import work_account
from correspondence.errors import CorrespondenceError
from correspondence.web.desk import house, now
from correspondence.web.id_token import TokenRefused
from correspondence.web.pages.work_account_pages import issuer

if TYPE_CHECKING:
    from datetime import datetime

    from flask.typing import ResponseReturnValue

LARGEST: Final = 64_000
"""Bytes of what an issuer sends; its token has a few hundred."""

_LOG: Final = logging.getLogger(__name__)
_SAID: Final = "correspondence.logout_tokens_refused"  # when each reason was last logged
_SAID_AGAIN: Final = timedelta(minutes=1)


def ended_by_issuer() -> ResponseReturnValue:
    """End what a logout token proves to have ended: 200, or 400 and why not (2.8)."""
    request.max_content_length = request.max_form_memory_size = LARGEST
    try:
        tokens = request.form.getlist("logout_token")
    except RequestEntityTooLarge:
        return _refused("it is too large", 413)
    if not issuer().address:
        abort(404)
    if request.mimetype != "application/x-www-form-urlencoded" or len(tokens) != 1:
        return _refused("it is no form with one logout_token")
    try:
        proved = issuer().ended(tokens[0], now=now())
    except TokenRefused as refused:
        return _refused(refused.because)
    except CorrespondenceError as failed:
        return _refused(str(failed))
    refused_here = work_account.ended_there(
        house(), proved.account, proved.token_id, now=now(), actor=ourselves()
    )
    return _refused(refused_here.because) if refused_here else Response(status=200)


def ended_in_browser() -> ResponseReturnValue:
    """End the session that a browser at the issuer names; 200 whether there is such or not."""
    if not issuer().address:
        abort(404)
    if request.args.get("iss", issuer().address) == issuer().address:
        session = request.args.get("sid", "")[:1_000]
        work_account.ended_in_browser(house(), session, now=now(), actor=ourselves())
    return Response(status=200)


def _refused(because: str, status: int = 400) -> ResponseReturnValue:
    """Why nothing ended, for whoever looks after the issuer, and for our own log.

    Anybody may send one, so that the same reason is logged once a minute.
    """
    said = cast("dict[str, datetime]", current_app.extensions.setdefault(_SAID, {}))
    if because not in said or now() - said[because] >= _SAID_AGAIN:
        said[because] = now()
        _LOG.warning("A logout token was not taken: %s", because)
    return jsonify(error="invalid_request", error_description=because), status
