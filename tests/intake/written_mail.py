"""Invented messages, put together byte by byte so that they can be as broken as real ones are."""

from __future__ import annotations

import base64

SENDER = "Jo Tenant <jo.tenant@example.net>"
OFFICE = "complaints@landlord.example"


def eml(
    body: str | bytes = "The boiler is broken.",
    *,
    headers: dict[str, str] | None = None,
    raw_headers: bytes = b"",
    content_type: str = "text/plain; charset=utf-8",
    encoding: str = "",
) -> bytes:
    """One message. `headers` replace or add to the usual ones; an empty value leaves one out."""
    fields = {
        "From": SENDER,
        "To": OFFICE,
        "Subject": "Boiler",
        "Date": "Tue, 03 Mar 2026 09:15:00 +0000",
        "Message-ID": "<abc123@example.net>",
        "MIME-Version": "1.0",
        "Content-Type": content_type,
        "Content-Transfer-Encoding": encoding,
    }
    fields.update(headers or {})
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    content = body.encode("utf-8") if isinstance(body, str) else body
    return head.encode("utf-8") + raw_headers + b"\r\n" + content


def part(
    content: str | bytes,
    content_type: str = "text/plain; charset=utf-8",
    *,
    encoding: str = "",
    disposition: str = "",
) -> bytes:
    """One part of a multipart message."""
    if isinstance(content, str):
        content = content.encode("utf-8")
    if encoding == "base64":
        content = base64.encodebytes(content)
    head = f"Content-Type: {content_type}\r\n"
    head += f"Content-Transfer-Encoding: {encoding}\r\n" if encoding else ""
    head += f"Content-Disposition: {disposition}\r\n" if disposition else ""
    return head.encode("utf-8") + b"\r\n" + content


def multipart(
    *parts: bytes,
    kind: str = "mixed",
    boundary: str = "b1",
    preamble: bytes = b"",
    epilogue: bytes = b"",
    parameters: str = "",
    headers: dict[str, str] | None = None,
) -> bytes:
    """A multipart message."""
    return eml(
        multipart_body(*parts, boundary=boundary, preamble=preamble, epilogue=epilogue),
        content_type=f'multipart/{kind}; boundary="{boundary}"{parameters}',
        headers=headers,
    )


def multipart_body(
    *parts: bytes, boundary: str = "b1", preamble: bytes = b"", epilogue: bytes = b""
) -> bytes:
    """What stands between the headers of a multipart and its end."""
    mark = b"--" + boundary.encode()
    inside = b"".join(mark + b"\r\n" + item + b"\r\n" for item in parts)
    return preamble + b"\r\n" + inside + mark + b"--\r\n" + epilogue


def group(*parts: bytes, kind: str = "alternative", boundary: str = "b2") -> bytes:
    """A multipart to stand inside another."""
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'
    return head.encode() + multipart_body(*parts, boundary=boundary)
