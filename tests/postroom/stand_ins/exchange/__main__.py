"""The stand-in's server: `python -m tests.postroom.stand_ins.exchange FOLDER PORT [TLS CERT KEY]`.

FOLDER is where it keeps its state from one start to the next. TLS is a second port with TLS.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import pickle
import signal
import socket
import ssl
import struct
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.postroom.stand_ins.exchange import control, operations
from tests.postroom.stand_ins.exchange.sign_in import Door
from tests.postroom.stand_ins.exchange.state import Mailbox
from tests.postroom.stand_ins.graph.faults import Fault, Faults

PATH = "/EWS/Exchange.asmx"
_SAID_FOR = {401: b"", 503: b"Service Unavailable", 500: b"Server Error"}


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port: int, state: Path, other: Server | None = None) -> None:
        self.context: ssl.SSLContext | None = None
        self.certificate = b""  # where it speaks TLS
        self._own: Mailbox = pickle.loads(state.read_bytes())
        self.other = other
        self.faults: Faults = other.faults if other else Faults()
        self.busy: contextlib.AbstractContextManager[object] = (
            other.busy if other else threading.RLock()
        )
        super().__init__(("127.0.0.1", port), Handler)

    @property
    def mailbox(self) -> Mailbox:
        return self.other.mailbox if self.other else self._own

    @mailbox.setter
    def mailbox(self, mailbox: Mailbox) -> None:
        self._own = mailbox

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
    door: Door | None = None

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path.startswith("/stand-in/"):
            said = control.obey(self.server, self.path.rpartition("/")[2], body)
            self._say(200, said, "application/json")
        elif self.path != PATH:
            self._say(404, b"")
        else:
            self._asked(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def _asked(self, body: bytes) -> None:
        envelope = operations.asked(body)
        name = operations.operation(envelope)
        # The same request asked again has the same path, and every other has another.
        fault = self.server.faults.called(name, f"{name}/{hashlib.sha256(body).hexdigest()}")
        deed = fault.deed if fault else ""
        if deed == "reset":
            self._hang_up()
            return
        if fault and deed == "stall":
            time.sleep(fault.seconds)
        if fault and deed == "answer":
            self._wrong(fault)
            return
        with self.server.busy:
            offered = self._door().knock(self.headers.get("Authorization", ""))
            if offered is not None:
                self._say(401, b"", more=[("WWW-Authenticate", one) for one in offered])
                return
            said = operations.answer(self.server.mailbox, envelope, partial=deed == "partial")
        if deed == "drop":
            self._hang_up()
            return
        status = 500 if b"<s:Fault>" in said else 200
        self._say(status, said, cut=deed == "cut")

    def _wrong(self, fault: Fault) -> None:
        more = [("Retry-After", fault.retry_after)] if fault.retry_after else []
        if fault.code:
            waits = int(float(fault.seconds) * 1000)
            self._say(500, operations.fault(fault.code, back_off=waits), more=more)
            return
        said = _SAID_FOR.get(fault.status, b"") if fault.body is None else fault.body.encode()
        if fault.status == 401:
            more += [("WWW-Authenticate", one) for one in self.server.mailbox.offers]
        self._say(fault.status, said, more=more)

    def _door(self) -> Door:
        if self.door is None:
            self.door = Door(self.server.mailbox, self.server.certificate)
        return self.door

    def _say(
        self,
        status: int,
        body: bytes,
        kind: str = "text/xml; charset=utf-8",
        *,
        more: list[tuple[str, str]] | None = None,
        cut: bool = False,
    ) -> None:
        self.send_response(status)
        for name, text in more or []:
            self.send_header(name, text)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)
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


def main(folder: str, port: str, *secured: str) -> None:
    state = Path(folder, "state")
    server = Server(int(port), state)
    domain, _, user = server.mailbox.user.rpartition("\\")
    known = Path(folder, "ntlm-users")  # where the library looks for them
    known.write_text(f"{domain}:{user}:{server.mailbox.password}\n")
    os.environ["NTLM_USER_FILE"] = str(known)

    def stop(*_: object) -> None:
        with server.busy:
            state.write_bytes(pickle.dumps(server.mailbox))
        os._exit(0)

    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=stop).start())
    if secured:
        tls_port, certificate, key = secured
        other = Server(int(tls_port), state, server)
        other.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        other.context.load_cert_chain(certificate, key)
        other.certificate = ssl.PEM_cert_to_DER_cert(Path(certificate).read_text())
        threading.Thread(target=other.serve_forever, daemon=True).start()
    server.serve_forever()


if __name__ == "__main__":
    print(json.dumps({"stand-in": "Exchange Web Services"}), flush=True)  # noqa: T201
    main(*sys.argv[1:])
