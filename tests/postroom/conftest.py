"""Providers of mail to be held to the promises, each with servers of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.postroom.notify_stand_in import notify, running_notify
from tests.postroom.providers import PROVIDERS, ImapProvider, Provider

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["imap", "notify", "provider", "running_notify"]


@pytest.fixture(params=sorted(PROVIDERS))
def provider(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Provider]:
    """Each provider in turn."""
    with PROVIDERS[request.param](tmp_path) as made:
        yield made


@pytest.fixture
def imap(tmp_path: Path) -> Iterator[ImapProvider]:
    """A mailbox by IMAP."""
    with PROVIDERS["imap"](tmp_path) as made:
        assert isinstance(made, ImapProvider)
        yield made
