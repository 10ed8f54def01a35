"""What a mail server says of a message of ours that it could not deliver (RFC 3464, and others).

Half the reports in the world keep to no standard: qmail, Exim, Exchange, Gmail and old Postfix say
it in words. Words count only where a machine speaks, so that a resident who writes that their own
mail bounced is not taken for one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from correspondence.intake.mail.decoding import header_text, one_line, text_from
from correspondence.intake.mail.headers import message_ids
from correspondence.intake.message import DeliveryReport

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from correspondence.intake.message import Address

_SEARCHED: Final = 20_000  # characters of a report's text
_LONGEST_REASON: Final = 300

_DAEMON: Final = re.compile(
    r"(?i)^(mailer-?daemon|postmaster|mail-?daemon|mdaemon|bounces?|microsoftexchange[0-9a-f]*)"
    r"([+.@-]|$)"
)
_DAEMON_NAME: Final = re.compile(
    r"(?i)mail (delivery|administrator)|delivery (sub)?system|mailer-daemon|system administrator"
    r"|postmaster|microsoft outlook"
)
_SUBJECT: Final = re.compile(
    r"(?i)undeliver|could not send message|not delivered|non[- ]?deliver"
    r"|delivery (status|failure|has failed|failed|report"
    r"|incomplete|delayed|problem)|mail delivery|returned mail|returned to sender|failure notice"
    r"|could ?n[o']t be delivered|warning: message .* delayed|rejected:"
    r"|methu [âa] (dosbarthu|danfon)|heb ei (dosbarthu|danfon)"
)
_SAYS_FAILED: Final = re.compile(
    r"(?i)(could|can|was|were|has|have)( ?n[o'’]t|not)( been| be)?( successfully)? (be )?deliver"
    r"|delivery (to the following|has failed|failed)|undeliverable|permanent (fatal )?error"
    r"|wasn[’']t able to deliver|unable to deliver|failed permanently"
    r"|address(es)? (not found|failed)"
    r"|this is the qmail-send program|returned below|given up|message not delivered"
    r"|couldn[’']t be delivered|problem delivering|address couldn[’']t be found"
)
_SAYS_DELAYED: Final = re.compile(
    r"(?i)(delivery|message).{0,40}(is|has been|was) (being )?delayed|warning message only"
    r"|not yet been delivered|will (be retried|retry|keep trying|continue to try)"
    r"|temporarily deferred|still (be )?(trying|attempt|being attempted)|delivery incomplete"
)
_STATUS: Final = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY_CODE: Final = re.compile(r"(?<![\d.#])([45])(\d)(\d)(?=[ -#]\S)")
_FIELD: Final = re.compile(r"(?im)^[ \t>]*([a-z-]{3,40})[ \t]*:[ \t]*(\S.*(?:\n[ \t]+\S.*){0,5})")
_ADDRESS: Final = re.compile(r"[^\s<>()\[\]:;,\"'@]{1,64}@[^\s<>()\[\]:;,\"'@]{1,255}")
_ORIGINAL: Final = re.compile(
    r"(?im)^.{0,10}(original message( headers)?\W*$|below this line is a copy|included below"
    r"|this is a copy of the message|message headers follow|the header of the original message"
    r"|copy of your message)"
)


def delivery_report(
    headers: Mapping[str, tuple[str, ...]],
    sender: Address,
    text: str,
    reports: Sequence[tuple[str, bytes]],
    returned_id: str = "",
) -> DeliveryReport | None:
    """What the report says of the first recipient that failed, or None where this is no report.

    `reports` are the machine-readable parts by content type; `returned_id` is the Message-ID of the
    message that came back, where it did. `permanent` is None for a message that was delivered.
    """
    found = _by_the_standard(reports)
    if found is None and _is_machine(headers, sender):
        found = _in_words(headers, text[:_SEARCHED])
    if found is None:
        return None
    original = returned_id or _original_id(headers, text[:_SEARCHED], reports)
    return replace(found, original_message_id=original)


def _by_the_standard(reports: Sequence[tuple[str, bytes]]) -> DeliveryReport | None:
    """The recipient with the worst news in a message/delivery-status part."""
    best: DeliveryReport | None = None
    for kind, content in reports:
        if not kind.endswith("delivery-status"):
            continue
        for block in re.split(r"\n[ \t]*\n", text_from(content)[0].replace("\r", "")):
            fields = _fields(block)
            if not fields.keys() & {"final-recipient", "original-recipient", "action"}:
                continue
            report = _of_recipient(fields)
            if best is None or (report.permanent and not best.permanent):
                best = report
    return best


def _fields(block: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    for name, value in _FIELD.findall(block[:_SEARCHED]):
        fields.setdefault(name.lower(), one_line(value))
    return fields


def _of_recipient(fields: dict[str, str]) -> DeliveryReport:
    recipient = fields.get("original-recipient") or fields.get("final-recipient") or ""
    address = _ADDRESS.search(recipient)
    diagnosis = fields.get("diagnostic-code", "")
    status = _STATUS.search(fields.get("status", "")) or _STATUS.search(diagnosis)
    action = fields.get("action", "").lower().split(" ")[0]
    return DeliveryReport(
        recipient=address.group().lower() if address else "",
        status=status.group(1) if status else "",
        permanent=_is_permanent(action, status.group(1) if status else ""),
        reason=diagnosis.partition(";")[2].strip()[:_LONGEST_REASON] or diagnosis[:_LONGEST_REASON],
    )


def _is_permanent(action: str, status: str) -> bool | None:
    """A server that says 'failed' has given up, whatever the status; 'delayed' is still trying."""
    if action == "failed":
        return True
    if action == "delayed":
        return False
    if action in {"delivered", "relayed", "expanded"}:
        return None
    return {"5": True, "4": False}.get(status[:1])


def _is_machine(headers: Mapping[str, tuple[str, ...]], sender: Address) -> bool:
    """Whether a mail server wrote this, and not a person about one."""
    return_path = headers.get("return-path", ("-",))[0].strip()
    return bool(
        headers.get("x-failed-recipients")
        or return_path in {"<>", ""}
        or _DAEMON.match(sender.address)
        or (_DAEMON_NAME.search(sender.name) and not sender.address)
        or (_DAEMON_NAME.search(sender.name) and headers.get("auto-submitted"))
    )


def _in_words(headers: Mapping[str, tuple[str, ...]], text: str) -> DeliveryReport | None:
    subject = headers.get("subject", ("",))[0]
    own = text[: found.start()] if (found := _ORIGINAL.search(text)) else text
    said_once = one_line(own)
    failed, delayed = _SAYS_FAILED.search(said_once), _SAYS_DELAYED.search(said_once)
    by_subject = _SUBJECT.search(subject) or headers.get("x-failed-recipients")
    if not (failed or delayed) or not (by_subject or "qmail-send program" in own):
        return None
    fields = _fields(own)
    if fields.keys() & {"action", "status", "final-recipient"}:
        report = _of_recipient(fields)
    else:
        report = DeliveryReport(permanent=not (delayed and not failed))
    listed = ", ".join(headers.get("x-failed-recipients", ()))
    recipient = report.recipient or _recipient(listed) or _recipient(own)
    status = _STATUS.search(own)
    code = _REPLY_CODE.search(own)
    said = report.status or (status.group(1) if status else "")
    said = said or (f"{code.group(1)}.0.0" if code else "")
    permanent = report.permanent
    if permanent is None and said:
        permanent = said.startswith("5")
    if delayed and not fields.get("action"):
        permanent = False
    return replace(
        report,
        recipient=recipient,
        status=said,
        permanent=permanent,
        reason=report.reason or _reason(own, recipient),
    )


def _recipient(text: str) -> str:
    for found in _ADDRESS.finditer(text):
        address = found.group().lower().strip(".'")
        if not _DAEMON.match(address):
            return address
    return ""


def _reason(text: str, recipient: str) -> str:
    """What the server says after the address that failed, up to the next blank line."""
    start = text.lower().find(recipient) if recipient else -1
    if start < 0:
        return ""
    rest = text[start + len(recipient) :].lstrip(">): \t\n")
    return one_line(re.split(r"\n[ \t]*\n", rest, maxsplit=1)[0])[:_LONGEST_REASON]


def _original_id(
    headers: Mapping[str, tuple[str, ...]], text: str, reports: Sequence[tuple[str, bytes]]
) -> str:
    """The Message-ID of ours: from the returned headers, else as the report refers to it."""
    for kind, content in reports:
        if kind == "text/rfc822-headers":
            found = message_ids(_fields(header_lines(content)).get("message-id", ""))
            if found:
                return found[0]
    copy = _ORIGINAL.search(text)
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
