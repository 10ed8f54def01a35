"""What other mail parsers make of messages: run by `score_parsing` in an environment that has them.

Reads lines of base64 from standard input, writes one line of JSON for each: by parser, the fields
it found, or null where it raised or took ten seconds. Needs nothing of this project.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import signal
import sys
from email import message_from_bytes, policy
from email.utils import getaddresses
from typing import Any

Fields = dict[str, Any]


def fields(
    senders: list[str], to: list[str], cc: list[str], subject: str, body: str, files: list[Any]
) -> Fields:
    """One parser's answer in the common form."""
    return {
        "sender": (senders or [""])[0].lower(),
        "to": sorted({one.lower() for one in to if one}),
        "cc": sorted({one.lower() for one in cc if one}),
        "subject": subject or "",
        "body": body or "",
        "files": sorted(
            [name or "", hashlib.sha256(content).hexdigest()] for name, content in files
        ),
    }


def standard(raw: bytes) -> Fields:
    """The standard library with its modern policy, asked as its documentation says."""
    message = message_from_bytes(raw, policy=policy.default)

    def mailboxes(name: str) -> list[str]:
        return [one.addr_spec for value in message.get_all(name, []) for one in value.addresses]

    body = message.get_body(("plain", "html"))
    files = []
    for part in message.iter_attachments() if message.is_multipart() else ():
        content = part.get_payload(decode=True)
        files.append((part.get_filename(), content if isinstance(content, bytes) else b""))
    return fields(
        mailboxes("from"),
        mailboxes("to"),
        mailboxes("cc"),
        str(message["subject"] or ""),
        body.get_content() if body else "",
        files,
    )


def mail_parser(raw: bytes) -> Fields:
    import mailparser  # type: ignore[import-not-found]

    message = mailparser.parse_from_bytes(raw)
    files = [
        (
            one["filename"],
            base64.b64decode(one["payload"])
            if one["binary"]
            else one["payload"].encode("utf-8", "surrogateescape"),
        )
        for one in message.attachments
    ]
    return fields(
        [address for _, address in message.from_],
        [address for _, address in message.to],
        [address for _, address in message.cc],
        message.subject,
        "\n".join(message.text_plain) or "\n".join(message.text_html),
        files,
    )


def imap_tools(raw: bytes) -> Fields:
    from imap_tools import MailMessage  # type: ignore[import-not-found]

    message = MailMessage.from_bytes(raw)
    files = [(one.filename, one.payload) for one in message.attachments]
    return fields(
        [message.from_],
        list(message.to),
        list(message.cc),
        message.subject,
        message.text or message.html,
        files,
    )


def fast_mail_parser(raw: bytes) -> Fields:
    from fast_mail_parser import parse_email  # type: ignore[import-not-found]

    message = parse_email(raw)
    headers = {name.lower(): value for name, value in message.headers.items()}

    def mailboxes(name: str) -> list[str]:
        value = headers.get(name, "")
        values = [value] if isinstance(value, str) else list(value)
        return [address for _, address in getaddresses(values)]

    return fields(
        mailboxes("from"),
        mailboxes("to"),
        mailboxes("cc"),
        message.subject,
        "\n".join(message.text_plain) or "\n".join(message.text_html),
        [(one.filename, bytes(one.content)) for one in message.attachments],
    )


PARSERS = (standard, mail_parser, imap_tools, fast_mail_parser)


def main() -> None:
    """Read each message with every parser that is there."""
    logging.disable()

    def late(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, late)
    for line in sys.stdin:
        raw = base64.b64decode(line)
        found: dict[str, Fields | None] = {}
        for parser in PARSERS:
            signal.alarm(10)
            try:
                found[parser.__name__] = parser(raw)
            except ImportError:
                continue
            except Exception:  # noqa: BLE001 what it raises is what is measured
                found[parser.__name__] = None
            finally:
                signal.alarm(0)
        sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
