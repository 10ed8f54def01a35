"""Messages forwarded in the text itself, read into messages of their own."""

from __future__ import annotations

from typing import Final

from correspondence.intake.mail.addresses import addresses
from correspondence.intake.mail.quotation_marks import (
    attribution,
    header_block,
    is_forward_mark,
    is_original_mark,
    is_quoted,
    is_rule,
)
from correspondence.intake.mail.spoken_dates import spoken_moment
from correspondence.intake.message import Address, Message
from correspondence.intake.quoting import split

DEEPEST: Final = 10  # messages forwarded within forwarded messages
_SEARCHED: Final = 12  # lines in which the header block is looked for


def forwarded_inline(text: str, depth: int = 0) -> Message | None:
    """The message in a forwarded text, from its header block; None where there is no such block.

    It has a sender, recipients, a subject and a date so far as the block names them, and the
    messages that were forwarded within it.
    """
    lines = _unquoted(text.split("\n"))
    for start, line in enumerate(lines[:_SEARCHED]):
        if not line.strip() or is_forward_mark(line) or is_original_mark(line) or is_rule(line):
            continue
        block = header_block(lines, start)
        if block is not None:
            text = "\n".join(_below(lines[block.end :])).strip("\n")
            return _message(block.fields, text, depth)
        if attribution(lines, start) is None:
            return None
    return None


def _below(lines: list[str]) -> list[str]:
    """What stands below a header block, without the mark that some programs close it with."""
    first = next((index for index, line in enumerate(lines[:_SEARCHED]) if line.strip()), 0)
    closed = len(lines) > first and is_forward_mark(lines[first]) and lines[first].endswith("===")
    return lines[first + 1 :] if closed else lines


def _unquoted(lines: list[str]) -> list[str]:
    """Without the quote marks that some programs put before every line they forward."""
    worded = [line for line in lines[:200] if line.strip()]
    marked = sum(is_quoted(line) for line in worded)
    if marked * 5 < len(worded) * 4:
        return lines
    return [line.lstrip(" ").removeprefix(">").removeprefix(" ") for line in lines]


def _message(fields: dict[str, str], text: str, depth: int) -> Message:
    subject = fields.get("subject", "")
    parts = split(text, subject)
    inner = None
    if parts.forwarded_text and depth < DEEPEST:
        inner = forwarded_inline(parts.forwarded_text, depth + 1)
    return Message(
        sender=next(iter(addresses(_without_markup(fields.get("from", "")))), Address()),
        to=addresses(_without_markup(fields.get("to", ""))),
        subject=subject,
        sent_at=spoken_moment(fields.get("date", "")),
        text=text,
        new_text=parts.new_text,
        quoted_text=parts.quoted_text,
        signature=parts.signature,
        forwarded=(inner,) if inner else (),
    )


def _without_markup(value: str) -> str:
    """An address line without the links that programs add: '[mailto:…]', '<mailto:…>'."""
    return (
        value.replace("[mailto:", "<").replace("<mailto:", "<").replace("]", ">").replace("*", "")
    )
