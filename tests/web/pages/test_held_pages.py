"""What is held is shown where a person looks, and let go there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from correspondence.casework.following.flood import standing
from correspondence.casework.sending import pause
from correspondence.casework.taking_in.came_back import brought_back
from correspondence.store import floods
from tests.casework.bureau import LETTER
from tests.jobs.corpus import mail, person

if TYPE_CHECKING:
    from tests.web.site import Site

CASE = "CMP-2026-000003"
SECOND = f"{CASE}-L1"


def complain_again(site: Site) -> None:
    """The same person complains once more, and the acknowledgement of that is drafted."""
    desk = site.bureau
    who, when = person(0), desk.now
    desk.now += timedelta(minutes=1)
    raw = mail(
        "I wish to make a formal complaint about the lift, which nobody mends.",
        sender=f"{who.name} <{who.address}>",
        subject="Another complaint",
        message_id="again@mail.example.net",
        sent=when,
        received=when,
    )
    (row,) = desk.receive(raw, read_as="complaint")
    assert row.case_reference == CASE
    desk.define(row.case_reference)


def test_a_held_letter_says_why_and_is_let_go_for_a_reason(site: Site) -> None:
    complain_again(site)
    sam = site.signed_in()
    page = sam.text(f"/letters/{SECOND}")
    assert "Held for a person" in page
    assert LETTER in page
    assert "Held for a person" not in sam.text(f"/letters/{LETTER}")
    nothing = sam.post(f"/letters/{SECOND}/released", {"because": " "}, follow=True)
    assert "Say why the letter should go" in nothing.text
    gone = sam.post(f"/letters/{SECOND}/released", {"because": "Two matters."}, follow=True)
    assert "Released." in gone.text
    assert "Held for a person" not in gone.text
    assert site.bureau.letter(SECOND).released_by == "officer.sample"


def test_a_flood_is_said_on_top_and_released(site: Site) -> None:
    desk = site.bureau
    with desk.house.database.writing() as conn:
        floods.begin(conn, counted=200, most=200, message_id="flood@example", now=desk.now)
    sam = site.signed_in()
    assert "200 left within an hour" in " ".join(sam.text("/needs-a-person").split())
    released = sam.post("/needs-a-person/held", follow=True)
    assert "leave again" in released.text
    assert standing(desk.house) is None
    assert "Nothing is held" in sam.post("/needs-a-person/held", follow=True).text


def test_a_provider_that_fails_is_said_where_a_person_looks_until_it_works(site: Site) -> None:
    desk = site.bureau
    sam = site.signed_in()
    for number in range(pause.AFTER):
        assert "Letters are not being sent" not in sam.text("/needs-a-person")
        pause.failed(desk.house, "smtp", f"421 shutting down <{number}>", now=desk.now)
    page = sam.text("/needs-a-person")
    assert "Letters are not being sent for a while" in page
    assert f"421 shutting down &lt;{number}&gt;" in page
    pause.worked(desk.house, "smtp")
    assert "Letters are not being sent" not in sam.text("/needs-a-person")


def test_of_a_letter_that_came_back_an_officer_says_that_it_did_arrive(site: Site) -> None:
    desk = site.bureau
    desk.approve(LETTER)
    desk.send(LETTER)
    desk.sent(LETTER)
    sam = site.signed_in()
    assert "Did it arrive all the same?" not in sam.text(f"/letters/{LETTER}")
    brought_back(desk.house, LETTER, because="Gone away", now=desk.now, actor=desk.rowan)
    assert "Did it arrive all the same?" in sam.text(f"/letters/{LETTER}")
    nothing = sam.post(f"/letters/{LETTER}/arrived", {"because": " "}, follow=True)
    assert "Say how you know" in nothing.text
    assert desk.letter(LETTER).status == "failed"
    told = sam.post(f"/letters/{LETTER}/arrived", {"because": "She rang."}, follow=True)
    assert "what it told holds" in told.text
    assert desk.letter(LETTER).status == "sent"
    reader = site.signed_in("reader")
    assert reader.post(f"/letters/{LETTER}/arrived", {"because": "So."}).status_code == 403


def test_a_reader_lets_nothing_go(site: Site) -> None:
    complain_again(site)
    reader = site.signed_in("reader")
    assert "Let it go" not in reader.text(f"/letters/{SECOND}")
    answer = reader.post(f"/letters/{SECOND}/released", {"because": "Why not."})
    assert answer.status_code == 403
    assert site.bureau.letter(SECOND).released_by is None
