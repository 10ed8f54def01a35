# ruff: noqa: E501  mail is shown as it comes, long lines and all
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.intake.mail.html_text import html_text
from correspondence.intake.mail.page import RULE


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("One<br>Two<br/>Three", "One\nTwo\nThree"),
        ("  many \n  spaces&nbsp;here ", "many spaces here"),
        ("half<b>wo</b>rd", "halfword"),
        ("<b>two</b> <i>words</i>", "two words"),
        ("<ul><li>mould<li>no heat</ul>", "- mould\n- no heat"),
        ("<ol><li><p>first</p></li><li>second</li></ol>", "1. first\n\n2. second"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("caf&eacute; &pound;250 &lt;b&gt;", "café £250 <b>"),
        ("<p class=MsoNormal>One</p><p class=MsoNormal>Two</p>", "One\nTwo"),
        ("no tags at all", "no tags at all"),
        ("", ""),
    ],
)
def test_text_is_laid_out_as_a_reader_sees_it(markup: str, text: str) -> None:
    assert html_text(markup) == text


@pytest.mark.parametrize(
    "silent",
    [
        "<script>alert(1)</script>",
        "<style>p{}</style>",
        "<head><title>T</title></head>",
        "<!-- comment -->",
        "<div style='display:none'>preview</div>",
        "<span style='mso-hide:all'>preview</span>",
        "<div style='max-height:0px;overflow:hidden'>preview</div>",
        "<p hidden>preview</p>",
        "<svg><text>drawn</text></svg>",
        "<!--[if mso]><p>mso</p><![endif]-->",
    ],
)
def test_what_no_reader_sees_is_left_out(silent: str) -> None:
    assert html_text(f"{silent}<p>Words</p>") == "Words"


def test_hidden_text_is_shown_where_there_is_no_other() -> None:
    assert html_text("<div style='display:none'>My boiler is broken</div>") == "My boiler is broken"


def test_a_size_of_zero_around_a_table_does_not_hide_it() -> None:
    assert (
        html_text("<div style='font-size:0'><p style='font-size:12px'>Words</p></div>") == "Words"
    )


def test_a_link_keeps_its_address_only_where_it_says_something_else() -> None:
    assert html_text("<a href='https://x.example/a'>photos</a>") == "photos <https://x.example/a>"
    assert html_text("<a href='https://www.x.example/'>x.example</a>") == "x.example"
    assert html_text("<a href='mailto:jo@example.net'>jo@example.net</a>") == "jo@example.net"
    assert html_text("<a href='javascript:alert(1)'>press</a>") == "press"


def test_rows_of_a_table_are_lines() -> None:
    table = "<table><tr><th>Name</th><td><p>Jo</p></td></tr><tr><td>a</td><td>b</td><td>c</td></tr></table>"
    assert html_text(table) == "Name: Jo\na\tb\tc"


def test_tables_used_for_layout_read_as_text() -> None:
    layout = "<table><tr><td><table><tr><td><p>Dear all,</p><p>Words.</p></td></tr></table></td></tr></table>"
    assert html_text(layout) == "Dear all,\n\nWords."


def test_quotations_are_marked_by_line() -> None:
    markup = "<p>New</p><blockquote type=cite>old<br>older<blockquote class=gmail_quote>oldest</blockquote></blockquote><p>After</p>"
    lines = [line for line in html_text(markup).split("\n") if line.strip("> ")]
    assert lines == ["New", "> old", "> older", "> > oldest", "After"]


def test_an_indented_block_that_cites_nobody_is_not_marked() -> None:
    assert html_text("<blockquote>indented</blockquote>") == "indented"


def test_rules_and_reply_dividers_become_lines() -> None:
    assert html_text("a<hr>b") == f"a\n{RULE}\nb"
    markup = "a<div id='divRplyFwdMsg'><b>From:</b> x<br><b>Sent:</b> y</div>"
    assert html_text(markup) == f"a\n{RULE}\nFrom: x\nSent: y"


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 100_000,
        "<table><tr><td>" * 50_000,
        "<blockquote type=cite>" * 50_000,
        "<ul><li>" * 50_000,
        "<a href='https://x.example'>" * 50_000,
        "<b>" * 100_000,
        "<i>x</p>" * 50_000,
        "<" * 100_000,
        "<!--" * 100_000,
        "<script>" * 50_000,
        "&" * 100_000,
    ],
)
def test_absurd_nesting_costs_no_stack_and_loses_no_words(bomb: str) -> None:
    text = html_text("<p>Words before</p>" + bomb + " last")
    assert "Words before" in text


@given(st.text(alphabet="<>/abdiptrsvl ='\"!-&;\n\x00\ud800", max_size=120))
def test_any_markup_gives_text_without_failing(markup: str) -> None:
    html_text(markup).encode("utf-8")
