"""A stand-in for who gives tokens and tells of them, for a real Dovecot to ask.

It gives tokens for client credentials (RFC 6749 4.4) and answers what a token is about
(RFC 7662), both without TLS on a loopback port.
"""

from __future__ import annotations

import base64
import json
import secrets
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

APPLICATION, SECRET = "correspondence-reader", "a-secret-that-nobody-prints"


@dataclass(slots=True)
class Issuer:
    """What it gave, and for which user each holds. `user` is whom the next ones are for."""

    user: str = "complaints"
    roles: Sequence[str] | None = None  # then its tokens look as Microsoft's do
    lasts: int = 3600
    given: dict[str, str] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    port: int = 0

    @property
    def token_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/token"

    def token(self) -> str:
        """A new token."""
        made = secrets.token_hex(12)
        if self.roles is not None:
            said = json.dumps({"roles": list(self.roles), "jti": made}).encode()
            made = ".".join(
                base64.urlsafe_b64encode(one).rstrip(b"=").decode() for one in (b"{}", said, b"x")
            )
        self.given[made] = self.user
        return made

    def answer(self, asked: dict[str, str]) -> tuple[int, dict[str, object]]:
        self.asked.append(asked)
        if (asked.get("client_id"), asked.get("client_secret")) != (APPLICATION, SECRET):
            return 401, {"error": "invalid_client"}
        return 200, {"access_token": self.token(), "expires_in": self.lasts}

    def about(self, token: str) -> dict[str, object]:
        user = self.given.get(token, "")
        return {"active": bool(user), "username": user}


@contextmanager
def issuing() -> Iterator[Issuer]:
    """An issuer while the block runs."""
    issuer = Issuer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            asked = {name: found[0] for name, found in parse_qs(body).items()}
            if self.path == "/token":
                self.reply(*issuer.answer(asked))
            else:
                self.reply(200, issuer.about(asked.get("token", "")))

        def reply(self, status: int, said: dict[str, object]) -> None:
            raw = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    issuer.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
