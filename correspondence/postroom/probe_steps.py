"""One thing that was tried with a mail account, and the first of them: is there a server at all?"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Generator

_PATIENCE: Final = 10.0  # seconds for a port to answer


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was tried with one account. `says` is a sentence, good or bad."""

    mailbox: str
    step: str
    works: bool
    says: str


def reached_at(name: str, host: str, port: int) -> Generator[Step, None, bool]:
    """Whether the server's name is known and its port answers."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        yield Step(
            name,
            "name",
            False,
            f"Nobody knows a server {host}: correct host, or ask for its entry.",
        )
        return False
    yield Step(name, "name", True, f"{host} is {found[0][4][0]}.")
    try:
        socket.create_connection((host, port), timeout=_PATIENCE).close()
    except OSError as closed:
        yield Step(
            name,
            "port",
            False,
            f"Port {port} of {host} does not answer ({closed.strerror or 'no answer'}): correct "
            "port, or have the firewall let this machine through.",
        )
        return False
    yield Step(name, "port", True, f"Port {port} of {host} answers.")
    return True
