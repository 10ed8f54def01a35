"""/metrics: figures of the office for Prometheus, behind a token or for this very machine alone."""

from __future__ import annotations

import hmac
import ipaddress
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from flask import Response, abort, request

from correspondence.casework.operating.gauges import gauges_of
from correspondence.errors import NoCredential
from correspondence.postroom.credentials import Account, password_of
from correspondence.web.desk import house, now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.typing import ResponseReturnValue
    from prometheus_client.metrics_core import Metric

_PREFIX: Final = "correspondence_"
_BEARER: Final = "Bearer "


def show() -> ResponseReturnValue:
    """Every figure, in a registry made for this answer alone, so that nothing old is in it."""
    if not _may_look():
        abort(404)
    try:
        from prometheus_client import CollectorRegistry, generate_latest
        from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
    except ImportError:
        said = "install correspondence[metrics] to have figures for Prometheus\n"
        return Response(said, 501, content_type="text/plain")
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Office())
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)


class _Office:
    """What prometheus_client asks for figures."""

    def collect(self) -> Iterator[Metric]:
        from prometheus_client.core import GaugeMetricFamily

        for one in gauges_of(house(), now=now()):
            family = GaugeMetricFamily(_PREFIX + one.name, one.says, labels=one.labels)
            for labels, value in one.values.items():
                family.add_metric(labels, value)
            yield family


def _may_look() -> bool:
    """Whoever has the token; where there is none, this very machine, and not by a proxy."""
    try:
        token = _token()
    except NoCredential:
        return False  # which the doctor says, and this page to nobody
    if token:
        given = request.headers.get("Authorization", "")
        return given.startswith(_BEARER) and hmac.compare_digest(
            given.removeprefix(_BEARER).encode(), token.encode()
        )
    try:
        asks = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return False
    return asks.is_loopback and not request.is_secure


def _token() -> str:
    """The token as it is now. Raises NoCredential where its file cannot be used."""
    office = house().office
    named = office.settings.watch.metrics_token_file
    account = Account(
        name="metrics",
        user="metrics",
        host="",
        office=office.folder,
        password_file=Path(office.folder, named) if named else None,
    )
    try:
        return password_of(account).get_secret_value()
    except NoCredential:
        if named or os.environ.get(f"{account.variable}_FILE"):
            raise
        return ""
