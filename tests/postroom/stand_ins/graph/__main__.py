"""The stand-in's server: `python -m tests.postroom.stand_ins.graph FOLDER CERT KEY PORT PLAIN`.

FOLDER is where it keeps its state from one start to the next. PLAIN is a second port, without TLS,
for the tokens of a managed identity.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import re
import signal
import socket
import ssl
import struct
import sys
import threading
import time
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.postroom.stand_ins.graph import control, mail, sending, sign_in
from tests.postroom.stand_ins.graph.faults import Fault, Faults
from tests.postroom.stand_ins.graph.mail import Answer, Asked, Refusal, Rounds, of
from tests.postroom.stand_ins.graph.state import Directory

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = Rounds()
ROUTES = (
    ("delta", "GET", r"mailFolders/([^/]+)/messages/delta", ROUNDS.delta),
    ("search", "GET", r"mailFolders/([^/]+)/messages", mail.search),
    ("value", "GET", r"messages/([^/]+)/\$value", mail.value),
    ("message", "GET", r"messages/([^/]+)", mail.one_message),
    ("delete", "DELETE", r"messages/([^/]+)", mail.remove),
    ("move", "POST", r"messages/([^/]+)/move", mail.move),
    ("folder", "GET", r"mailFolders/([^/]+)", mail.one_folder),
    ("folders", "GET", r"mailFolders(?:/([^/]+)/childFolders)?", mail.folders),
    ("make folder", "POST", r"mailFolders(?:/([^/]+)/childFolders)?", mail.make_folder),
    ("sendMail", "POST", r"sendMail", sending.send_mime),
    ("draft", "POST", r"messages", sending.draft),
    ("attach", "POST", r"messages/([^/]+)/attachments", sending.attach),
    ("begin upload", "POST", r"messages/([^/]+)/attachments/createUploadSession",
     sending.begin_upload),
    ("send", "POST", r"messages/([^/]+)/send", sending.send_draft),
)  # fmt: skip


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port: int, context: ssl.SSLContext | None, state: Path) -> None:
        self.context = context
        self.directory: Directory = pickle.loads(state.read_bytes())
        self.faults = Faults()
        self.busy = threading.RLock()
        super().__init__(("127.0.0.1", port), Handler)

    def get_request(self) -> tuple[socket.socket, Any]:
        plain, where = self.socket.accept()
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.context is None:
            return plain, where
        secured = self.context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False)
        return secured, where

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A line that breaks is what the stand-in is for."""


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    wbufsize = 65536

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        url = urlsplit(self.path)
        if url.path.startswith("/stand-in/"):
            self._say(control.obey(self.server, url.path.rpartition("/")[2], body))
            return
        name, route, found = _route(self.command, url.path)
        self.server.faults.begin()
        try:
            self._answer(name, url, route, found, body)
        finally:
            self.server.faults.end()

    do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815 - the library's names

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        return format_datetime(self.server.directory.now(), usegmt=True)

    def _answer(self, name: str, url: Any, route: Any, found: Any, body: bytes) -> None:
        fault = self.server.faults.called(name, url.path)
        if fault and fault.deed == "reset":
            self._hang_up()
            return
        if fault and fault.deed == "stall":
            time.sleep(fault.seconds)
        if fault and fault.deed == "answer":
            code = fault.code or {403: "ErrorAccessDenied", 401: "InvalidAuthenticationToken"}.get(
                fault.status, "serviceNotAvailable"
            )
            self._say(_with(Refusal(fault.status, code).answer, fault))
            return
        with self.server.busy:
            said = self._obeyed(url, route, found, body)
        if fault and fault.deed == "drop":
            self._hang_up()
            return
        self._say(said, cut=bool(fault and fault.deed == "cut"))

    def _obeyed(self, url: Any, route: Any, found: Any, body: bytes) -> Answer:
        directory, host = self.server.directory, self.headers["Host"]
        try:
            if route == "discovery":
                return of(sign_in.discovery(directory, found[1], host))
            if route == "token":
                endpoint = f"https://{host}{url.path}"
                return of(sign_in.token(directory, dict(parse_qsl(body.decode())), endpoint))
            if route == "machine":
                return of(sign_in.of_the_machine(directory))
            asked = self._asked(url, found, body)
            if route == "upload":
                return sending.put_part(asked, found[2])
            self._must_be_known()
            return _called(route[1], asked, *[unquote(one) for one in route[0] if one])
        except sign_in.Refusal as refused:
            return of(refused.document, refused.status)
        except Refusal as refused:
            return refused.answer

    def _asked(self, url: Any, found: Any, body: bytes) -> Asked:
        address = unquote(found[1]).lower()
        mailbox = self.server.directory.mailboxes.get(address)
        if mailbox is None:
            raise Refusal(404, "ErrorInvalidUser", "The requested user is invalid.")
        headers = {name.lower(): value for name, value in self.headers.items()}
        query = {name: unquote(text) for name, _, text in
                 (part.partition("=") for part in url.query.split("&"))}  # fmt: skip
        address = f"https://{self.headers['Host']}"
        return Asked(
            self.command, url.path, query, headers, body, mailbox, self.server.directory, address
        )

    def _must_be_known(self) -> None:
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in self.server.directory.tokens:
            raise Refusal(401, "InvalidAuthenticationToken", "Lifetime validation failed.")
        if 'IdType="ImmutableId"' not in self.headers.get("Prefer", ""):
            raise Refusal(400, "StandInInsists", "Every request asks for immutable ids.")

    def _say(self, answer: Answer, *, cut: bool = False) -> None:
        self.send_response(answer.status)
        for name, text in answer.headers.items():
            self.send_header(name, text)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body[: len(answer.body) // 2] if cut else answer.body)
        self.wfile.flush()
        self.close_connection = self.close_connection or cut

    def _hang_up(self) -> None:
        """Break the line, or end the process that is at the other end of it."""
        if self.server.faults.kill:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.server.faults.kill, signal.SIGKILL)
        with contextlib.suppress(OSError):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.close()


def _called(route: Callable[..., Answer], *arguments: object) -> Answer:
    return route(*arguments)


def _with(answer: Answer, fault: Fault) -> Answer:
    waits = {"Retry-After": fault.retry_after} if fault.retry_after else {}
    body = answer.body if fault.body is None else fault.body.encode()
    return Answer(answer.status, body, answer.kind, waits)


def _route(method: str, path: str) -> tuple[str, Any, Any]:
    """The name of a call, what answers it, and the parts of its path."""
    fixed = (
        ("discovery", r"/([^/]+)/v2\.0/\.well-known/openid-configuration"),
        ("token", r"/([^/]+)/oauth2/v2\.0/token"),
        ("machine", r"/msi/(token)"),
        ("upload", r"/upload/([^/]+)/([^/]+)"),
    )
    for name, pattern in fixed:
        if found := re.fullmatch(pattern, path):
            return name, name, found
    below = re.fullmatch(r"/v1\.0/users/([^/]+)/(.+)", path)
    for name, wanted, pattern, answer in ROUTES:
        parts = re.fullmatch(pattern, below[2]) if below and wanted == method else None
        if parts:
            return name, (parts.groups(), answer), below
    nowhere = re.fullmatch(r"(.*)", path)
    return "unknown", ((), _unknown), nowhere if below is None else below


def _unknown(asked: Asked) -> Answer:
    raise Refusal(404, "UnknownError", "There is nothing at that path.")


def main(folder: str, certificate: str, key: str, port: str, plain: str) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    state = Path(folder, "state")
    server = Server(int(port), context, state)
    machine = Server(int(plain), None, state)
    machine.directory, machine.faults = server.directory, server.faults

    def stop(*_: object) -> None:
        with server.busy:
            state.write_bytes(pickle.dumps(server.directory))
        os._exit(0)

    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=stop).start())
    threading.Thread(target=machine.serve_forever, daemon=True).start()
    server.serve_forever()


if __name__ == "__main__":
    print(json.dumps({"stand-in": "Microsoft Graph"}), flush=True)  # noqa: T201
    main(*sys.argv[1:])
