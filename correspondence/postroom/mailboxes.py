"""The mailboxes of an office, as its profile names them: the inbox folder, then all the others."""

from __future__ import annotations

import contextlib
from functools import partial
from typing import TYPE_CHECKING, Final

from correspondence.postroom.credentials import Account, password_of
from correspondence.postroom.folder import DropFolder
from correspondence.postroom.imap import ImapMailbox, ImapRules
from correspondence.postroom.imap_session import PORTS, ImapServer
from correspondence.postroom.refused_logins import RefusedLogins

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from correspondence.postroom.base import Mailbox
    from correspondence.settings import Mailbox as Named
    from correspondence.settings import Office

INBOX: Final = "inbox"
_MEGABYTE: Final = 1024 * 1024


def mailboxes_of(office: Office) -> tuple[Mailbox, ...]:
    """Every mailbox of the office, not yet connected to anything."""
    others = (_PROVIDERS[one.kind](office, one) for one in office.settings.mailboxes)
    return (_folder(office, office.inbox, INBOX), *others)


def imap_mailbox(office: Office, named: Named) -> ImapMailbox:
    """An account on an IMAP server; with a connection of its own."""
    return ImapMailbox(
        mailbox=named.name,
        server=imap_server(office, named),
        password=partial(password_of, account_of(office, named)),
        rules=ImapRules(
            folder=named.folder,
            processed=named.processed_folder,
            received_since=named.received_since,
            largest=named.largest_megabytes * _MEGABYTE,
            poll_seconds=named.poll_seconds,
        ),
        refusals=refused_logins(office),
    )


def refused_logins(office: Office) -> RefusedLogins:
    """Which passwords were refused, and are not offered again."""
    return RefusedLogins(office.data / "refused-logins.json")


def imap_server(office: Office, named: Named) -> ImapServer:
    """Where the account is, and how its server is reached."""
    return ImapServer(
        host=named.host,
        user=named.user,
        port=named.port or PORTS[named.security],
        security=named.security,
        ca_file=office.folder / named.ca_file if named.ca_file else None,
    )


def account_of(office: Office, named: Named) -> Account:
    """Whose password is wanted for a mailbox."""
    file = office.folder / named.password_file if named.password_file else None
    return Account(named.name, named.user, named.host, office.folder, file)


def _folder(office: Office, folder: Path, name: str) -> DropFolder:
    processed = folder / "processed"
    with contextlib.suppress(OSError):  # an inbox that is not there is told of, and never made
        processed.mkdir(exist_ok=True)
    return DropFolder(
        folder,
        processed,
        mailbox=name,
        settle_seconds=office.settings.inbox.settle_seconds,
        empty_hold_seconds=office.settings.inbox.empty_hold_seconds,
    )


def _drop_folder(office: Office, named: Named) -> DropFolder:
    return _folder(office, office.folder / (named.path or ""), named.name)


_PROVIDERS: Final[dict[str, Callable[[Office, Named], Mailbox]]] = {
    "folder": _drop_folder,
    "imap": imap_mailbox,
}
"""What each kind of mailbox in the profile is opened with; the next provider is added here."""
