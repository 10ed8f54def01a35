"""Whose password, secret or key each mailbox of an office wants, and which were refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from correspondence.postroom.credentials import Account
from correspondence.postroom.refused_logins import RefusedLogins

if TYPE_CHECKING:
    from correspondence.settings import Mailbox, Office

_HOSTS: Final = {"graph": "graph.microsoft.com"}


def account_of(office: Office, named: Mailbox) -> Account:
    """Whose password is wanted for a mailbox."""
    chosen = named.password_file or named.certificate_file
    file = office.folder / chosen if chosen else None
    host = named.host or urlsplit(named.url).hostname or _HOSTS.get(named.kind, "")
    return Account(named.name, named.user, host, office.folder, file)


def refused_logins(office: Office) -> RefusedLogins:
    """Which passwords were refused, and are not offered again."""
    return RefusedLogins(office.data / "refused-logins.json")
