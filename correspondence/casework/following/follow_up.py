"""Follow what letters promised until it is done; it outlives the case's closing (Code 6.6, 7.3).

letter sent ──► promised ──► (revised, with the reason) ──► done, with the evidence
                    └──► a payment: (approved by a manager) ──► paid         └──► resident agrees
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from correspondence.cases.events import (
    ActionDone,
    ActionPromised,
    ActionRevised,
    CompletionConfirmed,
    PaymentApproved,
)
from correspondence.casework.drafting import decided
from correspondence.casework.record import file_events
from correspondence.errors import NotAllowed
from correspondence.handling_code.london import day_in_london
from correspondence.handling_code.long_date import long_date
from correspondence.letters.contents.actions import ActionUpdateContent
from correspondence.letters.kinds import LetterKind
from correspondence.store import actions, case_files, letters, users
from correspondence.store.actions import ActionRow

if TYPE_CHECKING:
    from datetime import date, datetime

    import sqlalchemy as sa

    from correspondence.cases.actions import ActionRecord
    from correspondence.casework.acting import Actor
    from correspondence.casework.open_office import OpenOffice
    from correspondence.store.letters import LetterRow


_MAY_APPROVE: Final = frozenset({"manager", "administrator"})


def promises_of(conn: sa.Connection, row: LetterRow) -> tuple[ActionPromised | ActionRevised, ...]:
    """Begin to follow what a letter promises that is just being recorded as sent.

    Returns the events; needs the writing unit in which the letter becomes sent, so that either all
    of it is on record or none. A letter with news of an action we follow moves that one's day.
    """
    decided_for_it = letters.revision(conn, row.id).content
    content = decided.kept(LetterKind(row.kind), decided_for_it) if decided_for_it else None
    if content is None:
        return ()
    if isinstance(content, ActionUpdateContent):
        follows = _followed_already(conn, row.reference, content)
        if follows is not None:
            actions.revise(conn, follows.id, due=content.new_date, owner=content.owner)
            revised = ActionRevised(
                action=follows.id,
                due=content.new_date,
                letter=row.id,
                owner=content.owner,
                because=content.why_moved,
            )
            return (revised,)
    begun = actions.last_number(conn, row.reference)
    rows = tuple(
        ActionRow(
            id=f"{row.reference}-A{begun + position}",
            reference=row.reference,
            number=begun + position,
            letter=row.id,
            position=position,
            what=promise.what,
            owner=promise.owner,
            due=promise.by,
            promised_for=promise.by,
            pence=promise.pence,
        )
        for position, promise in enumerate(content.promises(), 1)
    )
    actions.promised(conn, rows)
    return tuple(_promised(one, row.stage) for one in rows)


def complete(
    house: OpenOffice,
    action: str,
    *,
    on: date,
    evidence: str,
    file: bytes | None = None,
    now: datetime,
    actor: Actor,
) -> ActionRecord:
    """Record that an action was done on that day (in London), and how we know.

    `file` is kept as evidence, such as a contractor's sheet or a photograph. Raises NotKnown, and
    NotAllowed where it is done already, the day cannot be, or nothing shows that it was done.
    """
    if not actor.is_person:
        raise NotAllowed("An action is recorded as done by a named person; say who with --as.")
    if not evidence.strip():
        raise NotAllowed(
            f"Say how we know that {action} is done: who saw it, or what shows it (Code 7.3)."
        )
    with house.database.reading() as conn:
        _may_be_paid(conn, house, _may_be_done(conn, action, on, now), actor)
    sha256 = house.documents.keep(file) if file is not None else ""
    with house.database.writing() as conn:
        row = _may_be_done(conn, action, on, now)
        _may_be_paid(conn, house, row, actor)
        actions.done(conn, action, on=on)
        event = ActionDone(
            action=action, done_on=on, evidence_sha256=sha256, evidence=evidence.strip()
        )
        case = file_events(conn, house, row.reference, [event], now=now, actor=actor)
    return next(one for one in case.actions if one.id == action)


def revise(
    house: OpenOffice,
    action: str,
    *,
    to: date,
    because: str,
    owner: str = "",
    now: datetime,
    actor: Actor,
) -> ActionRecord:
    """Move the day of an action, or give it to somebody else, with the reason.

    The resident is to be told (Code 6.6, 6.17); that is a letter of its own. Raises NotKnown, and
    NotAllowed where it is done, the day is past, nothing changes, or no reason is given.
    """
    if not actor.is_person:
        raise NotAllowed("An action is revised by a named person; say who with --as.")
    if not because.strip():
        raise NotAllowed(f"Say why {action} is revised: the resident will want to know (Code 6.6).")
    if to < day_in_london(now):
        raise NotAllowed(
            f"{long_date(to)} is past. Give a day by which {action} will be done, or record it "
            f"as done: correspondence action done {action} --on DATE"
        )
    with house.database.writing() as conn:
        row = _still_open(conn, action)
        if (to, owner.strip() or row.owner) == (row.due, row.owner):
            raise NotAllowed(f"{action} is due on {long_date(row.due)} already; nothing changes.")
        actions.revise(conn, action, due=to, owner=owner.strip() or row.owner)
        event = ActionRevised(action=action, due=to, owner=owner.strip(), because=because.strip())
        case = file_events(conn, house, row.reference, [event], now=now, actor=actor)
    return next(one for one in case.actions if one.id == action)


def approve_payment(house: OpenOffice, action: str, *, now: datetime, actor: Actor) -> ActionRecord:
    """Approve, as a manager, that a promised sum is paid, where the profile asks for that.

    Raises NotKnown, and NotAllowed where nothing is to be approved or this person may not.
    """
    if not actor.is_person:
        raise NotAllowed("A payment is approved by a named person; say who with --as.")
    with house.database.writing() as conn:
        row = _still_open(conn, action)
        if not needs_approval(house, row):
            raise NotAllowed(f"{action} is no payment that has to be approved.")
        if _approved(conn, row) is not None:
            raise NotAllowed(f"The payment of {action} is approved already.")
        if users.load(conn, actor.name).may not in _MAY_APPROVE:
            raise NotAllowed("A payment is approved by a manager or an administrator.")
        event = PaymentApproved(action=action, on=day_in_london(now), pence=row.pence or 0)
        case = file_events(conn, house, row.reference, [event], now=now, actor=actor)
    return next(one for one in case.actions if one.id == action)


def confirm(
    house: OpenOffice, action: str, *, on: date, said: str, now: datetime, actor: Actor
) -> ActionRecord:
    """Record that the resident agreed on that day that it is done, and what they said.

    Raises NotKnown, and NotAllowed where it is not done, or the day cannot be.
    """
    if not actor.is_person:
        raise NotAllowed("What a resident agrees to is recorded by a named person; use --as.")
    with house.database.writing() as conn:
        row = actions.load(conn, action)
        if row.done_on is None:
            raise NotAllowed(f"{action} is not on record as done; record that first.")
        if not row.done_on <= on <= day_in_london(now):
            raise NotAllowed(
                f"The resident cannot have agreed on {long_date(on)}: it was done on "
                f"{long_date(row.done_on)}, and today is {long_date(day_in_london(now))}."
            )
        known = next(
            one for one in case_files.load(conn, row.reference).actions if one.id == action
        )
        if known.confirmed_on is not None:
            raise NotAllowed(f"{action} was confirmed on {long_date(known.confirmed_on)} already.")
        actions.confirmed(conn, action, on=on)
        event = CompletionConfirmed(action=action, on=on, said=said.strip())
        case = file_events(conn, house, row.reference, [event], now=now, actor=actor)
    return next(one for one in case.actions if one.id == action)


def needs_approval(house: OpenOffice, row: ActionRow) -> bool:
    """Whether it is a payment that a manager approves, by the profile."""
    limit = house.settings.approval.payment_above_pence
    return limit is not None and (row.pence or 0) > limit


def _may_be_paid(conn: sa.Connection, house: OpenOffice, row: ActionRow, actor: Actor) -> None:
    """Raise NotAllowed for a payment that has yet to be approved, by somebody else."""
    if not needs_approval(house, row):
        return
    by = _approved(conn, row)
    if by is None:
        raise NotAllowed(
            f"{row.id} is a payment of £{(row.pence or 0) / 100:,.2f}, which a manager approves "
            f"before it is recorded as paid: correspondence action approve {row.id}"
        )
    if by == actor.name:
        raise NotAllowed(f"{actor.name} approved the payment; somebody else records it as paid.")


def _approved(conn: sa.Connection, row: ActionRow) -> str | None:
    """Who approved the payment; None where nobody has."""
    for one in case_files.history(conn, row.reference):
        if isinstance(one.event, PaymentApproved) and one.event.action == row.id:
            return one.by
    return None


def _promised(row: ActionRow, stage: int) -> ActionPromised:
    return ActionPromised(
        action=row.id,
        letter=row.letter,
        position=row.position,
        stage=stage,
        due=row.due,
        pence=row.pence,
        what=row.what,
        owner=row.owner,
    )


def _followed_already(
    conn: sa.Connection, reference: str, news: ActionUpdateContent
) -> ActionRow | None:
    """The one open action of the case that the letter is about; None where that is not certain."""
    same = [
        row
        for row in actions.listing(conn, reference=reference)
        if _folded(row.what) == _folded(news.action)
    ]
    promised_then = [row for row in same if news.promised_for in {row.due, row.promised_for}]
    certain = promised_then if len(same) > 1 else same
    return certain[0] if len(certain) == 1 else None


def _folded(what: str) -> str:
    return " ".join(what.split()).casefold().rstrip(".")


def _still_open(conn: sa.Connection, action: str) -> ActionRow:
    row = actions.load(conn, action)
    if row.done_on is not None:
        raise NotAllowed(f"{action} is on record as done on {long_date(row.done_on)} already.")
    return row


def _may_be_done(conn: sa.Connection, action: str, on: date, now: datetime) -> ActionRow:
    """Not before it was promised, and not in the future."""
    row = _still_open(conn, action)
    promised_on, today = letters.load(conn, row.letter).sent_on, day_in_london(now)
    if promised_on is None or not promised_on <= on <= today:
        since = f" since {long_date(promised_on)}" if promised_on else ""
        raise NotAllowed(
            f"{action} cannot have been done on {long_date(on)}: it is promised{since}, and today "
            f"is {long_date(today)}."
        )
    return row
