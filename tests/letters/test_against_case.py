"""What a letter says is true of its case, or somebody is told why it is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from correspondence.cases.definition import DefinitionPoint
from correspondence.handling_code.long_date import long_date
from correspondence.handling_code.working_days import ENGLAND_AND_WALES, add_working_days
from correspondence.letters.checking.against_case import against_case, is_fact, with_findings
from correspondence.letters.checking.record.facts import Belonging, CaseRecord, Ours, Party
from correspondence.letters.checking.record.finding import Finding
from correspondence.letters.checking.record.money import number_in_words
from correspondence.letters.checking.record.names import likeness
from correspondence.letters.checking.record.strangers import mentioned
from correspondence.letters.checking.result import CheckResult
from correspondence.letters.contents import CONTENTS, Occasion
from correspondence.letters.contents.extension import ExtensionContent
from correspondence.letters.drafting import draft
from correspondence.letters.kinds import LetterKind
from correspondence.letters.opening import from_plain
from correspondence.letters.specimens.decided import DECIDED
from tests.letters.at_hand import facts, shipped_template

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 20)  # a Friday
RECEIVED = date(2026, 11, 19)
DUE = date(2026, 12, 4)
LIMIT = date(2026, 12, 18)
POINTS = (
    "The gutter above the back door has leaked since March 2026.",
    "Two appointments were missed without notice.",
)
OUTCOMES = ("The gutter mended.", "An apology for the missed appointments.")
REFERENCE = "CMP-2026-000001"

RECORD = CaseRecord(
    reference=REFERENCE,
    stage=1,
    letter_date=TODAY,
    received=RECEIVED,
    resident=Party(
        name="Siobhán O'Neill",
        emails=frozenset({"s.oneill@example.net"}),
        phones=frozenset({"07700 900123"}),
        postcode="HW1 2AB",
    ),
    respond_by=DUE,
    respond_target=DUE,
    original_due=DUE,
    extension_limit=LIMIT,
    points=tuple(DefinitionPoint(text=text, responsible=True) for text in POINTS),
    outcomes=OUTCOMES,
    ours=Ours(
        names=frozenset({"Rowan Ellery"}),
        emails=frozenset({"complaints@harrowmere.example.org"}),
        domains=frozenset({"harrowmere.example.org"}),
        phones=frozenset({"01632 960100"}),
        postcodes=frozenset({"HW9 9ZZ"}),
    ),
)
STAGE2 = replace(RECORD, stage=2, reached=frozenset({1, 2}))

ACK = """Dear {greeting}

Your complaint at stage 1

Thank you for your complaint, which we received on {received}. Our reference is {reference}.

What we understand your complaint to be

- {point1}
- {point2}

To put things right you would like the gutter mended and an apology for the missed appointments.

We will send you our full response by {by}.
{more}

Yours sincerely
Rowan Ellery
"""
GIVEN = {
    "greeting": "Ms O’Neill",
    "received": "Thursday 19 November 2026",
    "reference": REFERENCE,
    "point1": POINTS[0],
    "point2": POINTS[1],
    "by": "Friday 4 December 2026",
    "more": "",
}
ACKNOWLEDGEMENT = LetterKind.STAGE1_ACKNOWLEDGEMENT


def found(
    text: str, kind: LetterKind = ACKNOWLEDGEMENT, record: CaseRecord = RECORD
) -> dict[str, list[Finding]]:
    said: dict[str, list[Finding]] = {}
    for finding in against_case(from_plain(text), kind, record):
        said.setdefault(finding.id, []).append(finding)
    return said


def ack(record: CaseRecord = RECORD, **changes: str) -> dict[str, list[Finding]]:
    return found(ACK.format(**(GIVEN | changes)), record=record)


def body(
    words: str, kind: LetterKind = LetterKind.PROGRESS_UPDATE, record: CaseRecord = RECORD
) -> dict[str, list[Finding]]:
    """A letter that says these words and nothing else that could matter."""
    return found(f"Dear Ms O'Neill\n\n{words}\n\nYours sincerely\nRowan Ellery\n", kind, record)


def stops(said: dict[str, list[Finding]]) -> set[str]:
    return {name for name, findings in said.items() if any(one.stops for one in findings)}


def looks(said: dict[str, list[Finding]]) -> set[str]:
    return set(said) - stops(said)


def test_a_letter_that_says_what_the_record_says_is_left_in_peace() -> None:
    assert ack() == {}


# Whose letter it is


@pytest.mark.parametrize(
    "greeting",
    [
        "Ms O’Neill", "Ms O'Neill", "Ms ONeill", "Ms O Neill", "Miss O'NEILL", "Mrs S O'Neill",
        "Siobhan", "Siobhán", "Siobhan O'Neill", "Siobhán Mary O’Neill", "Mr and Mrs O'Neill",
        "Dr. S. O'Neill", "Ms O'Neill-Ash", "Mx O'Neill,", "Ms O'Neill:",
    ],
)  # fmt: skip
def test_a_resident_may_be_greeted_in_any_of_the_ways_people_write_a_name(greeting: str) -> None:
    assert ack(greeting=greeting) == {}


@pytest.mark.parametrize("greeting", ["Mr Garsdale", "Ms Wenna Garsdale", "Mr and Mrs Ash"])
def test_another_name_in_the_greeting_stops_the_letter(greeting: str) -> None:
    assert stops(ack(greeting=greeting)) == {"case_salutation"}


@pytest.mark.parametrize(
    "greeting",
    ["Ms O'Neil", "Ms Oneal", "Paul O'Neill", "Ms O'Neill and Mr Ash", "Resident", "Sir or Madam"],
)
def test_a_greeting_that_may_be_right_is_looked_at_again(greeting: str) -> None:
    said = ack(greeting=greeting)
    assert (stops(said), looks(said)) == (set(), {"case_salutation"})


@pytest.mark.parametrize(
    ("known", "greeting"),
    [
        ("Marian Ash and Paul Ash", "Mr and Mrs Ash"),
        ("Marian Ash & Paul Bell", "Ms Ash and Mr Bell"),
        ("Zoë Müller", "Ms Muller"),
        ("Łukasz Żółty", "Mr Zolty"),
        ("Maria Nowak-Smith", "Ms Nowak"),
        ("Maria Nowak Smith", "Ms Nowak-Smith"),
        ("Tran Van Minh", "Mr Tran"),
        ("Ada Mc Donald", "Ms McDonald"),
        ("Ada de Souza", "Ms de Souza"),
        ("Mrs A. Lovelace", "Mrs Lovelace"),
        ("M Test", "Ms Test"),
    ],
)
def test_joint_tenants_accents_and_double_names_are_known(known: str, greeting: str) -> None:
    assert ack(replace(RECORD, resident=Party(name=known)), greeting=greeting) == {}


@pytest.mark.parametrize("known", ["adrian", "Мария", "M"])
def test_where_the_record_knows_too_little_of_a_name_nothing_is_stopped(known: str) -> None:
    said = ack(replace(RECORD, resident=Party(name=known)), greeting="Mr Garsdale")
    assert (stops(said), looks(said)) == (set(), {"case_salutation"})


def test_where_the_record_knows_no_name_nothing_is_compared() -> None:
    assert ack(replace(RECORD, resident=Party()), greeting="Mr Garsdale") == {}


REPRESENTED = replace(RECORD, representative=Party(name="Asha Bright"))


def test_a_letter_may_go_to_the_representative_and_says_for_whom() -> None:
    said = ack(REPRESENTED, greeting="Ms Bright", more="You complain for Ms O'Neill.")
    assert said == {}
    assert looks(ack(REPRESENTED, greeting="Ms Bright")) == {"case_representative"}
    assert ack(REPRESENTED) == {}


def test_somebody_who_neither_lives_there_nor_speaks_for_them_is_not_greeted() -> None:
    assert stops(ack(REPRESENTED, greeting="Mr Garsdale")) == {"case_salutation"}


def test_a_reply_to_a_councillor_greets_the_councillor() -> None:
    said = found("Dear Councillor Ferris\n\nThank you.\n", LetterKind.ENQUIRY_REPLY)
    assert said == {}


def test_another_name_above_the_letter_is_looked_at_again() -> None:
    above = "Mr Jago Garsdale\n3 Rope Walk\nHarrowmere\n\n"
    assert looks(found(above + ACK.format(**GIVEN))) == {"case_addressee"}
    ours = "Ms Siobhan O'Neill\n3 Rope Walk\n\nMr Rowan Ellery\n\n"
    assert found(ours + ACK.format(**GIVEN)) == {}


@given(
    st.sampled_from(["", "Ms ", "Mr ", "Dr ", "Mrs. "]),
    st.sampled_from(["Siobhán ", "Siobhan ", "S ", "S. ", ""]),
    st.sampled_from(["O’Neill", "O'Neill", "ONEILL", "O Neill", "o'neill"]),
)
def test_however_a_name_is_decked_out_it_is_the_same_person(
    title: str, first: str, last: str
) -> None:
    assert likeness(f"{title}{first}{last}", "Siobhán O'Neill") == "same"


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_names_are_compared_without_fail(one: str, other: str) -> None:
    assert likeness(one, other) in {"same", "perhaps", "unknown", "other"}
    if one.split():
        assert likeness(one, one) in {"same", "unknown"}


# What belongs to others


def test_another_reference_printed_as_this_ones_is_another_cases_letter() -> None:
    assert stops(ack(reference="CMP-2026-000002")) == {"case_reference"}
    assert stops(ack(reference="cmp–2026–000002")) == {"case_reference"}


def test_another_case_spoken_of_is_looked_at_and_the_residents_own_is_not() -> None:
    more = "We answered the matter of CMP-2025-000104 last year, and nothing of it is open now."
    assert looks(ack(more=more)) == {"case_reference"}
    same = replace(RECORD, ours=replace(RECORD.ours, references=frozenset({"CMP-2025-000104"})))
    assert ack(same, more=more) == {}
    others = (Belonging("reference", "CMP-2025-000104", certain=True),)
    assert stops(ack(replace(RECORD, elsewhere=others), more=more)) == {"case_reference"}


def test_this_cases_reference_within_the_name_of_a_letter_is_this_cases() -> None:
    assert ack(more=f"This is letter {REFERENCE}-L2.") == {}


def test_an_address_of_another_resident_stops_the_letter() -> None:
    more = "You can also write to j.garsdale@example.net about it."
    assert ack(more=more) == {}  # an organisation's, for all the letter tells
    known = Belonging("email", "j.garsdale@example.net", certain=True)
    assert stops(ack(replace(RECORD, elsewhere=(known,)), more=more)) == {"case_stranger"}
    shared = replace(known, certain=False)
    assert looks(ack(replace(RECORD, elsewhere=(shared,)), more=more)) == {"case_stranger"}


def test_a_private_address_of_nobody_in_the_case_is_looked_at_again() -> None:
    assert looks(ack(more="She wrote from wenna.example@gmail.com.")) == {"case_stranger"}
    assert ack(more="You wrote from s.oneill@example.net.") == {}
    assert ack(more="Write to complaints@harrowmere.example.org.") == {}


@pytest.mark.parametrize("number", ["07700 900456", "+44 7700 900456", "+44 (0)7700 900 456"])
def test_a_mobile_number_of_nobody_in_the_case_is_looked_at_again(number: str) -> None:
    assert looks(ack(more=f"The tenant's number is {number}.")) == {"case_stranger"}


@pytest.mark.parametrize(
    "number", ["07700 900123", "+44 7700 900123", "07700900123", "01632 960100", "0300 111 3000"]
)
def test_the_residents_number_and_offices_numbers_may_stand(number: str) -> None:
    assert ack(more=f"We will ring {number}.") == {}


def test_a_postcode_of_another_home_is_looked_at_again() -> None:
    assert looks(ack(more="The leak is at 4 Rope Walk, HW3 4AB.")) == {"case_stranger"}
    assert ack(more="Your home is in hw1 2ab, our office in HW9 9ZZ.") == {}


def test_a_resident_of_another_case_who_is_named_is_looked_at_again() -> None:
    elsewhere = (Belonging("name", "wenna garsdale"),)
    record = replace(RECORD, elsewhere=elsewhere)
    said = ack(record, more="We have spoken to Wenna Garsdale about it.")
    assert (stops(said), looks(said)) == (set(), {"case_stranger"})
    assert ack(record) == {}


def test_a_colleague_who_is_also_a_resident_may_sign() -> None:
    record = replace(RECORD, elsewhere=(Belonging("name", "rowan ellery"),))
    assert ack(record) == {}


def test_what_a_letter_names_can_be_looked_up() -> None:
    text = from_plain(
        ACK.format(**(GIVEN | {"more": "Mrs Wenna Garsdale (W.Garsdale@Example.net) agrees."}))
    )
    named = mentioned(text, RECORD.reference_pattern)
    assert named.references == {REFERENCE}
    assert named.emails == {"w.garsdale@example.net"}
    assert {"wenna garsdale", "rowan ellery"} <= named.names


# The stage


def test_a_case_that_never_reached_the_stage_has_no_letter_of_it() -> None:
    record = replace(RECORD, stage=2)
    assert "case_stage" in stops(found("Dear Ms O'Neill\n\nText.\n", record=record))


@pytest.mark.parametrize(
    "words",
    [
        "This is our stage 2 response to your complaint.",
        "Your complaint is now being considered at stage 2.",
        "Stage 2 acknowledgement\n\nThank you for writing.",
    ],
)
def test_a_letter_that_says_it_is_of_the_other_stage_is_stopped(words: str) -> None:
    assert "case_stage" in stops(body(words))


@pytest.mark.parametrize(
    "words",
    [
        "If you are not satisfied you can ask for stage 2.",
        "You can have your complaint looked at under stage 2 of our procedure.",
        "After this stage 1 response comes stage 2.",
    ],
)
def test_the_way_to_stage_2_may_be_told_at_stage_1(words: str) -> None:
    assert body(words) == {}


@pytest.mark.parametrize(
    "words",
    [
        "Our stage 1 response took 31 working days.",
        "We have read the answer we gave you at stage 1.",
        "We issued our stage 1 response on 2 November 2026.",
    ],
)
def test_stage_1_may_be_spoken_of_at_stage_2(words: str) -> None:
    assert body(words, record=STAGE2) == {}


# The days


@pytest.mark.parametrize(
    "words",
    [
        "We received your complaint on 18 November 2026.",
        "Thank you for your complaint, which reached us on Wednesday 18 November 2026.",
        "Your complaint was received by e-mail on 18/11/2026.",
        "I acknowledge receipt on 18 November of your complaint.",
        "Date received: 18 November 2026",
    ],
)
def test_another_day_of_receipt_stops_the_letter(words: str) -> None:
    assert stops(body(words)) == {"case_received"}


@pytest.mark.parametrize(
    "words",
    [
        "We received your complaint on 19 November.",
        "Thank you for your letter of 16 November 2026 about it, received on the 19th.",
        "You received our letter about your complaint on 3 November 2026.",
        "We received the surveyor's report on your complaint on 3 November 2026.",
        "We have not received your form for the complaint, sent on 3 November 2026.",
    ],
)
def test_other_days_are_no_days_of_receipt(words: str) -> None:
    assert body(words) == {}


def test_a_further_matter_has_its_own_day_of_receipt() -> None:
    said = body("We received your further complaint about the lift on 17 November 2026.")
    assert looks(said) == {"case_received"}


def test_stage_2_may_name_the_day_stage_1_began() -> None:
    began = date(2026, 9, 1)
    record = replace(STAGE2, also_received=frozenset({began}))
    assert body("We received your complaint on 1 September 2026.", record=record) == {}


@pytest.mark.parametrize(
    ("by", "stopped", "looked_at"),
    [
        ("Friday 4 December 2026", set(), set()),
        ("3 December", set(), set()),
        ("Monday 7 December 2026", {"case_response_date"}, set()),
        ("Friday 25 December 2026", {"case_response_date"}, {"case_bank_holiday"}),
        ("Thursday 19 November 2026", {"case_response_date"}, set()),
        ("Sunday 29 November 2026", set(), {"case_response_date"}),
    ],
)
def test_the_response_is_promised_by_the_day_it_is_due(
    by: str, stopped: set[str], looked_at: set[str]
) -> None:
    said = ack(by=by)
    assert (stops(said), looks(said)) == (stopped, looked_at)


def test_a_day_after_our_own_target_and_within_the_code_is_looked_at_again() -> None:
    record = replace(RECORD, respond_target=date(2026, 12, 2))
    assert looks(ack(record)) == {"case_response_date"}


def test_once_the_response_is_overdue_a_late_promise_is_only_looked_at() -> None:
    record = replace(RECORD, letter_date=date(2026, 12, 9))
    said = body("We will send you our response by 16 December 2026.", record=record)
    assert (stops(said), looks(said)) == (set(), {"case_response_date"})


def test_the_letters_own_date_is_not_the_day_of_receipt_above_it() -> None:
    above = "Complaint received: 2 November 2026\nDate: 24 November 2026\n\n"
    words = "You will hear within 10 working days of this letter, by 8 December 2026."
    assert found(f"{above}Dear Ms O'Neill\n\n{words}\n", LetterKind.SURVEY_FOLLOW_UP).keys() <= {
        "case_received"
    }


@pytest.mark.parametrize(
    "words",
    [
        "If you would like to reply, please do so by 31 December 2026.",
        "You can ask for a decision at stage 2 until 31 March 2027.",
        "The works will be finished by 31 January 2027.",
        "We gave you our answer on 2 November 2026.",
    ],
)
def test_other_days_are_no_promise_of_a_response(words: str) -> None:
    assert "case_response_date" not in body(words)


EXTENSION = "We need more time. Our response was due on {due}. You will now have it by {new}."


@pytest.mark.parametrize(
    ("decided", "beyond", "new", "stopped"),
    [
        (date(2026, 12, 11), False, "Friday 11 December 2026", set()),
        (date(2026, 12, 11), False, "Monday 14 December 2026", {"case_new_date"}),
        (date(2026, 12, 11), False, "as soon as we can", {"case_new_date"}),
        (None, False, "Friday 18 December 2026", set()),
        (None, False, "Monday 21 December 2026", {"case_new_date"}),
        (date(2027, 1, 15), True, "Friday 15 January 2027", set()),
    ],
)
def test_an_extension_letter_gives_the_day_that_was_decided_and_no_later_one(
    decided: date | None, beyond: bool, new: str, stopped: set[str]
) -> None:
    record = replace(RECORD, extension_to=decided, beyond_limit=beyond)
    words = EXTENSION.format(due="Friday 4 December 2026", new=new)
    assert stops(body(words, LetterKind.STAGE1_EXTENSION, record)) == stopped


@pytest.mark.parametrize(
    "words",
    [
        "The engineer calls on Tuesday 9 December 2026.",
        "The engineer calls on Tues. 9th December 2026.",
        "The engineer calls on 9 December 2026 (Tuesday).",
        "The engineer calls on Tuesday the 9th of December 2026.",
        "The engineer calls on Tuesday, 09/12/2026.",
    ],
)
def test_a_weekday_that_its_date_does_not_fall_on_stops_the_letter(words: str) -> None:
    assert stops(body(words)) == {"case_weekday"}


def test_a_wrong_weekday_in_the_residents_own_words_is_only_looked_at() -> None:
    said = body("You wrote: “nobody came on Tuesday 4 November 2026”.")
    assert (stops(said), looks(said)) == (set(), {"case_weekday"})


def test_without_a_year_a_weekday_may_be_of_last_year() -> None:
    assert body("Nobody came on Tuesday 4 November.") == {}


@given(st.dates(date(2024, 1, 1), date(2028, 6, 1)), st.integers(0, 6))
def test_every_date_agrees_with_its_own_weekday_and_with_no_other(day: date, off: int) -> None:
    other = day + timedelta(days=off)
    words = f"Nobody came on {long_date(other).split()[0]} {long_date(day).split(' ', 1)[1]}."
    assert ("case_weekday" in body(words)) == (off != 0)


def test_something_to_come_on_a_bank_holiday_is_looked_at_again() -> None:
    assert looks(body("The plumber will come on 28 December 2026.")) == {"case_bank_holiday"}
    assert looks(body("Monday 14 December 2026 is a bank holiday.")) == {"case_bank_holiday"}
    assert body("Monday 28 December 2026 is a bank holiday, so nobody will come.") == {}


@pytest.mark.parametrize(
    ("words", "stopped"),
    [
        ("You will hear from us within 10 working days, by 7 December 2026.", True),
        ("You will hear from us within ten working days of this letter, by 7 December 2026.", True),
        ("You will hear from us by 7 December 2026, which is 10 working days from today.", True),
        ("You will hear from us within 2 weeks of today, that is by 7 December 2026.", True),
        ("You will hear from us within 10 working days of this letter, by 4 December 2026.", False),
        ("You will hear from us within 10 working days, by 3 December 2026.", False),
        ("You will hear by 4 December 2026. That is 10 working days from the date of this letter.",
         False),
        ("You will hear by 7 December 2026. That is 10 working days from the date of this letter.",
         True),
        ("We attend within 5 working days, and the plumber came on 2 November 2026.", False),
        ("That is 10 working days from Monday 23 November 2026, by 7 December 2026.", False),
    ],
)  # fmt: skip
def test_a_length_of_time_and_the_day_it_ends_on_agree(words: str, stopped: bool) -> None:
    assert ("case_reckoning" in stops(body(words))) is stopped


@given(st.dates(date(2026, 1, 5), date(2027, 11, 1)), st.integers(1, 40), st.integers(-5, 5))
def test_the_sum_of_working_days_is_right_exactly_on_its_day(
    written: date, length: int, off: int
) -> None:
    ends = add_working_days(written, length, ENGLAND_AND_WALES) + timedelta(days=off)
    record = replace(RECORD, letter_date=written, received=written)
    words = f"You will hear within {length} working days of this letter, by {long_date(ends)}."
    said = body(words, record=record)
    assert ("case_reckoning" in said) == (off != 0)
    assert ("case_reckoning" in stops(said)) == (off > 0)


# What it is about


def test_a_point_that_is_not_set_out_stops_the_acknowledgement_and_is_named() -> None:
    said = ack(point2="You told us about it in October.")
    assert "case_points" in stops(said)
    (one,) = said["case_points"]
    assert one.quote == POINTS[1]
    assert "point 2" in one.reason
    assert POINTS[1] not in one.reason + one.advice


def test_a_point_may_be_put_better_and_an_outcome_too() -> None:
    better = "The gutters over your back door have been leaking since March 2026"
    assert ack(point1=better) == {}


def test_an_outcome_that_is_left_out_stops_the_acknowledgement() -> None:
    text = ACK.format(**GIVEN).replace(" and an apology for the missed appointments", "")
    assert stops(found(text)) == {"case_outcomes"}


RESPONSE = """Dear Ms O'Neill

Our response at stage 1

Your complaint

You told us that the gutter above the back door has leaked since March 2026, and that two
appointments were missed without notice.

Our decision

We uphold your complaint about the gutter: the roofer's log shows that it was never ordered.
{second}

We are sorry. We will mend the gutter by 11 December 2026.

Yours sincerely
Rowan Ellery
"""


@pytest.mark.parametrize(
    ("second", "stopped", "looked_at"),
    [
        ("The two missed appointments were never entered in the diary.", set(), set()),
        ("Nobody was told that the engineer could not come to the appointments.", set(), set()),
        ("", set(), {"case_points"}),
    ],
)
def test_a_response_answers_every_point(
    second: str, stopped: set[str], looked_at: set[str]
) -> None:
    said = found(RESPONSE.format(second=second), LetterKind.STAGE1_RESPONSE)
    assert (stops(said), looks(said)) == (stopped, looked_at)


def test_a_point_that_a_response_never_takes_up_stops_it_and_is_named() -> None:
    more = DefinitionPoint(text="The caretaker swore at her daughter.", responsible=True)
    record = replace(RECORD, points=(*RECORD.points, more))
    text = RESPONSE.format(second="The missed appointments were never entered in the diary.")
    said = found(text, LetterKind.STAGE1_RESPONSE, record)
    assert stops(said) == {"case_points"}
    assert [one.quote for one in said["case_points"]] == [more.text]


def test_points_may_be_answered_by_their_numbers() -> None:
    text = RESPONSE.format(second="Point 1 is upheld. Point 2 is not upheld.")
    assert found(text, LetterKind.STAGE1_RESPONSE) == {}


# Money


@pytest.mark.parametrize(
    ("words", "stopped"),
    [
        ("We offer £50 for the delay and £75 for the visits, a total of £125.", False),
        ("We offer £50 for the delay and £75 for the visits, a total of £150.", True),
        ("We offer £1,050.50 for the delay and £75 for the rest, £1,125.50 in total.", False),
        ("We will pay £150 (one hundred and fifty pounds).", False),
        ("We will pay £150 (one hundred and fifteen pounds).", True),
        ("We offer £15 a day for ten days and £20, a total of £170.", False),
        ("We offer a total of £125, of which £50 was paid and £80 is to come.", False),
        ("We offer you:\n\n- £50 for the delay\n- £75 for the visits\n\nIn total this is £125.",
         False),
        ("We offer you:\n\n- £50 for the delay\n- £75 for the visits\n\nIn total this is £130.",
         True),
        ("We offer you a total of £130:\n\n- £50 for the delay\n- £75 for the visits", True),
        ("For | Sum\nThe delay | £50\nThe visits | £75\nTotal | £125", False),
        ("For | Sum\nThe delay | £50\nThe visits | £75\nTotal | £175", True),
    ],
)  # fmt: skip
def test_sums_of_money_add_up(words: str, stopped: bool) -> None:
    assert ("case_amounts" in stops(body(words))) is stopped


@given(st.lists(st.integers(1, 500_00), min_size=2, max_size=6), st.integers(-3, 3))
def test_a_total_is_right_exactly_when_it_is_the_sum(parts: list[int], off: int) -> None:
    total = sum(parts) + off
    if total <= 0:
        return
    items = "\n".join(f"- £{one // 100}.{one % 100:02d} for something" for one in parts)
    words = f"We offer you:\n\n{items}\n\nIn total this is £{total // 100:,}.{total % 100:02d}."
    assert ("case_amounts" in body(words)) == (off != 0)


def test_a_sum_that_the_resident_did_not_ask_for_is_looked_at_again() -> None:
    record = replace(RECORD, outcomes=("£500 in compensation.",))
    assert looks(body("You asked for £400 in compensation.", record=record)) == {"case_amounts"}
    assert body("You asked for £500 in compensation.", record=record) == {}


@pytest.mark.parametrize(
    ("words", "number"),
    [("one hundred and fifty", 150), ("two thousand and five", 2005), ("twenty-one", 21),
     ("many", None), ("", None)],
)  # fmt: skip
def test_numbers_are_read_in_words(words: str, number: int | None) -> None:
    assert number_in_words(words) == number


# Left to be filled


@pytest.mark.parametrize("mark", ["TBC", "tbc by the contractor TBC", "XXXX", "«»", "{{ name }}"])
def test_a_place_left_to_be_filled_is_found(mark: str) -> None:
    text = from_plain(f"Dear Ms O'Neill\n\nThe surveyor comes on {mark}.\n\nYours sincerely\n")
    from correspondence.letters.checking.gaps import gap_in

    said = against_case(text, LetterKind.PROGRESS_UPDATE, RECORD)
    assert gap_in(text.plain()) is not None or {one.id for one in said} == {"case_unfilled"}


# What becomes of a finding


def result(**more: Any) -> CheckResult:
    return CheckResult(kind=ACKNOWLEDGEMENT, ok=True, items=(), reading_age=10, **more)


def test_only_what_is_surely_wrong_keeps_a_letter_from_being_approved() -> None:
    sure = Finding("case_weekday", "quote", "Reason.", "Advice.", stops=True)
    doubtful = replace(sure, id="case_stranger", stops=False)
    looked = with_findings(result(), [doubtful])
    assert looked.ok
    assert [(i.id, i.required, i.met) for i in looked.items] == [("case_stranger", False, "unsure")]
    stopped = with_findings(result(), [sure, sure, doubtful])
    assert not stopped.ok
    assert [item.id for item in stopped.items] == [
        "case_weekday",
        "case_weekday_2",
        "case_stranger",
    ]
    assert stopped.items[0].advice == "Reason. Advice."


def test_a_fact_of_the_record_is_told_from_what_prose_may_say_otherwise() -> None:
    assert is_fact("case_weekday")
    assert is_fact("case_weekday_12")
    assert not is_fact("case_points_2")
    assert not is_fact("received_date")


def test_no_reason_or_advice_repeats_the_resident_or_the_letter() -> None:
    private = ("O'Neill", "Garsdale", "gutter", "07700", "HW3", "j.garsdale")
    elsewhere = (Belonging("email", "j.garsdale@example.net", certain=True),)
    text = ACK.format(
        **(
            GIVEN
            | {
                "greeting": "Mr Garsdale",
                "reference": "CMP-2026-000002",
                "point1": "Something else altogether.",
                "received": "Monday 16 November 2026",
                "more": "Ring 07700 900456 in HW3 4AB or write to j.garsdale@example.net, TBC.",
            }
        )
    )
    said = found(text, record=replace(RECORD, elsewhere=elsewhere))
    assert len(said) >= 6
    for finding in (one for findings in said.values() for one in findings):
        assert not any(word in finding.reason + finding.advice for word in private)
        assert finding.reason.endswith(".")
        assert finding.advice.endswith(".")


# Our own letters


@pytest.mark.parametrize(("kind", "name"), [(k, name) for k in DECIDED for name in DECIDED[k]])
def test_the_letters_that_ship_agree_with_the_record_they_are_made_of(
    kind: LetterKind, name: str
) -> None:
    stage = 2 if kind.value.startswith(("stage2", "escalation")) else 1
    known = facts(stage=stage, own_words=False)
    content = CONTENTS[kind].model_validate(DECIDED[kind][name])
    said = content.fields(Occasion(known.definition, known.letter_date, stage))
    letter = draft(shipped_template(kind), replace(known, extra=said))
    moved = content if isinstance(content, ExtensionContent) else None
    record = CaseRecord(
        reference=known.reference,
        reference_pattern=r"HC-\d{4}-\d{4}",
        stage=stage,
        reached=frozenset({1, 2}),
        letter_date=known.letter_date,
        received=known.received_on,
        resident=Party(name=known.recipient.name, postcode=known.recipient.address_lines[-1]),
        respond_by=known.respond_by,
        respond_target=known.respond_by,
        original_due=moved.original_date if moved else known.respond_by,
        extension_to=moved.new_date if moved else None,
        points=known.definition.points,
        outcomes=known.definition.outcomes,
    )
    assert against_case(letter.text, kind, record) == ()


# Hostile letters


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Dear",
        "Dear " + "Mr " * 2000,
        "Dear " + "and " * 3000,
        "£1 " * 5000 + "total",
        "within 10 working days " * 3000,
        "Monday " * 5000 + "1 May 2026",
        "we will respond by " * 3000,
        "received your complaint on " * 3000,
        "[" * 5000 + "]" * 5000,
        "{{" * 5000,
        "«" * 5000,
        "a@" * 5000 + "example.org",
        "07700 " * 5000,
        "A1 1AA " * 3000,
        "CMP-2026-" * 3000,
        "Anna " * 5000,
        "1 January 0001. Dear Ms Ash\n\nby 31 December 9999, within 300 working days of today",
        "Dear \u202eMs\u202c O\u0000Neill \ud83d\ude00",
        "Dear Ms O'Neill\n\n" + "| total | £5 |\n" * 2000,
    ],
    ids=range(20),
)
def test_a_hostile_letter_is_held_against_the_record_all_the_same(text: str) -> None:
    letter = from_plain(text.encode("utf-8", "replace").decode())
    for kind in (ACKNOWLEDGEMENT, LetterKind.STAGE1_RESPONSE, LetterKind.STAGE1_EXTENSION):
        for finding in against_case(letter, kind, RECORD):
            assert finding.id.startswith("case_")
    mentioned(letter, RECORD.reference_pattern)


PIECES = st.sampled_from(
    [
        "Dear Ms O'Neill\n\n", "Dear ", "Tuesday ", "12 May", "31/12/9999 ", "1 January 2020 ",
        "within 10 working days, by ", "we will respond by ", "we received your complaint on ",
        "£50 ", "total ", "- ", "\n\n", " | ", "CMP-2026-000002 ", "x@gmail.com ", "07700 900999",
        "stage 2 response ", "Point 2 ", "[", "]", "«", "TBC ", "that is ", "(one pound) ", ": ",
    ]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(PIECES | st.text(max_size=12), max_size=40), st.sampled_from(list(LetterKind)))
def test_any_letter_of_any_kind_can_be_held_against_the_record(
    pieces: list[str], kind: LetterKind
) -> None:
    text = from_plain("".join(pieces))
    record = replace(RECORD, elsewhere=(Belonging("name", "ada ash"),), extension_to=LIMIT)
    for finding in against_case(text, kind, record):
        assert finding.quote in {*POINTS, *OUTCOMES, ""} or finding.quote.split()[0] in text.plain()
