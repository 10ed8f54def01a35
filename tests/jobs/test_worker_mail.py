"""A worker takes mail in as soon as its server says that some arrived, whatever the next scan."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from correspondence.settings import PROFILE_NAME
from tests.cli.command import ENVIRONMENT
from tests.jobs import corpus
from tests.jobs.test_distributed import place  # noqa: F401
from tests.postroom.certificates import NO_OPENSSL, openssl_is_there
from tests.postroom.dovecot import NO_DOVECOT, PASSWORD, dovecot, program

if TYPE_CHECKING:
    from tests.jobs.workers import Yard

pytestmark = [pytest.mark.postgresql, pytest.mark.slow]

NEXT_LOOK = 3600  # seconds: no look that comes anyway falls into the test


def test_a_worker_is_woken_by_the_mail_server(
    place: Yard,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if program() is None:
        pytest.skip(NO_DOVECOT)
    if not openssl_is_there():
        pytest.skip(NO_OPENSSL)
    at = datetime.now(UTC) - timedelta(hours=1)

    def kept() -> int:
        return place.number("SELECT count(*) FROM messages WHERE mailbox = 'complaints'")

    with dovecot() as server:
        monkeypatch.setitem(ENVIRONMENT, "CORRESPONDENCE_PASSWORD_COMPLAINTS", PASSWORD)
        with (place.office / PROFILE_NAME).open("a") as profile:
            profile.write(
                '\n[[mailboxes]]\nname = "complaints"\nkind = "imap"\nhost = "localhost"\n'
                f'port = {server.port}\nuser = "complaints"\npoll_seconds = {NEXT_LOOK}\n'
                f'ca_file = "{server.certificate.authority}"\n'
            )
        server.deliver(corpus.other(0, at))
        place.start("--concurrency", "1")
        place.until(lambda: kept() == 1)
        for number in range(1, 60):  # it may take a moment until it listens
            server.deliver(corpus.other(number, at))
            time.sleep(1)
            if kept() > 1:
                break
        place.until(lambda: kept() == number + 1, seconds=60)
        assert place.stop() == [0]
