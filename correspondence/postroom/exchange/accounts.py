"""The mailboxes on Exchange servers that a profile names, opened."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from correspondence.postroom.accounts import account_of, refused_logins
from correspondence.postroom.credentials import password_of
from correspondence.postroom.exchange.mailbox import ExchangeMailbox
from correspondence.postroom.exchange.sending import ExchangeDelivery
from correspondence.postroom.exchange.server import ExchangeServer
from correspondence.postroom.exchange.session import ExchangeSession
from correspondence.postroom.graph.application import tokens_elsewhere
from correspondence.postroom.pace import Pace
from correspondence.postroom.patience import Patient
from correspondence.postroom.rules import rules_of

if TYPE_CHECKING:
    from correspondence.settings import Mailbox as Named
    from correspondence.settings import Office


def exchange_mailbox(office: Office, named: Named) -> ExchangeMailbox:
    """A mailbox on an Exchange server, not yet connected to anything."""
    session = exchange_session(office, named)
    session.pace = Pace(named.requests_per_minute)
    return ExchangeMailbox(named.name, session, rules_of(named))


def exchange_delivery(office: Office, named: Named) -> ExchangeDelivery:
    """Sending as that mailbox; somebody may be waiting for it at a page."""
    session = exchange_session(office, named)
    session.patient = Patient(tries=2, longest=10.0)
    return ExchangeDelivery(session)


def exchange_session(office: Office, named: Named) -> ExchangeSession:
    """Requests for that mailbox."""
    server = exchange_server(office, named)
    return ExchangeSession(
        name=named.name,
        server=server,
        password=partial(password_of, account_of(office, named)),
        tokens=tokens_elsewhere(office, named, server.host) if named.sign_in == "oauth" else None,
        refusals=refused_logins(office),
    )


def exchange_server(office: Office, named: Named) -> ExchangeServer:
    """Where the mailbox is, and as whom it is opened."""
    return ExchangeServer(
        url=named.url,
        user=named.user,
        address=named.address or named.user,
        sign_in=named.sign_in,
        access=named.access,
        ca_file=office.folder / named.ca_file if named.ca_file else None,
    )
