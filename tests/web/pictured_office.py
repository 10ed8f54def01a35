"""An invented office a good way into its year, as the pictures of the pages show it.

It is the same whenever it is made: its days, its people and all they write are given here.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import TYPE_CHECKING, Any

from correspondence.cases.definition import ComplaintDefinition, DefinitionPoint
from correspondence.casework.acting import Actor, os_account, ourselves
from correspondence.casework.drafting.draft import draft
from correspondence.casework.following.alert import see, seen_as
from correspondence.casework.following.follow_up import complete
from correspondence.casework.handling.assign import assign
from correspondence.casework.handling.learning import LearningForm, record_learning
from correspondence.casework.handling.log import Closing, close
from correspondence.casework.handling.logged import Logged, log
from correspondence.casework.investigating import inquire, question_mail, take_part
from correspondence.casework.investigating.inquire import QuestionForm
from correspondence.casework.sending.leave import leave
from correspondence.casework.signing_in.invite import add_user, give_role
from correspondence.letters.contents.response import ResponseContent
from correspondence.letters.kinds import LetterKind
from correspondence.settings.approval import Approval
from correspondence.settings.following import Retention
from correspondence.store import alerts
from tests.casework.bureau import DEFINITION, Bureau, bureau
from tests.casework.drafting.test_decided import RESPONSE
from tests.jobs import corpus
from tests.web.site import PASSWORD, Site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from correspondence.intake.reading import Kind
    from correspondence.letters.pool import LetterPress
    from tests.web.site import Visitor

_OWED = "CMP-2026-000004"
"""The case on which a promise is late."""

_TAKEN_FURTHER = "CMP-2026-000001"
"""The case that went to an Ombudsman."""

TODAY = datetime(2026, 11, 20, 9, 40, tzinfo=UTC)
"""A Friday."""

USERS = {
    "mo": ("Mo Sedge", "manager"),
    "rowan": ("Rowan Ellery", "administrator"),
    "teasel": ("Teasel Broadmeadow", "officer"),
    "avens": ("Avens Kettlewick", "officer"),
    "merrin": ("Merrin Skelwyth", "reader"),
}
"""Their names and roles, by the names they sign in under."""


def _defined(points: tuple[str, str], outcome: str) -> ComplaintDefinition:
    both = tuple(DefinitionPoint(text=point, responsible=True) for point in points)
    return ComplaintDefinition(points=both, outcomes=(outcome,))


DEFINITIONS = (
    DEFINITION,
    _defined(
        (
            "Damp and mould in a bedroom were reported in January and April 2026, and not treated.",
            "The surveyor who was promised never came.",
        ),
        "The mould treated and its cause found.",
    ),
    _defined(
        (
            "The boiler has broken down four times this autumn.",
            "There was no hot water for nine days.",
        ),
        "A new boiler, and compensation.",
    ),
    _defined(
        (
            "Diary sheets of noise, sent in August 2026, were not answered.",
            "Calls about them were not returned.",
        ),
        "Somebody to take the case on and say what happens next.",
    ),
    _defined(
        (
            "The lights in the stairwell have been out for six weeks.",
            "Five calls about them led to nothing.",
        ),
        "The lights repaired.",
    ),
)
"""By what `corpus.complaint` writes about, in its order."""

MATTERS = (
    "the gutter above your back door",
    "the mould in your bedroom",
    "your boiler",
    "the noise from the flat above",
    "the lights on your stairs",
)


@dataclass(frozen=True, slots=True)
class Pictured:
    """The office, its pages, and what is to be seen there."""

    site: Site
    main: str  # the case with most on it
    draft: str  # a letter under review, in its second revision
    leaving: str  # a letter about to leave
    second: str  # a letter that waits for a second approval
    approvable: str  # a draft from which nothing is missing
    danger: int  # a message that tells of danger
    further: str  # a case that went to an Ombudsman


@contextmanager
def pictured(folder: Path, press: LetterPress) -> Iterator[Pictured]:
    """Make that office in a folder; a few seconds."""
    with bureau(folder, press) as desk:
        _people(desk)
        _long_ago(desk)
        _autumn(desk)
        yield _november(desk)


def _people(desk: Bureau) -> None:
    chief = Actor("rowan", os_account())
    for name, (called, role) in USERS.items():
        if name not in {"rowan", "teasel"}:
            add_user(desk.house, name, called, role, now=desk.now, actor=chief)
        else:
            give_role(desk.house, name, role, now=desk.now, actor=chief)


def _long_ago(desk: Bureau) -> None:
    """A complaint that was withdrawn so long ago that it may be erased, and one that is held."""
    for number, day, held in ((40, date(2022, 2, 7), False), (41, date(2022, 3, 7), True)):
        desk.now = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        case = _taken(desk, number)
        closing = Closing(reason="withdrawn", on=day, because="They rang to say so.")
        close(desk.house, case, closing, now=desk.now, actor=desk.rowan)
        if held:
            _logged(desk, case, "legal_hold", hold_for="claim", because="A letter before claim.")


def _logged(desk: Bureau, case: str, form: str, **told: Any) -> None:
    said = Logged.model_validate({"form": form, "on": desk.now.date().isoformat(), **told})
    log(desk.house, case, said, now=desk.now, actor=desk.rowan)


def _before_the_ombudsman(desk: Bureau, case: str) -> None:
    """It was taken to the Housing Ombudsman, who found and ordered; of one order word is owed."""
    desk.now = datetime(2026, 9, 14, 10, tzinfo=UTC)
    _logged(desk, case, "ombudsman_taken", ombudsman="housing", ombudsman_reference="202631877")
    _logged(
        desk,
        case,
        "ombudsman_evidence_asked",
        due="2026-10-05",
        asked_for="Every letter, and the log of the repair.",
    )
    desk.now = datetime(2026, 9, 30, 10, tzinfo=UTC)
    _logged(desk, case, "ombudsman_evidence_sent")
    desk.now = datetime(2026, 11, 12, 10, tzinfo=UTC)
    _logged(
        desk,
        case,
        "ombudsman_found",
        findings=[
            {"category": "property condition", "finding": "maladministration"},
            {"category": "complaint handling", "finding": "reasonable redress"},
        ],
        orders=[
            {"kind": "order", "what": "Pay the resident", "pence": 250_00, "due": "2026-12-10"},
            {"kind": "recommendation", "what": "Look again at how orders are closed."},
        ],
    )


def _autumn(desk: Bureau) -> None:
    """Four complaints that were answered; of the last, what was promised is still owed."""
    for number, day in enumerate((date(2026, 7, 6), date(2026, 8, 3), date(2026, 10, 12))):
        desk.now = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        for also in range(1 + number % 2):
            case = _taken(desk, 30 + 2 * number + also)
            _acknowledged(desk, case, 30 + 2 * number + also)
            desk.now += timedelta(days=9)
            letter = _answer(desk, case, 30 + 2 * number + also)
            desk.approve(letter)
            desk.send(letter)
            desk.sent(letter)
            assign(desk.house, [case], ("teasel", "avens")[also], now=desk.now, actor=desk.rowan)
            _learned(desk, case)
    _before_the_ombudsman(desk, _TAKEN_FURTHER)
    _promises_kept(desk, _OWED)
    _dangers_seen(desk)


def _promises_kept(desk: Bureau, but: str) -> None:
    for case in desk.references():
        for action in desk.case(case).actions:
            if case != but:
                complete(
                    desk.house,
                    action.id,
                    on=desk.now.date(),
                    evidence="The resident rang to say so.",
                    now=desk.now,
                    actor=desk.teasel,
                )


def _learned(desk: Bureau, case: str) -> None:
    form = LearningForm(
        form="learning",
        on=desk.now.date(),
        origin="stage1",
        outline="An order was closed before anybody had gone.",
        root_causes=("procedure_not_followed",),
    )
    record_learning(desk.house, case, form, now=desk.now, actor=desk.rowan)


def _dangers_seen(desk: Bureau) -> None:
    with desk.house.database.reading() as conn:
        standing = [one for one in alerts.standing(conn) if one.seen_at is None]
    for one in standing:
        see(desk.house, seen_as(one), now=desk.now, actor=desk.teasel)


def _taken(desk: Bureau, number: int) -> str:
    (row,) = desk.receive(corpus.complaint(number, desk.now - timedelta(hours=1)))
    assert row.case_reference is not None, number
    return row.case_reference


def _acknowledged(desk: Bureau, case: str, number: int) -> None:
    letter = desk.define(case, DEFINITIONS[number % len(DEFINITIONS)])
    desk.now += timedelta(days=1)
    desk.approve(letter)
    desk.send(letter)
    desk.sent(letter)


def _answer(desk: Bureau, case: str, number: int, **changes: Any) -> str:
    """An answer drafted: both points upheld, an apology, a payment and a repair."""
    today, about = desk.now.date(), MATTERS[number % len(MATTERS)]
    by = (today + timedelta(days=21)).isoformat()
    point = {
        "outcome": "upheld",
        "finding": f"Our records show that you told us of {about} and that nobody came back to you",
        "reasons": "Our policy is to come within 28 days, and we did not",
        "relied_on": ["our repairs policy"],
    }
    content = RESPONSE | {
        "answers": [point | {"point": 1}, point | {"point": 2}],
        "apology": f"We left you with {about} far too long. That was our fault, and I am sorry.",
        "remedies": [RESPONSE["remedies"][0] | {"what": "for the calls you made", "by": by}],
        "actions": [{"what": f"We will see to {about}.", "owner": "Our repairs manager", "by": by}],
    }
    made = draft(
        desk.house,
        desk.press,
        case,
        LetterKind.STAGE1_RESPONSE,
        now=desk.now,
        actor=desk.rowan,
        content=ResponseContent.model_validate(content | changes),
    )
    return made.letter


def _november(desk: Bureau) -> Pictured:
    """What is at work now: each case a step further on than the next."""
    cases = {}
    for number, day in ((0, 9), (2, 10), (16, 13), (13, 16), (6, 17), (8, 18), (9, 19)):
        desk.now = datetime(2026, 11, day, 9, 15, tzinfo=UTC)
        cases[number] = _taken(desk, number)
        if number in {0, 2}:
            _acknowledged(desk, cases[number], number)
    desk.now = TODAY - timedelta(hours=1)
    for number, user in ((0, "rowan"), (2, "teasel"), (16, "rowan"), (13, "avens"), (6, "teasel")):
        assign(desk.house, [cases[number]], user, now=desk.now, actor=Actor("mo", os_account()))
    _investigated(desk, cases[0])
    _dangers_seen(desk)
    _others(desk, cases[0])
    letters = {
        number: desk.define(cases[number], DEFINITIONS[number % len(DEFINITIONS)])
        for number in (16, 13, 6)
    }
    danger = _danger(desk)
    desk.house = _asking(desk)
    second = _answer(desk, cases[2], 2, remedies=[RESPONSE["remedies"][0] | {"pence": 350_00}])
    desk.approve(second)
    desk.now = TODAY
    desk.approve(letters[13], desk.teasel)
    leave(desk.house, letters[13], now=desk.now, actor=desk.teasel)
    site = Site.of(desk)
    _written_in(site, letters[16])
    return Pictured(
        site, cases[0], letters[16], letters[13], second, letters[6], danger, _TAKEN_FURTHER
    )


def _asking(desk: Bureau) -> Any:
    """The office by a profile with a second person above £250, which keeps for three years."""
    chosen = {
        "approval": Approval(second_above_pence=250_00),
        "retention": Retention(complaints=36),
    }
    settings = desk.house.settings.model_copy(update=chosen)
    return replace(desk.house, office=replace(desk.house.office, settings=settings))


def _investigated(desk: Bureau, case: str) -> None:
    asked = QuestionForm(
        asked_of="Harrowmere Roofing",
        contact="jobs@harrowmere-roofing.example",
        text="When were the two visits booked, and why did nobody go?",
        due=date(2026, 11, 24),
    )
    told = QuestionForm(
        asked_of="Repairs team",
        text="When did we first hear of the gutter?",
        due=date(2026, 11, 23),
    )
    take_part.declare_interest(desk.house, case, conflict=False, now=desk.now, actor=desk.rowan)
    inquire.ask(desk.house, case, asked, now=desk.now, actor=desk.rowan)
    question = inquire.ask(desk.house, case, told, now=desk.now, actor=desk.rowan)
    question_mail.write(desk.house, now=desk.now, actor=ourselves())
    inquire.answer(
        desk.house,
        question,
        "On 3 March 2026, by telephone. It was raised as an order and closed in error.",
        on=desk.now.date(),
        now=desk.now,
        actor=desk.rowan,
    )
    inquire.link_service_request(
        desk.house,
        case,
        "REP-20418",
        "The order of 3 March, closed in error",
        now=desk.now,
        actor=desk.rowan,
    )


def _others(desk: Bureau, case: str) -> None:
    """Mail that asks for a person: a matter beside a running complaint, and somebody not known."""
    mail: tuple[tuple[corpus.Person, str, Kind], ...] = (
        (
            corpus.person(0),
            "I also want to complain about the kitchen window, which nobody has mended.",
            "complaint",
        ),
        (
            corpus.person(14),
            "Could you tell me what was decided, and when the roofer comes?",
            "case_update",
        ),
    )
    for number, (who, text, kind) in enumerate(mail):
        desk.receive(
            corpus.mail(
                f"Dear Housing Team,\n\n{text}\n\nYours faithfully,\n\n{who.name}\n{who.home}",
                sender=f"{who.name} <{who.address}>",
                subject=f"Your reference {case}",
                message_id=f"other.{number}@mail.example.net",
                sent=desk.now,
                received=desk.now,
            ),
            read_as=kind,
        )


def _danger(desk: Bureau) -> int:
    """A request that tells of danger; the number of the message."""
    who = corpus.person(11)
    (row,) = desk.receive(
        corpus.mail(
            "Hello,\n\nwater is dripping through the light fitting in the hall and the lights "
            "crackle. My mother is 84 and cannot get out by herself. Please send somebody today."
            "\n\n"
            f"{who.name}\n{who.home}\n{who.phone}",
            sender=f"{who.name} <{who.address}>",
            subject="Water through the light",
            message_id="danger@mail.example.net",
            sent=desk.now,
            received=desk.now,
        )
    )
    return row.id


def _written_in(site: Site, letter: str) -> None:
    """A second revision of a letter, and somebody else who has it open."""
    page = f"/letters/{letter}"
    writer = _at_the_pages(site, "teasel")
    boxes = dict(_BOX.findall(writer.text(page)))
    more = f"{unescape(boxes['part-2']).strip()} We know how hard this is with asthma in the home."
    words = {"part-0": f"{unescape(boxes['part-0']).strip()},", "part-2": more}
    _sent(site, writer, page, "words", words)
    other = _at_the_pages(site, "avens")
    _sent(site, other, page, "in-hand", {"part-0": "Good morning,"})


def _at_the_pages(site: Site, name: str) -> Visitor:
    visitor, link = site.visitor(), site.link(name)
    visitor.get(link)
    assert visitor.post(link, {"password": PASSWORD}).status_code == 302
    return visitor


_BOX = re.compile(r'<textarea[^>]* name="(part-\d+)"[^>]*>(.*?)</textarea>', re.DOTALL)


def _sent(site: Site, visitor: Visitor, page: str, to: str, form: dict[str, str]) -> None:
    on = {"revision": str(site.bureau.letter(page.rpartition("/")[2]).revision), "version": "0"}
    answer = visitor.post(f"{page}/{to}", on | form, page=page)
    assert answer.status_code in {200, 302}, answer.text
