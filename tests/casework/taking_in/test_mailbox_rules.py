"""Several mailboxes, each with its own rules: what it is for, who answers, whose turn it is."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from correspondence.casework.acting import ourselves
from correspondence.casework.doctor.traffic import held_back
from correspondence.jobs.in_process import InProcess, Worked
from correspondence.postroom.mailboxes import mailboxes_of
from correspondence.settings import PROFILE_NAME
from correspondence.store import messages
from tests.casework.bureau import Bureau, at_work
from tests.jobs import corpus
from tests.jobs.corpus import put
from tests.jobs.office import make_office

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from correspondence.letters.pool import LetterPress

MAILBOXES = """
[[mailboxes]]
name = "enquiries"
kind = "folder"
path = "enquiries"
presumed = "councillor_enquiry"

[[mailboxes]]
name = "executive"
kind = "folder"
path = "executive"
acknowledge = false

[[mailboxes]]
name = "flooded"
kind = "folder"
path = "flooded"
most_per_look = 40
"""


@pytest.fixture
def office(tmp_path: Path, prepared: dict[str, Path]) -> Path:
    made = tmp_path / "office"
    make_office(made, prepared["new"])
    profile = made / PROFILE_NAME
    text = profile.read_text().replace("# settle_seconds = 2.0", "settle_seconds = 0", 1)
    profile.write_text(f"{text}\n{MAILBOXES}")
    for name in ("enquiries", "executive", "flooded"):
        (made / name).mkdir()
    return made


@contextmanager
def run_of(office: Path, press: LetterPress) -> Iterator[tuple[Bureau, Callable[[bool], Worked]]]:
    """One run that goes on, and a look of it: patient, or not."""
    with at_work(office, press) as desk:
        boxes = mailboxes_of(desk.house.office)
        job = InProcess(desk.house, boxes, press, lambda: desk.now, ourselves())
        yield desk, lambda patient: job.work_off(patient=patient)
        for box in boxes:
            box.close()


def registered(desk: Bureau) -> dict[str, list[tuple[str, str | None, bool]]]:
    """Kind, outcome and whether a person is asked of every message, by its mailbox."""
    found: dict[str, list[tuple[str, str | None, bool]]] = {}
    for row in desk.register():
        found.setdefault(row.mailbox, []).append((row.kind, row.outcome, row.needs_person))
    return found


def test_a_request_in_the_councillors_box_is_an_enquiry_and_a_complaint_asks_a_person(
    office: Path, press: LetterPress
) -> None:
    with run_of(office, press) as (desk, look):
        at = desk.now - timedelta(days=1)
        put(office / "enquiries" / "1.eml", corpus.other(0, at), at)
        put(office / "enquiries" / "2.eml", corpus.complaint(2, at), at)
        put(office / "enquiries" / "3.eml", corpus.out_of_office(3, at), at)
        put(office / "inbox" / "4.eml", corpus.other(4, at), at)
        worked = look(True)
        assert worked.problems == []
        assert sorted(registered(desk)["enquiries"]) == [
            ("automatic", "recorded", False),
            ("complaint", "recorded", True),
            ("councillor_enquiry", "recorded", False),
        ]
        assert registered(desk)["inbox"][0][0] != "councillor_enquiry"
        assert worked.letters_drafted == 0


def test_of_a_mailbox_that_officers_acknowledge_no_letter_is_drafted_by_itself(
    office: Path, press: LetterPress
) -> None:
    with run_of(office, press) as (desk, look):
        at = desk.now - timedelta(days=1)
        put(office / "executive" / "1.eml", corpus.complaint(1, at), at)
        put(office / "inbox" / "2.eml", corpus.complaint(2, at), at)
        worked = look(True)
        assert (worked.opened, worked.letters_drafted) == (2, 1)
        (drafted,) = desk.letters()
        (by_hand,) = set(desk.references()) - {drafted.reference}
        assert desk.case(by_hand).status == "to_acknowledge"  # the duty stands all the same
        assert desk.define(by_hand)  # and an officer has the letter drafted


def test_a_flooded_mailbox_keeps_no_other_waiting_and_the_doctor_says_so(
    office: Path, press: LetterPress
) -> None:
    with run_of(office, press) as (desk, look):
        at = desk.now - timedelta(days=1)
        for number in range(150):
            put(office / "flooded" / f"{number:03}.eml", corpus.other(number, at), at)
        put(office / "enquiries" / "1.eml", corpus.other(200, at), at)
        look(False)  # files are taken at the second look
        worked = look(False)
        assert [one.mailbox for one in worked.held_back] == ["flooded"]
        assert (worked.received, worked.more_after, worked.has_findings) == (41, 0.0, False)
        with desk.house.database.reading() as conn:
            assert "enquiries" in {row.mailbox for row in messages.register(conn)[:33]}
        (finding,) = held_back(desk.house.office, desk.now)
        assert "flooded" in finding.says
        sizes = [look(False).received for _ in range(4)]
        assert sizes == [40, 40, 30, 0]


def test_a_run_that_ends_takes_all_of_it(office: Path, press: LetterPress) -> None:
    with run_of(office, press) as (desk, look):
        for number in range(60):
            put(office / "flooded" / f"{number}.eml", corpus.other(number, desk.now), desk.now)
        worked = look(True)
        assert (worked.received, worked.held_back) == (60, [])
