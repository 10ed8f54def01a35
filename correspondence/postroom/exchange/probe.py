"""Try a mailbox on an Exchange server step by step: what works, and what has to be changed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from correspondence.errors import LoginRefused, MailServerUnavailable
from correspondence.postroom.accounts import account_of, refused_logins
from correspondence.postroom.credentials import key_of, password_of
from correspondence.postroom.probe_steps import Step, kept, may_move, reached_at, sent_mail
from correspondence.postroom.tls import NotTrusted

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from correspondence.postroom.exchange.session import ExchangeSession
    from correspondence.settings import Mailbox, Office

_GUIDE: Final = "see docs/mailboxes.md, A mailbox on an Exchange server of your own"
_NO_MAILBOX: Final = ("ErrorNonExistentMailbox", "ErrorMissingEmailAddress",
                      "ErrorInvalidSmtpAddress", "ErrorMailboxConfiguration")  # fmt: skip
_NO_RIGHT: Final = ("ErrorAccessDenied", "ErrorFolderNotFound", "ErrorItemNotFound")
_NO_IMPERSONATION: Final = ("ErrorImpersonateUserDenied", "ErrorImpersonationDenied",
                            "ErrorImpersonationFailed")  # fmt: skip
_MOVED: Final = ("ErrorWrongServerVersion", "ErrorIncorrectSchemaVersion",
                 "ErrorInvalidServerVersion", "ErrorCrossSiteRequest",
                 "ErrorInvalidSchemaVersionForMailboxVersion")  # fmt: skip
_MAY_NOT_SEND: Final = ("ErrorSendAsDenied", "ErrorAccessDenied")


def probe_exchange(office: Office, named: Mailbox) -> Iterator[Step]:
    """Reach the server, log in, open the mailbox, find its folders; nothing is read or moved."""
    session = yield from _logged_in(office, named, named.name)
    if session is None:
        return
    try:
        yield from _folders(named, session)
    finally:
        session.close()


def probe_exchange_sending(office: Office, named: Mailbox) -> Iterator[Step]:
    """Whether letters can go as that mailbox; a letter to nobody is offered, which goes nowhere."""
    from correspondence.postroom.answers import Refused
    from correspondence.postroom.exchange.sending import ExchangeDelivery

    session = yield from _logged_in(office, named, "delivery")
    if session is None:
        return
    delivery = ExchangeDelivery(session)
    address = session.server.address
    try:
        delivery.try_out()
    except MailServerUnavailable as refused:
        says = str(refused)
        if isinstance(refused, Refused) and refused.code in _MAY_NOT_SEND:
            says = f"Nothing can be sent as {address}: give {named.user} Send As ({_GUIDE})."
        yield Step("delivery", "send", False, says)
        return
    says = (
        f"Letters are taken as {address}. Whether the right Send As is there shows with the first "
        "that goes to somebody."
    )
    yield Step("delivery", "send", True, says)
    yield sent_mail(delivery, "Sent Items", "Sent Items must be readable.")


def _logged_in(
    office: Office, named: Mailbox, name: str
) -> Generator[Step, None, ExchangeSession | None]:
    """A session that has opened the mailbox, once name, port, password and login are well."""
    from correspondence.postroom.exchange.accounts import exchange_session
    from correspondence.postroom.exchange.server import TOP
    from correspondence.postroom.graph.server import ENTRA

    session = exchange_session(office, named)
    session.patient.tries = 1
    hosts = [(session.server.host, session.server.port)]
    if named.sign_in == "oauth" and not named.proxy:
        hosts.insert(0, (named.login_host or ENTRA, 443))
    for host, port in hosts:
        found = yield from reached_at(name, host, port)
        if not found:
            return None
    account = account_of(office, named)
    by_key = named.sign_in == "oauth" and named.certificate_file
    what = "a certificate with its key" if by_key else "a password"
    secret = yield from kept(name, what, partial(key_of if by_key else password_of, account))
    if secret is None:
        return None
    if name == named.name and session.tokens is not None:  # somebody wants it tried
        refused_logins(office).forget(named.name)
    elif name == _first_with(office, session):  # once, however many mailboxes hang on it
        refused_logins(office).forget(session.server.login)
    try:
        session.ask(lambda exchange: exchange.count(TOP))
    except MailServerUnavailable as refused:
        session.close()
        yield from _not_opened(named, session, name, refused)
        return None
    yield Step(name, "login", True, f"{named.user or 'The application'} is let in.")
    yield Step(name, "mailbox", True, f"The mailbox {session.server.address} opens.")
    return session


def _first_with(office: Office, session: ExchangeSession) -> str:
    """The first mailbox of the profile that is opened by the same account."""
    from correspondence.postroom.exchange.accounts import exchange_server

    return next(
        one.name
        for one in office.settings.mailboxes
        if one.kind == "exchange" and exchange_server(office, one).login == session.server.login
    )


def _not_opened(
    named: Mailbox, session: ExchangeSession, name: str, refused: MailServerUnavailable
) -> Iterator[Step]:
    """How far it came, and what an administrator does about the rest."""
    from correspondence.postroom.answers import Refused

    if isinstance(refused, LoginRefused):
        yield Step(name, "login", False, str(refused))
        return
    if not isinstance(refused, Refused):
        step = "certificate" if isinstance(refused, NotTrusted) else "server"
        yield Step(name, step, False, str(refused))
        return
    who, address = named.user or "The application", session.server.address
    yield Step(name, "login", True, f"{who} is let in.")
    says = str(refused)
    if refused.code in _NO_MAILBOX:
        says = (
            f"There is no mailbox {address} on this server ({refused.code}): correct address. One "
            'that is kept in Exchange Online is read with kind = "graph".'
        )
    elif refused.code in _NO_IMPERSONATION:
        says = (
            f"{who} may not act as {address}: have an Exchange administrator assign "
            f"ApplicationImpersonation with a scope that holds it ({_GUIDE})."
        )
    elif refused.code in _NO_RIGHT:
        says = (
            f"{who} may not open {address} ({refused.code}): have an Exchange administrator give "
            f'Full Access, or name access = "impersonation" where that was given ({_GUIDE}).'
        )
    elif refused.code in _MOVED:
        says = (
            f"{session.server.host} does not answer for {address} ({refused.code}): correct url, "
            "or have the server brought up to Exchange 2016 or later."
        )
    yield Step(name, "mailbox", False, says)


def _folders(named: Mailbox, session: ExchangeSession) -> Iterator[Step]:
    from correspondence.postroom.exchange.folder import find, ready

    address = session.server.address
    try:
        place = find(session, named.folder)
        if place is None:
            says = f"There is no folder {named.folder} in {address}: correct folder."
            yield Step(named.name, "folders", False, says)
            return
        held = session.ask(lambda exchange: exchange.count(place))
    except MailServerUnavailable as refused:
        yield Step(named.name, "folders", False, str(refused))
        return
    yield Step(named.name, "folders", True, f"{named.folder} is there and holds {held} messages.")
    yield may_move(
        named.name,
        named.processed_folder,
        partial(ready, session, named.processed_folder),
        f"give {named.user or 'the application'} the right to change {address} ({_GUIDE}).",
    )
