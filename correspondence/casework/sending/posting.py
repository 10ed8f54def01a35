"""Give an approved letter away to be printed and posted, once, and record what became of it.

ready → sending (recorded before anything is said to anybody) → handed over → sent. Printed and
posted by others it is not sent until they say that it was posted; delivered nobody ever calls it.
Found on its way, it is looked up under its own reference: there, it was given; not there, it never
will have been, and goes again; where that cannot be told, a person is asked.
"""

from __future__ import annotations

import hashlib
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from correspondence.cases.events import LetterHandedOver, LetterNotSubmitted, LetterPosting
from correspondence.casework.record import file_events
from correspondence.casework.sending import departure, pause, submit
from correspondence.casework.sending.submit import IN_FLIGHT, Submission, given_away
from correspondence.errors import MailServerUnavailable, NotAllowed, RecordBroken
from correspondence.letters.post.precheck import precheck
from correspondence.postroom.notify.answers import tomorrow
from correspondence.postroom.posting import notify_post
from correspondence.store import letters, postings
from correspondence.store.postings import Posting

if TYPE_CHECKING:
    from datetime import datetime

    import sqlalchemy as sa

    from correspondence.cases.case import Case
    from correspondence.casework.acting import Actor
    from correspondence.casework.drafting.route import Route
    from correspondence.casework.open_office import OpenOffice
    from correspondence.postroom.notify.answers import Notified
    from correspondence.postroom.notify.letters import NotifyPost
    from correspondence.store.letters import LetterRow, Revision
    from correspondence.store.postings import Way

KNOWN_FOR: Final = timedelta(days=6)
"""How long Notify surely knows a letter: it keeps them for seven days, unless told otherwise."""


def way_of(
    conn: sa.Connection, house: OpenOffice, case: Case, row: LetterRow, route: Route
) -> Way | None:
    """Who prints and posts the letter: by the profile, or since it was given to them already.

    None where that is a person. So it is where an e-mail may go instead, which an officer decides,
    and where what was agreed does not fit a window envelope or is not for paper alone.
    """
    if row.status == "sending":
        begun = given_away(conn, row)
        posting = postings.of_letter(conn, row.id) if isinstance(begun, LetterPosting) else None
        return posting.way if posting else None
    chosen = house.settings.delivery.post
    by_post_alone = route.by_post and not route.to
    for_others = route.by_email and case.representative is not None
    unusual = case.adjustments.large_print or case.adjustments.plain_text
    if chosen == "outbox" or not by_post_alone or for_others or unusual:
        return None
    return chosen


def post(
    house: OpenOffice,
    row: LetterRow,
    revision: Revision,
    way: Way,
    *,
    now: datetime,
    actor: Actor,
    notify: NotifyPost | None = None,
) -> Submission:
    """Give an approved letter away, or find out what became of one that is on its way.

    Raises NotAllowed where it cannot be posted as it is or was changed meanwhile, NoCredential
    where there is no key, StoreUnavailable where the record does not take it; nothing has gone then
    that is not on record as under way.
    """
    if row.status == "sending" and way == "print_house":
        return Submission("gathered")  # the next batch takes it, or the one it is in
    notify = notify or notify_post(house.office)
    if row.status == "sending":
        return look_up(house, row, revision, notify, now=now, actor=actor)
    if way == "notify" and not actor.is_person and (off := pause.standing(house, way, now=now)):
        return Submission("paused", because=pause.sentence(off), again_at=off.resumes_at)
    pdf = _what_is_printed(house, row, revision)
    account = notify.session.service if way == "notify" else ""
    begun = time.time()
    posted_as = _begin(house, row, revision, way, account, now=now, actor=actor)
    if way == "print_house":
        return Submission("gathered")
    given = notify.give(pdf, posted_as, begun=begun)
    if given.state == "uncertain":
        return submit.uncertain(house, row, given.because, now=now, actor=actor)
    if given.known is not None:
        became = handed(house, row, revision, given.known, now=now, actor=actor)
    else:
        became = submit.not_gone(
            house,
            row,
            given.because,
            passing=given.passing,
            now=now,
            actor=actor,
            not_before=tomorrow(now) if given.tomorrow else None,
            begun_at=now,
        )
    if given.passing and not given.tomorrow:  # the letter's own record comes first
        pause.failed(house, way, given.because, now=now)
    else:
        pause.worked(house, way)
    return became


def look_up(
    house: OpenOffice,
    row: LetterRow,
    revision: Revision,
    notify: NotifyPost,
    *,
    now: datetime,
    actor: Actor,
) -> Submission:
    """What became of a letter that was on its way to Notify.

    Under its reference Notify has it or not. What it has not taken within half a minute it never
    takes, and whoever began to give it away has stopped within minutes.
    """
    with house.database.reading() as conn:
        posting = postings.of_letter(conn, row.id)
        known = submit.is_known_uncertain(conn, row)
    if posting is None:
        raise RecordBroken(f"{row.id} is on its way to be printed, and under no reference.")
    try:
        if notify.session.service != posting.account:
            because = "it was given to another service of GOV.UK Notify than the API key is of now"
            return submit.uncertain(house, row, because, now=now, actor=actor)
        found = notify.found(posting.posted_as)
    except MailServerUnavailable as closed:
        because = f"its sending was broken off, and Notify could not be asked: {closed}"
        return _perhaps(house, row, because, known=known, now=now, actor=actor)
    finally:
        notify.session.close()
    stands = next((one for one in found if one.standing != "refused"), None)
    if stands is not None and stands.standing == "in_doubt":
        return submit.uncertain(house, row, stands.because, now=now, actor=actor)
    if stands is not None:
        return handed(house, row, revision, stands, now=now, actor=actor)
    began = row.sending_at or now
    if found:
        because, passing = found[0].because, False
    elif abs(now - began) < IN_FLIGHT:
        because = "its sending was broken off, and Notify does not have it yet"
        return _perhaps(house, row, because, known=known, now=now, actor=actor)
    elif abs(now - posting.begun_at) > KNOWN_FOR:
        because = "its sending was broken off, and Notify does not know it, or no longer"
        return submit.uncertain(house, row, because, now=now, actor=actor)
    else:
        because, passing = "its sending was broken off, and Notify never had it", True
    return submit.not_gone(
        house, row, because, passing=passing, now=now, actor=actor, begun_at=began
    )


def handed(
    house: OpenOffice,
    row: LetterRow,
    revision: Revision,
    known: Notified | None,
    *,
    now: datetime,
    actor: Actor,
) -> Submission:
    """It was given away: on record, with how it stands there."""
    with house.database.writing() as conn:
        if known is not None:
            postings.note(conn, row.id, at=now, said=known.status, provider_id=known.id)
        if letters.hand_over(conn, row.id, now=now):  # else another process was quicker
            file_events(conn, house, row.reference, [given(row, revision)], now=now, actor=actor)
    return Submission("given")


def given(row: LetterRow, revision: Revision) -> LetterHandedOver:
    """The event that the letter was handed over, to whoever prints it."""
    return LetterHandedOver(
        letter=row.id,
        digest=revision.digest,
        pdf_sha256=revision.pdf_sha256 or "",
        by_email=False,
        by_post=True,
        print_sha256=revision.print_sha256 or "",
    )


def _begin(
    house: OpenOffice,
    row: LetterRow,
    revision: Revision,
    way: Way,
    account: str,
    *,
    now: datetime,
    actor: Actor,
) -> str:
    """Record that it is about to be given away; the name under which it is."""
    with house.database.writing() as conn:
        departure.begin(conn, row, revision, now=now)
        name = _name_of(conn, row)
        postings.begin(conn, Posting(row.id, way, name, account, begun_at=now))
        begun = LetterPosting(
            letter=row.id,
            digest=revision.digest,
            way=way,
            posted_as=name,
            print_sha256=revision.print_sha256 or "",
        )
        file_events(conn, house, row.reference, [begun], now=now, actor=actor)
    return name


def _name_of(conn: sa.Connection, row: LetterRow) -> str:
    """What the letter is called where it is printed: the same each time, of no other letter.

    Two offices may have letters of one number, so it holds what its own Message-ID comes to. Once
    a person has found that it never went, it goes under another.
    """
    told = submit.of_sending(conn, row)
    attempt = 1 + sum(isinstance(one, LetterNotSubmitted) and one.by_hand for one in told)
    digest = hashlib.sha256(row.message_id.encode()).hexdigest()[:12]
    return f"{row.id}-{digest}" + (f"-{attempt}" if attempt > 1 else "")


def _what_is_printed(house: OpenOffice, row: LetterRow, revision: Revision) -> bytes:
    """The copy that was approved, once nothing stands against printing it."""
    if row.digest != revision.digest or not revision.print_sha256:
        raise RecordBroken(
            f"{row.id} was not approved to go by post; approve it again before sending."
        )
    pdf = house.documents.fetch(revision.print_sha256)
    if found := precheck(pdf):
        said = " ".join(dict.fromkeys(one.says for one in found))
        raise NotAllowed(f"{row.id} cannot be posted as it is: {said} Then approve it again.")
    return pdf


def _perhaps(
    house: OpenOffice, row: LetterRow, because: str, *, known: bool, now: datetime, actor: Actor
) -> Submission:
    """Still with another process, as long as it may be; else nobody knows."""
    if not known and abs(now - (row.sending_at or now)) < IN_FLIGHT:
        return Submission("under_way", because=because)
    return submit.uncertain(house, row, because, now=now, actor=actor)
