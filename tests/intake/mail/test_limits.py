from __future__ import annotations

import pytest

from correspondence.intake.mail.limits import (
    DEPTH,
    HEADER_BLOCK_BYTES,
    HEADER_BYTES,
    LINES,
    MESSAGE_BYTES,
    PARTS,
    within_limits,
)
from tests.intake.written_mail import eml, multipart, part


def nested_groups(depth: int) -> bytes:
    """So many multiparts in one another, with one text part innermost."""
    body = part("The innermost words")
    for level in range(depth):
        mark = f"b{level}".encode()
        body = (
            b"Content-Type: multipart/mixed; boundary=" + mark + b"\r\n\r\n"
            b"--" + mark + b"\r\n" + body + b"\r\n--" + mark + b"--\r\n"
        )
    return eml(
        raw_headers=body.split(b"\r\n\r\n")[0] + b"\r\n",
        content_type="",
        body=body.split(b"\r\n\r\n", 1)[1],
    )


def nested_messages(depth: int) -> bytes:
    """So many messages in one another, without any boundary."""
    return b"Content-Type: message/rfc822\r\n\r\n" * depth + eml("The innermost words")


def test_an_ordinary_message_is_within_every_limit() -> None:
    raw = multipart(part("One"), part("Two", "text/html"))
    assert within_limits(raw).safe == raw
    assert within_limits(raw).excess == ""


def test_just_as_many_parts_as_allowed_are_all_read() -> None:
    raw = multipart(*[part("x")] * (PARTS - 1))
    assert within_limits(raw).excess == ""
    measured = within_limits(multipart(*[part("x")] * PARTS))
    assert f"more than {PARTS} parts" in measured.excess
    assert measured.safe.count(b"--b1\r\n") == PARTS


@pytest.mark.parametrize("line_end", [b"\r\n", b"\n", b"\r"])
def test_parts_are_counted_whatever_the_line_ends(line_end: bytes) -> None:
    raw = multipart(*[part("x")] * 600).replace(b"\r\n", line_end)
    assert "more than 500 parts" in within_limits(raw).excess


def test_lines_of_hyphens_in_a_text_are_no_parts() -> None:
    table = "\r\n".join(["--b1 is not a boundary", "-----", "--", "-- "] * 1_000)
    assert within_limits(multipart(part(table))).excess == ""


def test_depth_is_counted_in_groups_of_parts() -> None:
    assert within_limits(nested_groups(DEPTH)).excess == ""
    assert f"more than {DEPTH}" in within_limits(nested_groups(DEPTH + 1)).excess


def test_depth_is_counted_in_messages_and_from_where_the_message_lies() -> None:
    assert within_limits(nested_messages(DEPTH)).excess == ""
    assert within_limits(nested_messages(DEPTH + 1)).excess
    assert within_limits(nested_messages(5), depth=DEPTH - 4).excess


def test_messages_side_by_side_are_not_deep() -> None:
    inner = b"Content-Type: message/rfc822\r\n\r\n" + eml("Forwarded")
    assert within_limits(multipart(*[inner] * 100)).excess == ""


def test_a_boundary_written_in_pieces_hides_nothing() -> None:
    raw = eml(
        b"--one\r\n\r\nx\r\n" * 600,
        content_type="multipart/mixed; boundary*0=o; boundary*1=ne",
    )
    assert "more than 500 parts" in within_limits(raw).excess


def test_a_long_header_is_cut_and_the_others_are_kept() -> None:
    raw = eml("Words", headers={"Subject": "=?utf-8?q?x?= " * 30_000})
    measured = within_limits(raw)
    assert f"over the limit of {HEADER_BYTES:,}" in measured.excess
    assert b"Message-ID: <abc123@example.net>" in measured.safe
    assert measured.safe.endswith(b"\n\nWords")


def test_too_many_headers_are_cut_and_the_body_is_kept() -> None:
    extra = b"".join(b"X-%d: y\r\n" % number for number in range(40_000))
    measured = within_limits(eml("Words", raw_headers=extra))
    assert f"over the limit of {HEADER_BLOCK_BYTES:,}" in measured.excess
    assert len(measured.safe) < HEADER_BLOCK_BYTES + 100
    assert measured.safe.endswith(b"\n\nWords")


def test_a_message_over_the_size_limit_is_read_from_its_beginning() -> None:
    measured = within_limits(eml(b"First words. " + b"x" * MESSAGE_BYTES))
    assert "over the limit of 60.0 MB" in measured.excess
    assert b"First words." in measured.safe
    assert len(measured.safe) < MESSAGE_BYTES // 10


def test_a_message_of_too_many_lines_is_read_from_its_beginning() -> None:
    measured = within_limits(eml(b"First words.\r\n" + b"\n" * (LINES + 1)))
    assert f"over the limit of {LINES:,}" in measured.excess
    assert b"First words." in measured.safe


def test_a_part_with_a_monstrous_description_is_left_out() -> None:
    huge = part("x", "multipart/mixed; " + ';"' * 40_000)
    measured = within_limits(multipart(part("Words"), huge))
    assert "describes itself" in measured.excess
    assert b"Words" in measured.safe


@pytest.mark.parametrize(
    "filler", [b"\r", b"\n", b"--", b"\n--", b"\r\n--b1", b":", b" ", b"a:\n", b"\n "]
)
def test_any_amount_of_one_thing_is_measured_in_one_pass(filler: bytes) -> None:
    raw = multipart(part(b"x" + filler * 1_000_000))
    assert within_limits(raw).safe
    assert within_limits(filler * 1_000_000) is not None
