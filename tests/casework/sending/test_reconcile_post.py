"""Letters by GOV.UK Notify are held against what it says of each; what it cannot say is said."""

from __future__ import annotations

import io
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from correspondence.casework.sending.reconcile_post import compare_post
from correspondence.postroom.posting import notify_post
from correspondence.store import postings
from tests.casework.bureau import LETTER
from tests.casework.sending.test_posting import (  # noqa: F401 - fixtures
    by_post,
    desk,
    folder,
    later,
)

if TYPE_CHECKING:
    from correspondence.casework.sending.reconcile_post import PostCompared
    from tests.casework.bureau import Bureau
    from tests.postroom.notify_stand_in import NotifyStandIn

pytestmark = pytest.mark.slow

IN_MARCH = "2026-11-23T17:30:00+00:00"


def told(found: PostCompared) -> list[tuple[str, bool]]:
    return [(one.kind, one.asks) for one in found.differences]


def compared(at: Bureau) -> PostCompared:
    return compare_post(at.house, now=at.now)


def recorded(at: Bureau) -> None:
    at.sent(LETTER)


def test_a_letter_by_notify_agrees_while_it_is_printed_and_once_it_was_posted(
    desk: Bureau,  # noqa: F811
    notify: NotifyStandIn,
) -> None:
    assert compared(desk).posted == 0
    desk.send(LETTER)
    notify.wish("become", status="sending")
    found = compared(desk)
    assert (found.posted, found.seen, told(found)) == (1, 1, [])
    notify.wish("become", status="delivered", at=IN_MARCH)
    assert told(compared(desk)) == [("not_recorded", False)]
    later(desk, timedelta(days=4))
    found = compared(desk)
    assert (found.posted, found.seen, told(found)) == (1, 1, [])
    assert desk.letter(LETTER).status == "sent"


def test_what_is_on_record_as_sent_and_was_not_posted_asks_for_a_person(
    desk: Bureau,  # noqa: F811
    notify: NotifyStandIn,
) -> None:
    desk.send(LETTER)
    recorded(desk)
    for status in ("sending", "validation-failed", "technical-failure"):
        notify.wish("become", status=status)
        found = compared(desk)
        assert (found.seen, told(found)) == (0, [("not_posted", True)])
    notify.wish("forget")
    (one,) = compared(desk).differences
    assert "knows nothing of it" in one.what
    desk.days_pass(8)
    assert told(compared(desk)) == [("no_view", False)]
    desk.days_pass(30)
    assert compared(desk).posted == 0


def test_a_letter_that_notify_has_twice_is_found(
    desk: Bureau,  # noqa: F811
    notify: NotifyStandIn,
) -> None:
    desk.send(LETTER)
    (letter,) = notify.letters
    post = notify_post(desk.house.office)
    post.session.do(
        lambda client: client.send_precompiled_letter_notification(
            letter["reference"], io.BytesIO(b"%PDF-1.7 again")
        ),
        begun=time.time(),
    )
    post.session.close()
    (one,) = compared(desk).differences
    assert (one.kind, one.asks) == ("printed_twice", True)
    assert LETTER in one.what


def test_letters_of_another_service_and_a_key_that_is_refused_are_said_not_to_be_seen(
    desk: Bureau,  # noqa: F811
    notify: NotifyStandIn,
) -> None:
    desk.send(LETTER)
    notify.wish("set", revoked=True)
    assert told(compared(desk)) == [("not_looked_at", True)]
    notify.wish("set", revoked=False)
    with desk.house.database.writing() as conn:
        posting = postings.of_letter(conn, LETTER)
        assert posting is not None
        postings.begin(
            conn, postings.Posting(LETTER, "notify", posting.posted_as, "another", desk.now)
        )
    found = compared(desk)
    assert (found.seen, told(found)) == (0, [("not_looked_at", True)])
