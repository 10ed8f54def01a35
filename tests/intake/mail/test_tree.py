"""A message in one part, put together by hand, is what the standard library makes of it."""

from __future__ import annotations

from email.feedparser import BytesFeedParser
from email.message import Message

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.score_parsing import all_known
from correspondence.intake.mail.limits import header_spans
from correspondence.intake.mail.tree import tree_of
from tests.intake.faults import twice_broken


def standard(raw: bytes) -> Message:
    parser = BytesFeedParser()
    parser.feed(raw)
    return parser.close()


def said(message: Message) -> tuple[object, ...]:
    """All that is read of a tree: headers as they stand, and what is under them."""
    payload = message.get_payload()
    inner = (
        [said(one) for one in payload if isinstance(one, Message)]
        if message.is_multipart()
        else payload
    )
    return list(message.raw_items()), inner, message.get_content_type(), message.preamble


@pytest.mark.parametrize("part", range(4))
def test_all_that_is_known_has_the_same_tree(part: int) -> None:
    known = [one.raw for one in all_known()] + [raw for _, raw, _ in twice_broken()]
    for raw in known[part::4]:
        assert said(tree_of(raw, header_spans(raw))) == said(standard(raw))


_LINES = st.sampled_from([
    b"Subject: one", b"Subject:two\t", b" more", b"\tand more", b"", b"From me to you",
    b">From me", b"no header", b":nothing", b"X-\xe9: \xff", b"Content-Type: text/plain; x=y",
    b"Content-Type: multipart/mixed; boundary=b", b"--b", b"--b--", b"Words", b"Words: and more",
])  # fmt: skip


@given(st.lists(st.tuples(_LINES, st.sampled_from([b"\r\n", b"\n", b"\r"])), max_size=12))
def test_lines_in_any_order_have_the_same_tree(lines: list[tuple[bytes, bytes]]) -> None:
    raw = b"".join(line + end for line, end in lines)
    assert said(tree_of(raw, header_spans(raw))) == said(standard(raw))
