"""A line between a client and a mail server on which every call can be made to fail.

It ends TLS on both sides, counts what the client asks, and breaks off at a call of the test's
choosing: before the server has heard it, or after it did and before its answer comes back. Made for
protocols of lines: IMAP, where a call has a tag, and SMTP, where the end of the message is one.
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import socket
import ssl
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Self

if TYPE_CHECKING:
    from types import TracebackType

    from tests.postroom.certificates import Certificate

When = Literal["before", "after"]

_TAGGED = re.compile(rb"^([A-Z]{2,8}\d+) (\S+(?: \S+)?)")
_FINAL = re.compile(rb"^\d{3} ")
_NEVER = re.compile(rb"$^")


@dataclass(slots=True)
class FaultyLine:
    """The line to `port`. Its own port is `at`; `calls` is all that was asked, in order."""

    port: int
    certificate: Certificate
    protocol: Literal["imap", "smtp"] = "imap"
    calls: list[str] = field(default_factory=list)
    at: int = 0
    when: When = "before"
    _break_at: int = 0
    _break_on: str = ""
    _kill: int = 0
    _counted: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _listening: socket.socket = field(default_factory=socket.socket)

    def __enter__(self) -> Self:
        self._listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listening.bind(("127.0.0.1", 0))
        self._listening.listen()
        self.at = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._listening.close()

    def break_on(self, call: str, when: When) -> None:
        """Break off when that is asked next, such as "END", once."""
        self.break_at(0, when)
        with self._lock:
            self._break_on = call

    def break_at(self, call: int, when: When, *, kill: int = 0) -> None:
        """Break off at that call from now, counted from 1, once; `kill` that process instead."""
        with self._lock:
            self._break_at, self.when, self._kill = call, when, kill
            self._break_on, self._counted = "", 0
            self.calls.clear()

    @property
    def broke(self) -> bool:
        """Whether the call that was to fail has come."""
        with self._lock:
            return 0 < self._break_at <= self._counted

    def mend(self) -> None:
        """Fail no more."""
        self.break_at(0, "before")

    def _accept(self) -> None:
        ours = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        ours.load_cert_chain(self.certificate.file, self.certificate.key)
        theirs = ssl.create_default_context(cafile=self.certificate.authority)
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client, ours, theirs), daemon=True).start()

    def _serve(self, client: socket.socket, ours: ssl.SSLContext, theirs: ssl.SSLContext) -> None:
        with contextlib.suppress(OSError), contextlib.ExitStack() as ends:
            ends.callback(client.close)
            near = ends.enter_context(ours.wrap_socket(client, server_side=True))
            plain = socket.create_connection(("127.0.0.1", self.port), timeout=30)
            far = ends.enter_context(theirs.wrap_socket(plain, server_hostname="localhost"))
            _Wire(self, near, far).carry()

    def is_the_one(self, call: str) -> bool:
        with self._lock:
            self.calls.append(call)
            self._counted += 1
            if call == self._break_on:
                self._break_at = self._counted
                self._break_on = ""
            return self._counted == self._break_at

    def hit(self) -> None:
        if self._kill:
            os.kill(self._kill, signal.SIGKILL)


@dataclass(slots=True)
class _Wire:
    """One connection, carried by one thread: a TLS connection is not safe for two."""

    line: FaultyLine
    near: ssl.SSLSocket
    far: ssl.SSLSocket
    in_data: bool = False
    swallow_until: re.Pattern[bytes] | None = None

    def carry(self) -> None:
        """Until either side ends, or the call that is to fail has come."""
        sides = {self.near: self._forth, self.far: self._back}
        unfinished = {self.near: b"", self.far: b""}
        while True:
            ready = [side for side in sides if side.pending()]
            for side in ready or select.select(list(sides), [], [])[0]:
                came = side.recv(65536)
                if not came:
                    return
                *lines, unfinished[side] = (unfinished[side] + came).split(b"\n")
                for line in lines:
                    if not sides[side](line + b"\n"):
                        return

    def _forth(self, sent: bytes) -> bool:
        call, answered = self._call(sent)
        if call and self.line.is_the_one(call):
            if self.line.when == "before":
                self.line.hit()
                return False
            self.swallow_until = answered
        self.far.sendall(sent)
        return True

    def _back(self, answer: bytes) -> bool:
        if self.swallow_until is None or answer.startswith(b"+"):  # "go on" is no answer yet
            self.near.sendall(answer)
        elif self.swallow_until.match(answer):
            self.line.hit()
            return False
        return True

    def _call(self, sent: bytes) -> tuple[str, re.Pattern[bytes]]:
        """What is asked by a line, and what its answer ends with; nothing for a part of one."""
        if self.line.protocol == "imap":
            found = _TAGGED.match(sent)
            if not found:
                return "", _NEVER
            return found[2].decode().strip(), re.compile(rb"^" + found[1] + rb" ")
        if not self.in_data:
            self.in_data = sent.strip().upper() == b"DATA"
            # The body of a message follows on the answer to DATA, and a call to that is no call.
            return sent.split()[0].decode().upper(), _FINAL
        if sent == b".\r\n":
            self.in_data = False
            return "END", _FINAL
        return "", _NEVER
