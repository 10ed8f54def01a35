from __future__ import annotations

import pytest

from correspondence.intake.message import Address
from tests.intake.messages import a_letter, a_message, read

CASE = "CMP-2026-000321"
COUNCILLOR = Address("Cllr Ada Wick", "cllr.a.wick@council.example")
MEMBER = Address("Office of Ada Wick MP", "ada.wick.mp@parliament.example")
OFFICER = Address("Jo Barnes (Repairs)", "jo.barnes@larkhill.example")


def test_dissatisfaction_is_a_complaint_without_the_word() -> None:
    reading = read(
        "I reported the leak on 3 May and again on 20 May. Both times I was told a plumber would "
        "ring. Nobody has rung and the kitchen floor is ruined. This is not good enough."
    )
    assert reading.kind == "complaint"
    assert reading.acknowledge


def test_a_first_report_is_a_request_for_service() -> None:
    reading = read("Hello, the kitchen tap started dripping this morning. Could you send someone?")
    assert reading.kind == "service_request"
    assert not reading.acknowledge


def test_annoyance_at_the_defect_itself_is_no_complaint() -> None:
    reading = read(
        "This gate has been banging since last night's wind and it is driving me mad! First time "
        "I've had to ask for anything. Please can somebody come and look at it?"
    )
    assert reading.kind == "service_request"


def test_not_wanting_to_complain_is_a_complaint_that_a_person_offers() -> None:
    reading = read(
        "I don't want to make a complaint but nobody has turned up three times now for the window, "
        "and I have waited in all day each time."
    )
    assert reading.kind == "complaint"
    assert reading.needs_person
    assert reading.offer_complaint


def test_refusing_our_answer_is_an_escalation_and_needs_no_reasons() -> None:
    reading = read(
        "I am not happy with your stage 1 response. Please take it to stage 2.",
        subject=f"Re: {CASE} stage 1 response",
    )
    assert reading.kind == "escalation"
    assert reading.acknowledge


def test_the_word_stage_two_in_an_acceptance_is_no_escalation() -> None:
    reading = read(
        "Thank you. I accept the offer of £100 and there is no need for stage 2.",
        subject=f"Re: {CASE}",
    )
    assert reading.kind == "case_update"
    assert not reading.acknowledge


def test_a_review_under_the_housing_act_is_no_escalation() -> None:
    reading = read("I request a review of your decision under section 202 of the Housing Act 1996.")
    assert reading.kind == "service_request"


def test_asking_after_a_case_is_an_update() -> None:
    reading = read("Any news on my complaint please?", subject=CASE)
    assert reading.kind == "case_update"


@pytest.mark.parametrize(
    ("sender", "kind"), [(COUNCILLOR, "councillor_enquiry"), (MEMBER, "mp_enquiry")]
)
def test_a_member_asking_for_news_makes_an_enquiry(sender: Address, kind: str) -> None:
    reading = read(
        "Could you let me know when Mr Tom Reed of 4 Hay Lane will have his fence mended? He says "
        "he has waited since March and nobody replies.",
        sender=sender,
    )
    assert reading.kind == kind
    assert reading.offer_complaint
    assert "representative" in reading.flags


@pytest.mark.parametrize("sender", [COUNCILLOR, MEMBER])
def test_a_member_who_asks_that_it_be_logged_makes_a_complaint(sender: Address) -> None:
    reading = read(
        "Please log this as a formal complaint on behalf of Mrs Tess Reed, 4 Hay Lane. Her fence "
        "has been down since March and nobody replies.",
        sender=sender,
    )
    assert reading.kind == "complaint"
    assert reading.representative is not None
    assert reading.resident.name == "Tess Reed"


def test_a_members_away_message_is_automatic() -> None:
    reading = read(
        "I am out of the office until Monday.",
        subject="Automatic reply: Tess Reed",
        sender=MEMBER,
        headers={"Auto-Submitted": "auto-replied"},
    )
    assert reading.kind == "automatic"


def test_an_ombudsman_is_known_by_domain_and_a_look_alike_is_not() -> None:
    asked = "Please send us your final response by 1 May."
    real = Address("Casework", "casework@housing-ombudsman.example")
    false = Address("Casework", "casework@housing-ombudsman.example.attacker.example")
    assert read(asked, sender=real).kind == "ombudsman_contact"
    assert read(asked, sender=false).kind != "ombudsman_contact"


def test_an_ombudsmans_newsletter_is_automatic() -> None:
    reading = read(
        "In this issue: maladministration findings. You are subscribed to this bulletin.",
        sender=Address("News", "news@housing-ombudsman.example"),
        headers={"List-Id": "<news.example>", "Precedence": "bulk"},
    )
    assert reading.kind == "automatic"


def test_a_letter_of_claim_is_no_complaint_and_no_proceedings() -> None:
    reading = read(
        "We act for Mr Ivo Lane of 2 Rye Court. This is a letter of claim under the Pre-Action "
        "Protocol for Housing Conditions Claims. Our client seeks damages.",
        sender=Address("Wick Solicitors", "claims@wick.example"),
    )
    assert reading.kind == "legal_claim"
    assert "legal_proceedings" not in reading.flags


def test_a_lawyer_may_bring_a_complaint() -> None:
    reading = read(
        "We assist Mrs Una Marsh. This is not a claim. She asks us to lodge a formal complaint: "
        "three appointments were missed and nobody has explained why.",
        sender=Address("Rae Wick", "rae@wick-law.example"),
    )
    assert reading.kind == "complaint"


def test_a_form_is_its_writers_though_a_machine_sent_it() -> None:
    reading = read(
        "A customer has submitted the form.\n\nName: Una Marsh\nAddress: 8 Rye Court, LS1 1AA\n"
        "Telephone: 07700 900555\n\nWhat is your complaint?\nThe bin store has been locked since "
        "June and nobody answers my emails.\n\nHow can we put things right?\nGive us a key.",
        subject="Website form: Make a complaint",
        sender=Address("Web forms", "noreply@forms.larkhill.example"),
        headers={"Auto-Submitted": "auto-generated"},
    )
    assert reading.kind == "complaint"
    assert reading.acknowledge
    assert reading.resident.name == "Una Marsh"
    assert reading.outcome_sought == "Give us a key."


def test_what_an_officer_forwards_is_the_residents() -> None:
    inner = a_message(
        "You have cancelled my kitchen three times and nobody will say why. I have had enough. "
        "I want a date in writing.\nTess Reed",
        sender=Address("Tess Reed", "tess@example.net"),
    )
    reading = read("One for you. Jo", subject="FW: kitchen", sender=OFFICER, forwarded=(inner,))
    assert reading.kind == "complaint"
    assert reading.resident.name == "Tess Reed"


def test_a_scanned_letter_is_read_for_the_covering_note() -> None:
    letter = a_letter(
        "Dear Housing,\nI wish to complain that my gutter has been broken since March though I "
        "have rung five times.\nTess Reed"
    )
    reading = read("Please see attached.", sender=OFFICER, attachments=(letter,))
    assert reading.kind == "complaint"
    assert reading.points


def test_a_colleagues_answer_is_for_the_investigation() -> None:
    reading = read(
        f"Job history for {CASE} as requested: attended 3 May, no access 9 May, completed 12 May.",
        sender=OFFICER,
    )
    assert reading.kind == "third_party"


def test_a_contractors_grumbling_is_no_complaint() -> None:
    reading = read(
        f"Our operative attended on 3 May for {CASE} and I'm fed up of my lads getting the blame. "
        "Job sheet attached for your investigation. Wick Plumbing Ltd",
        sender=Address("Al Wick", "al@wickplumbing.example"),
    )
    assert reading.kind == "third_party"
    assert "dissatisfaction" not in reading.flags


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Under the Freedom of Information Act please tell me how many lifts you own.",
         "information_request"),
        ("My brown bin was missed again and I pay council tax for this. Disgraceful.",
         "other_service"),
        ("Thank you so much to Sam the plumber, he was brilliant, so polite and tidy.",
         "compliment"),
        ("Just a suggestion: it would be nice to have a bench by the lift.", "comment"),
    ],
)  # fmt: skip
def test_other_kinds_are_told_apart(text: str, kind: str) -> None:
    assert read(text).kind == kind


def test_a_sales_letter_about_complaints_is_spam() -> None:
    reading = read(
        "Are your residents complaining about damp? Our award-winning platform cuts complaints by "
        "half. Book a free demo today. Unsubscribe here.",
        sender=Address("Growth", "hello@dampaway.example"),
    )
    assert reading.kind == "spam"
    assert not reading.acknowledge


def test_a_complaint_with_a_request_for_data_has_both_duties() -> None:
    reading = read(
        "I want to complain that my details were read out at the desk. Please also treat this as a "
        "subject access request for everything you hold about me."
    )
    assert reading.kind == "complaint"
    assert "information_request" in reading.also
