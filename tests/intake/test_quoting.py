# ruff: noqa: E501  mail is shown as it comes, long lines and all
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.intake.mail.html_text import html_text
from correspondence.intake.quoting import MOST_LINES, split

HISTORY = """Dear Mr Tenant

We wrote to you about the boiler at your home. The engineer will come on Friday.
Please let us know if the date does not suit you.

Yours sincerely
Complaints Team"""

QUOTED = "\n".join(f"> {line}" for line in HISTORY.split("\n"))

ATTRIBUTIONS = {
    "gmail": "On Tue, 3 Mar 2026 at 09:15, Complaints <complaints@landlord.example> wrote:",
    "gmail wrapped": "On Tue, 3 Mar 2026 at 09:15, Complaints Team\n<complaints@landlord.example> wrote:",
    "wrapped over three lines": "On Tuesday, 3 March 2026 at 09:15:22 GMT, Complaints and\nResolutions Team for the North\n<complaints@landlord.example> wrote:",
    "apple": "On 3 Mar 2026, at 09:15, Complaints <complaints@landlord.example> wrote:",
    "no mailbox": "On 3 Mar 2026, at 09:15, Complaints Team wrote:",
    "thunderbird": "On 03/03/2026 09:15, Complaints wrote:",
    "yahoo": "On Tuesday, 3 March 2026 at 09:15:22 GMT, Complaints <complaints@landlord.example> wrote:",
    "american": "On Mar 3, 2026, at 9:15 AM, Complaints <complaints@landlord.example> wrote:",
    "aol": "In a message dated 03/03/2026 09:15:00 GMT Standard Time, complaints@landlord.example writes:",
    "name first": "Complaints <complaints@landlord.example> wrote:",
    "welsh": "Ar Maw, 3 Maw 2026 am 09:15, Cwynion <complaints@landlord.example> ysgrifennodd:",
    "welsh verb first": "Ar 3 Mawrth 2026 am 09:15, ysgrifennodd Cwynion <complaints@landlord.example>:",
    "polish": "W dniu wt., 3 mar 2026 o 09:15 Complaints <complaints@landlord.example> napisał(a):",
    "romanian": "În mar., 3 mar. 2026 la 09:15, Complaints <complaints@landlord.example> a scris:",
    "french": "Le mar. 3 mars 2026 à 09:15, Complaints <complaints@landlord.example> a écrit :",
    "german": "Am 03.03.2026 um 09:15 schrieb Complaints <complaints@landlord.example>:",
    "spanish": "El mar, 3 mar 2026 a las 9:15, Complaints (<complaints@landlord.example>) escribió:",
}

HEADER_BLOCKS = {
    "outlook": "From: Complaints <complaints@landlord.example>\nSent: 03 March 2026 09:15\nTo: Jo Tenant <jo@example.net>\nSubject: Your boiler",
    "outlook, names only": "From: Complaints\nSent: 03 March 2026 09:15\nTo: Jo Tenant\nSubject: Your boiler",
    "outlook with cc": "From: Complaints\nSent: 03 March 2026 09:15\nTo: Jo Tenant; B Officer;\n C Officer\nCc: D Officer\nSubject: Your boiler\nImportance: High",
    "bold": "*From:* Complaints <complaints@landlord.example>\n*Sent:* 03 March 2026 09:15\n*To:* Jo Tenant\n*Subject:* Your boiler",
    "under a rule": "________________________________\nFrom: Complaints <complaints@landlord.example>\nSent: 03 March 2026 09:15\nTo: Jo Tenant\nSubject: Your boiler",
    "original message": "-----Original Message-----\nFrom: Complaints <complaints@landlord.example>\nSent: 03 March 2026 09:15\nTo: Jo Tenant\nSubject: Your boiler",
    "samsung": "-------- Original message --------\nFrom: Complaints <complaints@landlord.example>\nDate: 03/03/2026 09:15 (GMT+00:00)\nTo: Jo Tenant\nSubject: Your boiler",
    "original message alone": "----- Original Message -----",
    "windows mail": "Date: Tue, 3 Mar 2026 09:15\nFrom: complaints@landlord.example\nTo: jo@example.net\nSubject: Your boiler",
    "welsh": "Oddi wrth: Cwynion <complaints@landlord.example>\nAnfonwyd: 03 Mawrth 2026 09:15\nAt: Jo Tenant\nPwnc: Eich boeler",
    "german": "Von: Complaints <complaints@landlord.example>\nGesendet: Dienstag, 3. März 2026 09:15\nAn: Jo\nBetreff: Boiler",
}

REPLY = "I am not happy with this.\nThe engineer never came."


@pytest.mark.parametrize("attribution", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS)
def test_a_reply_above_marked_history_is_all_that_is_new(attribution: str) -> None:
    parts = split(f"{REPLY}\n\n{attribution}\n\n{QUOTED}\n", "Re: Your boiler")
    assert parts.new_text == REPLY
    assert parts.quoted_text.startswith(attribution.split("\n", maxsplit=1)[0])
    assert parts.quoted_text.endswith("> Complaints Team")


@pytest.mark.parametrize(
    "name",
    ["gmail", "gmail wrapped", "wrapped over three lines", "apple", "no mailbox", "thunderbird",
     "yahoo", "american", "aol", "welsh", "polish"],
)  # fmt: skip
def test_a_reply_above_unmarked_history_is_all_that_is_new(name: str) -> None:
    parts = split(f"{REPLY}\n\n{ATTRIBUTIONS[name]}\n\n{HISTORY}", "Re: Your boiler")
    assert parts.new_text == REPLY
    assert "Complaints Team" in parts.quoted_text


@pytest.mark.parametrize("block", HEADER_BLOCKS.values(), ids=HEADER_BLOCKS)
def test_a_reply_above_a_header_block_is_all_that_is_new(block: str) -> None:
    parts = split(f"{REPLY}\n\n{block}\n\n{HISTORY}", "RE: Your boiler")
    assert parts.new_text == REPLY
    assert parts.quoted_text.startswith(block.split("\n", maxsplit=1)[0])
    assert parts.quoted_text.endswith("Complaints Team")


@pytest.mark.parametrize("block", HEADER_BLOCKS.values(), ids=HEADER_BLOCKS)
def test_one_line_above_a_long_history_is_still_all_that_is_new(block: str) -> None:
    assert split(f"No.\n\n{block}\n\n{HISTORY}", "Re: Your boiler").new_text == "No."


def test_answers_among_the_questions_are_kept_and_the_questions_are_history() -> None:
    text = """Hello, answers below.

On 3 Mar 2026, at 09:15, Complaints <complaints@landlord.example> wrote:

> 1. When did it break?

On Monday.

> 2. Who came?
> And when?

Nobody.

Jo"""
    parts = split(text, "Re: two questions")
    assert parts.new_text == "Hello, answers below.\n\nOn Monday.\n\nNobody.\n\nJo"
    assert "When did it break?" in parts.quoted_text
    assert "And when?" in parts.quoted_text


def test_a_reply_below_the_history_is_new() -> None:
    attribution = ATTRIBUTIONS["apple"]
    parts = split(f"{attribution}\n\n{QUOTED}\n\n{REPLY}", "Re: Your boiler")
    assert parts.new_text == REPLY


def test_answers_written_into_unmarked_history_are_not_lost() -> None:
    text = f"Please see my answers below in red.\n\n{HEADER_BLOCKS['outlook']}\n\nWhen did it break? ON MONDAY\nWho came? NOBODY AT ALL\n{HISTORY}"
    assert "ON MONDAY" in split(text, "RE: questions").new_text


FORWARDS = {
    "gmail": "---------- Forwarded message ---------\nFrom: Jo <jo@example.net>\nDate: Tue, 3 Mar 2026 at 09:15\nSubject: boiler\nTo: Cllr <c@council.example>",
    "apple": "Begin forwarded message:\n\nFrom: Jo <jo@example.net>\nSubject: boiler\nDate: 3 March 2026 at 09:15:00 GMT\nTo: c@council.example",
    "thunderbird": "-------- Forwarded Message --------\nSubject: boiler\nDate: Tue, 3 Mar 2026 09:15:00 +0000\nFrom: Jo <jo@example.net>\nTo: c@council.example",
    "yahoo": "----- Forwarded message -----\nFrom: Jo <jo@example.net>\nTo: c@council.example\nSent: Tuesday, 3 March 2026 at 09:15:22 GMT\nSubject: boiler",
    "welsh": "---------- Neges wedi'i hanfon ymlaen ----------\nOddi wrth: Jo <jo@example.net>\nDyddiad: 3 Mawrth 2026\nPwnc: boeler",
}


@pytest.mark.parametrize("mark", FORWARDS.values(), ids=FORWARDS)
@pytest.mark.parametrize("note", ["", "Please look into this.\n\n", "Sent from my iPhone\n\n"])
def test_a_forwarded_message_is_the_matter_and_stays(mark: str, note: str) -> None:
    parts = split(f"{note}{mark}\n\nMy boiler has been broken since Monday.", "boiler")
    assert "My boiler has been broken since Monday." in parts.new_text
    assert parts.forwarded_text.startswith(mark.split("\n", maxsplit=1)[0])
    assert "boiler has been" not in parts.quoted_text


@pytest.mark.parametrize("subject", ["Fw: boiler", "FW: boiler", "Fwd: boiler", "[Fwd: boiler]"])
def test_a_header_block_under_a_forwarding_subject_is_the_matter(subject: str) -> None:
    parts = split(f"For you I think.\n\n{HEADER_BLOCKS['outlook']}\n\nMy boiler broke.", subject)
    assert parts.new_text.startswith("For you I think.")
    assert parts.new_text.endswith("My boiler broke.")
    assert parts.quoted_text == ""


@pytest.mark.parametrize(
    "note",
    [
        "Please see the email below from my constituent.",
        "I am forwarding this on behalf of my mother",
        "",
        "Sent from my iPhone",
    ],
)
def test_a_message_passed_on_under_another_subject_is_the_matter(note: str) -> None:
    parts = split(f"{note}\n\n{HEADER_BLOCKS['outlook']}\n\nMy boiler broke.", "Mrs Tenant")
    assert "My boiler broke." in parts.new_text


def test_a_reply_to_a_forwarded_message_is_a_reply() -> None:
    text = f"Thank you, I have nothing to add.\n\n{HEADER_BLOCKS['outlook']}\n\nSee below.\n\n{FORWARDS['gmail']}\n\nOld matter."
    assert split(text, "RE: FW: boiler").new_text == "Thank you, I have nothing to add."


RESIDENTS_OWN = [
    "From: your office saying no\nTo: me, after three months\n\nThat is the answer I got.",
    "From: 3 January the heating was off.\nTo: 9 January nobody came.\nThen it broke again.",
    "On 3 March 2026 you wrote:\n\nWe will mend it by Friday.\n\nYou did not.",
    "On Monday the officer wrote:\n\nYou have no right to a repair.\n\nI disagree.",
    "This is what I wrote:\nplease come\nand you did not.",
    "Subject: damp\n\nThe flat is damp.",
    "-- \nThe boiler is broken and I have told you so many times that I am tired of it all now.",
    "Original message not answered.\nFrom: me\nStill waiting.",
    "I rang at 09:15 and spoke to: nobody.\nThe next day: nobody again.",
    "Date: 3 March\nTime: 09:15\nWhat happened: the ceiling fell in.",
    "To: the complaints team\nFrom: Jo Tenant, 4 Mill Lane\n\nThe lift is out again.",
    "> This whole message\n> is marked as quoted\n> by some old program.",
    "Forwarded messages get no answer from you.\nWhy is that?",
    "Sent from my iPhone you will see photographs of the mould that I took on Monday in the hall.",
    "____________________\nTHE CEILING\n____________________\nfell in on Monday.",
]


@pytest.mark.parametrize("text", RESIDENTS_OWN)
def test_a_residents_own_lines_are_never_taken_for_history(text: str) -> None:
    for subject in ("", "Complaint"):
        assert split(text, subject).new_text == text


def test_a_web_form_that_looks_like_a_header_block_is_kept() -> None:
    text = (
        "New submission.\nFrom: Jo Tenant\nDate: 3 March 2026\nSubject: Boiler\n\n"
        + "The boiler has been broken for nine days. " * 10
    )
    assert "nine days" in split(text, "New submission: make a complaint").new_text


SIGNATURES = [
    "-- \nJo Tenant\n4 Mill Lane",
    "--\nJo Tenant",
    "Kind regards\n\nJo Tenant\n07700 900123",
    "Many thanks,\nJo",
    "Yours faithfully,\nMrs J. Tenant\nFlat 4, Mill House\nTN22 3QX\n01632 960123",
    "Regards,\nLydia Marsh\nSenior Caseworker\nOffice of A Member MP\nTel: 01632 960555\nwww.mp.example",
    "Cofion gorau\nSiân Tenant",
    "Sent from my iPhone",
    "Sent from Outlook for Android",
    "Sent from Yahoo Mail on Android",
    "Sent from my Galaxy",
    "Get Outlook for iOS<https://aka.example/o0ukef>",
    "Anfonwyd o fy iPhone",
    "Jo Tenant\nFlat 4, Mill House, TN22 3QX\n07700 900123",
    "Best wishes\nJo\n\nSent from my iPad",
]


@pytest.mark.parametrize("signature", SIGNATURES)
def test_a_signature_is_set_apart_and_nothing_else(signature: str) -> None:
    parts = split(f"The boiler is broken.\nNobody came.\n\n{signature}")
    assert parts.new_text == "The boiler is broken.\nNobody came."
    assert parts.signature == signature


@pytest.mark.parametrize("signature", SIGNATURES)
def test_a_signature_above_history_is_set_apart_too(signature: str) -> None:
    text = f"Nobody came.\n\n{signature}\n\n{ATTRIBUTIONS['gmail']}\n{QUOTED}"
    parts = split(text, "Re: Your boiler")
    assert parts.new_text == "Nobody came."
    assert parts.signature == signature


@pytest.mark.parametrize(
    "ending",
    [
        "Thanks\n\nPS the lift is out as well.",
        "Regards\nJo\nPlease ring after 3pm because I work nights.",
        "My details are:\nJo Tenant\n07700 900123",
        "Thanks for nothing, you have left us without heating for nine days.",
        "Best wishes to the man who came on Monday, he was very kind to us.",
        "Ring me on 07700 900123 before Friday or I shall go to the Ombudsman.",
    ],
)
def test_what_may_be_a_sentence_is_never_cut_as_a_signature(ending: str) -> None:
    text = f"The boiler is broken.\n\n{ending}"
    assert split(text).new_text == text


DISCLAIMERS = [
    "This email and any attachments are confidential and intended solely for the use of the individual to whom they are addressed.",
    "If you are not the intended recipient, please delete this message.",
    "Please consider the environment before printing this email.",
]


@pytest.mark.parametrize("disclaimer", DISCLAIMERS)
def test_a_disclaimer_is_set_apart(disclaimer: str) -> None:
    parts = split(f"The boiler is broken.\n\nRegards\nJo\n\n{disclaimer}")
    assert parts.new_text == "The boiler is broken."
    assert parts.signature == "Regards\nJo"
    assert parts.disclaimer == disclaimer


def test_a_warning_that_the_mail_comes_from_outside_is_none_of_its_words() -> None:
    banner = "CAUTION: This email originated from outside the organisation. Do not click links."
    parts = split(f"{banner}\n\nThe boiler is broken.")
    assert (parts.new_text, parts.disclaimer) == ("The boiler is broken.", banner)


def test_a_complaint_about_confidential_letters_is_no_disclaimer() -> None:
    text = "My letter was confidential and you left it in the lobby for all to see."
    assert split(text).new_text == text


@pytest.mark.parametrize(
    "text", ["Sent from my iPhone", "-- \nJo", "Kind regards\nJo", QUOTED, HEADER_BLOCKS["outlook"]]
)
def test_there_are_always_new_words_where_there_are_words(text: str) -> None:
    assert split(text).new_text.strip()
    assert split(text, "Re: x").new_text.strip()


def test_an_empty_answer_from_a_telephone_does_not_make_the_history_new() -> None:
    text = f"Sent from my iPhone\n\n{ATTRIBUTIONS['apple']}\n\n{QUOTED}"
    parts = split(text, "Re: Your boiler")
    assert parts.new_text == "Sent from my iPhone"
    assert "Complaints Team" in parts.quoted_text


@pytest.mark.parametrize(
    ("markup", "new"),
    [
        ('<div>No.</div><div class="gmail_quote"><div class="gmail_attr">On Tue, 3 Mar 2026 at 09:15, C &lt;<a href="mailto:c@landlord.example">c@landlord.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote">Dear Jo<br>We came.</blockquote></div>', "No."),
        ('<div>No.</div><blockquote type="cite"><div>On 3 Mar 2026, at 09:15, C &lt;c@landlord.example&gt; wrote:</div><div>Dear Jo</div></blockquote>', "No."),
        ('<p>No.</p><hr><div id="divRplyFwdMsg"><b>From:</b> C &lt;c@landlord.example&gt;<br><b>Sent:</b> 03 March 2026 09:15<br><b>To:</b> Jo<br><b>Subject:</b> Boiler</div><p>Dear Jo, we came.</p>', "No."),
        ('<div>No.</div><span id="OLK_SRC_BODY_SECTION"><div><b>From: </b>C &lt;c@landlord.example&gt;<br><b>Date: </b>3 March 2026 at 09:15<br><b>To: </b>Jo<br><b>Subject: </b>Boiler</div><div>Dear Jo</div></span>', "No."),
        ('<p class=MsoNormal>No.</p><div style="border-top:solid"><p class=MsoNormal><b>From:</b> C &lt;c@landlord.example&gt;<br><b>Sent:</b> 03 March 2026 09:15<br><b>To:</b> Jo<br><b>Subject:</b> Boiler</p></div><p class=MsoNormal>Dear Jo</p>', "No."),
        ('<div>No.</div><div class="yahoo_quoted"><div>On Tuesday, 3 March 2026 at 09:15:22 GMT, C &lt;c@landlord.example&gt; wrote:</div><div>Dear Jo, we came.</div></div>', "No."),
        ('<div>My answer: <blockquote type="cite">When?</blockquote>Monday.</div>', "My answer:\n\nMonday."),
    ],
)  # fmt: skip
def test_quotations_in_html_are_told_apart_as_well(markup: str, new: str) -> None:
    parts = split(html_text(markup), "Re: Boiler")
    assert parts.new_text == new


def test_a_very_long_text_is_divided_and_nothing_of_it_lost() -> None:
    lines = [f"line {number}" for number in range(MOST_LINES * 2)]
    assert split("\n".join(lines)).new_text == "\n".join(lines)
    text = REPLY + "\n\n" + ATTRIBUTIONS["gmail"] + "\n" + "> old\n" * (MOST_LINES * 2)
    assert split(text, "Re: x").new_text == REPLY


LINES = st.sampled_from(
    [
        "", "Words of mine.", "> quoted", ">> twice", "-- ", "Kind regards", "Jo Tenant", "07700 900123",
        "Sent from my iPhone", "On 3 Mar 2026, at 09:15, A <a@example.net> wrote:", "From: A <a@example.net>",
        "Sent: 3 March 2026 09:15", "To: B", "Subject: x", "-----Original Message-----", "_" * 32,
        "---------- Forwarded message ---------", "This email is confidential.", "Begin forwarded message:",
    ]
)  # fmt: skip


@given(st.lists(LINES, max_size=25), st.sampled_from(["", "Re: x", "Fwd: x"]))
def test_every_line_goes_to_exactly_one_place(lines: list[str], subject: str) -> None:
    text = "\n".join(lines)
    parts = split(text, subject)
    placed = "\n".join([parts.new_text, parts.quoted_text, parts.signature, parts.disclaimer])
    assert sorted(filter(str.strip, placed.split("\n"))) == sorted(filter(str.strip, lines))
    assert bool(parts.new_text.strip()) == bool(text.strip())
    assert parts.forwarded_text in parts.new_text or not parts.forwarded_text


@given(st.text(max_size=300), st.text(max_size=30))
def test_any_text_can_be_divided(text: str, subject: str) -> None:
    assert bool(split(text, subject).new_text.strip()) == bool(text.strip())
