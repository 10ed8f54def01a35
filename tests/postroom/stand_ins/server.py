"""What the server of every stand-in does: it speaks TLS where it may, and breaks off where told."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import socket
import ssl
import struct
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from tests.postroom.stand_ins.faults import Fault, Faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path


class StandInServer(ThreadingHTTPServer):
    """One port of it. `busy` is held while it looks at what it holds, or changes that."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(
        self,
        port: int,
        handler: type[StandInHandler],
        *,
        context: ssl.SSLContext | None = None,
        beside: StandInServer | None = None,
    ) -> None:
        """With `beside` it is another port of the same stand-in."""
        self.context = context
        self.faults: Faults = beside.faults if beside else Faults()
        self.busy: contextlib.AbstractContextManager[object] = (
            beside.busy if beside else threading.RLock()
        )
        super().__init__(("127.0.0.1", port), handler)

    def get_request(self) -> tuple[socket.socket, Any]:
        plain, where = self.socket.accept()
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.context is None:
            return plain, where
        secured = self.context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False)
        return secured, where

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A line that breaks is what the stand-in is for."""

    def keep(self, state: Path, held: Callable[[], object]) -> None:
        """Once told to end, write down what is held, for the next start."""

        def stop(*_: object) -> None:
            with self.busy:
                state.write_bytes(pickle.dumps(held()))
            os._exit(0)

        signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=stop).start())


class StandInHandler(BaseHTTPRequestHandler):
    """One line to it."""

    server: StandInServer
    protocol_version = "HTTP/1.1"
    wbufsize = 65536

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def fails_at_once(self, fault: Fault | None, wrong: Callable[[Fault], None]) -> bool:
        """Whether a call ends in its fault, before it is obeyed; a stalled one only waits."""
        match fault:
            case Fault(deed="reset"):
                self.hang_up()
            case Fault(deed="answer"):
                wrong(fault)
            case Fault(deed="stall"):
                time.sleep(fault.seconds)
                return False
            case _:
                return False
        return True

    def say(
        self,
        status: int,
        body: bytes,
        kind: str,
        *,
        more: Iterable[tuple[str, str]] = (),
        fault: Fault | None = None,
    ) -> None:
        """Answer, unless the fault is that nothing, or not all, is heard of it."""
        if fault and fault.deed == "drop":
            self.hang_up()
            return
        cut = bool(fault and fault.deed == "cut")
        self.send_response(status)
        for name, text in more:
            self.send_header(name, text)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)
        self.wfile.flush()
        self.close_connection = self.close_connection or cut

    def hang_up(self) -> None:
        """Break the line, or end the process that is at the other end of it."""
        if self.server.faults.kill:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.server.faults.kill, signal.SIGKILL)
        with contextlib.suppress(OSError):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.close()
