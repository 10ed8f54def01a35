"""The application that a profile names in Microsoft Entra: its proof, and its tokens by it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from correspondence.postroom.accounts import account_of, refused_logins
from correspondence.postroom.credentials import key_of, password_of
from correspondence.postroom.graph.server import ENTRA, GraphServer, Proof

if TYPE_CHECKING:
    from correspondence.postroom.graph.tokens import GraphTokens
    from correspondence.settings import Mailbox as Named
    from correspondence.settings import Office


def proof_of(office: Office, named: Named) -> Proof:
    """What the application proves itself by, read anew. Raises NoCredential."""
    account = account_of(office, named)
    if named.managed_identity:
        return Proof("managed_identity")
    if named.certificate_file:
        return Proof("certificate", key_of(account))
    return Proof("secret", password_of(account))


def tokens_for(office: Office, named: Named, server: GraphServer) -> GraphTokens:
    """The tokens that Entra gives the application for that server."""
    from correspondence.postroom.graph.tokens import GraphTokens  # its library is slow to load

    proof = partial(proof_of, office, named)
    return GraphTokens(named.name, server, proof, refused_logins(office))


def tokens_elsewhere(office: Office, named: Named, host: str) -> GraphTokens:
    """The tokens that Entra gives for a mailbox which is opened in another way than by Graph."""
    server = GraphServer(
        user=named.address or named.user,
        tenant=named.tenant,
        application=named.application,
        host=host,
        login_host=named.login_host or ENTRA,
        proxy=named.proxy,
    )
    return tokens_for(office, named, server)
