"""An evidence pack holds everything in order, says what it holds, and leaks nothing taken out."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from correspondence.casework.acting import ourselves
from correspondence.casework.keeping.own_data import export
from correspondence.casework.reporting.evidence import EvidencePack, evidence_pack
from correspondence.errors import NotAllowed, NotKnown, WrongUse
from correspondence.reports.dossier.redaction import Redaction
from correspondence.store import audit
from tests.jobs import corpus

if TYPE_CHECKING:
    from tests.casework.bureau import Bureau

CASE = "CMP-2026-000001"
NEIGHBOUR = "Isolde Ravenscroft"


def complaint(desk: Bureau) -> bytes:
    return corpus.mail(
        "I wish to make a formal complaint about the leaking gutter.\n"
        f"My neighbour {NEIGHBOUR} (isolde@example.org, 07700 900 777) has seen it.\n\n"
        "Tamsin Fell\n9 Alder Row\n01632 960 123",
        sender="Tamsin Fell <tamsin@example.net>",
        subject="Formal complaint",
        message_id="t.1@mail.example.net",
        sent=desk.now,
        received=desk.now,
    )


def pack(desk: Bureau, *taken_out: str) -> EvidencePack:
    redactions = [Redaction(words=words, because="It is about a neighbour.") for words in taken_out]
    return evidence_pack(desk.house, CASE, redactions=redactions, now=desk.now, actor=desk.rowan)


def files(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        return {name: made.read(name) for name in made.namelist()}


def test_everything_is_there_in_order_with_its_checksum(desk: Bureau) -> None:
    desk.acknowledged(complaint(desk))
    held = files(pack(desk).content)
    rows = list(csv.DictReader(io.StringIO(held["index.csv"].decode("utf-8-sig"))))
    assert [row["What"].partition(":")[0] for row in rows] == [
        "Message",
        "The same message, to be read",
        f"Letter {CASE}-L1",
    ]
    assert [row["Day"] for row in rows] == sorted(row["Day"] for row in rows)
    for row in rows:
        assert hashlib.sha256(held[row["File"]]).hexdigest() == row["SHA-256"]
    assert held[rows[0]["File"]] == complaint(desk)
    assert held[rows[2]["File"]].startswith(b"%PDF")
    lines = held["SHA256SUMS"].decode().splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    assert set(sums) == set(held) - {"SHA256SUMS"}
    assert all(hashlib.sha256(held[name]).hexdigest() == sums[name] for name in sums)
    assert "A letter went to the resident." in held["chronology.html"].decode()


@pytest.mark.slow
def test_the_same_record_gives_the_same_bytes_and_the_making_is_on_record(desk: Bureau) -> None:
    desk.acknowledged(complaint(desk))
    first = pack(desk)
    desk.days_pass(3)
    assert pack(desk).content == first.content
    with desk.house.database.reading() as conn:
        made = audit.facts(conn, audit.OFFICE, "evidence_packed")
    assert [one["sha256"] for one in made] == [first.sha256] * 2


def test_what_is_taken_out_stands_in_no_file(desk: Bureau) -> None:
    desk.acknowledged(complaint(desk))
    made = pack(desk, NEIGHBOUR, "isolde@example.org", "07700 900 777")
    assert made.applied[0] >= 1
    for name, content in files(made.content).items():
        for words in (NEIGHBOUR, "Isolde", "isolde@example.org", "07700 900 777"):
            assert words.encode() not in content, name
    index = files(made.content)["index.html"].decode()
    assert "It is about a neighbour." in index
    assert "Words were taken out" in index
    assert [one for one in made.withheld if "Message" in one], "the message as it came"


def test_what_cannot_be_looked_through_is_withheld_and_said(desk: Bureau) -> None:
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Tamsin Fell <tamsin@example.net>", "Formal complaint"
    mail["To"], mail["Message-ID"] = "complaints@harrowmere.example", "<t.9@mail.example.net>"
    mail.set_content("I wish to make a formal complaint about the leaking gutter. Tamsin Fell")
    picture = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
    mail.add_attachment(picture, maintype="image", subtype="png", filename="gutter.png")
    desk.receive(mail.as_bytes(), read_as="complaint")
    assert any(content == picture for content in files(pack(desk).content).values())
    made = pack(desk, NEIGHBOUR)
    assert not any(content == picture for content in files(made.content).values())
    assert any("cannot be looked through" in one for one in made.withheld)


def test_a_person_makes_it_of_a_case_there_is(desk: Bureau) -> None:
    with pytest.raises(NotKnown):
        pack(desk)
    with pytest.raises(NotAllowed, match="named person"):
        evidence_pack(desk.house, CASE, now=desk.now, actor=ourselves())


def test_one_persons_data_has_what_tells_of_others_marked(desk: Bureau) -> None:
    desk.acknowledged(complaint(desk))
    made = export(
        desk.house,
        cases=[],
        emails=["tamsin@example.net"],
        tenancy="",
        now=desk.now,
        actor=desk.rowan,
    )
    held = files(made.content)
    assert (made.cases, made.messages) == ((CASE,), 1)
    (message,) = [name for name in held if name.startswith("messages/")]
    page = held[message].decode()
    assert "[somebody else: isolde@example.org]" in page
    assert "[somebody else: 07700 900 777]" in page
    assert "[somebody else: tamsin@example.net]" not in page
    assert made.third_parties >= 2
    assert "isolde@example.org" in held["for-the-landlord/third-parties.html"].decode()
    assert f"letters/{CASE}-L1.html" in held
    with desk.house.database.reading() as conn:
        (done,) = audit.facts(conn, audit.OFFICE, "own_data_exported")
    assert done["cases"] == [CASE]


@pytest.mark.slow
def test_another_persons_case_is_not_given(desk: Bureau) -> None:
    desk.acknowledged(complaint(desk))
    with pytest.raises(NotKnown):
        export(
            desk.house, cases=[], emails=["isolde@example.org"], tenancy="",
            now=desk.now, actor=desk.rowan,
        )  # fmt: skip
    with pytest.raises(WrongUse):
        export(desk.house, cases=[], emails=[], tenancy="", now=desk.now, actor=desk.rowan)
