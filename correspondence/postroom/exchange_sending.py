"""Send letters as a mailbox on an Exchange server, once each, and see afterwards which have gone.

A letter goes as the very MIME that was made, and is saved with the mailbox's sent mail. Before it
goes, and where its answer is lost, that mail is looked through for our own Message-ID; where that
does not settle it, nobody knows, and that is said as it is.

https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/createitem-operation-email-message
"""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING, Final

from correspondence.errors import ConnectionLost, MailServerUnavailable
from correspondence.postroom.addressed import addressing_fault
from correspondence.postroom.exchange_answers import NoExchange, Refused
from correspondence.postroom.exchange_server import SENT
from correspondence.postroom.graph_answers import AnswerLost
from correspondence.postroom.smtp import Submitted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from email.message import EmailMessage

    from correspondence.postroom.exchange_session import ExchangeSession

_LOOKS: Final = 3  # for a letter whose answer was lost; Sent Items may take a moment to show it
_BETWEEN: Final = 2.0  # seconds
_TO_NOBODY: Final = ("ErrorMissingRecipients", "ErrorInvalidRecipients")


@dataclass(slots=True)
class ExchangeDelivery:
    """Sending as one mailbox. What cannot be delivered comes back to that mailbox."""

    session: ExchangeSession
    can_look: bool = True

    def send(self, raw: bytes, *, to: str, automatic: bool) -> Submitted:  # noqa: ARG002
        """Send one message, unless it is seen to have gone already.

        `to` is what the letter's own header must say, since that is what the server goes by. An
        automatic letter goes no other way: here nobody can send with an empty return address.
        """
        return self._send_once(raw, [to])

    def send_notice(self, raw: bytes, *, to: Sequence[str]) -> Submitted:
        """Send a notice to colleagues, to all of them at once."""
        return self._send_once(raw, to)

    def has_gone(self, message_id: str) -> bool:
        """Whether a message (its Message-ID without brackets) lies in Sent Items."""
        try:
            return self._gone(f"<{message_id}>")
        finally:
            self.session.close()

    def try_out(self) -> None:
        """Everything that sending takes but the letter. Raises MailServerUnavailable.

        A letter to nobody is refused for what it is by a server that would let us send.
        """
        nobody = b"Subject: A trial that goes to nobody\r\n\r\nThis letter goes to nobody.\r\n"
        try:
            self.session.ask_once(lambda exchange: exchange.send(nobody, saved_in=SENT))
        except Refused as refused:
            if refused.code not in _TO_NOBODY:
                raise
        finally:
            self.session.close()

    def _send_once(self, raw: bytes, to: Sequence[str]) -> Submitted:
        mail: EmailMessage = message_from_bytes(raw, policy=default)
        message_id = str(mail["Message-ID"] or "").strip()
        if fault := addressing_fault(mail, message_id, to):
            return Submitted("not_sent", fault)
        try:
            if self._gone(message_id):
                return Submitted("sent", "it was among the sent mail already")
            return self._sent(raw, message_id)
        except MailServerUnavailable as why:
            return Submitted("not_sent", str(why), isinstance(why, ConnectionLost))
        finally:
            self.session.close()

    def _sent(self, raw: bytes, message_id: str) -> Submitted:
        """Send it once. Raises MailServerUnavailable where nothing has gone."""
        try:
            self.session.ask_once(lambda exchange: exchange.send(raw, saved_in=SENT))
        except (AnswerLost, NoExchange) as lost:
            return self._perhaps(message_id, str(lost))
        return Submitted("sent")

    def _perhaps(self, message_id: str, because: str) -> Submitted:
        """What is to be said of a letter whose answer was lost."""
        try:
            for look in range(_LOOKS):
                if look:
                    self.session.patient.wait(_BETWEEN)
                if self._gone(message_id):
                    return Submitted("sent", "its answer was lost, and it is among the sent mail")
        except MailServerUnavailable as closed:
            return Submitted("uncertain", f"{because} {closed}")
        return Submitted("uncertain", f"{because} It is not among the sent mail as yet.")

    def _gone(self, message_id: str) -> bool:
        return self.session.ask(lambda exchange: exchange.find(SENT, message_id))
