"""The mailboxes in Exchange Online that a profile names, opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.postroom.graph.application import tokens_for
from correspondence.postroom.graph.mailbox import GraphMailbox
from correspondence.postroom.graph.sending import GraphDelivery
from correspondence.postroom.graph.server import ENTRA, GraphServer
from correspondence.postroom.graph.session import GraphSession
from correspondence.postroom.pace import Pace
from correspondence.postroom.patience import Patient
from correspondence.postroom.rules import rules_of

if TYPE_CHECKING:
    from correspondence.settings import Mailbox as Named
    from correspondence.settings import Office


def graph_mailbox(office: Office, named: Named) -> GraphMailbox:
    """A mailbox by Microsoft Graph, not yet connected to anything."""
    session = graph_session(office, named)
    session.pace = Pace(named.requests_per_minute)
    return GraphMailbox(named.name, session, rules_of(named))


def graph_delivery(office: Office, named: Named) -> GraphDelivery:
    """Sending as that mailbox; somebody may be waiting for it at a page."""
    session = graph_session(office, named)
    session.patient = Patient(tries=2, longest=10.0)
    return GraphDelivery(session)


def graph_session(office: Office, named: Named) -> GraphSession:
    """Requests for that mailbox."""
    server = graph_server(office, named)
    return GraphSession(server, tokens_for(office, named, server))


def graph_server(office: Office, named: Named) -> GraphServer:
    """Where the mailbox is, and how it is reached."""
    return GraphServer(
        user=named.user,
        tenant=named.tenant,
        application=named.application,
        host=named.host or "graph.microsoft.com",
        login_host=named.login_host or ENTRA,
        port=named.port or 443,
        ca_file=office.folder / named.ca_file if named.ca_file else None,
        proxy=named.proxy,
    )
