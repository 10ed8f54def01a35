"""Try a mailbox in Exchange Online step by step: what works, and what has to be changed by whom."""

from __future__ import annotations

import base64
import binascii
import json
from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from correspondence.errors import MailServerUnavailable, NoCredential
from correspondence.postroom.accounts import refused_logins
from correspondence.postroom.probe_steps import Step, may_move, reached_at, sent_mail
from correspondence.postroom.tls import NotTrusted

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from correspondence.postroom.answers import Refused
    from correspondence.postroom.graph.session import GraphSession
    from correspondence.settings import Mailbox, Office

_GUIDE: Final = "see docs/mailboxes.md, A mailbox in Exchange Online"
_NO_MAILBOX: Final = ("ErrorInvalidUser", "ResourceNotFound", "Request_ResourceNotFound",
                      "MailboxNotEnabledForRESTAPI", "ErrorNonExistentMailbox")  # fmt: skip
_ANY_MAILBOX: Final = ("Mail.Read", "Mail.ReadWrite", "Mail.Send")


def probe_graph(office: Office, named: Mailbox) -> Iterator[Step]:
    """Reach the service, sign in, open the mailbox, find its folders; nothing is read or moved."""
    session = yield from _signed_in(office, named, named.name)
    if session is None:
        return
    try:
        opened = yield from _opened(named, session)
        if opened:
            yield from _folders(named, session)
            yield _how_wide(named.name, session)
    finally:
        session.close()


def probe_graph_sending(office: Office, named: Mailbox) -> Iterator[Step]:
    """Whether letters can go as that mailbox; a letter to nobody is offered, which goes nowhere."""
    from correspondence.postroom.answers import Refused
    from correspondence.postroom.graph.sending import GraphDelivery

    session = yield from _signed_in(office, named, "delivery")
    if session is None:
        return
    delivery = GraphDelivery(session)
    try:
        delivery.try_out()
    except Refused as refused:
        says = str(refused)
        if refused.status == 403:
            says = (
                f"The application may not send as {named.user}: assign it the role Application "
                f"Mail.Send with a scope that holds this mailbox ({_GUIDE})."
            )
        yield Step("delivery", "send", False, says)
        return
    except MailServerUnavailable as refused:
        yield Step("delivery", "send", False, str(refused))
        return
    yield Step("delivery", "send", True, f"Letters may go as {named.user}.")
    yield sent_mail(delivery, "Sent Items", "Sent Items must be readable.")


def _signed_in(
    office: Office, named: Mailbox, name: str
) -> Generator[Step, None, GraphSession | None]:
    """A session whose application has its token, once name, port, proof and sign-in are well."""
    from correspondence.postroom.graph.accounts import graph_server, graph_session
    from correspondence.postroom.graph.application import proof_of

    server = graph_server(office, named)
    hosts = [(server.login_host, server.port), (server.host, server.port)]
    if server.proxy:
        proxy = urlsplit(server.proxy)
        hosts = [(proxy.hostname or "", proxy.port or 3128)]
    for host, port in hosts[1:] if named.managed_identity and not server.proxy else hosts:
        found = yield from reached_at(name, host, port)
        if not found:
            return None
    try:
        proof = proof_of(office, named)
    except NoCredential as missing:
        yield Step(name, "password", False, str(missing))
        return None
    what = {"secret": "a secret", "certificate": "a certificate with its key"}.get(proof.kind)
    says = f"There is {what}, which is not shown." if what else "The machine proves itself."
    yield Step(name, "password", True, says)
    refused_logins(office).forget(named.name)  # somebody wants it tried
    session = graph_session(office, named)
    session.patient.tries = 1
    try:
        session.tokens.token()
    except MailServerUnavailable as refused:
        step = "certificate" if isinstance(refused, NotTrusted) else "login"
        yield Step(name, step, False, str(refused))
        session.close()
        return None
    yield Step(name, "login", True, f"{server.login_host} gives the application its token.")
    return session


def _opened(named: Mailbox, session: GraphSession) -> Generator[Step, None, bool]:
    from correspondence.postroom.answers import Refused
    from correspondence.postroom.graph.folder import find

    try:
        find(session, "inbox")
    except Refused as refused:
        yield Step(named.name, "mailbox", False, _not_opened(named, refused, session))
        return False
    except MailServerUnavailable as refused:
        yield Step(named.name, "mailbox", False, str(refused))
        return False
    yield Step(named.name, "mailbox", True, f"The mailbox {named.user} opens.")
    return True


def _not_opened(named: Mailbox, refused: Refused, session: GraphSession) -> str:
    """Why the mailbox does not open, and what an administrator does about it."""
    if refused.code in _NO_MAILBOX or refused.status == 404:
        return (
            f"There is no mailbox {named.user} in the tenant's Exchange Online ({refused.code}): "
            "correct user. A mailbox on an Exchange server of your own cannot be reached this way."
        )
    if refused.status == 403 and not _roles(session):
        return (
            f"The application may not open {named.user}: nobody has consented to it, or the "
            "mailbox is not in the scope of its role. Have an Exchange administrator assign "
            f"Application Mail.ReadWrite with a scope that holds it ({_GUIDE}); a new assignment "
            "can take up to two hours. Test-ServicePrincipalAuthorization says how it stands."
        )
    if refused.status == 403:
        return (
            f"The application has consent ({', '.join(_roles(session))}) and may not open "
            f"{named.user} all the same: an application access policy keeps it out, or the consent "
            f"is not for writing. Have Application Mail.ReadWrite assigned ({_GUIDE})."
        )
    return str(refused)


def _folders(named: Mailbox, session: GraphSession) -> Iterator[Step]:
    from correspondence.postroom.graph.folder import find, ready

    try:
        if not find(session, named.folder):
            says = f"There is no folder {named.folder} in {named.user}: correct folder."
            yield Step(named.name, "folders", False, says)
            return
    except MailServerUnavailable as refused:
        yield Step(named.name, "folders", False, str(refused))
        return
    yield Step(named.name, "folders", True, f"{named.folder} is there.")
    yield may_move(
        named.name,
        named.processed_folder,
        partial(ready, session, named.processed_folder),
        "the application needs Mail.ReadWrite, not only Mail.Read.",
    )


def _how_wide(name: str, session: GraphSession) -> Step:
    """Whether the application could open everybody's mail: it works, and should not be so."""
    wide = [role for role in _roles(session) if role in _ANY_MAILBOX]
    if not wide:
        return Step(name, "scope", True, "It has no right to every mailbox of the tenant.")
    return Step(
        name,
        "scope",
        True,
        f"It may use every mailbox of the tenant ({', '.join(wide)} consented in Entra): take that "
        f"consent away and assign roles with a scope instead ({_GUIDE}).",
    )


def _roles(session: GraphSession) -> list[str]:
    """What was consented to for the whole tenant, as the token tells; only to explain it."""
    parts = session.tokens.token().get_secret_value().split(".")
    try:
        coded = parts[1] + "=" * (-len(parts[1]) % 4)
        said = json.loads(base64.urlsafe_b64decode(coded))
        return [str(role) for role in said.get("roles", ())]
    except (IndexError, ValueError, binascii.Error, AttributeError, TypeError):
        return []
