"""Whether an office is ready is said part by part, and by both databases alike."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from correspondence.casework.operating import readiness, room
from correspondence.store import signs, work
from correspondence.store.database import Database, open_database
from tests.jobs import corpus

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.casework.bureau import Bureau

pytestmark = pytest.mark.slow

NO_DISK_HAS_SO_MUCH = 90_000_000  # megabytes


def standing(desk: Bureau, database: Database | None = None) -> Mapping[str, bool]:
    office = desk.house.office
    parts = readiness.parts_of(office, database or desk.house.database, now=desk.now)
    assert all(one.says.endswith((".", "?")) for one in parts)
    return {one.part: one.ready for one in parts}


def with_limit(desk: Bureau, megabytes: int) -> None:
    """The profile asks for so much room."""
    settings = desk.house.settings
    watch = settings.watch.model_copy(update={"least_free_mb": megabytes})
    office = replace(desk.house.office, settings=settings.model_copy(update={"watch": watch}))
    desk.house = replace(desk.house, office=office)


def with_alerts(desk: Bureau) -> None:
    settings = desk.house.settings
    alerts = settings.alerts.model_copy(update={"to": ("on-call@elsewhere.example",)})
    office = replace(desk.house.office, settings=settings.model_copy(update={"alerts": alerts}))
    desk.house = replace(desk.house, office=office)


def test_an_office_whose_mail_is_worked_off_is_ready(either_desk: Bureau) -> None:
    assert standing(either_desk)["mailbox:inbox"] is False  # nobody has looked yet
    assert standing(either_desk)["deadlines"] is False
    either_desk.run()
    assert all(standing(either_desk).values())
    assert set(standing(either_desk)) == {
        "database",
        "migrations",
        "mailbox:inbox",
        "deadlines",
        "documents",
        "room",
    }


def test_a_mailbox_that_nobody_looks_at_any_more_is_not_ready(desk: Bureau) -> None:
    desk.run()
    desk.now += timedelta(minutes=9)
    assert all(standing(desk).values())
    desk.now += timedelta(minutes=2)
    not_ready = {part for part, ready in standing(desk).items() if not ready}
    assert not_ready == {"mailbox:inbox", "deadlines"}


def test_a_mailbox_that_cannot_be_looked_through_is_not_ready(desk: Bureau) -> None:
    shutil.rmtree(desk.inbox)
    desk.run()
    not_ready = {part for part, ready in standing(desk).items() if not ready}
    assert not_ready == {"mailbox:inbox"}


def test_a_database_that_is_gone_or_of_another_version_is_not_ready(
    desk: Bureau, tmp_path: Path
) -> None:
    older = open_database(f"sqlite:///{tmp_path / 'older.db'}")
    with older.writing() as conn:
        conn.exec_driver_sql("CREATE TABLE alembic_version (version_num TEXT)")
        conn.exec_driver_sql("INSERT INTO alembic_version VALUES ('r0003')")
    assert standing(desk, older)["migrations"] is False
    with older.writing() as conn:
        conn.exec_driver_sql("UPDATE alembic_version SET version_num = 'r9999'")
    found = standing(desk, older)
    assert (found["database"], found["migrations"]) == (True, False)
    older.close()
    nowhere = open_database("postgresql+psycopg://nobody@127.0.0.1:1/none")
    assert standing(desk, nowhere)["database"] is False


def test_documents_that_cannot_be_written_are_said(desk: Bureau) -> None:
    desk.run()
    shutil.rmtree(desk.house.office.documents, ignore_errors=True)
    desk.house.office.documents.write_text("a file in the folder's place")
    desk.house.office.documents.chmod(0o400)
    assert standing(desk)["documents"] is False


def test_what_is_said_names_nobody_and_no_place(desk: Bureau) -> None:
    parts = readiness.parts_of(desk.house.office, desk.house.database, now=desk.now)
    said = str(readiness.document(parts))
    assert str(desk.house.office.folder) not in said
    assert desk.house.settings.landlord.name not in said


def test_signs_are_written_once_a_minute_and_when_something_changes(desk: Bureau) -> None:
    database, now = desk.house.database, desk.now
    assert signs.is_news(None, well=True, now=now)
    sign = signs.Sign(now, well=True)
    assert not signs.is_news(sign, well=True, now=now + timedelta(seconds=15))
    assert signs.is_news(sign, well=False, now=now + timedelta(seconds=1))
    assert signs.is_news(sign, well=True, now=now + timedelta(minutes=1))
    assert signs.is_news(sign, well=True, now=now - timedelta(hours=1))  # the clock was set back
    with database.writing() as conn:
        signs.give(conn, {"a": True, "b": False}, now)
        signs.give(conn, {"a": True, "b": True}, now + timedelta(seconds=15))
        known = signs.known(conn)
    assert known == {
        "a": signs.Sign(now, well=True),
        "b": signs.Sign(now + timedelta(seconds=15), well=True),
    }


# Room on the disk


def test_without_room_mail_stays_in_the_mailbox_and_is_taken_once_there_is(desk: Bureau) -> None:
    with_limit(desk, NO_DISK_HAS_SO_MUCH)
    path = desk.drop("mail.eml", corpus.complaint(0, desk.now))
    raw = path.read_bytes()
    worked = desk.run()
    assert (worked.received, worked.failed) == (0, 0)
    assert any("least_free_mb" in one for one in worked.problems)
    assert worked.has_findings
    assert path.read_bytes() == raw
    assert standing(desk)["room"] is False
    assert standing(desk)["mailbox:inbox"] is False
    with_limit(desk, 0)
    worked = desk.run()
    assert (worked.received, worked.problems) == (1, [])
    assert not path.exists()
    assert all(standing(desk).values())


def test_what_is_kept_already_is_worked_on_without_room(desk: Bureau) -> None:
    desk.receive(corpus.complaint(0, desk.now))
    with_limit(desk, NO_DISK_HAS_SO_MUCH)
    assert desk.run().letters_drafted == 1


def test_a_disk_that_fills_up_meanwhile_stops_the_mail_between_two_portions(
    desk: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(40):
        desk.drop(f"{number:02}.eml", corpus.complaint(number, desk.now))
    asked = iter([10**12, 10**12])  # before the mailbox, and before its first portion
    monkeypatch.setattr(room, "free", lambda _office: next(asked, 0))
    worked = desk.run()
    assert worked.received == 32
    assert len(list(desk.inbox.glob("*.eml"))) == 8


def test_somebody_is_told_once_a_day_that_there_is_no_room(desk: Bureau) -> None:
    with_alerts(desk)
    with_limit(desk, NO_DISK_HAS_SO_MUCH)
    desk.run()
    desk.now += timedelta(hours=3)
    desk.run()
    (mail,) = desk.outbox.glob("no-room-*.eml")
    text = mail.read_text()
    assert "on-call@elsewhere.example" in text
    assert "No mail is taken in" in text
    desk.now += timedelta(days=1)
    desk.run()
    assert len(list(desk.outbox.glob("no-room-*.eml"))) == 2
    with_limit(desk, 0)
    desk.run()
    with desk.house.database.reading() as conn:
        assert signs.ROOM not in signs.known(conn)


def test_a_mail_server_that_does_not_answer_is_not_asked_at_every_look(
    desk: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_alerts(desk)
    with_limit(desk, NO_DISK_HAS_SO_MUCH)
    asked: list[object] = []

    def answers_nothing(*_: object, **more: object) -> str:
        asked.append(more["subject"])
        return "the mail server does not answer"

    monkeypatch.setattr(room, "send_notice", answers_nothing)
    assert any("does not answer" in one for one in desk.run().problems)
    desk.now += timedelta(minutes=5)
    desk.run()
    assert len(asked) == 1
    desk.now += timedelta(minutes=15)
    desk.run()
    assert len(asked) == 2


def test_a_disk_that_cannot_be_looked_at_takes_no_mail(desk: Bureau) -> None:
    assert "cannot be looked at" in room.lacking(
        replace(desk.house.office, folder=desk.house.office.folder / "absent")
    )


@pytest.mark.postgresql
def test_workers_that_are_gone_are_said(either_desk: Bureau) -> None:
    desk = either_desk
    if desk.house.database.engine.dialect.name == "sqlite":
        return  # no workers there
    work.prepare(desk.house.database)
    desk.house.database.close()
    assert standing(desk)["workers"] is False
    with desk.house.database.writing() as conn:
        conn.exec_driver_sql("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert standing(desk)["workers"] is True
    with desk.house.database.writing() as conn:
        conn.exec_driver_sql(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 minutes'"
        )
    assert standing(desk)["workers"] is False
