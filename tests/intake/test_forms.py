from __future__ import annotations

import pytest

from correspondence.intake.forms import read_form

COLON = """Complaint form

Name: Una Marsh
Address: 8 Rye Court
Postcode: LS1 1AA
Telephone: 07700 900555
What happened?
The lift: it stopped in June. Nobody came: not once.
It is still off.

What would you like us to do?
Mend it."""
TABLE = """New submission
Name | Una Marsh
Address | 8 Rye Court
Postcode | LS1 1AA
Telephone | 07700 900555
Details | The lift stopped in June.
Outcome | Mend it."""
BENEATH = """You have a new form submission.
Name
Una Marsh
Address
8 Rye Court
Postcode
LS1 1AA
Telephone
07700 900555
Details
The lift stopped in June.
Outcome
Mend it."""


@pytest.mark.parametrize("text", [COLON, TABLE, BENEATH], ids=["colon", "table", "beneath"])
def test_a_form_is_read_in_each_layout(text: str) -> None:
    form = read_form(text)
    assert form is not None
    assert form.value("name") == "Una Marsh"
    assert form.value("postcode") == "LS1 1AA"
    assert form.value("phone") == "07700 900555"
    assert form.value("details").startswith("The lift")
    assert form.value("outcome") == "Mend it."


def test_a_residents_own_colons_do_not_end_their_words() -> None:
    form = read_form(COLON)
    assert form is not None
    assert form.value("details").endswith("It is still off.")


def test_a_field_stands_where_it_says() -> None:
    form = read_form(COLON)
    assert form is not None
    assert all(COLON[field.start : field.end] == field.value for field in form.fields)


def test_a_letter_is_no_form() -> None:
    assert read_form("Dear Sir,\nMy name is Una. My address: 8 Rye Court.\nUna") is None


def test_a_form_filled_in_for_somebody_names_both() -> None:
    form = read_form(
        "Form submission\nYour name: Tom Reed\nYour relationship to the person: Son\n"
        "Name of the person affected: Ada Reed\nPhone: 07700 900556\nDetails: No heating."
    )
    assert form is not None
    assert form.value("behalf_of") == "Ada Reed"
    assert form.value("helper_role") == "Son"


def test_a_record_written_over_several_lines_is_read_with_the_record_inside_it() -> None:
    form = read_form(
        '{\n  "form": "complaint",\n  "applicant": {"name": "Una Marsh",\n'
        '    "postcode": "LS1 1AA", "tel": "07700 900116"},\n'
        '  "why_unhappy": "You wrote \\"made safe\\". I can see daylight.",\n'
        '  "what_you_want": "A builder to look"\n}',
        by_machine=True,
    )
    assert form is not None
    assert form.value("name") == "Una Marsh"
    assert form.value("postcode") == "LS1 1AA"
    assert form.value("phone") == "07700 900116"
    assert form.value("details").endswith("I can see daylight.")
    assert form.value("outcome") == "A builder to look"


ASKED_AT_LENGTH = """The following form was submitted on the website.

Your name: Una Marsh
Your complaint reference: CMP-2026-000301
Address: 8 Rye Court

Please tell us why you are asking for a review
Nobody rang the two people I named.

What outcome are you looking for?
That they are rung."""


def test_an_account_asked_for_at_length_is_the_residents_own() -> None:
    form = read_form(ASKED_AT_LENGTH, by_machine=True)
    assert form is not None
    assert form.value("details") == "Nobody rang the two people I named."
    assert form.value("outcome") == "That they are rung."


def test_the_account_is_found_without_a_label_though_what_is_wanted_has_one() -> None:
    text = ASKED_AT_LENGTH.replace("Please tell us why you are asking for a review\n", "")
    form = read_form(text, by_machine=True)
    assert form is not None
    assert "Nobody rang the two people I named." in [
        entry.value for entry in form.all_of("details")
    ]


@pytest.mark.parametrize("begins", ["Customer called again today.", "Cust states no one came."])
def test_a_note_that_begins_with_the_customer_is_not_cut_there(begins: str) -> None:
    text = f"Customer: Una Marsh\nTel: 07700 900555\nNote: Re the lift.\n{begins}\nStill off."
    form = read_form(text, "Call log", by_machine=True)
    assert form is not None
    assert form.value("name") == "Una Marsh"
    assert form.value("details") == f"Re the lift.\n{begins}\nStill off."
