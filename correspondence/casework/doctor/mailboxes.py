"""The mail accounts: whether each has a password that nobody else can read."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from correspondence.casework.doctor.finding import Finding, ok, warn
from correspondence.errors import CorrespondenceError
from correspondence.postroom.accounts import account_of, refused_logins
from correspondence.postroom.credentials import password_of
from correspondence.postroom.delivery import delivery_account, sending_mailbox
from correspondence.postroom.tls import verified

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.settings import Mailbox, Office

_COMPARED_WITHIN: Final = timedelta(days=3)
_TRY = "Then try it: correspondence mailbox test"


def mailboxes(office: Office, _now: datetime) -> Iterator[Finding]:
    """Passwords and certificates of every account; no server is asked anything."""
    chosen = office.settings
    accounts = [
        (account_of(office, one), one.ca_file)
        for one in chosen.mailboxes
        if one.kind == "imap" and one.sign_in != "oauth"
    ]
    if chosen.delivery.way == "smtp" and chosen.delivery.sign_in != "oauth":
        accounts.append((delivery_account(office), chosen.delivery.ca_file))
    refusals = refused_logins(office)
    for named in chosen.mailboxes:
        if named.kind == "graph":
            yield from _in_exchange_online(office, named)
        elif named.kind == "imap" and named.sign_in == "oauth":
            yield from _by_token(office, named)
        elif named.kind == "exchange":
            yield from _on_an_exchange_server(office, named)
    for account, ca_file in accounts:
        try:
            refusals.check(account.name, password_of(account))
            verified(office.folder / ca_file if ca_file else None)
        except CorrespondenceError as fault:
            yield warn("mailboxes", f"{account.name} cannot be reached: {fault}", _TRY)
        else:
            yield ok("mailboxes", f"{account.name} has its password, which only we can read.")
    if chosen.delivery.way == "smtp" and not chosen.delivery.sent_mailbox:
        yield warn(
            "mailboxes",
            "No sent mail is looked through, so a letter that is broken off while it is sent "
            "always asks a person.",
            "Name the account whose sent mail shows what has gone: [delivery] sent_mailbox.",
        )
    sends = sending_mailbox(office)
    if sends and chosen.landlord.email not in ("", sends.address or sends.user):
        yield warn(
            "mailboxes",
            f"Letters say that they come from {chosen.landlord.email}, and go as "
            f"{sends.address or sends.user}.",
            "Make them the same, or have that mailbox allowed to send as the other (Send As).",
        )
    if chosen.delivery.way == "smtp" and not (chosen.delivery.sender or chosen.landlord.email):
        yield warn(
            "mailboxes",
            "Letters have no address to come from.",
            "Fill in [landlord] email, or [delivery] sender.",
        )


def _by_token(office: Office, named: Mailbox) -> Iterator[Finding]:
    from correspondence.postroom.oauth_tokens import tokens_of

    try:
        tokens_of(office, named).check()
        verified(office.folder / named.ca_file if named.ca_file else None)
    except CorrespondenceError as fault:
        yield warn("mailboxes", f"{named.name} cannot be reached: {fault}", _TRY)
    else:
        yield ok("mailboxes", f"{named.name} has its proof, which only we can read.")


def _in_exchange_online(office: Office, named: Mailbox) -> Iterator[Finding]:
    from correspondence.postroom.graph.accounts import graph_server, graph_session

    try:
        graph_session(office, named).tokens.check()
        verified(graph_server(office, named).ca_file)
    except CorrespondenceError as fault:
        yield warn("mailboxes", f"{named.name} cannot be reached: {fault}", _TRY)
        return
    if named.managed_identity:
        yield ok("mailboxes", f"{named.name} is opened by the identity of this machine.")
    elif named.certificate_file:
        yield ok("mailboxes", f"{named.name} has its key, which only we can read.")
    else:
        yield ok("mailboxes", f"{named.name} has its secret, which only we can read.")


def _on_an_exchange_server(office: Office, named: Mailbox) -> Iterator[Finding]:
    """Its package, and its password or an application's proof."""
    from correspondence.postroom.exchange.accounts import exchange_session
    from correspondence.postroom.exchange.session import package_fault

    if fault := package_fault(named.name):
        yield warn("mailboxes", fault, "Install it, then run `correspondence mailbox test`.")
    session = exchange_session(office, named)
    try:
        session.check()
        verified(session.server.ca_file)
    except CorrespondenceError as refused:
        yield warn("mailboxes", f"{named.name} cannot be reached: {refused}", _TRY)
    else:
        what = "password" if session.tokens is None else "proof"
        yield ok("mailboxes", f"{named.name} has its {what}, which only we can read.")


def compared(office: Office, now: datetime) -> Iterator[Finding]:
    """What the last comparison of mailboxes and record found; no server is asked anything."""
    from correspondence.casework.sending.reconcile import last

    again = "Run: correspondence mailbox reconcile"
    known = last(office)
    if known is None:
        yield ok("reconciliation", "Mailboxes and record have not been compared yet.", again)
        return
    at = datetime.fromisoformat(known["at"])
    asking = sum(known.get("asking", {}).values())
    if asking:
        yield warn(
            "reconciliation", f"{asking} things in mailboxes and record are not alike.", again
        )
    elif now - at > _COMPARED_WITHIN:
        yield warn(
            "reconciliation", f"Mailboxes and record were last compared {at:%d %B %Y}.", again
        )
    else:
        yield ok(
            "reconciliation", f"Mailboxes and record were alike when last compared, {at:%d %B %Y}."
        )
