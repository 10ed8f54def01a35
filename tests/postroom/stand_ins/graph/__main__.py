"""The stand-in's server: `python -m tests.postroom.stand_ins.graph FOLDER CERT KEY PORT PLAIN`.

FOLDER is where it keeps its state from one start to the next. PLAIN is a second port, without TLS,
for the tokens of a managed identity.
"""

from __future__ import annotations

import json
import pickle
import re
import ssl
import sys
import threading
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.postroom.stand_ins.faults import Fault
from tests.postroom.stand_ins.graph import control, mail, sending, sign_in
from tests.postroom.stand_ins.graph.mail import Answer, Asked, Refusal, Rounds, of
from tests.postroom.stand_ins.graph.state import Directory
from tests.postroom.stand_ins.server import StandInHandler, StandInServer

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


class Server(StandInServer):
    def __init__(
        self,
        port: int,
        directory: Directory,
        *,
        context: ssl.SSLContext | None = None,
        beside: StandInServer | None = None,
    ) -> None:
        self.directory = directory
        super().__init__(port, Handler, context=context, beside=beside)


class Handler(StandInHandler):
    server: Server

    def do_GET(self) -> None:
        body, url = self.body(), urlsplit(self.path)
        if url.path.startswith("/stand-in/"):
            self._say(control.obey(self.server, url.path.rpartition("/")[2], body))
            return
        name, route, found = _route(self.command, url.path)
        self.server.faults.begin()
        try:
            fault = self.server.faults.called(name, url.path)
            if self.fails_at_once(fault, self._wrong):
                return
            with self.server.busy:
                said = self._obeyed(url, route, found, body)
            self._say(said, fault)
        finally:
            self.server.faults.end()

    do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815 - the library's names

    def date_time_string(self, timestamp: float | None = None) -> str:
        return format_datetime(self.server.directory.now(), usegmt=True)

    def _wrong(self, fault: Fault) -> None:
        code = fault.code or {403: "ErrorAccessDenied", 401: "InvalidAuthenticationToken"}.get(
            fault.status, "serviceNotAvailable"
        )
        answer = Refusal(fault.status, code).answer
        body = answer.body if fault.body is None else fault.body.encode()
        more = [("Retry-After", fault.retry_after)] if fault.retry_after else []
        self.say(answer.status, body, answer.kind, more=more)

    def _say(self, answer: Answer, fault: Fault | None = None) -> None:
        more = answer.headers.items()
        self.say(answer.status, answer.body, answer.kind, more=more, fault=fault)

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


def _called(route: Callable[..., Answer], *arguments: object) -> Answer:
    return route(*arguments)


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
    directory: Directory = pickle.loads(state.read_bytes())
    server = Server(int(port), directory, context=context)
    machine = Server(int(plain), directory, beside=server)
    server.keep(state, lambda: server.directory)
    threading.Thread(target=machine.serve_forever, daemon=True).start()
    server.serve_forever()


if __name__ == "__main__":
    print(json.dumps({"stand-in": "Microsoft Graph"}), flush=True)  # noqa: T201
    main(*sys.argv[1:])
