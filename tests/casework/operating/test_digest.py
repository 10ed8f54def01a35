"""A digest that left the machine tells a record that was rewritten from end to end."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from correspondence.casework.operating import digest
from correspondence.casework.operating.digest import Digest, digest_of, seals_in
from correspondence.errors import FileUnusable
from correspondence.store import audit
from correspondence.store.audit import Seal
from correspondence.store.chain import NOTHING_BEFORE, hashed
from correspondence.store.tables import events, record_head, stream_heads
from tests.cli.command import say
from tests.jobs import corpus

if TYPE_CHECKING:
    from pathlib import Path

    from tests.casework.bureau import Bureau


def sends(desk: Bureau, **where: object) -> None:
    """The profile says where digests go."""
    settings = desk.house.settings
    watch = settings.watch.model_copy(update=where)
    office = replace(desk.house.office, settings=settings.model_copy(update={"watch": watch}))
    desk.house = replace(desk.house, office=office)


def rewrite(desk: Bureau, event: int, by: str) -> None:
    """What an administrator with the database can do: change an event and every hash after it."""
    with desk.house.database.writing() as conn:
        ends: dict[str, str] = {}
        seal = NOTHING_BEFORE
        for row in conn.execute(sa.select(events).order_by(events.c.id)).all():
            body = row.body
            if row.id == event:
                body = body.replace(f'"by":"{row.by}"', f'"by":"{by}"')
                assert body != row.body
            own = hashed(ends.get(row.stream, NOTHING_BEFORE), body)
            seal = hashed(seal, own)
            new = {
                "body": body,
                "by": by if row.id == event else row.by,
                "previous_hash": ends.get(row.stream, NOTHING_BEFORE),
                "hash": own,
                "seal": seal,
            }
            conn.execute(sa.update(events).where(events.c.id == row.id).values(**new))
            ends[row.stream] = own
        for stream, last in ends.items():
            conn.execute(
                sa.update(stream_heads).where(stream_heads.c.stream == stream).values(hash=last)
            )
        conn.execute(sa.update(record_head).values(seal=seal))


def verified(desk: Bureau, *held_to: Seal | str) -> audit.VerifyResult:
    with desk.house.database.reading() as conn:
        return audit.verify(conn, also=held_to)


def test_a_record_rewritten_from_end_to_end_is_found_by_a_digest_kept_elsewhere(
    either_desk: Bureau,
) -> None:
    desk = either_desk
    desk.receive(corpus.complaint(0, desk.now))
    kept = digest_of(desk.house, now=desk.now)
    desk.receive(corpus.other(1, desk.now))
    later = digest_of(desk.house, now=desk.now)
    for one in (kept, later):
        assert verified(desk, Seal(one.events, one.seal), one.seal).intact
    rewrite(desk, 2, "somebody else")
    assert verified(desk).intact  # nothing shows by the record itself
    for held_to in (Seal(kept.events, kept.seal), kept.seal, later.seal):
        result = verified(desk, held_to)
        assert not result.intact
        assert {one.what for one in result.findings} == {"altered"}


def test_a_change_after_the_digest_is_no_matter_of_it(desk: Bureau) -> None:
    desk.receive(corpus.complaint(0, desk.now))
    kept = digest_of(desk.house, now=desk.now)
    desk.receive(corpus.other(1, desk.now))
    rewrite(desk, kept.events + 1, "somebody else")
    assert verified(desk, Seal(kept.events, kept.seal), kept.seal).intact


def test_a_record_cut_off_at_its_end_is_found(desk: Bureau) -> None:
    desk.receive(corpus.complaint(0, desk.now))
    kept = digest_of(desk.house, now=desk.now)
    beyond = Seal(kept.events + 7, "0" * 64)
    (finding,) = verified(desk, Seal(kept.events, kept.seal), beyond).findings
    assert finding.what == "missing"


def test_a_digest_holds_nothing_personal(desk: Bureau) -> None:
    desk.receive(corpus.complaint(0, desk.now))
    made = digest_of(desk.house, now=desk.now)
    said = json.loads(made.text())
    assert set(said) == {"format", "on", "made_at", "events", "seal", "counts"}
    assert said["counts"] == {"messages": 1, "cases": 1, "letters": 0}
    assert made.file_name == f"digest-2026-11-20-{made.events:06}.json"


def test_once_a_day_it_is_written_where_the_profile_says(desk: Bureau, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    desk.receive(corpus.complaint(0, desk.now))
    desk.run()
    assert not list(elsewhere.iterdir())
    sends(desk, digest_folder=str(elsewhere))
    for _ in range(3):
        desk.now += timedelta(hours=3)
        assert desk.run().problems == []
    (first,) = elsewhere.iterdir()
    desk.now += timedelta(days=1)
    desk.run()
    assert len(list(elsewhere.iterdir())) == 2
    assert verified(desk, *seals_in(str(elsewhere))).intact
    (seal,) = seals_in(str(first))
    assert isinstance(seal, Seal)


def test_a_folder_that_is_not_mounted_is_said_and_tried_again(desk: Bureau, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    sends(desk, digest_folder=str(elsewhere))
    desk.receive(corpus.complaint(0, desk.now))
    assert any("daily digest" in one for one in desk.run().problems)
    elsewhere.mkdir()
    desk.now += timedelta(minutes=2)
    desk.run()
    assert not list(elsewhere.iterdir())
    desk.now += timedelta(minutes=15)
    assert desk.run().problems == []
    assert len(list(elsewhere.iterdir())) == 1


def test_it_goes_by_e_mail_and_the_e_mail_will_do_to_verify_by(desk: Bureau) -> None:
    sends(desk, digest_to=("audit@county.example",))
    desk.receive(corpus.complaint(0, desk.now))
    assert desk.run().problems == []
    (mail,) = desk.outbox.glob("digest-*.eml")
    text = mail.read_text()
    assert "audit@county.example" in text
    assert "jo.tenant" not in text
    (seal,) = seals_in(str(mail))
    assert verified(desk, seal).intact
    rewrite(desk, 2, "somebody else")
    assert not verified(desk, seal).intact


def test_nothing_is_sent_of_an_empty_record(desk: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    sends(desk, digest_to=("audit@county.example",))
    empty = Digest(desk.now.date(), desk.now, 0, NOTHING_BEFORE, {})
    monkeypatch.setattr(digest, "digest_of", lambda _house, *, now: empty)
    assert digest.send_daily(desk.house, now=desk.now) == []
    assert not list(desk.outbox.glob("digest-*"))


@pytest.mark.parametrize("text", ["", "{}", "no digest", '{"format": "other", "seal": "x"}', "\0"])
def test_a_file_without_a_digest_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(FileUnusable, match="no digest"):
        seals_in(str(tmp_path / "x.json"))


def test_the_command_holds_a_record_to_a_digest(desk: Bureau, tmp_path: Path) -> None:
    desk.receive(corpus.complaint(0, desk.now))
    office = desk.house.office.folder
    said = say(office, "audit", "digest", "--out", str(tmp_path))
    assert said.status == 0, said
    (file,) = tmp_path.glob("digest-*.json")
    seal = json.loads(file.read_text())["seal"]
    printed = say(office, "audit", "digest")
    assert json.loads(printed.out)["seal"] == seal
    assert say(office, "audit", "verify", "--digest", str(file), "--digest", seal).status == 0
    rewrite(desk, 2, "somebody else")
    assert say(office, "audit", "verify").status == 0
    for given in (str(file), str(tmp_path), seal):
        found = say(office, "audit", "verify", "--digest", given)
        assert found.status == 1
        assert "rewritten" in found.err
    assert say(office, "audit", "verify", "--digest", "nothing-there").status == 2
