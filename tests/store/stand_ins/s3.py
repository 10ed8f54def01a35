"""A stand-in for a store that speaks S3: one bucket, in memory, a process of its own.

It is no S3 server. It speaks what a client needs of the protocol to keep, read, list and remove
objects (path style, ListObjectsV2, If-None-Match), checks every signature (Signature Version 4) and
the hash of every body as Amazon's does, and does wrong what a test asks it to:
https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html

    python -m tests.store.stand_ins.s3 PORT [CERTIFICATE KEY]
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import os
import signal
import ssl
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qsl, quote, unquote, urlsplit
from xml.sax.saxutils import escape

BUCKET = "landlords"
REGION = "eu-west-2"
ACCESS_KEY = "AKEXAMPLE"
SECRET = "the secret of nobody"
_SKEW = 15 * 60  # seconds


@dataclass(slots=True)
class Kept:
    """What the bucket holds, and what is to go wrong."""

    objects: dict[str, tuple[bytes, datetime]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    faults: dict[str, Any] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Refusal(Exception):
    """A status and a code, as S3 answers them."""

    def __init__(self, status: int, code: str) -> None:
        text = f"<Error><Code>{code}</Code><Message>Invented</Message></Error>"
        self.said = (status, text.encode(), {"content-type": "application/xml"})
        super().__init__(code)


class BrokenOff(Exception):
    """The connection ends here, without a word."""


class Stand(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16
    kept: ClassVar[Kept] = Kept()

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        place = urlsplit(self.path)
        if place.path.startswith("/stand-in/"):
            self._wish(place.path.rpartition("/")[2], json.loads(body))
            return
        try:
            with self.kept.lock:
                self._count(place.path)
                self._break("before")
                try:
                    self._signed(place.path, place.query, body)
                    self._fault()
                    said = self._done(unquote(place.path), dict(parse_qsl(place.query, True)), body)
                except Refusal as refusal:
                    said = refusal.said
                self._break("after")
            self._say(*said)
        except BrokenOff:
            self.close_connection = True
            with contextlib.suppress(OSError):
                self.connection.close()

    do_GET = answer  # noqa: N815 - the library's names, here and below
    do_PUT = answer  # noqa: N815
    do_HEAD = answer  # noqa: N815
    do_DELETE = answer  # noqa: N815
    do_POST = answer  # noqa: N815

    def log_message(self, *_words: object) -> None:
        """Says nothing."""

    def _count(self, path: str) -> None:
        self.kept.calls.append(f"{self.command} {path}")

    def _break(self, when: str) -> None:
        fault = self.kept.faults.get("break", {})
        if fault.get("when") != when or fault["at"] != len(self.kept.calls):
            return
        if fault.get("kill"):
            os.kill(fault["kill"], signal.SIGKILL)
        raise BrokenOff

    def _fault(self) -> None:
        fault = self.kept.faults.get("refuse")
        if fault and self.command in fault.get("methods", [self.command]):
            fault["times"] -= 1
            if not fault["times"]:
                del self.kept.faults["refuse"]
            raise Refusal(fault["status"], fault["code"])
        if stall := self.kept.faults.get("stall"):
            time.sleep(stall["seconds"])
        if self.kept.faults.get("elsewhere"):
            raise Refusal(307, "TemporaryRedirect")

    def _signed(self, path: str, query: str, body: bytes) -> None:
        """Hold the request against its signature, and its body against the signed hash."""
        scheme, _, rest = self.headers.get("authorization", "").partition(" ")
        if scheme != "AWS4-HMAC-SHA256":
            raise Refusal(403, "AccessDenied")
        parts = dict(one.strip().split("=", 1) for one in rest.split(","))
        who, day, region, service, ending = parts["Credential"].split("/")
        if who != ACCESS_KEY:
            raise Refusal(403, "InvalidAccessKeyId")
        if (region, service, ending) != (REGION, "s3", "aws4_request"):
            raise Refusal(400, "AuthorizationHeaderMalformed")
        at = self.headers["x-amz-date"]
        then = datetime.strptime(at, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        if abs((datetime.now(UTC) - then).total_seconds()) > _SKEW or not at.startswith(day):
            raise Refusal(403, "RequestTimeTooSkewed")
        claimed = self.headers["x-amz-content-sha256"]
        if claimed != hashlib.sha256(body).hexdigest():
            raise Refusal(400, "XAmzContentSHA256Mismatch")
        names = parts["SignedHeaders"].split(";")
        for needed in ("host", "x-amz-content-sha256", "x-amz-date"):
            if needed not in names:
                raise Refusal(403, "AccessDenied")
        asked = sorted(parse_qsl(query, keep_blank_values=True))
        canonical = "\n".join([
            self.command,
            quote(unquote(path), safe="/-_.~"),
            "&".join(f"{quote(k, safe='-_.~')}={quote(v, safe='-_.~')}" for k, v in asked),
            *(f"{name}:{' '.join(self.headers[name].split())}" for name in names),
            "",
            parts["SignedHeaders"],
            claimed,
        ])  # fmt: skip
        scope = f"{day}/{region}/{service}/{ending}"
        digest = hashlib.sha256(canonical.encode()).hexdigest()
        key = f"AWS4{SECRET}".encode()
        for part in (day, region, service, ending, f"AWS4-HMAC-SHA256\n{at}\n{scope}\n{digest}"):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        if not hmac.compare_digest(key.hex(), parts["Signature"]):
            raise Refusal(403, "SignatureDoesNotMatch")

    def _done(
        self, path: str, query: dict[str, str], body: bytes
    ) -> tuple[int, bytes, dict[str, str]]:
        _, bucket, *rest = path.split("/", 2)
        if bucket != BUCKET:
            raise Refusal(404, "NoSuchBucket")
        key = rest[0] if rest else ""
        if not key:
            if self.command != "GET" or query.get("list-type") != "2":
                raise Refusal(501, "NotImplemented")
            return 200, self._list(query), {"content-type": "application/xml"}
        if self.command == "PUT":
            return self._put(key, body)
        if self.command == "DELETE":
            self.kept.objects.pop(key, None)
            return 204, b"", {}
        if key not in self.kept.objects:
            raise Refusal(404, "NoSuchKey")
        raw, at = self.kept.objects[key]
        if (wrong := self.kept.faults.get("wrong")) and wrong in key:
            raw = bytes([raw[0] ^ 1]) + raw[1:] if raw else b"?"
        return 200, raw, self._about(raw, at)

    def _put(self, key: str, body: bytes) -> tuple[int, bytes, dict[str, str]]:
        if self.headers.get("if-none-match") == "*":
            if self.kept.faults.get("knows no condition"):
                raise Refusal(501, "NotImplemented")
            if key in self.kept.objects and not self.kept.faults.get("hears no condition"):
                raise Refusal(412, "PreconditionFailed")
        if self.kept.faults.get("full"):
            raise Refusal(507, "XMinioStorageFull")
        self.kept.objects[key] = (body, datetime.now(UTC))
        return 200, b"", self._about(body, datetime.now(UTC))

    def _about(self, raw: bytes, at: datetime) -> dict[str, str]:
        said = {
            "etag": f'"{hashlib.md5(raw, usedforsecurity=False).hexdigest()}"',
            "last-modified": at.strftime("%a, %d %b %Y %H:%M:%S GMT"),
        }
        if self.kept.faults.get("versions"):
            said["x-amz-version-id"] = "invented"
        return said

    def _list(self, query: dict[str, str]) -> bytes:
        prefix = query.get("prefix", "")
        after = query.get("continuation-token") or query.get("start-after", "")
        keys = [key for key in sorted(self.kept.objects) if key.startswith(prefix) and key > after]
        most = min(int(query.get("max-keys", "1000")), self.kept.faults.get("page", 1000))
        page, more = keys[:most], len(keys) > most
        entries = "".join(
            f"<Contents><Key>{escape(key)}</Key>"
            f"<LastModified>{self.kept.objects[key][1]:%Y-%m-%dT%H:%M:%S.000Z}</LastModified>"
            f"<Size>{len(self.kept.objects[key][0])}</Size><ETag>&quot;x&quot;</ETag></Contents>"
            for key in page
        )
        token = f"<NextContinuationToken>{escape(page[-1])}</NextContinuationToken>" if more else ""
        return (
            '<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
            f"<Name>{BUCKET}</Name><Prefix>{escape(prefix)}</Prefix><KeyCount>{len(page)}</KeyCount>"
            f"<IsTruncated>{str(more).lower()}</IsTruncated>{token}{entries}</ListBucketResult>"
        ).encode()

    def _say(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        shown = b"" if self.command == "HEAD" else body
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command == "GET" and self.kept.faults.get("short") and len(body) > 1:
            self.wfile.write(shown[: len(shown) // 2])
            self.close_connection = True
            return
        self.wfile.write(shown)

    def _wish(self, wish: str, said: dict[str, Any]) -> None:
        kept = self.kept
        told: Any = None
        with kept.lock:
            if wish == "fault":
                kept.faults.update(said)
            elif wish == "mend":
                kept.faults.clear()
                kept.calls.clear()
            elif wish == "calls":
                told = list(kept.calls)
            elif wish == "objects":
                told = {
                    key: base64.b64encode(raw).decode() for key, (raw, _) in kept.objects.items()
                }
            elif wish == "lay":
                at = datetime.fromisoformat(said["at"]) if "at" in said else datetime.now(UTC)
                kept.objects[said["key"]] = (base64.b64decode(said["raw"]), at)
            elif wish == "drop":
                kept.objects.pop(said["key"], None)
            elif wish == "clear":
                kept.objects.clear()
        self._say(200, json.dumps(told).encode(), {})


class Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A line that breaks is what the stand-in is for."""


def main(port: int, *certificate: str) -> None:
    """Serve until ended."""
    server = Server(("127.0.0.1", port), Stand)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
