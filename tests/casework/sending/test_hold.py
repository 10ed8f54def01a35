"""One acknowledgement for an address in a day, so many in an hour; the rest wait for a person."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from correspondence.casework.acting import ourselves
from correspondence.casework.following import alarm, flood
from correspondence.casework.sending import hold
from correspondence.casework.sending.hold import HeldForPerson
from correspondence.errors import NotAllowed
from correspondence.store import audit
from tests.jobs.corpus import Person, complaint, mail, person

if TYPE_CHECKING:
    from tests.casework.bureau import Bureau

pytestmark = pytest.mark.slow

ON_CALL = "on-call@harrowmere.example"
MATTERS = ("the bins", "the lift", "the gate", "the hedge", "the rent statement", "the car park")


def from_one(desk: Bureau, number: int) -> bytes:
    """Another complaint of the same person, about another matter."""
    who: Person = person(1)
    when = desk.now - timedelta(hours=6) + timedelta(minutes=number)
    matter = MATTERS[number % len(MATTERS)]
    return mail(
        f"I wish to make a formal complaint about {matter}, for the {number + 2}th time this year. "
        f"Nobody answers me and I am not satisfied.\n\n{who.name}\n{who.home}",
        sender=f"{who.name} <{who.address}>",
        subject=f"Complaint number {number} about {matter}",
        message_id=f"many.{number}@mail.example.net",
        sent=when,
        received=when,
    )


def drafted(desk: Bureau, count: int, *, apart: bool = False) -> list[str]:
    """That many complaints, each a case with its acknowledgement drafted; the letters."""
    found = []
    for number in range(count):
        raw = complaint(number, desk.now) if apart else from_one(desk, number)
        (row,) = desk.receive(raw, read_as="complaint")
        assert row.outcome == "opened", row.outcome
        assert row.case_reference is not None
        found.append(desk.define(row.case_reference))
    return found


def held(desk: Bureau) -> dict[str, hold.Held]:
    with desk.house.database.reading() as conn:
        return hold.held(conn, desk.letters(), now=desk.now)


def allow(desk: Bureau, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """The profile lets so many leave within an hour."""
    settings = desk.house.settings
    delivery = settings.delivery.model_copy(update={"most_per_hour": most})
    alerts = settings.alerts.model_copy(update={"to": (ON_CALL,)})
    changed = settings.model_copy(update={"delivery": delivery, "alerts": alerts})
    monkeypatch.setattr(type(desk.house), "settings", changed)


def test_of_many_complaints_in_a_day_from_one_address_one_is_acknowledged(
    either_desk: Bureau,
) -> None:
    desk = either_desk
    first, *others = drafted(desk, 4)
    assert held(desk).keys() == set(others)
    assert first in held(desk)[others[0]].because
    for letter in (first, *others):
        desk.approve(letter)
    desk.send(first)
    for letter in others:
        with pytest.raises(HeldForPerson, match="left for the same address today"):
            desk.send(letter)
        assert desk.letter(letter).status == "approved"
    assert sum(name.endswith(".eml") for name in desk.outbox_files()) == 1


def test_one_that_is_held_goes_once_a_named_person_lets_it_go(desk: Bureau) -> None:
    _first, second = drafted(desk, 2)
    desk.approve(second)
    with pytest.raises(NotAllowed, match="named person"):
        hold.release(desk.house, second, because="Two matters.", now=desk.now, actor=ourselves())
    row = hold.release(desk.house, second, because="Two matters.", now=desk.now, actor=desk.teasel)
    assert row.released_by == "teasel"
    assert "letter_released" in desk.events(row.reference)
    assert desk.send(second).files
    with pytest.raises(NotAllowed, match="not held"):
        hold.release(desk.house, second, because="Again.", now=desk.now, actor=desk.teasel)


@pytest.mark.slow
def test_nothing_is_held_of_different_people_or_different_days(desk: Bureau) -> None:
    drafted(desk, 2, apart=True)
    assert held(desk) == {}
    desk.days_pass(1)
    for letter in [row.id for row in desk.letters()]:
        desk.approve(letter)
        desk.send(letter)


@pytest.mark.slow
def test_the_next_day_the_address_may_have_another(desk: Bureau) -> None:
    (first,) = drafted(desk, 1)
    desk.approve(first)
    desk.send(first)
    desk.days_pass(1)
    (row,) = desk.receive(from_one(desk, 5), read_as="complaint")
    assert row.case_reference is not None
    second = desk.define(row.case_reference)
    assert held(desk) == {}
    desk.approve(second)
    assert desk.send(second).files


def test_more_than_the_profile_allows_in_an_hour_is_held_and_said_once(
    either_desk: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = either_desk
    allow(desk, monkeypatch, 2)
    letters = drafted(desk, 4, apart=True)
    for letter in letters:
        desk.approve(letter)
    for letter in letters[:2]:
        desk.send(letter)
    for letter in letters[2:]:
        with pytest.raises(HeldForPerson, match="correspondence flood release"):
            desk.send(letter)
    for _ in range(2):
        worked = desk.run()
        assert worked.flood is not None
        assert (worked.flood.counted, worked.flood.most) == (2, 2)
        assert worked.has_findings
        assert worked.document()["held"]["counted"] == 2
        assert worked.document()["needs_person"] == 1
        assert worked.problems == []
    told = [name for name in desk.outbox_files() if name.startswith("held-")]
    assert told == ["held-1.eml"]


def test_a_flood_stands_after_the_hour_until_a_person_releases_it(
    desk: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    allow(desk, monkeypatch, 1)
    first, second = drafted(desk, 2, apart=True)
    for letter in (first, second):
        desk.approve(letter)
    desk.send(first)
    with pytest.raises(HeldForPerson):
        desk.send(second)
    desk.now += timedelta(hours=3)
    with pytest.raises(HeldForPerson):
        desk.send(second)
    with pytest.raises(NotAllowed, match="named person"):
        flood.release(desk.house, now=desk.now, actor=ourselves())
    flood.release(desk.house, now=desk.now, actor=desk.teasel)
    assert desk.send(second).files
    assert flood.standing(desk.house) is None
    with pytest.raises(NotAllowed, match="Nothing is held"):
        flood.release(desk.house, now=desk.now, actor=desk.teasel)
    with desk.house.database.reading() as conn:
        assert len(audit.facts(conn, audit.OFFICE, "flood_began")) == 1
        assert len(audit.facts(conn, audit.OFFICE, "flood_released")) == 1
        assert audit.verify(conn).intact


@pytest.mark.slow
def test_what_left_before_a_release_is_not_counted_again(
    desk: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    allow(desk, monkeypatch, 2)
    letters = drafted(desk, 5, apart=True)
    for letter in letters:
        desk.approve(letter)
    for letter in letters[:2]:
        desk.send(letter)
    with pytest.raises(HeldForPerson):
        desk.send(letters[2])
    desk.now += timedelta(minutes=1)
    flood.release(desk.house, now=desk.now, actor=desk.teasel)
    desk.now += timedelta(minutes=1)
    for letter in letters[2:4]:
        desk.send(letter)
    with pytest.raises(HeldForPerson):
        desk.send(letters[4])


@pytest.mark.slow
def test_the_emails_of_alerts_count_and_are_held_and_the_alerts_stand(
    desk: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    allow(desk, monkeypatch, 1)
    for number in range(3):
        who = person(number)
        desk.receive(
            mail(
                "There is a strong smell of gas in my kitchen now and the children feel sick.",
                sender=f"{who.name} <{who.address}>",
                subject="Gas smell",
                message_id=f"gas.{number}@mail.example.net",
                sent=desk.now,
                received=desk.now,
            )
        )
    worked = desk.run()
    assert len(worked.alerts) == 3
    assert worked.flood is not None
    names = {name.partition("-")[0] for name in desk.outbox_files()}
    assert len([name for name in desk.outbox_files() if "alert-" in name]) == 1
    assert "held" in names
    flood.release(desk.house, now=desk.now, actor=desk.teasel)
    desk.now += timedelta(minutes=1)
    alarm.tell(desk.house, now=desk.now, actor=ourselves())
    assert len([name for name in desk.outbox_files() if "alert-" in name]) == 2
