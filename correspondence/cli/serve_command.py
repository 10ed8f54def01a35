"""`serve`: the pages where officers and managers work."""

from __future__ import annotations

import signal
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from correspondence.cli.output import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from correspondence.casework.open_office import OpenOffice
    from correspondence.letters.pool import LetterPress
    from correspondence.web.server import Server

Port = Annotated[
    int,
    typer.Option(
        min=0, max=65535, help="0 for any that is free.", envvar="CORRESPONDENCE_SERVE_PORT"
    ),
]
PORT = 8750


def serve(
    context: typer.Context,
    host: Annotated[
        str,
        typer.Option(help="The network address to listen on.", envvar="CORRESPONDENCE_SERVE_HOST"),
    ] = "127.0.0.1",
    port: Port = PORT,
    workers: Annotated[
        int,
        typer.Option(
            min=0,
            max=16,
            help="Processes that make letters; 0 for none beside.",
            envvar="CORRESPONDENCE_SERVE_WORKERS",
        ),
    ] = 1,
    name: Annotated[
        list[str] | None,
        typer.Option(
            help="A name under which the pages are reached; no other is answered.",
            envvar="CORRESPONDENCE_SERVE_NAME",
        ),
    ] = None,
    behind_proxy: Annotated[
        bool,
        typer.Option(
            "--behind-proxy",
            help="A proxy in front speaks HTTPS to the browsers.",
            envvar="CORRESPONDENCE_SERVE_BEHIND_PROXY",
        ),
    ] = False,
    proxy: Annotated[
        str,
        typer.Option(
            help="The proxy's own address; what others say of a browser is ignored.",
            envvar="CORRESPONDENCE_SERVE_PROXY",
        ),
    ] = "127.0.0.1",
) -> None:
    """Serve the pages until stopped. The mail is worked off by `run`, beside it.

    By itself it serves this machine only. For a network, put a proxy in front that speaks HTTPS.
    """
    from correspondence.casework.open_office import open_office
    from correspondence.casework.operating.caseload import bring_up
    from correspondence.casework.operating.sound import must_be_sound
    from correspondence.letters.pool import LetterPress

    with open_office(context.obj) as house, LetterPress(workers) as press:
        must_be_sound(house)
        bring_up(house, now=datetime.now(UTC))
        server = opened(
            house, press, host, port, names=name or (), proxy=proxy if behind_proxy else ""
        )
        for told in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told, lambda _signal, _frame: server.stop())
        tell(where(house, host, server))
        tell("Sign in with a one-time link: correspondence user link NAME. Stop with Ctrl+C.")
        server.run()
    tell("Stopped.")


def opened(
    house: OpenOffice,
    press: LetterPress,
    host: str,
    port: int,
    *,
    names: Sequence[str] = (),
    proxy: str = "",
) -> Server:
    """The pages of an office, listening. Raises WrongUse for another machine without a proxy."""
    from correspondence.errors import WrongUse
    from correspondence.web.app import create_app
    from correspondence.web.server import Server, only_this_machine

    local = only_this_machine(host)
    if proxy:
        only_this_machine(proxy)  # it must be an address
    elif not local:
        raise WrongUse(
            f"Serving on {host} would send passwords and residents' letters over the network in "
            "the clear. Put a proxy in front that speaks HTTPS, and say so with --behind-proxy."
        )
    hosts = list(names)
    if not hosts:
        known = urlsplit(house.settings.pages.address).hostname
        hosts = ([known] if known else []) + ([] if proxy else ["localhost", "127.0.0.1", "[::1]"])
    app = create_app(house, press, hosts=hosts, behind_proxy=bool(proxy))
    return Server(app, host, port, proxy=proxy)


def where(house: OpenOffice, host: str, server: Server) -> str:
    """Where the pages are, in a sentence."""
    shown = f"[{host}]:{server.port}" if ":" in host else f"{host}:{server.port}"
    return f"The pages of {house.settings.landlord.name} are at http://{shown}/"
