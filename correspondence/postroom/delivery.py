"""The way out for letters by e-mail: the mail server that takes them, and the mail that it sent."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from correspondence.errors import NotAllowed
from correspondence.postroom.accounts import account_of, refused_logins
from correspondence.postroom.credentials import Account, password_of
from correspondence.postroom.imap_session import ImapSession
from correspondence.postroom.mailboxes import imap_server
from correspondence.postroom.smtp import PORTS, SmtpServer, Submitted, submit
from correspondence.settings import DELIVERY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pydantic import SecretStr

    from correspondence.postroom.imap_session import ImapServer
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
    refusals: RefusedLogins
    server: ImapServer
    password: Callable[[], SecretStr]
    folder: str


@dataclass(frozen=True, slots=True)
class SmtpDelivery:
    """Sending by SMTP. `sender` is where what cannot be delivered comes back to.

    With `null_sender`, automatic messages go with an empty return address (RFC 3834 3.3).
    """

    server: SmtpServer
    password: Callable[[], SecretStr]
    sender: str
    null_sender: bool = True
    sent_mail: SentMail | None = None

    @property
    def can_look(self) -> bool:
        """Whether there is sent mail to look through."""
        return self.sent_mail is not None

    def send(self, raw: bytes, *, to: str, automatic: bool) -> Submitted:
        """Submit it to the mail server."""
        sender = "" if automatic and self.null_sender else self.sender
        return submit(self.server, self.password, raw, sender=sender, recipients=[to])

    def send_notice(self, raw: bytes, *, to: Sequence[str]) -> Submitted:
        """Submit a notice to colleagues, to all of them at once; its answer names who is refused.

        It comes back to us where it cannot be delivered: a notice that nobody had must be known.
        """
        return submit(self.server, self.password, raw, sender=self.sender, recipients=to)

    def has_gone(self, message_id: str) -> bool:
        """Whether it lies in the folder for sent mail."""
        if self.sent_mail is None:
            return False
        sent, password = self.sent_mail, self.sent_mail.password()
        with sent.refusals.minding(sent.mailbox, password):
            session = ImapSession(sent.server, password)
        try:
            folder = session.whole_name(sent.folder)
            return session.has_folder(folder) and session.holds(folder, message_id)
        finally:
            session.close()


def delivery_of(office: Office) -> Delivery:
    """What the profile names to send letters. Raises NotAllowed where it names nothing."""
    if named := sending_mailbox(office):
        from correspondence.postroom.graph_accounts import graph_delivery  # only where there is one

        return graph_delivery(office, named)
    return smtp_delivery(office)


def sending_mailbox(office: Office) -> Mailbox | None:
    """The mailbox in Exchange Online that sends; None where it is not that which sends."""
    chosen = office.settings.delivery
    if chosen.way != "graph":
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
        ),
        password=partial(password_of, delivery_account(office)),
        sender=chosen.sender or office.settings.landlord.email,
        null_sender=chosen.null_sender,
        sent_mail=_sent_mail(office),
    )


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
                refused_logins(office),
                imap_server(office, named),
                partial(password_of, account_of(office, named)),
                chosen.sent_folder,
            )
    return None
