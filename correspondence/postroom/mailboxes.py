"""The mailboxes of an office, as its profile names them: the inbox folder, then all the others."""

from __future__ import annotations

import contextlib
from functools import partial
from typing import TYPE_CHECKING, Final

from correspondence.postroom.accounts import account_of, refused_logins
from correspondence.postroom.credentials import password_of
from correspondence.postroom.folder import DropFolder
from correspondence.postroom.imap.mailbox import ImapMailbox
from correspondence.postroom.imap.session import PORTS, ImapServer
from correspondence.postroom.pace import Pace
from correspondence.postroom.rules import rules_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pydantic import SecretStr

    from correspondence.postroom.base import Mailbox
    from correspondence.settings import Mailbox as Named
    from correspondence.settings import Office

INBOX: Final = "inbox"


def mailboxes_of(office: Office) -> tuple[Mailbox, ...]:
    """Every mailbox of the office, not yet connected to anything."""
    others = (_PROVIDERS[one.kind](office, one) for one in office.settings.mailboxes)
    inbox = _folder(office, office.inbox, INBOX, office.settings.inbox.most_per_look)
    return (inbox, *others)


def imap_mailbox(office: Office, named: Named) -> ImapMailbox:
    """An account on an IMAP server; with a connection of its own."""
    return ImapMailbox(
        mailbox=named.name,
        server=imap_server(office, named),
        password=login_of(office, named),
        rules=rules_of(named),
        pace=Pace(named.requests_per_minute),
        refusals=None if named.sign_in == "oauth" else refused_logins(office),
    )


def login_of(office: Office, named: Named) -> Callable[[], SecretStr]:
    """What an account by IMAP logs in with, as it is now: its password, or a token.

    A token that a server refuses is no guess at a password; which secrets were refused, its issuer
    is not asked with again.
    """
    if named.sign_in == "oauth":
        from correspondence.postroom.oauth_tokens import tokens_of  # only where there is one

        return tokens_of(office, named).token
    return partial(password_of, account_of(office, named))


def imap_server(office: Office, named: Named) -> ImapServer:
    """Where the account is, and how its server is reached."""
    return ImapServer(
        host=named.host,
        user=named.user,
        port=named.port or PORTS[named.security],
        security=named.security,
        ca_file=office.folder / named.ca_file if named.ca_file else None,
        oauth=named.sign_in == "oauth",
    )


def _folder(office: Office, folder: Path, name: str, most_per_look: int) -> DropFolder:
    processed = folder / "processed"
    with contextlib.suppress(OSError):  # an inbox that is not there is told of, and never made
        processed.mkdir(exist_ok=True)
    return DropFolder(
        folder,
        processed,
        mailbox=name,
        settle_seconds=office.settings.inbox.settle_seconds,
        empty_hold_seconds=office.settings.inbox.empty_hold_seconds,
        most_per_look=most_per_look,
    )


def _drop_folder(office: Office, named: Named) -> DropFolder:
    return _folder(office, office.folder / (named.path or ""), named.name, named.most_per_look)


def _graph(office: Office, named: Named) -> Mailbox:
    from correspondence.postroom.graph.accounts import graph_mailbox  # only where there is one

    return graph_mailbox(office, named)


def _exchange(office: Office, named: Named) -> Mailbox:
    from correspondence.postroom.exchange.accounts import exchange_mailbox  # as above

    return exchange_mailbox(office, named)


_PROVIDERS: Final[dict[str, Callable[[Office, Named], Mailbox]]] = {
    "exchange": _exchange,
    "folder": _drop_folder,
    "graph": _graph,
    "imap": imap_mailbox,
}
"""What each kind of mailbox in the profile is opened with; the next provider is added here."""
