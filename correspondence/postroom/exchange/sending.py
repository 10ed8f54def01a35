"""Send letters as a mailbox on an Exchange server, once each, and see afterwards which have gone.

A letter goes as the very MIME that was made, and is saved with the mailbox's sent mail.

https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/createitem-operation-email-message
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.postroom.answers import AnswerLost, Refused
from correspondence.postroom.exchange.answers import NoExchange
from correspondence.postroom.exchange.server import SENT
from correspondence.postroom.sending_once import SendingOnce

if TYPE_CHECKING:
    from email.message import EmailMessage

    from correspondence.postroom.exchange.session import ExchangeSession

_TO_NOBODY: Final = ("ErrorMissingRecipients", "ErrorInvalidRecipients")


@dataclass(slots=True)
class ExchangeDelivery(SendingOnce):
    """Sending as one mailbox on an Exchange server."""

    session: ExchangeSession
    can_look: bool = True

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

    def _gone(self, message_id: str) -> bool:
        return self.session.ask(lambda exchange: exchange.find(SENT, message_id))

    def _hand_over(self, raw: bytes, mail: EmailMessage, message_id: str) -> str:  # noqa: ARG002
        try:
            self.session.ask_once(lambda exchange: exchange.send(raw, saved_in=SENT))
        except (AnswerLost, NoExchange) as lost:
            return str(lost)
        return ""
