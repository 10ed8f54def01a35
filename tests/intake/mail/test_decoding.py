from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.intake.mail.decoding import (
    clean,
    header_text,
    one_line,
    text_from,
    transfer_decoded,
    uuencoded_files,
)


@pytest.mark.parametrize("declared", ["", "iso-8859-1", "cp1250", "windows-1252", "x-nobody-knows"])
def test_valid_utf_8_is_read_as_utf_8_whatever_is_declared(declared: str) -> None:
    assert text_from("Siân owes £250 – not €5".encode(), declared)[0] == "Siân owes £250 – not €5"


def test_what_is_not_utf_8_is_read_as_declared() -> None:
    assert text_from("Łódź".encode("cp1250"), "cp1250") == ("Łódź", "")
    assert text_from("日本".encode("shift_jis"), "shift_jis")[0] == "日本"


@pytest.mark.parametrize("declared", ["", "utf-8", "us-ascii", "x-unknown", "iso-8859-1"])
def test_the_pound_sign_and_curly_quotes_survive_where_the_declaration_is_wrong(
    declared: str,
) -> None:
    text, _ = text_from("café ‘£250’".encode("cp1252"), declared)
    assert text == "café ‘£250’"


def test_one_bad_byte_does_not_spoil_the_rest_of_a_utf_8_text() -> None:
    assert (
        text_from("Siân – ".encode() + b"\x93quoted\x94" + "…".encode(), "utf-8")[0]
        == "Siân – “quoted”…"
    )


def test_a_wrong_declaration_is_noted() -> None:
    assert "not in the character set" in text_from(b"caf\xe9", "utf-8")[1]
    assert "unknown character set" in text_from(b"caf\xe9", "x-nobody")[1]
    assert "names no character set" in text_from(b"caf\xe9")[1]


def test_short_text_is_never_guessed_to_be_polish_or_chinese() -> None:
    assert text_from(b"\xa3250")[0] == "£250"
    assert text_from(b"caf\xe9 \xa3250")[0] == "café £250"


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7"])
def test_wide_and_seven_bit_character_sets_are_read_as_declared(codec: str) -> None:
    text = "Boiler broken £5"
    assert text_from(text.encode(codec), codec)[0] == text


def test_stateful_japanese_is_read_as_declared() -> None:
    assert text_from("漏水".encode("iso2022_jp"), "ISO-2022-JP")[0] == "漏水"


def test_a_byte_order_mark_decides_before_everything() -> None:
    assert text_from("Siân".encode("utf-16"), "iso-8859-1")[0] == "Siân"
    assert text_from(b"\xef\xbb\xbfSi\xc3\xa2n", "cp1250")[0] == "Siân"


@pytest.mark.parametrize(
    "codec", ["base64", "hex", "rot13", "zip", "idna", "punycode", "unicode_escape"]
)
def test_codecs_that_are_no_character_sets_are_not_used(codec: str) -> None:
    assert text_from(b"C:\\new\\table \xa33", codec)[0] == "C:\\new\\table £3"


def test_control_and_invisible_characters_are_cleaned_and_words_kept() -> None:
    assert clean("com\u200bpla\u00adint\x00\x07 here\r\nnext\rlast") == "complaint here\nnext\nlast"
    assert clean("a\u202egnp.exe") == "agnp.exe"
    assert clean("no\u00a0break") == "no break"
    assert clean("family 👨\u200d👩\u200d👧") == "family 👨\u200d👩\u200d👧"


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert clean("a\ud800b") == "a\ufffdb"
    assert text_from(b"+2AA-x", "utf-7")[0].encode("utf-8")


@given(st.binary(), st.text(max_size=20))
def test_any_bytes_become_text_that_can_be_stored(content: bytes, declared: str) -> None:
    text, note = text_from(content, declared)
    text.encode("utf-8")
    assert "\x00" not in text
    assert isinstance(note, str)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"=?utf-8?q?Caf=C3=A9_=C2=A3250?=", "Café £250"),
        (b"=?UTF-8?B?Q2Fmw6k=?=", "Café"),
        (b"=?utf-8?B?Q2Fmw6k?=", "Café"),
        (b"=?iso-8859-1?Q?=A3250?=", "£250"),
        (b"=?x-unknown?Q?caf=E9?= au lait", "café au lait"),
        (b"=?utf-8?q?caf=C3?= =?utf-8?q?=A9?=", "café"),
        (b"=?utf-8?q?one?=\r\n =?utf-8?q?two?= three", "onetwo three"),
        (b"=?utf-8?q?one?= and =?utf-8?q?two?=", "one and two"),
        (b"=?utf-8?X?nothing?=", "=?utf-8?X?nothing?="),
        (b"=?utf-8?q?never closed", "=?utf-8?q?never closed"),
        ("Siân £5".encode(), "Siân £5"),
        (b"Si\xe2n \xa35", "Siân £5"),
        (b"folded\r\n\t over  lines", "folded over lines"),
        (b"bell\x07 and nul\x00", "bell and nul"),
        (b"=?utf-8?q?line=0D=0ABcc:_x@example.net?=", "line Bcc: x@example.net"),
    ],
)
def test_a_header_says_what_its_writer_meant(raw: bytes, said: str) -> None:
    assert header_text(raw) == said


def test_thousands_of_encoded_words_are_read_in_one_pass() -> None:
    raw = b" ".join([b"=?utf-8?q?a=C3=A9?="] * 20_000)
    assert header_text(raw) == "aé" * 20_000


@given(st.binary(max_size=300))
def test_a_header_is_always_one_line(raw: bytes) -> None:
    assert "\n" not in header_text(raw)
    assert one_line(header_text(raw)) == header_text(raw)


def test_base64_cut_short_gives_what_is_there() -> None:
    whole = base64.b64encode(b"a letter of twenty-nine bytes")
    content, note = transfer_decoded(whole[:-5], "base64")
    assert b"a letter of twenty-nine bytes".startswith(content)
    assert len(content) >= 20
    assert "cut short" in note


def test_base64_with_junk_and_padding_in_the_middle_is_decoded_piece_by_piece() -> None:
    joined = base64.b64encode(b"one!") + b"\r\n" + base64.b64encode(b"two!") + b"\r\n!!"
    assert transfer_decoded(joined, "base64")[0] == b"one!two!"
    assert transfer_decoded(b"\x80\xff YWJj * ZGVm", "BASE64")[0] == b"abcdef"


def test_broken_quoted_printable_keeps_its_words() -> None:
    assert transfer_decoded(b"caf=C3=A9 =ZZ 100=\r\n% =", "quoted-printable")[0].startswith(
        b"caf\xc3\xa9 =ZZ 100%"
    )


def test_an_unknown_transfer_encoding_keeps_the_bytes_and_says_so() -> None:
    assert transfer_decoded(b"abc", "x-strange")[0] == b"abc"
    assert "unknown transfer encoding" in transfer_decoded(b"abc", "x-strange")[1]


def test_uuencoded_files_are_taken_out_of_the_text() -> None:
    text = "See file.\nbegin 644 note.txt\n+:&5L;&\\@=V]R;&0\n`\nend\nThanks"
    rest, files = uuencoded_files(text)
    assert files == [("note.txt", b"hello world")]
    assert rest == "See file.\n\nThanks"


def test_a_sentence_that_begins_like_a_uuencoded_file_stays() -> None:
    text = "begin 644 complaints\nare not enough?\nend of my patience"
    assert uuencoded_files(text) == (text, [])


@given(
    st.binary(max_size=400), st.sampled_from(["base64", "quoted-printable", "x-uuencode", "8bit"])
)
def test_any_bytes_in_any_transfer_encoding_are_decoded(content: bytes, encoding: str) -> None:
    assert isinstance(transfer_decoded(content, encoding)[0], bytes)
