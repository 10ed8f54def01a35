"""What a letter promised is followed from the day it went, once, until it is done."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from correspondence.cases.people import Resident
from correspondence.casework.acting import ourselves
from correspondence.casework.following.follow_up import complete, revise
from correspondence.casework.handling.log import Closing, ComplaintTaken, close, open_case
from correspondence.casework.record import file_events
from correspondence.errors import NotAllowed, NotKnown
from correspondence.letters.contents import CONTENTS
from correspondence.letters.kinds import LetterKind
from correspondence.store import actions, audit, case_files, letters
from correspondence.store.letters import NewRevision
from tests.casework.bureau import DEFINITION, NOW, Bureau
from tests.casework.drafting.test_decided import RESPONSE

if TYPE_CHECKING:
    from correspondence.cases.actions import ActionRecord
    from correspondence.store.actions import ActionRow

CASE = "CMP-2026-000001"
GUTTER, PAYMENT = f"{CASE}-A1", f"{CASE}-A2"
TODAY = NOW.date()


def opened(desk: Bureau) -> str:
    """A complaint by telephone; its case."""
    taken = ComplaintTaken(
        received_on=desk.now.date(),
        channel="telephone",
        resident=Resident(name="Wenna Garsdale", email="wenna@example.net"),
        definition=DEFINITION,
    )
    return open_case(desk.house, taken, now=desk.now, actor=desk.rowan).reference


def handed_over(desk: Bureau, reference: str, kind: LetterKind, content: dict[str, Any]) -> str:
    """A letter that lies in the outbox, made without being printed; its id."""
    form = CONTENTS[kind].model_validate(content)
    with desk.house.database.writing() as conn:
        stage = 2 if kind.value.startswith("stage2") else 1
        number = len(letters.listing(conn, references=[reference])) + 1
        letter = letters.new_letter(
            conn,
            reference=reference,
            kind=kind.value,
            stage=stage,
            message_id=f"{reference}.{number}@example.org",
            now=desk.now,
        )
        digest = f"{number:064d}"
        revision = NewRevision(
            digest=digest,
            text={},
            content=form.model_dump(mode="json"),
            findings={},
            subject="",
            email_text="",
        )
        letters.add_revision(conn, letter, revision, by="rowan", now=desk.now)
        letters.approve(conn, letter, digest=digest, by="rowan", now=desk.now)
        letters.begin_sending(conn, letter, digest=digest, now=desk.now)
        letters.hand_over(conn, letter, now=desk.now)
    return letter


def sent(desk: Bureau, reference: str, kind: LetterKind, content: dict[str, Any]) -> str:
    letter = handed_over(desk, reference, kind, content)
    desk.sent(letter)
    return letter


def responded(desk: Bureau) -> str:
    """A case whose stage 1 response went; the letter."""
    return sent(desk, opened(desk), LetterKind.STAGE1_RESPONSE, RESPONSE)


def rows(desk: Bureau, reference: str = CASE, *, with_done: bool = True) -> list[ActionRow]:
    with desk.house.database.reading() as conn:
        return list(actions.listing(conn, reference=reference, with_done=with_done))


def record(desk: Bureau, action: str) -> ActionRecord:
    (found,) = (one for one in desk.case(action.rpartition("-")[0]).actions if one.id == action)
    return found


def done(desk: Bureau, action: str, **changes: Any) -> ActionRecord:
    said: dict[str, Any] = {"on": desk.now.date(), "evidence": "The roofer sent a photograph."}
    return complete(desk.house, action, **said | changes, now=desk.now, actor=desk.rowan)


def moved(desk: Bureau, action: str, to: date, because: str = "The scaffold is late") -> Any:
    return revise(desk.house, action, to=to, because=because, now=desk.now, actor=desk.rowan)


def the_rows_say_what_the_events_say(desk: Bureau, reference: str) -> None:
    wanted = {one.id: one for one in desk.case(reference).actions}
    found = {one.id: one for one in rows(desk, reference)}
    assert found.keys() == wanted.keys()
    for action, row in found.items():
        record = wanted[action]
        for name in ("letter", "what", "owner", "due", "promised_for", "pence", "done_on"):
            assert getattr(row, name) == getattr(record, name), (action, name)


# Promised


def test_every_promise_of_a_letter_is_followed_once_it_is_sent(either_desk: Bureau) -> None:
    reference = opened(either_desk)
    letter = handed_over(either_desk, reference, LetterKind.STAGE1_RESPONSE, RESPONSE)
    assert rows(either_desk) == [], "in the outbox nothing is promised yet"
    either_desk.sent(letter)
    gutter, payment = record(either_desk, GUTTER), record(either_desk, PAYMENT)
    assert (gutter.what, gutter.owner) == ("The gutter will be replaced.", "Our roofer")
    assert (gutter.due, gutter.pence, gutter.letter) == (date(2026, 12, 4), None, letter)
    assert (payment.due, payment.pence) == (date(2026, 12, 11), 3_000)
    the_rows_say_what_the_events_say(either_desk, reference)
    with either_desk.house.database.reading() as conn:
        assert audit.verify(conn).intact


def test_what_was_promised_is_owed_next_even_when_the_case_is_closed(desk: Bureau) -> None:
    responded(desk)
    closing = Closing(reason="responded", on=desk.now.date())
    close(desk.house, CASE, closing, now=desk.now, actor=desk.rowan)
    with desk.house.database.reading() as conn:
        row = case_files.row(conn, CASE)
    assert (row.status, row.next_duty, row.next_due) == ("closed", "action", date(2026, 12, 4))
    assert "Code 6.6" in (row.next_because or "")
    assert [one.id for one in rows(desk, with_done=False)] == [GUTTER, PAYMENT]
    done(desk, GUTTER)
    done(desk, PAYMENT)
    with desk.house.database.reading() as conn:
        assert case_files.row(conn, CASE).next_duty == "learning"
    assert desk.case(CASE).status == "closed"


def test_a_letter_recorded_as_sent_twice_promises_once(desk: Bureau) -> None:
    letter = responded(desk)
    with pytest.raises(NotAllowed, match="already"):
        desk.sent(letter)
    assert len(rows(desk)) == 2
    assert desk.events(CASE).count("action_promised") == 2


@pytest.mark.parametrize("where", ["before", "after"])
def test_broken_off_in_between_nothing_is_promised_and_the_letter_is_not_sent(
    desk: Bureau, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    letter = handed_over(desk, opened(desk), LetterKind.STAGE1_RESPONSE, RESPONSE)

    def cut(*arguments: Any, **named: Any) -> Any:
        if where == "after":
            file_events(*arguments, **named)
        raise SystemExit

    with monkeypatch.context() as power:
        power.setattr("correspondence.casework.sending.dispatch.file_events", cut)
        with pytest.raises(SystemExit):
            desk.sent(letter)
    assert rows(desk) == []
    assert desk.letter(letter).status == "handed_over"
    desk.sent(letter)
    assert len(rows(desk)) == 2
    the_rows_say_what_the_events_say(desk, CASE)


def test_two_who_record_it_at_once_promise_once(either_desk: Bureau) -> None:
    from concurrent.futures import ThreadPoolExecutor

    desk = either_desk
    letter = handed_over(desk, opened(desk), LetterKind.STAGE1_RESPONSE, RESPONSE)

    def try_it(_: int) -> bool:
        with suppress(NotAllowed):
            desk.sent(letter)
            return True
        return False

    with ThreadPoolExecutor(4) as officers:
        assert sum(officers.map(try_it, range(4))) == 1
    assert len(rows(desk)) == 2


def test_a_second_letter_goes_on_counting(desk: Bureau) -> None:
    responded(desk)
    sent(desk, CASE, LetterKind.STAGE1_RESPONSE, RESPONSE)
    assert [one.id for one in rows(desk)] == [
        f"{CASE}-A1", f"{CASE}-A3", f"{CASE}-A2", f"{CASE}-A4",
    ]  # fmt: skip


# News of it


NEWS = {
    "action": "the gutter will be replaced",
    "owner": "Our scaffolder",
    "promised_for": "2026-12-04",
    "standing": "The scaffold stands",
    "new_date": "2026-12-18",
    "why_moved": "The gutter has to be made to measure",
}


def test_a_letter_with_news_moves_the_day_of_the_action_and_promises_no_other(
    desk: Bureau,
) -> None:
    responded(desk)
    news = sent(desk, CASE, LetterKind.ACTION_UPDATE, NEWS)
    gutter = record(desk, GUTTER)
    assert (gutter.due, gutter.promised_for) == (date(2026, 12, 18), date(2026, 12, 4))
    assert (gutter.owner, gutter.letter != news) == ("Our scaffolder", True)
    assert len(rows(desk)) == 2
    the_rows_say_what_the_events_say(desk, CASE)


def test_news_of_what_nobody_followed_is_followed_from_now(desk: Bureau) -> None:
    responded(desk)
    sent(desk, CASE, LetterKind.ACTION_UPDATE, NEWS | {"action": "the path will be relaid"})
    assert [one.what for one in rows(desk)][-1] == "the path will be relaid"


# Revised, done


def test_an_action_is_revised_with_its_reason(either_desk: Bureau) -> None:
    responded(either_desk)
    moved(either_desk, GUTTER, date(2027, 1, 8))
    gutter = record(either_desk, GUTTER)
    assert (gutter.due, gutter.moved) == (date(2027, 1, 8), 1)
    the_rows_say_what_the_events_say(either_desk, CASE)


@pytest.mark.parametrize(
    ("to", "because", "says"),
    [
        (TODAY - timedelta(days=1), "late", "is past"),
        (date(2027, 1, 8), "  ", "Say why"),
        (date(2026, 12, 4), "the same", "nothing changes"),
    ],
)
def test_what_is_no_revision_is_refused(desk: Bureau, to: date, because: str, says: str) -> None:
    responded(desk)
    with pytest.raises(NotAllowed, match=says):
        moved(desk, GUTTER, to, because)
    assert record(desk, GUTTER).moved == 0


def test_an_action_is_done_with_its_evidence_once(either_desk: Bureau) -> None:
    responded(either_desk)
    finished = done(either_desk, GUTTER, file=b"a photograph")
    assert (finished.done_on, finished.evidence) == (TODAY, "The roofer sent a photograph.")
    assert [one.id for one in rows(either_desk, with_done=False)] == [PAYMENT]
    the_rows_say_what_the_events_say(either_desk, CASE)
    for again in (done, lambda desk, action: moved(desk, action, date(2027, 1, 8))):
        with pytest.raises(NotAllowed, match="already"):
            again(either_desk, GUTTER)


def test_the_evidence_file_is_kept_and_found_by_the_record(desk: Bureau) -> None:
    responded(desk)
    done(desk, GUTTER, file=b"a photograph")
    with desk.house.database.reading() as conn:
        last = case_files.history(conn, CASE)[-1].event
    assert last.kind == "action_done"
    assert desk.house.documents.fetch(last.evidence_sha256) == b"a photograph"
    assert "evidence" not in last.chained(), "words can be erased"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"on": TODAY + timedelta(days=1)}, "cannot have been done"),
        ({"on": TODAY - timedelta(days=1)}, "cannot have been done"),
        ({"evidence": " "}, "how we know"),
    ],
)
def test_what_cannot_have_been_done_is_refused(
    desk: Bureau, changes: dict[str, Any], says: str
) -> None:
    responded(desk)
    with pytest.raises(NotAllowed, match=says):
        done(desk, GUTTER, **changes)
    assert record(desk, GUTTER).is_open


def test_an_action_nobody_promised_is_not_known(desk: Bureau) -> None:
    responded(desk)
    with pytest.raises(NotKnown, match="A99"):
        done(desk, f"{CASE}-A99")


def test_the_product_itself_keeps_no_promise(desk: Bureau) -> None:
    responded(desk)
    said: dict[str, Any] = {"now": desk.now, "actor": ourselves()}
    with pytest.raises(NotAllowed, match="named person"):
        complete(desk.house, GUTTER, on=TODAY, evidence="seen", **said)
    with pytest.raises(NotAllowed, match="named person"):
        revise(desk.house, GUTTER, to=date(2027, 1, 8), because="late", **said)


def test_an_erased_case_keeps_the_days_of_what_was_promised(desk: Bureau) -> None:
    responded(desk)
    with desk.house.database.writing() as conn:
        everything = [one.id for one in case_files.history(conn, CASE)]
        audit.erase(conn, everything, by="x", os_account="x", because="retention", now=desk.now)
    gutter = record(desk, GUTTER)
    assert (gutter.what, gutter.owner, gutter.due) == ("", "", date(2026, 12, 4))


# Any order of things


_ACT = st.tuples(
    st.sampled_from(["send", "send again", "news", "revise", "done"]),
    st.integers(0, 5),
    st.integers(-2, 30),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(_ACT, max_size=12))
def test_whatever_happens_each_promise_is_followed_once_and_rows_and_events_agree(
    desk: Bureau, acts: list[tuple[str, int, int]]
) -> None:
    reference = opened(desk)
    went: list[str] = []
    promised = 0

    def action(which: int) -> str:
        return f"{reference}-A{which + 1}"

    def try_it(act: str, which: int, days: int) -> int:
        """How many promises were made."""
        day = TODAY + timedelta(days=days)
        if act == "send":
            content = RESPONSE | {"actions": RESPONSE["actions"] * (which % 3)}
            went.append(sent(desk, reference, LetterKind.STAGE1_RESPONSE, content))
            return which % 3 + 1
        if act == "send again" and went:
            desk.sent(went[which % len(went)])
        elif act == "news":
            before = len(rows(desk, reference))
            sent(desk, reference, LetterKind.ACTION_UPDATE, NEWS | {"new_date": day.isoformat()})
            return len(rows(desk, reference)) - before
        elif act == "revise":
            moved(desk, action(which), day)
        elif act == "done":
            done(desk, action(which), on=day)
        return 0

    for act, which, days in acts:
        with suppress(NotAllowed, NotKnown):
            promised += try_it(act, which, days)
    found = rows(desk, reference)
    assert len(found) == promised
    assert sorted(one.number for one in found) == list(range(1, promised + 1))
    assert len({(one.letter, one.position) for one in found}) == promised
    the_rows_say_what_the_events_say(desk, reference)
