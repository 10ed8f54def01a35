"""Send letters as a mailbox in Exchange Online, once each, and see afterwards which have gone.

A letter goes as the very MIME that was made, where the service takes it whole; a larger one as a
draft whose enclosures are brought piece by piece. Only the answer 202 says that it was taken.

https://learn.microsoft.com/en-us/graph/api/user-sendmail
https://learn.microsoft.com/en-us/graph/outlook-large-attachments
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from correspondence.errors import MailServerUnavailable
from correspondence.postroom.answers import AnswerLost, Refused
from correspondence.postroom.graph import draft as graph_draft
from correspondence.postroom.graph.session import name_of
from correspondence.postroom.sending_once import SendingOnce

if TYPE_CHECKING:
    from email.message import EmailMessage

    from correspondence.postroom.graph.session import GraphSession

_WHOLE: Final = 3 * 1024 * 1024
"""Bytes of a letter that go in one request: with what base64 adds, under the service's 4 MB."""

_TAKEN: Final = 202


@dataclass(slots=True)
class GraphDelivery(SendingOnce):
    """Sending as one mailbox in Exchange Online."""

    session: GraphSession
    can_look: bool = True

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

    def _gone(self, message_id: str) -> bool:
        return bool(graph_draft.found(self.session, "sentitems", message_id))

    def _hand_over(self, raw: bytes, mail: EmailMessage, message_id: str) -> str:
        whole = len(raw) <= _WHOLE
        draft = "" if whole else graph_draft.laid_out(self.session, mail, message_id)
        try:
            if whole:
                coded = base64.b64encode(raw)
                status, _ = self.session.post("sendMail", coded, kind="text/plain")
            else:
                status, _ = self.session.post(f"messages/{name_of(draft)}/send", b"")
        except AnswerLost as lost:
            return str(lost)
        except MailServerUnavailable:
            graph_draft.withdrawn(self.session, draft)
            raise
        if status == _TAKEN:
            return ""
        return f"{self.session.server.host} answered {status}, which says neither yes nor no"
