"""The mailboxes in Exchange Online that a profile names, opened."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from correspondence.postroom.accounts import account_of, refused_logins
from correspondence.postroom.credentials import key_of, password_of
from correspondence.postroom.graph.mailbox import GraphMailbox
from correspondence.postroom.graph.sending import GraphDelivery
from correspondence.postroom.graph.server import GraphServer, Proof
from correspondence.postroom.graph.session import GraphSession
from correspondence.postroom.graph.tokens import GraphTokens
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
    proof = partial(proof_of, office, named)
    return GraphSession(server, GraphTokens(named.name, server, proof, refused_logins(office)))


def graph_server(office: Office, named: Named) -> GraphServer:
    """Where the mailbox is, and how it is reached."""
    return GraphServer(
        user=named.user,
        tenant=named.tenant,
        application=named.application,
        host=named.host or "graph.microsoft.com",
        login_host=named.login_host or "login.microsoftonline.com",
        port=named.port or 443,
        ca_file=office.folder / named.ca_file if named.ca_file else None,
        proxy=named.proxy,
    )


def proof_of(office: Office, named: Named) -> Proof:
    """What the application proves itself by, read anew. Raises NoCredential."""
    account = account_of(office, named)
    if named.managed_identity:
        return Proof("managed_identity")
    if named.certificate_file:
        return Proof("certificate", key_of(account))
    return Proof("secret", password_of(account))
