"""Send letters as a mailbox in Exchange Online, once each, and see afterwards which have gone.

A letter goes as the very MIME that was made, where the service takes it whole; a larger one as a
draft whose enclosures are brought piece by piece. Only the answer 202 says that it was taken. Where
that answer is lost, Sent Items is looked through for our own Message-ID; where that does not settle
it, nobody knows, and that is said as it is.

https://learn.microsoft.com/en-us/graph/api/user-sendmail
https://learn.microsoft.com/en-us/graph/outlook-large-attachments
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING, Final

from correspondence.errors import ConnectionLost, MailServerUnavailable
from correspondence.postroom import graph_draft
from correspondence.postroom.graph_answers import AnswerLost, Refused
from correspondence.postroom.graph_session import name_of
from correspondence.postroom.smtp import Submitted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from email.message import EmailMessage

    from correspondence.postroom.graph_session import GraphSession

_WHOLE: Final = 3 * 1024 * 1024
"""Bytes of a letter that go in one request: with what base64 adds, under the service's 4 MB."""

_LOOKS: Final = 3  # for a letter whose answer was lost; Sent Items may take a moment to show it
_BETWEEN: Final = 2.0  # seconds
_TAKEN: Final = 202


@dataclass(slots=True)
class GraphDelivery:
    """Sending as one mailbox. What cannot be delivered comes back to that mailbox."""

    session: GraphSession
    can_look: bool = True

    def send(self, raw: bytes, *, to: str, automatic: bool) -> Submitted:  # noqa: ARG002
        """Send one message, unless it is seen to have gone already.

        `to` is what the letter's own header must say, since that is what the service goes by. An
        automatic letter goes no other way: here nobody can send with an empty return address.
        """
        return self._send_once(raw, [to])

    def send_notice(self, raw: bytes, *, to: Sequence[str]) -> Submitted:
        """Send a notice to colleagues, to all of them at once."""
        return self._send_once(raw, to)

    def _send_once(self, raw: bytes, to: Sequence[str]) -> Submitted:
        mail: EmailMessage = message_from_bytes(raw, policy=default)
        message_id = str(mail["Message-ID"] or "").strip()
        if fault := _fault(mail, message_id, to):
            return Submitted("not_sent", fault)
        try:
            if self._gone(message_id):
                return Submitted("sent", "it was among the sent mail already")
            return self._sent(raw, mail, message_id)
        except MailServerUnavailable as why:
            return Submitted("not_sent", str(why), isinstance(why, ConnectionLost))
        finally:
            self.session.close()

    def has_gone(self, message_id: str) -> bool:
        """Whether a message (its Message-ID without brackets) lies in Sent Items."""
        try:
            return self._gone(f"<{message_id}>")
        finally:
            self.session.close()

    def _sent(self, raw: bytes, mail: EmailMessage, message_id: str) -> Submitted:
        """Send it once. Raises MailServerUnavailable where nothing has gone."""
        whole = len(raw) <= _WHOLE
        draft = "" if whole else graph_draft.laid_out(self.session, mail, message_id)
        try:
            if whole:
                coded = base64.b64encode(raw)
                status, _ = self.session.post("sendMail", coded, kind="text/plain")
            else:
                status, _ = self.session.post(f"messages/{name_of(draft)}/send", b"")
        except AnswerLost as lost:
            return self._perhaps(message_id, str(lost))
        except MailServerUnavailable:
            graph_draft.withdrawn(self.session, draft)
            raise
        if status == _TAKEN:
            return Submitted("sent")
        said = f"{self.session.server.host} answered {status}, which says neither yes nor no"
        return self._perhaps(message_id, said)

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
        return bool(graph_draft.found(self.session, "sentitems", message_id))

    def try_out(self) -> None:
        """Everything that sending takes but the letter. Raises MailServerUnavailable.

        A letter to nobody is refused for what it is by a service that would let this application
        send, and for who asks by one that would not.
        """
        nobody = b"Subject: A trial that goes to nobody\r\n\r\nThis letter goes to nobody.\r\n"
        try:
            self.session.post("sendMail", base64.b64encode(nobody), kind="text/plain")
        except Refused as refused:
            if refused.status != 400:
                raise
        finally:
            self.session.close()


def _fault(mail: EmailMessage, message_id: str, to: Sequence[str]) -> str:
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
