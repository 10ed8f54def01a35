"""Try a mail account step by step, and say in plain words what works and what has to be changed.

Each step needs the one before it, so the first that fails ends the account's list. Nothing is read,
sent or moved; only the folder for kept messages is made where it is missing.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from correspondence.errors import (
    CorrespondenceError,
    LoginRefused,
    MailServerUnavailable,
)
from correspondence.postroom.accounts import account_of, refused_logins
from correspondence.postroom.credentials import password_of
from correspondence.postroom.delivery import (
    delivery_account,
    sending_mailbox,
    signing_mailbox,
    smtp_delivery,
)
from correspondence.postroom.exchange.probe import probe_exchange, probe_exchange_sending
from correspondence.postroom.graph.probe import probe_graph, probe_graph_sending
from correspondence.postroom.imap.session import ImapSession
from correspondence.postroom.mailboxes import INBOX, imap_mailbox, imap_server
from correspondence.postroom.posting_probe import probe_posting
from correspondence.postroom.probe_steps import Step, kept, reached_at, sent_mail
from correspondence.postroom.smtp import try_out

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from pydantic import SecretStr

    from correspondence.settings import Mailbox, Office


def probe(office: Office) -> Iterator[Step]:
    """Every mailbox of the office, then the ways letters leave."""
    yield from _folder(INBOX, office.inbox)
    for named in office.settings.mailboxes:
        if named.kind == "folder":
            yield from _folder(named.name, office.folder / (named.path or ""))
        elif named.kind == "graph":
            yield from probe_graph(office, named)
        elif named.kind == "exchange":
            yield from probe_exchange(office, named)
        else:
            yield from _imap(office, named)
    yield from probe_posting(office)
    yield from _delivery(office)


def _folder(name: str, folder: Path) -> Iterator[Step]:
    there = folder.is_dir()
    yield Step(
        name,
        "folder",
        there,
        f"{folder} is there." if there else f"{folder} is not there, or is no folder: make it.",
    )


def _imap(office: Office, named: Mailbox) -> Iterator[Step]:
    name, server = named.name, imap_server(office, named)
    account = account_of(office, named)
    found_there = yield from reached_at(name, server.host, server.port)
    if not found_there:
        return
    refusals = refused_logins(office)
    if named.sign_in == "oauth":
        login = yield from _token(office, named, name)
    else:
        login = yield from kept(name, "a password", partial(password_of, account))
    if login is None:
        return
    try:
        session = ImapSession(server, login)
        refusals.forget(name)
    except CorrespondenceError as refused:
        if isinstance(refused, LoginRefused) and not server.oauth:
            refusals.note(name, login, refused)
        knows = isinstance(refused, LoginRefused)
        if knows:
            yield Step(name, "certificate", True, f"The connection to {server.host} is secured.")
        yield Step(name, "login" if knows else "certificate", False, str(refused))
        return
    try:
        yield Step(name, "certificate", True, f"The connection to {server.host} is secured.")
        yield Step(name, "login", True, f"{server.user} is let in.")
        yield from _folders(office, named, session)
    except MailServerUnavailable as refused:
        yield Step(name, "folders", False, str(refused))
    finally:
        session.close()


def _folders(office: Office, named: Mailbox, session: ImapSession) -> Iterator[Step]:
    rules = imap_mailbox(office, named).rules
    name, host = named.name, named.host
    source = session.whole_name(rules.folder)
    if not session.has_folder(source):
        yield Step(
            name, "folders", False, f"There is no folder {source} on {host}: correct folder."
        )
        return
    found = session.select(source)
    yield Step(name, "folders", True, f"{source} is there and holds {found.exists} messages.")
    try:
        target = session.ready_folder(rules.processed)
    except MailServerUnavailable as refused:
        yield Step(
            name,
            "move",
            False,
            f"{refused} Make the folder {rules.processed} by hand, or let {named.user} make it.",
        )
        return
    yield _may_move(named, session, source, target, writable=found.writable)
    idle = b"IDLE" in session.abilities
    yield Step(
        name,
        "news",
        True,
        f"{host} says at once when something arrives."
        if idle
        else f"{host} does not say when something arrives; it is looked at regularly.",
    )


def _may_move(
    named: Mailbox, session: ImapSession, source: str, target: str, *, writable: bool
) -> Step:
    """Whether kept messages can be set aside: by the server's abilities and the account's rights.

    Taking a message out of a folder needs the rights t and e, putting it into one i (RFC 4314 4).
    """
    lacking = ""
    of_source, of_target = session.rights(source), session.rights(target)
    if not session.can_move:
        lacking = "the server offers neither MOVE nor UIDPLUS; have one of them switched on"
    elif not writable:
        lacking = f"{source} may only be read; give {named.user} the right to change it"
    elif of_source is not None and not {"t", "e"} <= set(of_source):
        lacking = f"give {named.user} the rights t and e in {source} (it has {of_source})"
    elif of_target is not None and "i" not in of_target:
        lacking = f"give {named.user} the right i in {target} (it has {of_target})"
    if lacking:
        return Step(named.name, "move", False, f"Messages cannot be set aside: {lacking}.")
    return Step(named.name, "move", True, f"Kept messages can be moved to {target}.")


def _delivery(office: Office) -> Iterator[Step]:
    name, chosen = "delivery", office.settings.delivery
    if sends := sending_mailbox(office):
        tried = probe_exchange_sending if sends.kind == "exchange" else probe_graph_sending
        yield from tried(office, sends)
        return
    if chosen.way != "smtp":
        yield Step(name, "outbox", True, "Letters are put into the outbox; a person sends them.")
        return
    delivery = smtp_delivery(office)
    found_there = yield from reached_at(name, delivery.server.host, delivery.server.port)
    if not found_there:
        return
    account = delivery_account(office)
    if chosen.sign_in == "oauth":
        login = yield from _token(office, signing_mailbox(office), name)
    else:
        login = yield from kept(name, "a password", partial(password_of, account))
    if login is None:
        return
    senders = [delivery.sender] + ([""] if delivery.null_sender else [])
    for sender in senders:
        whose = f"as {sender}" if sender else "with an empty return address (acknowledgements)"
        try:
            try_out(delivery.server, login, sender=sender, recipient=delivery.sender)
        except CorrespondenceError as refused:
            step = "login" if isinstance(refused, LoginRefused) else "send"
            hint = "" if sender else " If that is to stay so, set null_sender = false."
            yield Step(name, step, False, f"{refused}{hint}")
            return
        yield Step(name, "send", True, f"{chosen.user} may send {whose}.")
    if delivery.sent_mail is None:
        says = "No sent mail is looked through: a letter broken off while it is sent asks a person."
        yield Step(name, "sent mail", True, says)
        return
    yield sent_mail(delivery, chosen.sent_folder)


def _token(office: Office, named: Mailbox, name: str) -> Generator[Step, None, SecretStr | None]:
    """The token that the application of a mailbox is given, asked for anew."""
    from correspondence.postroom.oauth_tokens import tokens_of

    refused_logins(office).forget(named.name)
    try:
        token = tokens_of(office, named).token()
    except CorrespondenceError as refused:
        yield Step(name, "token", False, str(refused))
        return None
    yield Step(name, "token", True, f"The application {named.application} is given a token.")
    return token
