"""What a mail server says of a message of ours that it could not deliver (RFC 3464, and others).

Half the reports in the world keep to no standard and say it in words: see `delivery_words`. Where
the machine-readable part is there it is believed, and the words only fill its gaps.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from correspondence.intake.mail.decoding import header_text, one_line, text_from
from correspondence.intake.mail.delivery_words import ADDRESS, ORIGINAL, STATUS, Said, in_words
from correspondence.intake.mail.headers import message_ids
from correspondence.intake.message import DeliveryReport

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from correspondence.intake.message import Address, Message

_SEARCHED: Final = 20_000  # characters of a report's text
_LONGEST_REASON: Final = 300
_DEEPEST: Final = 3  # reports passed on within reports

_FIELD: Final = re.compile(r"(?im)^[ \t>]*([a-z-]{3,40})[ \t]*:[ \t]*(\S.*(?:\n[ \t]+\S.*){0,5})")
_RECIPIENT_FIELDS: Final = frozenset({"final-recipient", "original-recipient", "action"})
_GAVE_UP: Final = frozenset({"failed", "failure", "fail", "error"})
_STILL_TRYING: Final = frozenset({"delayed", "delay", "warning"})
_ARRIVED: Final = frozenset({"delivered", "relayed", "expanded"})


def delivery_report(
    headers: Mapping[str, tuple[str, ...]],
    sender: Address,
    text: str,
    reports: Sequence[tuple[str, bytes]],
    returned_id: str = "",
    enclosed: Sequence[Message] = (),
) -> DeliveryReport | None:
    """What the report says of the first recipient that failed, or None where this is no report.

    `reports` are the machine-readable parts by content type; `returned_id` is the Message-ID of the
    message that came back, where it did; `enclosed` are the messages inside. `permanent` is None
    for a message that was delivered.
    """
    own = text[:_SEARCHED]
    said = in_words(headers, sender, own, enclosed)
    found = _by_the_standard(reports) or _passed_on(headers, enclosed)
    if found is None and said is not None:
        found = _filled(_of_fields(_fields(said.own)), said)
    elif found is not None and said is not None and not found.recipient:
        found = replace(found, recipient=said.recipient)
    if found is None:
        return None
    original = returned_id or found.original_message_id or _original_id(headers, own, reports)
    if not original and said is not None:
        original = next((one.message_id for one in enclosed if one.message_id), "")
    return replace(found, original_message_id=original)


def _passed_on(
    headers: Mapping[str, tuple[str, ...]], enclosed: Sequence[Message]
) -> DeliveryReport | None:
    """A report that a gateway wrapped into another, and that still says so in its type."""
    if "report-type=delivery-status" not in headers.get("content-type", ("",))[0].lower():
        return None
    return next((one.delivery_report for one in enclosed[:_DEEPEST] if one.delivery_report), None)


def _by_the_standard(reports: Sequence[tuple[str, bytes]]) -> DeliveryReport | None:
    """The recipient with the worst news in a message/delivery-status part."""
    best: DeliveryReport | None = None
    for kind, content in reports:
        if not kind.endswith("delivery-status"):
            continue
        for block in re.split(r"\n[ \t]*\n", text_from(content)[0].replace("\r", "")):
            report = _of_fields(_fields(block))
            if report is not None and (best is None or _is_worse(report, best)):
                best = report
    return best


def _is_worse(one: DeliveryReport, than: DeliveryReport) -> bool:
    """Given up is worse than still on its way, and that worse than arrived."""
    order = (None, False, True)
    return order.index(one.permanent) > order.index(than.permanent)


def _fields(block: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    for name, value in _FIELD.findall(block[:_SEARCHED]):
        fields.setdefault(name.lower(), one_line(value))
    return fields


def _of_fields(fields: dict[str, str]) -> DeliveryReport | None:
    """What one recipient's fields say; None where there are none."""
    if not fields.keys() & _RECIPIENT_FIELDS:
        return None
    address = ADDRESS.search(fields.get("original-recipient", "")) or ADDRESS.search(
        fields.get("final-recipient", "")
    )
    diagnosis = fields.get("diagnostic-code", "")
    status = STATUS.search(fields.get("status", "")) or STATUS.search(diagnosis)
    said = status.group(1) if status else ""
    action = fields.get("action", "").lower().split(" ")[0].strip(";,.")
    reason = diagnosis.partition(";")[2].strip() or diagnosis
    return DeliveryReport(
        recipient=address.group().lower() if address else "",
        status=said,
        permanent=_is_permanent(action, said or fields.get("status", "")),
        reason=reason[:_LONGEST_REASON],
    )


def _is_permanent(action: str, status: str) -> bool | None:
    """A server that says 'failed' has given up, whatever the status; 'delayed' is still trying."""
    if action in _GAVE_UP:
        return True
    if action in _STILL_TRYING:
        return False
    if action in _ARRIVED:
        return None
    return {"5": True, "4": False}.get(status[:1])


def _filled(fields: DeliveryReport | None, said: Said) -> DeliveryReport:
    """The words of a report, under whatever fields it wrote among them."""
    report = fields or DeliveryReport()
    return replace(
        report,
        recipient=report.recipient or said.recipient,
        status=report.status or said.status,
        permanent=said.permanent if report.permanent is None else report.permanent,
        reason=report.reason or said.reason[:_LONGEST_REASON],
    )


def _original_id(
    headers: Mapping[str, tuple[str, ...]], text: str, reports: Sequence[tuple[str, bytes]]
) -> str:
    """The Message-ID of ours: from the returned headers, else as the report refers to it."""
    for kind, content in reports:
        if kind == "text/rfc822-headers":
            found = message_ids(_fields(header_lines(content)).get("message-id", ""))
            if found:
                return found[0]
    copy = ORIGINAL.search(text)
    if copy:
        found = message_ids(_fields(text[copy.end() :]).get("message-id", ""))
        if found:
            return found[0]
    for name in ("x-original-message-id", "in-reply-to", "references"):
        found = message_ids(headers.get(name, ("",))[0])
        if found:
            return found[-1] if name == "references" else found[0]
    return ""


def header_lines(content: bytes) -> str:
    """Returned headers as text, line by line."""
    return "\n".join(header_text(line) if line.strip() else "" for line in content.splitlines())
