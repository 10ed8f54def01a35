"""What a reader of complaints must not get wrong, kind by kind, in messages invented for it."""

from __future__ import annotations

import pytest

from correspondence.intake.message import Address
from tests.intake.messages import read

FIRM = Address("Dell Heating Ltd", "office@dellheating.example")
CLERK = Address("Ada Wick (Contact Centre)", "ada.wick@larkhill.example")
REFERENCE = "CMP-2026-000731"


@pytest.mark.parametrize(
    "text",
    [
        (
            "I reported the cracked basin on 3 March and again on 20 March and on 4 April. Nobody"
            " has "
            "come. I am not satisfied with how I have been treated."
        ),
        (
            "The lock on the yard gate was reported in May, June and July. I have had no reply to"
            " any "
            "of it. I do not think that is right."
        ),
        (
            "I rang about the stair light on the 2nd and the 9th and was told each time it would"
            " be "
            "done that week. It is still dark and I have had enough."
        ),
    ],
)
def test_a_story_of_reports_left_unanswered_is_a_complaint_and_no_update(text: str) -> None:
    reading = read(text)
    assert reading.kind == "complaint"
    assert reading.acknowledge


@pytest.mark.parametrize(
    "text",
    [
        "Any news about the fence? Thank you.",
        "I attach two more photographs of the step. Please add them.",
        "Just wondering how things are getting on with the window.",
    ],
)
def test_without_a_sign_of_a_case_nothing_is_news_of_one(text: str) -> None:
    assert read(text).kind != "case_update"


def test_the_same_words_with_our_reference_are_news_of_the_case() -> None:
    text = f"{REFERENCE}: I attach two more photographs of the step, as you asked."
    assert read(text).kind == "case_update"


@pytest.mark.parametrize(
    "text",
    [
        (
            "Lovely flat, big thanks to Bev. Only downside, nobody has given me the key to the"
            " bike "
            "store although I was told three times that it was in the post."
        ),
        (
            "Thank you for the new step. I only wish somebody had read the letters I wrote about"
            " the "
            "old one in February, April and May. Nobody replied to any of them."
        ),
    ],
)
def test_dissatisfaction_beside_thanks_is_not_passed_by(text: str) -> None:
    reading = read(text)
    assert reading.acknowledge or reading.needs_person


def test_discontent_with_a_neighbour_told_for_the_first_time_is_no_complaint_about_us() -> None:
    reading = read(
        "The people at number 6 are at their drums again, it is beyond a joke and a disgrace. I "
        "have not told you before. It started last week. Can somebody go round?"
    )
    assert reading.kind == "service_request"
    assert reading.service_area == "anti_social_behaviour"


def test_a_contractor_who_answers_us_is_not_acknowledged_however_cross() -> None:
    reading = read(
        f"You asked for our records on {REFERENCE}. We attended on the 2nd and the 9th, sheets "
        "attached. We are fed up of being blamed when nobody at your depot rings the tenant.",
        sender=FIRM,
    )
    assert reading.kind == "third_party"
    assert not reading.acknowledge


def test_a_call_a_colleague_notes_down_is_the_residents_own() -> None:
    reading = read(
        "Phone call just now. Mr Ivo Pell, 4 Elm Row, 01632 960144. He says he wants to make a "
        "complaint. Three plumbers have been booked and none has come.",
        subject="Call note",
        sender=CLERK,
    )
    assert reading.kind == "complaint"
    assert reading.resident.name == "Ivo Pell"


def test_a_councillor_who_only_gives_thanks_pays_a_compliment() -> None:
    reading = read(
        "Credit where it is due. The step was mended in two days and she is delighted. Well done.",
        subject="Well done",
        sender=Address("Cllr Ada Wick", "cllr.a.wick@council.example"),
    )
    assert reading.kind == "compliment"
    assert not reading.acknowledge


@pytest.mark.parametrize(
    "text",
    [
        "My resident has tried to make a complaint twice. When will the lift be mended, please?",
        "I understand that her complaint is at stage 2. Could you tell me when she will hear?",
        "She may decide to raise a formal complaint. For now I should like to know the date.",
    ],
)
def test_a_member_who_speaks_of_a_complaint_only_enquires(text: str) -> None:
    sender = Address("Cllr Ada Wick", "cllr.a.wick@council.example")
    reading = read(text, sender=sender)
    assert reading.kind == "councillor_enquiry"
    assert not reading.acknowledge


@pytest.mark.parametrize(
    "text",
    [
        "Please log this as a formal complaint for Mrs Pell. Her roof has leaked since May.",
        "I should be grateful if you would register her concerns as a stage 1 complaint.",
        "She has asked that this be treated as a formal complaint. Nobody answers her letters.",
    ],
)
def test_a_member_who_asks_that_it_be_logged_makes_a_complaint(text: str) -> None:
    sender = Address("Ada Wick MP", "ada.wick.mp@parliament.example")
    assert read(text, sender=sender).kind == "complaint"


def test_a_stage_two_already_under_way_is_not_asked_for_again() -> None:
    reading = read(
        "Thanks for confirming stage 2. I am happy for it to take another week, as you asked.",
        subject=f"Re: {REFERENCE} stage 2 acknowledgement",
    )
    assert reading.kind == "case_update"


def test_what_a_chat_robot_says_is_no_part_of_the_matter() -> None:
    reading = read(
        "Chat transcript 88\nVisitor name: Ivo Pell\nVisitor: i want to make a complaint\n"
        "Bot: I am sorry. Is it about damp and mould?\nVisitor: your joiner never came, twice\n"
        "Bot: Would you like to book a gas service?\nVisitor: no i want the door mended\n",
        sender=Address("Webchat", "webchat@larkhill.example"),
        headers={"Auto-Submitted": "auto-generated"},
    )
    assert reading.kind == "complaint"
    assert reading.service_area == "repairs"
    assert all("gas" not in point for point in reading.points)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("The heating charge has gone up by £9 a week and nobody has told us why.", "rents"),
        ("The landing light has been out since May. I have rung three times.", "communal_areas"),
        ("I was promised a grab rail in May. Nobody has come to fit it.", "other"),
        ("The new kitchen was left half fitted and the fitters never came back.", "planned_works"),
        ("I complained in May and was never acknowledged. You missed your own deadline.",
         "complaint_handling"),
        ("Nobody will tell me why my banding was changed. I wrote twice.", "allocations"),
    ],
)  # fmt: skip
def test_the_longer_name_of_a_thing_says_whose_matter_it_is(text: str, area: str) -> None:
    assert read(text).service_area == area


@pytest.mark.parametrize(
    ("text", "sender", "reference"),
    [
        (f"My complaint {REFERENCE} was closed.", None, REFERENCE),
        ("Your ref: LH/HSG/2207. I do not agree.", None, "LH/HSG/2207"),
        ("My complaint number is 448120 and nobody has replied.", None, "448120"),
        ("Job number 448120 was cancelled and nobody has replied.", None, ""),
        ("Our ref: ABX/CLM/7710. We write about a van.", FIRM, ""),
    ],
)
def test_only_a_number_of_our_own_is_a_reference(
    text: str, sender: Address | None, reference: str
) -> None:
    reading = read(text) if sender is None else read(text, sender=sender)
    assert reading.resident.reference == reference


def test_a_resident_known_by_surname_keeps_the_title() -> None:
    reading = read("We called on Mrs Tyson on Friday, as you asked.", sender=FIRM)
    assert reading.resident.name == "Mrs Tyson"


def test_a_wish_is_told_with_the_whole_of_its_sentence() -> None:
    wish = "I want to be told the truth about the date, and I want a plan for the next time."
    reading = read(f"The lift is off again. Nobody has told us anything. {wish}")
    assert reading.outcome_sought == wish


@pytest.mark.parametrize(
    "hostile",
    [
        "complaint about " * 12_000,
        "my complaint: " + "A1" * 90_000,
        "Bot: x\nVisitor: y\n" * 10_000,
        "1 May and 1 May and " * 10_000,
        "Customer: Mrs Ada Wick " * 8_000,
    ],
    ids=lambda text: repr(text[:16]),
)
def test_hostile_text_of_any_length_is_judged_to_its_end(hostile: str) -> None:
    assert read(hostile, subject=hostile[:2_000]).kind


@pytest.mark.parametrize(
    "text",
    [
        (
            "Thank you for your stage 1 answer. We have not made up our minds yet. How would we go "
            "to stage 2, if we wanted to, and how long have we got?"
        ),
        (
            "I have your decision and I am content with it. Whether or not I go further I shall "
            "tell you next week. Only one question: on what day is the fence coming?"
        ),
    ],
)
def test_nobody_is_acknowledged_unseen_who_has_not_decided_to_go_further(text: str) -> None:
    assert not read(f"{REFERENCE}. {text}").acknowledge


def test_an_offer_of_wares_that_tells_a_tale_of_woe_is_not_acknowledged_unseen() -> None:
    reading = read(
        "Have you had enough of residents who reported it in March, in April and in May and were "
        "never rung back? They waited in for weeks, nobody came and they were let down again. Our "
        "platform ends that. Book a free demo today, 20% off, unsubscribe at any time.",
        subject="Cut your complaints by half - limited offer",
        sender=Address("Rallye Software", "sales@rallyesoft.example"),
    )
    assert not reading.acknowledge
