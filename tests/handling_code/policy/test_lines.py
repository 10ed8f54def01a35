"""Policies come as web pages, whose headings and bullets lose their marks."""

from __future__ import annotations

from correspondence.handling_code.policy.lines import blocks_of
from correspondence.handling_code.policy.passages import take_apart
from tests.handling_code.policy.weighed import verdict

LONG = (
    "We want every tenant to be able to tell us when something has gone wrong, and we promise to "
    "listen, to look into it with care, and to put it right wherever we possibly can do so."
)


def test_bullets_on_lines_of_their_own_mark_the_line_below() -> None:
    words = "We will:\n-\nAcknowledge your complaint within 5 working days\n-\nReply in full\n"
    blocks = blocks_of(words)
    assert [b.kind for b in blocks] == ["paragraph", "item", "item"]
    assert {p.lead for p in take_apart(words).passages if p.kind == "item"} == {"we will:"}


def test_where_no_margin_breaks_lines_every_line_is_a_paragraph() -> None:
    words = f"{LONG}\nHow we answer\n{LONG}\n{LONG}\n"
    blocks = blocks_of(words)
    assert [b.kind for b in blocks] == ["paragraph", "heading", "paragraph", "paragraph"]


def test_a_line_that_breaks_off_before_a_list_leads_it_and_is_no_heading() -> None:
    words = (
        "Stage 1\n\nDuring this stage we will -\n\n"
        "  • acknowledge your complaint within 5 working days of receipt\n"
        "  • reply within 10 working days of the acknowledgement\n"
    )
    stages = {p.stages for p in take_apart(words).passages if p.kind == "item"}
    assert stages == {(1,)}


def test_a_sentence_that_says_this_is_stage_2_holds_for_the_list_below_it() -> None:
    words = (
        "Asking us to look again\n\nThis is stage 2 of our complaints procedure.\n\n"
        "During this stage we will:\n- reply within 20 working days\n"
    )
    assert verdict(words, "6.14") == "ok"


def test_stage_1_named_in_passing_does_not_make_a_sentence_one_of_stage_1() -> None:
    words = (
        "Stage 2\n\nIf you are unhappy with the outcome of stage 1 you may ask a head of service "
        "to look again. They will reply within 20 working days."
    )
    assert verdict(words, "6.14") == "ok"
    assert verdict(words, "6.3") == ""


def test_a_sentence_of_stage_2_that_looks_back_at_stage_1_is_one_of_stage_2() -> None:
    words = (
        "Stage two\n\n- You tell us why you do not agree with our stage one decision\n"
        "- You have our answer within 20 working days\n"
    )
    assert verdict(words, "6.14") == "ok"
    assert verdict(words, "6.3") == ""
