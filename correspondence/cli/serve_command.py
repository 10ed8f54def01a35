"""`serve`: the pages where officers and managers work."""

from __future__ import annotations

import ipaddress
import signal
import threading
from typing import TYPE_CHECKING, Annotated

import typer

from correspondence.cli.output import tell

if TYPE_CHECKING:
    from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="The network address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 for any that is free.")] = 8750,
    workers: Annotated[
        int, typer.Option(min=0, max=16, help="Processes that make letters; 0 for none beside.")
    ] = 1,
    name: Annotated[
        list[str] | None,
        typer.Option(help="A name under which the pages are reached; no other is answered."),
    ] = None,
    behind_proxy: Annotated[
        bool,
        typer.Option("--behind-proxy", help="A proxy in front speaks HTTPS to the browsers."),
    ] = False,
) -> None:
    """Serve the pages until stopped. The mail is worked off by `run`, beside it.

    By itself it serves this machine only. For a network, put a proxy in front that speaks HTTPS.
    """
    from correspondence.casework.open_office import open_office
    from correspondence.letters.pool import LetterPress
    from correspondence.web.app import create_app

    local = _only_this_machine(host, behind_proxy=behind_proxy)
    hosts = name or (["localhost", "127.0.0.1", "[::1]"] if local and not behind_proxy else [])
    with open_office(context.obj) as house, LetterPress(workers) as press:
        app = create_app(house, press, hosts=hosts, behind_proxy=behind_proxy)
        server = _server(host, port, app)
        _stop_when_told(server)
        tell(f"The pages of {house.settings.landlord.name} are at http://{_shown(host, server)}/")
        tell("Sign in with a one-time link: correspondence user link NAME. Stop with Ctrl+C.")
        server.serve_forever()
    tell("Stopped.")


def _only_this_machine(host: str, *, behind_proxy: bool) -> bool:
    """Whether the address is this machine's own. Raises WrongUse for another without a proxy."""
    from correspondence.errors import WrongUse

    try:
        local = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        raise WrongUse(f"{host!r} is no network address; give one such as 127.0.0.1.") from None
    if not local and not behind_proxy:
        raise WrongUse(
            f"Serving on {host} would send passwords and residents' letters over the network in "
            "the clear. Put a proxy in front that speaks HTTPS, and say so with --behind-proxy."
        )
    return local


def _server(host: str, port: int, app: object) -> BaseWSGIServer:
    from werkzeug.serving import make_server

    from correspondence.errors import WrongUse

    try:
        return make_server(host, port, app, threaded=True, request_handler=_handler())  # type: ignore[arg-type]
    except (OSError, SystemExit):
        raise WrongUse(
            f"The pages cannot be served on {host}, port {port}: another program has it, or this "
            "account may not. Choose another with --port."
        ) from None


def _handler() -> type[WSGIRequestHandler]:
    from werkzeug.serving import WSGIRequestHandler

    class Quiet(WSGIRequestHandler):
        """Addresses hold names and one-time links, so none is written to a log."""

        timeout = 60  # seconds a browser may take over its question

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Say nothing."""

        def version_string(self) -> str:
            """Say nothing of what serves."""
            return "correspondence"

    return Quiet


def _stop_when_told(server: BaseWSGIServer) -> None:
    def stop(_signal: int, _frame: object) -> None:
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)


def _shown(host: str, server: BaseWSGIServer) -> str:
    return f"[{host}]:{server.port}" if ":" in host else f"{host}:{server.port}"
