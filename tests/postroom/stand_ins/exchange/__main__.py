"""The stand-in's server: `python -m tests.postroom.stand_ins.exchange FOLDER PORT [TLS CERT KEY]`.

FOLDER is where it keeps its state from one start to the next. TLS is a second port with TLS.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import ssl
import sys
import threading
from pathlib import Path

from tests.postroom.stand_ins.exchange import control, operations
from tests.postroom.stand_ins.exchange.sign_in import Door
from tests.postroom.stand_ins.exchange.state import Mailbox
from tests.postroom.stand_ins.faults import Fault
from tests.postroom.stand_ins.server import StandInHandler, StandInServer

PATH = "/EWS/Exchange.asmx"
_XML = "text/xml; charset=utf-8"
_SAID_FOR = {401: b"", 503: b"Service Unavailable", 500: b"Server Error"}


class Server(StandInServer):
    def __init__(
        self,
        port: int,
        mailbox: Mailbox,
        *,
        context: ssl.SSLContext | None = None,
        beside: Server | None = None,
    ) -> None:
        self.certificate = b""  # where it speaks TLS
        self.beside = beside
        self._own = mailbox
        super().__init__(port, Handler, context=context, beside=beside)

    @property
    def mailbox(self) -> Mailbox:
        return self.beside.mailbox if self.beside else self._own

    @mailbox.setter
    def mailbox(self, mailbox: Mailbox) -> None:
        self._own = mailbox


class Handler(StandInHandler):
    server: Server
    door: Door | None = None

    def do_POST(self) -> None:
        body = self.body()
        if self.path.startswith("/stand-in/"):
            said = control.obey(self.server, self.path.rpartition("/")[2], body)
            self.say(200, said, "application/json")
        elif self.path != PATH:
            self.say(404, b"", _XML)
        else:
            self._asked(body)

    def _asked(self, body: bytes) -> None:
        envelope = operations.asked(body)
        name = operations.operation(envelope)
        # The same request asked again has the same path, and every other has another.
        fault = self.server.faults.called(name, f"{name}/{hashlib.sha256(body).hexdigest()}")
        if self.fails_at_once(fault, self._wrong):
            return
        with self.server.busy:
            offered = self._door().knock(self.headers.get("Authorization", ""))
            if offered is not None:
                self.say(401, b"", _XML, more=[("WWW-Authenticate", one) for one in offered])
                return
            partial = bool(fault and fault.deed == "partial")
            said = operations.answer(self.server.mailbox, envelope, partial=partial)
        status = 500 if b"<s:Fault>" in said else 200
        self.say(status, said, _XML, fault=fault)

    def _wrong(self, fault: Fault) -> None:
        more = [("Retry-After", fault.retry_after)] if fault.retry_after else []
        if fault.code:
            waits = int(float(fault.seconds) * 1000)
            self.say(500, operations.fault(fault.code, back_off=waits), _XML, more=more)
            return
        said = _SAID_FOR.get(fault.status, b"") if fault.body is None else fault.body.encode()
        if fault.status == 401:
            more += [("WWW-Authenticate", one) for one in self.server.mailbox.offers]
        self.say(fault.status, said, _XML, more=more)

    def _door(self) -> Door:
        if self.door is None:
            self.door = Door(self.server.mailbox, self.server.certificate)
        return self.door


def main(folder: str, port: str, *secured: str) -> None:
    state = Path(folder, "state")
    server = Server(int(port), pickle.loads(state.read_bytes()))
    domain, _, user = server.mailbox.user.rpartition("\\")
    known = Path(folder, "ntlm-users")  # where the library looks for them
    known.write_text(f"{domain}:{user}:{server.mailbox.password}\n")
    os.environ["NTLM_USER_FILE"] = str(known)

    server.keep(state, lambda: server.mailbox)
    if secured:
        tls_port, certificate, key = secured
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        other = Server(int(tls_port), server.mailbox, context=context, beside=server)
        other.certificate = ssl.PEM_cert_to_DER_cert(Path(certificate).read_text())
        threading.Thread(target=other.serve_forever, daemon=True).start()
    server.serve_forever()


if __name__ == "__main__":
    print(json.dumps({"stand-in": "Exchange Web Services"}), flush=True)  # noqa: T201
    main(*sys.argv[1:])
