from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.intake.mail.filenames import LONGEST_NAME, safe_name
from correspondence.intake.mail.headers import message_ids, moment, parameters


@pytest.mark.parametrize(
    ("raw", "value", "expected"),
    [
        (b"text/plain; charset=utf-8", "text/plain", {"charset": "utf-8"}),
        (
            b'TEXT/Plain; Charset="UTF-8"; format=flowed',
            "text/plain",
            {"charset": "UTF-8", "format": "flowed"},
        ),
        (b'attachment; filename="a;b=c.txt"', "attachment", {"filename": "a;b=c.txt"}),
        (b"attachment; filename=two words.pdf", "attachment", {"filename": "two words.pdf"}),
        (b"attachment; filename*=utf-8''Si%C3%A2n.pdf", "attachment", {"filename": "Siân.pdf"}),
        (
            b'attachment; filename*0="long "; filename*1=name.pdf',
            "attachment",
            {"filename": "long name.pdf"},
        ),
        (
            b"attachment; filename*0*=utf-8''Si%C3; filename*1*=%A2n.pdf",
            "attachment",
            {"filename": "Siân.pdf"},
        ),
        (
            b'attachment; filename="=?utf-8?q?Si=C3=A2n.pdf?="',
            "attachment",
            {"filename": "Siân.pdf"},
        ),
        (
            b'attachment; filename="never closed.pdf; size=5',
            "attachment",
            {"filename": "never closed.pdf", "size": "5"},
        ),
        (b"attachment; ; = ; x", "attachment", {"": ""}),
    ],
)
def test_parameters_are_read_however_written(
    raw: bytes, value: str, expected: dict[str, str]
) -> None:
    found = parameters(raw)
    assert found[0] == value
    assert {key: item for key, item in found[1].items() if key} == {
        key: item for key, item in expected.items() if key
    }


@pytest.mark.parametrize("filler", [b';"', b"=", b";a=", b'"', b";a*0*=%", b"\\"])
def test_a_long_broken_header_costs_little(filler: bytes) -> None:
    parameters(b"text/plain; " + filler * 15_000)


@given(st.binary(max_size=200))
def test_any_bytes_give_parameters_on_one_line(raw: bytes) -> None:
    value, found = parameters(raw)
    assert "\n" not in value + "".join(found.values())


@pytest.mark.parametrize(
    "value",
    [
        "Tue, 03 Mar 2026 09:15:00 +0000",
        "3 Mar 2026 09:15:00 GMT",
        "Tue, 3 Mar 2026 10:15:00 +0100 (Central Europe)",
        "Tue, 03 Mar 2026 09:15:00",
        "2026-03-03T09:15:00Z",
    ],
)
def test_a_date_is_read_as_utc(value: str) -> None:
    assert moment(value) == datetime(2026, 3, 3, 9, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "99 Foo 2026",
        "Tue, 31 Feb 2026 09:00 +0000",
        "1 Jan 0150 00:00 +0100",
        "1 Jan 99999 00:00 +0000",
        "Mon, 01 Jan 2026 00:00:00 +9999999999",
        "\x00",
        "9" * 5_000,
    ],
)
def test_what_is_no_date_is_none(value: str) -> None:
    assert moment(value) is None


@given(st.text(max_size=60))
def test_any_text_is_a_moment_or_none(value: str) -> None:
    found = moment(value)
    assert found is None or found.tzinfo is UTC


def test_message_ids_lose_their_brackets_and_repetitions() -> None:
    assert message_ids("<a@x.example> <b@x.example>\r\n <a@x.example>") == (
        "a@x.example",
        "b@x.example",
    )
    assert message_ids("bare@x.example") == ("bare@x.example",)
    assert message_ids("Your message of Tuesday") == ()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\jo\\photo.jpg", "photo.jpg"),
        ("..", "attachment.pdf"),
        ("", "attachment.pdf"),
        ("a\x00b\r\nc.pdf", "ab c.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ('what?<is>"this"|.pdf', "what__is__this__.pdf"),
        ("CON.txt", "_CON.txt"),
        ("  .hidden.pdf. ", "hidden.pdf"),
        ("Siân’s letter.pdf", "Siân’s letter.pdf"),
    ],
)
def test_a_name_is_made_safe(name: str, safe: str) -> None:
    assert safe_name(name, "application/pdf", set()) == safe


def test_equal_names_are_told_apart_whatever_their_case() -> None:
    used: set[str] = set()
    names = [safe_name(name, "image/jpeg", used) for name in ("a.jpg", "A.JPG", "a.jpg")]
    assert names == ["a.jpg", "A (2).JPG", "a (3).jpg"]


@given(st.lists(st.text(max_size=400), max_size=8))
def test_any_names_are_short_distinct_and_without_path(names: list[str]) -> None:
    used: set[str] = set()
    safe = [safe_name(name, "text/plain", used) for name in names]
    assert len({name.lower() for name in safe}) == len(names)
    for name in safe:
        assert len(name) <= LONGEST_NAME + 8
        assert len(name.encode("utf-8")) <= 255
        assert name not in {"", ".", ".."}
        assert not set(name) & set('/\\\x00\r\n<>:"|?*')
        assert name == name.strip(" .") or name.endswith(")")
