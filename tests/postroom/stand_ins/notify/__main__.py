"""The stand-in's server: `python -m tests.postroom.stand_ins.notify FOLDER PORT`."""

from __future__ import annotations

import base64
import json
import pickle
import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.postroom.stand_ins.faults import Fault
from tests.postroom.stand_ins.notify import api
from tests.postroom.stand_ins.notify.api import Answer, Refusal, of
from tests.postroom.stand_ins.notify.state import Service
from tests.postroom.stand_ins.server import StandInHandler, StandInServer

if TYPE_CHECKING:
    from collections.abc import Callable


class Server(StandInServer):
    def __init__(self, port: int, state: Path) -> None:
        self.service: Service = pickle.loads(state.read_bytes())
        super().__init__(port, Handler)


class Handler(StandInHandler):
    server: Server

    def do_GET(self) -> None:
        body, url = self.body(), urlsplit(self.path)
        if url.path.startswith("/stand-in/"):
            with self.server.busy:
                wish = _WISHES[url.path.rpartition("/")[2]]
                self._say(of(wish(self.server, **json.loads(body))))
            return
        name, call = _called(self.command, url.path, url.query, body)
        fault = self.server.faults.called(name, self.path)
        if self.fails_at_once(fault, self._wrong):
            return
        with self.server.busy:
            try:
                api.let_in(self.server.service, self.headers.get("Authorization", ""))
                said = call(self.server.service)
            except Refusal as refused:
                said = refused.answer
        self._say(said, fault)

    do_POST = do_GET  # noqa: N815 - the library's name

    def _wrong(self, fault: Fault) -> None:
        self.say(fault.status, (fault.body or "").encode(), "text/html")

    def _say(self, answer: Answer, fault: Fault | None = None) -> None:
        self.say(answer.status, answer.body, answer.kind, fault=fault)


def _called(
    method: str, path: str, query: str, body: bytes
) -> tuple[str, Callable[[Service], Answer]]:
    """The name of a call, and what answers it."""
    if method == "POST" and path == "/v2/notifications/letter":
        return "post", lambda service: api.post_letter(service, body)
    if path == "/v2/notifications":
        return "list", lambda service: api.listed(service, query)
    if path == "/v2/returned-letters/summary":
        return "summary", api.summary
    if path == "/v2/returned-letters/":
        return "returned", lambda service: api.returned(service, query)
    if found := re.fullmatch(r"/v2/notifications/([0-9a-f-]{36})(/pdf)?", path):
        call = api.printed if found[2] else api.one_letter
        return "pdf" if found[2] else "look", lambda service: call(service, found[1])
    return "unknown", _nothing


def _nothing(_service: Service) -> Answer:
    raise Refusal(404, "NoResultFound", "The requested URL was not found on the server.")


def _letters(server: Server) -> list[dict[str, Any]]:
    return [
        {
            "reference": one.reference,
            "status": one.status,
            "postage": one.postage,
            "key_kind": one.key_kind,
            "printed": one.is_printed,
            "pdf": base64.b64encode(one.pdf).decode(),
        }
        for one in server.service.letters
    ]


def _set(server: Server, **values: Any) -> None:
    for name, value in values.items():
        setattr(server.service, name, value)


def _become(server: Server, status: str, at: str = "") -> None:
    """All letters that are still to be printed come to this."""
    moment = datetime.fromisoformat(at) if at else datetime.now(UTC)
    for one in server.service.letters:
        if one.status in ("pending-virus-check", "created", "sending"):
            if one.key_kind == "test":
                one.status = "delivered" if status in ("created", "sending") else status
                continue
            one.status = status
            one.sent_at = moment if status in ("sending", "delivered") else one.sent_at
            one.completed_at = moment if status == "delivered" else None


def _put_right(server: Server) -> None:
    """What a fault of the service's own had stopped goes to the printer after all."""
    for one in server.service.given(status="technical-failure"):
        one.status = "created"


def _bring_back(server: Server, on: str) -> None:
    """The post brings back all that was delivered."""
    for one in server.service.letters:
        if one.status == "delivered" and one.key_kind == "normal":
            one.status = "returned-letter"
            server.service.returned.append((date.fromisoformat(on), one.id))


def _begin_anew(server: Server) -> None:
    fresh = Service(id=server.service.id, secret=server.service.secret)
    server.service = fresh
    server.faults.reset()


_WISHES: dict[str, Callable[..., object]] = {
    "letters": _letters,
    "set": _set,
    "become": _become,
    "put-right": _put_right,
    "bring-back": _bring_back,
    "forget": lambda server: server.service.letters.clear(),
    "begin-anew": _begin_anew,
    "fault": lambda server, **said: server.faults.waiting.append(Fault(**said)),
    "break-at": lambda server, **said: server.faults.reset(**said),
    "calls": lambda server: list(server.faults.calls),
}


if __name__ == "__main__":
    Server(int(sys.argv[2]), Path(sys.argv[1], "state")).serve_forever()
