"""What speaks HTTP: limits on size and time, a proxy believed in two things, a gentle stop."""

from __future__ import annotations

import logging
import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from flask import Flask, request

from correspondence.errors import WrongUse
from correspondence.web.server import Limits, Server, in_a_thread, only_this_machine

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = 20.0


@contextmanager
def serving(app: Flask, *, proxy: str = "", limits: Limits | None = None) -> Iterator[Server]:
    server = Server(app, "127.0.0.1", 0, proxy=proxy, limits=limits)
    faults: list[BaseException] = []
    thread = in_a_thread(server, failed=faults.append)
    try:
        yield server
    finally:
        server.stop()
        thread.join(LONG)
        assert not thread.is_alive()
    assert faults == []


def said_to(server: Server, raw: bytes, *, then_wait: bool = True) -> bytes:
    """Everything the server says to these bytes until it closes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=LONG) as line:
        line.sendall(raw)
        return everything(line) if then_wait else b""


def everything(line: socket.socket) -> bytes:
    said = b""
    try:
        while part := line.recv(65536):
            said += part
    except ConnectionResetError:
        pass
    return said


def app_that_tells() -> Flask:
    app = Flask(__name__)

    @app.get("/")
    def tell() -> str:
        others = [name for name, _ in request.headers if name.lower().startswith("x-")]
        return f"{request.scheme} {request.remote_addr} {request.host} {others}"

    @app.post("/")
    def take() -> str:
        return f"took {len(request.get_data())}"

    return app


def get(**headers: str) -> bytes:
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(
        ["GET / HTTP/1.1", "Host: pages.example", *lines, "Connection: close", "", ""]
    ).encode()


FORGED = {"X_Forwarded_For": "192.0.2.7", "X_Forwarded_Proto": "https", "X_Real_IP": "192.0.2.8"}


def test_what_a_browser_claims_of_a_proxy_is_taken_from_nobody_but_the_proxy() -> None:
    with serving(app_that_tells()) as server:
        said = said_to(server, get(**FORGED))
    assert b"http 127.0.0.1 pages.example" in said
    with serving(app_that_tells(), proxy="192.0.2.99") as server:
        said = said_to(server, get(**FORGED))
    assert b"http 127.0.0.1 pages.example" in said


def test_a_proxy_is_believed_in_two_things_and_no_other() -> None:
    with serving(app_that_tells(), proxy="127.0.0.1") as server:
        said = said_to(
            server, get(**FORGED, X_Forwarded_Host="evil.example", Forwarded="host=evil.example")
        )
        assert b"https 192.0.2.7 pages.example" in said
        # Of a chain, only what the proxy itself has seen is believed.
        said = said_to(server, get(X_Forwarded_For="10.0.0.1, 192.0.2.7"))
        assert b" 192.0.2.7 " in said


def test_what_serves_is_not_named() -> None:
    with serving(app_that_tells()) as server:
        assert b"Server:" not in said_to(server, get())


@pytest.mark.parametrize(
    "raw",
    [
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        + b"1000\r\n%b\r\n" % (b"x" * 4096) * 8,
    ],
    ids=["a length", "endless pieces"],
)
def test_a_body_beyond_the_limit_is_refused_while_it_comes(raw: bytes) -> None:
    with serving(app_that_tells(), limits=Limits(body=10_000)) as server:
        assert b" 413 " in said_to(server, raw).splitlines()[0]


@pytest.mark.parametrize(
    "raw",
    [
        b"GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + b"x" * 40_000 + b"\r\n\r\n",
        b"GET /" + b"x" * 40_000,
    ],
)
def test_heads_without_end_are_refused(raw: bytes) -> None:
    with serving(app_that_tells()) as server:
        assert b" 431 " in said_to(server, raw).splitlines()[0]


@pytest.mark.parametrize(
    "raw",
    [
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost a\r\n folded\r\n\r\n",
    ],
)
def test_a_question_that_could_be_read_in_two_ways_reaches_no_page(raw: bytes) -> None:
    with serving(app_that_tells()) as server:
        said = said_to(server, raw + get())
        assert b"200 OK" not in said.splitlines()[0]


def test_whoever_drips_a_question_is_hung_up_on() -> None:
    limits = Limits(request_seconds=1.0, idle_seconds=60)
    with (
        serving(app_that_tells(), limits=limits) as server,
        socket.create_connection(("127.0.0.1", server.port), timeout=LONG) as line,
    ):
        line.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n")
        line.settimeout(0.2)
        for _ in range(200):
            try:
                line.sendall(b"x")
                if line.recv(1) == b"":
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        else:
            pytest.fail("it was kept waiting")


def test_a_stop_lets_an_answer_under_way_finish() -> None:
    app = Flask(__name__)
    begun, go_on = threading.Event(), threading.Event()

    @app.get("/")
    def slow() -> str:
        begun.set()
        assert go_on.wait(LONG)
        return "finished"

    server = Server(app, "127.0.0.1", 0)
    thread = in_a_thread(server, failed=lambda fault: None)
    with socket.create_connection(("127.0.0.1", server.port), timeout=LONG) as line:
        line.sendall(get())
        assert begun.wait(LONG)
        server.stop()
        go_on.set()
        assert b"finished" in everything(line)
    thread.join(LONG)
    assert not thread.is_alive()
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", server.port), timeout=LONG)


def test_a_port_that_is_taken_is_said_with_the_way_out() -> None:
    with (
        serving(app_that_tells()) as server,
        pytest.raises(WrongUse, match="Choose another with --port"),
    ):
        Server(app_that_tells(), "127.0.0.1", server.port)


def test_a_log_of_a_fault_holds_no_address_of_a_page(caplog: pytest.LogCaptureFixture) -> None:
    def broken(environ: object, start: object) -> list[bytes]:
        raise RuntimeError("Sorrel Attwater")

    raw = get().replace(b"GET /", b"GET /welcome/secret-token")
    with caplog.at_level(logging.DEBUG), serving(broken) as server:  # type: ignore[arg-type]
        assert b" 500 " in said_to(server, raw)
    assert "RuntimeError" in caplog.text
    assert "secret-token" not in caplog.text
    assert "Sorrel" not in caplog.text


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_this_machine_is_known_as_such(host: str) -> None:
    assert only_this_machine(host)
    assert not only_this_machine("192.0.2.1")
