"""What speaks HTTP for the pages: waitress, held to limits on size and time, stopped gently.

It listens on one address. Behind a proxy it believes two headers, from that proxy alone:
``X-Forwarded-For`` and ``X-Forwarded-Proto``; from anybody else they are taken away before the
pages see them.
"""

from __future__ import annotations

import ipaddress
import logging
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from waitress import wasyncore  # type: ignore[import-untyped]
from waitress.adjustments import Adjustments  # type: ignore[import-untyped]
from waitress.channel import HTTPChannel  # type: ignore[import-untyped]
from waitress.server import TcpWSGIServer  # type: ignore[import-untyped]
from waitress.task import ThreadedTaskDispatcher  # type: ignore[import-untyped]

from correspondence.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Callable
    from wsgiref.types import WSGIApplication

TRUSTED_HEADERS: Final = frozenset({"x-forwarded-for", "x-forwarded-proto"})
"""What is believed of a proxy; no other header of its kind ever is."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a browser may ask of the server; sizes in bytes, times in seconds."""

    body: int = 26_000_000  # a little more than the pages take, so that they say so themselves
    header: int = 32_768
    request_seconds: float = 120.0  # from a question's first byte to its last
    idle_seconds: int = 60
    connections: int = 200
    threads: int = 8
    stop_seconds: float = 10.0  # for answers under way, once it is told to stop


class Server:
    """The pages on a network address; `run` answers until `stop` is called."""

    def __init__(
        self,
        app: WSGIApplication,
        host: str,
        port: int,
        *,
        proxy: str = "",
        limits: Limits | None = None,
    ) -> None:
        """Begin to listen; port 0 takes any that is free.

        `proxy` is the address of the one proxy that is believed. Raises WrongUse where the address
        is not to be had.
        """
        self._limits = limits or Limits()
        self._stopping = threading.Event()
        self._sockets: dict[int, Any] = {}
        self._workers = ThreadedTaskDispatcher()
        adjusted = _adjusted(host, port, proxy, self._limits)
        try:
            self._listening: Any = _Listening(
                app,
                self._sockets,
                dispatcher=self._workers,
                adj=adjusted,
                sockinfo=adjusted.listen[0],
            )
        except (OSError, OverflowError):
            raise WrongUse(
                f"The pages cannot be served on {host}, port {port}: another program has it, or "
                "this account may not. Choose another with --port."
            ) from None
        self._listening.request_seconds = self._limits.request_seconds
        self._workers.set_thread_count(self._limits.threads)
        logging.getLogger("waitress").addFilter(_without_addresses)
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._listening.effective_port)

    def run(self) -> None:
        """Answer until told to stop; what is being answered then is finished first."""
        while not self._stopping.is_set():
            self._turn()
        self._listening.del_channel()
        self._listening.socket.close()  # nobody new
        until = time.monotonic() + self._limits.stop_seconds
        while time.monotonic() < until and any(map(_busy, self._channels())):
            self._turn()
        self._workers.shutdown(timeout=max(0.1, until - time.monotonic()))
        wasyncore.close_all(self._sockets, ignore_all=True)

    def stop(self) -> None:
        """Have `run` come to its end; may be called from another thread or from a signal."""
        self._stopping.set()
        self._listening.pull_trigger()

    def _turn(self) -> None:
        wasyncore.loop(timeout=0.5, use_poll=True, map=self._sockets, count=1)

    def _channels(self) -> list[Any]:
        return list(self._listening.active_channels.values())


def only_this_machine(host: str) -> bool:
    """Whether an address is reached from this machine alone. Raises WrongUse where it is none."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        raise WrongUse(f"{host!r} is no network address; give one such as 127.0.0.1.") from None


class _Channel(HTTPChannel):  # type: ignore[misc]
    """A connection that knows since when it is being asked something."""

    asked_since: float | None = None

    def received(self, data: bytes) -> bool:
        """Take in some bytes of a question."""
        if self.asked_since is None:
            self.asked_since = time.monotonic()
        took = bool(super().received(data))
        if self.request is None:
            self.asked_since = None
        return took


class _Listening(TcpWSGIServer):  # type: ignore[misc]
    """Closes whoever takes too long over one question: a byte now and then keeps nobody here."""

    channel_class = _Channel
    request_seconds = 0.0

    def maintenance(self, now: float) -> None:
        """Close what has idled, as waitress does, and what is too slow."""
        super().maintenance(now)
        since = time.monotonic() - self.request_seconds
        for channel in self.active_channels.values():
            if channel.asked_since is not None and channel.asked_since < since:
                channel.will_close = True


def _adjusted(host: str, port: int, proxy: str, limits: Limits) -> Any:
    trusted: dict[str, Any] = {}
    if proxy:
        trusted = {
            "trusted_proxy": proxy,
            "trusted_proxy_count": 1,
            "trusted_proxy_headers": set(TRUSTED_HEADERS),
        }
    try:
        return Adjustments(
            host=host,
            port=port,
            ident="",
            threads=limits.threads,
            clear_untrusted_proxy_headers=True,
            connection_limit=limits.connections,
            cleanup_interval=max(1, min(5, int(limits.request_seconds))),
            channel_timeout=limits.idle_seconds,
            max_request_header_size=limits.header,
            max_request_body_size=limits.body,
            log_socket_errors=False,
            expose_tracebacks=False,
            **trusted,
        )
    except ValueError:
        raise WrongUse(f"{host!r} is no network address; give one such as 127.0.0.1.") from None


def _busy(channel: Any) -> bool:
    """Whether an answer is being made, or is still on its way out."""
    return bool(channel.requests or channel.total_outbufs_len)


def _without_addresses(record: logging.LogRecord) -> bool:
    """Leave addresses of pages out of the log, for they may hold names and one-time links."""
    fault = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
    if record.args or fault:
        record.msg = f"An answer could not be sent ({fault or 'the browser had gone'})"
        record.args, record.exc_info, record.exc_text = (), None, None
    return True


def in_a_thread(server: Server, *, failed: Callable[[BaseException], None]) -> threading.Thread:
    """Run a server beside other work; `failed` is told if it ends by a fault."""

    def run() -> None:
        try:
            server.run()
        except Exception as fault:  # noqa: BLE001 - the mail goes on, and whoever watches is told
            failed(fault)

    thread = threading.Thread(target=run, name="pages")
    thread.start()
    return thread
