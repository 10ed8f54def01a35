"""The way out for letters by e-mail: the mail server that takes them, and the mail that it sent."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from email import message_from_bytes
from functools import partial
from typing import TYPE_CHECKING, Protocol

from correspondence.errors import MailServerUnavailable, NotAllowed
from correspondence.postroom.accounts import refused_logins
from correspondence.postroom.credentials import Account, password_of
from correspondence.postroom.imap.session import ImapSession
from correspondence.postroom.mailboxes import imap_server, login_of
from correspondence.postroom.smtp import PORTS, SmtpServer, Submitted, submit
from correspondence.settings import BY_MAILBOX, DELIVERY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pydantic import SecretStr

    from correspondence.postroom.imap.session import ImapServer
    from correspondence.postroom.refused_logins import RefusedLogins
    from correspondence.settings import Mailbox, Office


class Delivery(Protocol):
    """Takes letters, once each, and may be able to say afterwards which have gone."""

    @property
    def can_look(self) -> bool:
        """Whether `has_gone` can ever say yes."""
        ...

    def send(self, raw: bytes, *, to: str, automatic: bool) -> Submitted:
        """Send one message, whose answer says what became of it; nothing is raised for that."""
        ...

    def send_notice(self, raw: bytes, *, to: Sequence[str]) -> Submitted:
        """Send a notice to colleagues, to all of them at once."""
        ...

    def has_gone(self, message_id: str) -> bool:
        """Whether the message (its Message-ID without brackets) is seen to have gone.

        False says only that it was not found. Raises MailServerUnavailable.
        """
        ...


@dataclass(frozen=True, slots=True)
class SentMail:
    """The folder of the account `mailbox` in which what was sent can be seen."""

    mailbox: str
    refusals: RefusedLogins | None
    server: ImapServer
    password: Callable[[], SecretStr]
    folder: str

    def holds(self, message_id: str) -> bool:
        """Whether a message lies there. Raises MailServerUnavailable."""
        with self._opened() as session:
            folder = session.whole_name(self.folder)
            return session.has_folder(folder) and session.holds(folder, message_id)

    def file(self, raw: bytes) -> str:
        """Put a copy of what was sent there, unless it lies there; why not, where it could not.

        Only ever after a server took it: a copy of what may not have gone would be false evidence.
        """
        message_id = str(message_from_bytes(raw)["Message-ID"]).strip().strip("<>")
        try:
            with self._opened() as session:
                folder = session.ready_folder(self.folder)
                if not session.holds(folder, message_id):
                    session.add(folder, raw)
        except MailServerUnavailable as closed:
            return f"no copy could be filed in {self.folder}: {closed}"
        return ""

    @contextmanager
    def _opened(self) -> Iterator[ImapSession]:
        password = self.password()
        with self.refusals.minding(self.mailbox, password) if self.refusals else nullcontext():
            session = ImapSession(self.server, password)
        try:
            yield session
        finally:
            session.close()


@dataclass(frozen=True, slots=True)
class SmtpDelivery:
    """Sending by SMTP. `sender` is where what cannot be delivered comes back to.

    With `null_sender`, automatic messages go with an empty return address, and nobody hears of one
    that could not be delivered; RFC 3834 3.3 allows either. With `file_sent` a copy of what was
    sent is put with the sent mail.
    """

    server: SmtpServer
    password: Callable[[], SecretStr]
    sender: str
    null_sender: bool = False
    sent_mail: SentMail | None = None
    file_sent: bool = False

    @property
    def can_look(self) -> bool:
        """Whether there is sent mail to look through."""
        return self.sent_mail is not None

    def send(self, raw: bytes, *, to: str, automatic: bool) -> Submitted:
        """Submit it to the mail server."""
        sender = "" if automatic and self.null_sender else self.sender
        came_to = submit(self.server, self.password, raw, sender=sender, recipients=[to])
        if came_to.state == "sent" and self.file_sent and self.sent_mail is not None:
            return replace(came_to, unfiled=self.sent_mail.file(raw))
        return came_to

    def send_notice(self, raw: bytes, *, to: Sequence[str]) -> Submitted:
        """Submit a notice to colleagues, to all of them at once; its answer names who is refused.

        It comes back to us where it cannot be delivered: a notice that nobody had must be known.
        """
        return submit(self.server, self.password, raw, sender=self.sender, recipients=to)

    def has_gone(self, message_id: str) -> bool:
        """Whether it lies in the folder for sent mail."""
        return self.sent_mail is not None and self.sent_mail.holds(message_id)


def delivery_of(office: Office) -> Delivery:
    """What the profile names to send letters. Raises NotAllowed where it names nothing."""
    named = sending_mailbox(office)
    if named is None:
        return smtp_delivery(office)
    if named.kind == "exchange":  # what each needs is loaded only where there is one
        from correspondence.postroom.exchange.accounts import exchange_delivery

        return exchange_delivery(office, named)
    from correspondence.postroom.graph.accounts import graph_delivery

    return graph_delivery(office, named)


def sending_mailbox(office: Office) -> Mailbox | None:
    """The mailbox in Exchange that sends what goes; None where it is no mailbox that sends."""
    chosen = office.settings.delivery
    if chosen.way not in BY_MAILBOX:
        return None
    return next(one for one in office.settings.mailboxes if one.name == chosen.mailbox)


def smtp_delivery(office: Office) -> SmtpDelivery:
    """The mail server that the profile names. Raises NotAllowed where it names none."""
    chosen = office.settings.delivery
    if not chosen.host:
        raise NotAllowed(
            "Nothing sends letters for this office; say under [delivery] which way they go."
        )
    return SmtpDelivery(
        server=SmtpServer(
            host=chosen.host,
            user=chosen.user,
            port=chosen.port or PORTS[chosen.security],
            security=chosen.security,
            ca_file=office.folder / chosen.ca_file if chosen.ca_file else None,
            oauth=chosen.sign_in == "oauth",
        ),
        password=_login(office),
        sender=chosen.sender or office.settings.landlord.email,
        null_sender=chosen.null_sender,
        sent_mail=_sent_mail(office),
        file_sent=chosen.file_sent,
    )


def _login(office: Office) -> Callable[[], SecretStr]:
    """What is logged in with to send: a password, or the token of a mailbox's application."""
    chosen = office.settings.delivery
    if chosen.sign_in == "oauth":
        return login_of(office, signing_mailbox(office))
    return partial(password_of, delivery_account(office))


def signing_mailbox(office: Office) -> Mailbox:
    """The mailbox whose application signs in to send by SMTP; the profile names one that is."""
    chosen = office.settings.delivery.mailbox
    return next(one for one in office.settings.mailboxes if one.name == chosen)


def delivery_account(office: Office) -> Account:
    """Whose password is wanted for sending."""
    chosen = office.settings.delivery
    file = office.folder / chosen.password_file if chosen.password_file else None
    return Account(DELIVERY, chosen.user, chosen.host, office.folder, file)


def _sent_mail(office: Office) -> SentMail | None:
    chosen = office.settings.delivery
    for named in office.settings.mailboxes:
        if named.name == chosen.sent_mailbox:
            return SentMail(
                named.name,
                None if named.sign_in == "oauth" else refused_logins(office),
                imap_server(office, named),
                login_of(office, named),
                chosen.sent_folder,
            )
    return None
