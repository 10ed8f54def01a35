"""Hold what lies in the mailboxes against the record, and letters against what was sent of them.

Messages are told by their Message-ID, since whatever else a server calls them changes when they are
moved. Nothing is changed by it, in the mailboxes or in the record: what differs is listed, with
what to do about it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from email.parser import BytesParser
from typing import TYPE_CHECKING, Any, Final

from correspondence.cases.events import LetterSubmitted
from correspondence.casework.sending.daily import A_DAY, Daily
from correspondence.casework.sending.difference import Difference
from correspondence.casework.sending.reconcile_post import compare_post
from correspondence.errors import (
    CorrespondenceError,
    MailServerUnavailable,
    RecordBroken,
    StoreUnavailable,
)
from correspondence.intake.mail.headers import message_ids
from correspondence.postroom.delivery import delivery_of
from correspondence.store import case_files, letters, messages
from correspondence.store.tables import Key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from correspondence.casework.open_office import OpenOffice
    from correspondence.postroom.base import Held, Mailbox
    from correspondence.settings import Office

_COMPARED: Final = Daily("reconciled.json")
_SENT_WITHIN: Final = timedelta(days=30)


@dataclass(slots=True)
class Reconciled:
    """What was compared. `agree` counts the messages that both sides have."""

    at: datetime
    agree: int = 0
    in_mailboxes: int = 0
    on_record: int = 0
    unnamed: int = 0  # messages without a Message-ID, which cannot be told from one another
    letters: int = 0
    letters_seen: int = 0
    posted: int = 0  # letters that somebody else prints and posts
    posted_seen: int = 0
    differences: list[Difference] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing asks for a person."""
        return not any(one.asks for one in self.differences)

    def document(self) -> dict[str, Any]:
        """As ``mailbox reconcile --json`` prints it."""
        return {"ok": self.ok, **asdict(self), "at": self.at.isoformat()}


def reconcile(house: OpenOffice, mailboxes: Sequence[Mailbox], *, now: datetime) -> Reconciled:
    """Compare, change nothing but the note of when this was done, and return what differs.

    A mailbox that cannot be looked through is itself listed. Raises StoreUnavailable.
    """
    found = Reconciled(now)
    for mailbox in mailboxes:
        _messages(house, mailbox, found)
    _letters(house, found, now=now)
    post = compare_post(house, now=now)
    found.posted, found.posted_seen = post.posted, post.seen
    found.differences += post.differences
    kinds = Counter(one.kind for one in found.differences if one.asks)
    _COMPARED.note(house.office, at=found.at, agree=found.agree, asking=kinds)
    return found


def last(office: Office) -> dict[str, Any] | None:
    """What was found last, as `document` has it; None where nothing was compared yet."""
    return _COMPARED.last(office)


def is_due(house: OpenOffice, *, now: datetime) -> bool:
    """Whether a day has gone by: since it was done last, or since mail was first kept."""
    if last(house.office) is not None:
        return _COMPARED.is_due(house.office, now=now)
    with house.database.reading() as conn:
        first = messages.first_kept_at(conn)
    return first is not None and now - first >= A_DAY


def sentence(found: Reconciled) -> str:
    """That something asks for a person, or nothing."""
    asking = sum(one.asks for one in found.differences)
    if not asking:
        return ""
    return (
        f"{asking} things in the mailboxes and the record are not alike: "
        "correspondence mailbox reconcile"
    )


def _messages(house: OpenOffice, mailbox: Mailbox, found: Reconciled) -> None:
    name = mailbox.mailbox
    try:
        there = list(mailbox.held())
    except (MailServerUnavailable, StoreUnavailable) as closed:
        to_do = "Put that right (correspondence mailbox test), then reconcile again."
        found.differences.append(Difference("not_looked_at", name, str(closed), to_do))
        return
    with house.database.reading() as conn:
        rows = messages.named_in(conn, name)
    kept = Counter(_name_of(house, message_id, digest) for message_id, digest in rows)
    digests = Counter(digest for _, digest in rows)
    found.in_mailboxes += len(there)
    found.on_record += len(rows)
    matched = unnamed = 0
    for one in there:
        known = _known(one, kept, digests)
        unnamed += known is None
        matched += known is True
        if (difference := _difference(name, one, known=known)) is not None:
            found.differences.append(difference)
    found.agree += matched
    found.unnamed += unnamed
    if (gone := len(rows) - matched - unnamed) > 0:
        says = f"{gone} messages on record lie in neither folder any more"
        to_do = "Nothing: they are kept here, and colleagues may have filed them elsewhere."
        found.differences.append(Difference("not_there", name, says, to_do, asks=False))


def _name_of(house: OpenOffice, message_id: str | None, digest: str) -> str:
    """The Message-ID of a message on record; of one that is still to be read, from its bytes."""
    if message_id is not None:
        return message_id
    try:
        raw = house.documents.fetch(digest)
    except (RecordBroken, StoreUnavailable):
        return ""  # lost from its disk: reading it says so, and by name it is nobody's
    header = BytesParser().parsebytes(raw, headersonly=True)
    return next((Key.shortened(one) for one in message_ids(str(header["Message-ID"] or ""))), "")


def _known(one: Held, kept: Counter[str], digests: Counter[str]) -> bool | None:
    """Whether a message is on record, which is counted off; None where nobody can tell."""
    key, counted = one.sha256, digests
    if not key:
        names = message_ids(one.message_id)
        key, counted = (Key.shortened(names[0]) if names else ""), kept
    if not key:
        return None
    if counted[key] <= 0:
        return False
    counted[key] -= 1
    return True


def _difference(name: str, one: Held, *, known: bool | None) -> Difference | None:
    if one.waiting and known:
        says = f"{one.name} is kept, and still lies where it came in"
        return Difference(
            "not_set_aside", name, says, "The next run moves it; see its problems.", asks=False
        )
    if one.waiting:
        says = f"{one.name} waits to be taken in"
        to_do = "correspondence run --once takes it in, or says why it is left alone."
        return Difference("not_taken", name, says, to_do, asks=False)
    if known is False:
        says = f"{one.name} was set aside, and is on no record"
        return Difference(
            "not_kept", name, says, "Move it back to the folder that is read: it is taken in then."
        )
    return None


def _letters(house: OpenOffice, found: Reconciled, *, now: datetime) -> None:
    """Letters that a server took, against its sent mail, where that can be looked through."""
    sent = list(_sent_by_server(house, now=now))
    found.letters = len(sent)
    if not sent or house.settings.delivery.way == "outbox":
        return
    try:
        delivery = delivery_of(house.office)
        if not delivery.can_look:
            return
        for letter, message_id in sent:
            if delivery.has_gone(message_id):
                found.letters_seen += 1
                continue
            says = f"{letter} is on record as sent, and is not among the sent mail"
            to_do = (
                "Look into the server's log for its Message-ID. If it never went, the resident was "
                "told nothing: draft another."
            )
            found.differences.append(Difference("not_among_sent", "letters", says, to_do))
    except CorrespondenceError as closed:
        to_do = "Put that right (correspondence mailbox test), then reconcile again."
        found.differences.append(Difference("not_looked_at", "letters", str(closed), to_do))


def _sent_by_server(house: OpenOffice, *, now: datetime) -> Iterator[tuple[str, str]]:
    since = (now - _SENT_WITHIN).date()
    with house.database.reading() as conn:
        for row in letters.listing(conn, statuses=["sent"]):
            if row.sent_on is None or row.sent_on < since:
                continue
            if any(
                isinstance(one.event, LetterSubmitted) and one.event.letter == row.id
                for one in case_files.history(conn, row.reference)
            ):
                yield row.id, row.message_id
