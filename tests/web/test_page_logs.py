"""Whatever residents and officers write into pages, the log of the pages has none of it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from correspondence.web.routes import ROUTES
from tests.web.test_gate import path_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.web.site import Site

SECRETS = ("Quillonby Featherstrand", "17 Zephyrine Row", "Ottoline coughs")
FIELDS = (
    "text", "name", "subject", "because", "reason", "reasons", "words", "note", "address", "email",
    "phone", "point-1", "points", "outcome", "on", "due", "kind", "q", "search", "user", "password",
)  # fmt: skip


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """All that is logged, the least of it too."""
    with caplog.at_level(logging.DEBUG):
        yield caplog


def said(log: pytest.LogCaptureFixture) -> str:
    """The log as a handler would write it, with what went wrong."""
    form = logging.Formatter()
    return "\n".join(form.format(one) for one in log.records)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_no_page_puts_into_its_log_what_it_was_given(
    site: Site, log: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    forms = {name: " ".join(SECRETS) for name in FIELDS}
    for number, route in enumerate(ROUTES):
        visitor = site.signed_in("administrator", f"chief.{number}")
        if route.method == "GET":
            answer = visitor.get(path_of(route) + f"?q={SECRETS[0]}&page={SECRETS[1]}")
        else:
            answer = visitor.post(path_of(route), dict(forms))
        assert answer.status_code < 500 or route.name == "readyz", route.name
        assert b"Traceback" not in answer.data, route.name
    captured = capfd.readouterr()
    for secret in SECRETS:
        assert secret not in said(log) + captured.out + captured.err


def test_a_page_that_fails_logs_its_kind_and_its_place_alone(
    site: Site, log: pytest.LogCaptureFixture
) -> None:
    def fails(**_: object) -> str:
        raise ValueError(" ".join(SECRETS))

    visitor = site.signed_in("administrator")
    for route in ROUTES:
        if route.method == "GET" and route.may is not None:
            site.app.view_functions[route.name] = fails
            assert visitor.get(path_of(route)).status_code == 500, route.name
    assert "ValueError at queue" in said(log)
    for secret in SECRETS:
        assert secret not in said(log)
