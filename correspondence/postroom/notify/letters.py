"""Letters given to GOV.UK Notify to be printed and posted, once each, and how they stand there.

Notify keeps whatever reference a letter is given, and prints two letters of one reference if it is
given two: so it is asked for the reference before every letter, and whenever an answer was lost.

https://docs.notifications.service.gov.uk/python.html#send-a-precompiled-letter
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal

from correspondence.errors import (
    ConnectionLost,
    LoginRefused,
    MailServerUnavailable,
    NoCredential,
)
from correspondence.postroom.answers import AnswerLost
from correspondence.postroom.notify.answers import (
    DailyLimit,
    Notified,
    Refused,
    identity_in,
    notified,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from correspondence.postroom.notify.session import NotifySession
    from correspondence.settings.paper import Postage

_LOOKS: Final = 3  # for a letter whose answer was lost
_BETWEEN: Final = 2.0  # seconds
_MOST_PAGES: Final = 400  # of 250 letters
_RETURNS: Final = "/v2/returned-letters"
_LETTERS: Final = "/v2/notifications/letter"
_NEVER_PRINTED: Final = ("refused",)

KeyKind = Literal["live", "not_live", "unknown"]


@dataclass(frozen=True, slots=True)
class Given:
    """What became of a letter that was to be given away.

    ``given``, and how it stands there; ``not_given``, nothing will be printed, and `passing` says
    that trying again may do, `tomorrow` not before then; ``uncertain``, nobody knows.
    """

    state: Literal["given", "not_given", "uncertain"]
    because: str = ""
    passing: bool = False
    tomorrow: bool = False
    known: Notified | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """A letter that the postal service brought back, and the day Notify was told."""

    reference: str
    reported_on: date


@dataclass(slots=True)
class NotifyPost:
    """Posting by one service of GOV.UK Notify."""

    session: NotifySession
    postage: Postage = "second"

    def give(self, pdf: bytes, reference: str, *, begun: float) -> Given:
        """Have a letter printed and posted under a reference that no other letter has.

        Not where it is there already, nor later than some minutes after it was `begun` (of
        time.time()). Nothing is raised for what Notify or the network does.
        """
        try:
            if known := self.find(reference):
                return Given("given", "it was there already", known=known)
            return self._offered(pdf, reference, begun)
        except DailyLimit as full:
            return Given("not_given", str(full), passing=True, tomorrow=True)
        except MailServerUnavailable as why:
            return Given("not_given", str(why), passing=_may_pass(why))
        finally:
            self.session.close()

    def find(self, reference: str) -> Notified | None:
        """The letter of that reference which is printed, or may be; None where there is none.

        One that Notify refused, and that is never printed, does not stand in the way of another.
        """
        rows = self.found(reference)
        return next((one for one in rows if one.standing not in _NEVER_PRINTED), None)

    def found(self, reference: str) -> tuple[Notified, ...]:
        """Every letter under that reference, the newest in front."""
        said = self.session.ask(
            lambda notify: notify.get_all_notifications(template_type="letter", reference=reference)
        )
        rows = map(notified, _letters_of(said))
        return tuple(one for one in rows if one.reference == reference)

    def everything(self) -> Iterator[Notified]:
        """Every letter it still keeps of this service, the newest in front: of seven days."""
        older: str | None = None
        for _ in range(_MOST_PAGES):
            page = _letters_of(self.session.ask(partial(_page, older)))
            yield from map(notified, page)
            before, older = older, identity_in(page[-1]) if page else ""
            if not older or older == before:
                return

    def look(self, identity: str) -> Notified | None:
        """How a letter stands; None where Notify does not know it, or no longer."""
        try:
            return notified(
                self.session.ask(lambda notify: notify.get_notification_by_id(identity))
            )
        except Refused as refused:
            if refused.status == 404:
                return None
            raise

    def printed(self, identity: str) -> bytes | None:
        """The letter as it is printed; None where there is no such file yet, or no longer."""
        try:
            pdf: bytes = self.session.ask(lambda notify: notify.get_pdf_for_letter(identity).read())
        except Refused as refused:
            if refused.status in (400, 404):
                return None
            raise
        return pdf if pdf.startswith(b"%PDF-") else None

    def returned(self, since: date) -> Iterator[Returned]:
        """Letters reported as brought back since that day; of a live key alone.

        https://docs.notifications.service.gov.uk/rest-api.html#returned-letters
        """
        if self.key_kind() != "live":
            return
        for day in sorted(self._days(since)):
            path = f"{_RETURNS}/?report_date={day.isoformat()}"
            said = _object(self.session.ask(partial(_get, path)))
            for row in said.get("returned_letters") or ():
                if isinstance(row, dict) and isinstance(row.get("reference"), str):
                    yield Returned(row["reference"], day)

    def key_kind(self) -> KeyKind:
        """Whether the key is a live one, as the list of returned letters is for those alone."""
        try:
            self._summary()
        except Refused as refused:
            if refused.status == 403:
                return "not_live"
            if refused.status == 404:
                return "unknown"
            raise
        return "live"

    def try_out(self) -> str:
        """Offer a letter that is none, which Notify refuses for that alone where all is well.

        The words it refuses it with otherwise; empty where it would take a letter. Nothing is
        printed: what is offered cannot be a file.
        """
        offered = {"reference": "correspondence-mailbox-test", "content": "A"}
        try:
            self.session.ask(lambda notify: notify.post(_LETTERS, data=offered))
        except Refused as refused:
            return "" if "base64" in refused.said else str(refused)
        return ""

    def _offered(self, pdf: bytes, reference: str, begun: float) -> Given:
        try:
            said = self.session.do(
                lambda notify: notify.send_precompiled_letter_notification(
                    reference, io.BytesIO(pdf), self.postage
                ),
                begun=begun,
            )
        except AnswerLost as lost:
            return self._perhaps(reference, str(lost))
        identity = identity_in(said)
        if not identity:
            return self._perhaps(reference, "GOV.UK Notify's answer says neither yes nor no.")
        return Given("given", known=Notified(identity, reference, "pending-virus-check"))

    def _perhaps(self, reference: str, because: str) -> Given:
        """What is to be said of a letter whose answer was lost."""
        try:
            for look in range(_LOOKS):
                if look:
                    self.session.patient.wait(_BETWEEN)
                if known := self.find(reference):
                    return Given("given", "its answer was lost, and it is there", known=known)
        except MailServerUnavailable as closed:
            return Given("uncertain", f"{because} {closed}")
        return Given("uncertain", f"{because} Notify has no letter of that reference as yet.")

    def _summary(self) -> Any:
        return self.session.ask(partial(_get, f"{_RETURNS}/summary"))

    def _days(self, since: date) -> Iterator[date]:
        """The days of reports; Notify gives a list, or one object where there is none."""
        said = self._summary()
        for row in said if isinstance(said, list) else [said]:
            try:
                day = date.fromisoformat(str(_object(row).get("report_date")))
            except ValueError:
                continue
            if day >= since:
                yield day


def _may_pass(why: MailServerUnavailable) -> bool:
    """Whether trying again later may do: after a fault of the line, or once a key was put right.

    A refused key locks nothing, however often it is offered.
    """
    if isinstance(why, Refused):
        return why.status == 403
    return isinstance(why, ConnectionLost | LoginRefused | NoCredential)


def _get(path: str, notify: Any) -> Any:
    return notify.get(path)


def _page(older: str | None, notify: Any) -> Any:
    return notify.get_all_notifications(template_type="letter", older_than=older)


def _letters_of(said: Any) -> list[Any]:
    rows = said.get("notifications") if isinstance(said, dict) else None
    if not isinstance(rows, list):
        raise MailServerUnavailable("GOV.UK Notify answered something that is no list.")
    return rows


def _object(said: Any) -> dict[str, Any]:
    return said if isinstance(said, dict) else {}
