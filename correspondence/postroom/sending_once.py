"""Send a letter as a mailbox, once, where sent mail can be looked through for it.

Before it goes, and where its answer is lost, the mailbox's sent mail is searched for our own
Message-ID; where that does not settle it, nobody knows, and that is said as it is.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING, Final, Protocol

from correspondence.errors import (
    ConnectionLost,
    LoginRefused,
    MailServerUnavailable,
    NoCredential,
)
from correspondence.postroom.smtp import Submitted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from email.message import EmailMessage

    from correspondence.postroom.patience import Patient

_LOOKS: Final = 3  # for a letter whose answer was lost; sent mail may take a moment to show it
_BETWEEN: Final = 2.0  # seconds


class _Session(Protocol):
    patient: Patient

    def close(self) -> None: ...


class SendingOnce(ABC):
    """Sending as one mailbox. What cannot be delivered comes back to that mailbox."""

    __slots__ = ()

    session: _Session

    def send(self, raw: bytes, *, to: str, automatic: bool) -> Submitted:  # noqa: ARG002
        """Send one message, unless it is seen to have gone already.

        `to` is what the letter's own header must say, since that is what the service goes by. An
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

    @abstractmethod
    def _gone(self, message_id: str) -> bool:
        """Whether a message (its Message-ID with brackets) lies in Sent Items."""

    @abstractmethod
    def _hand_over(self, raw: bytes, mail: EmailMessage, message_id: str) -> str:
        """Hand it to the service, once; empty where it was taken, else why nobody knows.

        Raises MailServerUnavailable where nothing has gone.
        """

    def _send_once(self, raw: bytes, to: Sequence[str]) -> Submitted:
        mail: EmailMessage = message_from_bytes(raw, policy=default)
        message_id = str(mail["Message-ID"] or "").strip()
        if fault := addressing_fault(mail, message_id, to):
            return Submitted("not_sent", fault)
        try:
            if self._gone(message_id):
                return Submitted("sent", "it was among the sent mail already")
            unclear = self._hand_over(raw, mail, message_id)
            return self._perhaps(message_id, unclear) if unclear else Submitted("sent")
        except MailServerUnavailable as why:
            lost = isinstance(why, ConnectionLost)
            shut = isinstance(why, LoginRefused | NoCredential)
            return Submitted("not_sent", str(why), lost, of_provider=lost or shut)
        finally:
            self.session.close()

    def _perhaps(self, message_id: str, because: str) -> Submitted:
        """What is to be said of a letter whose answer was lost."""
        try:
            for look in range(_LOOKS):
                if look:
                    self.session.patient.wait(_BETWEEN)
                if self._gone(message_id):
                    return Submitted("sent", "its answer was lost, and it is among the sent mail")
        except MailServerUnavailable as closed:
            return Submitted("uncertain", f"{because} {closed}", of_provider=True)
        unseen = f"{because} It is not among the sent mail as yet."
        return Submitted("uncertain", unseen, of_provider=True)


def addressing_fault(mail: EmailMessage, message_id: str, to: Sequence[str]) -> str:
    """Why this letter cannot go this way; empty where it can."""
    if not (message_id.startswith("<") and message_id.endswith(">")):
        return "The letter has no Message-ID, by which alone it could be found again."
    try:
        headers = [mail[name] for name in ("To", "Cc", "Bcc")]
        named = [one.addr_spec for header in headers if header for one in header.addresses]
    except (ValueError, IndexError, AttributeError):
        named = []
    if sorted(one.casefold() for one in named) != sorted(one.casefold() for one in to):
        return "The letter's own header does not name whom it is to go to, and nobody else."
    return ""
