# ruff: noqa: E501  mail is shown as it comes, long lines and all
from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.intake.mail.compressed_rtf import unpacked
from correspondence.intake.mail.rtf import rtf_words

# The two examples of the specification (MS-OXRTFCP 4.1, 4.2).
SIMPLE = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232"
    "0af32068656c090020627705b06c647d0a800fa0"
)
CROSSING = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")


def test_the_examples_of_the_specification_are_unpacked() -> None:
    assert unpacked(SIMPLE) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert unpacked(CROSSING) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"


def test_uncompressed_rich_text_is_taken_as_it_is() -> None:
    assert unpacked(struct.pack("<4I", 20, 8, 0x414C454D, 0) + b"{\\rtf1 }") == b"{\\rtf1 }"


@pytest.mark.parametrize("content", [b"", b"short", b"\0" * 40])
def test_what_is_no_compressed_rich_text_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="rich text"):
        unpacked(content)


@given(st.binary(max_size=300))
def test_any_bytes_behind_the_header_are_unpacked_or_refused(content: bytes) -> None:
    unpacked(struct.pack("<4I", len(content) + 12, 10, 0x75465A4C, 0) + content)


@pytest.mark.parametrize(
    ("rtf", "words"),
    [
        (rb"{\rtf1 One\par Two\line Three}", "One\nTwo\nThree"),
        (rb"{\rtf1\ansi\ansicpg1250 \'a3\'f3d\'9f}", "Łódź"),
        (rb"{\rtf1 \u163?250 \u-3999 ?}", "£250 \uf061"),
        (rb"{\rtf1\uc2 \u8217\'92\'92s}", "’s"),
        (rb"{\rtf1 \u55357?\u56832?}", "😀"),
        (rb"{\rtf1{\fonttbl{\f0 Arial;}}{\*\generator X;}{\info{\title T}}Words}", "Words"),
        (rb"{\rtf1 a\~b \{c\} \\ \ldblquote d\rdblquote\emdash}", "a b {c} \\ “d”—"),
        (rb"{\rtf1 {\pict 89504e47}after}", "after"),
        (rb"{\rtf1 never closed {\b words", "never closed words"),
        (rb"}}}}{\rtf1 x", "x"),
    ],
)
def test_the_words_of_rich_text_are_read(rtf: bytes, words: str) -> None:
    assert rtf_words(rtf) == (words, False)


def test_html_that_outlook_wrapped_is_taken_out_again() -> None:
    rtf = rb"{\rtf1\ansi\ansicpg1252\fromhtml1 {\fonttbl}{\*\htmltag64 <html>}{\*\htmltag80 <p>}\htmlrtf {\htmlrtf0 Caf\'e9 {\*\htmltag84 &amp;} tea\htmlrtf\par}\htmlrtf0{\*\htmltag88 </p>}}"
    words, is_html = rtf_words(rtf)
    assert is_html
    assert words == "<html><p>Café &amp; tea</p>"


@given(st.binary(max_size=300))
def test_any_bytes_are_read_as_rich_text_without_failing(content: bytes) -> None:
    rtf_words(b"{\\rtf1 " + content)[0].encode("utf-8")
