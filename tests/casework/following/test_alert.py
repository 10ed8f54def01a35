"""Danger is told of at once, once, and without a word of the message."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Literal

import pytest

from correspondence.cases.people import Resident
from correspondence.casework.acting import ourselves
from correspondence.casework.following import alarm, alert
from correspondence.casework.handling.log import ComplaintTaken, open_case
from correspondence.casework.taking_in.correct import correct
from correspondence.errors import NotAllowed, NotKnown, SettingsRefused, StoreUnavailable
from correspondence.intake.corrections import Correction
from correspondence.postroom.outbox import Outbox
from correspondence.postroom.smtp import Submitted
from correspondence.settings import PROFILE_NAME, open_office
from correspondence.settings.sample import sample_profile
from correspondence.store import alerts, audit
from tests.jobs import corpus
from tests.jobs.corpus import mail, person

if TYPE_CHECKING:
    from pathlib import Path

    from tests.casework.bureau import Bureau

ON_CALL = "on-call@harrowmere.example"
GAS = "There is a strong smell of gas in my kitchen now and the children feel sick. Come now."


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The profile names whom to alert."""
    monkeypatch.setenv("CORRESPONDENCE_ALERTS__TO", f'["{ON_CALL}"]')


@pytest.fixture
def alerting(told: None, either_desk: Bureau) -> Bureau:
    return either_desk


def mould(desk: Bureau) -> bytes:
    """A complaint that tells of damp and mould."""
    return corpus.complaint(1, desk.now - timedelta(hours=2))


def gas(desk: Bureau) -> bytes:
    """A report of an emergency that opens no case."""
    who = person(7)
    return mail(
        f"{GAS}\n\n{who.name}\n{who.home}",
        sender=f"{who.name} <{who.address}>",
        subject="Gas smell",
        message_id="gas.7@mail.example.net",
        sent=desk.now - timedelta(hours=1),
        received=desk.now - timedelta(hours=1),
    )


def rows(desk: Bureau) -> tuple[alerts.AlertRow, ...]:
    with desk.house.database.reading() as conn:
        return alerts.listing(conn)


def facts(desk: Bureau, message: int, kind: str) -> tuple[object, ...]:
    with desk.house.database.reading() as conn:
        return audit.facts(conn, f"message:{message}", kind)


def alert_mail(desk: Bureau) -> list[str]:
    return [name for name in desk.outbox_files() if "alert-" in name]


def test_an_alert_is_raised_with_what_is_decided_of_the_message(either_desk: Bureau) -> None:
    desk = either_desk
    (row,) = desk.receive(mould(desk))
    (raised,) = rows(desk)
    assert (raised.message, raised.case_reference) == (row.id, row.case_reference)
    assert raised.what == ("hazard",)
    assert "damp_mould" in raised.hazards
    assert raised.received_at == row.received_at
    (event,) = facts(desk, row.id, "alert_raised")
    assert event == {
        "kind": "alert_raised",
        "what": ["hazard"],
        "hazards": list(raised.hazards),
        "received_at": event["received_at"],  # type: ignore[index]
        "case_reference": row.case_reference,
    }


def test_where_acting_on_a_message_fails_no_alert_is_kept(
    desk: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It comes with the next attempt: message, case and alert are one transaction."""

    def fails(*_: object, **__: object) -> None:
        raise StoreUnavailable("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr("correspondence.casework.record.Pending.append", fails)
        with pytest.raises(StoreUnavailable):
            desk.receive(mould(desk))
    assert rows(desk) == ()
    assert desk.register()[0].state == "kept"
    desk.run()
    assert len(rows(desk)) == 1


def test_ordinary_mail_raises_no_alert(either_desk: Bureau) -> None:
    desk = either_desk
    desk.receive(corpus.other(0, desk.now), corpus.complaint(3, desk.now - timedelta(hours=1)))
    assert rows(desk) == ()


def test_the_same_message_again_raises_no_second_alert(alerting: Bureau) -> None:
    desk = alerting
    desk.receive(mould(desk), mould(desk), corpus.other_route(mould(desk), desk.now))
    desk.run()
    assert len(rows(desk)) == 1
    assert len(alert_mail(desk)) == 1


def test_the_mail_names_case_kind_and_clocks_and_nobody(alerting: Bureau) -> None:
    desk = alerting
    desk.drop("mould.eml", mould(desk))
    worked = desk.run()
    (raised,) = rows(desk)
    (name,) = alert_mail(desk)
    raw = desk.outbox_files()[name]
    made = message_from_bytes(raw, policy=policy.default)
    body = made.get_body()
    assert body is not None
    text = body.get_content()
    assert made["To"] == ON_CALL
    assert made["Auto-Submitted"] == "auto-generated"
    assert made["Message-ID"] == f"<{raised.message_id}>"
    assert raised.case_reference in text
    for said in ("damp or mould", "24 hours", "10 working days", "4 December 2026"):
        assert said in " ".join(text.split()), said
    who = person(1)
    for personal in (*who.name.split(), who.address, who.home, who.phone, "asthma", "surveyor"):
        assert personal not in raw.decode() + text, personal
    assert worked.problems == []
    assert [one.row.message for one in worked.alerts] == [raised.message]


def test_danger_that_opens_no_case_is_told_by_the_messages_number(alerting: Bureau) -> None:
    desk = alerting
    (row,) = desk.receive(gas(desk))
    desk.run()
    (raised,) = rows(desk)
    assert "emergency" in raised.what
    if row.case_reference is None:
        assert alert_mail(desk) == [f"alert-{row.id}.eml"]


def test_an_alert_waits_for_no_acknowledgement(
    alerting: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = alerting
    lying: list[list[str]] = []

    def sees(_conn: object, _by_hand: object) -> tuple[str, ...]:
        lying.append(alert_mail(desk))
        return ()

    monkeypatch.setattr("correspondence.jobs.in_process.owed_acknowledgements", sees)
    desk.drop("mould.eml", mould(desk))
    assert desk.run().letters_drafted == 0
    assert len(lying[0]) == 1


def test_an_outbox_that_fails_holds_up_no_acknowledgement(
    alerting: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = alerting

    def fails(*_: object) -> None:
        raise StoreUnavailable("The outbox is full.")

    desk.drop("mould.eml", mould(desk))
    with monkeypatch.context() as broken:
        broken.setattr(Outbox, "lay_out", fails)
        worked = desk.run()
    assert worked.letters_drafted == 1
    assert worked.problems == ["The alert of message 1 has not gone out: The outbox is full."]
    assert alert_mail(desk) == []
    assert desk.run().problems == []
    assert len(alert_mail(desk)) == 1


class Killed(BaseException):
    """What nothing catches."""


@pytest.mark.parametrize("moment", ["before it is put there", "after it was put there"])
def test_broken_off_on_its_way_it_goes_out_exactly_once(
    alerting: Bureau, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    desk = alerting
    put = Outbox.put

    def broken_off(outbox: Outbox, letter: str, names: tuple[str, ...]) -> None:
        if moment.startswith("after"):
            put(outbox, letter, names)
        raise Killed

    desk.drop("mould.eml", mould(desk))
    with monkeypatch.context() as broken:
        broken.setattr(Outbox, "put", broken_off)
        with pytest.raises(Killed):
            desk.run()
    collected = sorted(desk.collect())
    for _ in range(2):
        assert desk.run().problems == []
        collected += sorted(desk.collect())
    assert collected == [f"{rows(desk)[0].case_reference}-alert-1.eml"]
    assert len(facts(desk, 1, "alert_handed_over")) == 1


def test_with_nobody_to_tell_it_stands_and_goes_out_once_there_is(
    either_desk: Bureau, press: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = either_desk
    desk.drop("mould.eml", mould(desk))
    worked = desk.run()
    assert len(worked.alerts) == 1
    assert not worked.has_findings
    assert alert_mail(desk) == []
    to = desk.house.settings.alerts.model_copy(update={"to": (ON_CALL,)})
    settings = desk.house.settings.model_copy(update={"alerts": to})
    monkeypatch.setattr(type(desk.house), "settings", settings)
    assert desk.run().has_findings
    assert len(alert_mail(desk)) == 1


def test_seen_by_a_named_person_it_no_longer_stands(alerting: Bureau) -> None:
    desk = alerting
    desk.drop("mould.eml", mould(desk))
    assert desk.run().has_findings
    seen = alert.see(desk.house, "1", now=desk.now, actor=desk.teasel)
    assert (seen.seen_by, seen.seen_at) == ("teasel", desk.now)
    assert not desk.run().has_findings
    assert alert.standing(desk.house) == ()
    assert len(facts(desk, 1, "alert_seen")) == 1
    with pytest.raises(NotAllowed, match="seen by teasel already"):
        alert.see(desk.house, "1", now=desk.now, actor=desk.rowan)
    with pytest.raises(NotKnown, match="raised no alert"):
        alert.see(desk.house, "99", now=desk.now, actor=desk.rowan)
    with desk.house.database.reading() as conn:
        assert audit.verify(conn).intact


def test_an_alert_that_comes_back_as_a_message_raises_none(alerting: Bureau) -> None:
    desk = alerting
    desk.receive(mould(desk))
    alarm.tell(desk.house, now=desk.now, actor=ourselves())
    (name,) = alert_mail(desk)
    (back,) = desk.receive(desk.outbox_files()[name])
    assert back.kind == "automatic"
    assert len(rows(desk)) == 1


def test_an_address_whose_mail_is_read_here_cannot_be_alerted(tmp_path: Path) -> None:
    ours = "complaints@harrowmere.example"
    profile = sample_profile().replace("[alerts]\n", f'[alerts]\nto = ["{ours}"]\n')
    (tmp_path / PROFILE_NAME).write_text(profile, encoding="utf-8")
    with pytest.raises(SettingsRefused, match="would come back as a message"):
        open_office(tmp_path)


def dangers(desk: Bureau, count: int, *, first: int = 0) -> list[bytes]:
    """So many messages of one person that each tell of danger."""
    who = person(7)
    return [
        mail(
            f"{GAS} This is message {number}.\n\n{who.name}\n{who.home}",
            sender=f"{who.name} <{who.address}>",
            subject=f"Gas smell {number}",
            message_id=f"gas.7.{number}@mail.example.net",
            sent=desk.now - timedelta(hours=1),
            received=desk.now - timedelta(hours=1),
        )
        for number in range(first, first + count)
    ]


def test_what_waits_together_of_one_sender_is_told_in_one_email(alerting: Bureau) -> None:
    desk = alerting
    for number, raw in enumerate(dangers(desk, 6)):
        desk.drop(f"gas-{number}.eml", raw)
    worked = desk.run()
    assert len(worked.alerts) == 6
    (name,) = alert_mail(desk)
    text = desk.outbox_files()[name].decode()
    for row in rows(desk):
        assert f"alert seen {row.message}" in text
        assert (row.status, row.told_with) == ("handed_over", rows(desk)[0].id)
        assert len(facts(desk, row.message or 0, "alert_handed_over")) == 1


def test_of_one_sender_no_more_emails_go_in_a_day_than_the_profile_says(alerting: Bureau) -> None:
    desk = alerting
    most = desk.house.settings.alerts.most_per_sender
    for number, raw in enumerate(dangers(desk, most + 3)):
        desk.drop(f"gas-{number}.eml", raw)
        worked = desk.run()
        assert len(worked.alerts) == number + 1  # an alert itself is never capped
    assert len(alert_mail(desk)) == most
    last = max(alert_mail(desk), key=lambda name: int(name.rpartition("-")[2][:-4]))
    assert "last e-mail today" in desk.outbox_files()[last].decode()
    desk.days_pass(1)
    assert desk.run().problems == []
    assert len(alert_mail(desk)) == most + 1  # the three that waited, gathered


def test_a_complaint_taken_down_by_telephone_is_told_of_at_once(alerting: Bureau) -> None:
    desk = alerting
    taken = ComplaintTaken(
        received_on=desk.now.date(),
        channel="telephone",
        resident=Resident(name="Wren Alderby"),
        service_area="damp_and_mould",
        subject="Black mould in the bedroom",
        points=("There is black mould on the wall over the cot and my baby has a cough.",),
    )
    case = open_case(desk.house, taken, now=desk.now, actor=desk.rowan)
    (raised,) = rows(desk)
    assert (raised.message, raised.case_reference) == (None, case.reference)
    assert raised.what == ("hazard",)
    assert "damp_mould" in raised.hazards
    assert f"{case.reference}-alert.eml" in desk.outbox_files()
    seen = alert.see(desk.house, case.reference, now=desk.now, actor=desk.teasel)
    assert seen.seen_by == "teasel"
    with desk.house.database.reading() as conn:
        assert audit.verify(conn).intact
        assert len(audit.facts(conn, audit.OFFICE, "alert_seen")) == 1


def test_a_flag_set_by_the_colleague_who_took_it_down_raises_an_alert(desk: Bureau) -> None:
    taken = ComplaintTaken(
        received_on=desk.now.date(),
        channel="telephone",
        resident=Resident(name="Wren Alderby"),
        flags=("safeguarding",),
        points=("I would rather speak to somebody in person.",),
    )
    open_case(desk.house, taken, now=desk.now, actor=desk.rowan)
    assert [one.what for one in rows(desk)] == [("safeguarding",)]


def test_a_correction_that_says_there_is_danger_is_told_of_at_once(alerting: Bureau) -> None:
    desk = alerting
    (row,) = desk.receive(corpus.complaint(3, desk.now - timedelta(hours=1)))
    assert rows(desk) == ()
    said = Correction(kind="complaint", flags=("hazard", "emergency"))
    correct(desk.house, row.id, said, now=desk.now, actor=desk.rowan)
    (raised,) = rows(desk)
    assert raised.message == row.id
    assert raised.what == ("emergency", "hazard")
    assert len(alert_mail(desk)) == 1
    correct(
        desk.house,
        row.id,
        Correction(kind="complaint", flags=("hazard",)),
        now=desk.now,
        actor=desk.rowan,
    )
    assert len(rows(desk)) == 1


class Server:
    """A mail server that answers as told."""

    def __init__(self) -> None:
        self.answers: list[Submitted] = []
        self.taken: list[bytes] = []

    def send_notice(self, raw: bytes, *, to: tuple[str, ...]) -> Submitted:
        answer = self.answers.pop(0) if self.answers else Submitted("sent")
        assert to == (ON_CALL,)
        if answer.state != "not_sent":
            self.taken.append(raw)
        return answer


@pytest.fixture
def server(alerting: Bureau, monkeypatch: pytest.MonkeyPatch) -> Server:
    """Letters, and so alerts, go by a mail server."""
    settings = alerting.house.settings
    delivery = settings.delivery.model_copy(
        update={"way": "smtp", "host": "mail.harrowmere.example", "user": "complaints"}
    )
    changed = settings.model_copy(update={"delivery": delivery})
    monkeypatch.setattr(type(alerting.house), "settings", changed)
    server = Server()
    monkeypatch.setattr(alarm, "delivery_of", lambda _office: server)
    return server


def test_where_a_mail_server_sends_letters_it_sends_alerts(
    alerting: Bureau, server: Server
) -> None:
    desk = alerting
    desk.drop("mould.eml", mould(desk))
    assert desk.run().problems == []
    assert len(server.taken) == 1
    assert alert_mail(desk) == []
    (event,) = facts(desk, 1, "alert_handed_over")
    assert event["by_server"] is True  # type: ignore[index]
    desk.run()
    assert len(server.taken) == 1


@pytest.mark.parametrize("state", ["not_sent", "uncertain"])
def test_an_alert_that_no_server_took_stays_in_sight_and_is_tried_again(
    alerting: Bureau, server: Server, state: Literal["not_sent", "uncertain"]
) -> None:
    """Danger told of twice costs a glance; so an answer that was lost counts as a refusal."""
    desk = alerting
    server.answers = [Submitted(state, "450 try later", passing=True)]
    desk.drop("mould.eml", mould(desk))
    worked = desk.run()
    assert any("450 try later" in one for one in worked.problems)
    assert worked.alerts[0].document()["mail"] == "ready"
    assert any("tried again at" in one for one in desk.run().problems)
    desk.now += timedelta(minutes=2)
    assert desk.run().problems == []
    ids = {message_from_bytes(raw)["Message-ID"] for raw in server.taken}
    assert ids == {f"<{rows(desk)[0].message_id}>"}
    assert rows(desk)[0].status == "handed_over"


def test_an_alert_broken_off_with_the_server_is_taken_up(
    alerting: Bureau, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = alerting

    def broken_off(*_: object, **__: object) -> Submitted:
        raise Killed

    desk.drop("mould.eml", mould(desk))
    with monkeypatch.context() as broken:
        broken.setattr(Server, "send_notice", broken_off)
        with pytest.raises(Killed):
            desk.run()
    assert server.taken == []
    desk.run()
    assert server.taken == []  # another process may be at it
    desk.now += timedelta(minutes=6)
    assert desk.run().problems == []
    assert len(server.taken) == 1
